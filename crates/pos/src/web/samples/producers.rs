//! Samples of settlements with producers and of what they are paid.

use domain::correction::Corrected;
use domain::{Money, Quantity};
use maud::{Markup, html};
use protocol::payload::EntryPlace;
use receipts::language::Language;
use receipts::slip::SlipBody;
use receipts::slip_samples;
use time::macros::date;
use web::Lang;

use super::{LONG, OFFLINE_SINCE_MS, id, refunds};
use crate::counter::Note;
use crate::counter::note::{Contracting, PaidBy, Settling};
use crate::counter::payout_code::PayoutCode;
use crate::db::corrections::{Adjusted, Found};
use crate::db::payout_accounts::SetBy;
use crate::db::purchases::Purchase;
use crate::web::corrections::{self, AdjustedState, Beneath};
use crate::web::papers::sheet;
use crate::web::payout_account::{self, KeepAccount, Kept};
use crate::web::payout_transfer::{self, TransferView};
use crate::web::producers::{AccountState, AdvanceState, PaymentState, ProducerState, accounts_table, open};
use crate::web::purchases::{self, Listing};
use crate::web::refund::Opening;
use crate::web::terms::{self, TermsState, VersionState};
use crate::web::terms_end::{self, EndTerms};
use crate::web::terms_form::{AgreeTerms, form};

/// Returns every note of settlements and payments.
pub(super) fn notes() -> Vec<Note> {
    let voucher = "LS-7Q3F-QT123456".to_owned();
    [
        Settling::SettlementClosed { voucher: voucher.clone(), paid_vnd: 2_350_000, left_vnd: 0 },
        Settling::SettlementClosed { voucher: voucher.clone(), paid_vnd: 0, left_vnd: 2_350_000 },
        Settling::ProducerPaid { voucher: voucher.clone(), paid_vnd: 500_000, left_vnd: 0 },
        Settling::ProducerPaid { voucher: voucher.clone(), paid_vnd: 500_000, left_vnd: -500_000 },
        Settling::ProducerAdjusted { voucher: voucher.clone(), adjusted_vnd: 50_000, left_vnd: 50_000 },
        Settling::ProducerAdjusted { voucher: voucher.clone(), adjusted_vnd: -50_000, left_vnd: 0 },
        Settling::PaymentTakenBack { voucher, back_vnd: 500_000, left_vnd: 0 },
        Settling::TakenBackBefore,
        Settling::MoreThanPaid { paid_vnd: 500_000 },
        Settling::NothingToSettle,
        Settling::FiguresChanged,
        Settling::PaidMeanwhile,
        Settling::RecordedBefore,
        Settling::NotCaughtUp { paid_by: PaidBy::Drawer },
        Settling::NotCaughtUp { paid_by: PaidBy::Code },
        Settling::MoreThanOwed { owed_vnd: 2_350_000, paid_by: PaidBy::Drawer },
        Settling::MoreThanOwed { owed_vnd: 2_350_000, paid_by: PaidBy::Transfer },
        Settling::MoreThanOwed { owed_vnd: 2_350_000, paid_by: PaidBy::Code },
        Settling::DrawerTooLow { has_vnd: 12_000 },
        Settling::TooManyProducts { products: 3_214, paid_by: PaidBy::Code },
    ]
    .into_iter()
    .chain(contracting().map(Settling::Contracting))
    .map(Note::Settling)
    .collect()
}

fn contracting() -> [Contracting; 9] {
    let voucher = "LS-7Q3F-HD123456".to_owned();
    [
        Contracting::TermsAgreed { voucher: voucher.clone(), replaces: false },
        Contracting::TermsAgreed { voucher: voucher.clone(), replaces: true },
        Contracting::TermsEnded { voucher },
        Contracting::NothingToEnd,
        Contracting::TermsTooEarly { day: "23/11/2026".to_owned() },
        Contracting::NoBearer { producer: LONG.to_owned() },
        Contracting::WhyNotContract { producer: LONG.to_owned() },
        Contracting::ReturnOver { name: LONG.to_owned(), last_day: "23/11/2026".to_owned() },
        Contracting::WhyLate,
    ]
}

