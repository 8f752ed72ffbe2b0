//! Who changed what about whom: PINs, people who came and went. It is only ever added to.

use domain::ids::CashierId;
use sqlx::{FromRow, SqlitePool};

use super::{Result, Tx, engine::one_row};

/// The newest changes that a page lists.
pub const CHANGES_MAX: i64 = 20;

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The person was added.
    Added,
    /// A manager set the person's PIN.
    Pin,
    /// The person set it.
    OwnPin,
    /// The person was taken off the list.
    TakenOff,
}

impl Change {
    /// Every change.
    pub const ALL: [Self; 4] = [Self::Added, Self::Pin, Self::OwnPin, Self::TakenOff];

    /// Returns the word of the table; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Pin => "pin",
            Self::OwnPin => "own_pin",
            Self::TakenOff => "taken_off",
        }
    }

    /// Returns the change of a word, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CashierChange {
    /// Whose name it is about.
    pub name: String,
    /// Who did it.
    pub by: String,
    /// What, as [`Change::code`] says it.
    pub what: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// Keeps who changed what.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_change(
    tx: &mut Tx,
    cashier_id: CashierId,
    by: CashierId,
    what: Change,
    at_ms: i64,
) -> Result<()> {
    let rows =
        sqlx::query("insert into cashier_changes (cashier_id, by_id, what, at_ms) values ($1, $2, $3, $4)")
            .bind(cashier_id.uuid())
            .bind(by.uuid())
            .bind(what.code())
            .bind(at_ms)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    one_row("cashier_changes", rows)
}

/// Returns the newest changes, at most [`CHANGES_MAX`], the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_changes(pool: &SqlitePool) -> Result<Vec<CashierChange>> {
    Ok(sqlx::query_as(
        "select coalesce(whom.name, '') as name, coalesce(who.name, '') as by, what, at_ms
         from cashier_changes
         left join cashiers whom on whom.cashier_id = cashier_changes.cashier_id
         left join cashiers who on who.cashier_id = cashier_changes.by_id
         order by change_no desc limit $1",
    )
    .bind(CHANGES_MAX)
    .fetch_all(pool)
    .await?)
}
