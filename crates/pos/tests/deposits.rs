//! Goods that are ordered and paid in part: the deposit is owed until they are handed over, or goes back.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::ids::{CashierId, SaleId, StoreId};
use domain::tender::{Tender, TenderKind};
use pos::counter::approval::Word;
use pos::counter::deposit::{self, Ordered};
use pos::counter::deposit_return::{self, Back, Returned};
use pos::counter::drawer_report::Figures;
use pos::counter::refund::{self, Asked};
use pos::counter::{
    CounterState, Note, Request, Seat, bank_notice, carts, edit, finish, payment, receipt_check, shift,
};
use pos::db::deposits::{Deposit, list_left};
use pos::db::shifts;
use pos::sync::enrol::begin_stream;
use protocol::wire::{BankNoticeRow, PromotionOffer};
use receipts::slip::{Slip, SlipBody};
use testkit::catalogue::{Catalogue, MANAGER, id_of, manager_word};
use testkit::store::TestStore;
use time::Duration;
use uuid::Uuid;

/// 280.000 ₫.
const GARLIC: &str = "8938500000010";
/// 95.000 ₫.
const FISH_SAUCE: &str = "8938500000027";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";

fn ordered(store: &TestStore, kind: TenderKind, vnd: i64) -> Ordered {
    Ordered {
        person: "  Chị   Lan ".to_owned(),
        phone: "0905 000 111".to_owned(),
        due_on: web::format::local_date(store.app.clock().now_ms()) + Duration::days(2),
        tender: Tender { kind, amount: Money::new(vnd) },
    }
}

async fn take(store: &TestStore, ordered: &Ordered) -> CounterState {
    deposit::take(&store.app, &store.seat, &store.request().await, ordered).await.unwrap()
}

/// Orders one garlic with a deposit in cash; returns the sale that it is to become.
async fn order(store: &TestStore, vnd: i64) -> Uuid {
    let sale_id = store.scan(GARLIC).await.sale_id;
    let note = take(store, &ordered(store, TenderKind::Cash, vnd)).await.note;
    assert!(matches!(note, Note::DepositTaken { .. }), "{note:?}");
    sale_id
}

async fn deliver(store: &TestStore, seat: &Seat, sale_id: Uuid) -> CounterState {
    deposit::deliver(&store.app, seat, &store.op(), sale_id.into()).await.unwrap()
}

async fn give_back(store: &TestStore, sale_id: Uuid, back: Back, reason: &str) -> Note {
    let asked = Returned { sale_id: sale_id.into(), back, reason: reason.to_owned(), word: manager_word() };
    deposit_return::give_back(&store.app, &store.seat, &store.op(), &asked).await.unwrap().note
}

fn paid(vnd: i64) -> Back {
    Back::Paid(Tender { kind: TenderKind::Cash, amount: Money::new(vnd) })
}

async fn waiting(store: &TestStore) -> Vec<Deposit> {
    list_left(store.app.db().read(), 10).await.unwrap()
}

/// The shift's sales, deposits, and ways of paying; they must add up.
async fn report(store: &TestStore) -> (i64, i64, Vec<(String, i64)>) {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let open = shifts::find_open(&mut reader, &store.seat.counter).await.unwrap().unwrap();
    let figures = Figures::load(&mut reader, &open).await.unwrap();
    let report = figures.report(&mut reader, &open, (1, 0), receipts::language::Language::Vi).await.unwrap();
    let tenders: Vec<_> = report.tenders.iter().map(|row| (row.label.clone(), row.amount_vnd)).collect();
    let sum: i64 = tenders.iter().map(|(_, vnd)| vnd).sum();
    assert_eq!(sum, report.sales_vnd - report.refunds_vnd + report.deposits_vnd);
    (report.sales_vnd, report.deposits_vnd, tenders)
}

