//! Settlements with producers: what a store paid stands in the books, and what a settlement says is what they hold.

use central::db::{Db, exceptions};
use domain::ids::ProducerId;
use protocol::payload::Settlement;
use protocol::payload::sale::SaleTender;
use uuid::Uuid;

use crate::support::back::back;
use crate::support::settling::settlement;
use crate::support::{Till, World};

testkit::on_both_engines!(
    a_settlement_and_an_advance_are_paid_from_what_is_owed,
    what_does_not_add_up_is_an_exception,
    a_settlement_that_is_not_what_the_books_hold_is_an_exception,
    what_another_computer_told_is_in_it_too,
    a_settlement_that_nobody_knew_of_then_changes_nothing,
    a_branch_is_taken_at_its_word,
    goods_in_suspense_do_not_make_every_settlement_wrong
);

/// Owed for a box of garlic: 10 % commission and 8 % VAT on it.
pub(super) const DUE: i64 = 450_000 - 45_000 - 3_600;

/// The entries that are exceptions, each with its reason.
pub(super) async fn reasons(world: &World) -> Vec<(i64, String)> {
    let listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    let mut reasons: Vec<_> = listed.into_iter().map(|found| (found.seq, found.reason)).collect();
    reasons.sort();
    reasons
}

/// Pushes what a till wrote after `seq` in one batch.
async fn push_after(world: &World, till: &Till, seq: i64) -> Vec<i64> {
    till.push_from(world, seq + 1).await.ack().exceptions
}

async fn a_settlement_and_an_advance_are_paid_from_what_is_owed(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    let line = till.line(&world.garlic, 3, Some(lot));
    let sale = till.sell_lines(std::slice::from_ref(&line));
    till.sell(&[(&world.salt, 2), (&world.basket, 1)]);
    let first = settlement(world.phu_sinh, &[&till], 2 * DUE);
    assert_eq!((first.rows.len(), first.due, first.rows[0].closing), (1, 3 * DUE, 7_000));
    till.settle(&first);
    assert_eq!(push_after(&world, &till, 0).await, Vec::<i64>::new(), "{:?}", reasons(&world).await);
    let owed = async || owed(&world, world.phu_sinh).await;
    assert_eq!(owed().await, DUE);

    // The next one begins there: what comes back of a settled sale, an advance, new goods.
    let before = till.head.seq;
    till.take_back(sale, vec![back(0, &line, 0, 1)]);
    till.pay_producer(world.phu_sinh, 500_000);
    till.receive(&world.garlic, 5);
    till.sell(&[(&world.garlic, 2)]);
    assert_eq!(push_after(&world, &till, before).await, Vec::<i64>::new());
    let before = till.head.seq;
    till.sell(&[(&world.garlic, 1)]);
    let second = settlement(world.phu_sinh, &[&till], 0);
    let row = &second.rows[0];
    assert_eq!((row.opening, row.refunded, row.sold, row.closing), (7_000, 1_000, 3_000, 10_000));
    assert_eq!((second.carried, second.due), (DUE - 500_000, 2 * DUE));
    till.settle(&second);
    assert_eq!(push_after(&world, &till, before).await, Vec::<i64>::new(), "{:?}", reasons(&world).await);
    assert_eq!(owed().await, 3 * DUE - 500_000);
    let of = "select cast(count(*) as bigint) from settlements where is_settlement";
    assert_eq!(
        (world.number("select cast(count(*) as bigint) from settlements").await, 2),
        (3, world.number(of).await)
    );
    assert_eq!(world.balance("suspense").await, 0);
    world.check_books().await;
}

async fn owed(world: &World, producer: ProducerId) -> i64 {
    let sql = central::db::engine::Sql::new(
        "select cast(coalesce(sum(-amount_vnd), 0) as bigint) from balances where account = 'producer_due' and producer_id = ",
    );
    let (vnd,) = world.app.db.one(sql.bind(producer)).await.unwrap();
    vnd
}

