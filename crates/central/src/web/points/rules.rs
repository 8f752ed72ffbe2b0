//! What all points are measured by: kinds of places, criteria and thresholds, each with its days.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::point::Measure;
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::edit::Pairs;
use super::rules_page::{self, Rules};
use super::rules_report::RulesReport;
use super::rules_sheet;
use super::typed::Typed;
use super::{frame, may_act};
use crate::admin::points::{CRITERIA_MAX, NOTE_MAX};
use crate::admin::{NewSet, NewThreshold};
use crate::app::App;
use crate::db::points::{criteria, locations, thresholds};
use crate::error::{Error, Refusal, Result as Found};
use crate::web::point_file_texts::PointFileTexts;
use crate::web::sheet_file::Download;
use crate::web::shell;
use crate::web::stores::Nothing;
use crate::web::visit::{Visit, Wanted};

/// The longest text of all criteria of a set.
const CRITERIA_TEXT_MAX: usize = 40_000;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct RulesQuery {
    done: Option<String>,
}

/// What all points are measured by: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/points/rules", tag = "points",
    responses(
        (status = 200, description = "kinds of places, criteria, thresholds; JSON by `Accept: application/json`", body = RulesReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<RulesQuery>,
) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(RulesReport::of(&visit.ok(load(&app).await)?)).into_response());
    }
    let typed = first(&app, &visit);
    Ok(page(&app, &visit, &typed, query.done.is_some()).await?.into_response())
}

/// The same as a file: thresholds, criteria, kinds of places.
pub async fn download(State(app): State<App>, visit: Visit, file: Download) -> Result<Response, Fault> {
    let rules = visit.ok(load(&app).await)?;
    file.answer(&visit, visit.lang.file_rules(), rules_sheet::sheets(visit.lang, &rules)).await
}

/// Sets a threshold; what was typed wrong comes back.
pub async fn set_threshold(
    State(app): State<App>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_threshold(&mut typed) {
        visit.ok(visit.admin().set_point_threshold(&new).await)?;
        return Ok(Redirect::to("/points/rules?done=yes").into_response());
    }
    wrong(&app, &visit, &typed).await
}

fn read_threshold(typed: &mut Typed) -> Option<NewThreshold> {
    let measure = typed.choice("measure", Measure::from_code);
    let (valid_from, paper) = (typed.day("from"), typed.optional("paper"));
    let measure = measure?;
    let is_ended = typed.get("at_least").trim().is_empty();
    let at_least = match measure {
        _ if is_ended => None,
        Measure::OcopShare => typed.count("at_least", (1, 100)).map(|percent| percent * 10),
        other => typed.count("at_least", (1, other.most())),
    };
    typed.is_right().then_some(())?;
    Some(NewThreshold { measure, valid_from: valid_from?, at_least, paper })
}

