//! A row of a cart as its table holds it. What a person set by hand is JSON: nothing is ever looked up by it.

use domain::cart::{CartLine, Remark};
use domain::discount::{ChangedPrice, Discount, Off};
use domain::fixed_price::FixedPrice;
use domain::ids::CashierId;
use domain::pad::{PadLines, PadSale};
use domain::past_date::PastDate;
use domain::promotion::Promotion;
use domain::{Money, Quantity};
use protocol::stream::iso_date;
use protocol::wire::PromotionRow;
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
    #[serde(default)]
    pub(super) past_date: Option<StoredPastDate>,
    pub(super) basket: Option<u8>,
    /// None in what an older version of the program wrote.
    #[serde(default)]
    pub(super) label_vnd: Option<i64>,
}

/// A price set by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredPrice {
    price_vnd: i64,
    reason: String,
    approved_by: Option<Uuid>,
    /// None in what an older version of the program wrote.
    #[serde(default)]
    allowed_milli: Option<i64>,
}

/// A discount given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredDiscount {
    kind: String,
    number: i64,
    reason: String,
    approved_by: Option<Uuid>,
    /// None in what an older version of the program wrote.
    #[serde(default)]
    allowed_vnd: Option<i64>,
}

/// Goods of a row that are past their date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredPastDate {
    told_milli: i64,
    allowed_milli: i64,
    reason: String,
    approved_by: Option<Uuid>,
}

/// Returns a promotion that a cart's column holds.
pub(super) fn promotion(row: PromotionRow, column: &'static str) -> Result<Promotion> {
    row.promotion().ok_or(Error::Corrupt { table: "carts", column })
}

/// What the payable is made of while it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredFixed {
    at_ms: i64,
    until_ms: i64,
    promotions: Vec<PromotionRow>,
}

impl From<&FixedPrice> for StoredFixed {
    fn from(fixed: &FixedPrice) -> Self {
        let promotions = fixed.promotions.iter().map(PromotionRow::from).collect();
        Self { at_ms: fixed.at_ms, until_ms: fixed.until_ms, promotions }
    }
}

impl TryFrom<StoredFixed> for FixedPrice {
    type Error = Error;
    fn try_from(stored: StoredFixed) -> Result<Self> {
        let rows = stored.promotions.into_iter();
        let promotions = rows.map(|row| promotion(row, "fixed")).collect::<Result<_>>()?;
        Ok(Self { at_ms: stored.at_ms, until_ms: stored.until_ms, promotions })
    }
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
            past_date: line.past_date.as_ref().map(StoredPastDate::from),
            basket: line.basket,
            label_vnd: line.label.map(Money::vnd),
        }
    }
}

impl From<&ChangedPrice> for StoredPrice {
    fn from(changed: &ChangedPrice) -> Self {
        Self {
            price_vnd: changed.price.vnd(),
            reason: changed.reason.clone(),
            approved_by: changed.approved_by.map(CashierId::uuid),
            allowed_milli: Some(changed.allowed.milli()),
        }
    }
}

impl StoredPrice {
    /// Returns the price of a row of this quantity: an older version's is allowed for what the row has now, and no more.
    pub(super) fn of(self, quantity: Quantity) -> ChangedPrice {
        let Self { price_vnd, reason, approved_by, allowed_milli } = self;
        ChangedPrice {
            price: Money::new(price_vnd),
            reason,
            approved_by: approved_by.map(Into::into),
            allowed: allowed_milli.map_or(quantity, Quantity::from_milli),
        }
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
            allowed_vnd: Some(discount.allowed.vnd()),
        }
    }
}

impl TryFrom<StoredDiscount> for Discount {
    type Error = Error;
    fn try_from(stored: StoredDiscount) -> Result<Self> {
        let off = Off::from_stored(&stored.kind, stored.number)
            .ok_or(Error::Corrupt { table: "carts", column: "discount" })?;
        // An older version's amount was allowed as it stands; what its part was of, nobody knows any more: it is asked anew.
        let allowed = match (stored.allowed_vnd, off) {
            (Some(vnd), _) => Money::new(vnd),
            (None, Off::Amount(amount)) => amount,
            (None, Off::Percent(_)) => Money::ZERO,
        };
        let approved_by = stored.approved_by.map(Into::into);
        Ok(Self { off, reason: stored.reason, approved_by, allowed })
    }
}

impl From<&PastDate> for StoredPastDate {
    fn from(known: &PastDate) -> Self {
        Self {
            told_milli: known.told.milli(),
            allowed_milli: known.allowed.milli(),
            reason: known.reason.clone(),
            approved_by: known.approved_by.map(CashierId::uuid),
        }
    }
}

impl From<StoredPastDate> for PastDate {
    fn from(stored: StoredPastDate) -> Self {
        Self {
            told: Quantity::from_milli(stored.told_milli),
            allowed: Quantity::from_milli(stored.allowed_milli),
            reason: stored.reason,
            approved_by: stored.approved_by.map(Into::into),
        }
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
