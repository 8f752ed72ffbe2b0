//! Points of sale with their files: the department reads, administrators keep them.

pub mod ages;
pub mod ages_file;
pub mod ages_page;
pub mod bars;
pub mod cards;
pub mod check;
pub mod chosen;
pub mod chosen_page;
pub mod commission_tax;
pub mod detail;
pub mod detail_page;
pub mod edit;
pub mod files;
pub mod filter;
pub mod form;
pub mod history;
pub mod labels;
pub mod of_rows;
pub mod opening;
pub mod opening_page;
pub mod page;
pub mod pieces;
pub mod report;
pub mod rules;
pub mod rules_page;
pub mod rules_report;
pub mod rules_sheet;
pub mod sheet;
pub mod things;
pub mod things_file;
pub mod typed;
pub mod words;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::PointId;
use domain::point::PointState;
use maud::Markup;
use serde::Deserialize;
use time::Date;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::places::saved_in;
use super::point_open_texts::PointOpenTexts;
use super::point_texts::PointTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::{lists, workbook};
use crate::app::App;
use crate::db::keyset::From;
use crate::db::points::{list as point_list, locations};
use crate::db::{operators, places as db_places};
use crate::error::Result as Found;
use detail::{LocationOfPoint, PointReport};
use filter::PointsQuery;
use page::Choices;
use pieces::Wrong;
use report::PointsReport;
use typed::Typed;

