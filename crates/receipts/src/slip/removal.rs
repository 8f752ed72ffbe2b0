//! Goods that left the shelf and were not sold: the paper that goes with goods to their producer, or the record of a loss.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::{quantity, vnd};
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};
use crate::snapshot::SnapshotError;

/// Goods that left the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalSlip {
    /// They go back to whoever delivered them; otherwise they are lost.
    pub is_return: bool,
    /// Why, in the paper's language.
    pub cause: String,
    /// Why, as typed; may be empty.
    pub reason: String,
    /// One lot each.
    pub lines: Vec<RemovalLine>,
    /// What the operator owes for the loss, all lines together, đồng.
    pub compensation_vnd: i64,
    /// The manager who allowed it; empty when nobody had to.
    pub approved_by: String,
}

/// A quantity of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalLine {
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Whose consigned goods; empty for the operator's own.
    pub producer: String,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What the pack says; may be empty.
    pub lot: String,
    /// Last day of sale as it is to be read; may be empty.
    pub expires: String,
    /// What the operator owes for it, đồng.
    pub compensation_vnd: i64,
}

impl RemovalSlip {
    /// Σ of the lines = what is owed in all.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        adds_up("compensation", self.compensation_vnd, self.lines.iter().map(|line| line.compensation_vnd))
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, removal: &RemovalSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let title = if removal.is_return {
        pick("PHIẾU TRẢ HÀNG", "GOODS RETURNED")
    } else {
        pick("BIÊN BẢN HÀNG HỎNG, THIẾU", "GOODS LOST")
    };
    slip.title(page, title);
    page.paragraph(&labelled(pick("Lý do", "Why"), &removal.cause), page.fonts.body);
    page.paragraph(&labelled(pick("Ghi chú", "Note"), &removal.reason), page.fonts.body);
    page.rule(Rule::Dashed);
    for line in &removal.lines {
        let amount = joined(" ", &[&quantity(line.quantity_milli), &line.unit]);
        page.words_pair(Span::left(line.name.clone(), page.fonts.body), Span::right(amount, page.fonts.body));
        let lot = labelled(pick("Lô", "Lot"), &line.lot);
        let expires = labelled(pick("HSD", "Use by"), &line.expires);
        page.indented(&joined(" · ", &[&line.producer, &lot, &expires]), page.fonts.small);
        if line.compensation_vnd != 0 {
            page.amount(pick("Điểm bán đền", "The store pays"), &vnd(line.compensation_vnd));
        }
    }
    page.rule(Rule::Solid);
    if removal.compensation_vnd != 0 {
        page.total(pick("PHẢI TRẢ CHỦ THỂ", "OWED TO PRODUCERS"), removal.compensation_vnd);
    }
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &removal.approved_by), page.fonts.body);
    let other = if removal.is_return {
        pick("Người nhận hàng", "Received by")
    } else {
        pick("Quản lý", "Manager")
    };
    page.signatures(&[other, pick("Thu ngân", "Cashier")]);
}
