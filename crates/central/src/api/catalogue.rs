//! `GET /sync/v1/catalogue?epoch=E&cursor=C&limit=N`: what changed since the cursor, in commit order.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::wire::{PAGE_CHANGES_MAX, Problem};
use serde::Deserialize;
use uuid::Uuid;

use super::packed;
use super::proof::Reading;
use crate::app::App;
use crate::db::{catalogue, stores};
use crate::error::{Error, Result};
use crate::reading;

/// Where to go on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The central that gave the cursor; none at the first pull.
    epoch: Option<Uuid>,
    /// The `next` of the page before; 0 at the first pull.
    #[serde(default)]
    cursor: i64,
    /// At most so many changes.
    limit: Option<i64>,
}

/// Returns a page of changes, compressed with zstd for whoever accepts it.
///
/// # Errors
/// [`Problem::Resync`] when the cursor is of another central.
#[utoipa::path(
    get, path = "/sync/v1/catalogue", tag = "sync",
    params(
        ("epoch" = Option<String>, Query, description = "the central_epoch of the page before"),
        ("cursor" = i64, Query, description = "the next of the page before, or 0"),
        ("limit" = Option<i64>, Query, description = "1 to 1000"),
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the stream's key"),
    ),
    responses(
        (status = 200, description = "CataloguePage"),
        (status = 401, description = "unauthorised"), (status = 403, description = "revoked"),
        (status = 410, description = "resync: pull everything anew"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    Reading(stream): Reading,
    headers: HeaderMap,
) -> Result<Response> {
    if wanted.cursor < 0 || (wanted.cursor > 0 && wanted.epoch != Some(app.epoch)) {
        return Err(Problem::Resync.into());
    }
    let limit = wanted.limit.unwrap_or(PAGE_CHANGES_MAX).clamp(1, PAGE_CHANGES_MAX);
    let store = stores::find(&app.db, stream.id.store_id).await?.ok_or(Error::NotFound("store"))?;
    let audience = (store.id, store.operator_id);
    let page = catalogue::page(&app.db, app.epoch, audience, wanted.cursor, limit).await?;
    let mut page = page.ok_or(Problem::Resync)?;
    reading::lead(&app, store.operator_id, &mut page).await?;
    packed::answer(&headers, &page)
}
