//! Sales per product: the department's page, and an operator's about its own stores.

pub mod choices;
pub mod file;
pub mod filter;
pub mod form;
pub mod found;
pub mod freshness;
pub mod page;
pub mod period;
pub mod report;
pub mod sealed;
pub mod sort;
pub mod tables;
pub mod trade;
pub mod words;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use web::Fault;
use web::format::local_date;
use web::fragment::{Tone, message};

use super::sales_texts::SalesTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::workbook;
use crate::app::App;
use crate::db::campaigns;
use filter::{Filter, SalesQuery, Wrong};
use form::Typed;
use page::View;
use report::{PAGE, SalesReport};

/// Sales per product in a period: a page, or the same figures as JSON.
#[utoipa::path(
    get, path = "/sales", tag = "reports", params(SalesQuery),
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = SalesReport),
        (status = 401, description = "nobody is signed in"),
        (status = 403, description = "not for this role"),
        (status = 404, description = "no such store among those that the person may see"),
        (status = 422, description = "the period or a name in the query is wrong"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<SalesQuery>,
) -> Result<Response, Fault> {
    let now_ms = app.clock.now_ms();
    let query = on_campaign_days(&app, &visit, query).await?;
    let filter = match Filter::read(&query, local_date(now_ms)) {
        Ok(filter) => filter,
        Err(wrong) => return refuse(&visit, &query, wrong, now_ms).await,
    };
    let report = visit.ok(found::load(&app.db, visit.user.scope(), &filter, (now_ms, PAGE)).await)?;
    let address = filter.query();
    let frame = Frame { place: Place::Sales, brand: visit.lang.brand(), query: &address };
    Ok(visit.answer(&report, |report| {
        let view = View { lang: visit.lang, now_ms, filter: &filter, report };
        shell::page(&visit, &frame, view.render())
    }))
}

/// The same with all products as a file; the first sheet has the products.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<SalesQuery>,
) -> Result<Response, Fault> {
    let (filter, report) = whole(&app, &visit, &query).await?;
    let sheets = file::sheets(visit.lang, &filter, &report);
    file.answer_as(&visit, &file_name(&visit, &filter), sheets).await
}

/// Returns the report with all products on its one page.
async fn whole(app: &App, visit: &Visit, query: &SalesQuery) -> Result<(Filter, SalesReport), Fault> {
    let now_ms = app.clock.now_ms();
    let wrong = |_| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY);
    let query = &on_campaign_days(app, visit, query.clone()).await?;
    let filter = Filter::read(query, local_date(now_ms)).map_err(wrong)?.on_page(1);
    // One row more than a file holds, so that it says that it was cut.
    let rows = workbook::ROWS_MOST + 1;
    let report = found::load(&app.db, visit.user.scope(), &filter, (now_ms, rows)).await;
    Ok((filter, visit.ok(report)?))
}

/// A campaign is looked at on its own days, unless others are asked for.
async fn on_campaign_days(app: &App, visit: &Visit, query: SalesQuery) -> Result<SalesQuery, Fault> {
    let Some(id) = query.campaign_alone() else { return Ok(query) };
    let campaign = visit.ok(campaigns::find(&app.db, id).await)?;
    let days = campaign.filter(|_| Who::Stores.admits(visit.user.role)).ok_or_else(Fault::not_found)?.days;
    Ok(query.on_days(days.first, days.last_run().max(days.first)))
}

fn file_name(visit: &Visit, filter: &Filter) -> String {
    format!("{}-{}-{}", visit.lang.file_sales(), filter.period.from, filter.period.to)
}

/// Returns the form as it was filled in, with which day is wrong; a name that nobody knows is no page at all.
async fn refuse(visit: &Visit, query: &SalesQuery, wrong: Wrong, now_ms: i64) -> Result<Response, Fault> {
    let lang = visit.lang;
    if wrong == Wrong::Unknown {
        return Err(Fault::not_found());
    }
    if visit.wanted == Wanted::Json {
        return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    // What else is picked stays, in the form and in the links to other periods.
    let today = local_date(now_ms);
    let filter = Filter::read(&query.without_days(), today).map_err(|_| Fault::not_found())?;
    let choices = visit.ok(choices::load(&visit.app.db, visit.user.scope(), &filter).await)?;
    let typed = Typed::as_written(query);
    let form = form::filters(lang, today, &filter, &typed, &choices.offered(), Some(wrong));
    let main = html! { (form) (message(Tone::Bad, lang.wrong_filter())) };
    let frame = Frame { place: Place::Sales, brand: lang.brand(), query: "" };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shell::page(visit, &frame, main)).into_response())
}