/// Adds the criteria of a decision; what was typed wrong comes back.
pub async fn add_set(State(app): State<App>, visit: Visit, Form(pairs): Pairs) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_set(&visit, &mut typed) {
        match visit.admin().add_criteria(&new).await {
            Ok(_) => return Ok(Redirect::to("/points/rules?done=yes").into_response()),
            Err(Error::Refused(Refusal::Taken { .. })) => {
                typed.refuse("valid_from", visit.lang.rules_day_taken());
            }
            Err(Error::Refused(_)) => typed.refuse("criteria", visit.lang.rules_criteria_wrong()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &typed).await
}

fn read_set(visit: &Visit, typed: &mut Typed) -> Option<NewSet> {
    let (decision, valid_from) = (typed.needed("decision"), typed.day("valid_from"));
    let meant_until = typed.optional_day("meant_until");
    let criteria = criteria_of(&typed.words("criteria", CRITERIA_TEXT_MAX));
    if criteria.is_empty() || criteria.len() > CRITERIA_MAX {
        typed.refuse("criteria", visit.lang.rules_criteria_wrong());
    }
    typed.is_right().then_some(())?;
    Some(NewSet { decision, valid_from: valid_from?, meant_until, criteria })
}

/// Reads a criterion a line; a line that begins with # names the part of those below it.
fn criteria_of(text: &str) -> Vec<(String, String)> {
    let (mut block, mut criteria) = (String::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.strip_prefix('#') {
            Some(name) => name.trim().clone_into(&mut block),
            None => criteria.push((block.clone(), line.to_owned())),
        }
    }
    criteria
}

/// Takes back a set of criteria that was mistyped; one that is in use, or a reason that is missing, is told.
pub async fn withdraw_set(
    State(app): State<App>,
    visit: Visit,
    Path(set): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let id = Uuid::try_parse(&set).map_err(|_| Fault::not_found())?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    let note = typed.words("note", NOTE_MAX);
    if note.is_empty() || !typed.is_right() {
        typed.refuse("note", visit.lang.rules_why_missing());
        return wrong(&app, &visit, &typed).await;
    }
    match visit.admin().withdraw_criteria(id, &note).await {
        Ok(()) => Ok(Redirect::to("/points/rules?done=yes").into_response()),
        Err(Error::Refused(_)) => {
            typed.refuse("note", visit.lang.rules_set_in_use());
            wrong(&app, &visit, &typed).await
        }
        Err(error) => visit.ok(Err(error)),
    }
}

/// Adds a kind of place; what was typed wrong comes back.
pub async fn add_location(
    State(app): State<App>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let mut typed = Typed::read(visit.lang, pairs)?;
    let (name, decision) = (typed.needed("place"), typed.needed("place_decision"));
    let day = typed.day("place_from");
    if let (Some(day), true) = (day, typed.is_right()) {
        match visit.admin().add_location_type(&name, &decision, day).await {
            Ok(()) => return Ok(Redirect::to("/points/rules?done=yes").into_response()),
            Err(Error::Refused(_)) => typed.refuse("place", visit.lang.rules_place_taken()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    wrong(&app, &visit, &typed).await
}

/// Ends a kind of place with today.
pub async fn end_location(
    State(app): State<App>,
    visit: Visit,
    Path(place): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    visit.ok(visit.admin().end_location_type(&place, local_date(app.clock.now_ms())).await)?;
    Ok(Redirect::to("/points/rules?done=yes").into_response())
}

fn first(app: &App, visit: &Visit) -> Typed {
    let today = local_date(app.clock.now_ms()).to_string();
    Typed::with(visit.lang, [("from", today.clone()), ("place_from", today.clone()), ("valid_from", today)])
}

async fn wrong(app: &App, visit: &Visit, typed: &Typed) -> Result<Response, Fault> {
    let page = page(app, visit, typed, false).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(app: &App, visit: &Visit, typed: &Typed, is_saved: bool) -> Result<Markup, Fault> {
    let rules = visit.ok(load(app).await)?;
    let may_act = may_act(visit);
    let main = rules_page::page(visit.lang, (&visit.csrf, may_act), (&rules, typed), is_saved);
    Ok(shell::page(visit, &frame(visit, ""), main))
}

async fn load(app: &App) -> Found<Rules> {
    let mut tx = app.db.begin_reading().await?;
    let locations = locations::list(&mut tx).await?;
    let mut sets = Vec::new();
    for set in criteria::list_sets(&mut tx).await? {
        let rows = criteria::list(&mut tx, set.id).await?;
        sets.push((set, rows));
    }
    let thresholds = thresholds::list(&mut tx).await?;
    let used = criteria::list_used(&mut tx).await?;
    Ok(Rules { used, today: local_date(app.clock.now_ms()), locations, sets, thresholds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_criterion_of_the_part_above_it() {
        let text = "Chung\n# Địa điểm\n Gần chợ \n\n#\nCó biển hiệu";
        let expected = [("", "Chung"), ("Địa điểm", "Gần chợ"), ("", "Có biển hiệu")];
        assert_eq!(criteria_of(text), expected.map(|(block, line)| (block.to_owned(), line.to_owned())));
    }
}
