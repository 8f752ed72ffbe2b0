//! Campaigns: the department reads what was done to make goods known and what it brought, administrators record it.

pub mod detail_page;
pub mod edit;
pub mod effect;
pub mod effect_file;
pub mod filter;
pub mod form;
pub mod history;
pub mod list;
pub mod load;
pub mod outcome;
pub mod outcome_file;
pub mod outcome_load;
pub mod outcome_page;
pub mod report;
pub mod weigh;
pub mod words;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::CampaignId;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;
use web::fragment::Tone;

use super::campaign_texts::CampaignTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted, Who};
use super::{lists, workbook};
use crate::app::App;
use crate::db::campaign_list::{self, From};
use filter::CampaignsQuery;
use list::{CampaignOfList, CampaignsReport};
use report::CampaignReport;

/// Campaigns: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/campaigns", tag = "campaigns", params(CampaignsQuery),
    responses(
        (status = 200, description = "campaigns, the newest first; JSON by `Accept: application/json`", body = CampaignsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "a page that begins at no campaign"),
        (status = 422, description = "a year or code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<CampaignsQuery>,
) -> Result<Response, Fault> {
    let today = local_date(app.clock.now_ms());
    let Ok(picked) = query.read() else {
        if visit.wanted == Wanted::Json {
            return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY));
        }
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &query, None)).into_response());
    };
    let cursor = query.cursor()?;
    let place = match cursor.id() {
        Some(id) => visit.ok(campaign_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let from = filter::from_of(cursor, place)?;
    let (campaign_count, cost) = visit.ok(campaign_list::count(&app.db, &picked, today).await)?;
    let found = visit.ok(campaign_list::page(&app.db, &picked, today, &from, lists::ROWS).await)?;
    let ends = (found.rows.first().map(|row| row.id.uuid()), found.rows.last().map(|row| row.id.uuid()));
    let report = CampaignsReport {
        campaign_count,
        cost_vnd: cost.vnd(),
        page_before: ends.0.filter(|_| found.has_before),
        page_after: ends.1.filter(|_| found.has_after),
        campaigns: found.rows.into_iter().map(|row| CampaignOfList::new(row, today)).collect(),
    };
    Ok(visit.answer(&report, |report| page(&visit, &query, Some(report))))
}

fn page(visit: &Visit, query: &CampaignsQuery, report: Option<&CampaignsReport>) -> maud::Markup {
    let (may_act, today) = (Who::TRADE.admits(visit.user.role), local_date(visit.app.clock.now_ms()));
    let view = list::View { lang: visit.lang, today, may_act, query, report };
    let address = query.text();
    shell::page(visit, &frame(visit, &address), view.render())
}

fn frame<'a>(visit: &Visit, query: &'a str) -> Frame<'a> {
    Frame { place: Place::Campaigns, brand: visit.lang.brand(), query }
}

/// The same campaigns, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<CampaignsQuery>,
) -> Result<Response, Fault> {
    let sheet = sheet(&app, &visit, &query).await?;
    file.answer(&visit, "chien-dich", vec![sheet]).await
}

async fn sheet(app: &App, visit: &Visit, query: &CampaignsQuery) -> Result<workbook::Sheet, Fault> {
    let picked = query.read().map_err(|_| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    let today = local_date(app.clock.now_ms());
    // One more than the sheet takes, so that it can say that some are missing.
    let most = workbook::ROWS_MOST + 1;
    let found = visit.ok(campaign_list::page(&app.db, &picked, today, &From::Start, most).await)?;
    let rows: Vec<_> = found.rows.into_iter().map(|row| CampaignOfList::new(row, today)).collect();
    Ok(list::sheet(visit.lang, &rows))
}

/// What just happened to the campaign.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CampaignQuery {
    /// `saved`, `ended` or `counted`.
    pub done: Option<String>,
}

/// One campaign with what it brought: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/campaigns/{campaign}", tag = "campaigns",
    params(("campaign" = String, Path, description = "the campaign"), CampaignQuery),
    responses(
        (status = 200, description = "the campaign; JSON by `Accept: application/json`", body = CampaignReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such campaign"),
    ),
)]
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Path(campaign): Path<String>,
    Query(query): Query<CampaignQuery>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &campaign).await?;
    let told = match query.done.as_deref() {
        Some("saved") => Some((Tone::Good, visit.lang.campaign_saved(&report.name))),
        Some("ended") => Some((Tone::Good, visit.lang.campaign_ended_now(&report.name))),
        Some("counted") => Some((Tone::Good, visit.lang.campaign_counted().to_owned())),
        _ => None,
    };
    Ok(show(&visit, &report, told))
}

/// What a campaign brought as a file: the figures; behind them its stores, introductions, enquiries and products.
pub async fn download_effect(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Path(campaign): Path<String>,
) -> Result<Response, Fault> {
    let mut report = find(&app, &visit, &campaign).await?;
    let id = CampaignId::from_uuid(report.campaign_id);
    report.enquiries = visit.ok(load::every_enquiry(&app.db, id, workbook::rows_asked()).await)?;
    file.answer(&visit, visit.lang.file_campaign_effect(), effect_file::sheets(visit.lang, &report)).await
}

async fn find(app: &App, visit: &Visit, campaign: &str) -> Result<CampaignReport, Fault> {
    let id = campaign.parse::<CampaignId>().map_err(|_| Fault::not_found())?;
    let found = load::load(&app.db, visit.user.scope(), id, app.clock.now_ms()).await;
    visit.ok(found)?.ok_or_else(Fault::not_found)
}

fn show(visit: &Visit, report: &CampaignReport, told: Option<(Tone, String)>) -> Response {
    visit.answer(report, |report| {
        let may_act = Who::TRADE.admits(visit.user.role);
        let view = detail_page::View { lang: visit.lang, csrf: &visit.csrf, may_act, report, told };
        shell::page(visit, &frame(visit, ""), view.render())
    })
}
