//! Batches that are no batches: nothing of them is stored (F57-F62).

use central::db::Db;
use protocol::batch::{BATCH_BYTES_MAX, BatchHeader, pack};
use protocol::wire::Problem;
use protocol::{Entry, SecretKey};

use crate::support::{Answer, Till, World};

testkit::on_both_engines!(broken_chains_are_named, wrong_signatures, bombs_and_rubbish);

async fn send(world: &World, till: &Till, entries: &[Entry]) -> Answer {
    // The header is made for these entries, so that only their chain is wrong.
    let body = pack(entries).unwrap();
    let header = till.sign(world, entries, &body);
    till.send(world, &header, body).await
}

async fn nothing_stored(world: &World) {
    assert_eq!(world.number("select cast(count(*) as bigint) from entries").await, 0);
    assert_eq!(world.number("select cast(count(*) as bigint) from fork_entries").await, 0);
}

async fn broken_chains_are_named(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for _ in 0..4 {
        till.sell(&[(&world.salt, 1)]);
    }
    let whole = till.journal.clone();
    let mut hole = whole.clone();
    hole.remove(2);
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    let mut edited = whole.clone();
    edited[3].shared = edited[3].shared.replace("\"payable\":30000", "\"payable\":10000");
    for (entries, at) in [(hole, 3), (swapped, 2), (edited, 4)] {
        let answer = send(&world, &till, &entries).await;
        assert_eq!((answer.status, answer.problem()), (422, Problem::CorruptBatch { at }));
    }
    let other = Till::new(protocol::StreamId { incarnation: 1, ..till.stream }, till.key.clone());
    let body = pack(&whole).unwrap();
    let answer = other.send(&world, &till.sign(&world, &whole, &body), body).await;
    assert_eq!((answer.status, answer.problem()), (401, Problem::Unauthorised));
    nothing_stored(&world).await;
}

async fn wrong_signatures(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    let body = pack(&till.journal).unwrap();
    let header = till.sign(&world, &till.journal, &body);
    let forger = Till { key: SecretKey::from_bytes(&[9; 32]), ..till.clone() };
    let neighbour = world.other_till().await;
    for wrong in [
        forger.sign(&world, &till.journal, &body),
        Till { key: neighbour.key.clone(), ..till.clone() }.sign(&world, &till.journal, &body),
        BatchHeader { device_time: 6, ..header.clone() },
        BatchHeader { count: 1, ..header.clone() },
        BatchHeader { signature: String::new(), ..header.clone() },
    ] {
        let answer = till.send(&world, &wrong, body.clone()).await;
        assert_eq!((answer.status, answer.problem()), (401, Problem::Unauthorised));
    }
    let mut edited = body.clone();
    edited[4] ^= 1;
    assert_eq!(till.send(&world, &header, edited).await.status, 401);
    nothing_stored(&world).await;
    assert_eq!(till.send(&world, &header, body).await.status, 200);
}

async fn bombs_and_rubbish(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let header = |body: &[u8]| till.sign(&world, &till.journal, body);
    let bomb = zstd::bulk::compress(&vec![b'x'; 9 * 1024 * 1024], 3).unwrap();
    let deep = format!("{}\n{{}}\n", "[".repeat(100_000));
    let tiny = "{}\n{}\n".repeat(100_000);
    for (body, status) in [
        (bomb, 413),
        (vec![0; BATCH_BYTES_MAX + 1], 413),
        (b"not zstd".to_vec(), 422),
        (Vec::new(), 422),
        (zstd::bulk::compress(deep.as_bytes(), 3).unwrap(), 422),
        (zstd::bulk::compress(tiny.as_bytes(), 3).unwrap(), 422),
        (zstd::bulk::compress(&[0xff, 0xfe, b'\n', 0, b'\n'], 3).unwrap(), 422),
    ] {
        let answer = till.send(&world, &header(&body), body).await;
        assert_eq!(answer.status, status, "{}", answer.json());
    }
    nothing_stored(&world).await;
}
