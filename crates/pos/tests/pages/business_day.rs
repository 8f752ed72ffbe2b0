//! The business date of a shift: told when it is not today's, and over at four in the morning of the next day.

use pos::Config;
use pos::counter::Note;
use pos::counter::business_day::DayState;
use protocol::wire::{CatalogueRow, TaxRateRow};
use testkit::catalogue::{Catalogue, PIN, id_of};
use testkit::clock::MORNING_MS;
use testkit::store::TestStore;
use time::macros::date;

use crate::visitor::{As, CASHIER, GARLIC, Visitor};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// 24/11/2026 04:00, an hour that ends the shift of the day before.
const FOUR_MS: i64 = MORNING_MS + 20 * HOUR_MS;

async fn night() -> TestStore {
    TestStore::closed(Config::default()).await
}

/// Sets the clock; whoever sits at the counter types the PIN again.
async fn later(store: &TestStore, visitor: &mut Visitor, wall_ms: i64) {
    store.clock.set_wall(wall_ms);
    visitor.sign_in(CASHIER, PIN).await;
}

#[tokio::test]
async fn nothing_is_sold_after_four_and_the_cart_waits_for_the_next_shift() {
    let store = night().await;
    let mut visitor = Visitor::selling(&store).await;
    assert_eq!(store.state().await.day, DayState::Good);
    visitor.scan(GARLIC).await;
    later(&store, &mut visitor, FOUR_MS - 60_000).await;
    assert_eq!(store.state().await.day, DayState::NotToday);
    visitor.get(As::Page, "/").await.has("Ngày bán 23/11/2026");
    assert_eq!(visitor.scan(GARLIC).await.says(), "added_beyond_stock", "a long evening is still its day's");
    assert_eq!(visitor.act("/counter/finish", &[("payable_vnd", "560000")]).await.says(), "sold");

    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    later(&store, &mut visitor, FOUR_MS).await;
    assert_eq!(store.state().await.day, DayState::Over);
    visitor.get(As::Page, "/").await.has("Ngày bán 23/11/2026 đã hết");
    assert_eq!(visitor.scan(GARLIC).await.says(), "day_over");
    for (path, fields) in [
        ("/counter/finish", &[("payable_vnd", "280000")][..]),
        ("/counter/vietqr", &[]),
        ("/counter/clear", &[]),
        (
            "/counter/deposit",
            &[("person", "chị Ba"), ("due", "24/12/2026"), ("amount", "1"), ("kind", "cash")],
        ),
    ] {
        assert_eq!(visitor.act(path, fields).await.says(), "day_over", "{path}");
    }
    let form = [("sale_id", sale_id.as_str()), ("code", GARLIC)];
    let told = visitor.post(As::Part, "/counter/scan", &form).await;
    told.has("Ca ngày 23/11/2026 chỉ bán đến 04:00 sáng hôm sau, bây giờ là 24/11/2026 04:00.");
    told.has("đóng ca rồi mở ca mới");

    // Money is still recorded, and the shift counted and closed.
    let form = [("op_id", "in"), ("way", "in"), ("amount", "100.000"), ("reason", "tiền lẻ")];
    assert_eq!(visitor.post(As::Json, "/drawer/cash", &form).await.says(), "cash_moved");
    let form = [("op_id", "close"), ("counted", "1.160.000")];
    assert_eq!(visitor.post(As::Json, "/shift/close", &form).await.says(), "shift_closed");
    let form = [("op_id", "open"), ("business_date", "2026-11-24"), ("float", "500.000")];
    assert_eq!(visitor.post(As::Json, "/shift/open", &form).await.says(), "shift_opened");
    assert_eq!(visitor.sale_id().await, sale_id, "the open cart waited");
    assert_eq!(visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await.says(), "sold");
    store.check().await;
}

#[tokio::test]
async fn goods_come_back_in_a_shift_whose_day_is_not_over() {
    let store = night().await;
    store.open_shift().await;
    let sold = store.sell(GARLIC).await;
    store.clock.set_wall(FOUR_MS);
    let asked = pos::counter::refund::Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: domain::stock::Location::Shelf,
        reason: String::new(),
        kind: domain::tender::TenderKind::Cash,
        word: testkit::catalogue::manager_word(),
    };
    let request = pos::counter::Request { op_id: store.op(), sale_id: sold.into() };
    let refund =
        async || pos::counter::refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap().note;
    assert!(matches!(refund().await, Note::Holding(_)));
    store.clock.set_wall(MORNING_MS);
    assert!(matches!(refund().await, Note::Refunded { .. }), "nothing of it was carried out");
    store.check().await;
}

/// A clock that somebody set ahead ends the day like any other: the sentence says what it shows, and set right it sells on.
/// One that is years ahead is not believed, and neither is one of which central said how wrong it is.
#[tokio::test]
async fn a_wrong_clock_stops_nobody_for_good() {
    let store = night().await;
    store.open_shift().await;
    store.clock.set_wall(MORNING_MS + 30 * DAY_MS);
    let Note::Holding(told) = store.scan(GARLIC).await.note else { panic!("a month ahead") };
    assert!(format!("{told:?}").contains("23/12/2026 08:00"), "{told:?}");
    store.clock.set_wall(MORNING_MS);
    store.sell(GARLIC).await;

    let years_ms = MORNING_MS + 3_650 * DAY_MS;
    store.clock.set_wall(years_ms);
    assert_eq!(store.state().await.day, DayState::ClockWrong { now_ms: years_ms });
    store.sell(GARLIC).await;

    store.clock.set_wall(MORNING_MS + 30 * DAY_MS);
    store.app.clock_watch().compare(store.app.clock(), MORNING_MS + HOUR_MS);
    assert_eq!(store.state().await.day, DayState::Good, "central told the day");
    store.sell(GARLIC).await;
    // The other way round: a clock that lags behind does not keep a day open.
    store.clock.set_wall(MORNING_MS);
    store.app.clock_watch().compare(store.app.clock(), FOUR_MS);
    assert_eq!(store.state().await.day, DayState::Over);
    store.check().await;
}

/// The eve of a change of rates, as on 31/12/2026: after midnight the counter warns, and so does the form of the next shift.
#[tokio::test]
async fn a_change_of_rates_at_midnight_is_told() {
    let store = night().await;
    let rate = TaxRateRow {
        id: id_of("thuế suất mới"),
        class: "standard".to_owned(),
        valid_from: date!(2026 - 11 - 24),
        valid_to: None,
        ppm: 100_000,
    };
    store.load(&Catalogue::default().row(CatalogueRow::TaxRate(rate))).await;
    let mut visitor = Visitor::selling(&store).await;
    let told = "Từ 24/11/2026 áp dụng thuế suất GTGT mới.";
    later(&store, &mut visitor, FOUR_MS - 3 * HOUR_MS).await;
    assert_eq!(store.state().await.day, DayState::OldRates);
    visitor.get(As::Page, "/").await.has("từ hôm nay thuế suất khác: đóng ca, mở ca mới");
    let form = [("op_id", "close"), ("counted", "500.000")];
    assert_eq!(visitor.post(As::Json, "/shift/close", &form).await.says(), "shift_closed");
    visitor.get(As::Page, "/shift").await.has(told);
    later(&store, &mut visitor, MORNING_MS).await;
    let page = visitor.get(As::Page, "/shift").await;
    assert!(!page.text.contains(told), "the day before has the old rates");
}
