//! The department's official report of a period: figures, words, paper, document, workbook, seal.

mod campaigns;
mod columns;
mod consigned;
pub mod docx;
pub mod form;
pub mod html;
pub mod iso;
pub mod list;
pub mod load;
pub mod over_time;
pub mod page;
pub mod paper;
pub mod report;
pub mod sheets;
pub mod shown;
pub mod signing;
pub mod slides;
mod sold;
pub mod sums;
pub mod template;
pub mod template_form;
pub mod template_page;
mod typeface;
pub mod words;
pub mod write;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::report_period::ReportPeriod;
use serde::Deserialize;
use time::Date;
use web::Fault;
use web::format::local_date;

use super::report_texts::ReportTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::stores::Nothing;
use super::texts::CentralTexts;
use super::visit::{Visit, Who};
use super::workbook;
use crate::app::App;
use crate::db::reports::list_seals;
use crate::db::users::{DepartmentScope, Scope};
use crate::reporting;
use form::Typed;
use list::Periods;
use page::View;
use shown::Shown;
use signing::TypedSignature;

/// Which year.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct YearQuery {
    /// 2026; without it this one.
    year: Option<String>,
}

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct ReportQuery {
    kept: Option<String>,
}

/// How a report is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Page,
    Document,
    Workbook,
    Slides,
}

/// The periods that can be reported on: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/reports", tag = "reports", params(YearQuery),
    responses(
        (status = 200, description = "periods; JSON by `Accept: application/json`", body = Periods),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<YearQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let periods = periods(&visit, &query, today).await?;
    Ok(visit.answer(&periods, |periods| {
        let may_audit = Who::Audit.admits(visit.user.role);
        shell::page(&visit, &frame(&visit, ""), periods.render(visit.lang, today, may_audit))
    }))
}

/// The same periods as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<YearQuery>,
) -> Result<Response, Fault> {
    let periods = periods(&visit, &query, local_date(app.clock.now_ms())).await?;
    let name = format!("{}-{}", visit.lang.file_reports(), periods.year);
    file.answer_as(&visit, &name, vec![periods.sheet(visit.lang)]).await
}

async fn periods(visit: &Visit, query: &YearQuery, today: Date) -> Result<Periods, Fault> {
    let year = query.year.as_ref().and_then(|year| year.parse().ok()).unwrap_or(today.year());
    let sealed = visit.ok(list_seals(&visit.app.db).await)?;
    Ok(Periods::of(year, visit.app.config.reports.cutoff, today, &sealed))
}

/// The report of a period: a page, or the same figures as JSON; `.docx`, `.xlsx` and `.html` (slides) behind the period give files.
#[utoipa::path(
    get, path = "/reports/{period}", tag = "reports",
    params(("period" = String, Path, description = "`2026-m03`, `2026-q4`, `2026-6m`, `2026-9m`, `2026-y`; a file with `.docx`, `.xlsx` or `.html` behind it")),
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = Shown),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such period"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(address): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Result<Response, Fault> {
    let (period, ending) = read_address(&address)?;
    let shown = load(&visit, period).await?;
    let paper = shown.paper(&app.config.reports);
    let file = format!("bao-cao-ocop-{}", period.code());
    match ending {
        Ending::Document => Ok(docx::answer(&file, visit.ok(docx::write(&paper))?)),
        Ending::Workbook => {
            let bytes = workbook::write(sheets::sheets(&paper), shown.report.made_at_ms).await;
            Ok(workbook::answer(&file, visit.ok(bytes)?))
        }
        Ending::Slides => {
            Ok(slides::answer(&format!("trinh-chieu-ocop-{}", period.code()), slides::render(&shown, &paper)))
        }
        Ending::Page => {
            let typed = Typed::of(shown.to_type());
            let is_kept = query.kept.is_some();
            Ok(visit.answer(&shown, |shown| show(&visit, period, shown, (&typed, false, is_kept), None)))
        }
    }
}

