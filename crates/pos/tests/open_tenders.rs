//! Money that comes after its sale: a transfer that was only told of, a debt; how it comes, and how goods that come back
//! strike it off.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::Quantity;
use domain::ids::SaleId;
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use pos::config::{Config, CreditConfig};
use pos::counter::approval::Word;
use pos::counter::credit::{self, Credit};
use pos::counter::open_tender::{self, Came};
use pos::counter::refund::{self, Asked};
use pos::counter::{CounterState, Note, Request, Seat, scan, shift, state};
use pos::db::open_tenders::list_open;
use testkit::catalogue::manager_word;
use testkit::store::TestStore;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
/// What one garlic costs, đồng.
const PRICE: i64 = 280_000;

async fn store() -> TestStore {
    let config = Config { credit: CreditConfig { most_vnd: 300_000 }, ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 10, Some("Tỏi đen Lý Sơn")).await;
    store
}

/// Sells one garlic, `cash` of it paid, the rest owed.
async fn owe(store: &TestStore, person: &str, cash: i64, word: Word) -> (Uuid, Note) {
    let sale_id = store.scan(GARLIC).await.sale_id;
    let request = store.request().await;
    let mut tenders = vec![Tender { kind: TenderKind::Credit, amount: Money::new(PRICE - cash) }];
    if cash > 0 {
        tenders.push(Tender { kind: TenderKind::Cash, amount: Money::new(cash) });
    }
    let credit = Credit { person: person.to_owned(), word };
    let state = credit::sell_on_credit(&store.app, &store.seat, &request, tenders, &credit).await.unwrap();
    (sale_id, state.note)
}

async fn claim(store: &TestStore) -> Uuid {
    let sale_id = store.scan(GARLIC).await.sale_id;
    let note = store.pay(TenderKind::Claimed, None).await.note;
    assert!(matches!(note, Note::SoldOpen { open_vnd: PRICE, .. }), "{note:?}");
    sale_id
}

async fn come(store: &TestStore, sale_id: Uuid, from: TenderKind, kind: TenderKind, vnd: i64) -> Note {
    let tender = Tender { kind, amount: Money::new(vnd) };
    let came = Came { sale_id: sale_id.into(), from, tender, source: None };
    open_tender::confirm(&store.app, &store.seat, &store.op(), &came).await.unwrap().note
}

