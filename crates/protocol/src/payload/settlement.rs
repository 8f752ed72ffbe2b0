//! `settlement`, versions 1 and 2, and `producer_paid`, version 1: what a store and a producer agreed that is owed for consigned goods, and what
//! was paid for them. A settlement closes everything that the store's journals hold of the producer up to a position of each;
//! what comes later, with whatever date, goes into the next one.

use std::collections::BTreeMap;

use domain::fact::Fact;
use domain::ids::{ProducerId, ProductId, StoreId};
use domain::settlement::StatementRow;
use domain::{Money, Quantity, Rate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::goods::is_zero;
use super::sale::SaleTender;
use super::settlement_rows::SPELLED_MAX;
use super::{FactError, SCHEMA, Salt};
use crate::StreamId;

/// Version of a settlement whose rows are a table.
pub(super) const SCHEMA_OF_TABLES: u16 = 2;

/// A settlement that was closed at a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The number on its paper.
    pub voucher: String,
    /// With whom.
    pub producer: Uuid,
    /// The shift of the drawer that paid; it counts there.
    pub shift: Uuid,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it; none where the store asks for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// At which counter.
    pub counter: String,
    /// Up to which entry of each journal of the store, this one included.
    pub until: Vec<SettledUntil>,
    /// A product each, in the order of their ids.
    #[serde(with = "super::settlement_rows")]
    pub rows: Vec<SettlementRow>,
    /// Owed from before and put right since, less what was paid until now; below zero where advances were larger. Đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried: i64,
    /// Owed for the rows together, đồng.
    pub due: i64,
    /// What was paid with it, per kind: `cash` from the drawer, `vietqr` from the operator's account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenders: Vec<SaleTender>,
    /// The store's part of a settlement over several stores that it records, of which central told; then nobody at the store did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint_part: Option<Uuid>,
}

/// How far a settlement reaches into a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledUntil {
    /// The journal.
    pub stream: String,
    /// Its last entry that is in the settlement.
    pub seq: i64,
}

/// The goods and the money of a product. Quantities are thousandths of the unit, amounts đồng; what is zero is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementRow {
    /// The product.
    pub product: Uuid,
    /// On the shelf after the settlement before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub opening: i64,
    /// Delivered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub received: i64,
    /// Sold.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sold: i64,
    /// Brought back by buyers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded: i64,
    /// Gone back to the producer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub returned: i64,
    /// Lost at the producer's cost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_by_producer: i64,
    /// Lost at the operator's cost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_by_operator: i64,
    /// Found beyond the book when the shelf was counted, less what was missing then; below zero when more was missing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub counted: i64,
    /// Came from other stores of the operator, less what was sent there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub transferred: i64,
    /// Made by packing other goods anew, less what was opened for that.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repacked: i64,
    /// On the shelf now.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub closing: i64,
    /// Sales less what came back, before discounts.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gross: i64,
    /// Discounts on them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub discount: i64,
    /// The rates of commission of the lines, parts per million, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commission_ppm: Vec<u32>,
    /// The operator's commission.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub commission: i64,
    /// VAT on it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub commission_tax: i64,
    /// For goods that were lost, or missing when they were counted, at the operator's cost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub compensation: i64,
    /// Owed to the producer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub due: i64,
}

/// A producer was paid without a settlement: in advance, or what was left of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducerPaid {
    /// The number on its paper.
    pub voucher: String,
    /// Who.
    pub producer: Uuid,
    /// The shift of the drawer; it counts there.
    pub shift: Uuid,
    /// Who paid; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it; none where the store asks for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// At which counter.
    pub counter: String,
    /// What was paid, per kind.
    pub tenders: Vec<SaleTender>,
    /// The store's part of a settlement over several stores that it records, where there was nothing to settle here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint_part: Option<Uuid>,
}

