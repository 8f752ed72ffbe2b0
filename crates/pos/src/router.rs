//! All addresses of the client, in one place.

use axum::Router;
use axum::routing::get;

use crate::App;

/// Returns the client's pages.
pub fn router(app: App) -> Router {
    Router::new().route("/healthz", get(async || "ok")).with_state(app)
}
