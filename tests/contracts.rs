//! A contract on its whole way: made at a till without a network, sold by at once, told by central to the operator's other
//! store, and read by the producer.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use central::db::users::{self, Role, Scope};
use central::db::{Db, exceptions, terms};
use domain::consignment::{Terms, held_on};
use pos::db::terms as at_till;
use stories::books;
use stories::settling::{agree, end, producer};
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, sync};

testkit::on_both_engines!(what_one_store_agrees_on_holds_in_the_operators_other_store);

/// A box costs 280.000 ₫; VAT on the commission is 8 %.
fn due(percent: i64) -> i64 {
    let commission = 2_800 * percent;
    280_000 - commission - commission * 8 / 100
}

async fn check(world: &World, store: &TestStore) {
    let found = exceptions::list_open(&world.central.db, 10).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    let store_id = books::id_of(store).await;
    assert_eq!(books::of_store(store).await, books::at_central(world, store_id).await);
    store.check().await;
}

async fn what_one_store_agrees_on_holds_in_the_operators_other_store(db: Db) {
    let mut world = World::over(db).await;
    let (here, there) = (world.open_store("LS").await, world.open_store("QN").await);
    // The network is gone: the producer comes, and they agree all the same.
    world.stop().await;
    here.sell(GARLIC).await;
    let today = time::macros::date!(2026 - 11 - 23);
    let agreed = agree(&world, &here, 20, today).await;
    here.sell(GARLIC).await;
    there.sell(GARLIC).await;
    assert_eq!(here.balance("producer_due").await, -(due(12) + due(20)));
    world.start().await;
    sync(&here).await;
    sync(&there).await;
    there.sell(GARLIC).await;
    sync(&there).await;
    assert_eq!(there.balance("producer_due").await, -(due(12) + due(20)), "the other store sells by it");
    for store in [&here, &there] {
        let mut connection = store.app.db().read().acquire().await.unwrap();
        let known = at_till::list_of_producer(&mut connection, agreed.producer_id).await.unwrap();
        assert_eq!((known.len(), known[0]), (2, agreed));
        drop(connection);
        check(&world, store).await;
    }
    central::verify::verify(&world.central.db).await.unwrap();
    let role = Role::Producer(producer(&world).await);
    world.admin().add_user("toi-den", "Võ Thị Kim Ngân", role, "hành tím mồ côi").await.unwrap();
    let user = users::find_by_login(&world.central.db, "toi-den", world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap();
    let Scope::Producer(scope) = user.scope() else { panic!("{user:?}") };
    let read = terms::list_of_producer(&world.central.db, scope, 10).await.unwrap();
    assert_eq!(read.iter().map(|found| found.terms).collect::<Vec<_>>()[0], agreed);
    assert!(read[0].store.is_some() && read[1].store.is_none(), "{read:?}");
    // It ends at the other store: both, and central, know the same of each day.
    let tomorrow = today.next_day().unwrap();
    end(&world, &there, tomorrow).await;
    sync(&there).await;
    sync(&here).await;
    let read = terms::list_of_producer(&world.central.db, scope, 10).await.unwrap();
    let mut sides: Vec<Vec<Terms>> = vec![read.iter().map(|found| found.terms).collect()];
    for store in [&here, &there] {
        let mut connection = store.app.db().read().acquire().await.unwrap();
        sides.push(at_till::list_of_producer(&mut connection, agreed.producer_id).await.unwrap());
        drop(connection);
        check(&world, store).await;
    }
    for known in &sides {
        assert_eq!(known, &sides[0]);
        let held = |day| held_on(known, (agreed.producer_id, None), day);
        assert_eq!((held(today), held(tomorrow)), (Some(agreed), None));
    }
}
