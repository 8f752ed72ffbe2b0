//! What can go wrong, and what the sender is told. Nothing of SQL or files reaches a client: such errors are logged
//! here, once, and answered with a plain 500.

use std::path::PathBuf;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::nomination::NominationRefusal;
use domain::point::StepRefusal;
use protocol::wire::Problem;
use serde::Serialize;
use sqlx::sqlite::SqliteError;

/// Stores wait so long before they try a full disk again: somebody has to come first.
const DISK_FULL_RETRY_S: u32 = 60;

/// The result of everything that may fail in central.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A person asked for something that cannot be; the sentence says what to do.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such thing, or not for whoever asks.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// An answer of the sync protocol.
    #[error("{}", message(.0))]
    Problem(Problem),
    /// A provider of bank notices without a good key.
    #[error("the key is wrong or was replaced: set the one that `ocop-central operator bank-key` shows")]
    BankKey,
    /// A bank's notice whose number another one has.
    #[error("another notice has this id: the first one stays, and the audit log says so")]
    OtherNotice,
    /// Too many requests at work; come again.
    #[error("central is busy: send again in {retry_after_s} s")]
    Overloaded {
        /// Not before this many seconds.
        retry_after_s: u32,
    },
    /// A setting or a file of settings cannot be used.
    #[error("{0}")]
    Config(String),
    /// More bytes than a request may have.
    #[error("the request is larger than central takes")]
    TooLarge,
    /// There is no room for what was to be written; nothing of it was kept, and it may be sent again.
    #[error("the disk of central is full: free some space, then try again")]
    DiskFull,
    /// The database failed.
    #[error("{}", database(.0))]
    Database(sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("{0}")]
    Schema(String),
    /// A stored row is not what it must be.
    #[error("{table} is damaged at {row}: {why}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// Its key.
        row: String,
        /// What is wrong.
        why: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {why}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Another program did not do its work.
    #[error("{0}")]
    Program(String),
}

/// What a person asked for and cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A value that must be unique is in use.
    #[error("the {what} {value} is in use already: choose another one")]
    Taken {
        /// What it is.
        what: &'static str,
        /// The value.
        value: String,
    },
    /// A value that is needed is missing or wrong.
    #[error("{what}: {rule}")]
    Invalid {
        /// The field.
        what: &'static str,
        /// What it must be.
        rule: &'static str,
    },
    /// A product that a combo on sale holds.
    #[error("the combo {value} holds it: retire that first")]
    Held {
        /// The combo's code.
        value: String,
    },
    /// A name that fits nothing, or several things.
    #[error(
        "{found} devices with the fingerprint {fingerprint} wait for approval: compare it on both screens"
    )]
    Fingerprint {
        /// As it was typed.
        fingerprint: String,
        /// How many fit.
        found: usize,
    },
    /// The stream has no branch to adopt.
    #[error("this stream has no branch that waits for adoption")]
    NoBranch,
    /// The settlement, or this row of it, has its answer.
    #[error("this settlement was answered already: look at it again")]
    Answered,
    /// The form was sent before, with something else in it, which stands.
    #[error(
        "this form was sent already, in other words: look at what stands, and say what is new with a new form"
    )]
    SaidOtherwise,
    /// Nobody would be left who administers.
    #[error("this is the last administrator who can sign in: let somebody else administer first")]
    LastAdmin,
    /// The report of the period is sealed.
    #[error("this report is sealed: it never changes")]
    Sealed,
    /// The sealed report has its number, date and signer.
    #[error("this report has its number and date: they never change")]
    Signed,
    /// A step of a point that does not follow.
    #[error(transparent)]
    Step(#[from] StepRefusal),
    /// Products that somebody changed since they were looked at.
    #[error("somebody has changed {codes}: look at them again")]
    Changed {
        /// Their codes.
        codes: String,
    },
    /// A step of a nomination, or an answer to it, that does not follow.
    #[error(transparent)]
    Nomination(#[from] NominationRefusal),
    /// A point has as many files as it may, or this one already.
    #[error("this file is there already, or there are too many")]
    PointFile,
    /// A set of criteria that a point was checked by.
    #[error("a point was checked by these criteria: they stay, and a later set follows them")]
    SetInUse,
    /// A group of products that still has some on sale or waiting for a price.
    #[error("products on sale or waiting for a price are in this group: move them to another one first")]
    GroupInUse,
    /// The stream is not in the state that the act needs.
    #[error("this device is {status}: it cannot be {act}")]
    StreamStatus {
        /// What it is.
        status: String,
        /// What was asked for.
        act: &'static str,
    },
}

impl Error {
    /// Describes a stored row that is not what it must be.
    pub fn damaged(table: &'static str, row: impl ToString, why: impl ToString) -> Self {
        Self::Damaged { table, row: row.to_string(), why: why.to_string() }
    }

    /// Describes a file that could not be used.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |why| Self::File { path, why }
    }

    /// Returns the status that a client sees.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::BankKey => StatusCode::UNAUTHORIZED,
            Self::OtherNotice => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Overloaded { .. } | Self::DiskFull => StatusCode::SERVICE_UNAVAILABLE,
            Self::Problem(problem) => match problem {
                Problem::Unauthorised => StatusCode::UNAUTHORIZED,
                Problem::Revoked | Problem::EnrolmentCode => StatusCode::FORBIDDEN,
                Problem::CorruptBatch { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                Problem::Fork { .. } | Problem::Gap { .. } => StatusCode::CONFLICT,
                Problem::Protocol { .. } => StatusCode::UPGRADE_REQUIRED,
                Problem::Busy { .. } => StatusCode::TOO_MANY_REQUESTS,
                Problem::Resync => StatusCode::GONE,
            },
            Self::Database(_)
            | Self::Config(_)
            | Self::Schema(_)
            | Self::Damaged { .. }
            | Self::File { .. }
            | Self::Program(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_disk_full(&error) { Self::DiskFull } else { Self::Database(error) }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// The body of an error: the protocol's problem where there is one, and a sentence for people.
#[derive(Serialize)]
struct Body {
    #[serde(flatten)]
    problem: Option<Problem>,
    message: String,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if matches!(self, Self::DiskFull) {
            tracing::error!(error = %self, "a request was turned away");
        }
        let message = if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %self, "a request failed");
            "central could not do this: try again, and tell the administrator if it stays so".to_owned()
        } else {
            self.to_string()
        };
        let problem = match self {
            Self::Problem(problem) => Some(problem),
            Self::Overloaded { retry_after_s } => Some(Problem::Busy { retry_after_s }),
            Self::DiskFull => Some(Problem::Busy { retry_after_s: DISK_FULL_RETRY_S }),
            _ => None,
        };
        let retry_after = match &problem {
            Some(Problem::Busy { retry_after_s }) => Some(HeaderValue::from(*retry_after_s)),
            _ => None,
        };
        let mut response = (status, Json(Body { problem, message })).into_response();
        if let Some(value) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}

/// SQLite says `SQLITE_FULL` (13), PostgreSQL `disk_full` (53100).
fn is_disk_full(error: &sqlx::Error) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    error.code().is_some_and(|code| match error.try_downcast_ref::<SqliteError>() {
        Some(_) => code.parse::<u32>().is_ok_and(|code| code & 0xff == 13),
        None => code == "53100",
    })
}