type Change = fn(&mut Settlement);

/// Settles again and again, each time something else about it wrong; returns what central says of each.
async fn tried(db: Db, changes: &[Change]) -> (World, Vec<String>) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.receive(&world.garlic, 50);
    let (start, mut seqs) = (till.head.seq, Vec::new());
    for change in changes {
        till.sell(&[(&world.garlic, 1)]);
        let mut wrong = settlement(world.phu_sinh, &[&till], 1_000);
        change(&mut wrong);
        till.settle(&wrong);
        seqs.push(till.head.seq);
    }
    // All of them did no harm to the one that is right.
    let right = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&right);
    till.push_from(&world, 1).await.ack();
    let found = reasons(&world).await;
    assert!(found.iter().all(|(seq, _)| *seq > start && *seq < till.head.seq), "{found:?}");
    let reason =
        |seq: &i64| found.iter().find(|(at, _)| at == seq).map_or("none", |(_, reason)| reason).to_owned();
    let told = seqs.iter().map(reason).collect();
    world.check_books().await;
    (world, told)
}

async fn what_does_not_add_up_is_an_exception(db: Db) {
    let changes: [(Change, &str); 12] = [
        (|s| s.rows[0].closing -= 1, "contradiction"),
        (|s| s.rows[0].gross += 1, "contradiction"),
        (|s| s.due += 1, "contradiction"),
        (|s| s.tenders[0].amount = -1, "contradiction"),
        (|s| s.tenders[0].kind = "card".to_owned(), "contradiction"),
        (|s| s.producer = Uuid::from_u128(404), "value"),
        (|s| s.rows.push(s.rows[0].clone()), "value"),
        (|s| s.rows[0].commission_ppm = vec![1_000_001], "value"),
        (|s| s.until.clear(), "value"),
        (|s| s.until.push(s.until[0].clone()), "value"),
        (|s| s.carried = 200_000_000_000, "implausible"),
        (|s| s.until[0].stream = s.until[0].stream.replace("-7", "-8"), "value"),
    ];
    let (world, told) = tried(db, &changes.map(|(change, _)| change)).await;
    assert_eq!(told, changes.map(|(_, reason)| reason));
    // The store paid all the same: eleven times in cash what stands in suspense, and once too little by a đồng.
    assert_eq!(world.balance("suspense").await, 11 * 1_000 - 1);
    assert_eq!(owed(&world, world.phu_sinh).await, 12 * DUE);
}

async fn a_settlement_that_is_not_what_the_books_hold_is_an_exception(db: Db) {
    let changes: [(Change, &str); 8] = [
        (|_| {}, "none"),
        (|s| (s.rows[0].sold, s.rows[0].returned) = (0, 1_000), "settlement"),
        (|s| (s.rows[0].opening, s.rows[0].closing) = (1_000, 0), "settlement"),
        (|s| (s.rows[0].gross, s.rows[0].due, s.due) = (449_999, DUE - 1, DUE - 1), "settlement"),
        (|s| s.rows[0].commission_ppm = vec![120_000], "settlement"),
        (|s| (s.rows, s.due) = (Vec::new(), 0), "settlement"),
        (|s| s.carried += 1, "settlement"),
        (|_| {}, "none"),
    ];
    let (world, told) = tried(db, &changes.map(|(change, _)| change)).await;
    assert_eq!(told, changes.map(|(_, reason)| reason));
    assert_eq!(world.balance("suspense").await, 6 * 1_000);
    assert_eq!(owed(&world, world.phu_sinh).await, 8 * DUE - 2_000);
}

