//! The order in which streams arrive changes nothing (I8), and replaying everything gives the same books (I7).

use central::db::Db;
use central::rebuild::{rebuild, snapshot_digest};
use protocol::Hash;
use testkit::databases::TestDatabase;

use super::transfers::{lot, send, take_in};
use crate::support::back::back;
use crate::support::settling::settlement;
use crate::support::{Till, World};

testkit::on_both_engines!(a_rebuild_gives_the_same_books);

/// Returns three tills with a day's work: two stores, and a second device in the first one.
async fn tills(world: &World) -> Vec<Till> {
    let mut tills = vec![world.till().await, world.other_till().await, world.till().await];
    let mut lots = Vec::new();
    for (till, number) in tills.iter_mut().zip(1i64..) {
        till.open_shift(100_000 * number);
        let lot = till.receive(&world.garlic, 20);
        lots.push(lot);
        for pieces in 1..6 {
            till.sell(&[(&world.garlic, pieces), (&world.salt, pieces * number)]);
            let sale = till.sale_of(vec![till.line(&world.garlic, pieces, Some(lot))]);
            till.write_sale(world.app.clock.new_uuid().into(), &sale);
        }
        let sale = till.sale_of(vec![till.line(&world.garlic.with_terms(|t| t.terms_id = None), 1, None)]);
        till.write_sale(world.app.clock.new_uuid().into(), &sale);
        till.write("teleport", None, "{}");
        till.close_shift(100_000 * number, 0, 7);
    }
    // What the second device of the store takes back of a sale of the first, in whichever order the two are heard of.
    let line = tills[0].line(&world.salt, 3, None);
    let sale = tills[0].sell_lines(std::slice::from_ref(&line));
    tills[2].take_back(sale, vec![back(0, &line, 0, 1)]);
    tills[2].take_back(sale, vec![back(0, &line, 1, 2)]);
    // What the first store sends, the second takes in, whichever half is heard of first; it comes back from the second device.
    let garlic = lot(&world.garlic, lots[0]);
    let number = send(&mut tills[0], world.other_store, &[(garlic.clone(), 4)]);
    take_in(&mut tills[1], world.store, &number, &[(garlic, 4, 3, 405_000)]);
    let other = lot(&world.garlic, lots[2]);
    let number = send(&mut tills[2], world.other_store, &[(other.clone(), 2)]);
    take_in(&mut tills[2], world.store, &number, &[(other, 2, 2, 0)]);
    // Each settles with both producers: the first device before it knows of the other one, which then goes on from there.
    for producer in [world.phu_sinh, world.sa_huynh] {
        let first = settlement(producer, &[&tills[0]], 1_000);
        tills[0].settle(&first);
        tills[0].sell(&[(&world.garlic, 1), (&world.salt, 1)]);
        let second = settlement(producer, &[&tills[2], &tills[0]], 0);
        tills[2].settle(&second);
        tills[1].pay_producer(producer, 5_000);
    }
    tills
}

/// Pushes small batches of the tills in an order drawn from `seed`.
async fn push_in_order(world: &World, tills: &[Till], seed: u64) {
    let mut next: Vec<usize> = vec![0; tills.len()];
    for step in 0u64.. {
        let draw = u64::from_be_bytes(
            Hash::of(&[&seed.to_be_bytes(), &step.to_be_bytes()]).bytes()[..8].try_into().unwrap(),
        );
        let left: Vec<usize> = (0..tills.len()).filter(|i| next[*i] < tills[*i].journal.len()).collect();
        let Some(till) = left.get(usize::try_from(draw % 3).unwrap() % left.len().max(1)) else { return };
        let (from, length) = (next[*till], 1 + usize::try_from(draw / 3 % 5).unwrap());
        let end = (from + length).min(tills[*till].journal.len());
        tills[*till].push(world, &tills[*till].journal[from..end]).await.ack();
        next[*till] = end;
    }
}

async fn books_after(db: Db, seed: u64) -> Hash {
    let world = World::new(db).await;
    let tills = tills(&world).await;
    push_in_order(&world, &tills, seed).await;
    snapshot_digest(&world.app.db).await.unwrap()
}

#[tokio::test]
async fn every_order_gives_the_same_books_on_both_databases() {
    let mut digests = Vec::new();
    for seed in 0..6 {
        let database = TestDatabase::sqlite().await;
        digests.push(books_after(database.db(), seed).await);
        database.check().await;
    }
    let database = TestDatabase::postgres().await;
    digests.push(books_after(database.db(), 99).await);
    database.check().await;
    digests.dedup();
    assert_eq!(digests.len(), 1, "{digests:?}");
}

async fn a_rebuild_gives_the_same_books(db: Db) {
    let world = World::new(db).await;
    let tills = tills(&world).await;
    push_in_order(&world, &tills, 5).await;
    let before = snapshot_digest(&world.app.db).await.unwrap();
    let entries: usize = tills.iter().map(|till| till.journal.len()).sum();
    assert_eq!(rebuild(&world.app.db).await.unwrap(), i64::try_from(entries).unwrap());
    assert_eq!(snapshot_digest(&world.app.db).await.unwrap(), before);
    // Whatever was done to the books by hand is gone.
    for damage in [
        "update stock set quantity_milli = quantity_milli + 1",
        "delete from sales_monthly",
        "update receipts set payable_vnd = 0",
        "delete from exceptions",
        "delete from stock_moves",
        "update settlements set paid_vnd = 0",
        "delete from settled",
        "delete from transfers",
    ] {
        world.app.db.exec(central::db::engine::Sql::new(damage)).await.unwrap();
        assert_ne!(snapshot_digest(&world.app.db).await.unwrap(), before, "{damage}");
        rebuild(&world.app.db).await.unwrap();
        assert_eq!(snapshot_digest(&world.app.db).await.unwrap(), before, "{damage}");
    }
}
