//! Goods that come back for others: both halves in one transaction, or nothing.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::Quantity;
use domain::ids::{CashierId, SaleId};
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use pos::config::{Config, CreditConfig};
use pos::counter::approval::Word;
use pos::counter::credit::{self, Credit};
use pos::counter::drawer_report::Figures;
use pos::counter::goods::{self, NewGoods};
use pos::counter::note::Delivering;
use pos::counter::open_tender::{self, Came};
use pos::counter::refund::{self, Asked};
use pos::counter::shown::Paying;
use pos::counter::{CounterState, Note, Request, Seat, carts, edit, exchange, finish, payment, shift};
use pos::db::{receipts as stored, shifts};
use receipts::slip::{Slip, SlipBody};
use receipts::snapshot::ReceiptSnapshot;
use testkit::catalogue::{Catalogue, MANAGER, id_of, manager_word};
use testkit::store::TestStore;
use time::macros::date;
use uuid::Uuid;

/// 280.000 ₫.
const GARLIC: &str = "8938500000010";
/// 95.000 ₫.
const FISH_SAUCE: &str = "8938500000027";

fn asked(pieces: i64) -> Asked {
    let row = Ask { row: 0, quantity: Quantity::pieces(pieces), back_to: Location::Shelf };
    Asked {
        is_late_allowed: true,
        rows: vec![row],
        back_to: Location::Shelf,
        reason: "Hàng lỗi".to_owned(),
        kind: TenderKind::Cash,
        word: manager_word(),
    }
}

fn request(store: &TestStore, sale_id: Uuid) -> Request {
    Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) }
}

async fn start(store: &TestStore, seat: &Seat, sale_id: Uuid, pieces: i64) -> CounterState {
    exchange::start(&store.app, seat, &request(store, sale_id), &asked(pieces)).await.unwrap()
}

async fn refund(store: &TestStore, seat: &Seat, sale_id: Uuid, pieces: i64) -> Note {
    refund::refund(&store.app, seat, &request(store, sale_id), &asked(pieces)).await.unwrap().note
}

/// Entries of the journal, by kind.
async fn kinds(store: &TestStore) -> Vec<String> {
    sqlx::query_scalar("select kind from entries order by stream_no, seq")
        .fetch_all(store.app.db().read())
        .await
        .unwrap()
}

/// What the shift's report says of sales, refunds, and each way of paying; it must add up.
async fn report(store: &TestStore) -> (i64, i64, Vec<(String, i64)>) {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let open = shifts::find_open(&mut reader, &store.seat.counter).await.unwrap().unwrap();
    let figures = Figures::load(&mut reader, &open).await.unwrap();
    let report = figures.report(&mut reader, &open, (1, 0), receipts::language::Language::Vi).await.unwrap();
    let tenders: Vec<_> = report.tenders.iter().map(|row| (row.label.clone(), row.amount_vnd)).collect();
    let sum: i64 = tenders.iter().map(|(_, vnd)| vnd).sum();
    assert_eq!(sum, report.sales_vnd - report.refunds_vnd + report.deposits_vnd);
    (report.sales_vnd, report.refunds_vnd, tenders)
}

fn second_counter(store: &TestStore) -> Seat {
    Seat {
        counter: "Quầy 2".to_owned(),
        cashier_id: CashierId::from_uuid(id_of(MANAGER)),
        ..store.seat.clone()
    }
}

async fn open_second(store: &TestStore) -> Seat {
    let seat = second_counter(store);
    let date = web::format::local_date(store.app.clock().now_ms());
    shift::open(&store.app, &seat, &store.op(), date, Money::new(100_000)).await.unwrap();
    seat
}

