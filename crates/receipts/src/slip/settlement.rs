//! What was settled with a producer: goods that came, went and are left, what is owed for them, what was paid. Also the paper of
//! a payment without a settlement, which has no goods.

use serde::{Deserialize, Serialize};

use super::{Slip, adds_up};
use crate::figures::{quantity, vnd};
use crate::page::{Page, joined, labelled};
use crate::row::Rule;
use crate::snapshot::SnapshotError;

/// A settlement with a producer, or a payment to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementSlip {
    /// The producer.
    pub producer: String,
    /// Goods and money are settled; otherwise only paid, and [`Self::lines`] is empty.
    pub is_settlement: bool,
    /// The day of the settlement before as it is to be read; empty for the first one.
    pub since: String,
    /// A product each.
    pub lines: Vec<SettlementLine>,
    /// Σ of what is owed for the lines, đồng.
    pub due_vnd: i64,
    /// Owed from before, less what was paid until now; below zero where advances were larger. Without [`Self::adjusted`] and
    /// [`Self::advances`].
    pub carried_vnd: i64,
    /// What was put right since the settlement before, in the paper's language, and what is owed more for it; below zero for less.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjusted: Vec<(String, i64)>,
    /// Of a settlement: what was paid since the one before, payment by payment in the paper's language, and how much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advances: Vec<(String, i64)>,
    /// How it was paid, in the paper's language, and how much.
    pub paid: Vec<(String, i64)>,
    /// The account that a transfer went to; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_account: String,
    /// Owed afterwards: `carried + Σ adjusted − Σ advances + due − Σ paid`.
    pub left_vnd: i64,
    /// What was paid in words; empty when nothing was, and on English papers.
    pub paid_in_words: String,
    /// The entry in the journal that the paper stands for, with the beginning of its hash.
    pub entry: String,
    /// The manager who allowed it; empty when nobody had to.
    pub approved_by: String,
    /// Where the producer reads about goods and money; empty when there is no such address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading_url: String,
}

/// A product's goods and money. Quantities are thousandths of the unit, amounts đồng.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementLine {
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// On the shelf after the settlement before.
    pub opening_milli: i64,
    /// Delivered.
    pub received_milli: i64,
    /// Sold.
    pub sold_milli: i64,
    /// Brought back by buyers.
    pub refunded_milli: i64,
    /// Gone back to the producer.
    pub returned_milli: i64,
    /// Lost at the producer's cost.
    pub lost_by_producer_milli: i64,
    /// Lost at the operator's cost.
    pub lost_by_operator_milli: i64,
    /// Found beyond the book by counting, less what was missing then.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub counted_milli: i64,
    /// Came from other stores of the operator, less what was sent there.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub transferred_milli: i64,
    /// Made by packing other goods anew, less what was opened for it.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub repacked_milli: i64,
    /// On the shelf now.
    pub closing_milli: i64,
    /// Sales less what came back, before discounts.
    pub gross_vnd: i64,
    /// Discounts on them.
    pub discount_vnd: i64,
    /// The rates of commission, `10 %` or `10 %, 12 %`.
    pub commission_rate: String,
    /// The operator's commission.
    pub commission_vnd: i64,
    /// VAT on it.
    pub commission_tax_vnd: i64,
    /// For goods that were lost at the operator's cost.
    pub compensation_vnd: i64,
    /// Owed to the producer.
    pub due_vnd: i64,
}

impl SettlementSlip {
    /// Every product's pieces and đồng, and the whole paper, add up.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        for line in &self.lines {
            line.check()?;
        }
        adds_up("due", self.due_vnd, self.lines.iter().map(|line| line.due_vnd))?;
        let paid = self.advances.iter().chain(&self.paid).map(|(_, vnd)| vnd.saturating_neg());
        let adjusted = self.adjusted.iter().map(|(_, vnd)| *vnd);
        let owed = [self.carried_vnd, self.due_vnd].into_iter().chain(adjusted);
        adds_up("left", self.left_vnd, owed.chain(paid))
    }
}

