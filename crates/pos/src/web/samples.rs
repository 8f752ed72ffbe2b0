//! Samples of what the pages show: empty, usual, and the longest Vietnamese text. Every page is rendered with each of
//! them, in both languages.

mod bank;
mod best_sellers;
mod deposits;
mod devices;
mod drawer;
mod gifts;
mod holding;
mod invoices;
mod pad;
mod producers;
mod refunds;
mod shelf;
mod stocktake;
mod tests;
mod transfers;

use domain::catalog::SoldBy;
use domain::{Money, Quantity};
use maud::Markup;
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;

use super::approval::Managers;
use super::buyer::BuyerPanel;
use super::discount::{Reducing, What};
use super::menu::{Menu, Training};
use super::receipts::{Reached, SaleState};
use super::results::FoundState;
use super::side::Side;
use super::switch::Switch;
use super::tender::{Given, Tender, Way};
use super::{cart, chips, note, open_tenders, paper, receipts, results, side, tabs};
use crate::counter::buyer::BuyerState;
use crate::counter::carts::CartTab;
use crate::counter::payment::{PaymentState, VietQrState};
use crate::counter::state::{BasketState, CentralState, LastSale, LineState, PartState, PrinterState};
use crate::counter::{CounterState, Note};
use crate::db::open_tenders::OpenTender;
use crate::invoicing::status::InvoicesState;
use crate::sync::SyncStatus;

/// The longest name that a form takes.
const LONG: &str = "Rượu sâm bảy lá một hoa Ngọc Linh ngâm mật ong rừng Tây Trà hảo hạng đặc biệt biếu tặng gia đình \
    ngày Tết Đinh Mùi năm 2027";
const OFFLINE_SINCE_MS: i64 = 1_795_399_920_000;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn line(name: &str, unit: &str, stars: Option<u8>, quantity: &str, price_vnd: i64) -> LineState {
    let quantity = Quantity::parse(quantity).unwrap();
    LineState {
        product_id: id(quantity.milli().unsigned_abs().into()),
        name: name.to_owned(),
        unit: unit.to_owned(),
        stars,
        quantity_milli: quantity.milli(),
        price_vnd,
        amount_vnd: Money::new(price_vnd).for_quantity(quantity).unwrap().vnd(),
        list_price_vnd: None,
        discount_vnd: 0,
        promotion: String::new(),
        remark: String::new(),
        is_weighed: unit == "kg",
        parts: Vec::new(),
        basket: None,
    }
}

fn tab(number: i64, name: &str, parked_at_ms: Option<i64>) -> CartTab {
    let sale_id = id(number.unsigned_abs().into());
    CartTab { sale_id, number, name: name.to_owned(), parked_at_ms, items: 3, payable_vnd: 655_000 }
}

fn last_sale(change_vnd: i64, paper: &str) -> LastSale {
    LastSale {
        sale_id: id(9),
        receipt: "LS-7Q3F-000122".to_owned(),
        payable_vnd: 310_000,
        change_vnd,
        paper: paper.to_owned(),
        claimed_vnd: (change_vnd == 0).then_some(310_000),
    }
}

fn empty() -> CounterState {
    CounterState {
        number: 0,
        store: "Điểm OCOP Lý Sơn".to_owned(),
        counter: "Quầy 1".to_owned(),
        cashier: "Nguyễn Thị Hường".to_owned(),
        business_date: Some("2026-11-23".to_owned()),
        sale_id: id(1),
        carts: vec![tab(1, "", None)],
        can_take_back: false,
        lines: Vec::new(),
        chosen: None,
        pad: None,
        discount_vnd: 0,
        payable_vnd: 0,
        due_vnd: 0,
        exchange: None,
        deposit: None,
        note: Note::Ready,
        missed_codes: Vec::new(),
        last_sale: None,
        printer: PrinterState::None,
        central: CentralState {
            status: SyncStatus::Starting,
            waiting_sales: 0,
            waiting_vnd: None,
            waits_long: false,
        },
        invoices: InvoicesState::default(),
        clock: crate::clock_watch::ClockState::Good,
        day: crate::counter::business_day::DayState::Good,
        disk: crate::disk_watch::DiskState::Good,
        takes_buyer: false,
        buyer: None,
    }
}

