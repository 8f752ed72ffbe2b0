//! `GET /sync/v1/streams/{stream}/head`: where central stands with a stream.

use axum::Json;
use axum::extract::{Path, State};
use protocol::wire::{Ack, Head, Problem};

use super::proof::Reading;
use crate::app::App;
use crate::db::streams::Status;
use crate::error::Result;

/// Returns the last entry that central holds, as a signed acknowledgement.
///
/// # Errors
/// When the stream asks about another one, or is not known.
#[utoipa::path(
    get, path = "/sync/v1/streams/{stream}/head", tag = "sync",
    params(
        ("stream" = String, Path, description = "store uuid . incarnation in hex"),
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the stream's key"),
    ),
    responses(
        (status = 200, description = "Head: a signed Ack of the last entry"),
        (status = 401, description = "unauthorised"), (status = 403, description = "revoked"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    Path(asked): Path<String>,
    Reading(stream): Reading,
) -> Result<Json<Head>> {
    if asked != stream.id.to_string() {
        return Err(Problem::Unauthorised.into());
    }
    let ack = Ack {
        stream: stream.id,
        acked_seq: stream.head.seq,
        acked_hash: stream.head.hash,
        held: stream.status == Status::Held,
        central_epoch: app.epoch,
        central_time: app.clock.now_ms(),
        exceptions: Vec::new(),
        signature: String::new(),
    };
    Ok(Json(Head { ack: ack.sign(&app.key) }))
}