/// What of a settlement, a payment, or what puts one right stays in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducerPaidPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// What the drawer's report calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl SettlementRow {
    /// Returns a product's row as the entry tells it.
    pub fn of(product_id: ProductId, row: &StatementRow) -> Self {
        Self {
            product: product_id.uuid(),
            opening: row.opening.milli(),
            received: row.received.milli(),
            sold: row.sold.milli(),
            refunded: row.refunded.milli(),
            returned: row.returned.milli(),
            lost_by_producer: row.lost_by_producer.milli(),
            lost_by_operator: row.lost_by_operator.milli(),
            counted: row.counted.milli(),
            transferred: row.transferred.milli(),
            repacked: row.repacked.milli(),
            closing: row.closing.milli(),
            gross: row.gross.vnd(),
            discount: row.discount.vnd(),
            commission_ppm: row.rates.iter().map(|rate| rate.ppm()).collect(),
            commission: row.commission.vnd(),
            commission_tax: row.commission_tax.vnd(),
            compensation: row.compensation.vnd(),
            due: row.due.vnd(),
        }
    }

    /// Adds another store's row of the same product; amounts beyond 64 bits stay the largest.
    pub fn add(&mut self, other: &Self) {
        let sums = [
            (&mut self.opening, other.opening),
            (&mut self.received, other.received),
            (&mut self.sold, other.sold),
            (&mut self.refunded, other.refunded),
            (&mut self.returned, other.returned),
            (&mut self.lost_by_producer, other.lost_by_producer),
            (&mut self.lost_by_operator, other.lost_by_operator),
            (&mut self.counted, other.counted),
            (&mut self.transferred, other.transferred),
            (&mut self.repacked, other.repacked),
            (&mut self.closing, other.closing),
            (&mut self.gross, other.gross),
            (&mut self.discount, other.discount),
            (&mut self.commission, other.commission),
            (&mut self.commission_tax, other.commission_tax),
            (&mut self.compensation, other.compensation),
            (&mut self.due, other.due),
        ];
        for (sum, more) in sums {
            *sum = sum.saturating_add(more);
        }
        self.commission_ppm.extend(&other.commission_ppm);
        self.commission_ppm.sort_unstable();
        self.commission_ppm.dedup();
    }

    /// Returns the row as the rules of settlements see it.
    ///
    /// # Errors
    /// When a rate is above 100 %.
    pub fn read(&self) -> Result<StatementRow, FactError> {
        let rates = self.commission_ppm.iter().map(|ppm| Rate::from_ppm(*ppm).map_err(|_| FactError::Rate));
        Ok(StatementRow {
            opening: Quantity::from_milli(self.opening),
            received: Quantity::from_milli(self.received),
            sold: Quantity::from_milli(self.sold),
            refunded: Quantity::from_milli(self.refunded),
            returned: Quantity::from_milli(self.returned),
            lost_by_producer: Quantity::from_milli(self.lost_by_producer),
            lost_by_operator: Quantity::from_milli(self.lost_by_operator),
            counted: Quantity::from_milli(self.counted),
            transferred: Quantity::from_milli(self.transferred),
            repacked: Quantity::from_milli(self.repacked),
            closing: Quantity::from_milli(self.closing),
            gross: Money::new(self.gross),
            discount: Money::new(self.discount),
            rates: rates.collect::<Result<_, _>>()?,
            commission: Money::new(self.commission),
            commission_tax: Money::new(self.commission_tax),
            compensation: Money::new(self.compensation),
            due: Money::new(self.due),
        })
    }
}

impl Settlement {
    /// Returns the version of its payload: with many products it is written in a shorter spelling, which programs before it do not
    /// know; they keep it, and read it once they are upgraded.
    pub fn schema(&self) -> u16 {
        if self.rows.len() <= SPELLED_MAX { SCHEMA } else { SCHEMA_OF_TABLES }
    }

    /// Returns how far it reaches into each journal of a store, by incarnation. `None` when it names a journal twice, another
    /// store's, or none.
    pub fn reach(&self, store_id: StoreId) -> Option<BTreeMap<u128, i64>> {
        let named = self.until.iter().map(|until| Some((until.stream.parse::<StreamId>().ok()?, until.seq)));
        let named: Vec<(StreamId, i64)> = named.collect::<Option<_>>()?;
        let reach: BTreeMap<u128, i64> =
            named.iter().map(|(stream, seq)| (stream.incarnation, *seq)).collect();
        let is_sound = named.iter().all(|(stream, seq)| stream.store_id == store_id && *seq > 0);
        (is_sound && !reach.is_empty() && reach.len() == named.len()).then_some(reach)
    }

    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        // A settlement that nothing was paid with moves neither goods nor money.
        if self.tenders.is_empty() { Ok(Fact::Noted) } else { fact(self.producer, &self.tenders) }
    }
}

impl ProducerPaid {
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        fact(self.producer, &self.tenders)
    }
}

fn fact(producer: Uuid, tenders: &[SaleTender]) -> Result<Fact, FactError> {
    let paid = tenders.iter().map(SaleTender::read).collect::<Result<_, _>>()?;
    Ok(Fact::ProducerPaid { producer_id: ProducerId::from_uuid(producer), paid })
}
