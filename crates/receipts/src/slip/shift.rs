//! X and Z report of a shift: what was sold, how it was paid, and whether the drawer holds what it should.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::vnd;
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};
use crate::snapshot::SnapshotError;
use crate::text::clean;

/// A shift up to now, or to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftReport {
    /// True for Z, at the close; false for X, in between.
    pub is_final: bool,
    /// Beginning of the shift as it is to be read.
    pub opened_at: String,
    /// Its end; empty on X.
    pub closed_at: String,
    /// First entry of the journal that it counts.
    pub first_seq: i64,
    /// Last entry that it counts.
    pub last_seq: i64,
    /// Sales; voided ones are not among them.
    pub sales_count: i64,
    /// What the buyers had to pay for them, after discounts and rounding.
    pub sales_vnd: i64,
    /// How many of them were made before and entered from the pad.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub pad_count: i64,
    /// What the buyers had to pay for those; among the sales already.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub pad_vnd: i64,
    /// Discounts given, as a positive number; already taken off the sales.
    pub discount_vnd: i64,
    /// What cash rounding put on the sales, less what refunds gave back of it; among the sales and refunds already.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub rounding_vnd: i64,
    /// Refunds.
    pub refunds_count: i64,
    /// What was given back, as a positive number.
    pub refunds_vnd: i64,
    /// Deposits taken for orders, less those given back and those that sales took; they are in the sales.
    pub deposits_vnd: i64,
    /// Each kind of tender, after change and refunds; together sales − refunds + deposits.
    pub tenders: Vec<TenderTotal>,
    /// VAT inside the sales less refunds.
    pub vat: Vec<VatTotal>,
    /// Opening float.
    pub float_vnd: i64,
    /// Cash put in and taken out, in the order of time.
    pub cash_moves: Vec<CashMove>,
    /// What the drawer should hold; absent on an X for who counts blind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_vnd: Option<i64>,
    /// The count; absent on X.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
    /// Invoices that still wait to be sent.
    pub invoices_pending: i64,
    /// About how many visitors; absent when nobody was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitors: Option<i64>,
    /// Tastings given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tastings: Option<i64>,
    /// Carts that stay open into the next shift.
    #[serde(default)]
    pub open_carts: i64,
}

const fn is_nothing(number: &i64) -> bool {
    *number == 0
}

/// All of one kind of tender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderTotal {
    /// For example "Tiền mặt".
    pub label: String,
    /// True for what lies in the drawer.
    pub is_cash: bool,
    /// How many.
    pub count: i64,
    /// Their sum after change and refunds.
    pub amount_vnd: i64,
}

/// VAT of one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatTotal {
    /// The rate as it is to be read, for example "8 %".
    pub rate: String,
    /// Sales at this rate with the tax.
    pub gross_vnd: i64,
    /// The tax inside.
    pub tax_vnd: i64,
}

/// Cash put in (above zero) or taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashMove {
    /// When, for example "10:40".
    pub local_time: String,
    /// Why.
    pub reason: String,
    /// How much.
    pub amount_vnd: i64,
}

/// The drawer as it was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Notes by their value, largest first; empty when only the sum was given.
    pub notes: Vec<Notes>,
    /// The sum.
    pub counted_vnd: i64,
    /// Counted less expected.
    pub difference_vnd: i64,
    /// What the cashier said about a difference.
    pub remark: String,
}

/// Notes of one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// What one is worth.
    pub face_vnd: i64,
    /// How many.
    pub count: i64,
}

impl ShiftReport {
    /// Returns the report as an X for who counts blind: without every sum that says, alone or less another, how much cash
    /// was taken.
    pub fn blind(self) -> ShiftReport {
        let tenders = self.tenders.into_iter().filter(|tender| !tender.is_cash).collect();
        ShiftReport {
            sales_vnd: 0,
            pad_vnd: 0,
            rounding_vnd: 0,
            refunds_vnd: 0,
            deposits_vnd: 0,
            tenders,
            vat: Vec::new(),
            expected_vnd: None,
            ..self
        }
    }

