//! A row of a cart as its table holds it. What a person set by hand is JSON: nothing is ever looked up by it.

use domain::Money;
use domain::cart::{CartLine, Remark};
use domain::discount::{ChangedPrice, Discount, Off};
use domain::ids::CashierId;
use domain::pad::{PadLines, PadSale};
use protocol::stream::iso_date;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::super::{Error, Result};

/// A row of a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredLine {
    pub(super) product_id: Uuid,
    pub(super) price_vnd: i64,
    pub(super) price_version: i64,
    pub(super) quantity_milli: i64,
    pub(super) changed_price: Option<StoredPrice>,
    pub(super) discount: Option<StoredDiscount>,
    pub(super) remark: Option<StoredRemark>,
}

/// A price set by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredPrice {
    price_vnd: i64,
    reason: String,
    approved_by: Option<Uuid>,
}

/// A discount given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredDiscount {
    kind: String,
    number: i64,
    reason: String,
    approved_by: Option<Uuid>,
}

/// What the pad says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredPad {
    claimed_at_ms: i64,
    /// `load_cart` reads it inside its statement.
    #[serde(with = "iso_date")]
    day: Date,
    first_line: u16,
    last_line: u16,
}

impl From<&PadSale> for StoredPad {
    fn from(pad: &PadSale) -> Self {
        let PadSale { claimed_at_ms, day, lines } = *pad;
        Self { claimed_at_ms, day, first_line: lines.first(), last_line: lines.last() }
    }
}

impl TryFrom<StoredPad> for PadSale {
    type Error = Error;
    fn try_from(stored: StoredPad) -> Result<Self> {
        let StoredPad { claimed_at_ms, day, first_line, last_line } = stored;
        let lines = PadLines::new(first_line, last_line)
            .map_err(|_| Error::Corrupt { table: "carts", column: "pad" })?;
        Ok(Self { claimed_at_ms, day, lines })
    }
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredRemark {
    text: String,
    on_receipt: bool,
}

impl From<&CartLine> for StoredLine {
    fn from(line: &CartLine) -> Self {
        Self {
            product_id: line.offer.product_id.uuid(),
            price_vnd: line.offer.price.vnd(),
            price_version: line.offer.price_version,
            quantity_milli: line.quantity.milli(),
            changed_price: line.changed_price.as_ref().map(StoredPrice::from),
            discount: line.discount.as_ref().map(StoredDiscount::from),
            remark: line.remark.as_ref().map(StoredRemark::from),
        }
    }
}

impl From<&ChangedPrice> for StoredPrice {
    fn from(changed: &ChangedPrice) -> Self {
        Self {
            price_vnd: changed.price.vnd(),
            reason: changed.reason.clone(),
            approved_by: changed.approved_by.map(CashierId::uuid),
        }
    }
}

impl From<StoredPrice> for ChangedPrice {
    fn from(stored: StoredPrice) -> Self {
        let StoredPrice { price_vnd, reason, approved_by } = stored;
        Self { price: Money::new(price_vnd), reason, approved_by: approved_by.map(Into::into) }
    }
}

impl From<&Discount> for StoredDiscount {
    fn from(discount: &Discount) -> Self {
        let (kind, number) = discount.off.stored();
        Self {
            kind: kind.to_owned(),
            number,
            reason: discount.reason.clone(),
            approved_by: discount.approved_by.map(CashierId::uuid),
        }
    }
}

impl TryFrom<StoredDiscount> for Discount {
    type Error = Error;
    fn try_from(stored: StoredDiscount) -> Result<Self> {
        let off = Off::from_stored(&stored.kind, stored.number)
            .ok_or(Error::Corrupt { table: "carts", column: "discount" })?;
        Ok(Self { off, reason: stored.reason, approved_by: stored.approved_by.map(Into::into) })
    }
}

impl From<&Remark> for StoredRemark {
    fn from(remark: &Remark) -> Self {
        Self { text: remark.text.clone(), on_receipt: remark.on_receipt }
    }
}

impl From<StoredRemark> for Remark {
    fn from(stored: StoredRemark) -> Self {
        Self { text: stored.text, on_receipt: stored.on_receipt }
    }
}

/// Writes a value as its column holds it; `None` stays null.
pub(super) fn text<T: Serialize>(value: Option<T>) -> Result<Option<String>> {
    let corrupt = |_| Error::Corrupt { table: "carts", column: "json" };
    value.map(|value| serde_json::to_string(&value).map_err(corrupt)).transpose()
}

/// Reads a column.
pub(super) fn read<T: for<'a> Deserialize<'a>>(
    text: Option<String>,
    column: &'static str,
) -> Result<Option<T>> {
    let corrupt = |_| Error::Corrupt { table: "carts", column };
    text.map(|text| serde_json::from_str(&text).map_err(corrupt)).transpose()
}
