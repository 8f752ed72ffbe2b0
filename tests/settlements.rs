//! A settlement on its whole way: closed and paid at a till without a network, held against central's own books, and shown to
//! the producer with what is still owed; also by a computer that took another one's place.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use central::db::settlements::{self, Paper};
use central::db::users::{self, OperatorScope, ProducerScope, Role, Scope};
use central::db::{Db, consigned, exceptions};
use central::joint_settling::{self, Wanted};
use domain::Money;
use pos::Config;
use stories::books;
use stories::settling::{pay, producer};
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, sync};

testkit::on_both_engines!(
    what_a_till_settles_is_what_the_producer_sees,
    what_the_operator_settles_each_store_records,
    a_computer_settles_what_the_one_before_it_sold
);

/// A box costs 280.000 ₫; of that go 12 % commission and 8 % VAT on it.
const DUE: i64 = 280_000 - 33_600 - 2_688;

/// Signs the producer up, and returns what may be seen.
async fn scope(world: &World) -> ProducerScope {
    let role = Role::Producer(producer(world).await);
    world.admin().add_user("toi-den", "Võ Thị Kim Ngân", role, "hành tím mồ côi").await.unwrap();
    let user = users::find_by_login(&world.central.db, "toi-den", world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap();
    let Scope::Producer(scope) = user.scope() else { panic!("{user:?}") };
    scope
}

async fn owed(world: &World, scope: ProducerScope) -> i64 {
    consigned::owed(&world.central.db, scope).await.unwrap().iter().map(|row| row.due.vnd()).sum()
}

async fn papers(world: &World, scope: ProducerScope) -> Vec<Paper> {
    settlements::list(&world.central.db, scope, 10).await.unwrap()
}

/// Central has the store's books, and nothing in suspense.
async fn agree(world: &World, store: &TestStore) {
    let found = exceptions::list_open(&world.central.db, 10).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    let store_id = books::id_of(store).await;
    assert_eq!(books::of_store(store).await, books::at_central(world, store_id).await);
    central::verify::verify(&world.central.db).await.unwrap();
    store.check().await;
}

async fn what_a_till_settles_is_what_the_producer_sees(db: Db) {
    let mut world = World::over(db).await;
    let store = world.open_store("LS").await;
    let scope = scope(&world).await;
    // The network is gone: the producer comes, and is paid all the same.
    world.stop().await;
    for _ in 0..3 {
        store.sell(GARLIC).await;
    }
    pay(&world, &store, 2 * DUE, true).await;
    store.sell(GARLIC).await;
    pay(&world, &store, DUE, false).await;
    world.start().await;
    assert!(papers(&world, scope).await.is_empty());
    sync(&store).await;
    agree(&world, &store).await;
    assert_eq!(owed(&world, scope).await, DUE);
    let shown = papers(&world, scope).await;
    let [paid, settled] = shown.as_slice() else { panic!("{shown:?}") };
    assert!(settled.is_settlement && !paid.is_settlement, "{shown:?}");
    assert_eq!((settled.due.vnd(), settled.paid.vnd(), paid.paid.vnd()), (3 * DUE, 2 * DUE, DUE));
    let mut tx = world.central.db.begin_reading().await.unwrap();
    let told = settlements::find_told_in(&mut tx, settled.id).await.unwrap().unwrap();
    let row = &told.rows[0];
    assert_eq!((row.received, row.sold, row.closing), (10_000, 3_000, 7_000));
}

/// Two stores, one of them without a network and then with a new computer; each part is recorded once.
async fn what_the_operator_settles_each_store_records(db: Db) {
    let mut world = World::over(db).await;
    let (first, second) = (world.open_store("LS").await, world.open_store("SH").await);
    let scope = scope(&world).await;
    for (store, boxes) in [(&first, 3), (&second, 1)] {
        for _ in 0..boxes {
            store.sell(GARLIC).await;
        }
        sync(store).await;
    }
    let office = office(&world).await;
    let joint = Wanted {
        id: uuid::Uuid::from_u128(5),
        producer_id: producer(&world).await,
        shown: Money::new(4 * DUE),
        amount: Money::new(4 * DUE),
        paid_on: time::macros::date!(2026 - 11 - 23),
    };
    joint_settling::settle(&world.central, (office, "co-so"), &joint).await.unwrap();
    // What it heard before the network went it records without one; the other store hears later.
    sync(&first).await;
    world.stop().await;
    second.sell(GARLIC).await;
    world.start().await;
    for _ in 0..2 {
        sync(&second).await;
        sync(&first).await;
    }
    let shown = papers(&world, scope).await;
    let told: Vec<(i64, i64)> = shown.iter().map(|paper| (paper.due.vnd(), paper.paid.vnd())).collect();
    assert_eq!(told.len(), 2, "{shown:?}");
    assert!(told.contains(&(3 * DUE, 3 * DUE)) && told.contains(&(2 * DUE, DUE)), "{told:?}");
    assert_eq!(owed(&world, scope).await, DUE, "the box that was sold meanwhile");
    agree(&world, &first).await;
    agree(&world, &second).await;

    // A new computer hears of the part with the catalogue, and of the entry that records it.
    let store_id = books::id_of(&second).await;
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().to_path_buf(), ..second.app.config().clone() };
    let new = TestStore::on(folder, config, second.seat.clone(), 81).await;
    new.clock.advance(second.app.clock().now_ms() - new.app.clock().now_ms());
    drop(second);
    world.enrol(&new, store_id, true).await;
    new.open_shift().await;
    sync(&new).await;
    sync(&new).await;
    assert_eq!(papers(&world, scope).await.len(), 2);
    agree(&world, &new).await;
}

/// Signs the operator's office up, and returns what may be seen.
async fn office(world: &World) -> OperatorScope {
    let role = Role::Operator(world.operator());
    world.admin().add_user("co-so", "Kế toán", role, "hành tím mồ côi").await.unwrap();
    let user = users::find_by_login(&world.central.db, "co-so", world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap();
    let Scope::Operator(scope) = user.scope() else { panic!("{user:?}") };
    scope
}

async fn a_computer_settles_what_the_one_before_it_sold(db: Db) {
    let world = World::over(db).await;
    let store = world.open_store("LS").await;
    let scope = scope(&world).await;
    let store_id = books::id_of(&store).await;
    store.sell(GARLIC).await;
    pay(&world, &store, DUE, true).await;
    store.sell(GARLIC).await;
    sync(&store).await;

    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().to_path_buf(), ..store.app.config().clone() };
    let new = TestStore::on(folder, config, store.seat.clone(), 81).await;
    new.clock.advance(store.app.clock().now_ms() - new.app.clock().now_ms());
    drop(store);
    world.enrol(&new, store_id, true).await;
    sync(&new).await;
    new.open_shift().await;
    new.sell(GARLIC).await;
    pay(&world, &new, 2 * DUE, true).await;
    sync(&new).await;
    agree(&world, &new).await;
    let shown = papers(&world, scope).await;
    assert_eq!(shown.iter().map(|paper| paper.due.vnd()).collect::<Vec<_>>(), [2 * DUE, DUE]);
    assert_eq!(owed(&world, scope).await, 0);
}