fn usual() -> CounterState {
    let mut lines = vec![
        line("Nước mắm cốt đặc biệt Mười Quý", "Chai 500 ml", Some(4), "2", 95_000),
        line("Tỏi cô đơn (tỏi mồ côi) Lý Sơn", "kg", None, "0,35", 1_200_000),
        line("Kẹo gương Thu Xà", "Hộp 300 g", None, "3", 45_000),
    ];
    lines[0].list_price_vnd = Some(99_000);
    lines[2] = LineState {
        discount_vnd: 13_500,
        amount_vnd: 121_500,
        promotion: "Tết đến".to_owned(),
        remark: LONG.to_owned(),
        parts: vec![PartState { name: LONG.to_owned(), quantity_milli: 2_000 }; 3],
        basket: Some(BasketState { number: 1, name: LONG.to_owned() }),
        ..lines[2].clone()
    };
    CounterState {
        number: 7,
        carts: vec![tab(1, "", None), tab(2, "", Some(OFFLINE_SINCE_MS)), tab(3, "Chị Lan", Some(1))],
        can_take_back: true,
        chosen: Some(1),
        payable_vnd: lines.iter().map(|line| line.amount_vnd).sum(),
        due_vnd: lines.iter().map(|line| line.amount_vnd).sum(),
        lines,
        note: Note::Added { name: "Kẹo gương Thu Xà".to_owned(), quantity: "3".to_owned() },
        missed_codes: vec!["8938505974255".to_owned()],
        last_sale: Some(last_sale(40_000, "printed")),
        printer: PrinterState::Good,
        central: CentralState {
            status: SyncStatus::Offline { since_ms: OFFLINE_SINCE_MS },
            waiting_sales: 14,
            waiting_vnd: Some(2_340_000),
            waits_long: false,
        },
        takes_buyer: true,
        ..empty()
    }
}

fn longest() -> CounterState {
    let lines: Vec<LineState> =
        (1..=200).map(|n| line(LONG, LONG, Some(5), &format!("{n}"), 999_999_999)).collect();
    CounterState {
        number: i64::MAX,
        store: LONG.to_owned(),
        cashier: LONG.to_owned(),
        carts: (1..=20).map(|n| tab(n, &LONG[..40], Some(n))).collect(),
        chosen: Some(199),
        discount_vnd: 1_000_000_000,
        payable_vnd: 20_099_999_979_900,
        due_vnd: 20_099_999_979_900,
        lines,
        note: Note::Expired { name: LONG.to_owned(), expired_on: "01/01/2026".to_owned() },
        missed_codes: (0..5).map(|n| format!("<b>{n}</b>{}", "9".repeat(60))).collect(),
        last_sale: Some(last_sale(999_999_999_999, "failed")),
        printer: PrinterState::Failed { sale_id: id(9), reason: "paper_out".to_owned() },
        central: CentralState {
            status: SyncStatus::Damaged { at: i64::MAX },
            waiting_sales: 1_000_000,
            waiting_vnd: Some(1_000_000_000_000),
            waits_long: false,
        },
        buyer: Some(BuyerState { name: LONG.to_owned(), is_organisation: true }),
        disk: crate::disk_watch::DiskState::Full { free_mb: 0 },
        ..usual()
    }
}

