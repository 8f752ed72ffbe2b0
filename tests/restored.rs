//! Copies brought back, clones, and a computer that takes the place of another: whatever central counts comes back to the
//! store, what is sold meanwhile is counted once, and at the end every computer has central's books (F42-F45, I2, I7, I12,
//! I14).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use central::db::Db;
use central::db::streams::{self, Status};
use domain::ids::StoreId;
use pos::Config;
use pos::db::entries;
use pos::maintenance::restore;
use pos::sync::{Next, Session, SyncStatus};
use stories::books;
use stories::restoring::{copy, restored, started};
use stories::trade::trade;
use testkit::clock::DrivenClock;
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};

testkit::on_both_engines!(
    a_disk_is_lost_and_a_copy_brought_back,
    a_computer_is_lost_without_any_copy,
    the_old_computer_comes_back_with_sales_that_nobody_knew,
    a_copy_is_brought_back_beside_its_key,
    what_waited_for_central_in_a_copy_is_told,
    two_clones_sell_and_both_are_counted_once
);

/// Both have the same books of a store; what it sold is counted once.
async fn agree(world: &World, store: &TestStore, store_id: StoreId, sales: i64) {
    let (here, there) = (books::of_store(store).await, books::at_central(world, store_id).await);
    assert_eq!(here, there);
    assert_eq!(here.digest(), there.digest());
    assert_eq!((there.sales, there.account("suspense")), (sales, 0));
    assert_eq!(entries::load_pending(store.app.db().read()).await.unwrap().sales, 0);
    store.check().await;
}

async fn agree_on_heads(world: &World, store: &TestStore, store_id: StoreId) {
    assert_eq!(books::heads_of_store(store).await, books::heads_at_central(world, store_id).await);
}

/// Enrols the current stream; a person approves it.
async fn admit(world: &World, store: &TestStore, store_id: StoreId) {
    world.enrol(store, store_id, true).await;
    sync(store).await;
    assert_eq!(store.app.sync_status(), SyncStatus::Good { held: false });
}

/// Syncs until the store has gone on in a new stream, since central has another journal under this one's key.
async fn sync_to_the_end_of_the_stream(store: &TestStore) {
    let mut session = Session::begin(&store.app).await.unwrap().unwrap();
    for _ in 0..100 {
        match session.step(&store.app).await.unwrap() {
            Next::Again => {}
            Next::OtherStream => return,
            Next::WaitMs(_) => panic!("the two journals were not told apart"),
        }
    }
    panic!("the sync goes round in circles");
}

async fn a_disk_is_lost_and_a_copy_brought_back(db: Db) {
    let world = World::over(db).await;
    let shelf = tempfile::tempdir().unwrap();
    let store = world.open_store("LS").await;
    let store_id = books::id_of(&store).await;
    trade(&store, 12).await;
    sync(&store).await;
    // A cart is on the screen while the copy is made, and is paid afterwards.
    store.scan(GARLIC).await;
    let file = copy(&store, &shelf).await;
    store.pay_cash(None).await;
    trade(&store, 9).await;
    store.deliver(GARLIC, 7).await;
    sync(&store).await;
    let before = books::at_central(&world, store_id).await;
    assert_eq!(before.sales, 22);

    let new = restored(&store, &file, 71).await;
    drop(store);
    assert_eq!(books::of_store(&new).await.sales, 12, "the copy knows no more");
    assert!(new.state().await.lines.is_empty(), "what was on the screen then may have been sold since");
    trade(&new, 5).await;
    let fingerprint = world.enrol(&new, store_id, false).await;
    sync(&new).await;
    assert_eq!(new.app.sync_status(), SyncStatus::Good { held: true });
    assert_eq!(
        books::at_central(&world, store_id).await,
        before,
        "nothing is counted before a person agrees"
    );
    assert_eq!(books::of_store(&new).await.sales, 17, "and nothing is told to a computer that nobody knows");
    new.check().await;

    world.admin().approve(&fingerprint).await.unwrap();
    sync(&new).await;
    agree(&world, &new, store_id, 27).await;
    agree_on_heads(&world, &new, store_id).await;
    trade(&new, 4).await;
    new.deliver(FISH_SAUCE, 3).await;
    sync(&new).await;
    agree(&world, &new, store_id, 31).await;
    agree_on_heads(&world, &new, store_id).await;
    // The program starts again: what it knows is on its disk, and it begins no other journal.
    let streams = books::heads_of_store(&new).await.len();
    let new = new.restart().await;
    assert!(!pos::marker::is_rolled_back(&new.app).await.unwrap());
    sync(&new).await;
    assert_eq!(books::heads_of_store(&new).await.len(), streams);
    agree(&world, &new, store_id, 31).await;
}