    /// Says whether it is an X for who counts blind.
    pub fn is_blind(&self) -> bool {
        !self.is_final && self.expected_vnd.is_none()
    }

    /// Tenders = sales − refunds + deposits; expected = float + cash + moves; the notes give the count, and the count
    /// less expected the difference.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        if self.is_blind() {
            return Ok(());
        }
        let taken = [self.sales_vnd, self.refunds_vnd.saturating_neg(), self.deposits_vnd];
        let taken_vnd = taken.into_iter().try_fold(0_i64, i64::checked_add).ok_or(SnapshotError::TooLarge)?;
        adds_up("tenders", taken_vnd, self.tenders.iter().map(|tender| tender.amount_vnd))?;
        let cash = self.tenders.iter().filter(|tender| tender.is_cash).map(|tender| tender.amount_vnd);
        let moves = self.cash_moves.iter().map(|moved| moved.amount_vnd);
        if let Some(expected_vnd) = self.expected_vnd {
            adds_up("expected", expected_vnd, [self.float_vnd].into_iter().chain(cash).chain(moves))?;
        }
        let Some(counted) = &self.counted else { return Ok(()) };
        if !counted.notes.is_empty() {
            let worth = counted.notes.iter().map(|notes| notes.face_vnd.saturating_mul(notes.count));
            adds_up("counted", counted.counted_vnd, worth)?;
        }
        match self.expected_vnd {
            Some(expected_vnd) => adds_up(
                "difference",
                counted.difference_vnd,
                [counted.counted_vnd, expected_vnd.saturating_neg()],
            ),
            None => Ok(()),
        }
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, report: &ShiftReport) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    slip.title(
        page,
        if report.is_final {
            pick("BÁO CÁO Z - ĐÓNG CA", "Z REPORT - SHIFT CLOSED")
        } else {
            pick("BÁO CÁO X - GIỮA CA", "X REPORT - SHIFT OPEN")
        },
    );
    let times = joined(" – ", &[&report.opened_at, &report.closed_at]);
    page.paragraph(&labelled(pick("Ca", "Shift"), &times), page.fonts.body);
    let entries = format!("{} – {}", report.first_seq, report.last_seq);
    page.paragraph(&labelled(pick("Bút toán", "Entries"), &entries), page.fonts.body);
    page.rule(Rule::Dashed);
    sold(page, slip, report);
    page.rule(Rule::Dashed);
    drawer(page, slip, report);
    if let Some(counted) = &report.counted {
        count(page, slip, counted);
    }
    page.rule(Rule::Dashed);
    numbers(page, slip, report);
    if report.is_final {
        page.signatures(&[pick("Thu ngân", "Cashier"), pick("Quản lý", "Manager")]);
    }
}

