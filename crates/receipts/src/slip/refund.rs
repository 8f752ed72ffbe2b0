//! Money back against a receipt, which it names.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::vnd;
use crate::page::{Page, joined, labelled};
use crate::row::Rule;
use crate::snapshot::{SnapshotError, SnapshotInvoice, SnapshotLine, SnapshotTender};
use crate::text::clean;

/// What came back, and what was paid for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundSlip {
    /// Number of the receipt that it is against; empty for a refund without one.
    pub receipt_number: String,
    /// Date of that receipt as it is to be read.
    pub receipt_date: String,
    /// What came back, at the prices of that receipt.
    pub lines: Vec<SnapshotLine>,
    /// Part of the receipt's own discount that these goods had, as a positive number.
    pub discount_vnd: i64,
    /// What rounding adds to the total, or takes off it.
    pub rounding_vnd: i64,
    /// What is given back.
    pub total_vnd: i64,
    /// The total in words, in the language of the paper.
    pub total_in_words: String,
    /// How it is given back; together the total.
    pub tenders: Vec<SnapshotTender>,
    /// Why.
    pub reason: String,
    /// Who allowed it; empty when nobody had to.
    pub approved_by: String,
    /// The e-invoice that replaces the one of the sale, when its code was made with this paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<SnapshotInvoice>,
    /// Content of the QR that proves the paper; empty for none.
    pub verification_qr: String,
}

impl RefundSlip {
    /// Lines − discounts + rounding = total = what is given back.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        let lines = self.lines.iter().flat_map(|line| [line.amount_vnd, line.discount_vnd.saturating_neg()]);
        let rest = [self.discount_vnd.saturating_neg(), self.rounding_vnd];
        adds_up("total", self.total_vnd, lines.chain(rest))?;
        adds_up("tendered", self.total_vnd, self.tenders.iter().map(|tender| tender.amount_vnd))
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, refund: &RefundSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    slip.title(page, pick("PHIẾU TRẢ HÀNG, HOÀN TIỀN", "REFUND"));
    if refund.receipt_number.is_empty() {
        page.paragraph(pick("Trả hàng không có phiếu", "Refund without a receipt"), page.fonts.strong);
    } else {
        let of = if refund.receipt_date.is_empty() { "" } else { pick("ngày", "of") };
        let receipt = joined(" ", &[&refund.receipt_number, of, &refund.receipt_date]);
        page.paragraph(&labelled(pick("Theo phiếu", "Against receipt"), &receipt), page.fonts.strong);
    }
    page.paragraph(&labelled(pick("Lý do", "Reason"), &refund.reason), page.fonts.body);
    page.paragraph(&labelled(pick("Duyệt", "Approved by"), &refund.approved_by), page.fonts.body);
    page.rule(Rule::Dashed);
    refund.lines.iter().for_each(|line| page.priced_line(line, slip.language));
    if refund.discount_vnd != 0 {
        page.amount(
            pick("Chiết khấu đã hưởng", "Discount of the receipt"),
            &vnd(refund.discount_vnd.saturating_neg()),
        );
    }
    if refund.rounding_vnd != 0 {
        page.amount(pick("Làm tròn", "Rounding"), &vnd(refund.rounding_vnd));
    }
    page.rule(Rule::Solid);
    page.total(pick("HOÀN LẠI KHÁCH", "GIVEN BACK"), refund.total_vnd);
    page.in_words(&refund.total_in_words, slip.language);
    for tender in &refund.tenders {
        page.amount(&clean(&tender.label), &vnd(tender.amount_vnd));
    }
    if let Some(invoice) = &refund.invoice {
        let code = pick("Hóa đơn thay thế, mã CQT", "Replacing invoice, code (mã CQT)");
        page.paragraph(&labelled(code, &invoice.code), page.fonts.small);
        let lookup = pick("Tra cứu hóa đơn điện tử", "Look the e-invoice up at");
        page.paragraph(&labelled(lookup, &invoice.lookup), page.fonts.small);
    }
    page.qr_beside(
        &refund.verification_qr,
        [pick("Mã kiểm tra phiếu", "Proof of this paper"), pick("Quét để đối chiếu.", "Scan to compare.")],
    );
    page.signatures(&[pick("Khách hàng", "Buyer"), pick("Thu ngân", "Cashier")]);
}
