//! Sales per product: the department's page, and an operator's about its own stores.

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
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::workbook;
use crate::app::App;
use crate::db::campaigns;
use crate::db::sales::completeness;
use filter::{Filter, SalesQuery, Wrong};
use form::{Offered, Typed};
use page::View;
use report::{Origins, PAGE, SalesReport};

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

/// The same with all products as a workbook.
#[utoipa::path(
    get, path = "/sales.xlsx", tag = "reports", params(SalesQuery),
    responses(
        (status = 200, description = "a workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such store among those that the person may see"),
        (status = 422, description = "the period or a name in the query is wrong"),
    ),
)]
pub async fn xlsx(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<SalesQuery>,
) -> Result<Response, Fault> {
    let (filter, report) = whole(&app, &visit, &query).await?;
    let sheets = file::sheets(visit.lang, &filter, &report);
    let bytes = visit.ok(workbook::write(sheets, app.clock.now_ms()).await)?;
    Ok(workbook::answer(&file_name(&visit, &filter), bytes))
}

/// All products as text with commas between.
#[utoipa::path(
    get, path = "/sales.csv", tag = "reports", params(SalesQuery),
    responses(
        (status = 200, description = "text with commas between", content_type = "text/csv"),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such store among those that the person may see"),
        (status = 422, description = "the period or a name in the query is wrong"),
    ),
)]
pub async fn csv(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<SalesQuery>,
) -> Result<Response, Fault> {
    let (filter, report) = whole(&app, &visit, &query).await?;
    let text = super::csv::write(&file::products(visit.lang, &report));
    Ok(super::csv::answer(&file_name(&visit, &filter), text))
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

/// Returns the form as it was filled in, with what is wrong; a name that nobody knows is no page at all.
async fn refuse(visit: &Visit, query: &SalesQuery, wrong: Wrong, now_ms: i64) -> Result<Response, Fault> {
    let lang = visit.lang;
    if wrong == Wrong::Unknown {
        return Err(Fault::not_found());
    }
    if visit.wanted == Wanted::Json {
        return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let today = local_date(now_ms);
    let filter = Filter::usual(today);
    let stores = visit.ok(completeness(&visit.app.db, visit.user.scope()).await)?;
    let choices: Vec<_> = stores.into_iter().map(|store| (store.store_id, store.name)).collect();
    let origins = Origins::default();
    let offered = Offered { stores: &choices, groups: &[], origins: &origins, picked_producer: None };
    let form = form::filters(lang, today, &filter, &Typed::as_written(query), &offered, Some(wrong));
    let main = html! { (form) (message(Tone::Bad, lang.wrong_filter())) };
    let frame = Frame { place: Place::Sales, brand: lang.brand(), query: "" };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shell::page(visit, &frame, main)).into_response())
}
