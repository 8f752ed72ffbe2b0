//! A clock that is set in mid-shift: totals, order and Z are what they would have been (invariant I19), the entry is flagged,
//! and the people at the counter are told.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use domain::Money;
use domain::ids::SaleId;
use domain::tender::TenderKind;
use pos::clock_watch::ClockState;
use pos::counter::refund::{self, Asked};
use pos::counter::{Note, Request, shift, slip};
use pos::db::{balances, sales, shifts};
use pos::maintenance::{digest, rebuild};
use protocol::wire::{CatalogueRow, PromotionOffer, PromotionRow};
use receipts::slip::SlipBody;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::clock::MORNING_MS;
use testkit::store::TestStore;
use time::macros::date;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
const HOUR_MS: i64 = 3_600_000;
const YEAR_2000_MS: i64 = 946_684_800_000;

/// What a shift left behind, without what tells the time of day.
#[derive(Debug, PartialEq)]
struct Left {
    receipts: Vec<String>,
    days: Vec<String>,
    balances: Vec<(String, i64)>,
    z: String,
}

/// A shift with sales before and after `set`, goods that come back, and its Z.
async fn shift_with(set: impl AsyncFn(&TestStore)) -> (TestStore, Left) {
    let store = TestStore::new().await;
    store.clock.advance(2 * HOUR_MS);
    for _ in 0..2 {
        store.sell(GARLIC).await;
    }
    store.scan(FISH_SAUCE).await;
    set(&store).await;
    store.scan(GARLIC).await;
    store.pay(TenderKind::Card, None).await;
    store.clock.advance(60_000);
    let sold = store.sell(FISH_SAUCE).await;
    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: domain::stock::Location::Shelf,
        reason: String::new(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sold) };
    let note = refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap().note;
    assert!(matches!(note, Note::Refunded { paid_vnd: 95_000, .. }), "{note:?}");
    let counted = Money::new(500_000 + 560_000);
    let note = shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap().note;
    assert_eq!(note, Note::ShiftClosed { over_vnd: 0 });
    let left = left(&store).await;
    store.check().await;
    (store, left)
}

async fn left(store: &TestStore) -> Left {
    let pool = store.app.db().read();
    let newest = sales::list_newest(pool, 50).await.unwrap();
    let closed = shifts::list_closed(pool, None, 1).await.unwrap();
    let (_, slip) = slip::find_of_shift(&store.app, closed[0].shift_id.into()).await.unwrap().unwrap();
    let SlipBody::Shift(z) = slip.body else { panic!("a Z") };
    let z = receipts::slip::shift::ShiftReport {
        opened_at: String::new(),
        closed_at: String::new(),
        // A clock that was set has an entry of its own.
        last_seq: 0,
        ..z
    };
    let days: Vec<String> = sqlx::query_scalar("select business_date from sales order by stream_no, seq")
        .fetch_all(pool)
        .await
        .unwrap();
    let mut balances: Vec<(String, i64)> = balances::list_balances(pool)
        .await
        .unwrap()
        .into_iter()
        .map(|(account, _, vnd)| (account, vnd))
        .collect();
    balances.sort();
    let number = |receipt: String| receipt.rsplit('-').next().unwrap_or_default().to_owned();
    Left {
        receipts: newest.into_iter().map(|sale| number(sale.receipt_number)).collect(),
        days,
        balances,
        z: serde_json::to_string(&z).unwrap(),
    }
}

#[tokio::test]
async fn a_clock_set_in_mid_shift_changes_no_total_no_order_and_no_z() {
    let (_, expected) = shift_with(async |_: &TestStore| {}).await;
    assert_eq!(expected.receipts, ["000004", "000003", "000002", "000001"]);
    let now_ms = MORNING_MS + 2 * HOUR_MS;
    for (what, wall_ms, flag) in [
        ("an hour back", now_ms - HOUR_MS, "behind"),
        ("a day back", now_ms - 24 * HOUR_MS, "behind"),
        ("the year 2000", YEAR_2000_MS, "behind"),
        ("ten years ahead", now_ms + 10 * 365 * 24 * HOUR_MS, "jumped"),
    ] {
        let (store, found) = shift_with(async |store: &TestStore| store.clock.set_wall(wall_ms)).await;
        assert_eq!(found, expected, "{what}");
        let flags: Vec<(String, String)> = sqlx::query_as(
            "select kind, envelope ->> '$.clock_flag' from entries
             where envelope ->> '$.clock_flag' <> 'ok' order by seq",
        )
        .fetch_all(store.app.db().read())
        .await
        .unwrap();
        let expected = [("clock_changed", flag), ("sale", flag)];
        assert_eq!(flags, expected.map(|(kind, flag)| (kind.to_owned(), flag.to_owned())), "{what}");
        let mut reader = store.app.db().read().acquire().await.unwrap();
        let before = digest::digest(&mut reader).await.unwrap();
        rebuild::rebuild(&store.app).await.unwrap();
        assert_eq!(digest::digest(&mut reader).await.unwrap(), before, "{what}: order is by number");
    }
}

#[tokio::test]
async fn the_people_at_the_counter_are_told_until_it_is_right() {
    let store = TestStore::new().await;
    let state = async || store.state().await.clock;
    assert_eq!(state().await, ClockState::Good);
    store.clock.advance(2 * HOUR_MS);
    store.clock.set_wall(MORNING_MS + HOUR_MS);
    assert_eq!(state().await, ClockState::SetBack { by_ms: HOUR_MS });
    store.sell(GARLIC).await;
    assert_eq!(state().await, ClockState::SetBack { by_ms: HOUR_MS }, "a sale does not make it right");
    store.clock.set_wall(YEAR_2000_MS);
    assert_eq!(state().await, ClockState::BeforeProgram { now_ms: YEAR_2000_MS });
    // A restart with the dead battery still knows what time it was.
    let store = store.restart().await;
    assert!(matches!(store.state().await.clock, ClockState::BeforeProgram { .. }));
    store.clock.set_wall(MORNING_MS);
    assert_eq!(store.state().await.clock, ClockState::SetBack { by_ms: HOUR_MS }, "not right yet");
    store.clock.set_wall(MORNING_MS + 3 * HOUR_MS);
    assert_eq!(store.state().await.clock, ClockState::Good);
    store.check().await;
}

#[tokio::test]
async fn promotions_of_some_hours_follow_the_clock_that_people_read() {
    let row = PromotionRow {
        id: id_of("giờ vàng"),
        name: "Giờ vàng".to_owned(),
        offer: PromotionOffer::AmountOff(30_000),
        products: vec![id_of("Tỏi đen Lý Sơn hộp 250 g")],
        first_day: date!(2026 - 11 - 23),
        last_day: date!(2026 - 11 - 23),
        minutes: Some([9 * 60, 10 * 60]),
    };
    let store = TestStore::new().await;
    store.load(&Catalogue::default().row(CatalogueRow::Promotion(row))).await;
    store.clock.advance(90 * 60_000);
    assert_eq!(store.scan(GARLIC).await.payable_vnd, 250_000);
    // The day is the shift's whatever the clock says; the hour is the clock's, and the cashier is told that it was set.
    for (wall_ms, expected) in [
        (MORNING_MS + 30 * 60_000, 280_000),
        (MORNING_MS + 90 * 60_000 - 24 * HOUR_MS, 250_000),
        (MORNING_MS + 90 * 60_000, 250_000),
    ] {
        store.clock.set_wall(wall_ms);
        assert_eq!(store.state().await.payable_vnd, expected);
    }
}
