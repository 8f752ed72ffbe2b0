//! Goods on their way between two stores of an operator (phiếu chuyển kho): the paper that goes with them, and what the other store
//! counted.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::{quantity, vnd};
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};
use crate::snapshot::SnapshotError;

/// Which way the goods went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To the other store.
    Out,
    /// From the other store.
    In,
    /// Back from the way to the other store.
    Back,
}

/// Goods on their way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferSlip {
    /// Which way.
    pub way: Way,
    /// Name of the other store.
    pub store: String,
    /// Number of the paper that came with them; empty on that paper itself.
    pub transfer: String,
    /// Why, as typed; may be empty.
    pub reason: String,
    /// One lot each.
    pub lines: Vec<TransferLine>,
    /// What the operator owes for what is missing, all lines together, đồng.
    pub compensation_vnd: i64,
    /// The manager who allowed it; empty when nobody had to.
    pub approved_by: String,
}

/// A quantity of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferLine {
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Whose consigned goods; empty for the operator's own.
    pub producer: String,
    /// What was sent, thousandths of the unit.
    pub sent_milli: i64,
    /// What came; none on the paper that goes with them.
    pub arrived_milli: Option<i64>,
    /// What the pack says; may be empty.
    pub lot: String,
    /// Last day of sale as it is to be read; may be empty.
    pub expires: String,
    /// What the operator owes for it, đồng.
    pub compensation_vnd: i64,
}

impl TransferSlip {
    /// Σ of the lines = what is owed in all.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        adds_up("compensation", self.compensation_vnd, self.lines.iter().map(|line| line.compensation_vnd))
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, transfer: &TransferSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let (title, other) = match transfer.way {
        Way::Out => (pick("PHIẾU CHUYỂN KHO", "GOODS SENT"), pick("Chuyển đến", "To")),
        Way::In => (pick("PHIẾU NHẬN CHUYỂN KHO", "GOODS TAKEN IN"), pick("Từ", "From")),
        Way::Back => {
            (pick("PHIẾU NHẬN LẠI HÀNG", "GOODS THAT CAME BACK"), pick("Đã gửi đến", "Had been sent to"))
        }
    };
    slip.title(page, title);
    page.paragraph(&labelled(other, &transfer.store), page.fonts.strong);
    page.paragraph(&labelled(pick("Theo phiếu", "Their paper"), &transfer.transfer), page.fonts.body);
    page.paragraph(&labelled(pick("Ghi chú", "Note"), &transfer.reason), page.fonts.body);
    page.rule(Rule::Dashed);
    for line in &transfer.lines {
        let amount = joined(" ", &[&quantity(line.arrived_milli.unwrap_or(line.sent_milli)), &line.unit]);
        page.words_pair(
            Span::left(line.name.clone(), page.fonts.body),
            Span::right(amount, page.fonts.strong),
        );
        let lot = labelled(pick("Lô", "Lot"), &line.lot);
        let expires = labelled(pick("HSD", "Use by"), &line.expires);
        page.indented(&joined(" · ", &[&line.producer, &lot, &expires]), page.fonts.small);
        page.indented(&difference(slip, line), page.fonts.strong);
        if line.compensation_vnd != 0 {
            page.amount(pick("Điểm bán đền", "The store pays"), &vnd(line.compensation_vnd));
        }
    }
    page.rule(Rule::Solid);
    if transfer.compensation_vnd != 0 {
        page.total(pick("PHẢI TRẢ CHỦ THỂ", "OWED TO PRODUCERS"), transfer.compensation_vnd);
    }
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &transfer.approved_by), page.fonts.body);
    match transfer.way {
        Way::Out => page.signatures(&[pick("Người chở", "Carried by"), pick("Người giao", "Sent by")]),
        Way::In | Way::Back => {
            page.signatures(&[pick("Người chở", "Carried by"), pick("Người nhận", "Received by")])
        }
    }
}

/// What came more or less than was sent; empty when both agree, or nobody has counted yet.
fn difference(slip: &Slip, line: &TransferLine) -> String {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let Some(arrived_milli) = line.arrived_milli.filter(|arrived| *arrived != line.sent_milli) else {
        return String::new();
    };
    let (words, milli) = match arrived_milli.saturating_sub(line.sent_milli) {
        more @ 0.. => (pick("thừa", "more"), more),
        less => (pick("thiếu", "less"), less.saturating_neg()),
    };
    let sent = labelled(pick("Đã gửi", "Sent"), &quantity(line.sent_milli));
    joined(", ", &[&sent, &joined(" ", &[words, &quantity(milli)])])
}