/// Keeps what people write into a report.
pub async fn keep(
    State(app): State<App>,
    visit: Visit,
    Path(period): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let (period, who) = (read_period(&period)?, department(&visit)?);
    let Some(words) = typed.read() else {
        let shown = load(&visit, period).await?;
        let page = show(&visit, period, &shown, (&typed, true, false), None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    visit.ok(reporting::keep_words(&app, (who, &visit.user.login), period, words).await)?;
    Ok(Redirect::to(&format!("/reports/{}?kept=1", period.code())).into_response())
}

/// Seals a report whose period is over.
pub async fn seal(
    State(app): State<App>,
    visit: Visit,
    Path(period): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let (period, who) = (read_period(&period)?, department(&visit)?);
    if !period.is_over(app.config.reports.cutoff, local_date(app.clock.now_ms())) {
        return Err(Fault::new(StatusCode::CONFLICT, "not_over", ReportTexts::fault_not_over));
    }
    let shown = load(&visit, period).await?;
    if shown.seal.is_none() {
        let body = visit.ok(shown.body())?;
        visit.ok(reporting::seal(&app, (who, &visit.user.login), period, body).await)?;
    }
    Ok(Redirect::to(&format!("/reports/{}", period.code())))
}

/// Gives a sealed report the number, date and signer that it lacks, once.
pub async fn sign(
    State(app): State<App>,
    visit: Visit,
    Path(period): Path<String>,
    Form(typed): Form<TypedSignature>,
) -> Result<Response, Fault> {
    let (period, who) = (read_period(&period)?, department(&visit)?);
    let shown = to_sign(&visit, period).await?;
    let typed = typed.beside(&shown.words);
    let days = (shown.report.days_of.to, local_date(app.clock.now_ms()));
    let Some(signature) = typed.read(&shown.words, days) else {
        let words = Typed::of(&shown.words);
        let page = show(&visit, period, &shown, (&words, false, false), Some(&typed));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    visit.ok(reporting::sign(&app, (who, &visit.user.login), period, signature).await)?;
    Ok(Redirect::to(&format!("/reports/{}?kept=1", period.code())).into_response())
}

/// Loads a sealed report that lacks number, date or signer.
async fn to_sign(visit: &Visit, period: ReportPeriod) -> Result<Shown, Fault> {
    let shown = load(visit, period).await?;
    if shown.seal.is_none() {
        return Err(Fault::not_found());
    }
    if !signing::is_incomplete(&shown.words) {
        return Err(Fault::new(StatusCode::CONFLICT, "signed", ReportTexts::fault_signed));
    }
    Ok(shown)
}

async fn load(visit: &Visit, period: ReportPeriod) -> Result<Shown, Fault> {
    let app = &visit.app;
    visit.ok(Shown::load(app, visit.user.scope(), period, app.config.reports.cutoff).await)
}

fn show(
    visit: &Visit,
    period: ReportPeriod,
    shown: &Shown,
    (typed, is_refused, is_kept): (&Typed, bool, bool),
    signature: Option<&TypedSignature>,
) -> maud::Markup {
    let (app, today) = (&visit.app, local_date(visit.app.clock.now_ms()));
    let paper = shown.paper(&app.config.reports);
    let view = View {
        may_write: Who::TRADE.admits(visit.user.role),
        lang: visit.lang,
        csrf: &visit.csrf,
        shown,
        paper: &paper,
        typed,
        is_refused,
        is_kept,
        is_over: period.is_over(app.config.reports.cutoff, today),
        signature,
        today,
    };
    shell::page(visit, &frame(visit, ""), view.render())
}

fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Reports, brand: visit.lang.brand(), query }
}

fn department(visit: &Visit) -> Result<DepartmentScope, Fault> {
    match visit.user.scope() {
        Scope::Department(scope) => Ok(scope),
        _ => Err(Fault::forbidden()),
    }
}

fn read_address(address: &str) -> Result<(ReportPeriod, Ending), Fault> {
    let (code, ending) = match address.rsplit_once('.') {
        Some((code, "docx")) => (code, Ending::Document),
        Some((code, "xlsx")) => (code, Ending::Workbook),
        Some((code, "html")) => (code, Ending::Slides),
        _ => (address, Ending::Page),
    };
    Ok((read_period(code)?, ending))
}

fn read_period(code: &str) -> Result<ReportPeriod, Fault> {
    ReportPeriod::from_code(code).ok_or_else(Fault::not_found)
}
