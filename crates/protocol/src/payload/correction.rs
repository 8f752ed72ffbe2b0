//! `producer_adjusted`, version 1: something that was settled with a producer, or paid to one, is put right. The entry that was wrong
//! stays as it is; this one stands beside it, and goes into the next settlement.

use domain::Money;
use domain::fact::Fact;
use domain::ids::ProducerId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FactError;
use super::sale::SaleTender;

/// A producer is owed more or less for what was settled, or what was paid came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducerAdjusted {
    /// The number on its paper.
    pub voucher: String,
    /// Who.
    pub producer: Uuid,
    /// The shift of the drawer; what came back in cash counts there.
    pub shift: Uuid,
    /// Who did it; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it.
    pub approved_by: Uuid,
    /// At which counter.
    pub counter: String,
    /// The settlement, or the payment, that it puts right.
    pub corrects: EntryPlace,
    /// What the producer is owed more, đồng; below zero for less.
    pub amount: i64,
    /// Why, as it was typed: the producer reads it.
    pub reason: String,
    /// What came back of what was paid there, per kind: `cash` into the drawer, `vietqr` to the operator's account. All of the amount,
    /// or nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenders: Vec<SaleTender>,
}

/// Where an entry stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPlace {
    /// The journal.
    pub stream: String,
    /// The entry.
    pub seq: i64,
}

impl ProducerAdjusted {
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        let came_back = self.tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
        let (producer_id, amount) = (ProducerId::from_uuid(self.producer), Money::new(self.amount));
        Ok(Fact::ProducerAdjusted { producer_id, amount, came_back })
    }
}
