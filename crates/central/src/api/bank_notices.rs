//! Banks' notices: `POST /bank-notices/v1/sepay` brings one in, `GET /sync/v1/bank-notices` tells a store of those that
//! name its references.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use domain::payment_reference::PaymentReference;
use protocol::wire::{BankNotices, REFERENCES_MAX};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::journals::check_approved;
use super::limits::client_address;
use super::proof::Reading;
use crate::app::App;
use crate::bank_notices::{self as notices, sepay};
use crate::db::bank_keys::{self, BankKey};
use crate::db::{bank_notices, stores};
use crate::error::{Error, Refusal, Result};

/// The most bytes of a notice.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// What a provider is answered; SePay tries again unless it hears `success`.
#[derive(Debug, Serialize)]
pub struct Heard {
    success: bool,
    /// False for money that went out, which is of no interest here.
    kept: bool,
}

/// Takes a notice in the name of the operator whose key is shown. It is durable before it is answered.
///
/// # Errors
/// When the key is not good, the notice cannot be read, its account is none of the operator's, or another one stands under
/// its number.
#[utoipa::path(
    post, path = "/bank-notices/v1/sepay", tag = "bank notices",
    params(("authorization" = String, Header, description = "Apikey NAME.SECRET, from `ocop-central operator bank-key`")),
    request_body(content_type = "application/json", description = "a notice as SePay sends it, at most 16 KiB"),
    responses(
        (status = 200, description = "{\"success\": true, \"kept\"}: durable, now or before; kept is false for money that went out"),
        (status = 401, description = "the key is wrong or was replaced"),
        (status = 409, description = "another notice has the same id"), (status = 413, description = "too large"),
        (status = 422, description = "a value cannot be, or the account is none of the operator's"),
        (status = 429, description = "busy"),
    ),
)]
pub async fn post(State(app): State<App>, request: Request) -> Result<Json<Heard>> {
    let (parts, body) = request.into_parts();
    let key = read_key(&parts).ok_or(Error::BankKey)?;
    let from = client_address(&parts, &app.config.trusted_proxies);
    // Guesses at one key share a bucket for each address, and keep nobody else out.
    let bucket = Uuid::new_v5(&Uuid::nil(), key.name().as_bytes());
    app.gate.request(bucket.into(), from, app.clock.monotonic_ms())?;
    let operator_id = bank_keys::find_operator(&app.db, &key).await?.ok_or_else(|| {
        tracing::warn!(%from, "a bank notice with a wrong key");
        Error::BankKey
    })?;
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| Error::TooLarge)?;
    let Some(notice) = sepay::read(&body)? else { return Ok(Json(Heard { success: true, kept: false })) };
    notices::take(&app.db, operator_id, &notice, app.clock.now_ms()).await?;
    Ok(Json(Heard { success: true, kept: true }))
}

fn read_key(parts: &Parts) -> Option<BankKey> {
    let (scheme, key) = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("apikey").then(|| BankKey::parse(key.trim()))?
}

/// What a store waits for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// With commas between them.
    references: String,
}

impl Wanted {
    fn read(&self) -> Result<BTreeSet<PaymentReference>> {
        let rule = "1 to 20 payment references with commas between them";
        let wrong = || Error::from(Refusal::Invalid { what: "references", rule });
        let all: Option<BTreeSet<_>> = self.references.split(',').map(PaymentReference::parse).collect();
        all.filter(|all| all.len() <= REFERENCES_MAX).ok_or_else(wrong)
    }
}

/// Returns what banks told of these references, of the accounts of the store's own operator.
///
/// # Errors
/// When the asking stream is not known or waits for approval, or the references cannot be read.
#[utoipa::path(
    get, path = "/sync/v1/bank-notices", tag = "sync",
    params(
        ("references" = String, Query, description = "1 to 20 payment references with commas between them"),
        ("x-ocop-protocol" = u16, Header, description = "1"),
        ("x-ocop-read" = String, Header, description = "ReadProof as JSON, signed by the stream's key"),
    ),
    responses(
        (status = 200, description = "BankNotices, signed by central"),
        (status = 401, description = "unauthorised, or not yet approved"), (status = 403, description = "revoked"),
        (status = 422, description = "the references cannot be read"),
        (status = 426, description = "protocol"), (status = 429, description = "busy"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    Reading(asking): Reading,
    Query(wanted): Query<Wanted>,
    request: Request,
) -> Result<Json<BankNotices>> {
    check_approved(&asking)?;
    let references = wanted.read()?;
    let store = stores::find(&app.db, asking.id.store_id).await?.ok_or(Error::NotFound("store"))?;
    let notices = bank_notices::list_of(&app.db, store.operator_id, &references).await?;
    let answer = BankNotices { notices, central_time: app.clock.now_ms(), signature: String::new() };
    let path = request.uri().path_and_query().map_or("", |path| path.as_str());
    Ok(Json(answer.sign(&app.key, path, asking.id)))
}
