//! The shelf was counted: what differed from the book, and who pays for what is missing.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::{quantity, vnd};
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};
use crate::snapshot::SnapshotError;

/// A stocktake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountSlip {
    /// What staff called it; may be empty.
    pub title: String,
    /// Which paper of how many this is, as `2/3`; empty for the only one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// When it was begun, as it is to be read.
    pub begun: String,
    /// How many products were counted.
    pub products: i64,
    /// Those that differed.
    pub lines: Vec<CountLine>,
    /// Who bears what is missing of consigned goods, in the paper's language; empty when nothing of them is missing.
    pub bearer: String,
    /// What the operator owes for it, all lines together, đồng.
    pub compensation_vnd: i64,
    /// Why, as typed; may be empty.
    pub reason: String,
    /// The manager who allowed it.
    pub approved_by: String,
}

/// A product that differed from the book. Quantities are thousandths of the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountLine {
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What the book had when it was counted.
    pub expected_milli: i64,
    /// What was there.
    pub counted_milli: i64,
    /// What is beyond the book; below zero for what is missing.
    pub difference_milli: i64,
    /// What the operator owes for it, đồng.
    pub compensation_vnd: i64,
}

impl CountSlip {
    /// Σ of the lines = what is owed in all, and each difference is one.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        for line in &self.lines {
            let parts = [line.counted_milli, line.expected_milli.saturating_neg()];
            adds_up("difference", line.difference_milli, parts)?;
        }
        adds_up("compensation", self.compensation_vnd, self.lines.iter().map(|line| line.compensation_vnd))
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, count: &CountSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    slip.title(page, pick("BIÊN BẢN KIỂM KÊ", "STOCKTAKE"));
    page.paragraph(&count.title, page.fonts.strong);
    page.paragraph(&labelled(pick("Tờ", "Paper"), &count.part), page.fonts.body);
    page.paragraph(&labelled(pick("Bắt đầu", "Begun"), &count.begun), page.fonts.body);
    let (products, wrong) = (count.products.to_string(), count.lines.len().to_string());
    page.paragraph(&labelled(pick("Số mặt hàng đã đếm", "Products counted"), &products), page.fonts.body);
    page.paragraph(&labelled(pick("Số mặt hàng lệch", "Products that differ"), &wrong), page.fonts.body);
    page.paragraph(&labelled(pick("Ghi chú", "Note"), &count.reason), page.fonts.body);
    page.rule(Rule::Dashed);
    for line in &count.lines {
        let (words, off) = if line.difference_milli < 0 {
            (pick("thiếu", "missing"), line.difference_milli.saturating_neg())
        } else {
            (pick("thừa", "beyond"), line.difference_milli)
        };
        let amount = joined(" ", &[words, &quantity(off)]);
        page.words_pair(
            Span::left(line.name.clone(), page.fonts.body),
            Span::right(amount, page.fonts.strong),
        );
        let book = labelled(pick("Sổ", "Book"), &quantity(line.expected_milli));
        let found = labelled(pick("Đếm", "Counted"), &quantity(line.counted_milli));
        page.indented(&joined(" · ", &[&line.unit, &book, &found]), page.fonts.small);
        if line.compensation_vnd != 0 {
            page.amount(pick("Điểm bán đền", "The store pays"), &vnd(line.compensation_vnd));
        }
    }
    if count.lines.is_empty() {
        page.paragraph(pick("Mọi thứ đúng như sổ.", "Everything is as in the book."), page.fonts.body);
    }
    page.rule(Rule::Solid);
    page.paragraph(
        &labelled(pick("Phần thiếu của hàng ký gửi", "Missing consigned goods"), &count.bearer),
        page.fonts.body,
    );
    if count.compensation_vnd != 0 {
        page.total(pick("PHẢI TRẢ CHỦ THỂ", "OWED TO PRODUCERS"), count.compensation_vnd);
    }
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &count.approved_by), page.fonts.body);
    page.signatures(&[pick("Quản lý", "Manager"), pick("Người kiểm", "Counted by")]);
}
