//! The comparison of a period: five lines of two sides each, the same for the page, the file and programs.

use serde::Serialize;
use utoipa::ToSchema;

use crate::db::reconciliation::{Bank, Drawers, Goods, Invoices, MoneySum, PAYING_KINDS, Settled};
use crate::web::reports::report::Span;
use crate::web::sales::freshness::Freshness;

/// A line of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// What drawers should have held, and what was counted.
    Cash,
    /// Transfers, and what banks told.
    Bank,
    /// Sales that need an invoice, and those that do not wait for one.
    Invoices,
    /// Goods by moves, and by the ledger.
    Stock,
    /// Owed to producers, and settled with them.
    Settlement,
}

impl Line {
    /// Every line.
    pub const ALL: [Self; 5] = [Self::Cash, Self::Bank, Self::Invoices, Self::Stock, Self::Settlement];

    /// Returns its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Bank => "bank",
            Self::Invoices => "invoices",
            Self::Stock => "stock",
            Self::Settlement => "settlement",
        }
    }

    /// Returns the line of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|line| line.code() == code)
    }

    /// Returns in what its figures are.
    pub const fn measure(self) -> Measure {
        match self {
            Self::Cash | Self::Bank | Self::Settlement => Measure::Vnd,
            Self::Stock => Measure::Milli,
            Self::Invoices => Measure::Count,
        }
    }
}

/// What figures are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Đồng.
    Vnd,
    /// Thousandths of a unit.
    Milli,
    /// How many.
    Count,
}

/// On which side a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// By the entries.
    Book,
    /// Counted, told or settled.
    Found,
    /// In neither sum.
    Beside,
}

/// The comparison of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReconciliationReport {
    /// The period's name: `2026-q4`.
    pub period: String,
    /// Its days.
    pub days_of: Span,
    /// It is over.
    pub is_over: bool,
    /// The operator's name.
    pub operator: String,
    /// The store's name, where one alone is asked about.
    pub store: Option<String>,
    /// How complete the figures are.
    pub freshness: Freshness,
    /// Money of the period's entries in suspense, đồng: it is in no line.
    pub suspended_vnd: i64,
    /// The five lines.
    pub lines: Vec<LineOfReport>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LineOfReconciliation)]
pub struct LineOfReport {
    /// `cash`, `bank`, `invoices`, `stock` or `settlement`.
    pub line: &'static str,
    /// In what the figures are.
    pub measure: Measure,
    /// By the entries.
    pub book: i64,
    /// Counted, told or settled.
    pub found: i64,
    /// Found less book.
    pub difference: i64,
    /// What the sides are made of.
    pub parts: Vec<PartOfLine>,
}

/// A part of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartOfLine {
    /// Its name, such as `sale`.
    pub part: &'static str,
    /// On which side.
    pub side: Side,
    /// How much.
    pub amount: i64,
}

/// What the database found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Money by account and kind.
    pub money: Vec<MoneySum>,
    /// Drawers that were counted.
    pub drawers: Drawers,
    /// Transfers and notices.
    pub bank: Bank,
    /// Sales and invoices.
    pub invoices: Invoices,
    /// Shelves.
    pub goods: Goods,
    /// Settlements.
    pub settled: Settled,
}

impl LineOfReport {
    /// Adds parts up to a line.
    fn of(line: Line, parts: Vec<PartOfLine>) -> Self {
        let sum = |side| parts.iter().filter(|part| part.side == side).map(|part| part.amount).sum();
        let (book, found): (i64, i64) = (sum(Side::Book), sum(Side::Found));
        Self { line: line.code(), measure: line.measure(), book, found, difference: found - book, parts }
    }
}

impl Figures {
    /// Returns the five lines.
    pub fn lines(&self) -> Vec<LineOfReport> {
        vec![self.cash(), self.bank_line(), self.invoice_line(), self.stock(), self.settlement()]
    }

    /// Returns what is in suspense, đồng.
    pub fn suspended_vnd(&self) -> i64 {
        -self.sum("suspense", |_| true)
    }

    fn sum(&self, account: &str, is_kind: impl Fn(&str) -> bool) -> i64 {
        let rows = self.money.iter().filter(|row| row.account == account && is_kind(&row.kind));
        rows.map(|row| row.amount_vnd).sum()
    }

    fn cash(&self) -> LineOfReport {
        let sum = |kinds: &[&str]| self.sum("cash", |kind| kinds.contains(&kind));
        let named = [
            ("float", sum(&["shift_open"])),
            ("sale", sum(&["sale"])),
            ("refund", sum(&["refund", "void"])),
            ("cash_moved", sum(&["cash_moved"])),
            ("confirmed", sum(&["tender_confirmed"])),
            ("deposit", sum(&["deposit_taken", "deposit_returned"])),
            ("producer", sum(&PAYING_KINDS)),
        ];
        let all = self.sum("cash", |kind| kind != "shift_close");
        let mut parts = of(Side::Book, &named);
        parts.extend(rest(&named, all));
        let Drawers { shift_count, expected_vnd, counted_vnd } = self.drawers;
        parts.extend(of(Side::Found, &[("counted", counted_vnd)]));
        parts.extend(of(Side::Beside, &[("expected", expected_vnd), ("shifts", shift_count)]));
        LineOfReport::of(Line::Cash, parts)
    }

