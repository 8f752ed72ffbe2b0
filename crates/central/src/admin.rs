//! What an administrator does, each act in one transaction and with a line in the audit log: used by the command line,
//! the demonstration, and the pages.

mod access;
mod bank_keys;
pub(crate) mod bulk;
pub(crate) mod campaigns;
mod catalogue;
mod combos;
mod commission_tax;
mod devices;
mod dossiers;
pub(crate) mod imports;
mod introductions;
mod invoices;
mod nominations;
mod people;
mod places;
pub mod points;
mod producers;
mod product_groups;
pub(crate) mod promotions;
mod provisional;
mod recognitions;
mod standards;

use clock::Clock;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::{Db, Tx};
use crate::error::{Error, Refusal, Result};

pub use access::NewPerson;
pub use bulk::{BULK_MAX, BulkChange, fingerprint};
pub use campaigns::NewCampaign;
pub use catalogue::{NewProduct, NewTerms};
pub use combos::NewCombo;
pub use dossiers::{NewPaper, NewPaperKind, Scan};
pub use imports::{Applied, Brought, ListFile};
pub use introductions::NewIntroduction;
pub(crate) use introductions::PEOPLE_MAX;
pub use nominations::{NewNomination, NominationStep};
pub use people::{LEGAL_STATUSES, NewOperator, NewStore};
pub use places::{NewFormerPlace, NewPlace};
pub use points::{NewCheck, NewCost, NewEquipment, NewPoint, NewPointFile, NewSet, NewThreshold};
pub use producers::NewProducer;
pub use product_groups::NewGroup;
pub use promotions::NewPromotion;
pub use recognitions::NewRecognition;
pub use standards::{NewCriteria, NewLevel};

/// Who acts, on what, at which time.
#[derive(Debug, Clone)]
pub struct Admin {
    db: Db,
    clock: Clock,
    actor: String,
}

impl Admin {
    /// Acts in a person's name: a login, or `command line`.
    pub fn new(app: &App, actor: &str) -> Self {
        Self { db: app.db.clone(), clock: app.clock.clone(), actor: actor.to_owned() }
    }

    /// Appends to the audit log and commits.
    async fn finish(&self, tx: Tx, action: &str, subject: &str, detail: &str) -> Result<()> {
        let act = Act { at_ms: self.clock.now_ms(), actor: &self.actor, action, subject, detail };
        audit::commit(tx, &act).await
    }
}

/// Returns the text without blanks around it.
fn needed(what: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.chars().any(char::is_control) {
        return Err(Refusal::Invalid { what, rule: "1 to 200 characters are needed" }.into());
    }
    Ok(text.to_owned())
}

/// Returns the text without blanks around it; it may be empty.
fn optional(what: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > 200 || text.chars().any(char::is_control) {
        return Err(Refusal::Invalid { what, rule: "at most 200 characters" }.into());
    }
    Ok(text.to_owned())
}

/// Says that a value is in use when the database found so.
fn taken(what: &'static str, value: &str) -> impl FnOnce(Error) -> Error {
    let value = value.to_owned();
    move |error| match error {
        Error::Database(sqlx::Error::Database(inner)) if inner.is_unique_violation() => {
            Refusal::Taken { what, value }.into()
        }
        other => other,
    }
}
