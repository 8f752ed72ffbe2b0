//! Reconciliation with every sample: nothing yet, everything agrees, gaps with the largest sums and the longest names.

use domain::report_period::ReportPeriod;
use time::macros::date;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::db::reconciliation::{Bank, CauseSum, Drawers, Goods, Invoices, MoneySum, Settled};
use crate::web::reconciliation::gap::{self, EntryOfGap, GapReport, NoticeOfGap};
use crate::web::reconciliation::load::{Choices, Wanted};
use crate::web::reconciliation::page::View;
use crate::web::reconciliation::report::{Figures, Line, ReconciliationReport};
use crate::web::reports::report::Span;
use crate::web::sales::freshness::Freshness;

fn figures() -> Figures {
    let money = |account: &str, kind: &str, amount_vnd| MoneySum {
        account: account.to_owned(),
        kind: kind.to_owned(),
        amount_vnd,
        entry_count: 3,
    };
    let kinds = [
        "shift_open",
        "sale",
        "refund",
        "cash_moved",
        "tender_confirmed",
        "deposit_taken",
        "settlement",
        "later",
    ];
    let mut all: Vec<MoneySum> = kinds.iter().map(|kind| money("cash", kind, MOST_VND)).collect();
    all.extend(
        ["sale", "tender_confirmed", "deposit_taken", "void"].map(|kind| money("bank", kind, -MOST_VND)),
    );
    all.extend([money("suspense", "sale", -MOST_VND), money("producer_due", "goods_out", -MOST_VND)]);
    let moved = |cause: &str| CauseSum { cause: cause.to_owned(), quantity_milli: -1_234_567_250 };
    let causes = ["received", "sold", "refunded", "returned", "damaged", "sent", "counted", "later"];
    Figures {
        money: all,
        drawers: Drawers { shift_count: 180, expected_vnd: MOST_VND, counted_vnd: -MOST_VND },
        bank: Bank { tender_count: 9, tender_vnd: MOST_VND, notice_count: 1, notice_vnd: 1, unnamed_vnd: 1 },
        invoices: Invoices {
            is_due: true,
            sale_count: 12_345,
            refund_count: 12,
            waiting_count: 7,
            waiting_since_ms: Some(NOW_MS),
        },
        goods: Goods { opening_milli: 1_250, moved: causes.map(moved).to_vec(), closing_milli: 0 },
        settled: Settled {
            arisen_before_vnd: 1,
            settled_before_vnd: 2,
            settlement_count: 3,
            settled_vnd: MOST_VND,
            paid_vnd: 4,
            adjusted_vnd: -MOST_VND,
        },
    }
}

fn report(figures: &Figures, is_long: bool) -> ReconciliationReport {
    ReconciliationReport {
        period: "2026-q4".to_owned(),
        days_of: Span { from: date!(2026 - 09 - 15), to: date!(2026 - 12 - 14), is_known: true },
        is_over: !is_long,
        operator: LONGEST.to_owned(),
        store: is_long.then(|| LONGEST_STORE.to_owned()),
        freshness: Freshness { as_of_ms: Some(NOW_MS), reported: 1, stores: 2, notices: Vec::new() },
        suspended_vnd: figures.suspended_vnd(),
        lines: figures.lines(),
    }
}

fn wanted() -> Wanted {
    let period = ReportPeriod::from_code("2026-q4").unwrap();
    Wanted { period, operator: Some(id(1).into()), store: Some(id(2).into()) }
}

#[test]
fn the_comparison() {
    let choices = Choices {
        operators: vec![(id(1).into(), LONGEST.to_owned())],
        stores: vec![(id(2).into(), LONGEST_STORE.to_owned())],
        operator: id(1).into(),
    };
    let reports = [report(&Figures::default(), false), report(&figures(), true)];
    each(|lang| {
        let view = |report, has_pack| View {
            lang,
            today: TODAY,
            wanted: wanted(),
            choices: &choices,
            report,
            has_pack,
        };
        reports
            .iter()
            .flat_map(|report| [view(report, false).render(), view(report, true).render()])
            .collect()
    });
}

#[test]
fn entries_behind_gaps() {
    let entry = |kind: &str, found| EntryOfGap {
        store_id: id(2),
        store: LONGEST_STORE.to_owned(),
        stream: "x".to_owned(),
        entry_number: 1_234_567,
        business_date: TODAY,
        kind: kind.to_owned(),
        voucher: "LS-7Q3F-000123".to_owned(),
        sha256: "0".repeat(64),
        told: MOST_VND,
        found,
        invoices_refused: 1_234,
    };
    let notice =
        |is_named| NoticeOfGap { notice: "FT26".repeat(8), booked_at_ms: NOW_MS, amount: MOST_VND, is_named };
    each(|lang| {
        let mut pages = Vec::new();
        for line in Line::ALL {
            let empty = GapReport {
                line: line.code(),
                measure: line.measure(),
                entries: Vec::new(),
                after: None,
                bank_notices: Vec::new(),
                after_notice: None,
                invoices_unopened: 0,
            };
            let full = GapReport {
                entries: vec![
                    entry("shift_close", Some(-MOST_VND)),
                    entry("sale", None),
                    entry("later", None),
                ],
                after: Some("2026-11-23~x~1".to_owned()),
                bank_notices: vec![notice(true), notice(false)],
                after_notice: Some("FT26".to_owned()),
                invoices_unopened: 1_234_567,
                ..empty.clone()
            };
            pages.extend([&empty, &full].map(|report| gap::main(lang, wanted(), line, report)));
        }
        pages
    });
}
