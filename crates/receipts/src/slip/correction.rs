//! What was settled with a producer, or paid to one, is put right: the paper that was wrong stays, this one stands beside it.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::vnd;
use crate::page::{Page, labelled};
use crate::row::Rule;
use crate::snapshot::SnapshotError;

/// A producer is owed more or less beside a settlement, or money of a payment came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionSlip {
    /// The producer.
    pub producer: String,
    /// The number of the paper that it puts right.
    pub corrects: String,
    /// By what a payment came back, in the paper's language; empty where the store bears it.
    pub way: String,
    /// Why.
    pub reason: String,
    /// Owed before, đồng; below zero after an advance.
    pub before_vnd: i64,
    /// What is owed more; below zero for less.
    pub amount_vnd: i64,
    /// The amount in words, whichever way it goes; empty on English papers.
    pub in_words: String,
    /// Owed afterwards: `before + amount`.
    pub left_vnd: i64,
    /// The entry in the journal that the paper stands for, with the beginning of its hash.
    pub entry: String,
    /// The manager who allowed it.
    pub approved_by: String,
    /// Where the producer reads about goods and money; empty when there is no such address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading_url: String,
}

impl CorrectionSlip {
    /// Both sides of it add up.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        adds_up("left", self.left_vnd, [self.before_vnd, self.amount_vnd])
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, correction: &CorrectionSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let is_back = !correction.way.is_empty();
    let title = if is_back {
        pick("RÚT LẠI KHOẢN TRẢ", "PAYMENT TAKEN BACK")
    } else {
        pick("PHIẾU ĐIỀU CHỈNH", "CORRECTION")
    };
    slip.title(page, title);
    page.paragraph(&labelled(pick("Chủ thể", "Producer"), &correction.producer), page.fonts.strong);
    page.paragraph(&labelled(pick("Cho phiếu", "For paper"), &correction.corrects), page.fonts.body);
    page.paragraph(&labelled(pick("Lý do", "Reason"), &correction.reason), page.fonts.body);
    page.rule(Rule::Solid);
    owed(
        page,
        correction.before_vnd,
        [pick("Trước đó phải trả", "Owed before"), pick("Trước đó trả trước", "Ahead before")],
    );
    let what = match correction.amount_vnd {
        _ if is_back => correction.way.as_str(),
        0.. => pick("Cộng thêm cho chủ thể", "Owed more"),
        _ => pick("Trừ bớt tiền của chủ thể", "Owed less"),
    };
    page.total(what, correction.amount_vnd.saturating_abs());
    page.in_words(&correction.in_words, slip.language);
    owed(
        page,
        correction.left_vnd,
        [pick("Còn phải trả", "Still owed"), pick("Trả trước, trừ kỳ sau", "Ahead, taken off later")],
    );
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &correction.approved_by), page.fonts.body);
    page.paragraph(&labelled(pick("Bút toán", "Entry"), &correction.entry), page.fonts.small);
    slip.reading(page, &correction.reading_url);
    page.signatures(&[pick("Chủ thể", "Producer"), pick("Thu ngân", "Cashier")]);
}

fn owed(page: &mut Page, owed_vnd: i64, [words, ahead]: [&str; 2]) {
    match owed_vnd {
        0.. => page.amount(words, &vnd(owed_vnd)),
        _ => page.amount(ahead, &vnd(owed_vnd.saturating_neg())),
    }
}
