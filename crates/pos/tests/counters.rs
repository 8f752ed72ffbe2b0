//! Two counters in one store: what is one's own, and what is the store's.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use pos::counter::{self, CounterState, Note, Request, Seat, state};
use pos::db::balances;
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";

struct Till<'a> {
    store: &'a TestStore,
    seat: Seat,
}

impl<'a> Till<'a> {
    async fn open(store: &'a TestStore, counter: &str) -> Self {
        let till = Self { store, seat: Seat { counter: counter.to_owned(), ..store.seat.clone() } };
        let date = web::format::local_date(store.app.clock().now_ms());
        let float = Money::new(100_000);
        counter::shift::open(&store.app, &till.seat, &store.op(), date, float).await.unwrap();
        till
    }

    async fn state(&self) -> CounterState {
        state::load(&self.store.app, &self.seat, Note::Ready, None).await.unwrap()
    }

    async fn request(&self) -> Request {
        Request { op_id: self.store.op(), sale_id: SaleId::from_uuid(self.state().await.sale_id) }
    }

    async fn scan(&self, code: &str) -> CounterState {
        counter::scan::scan(&self.store.app, &self.seat, &self.request().await, code).await.unwrap()
    }

    async fn sell(&self, code: &str, tendered_vnd: i64) -> CounterState {
        let scanned = self.scan(code).await;
        let request = self.request().await;
        let tenders = vec![Tender { kind: TenderKind::Cash, amount: Money::new(tendered_vnd) }];
        let sold = counter::finish::finish(&self.store.app, &self.seat, &request, tenders).await.unwrap();
        assert_eq!(sold.last_sale.as_ref().map(|last| last.sale_id), Some(scanned.sale_id));
        sold
    }
}

#[tokio::test]
async fn a_counters_last_sale_is_its_own() {
    let store = TestStore::new().await;
    let second = Till::open(&store, "Quầy 2").await;
    assert_eq!(second.state().await.last_sale, None, "it has sold nothing");
    store.sell(GARLIC).await;
    let first_sale = store.state().await.last_sale.unwrap();
    assert_eq!((first_sale.payable_vnd, first_sale.change_vnd), (280_000, 0));
    assert_eq!(second.state().await.last_sale, None, "the other counter's sale is none of its own");
    let second_sale = second.sell(FISH_SAUCE, 100_000).await.last_sale.unwrap();
    assert_eq!((second_sale.payable_vnd, second_sale.change_vnd), (95_000, 5_000));
    assert_eq!(store.state().await.last_sale, Some(first_sale), "nor the other way round");
    // What waits for central is the store's.
    assert_eq!(store.state().await.central.waiting_sales, 2);
    assert_eq!(second.state().await.central.waiting_vnd, None, "who counts blind is not told what was sold");
    let manager = Seat { manager: true, ..store.seat.clone() };
    let told = state::load(&store.app, &manager, Note::Ready, None).await.unwrap().central.waiting_vnd;
    assert_eq!(told, Some(375_000));
    store.check().await;
}

#[tokio::test]
async fn a_counters_last_sale_outlasts_its_shift() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    let sold = store.state().await.last_sale;
    counter::shift::close(&store.app, &store.seat, &store.op(), Money::new(780_000)).await.unwrap();
    assert_eq!(store.state().await.last_sale, sold);
    store.open_shift().await;
    assert_eq!(store.state().await.last_sale, sold);
    store.check().await;
}

#[tokio::test]
async fn missed_codes_and_carts_are_the_counters_own() {
    let store = TestStore::new().await;
    let second = Till::open(&store, "Quầy 2").await;
    for code in ["8938500000997", "8938500000980"] {
        store.clock.advance(1_000);
        second.scan(code).await;
    }
    second.scan(GARLIC).await;
    assert_eq!(second.state().await.missed_codes, ["8938500000980", "8938500000997"], "the newest first");
    let first = store.state().await;
    assert_eq!((first.missed_codes, first.lines), (Vec::new(), Vec::new()));
    store.check().await;
}

#[tokio::test]
async fn a_sale_of_many_lines_is_posted_to_each_lot_and_producer() {
    let store = TestStore::new().await;
    // Seventeen of fifteen: both lots, then beyond what was delivered.
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 5, Some("Tỏi đen Lý Sơn")).await;
    for code in [GARLIC, FISH_SAUCE, GARLIC] {
        store.scan(code).await;
    }
    let request = store.request().await;
    let garlic = store.state().await.lines[0].product_id;
    let row = counter::edit::Row { index: 0, product_id: garlic.into() };
    counter::edit::set_quantity(&store.app, &store.seat, &request, row, "17").await.unwrap();
    let sold = store.pay_cash(None).await;
    assert_eq!(sold.last_sale.unwrap().payable_vnd, 17 * 280_000 + 95_000);
    let accounts = balances::list_balances(store.app.db().read()).await.unwrap();
    let due: i64 = accounts.iter().filter(|row| row.0 == "producer_due").map(|row| row.2).sum();
    // 12 % commission and its VAT stay with the store.
    assert_eq!(due, -(17 * 280_000 - 571_200 - 45_696));
    store.check().await;
}

#[tokio::test]
async fn the_terms_of_a_lots_producer_hold_for_a_product_of_nobody() {
    let store = TestStore::closed(pos::Config::default()).await;
    store.open_shift().await;
    store.receive("Nước mắm Sa Huỳnh chai 500 ml", 3, Some("Tỏi đen Lý Sơn")).await;
    store.sell(FISH_SAUCE).await;
    let accounts = balances::list_balances(store.app.db().read()).await.unwrap();
    let due: i64 = accounts.iter().filter(|row| row.0 == "producer_due").map(|row| row.2).sum();
    assert_eq!(due, -(95_000 - 11_400 - 912));
    store.check().await;
}
