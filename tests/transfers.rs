//! Goods that two stores take in, because neither had heard of the other: both books say what each counted, and the department sees
//! that they cannot both be right.
#![expect(clippy::unwrap_used, reason = "a story that stumbles has failed")]

use central::db::users::{self, Role};
use central::db::{Db, transfers};
use pos::counter::Note;
use pos::counter::note::Delivering;
use stories::books;
use stories::garlic::boxes;
use stories::goods::{send, take_in};
use testkit::world::{World, sync};

testkit::on_both_engines!(a_transfer_that_is_taken_in_twice_is_seen);

async fn states(world: &World) -> Vec<(String, String, String)> {
    let user = users::find_by_login(&world.central.db, "so-cong-thuong", world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap();
    let open = transfers::list_open(&world.central.db, user.scope(), None).await.unwrap();
    open.into_iter().map(|row| (row.from_code, row.to_code, row.state)).collect()
}

async fn a_transfer_that_is_taken_in_twice_is_seen(db: Db) {
    let world = World::over(db).await;
    let name = "Phạm Thị Sở";
    world.admin().add_user("so-cong-thuong", name, Role::Department, "hành tím mồ côi").await.unwrap();
    let (sender, receiver) = (world.open_store("LS").await, world.open_store("TK").await);
    sync(&sender).await;
    let number = send(&sender, &receiver, &[(boxes(&sender).await, 4_000)]).await;
    sync(&sender).await;
    let between = |state: &str| ("LS".to_owned(), "TK".to_owned(), state.to_owned());
    assert_eq!(states(&world).await, [between("under_way")]);
    sync(&receiver).await;
    // The receiver takes it in and is offline; the sender believes that it came back.
    let taken = |note: &Note| matches!(note, Note::Delivering(Delivering::TakenIn { lots: 1, .. }));
    assert!(taken(&take_in(&receiver, &number, &[]).await.note));
    assert!(taken(&take_in(&sender, &number, &[]).await.note));
    sync(&sender).await;
    assert_eq!(states(&world).await, []);
    sync(&receiver).await;
    let twice = ("LS".to_owned(), "LS".to_owned(), "twice".to_owned());
    let mut seen = states(&world).await;
    seen.sort();
    assert_eq!(seen, [twice, between("twice")]);
    for store in [&sender, &receiver] {
        let store_id = books::id_of(store).await;
        assert_eq!(books::of_store(store).await, books::at_central(&world, store_id).await);
        store.check().await;
    }
}
