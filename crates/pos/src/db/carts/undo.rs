//! What the last change of a cart replaced, so that one key takes it back. It is kept in the transaction of the change.

use domain::ids::SaleId;
use serde::{Deserialize, Serialize};

use super::stored::{self, StoredLine};
use super::{delete_line, insert_line, write_line};
use crate::db::{Result, Tx};
use domain::cart::CartLine;

/// A change that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// A row was added.
    Added {
        /// Where.
        row: usize,
    },
    /// A row was changed.
    Changed {
        /// Where.
        row: usize,
        /// What stood there.
        line: StoredLine,
    },
    /// A row was taken out.
    Removed {
        /// Where.
        row: usize,
        /// What stood there.
        line: StoredLine,
    },
}

impl Undo {
    /// Returns how to take back a change of a row that was `before`.
    pub fn changed(row: usize, before: &CartLine) -> Self {
        Self::Changed { row, line: before.into() }
    }

    /// Returns how to put a row back.
    pub fn removed(row: usize, before: &CartLine) -> Self {
        Self::Removed { row, line: before.into() }
    }

    /// Returns the row that it is about.
    pub const fn row(&self) -> usize {
        match self {
            Self::Added { row } | Self::Changed { row, .. } | Self::Removed { row, .. } => *row,
        }
    }

    pub(crate) fn read(text: Option<String>) -> Result<Option<Self>> {
        stored::read(text, "undo")
    }
}

/// Keeps how to take back the last change of a cart; `None` when it cannot be.
///
/// # Errors
/// When the database does not answer.
pub async fn set_undo(tx: &mut Tx, sale_id: SaleId, undo: Option<&Undo>) -> Result<()> {
    sqlx::query("update carts set undo = $2, fixed = null where sale_id = $1")
        .bind(sale_id.uuid())
        .bind(stored::text(undo)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes the last change of a cart back; it cannot be taken back twice.
///
/// # Errors
/// When the database does not answer, or the row is not there.
pub async fn take_back(tx: &mut Tx, sale_id: SaleId, undo: &Undo) -> Result<()> {
    match undo {
        Undo::Added { row } => delete_line(tx, sale_id, *row).await?,
        Undo::Changed { row, line } => write_line(tx, sale_id, *row, line, None).await?,
        Undo::Removed { row, line } => insert_line(tx, sale_id, *row, line).await?,
    }
    set_undo(tx, sale_id, None).await
}
