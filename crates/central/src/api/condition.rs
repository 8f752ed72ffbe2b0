//! `POST /sync/v1/streams/{stream}/condition`: a computer tells how it stands.

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::StatusCode;
use protocol::wire::{Condition, Problem};

use super::proof::Reading;
use crate::app::App;
use crate::db::conditions::{self, Told};
use crate::error::{Error, Result};

/// The most bytes of a request: most of them say whose invoices wait.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Keeps what a computer tells of itself, for the board of stores and the comparison of a period. Nothing counts by it.
///
/// # Errors
/// When the stream tells of another one, is not known, or signed something else.
#[utoipa::path(
    post, path = "/sync/v1/streams/{stream}/condition", tag = "sync",
    params(
        ("stream" = String, Path, description = "store uuid . incarnation in hex"),
        ("sha256" = String, Query, description = "SHA-256 of the body in hex, so that the proof signs it too"),
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the stream's key"),
    ),
    request_body(content_type = "application/json", description = "Condition"),
    responses(
        (status = 200, description = "kept"),
        (status = 401, description = "unauthorised"), (status = 403, description = "revoked"),
        (status = 413, description = "too large"), (status = 422, description = "corrupt_batch: no condition"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn post(State(app): State<App>, Path(told): Path<String>, request: Request) -> Result<StatusCode> {
    let (mut parts, body) = request.into_parts();
    let Reading(stream) = Reading::from_request_parts(&mut parts, &app).await?;
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| Error::TooLarge)?;
    let signed = parts.uri.path_and_query().map_or("", |path| path.as_str());
    if told != stream.id.to_string() || signed != Condition::path(stream.id, &body) {
        return Err(Problem::Unauthorised.into());
    }
    let condition: Condition = serde_json::from_slice(&body)
        .ok()
        .filter(Condition::is_plausible)
        .ok_or(Problem::CorruptBatch { at: 0 })?;
    let now_ms = app.clock.now_ms();
    let told =
        Told { stream: stream.id, told_at_ms: now_ms, device_at_ms: Reading::device_ms(&parts), condition };
    let mut tx = app.db.begin().await?;
    conditions::keep(&mut tx, &told).await?;
    tx.commit().await?;
    Ok(StatusCode::OK)
}
