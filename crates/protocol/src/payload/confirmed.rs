//! `tender_confirmed`, version 1: money came that the store had waited for since a sale: the transfer was seen at the bank,
//! or the buyer paid what was owed.

use domain::fact::Fact;
use domain::tender::TenderKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FactError;
use super::sale::SaleTender;

/// The shared part; the private one has nothing to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderConfirmed {
    /// The number of the paper that says so.
    pub voucher: String,
    /// The number on the sale's receipt.
    pub sale_receipt: String,
    /// The shift of the drawer; it counts there.
    pub shift: Uuid,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// At which counter.
    pub counter: String,
    /// What it had been until now: `claimed` or `credit`.
    pub from: String,
    /// What came, per kind.
    pub tenders: Vec<SaleTender>,
}

impl TenderConfirmed {
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        let from = TenderKind::from_code(&self.from).ok_or(FactError::Code { what: "kind of tender" })?;
        let paid = self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
        Ok(Fact::Confirmed { from, paid })
    }
}
