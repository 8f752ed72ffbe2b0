//! Two journals with one key: both kept, nothing appended, the same answer for ever (I12, F44-F45).

use central::db::users::Role;
use central::db::{Db, sales};
use protocol::wire::Problem;

use crate::reports::scope;
use crate::support::{Till, World};

testkit::on_both_engines!(
    both_branches_are_kept,
    a_fork_at_the_first_new_entry,
    adoption_counts_each_sale_once
);

/// Returns two tills that share the first `common` sales and then sell apart.
async fn clones(world: &World, common: usize) -> (Till, Till) {
    let mut first = world.till().await;
    for _ in 0..common {
        first.sell(&[(&world.salt, 1)]);
    }
    let mut second = first.clone();
    first.sell(&[(&world.garlic, 1)]);
    first.sell(&[(&world.garlic, 1)]);
    second.sell(&[(&world.basket, 1)]);
    second.sell(&[(&world.basket, 2)]);
    second.sell(&[(&world.basket, 3)]);
    (first, second)
}

async fn both_branches_are_kept(db: Db) {
    let world = World::new(db).await;
    let (first, second) = clones(&world, 1).await;
    first.push_from(&world, 1).await.ack();
    let expected = Problem::Fork { at_seq: 3, central_hash: first.journal[2].hash };
    for _ in 0..2 {
        let answer = second.push_from(&world, 1).await;
        assert_eq!((answer.status, answer.problem()), (409, expected.clone()));
    }
    // The first device goes on, and is kept beside as well.
    let mut first = first;
    first.sell(&[(&world.garlic, 5)]);
    assert_eq!(first.push_from(&world, 5).await.problem(), expected);
    assert_eq!(world.number("select cast(count(*) as bigint) from entries").await, 4);
    assert_eq!(world.number("select cast(count(*) as bigint) from fork_entries").await, 4);
    assert_eq!(world.balance("cash").await, 30_000 + 2 * 450_000);
    assert_eq!(
        world.number("select cast(count(*) as bigint) from audit_log where action = 'stream.fork'").await,
        1
    );
}

async fn a_fork_at_the_first_new_entry(db: Db) {
    let world = World::new(db).await;
    let (first, second) = clones(&world, 1).await;
    first.push(&world, &first.journal[..3]).await.ack();
    let answer = second.push_from(&world, 4).await;
    let expected = Problem::Fork { at_seq: 3, central_hash: first.journal[2].hash };
    assert_eq!((answer.status, answer.problem()), (409, expected));
}

async fn adoption_counts_each_sale_once(db: Db) {
    let world = World::new(db).await;
    let (first, mut second) = clones(&world, 2).await;
    // Typed in again from paper: the same sale on both branches.
    let again = first.journal.last().unwrap();
    let sale = serde_json::from_str(&again.shared).unwrap();
    second.write_sale(again.envelope.sale_id.unwrap().into(), &sale);
    first.push_from(&world, 1).await.ack();
    second.push_from(&world, 1).await.problem();
    let mut first = first;
    first.sell(&[(&world.salt, 7)]);
    first.push_from(&world, 6).await.problem();
    let department = scope(&world, Role::Department).await;
    assert!(sales::completeness(&world.app.db, department).await.unwrap()[0].is_forked);
    let adopted = world.admin.adopt(first.stream).await.unwrap();
    assert_eq!(adopted.len(), 2, "the other device, and what the first one sold later");
    let cash = 2 * 30_000 + 2 * 450_000 + 6 * 100_000 + 7 * 30_000;
    assert_eq!(world.balance("cash").await, cash);
    assert_eq!(world.number("select cast(count(*) as bigint) from fork_entries").await, 0);
    assert_eq!(
        world.number("select cast(count(*) as bigint) from entries where state = 'duplicate'").await,
        1
    );
    assert!(world.admin.adopt(first.stream).await.is_err(), "nothing is left to adopt");
    assert!(
        sales::completeness(&world.app.db, department).await.unwrap().iter().all(|store| !store.is_forked)
    );
    // The answer to its last batch was lost, and the other device sends it again: what was adopted is not kept anew.
    assert!(matches!(second.push_from(&world, 1).await.problem(), Problem::Fork { .. }));
    assert_eq!(world.number("select cast(count(*) as bigint) from fork_entries").await, 0);
    assert!(world.admin.adopt(first.stream).await.is_err(), "it is adopted already");
    // Nothing is appended to the forked stream ever again.
    assert!(matches!(first.push_from(&world, 1).await.problem(), Problem::Fork { .. }));
    world.check_books().await;
}
