//! What a person is told when a page could not be made or an act not carried out.

use axum::http::{Method, StatusCode};
use web::Fault;

use super::board_texts::BoardTexts;
use super::people_texts::PeopleTexts;
use super::producer::settlement_texts::SettlementTexts;
use super::report_texts::ReportTexts;
use super::texts::CentralTexts;
use crate::app::App;
use crate::db::audit::{self, Act};
use crate::error::{Error, Refusal};

/// What a handler may meet.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The service or its database.
    #[error(transparent)]
    Central(#[from] Error),
    /// The login session could not be read or kept.
    #[error("login session: {0}")]
    Session(#[from] tower_sessions::session::Error),
}

/// Logs an error, once, and returns what the person is told.
pub fn fault(app: &App, error: impl Into<Trouble>) -> Fault {
    let error = error.into();
    if let Trouble::Central(central) = &error
        && let Some(fault) = refused(central)
    {
        tracing::warn!(%error, code = fault.code, "a request was refused");
        return fault;
    }
    let incident = app.clock.new_uuid();
    tracing::error!(%error, %incident, "a request failed");
    Fault::internal(incident)
}

/// Returns the sentence for what a person can do something about.
fn refused(error: &Error) -> Option<Fault> {
    match error {
        Error::NotFound(_) => Some(Fault::not_found()),
        Error::Refused(Refusal::Fingerprint { .. } | Refusal::StreamStatus { .. }) => {
            Some(Fault::new(StatusCode::CONFLICT, "not_waiting", CentralTexts::fault_not_waiting))
        }
        Error::Refused(Refusal::Answered | Refusal::SaidOtherwise) => {
            Some(Fault::new(StatusCode::CONFLICT, "answered", SettlementTexts::fault_answered))
        }
        Error::Refused(Refusal::NoBranch) => {
            Some(Fault::new(StatusCode::CONFLICT, "no_branch", BoardTexts::fault_no_branch))
        }
        Error::Refused(Refusal::LastAdmin) => {
            Some(Fault::new(StatusCode::CONFLICT, "last_admin", PeopleTexts::fault_last_admin))
        }
        Error::Refused(Refusal::Sealed) => {
            Some(Fault::new(StatusCode::CONFLICT, "sealed", ReportTexts::fault_sealed))
        }
        Error::Refused(Refusal::Signed) => {
            Some(Fault::new(StatusCode::CONFLICT, "signed", ReportTexts::fault_signed))
        }
        _ => None,
    }
}

/// Notes in the audit log that somebody asked for what is not for him. The answer is the same when that fails.
pub async fn record_refusal(app: &App, login: &str, method: &Method, path: &str) {
    let subject = format!("{method} {}", crate::db::entries::plain(path, 200));
    if let Err(error) = record(app, login, "access.refused", &subject, "").await {
        tracing::error!(%error, "a refused request could not be noted");
    }
}

/// Appends an act to the audit log, in a transaction of its own.
///
/// # Errors
/// When the database fails.
pub async fn record(app: &App, actor: &str, action: &str, subject: &str, detail: &str) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let act = Act { at_ms: app.clock.now_ms(), actor, action, subject, detail };
    audit::commit(tx, &act).await
}
