//! What a person is told when an action could not be carried out at all.
//!
//! A refusal that a person must act on is below 500: the page shows it and forgets the request. What may pass by itself,
//! or is a fault of ours, is 500 and more: the page keeps the request and sends it again.

use axum::http::StatusCode;
use web::Fault;

use super::texts::CounterTexts;
use crate::App;
use crate::counter::CounterError;
use crate::db;
use crate::journal::JournalError;

/// What a handler may meet.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The counter or its database.
    #[error(transparent)]
    Counter(#[from] CounterError),
    /// The login session could not be read or kept.
    #[error("login session: {0}")]
    Session(#[from] tower_sessions::session::Error),
}

impl From<db::Error> for Trouble {
    fn from(error: db::Error) -> Self {
        Self::Counter(error.into())
    }
}

/// Logs an error, once, and returns what the person is told.
pub fn fault(app: &App, error: impl Into<Trouble>) -> Fault {
    let error = error.into();
    let told = match &error {
        Trouble::Counter(error) => refused(error),
        Trouble::Session(_) => None,
    };
    if let Some(fault) = told {
        tracing::warn!(%error, code = fault.code, "an action was refused");
        return fault;
    }
    let incident = app.clock().new_uuid();
    tracing::error!(%error, %incident, "an action failed");
    Fault::internal(incident)
}

/// Returns the sentence for what a person can do something about.
fn refused(error: &CounterError) -> Option<Fault> {
    match error {
        CounterError::NotEnrolled | CounterError::Journal(JournalError::NotEnrolled) => {
            Some(Fault::new(StatusCode::CONFLICT, "not_enrolled", CounterTexts::fault_not_enrolled))
        }
        CounterError::Money(_) | CounterError::Journal(JournalError::Entry(_)) => {
            Some(Fault::new(StatusCode::CONFLICT, "too_large", CounterTexts::fault_too_large))
        }
        CounterError::Database(error) | CounterError::Journal(JournalError::Database(error)) => {
            database(error)
        }
        CounterError::Journal(_) | CounterError::Receipt(_) => None,
    }
}

/// A full or failing disk is not tried again by itself: by then the buyer may be gone.
fn database(error: &db::Error) -> Option<Fault> {
    match error {
        db::Error::DiskFull => {
            Some(Fault::new(StatusCode::CONFLICT, "disk_full", CounterTexts::fault_disk_full))
        }
        db::Error::Disk(_) | db::Error::Damaged(_) | db::Error::Unreadable => {
            Some(Fault::new(StatusCode::CONFLICT, "disk", CounterTexts::fault_disk))
        }
        db::Error::Busy => {
            Some(Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", CounterTexts::fault_busy))
        }
        // A product that nobody knows: a page of before, or a request that somebody made up.
        db::Error::Corrupt { table: "products", column: "product_id" } => Some(Fault::not_found()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use web::Lang;

    use super::*;

    #[test]
    fn what_is_not_saved_is_said_and_not_sent_again_by_itself() {
        for (error, status, code, words) in [
            (db::Error::DiskFull, 409, "disk_full", "Chưa lưu được. Chưa giao hàng. Ổ đĩa đầy"),
            (db::Error::broken_disk(), 409, "disk", "Chưa lưu được. Chưa giao hàng. Ổ đĩa hỏng"),
            (db::Error::Busy, 503, "busy", "Chưa lưu được. Chưa giao hàng. Chương trình khác"),
        ] {
            let fault = refused(&CounterError::Database(error)).unwrap();
            assert_eq!((fault.status.as_u16(), fault.code), (status, code));
            assert!(fault.sentence(Lang::Vi).starts_with(words), "{}", fault.sentence(Lang::Vi));
        }
        assert!(
            refused(&CounterError::Database(db::Error::Corrupt { table: "sales", column: "seq" })).is_none()
        );
        assert_eq!(refused(&CounterError::NotEnrolled).unwrap().code, "not_enrolled");
    }
}
