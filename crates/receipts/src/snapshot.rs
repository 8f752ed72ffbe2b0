//! The receipt as it stood when the sale was made: header, lines, amounts and texts.
//!
//! It is stored as JSON in the transaction of the sale and read again years later for a copy. So it is a format that may
//! not change: a field is never renamed, and never removed; a new one is optional; anything else is another `v`.
//! Every amount comes from the sale. This crate adds nothing up, except to refuse a receipt that contradicts itself.

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// The version that [`ReceiptSnapshot::v`] names.
pub const SNAPSHOT_VERSION: u32 = 1;

/// One receipt, in the order in which it is printed. Amounts are whole đồng, quantities thousandths of the unit.
/// Absent texts are empty, and take no room on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSnapshot {
    /// Version of this format: [`SNAPSHOT_VERSION`].
    pub v: u32,
    /// Language of its words; receipts are made in Vietnamese, and a copy may be in another one.
    #[serde(default, skip_serializing_if = "is_vietnamese")]
    pub language: Language,
    /// Name of the point of sale.
    pub point_name: String,
    /// Its address.
    pub address: String,
    /// Its telephone number.
    pub phone: String,
    /// Tax number (MST) of the operator.
    pub tax_number: String,
    /// What the paper is, for example "PHIẾU THANH TOÁN".
    pub title: String,
    /// Receipt number, for example "LS-7Q3F-000123".
    pub receipt_number: String,
    /// Business date as it is to be read, for example "03/03/2026".
    pub business_date: String,
    /// Local time as it is to be read, for example "14:05".
    pub local_time: String,
    /// Who took the money.
    pub cashier: String,
    /// At which counter.
    pub counter: String,
    /// What was sold.
    pub lines: Vec<SnapshotLine>,
    /// Sum of the lines after their own discounts.
    pub subtotal_vnd: i64,
    /// Discount on the whole sale, as a positive number; what a line shows as its own is not in it.
    pub discount_vnd: i64,
    /// What rounding adds to the total, or takes off it.
    pub rounding_vnd: i64,
    /// What is to be paid.
    pub total_vnd: i64,
    /// VAT inside the total.
    pub vat: Vec<SnapshotVat>,
    /// What was handed over, a row for each kind.
    pub tenders: Vec<SnapshotTender>,
    /// Sum of what was handed over; 0 on a slip that is still to be paid.
    pub tendered_vnd: i64,
    /// What was given back.
    pub change_vnd: i64,
    /// The total in words.
    pub total_in_words: String,
    /// The bank's or card terminal's reference.
    pub payment_reference: String,
    /// Content of the QR that proves the paper: stream, position, total and start of the hash, as one text.
    pub verification_qr: String,
    /// VietQR payload, when the buyer pays by scanning the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vietqr: Option<String>,
    /// The e-invoice behind the sale, when its code was made with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<SnapshotInvoice>,
    /// Where the sale was written by hand before it was entered; none for a sale made at the till.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pad: Option<SnapshotPad>,
    /// What the cashier noted down about the whole sale for the buyer; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Thanks, exchange policy, where to look up the invoice.
    pub footer: Vec<String>,
}

/// A sale on the pad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotPad {
    /// Its lines there, for example "12–14".
    pub lines: String,
    /// When the goods were handed over, as it is to be read: "28/11/2026 16:40".
    pub sold_at: String,
}

/// The e-invoice of a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotInvoice {
    /// The tax authority's code (mã CQT), for example "M1-26-VZQYY-00000000001".
    pub code: String,
    /// Where a buyer looks it up; may be empty.
    pub lookup: String,
}

/// One product on the receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotLine {
    /// Name, frozen at the sale.
    pub name: String,
    /// OCOP stars that were valid that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// Unit, for example "hộp" or "kg".
    pub unit: String,
    /// Quantity in thousandths of the unit.
    pub quantity_milli: i64,
    /// Price of one unit.
    pub price_vnd: i64,
    /// Quantity × price, before the discount.
    pub amount_vnd: i64,
    /// The line's own discount, as a positive number.
    pub discount_vnd: i64,
    /// What a unit costs elsewise, where another price was set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price_vnd: Option<i64>,
    /// The promotion among the line's discount; empty without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub promotion: String,
    /// What the cashier noted down for the buyer; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// What the line holds, when it is a combo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<SnapshotPart>,
}

/// A product that is part of a combo, for the whole quantity of its line. Its price is the combo's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotPart {
    /// Name, frozen at the sale.
    pub name: String,
    /// OCOP stars that were valid that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// Its unit.
    pub unit: String,
    /// Quantity in thousandths of the unit.
    pub quantity_milli: i64,
}

/// VAT of one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotVat {
    /// The rate as it is to be read, for example "8 %".
    pub rate: String,
    /// The tax inside the total at this rate.
    pub tax_vnd: i64,
}

/// One way in which the buyer paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotTender {
    /// For example "Tiền mặt".
    pub label: String,
    /// What was handed over in this way, before change.
    pub amount_vnd: i64,
}