/// Points of sale: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/points", tag = "stores", params(PointsQuery),
    responses(
        (status = 200, description = "points by name; JSON by `Accept: application/json`", body = PointsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at no point"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<PointsQuery>,
) -> Result<Response, Fault> {
    let picked = match query.read() {
        Ok(picked) => picked,
        Err(_) if visit.wanted == Wanted::Json => return Err(Fault::unprocessable()),
        Err(_) => {
            let page = list(&app, &visit, &query, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let cursor = query.cursor()?;
    let place = match cursor.id() {
        Some(id) => visit.ok(point_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let report = visit.ok(report::load(&app.db, &picked, &cursor.at(place)?, lists::ROWS).await)?;
    match visit.wanted {
        Wanted::Json => Ok(axum::Json(&report).into_response()),
        Wanted::Page => Ok(list(&app, &visit, &query, Some(&report)).await?.into_response()),
    }
}

async fn list(
    app: &App,
    visit: &Visit,
    query: &PointsQuery,
    report: Option<&PointsReport>,
) -> Result<Markup, Fault> {
    let choices = visit.ok(choices(app).await)?;
    let may_act = may_act(visit);
    let view = page::View { lang: visit.lang, may_act, query, choices: &choices, report };
    Ok(shell::page(visit, &frame(visit, &query.text()), view.render()))
}

fn may_act(visit: &Visit) -> bool {
    Who::TRADE.admits(visit.user.role)
}

async fn choices(app: &App) -> Found<Choices> {
    let operators = operators::list(&app.db).await?;
    Ok(Choices {
        locations: places(app).await?,
        communes: point_list::list_communes(&app.db).await?,
        units: Vec::new(),
        operators: operators.into_iter().map(|each| (each.id.to_string(), each.name)).collect(),
    })
}

/// What a form offers: the communes of today, kinds of places that may be given today, and the one that the point has.
async fn choices_on(app: &App, report: Option<&PointReport>) -> Found<Choices> {
    let (mut choices, today) = (choices(app).await?, local_date(app.clock.now_ms()));
    choices.units = db_places::list_names(&app.db, today).await?;
    let all = locations::list(&mut app.db.begin_reading().await?).await?;
    let own = report.and_then(|report| report.location.as_ref()).map(|place| place.code.clone());
    choices.locations.retain(|place| {
        let counts = all.iter().any(|row| row.code == place.code && row.counts_on(today));
        counts || own.as_ref() == Some(&place.code)
    });
    Ok(choices)
}

/// Each kind of place once, as it was named last.
async fn places(app: &App) -> Found<Vec<LocationOfPoint>> {
    let all = locations::list(&mut app.db.begin_reading().await?).await?;
    let mut places: Vec<LocationOfPoint> = Vec::new();
    for row in all {
        places.retain(|each| each.code != row.code);
        places.push(row.into());
    }
    Ok(places)
}

pub(super) fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Points, brand: visit.lang.brand(), query }
}

/// The same points, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<PointsQuery>,
) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.file_points(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit, query: &PointsQuery) -> Result<workbook::Sheet, Fault> {
    let picked = query.read().map_err(|_| Fault::unprocessable())?;
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let page = visit.ok(point_list::page(&app.db, &picked, &From::Start, most).await)?;
    let rows = page.rows.into_iter().map(Into::into).collect();
    Ok(sheet::sheet(visit.lang, rows, &visit.ok(places(app).await)?))
}

/// What just happened to the point.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PointQuery {
    /// `saved`, `step`, `thing`, `check`, `opened` or `commission-tax`.
    pub done: Option<String>,
}

/// One point's file: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/points/{point}", tag = "stores",
    params(("point" = String, Path, description = "the point"), PointQuery),
    responses(
        (status = 200, description = "the file; JSON by `Accept: application/json`", body = PointReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such point"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Query(query): Query<PointQuery>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let told = match told(visit.lang, &query, &report) {
        Some((_, saved)) if query.done.as_deref() == Some("saved") => {
            Some(saved_in(&app, &visit, &report.commune, saved).await?)
        }
        told => told,
    };
    let step = first_step(visit.lang, &query, &report, local_date(app.clock.now_ms()));
    Ok(visit.answer(&report, |report| show(&visit, report, &step, told, None)))
}

/// The form of the next step as it begins: after a check that counts the step that says so stands ready.
fn first_step(lang: web::Lang, query: &PointQuery, report: &PointReport, today: Date) -> Typed {
    match offered_on(query, report) {
        Some(on) => {
            let to = PointState::Checked.code().to_owned();
            Typed::with(lang, [("to", to), ("on", on.to_string())])
        }
        None => Typed::with(lang, [("on", today.to_string())]),
    }
}

fn offered_on(query: &PointQuery, report: &PointReport) -> Option<Date> {
    report.checked_step_on.filter(|_| query.done.as_deref() == Some("check"))
}

pub(super) async fn find(app: &App, visit: &Visit, point: &str) -> Result<PointReport, Fault> {
    let today = local_date(app.clock.now_ms());
    visit.ok(detail::load(&app.db, parsed(point)?, today).await)?.ok_or_else(Fault::not_found)
}

fn parsed<T: std::str::FromStr>(id: &str) -> Result<T, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

fn show(
    visit: &Visit,
    report: &PointReport,
    step: &Typed,
    told: Option<(Tone, String)>,
    wrong: Option<&Wrong<'_>>,
) -> Markup {
    let (lang, csrf, role) = (visit.lang, &visit.csrf, visit.user.role);
    let view = detail_page::View { lang, csrf, role, report, step, told, wrong };
    shell::page(visit, &frame(visit, ""), view.render())
}

fn told(lang: web::Lang, query: &PointQuery, report: &PointReport) -> Option<(Tone, String)> {
    let name = &report.name;
    let words = match query.done.as_deref()? {
        "saved" => lang.point_saved(name),
        "step" => lang.step_saved().to_owned(),
        "thing" => lang.point_thing_saved().to_owned(),
        "check" if offered_on(query, report).is_some() => {
            format!("{} {}", lang.point_check_saved(), lang.step_after_check())
        }
        "check" => lang.point_check_saved().to_owned(),
        "opened" => lang.point_opened(name),
        "commission-tax" => lang.commission_tax_saved().to_owned(),
        _ => return None,
    };
    Some((Tone::Good, words))
}

/// Returns the identity of a point whose address is well written; whether it is there, its acts say.
pub(super) fn id_of(point: &str) -> Result<PointId, Fault> {
    parsed(point)
}
