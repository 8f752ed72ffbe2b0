//! `POST /sync/v1/enrol`: a device shows its code.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use protocol::wire::{Enrol, Enrolled, Problem};

use super::limits::{check_protocol, client_address};
use crate::app::App;
use crate::enrolment;
use crate::error::{Error, Result};

/// The most bytes of a request.
const BODY_BYTES_MAX: usize = 8 * 1024;

/// Enrols a device; its stream is held until a person has compared the fingerprints.
///
/// # Errors
/// When the key is not proved or the code is not good.
#[utoipa::path(
    post, path = "/sync/v1/enrol", tag = "sync",
    params(("x-ocop-protocol" = u16, Header, description = "1")),
    request_body(content_type = "application/json", description = "Enrol, signed by the device's new key"),
    responses(
        (status = 200, description = "Enrolled: store, stream and central's key"),
        (status = 401, description = "the key is not proved"), (status = 403, description = "enrolment_code"),
        (status = 413, description = "too large"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn post(State(app): State<App>, request: Request) -> Result<Json<Enrolled>> {
    let (parts, body) = request.into_parts();
    check_protocol(&parts)?;
    let from = client_address(&parts, &app.config.trusted_proxies);
    // No store is known yet: all that comes from one address shares a bucket.
    app.gate.request(uuid::Uuid::nil().into(), from, app.clock.monotonic_ms())?;
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| Error::TooLarge)?;
    let request: Enrol = serde_json::from_slice(&body).map_err(|_| Problem::Unauthorised)?;
    enrolment::enrol(&app.db, &request, app.key.public(), app.clock.now_ms()).await.map(Json)
}
