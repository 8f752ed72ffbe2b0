//! Practising: sales that look like sales, and leave the shop's journal, numbers, goods and paper alone.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use pos::counter::{CounterState, Note, Request, Seat, finish, scan, shift, state};
use pos::db::{entries, receipts, streams};
use pos::sync::{Session, SyncStatus};
use pos::{App, Config, training};
use testkit::catalogue::Catalogue;
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";

async fn shop() -> TestStore {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    store
}

/// Practises one sale for cash.
async fn practise(app: &App, seat: &Seat, number: usize) -> CounterState {
    let ready = state::load(app, seat, Note::Ready, None).await.unwrap();
    let sale_id = SaleId::from_uuid(ready.sale_id);
    let request = |what: &str| Request { op_id: format!("{what}-{number}"), sale_id };
    let scanned = scan::scan(app, seat, &request("scan"), GARLIC).await.unwrap();
    let cash = vec![Tender { kind: TenderKind::Cash, amount: Money::new(scanned.payable_vnd) }];
    finish::finish(app, seat, &request("finish"), cash).await.unwrap()
}

async fn open(store: &TestStore) -> App {
    let app = training::open(&store.app).await.unwrap().unwrap();
    let date = web::format::local_date(app.clock().now_ms());
    if state::load(&app, &store.seat, Note::Ready, None).await.unwrap().business_date.is_none() {
        shift::open(&app, &store.seat, "open", date, Money::new(500_000)).await.unwrap();
    }
    app
}

async fn heads(app: &App) -> Vec<i64> {
    let mut reader = app.db().read().acquire().await.unwrap();
    let mut heads = Vec::new();
    for stream in streams::list_streams(app.db().read()).await.unwrap() {
        heads.push(entries::load_head(&mut reader, stream.stream_no).await.unwrap().seq);
    }
    heads
}

#[tokio::test]
async fn practising_touches_nothing_of_the_shop() {
    let store = shop().await;
    let before = (heads(&store.app).await, store.state().await);
    let app = open(&store).await;
    let done = practise(&app, &store.seat, 1).await;
    let Note::Sold { receipt, .. } = &done.note else { panic!("{:?}", done.note) };
    assert!(receipt.starts_with("TAP-"), "{receipt}");

    assert_eq!((heads(&store.app).await, store.state().await), before);
    assert!(app.config().printer.is_empty() && !app.has_printer(&store.seat.counter));
    assert!(Session::begin(&app).await.unwrap().is_none(), "its journal is nobody's business");
    assert_eq!(app.sync_status(), SyncStatus::Training);
    let mut reader = app.db().read().acquire().await.unwrap();
    let sale_id = SaleId::from_uuid(done.last_sale.unwrap().sale_id);
    let paper = receipts::find_snapshot(&mut reader, sale_id).await.unwrap().unwrap();
    assert!(paper.contains(training::TITLE), "{paper}");
    store.check().await;
}

#[tokio::test]
async fn what_was_practised_stays_and_prices_follow_the_shop() {
    let store = shop().await;
    let app = open(&store).await;
    practise(&app, &store.seat, 1).await;
    let practised = heads(&app).await;
    app.db().close().await;
    drop(app);

    let dearer =
        Catalogue::default().product("Tỏi đen Lý Sơn hộp 250 g", GARLIC, 300_000, Some("Tỏi đen Lý Sơn"));
    store.load(&dearer).await;
    let app = open(&store).await;
    assert_eq!(heads(&app).await, practised);
    let done = practise(&app, &store.seat, 2).await;
    assert_eq!(done.last_sale.unwrap().payable_vnd, 300_000);
    assert_eq!(heads(&app).await.len(), 1, "one journal, however often it is opened");
}

#[tokio::test]
async fn a_computer_that_is_no_store_has_nothing_to_practise_with() {
    let store = TestStore::unknown(Config::default()).await;
    assert!(training::open(&store.app).await.unwrap().is_none());
}
