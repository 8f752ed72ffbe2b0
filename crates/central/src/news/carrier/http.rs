//! The way on by HTTP.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};

use super::{Handed, Message};
use crate::error::{Error, Result};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);

/// An address with its token.
pub(in crate::news) struct Http {
    client: Client,
    base: String,
    token: String,
}

impl Http {
    pub(super) fn open(url: &str, token_file: Option<&Path>) -> Result<Self> {
        let token = match token_file {
            Some(file) => std::fs::read_to_string(file).map_err(Error::file(file))?.trim().to_owned(),
            None => String::new(),
        };
        Ok(Self { client: client()?, base: url.trim_end_matches('/').to_owned(), token })
    }

    pub(super) async fn hand_on(&self, message: &Message<'_>) -> Result<Handed> {
        let mut request = self
            .client
            .put(format!("{}/messages/{}", self.base, message.id))
            .header("content-type", "application/json")
            .body(message.body()?);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
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
