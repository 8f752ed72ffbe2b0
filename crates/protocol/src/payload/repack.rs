//! `repack`, version 1: goods that were packed anew.

use domain::fact::Fact;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::repack::{MadeLine, Repacked, UsedLine};
use domain::stock::{Lot, Owner};
use domain::{Money, Quantity};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::Salt;
use super::goods::is_zero;
use crate::stream::iso_date;

/// Goods of the programme that were packed anew; all of them, or none: the other half of a weight tells nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repack {
    /// The number on its paper.
    pub voucher: String,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it; none where nothing was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// What was done; none when the goods are outside the programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<RepackGoods>,
}

/// The same act's words, and goods outside the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepackPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// As typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// As in the shared part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<RepackGoods>,
}

/// What was opened and what was made of it. The grams that went in are those that came out and the lost ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepackGoods {
    /// Whose consigned goods; none for the operator's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// What was opened, a lot each.
    pub used: Vec<RepackUsed>,
    /// What was made, a lot each.
    pub made: Vec<RepackMade>,
    /// Spilled, dried out, thrown away.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub loss_grams: i64,
}

/// A quantity of a lot that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepackUsed {
    /// The lot.
    pub lot: Uuid,
    /// What it holds.
    pub product: Uuid,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// What that weighed.
    pub grams: i64,
    /// Thousandths of the unit that were lost at the producer's cost, where a contract says who bears it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_by_producer: i64,
    /// Thousandths that were lost at the operator's cost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_by_operator: i64,
    /// What the operator owes the producer for those, đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub compensation: i64,
}

/// A lot that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepackMade {
    /// The lot.
    pub lot: Uuid,
    /// What it holds.
    pub product: Uuid,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// What that weighs.
    pub grams: i64,
    /// How much of it had been sold before it was made.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub covers_unreceived: i64,
    /// Last day of sale.
    #[serde(default, with = "iso_date::option", skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// What the pack says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl From<&Repacked> for RepackGoods {
    fn from(goods: &Repacked) -> Self {
        let used = |line: &UsedLine| RepackUsed {
            lot: line.lot_id.uuid(),
            product: line.product_id.uuid(),
            quantity: line.quantity.milli(),
            grams: line.weight.milli(),
            lost_by_producer: line.lost_by_producer.milli(),
            lost_by_operator: line.lost_by_operator.milli(),
            compensation: line.compensation.vnd(),
        };
        let made = |line: &MadeLine| RepackMade {
            lot: line.lot.id.uuid(),
            product: line.lot.product_id.uuid(),
            quantity: line.quantity.milli(),
            grams: line.weight.milli(),
            covers_unreceived: line.covers_unreceived.milli(),
            expires_on: line.lot.expires_on,
            code: line.lot.code.clone(),
        };
        Self {
            producer: goods.used.first().and_then(|line| line.owner.producer_id()).map(ProducerId::uuid),
            used: goods.used.iter().map(used).collect(),
            made: goods.made.iter().map(made).collect(),
            loss_grams: goods.loss.milli(),
        }
    }
}

impl RepackGoods {
    /// Returns what was done, as the rules see it.
    pub fn read(&self, business_date: Date) -> Repacked {
        let owner = Owner::from(self.producer.map(ProducerId::from_uuid));
        let used = |line: &RepackUsed| UsedLine {
            product_id: ProductId::from_uuid(line.product),
            lot_id: LotId::from_uuid(line.lot),
            owner,
            quantity: Quantity::from_milli(line.quantity),
            weight: Quantity::from_milli(line.grams),
            lost_by_producer: Quantity::from_milli(line.lost_by_producer),
            lost_by_operator: Quantity::from_milli(line.lost_by_operator),
            compensation: Money::new(line.compensation),
        };
        let made = |line: &RepackMade| MadeLine {
            lot: Lot {
                id: LotId::from_uuid(line.lot),
                product_id: ProductId::from_uuid(line.product),
                owner,
                received_on: business_date,
                expires_on: line.expires_on,
                code: line.code.clone(),
            },
            quantity: Quantity::from_milli(line.quantity),
            weight: Quantity::from_milli(line.grams),
            covers_unreceived: Quantity::from_milli(line.covers_unreceived),
        };
        Repacked {
            used: self.used.iter().map(used).collect(),
            made: self.made.iter().map(made).collect(),
            loss: Quantity::from_milli(self.loss_grams),
        }
    }
}

/// Returns the fact that goods tell; without any there is none.
pub(super) fn fact(goods: Option<&RepackGoods>, business_date: Date) -> Fact {
    goods.map_or(Fact::Noted, |goods| Fact::Repacked(goods.read(business_date)))
}
