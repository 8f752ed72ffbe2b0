//! The page behind the QR on a pack, for anybody: whose it is, when it was received, what it is recognised as, where it is sold.
//! Its addresses are those of [`domain::pack_link`].

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::pack_link::{LinkHost, PackLink};
use web::format::local_date;
use web::{Fault, Lang};

use super::error::fault;
use super::visit::Wanted;
use crate::api::limits::client_address;
use crate::app::App;
use crate::db::packs;
use crate::error::Result;
use report::PackReport;

pub mod page;
pub mod report;

/// Somebody with a telephone.
pub struct Onlooker {
    lang: Lang,
    wanted: Wanted,
    address: std::net::IpAddr,
}

impl FromRequestParts<App> for Onlooker {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let address = client_address(parts, &app.config.trusted_proxies);
        Ok(Self { lang: Lang::of(parts), wanted: Wanted::of(&parts.headers), address })
    }
}

/// The page of a product or of a lot, or the same as JSON. A product that nobody knows, or an address that is none of a pack, is
/// told in words.
#[utoipa::path(
    get, path = "/01/{gtin}/10/{lot}", tag = "public",
    params(
        ("gtin" = String, Path, description = "GTIN-14; `/01/{gtin}` alone is the product, `/s/{code}` a code of the shops' own"),
        ("lot" = String, Path, description = "the lot"),
        ("17" = Option<String>, Query, description = "the last day on the label, YYMMDD"),
    ),
    responses(
        (status = 200, description = "the product and its lot; JSON by `Accept: application/json`", body = PackReport),
        (status = 404, description = "nobody knows this product"),
    ),
)]
pub async fn get(State(app): State<App>, onlooker: Onlooker, uri: Uri) -> Result<Response, Fault> {
    let Some(link) = read(&uri) else { return Ok(unknown(&app, &onlooker)) };
    let today = local_date(app.clock.now_ms());
    let found = report::load(&app.db, &link, today).await.map_err(|error| fault(&app, error))?;
    let Some(report) = found else { return Ok(unknown(&app, &onlooker)) };
    count(&app, &onlooker, &report, today).await;
    Ok(match onlooker.wanted {
        Wanted::Json => Json(report).into_response(),
        Wanted::Page => page::page(onlooker.lang, app.config.is_demo(), &report).into_response(),
    })
}

/// Reads the address as a till reads the QR.
fn read(uri: &Uri) -> Option<(PackLink, String)> {
    // Every host that leads here is ours, and a code of our own means the same at each.
    let host = LinkHost::new("here").ok()?;
    let path = uri.path_and_query()?.as_str();
    let link = PackLink::parse(&format!("https://{}{path}", host.as_str()))?.ok()?;
    let code = link.barcode(Some(&host)).ok()?.as_str().to_owned();
    Some((link, code))
}

fn unknown(app: &App, onlooker: &Onlooker) -> Response {
    (StatusCode::NOT_FOUND, page::unknown(onlooker.lang, app.config.is_demo())).into_response()
}

/// Counts a look, once a minute for each pack and network. A look that cannot be counted is answered all the same.
async fn count(app: &App, onlooker: &Onlooker, report: &PackReport, today: time::Date) {
    let lot = report.lot.as_ref().map_or("", |lot| lot.counted_code());
    let pack = format!("{} {lot}", report.product_id);
    if !app.gate.look(&pack, onlooker.address, app.clock.monotonic_ms()) {
        return;
    }
    if let Err(error) = packs::count_scan(&app.db, report.product_id.into(), lot, today).await {
        tracing::warn!(%error, "a look at a pack's page was not counted");
    }
}
