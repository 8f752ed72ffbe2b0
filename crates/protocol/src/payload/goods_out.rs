//! `goods_out`, version 1: goods that left the shelf and were not sold.

use domain::fact::Fact;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::removal::{Cause, RemovedLine};
use domain::stock::Owner;
use domain::{Money, Quantity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::goods::is_zero;
use super::{FactError, Salt};

/// Goods of the programme that left the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsOut {
    /// The number on its paper.
    pub voucher: String,
    /// Why: `returned`, `damaged`, `expired`, `lost`, `tasted`.
    pub cause: String,
    /// Who; shown to the operator only.
    pub cashier: Uuid,
    /// The manager who allowed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// The number on the paper of a delivery that was entered by mistake: these are all of its goods, and `cause` is `returned`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_back: Option<String>,
    /// One lot each.
    pub lines: Vec<GoodsOutLine>,
}

/// The same act's words, and goods outside the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsOutPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
    /// As typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// As in the shared part.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cause: String,
    /// One lot each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<GoodsOutLine>,
}

/// A quantity of a lot that left the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsOutLine {
    /// The lot.
    pub lot: Uuid,
    /// What it holds.
    pub product: Uuid,
    /// Whose consigned goods; none for bought ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Uuid>,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// What the operator owes the producer for the loss, đồng.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub compensation: i64,
}

impl From<&RemovedLine> for GoodsOutLine {
    fn from(line: &RemovedLine) -> Self {
        Self {
            lot: line.lot_id.uuid(),
            product: line.product_id.uuid(),
            producer: line.owner.producer_id().map(ProducerId::uuid),
            quantity: line.quantity.milli(),
            compensation: line.compensation.vnd(),
        }
    }
}

/// Returns the fact that lines tell.
pub(super) fn fact(cause: &str, lines: &[GoodsOutLine]) -> Result<Fact, FactError> {
    let read = |line: &GoodsOutLine| RemovedLine {
        product_id: ProductId::from_uuid(line.product),
        lot_id: LotId::from_uuid(line.lot),
        owner: Owner::from(line.producer.map(ProducerId::from_uuid)),
        quantity: Quantity::from_milli(line.quantity),
        compensation: Money::new(line.compensation),
    };
    let cause = Cause::from_code(cause).ok_or(FactError::Code { what: "cause" })?;
    Ok(Fact::Removed { cause, lines: lines.iter().map(read).collect() })
}

impl GoodsOutPrivate {
    /// Returns the fact of the goods outside the programme; without any there is none.
    pub(super) fn fact(&self) -> Result<Fact, FactError> {
        if self.lines.is_empty() { Ok(Fact::Noted) } else { fact(&self.cause, &self.lines) }
    }
}
