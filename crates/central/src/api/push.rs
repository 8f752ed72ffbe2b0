//! `POST /sync/v1/streams/{stream}/entries`: a signed batch comes in, a signed acknowledgement goes out.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use protocol::batch::{Address, BATCH_BYTES_MAX, BatchError, BatchHeader, unpack};
use protocol::wire::{Ack, BATCH_HEADER, Problem};
use protocol::{PublicKey, StreamId};

use super::limits::{check_protocol, client_address};
use crate::app::App;
use crate::db::streams;
use crate::error::{Error, Result};
use crate::ingest::{self, Taken};

/// Takes a batch. 200 when it is counted, 202 when the stream waits for approval.
///
/// # Errors
/// Those of the protocol's answer table.
#[utoipa::path(
    post, path = "/sync/v1/streams/{stream}/entries", tag = "sync",
    params(
        ("stream" = String, Path, description = "store uuid . incarnation in hex"),
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-batch" = String, Header, description = "BatchHeader as JSON, signed by the stream's key"),
    ),
    request_body(content_type = "application/zstd", description = "envelope and shared payload of each entry, a line each"),
    responses(
        (status = 200, description = "signed Ack: durable and counted"),
        (status = 202, description = "signed Ack: durable, held until the stream is approved"),
        (status = 401, description = "unauthorised"), (status = 403, description = "revoked"),
        (status = 409, description = "fork or gap"), (status = 413, description = "too large"),
        (status = 422, description = "corrupt_batch"), (status = 426, description = "protocol"),
        (status = 429, description = "busy: one store asks too often"),
        (status = 503, description = "busy: too many batches at work"),
    ),
)]
pub async fn post(State(app): State<App>, Path(stream): Path<String>, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    check_protocol(&parts)?;
    let stream: StreamId = stream.parse().map_err(|_| Problem::Unauthorised)?;
    let from = client_address(&parts, &app.config.trusted_proxies);
    app.gate.request(stream.store_id, from, app.clock.monotonic_ms())?;
    let header = read_header(&parts)?;
    // Only a stream that exists may keep a place while its body trickles in.
    let known = streams::find(&app.db, stream).await?.ok_or(Problem::Unauthorised)?;
    let _permit = app.gate.push(stream)?;
    let body = read_body(&parts, body).await?;
    let address = Address { path: parts.uri.path(), central_key: &app.key.public(), stream };
    header.verify(&known.public_key, address, &body).map_err(|_| {
        tracing::warn!(%stream, "a batch with a wrong signature");
        Problem::Unauthorised
    })?;
    let batch = unpack(&body, &header, stream).map_err(refused)?;
    answer(&app, stream, &known.public_key, batch).await
}

async fn answer(
    app: &App,
    stream: StreamId,
    key: &PublicKey,
    batch: Vec<protocol::Entry>,
) -> Result<Response> {
    let now_ms = app.clock.now_ms();
    match ingest::take(&app.db, stream, key, batch, now_ms).await? {
        Taken::Refused(problem) => Err(problem.into()),
        Taken::Acknowledged { head, held, exceptions } => {
            let ack = Ack {
                stream,
                acked_seq: head.seq,
                acked_hash: head.hash,
                held,
                central_epoch: app.epoch,
                central_time: now_ms,
                exceptions,
                signature: String::new(),
            };
            let status = if held { StatusCode::ACCEPTED } else { StatusCode::OK };
            Ok((status, Json(ack.sign(&app.key))).into_response())
        }
    }
}

fn read_header(parts: &Parts) -> Result<BatchHeader> {
    let header = parts.headers.get(BATCH_HEADER).and_then(|value| value.to_str().ok());
    let header = header.and_then(|text| serde_json::from_str(text).ok());
    header.ok_or_else(|| Problem::Unauthorised.into())
}

async fn read_body(parts: &Parts, body: Body) -> Result<axum::body::Bytes> {
    let told =
        parts.headers.get("content-length").and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|length| length > BATCH_BYTES_MAX) {
        return Err(Error::TooLarge);
    }
    to_bytes(body, BATCH_BYTES_MAX).await.map_err(|_| Error::TooLarge)
}

fn refused(error: BatchError) -> Error {
    match error {
        BatchError::TooLarge => Error::TooLarge,
        BatchError::Malformed => Problem::CorruptBatch { at: 0 }.into(),
        BatchError::Corrupt { at } => Problem::CorruptBatch { at }.into(),
    }
}
