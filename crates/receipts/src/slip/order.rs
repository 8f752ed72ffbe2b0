//! An order: what, for whom, until when, and what was paid in advance. A deposit is no sale and no invoice.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::vnd;
use crate::page::{Page, labelled};
use crate::row::{Rule, Span};
use crate::snapshot::{SnapshotError, SnapshotLine, SnapshotTender};
use crate::text::clean;

/// An order with its deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSlip {
    /// Who ordered.
    pub customer: String,
    /// Telephone of who ordered.
    pub customer_phone: String,
    /// When it is handed over, as it is to be read.
    pub due: String,
    /// Where, if not at the counter.
    pub place: String,
    /// What was ordered, at the prices of today.
    pub lines: Vec<SnapshotLine>,
    /// Discount on the whole, as a positive number.
    pub discount_vnd: i64,
    /// What it will cost.
    pub total_vnd: i64,
    /// What was paid in advance.
    pub deposit_vnd: i64,
    /// How; together the deposit.
    pub tenders: Vec<SnapshotTender>,
    /// What is left to pay.
    pub remaining_vnd: i64,
    /// What was agreed besides.
    pub note: String,
    /// Content of the QR by which the counter finds the order; empty for none.
    pub order_qr: String,
    /// Rules for deposits, thanks.
    pub footer: Vec<String>,
}

impl OrderSlip {
    /// Lines − discounts = total; tenders = deposit; total − deposit = what is left.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        let lines = self.lines.iter().flat_map(|line| [line.amount_vnd, line.discount_vnd.saturating_neg()]);
        adds_up("total", self.total_vnd, lines.chain([self.discount_vnd.saturating_neg()]))?;
        adds_up("deposit", self.deposit_vnd, self.tenders.iter().map(|tender| tender.amount_vnd))?;
        adds_up("remaining", self.remaining_vnd, [self.total_vnd, self.deposit_vnd.saturating_neg()])
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, order: &OrderSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let with_deposit = order.deposit_vnd != 0;
    slip.title(
        page,
        if with_deposit {
            pick("PHIẾU ĐẶT HÀNG, ĐẶT CỌC", "ORDER WITH DEPOSIT")
        } else {
            pick("PHIẾU ĐẶT HÀNG", "ORDER")
        },
    );
    let customer = labelled(pick("Khách hàng", "Customer"), &order.customer);
    let phone = labelled(pick("ĐT", "Tel."), &order.customer_phone);
    page.words_pair(Span::left(customer, page.fonts.body), Span::right(phone, page.fonts.body));
    page.paragraph(&labelled(pick("Hẹn giao", "Due"), &order.due), page.fonts.strong);
    page.paragraph(&labelled(pick("Giao tại", "Deliver to"), &order.place), page.fonts.body);
    page.paragraph(&labelled(pick("Ghi chú", "Note"), &order.note), page.fonts.body);
    page.rule(Rule::Dashed);
    order.lines.iter().for_each(|line| page.priced_line(line, slip.language));
    if order.discount_vnd != 0 {
        page.amount(pick("Chiết khấu", "Discount"), &vnd(order.discount_vnd.saturating_neg()));
    }
    page.rule(Rule::Solid);
    let strong = page.fonts.strong;
    let total = Span::right(vnd(order.total_vnd), strong);
    page.amount_pair(Span::left(pick("TỔNG TIỀN", "TOTAL"), strong), total);
    for tender in &order.tenders {
        let label = format!("{} ({})", pick("Đã đặt cọc", "Deposit"), clean(&tender.label));
        page.amount(&label, &vnd(tender.amount_vnd.saturating_neg()));
    }
    page.total(pick("CÒN PHẢI TRẢ", "LEFT TO PAY"), order.remaining_vnd);
    page.qr_beside(
        &order.order_qr,
        [
            pick("Mã đơn đặt hàng", "Order code"),
            pick("Mang phiếu này khi nhận hàng.", "Bring this slip to collect."),
        ],
    );
    page.space(6);
    order.footer.iter().for_each(|text| page.centred(text, page.fonts.small));
    page.signatures(&[pick("Khách hàng", "Customer"), pick("Thu ngân", "Cashier")]);
}