async fn a_computer_is_lost_without_any_copy(db: Db) {
    let world = World::over(db).await;
    let store = world.open_store("LS").await;
    let store_id = books::id_of(&store).await;
    trade(&store, 14).await;
    sync(&store).await;

    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().to_path_buf(), ..store.app.config().clone() };
    let new = started(&store, folder, config, 81).await;
    drop(store);
    admit(&world, &new, store_id).await;
    agree(&world, &new, store_id, 14).await;
    new.open_shift().await;
    trade(&new, 6).await;
    sync(&new).await;
    agree(&world, &new, store_id, 20).await;
    agree_on_heads(&world, &new, store_id).await;
    let new = new.restart().await;
    trade(&new, 1).await;
    sync(&new).await;
    agree(&world, &new, store_id, 21).await;
}

async fn the_old_computer_comes_back_with_sales_that_nobody_knew(db: Db) {
    let world = World::over(db).await;
    let shelf = tempfile::tempdir().unwrap();
    let old = world.open_store("LS").await;
    let store_id = books::id_of(&old).await;
    trade(&old, 6).await;
    sync(&old).await;
    let file = copy(&old, &shelf).await;
    trade(&old, 4).await;
    sync(&old).await;
    // Its network fails first, and then its power: these three are on its disk alone.
    trade(&old, 3).await;

    let new = restored(&old, &file, 91).await;
    admit(&world, &new, store_id).await;
    trade(&new, 5).await;
    sync(&new).await;
    agree(&world, &new, store_id, 15).await;

    // Somebody mends it, and it goes on where it was: nothing of it is lost, and nothing counted twice.
    let old = old.restart().await;
    sync(&old).await;
    agree(&world, &old, store_id, 18).await;
    sync(&new).await;
    agree(&world, &new, store_id, 18).await;
    for store in [&old, &new] {
        agree_on_heads(&world, store, store_id).await;
        assert_ne!(store.state().await.business_date, None, "each has its own drawer");
    }
    // Its key is revoked when it is thrown away; what it told stays, here and there.
    let mut reader = old.app.db().read().acquire().await.unwrap();
    let stream = pos::db::streams::find_current(&mut reader).await.unwrap().unwrap().stream;
    drop(reader);
    world.admin().revoke(stream).await.unwrap();
    trade(&old, 1).await;
    sync(&old).await;
    assert_eq!(old.app.sync_status(), SyncStatus::Refused);
    sync(&new).await;
    agree(&world, &new, store_id, 18).await;
}

async fn a_copy_is_brought_back_beside_its_key(db: Db) {
    let world = World::over(db).await;
    let store = world.open_store("LS").await;
    let store_id = books::id_of(&store).await;
    trade(&store, 5).await;
    sync(&store).await;
    let yesterday = store.snapshot();
    trade(&store, 8).await;
    sync(&store).await;

    let back = store.start_copy(yesterday, 101).await;
    drop(store);
    assert_eq!(books::of_store(&back).await.sales, 5);
    sync_to_the_end_of_the_stream(&back).await;
    trade(&back, 3).await;
    admit(&world, &back, store_id).await;
    agree(&world, &back, store_id, 16).await;
    agree_on_heads(&world, &back, store_id).await;
}

