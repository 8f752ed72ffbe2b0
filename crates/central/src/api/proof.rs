//! Which stream asks to read: the proof in the request's header.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use protocol::wire::{Problem, READ_HEADER, ReadProof};

use super::limits::{check_protocol, client_address};
use crate::app::App;
use crate::db::streams::{self, Status, Stream};
use crate::error::{Error, Result};

/// The stream that asks, proved by its key. The device's clock is not compared with central's: a store with a dead
/// clock has to learn prices too, and reading changes nothing.
#[derive(Debug)]
pub struct Reading(pub Stream);

impl Reading {
    /// Returns what the device's clock said, UTC milliseconds; zero where there is no proof.
    pub fn device_ms(parts: &Parts) -> i64 {
        read_proof(parts).map_or(0, |proof| proof.device_time)
    }
}

fn read_proof(parts: &Parts) -> Option<ReadProof> {
    let header = parts.headers.get(READ_HEADER).and_then(|value| value.to_str().ok());
    header.and_then(|text| serde_json::from_str(text).ok())
}

impl FromRequestParts<App> for Reading {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        check_protocol(parts)?;
        let proof = read_proof(parts).ok_or(Problem::Unauthorised)?;
        let from = client_address(parts, &app.config.trusted_proxies);
        app.gate.request(proof.stream.store_id, from, app.clock.monotonic_ms())?;
        let stream = streams::find(&app.db, proof.stream).await?.ok_or(Problem::Unauthorised)?;
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
        proof.verify(&stream.public_key, path).map_err(|_| Problem::Unauthorised)?;
        if stream.status == Status::Revoked {
            return Err(Problem::Revoked.into());
        }
        Ok(Self(stream))
    }
}
