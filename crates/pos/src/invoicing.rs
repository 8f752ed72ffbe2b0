//! E-invoices. `intent` writes one in the transaction of its sale, `outbox` sends it afterwards through one of two ways
//! (`folder`, `http`), `act` is what a manager does about one, `replacing` what
//! takes one's place when goods come back. A sale never waits for any of it.

pub mod act;
pub mod document;
mod folder;
mod http;
pub(crate) mod intent;
pub mod outbox;
pub(crate) mod replacing;
pub(crate) mod setup;
pub mod status;
mod xml;

use std::path::PathBuf;

pub use document::DocumentBuyer;
use document::Outgoing;
use domain::invoice::buyer::Buyer;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{self, invoices::Invoice};

/// Who takes invoices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taker {
    /// A folder, for a program of the accountant.
    Folder(PathBuf),
    /// A provider at this address.
    Provider {
        /// Begin of its addresses.
        url: String,
        /// File with the token that it knows us by.
        token_file: Option<PathBuf>,
    },
}

/// What a taker said of one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is issued.
    Accepted {
        /// What the taker calls it; may be empty.
        reference: String,
    },
    /// It was refused: a person has to look.
    Rejected {
        /// Why.
        reason: String,
    },
    /// It certainly did not leave.
    NotReached {
        /// Why.
        problem: Problem,
    },
    /// It left, and whether it is issued is not known yet: the same is sent again.
    Unknown {
        /// Why; none when the taker only asked for patience.
        problem: Option<Problem>,
        /// How long the taker asked to wait, in seconds.
        wait_s: Option<i64>,
    },
}

/// What keeps an invoice from being issued, as far as this program can tell. A taker's own reason is a text beside these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The provider's address does not answer.
    Unreachable,
    /// The provider took the request and said nothing.
    NoAnswer,
    /// The provider is overloaded or broken.
    NotReady,
    /// The token is missing or not known.
    Token,
    /// Somebody answered who is no provider.
    NotUnderstood,
    /// The folder cannot be written.
    Folder,
    /// Another invoice stands in the folder under this name.
    Conflict,
    /// What is stored of it cannot be read.
    Damaged,
}

impl Problem {
    /// Every problem.
    pub const ALL: [Self; 8] = [
        Self::Unreachable,
        Self::NoAnswer,
        Self::NotReady,
        Self::Token,
        Self::NotUnderstood,
        Self::Folder,
        Self::Conflict,
        Self::Damaged,
    ];

    /// Returns the name that tables and programs use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NoAnswer => "no_answer",
            Self::NotReady => "not_ready",
            Self::Token => "token",
            Self::NotUnderstood => "not_understood",
            Self::Folder => "folder",
            Self::Conflict => "conflict",
            Self::Damaged => "damaged",
        }
    }

    /// Returns the problem of a code, or `None` for a taker's own words.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }
}

impl Taker {
    /// Hands one invoice over.
    async fn send(&self, outgoing: Outgoing) -> Answer {
        match self {
            Self::Folder(folder) => {
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || folder::send(&folder, &outgoing)).await;
                written.unwrap_or(Answer::Unknown { problem: None, wait_s: None })
            }
            Self::Provider { url, token_file } => http::send(url, token_file.as_deref(), &outgoing).await,
        }
    }
}

/// Returns to whom an invoice is made out; none for nobody in particular, or whose name was erased.
pub fn buyer_of(invoice: &Invoice) -> Option<DocumentBuyer> {
    read_buyer(invoice.buyer.as_deref())
}

/// Returns a buyer as carts and invoices store one.
pub fn read_buyer(stored: Option<&str>) -> Option<DocumentBuyer> {
    stored.and_then(|buyer| serde_json::from_str(buyer).ok())
}

/// Returns what carts and invoices store of a buyer; nothing of one who gave no name.
pub(crate) fn write_buyer(buyer: &Buyer) -> db::Result<Option<String>> {
    DocumentBuyer::of(buyer).map(|buyer| to_json(&buyer)).transpose()
}

fn to_json(value: &impl Serialize) -> db::Result<String> {
    serde_json::to_string(value).map_err(|_| db::Error::Corrupt { table: "invoices", column: "document" })
}

fn from_json<T: DeserializeOwned>(text: &str, column: &'static str) -> db::Result<T> {
    serde_json::from_str(text).map_err(|_| db::Error::Corrupt { table: "invoices", column })
}