fn counters() -> Vec<CounterState> {
    let with_printer = |printer| CounterState { printer, ..usual() };
    let with_central = |status| CounterState {
        central: CentralState { status, waiting_sales: 2, waiting_vnd: Some(655_000), waits_long: false },
        ..usual()
    };
    let mut states =
        vec![empty(), usual(), longest(), CounterState { lines: Vec::new(), chosen: None, ..usual() }];
    states.extend(deposits::counters());
    states.extend([
        with_printer(PrinterState::Waiting { reason: "paper_out".to_owned() }),
        with_printer(PrinterState::Unknown { sale_id: id(9) }),
        with_printer(PrinterState::Unknown { sale_id: id(8) }),
        with_printer(PrinterState::Failed { sale_id: id(8), reason: "cover_open".to_owned() }),
    ]);
    states.extend(pad::counters());
    states.extend(holding::counters(&usual()));
    states.extend(
        [
            SyncStatus::Good { held: false },
            SyncStatus::Good { held: true },
            SyncStatus::NotEnrolled,
            SyncStatus::Training,
            SyncStatus::Refused,
            SyncStatus::TooOld,
        ]
        .map(with_central),
    );
    states
}

fn payment(vietqr: Option<VietQrState>) -> PaymentState {
    PaymentState {
        sale_id: id(1),
        payable_vnd: 655_000,
        cash_payable_vnd: 655_000,
        back_vnd: 0,
        back_by: None,
        likely_cash_vnd: vec![660_000, 700_000, 1_000_000],
        vietqr,
        takes_vietqr: true,
        twins: Vec::new(),
        takes_credit: true,
        takes_deposit: true,
    }
}

fn sides() -> Vec<Side> {
    let typed = Given {
        cash: "300k".to_owned(),
        vietqr: "x".to_owned(),
        card: "<".to_owned(),
        owed_by: LONG.to_owned(),
        chosen_cash: None,
    };
    let chosen = Given { chosen_cash: Some(Money::new(700_000)), ..Given::default() };
    let tender = |way, given: &Given, qr| {
        let managers = Some(Managers { people: vec![(Uuid::max(), LONG.to_owned())], is_here: false });
        let managers = managers.filter(|_| way == Way::Credit);
        Side::Tender(Box::new(Tender {
            payment: payment(qr),
            way,
            split: None,
            given: given.clone(),
            managers,
        }))
    };
    let menu = |is_manager| {
        Side::Menu(Box::new(Menu {
            csrf: CsrfToken::from_text("f00".to_owned()),
            is_manager,
            counter: 1,
            training: is_manager.then_some(Training::Beside),
        }))
    };
    let reduce = |what, typed: &str| {
        Side::Reduce(Box::new(Reducing {
            what,
            typed: typed.to_owned(),
            reason: LONG.to_owned(),
            managers: None,
        }))
    };
    let [empty_buyer, refused_buyer] = BuyerPanel::samples();
    let mut sides = vec![
        Side::Keys,
        Side::Quantity,
        Side::Clear,
        Side::Park,
        reduce(What::Line, "5%"),
        Side::Reduce(Box::new(Reducing {
            managers: Some(Managers { people: vec![(Uuid::max(), LONG.to_owned())], is_here: false }),
            ..Reducing::new(What::Cart)
        })),
        reduce(What::Cart, ""),
        reduce(What::Price, "<b>"),
        reduce(What::PastDate, ""),
        Side::Remark,
        Side::Buyer(Box::new(empty_buyer)),
        Side::Buyer(Box::new(refused_buyer)),
        Side::Parked { now_ms: OFFLINE_SINCE_MS },
        Side::Help,
        Side::Switch(Box::new(Switch {
            csrf: CsrfToken::from_text("f00".to_owned()),
            counter: 1,
            people: vec![(id(1), LONG.to_owned()), (id(2), "Trần Văn Quản".to_owned())],
        })),
        menu(false),
        menu(true),
        tender(Way::Cash, &Given::default(), None),
        tender(Way::Cash, &chosen, None),
        tender(Way::Vietqr, &Given::default(), Some(bank::shown(0))),
        tender(Way::Card, &Given::default(), None),
        tender(Way::Credit, &typed, None),
        tender(Way::Several, &typed, None),
    ];
    sides.push(bank::side());
    sides.extend(pad::sides());
    sides.extend(deposits::sides());
    sides
}

