//! What a computer may fetch: the counted journals of its own store, once it was approved; central's word covers them.

use central::db::Db;
use protocol::wire::{EntriesPage, Journals, PAGE_ENTRIES_MAX, Problem};
use protocol::{Entry, StreamId};

use crate::support::{Till, World};

testkit::on_both_engines!(
    a_successor_reads_the_former_journal,
    nobody_else_reads_it,
    a_long_journal_comes_in_pages,
    an_adopted_branch_is_a_journal_of_its_own
);

fn path(stream: StreamId, after: i64) -> String {
    format!("/sync/v1/streams/{stream}/entries?after={after}")
}

async fn listed(world: &World, asking: &Till) -> Journals {
    let answer = asking.get(world, "/sync/v1/streams", "").await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let journals: Journals = serde_json::from_slice(&answer.body).unwrap();
    for ack in &journals.acks {
        ack.verify(&world.key(), ack.stream).unwrap();
        assert!(!ack.held);
    }
    journals
}

async fn page(world: &World, asking: &Till, stream: StreamId, after: i64) -> Vec<Entry> {
    let answer = asking.get(world, &path(stream, after), "").await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let page: EntriesPage = serde_json::from_slice(&answer.body).unwrap();
    page.ack.verify(&world.key(), stream).unwrap();
    page.read().unwrap()
}

async fn a_successor_reads_the_former_journal(db: Db) {
    let world = World::new(db).await;
    let mut former = world.till().await;
    for _ in 0..3 {
        former.sell(&[(&world.garlic, 1)]);
    }
    former.push_from(&world, 1).await.ack();
    let successor = world.till().await;
    let journals = listed(&world, &successor).await;
    let heads: Vec<_> = journals.acks.iter().map(|ack| (ack.stream, ack.position())).collect();
    assert_eq!(heads, [(former.stream, former.head)], "its own journal is not among them");
    assert_eq!(page(&world, &successor, former.stream, 0).await, former.journal);
    assert_eq!(page(&world, &successor, former.stream, 3).await, former.journal[3..]);
    let nothing = successor.get(&world, &path(former.stream, 4), "").await;
    assert_eq!((nothing.status, nothing.problem()), (409, Problem::Gap { expected: 5 }));
    let packed = successor.get(&world, &path(former.stream, 0), "zstd").await;
    let body = protocol::batch::unpack_limited(&packed.body, 1 << 20).unwrap();
    assert_eq!(serde_json::from_slice::<EntriesPage>(&body).unwrap().read().unwrap(), former.journal);
    // What a key that is no longer trusted told stays in the books, so it is still to be had.
    world.admin.revoke(former.stream).await.unwrap();
    assert_eq!(page(&world, &successor, former.stream, 0).await.len(), 4);
}

async fn nobody_else_reads_it(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, 1).await.ack();
    let held = Till::enrol(&world, world.store).await;
    let neighbour = world.other_till().await;
    let revoked = world.till().await;
    world.admin.revoke(revoked.stream).await.unwrap();
    let unknown = Till::new(StreamId { incarnation: 5, ..till.stream }, held.key.clone());
    let forged = Till { key: held.key.clone(), ..till.clone() };
    let unauthorised = (401, Problem::Unauthorised);
    for (asking, list, entries) in [
        (&held, Some(unauthorised.clone()), unauthorised.clone()),
        (&neighbour, None, unauthorised.clone()),
        (&revoked, Some((403, Problem::Revoked)), (403, Problem::Revoked)),
        (&unknown, Some(unauthorised.clone()), unauthorised.clone()),
        (&forged, Some(unauthorised.clone()), unauthorised.clone()),
    ] {
        let answer = asking.get(&world, "/sync/v1/streams", "").await;
        match list {
            Some(expected) => assert_eq!((answer.status, answer.problem()), expected),
            None => assert_eq!(listed(&world, asking).await.acks, []),
        }
        let answer = asking.get(&world, &path(till.stream, 0), "").await;
        assert_eq!((answer.status, answer.problem()), entries);
    }
    // What waits is nobody's either.
    held.push_from(&world, 1).await.ack();
    assert_eq!(
        listed(&world, &till).await.acks.len(),
        1,
        "the revoked one was counted once, the held one never"
    );
    let answer = till.get(&world, &path(held.stream, 0), "").await;
    assert_eq!((answer.status, answer.problem()), unauthorised);
}

async fn a_long_journal_comes_in_pages(db: Db) {
    let world = World::new(db).await;
    let mut former = world.till().await;
    let most = usize::try_from(PAGE_ENTRIES_MAX).unwrap();
    for _ in 0..most + 20 {
        former.sell(&[(&world.salt, 1)]);
    }
    for part in former.journal.chunks(most) {
        former.push(&world, part).await.ack();
    }
    let successor = world.till().await;
    let first = page(&world, &successor, former.stream, 0).await;
    assert_eq!(first, former.journal[..most]);
    let second = page(&world, &successor, former.stream, PAGE_ENTRIES_MAX).await;
    assert_eq!(second, former.journal[most..]);
}

async fn an_adopted_branch_is_a_journal_of_its_own(db: Db) {
    let world = World::new(db).await;
    let mut first = world.till().await;
    let mut second = first.clone();
    first.sell(&[(&world.garlic, 1)]);
    second.sell(&[(&world.basket, 1)]);
    second.sell(&[(&world.basket, 2)]);
    first.push_from(&world, 1).await.ack();
    second.push_from(&world, 1).await.problem();
    let asking = world.till().await;
    assert_eq!(listed(&world, &asking).await.acks.len(), 1, "a branch is nowhere until it is adopted");
    let adopted = world.admin.adopt(first.stream).await.unwrap()[0];
    let journals = listed(&world, &asking).await;
    let heads: Vec<_> = journals.acks.iter().map(|ack| (ack.stream, ack.position())).collect();
    assert_eq!(heads, [(first.stream, first.head), (adopted, second.head)]);
    assert_eq!(page(&world, &asking, adopted, 0).await, second.journal[1..]);
}
