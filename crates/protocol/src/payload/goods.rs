//! `goods_in`, version 1.

use domain::Quantity;
use domain::fact::{Fact, ReceivedLine};
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::{Lot, Owner};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::Salt;
use crate::stream::iso_date;

/// Goods of the programme that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsIn {
    /// The delivery.
    pub delivery: Uuid,
    /// The number on its paper; empty before there were papers of deliveries.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub voucher: String,
    /// Who received it.
    pub cashier: Uuid,
    /// One lot each.
    pub lines: Vec<GoodsInLine>,
    /// What the delivery note names and of which nothing came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<GoodsInMissing>,
}

/// The same delivery's goods outside the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsInPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// One lot each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<GoodsInLine>,
    /// Which lots were bought outright from a producer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bought: Vec<BoughtLine>,
    /// What the delivery note names and of which nothing came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<GoodsInMissing>,
}

/// A lot that was bought outright: from whom, and for how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoughtLine {
    /// The lot, one of the delivery's.
    pub lot: Uuid,
    /// The producer who sold it.
    pub seller: Uuid,
    /// For a unit, đồng.
    pub cost: i64,
}

/// Goods that a delivery note names and of which nothing came: there is no lot of them, and no book changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsInMissing {
    /// What.
    pub product: Uuid,
    /// Whose consigned goods they would be; none for bought ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// What the delivery note says, thousandths of the unit.
    pub noted: i64,
}

/// A lot that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsInLine {
    /// The lot.
    pub lot: Uuid,
    /// What it holds.
    pub product: Uuid,
    /// Whose consigned goods; none for bought ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// What the delivery note says, thousandths; none when nobody typed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<i64>,
    /// How much of it had been sold before it came.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub covers_unreceived: i64,
    /// Last day of sale.
    #[serde(default, with = "iso_date::option", skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// What the pack says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Who makes the product, where somebody else delivered it: a person confirmed that by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_of: Option<Uuid>,
}

/// Says whether a field is left out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference to the field")]
pub(super) const fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl From<&ReceivedLine> for GoodsInLine {
    fn from(line: &ReceivedLine) -> Self {
        Self {
            lot: line.lot.id.uuid(),
            product: line.lot.product_id.uuid(),
            producer: line.lot.owner.producer_id().map(ProducerId::uuid),
            quantity: line.quantity.milli(),
            noted: None,
            covers_unreceived: line.covers_unreceived.milli(),
            expires_on: line.lot.expires_on,
            code: line.lot.code.clone(),
            not_of: None,
        }
    }
}

/// Returns the fact that lines tell.
pub(super) fn fact(lines: &[GoodsInLine], received_on: Date) -> Fact {
    let read = |line: &GoodsInLine| ReceivedLine {
        lot: Lot {
            id: LotId::from_uuid(line.lot),
            product_id: ProductId::from_uuid(line.product),
            owner: Owner::from(line.producer.map(ProducerId::from_uuid)),
            received_on,
            expires_on: line.expires_on,
            code: line.code.clone(),
        },
        quantity: Quantity::from_milli(line.quantity),
        covers_unreceived: Quantity::from_milli(line.covers_unreceived),
    };
    Fact::Received { lines: lines.iter().map(read).collect() }
}