fn notes() -> Vec<Note> {
    let (name, quantity) = (LONG.to_owned(), "100.000".to_owned());
    let (code, words) = ("8938505974255".to_owned(), LONG.to_owned());
    let receipt = "LS-7Q3F-000122".to_owned();
    vec![
        Note::Ready,
        Note::Added { name: name.clone(), quantity: quantity.clone() },
        Note::AddedBeyondStock { name: name.clone(), quantity },
        Note::AddedLapsed { name: name.clone() },
        Note::AddedPastDate { name: name.clone(), expired_on: "01/01/2026".to_owned() },
        Note::Removed { name: name.clone() },
        Note::Cleared,
        Note::TakenBack { name: name.clone() },
        Note::Restored,
        Note::Discounted,
        Note::DiscountGone,
        Note::BadDiscount,
        Note::DiscountNeedsManager,
        Note::BeyondLeave,
        Note::PastDateNeedsManager { name: name.clone(), quantity: "1.200".to_owned() },
        Note::PastDateAllowed { name: name.clone(), quantity: "1,25".to_owned() },
        Note::FreshLeft { name: name.clone(), fresh: "3".to_owned(), expired_on: "01/01/2026".to_owned() },
        Note::PriceNeedsManager,
        Note::NeedsReason,
        Note::BadPrice,
        Note::PriceChanged { name: name.clone() },
        Note::PriceRestored { name: name.clone() },
        Note::Remarked,
        Note::BuyerKept,
        Note::BuyerGone,
        Note::NoInvoices,
        Note::RemarkGone,
        Note::NothingToTakeBack,
        Note::Parked { number: 1, name: String::new() },
        Note::Parked { number: 1, name: "chị Lan".to_owned() },
        Note::Resumed { number: 2, name: String::new() },
        Note::NoCart,
        Note::TooManyCarts,
        Note::UnknownCode { code: code.clone() },
        Note::WrongCheckDigit { code },
        Note::InputMethod,
        Note::UnreadableCode,
        Note::ForeignLabel,
        Note::SeveralFound { words: words.clone() },
        Note::NothingFound { words },
        Note::Expired { name: name.clone(), expired_on: "01/01/2026".to_owned() },
        Note::BadQuantity { whole: true },
        Note::BadQuantity { whole: false },
        Note::BadAmount,
        Note::CartFull,
        Note::NoLine,
        Note::Stale,
        Note::EmptyCart,
        Note::NoShift,
        Note::OtherShift,
        Note::Short { missing_vnd: 55_000 },
        Note::TooMuch { payable_vnd: 655_000 },
        Note::NoCredit,
        Note::CreditNeedsManager { owes_vnd: 2_655_000, most_vnd: 2_000_000 },
        Note::SoldOpen { receipt: receipt.clone(), open_vnd: 655_000 },
        Note::NothingOpen,
        Note::MoneyCame { receipt: receipt.clone(), amount_vnd: 655_000, left_vnd: 0 },
        Note::MoneyCame { receipt: receipt.clone(), amount_vnd: 600_000, left_vnd: 55_000 },
        Note::MoreThanOpen { left_vnd: 55_000 },
        Note::NoTaxRate,
        Note::NoBankAccount,
        Note::VietQrShown { reference: "SAJ0C30CNR".to_owned() },
        Note::Sold { receipt: receipt.clone(), change_vnd: 0 },
        Note::Sold { receipt: receipt.clone(), change_vnd: 45_000 },
        Note::Reprinted { receipt: receipt.clone(), copy: 0 },
        Note::Reprinted { receipt, copy: 2 },
        Note::NoReceipt,
        Note::ProductAdded { name },
        Note::BadField { field: "price".to_owned() },
        Note::ShiftOpened,
        Note::ShiftClosed { over_vnd: 0 },
        Note::ShiftClosed { over_vnd: 5_000 },
        Note::ShiftClosed { over_vnd: i64::MIN },
        Note::EmptyDrawer,
        Note::CashMoved { voucher: "LS-7Q3F-PT0001".to_owned(), amount_vnd: 500_000 },
        Note::CashMoved { voucher: "LS-7Q3F-PC0002".to_owned(), amount_vnd: i64::MIN },
        Note::NeedsManager { most_vnd: 500_000 },
        Note::DrawerOpened,
        Note::LabelsQueued { count: 500, name: LONG.to_owned() },
        Note::NoLabelPrinter,
        Note::LabelUnfit { why: LONG.to_owned() },
        Note::NoPrinter,
    ]
}

