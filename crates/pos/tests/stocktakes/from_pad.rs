//! Sales that were written on the pad before the shelf was counted, and are entered afterwards: the shelf has lost them already.

use domain::pad::PadLines;
use pos::counter::pad::{self, Claim};

use super::*;

const MINUTE_MS: i64 = 60_000;

/// Enters a sale of so many minutes ago.
async fn enter(store: &TestStore, minutes_ago: i64, (line, pieces): (&str, usize)) {
    let at_ms = store.app.clock().now_ms() - minutes_ago * MINUTE_MS;
    let claim = Claim {
        day: web::format::local_date(at_ms),
        minute: web::format::local_minute(at_ms),
        lines: PadLines::parse(line).unwrap(),
    };
    let state = pad::enter(&store.app, &store.seat, &store.request().await, claim).await.unwrap();
    assert!(matches!(state.note, Note::PadBegun { .. }), "{:?}", state.note);
    for _ in 0..pieces {
        store.scan(SAUCE).await;
    }
    let state = store.pay_cash(None).await;
    assert!(matches!(state.note, Note::PadKept { .. }), "{:?}", state.note);
}

/// A bottle is handed over while the till is dark, and the shelf is counted before the sale is entered. It is taken off once.
#[tokio::test]
async fn a_sale_of_before_the_count_is_not_taken_off_twice() {
    let (store, _) = counting().await;
    store.clock.advance(60 * MINUTE_MS);
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 10, None), "the book has not heard of it");
    store.clock.advance(10 * MINUTE_MS);
    enter(&store, 40, ("1", 1)).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 10, Some(Again::Moved)));
    assert_eq!(told(close(&store, &closing(&store).await).await), Counting::CountAgainFirst { products: 1 });
    count_again(&store, SAUCE_NAME).await;
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 9, None));
    // Handed over after the count: the shelf had them, and so had the book.
    store.clock.advance(20 * MINUTE_MS);
    enter(&store, 10, ("2", 2)).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (9, 9, None));
    let entered = Closing { is_pad_entered: true, ..closing(&store).await };
    let closed = told(close(&store, &entered).await);
    assert!(matches!(closed, Counting::StocktakeClosed { products: 1, wrong: 0, .. }), "{closed:?}");
    assert_eq!(
        (on_shelf(&store, SAUCE_NAME).await, at(&store, SAUCE_NAME, Location::Waste).await),
        (7_000, 0)
    );
    store.check().await;
}

/// What is entered after the closing cannot be mended any more, so whoever closes is asked; only where there is a pad.
#[tokio::test]
async fn a_store_with_a_pad_says_that_its_sales_are_entered() {
    let (store, _) = counting().await;
    assert!(!figures(&store).await.has_pad);
    store.clock.advance(60 * MINUTE_MS);
    enter(&store, 30, ("1", 1)).await;
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    let unsaid = closing(&store).await;
    assert_eq!(told(close(&store, &unsaid).await), Counting::PadFirst);
    assert_eq!(entries(&store).await.len(), 0);
    let closed = told(close(&store, &Closing { is_pad_entered: true, ..unsaid }).await);
    assert!(matches!(closed, Counting::StocktakeClosed { products: 1, wrong: 0, .. }), "{closed:?}");
    store.check().await;
}
