//! Goods on their way between stores, and goods that were packed anew.

use domain::fact::Fact;
use domain::ids::StoreId;
use time::Date;

use super::super::told::{Told, TransferTold};
use super::Effects;
use crate::db::entries::{Filed, plain};

/// A half of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The number on the sender's paper.
    pub number: String,
    /// Goods were sent; else they came.
    pub is_out: bool,
    /// To which store, or from which.
    pub other_store_id: StoreId,
    /// How many lots it has.
    pub lot_count: i64,
    /// What came is what was sent.
    pub is_whole: bool,
    /// The business day.
    pub day: Date,
    /// By the store's clock, UTC milliseconds.
    pub at_ms: i64,
}

impl Effects {
    pub(super) fn add_transfer(&mut self, (filed, day): (&Filed, Date), told: &TransferTold) {
        let lots = match &told.fact {
            Fact::Sent { lines } => lines.len(),
            Fact::Arrived { lines } => lines.len(),
            _ => 0,
        };
        let row = Transfer {
            number: plain(&told.number, 40),
            is_out: told.is_out,
            other_store_id: told.other_store_id,
            lot_count: i64::try_from(lots).unwrap_or(i64::MAX),
            is_whole: told.is_whole,
            day,
            at_ms: filed.entry.envelope.wall_utc_ms,
        };
        self.transfers.insert((filed.stream.incarnation, filed.seq()), row);
    }

    /// Adds which lots goods were packed out of.
    pub(super) fn add_ancestors(&mut self, told: &Told) {
        let Some(Fact::Repacked(goods)) = told.fact() else { return };
        for made in &goods.made {
            self.lot_ancestors.extend(goods.used.iter().map(|used| (made.lot.id, used.lot_id)));
        }
    }
}