/// Central was away when the copy was made, and the computer died before it came back.
async fn what_waited_for_central_in_a_copy_is_told(db: Db) {
    let world = World::over(db).await;
    let shelf = tempfile::tempdir().unwrap();
    let store = world.open_store("LS").await;
    let store_id = books::id_of(&store).await;
    trade(&store, 3).await;
    sync(&store).await;
    trade(&store, 4).await;
    store.deliver(GARLIC, 2).await;
    let file = copy(&store, &shelf).await;
    trade(&store, 2).await;

    let folder = store.snapshot();
    let config = Config { data_dir: folder.path().to_path_buf(), ..store.app.config().clone() };
    let app = restore::restore(config.clone(), DrivenClock::new(131).1, &file).await.unwrap();
    app.db().close().await;
    drop(app);
    let back = started(&store, folder, config, 132).await;
    drop(store);
    trade(&back, 5).await;
    admit(&world, &back, store_id).await;
    agree(&world, &back, store_id, 12).await;
    agree_on_heads(&world, &back, store_id).await;
}

/// The note beside the data tells of the former journal: it must not make the next start begin yet another one.
#[tokio::test]
async fn a_copy_restored_over_the_data_begins_one_journal() {
    let world = World::with_catalogue().await;
    let shelf = tempfile::tempdir().unwrap();
    let store = world.open_store("LS").await;
    trade(&store, 2).await;
    let file = copy(&store, &shelf).await;
    trade(&store, 2).await;
    sync(&store).await;
    let (config, clock) = (store.app.config().clone(), store.app.clock().clone());
    store.app.db().close().await;
    drop(store.app);
    let app = restore::restore(config, clock, &file).await.unwrap();
    assert!(!pos::marker::is_rolled_back(&app).await.unwrap());
    assert_eq!(pos::db::streams::list_streams(app.db().read()).await.unwrap().len(), 2);
}

async fn two_clones_sell_and_both_are_counted_once(db: Db) {
    let world = World::over(db).await;
    let first = world.open_store("LS").await;
    let store_id = books::id_of(&first).await;
    trade(&first, 5).await;
    sync(&first).await;
    let second = first.start_copy(first.snapshot(), 111).await;
    trade(&first, 20).await;
    trade(&second, 20).await;
    sync(&first).await;
    let mainline = books::at_central(&world, store_id).await;
    assert_eq!(mainline.sales, 25);

    sync_to_the_end_of_the_stream(&second).await;
    let forked = &streams::list(&world.central.db, Some(store_id)).await.unwrap()[0];
    assert_eq!(forked.status, Status::Forked);
    assert_eq!(books::at_central(&world, store_id).await, mainline, "a branch is kept, and counted nowhere");
    // The first computer learns of it with its next sale, which is kept beside as well.
    trade(&first, 2).await;
    sync_to_the_end_of_the_stream(&first).await;
    assert_eq!(books::at_central(&world, store_id).await, mainline);

    let adopted = world.admin().adopt(forked.id).await.unwrap();
    assert_eq!(adopted.len(), 2);
    assert_eq!(books::at_central(&world, store_id).await.sales, 47, "each sale once");
    assert!(world.admin().adopt(forked.id).await.is_err(), "nothing is left to adopt");

    // Both go on, each in a journal of its own, and learn what the other one sold.
    trade(&first, 3).await;
    trade(&second, 4).await;
    for _ in 0..2 {
        for store in [&first, &second] {
            if matches!(Session::begin(&store.app).await, Ok(None)) {
                world.enrol(store, store_id, true).await;
            }
            sync(store).await;
        }
    }
    for store in [&first, &second] {
        agree(&world, store, store_id, 54).await;
    }
    // Nothing of what was mended is fetched again, and the books stay equal.
    let streams = books::heads_of_store(&first).await.len();
    trade(&first, 2).await;
    sync(&first).await;
    assert_eq!(books::heads_of_store(&first).await.len(), streams);
    agree(&world, &first, store_id, 56).await;
}