impl SettlementLine {
    fn check(&self) -> Result<(), SnapshotError> {
        let away =
            [self.sold_milli, self.returned_milli, self.lost_by_producer_milli, self.lost_by_operator_milli];
        let came = [self.opening_milli, self.received_milli, self.refunded_milli];
        let both_ways = [self.counted_milli, self.transferred_milli, self.repacked_milli];
        let moved = came.into_iter().chain(both_ways).chain(away.map(i64::saturating_neg));
        adds_up("closing", self.closing_milli, moved)?;
        let kept = [self.discount_vnd, self.commission_vnd, self.commission_tax_vnd];
        let owed = [self.gross_vnd, self.compensation_vnd].into_iter().chain(kept.map(i64::saturating_neg));
        adds_up("owed", self.due_vnd, owed)
    }
}

/// So many products stand on the roll one by one. A thousand would take twenty metres of it: then it has their sums, and the sheet
/// that is printed on A4 has the products.
const LISTED_MAX: usize = 150;
/// So many payments stand on the roll one by one; all of them stand on the sheet.
const ADVANCES_MAX: usize = 40;

pub(super) fn lay(page: &mut Page, slip: &Slip, settlement: &SettlementSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let title = if settlement.is_settlement {
        pick("QUYẾT TOÁN KÝ GỬI", "CONSIGNMENT SETTLEMENT")
    } else {
        pick("PHIẾU TRẢ CHỦ THỂ", "PAYMENT TO A PRODUCER")
    };
    slip.title(page, title);
    page.paragraph(&labelled(pick("Chủ thể", "Producer"), &settlement.producer), page.fonts.strong);
    if settlement.is_settlement {
        let first = pick("Từ đầu", "From the beginning").to_owned();
        let since = labelled(pick("Tiếp theo kỳ", "After the one of"), &settlement.since);
        page.paragraph(if settlement.since.is_empty() { &first } else { &since }, page.fonts.body);
        page.rule(Rule::Dashed);
    }
    if settlement.lines.len() <= LISTED_MAX {
        for line in &settlement.lines {
            product(page, slip, line);
        }
    } else {
        in_all(page, slip, &settlement.lines);
    }
    page.rule(Rule::Solid);
    if settlement.is_settlement {
        page.amount(pick("Phải trả kỳ này", "Owed for this period"), &vnd(settlement.due_vnd));
    }
    for (what, amount_vnd) in &settlement.adjusted {
        page.amount(&joined("", &[what.as_str()]), &vnd(*amount_vnd));
    }
    match settlement.carried_vnd {
        0 => {}
        owed @ 1.. => page.amount(pick("Còn nợ từ trước", "Owed from before"), &vnd(owed)),
        ahead => page.amount(pick("Đã trả trước", "Paid in advance"), &vnd(ahead)),
    }
    advanced(page, slip, &settlement.advances);
    for (how, amount_vnd) in &settlement.paid {
        page.total(how, *amount_vnd);
    }
    page.paragraph(
        &labelled(pick("Vào tài khoản", "To the account"), &settlement.to_account),
        page.fonts.body,
    );
    page.in_words(&settlement.paid_in_words, slip.language);
    match settlement.left_vnd {
        owed @ 0.. => page.amount(pick("Còn phải trả", "Still owed"), &vnd(owed)),
        ahead => {
            page.amount(pick("Trả trước, trừ kỳ sau", "Ahead, taken off later"), &vnd(ahead.saturating_neg()))
        }
    }
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &settlement.approved_by), page.fonts.body);
    page.paragraph(&labelled(pick("Bút toán", "Entry"), &settlement.entry), page.fonts.small);
    slip.reading(page, &settlement.reading_url);
    page.signatures(&[pick("Chủ thể", "Producer"), pick("Thu ngân", "Cashier")]);
}

/// What was paid since the settlement before, payment by payment; of very many how many, and their sum.
fn advanced(page: &mut Page, slip: &Slip, advances: &[(String, i64)]) {
    if advances.len() <= ADVANCES_MAX {
        for (what, amount_vnd) in advances {
            page.amount(&joined("", &[what.as_str()]), &vnd(amount_vnd.saturating_neg()));
        }
        return;
    }
    let words = slip.language.pick("Số lần đã trả từ kỳ trước", "Payments since the one before");
    let sum = advances.iter().fold(0i64, |sum, (_, amount_vnd)| sum.saturating_sub(*amount_vnd));
    page.amount(&labelled(words, &whole(advances.len())), &vnd(sum));
}

