//! A store and central over real HTTP: what was sold arrives once, whatever happens on the way.
#![expect(clippy::unwrap_used, reason = "a story that stumbles has failed")]

use pos::counter::{Note, shift};
use pos::db::entries;
use pos::sync::{Next, Session, SyncStatus};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, World, begin_day, sync};

async fn pending(store: &TestStore) -> i64 {
    entries::load_pending(store.app.db().read()).await.unwrap().sales
}

#[tokio::test]
async fn a_sale_reaches_central_once() {
    let world = World::with_catalogue().await;
    let store = world.open_store("LS").await;
    store.sell(FISH_SAUCE).await;
    assert_eq!(pending(&store).await, 1);
    sync(&store).await;
    assert_eq!(pending(&store).await, 0);
    assert_eq!(store.app.sync_status(), SyncStatus::Good { held: false });
    store.check().await;
}

#[tokio::test]
async fn central_away_for_200_sales_costs_nothing() {
    let mut world = World::with_catalogue().await;
    let store = world.open_store("LS").await;
    world.stop().await;
    for _ in 0..200 {
        store.sell(FISH_SAUCE).await;
    }
    sync(&store).await;
    assert!(matches!(store.app.sync_status(), SyncStatus::Offline { .. }));
    assert_eq!(pending(&store).await, 200);
    world.start().await;
    store.clock.advance(16 * 60 * 1_000);
    let mut session = Session::begin(&store.app).await.unwrap().unwrap();
    while session.step(&store.app).await.unwrap() == Next::Again {}
    assert_eq!(pending(&store).await, 0);
    store.check().await;
}

#[tokio::test]
async fn a_held_store_sells_and_is_counted_when_approved() {
    let world = World::with_catalogue().await;
    let store = world.store("LS", false).await;
    begin_day(&store).await;
    store.sell(FISH_SAUCE).await;
    sync(&store).await;
    assert_eq!(store.app.sync_status(), SyncStatus::Good { held: true });
    let fingerprint = store.app.signing_key().unwrap().unwrap().public().fingerprint();
    world.admin().approve(&fingerprint).await.unwrap();
    sync(&store).await;
    assert_eq!(store.app.sync_status(), SyncStatus::Good { held: false });
    let closed =
        shift::close(&store.app, &store.seat, &store.op(), domain::Money::new(595_000)).await.unwrap();
    assert_eq!(closed.note, Note::ShiftClosed { over_vnd: 0 });
}
