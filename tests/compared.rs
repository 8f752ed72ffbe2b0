//! A till and central compare what they have: every hour of a busy day, at each look at central of a quiet one, and what came of
//! it is kept where people see it.
#![expect(clippy::unwrap_used, reason = "a story that stumbles has failed")]

use pos::db::comparisons::{Comparison, list_comparisons};
use pos::db::streams::find_current;
use pos::sync::comparison::COMPARE_EVERY_MS;
use pos::sync::{Next, Session};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, World, sync};

const DAY_MS: i64 = 24 * 3_600_000;

async fn last(store: &TestStore) -> Comparison {
    list_comparisons(store.app.db().read()).await.unwrap().remove(0)
}

async fn work(store: &TestStore, session: &mut Session) {
    while session.step(&store.app).await.unwrap() == Next::Again {}
}

#[tokio::test]
async fn what_both_have_is_compared_on_quiet_and_on_busy_days() {
    let world = World::with_catalogue().await;
    let store = world.open_store("LS").await;
    store.sell(FISH_SAUCE).await;
    sync(&store).await;
    let mut session = Session::begin(&store.app).await.unwrap().unwrap();
    work(&store, &mut session).await;
    let first = last(&store).await;
    assert!(first.agrees(), "{first:?}");
    assert_eq!(first.compared_at_ms, store.app.clock().now_ms());

    // Nothing is sold for a day.
    store.clock.advance(DAY_MS);
    work(&store, &mut session).await;
    let quiet = last(&store).await;
    assert_eq!((quiet.compared_at_ms - first.compared_at_ms, quiet.central), (DAY_MS, first.central));

    store.begin_day().await;
    // A sale every five minutes: central's word on its head is never asked for otherwise.
    for _ in 0..=COMPARE_EVERY_MS / 300_000 {
        store.sell(FISH_SAUCE).await;
        work(&store, &mut session).await;
        store.clock.advance(300_000);
    }
    let busy = last(&store).await;
    assert!(busy.agrees() && busy.central.seq > quiet.central.seq, "{busy:?}");
    assert_eq!(busy.compared_at_ms - quiet.compared_at_ms, COMPARE_EVERY_MS);
    store.check().await;
}

/// A copy of an older day is put in the place of the data: central has more.
#[tokio::test]
async fn a_copy_that_lacks_sales_is_told_although_it_goes_on_in_a_new_journal() {
    let world = World::with_catalogue().await;
    let store = world.open_store("LS").await;
    sync(&store).await;
    let copy = store.snapshot();
    store.sell(FISH_SAUCE).await;
    sync(&store).await;
    // Without the marker beside it, so that central is the one who knows.
    std::fs::remove_file(copy.path().join("marker.json")).unwrap();
    let old = store.start_copy(copy, 77).await;
    let stream = {
        let mut reader = old.app.db().read().acquire().await.unwrap();
        find_current(&mut reader).await.unwrap().unwrap()
    };
    sync(&old).await;
    let told = list_comparisons(old.app.db().read()).await.unwrap();
    let ended = told.iter().find(|one| one.stream == stream.stream).unwrap();
    assert!(!ended.agrees(), "{ended:?}");
    assert!(ended.own_entries < ended.central.seq && ended.own_hash.is_none(), "{ended:?}");
}