fn sold(page: &mut Page, slip: &Slip, report: &ShiftReport) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let counted = |label: &str, count: i64| format!("{label} ({count})");
    if report.is_blind() {
        page.amount(pick("Số đơn bán", "Sales"), &report.sales_count.to_string());
        if report.pad_count != 0 {
            page.indented_amount(pick("từ sổ ghi tay", "from the pad"), &report.pad_count.to_string());
        }
        page.amount(pick("Số lần trả hàng", "Refunds"), &report.refunds_count.to_string());
        for tender in &report.tenders {
            page.amount(&counted(&clean(&tender.label), tender.count), &vnd(tender.amount_vnd));
        }
        return;
    }
    page.amount(&counted(pick("Bán hàng", "Sales"), report.sales_count), &vnd(report.sales_vnd));
    if report.pad_count != 0 {
        let from_pad = counted(pick("trong đó từ sổ ghi tay", "of which from the pad"), report.pad_count);
        page.indented_amount(&from_pad, &vnd(report.pad_vnd));
    }
    page.amount(
        &counted(pick("Trả hàng", "Refunds"), report.refunds_count),
        &vnd(report.refunds_vnd.saturating_neg()),
    );
    if report.deposits_vnd != 0 {
        page.amount(pick("Đặt cọc", "Deposits"), &vnd(report.deposits_vnd));
    }
    let taken_vnd = report.tenders.iter().fold(0_i64, |sum, tender| sum.saturating_add(tender.amount_vnd));
    let taken = Span::right(vnd(taken_vnd), page.fonts.strong);
    page.amount_pair(Span::left(pick("TỔNG THU", "TOTAL TAKEN"), page.fonts.strong), taken);
    for tender in &report.tenders {
        page.indented_amount(&counted(&clean(&tender.label), tender.count), &vnd(tender.amount_vnd));
    }
    page.space(4);
    let small = page.fonts.small;
    let discounts = Span::left(pick("Giảm giá đã trừ", "Discounts, taken off above"), small);
    page.amount_pair(discounts, Span::right(vnd(report.discount_vnd), small));
    if report.rounding_vnd != 0 {
        let rounding = Span::left(pick("Làm tròn tiền mặt", "Cash rounding, among the above"), small);
        page.amount_pair(rounding, Span::right(vnd(report.rounding_vnd), small));
    }
    for vat in &report.vat {
        let of = pick("Thuế GTGT", "VAT");
        let label = format!("{of} {} / {}", clean(&vat.rate), vnd(vat.gross_vnd));
        page.amount_pair(Span::left(label, small), Span::right(vnd(vat.tax_vnd), small));
    }
}

fn drawer(page: &mut Page, slip: &Slip, report: &ShiftReport) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    page.centred(pick("NGĂN KÉO TIỀN", "CASH DRAWER"), page.fonts.strong);
    page.amount(pick("Tiền đầu ca", "Opening float"), &vnd(report.float_vnd));
    for tender in report.tenders.iter().filter(|tender| tender.is_cash) {
        page.amount(&clean(&tender.label), &vnd(tender.amount_vnd));
    }
    for moved in &report.cash_moves {
        let way = if moved.amount_vnd < 0 { pick("Chi", "Out") } else { pick("Thu", "In") };
        page.amount(&joined(" ", &[way, &moved.local_time, &moved.reason]), &vnd(moved.amount_vnd));
    }
    if let Some(expected_vnd) = report.expected_vnd {
        let expected = Span::right(vnd(expected_vnd), page.fonts.strong);
        page.amount_pair(Span::left(pick("Phải có trong két", "Expected"), page.fonts.strong), expected);
    }
}

fn count(page: &mut Page, slip: &Slip, counted: &Counted) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    page.space(4);
    for notes in counted.notes.iter().filter(|notes| notes.count != 0) {
        let label = format!("{} × {}", vnd(notes.face_vnd), notes.count);
        page.indented_amount(&label, &vnd(notes.face_vnd.saturating_mul(notes.count)));
    }
    let strong = page.fonts.strong;
    let sum = Span::right(vnd(counted.counted_vnd), strong);
    page.amount_pair(Span::left(pick("Thực đếm", "Counted"), strong), sum);
    let label = match counted.difference_vnd {
        0 => pick("Khớp", "No difference"),
        1.. => pick("THỪA", "OVER"),
        _ => pick("THIẾU", "SHORT"),
    };
    let difference = Span::right(vnd(counted.difference_vnd.saturating_abs()), strong);
    page.amount_pair(Span::left(label, strong), difference);
    page.paragraph(&labelled(pick("Lý do", "Remark"), &counted.remark), page.fonts.small);
}

fn numbers(page: &mut Page, slip: &Slip, report: &ShiftReport) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let rows = [
        (pick("Hóa đơn chờ gửi", "Invoices waiting"), Some(report.invoices_pending)),
        (pick("Khách ghé (ước lượng)", "Visitors, about"), report.visitors),
        (pick("Lượt nếm thử", "Tastings"), report.tastings),
        (pick("Giỏ hàng còn mở", "Open carts"), Some(report.open_carts).filter(|count| *count != 0)),
    ];
    for (label, number) in rows {
        if let Some(number) = number {
            page.amount(label, &number.to_string());
        }
    }
}