#[tokio::test]
async fn dearer_goods_cost_the_difference() {
    let store = TestStore::new().await;
    let sold = store.sell(FISH_SAUCE).await;
    let started = start(&store, &store.seat, sold, 1).await;
    assert!(matches!(started.note, Note::ExchangeStarted { worth_vnd: 95_000, .. }), "{:?}", started.note);
    assert_eq!(
        (started.due_vnd, store.balance("cash").await),
        (-95_000, 595_000),
        "nothing has happened yet"
    );
    let scanned = store.scan(GARLIC).await;
    assert_eq!((scanned.payable_vnd, scanned.due_vnd), (280_000, 185_000));
    let note = store.pay_cash(Some(200_000)).await.note;
    assert!(matches!(note, Note::Exchanged { back_vnd: 15_000, .. }), "{note:?}");
    assert_eq!((store.balance("exchange").await, store.drawer().await), (0, 780_000));
    assert!(kinds(&store).await.ends_with(&["sale".to_owned(), "refund".to_owned(), "sale".to_owned()]));
    let (sales, refunds, tenders) = report(&store).await;
    assert_eq!((sales, refunds, tenders), (375_000, 95_000, vec![("Tiền mặt".to_owned(), 280_000)]));
    store.check().await;
}

/// Whoever paid by transfer gets the rest so, unless another way is chosen; the drawer gives cash alone.
#[tokio::test]
async fn what_cheaper_goods_leave_goes_back_in_the_way_that_is_chosen() {
    let by_transfer = ("Chuyển khoản VietQR".to_owned(), 280_000);
    for (chosen, drawer, expected) in [
        (None, 500_000, vec![("Chuyển khoản VietQR".to_owned(), 95_000)]),
        (Some(TenderKind::Card), 500_000, vec![("Quẹt thẻ".to_owned(), -185_000), by_transfer.clone()]),
        (Some(TenderKind::Cash), 315_000, vec![("Tiền mặt".to_owned(), -185_000), by_transfer.clone()]),
    ] {
        let store = TestStore::new().await;
        store.scan(GARLIC).await;
        let sold = store.pay(TenderKind::VietQr, Some(280_000)).await.last_sale.unwrap().sale_id;
        let asked = Asked { kind: TenderKind::VietQr, ..asked(1) };
        exchange::start(&store.app, &store.seat, &request(&store, sold), &asked).await.unwrap();
        store.scan(FISH_SAUCE).await;
        let shown = payment::load(&store.app, &store.seat).await.unwrap().unwrap();
        assert_eq!((shown.back_vnd, shown.back_by.as_deref()), (185_000, Some("vietqr")));
        let finish = async |back_by| {
            let paying = Paying { back_by, ..Paying::from(Vec::new()) };
            let request = request(&store, shown.sale_id);
            finish::finish(&store.app, &store.seat, &request, paying).await.unwrap().note
        };
        let wrong = finish(Some(TenderKind::Credit)).await;
        assert!(matches!(wrong, Note::BadField { .. }), "nobody gets a debt: {wrong:?}");
        let note = finish(chosen).await;
        assert!(matches!(note, Note::Exchanged { back_vnd: 185_000, .. }), "{note:?}");
        let mut tenders = report(&store).await.2;
        tenders.sort_by_key(|(label, _)| expected.iter().position(|(of, _)| of == label));
        assert_eq!((store.drawer().await, store.balance("exchange").await, tenders), (drawer, 0, expected));
        store.check().await;
    }
}

#[tokio::test]
async fn cheaper_goods_give_cash_back_and_both_papers_say_so() {
    let store = TestStore::new().await;
    let sold = store.sell(GARLIC).await;
    start(&store, &store.seat, sold, 1).await;
    let new = store.scan(FISH_SAUCE).await.sale_id;
    let note = store.pay(TenderKind::Cash, None).await.note;
    assert!(matches!(note, Note::Exchanged { back_vnd: 185_000, .. }), "{note:?}");
    assert_eq!((store.balance("exchange").await, store.drawer().await), (0, 595_000));
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = stored::find_snapshot(&mut reader, new.into()).await.unwrap().unwrap();
    drop(reader);
    let receipt = ReceiptSnapshot::from_json(&text).unwrap();
    let tenders: Vec<_> = receipt.tenders.iter().map(|row| (row.label.as_str(), row.amount_vnd)).collect();
    assert_eq!((tenders, receipt.change_vnd), (vec![("Đổi hàng", 95_000)], 0));
    let slip: String =
        sqlx::query_scalar("select snapshot from slips where snapshot like '%\"kind\":\"refund\"%'")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    let SlipBody::Refund(slip) = Slip::from_json(&slip).unwrap().body else { panic!("a refund's slip") };
    let tenders: Vec<_> = slip.tenders.iter().map(|row| (row.label.as_str(), row.amount_vnd)).collect();
    assert_eq!((slip.total_vnd, tenders), (280_000, vec![("Đổi hàng", 95_000), ("Tiền mặt", 185_000)]));
    assert_eq!(slip.approved_by, MANAGER);
    report(&store).await;
    store.check().await;
}

