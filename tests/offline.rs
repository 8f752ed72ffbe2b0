//! Central is away while a store sells; when it is back, both have the same books (F22, I1, I2, I6).
#![expect(clippy::unwrap_used, reason = "a story that stumbles has failed")]

use central::db::Db;
use pos::db::entries;
use pos::sync::SyncStatus;
use stories::books;
use stories::trade::trade;
use testkit::world::{World, sync};

testkit::on_both_engines!(two_hundred_sales_without_central, two_stores_and_a_central_that_comes_and_goes);

const SALES: usize = 200;
/// Longer than the longest pause between two tries.
const PAUSE_MS: i64 = 16 * 60 * 1_000;

async fn two_hundred_sales_without_central(db: Db) {
    let mut world = World::over(db).await;
    let store = world.open_store("LS").await;
    let store_id = books::id_of(&store).await;
    world.stop().await;
    let takings = trade(&store, SALES).await;
    sync(&store).await;
    assert!(matches!(store.app.sync_status(), SyncStatus::Offline { .. }));
    let pending = entries::load_pending(store.app.db().read()).await.unwrap();
    assert_eq!((pending.sales, pending.payable_vnd), (takings.sales, takings.payable_vnd));
    assert_eq!(books::at_central(&world, store_id).await.sales, 0);

    world.start().await;
    store.clock.advance(PAUSE_MS);
    sync(&store).await;
    assert_eq!(store.app.sync_status(), SyncStatus::Good { held: false });
    assert_eq!(entries::load_pending(store.app.db().read()).await.unwrap().sales, 0);
    let heads = books::heads_of_store(&store).await;
    assert_eq!(heads, books::heads_at_central(&world, store_id).await);
    assert_eq!(heads.values().map(|(_, vnd)| vnd).sum::<i64>(), takings.payable_vnd);
    let (here, there) = (books::of_store(&store).await, books::at_central(&world, store_id).await);
    assert_eq!(here, there);
    assert_eq!(here.digest(), there.digest());
    assert_eq!((there.sales, there.payable_vnd), (takings.sales, takings.payable_vnd));
    assert_eq!(there.account("producer_due"), -takings.producer_due_vnd);
    assert_eq!(there.account("other"), -takings.outside_vnd);
    assert_eq!(there.account("suspense"), 0);
    let programme_vnd = there.products.values().map(|(_, vnd)| vnd).sum::<i64>();
    assert_eq!(programme_vnd, takings.payable_vnd - takings.outside_vnd);
    store.check().await;
}

async fn two_stores_and_a_central_that_comes_and_goes(db: Db) {
    let mut world = World::over(db).await;
    let stores = [world.open_store("LS").await, world.open_store("QN").await];
    let mut payable_vnd = [0; 2];
    for round in 0..4 {
        world.stop().await;
        for (store, payable_vnd) in stores.iter().zip(&mut payable_vnd) {
            *payable_vnd += trade(store, 5 + round).await.payable_vnd;
            sync(store).await;
        }
        world.start().await;
        for store in &stores {
            store.clock.advance(PAUSE_MS);
            sync(store).await;
        }
    }
    for (store, payable_vnd) in stores.iter().zip(payable_vnd) {
        let store_id = books::id_of(store).await;
        let there = books::at_central(&world, store_id).await;
        assert_eq!(there.payable_vnd, payable_vnd);
        assert_eq!(books::of_store(store).await, there);
        assert_eq!(books::heads_of_store(store).await, books::heads_at_central(&world, store_id).await);
        store.check().await;
    }
}
