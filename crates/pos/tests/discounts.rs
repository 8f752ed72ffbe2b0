//! Discounts, prices and remarks by hand: who may, what is kept, what the paper says.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::discount::Off;
use domain::ids::CashierId;
use domain::{Money, Rate};
use pos::counter::discount::{Leave, Target, change_price, discount, remark};
use pos::counter::edit::{Row, remove, set_quantity};
use pos::counter::{CounterState, Note, Seat, payment};
use pos::db::entries;
use receipts::snapshot::ReceiptSnapshot;
use testkit::catalogue::id_of;
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";

/// A store with a box of garlic and a bottle of fish sauce in the cart: 375.000 ₫.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    store.scan(GARLIC).await;
    store.scan(FISH_SAUCE).await;
    store
}

fn garlic() -> Row {
    Row { index: 0, product_id: id_of(GARLIC_NAME).into() }
}

fn percent(percent: u8) -> Option<Off> {
    Some(Off::Percent(Rate::percent(percent)))
}

fn leave(reason: &str, manager: Option<&str>) -> Leave {
    let approved_by = manager.map(|name| CashierId::from_uuid(id_of(name)));
    Leave { reason: reason.to_owned(), approved_by }
}

async fn give(store: &TestStore, target: Target, off: Option<Off>, leave: &Leave) -> CounterState {
    discount(&store.app, &store.seat, &store.request().await, target, off, leave).await.unwrap()
}

/// The private part of the journal's last entry.
async fn last_private(store: &TestStore) -> String {
    let stored = entries::list_after(store.app.db().read(), 1, 0, 100).await.unwrap();
    stored.into_iter().next_back().unwrap().private.unwrap()
}

#[tokio::test]
async fn within_the_limit_nobody_is_asked() {
    let store = store().await;
    let state = give(&store, Target::Row(garlic()), percent(10), &Leave::default()).await;
    assert_eq!((&state.note, state.payable_vnd), (&Note::Discounted, 347_000));
    assert_eq!((state.lines[0].amount_vnd, state.lines[0].discount_vnd), (252_000, 28_000));
    // The next box is not part of what the first one was given.
    let state = store.scan(GARLIC).await;
    assert_eq!((state.lines.len(), state.payable_vnd), (3, 627_000));
    let state = give(&store, Target::Row(garlic()), None, &Leave::default()).await;
    assert_eq!((&state.note, state.payable_vnd), (&Note::DiscountGone, 655_000));
    let off = Some(Off::Amount(Money::new(55_000)));
    let state = give(&store, Target::Cart, off, &Leave::default()).await;
    assert_eq!((state.discount_vnd, state.payable_vnd), (55_000, 600_000));
    // Kept with the cart, and sold so.
    let store = store.restart().await;
    assert_eq!(store.state().await.payable_vnd, 600_000);
    let sold = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sold.payable_vnd, 600_000);
    store.check().await;
}

#[tokio::test]
async fn what_cannot_be_given_changes_nothing() {
    let store = store().await;
    for (off, leave, note) in [
        (percent(11), Leave::default(), Note::DiscountNeedsManager),
        (percent(11), leave("  ", Some("Trần Văn Quản")), Note::NeedsReason),
        (percent(0), Leave::default(), Note::BadDiscount),
        (Some(Off::Amount(Money::new(280_001))), leave("x", Some("Trần Văn Quản")), Note::BadDiscount),
        (Some(Off::Amount(Money::new(-1))), leave("x", Some("Trần Văn Quản")), Note::BadDiscount),
    ] {
        let state = give(&store, Target::Row(garlic()), off, &leave).await;
        assert_eq!((state.note, state.payable_vnd), (note, 375_000), "{off:?}");
    }
    let gone = Row { index: 7, ..garlic() };
    assert_eq!(give(&store, Target::Row(gone), percent(5), &Leave::default()).await.note, Note::NoLine);
    for price in [0, -5_000, 1_000_000_001] {
        let request = store.request().await;
        let by = leave("x", Some("Trần Văn Quản"));
        let wanted = Some(Money::new(price));
        let state = change_price(&store.app, &store.seat, &request, garlic(), wanted, &by).await.unwrap();
        assert_eq!((state.note, state.payable_vnd), (Note::BadPrice, 375_000));
    }
    assert_eq!(store.state().await.payable_vnd, 375_000, "nor was anything kept");
    store.check().await;
}

/// A discount that was small beside a full cart is large beside what is left of it.
#[tokio::test]
async fn goods_that_leave_do_not_make_a_discount_larger() {
    let store = store().await;
    let off = Some(Off::Amount(Money::new(37_000)));
    assert_eq!(give(&store, Target::Cart, off, &Leave::default()).await.payable_vnd, 338_000);
    let request = store.request().await;
    remove(&store.app, &store.seat, &request, garlic()).await.unwrap();
    let state = store.pay_cash(None).await;
    assert_eq!(state.note, Note::DiscountNeedsManager);
    assert_eq!(state.lines.len(), 1, "nothing was sold");
    give(&store, Target::Cart, percent(10), &Leave::default()).await;
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 85_500);
    store.check().await;
}