#[tokio::test]
async fn an_exchange_that_is_left_has_done_nothing() {
    let mut store = TestStore::new().await;
    let sold = store.sell(GARLIC).await;
    let entries = kinds(&store).await.len();
    start(&store, &store.seat, sold, 1).await;
    // It waits through a restart, and parked with what is in the cart.
    store.scan(FISH_SAUCE).await;
    store = store.restart().await;
    let state = store.state().await;
    assert_eq!((state.due_vnd, state.exchange.is_some()), (95_000 - 280_000, true));
    let parked = carts::park(&store.app, &store.seat, &store.request().await, "").await.unwrap();
    assert!(matches!(parked.note, Note::Parked { .. }) && parked.exchange.is_none(), "{:?}", parked.note);
    carts::resume(&store.app, &store.seat, &store.request().await, state.sale_id.into()).await.unwrap();
    assert!(store.state().await.exchange.is_some());
    let kept = exchange::give_up(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!((kept.note, kept.due_vnd, kept.lines.len()), (Note::ExchangeGivenUp, 95_000, 1));
    // Cleared with the cart, and back with it.
    start(&store, &store.seat, sold, 1).await;
    let cleared = edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!((cleared.note, cleared.exchange), (Note::Cleared, None));
    let restored = carts::take_back(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert!(restored.note == Note::Restored && restored.exchange.is_some());
    edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    // One without any goods yet is no empty cart.
    start(&store, &store.seat, sold, 1).await;
    let cleared = edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!((cleared.note, cleared.exchange), (Note::Cleared, None));
    assert_eq!(kinds(&store).await.len(), entries, "no entry tells of any of it");
    store.check().await;
}

#[tokio::test]
async fn what_came_back_elsewhere_is_not_exchanged() {
    let store = TestStore::new().await;
    let other = open_second(&store).await;
    let sold = store.sell(GARLIC).await;
    start(&store, &store.seat, sold, 1).await;
    store.scan(FISH_SAUCE).await;
    assert!(matches!(refund(&store, &other, sold, 1).await, Note::Refunded { .. }));
    let (entries, cash) = (kinds(&store).await.len(), store.balance("cash").await);
    let state = store.pay(TenderKind::Cash, None).await;
    assert!(matches!(state.note, Note::ExchangeGone { .. }), "{:?}", state.note);
    assert_eq!((state.lines.len(), kinds(&store).await.len()), (1, entries), "nothing was sold");
    assert_eq!((store.balance("cash").await, store.balance("exchange").await), (cash, 0));
    exchange::give_up(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert!(matches!(store.pay_cash(None).await.note, Note::Sold { .. }), "the cart is sold without it");
    store.check().await;
}

#[tokio::test]
async fn bad_exchanges_are_refused() {
    let store = TestStore::new().await;
    let (first, second) = (store.sell(GARLIC).await, store.sell(GARLIC).await);
    let too_much = start(&store, &store.seat, first, 2).await.note;
    assert!(matches!(too_much, Note::TooMuchBack { .. }), "{too_much:?}");
    let nobody = Asked { word: Word::default(), ..asked(1) };
    let note = exchange::start(&store.app, &store.seat, &request(&store, first), &nobody).await.unwrap().note;
    assert_eq!(note, Note::ManagerNeeded);
    assert!(matches!(start(&store, &store.seat, first, 1).await.note, Note::ExchangeStarted { .. }));
    let note = start(&store, &store.seat, second, 1).await.note;
    assert!(matches!(note, Note::ExchangeOpen { .. }), "one receipt at a time: {note:?}");
    store.scan(FISH_SAUCE).await;
    // Nobody offers an exchange or a deposit as money.
    for kind in [TenderKind::Exchange, TenderKind::Deposit] {
        let tenders = vec![Tender { kind, amount: Money::new(95_000) }];
        let made_up = finish::finish(&store.app, &store.seat, &store.request().await, tenders).await.unwrap();
        assert_eq!(made_up.note, Note::BadField { field: "kind".to_owned() });
        let asked = Asked { kind, ..asked(1) };
        let note =
            refund::refund(&store.app, &store.seat, &request(&store, second), &asked).await.unwrap().note;
        assert_eq!(note, Note::BadField { field: "kind".to_owned() });
    }
    // A double click on the last button.
    let request = store.request().await;
    for expected in ["exchanged", "ready"] {
        let state = finish::finish(&store.app, &store.seat, &request, Vec::<Tender>::new()).await.unwrap();
        assert_eq!(serde_json::to_value(&state.note).unwrap()["says"], expected);
    }
    let all_back = start(&store, &store.seat, first, 1).await.note;
    assert!(matches!(all_back, Note::AllBack { .. }), "{all_back:?}");
    store.check().await;
}

#[tokio::test]
async fn neither_half_is_voided_and_the_new_goods_come_back_for_money() {
    let store = TestStore::new().await;
    let sold = store.sell(GARLIC).await;
    start(&store, &store.seat, sold, 1).await;
    let new = store.scan(GARLIC).await.sale_id;
    assert_eq!(store.pay(TenderKind::Cash, None).await.note, {
        let receipt = store.state().await.last_sale.unwrap().receipt;
        Note::Exchanged { receipt, back_vnd: 0 }
    });
    for sale_id in [sold, new] {
        let note = refund::void(&store.app, &store.seat, &request(&store, sale_id), "", &manager_word())
            .await
            .unwrap()
            .note;
        assert!(matches!(note, Note::NotVoidable { .. }), "{note:?}");
    }
    let note = refund(&store, &store.seat, new, 1).await;
    assert!(matches!(note, Note::Refunded { paid_vnd: 280_000, .. }), "{note:?}");
    assert_eq!((store.drawer().await, store.balance("exchange").await), (500_000, 0));
    assert_eq!(store.balance("sales").await, 0);
    store.check().await;
}

#[tokio::test]
async fn what_was_never_paid_is_struck_off_and_not_exchanged() {
    let config = Config { credit: CreditConfig { most_vnd: 300_000 }, ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    let sold = store.scan(GARLIC).await.sale_id;
    let tender = |kind, vnd| Tender { kind, amount: Money::new(vnd) };
    let tenders = vec![tender(TenderKind::Credit, 200_000), tender(TenderKind::Cash, 80_000)];
    let owed = Credit { person: "chị Lan".to_owned(), word: Word::default() };
    let request = store.request().await;
    credit::sell_on_credit(&store.app, &store.seat, &request, tenders, &owed).await.unwrap();
    let started = start(&store, &store.seat, sold, 1).await;
    assert!(matches!(started.note, Note::ExchangeStarted { worth_vnd: 80_000, .. }), "{:?}", started.note);
    store.scan(FISH_SAUCE).await;
    assert!(matches!(store.pay_cash(None).await.note, Note::Exchanged { back_vnd: 0, .. }));
    assert_eq!((store.balance("receivable").await, store.balance("exchange").await), (0, 0));
    assert_eq!(store.drawer().await, 595_000);
    report(&store).await;
    store.check().await;
}

#[tokio::test]
async fn goods_that_come_back_are_on_the_shelf_for_what_is_bought() {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    store.deliver(GARLIC, 1).await;
    let sold = store.sell(GARLIC).await;
    start(&store, &store.seat, sold, 1).await;
    store.scan(GARLIC).await;
    store.pay(TenderKind::Cash, None).await;
    let unreceived: i64 =
        sqlx::query_scalar("select count(*) from stock where quantity_milli < 0 and location = 'shelf'")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert_eq!(unreceived, 0, "the piece that came back was sold again");
    store.check().await;
}

/// The first look at the shelf sees nothing of it, the second one does.
#[tokio::test]
async fn an_expired_piece_that_comes_back_to_the_shelf_is_told_and_nothing_happens() {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    let garlic = NewGoods {
        product_id: id_of("Tỏi đen Lý Sơn hộp 250 g").into(),
        quantity: Quantity::pieces(1),
        expires_on: Some(date!(2026 - 11 - 24)),
        code: None,
        noted: None,
        cost: None,
        producer_id: Some(id_of("Tỏi đen Lý Sơn").into()),
    };
    let note =
        goods::receive(&store.app, &store.seat, &store.op(), vec![garlic], receipts::language::Language::Vi)
            .await
            .unwrap()
            .note;
    assert!(matches!(note, Note::Delivering(Delivering::Received { lines: 1, .. })), "{note:?}");
    let sold = store.sell(GARLIC).await;
    store.clock.advance(3 * 24 * 3_600_000);
    let counted = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    store.open_shift().await;
    start(&store, &store.seat, sold, 1).await;
    store.scan(GARLIC).await;
    let before = kinds(&store).await;
    let state = store.pay(TenderKind::Cash, None).await;
    assert!(
        matches!(&state.note, Note::Expired { expired_on, .. } if expired_on == "24/11/2026"),
        "{state:?}"
    );
    assert_eq!((kinds(&store).await, state.lines.len(), state.exchange.is_some()), (before, 1, true));
    store.check().await;
}

#[tokio::test]
async fn a_debt_that_is_paid_meanwhile_makes_the_goods_worth_more() {
    let config = Config { credit: CreditConfig { most_vnd: 300_000 }, ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    let sold = store.scan(GARLIC).await.sale_id;
    let owed = Credit { person: "chị Lan".to_owned(), word: Word::default() };
    let all = Tender { kind: TenderKind::Credit, amount: Money::new(280_000) };
    let request_now = store.request().await;
    credit::sell_on_credit(&store.app, &store.seat, &request_now, vec![all], &owed).await.unwrap();
    let started = start(&store, &store.seat, sold, 1).await;
    assert!(matches!(started.note, Note::ExchangeStarted { worth_vnd: 0, .. }), "{:?}", started.note);
    store.scan(FISH_SAUCE).await;
    let tender = Tender { kind: TenderKind::Cash, amount: Money::new(280_000) };
    let came = Came { sale_id: sold.into(), from: TenderKind::Credit, tender, source: None };
    open_tender::confirm(&store.app, &store.seat, &store.op(), &came).await.unwrap();
    let before = kinds(&store).await;
    let note = store.pay_cash(None).await.note;
    assert!(matches!(note, Note::ExchangeGone { .. }), "{note:?}");
    assert_eq!(kinds(&store).await, before);
    store.check().await;
}

/// The panel and the end ask for the same amount, whatever comes back is worth.
#[tokio::test]
async fn goods_that_are_worth_nothing_round_no_cash() {
    let credit = CreditConfig { most_vnd: 300_000 };
    let store = TestStore::closed(Config { credit, cash_step_vnd: 1_000, ..Config::default() }).await;
    store.load(&Catalogue::default().product("Kẹo gương", "8938500000041", 45_400, None)).await;
    store.open_shift().await;
    let sold = store.scan(GARLIC).await.sale_id;
    let owed = Credit { person: "chị Lan".to_owned(), word: Word::default() };
    let all = Tender { kind: TenderKind::Credit, amount: Money::new(280_000) };
    let request_now = store.request().await;
    credit::sell_on_credit(&store.app, &store.seat, &request_now, vec![all], &owed).await.unwrap();
    start(&store, &store.seat, sold, 1).await;
    store.scan("8938500000041").await;
    let asked = payment::load(&store.app, &store.seat).await.unwrap().unwrap().cash_payable_vnd;
    assert_eq!(asked, 45_400);
    let note = store.pay(TenderKind::Cash, Some(asked)).await.note;
    assert!(matches!(note, Note::Exchanged { back_vnd: 0, .. }), "{note:?}");
    store.check().await;
}
