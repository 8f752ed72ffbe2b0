//! Stores and their devices: who has joined, who waits, what is not in the figures. Administrators approve devices and
//! issue codes here; the department reads.

pub mod acts;
pub mod board;
pub mod devices;
pub mod exceptions;
pub mod page;
pub mod report;
pub mod sheet;

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::StoreId;
use serde::Deserialize;
use web::Fault;
use web::format::local_date;

use super::board_texts::BoardTexts;
use super::sheet_file::Download;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::{Visit, Who};
use crate::app::App;
use crate::db::streams;
use crate::error::{Error, Result as CentralResult};
use page::{Told, View};
use report::{Most, StoresReport};

/// What just happened.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StoresQuery {
    /// Fingerprint of a device that was approved just now.
    approved: Option<String>,
    /// What was done just now: `adopted`, `revoked` or `answered`.
    done: Option<String>,
}

/// Stores with their devices: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/stores", tag = "stores", params(StoresQuery),
    responses(
        (status = 200, description = "stores; JSON by `Accept: application/json`", body = StoresReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
    ),
)]
pub async fn get(visit: Visit, Query(query): Query<StoresQuery>) -> Result<Response, Fault> {
    let report = load(&visit, Most::OF_PAGE).await?;
    let approved = query.approved.and_then(|fingerprint| report.approved_device(&fingerprint));
    let told = match (approved, query.done.as_deref()) {
        (Some(device), _) => Told::Approved(device),
        (None, Some("adopted")) => Told::Done(visit.lang.adopted_now()),
        (None, Some("revoked")) => Told::Done(visit.lang.revoked_now()),
        (None, Some("answered")) => Told::Done(visit.lang.answered_now()),
        _ => Told::Nothing,
    };
    Ok(visit.answer(&report, |report| show(&visit, report, &told)))
}

/// The same as a file: stores with their devices, entries to look at, disputes, sales from the pad, all of them.
pub async fn download(visit: Visit, file: Download) -> Result<Response, Fault> {
    let report = load(&visit, Most::of_file()).await?;
    file.answer(&visit, visit.lang.file_board(), sheet::sheets(visit.lang, &report)).await
}

async fn load(visit: &Visit, most: Most) -> Result<StoresReport, Fault> {
    let (app, scope) = (&visit.app, visit.user.scope());
    visit.ok(report::load(&app.db, scope, local_date(app.clock.now_ms()), most).await)
}

fn show(visit: &Visit, report: &StoresReport, told: &Told) -> maud::Markup {
    let may_act = Who::Admin.admits(visit.user.role);
    let view =
        View { lang: visit.lang, now_ms: visit.app.clock.now_ms(), csrf: &visit.csrf, may_act, report, told };
    let frame = Frame { place: Place::Stores, brand: visit.lang.brand(), query: "" };
    shell::page(visit, &frame, view.render())
}

/// Nothing but the token, which was taken out already.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Issues a one-time code for a device of a store, and shows it once.
pub async fn issue_code(
    visit: Visit,
    Path(store_id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Fault> {
    let store_id = store_id.parse::<StoreId>().map_err(|_| Fault::not_found())?;
    let code = visit.ok(visit.admin().issue_code(store_id).await)?;
    let report = load(&visit, Most::OF_PAGE).await?;
    Ok(show(&visit, &report, &Told::Code { store_id, code }).into_response())
}

/// Approves the device with a fingerprint, which a person compared on both screens.
pub async fn approve(
    State(app): State<App>,
    visit: Visit,
    Path((store_id, fingerprint)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    let store_id = store_id.parse::<StoreId>().map_err(|_| Fault::not_found())?;
    visit.ok(check_device(&app, store_id, &fingerprint).await)?;
    visit.ok(visit.admin().approve(&fingerprint).await)?;
    Ok(Redirect::to(&format!("/stores?approved={fingerprint}")))
}

/// A device that is not this store's is none at all; whether it still waits, the approval says.
async fn check_device(app: &App, store_id: StoreId, fingerprint: &str) -> CentralResult<()> {
    let devices = streams::list(&app.db, Some(store_id)).await?;
    let is_there = devices.iter().any(|device| device.fingerprint == fingerprint);
    if is_there { Ok(()) } else { Err(Error::NotFound("device")) }
}
