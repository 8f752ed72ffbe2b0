//! Large answers, compressed for whoever accepts it.

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::{Error, Result};

const ZSTD_LEVEL: i32 = 3;

/// Returns JSON, compressed with zstd when the request accepts that.
///
/// # Errors
/// When it cannot be written; a bug of ours.
pub(super) fn answer(request: &HeaderMap, value: &impl Serialize) -> Result<Response> {
    let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    if !accepted.is_some_and(|list| list.split(',').any(|name| name.trim() == "zstd")) {
        return Ok(Json(value).into_response());
    }
    let program = |error: &dyn std::fmt::Display| Error::Program(error.to_string());
    let body = serde_json::to_vec(value).map_err(|error| program(&error))?;
    let body = zstd::bulk::compress(&body, ZSTD_LEVEL).map_err(|error| program(&error))?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "zstd")];
    Ok((headers, body).into_response())
}