    fn bank_line(&self) -> LineOfReport {
        let sum = |kinds: &[&str]| self.sum("bank", |kind| kinds.contains(&kind));
        let named = [
            ("sale", sum(&["sale"])),
            ("confirmed", sum(&["tender_confirmed"])),
            ("deposit", sum(&["deposit_taken"])),
        ];
        let mut parts = of(Side::Book, &named);
        parts.extend(rest(&named, self.bank.tender_vnd));
        let Bank { notice_vnd, unnamed_vnd, .. } = self.bank;
        parts.extend(of(Side::Found, &[("notices", notice_vnd - unnamed_vnd), ("unnamed", unnamed_vnd)]));
        let came = ["sale", "tender_confirmed", "deposit_taken", "producer_adjusted"];
        let paid_out = self.sum("bank", |kind| !came.contains(&kind));
        parts.extend(of(Side::Beside, &[("paid_out", paid_out), ("claimed", self.sum("claimed", |_| true))]));
        LineOfReport::of(Line::Bank, parts)
    }

    fn invoice_line(&self) -> LineOfReport {
        let Invoices { is_due, sale_count, refund_count, waiting_count, .. } = self.invoices;
        let due = if is_due { sale_count } else { 0 };
        let mut parts = of(Side::Book, &[("sales_due", due)]);
        parts.extend(of(Side::Found, &[("not_waiting", due - waiting_count.min(due))]));
        let beside = [("sales_all", sale_count), ("waiting", waiting_count), ("replaced", refund_count)];
        parts.extend(of(Side::Beside, &beside));
        LineOfReport::of(Line::Invoices, parts)
    }

    fn stock(&self) -> LineOfReport {
        let sum = |causes: &[&str]| -> i64 {
            let rows = self.goods.moved.iter().filter(|row| causes.contains(&row.cause.as_str()));
            rows.map(|row| row.quantity_milli).sum()
        };
        let named = [
            ("opening", self.goods.opening_milli),
            ("received", sum(&["received", "covered"])),
            ("sold", sum(&["sold"])),
            ("refunded", sum(&["refunded"])),
            ("returned", sum(&["returned"])),
            ("removed", sum(&["damaged", "expired", "lost", "tasted"])),
            ("between", sum(&["sent", "arrived", "repacked"])),
        ];
        let counted = sum(&["counted"]);
        let all: i64 = self.goods.moved.iter().map(|row| row.quantity_milli).sum();
        let mut parts = of(Side::Book, &named);
        parts.extend(rest(&named, self.goods.opening_milli + all - counted));
        parts.extend(of(Side::Found, &[("closing", self.goods.closing_milli)]));
        parts.extend(of(Side::Beside, &[("count_difference", counted)]));
        LineOfReport::of(Line::Stock, parts)
    }

    fn settlement(&self) -> LineOfReport {
        let owed = |kinds: &[&str]| -self.sum("producer_due", |kind| kinds.contains(&kind));
        let named = [
            ("unsettled_before", self.settled.arisen_before_vnd - self.settled.settled_before_vnd),
            ("sale", owed(&["sale"])),
            ("refund", owed(&["refund", "void"])),
            ("compensation", owed(&["goods_out", "goods_count", "transfer_in"])),
        ];
        let arisen = -self.sum("producer_due", |kind| !PAYING_KINDS.contains(&kind));
        let mut parts = of(Side::Book, &named);
        parts.extend(rest(&named, named[0].1 + arisen));
        let Settled { settlement_count, settled_vnd, paid_vnd, adjusted_vnd, .. } = self.settled;
        parts.extend(of(Side::Found, &[("settled", settled_vnd)]));
        let beside = [("paid", paid_vnd), ("adjusted", adjusted_vnd), ("settlements", settlement_count)];
        parts.extend(of(Side::Beside, &beside));
        LineOfReport::of(Line::Settlement, parts)
    }
}

fn of(side: Side, parts: &[(&'static str, i64)]) -> Vec<PartOfLine> {
    parts.iter().map(|(part, amount)| PartOfLine { part, side, amount: *amount }).collect()
}

/// What is in a sum and in none of its named parts.
fn rest(named: &[(&'static str, i64)], all: i64) -> Option<PartOfLine> {
    let amount = all - named.iter().map(|(_, amount)| amount).sum::<i64>();
    (amount != 0).then_some(PartOfLine { part: "other", side: Side::Book, amount })
}
