//! Bringing the journal to central and the catalogue back. The plan of `protocol` decides; this worker carries it out on
//! SQLite and HTTP. Nothing here is on the way of a sale.

pub mod bank_notices;
pub mod client;
pub mod comparison;
pub mod condition;
pub mod enrol;
mod former;
pub mod pull;
mod recover;
pub mod session;
pub mod transfers;

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
pub use session::{Next, Session};

/// How the sync stands, for the counter's chip.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SyncStatus {
    /// Not tried yet.
    #[default]
    Starting,
    /// The store has no journal yet, or a new one that central does not know.
    NotEnrolled,
    /// Nobody sells here: nothing is told.
    Training,
    /// Central answers.
    Good {
        /// Entries are stored there, but counted only after a person approves this computer.
        held: bool,
    },
    /// Central does not answer.
    Offline {
        /// Since when, UTC milliseconds.
        since_ms: i64,
    },
    /// Central does not know this computer's key, or revoked it.
    Refused,
    /// This program is too old for central.
    TooOld,
    /// Central or this program found the journal damaged.
    Damaged {
        /// At which entry.
        at: i64,
    },
}

/// Syncs until the program ends.
pub async fn run(app: App) {
    loop {
        match Session::begin(&app).await {
            Ok(Some(session)) => run_session(&app, session).await,
            Ok(None) => {
                app.set_sync_status(SyncStatus::NotEnrolled);
                pause(&app, 60_000).await;
            }
            Err(error) => {
                tracing::error!(%error, "the sync cannot begin");
                pause(&app, 10_000).await;
            }
        }
    }
}

/// Runs one stream until another one takes its place.
async fn run_session(app: &App, mut session: Session) {
    loop {
        match session.step(app).await {
            Ok(Next::Again) => {}
            Ok(Next::WaitMs(wait_ms)) => pause(app, wait_ms).await,
            Ok(Next::OtherStream) => return,
            Err(error) => {
                tracing::error!(%error, "the sync stumbled");
                pause(app, 10_000).await;
            }
        }
    }
}

async fn pause(app: &App, wait_ms: i64) {
    let wait = Duration::from_millis(u64::try_from(wait_ms.clamp(10, 15 * 60_000)).unwrap_or(1_000));
    tokio::select! {
        () = app.appended() => {}
        () = tokio::time::sleep(wait) => {}
    }
}
