//! `goods_count`, version 1: the shelf was counted while selling went on, and what differed from the book.

use domain::count::{CountedLot, CountedProduct};
use domain::fact::Fact;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::Owner;
use domain::{Money, Quantity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Salt;
use super::goods::is_zero;

/// Goods of the programme that were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsCount {
    /// The number on its paper.
    pub voucher: String,
    /// Who closed it; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it.
    pub approved_by: Uuid,
    /// Each product that was counted, those without a difference too.
    pub products: Vec<GoodsCountProduct>,
}

/// The same act's words, and goods outside the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsCountPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// As typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// As in the shared part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<GoodsCountProduct>,
}

/// A product that was counted. Quantities are thousandths of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsCountProduct {
    /// The product.
    pub product: Uuid,
    /// What the book had when it was counted, which is not when the entry was written.
    pub expected: i64,
    /// What was there.
    pub counted: i64,
    /// Where the difference goes; none when there is no difference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<GoodsCountLot>,
}

/// What a count changes of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsCountLot {
    /// The lot.
    pub lot: Uuid,
    /// Whose consigned goods; none for bought ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// It is the product's "unreceived" lot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreceived: bool,
    /// Thousandths of the unit beyond the book; negative for what was missing.
    pub quantity: i64,
    /// What the operator owes the producer for what was missing, đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub compensation: i64,
}

impl From<&CountedProduct> for GoodsCountProduct {
    fn from(product: &CountedProduct) -> Self {
        Self {
            product: product.product_id.uuid(),
            expected: product.expected.milli(),
            counted: product.counted.milli(),
            lots: product.lots.iter().map(GoodsCountLot::from).collect(),
        }
    }
}

impl From<&CountedLot> for GoodsCountLot {
    fn from(lot: &CountedLot) -> Self {
        Self {
            lot: lot.lot_id.uuid(),
            producer: lot.owner.producer_id().map(ProducerId::uuid),
            unreceived: lot.unreceived,
            quantity: lot.quantity.milli(),
            compensation: lot.compensation.vnd(),
        }
    }
}

/// Returns the fact that products tell.
pub(super) fn fact(products: &[GoodsCountProduct]) -> Fact {
    let lot = |lot: &GoodsCountLot| CountedLot {
        lot_id: LotId::from_uuid(lot.lot),
        owner: Owner::from(lot.producer.map(ProducerId::from_uuid)),
        unreceived: lot.unreceived,
        quantity: Quantity::from_milli(lot.quantity),
        compensation: Money::new(lot.compensation),
    };
    let product = |product: &GoodsCountProduct| CountedProduct {
        product_id: ProductId::from_uuid(product.product),
        expected: Quantity::from_milli(product.expected),
        counted: Quantity::from_milli(product.counted),
        lots: product.lots.iter().map(lot).collect(),
    };
    Fact::Counted { products: products.iter().map(product).collect() }
}

impl GoodsCountPrivate {
    /// Returns the fact of the goods outside the programme; without any there is none.
    pub(super) fn fact(&self) -> Fact {
        if self.products.is_empty() { Fact::Noted } else { fact(&self.products) }
    }
}