/// Many products: how many, and their money together.
fn in_all(page: &mut Page, slip: &Slip, lines: &[SettlementLine]) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    page.amount(pick("Số sản phẩm", "Products"), &whole(lines.len()));
    page.amount(
        pick("Trong đó có bán hoặc khách trả", "Of them sold or brought back"),
        &whole(lines.iter().filter(|line| line.sold_milli != 0 || line.refunded_milli != 0).count()),
    );
    let sum = |amount: fn(&SettlementLine) -> i64| lines.iter().map(amount).fold(0, i64::saturating_add);
    money(
        page,
        slip,
        [
            sum(|line| line.gross_vnd),
            sum(|line| line.discount_vnd),
            sum(|line| line.commission_vnd),
            sum(|line| line.commission_tax_vnd),
            sum(|line| line.compensation_vnd),
        ],
        "",
    );
    let about = pick(
        "Từng sản phẩm: xem bảng kê khổ A4 của phiếu này.",
        "Product by product: see the A4 sheet of this paper.",
    );
    page.paragraph(about, page.fonts.small);
}

fn whole(count: usize) -> String {
    quantity(i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(1_000))
}

/// A product: its pieces in one sentence that adds up, its money beneath.
fn product(page: &mut Page, slip: &Slip, line: &SettlementLine) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    page.paragraph(&joined(", ", &[&line.name, &line.unit]), page.fonts.strong);
    let mut pieces = labelled(pick("Tồn đầu", "There were"), &quantity(line.opening_milli));
    for (sign, words, milli) in [
        ("+", pick("nhận", "received"), line.received_milli),
        ("−", pick("bán", "sold"), line.sold_milli),
        ("+", pick("khách trả", "brought back"), line.refunded_milli),
        ("−", pick("trả lại", "returned"), line.returned_milli),
        ("−", pick("hao hụt chủ thể chịu", "lost, the producer's cost"), line.lost_by_producer_milli),
        ("−", pick("hao hụt điểm bán đền", "lost, the store's cost"), line.lost_by_operator_milli),
        ("+", pick("kiểm kê thừa", "found by counting"), line.counted_milli.max(0)),
        ("−", pick("kiểm kê thiếu", "missing by counting"), line.counted_milli.min(0).saturating_neg()),
        ("+", pick("chuyển kho đến", "from other stores"), line.transferred_milli.max(0)),
        ("−", pick("chuyển kho đi", "to other stores"), line.transferred_milli.min(0).saturating_neg()),
        ("+", pick("đóng gói thành", "packed anew"), line.repacked_milli.max(0)),
        ("−", pick("mở ra đóng gói", "opened to pack"), line.repacked_milli.min(0).saturating_neg()),
    ] {
        if milli != 0 {
            pieces = joined(" ", &[&pieces, sign, words, &quantity(milli)]);
        }
    }
    let pieces =
        joined(" = ", &[&pieces, &joined(" ", &[pick("còn", "left"), &quantity(line.closing_milli)])]);
    page.indented(&pieces, page.fonts.small);
    let amounts = [
        line.gross_vnd,
        line.discount_vnd,
        line.commission_vnd,
        line.commission_tax_vnd,
        line.compensation_vnd,
    ];
    money(page, slip, amounts, &line.commission_rate);
    if line.due_vnd != 0 {
        page.amount(pick("Sẽ được trả", "Owed"), &vnd(line.due_vnd));
    }
}

/// Sales, discounts, commission at these rates, VAT on it, and what the store pays: what is not zero of them.
fn money(page: &mut Page, slip: &Slip, [gross, discount, commission, tax, pays]: [i64; 5], rates: &str) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let at_rates = joined(" ", &[pick("Hoa hồng", "Commission"), rates]);
    for (words, amount_vnd) in [
        (pick("Doanh thu", "Sales"), gross),
        (pick("Giảm giá", "Discounts"), discount.saturating_neg()),
        (&at_rates, commission.saturating_neg()),
        (pick("Thuế trên hoa hồng", "VAT on commission"), tax.saturating_neg()),
        (pick("Điểm bán đền", "The store pays"), pays),
    ] {
        if amount_vnd != 0 {
            page.indented_amount(words, &vnd(amount_vnd));
        }
    }
}
