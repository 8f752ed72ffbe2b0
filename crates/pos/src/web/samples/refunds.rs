//! Samples of what happens after a sale.

use maud::{Markup, html};
use web::Lang;

use super::{LONG, OFFLINE_SINCE_MS, counters, id, sale};
use crate::counter::Note;
use crate::web::approval::Managers;
use crate::web::receipts::{self, BackState, Reached, ReceiptState, RowState};
use crate::web::refund::{self, Opening};

/// Returns every note of refunds, voids and receipts that are checked.
pub(super) fn notes() -> Vec<Note> {
    let receipt = "LS-7Q3F-000122".to_owned();
    vec![
        Note::ManagerNeeded,
        Note::WrongPin,
        Note::WaitPin { seconds: 60 },
        Note::ReceiptFound { sale_id: id(9), receipt: receipt.clone() },
        Note::OtherStore { receipt: receipt.clone() },
        Note::UnknownReceipt { receipt: receipt.clone() },
        Note::MadeUpReceipt { receipt: receipt.clone() },
        Note::RefundSlip { receipt: "LS-7Q3F-TH0001".to_owned() },
        Note::NothingChosen,
        Note::AllBack { receipt: receipt.clone() },
        Note::TooMuchBack { name: LONG.to_owned(), left: "1,25".to_owned() },
        Note::Refunded { slip: "LS-7Q3F-TH0001".to_owned(), paid_vnd: 310_000 },
        Note::Voided { receipt: receipt.clone(), paid_vnd: 310_000 },
        Note::NotVoidable { receipt },
    ]
}

pub(super) fn managers() -> [Managers; 2] {
    let people = vec![(id(1), LONG.to_owned()), (id(2), "Trần Văn Quản".to_owned())];
    [Managers { people, is_here: false }, Managers { people: Vec::new(), is_here: true }]
}

fn row(left_milli: i64) -> RowState {
    RowState {
        name: LONG.to_owned(),
        combo: LONG.to_owned(),
        unit: "kg".to_owned(),
        sold_milli: 1_250,
        left_milli,
        return_until: Some("2026-11-23".to_owned()),
        is_late: left_milli > 1_000,
        return_until_text: Some("23/11/2026".to_owned()),
    }
}

/// Returns the forms, with everything left, a part, and nothing; for a cashier and for a manager.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let back = |is_void| BackState {
        receipt: "LS-7Q3F-TH0001".to_owned(),
        is_void,
        refunded_at_ms: OFFLINE_SINCE_MS,
        paid_vnd: 310_000,
    };
    let receipt = |rows, refunds: Vec<BackState>| ReceiptState {
        sale: sale(Reached::Recorded),
        rows,
        is_voidable: refunds.is_empty(),
        refunds,
        paid_by: Some("vietqr".to_owned()),
    };
    let receipts = [
        receipt(vec![row(1_250), row(1_250)], vec![]),
        receipt(vec![row(250), row(0)], vec![back(false)]),
        receipt(vec![row(0)], vec![back(true)]),
    ];
    let mut all = vec![receipts::search(lang, ""), receipts::search(lang, LONG)];
    for managers in managers() {
        let opening =
            || Opening { csrf: html! {}, op_id: "0123456789abcdef".to_owned(), managers: managers.clone() };
        all.extend(receipts.iter().map(|state| refund::section(lang, state, &opening(), &opening())));
        all.extend(counters().iter().map(|state| refund::without(lang, state, &opening())));
    }
    all
}
