//! The question about twins: a sale from the pad that the till may have already.

use domain::tender::TenderKind;
use pos::Config;
use pos::counter::{CounterState, Note, Request, carts, pad, refund};
use testkit::catalogue::{Catalogue, manager_word};
use testkit::store::TestStore;

use super::{
    DAY, ENTRIES, FISH_SAUCE, FISH_SAUCE_NAME, GARLIC, GARLIC_NAME, HOUR_MS, SALES, count, enter_at, newest,
    next_day,
};

/// When each sale was made that is asked about, and its lines on the pad.
fn twins(state: &CounterState) -> Vec<(i64, Option<&str>)> {
    let Note::PadTwins { twins } = &state.note else { panic!("{:?}", state.note) };
    twins.iter().map(|twin| (twin.at_ms, twin.lines.as_deref())).collect()
}

#[tokio::test]
async fn a_sale_that_the_till_may_have_is_asked_about_and_never_dropped() {
    let store = TestStore::new().await;
    store.clock.advance(8 * HOUR_MS + 42 * 60_000);
    store.sell(GARLIC).await;
    let at_till = web::format::moment_of(DAY, 16 * 60 + 42);
    next_day(&store).await;
    enter_at(&store, (16, 40), "12").await;
    store.scan(GARLIC).await;
    let entries = count(&store, ENTRIES).await;
    let state = store.pay_cash(None).await;
    assert_eq!(twins(&state), [(at_till, None)]);
    assert_eq!(
        (state.lines.len(), count(&store, ENTRIES).await),
        (1, entries),
        "the cart stays, nothing is written"
    );

    // The same: nothing is recorded, and one key brings back what was typed.
    let same = pad::same(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert!(matches!(same.note, Note::PadSame { .. }), "{:?}", same.note);
    assert_eq!((same.lines.len(), same.pad, count(&store, ENTRIES).await), (0, None, entries));
    let back = carts::take_back(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!((back.note, back.lines.len(), back.pad.unwrap().lines.as_str()), (Note::Restored, 1, "12"));

    // Another one: asked once, recorded, and told.
    let other = pad::other(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!(other.note, Note::Ready);
    assert!(matches!(store.pay_cash(None).await.note, Note::PadKept { .. }));
    let (_, shared) = newest(&store).await;
    assert_eq!(shared["pad"]["told_apart"].as_array().unwrap().len(), 1);

    // Its line of the pad again, other goods: the number is asked about. More goods make it another sale: asked anew.
    enter_at(&store, (9, 0), "11-12").await;
    store.scan(FISH_SAUCE).await;
    let state = store.pay_cash(None).await;
    assert_eq!(twins(&state).iter().map(|twin| twin.1).collect::<Vec<_>>(), [Some("12")]);
    let request = store.request().await;
    for _ in 0..2 {
        pad::other(&store.app, &store.seat, &request).await.unwrap();
    }
    assert!(matches!(store.pay_cash(None).await.note, Note::PadKept { .. }));
    enter_at(&store, (9, 0), "13").await;
    store.scan(FISH_SAUCE).await;
    assert_eq!(twins(&store.pay_cash(None).await)[0].1, Some("11–12"), "the same goods at the same time");
    pad::other(&store.app, &store.seat, &store.request().await).await.unwrap();
    store.scan(GARLIC).await;
    assert!(
        matches!(store.pay_cash(None).await.note, Note::PadKept { .. }),
        "nothing looks like it any more"
    );
    assert_eq!(count(&store, SALES).await, 4);
    store.check().await;
}

#[tokio::test]
async fn a_sale_that_was_voided_is_no_twin() {
    let store = TestStore::new().await;
    store.clock.advance(HOUR_MS);
    let sold = store.sell(GARLIC).await;
    let word = manager_word();
    let request = Request { op_id: store.op(), sale_id: sold.into() };
    refund::void(&store.app, &store.seat, &request, "gõ nhầm", &word).await.unwrap();
    enter_at(&store, (9, 0), "1").await;
    store.scan(GARLIC).await;
    assert!(matches!(store.pay_cash(None).await.note, Note::PadKept { .. }));
    // What was entered wrongly is voided like any other sale, and entered again.
    let entered = store.state().await.last_sale.unwrap().sale_id;
    let request = Request { op_id: store.op(), sale_id: entered.into() };
    let note = refund::void(&store.app, &store.seat, &request, "nhập nhầm", &word).await.unwrap().note;
    assert!(matches!(note, Note::Voided { paid_vnd: 280_000, .. }), "{note:?}");
    enter_at(&store, (9, 0), "1").await;
    store.scan(FISH_SAUCE).await;
    assert!(matches!(store.pay_cash(None).await.note, Note::PadKept { .. }));
    store.check().await;
}

#[tokio::test]
async fn a_combo_is_the_twin_of_its_parts() {
    let store = TestStore::new().await;
    let parts = [(GARLIC_NAME, 1_000), (FISH_SAUCE_NAME, 2_000)];
    store.load(&Catalogue::default().combo("Bộ quà Tết", "8938500000034", 400_000, &parts)).await;
    store.sell("8938500000034").await;
    next_day(&store).await;
    enter_at(&store, (8, 0), "1").await;
    store.scan("8938500000034").await;
    assert_eq!(twins(&store.pay_cash(None).await).len(), 1);
    store.check().await;
}

#[tokio::test]
async fn cash_rounding_hides_no_twin() {
    let store = TestStore::closed(Config { cash_step_vnd: 1_000, ..Config::default() }).await;
    store.load(&Catalogue::default().product("Kẹo gương", "8938500000041", 45_400, None)).await;
    store.open_shift().await;
    store.sell("8938500000041").await;
    next_day(&store).await;
    enter_at(&store, (8, 0), "1").await;
    store.scan("8938500000041").await;
    assert_eq!(twins(&store.pay(TenderKind::VietQr, None).await).len(), 1);
    store.check().await;
}
