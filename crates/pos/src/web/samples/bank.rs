//! Samples of what the bank tells: on the tender panel, on the customer's screen, by a file.

use domain::split::Split;

use super::*;
use crate::bank_file::{WrongCell, WrongLine};
use crate::counter::bank_file::{BankReport, Confirmable, Missing, OtherAmount, Unmatched};
use crate::counter::bank_notice::OddTransfer;
use crate::counter::display::DisplayState;
use crate::db::bank_notices::ToldRow;
use crate::web::{bank_file, display, tender};

/// Notes about it.
pub(super) fn notes() -> Vec<Note> {
    let receipt = "LS-7Q3F-000122".to_owned();
    vec![
        Note::BankTold { receipt, amount_vnd: 655_000 },
        Note::BankFileTaken { count: 12, amount_vnd: 6_550_000 },
    ]
}

pub(super) fn shown(came_vnd: i64) -> VietQrState {
    VietQrState {
        payload: "00020101021238540010A000000727012400069704360110102345678902".to_owned(),
        amount_vnd: 655_000,
        reference: "SAJ0C30CNR".to_owned(),
        account: "Vietcombank 1023456789".to_owned(),
        came_vnd,
    }
}

fn report(rows: usize) -> BankReport {
    let receipt = || "LS-7Q3F-000122".to_owned();
    let words = format!("<b>MBVCB</b> {LONG}");
    let unmatched = |was_shown| Unmatched {
        number: 4_999,
        day: "23/11/2026".to_owned(),
        amount_vnd: 999_999_999,
        words: words.clone(),
        was_shown,
    };
    let missing = |is_claimed| Missing {
        sale_id: id(9),
        receipt: receipt(),
        sold_at_ms: OFFLINE_SINCE_MS,
        due_vnd: 655_000,
        is_claimed,
    };
    BankReport {
        first_day: "2026-11-23".to_owned(),
        last_day: "2026-11-24".to_owned(),
        to_confirm: vec![Confirmable { sale_id: id(9), receipt: receipt(), amount_vnd: 655_000 }; rows],
        settled: rows,
        other: vec![
            OtherAmount { sale_id: id(9), receipt: receipt(), due_vnd: 655_000, came_vnd: 650_000 };
            rows
        ],
        unmatched: vec![unmatched(rows % 2 == 1); rows],
        missing: vec![missing(rows % 2 == 1); rows],
        wrong: [WrongCell::Day, WrongCell::Amount, WrongCell::Way]
            .into_iter()
            .map(|why| WrongLine { number: 7, why })
            .take(rows)
            .collect(),
    }
}

/// A part of the payable is on show.
pub(super) fn side() -> Side {
    let split = Split { cash: Money::new(i64::MAX), card: Money::new(1), transfer: Money::new(655_000) };
    let tender = Tender {
        payment: payment(Some(shown(0))),
        way: Way::Vietqr,
        split: Some(split),
        given: Given::default(),
        managers: None,
    };
    Side::Tender(Box::new(tender))
}

/// Returns everything of them that can be rendered without a request.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let mut all: Vec<Markup> =
        [0, 655_000, 600_000, i64::MAX].map(|came| tender::bank(lang, &shown(came))).into();
    for came_vnd in [usual().payable_vnd, 1] {
        let screen = DisplayState {
            vietqr: Some(shown(came_vnd)),
            payable_vnd: usual().payable_vnd,
            ..DisplayState::default()
        };
        all.push(display::fragment(lang, &screen));
    }
    for is_deposit in [false, true] {
        let part = VietQrState { amount_vnd: 1, ..shown(0) };
        let screen =
            DisplayState { vietqr: Some(part), is_deposit, payable_vnd: i64::MAX, ..DisplayState::default() };
        all.push(display::fragment(lang, &screen));
    }
    for rows in [0, 1, 2, 250] {
        all.push(bank_file::fragment(lang, &csrf, &report(rows), || "a1".to_owned()));
    }
    let odd = |receipt: Option<&str>| OddTransfer {
        told: ToldRow {
            sale_id: id(8),
            receipt_number: receipt.map(str::to_owned),
            came_vnd: 655_000,
            booked_at_ms: OFFLINE_SINCE_MS,
        },
        due_vnd: 0,
    };
    for list in [vec![], vec![odd(None), odd(Some("LS-7Q3F-000122"))]] {
        all.push(open_tenders::odd_transfers(lang, &list, &[]));
    }
    all
}

#[test]
fn the_panel_turns_green_for_the_exact_amount_alone() {
    for (came, class) in [(655_000, "good"), (654_999, "bad"), (655_001, "bad")] {
        let panel = tender::bank(Lang::Vi, &shown(came)).into_string();
        assert!(panel.contains(&format!("note {class}")), "{panel}");
    }
    let waiting = tender::bank(Lang::Vi, &shown(0)).into_string();
    assert!(!waiting.contains("note") && waiting.contains("Mời khách quét mã"), "{waiting}");
    let green = tender::bank(Lang::Vi, &shown(655_000)).into_string();
    assert!(green.contains("Ngân hàng đã báo có 655.000 ₫"), "{green}");
}
