//! An administrator's acts on a point itself: added, written anew, a step further.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PointId;
use domain::point::PointState;
use web::Fault;
use web::format::local_date;

use super::detail::PointReport;
use super::page::Choices;
use super::typed::Typed;
use super::words::refusal_words;
use super::{choices_on, find, form, frame, parsed, show};
use crate::admin::points::NOTE_MAX;
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::web::shell;
use crate::web::visit::Visit;

/// A form as browsers send it.
pub type Pairs = Form<Vec<(String, String)>>;

/// The empty form for a new point.
pub async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Fault> {
    let choices = visit.ok(choices_on(&app, None).await)?;
    let typed = form::empty(visit.lang, app.clock.new_uuid().into(), local_date(app.clock.now_ms()));
    Ok(form_page(&visit, (&typed, &choices, None)).into_response())
}

/// Adds a point; what was typed wrong comes back.
pub async fn add(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let choices = visit.ok(choices_on(&app, None).await)?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    // Who posts no id makes a point of its own.
    let id = if typed.get("id").is_empty() { app.clock.new_uuid().into() } else { parsed(typed.get("id"))? };
    let surveyed_on = typed.day_until("surveyed_on", local_date(app.clock.now_ms()));
    let added = match (form::check(&mut typed, &choices), surveyed_on) {
        (Some(new), Some(day)) => Some(visit.admin().add_point_as(id, &new, day).await),
        _ => None,
    };
    answer(&visit, added, id, (typed, &choices, None))
}

/// The form for a point as it is.
pub async fn edit(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let choices = visit.ok(choices_on(&app, Some(&report)).await)?;
    Ok(form_page(&visit, (&form::of(visit.lang, &report), &choices, Some(&report))).into_response())
}

/// Writes a point anew; what was typed wrong comes back.
pub async fn update(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let (id, choices) = (report.point_id.into(), visit.ok(choices_on(&app, Some(&report)).await)?);
    let mut typed = Typed::read(visit.lang, pairs)?;
    let updated = match form::check(&mut typed, &choices) {
        Some(new) => Some(visit.admin().update_point(id, &new).await),
        None => None,
    };
    answer(&visit, updated, id, (typed, &choices, Some(&report)))
}

/// Takes a step; one that does not follow comes back with the reason.
pub async fn step(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let id: PointId = parsed(&point)?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    let to = typed.choice("to", PointState::from_code);
    let (on, note) = (typed.day("on"), typed.words("note", NOTE_MAX));
    if let (Some(to), Some(on), true) = (to, on, typed.is_right()) {
        match visit.admin().take_point_step(id, to, on, &note).await {
            Ok(()) => return Ok(Redirect::to(&format!("/points/{id}?done=step")).into_response()),
            Err(Error::Refused(Refusal::Step(why))) => {
                let (field, words) = refusal_words(visit.lang, why);
                typed.refuse(field, words);
            }
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let report = find(&app, &visit, &point).await?;
    let page = show(&visit, &report, &typed, None, None);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn answer(
    visit: &Visit,
    done: Option<crate::Result<()>>,
    id: PointId,
    (mut typed, choices, report): (Typed, &Choices, Option<&PointReport>),
) -> Result<Response, Fault> {
    match done {
        Some(Ok(())) => return Ok(Redirect::to(&format!("/points/{id}?done=saved")).into_response()),
        Some(Err(Error::Refused(refusal))) => form::refuse(&mut typed, visit.lang, &refusal),
        Some(Err(error)) => return visit.ok(Err(error)),
        None => {}
    }
    let page = form_page(visit, (&typed, choices, report));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn form_page(
    visit: &Visit,
    (typed, choices, report): (&Typed, &Choices, Option<&PointReport>),
) -> maud::Markup {
    let (action, back) = match report {
        None => ("/points/new".to_owned(), "/points".to_owned()),
        Some(report) => {
            let point = format!("/points/{}", report.point_id);
            (format!("{point}/edit"), point)
        }
    };
    let main = form::page(visit.lang, &visit.csrf, (typed, choices, report), (&action, &back));
    shell::page(visit, &frame(visit, ""), main)
}
