//! `GET /api/openapi.json`: the sync API, described for programs.

use axum::Json;
use utoipa::OpenApi;

/// The description.
#[derive(OpenApi)]
#[openapi(
    info(title = "OCOP central", description = "Sync between stores and the central inventory service."),
    paths(super::push::post, super::head::get, super::catalogue::get, super::enrol::post)
)]
struct Description;

/// Returns the description.
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}