/// Returns the page of a contract: without a version, with one of each kind, and its form with each field wrong.
fn contracts(lang: Lang) -> Vec<Markup> {
    let version = |number: u8| VersionState {
        terms_id: id(number.into()),
        product: (number == 3).then(|| LONG.to_owned()),
        valid_from: "2026-11-23".to_owned(),
        is_in_force: number == 1,
        is_later: number == 2,
        is_replaced: number == 4,
        is_ended: number == 5,
        clauses: vec![LONG.to_owned(); 3],
        valid_from_text: "23/11/2026".to_owned(),
    };
    let state = |versions| TermsState { producer_id: id(6), name: LONG.to_owned(), versions };
    let mut all =
        [Vec::new(), (1..=5).map(version).collect()].map(|v| terms::table(lang, &state(v))).to_vec();
    let products = [(id(3), LONG.to_owned())];
    let typed = AgreeTerms { commission: "\"12".to_owned(), ..AgreeTerms::default() };
    for managers in refunds::managers() {
        let opening = Opening { csrf: html! {}, op_id: "a1".to_owned(), managers };
        for wrong in [None, Some("product_id"), Some("valid_from"), Some("commission"), Some("return_days")] {
            all.push(form(lang, &typed, &products, (&opening, wrong)));
        }
        for wrong in [None, Some("end_product_id"), Some("end_from")] {
            all.push(terms_end::form(lang, &EndTerms::default(), &products, (&opening, wrong)));
        }
    }
    all
}

/// Returns a month's list of purchases: with nothing, before the catalogue came; and full.
fn listings(lang: Lang) -> Vec<Markup> {
    let row = |number: i64, address: &str| Purchase {
        bought_on: date!(2026 - 11 - 30),
        voucher: "LS-7Q3F-NH123456".to_owned(),
        seller: LONG.to_owned(),
        address: address.to_owned(),
        id_number: address.chars().take(12).collect(),
        name: LONG.to_owned(),
        unit: "hộp 250 g".to_owned(),
        quantity: Quantity::pieces(number),
        cost: Money::new(120_000),
        amount: Money::new(120_000 * number),
    };
    let month = date!(2026 - 11 - 01);
    let rows = vec![row(1, ""), row(999_999, LONG)];
    let sum = Money::new(120_000_000_000);
    let none = Listing { month, rows: Vec::new(), sum: Money::ZERO, store: None };
    [none, Listing { month, rows, sum, store: None }]
        .iter()
        .map(|listing| purchases::list(lang, listing))
        .collect()
}

/// Returns the pages of a transfer: without an account, without an amount, with both; and the form for an account.
fn transfers(lang: Lang) -> Vec<Markup> {
    let account = KeepAccount::sample(id(6), LONG);
    let kept = account.read().unwrap();
    let set_by = |name: &str| Some(SetBy { name: name.to_owned(), at_ms: OFFLINE_SINCE_MS });
    let mut all: Vec<Markup> = [(None, None), (Some("bank"), set_by(LONG)), (Some("number"), set_by(""))]
        .map(|(wrong, set_by)| {
            let kept = Kept { name: LONG.to_owned(), account: Some(kept.clone()), set_by };
            payout_account::form(lang, &html! {}, (&kept, &account), wrong)
        })
        .to_vec();
    let amount = Money::new(974_848);
    let code = PayoutCode::of(&kept, amount, ("LS", date!(2026 - 11 - 30))).unwrap();
    let view = |account, amount, code, (is_manager, is_behind)| TransferView {
        producer_id: id(6),
        name: LONG.to_owned(),
        owed: Money::new(974_848),
        amount,
        account,
        code,
        last_paid_ms: 0,
        is_manager,
        is_behind,
    };
    let views = [
        view(None, None, None, (true, false)),
        view(None, None, None, (false, true)),
        view(Some(kept.clone()), None, None, (false, true)),
        view(Some(kept.clone()), Some(amount), Some(code.clone()), (true, true)),
        view(Some(kept), Some(amount), Some(code), (true, false)),
    ];
    for managers in refunds::managers() {
        let opening = Opening { csrf: html! {}, op_id: "a1".to_owned(), managers };
        all.extend(views.iter().map(|view| payout_transfer::main(lang, view, &opening)));
    }
    all
}

fn adjusted(is_back: bool) -> AdjustedState {
    AdjustedState {
        number: "LS-7Q3F-RL123456".to_owned(),
        corrected_number: if is_back { "LS-7Q3F-TT123456".to_owned() } else { String::new() },
        adjusted_vnd: if is_back { 500_000 } else { -50_000 },
        is_back,
        reason: LONG.to_owned(),
    }
}

