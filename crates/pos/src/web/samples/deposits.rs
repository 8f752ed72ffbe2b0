//! Samples of exchanges, and of goods that are ordered and paid in advance.

use maud::{Markup, html};
use time::macros::date;
use web::Lang;

use super::{LONG, OFFLINE_SINCE_MS, empty, id, payment, usual};
use crate::counter::payment::{PaymentState, VietQrState};
use crate::counter::state::{DepositState, ExchangeState};
use crate::counter::{CounterState, Note};
use crate::db::deposits::Deposit;
use crate::web::deposit::{TakeDeposit, Taking};
use crate::web::deposits::{self, DepositRow};
use crate::web::refund::Opening;
use crate::web::side::Side;
use crate::web::tender::{Given, Tender, Way};
use domain::Money;

/// Carts of which a part is covered, all of it, and more than that.
pub(super) fn counters() -> Vec<CounterState> {
    let exchange = |worth_vnd| Some(ExchangeState { receipt: "LS-7Q3F-000122".to_owned(), worth_vnd });
    let deposit = Some(DepositState { number: "LS-7Q3F-DC0001".to_owned(), left_vnd: 100_000 });
    let usual = usual();
    let due_vnd = usual.payable_vnd;
    vec![
        CounterState { exchange: exchange(280_000), due_vnd: -280_000, ..empty() },
        CounterState { exchange: exchange(280_000), due_vnd: due_vnd - 280_000, ..usual.clone() },
        CounterState { exchange: exchange(due_vnd), due_vnd: 0, ..usual.clone() },
        CounterState { deposit: deposit.clone(), due_vnd: due_vnd - 100_000, ..usual.clone() },
        CounterState { deposit, exchange: exchange(999_999_999_999), due_vnd: -999_999_000_000, ..usual },
    ]
}

/// The panel that takes a deposit, and the end of an exchange that needs no money.
pub(super) fn sides() -> Vec<Side> {
    let typed = TakeDeposit {
        person: LONG[..58].to_owned(),
        phone: "0905 000 111".to_owned(),
        due: "24/12/2026".to_owned(),
        amount: "<".to_owned(),
        kind: "vietqr".to_owned(),
        ..TakeDeposit::default()
    };
    let vietqr = VietQrState {
        payload: "00020101021238540010A000000727012400069704360110102345678902".to_owned(),
        amount_vnd: 655_000,
        reference: "SAJ0C30CNR".to_owned(),
        account: "Vietcombank 1023456789".to_owned(),
        came_vnd: 0,
    };
    let end = |back_vnd| {
        let back_by = (back_vnd > 0).then(|| "vietqr".to_owned());
        let payment =
            PaymentState { payable_vnd: 0, back_vnd, back_by, takes_deposit: false, ..payment(None) };
        Side::Tender(Box::new(Tender {
            payment,
            way: Way::Cash,
            split: None,
            given: Given::default(),
            managers: None,
        }))
    };
    vec![
        Side::Deposit(Box::new(Taking { form: TakeDeposit::default(), vietqr: None })),
        Side::Deposit(Box::new(Taking { form: typed, vietqr: Some(vietqr) })),
        end(0),
        end(185_000),
    ]
}

/// Returns every note of exchanges and deposits.
pub(super) fn notes() -> Vec<Note> {
    let (receipt, number) = ("LS-7Q3F-000122".to_owned(), "LS-7Q3F-DC0001".to_owned());
    let bad = |field: &str| Note::BadField { field: field.to_owned() };
    vec![
        Note::ExchangeStarted { receipt: receipt.clone(), worth_vnd: 280_000 },
        Note::ExchangeOpen { receipt: receipt.clone() },
        Note::ExchangeGivenUp,
        Note::ExchangeGone { receipt: receipt.clone() },
        Note::Exchanged { receipt: receipt.clone(), back_vnd: 0 },
        Note::Exchanged { receipt, back_vnd: 185_000 },
        Note::NothingToTransfer,
        bad("person"),
        bad("due"),
        Note::DepositTaken { number: number.clone(), amount_vnd: 100_000, rest_vnd: 280_000 },
        Note::DepositBeyond { payable_vnd: 280_000 },
        Note::DepositTooLarge { left_vnd: 280_000, rest_vnd: 185_000 },
        Note::DepositHere { number: number.clone() },
        Note::DepositWaits { number: number.clone() },
        Note::DepositBrought { number: number.clone(), person: LONG.to_owned() },
        Note::DepositBrought { number: number.clone(), person: String::new() },
        Note::DepositAt { counter: "Quầy 2".to_owned() },
        Note::DepositFound { sale_id: id(9), number: number.clone() },
        Note::NoDeposit,
        Note::MoreThanDeposit { left_vnd: 100_000 },
        Note::DepositReturned { number: number.clone(), amount_vnd: 100_000, left_vnd: 0 },
        Note::DepositReturned { number: number.clone(), amount_vnd: 60_000, left_vnd: 40_000 },
        Note::DepositKept { number: number.clone(), amount_vnd: 100_000, left_vnd: 0 },
        Note::DepositKept { number, amount_vnd: 60_000, left_vnd: 40_000 },
    ]
}

/// Returns the pages of orders: none, one for each day, one that another computer took.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let row = |due_on, person: &str, counter: &str| {
        let deposit = Deposit {
            sale_id: id(9),
            number: "LS-7Q3F-DC0001".to_owned(),
            due_on,
            total_vnd: 655_000,
            taken_at_ms: OFFLINE_SINCE_MS,
            left_vnd: 100_000,
            person: person.to_owned(),
            phone: if person.is_empty() { String::new() } else { "0905 000 111".to_owned() },
            counter: counter.to_owned(),
        };
        DepositRow::of(deposit, date!(2026 - 12 - 24))
    };
    let rows = [
        row(date!(2026 - 12 - 01), LONG, "Quầy 2"),
        row(date!(2026 - 12 - 24), "Chị Lan", ""),
        row(date!(2027 - 01 - 02), "", ""),
    ];
    let [deliver, back] = super::refunds::managers().map(|managers| Opening {
        csrf: html! {},
        op_id: "0123456789abcdef".to_owned(),
        managers,
    });
    let openings: Vec<Opening> = rows
        .iter()
        .map(|_| Opening { csrf: html! {}, op_id: "a1".to_owned(), managers: deliver.managers.clone() })
        .collect();
    let goods = vec![(LONG.to_owned(), "1,25".to_owned(), Money::new(655_000))];
    let mut all = vec![
        deposits::table(lang, &[], &[], false),
        deposits::table(lang, &[], &[], true),
        deposits::table(lang, &rows, &openings, false),
        deposits::search(lang, ""),
        deposits::search(lang, LONG),
    ];
    for opening in [&deliver, &back] {
        all.push(deposits::sheet(lang, &rows[0], &goods, (&deliver, opening)));
        all.push(deposits::sheet(lang, &rows[2], &Vec::new(), (&deliver, opening)));
    }
    all
}
