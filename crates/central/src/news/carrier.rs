//! The way on to a gateway for Zalo or SMS: files in a folder, or an address. The README of `news` is the contract of both.

mod folder;
mod http;

use std::path::PathBuf;

use serde::Serialize;
use uuid::Uuid;

use crate::config::Gateway;
use crate::db::producer_news::Waiting;
use crate::error::{Error, Result};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handed {
    /// The gateway has it.
    Taken,
    /// The gateway will never send it.
    Refused,
    /// The gateway did not take this one now; it goes again.
    Later,
    /// The gateway takes nothing now, or nobody answers; it goes again.
    NotReady,
}

/// What a gateway is given. Fields are only ever added.
#[derive(Serialize)]
struct Message<'a> {
    id: Uuid,
    kind: &'a str,
    phone: &'a str,
    producer: &'a str,
    text: &'a str,
    made_at_ms: i64,
}

impl Message<'_> {
    fn body(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self)
            .map_err(|_| Error::damaged("producer_news", self.id, "the message has no JSON form"))
    }
}

/// A way to the gateway, open for the messages of one round.
pub(super) enum Carrier {
    Folder(PathBuf),
    Http(http::Http),
}

impl Carrier {
    /// Opens it. The token is read each time, so that a new one needs no restart.
    ///
    /// # Errors
    /// When the token cannot be read.
    pub(super) fn open(gateway: &Gateway) -> Result<Self> {
        Ok(match gateway {
            Gateway::Folder(folder) => Self::Folder(folder.clone()),
            Gateway::Address { url, token_file } => Self::Http(http::Http::open(url, token_file.as_deref())?),
        })
    }

    /// Hands a message on. Twice is as good as once: a gateway knows it by its id.
    ///
    /// # Errors
    /// When a file cannot be written, or the message has no form.
    pub(super) async fn hand_on(&self, news: &Waiting) -> Result<Handed> {
        let message = Message {
            id: news.id,
            kind: &news.kind,
            phone: &news.phone,
            producer: &news.producer,
            text: &news.words,
            made_at_ms: news.made_at_ms,
        };
        match self {
            Self::Folder(folder) => folder::hand_on(folder, &message).map(|()| Handed::Taken),
            Self::Http(http) => http.hand_on(&message).await,
        }
    }
}
