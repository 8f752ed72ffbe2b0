//! `transfer_out` and `transfer_in`, version 1: goods that go from one store of an operator to another, or come back from the way
//! there. Goods of the programme alone: the receiving store learns of them from central, which sees no others.

use domain::fact::Fact;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::{Lot, Owner};
use domain::transfer::{ArrivedLine, SentLine};
use domain::{Money, Quantity};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::Salt;
use super::goods::is_zero;
use crate::stream::iso_date;

/// Goods that were sent to another store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferOut {
    /// The number on its paper. No other store has it, since it names the store and its journal.
    pub voucher: String,
    /// The store that they go to, of the same operator.
    pub to: Uuid,
    /// Who sent them; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it.
    pub approved_by: Uuid,
    /// One lot each.
    pub lines: Vec<TransferLot>,
}

/// Goods that came from another store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferIn {
    /// The number on its own paper.
    pub voucher: String,
    /// The number on the paper that came with them.
    pub transfer: String,
    /// The store that sent them; this one, when they came back from the way.
    pub from: Uuid,
    /// Who counted them; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it, when something was missing or too much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// One lot each, all of them that were sent.
    pub lines: Vec<ArrivedLot>,
}

/// What of a transfer stays in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// As typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A quantity of a lot on its way, with all that another store's book needs of the lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferLot {
    /// The lot.
    pub lot: Uuid,
    /// What it holds.
    pub product: Uuid,
    /// Whose consigned goods; none for the operator's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// Day on which the producer delivered it.
    #[serde(with = "iso_date")]
    pub received_on: Date,
    /// Last day of sale.
    #[serde(default, with = "iso_date::option", skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// What the pack says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A quantity of a lot that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivedLot {
    /// As it was sent.
    #[serde(flatten)]
    pub sent: TransferLot,
    /// What was there, thousandths of the unit.
    pub arrived: i64,
    /// How much of it had been sold here before it came.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub covers_unreceived: i64,
    /// How much of what is missing the producer bears beside what the operator pays for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub by_producer: i64,
    /// What the operator owes the producer for what is missing, đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub compensation: i64,
}

impl TransferLot {
    /// Returns the lot as books have it.
    pub fn lot(&self) -> Lot {
        Lot {
            id: LotId::from_uuid(self.lot),
            product_id: ProductId::from_uuid(self.product),
            owner: Owner::from(self.producer.map(ProducerId::from_uuid)),
            received_on: self.received_on,
            expires_on: self.expires_on,
            code: self.code.clone(),
        }
    }
}

impl From<&SentLine> for TransferLot {
    fn from(SentLine { lot, quantity }: &SentLine) -> Self {
        Self {
            lot: lot.id.uuid(),
            product: lot.product_id.uuid(),
            producer: lot.owner.producer_id().map(ProducerId::uuid),
            quantity: quantity.milli(),
            received_on: lot.received_on,
            expires_on: lot.expires_on,
            code: lot.code.clone(),
        }
    }
}

impl From<&ArrivedLine> for ArrivedLot {
    fn from(line: &ArrivedLine) -> Self {
        Self {
            sent: TransferLot::from(&SentLine { lot: line.lot.clone(), quantity: line.sent }),
            arrived: line.arrived.milli(),
            covers_unreceived: line.covers_unreceived.milli(),
            by_producer: line.by_producer.milli(),
            compensation: line.compensation.vnd(),
        }
    }
}

impl TransferOut {
    pub(super) fn fact(&self) -> Fact {
        let line =
            |line: &TransferLot| SentLine { lot: line.lot(), quantity: Quantity::from_milli(line.quantity) };
        Fact::Sent { lines: self.lines.iter().map(line).collect() }
    }
}

impl TransferIn {
    pub(super) fn fact(&self) -> Fact {
        let line = |line: &ArrivedLot| ArrivedLine {
            lot: line.sent.lot(),
            sent: Quantity::from_milli(line.sent.quantity),
            arrived: Quantity::from_milli(line.arrived),
            covers_unreceived: Quantity::from_milli(line.covers_unreceived),
            by_producer: Quantity::from_milli(line.by_producer),
            compensation: Money::new(line.compensation),
        };
        Fact::Arrived { lines: self.lines.iter().map(line).collect() }
    }
}