/// Returns what a failure of the database means for whoever runs central.
fn database(error: &sqlx::Error) -> String {
    let sqlite = error.as_database_error().filter(|error| error.try_downcast_ref::<SqliteError>().is_some());
    let code = sqlite.and_then(|error| error.code()).and_then(|code| code.parse::<u32>().ok());
    // The low byte is the primary result code: 8 READONLY, 10 IOERR, 11 CORRUPT, 14 CANTOPEN, 26 NOTADB.
    match code.map(|code| code & 0xff) {
        Some(8 | 10) => format!(
            "the disk does not keep what is written: look whether it is full, and call for help ({error})"
        ),
        Some(11 | 26) => format!("the database is damaged: restore a backup ({error})"),
        Some(14) => {
            "the database cannot be opened: look whether this user may read and write its folder".to_owned()
        }
        _ => format!("the database failed: {error}"),
    }
}

/// Returns the sentence for a problem; it says what to do next.
fn message(problem: &Problem) -> String {
    match problem {
        Problem::Unauthorised => "the signature does not fit this stream: enrol the device again".to_owned(),
        Problem::Revoked => "this device was revoked: ask the department, and keep selling".to_owned(),
        Problem::CorruptBatch { at } => format!("the batch is wrong at entry {at}: verify the journal"),
        Problem::Fork { at_seq, .. } => {
            format!("another journal with this key stands at entry {at_seq}: the department has been told")
        }
        Problem::Gap { expected } => format!("entries are missing: send from {expected} on"),
        Problem::Protocol { min, max } => {
            format!("central speaks protocols {min} to {max}: update this program, and keep selling")
        }
        Problem::Busy { retry_after_s } => format!("central is busy: send again in {retry_after_s} s"),
        Problem::Resync => "the cursor is of another time: pull the catalogue from the beginning".to_owned(),
        Problem::EnrolmentCode => {
            "the code is wrong, used or expired: ask the department for a new one".to_owned()
        }
    }
}
