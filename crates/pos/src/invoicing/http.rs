//! Invoices to a provider by HTTP, under the contract in this folder's README.

use std::path::Path;

use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;
use serde::Deserialize;
use uuid::Uuid;

use super::document::Outgoing;
use super::{Answer, Problem};
use crate::sync::client;

/// The longest reason of a provider that is kept, in characters.
const REASON_MOST: usize = 300;
/// A wait that a provider asks for is kept between these seconds.
const WAIT_S: std::ops::RangeInclusive<i64> = 1..=900;
/// The wait when a provider says "later" without saying when.
const LATER_S: i64 = 30;

/// What a provider says of an invoice.
#[derive(Deserialize)]
struct Word {
    id: Uuid,
    revision: i64,
    status: Status,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Accepted,
    Pending,
    Rejected,
}

/// Asks the provider to take one invoice; asking again changes nothing there and gets the same answer.
pub(super) async fn send(base: &str, token_file: Option<&Path>, outgoing: &Outgoing) -> Answer {
    let token = match token_file.map(std::fs::read_to_string).transpose() {
        Ok(token) => token.unwrap_or_default(),
        Err(error) => {
            tracing::error!(%error, "the file of invoices.token_file cannot be read");
            return Answer::NotReached { problem: Problem::Token };
        }
    };
    let Ok(body) = serde_json::to_vec(outgoing) else {
        return Answer::Rejected { reason: Problem::NotUnderstood.code().to_owned() };
    };
    let Ok(http) = client::http() else {
        return Answer::NotReached { problem: Problem::Unreachable };
    };
    let mut request = http
        .put(format!("{}/invoices/{}", base.trim_end_matches('/'), outgoing.id))
        .header("content-type", "application/json")
        .header("idempotency-key", format!("{}-{}", outgoing.id, outgoing.revision))
        .body(body);
    if !token.trim().is_empty() {
        request = request.bearer_auth(token.trim());
    }
    match request.send().await {
        Ok(response) => read(response, outgoing).await,
        // Nothing left this computer: whoever wants may still write a buyer on it.
        Err(error) if error.is_connect() => Answer::NotReached { problem: Problem::Unreachable },
        Err(_) => Answer::Unknown { problem: Some(Problem::NoAnswer), wait_s: None },
    }
}

async fn read(response: reqwest::Response, outgoing: &Outgoing) -> Answer {
    let status = response.status();
    let wait_s =
        response.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse::<i64>().ok());
    let wait_s = wait_s.map(|wait_s| wait_s.clamp(*WAIT_S.start(), *WAIT_S.end()));
    if status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN {
        return Answer::Unknown { problem: Some(Problem::Token), wait_s };
    }
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Answer::Unknown { problem: Some(Problem::NotReady), wait_s };
    }
    let body = client::read(response).await.unwrap_or_default();
    // A page of somebody in between, or an answer about another invoice, is no answer.
    let word = serde_json::from_slice::<Word>(&body)
        .ok()
        .filter(|word| word.id == outgoing.id && word.revision == outgoing.revision);
    let Some(word) = word else {
        tracing::warn!(%status, "the provider's answer is not understood");
        return Answer::Unknown { problem: Some(Problem::NotUnderstood), wait_s };
    };
    let short = |text: String| text.chars().filter(|char| !char.is_control()).take(REASON_MOST).collect();
    match (status, word.status) {
        (StatusCode::OK | StatusCode::CREATED, Status::Accepted) => {
            Answer::Accepted { reference: short(word.reference) }
        }
        (StatusCode::OK | StatusCode::ACCEPTED, Status::Pending) => {
            Answer::Unknown { problem: None, wait_s: Some(wait_s.unwrap_or(LATER_S)) }
        }
        (StatusCode::OK | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY, Status::Rejected) => {
            Answer::Rejected { reason: short(word.reason) }
        }
        _ => Answer::Unknown { problem: Some(Problem::NotUnderstood), wait_s },
    }
}