/// Why a receipt may not be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Written by another version of the product.
    #[error(
        "receipt snapshot of version {0} is not known here; this program reads version {SNAPSHOT_VERSION}"
    )]
    Version(u32),
    /// Not a receipt snapshot.
    #[error("receipt snapshot cannot be read: {0}")]
    Json(String),
    /// Two numbers on the paper that contradict each other.
    #[error("receipt does not add up: {what} is {stated_vnd}, but its parts give {computed_vnd}")]
    Sum {
        /// The field that is stated.
        what: &'static str,
        /// What the snapshot says.
        stated_vnd: i64,
        /// What the parts give.
        computed_vnd: i64,
    },
    /// Amounts beyond what 64 bits hold.
    #[error("amounts of the receipt are too large")]
    TooLarge,
}

fn is_vietnamese(language: &Language) -> bool {
    *language == Language::Vi
}

impl ReceiptSnapshot {
    /// Returns the text that is stored with the sale.
    pub fn to_json(&self) -> Result<String, SnapshotError> {
        serde_json::to_string(self).map_err(|error| SnapshotError::Json(error.to_string()))
    }

    /// Reads a stored text. Another version than [`SNAPSHOT_VERSION`] is refused, not guessed at.
    pub fn from_json(text: &str) -> Result<ReceiptSnapshot, SnapshotError> {
        #[derive(Deserialize)]
        struct Version {
            v: u32,
        }
        let json_error = |error: serde_json::Error| SnapshotError::Json(error.to_string());
        let version: Version = serde_json::from_str(text).map_err(json_error)?;
        if version.v != SNAPSHOT_VERSION {
            return Err(SnapshotError::Version(version.v));
        }
        serde_json::from_str(text).map_err(json_error)
    }

    /// Checks that what the buyer can add up on the paper adds up: lines − discounts = subtotal, subtotal − discount +
    /// rounding = total, tenders = handed over, handed over − total = change. A slip without tenders is still to be paid.
    pub fn check(&self) -> Result<(), SnapshotError> {
        if self.v != SNAPSHOT_VERSION {
            return Err(SnapshotError::Version(self.v));
        }
        let lines =
            self.lines.iter().flat_map(|line| [Some(line.amount_vnd), line.discount_vnd.checked_neg()]);
        agree("subtotal", self.subtotal_vnd, lines)?;
        let total = [Some(self.subtotal_vnd), self.discount_vnd.checked_neg(), Some(self.rounding_vnd)];
        agree("total", self.total_vnd, total)?;
        agree("tendered", self.tendered_vnd, self.tenders.iter().map(|tender| Some(tender.amount_vnd)))?;
        let change = if self.tenders.is_empty() {
            [Some(0); 2]
        } else {
            [Some(self.tendered_vnd), self.total_vnd.checked_neg()]
        };
        agree("change", self.change_vnd, change)
    }
}

pub(crate) fn agree(
    what: &'static str,
    stated_vnd: i64,
    parts: impl IntoIterator<Item = Option<i64>>,
) -> Result<(), SnapshotError> {
    let computed_vnd = parts
        .into_iter()
        .try_fold(0_i64, |sum, part| sum.checked_add(part?))
        .ok_or(SnapshotError::TooLarge)?;
    if computed_vnd == stated_vnd {
        Ok(())
    } else {
        Err(SnapshotError::Sum { what, stated_vnd, computed_vnd })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn samples_add_up() {
        for (name, snapshot) in samples::all() {
            assert_eq!(snapshot.check(), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_receipt_that_contradicts_itself_is_refused() {
        type Spoil = fn(&mut ReceiptSnapshot);
        let cases: [(&str, Spoil); 8] = [
            ("subtotal", |s| s.lines[0].amount_vnd += 1),
            ("subtotal", |s| s.lines[0].discount_vnd += 1),
            ("subtotal", |s| s.subtotal_vnd += 1),
            ("total", |s| s.discount_vnd += 1),
            ("total", |s| s.rounding_vnd -= 1),
            ("tendered", |s| s.tenders[0].amount_vnd += 1),
            ("tendered", |s| s.tenders.clear()),
            ("change", |s| s.change_vnd += 1),
        ];
        for (expected, spoil) in cases {
            let mut snapshot = samples::usual();
            spoil(&mut snapshot);
            assert!(
                matches!(snapshot.check(), Err(SnapshotError::Sum { what, .. }) if what == expected),
                "{expected}"
            );
        }
    }

    #[test]
    fn amounts_too_large_to_add_are_an_error() {
        for spoil in [i64::MAX, i64::MIN] {
            let mut snapshot = samples::usual();
            snapshot.lines[0].discount_vnd = spoil;
            snapshot.lines[1].discount_vnd = spoil;
            assert_eq!(snapshot.check(), Err(SnapshotError::TooLarge));
        }
    }

    #[test]
    fn a_slip_without_tenders_is_still_to_be_paid() {
        let mut snapshot = samples::usual();
        snapshot.tenders.clear();
        (snapshot.tendered_vnd, snapshot.change_vnd) = (0, 0);
        assert_eq!(snapshot.check(), Ok(()));
    }

    #[test]
    fn stored_text_reads_back_and_other_versions_are_refused() {
        for (name, snapshot) in samples::all() {
            let text = snapshot.to_json().unwrap();
            assert_eq!(ReceiptSnapshot::from_json(&text).unwrap(), snapshot, "{name}");
        }
        let text = samples::usual().to_json().unwrap();
        assert_eq!(
            ReceiptSnapshot::from_json(&text.replacen("\"v\":1", "\"v\":2", 1)),
            Err(SnapshotError::Version(2))
        );
        assert!(matches!(ReceiptSnapshot::from_json("{}"), Err(SnapshotError::Json(_))));
    }
}
