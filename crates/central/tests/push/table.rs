//! What is appended, what is a duplicate, what is missing.

use central::db::Db;
use protocol::wire::Problem;

use crate::support::{Till, World};

testkit::on_both_engines!(
    a_batch_is_acknowledged_and_counted,
    every_run_sent_twice_changes_nothing,
    a_gap_is_refused,
    a_held_stream_is_stored_and_not_counted
);

async fn a_batch_is_acknowledged_and_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.open_shift(500_000);
    till.sell(&[(&world.garlic, 2), (&world.salt, 3)]);
    till.sell(&[(&world.basket, 1)]);
    let answer = till.push_from(&world, 1).await;
    assert_eq!(answer.status, 200);
    let ack = answer.ack();
    assert_eq!(ack.verify(&world.key(), till.stream), Ok(()));
    assert_eq!((ack.position(), ack.held, ack.exceptions), (till.head, false, vec![]));
    assert_eq!(ack.central_epoch, world.app.epoch);
    for (account, vnd) in [
        ("cash", 500_000 + 900_000 + 90_000 + 100_000),
        ("float", -500_000),
        ("producer_due", -(900_000 - 90_000 - 7_200) - (90_000 - 10_800 - 864)),
        ("commission", -90_000 - 10_800),
        ("tax", -7_200 - 864 - 7_407),
        ("sales", -(100_000 - 7_407)),
        ("suspense", 0),
    ] {
        assert_eq!(world.balance(account).await, vnd, "{account}");
    }
    let shelf = "select cast(sum(quantity_milli) as bigint) from stock where location = 'shelf'";
    assert_eq!(world.number(shelf).await, -6_000);
    assert_eq!(world.number("select receipt_count from receipts_daily").await, 2);
    assert_eq!(world.number("select programme_vnd from receipts_daily").await, 1_090_000);
    assert_eq!(world.number("select cast(count(*) as bigint) from sale_lines").await, 3);
    let head = till.head(&world).await;
    let told: protocol::wire::Head = serde_json::from_slice(&head.body).unwrap();
    assert_eq!(told.ack.verify(&world.key(), till.stream), Ok(()));
    assert_eq!(told.ack.position(), till.head);
}

async fn every_run_sent_twice_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for _ in 0..4 {
        till.sell(&[(&world.salt, 1)]);
    }
    assert_eq!(till.push(&world, &till.journal[..3]).await.ack().acked_seq, 3);
    assert_eq!(till.push_from(&world, 1).await.ack().acked_seq, 5);
    let digest = central::rebuild::snapshot_digest(&world.app.db).await.unwrap();
    for first in 0..5 {
        for end in first + 1..=5 {
            let ack = till.push(&world, &till.journal[first..end]).await.ack();
            assert_eq!(ack.position(), till.head, "{first}..{end}");
        }
    }
    assert_eq!(central::rebuild::snapshot_digest(&world.app.db).await.unwrap(), digest);
    assert_eq!(world.number("select cast(count(*) as bigint) from entries").await, 5);
}

async fn a_gap_is_refused(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    till.sell(&[(&world.salt, 1)]);
    let answer = till.push_from(&world, 2).await;
    assert_eq!((answer.status, answer.problem()), (409, Problem::Gap { expected: 1 }));
    till.push(&world, &till.journal[..1]).await.ack();
    let answer = till.push_from(&world, 3).await;
    assert_eq!(answer.problem(), Problem::Gap { expected: 2 });
    assert_eq!(world.number("select cast(count(*) as bigint) from entries").await, 1);
}

async fn a_held_stream_is_stored_and_not_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = Till::enrol(&world, world.store).await;
    till.sell(&[(&world.salt, 1)]);
    let answer = till.push_from(&world, 1).await;
    assert_eq!(answer.status, 202);
    assert_eq!((answer.ack().position(), answer.ack().held), (till.head, true));
    assert_eq!(till.push_from(&world, 1).await.status, 202);
    assert_eq!(world.balance("cash").await, 0);
    assert_eq!(world.number("select cast(count(*) as bigint) from entries where state = 'held'").await, 2);
    assert_eq!(world.number("select cast(count(*) as bigint) from receipts").await, 0);
}