#[tokio::test]
async fn with_a_manager_the_reason_is_kept_in_the_store_and_the_paper_shows_it() {
    let store = store().await;
    let by = leave("khách quen", Some("Trần Văn Quản"));
    assert_eq!(give(&store, Target::Cart, percent(20), &by).await.payable_vnd, 300_000);
    let (request, price) = (store.request().await, Some(Money::new(250_000)));
    let refused = change_price(&store.app, &store.seat, &request, garlic(), price, &leave("móp hộp", None))
        .await
        .unwrap();
    assert_eq!(refused.note, Note::PriceNeedsManager);
    let (request, by) = (store.request().await, leave("móp hộp", Some("Trần Văn Quản")));
    let state = change_price(&store.app, &store.seat, &request, garlic(), price, &by).await.unwrap();
    assert_eq!((state.lines[0].price_vnd, state.lines[0].list_price_vnd), (250_000, Some(280_000)));
    assert_eq!(state.payable_vnd, 276_000);
    for (target, text, on_receipt) in
        [(Target::Row(garlic()), "gói quà", true), (Target::Cart, "giao 17 giờ", false)]
    {
        let request = store.request().await;
        remark(&store.app, &store.seat, &request, target, text, on_receipt).await.unwrap();
    }
    let sale_id = store.state().await.sale_id;
    store.pay_cash(None).await;

    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = pos::db::receipts::find_snapshot(&mut reader, sale_id.into()).await.unwrap().unwrap();
    drop(reader);
    let paper = ReceiptSnapshot::from_json(&text).unwrap();
    assert_eq!((paper.subtotal_vnd, paper.discount_vnd, paper.total_vnd), (345_000, 69_000, 276_000));
    assert_eq!((paper.lines[0].list_price_vnd, paper.lines[0].price_vnd), (Some(280_000), 250_000));
    assert_eq!((paper.lines[0].remark.as_str(), paper.remark.as_str()), ("gói quà", ""));
    let private = last_private(&store).await;
    for words in ["khách quen", "móp hộp", "gói quà", "giao 17 giờ", &id_of("Trần Văn Quản").to_string()]
    {
        assert!(private.contains(words), "{words}: {private}");
    }
    store.check().await;
}

#[tokio::test]
async fn a_manager_at_the_counter_needs_nobody() {
    let mut store = store().await;
    let manager = CashierId::from_uuid(id_of("Trần Văn Quản"));
    store.seat = Seat { manager: true, cashier_id: manager, ..store.seat };
    assert_eq!(give(&store, Target::Cart, percent(30), &leave("", None)).await.note, Note::NeedsReason);
    assert_eq!(give(&store, Target::Cart, percent(30), &leave("hội chợ", None)).await.payable_vnd, 262_500);
    // Whoever takes the money then needs no leave of their own.
    store.seat = Seat { manager: false, ..store.seat };
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 262_500);
    store.check().await;
}

async fn set(store: &TestStore, quantity: &str) -> CounterState {
    set_quantity(&store.app, &store.seat, &store.request().await, garlic(), quantity).await.unwrap()
}

/// A leave is no blank cheque: it is for what the manager saw.
#[tokio::test]
async fn more_goods_than_the_manager_saw_are_asked_about_again() {
    let store = store().await;
    let by = leave("móp hộp", Some("Trần Văn Quản"));
    give(&store, Target::Row(garlic()), percent(50), &by).await;
    let state = set(&store, "20").await;
    assert_eq!((&state.note, state.payable_vnd), (&Note::BeyondLeave, 20 * 140_000 + 95_000));
    let request = store.request().await;
    let shown = payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap();
    assert_eq!(shown.note, Note::DiscountNeedsManager);
    assert_eq!(store.pay_cash(None).await.note, Note::DiscountNeedsManager);
    // Fewer are what was allowed; and what a manager allows anew is sold.
    assert!(matches!(set(&store, "1").await.note, Note::Added { .. }));
    set(&store, "3").await;
    let store = store.restart().await;
    assert_eq!(store.pay_cash(None).await.note, Note::DiscountNeedsManager, "nor does a restart allow it");
    give(&store, Target::Row(garlic()), percent(50), &by).await;
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 3 * 140_000 + 95_000);
    store.check().await;
}

#[tokio::test]
async fn goods_that_come_under_a_discount_of_the_cart_or_a_price_are_asked_about_again() {
    let store = store().await;
    let by = leave("hội chợ", Some("Trần Văn Quản"));
    give(&store, Target::Cart, percent(20), &by).await;
    let state = store.scan(FISH_SAUCE).await;
    assert_eq!((&state.note, state.lines[1].quantity_milli), (&Note::BeyondLeave, 2_000));
    assert_eq!(store.pay_cash(None).await.note, Note::DiscountNeedsManager);
    give(&store, Target::Cart, None, &by).await;

    let (request, price) = (store.request().await, Some(Money::new(100_000)));
    change_price(&store.app, &store.seat, &request, garlic(), price, &by).await.unwrap();
    assert_eq!(set(&store, "20").await.note, Note::BeyondLeave);
    let state = store.pay_cash(None).await;
    assert_eq!((state.note, state.chosen), (Note::PriceNeedsManager, Some(0)));
    let request = store.request().await;
    change_price(&store.app, &store.seat, &request, garlic(), price, &by).await.unwrap();
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 20 * 100_000 + 2 * 95_000);
    store.check().await;
}

/// An open cart of an older version says nothing of how much was allowed.
#[tokio::test]
async fn an_old_carts_leave_is_for_what_it_is_now() {
    let store = store().await;
    let by = leave("móp hộp", Some("Trần Văn Quản"));
    let (request, price) = (store.request().await, Some(Money::new(100_000)));
    change_price(&store.app, &store.seat, &request, garlic(), price, &by).await.unwrap();
    let off = Some(Off::Amount(Money::new(50_000)));
    give(&store, Target::Cart, off, &by).await;
    let mut tx = store.app.db().begin().await.unwrap();
    for statement in [
        "update carts set discount = json_remove(discount, '$.allowed_vnd') where discount is not null",
        "update cart_lines set changed_price = json_remove(changed_price, '$.allowed_milli')",
    ] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(set(&store, "2").await.note, Note::BeyondLeave);
    assert_eq!(store.pay_cash(None).await.note, Note::PriceNeedsManager);
    set(&store, "1").await;
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 145_000);
    store.check().await;
}
