//! Nominations of products for points of sale, as the department sees and moves them.

pub mod card;
pub mod detail_page;
pub mod filter;
pub mod form;
pub mod page;
pub mod report;
pub mod sheet;
pub mod words;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::nomination::{NominationRefusal, Stage};
use domain::section::Section;
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::nomination_texts::NominationTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted};
use super::{lists, workbook};
use crate::admin::NominationStep;
use crate::app::App;
use crate::db::keyset::From;
use crate::db::nominations::list as nomination_list;
use crate::error::{Error, Refusal};
use filter::NominationsQuery;
use report::{NominationReport, NominationsReport};

/// Nominations: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/nominations", tag = "catalogue", params(NominationsQuery),
    responses(
        (status = 200, description = "by the names of products; JSON by `Accept: application/json`", body = NominationsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at no nomination"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<NominationsQuery>,
) -> Result<Response, Fault> {
    let picked = match query.read() {
        Ok(picked) => picked,
        Err(_) if visit.wanted == Wanted::Json => return Err(Fault::unprocessable()),
        Err(_) => {
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, list(&visit, &query, None)).into_response());
        }
    };
    let cursor = query.cursor()?;
    let place = match cursor.id() {
        Some(id) => visit.ok(nomination_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let report = visit.ok(report::load(&app.db, &picked, &cursor.at(place)?, lists::ROWS).await)?;
    Ok(visit.answer(&report, |report| list(&visit, &query, Some(report))))
}

fn list(visit: &Visit, query: &NominationsQuery, report: Option<&NominationsReport>) -> Markup {
    let view = page::View { lang: visit.lang, query, report };
    shell::page(visit, &frame(visit, &query.text()), view.render())
}

fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Nominations, brand: visit.lang.brand(), query }
}

/// The same nominations, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<NominationsQuery>,
) -> Result<Response, Fault> {
    let sheet = whole(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.nominations_file(), vec![sheet]).await
}

async fn whole(app: &App, visit: &Visit, query: &NominationsQuery) -> Result<workbook::Sheet, Fault> {
    let picked = query.read().map_err(|_| Fault::unprocessable())?;
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let page = visit.ok(nomination_list::page(&app.db, &picked, &From::Start, most).await)?;
    Ok(sheet::sheet(visit.lang, page.rows.into_iter().map(Into::into).collect()))
}

/// What just happened to the nomination.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NominationQuery {
    /// `nominated` or `step`.
    pub done: Option<String>,
}

/// One nomination: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/nominations/{nomination}", tag = "catalogue",
    params(("nomination" = String, Path, description = "the nomination"), NominationQuery),
    responses(
        (status = 200, description = "the nomination; JSON by `Accept: application/json`", body = NominationReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such nomination"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(nomination): Path<String>,
    Query(query): Query<NominationQuery>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &nomination).await?;
    let told = match query.done.as_deref() {
        Some("nominated") => Some((Tone::Good, visit.lang.nominated_now())),
        Some("step") => Some((Tone::Good, visit.lang.step_saved_nomination())),
        _ => None,
    };
    Ok(visit.answer(&report, |report| show(&visit, report, told, "")))
}

async fn find(app: &App, visit: &Visit, nomination: &str) -> Result<NominationReport, Fault> {
    let id = Uuid::try_parse(nomination).map_err(|_| Fault::not_found())?;
    let today = local_date(app.clock.now_ms());
    visit.ok(report::one(&app.db, id, today).await)?.ok_or_else(Fault::not_found)
}

fn show(visit: &Visit, report: &NominationReport, told: Option<(Tone, &str)>, typed: &str) -> Markup {
    let (lang, csrf, role) = (visit.lang, &visit.csrf, visit.user.role);
    let view = detail_page::View { lang, csrf, role, report, told, typed };
    shell::page(visit, &frame(visit, ""), view.render())
}

/// The form of a step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    step: String,
    #[serde(default)]
    words: String,
}

/// Trade looks at the dossier: passes the nomination on, or sends it back.
pub async fn check(
    State(app): State<App>,
    visit: Visit,
    Path(nomination): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let step = match typed.step.as_str() {
        "pass" => NominationStep::Pass,
        "return" => NominationStep::Return,
        _ => return Err(Fault::unprocessable()),
    };
    take(&app, &visit, &nomination, (step, &typed.words)).await
}

/// The section proposes it again, or takes it back; what trade let pass it takes back too.
pub async fn step(
    State(app): State<App>,
    visit: Visit,
    Path(nomination): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let step = match typed.step.as_str() {
        "again" => NominationStep::Again,
        "withdraw" => NominationStep::Withdraw,
        _ => return Err(Fault::unprocessable()),
    };
    let report = find(&app, &visit, &nomination).await?;
    let section = Section::from_code(&report.nomination.section).ok_or_else(Fault::not_found)?;
    let is_trades = Stage::from_code(&report.nomination.stage).is_some_and(Stage::is_trades_too)
        && step == NominationStep::Withdraw
        && visit.user.role.keeps(Section::Trade);
    if !is_trades {
        visit.needs(section).await?;
    }
    take(&app, &visit, &nomination, (step, &typed.words)).await
}

async fn take(
    app: &App,
    visit: &Visit,
    nomination: &str,
    (step, words): (NominationStep, &str),
) -> Result<Response, Fault> {
    let id = Uuid::try_parse(nomination).map_err(|_| Fault::not_found())?;
    let told = match visit.admin().step_nomination(id, step, words).await {
        Ok(()) => return Ok(Redirect::to(&format!("/nominations/{id}?done=step")).into_response()),
        Err(Error::Refused(Refusal::Nomination(NominationRefusal::NotNext))) => visit.lang.step_not_next(),
        Err(Error::Refused(Refusal::Nomination(NominationRefusal::NotOnSale))) => {
            visit.lang.step_not_on_sale()
        }
        Err(Error::Refused(_)) => visit.lang.step_no_words(),
        Err(error) => return visit.ok(Err(error)),
    };
    let report = find(app, visit, nomination).await?;
    let page = show(visit, &report, Some((Tone::Bad, told)), words);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
