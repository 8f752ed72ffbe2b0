//! The way on by HTTP.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};

use super::{Handed, Message};
use crate::error::{Error, Result};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);

pub(super) async fn hand_on(url: &str, token_file: Option<&Path>, message: &Message<'_>) -> Result<Handed> {
    let token = match token_file {
        Some(file) => std::fs::read_to_string(file).map_err(Error::file(file))?,
        None => String::new(),
    };
    let mut request = client()?
        .put(format!("{}/messages/{}", url.trim_end_matches('/'), message.id))
        .header("content-type", "application/json")
        .body(message.body()?);
    if !token.trim().is_empty() {
        request = request.bearer_auth(token.trim());
    }
    // What is not answered goes again, whether or not it arrived.
    let handed = match request.send().await {
        Ok(answer) => read(answer.status()),
        Err(_) => Handed::NotReady,
    };
    if handed != Handed::Taken {
        tracing::warn!(id = %message.id, ?handed, "the gateway for news did not take a message");
    }
    Ok(handed)
}

fn read(status: StatusCode) -> Handed {
    match status {
        StatusCode::OK | StatusCode::CREATED | StatusCode::ACCEPTED | StatusCode::NO_CONTENT => Handed::Taken,
        StatusCode::BAD_REQUEST
        | StatusCode::CONFLICT
        | StatusCode::GONE
        | StatusCode::UNPROCESSABLE_ENTITY => Handed::Refused,
        // A wrong token, too many, or not ready: it would say the same of any other one.
        StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            Handed::NotReady
        }
        _ => Handed::Later,
    }
}

fn client() -> Result<Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that one is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .redirect(redirect::Policy::none())
        .user_agent(concat!("ocop-central/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Error::Program(format!("HTTP for news cannot be set up: {error}")))
}