fn found(name: &str) -> FoundState {
    FoundState {
        product_id: id(3),
        sku: "TD-004".to_owned(),
        name: name.to_owned(),
        unit: SoldBy::Weight.code().to_owned(),
        price_vnd: 450_000,
        on_hand_milli: -1_250,
    }
}

fn sale(reached: Reached) -> SaleState {
    let (sale_id, receipt) = (id(9), "LS-7Q3F-000122".to_owned());
    SaleState { sale_id, receipt, sold_at_ms: OFFLINE_SINCE_MS, payable_vnd: 310_000, reached, pad: None }
}

/// Returns everything that can be rendered without a request, each as a part of a page.
fn rendered(lang: Lang) -> Vec<Markup> {
    let mut all = Vec::new();
    for state in counters() {
        all.push(chips::fragment(lang, &state));
        all.push(note::fragment(lang, &state.note));
        all.push(note::missed(lang, &state));
        all.push(paper::fragment(lang, &state));
        all.push(tabs::fragment(lang, &state));
        all.push(tabs::undo(lang, &state));
        all.push(super::pad::mark(lang, &state));
        all.push(cart::fragment(lang, &state));
        let more = [gifts::sides(), best_sellers::sides()].concat();
        all.extend(sides().iter().chain(&more).map(|shown| side::fragment(lang, &state, shown)));
    }
    all.extend(
        [
            notes(),
            refunds::notes(),
            pad::notes(),
            gifts::notes(),
            holding::notes(),
            bank::notes(),
            deposits::notes(),
            shelf::notes(),
            producers::notes(),
            stocktake::notes(),
            transfers::notes(),
        ]
        .concat()
        .iter()
        .map(|told| note::fragment(lang, told)),
    );
    all.extend(refunds::rendered(lang));
    all.extend(shelf::rendered(lang));
    all.extend(producers::rendered(lang));
    all.extend(stocktake::rendered(lang));
    all.extend(transfers::rendered(lang));
    for products in [vec![], vec![found("Tỏi đen"), found(LONG)]] {
        all.push(results::fragment(lang, &products, "/counter/choose"));
    }
    let sales = [Reached::OnlyHere, Reached::HeldAtCentral, Reached::Recorded].map(sale);
    for list in [&[][..], &sales] {
        all.push(receipts::table(lang, list));
    }
    all.extend(pad::rendered(lang, &sales[0]));
    for print in [
        None,
        Some("queued"),
        Some("sending"),
        Some("printed"),
        Some("failed"),
        Some("unknown"),
        Some("skipped"),
    ] {
        all.push(receipts::card(lang, &sales[0], print));
    }
    let open = |kind: &str, person: &str| OpenTender {
        sale_id: id(9),
        receipt_number: "LS-7Q3F-000122".to_owned(),
        sold_at_ms: OFFLINE_SINCE_MS,
        kind: kind.to_owned(),
        left_vnd: 310_000,
        person: person.to_owned(),
        told_vnd: if person.is_empty() { 300_000 } else { 0 },
    };
    let op_ids = ["a1".to_owned(), "a2".to_owned()];
    for list in [&[][..], &[open("claimed", ""), open("credit", LONG)]] {
        all.push(open_tenders::table(lang, &CsrfToken::from_text("f00".to_owned()), list, &op_ids));
    }
    all.extend(invoices::rendered(lang));
    all.extend(devices::rendered(lang));
    all.extend(drawer::rendered(lang));
    all.extend(bank::rendered(lang));
    all.extend(deposits::rendered(lang));
    all
}
