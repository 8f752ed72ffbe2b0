//! Goods past their date: food is refused, for other goods a manager is asked at the scan, at another quantity and at the end.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Quantity;
use domain::ids::CashierId;
use pos::Config;
use pos::counter::discount::{Leave, Target, remark};
use pos::counter::edit::{Row, set_quantity, step_quantity};
use pos::counter::goods::NewGoods;
use pos::counter::past_date::allow;
use pos::counter::{CounterState, Note, Seat, carts, payment};
use pos::db::entries;
use testkit::catalogue::{Catalogue, MANAGER, id_of};
use testkit::store::TestStore;
use time::Date;
use time::macros::date;

const FISH_SAUCE: &str = "8938500000027";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const SCARF: &str = "Khăn thổ cẩm";
const SCARF_CODE: &str = "2900000000124";

/// A store whose shelf has one of some goods in time and nine past their date; the day is 23/11/2026. It sells scarves, which
/// are no food.
async fn store(name: &str) -> TestStore {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    store.load(&Catalogue::default().craft(SCARF, SCARF_CODE, 150_000)).await;
    deliver(&store, name, 9, date!(2026 - 11 - 22)).await;
    deliver(&store, name, 1, date!(2027 - 11 - 22)).await;
    store
}

async fn deliver(store: &TestStore, name: &str, pieces: i64, last: Date) {
    let goods = NewGoods {
        product_id: id_of(name).into(),
        quantity: Quantity::pieces(pieces),
        expires_on: Some(last),
        code: None,
        noted: None,
        cost: None,
        producer_id: None,
    };
    store.receive_on_its_last_day(goods).await;
}

fn row(index: usize, name: &str) -> Row {
    Row { index, product_id: id_of(name).into() }
}

async fn set(store: &TestStore, row: Row, quantity: &str) -> CounterState {
    set_quantity(&store.app, &store.seat, &store.request().await, row, quantity).await.unwrap()
}

async fn ask(store: &TestStore, row: Row, reason: &str, manager: Option<&str>) -> CounterState {
    let approved_by = manager.map(|name| CashierId::from_uuid(id_of(name)));
    let leave = Leave { reason: reason.to_owned(), approved_by };
    allow(&store.app, &store.seat, &store.request().await, row, &leave).await.unwrap()
}

fn needed(quantity: &str) -> Note {
    Note::PastDateNeedsManager { name: SCARF.to_owned(), quantity: quantity.to_owned() }
}

fn quantities(state: &CounterState) -> Vec<i64> {
    state.lines.iter().map(|line| line.quantity_milli / 1_000).collect()
}

#[tokio::test]
async fn of_food_no_more_is_sold_than_is_left_in_time() {
    let store = store(FISH_SAUCE_NAME).await;
    let refused = Note::FreshLeft {
        name: FISH_SAUCE_NAME.to_owned(),
        fresh: "1".to_owned(),
        expired_on: "22/11/2026".to_owned(),
    };
    assert!(matches!(store.scan(FISH_SAUCE).await.note, Note::Added { .. }));
    let row = row(0, FISH_SAUCE_NAME);
    let request = store.request().await;
    let stepped = step_quantity(&store.app, &store.seat, &request, row, 1).await.unwrap();
    for state in [store.scan(FISH_SAUCE).await, set(&store, row, "10").await, stepped] {
        assert_eq!((&state.note, quantities(&state)), (&refused, vec![1]));
    }
    assert_eq!(ask(&store, row, "x", Some(MANAGER)).await.note, Note::Ready, "nobody can allow it");
    store.pay_cash(None).await;
    store.check().await;
}

#[tokio::test]
async fn other_goods_past_their_date_need_a_manager_and_why_is_kept() {
    let store = store(SCARF).await;
    assert!(matches!(store.scan(SCARF_CODE).await.note, Note::Added { .. }), "the one in time goes first");
    let scarf = row(0, SCARF);
    // Asked at the scan, at another quantity and at the end. The piece is in the cart, and nothing is sold.
    let state = store.scan(SCARF_CODE).await;
    assert_eq!((&state.note, quantities(&state)), (&needed("1"), vec![2]));
    assert_eq!(set(&store, scarf, "4").await.note, needed("3"));
    assert!(matches!(set(&store, scarf, "3").await.note, Note::Added { .. }), "less is not asked about");
    let request = store.request().await;
    let shown = payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap();
    assert_eq!(shown.note, needed("2"), "nobody pays for what may not be sold yet");
    let state = store.pay_cash(None).await;
    assert_eq!((state.note, state.chosen, state.lines.len()), (needed("2"), Some(0), 1));

    assert_eq!(ask(&store, scarf, "vải còn tốt", None).await.note, needed("2"));
    assert_eq!(ask(&store, scarf, " ", Some(MANAGER)).await.note, Note::NeedsReason);
    let allowed = ask(&store, scarf, "vải còn tốt", Some(MANAGER)).await;
    assert_eq!(allowed.note, Note::PastDateAllowed { name: SCARF.to_owned(), quantity: "2".to_owned() });
    // What was allowed outlives the program, and is no leave for more.
    let store = store.restart().await;
    assert_eq!(store.scan(SCARF_CODE).await.note, needed("1"));
    assert_eq!(store.pay_cash(None).await.note, needed("1"));
    let request = store.request().await;
    carts::take_back(&store.app, &store.seat, &request).await.unwrap();
    let sold = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sold.payable_vnd, 450_000);

    let stored = entries::list_after(store.app.db().read(), 1, 0, 100).await.unwrap();
    let private = stored.into_iter().next_back().unwrap().private.unwrap();
    let kept = format!(
        r#"{{"approved_by":"{}","kind":"past_date","off":0,"quantity":2000,"reason":"vải còn tốt","row":0}}"#,
        id_of(MANAGER)
    );
    let private: serde_json::Value = serde_json::from_str(&private).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(private["reductions"], serde_json::json!([kept]));
    store.check().await;
}

#[tokio::test]
async fn rows_of_one_product_are_asked_about_together_and_a_manager_is_asked_only_why() {
    let mut store = store(SCARF).await;
    store.scan(SCARF_CODE).await;
    let (request, target) = (store.request().await, Target::Row(row(0, SCARF)));
    remark(&store.app, &store.seat, &request, target, "gói quà", false).await.unwrap();
    let state = store.scan(SCARF_CODE).await;
    assert_eq!((state.note, state.lines.len()), (needed("1"), 2), "a row of its own");
    store.seat = Seat { manager: true, cashier_id: id_of(MANAGER).into(), ..store.seat };
    assert_eq!(ask(&store, row(1, SCARF), "", None).await.note, Note::NeedsReason);
    let allowed = ask(&store, row(1, SCARF), "vải còn tốt", None).await;
    assert!(matches!(allowed.note, Note::PastDateAllowed { .. }));
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 300_000);
    store.check().await;
}