async fn refund(store: &TestStore, sale_id: Uuid) -> CounterState {
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
    let row = Ask { row: 0, quantity: Quantity::pieces(1), back_to: Location::Shelf };
    let asked = Asked {
        is_late_allowed: false,
        rows: vec![row],
        back_to: Location::Shelf,
        reason: String::new(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap()
}

async fn open(store: &TestStore) -> Vec<(String, i64, String)> {
    let rows = list_open(store.app.db().read(), 10).await.unwrap();
    rows.into_iter().map(|row| (row.kind, row.left_vnd, row.person)).collect()
}

#[tokio::test]
async fn a_transfer_that_was_told_of_waits_until_the_bank_shows_it() {
    use TenderKind::*;
    let store = store().await;
    let sale_id = claim(&store).await;
    assert_eq!(open(&store).await, [("claimed".to_owned(), PRICE, String::new())]);
    assert_eq!((store.balance("claimed").await, store.balance("bank").await), (PRICE, 0));
    assert_eq!(
        come(&store, sale_id, Claimed, VietQr, PRICE + 1).await,
        Note::MoreThanOpen { left_vnd: PRICE }
    );
    assert_eq!(come(&store, sale_id, Claimed, VietQr, 0).await, Note::BadAmount);
    assert_eq!(come(&store, sale_id, Credit, VietQr, 1).await, Note::NothingOpen);
    assert!(matches!(come(&store, sale_id, Claimed, Credit, 1).await, Note::BadField { .. }));
    let Note::MoneyCame { amount_vnd: PRICE, left_vnd: 0, .. } =
        come(&store, sale_id, Claimed, VietQr, PRICE).await
    else {
        panic!("it came")
    };
    assert_eq!((store.balance("claimed").await, store.balance("bank").await), (0, PRICE));
    assert_eq!(come(&store, sale_id, Claimed, VietQr, PRICE).await, Note::NothingOpen, "it comes once");
    assert_eq!(open(&store).await, []);
    store.check().await;
}

#[tokio::test]
async fn a_debt_is_paid_in_parts_and_its_cash_counts_in_the_drawer() {
    use TenderKind::*;
    let store = store().await;
    let (sale_id, note) = owe(&store, "  chị  Lan ", 80_000, Word::default()).await;
    assert!(matches!(note, Note::SoldOpen { open_vnd: 200_000, .. }), "{note:?}");
    assert_eq!(open(&store).await, [("credit".to_owned(), 200_000, "chị Lan".to_owned())]);
    assert_eq!(store.drawer().await, 580_000);
    let part = come(&store, sale_id, Credit, Cash, 150_000).await;
    assert!(matches!(part, Note::MoneyCame { left_vnd: 50_000, .. }), "{part:?}");
    assert_eq!(store.drawer().await, 730_000);
    come(&store, sale_id, Credit, VietQr, 50_000).await;
    assert_eq!((store.drawer().await, store.balance("receivable").await), (730_000, 0));
    store.check().await;
}

#[tokio::test]
async fn beyond_the_limit_of_a_person_a_manager_allows_it() {
    let store = store().await;
    assert!(matches!(owe(&store, "chị Lan", 0, Word::default()).await.1, Note::SoldOpen { .. }));
    let (_, refused) = owe(&store, "CHỊ LAN", 200_000, Word::default()).await;
    assert_eq!(refused, Note::CreditNeedsManager { owes_vnd: 360_000, most_vnd: 300_000 });
    assert_eq!(store.balance("receivable").await, PRICE, "nothing was sold");
    let wrong = Word { pin: "000000".to_owned(), ..manager_word() };
    let request = store.request().await;
    let tenders = vec![Tender { kind: TenderKind::Credit, amount: Money::new(PRICE) }];
    for (person, word, expected) in [
        ("chị Lan", wrong, Some(Note::WrongPin)),
        ("", Word::default(), Some(Note::BadField { field: "owed_by".to_owned() })),
        ("chị Lan", manager_word(), None),
    ] {
        let credit = Credit { person: person.to_owned(), word };
        let sold = credit::sell_on_credit(&store.app, &store.seat, &request, tenders.clone(), &credit);
        let note = sold.await.unwrap().note;
        match expected {
            Some(expected) => assert_eq!(note, expected),
            None => assert!(matches!(note, Note::SoldOpen { .. }), "{note:?}"),
        }
    }
    assert_eq!(store.balance("receivable").await, 2 * PRICE);
    store.check().await;
}

#[tokio::test]
async fn without_a_limit_nobody_buys_on_credit() {
    let store = TestStore::new().await;
    assert_eq!(owe(&store, "chị Lan", 0, manager_word()).await.1, Note::NoCredit);
    let note = store.pay(TenderKind::Credit, None).await.note;
    assert_eq!(note, Note::NoCredit, "and no way around it");
    assert_eq!(store.balance("receivable").await, 0);
}

#[tokio::test]
async fn goods_that_come_back_strike_off_what_is_open_first() {
    let store = store().await;
    let (sale_id, _) = owe(&store, "anh Ba", 80_000, Word::default()).await;
    let note = refund(&store, sale_id).await.note;
    assert!(matches!(note, Note::Refunded { paid_vnd: 80_000, .. }), "{note:?}");
    assert_eq!((open(&store).await, store.drawer().await), (vec![], 500_000));
    assert_eq!(store.balance("receivable").await, 0);
    let claimed = claim(&store).await;
    come(&store, claimed, TenderKind::Claimed, TenderKind::VietQr, PRICE).await;
    let request = Request { op_id: store.op(), sale_id: claimed.into() };
    let voided = refund::void(&store.app, &store.seat, &request, "", &manager_word()).await.unwrap().note;
    assert!(matches!(voided, Note::NotVoidable { .. }), "its way of paying has changed: {voided:?}");
    let note = refund(&store, claimed).await.note;
    assert!(matches!(note, Note::Refunded { paid_vnd: PRICE, .. }), "{note:?}");
    assert_eq!((store.balance("bank").await, store.drawer().await), (PRICE, 220_000));
    store.check().await;
}

/// Both counters ask before either has sold: together they may still not pass the limit.
#[tokio::test]
async fn two_counters_at_once_do_not_pass_the_limit_together() {
    let store = store().await;
    let second = Seat { counter: "Quầy 2".to_owned(), ..store.seat.clone() };
    let date = web::format::local_date(store.app.clock().now_ms());
    shift::open(&store.app, &second, &store.op(), date, Money::ZERO).await.unwrap();
    let sell = async |seat: &Seat| {
        let scanned = state::load(&store.app, seat, Note::Ready, None).await.unwrap();
        let request = || Request { op_id: store.op(), sale_id: scanned.sale_id.into() };
        scan::scan(&store.app, seat, &request(), GARLIC).await.unwrap();
        request()
    };
    let requests = [sell(&store.seat).await, sell(&second).await];
    let credit = Credit { person: "chị Lan".to_owned(), word: Word::default() };
    let owe = async |seat: &Seat, request: &Request| {
        let tenders = vec![Tender { kind: TenderKind::Credit, amount: Money::new(PRICE) }];
        credit::sell_on_credit(&store.app, seat, request, tenders, &credit).await.unwrap().note
    };
    // The only writer is held until both have looked at what she owes.
    let held = store.app.db().begin().await.unwrap();
    let release = async {
        for _ in 0..100 {
            tokio::task::spawn_blocking(std::thread::yield_now).await.unwrap();
        }
        drop(held);
    };
    let (first, other, ()) =
        tokio::join!(owe(&store.seat, &requests[0]), owe(&second, &requests[1]), release);
    let refused = Note::CreditNeedsManager { owes_vnd: 2 * PRICE, most_vnd: 300_000 };
    let sold = |note: &Note| matches!(note, Note::SoldOpen { .. });
    assert!(sold(&first) && other == refused || sold(&other) && first == refused, "{first:?} {other:?}");
    assert_eq!(store.balance("receivable").await, PRICE);
    store.check().await;
}
