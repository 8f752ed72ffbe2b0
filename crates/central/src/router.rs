//! Every URL of central.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::api::{catalogue, enrol, head, health, openapi, push};
use crate::app::App;

/// Returns the whole service.
pub fn router(app: App) -> Router {
    let request_time = Duration::from_secs(app.config.limits.request_s);
    let sync = Router::new()
        .route("/sync/v1/streams/{stream}/entries", post(push::post))
        .route("/sync/v1/streams/{stream}/head", get(head::get))
        .route("/sync/v1/catalogue", get(catalogue::get))
        .route("/sync/v1/enrol", post(enrol::post));
    Router::new()
        .merge(sync)
        // The pages are merged here.
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .route("/api/openapi.json", get(openapi::get))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, request_time))
        .layer(CatchPanicLayer::new())
        .with_state(app)
}