/// Returns what stands beneath the paper of a settlement and of a payment: put right before, taken back before, neither.
fn beneath(lang: Lang) -> Vec<Markup> {
    let row = |adjusted_vnd: i64| Adjusted {
        number: "LS-7Q3F-DN123456".to_owned(),
        corrected_number: String::new(),
        adjusted_vnd,
        is_back: false,
        reason: LONG.to_owned(),
    };
    let of = |is_settlement, paid, is_taken_back, made| {
        let paper =
            Corrected { producer_id: id(6).into(), is_settlement, paid: Money::new(paid), is_taken_back };
        let place = EntryPlace { stream: id(7).to_string(), seq: 12 };
        Beneath { found: Found { place, paper }, made }
    };
    let papers = [
        of(true, 0, false, Vec::new()),
        of(true, 2_350_000, false, vec![row(50_000), row(-50_000)]),
        of(false, 500_000, false, Vec::new()),
        of(false, 500_000, true, vec![row(500_000)]),
    ];
    let mut all = Vec::new();
    for managers in refunds::managers() {
        let opening = Opening { csrf: html! {}, op_id: "a1".to_owned(), managers };
        all.extend(papers.iter().map(|paper| corrections::beneath(lang, "LS-7Q3F-QT1", paper, &opening)));
    }
    all
}

/// Returns the list, one producer's page and the sheet: with nothing, with everything, in debt.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let account = |owed_vnd, settled_at_ms| AccountState {
        producer_id: id(6),
        name: LONG.to_owned(),
        owed_vnd,
        settled_at_ms,
    };
    let accounts = [account(2_350_000, None), account(-500_000, Some(1_795_000_000_000))];
    let mut all = contracts(lang);
    all.extend(transfers(lang));
    all.extend(beneath(lang));
    all.extend(listings(lang));
    all.extend([accounts_table(lang, &[]), accounts_table(lang, &accounts)]);
    let mut papers = Vec::new();
    let slips = [
        slip_samples::settlement,
        slip_samples::producer_paid,
        slip_samples::settlement_advanced,
        slip_samples::settlement_adjusted,
    ];
    for slip in slips.map(|slip| slip(Language::Vi)) {
        let SlipBody::Settlement(settlement) = slip.body else { continue };
        all.push(sheet(lang, (&slip.point_name, &slip.business_date), &settlement));
        papers.push(settlement);
    }
    let payment = |is_settlement| PaymentState {
        number: "LS-7Q3F-QT123456".to_owned(),
        is_settlement,
        is_correction: false,
        due_vnd: 2_350_000,
        paid_vnd: 2_000_000,
        adjusted_vnd: 0,
        paid_at_ms: 1_795_000_000_000,
        reason: String::new(),
    };
    let put_right = |paid_vnd, adjusted_vnd| {
        let reason = LONG.to_owned();
        PaymentState { is_correction: true, due_vnd: 0, paid_vnd, adjusted_vnd, reason, ..payment(false) }
    };
    for managers in refunds::managers() {
        for (lines, due_vnd, carried_vnd) in
            [(Vec::new(), 0, -500_000), (papers[0].lines.clone(), 4_285_592, 5)]
        {
            let owed_vnd = Money::new(due_vnd + carried_vnd).vnd();
            let payments = if lines.is_empty() {
                Vec::new()
            } else {
                vec![payment(true), payment(false), put_right(0, -50_000), put_right(-2_000_000, 0)]
            };
            let name = LONG.to_owned();
            let contract = (!lines.is_empty()).then(|| vec![LONG.to_owned(); 4]);
            let news = if lines.is_empty() { String::new() } else { [LONG; 3].join("\n") };
            let advance = |paid_vnd: i64| AdvanceState {
                number: "LS-7Q3F-TT123456".to_owned(),
                paid_vnd,
                paid_at_ms: 1_795_000_000_000,
            };
            let is_behind = lines.is_empty();
            let advances = if is_behind { vec![advance(500_000)] } else { vec![advance(1_000_000); 2] };
            let adjusted = if is_behind { Vec::new() } else { vec![adjusted(true), adjusted(false)] };
            let producer_id = id(6);
            let state = ProducerState {
                producer_id,
                name,
                due_vnd,
                carried_vnd,
                owed_vnd,
                advances,
                adjusted,
                last_paid_ms: 0,
                is_behind,
                lines,
                payments,
                news,
                contract,
            };
            let opening = Opening { csrf: html! {}, op_id: "a1".to_owned(), managers: managers.clone() };
            all.push(open(lang, &state, &opening));
        }
    }
    all
}
