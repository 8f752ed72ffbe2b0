//! Voucher for cash put into the drawer or taken out of it (phiếu thu, phiếu chi).

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::page::{Page, labelled};
use crate::row::Rule;
use crate::snapshot::SnapshotError;

/// Cash in or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashVoucher {
    /// True for cash in (phiếu thu), false for cash out (phiếu chi).
    pub is_in: bool,
    /// Who handed it over, or received it.
    pub person: String,
    /// What for.
    pub reason: String,
    /// How much, above zero.
    pub amount_vnd: i64,
    /// The amount in words, in the language of the paper.
    pub amount_in_words: String,
    /// Who allowed it; empty when nobody had to.
    pub approved_by: String,
}

impl CashVoucher {
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        adds_up("amount", self.amount_vnd.max(1), [self.amount_vnd])
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, voucher: &CashVoucher) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let (title, person, signs) = if voucher.is_in {
        let signs = pick("Người nộp", "Paid in by");
        (pick("PHIẾU THU", "CASH IN VOUCHER"), pick("Người nộp tiền", "Paid in by"), signs)
    } else {
        let signs = pick("Người nhận", "Received by");
        (pick("PHIẾU CHI", "CASH OUT VOUCHER"), pick("Người nhận tiền", "Paid out to"), signs)
    };
    slip.title(page, title);
    page.paragraph(&labelled(person, &voucher.person), page.fonts.body);
    page.paragraph(&labelled(pick("Lý do", "Reason"), &voucher.reason), page.fonts.body);
    page.paragraph(&labelled(pick("Duyệt", "Approved by"), &voucher.approved_by), page.fonts.body);
    page.rule(Rule::Dashed);
    page.total(pick("SỐ TIỀN", "AMOUNT"), voucher.amount_vnd);
    page.in_words(&voucher.amount_in_words, slip.language);
    page.signatures(&[signs, pick("Thu ngân", "Cashier")]);
}