/// A settlement reaches into another journal of the store: it is compared when that is here, and taken as told before.
async fn what_another_computer_told_is_in_it_too(db: Db) {
    let world = World::new(db).await;
    let (mut first, mut second) = (world.till().await, world.till().await);
    first.sell(&[(&world.garlic, 4)]);
    second.sell(&[(&world.garlic, 2)]);
    first.push_from(&world, 1).await.ack();
    let right = settlement(world.phu_sinh, &[&second, &first], 0);
    assert_eq!(right.due, 6 * DUE);
    let mut ahead = right.clone();
    ahead.until[1].seq += 1;
    let mut wrong = right.clone();
    (wrong.rows[0].sold, wrong.rows[0].returned) = (5_000, 1_000);
    // Nothing of it is counted while the entry that it reaches to is not here.
    ahead.rows = wrong.rows.clone();
    let held = Till::enrol(&world, world.store).await;
    held.push_from(&world, 1).await.ack();
    let of_held = settlement(world.phu_sinh, &[&second, &first, &held], 0);
    second.settle(&wrong);
    let again = settlement(world.phu_sinh, &[&second, &first], 0);
    second
        .settle(&Settlement { tenders: vec![SaleTender { kind: "vietqr".to_owned(), amount: 7 }], ..again });
    second.settle(&ahead);
    second.settle(&of_held);
    assert_eq!(push_after(&world, &second, 0).await, [3], "{:?}", reasons(&world).await);
    assert_eq!((reasons(&world).await[0].1.as_str(), world.balance("bank").await), ("settlement", -7));
    world.check_books().await;
}

/// The later settlement comes first; the earlier one, which it goes on from, is still what its own journal holds.
async fn a_settlement_that_nobody_knew_of_then_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let (mut first, mut second) = (world.till().await, world.till().await);
    first.sell(&[(&world.garlic, 4)]);
    let early = settlement(world.phu_sinh, &[&first], 1_000);
    first.settle(&early);
    first.sell(&[(&world.garlic, 1)]);
    second.sell(&[(&world.garlic, 2)]);
    let late = settlement(world.phu_sinh, &[&second, &first], 0);
    assert_eq!((late.due, late.carried, late.rows[0].opening), (3 * DUE, 4 * DUE - 1_000, -4_000));
    second.settle(&late);
    for till in [&second, &first] {
        assert_eq!(push_after(&world, till, 0).await, Vec::<i64>::new(), "{:?}", reasons(&world).await);
    }
    world.check_books().await;
}

/// In a branch the name of its journal is that of the mainline, which holds other goods there.
async fn a_branch_is_taken_at_its_word(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut clone = till.clone();
    till.sell(&[(&world.garlic, 1)]);
    clone.sell(&[(&world.garlic, 2)]);
    let of_clone = settlement(world.phu_sinh, &[&clone], 1_000);
    clone.settle(&of_clone);
    till.push_from(&world, 1).await.ack();
    clone.push_from(&world, 1).await.problem();
    world.admin.adopt(till.stream).await.unwrap();
    assert_eq!((reasons(&world).await, owed(&world, world.phu_sinh).await), (Vec::new(), 3 * DUE - 1_000));
    world.check_books().await;
}

/// Central counts a sale otherwise than the store, or not at all: what follows from it is no new mistake.
async fn goods_in_suspense_do_not_make_every_settlement_wrong(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    till.sell(&[(&world.garlic.with_terms(|terms| terms.terms_id = None), 1)]);
    let suspended = till.head.seq;
    for producer in [world.phu_sinh, world.sa_huynh] {
        let right = settlement(producer, &[&till], 0);
        till.settle(&right);
        till.sell(&[(&world.garlic, 1), (&world.salt, 1)]);
        let right = settlement(producer, &[&till], 10);
        till.settle(&right);
    }
    // Nothing of the other producer's goods is in suspense.
    let mut wrong = settlement(world.sa_huynh, &[&till], 0);
    wrong.carried += 1;
    till.settle(&wrong);
    assert_eq!(push_after(&world, &till, 0).await, [suspended, till.head.seq]);
    world.check_books().await;
}