async fn open_second(store: &TestStore) -> Seat {
    let cashier_id = CashierId::from_uuid(id_of(MANAGER));
    let seat = Seat { counter: "Quầy 2".to_owned(), cashier_id, ..store.seat.clone() };
    let date = web::format::local_date(store.app.clock().now_ms());
    shift::open(&store.app, &seat, &store.op(), date, Money::new(100_000)).await.unwrap();
    seat
}

#[tokio::test]
async fn a_deposit_is_no_sale_until_the_goods_are_handed_over() {
    let mut store = TestStore::new().await;
    let sale_id = order(&store, 100_000).await;
    assert_eq!((store.balance("deposits").await, store.balance("sales").await), (-100_000, 0));
    assert_eq!((store.drawer().await, store.state().await.lines.len()), (600_000, 0));
    assert_eq!(report(&store).await, (0, 100_000, vec![("Tiền mặt".to_owned(), 100_000)]));
    let text: String =
        sqlx::query_scalar("select snapshot from slips where snapshot like '%\"kind\":\"order\"%'")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    let SlipBody::Order(paper) = Slip::from_json(&text).unwrap().body else { panic!("the order's paper") };
    assert_eq!(
        (paper.customer.as_str(), paper.total_vnd, paper.remaining_vnd),
        ("Chị Lan", 280_000, 180_000)
    );
    let found = receipt_check::check(&store.app, &paper.order_qr).await.unwrap();
    assert!(matches!(found, Some(Note::DepositFound { .. })), "{found:?}");
    // It waits through the end of the shift and of the program.
    store = store.restart().await;
    let rows = waiting(&store).await;
    assert_eq!((rows.len(), rows[0].left_vnd, rows[0].total_vnd), (1, 100_000, 280_000));
    assert_eq!((rows[0].person.as_str(), rows[0].phone.as_str()), ("Chị Lan", "0905 000 111"));
    let state = deliver(&store, &store.seat, sale_id).await;
    assert!(matches!(state.note, Note::DepositBrought { .. }), "{:?}", state.note);
    assert_eq!((state.sale_id, state.payable_vnd, state.due_vnd), (sale_id, 280_000, 180_000));
    let note = store.pay_cash(Some(200_000)).await.note;
    assert!(matches!(note, Note::Sold { change_vnd: 20_000, .. }), "no change out of a deposit: {note:?}");
    assert_eq!((store.balance("deposits").await, store.drawer().await), (0, 780_000));
    let (sales, deposits, tenders) = report(&store).await;
    assert_eq!((sales, deposits), (280_000, 0), "what came as a deposit is in the sale now");
    assert_eq!(tenders, [("Tiền mặt".to_owned(), 280_000)], "and no money twice");
    assert_eq!(waiting(&store).await, []);
    let found = receipt_check::check(&store.app, &paper.order_qr).await.unwrap();
    assert!(matches!(found, Some(Note::ReceiptFound { .. })), "it leads to the receipt: {found:?}");
    store.check().await;
}

#[tokio::test]
async fn prices_and_promotions_of_the_order_are_kept() {
    let store = TestStore::new().await;
    let promotion =
        |off| Catalogue::default().promotion("Tết đến", PromotionOffer::AmountOff(off), &[GARLIC_NAME]);
    store.load(&promotion(30_000)).await;
    let sale_id = order(&store, 100_000).await;
    assert_eq!(waiting(&store).await[0].total_vnd, 250_000);
    let dearer = promotion(1_000).product(GARLIC_NAME, GARLIC, 350_000, Some("Tỏi đen Lý Sơn"));
    store.load(&dearer).await;
    assert_eq!(store.scan(GARLIC).await.payable_vnd, 349_000, "others pay today's price");
    let state = deliver(&store, &store.seat, sale_id).await;
    assert_eq!((state.payable_vnd, state.due_vnd), (250_000, 150_000));
    assert!(matches!(store.pay_cash(None).await.note, Note::Sold { .. }));
    store.check().await;
}

