//! `GET /api/openapi.json`: the sync API and the reports, described for programs.

use axum::Json;
use utoipa::OpenApi;

/// The description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "OCOP central",
        description = "Sync between stores and the central inventory service; reports for the department and producers."
    ),
    paths(
        super::push::post,
        super::head::get,
        super::condition::post,
        super::journals::list,
        super::journals::entries,
        super::catalogue::get,
        super::bank_notices::get,
        super::transfers::get,
        super::bank_notices::post,
        super::enrol::post,
        crate::web::sales::get,
        crate::web::sales::xlsx,
        crate::web::sales::csv,
        crate::web::inventory::get,
        crate::web::products::get,
        crate::web::products::xlsx,
        crate::web::products::csv,
        crate::web::products::one,
        crate::web::producers::get,
        crate::web::promotions::get,
        crate::web::campaigns::get,
        crate::web::campaigns::xlsx,
        crate::web::campaigns::csv,
        crate::web::campaigns::one,
        crate::web::campaigns::outcome::get,
        crate::web::campaigns::outcome::xlsx,
        crate::web::provisional::get,
        crate::web::imports::get,
        crate::web::imports::one,
        crate::web::imports::xlsx,
        crate::web::reports::get,
        crate::web::reports::one,
        crate::web::producer::announced::get,
        crate::web::shops::get,
        crate::web::owed::list,
        crate::web::owed::one,
        crate::web::joint::of_operator,
        crate::web::joint::of_producer,
        crate::web::pack::get,
        crate::web::scans::get,
        crate::web::stores::get,
        crate::web::people::get,
        crate::web::audit::get,
        crate::web::audit::csv,
        crate::web::points::get,
        crate::web::points::xlsx,
        crate::web::points::csv,
        crate::web::points::one,
        crate::web::producer::overview::get,
        crate::web::producer::consigned::get,
        crate::web::producer::sold::get,
        crate::web::producer::terms::get,
        crate::web::producer::grid::get,
        crate::web::producer::grid::xlsx,
        crate::web::producer::dossier::get,
        crate::web::producer::settlements::get,
        crate::web::producer::settlement::get,
    )
)]
struct Description;

/// Returns the description.
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}
