//! Inventory over all stores: what is where, whose it is, what runs out, what sells fast or lies still, what ends soon, what to
//! send where. The department sees every store, an operator its own.

pub mod file;
pub mod filter;
pub mod listing;
pub mod page;
pub mod report;
pub mod suggest;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::cover::PACE_DAYS;
use time::{Date, Duration};
use web::Fault;
use web::format::local_date;

use super::inventory_texts::InventoryTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Wanted};
use super::workbook;
use crate::app::App;
use crate::db::inventory::{Held, held};
use crate::db::stores;
use crate::db::transfers::list_open;
use crate::db::users::Scope;
use filter::{InventoryQuery, Picked};
use listing::Listing;
use page::View;
use report::InventoryReport;

/// Stock of every product over all stores: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/inventory", tag = "reports", params(InventoryQuery),
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = InventoryReport),
        (status = 401, description = "nobody is signed in"),
        (status = 403, description = "not for this role"),
        (status = 404, description = "no such store among those that the person may see, or a page that begins at no product"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<InventoryQuery>,
) -> Result<Response, Fault> {
    let (picked, today) = (read(&query)?, local_date(app.clock.now_ms()));
    let held = find(&app, &visit, &picked, today).await?;
    let open = visit.ok(list_open(&app.db, visit.user.scope(), picked.store).await)?;
    let listing = Listing::page(&held, &picked).ok_or_else(Fault::not_found)?;
    let since = today - Duration::days(PACE_DAYS - 1);
    let report = InventoryReport::of(listing, open, (since, today));
    let stores = match visit.wanted {
        Wanted::Json => Vec::new(),
        Wanted::Page => visit.ok(list_stores(&app, &visit).await)?,
    };
    let address = query.text();
    let frame = Frame { place: Place::Inventory, brand: visit.lang.brand(), query: &address };
    Ok(visit.answer(&report, |report| {
        let view = View { lang: visit.lang, picked: &picked, query: &query, stores: &stores, report };
        shell::page(&visit, &frame, view.render())
    }))
}

fn read(query: &InventoryQuery) -> Result<Picked, Fault> {
    query.read()?.ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))
}

async fn find(app: &App, visit: &Visit, picked: &Picked, today: Date) -> Result<Vec<Held>, Fault> {
    visit.ok(held(&app.db, visit.user.scope(), picked.store, today).await)
}

/// Ids and names of the stores that can be chosen.
async fn list_stores(app: &App, visit: &Visit) -> crate::Result<Vec<(String, String)>> {
    let operator_id = match visit.user.scope() {
        Scope::Operator(scope) => Some(scope.operator_id()),
        _ => None,
    };
    let found = stores::list(&app.db, operator_id).await?;
    Ok(found.into_iter().map(|store| (store.id.to_string(), store.name)).collect())
}

/// The same products, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<InventoryQuery>,
) -> Result<Response, Fault> {
    let sheet = sheet(&app, &visit, &query).await?;
    file.answer(&visit, visit.lang.file_inventory(), vec![sheet]).await
}

async fn sheet(app: &App, visit: &Visit, query: &InventoryQuery) -> Result<workbook::Sheet, Fault> {
    let (picked, today) = (read(query)?, local_date(app.clock.now_ms()));
    let held = find(app, visit, &picked, today).await?;
    Ok(file::sheet(visit.lang, Listing::all(&held, &picked).products, today))
}
