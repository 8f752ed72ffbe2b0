//! Whether the service does its work, for whoever watches it.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use web::Fault;

use super::error::fault;
use crate::App;
use crate::db::catalogue;

/// How the service is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthState {
    /// Version of this program.
    version: &'static str,
    /// Products on sale.
    products: i64,
    /// Room on the disk of the data folder, MB; none while nobody knows.
    disk_free_mb: Option<i64>,
}

/// Answers when the database does.
pub async fn healthz(State(app): State<App>) -> Result<Json<HealthState>, Fault> {
    let products = catalogue::count_products(app.db().read()).await.map_err(|error| fault(&app, error))?;
    let disk_free_mb = app.disk_watch().free_mb();
    Ok(Json(HealthState { version: env!("CARGO_PKG_VERSION"), products, disk_free_mb }))
}