#[tokio::test]
async fn no_key_clears_an_order_away() {
    let store = TestStore::new().await;
    let sale_id = order(&store, 100_000).await;
    for _ in 0..2 {
        deliver(&store, &store.seat, sale_id).await;
        let state = edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
        assert!(matches!(state.note, Note::DepositWaits { .. }), "{:?}", state.note);
        assert_eq!((state.lines.len(), waiting(&store).await.len()), (0, 1));
        assert!(!state.carts.iter().any(|tab| tab.sale_id == sale_id), "it takes nobody's place");
        deliver(&store, &store.seat, sale_id).await;
        let state = carts::park(&store.app, &store.seat, &store.request().await, "").await.unwrap();
        assert!(matches!(state.note, Note::DepositWaits { .. }), "{:?}", state.note);
        store.scan(FISH_SAUCE).await;
    }
    // Goods without a receipt are not taken back out of an order's cart.
    deliver(&store, &store.seat, sale_id).await;
    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: domain::stock::Location::Shelf,
        reason: String::new(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    let request = store.request().await;
    let note = refund::without_receipt(&store.app, &store.seat, &request, &asked).await.unwrap().note;
    assert!(matches!(note, Note::DepositHere { .. }), "{note:?}");
    assert_eq!(waiting(&store).await.len(), 1);
    store.check().await;
}

#[tokio::test]
async fn a_deposit_is_used_once_whoever_tries() {
    let store = TestStore::new().await;
    let other = open_second(&store).await;
    let sale_id = order(&store, 100_000).await;
    deliver(&store, &store.seat, sale_id).await;
    let note = deliver(&store, &other, sale_id).await.note;
    assert_eq!(note, Note::DepositAt { counter: "Quầy 1".to_owned() });
    assert_eq!(
        deliver(&store, &store.seat, sale_id).await.note,
        Note::Ready,
        "another tab of the same counter"
    );
    let request = store.request().await;
    let cash = vec![Tender { kind: TenderKind::Cash, amount: Money::new(180_000) }];
    for expected in ["sold", "ready"] {
        let state = finish::finish(&store.app, &store.seat, &request, cash.clone()).await.unwrap();
        assert_eq!(serde_json::to_value(&state.note).unwrap()["says"], expected);
    }
    let again = Request { op_id: store.op(), ..request };
    assert_eq!(finish::finish(&store.app, &store.seat, &again, cash).await.unwrap().note, Note::Stale);
    assert_eq!(deliver(&store, &other, sale_id).await.note, Note::NoDeposit);
    assert_eq!(give_back(&store, sale_id, paid(100_000), "").await, Note::NoDeposit);
    let voided = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
    let note = refund::void(&store.app, &store.seat, &voided, "", &manager_word()).await.unwrap().note;
    assert!(matches!(note, Note::NotVoidable { .. }), "{note:?}");
    assert_eq!(store.balance("deposits").await, 0);
    store.check().await;
}

#[tokio::test]
async fn a_deposit_goes_back_in_part_then_all_of_it_once() {
    let store = TestStore::new().await;
    let sale_id = order(&store, 250_000).await;
    // The buyer takes something smaller: more was paid than it costs.
    deliver(&store, &store.seat, sale_id).await;
    let line = store.state().await.lines[0].product_id;
    let row = edit::Row { index: 0, product_id: line.into() };
    edit::remove(&store.app, &store.seat, &store.request().await, row).await.unwrap();
    store.scan(FISH_SAUCE).await;
    let note = store.pay_cash(None).await.note;
    assert_eq!(note, Note::DepositTooLarge { left_vnd: 250_000, rest_vnd: 155_000 });
    for (back, expected) in [
        (paid(250_001), Note::MoreThanDeposit { left_vnd: 250_000 }),
        (paid(0), Note::BadAmount),
        (Back::Kept(Money::new(1)), Note::NeedsReason),
        (
            Back::Paid(Tender { kind: TenderKind::Deposit, amount: Money::new(1) }),
            Note::BadField { field: "kind".to_owned() },
        ),
    ] {
        assert_eq!(give_back(&store, sale_id, back, "").await, expected);
    }
    let note = give_back(&store, sale_id, paid(155_000), "").await;
    assert!(matches!(note, Note::DepositReturned { left_vnd: 95_000, .. }), "{note:?}");
    assert!(matches!(store.pay_cash(None).await.note, Note::Sold { change_vnd: 0, .. }));
    assert_eq!((store.drawer().await, store.balance("deposits").await), (595_000, 0));

    let second = order(&store, 80_000).await;
    let asked =
        Returned { sale_id: second.into(), back: paid(80_000), reason: String::new(), word: Word::default() };
    let note = deposit_return::give_back(&store.app, &store.seat, &store.op(), &asked).await.unwrap().note;
    assert_eq!(note, Note::ManagerNeeded);
    assert!(matches!(
        give_back(&store, second, paid(80_000), "").await,
        Note::DepositReturned { left_vnd: 0, .. }
    ));
    assert_eq!(give_back(&store, second, paid(80_000), "").await, Note::NoDeposit, "cancelled twice");
    assert_eq!(deliver(&store, &store.seat, second).await.note, Note::NoDeposit);
    assert_eq!((store.drawer().await, waiting(&store).await), (595_000, vec![]));
    report(&store).await;
    store.check().await;
}

#[tokio::test]
async fn what_the_shop_keeps_is_an_income_and_no_sale() {
    let store = TestStore::new().await;
    let sale_id = order(&store, 100_000).await;
    let note = give_back(&store, sale_id, Back::Kept(Money::new(100_000)), "Không đến lấy").await;
    assert!(matches!(note, Note::DepositKept { left_vnd: 0, .. }), "{note:?}");
    assert_eq!((store.balance("forfeited").await, store.balance("deposits").await), (-100_000, 0));
    assert_eq!((store.drawer().await, report(&store).await.0), (600_000, 0));
    store.check().await;
}

#[tokio::test]
async fn bad_orders_are_refused() {
    let store = TestStore::new().await;
    let good = ordered(&store, TenderKind::Cash, 100_000);
    assert_eq!(take(&store, &good).await.note, Note::EmptyCart);
    store.scan(GARLIC).await;
    let bad = |field: &str| Note::BadField { field: field.to_owned() };
    let tender = |kind, vnd| Tender { kind, amount: Money::new(vnd) };
    for (order, expected) in [
        (Ordered { person: " ".to_owned(), ..good.clone() }, bad("person")),
        (Ordered { due_on: good.due_on - Duration::days(3), ..good.clone() }, bad("due")),
        (Ordered { tender: tender(TenderKind::Cash, 0), ..good.clone() }, Note::BadAmount),
        (Ordered { tender: tender(TenderKind::Credit, 1), ..good.clone() }, bad("kind")),
        (Ordered { tender: tender(TenderKind::Exchange, 1), ..good.clone() }, bad("kind")),
        (
            Ordered { tender: tender(TenderKind::Cash, 280_001), ..good.clone() },
            Note::DepositBeyond { payable_vnd: 280_000 },
        ),
    ] {
        assert_eq!(take(&store, &order).await.note, expected);
    }
    // A double click takes one deposit.
    let request = store.request().await;
    for expected in ["deposit_taken", "ready"] {
        let state = deposit::take(&store.app, &store.seat, &request, &good).await.unwrap();
        assert_eq!(serde_json::to_value(&state.note).unwrap()["says"], expected);
    }
    let sale_id = waiting(&store).await[0].sale_id;
    deliver(&store, &store.seat, sale_id).await;
    assert!(matches!(take(&store, &good).await.note, Note::DepositHere { .. }), "one deposit for each order");
    assert_eq!(store.balance("deposits").await, -100_000);
    store.check().await;
}

#[tokio::test]
async fn an_order_whose_goods_are_not_here_is_handed_over_by_its_paper() {
    let store = TestStore::new().await;
    let sale_id = order(&store, 100_000).await;
    let mut tx = store.app.db().begin().await.unwrap();
    // As on a restored computer: central has the deposit, and nobody has the cart.
    for statement in [
        sqlx::query("delete from cart_lines where sale_id = $1"),
        sqlx::query("delete from carts where sale_id = $1"),
    ] {
        statement.bind(sale_id).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let state = deliver(&store, &store.seat, sale_id).await;
    assert!(matches!(state.note, Note::DepositBrought { .. }), "{:?}", state.note);
    assert_eq!((state.lines.len(), state.deposit.is_some()), (0, true));
    let store = store.restart().await;
    assert_eq!(store.state().await.sale_id, sale_id, "an empty cart of an order keeps its name");
    assert_eq!(store.scan(GARLIC).await.due_vnd, 180_000);
    assert!(matches!(store.pay_cash(None).await.note, Note::Sold { .. }));
    store.check().await;
}

#[tokio::test]
async fn a_copy_that_is_brought_back_still_owes_its_deposits() {
    let store = TestStore::new().await;
    let sale_id = order(&store, 100_000).await;
    deliver(&store, &store.seat, sale_id).await;
    let copy = store.start_copy(store.snapshot(), 2).await;
    begin_stream(&copy.app, StoreId::from_uuid(id_of("store")), "restored").await.unwrap();
    let rows = waiting(&copy).await;
    assert_eq!((rows.len(), rows[0].counter.as_str()), (1, ""), "it waits, though a counter showed it");
    let state = deliver(&copy, &copy.seat, sale_id).await;
    assert_eq!((state.lines.len(), state.due_vnd), (1, 180_000));
    assert!(matches!(copy.pay_cash(None).await.note, Note::Sold { .. }));
    copy.check().await;
}

/// An order and the sale that it becomes have one reference at the bank.
#[tokio::test]
async fn a_deposit_by_transfer_pays_nothing_of_the_rest() {
    let store = TestStore::new().await;
    let sale_id = store.scan(GARLIC).await.sale_id;
    let half = Money::new(140_000);
    payment::show_vietqr_of(&store.app, &store.seat, &store.request().await, half).await.unwrap();
    take(&store, &ordered(&store, TenderKind::VietQr, half.vnd())).await;
    hear(&store, sale_id, "1").await;
    assert_eq!(bank_notice::list_odd(&store.app).await.unwrap(), []);
    deliver(&store, &store.seat, sale_id).await;
    payment::show_vietqr(&store.app, &store.seat, &store.request().await).await.unwrap();
    let shown = payment::load(&store.app, &store.seat).await.unwrap().unwrap();
    assert_eq!((shown.payable_vnd, shown.vietqr.unwrap().came_vnd), (140_000, 0));
    store.pay(TenderKind::Claimed, None).await;
    bank_notice::settle_all(&store.app).await.unwrap();
    assert_eq!((store.balance("claimed").await, store.balance("bank").await), (140_000, 140_000));
    // The rest comes, too.
    hear(&store, sale_id, "2").await;
    assert_eq!((store.balance("claimed").await, store.balance("bank").await), (0, 280_000));
    assert_eq!(bank_notice::list_odd(&store.app).await.unwrap(), []);
    store.check().await;
}

async fn hear(store: &TestStore, sale_id: Uuid, notice: &str) {
    let row = BankNoticeRow {
        reference: String::new(),
        notice: notice.to_owned(),
        amount: 140_000,
        account: "1023456789".to_owned(),
        booked_at: store.app.clock().now_ms(),
    };
    assert!(bank_notice::hear(&store.app, sale_id.into(), &[row]).await.unwrap());
}
