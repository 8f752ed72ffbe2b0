//! Goods that were packed anew (phiếu đóng gói lại): what was opened, what was made of it, what was lost.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::{quantity, vnd};
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};
use crate::snapshot::SnapshotError;

/// Goods that were packed anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepackSlip {
    /// Whose consigned goods; empty for the operator's own.
    pub producer: String,
    /// Why, as typed; may be empty.
    pub reason: String,
    /// What was opened.
    pub used: Vec<RepackLine>,
    /// What was made.
    pub made: Vec<RepackLine>,
    /// What was lost.
    pub loss_grams: i64,
    /// What the operator owes the producer for it, đồng.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub compensation_vnd: i64,
    /// The manager who allowed the loss; empty when nobody had to.
    pub approved_by: String,
}

/// A quantity of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepackLine {
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What that weighs.
    pub grams: i64,
    /// What the pack says; may be empty.
    pub lot: String,
    /// Last day of sale as it is to be read; may be empty.
    pub expires: String,
}

impl RepackSlip {
    /// What went in came out or was lost.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        let used = self.used.iter().map(|line| line.grams).fold(0, i64::saturating_add);
        adds_up("weight", used, self.made.iter().map(|line| line.grams).chain([self.loss_grams]))
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, repack: &RepackSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    slip.title(page, pick("PHIẾU ĐÓNG GÓI LẠI", "GOODS PACKED ANEW"));
    page.paragraph(&labelled(pick("Hàng của", "Goods of"), &repack.producer), page.fonts.strong);
    page.paragraph(&labelled(pick("Ghi chú", "Note"), &repack.reason), page.fonts.body);
    for (title, lines) in
        [(pick("Mở ra", "Opened"), &repack.used), (pick("Đóng thành", "Packed into"), &repack.made)]
    {
        page.rule(Rule::Dashed);
        page.paragraph(title, page.fonts.strong);
        for line in lines {
            let amount = joined(" ", &[&quantity(line.quantity_milli), &line.unit]);
            page.words_pair(
                Span::left(line.name.clone(), page.fonts.body),
                Span::right(amount, page.fonts.strong),
            );
            let lot = labelled(pick("Lô", "Lot"), &line.lot);
            let expires = labelled(pick("HSD", "Use by"), &line.expires);
            page.indented(&joined(" · ", &[&kilograms(line.grams), &lot, &expires]), page.fonts.small);
        }
    }
    page.rule(Rule::Solid);
    page.amount(pick("Hao hụt", "Lost"), &kilograms(repack.loss_grams));
    if repack.compensation_vnd != 0 {
        page.amount(pick("Điểm bán đền", "The store pays"), &vnd(repack.compensation_vnd));
    }
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &repack.approved_by), page.fonts.body);
    page.signatures(&[pick("Người đóng gói", "Packed by"), pick("Quản lý", "Manager")]);
}

fn kilograms(grams: i64) -> String {
    format!("{} kg", quantity(grams))
}
