//! Settlements and payments that were put right: what stands in the books, what goes into the next settlement, what is none.

use central::db::Db;
use protocol::payload::ProducerAdjusted;
use protocol::payload::sale::SaleTender;
use uuid::Uuid;

use super::settlements::{DUE, reasons};
use crate::support::settling::{adjustment, settlement, taking_back};
use crate::support::{Till, World};

testkit::on_both_engines!(
    what_is_put_right_goes_into_the_next_settlement,
    a_payment_that_is_taken_back_was_never_made,
    what_puts_nothing_right_is_an_exception,
    what_another_computer_settled_is_put_right_whatever_comes_first
);

async fn owed(world: &World) -> i64 {
    -world.balance("producer_due").await
}

async fn push(world: &World, till: &Till) -> Vec<i64> {
    till.push_from(world, 1).await.ack().exceptions
}

async fn what_is_put_right_goes_into_the_next_settlement(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 3)]);
    let first = settlement(world.phu_sinh, &[&till], 3 * DUE);
    till.settle(&first);
    let settled = till.head.seq;
    for vnd in [40_000, -15_000] {
        let told = adjustment(world.phu_sinh, &till, settled, vnd);
        till.adjust(&told);
    }
    assert_eq!(push(&world, &till).await, Vec::<i64>::new(), "{:?}", reasons(&world).await);
    assert_eq!((owed(&world).await, world.balance("adjustments").await), (25_000, 25_000));
    till.sell(&[(&world.garlic, 1)]);
    let second = settlement(world.phu_sinh, &[&till], 0);
    assert_eq!((second.carried, second.due), (25_000, DUE));
    // Who leaves it out says something else than the books.
    let mut wrong = second.clone();
    wrong.carried = 0;
    till.settle(&wrong);
    let forgotten = till.head.seq;
    let third = settlement(world.phu_sinh, &[&till], DUE + 25_000);
    till.settle(&third);
    assert_eq!(push(&world, &till).await, [forgotten]);
    assert_eq!(reasons(&world).await, [(forgotten, "settlement".to_owned())]);
    assert_eq!((owed(&world).await, world.balance("adjustments").await), (0, 25_000));
    world.check_books().await;
}

async fn a_payment_that_is_taken_back_was_never_made(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    let takings = 450_000;
    till.pay_producer(world.phu_sinh, 235_000);
    let paid = till.head.seq;
    let told = taking_back(world.phu_sinh, &till, paid, (235_000, "cash"));
    till.adjust(&told);
    assert_eq!(push(&world, &till).await, Vec::<i64>::new(), "{:?}", reasons(&world).await);
    assert_eq!((owed(&world).await, world.balance("cash").await), (DUE, takings));
    let sql = "select cast(sum(paid_vnd) as bigint) from settlements";
    assert_eq!((world.number(sql).await, world.balance("adjustments").await), (0, 0));
    // What was paid with a settlement comes back, too; by another way than it went, and a part of it.
    let told = settlement(world.phu_sinh, &[&till], DUE);
    assert_eq!((told.carried, told.due), (0, DUE));
    till.settle(&told);
    let settled = till.head.seq;
    let told = taking_back(world.phu_sinh, &till, settled, (100_000, "vietqr"));
    till.adjust(&told);
    assert_eq!(push(&world, &till).await, Vec::<i64>::new());
    let purses = (world.balance("cash").await, world.balance("bank").await);
    assert_eq!((owed(&world).await, purses), (100_000, (takings - DUE, 100_000)));
    // Money that came to the account is compared with what the bank tells.
    assert_eq!(world.number("select cast(sum(amount_vnd) as bigint) from bank_tenders").await, 100_000);
    // Neither comes back once more.
    for corrects in [paid, settled] {
        let told = taking_back(world.phu_sinh, &till, corrects, (1, "cash"));
        till.adjust(&told);
    }
    let last = till.head.seq;
    assert_eq!(push(&world, &till).await, [last - 1, last]);
    assert_eq!(reasons(&world).await.iter().filter(|(_, reason)| reason == "too_much_back").count(), 2);
    assert_eq!((owed(&world).await, world.balance("suspense").await), (100_000, -2));
    world.check_books().await;
}

type Change = fn(&mut ProducerAdjusted);

/// Entries of the till below.
const DELIVERY: i64 = 2;
const SETTLED: i64 = 4;
const PAID: i64 = 5;
const FOREIGN: i64 = 6;

fn back(told: &mut ProducerAdjusted, corrects: i64, vnd: i64, kind: &str) {
    (told.corrects.seq, told.amount) = (corrects, vnd);
    told.tenders = vec![SaleTender { kind: kind.to_owned(), amount: vnd }];
}

async fn what_puts_nothing_right_is_an_exception(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.receive(&world.garlic, 9);
    till.sell(&[(&world.garlic, 3)]);
    let first = settlement(world.phu_sinh, &[&till], 1_000);
    till.settle(&first);
    till.pay_producer(world.phu_sinh, 500);
    till.pay_producer(world.sa_huynh, 700);
    assert_eq!(till.head.seq, FOREIGN);
    let tries = |till: &mut Till, changes: &[(Change, &str)]| -> Vec<i64> {
        let mut seqs = Vec::new();
        for (change, _) in changes {
            let mut told = adjustment(world.phu_sinh, till, SETTLED, 40_000);
            change(&mut told);
            till.adjust(&told);
            seqs.push(till.head.seq);
        }
        seqs
    };
    let found = async |seqs: Vec<i64>| -> Vec<String> {
        let found = reasons(&world).await;
        let of = |seq: &i64| found.iter().find(|(at, _)| at == seq).map_or("none", |(_, why)| why).to_owned();
        seqs.iter().map(of).collect()
    };
    let wrong: [(Change, &str); 15] = [
        (|_| {}, "none"),
        (|told| told.amount = 0, "contradiction"),
        (|told| told.reason = " \u{7} ".to_owned(), "value"),
        (|told| told.corrects.seq = 0, "value"),
        (|told| told.corrects.seq = 400, "value"),
        (|told| told.corrects.stream = "x".to_owned(), "value"),
        (|told| told.corrects.stream = told.corrects.stream.replace("-7", "-8"), "value"),
        (|told| told.corrects.seq = DELIVERY, "value"),
        (|told| told.corrects.seq = PAID, "value"),
        (|told| told.producer = Uuid::from_u128(404), "value"),
        (|told| back(told, FOREIGN, 700, "cash"), "value"),
        (|told| back(told, SETTLED, 1_001, "cash"), "too_much_back"),
        (|told| back(told, PAID, 500, "card"), "contradiction"),
        (|told| back(told, PAID, 500, "cash"), "none"),
        (|told| back(told, PAID, 500, "vietqr"), "too_much_back"),
    ];
    let seqs = tries(&mut till, &wrong);
    // What the store reckons with is no new mistake.
    let right = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&right);
    let settled = till.head.seq;
    let beyond: [(Change, &str); 4] = [
        (|told| told.amount = 200_000_000_000, "implausible"),
        (|told| told.amount = i64::MIN, "implausible"),
        (
            |told| {
                back(told, SETTLED, 500, "cash");
                told.amount = 400;
            },
            "contradiction",
        ),
        (|told| back(told, SETTLED, -500, "cash"), "contradiction"),
    ];
    let later = tries(&mut till, &beyond);
    push(&world, &till).await;
    assert_eq!(found(seqs).await, wrong.map(|(_, reason)| reason));
    assert_eq!(found(vec![settled]).await, ["none"]);
    assert_eq!(found(later).await, beyond.map(|(_, reason)| reason));
    // One of each was right; money that came all the same is in suspense.
    assert_eq!((world.balance("adjustments").await, world.balance("bank").await), (40_000, 500));
    assert_eq!(world.balance("suspense").await, -700 - 1_001 - 500 - 500 - 500 + 500);
    assert_eq!(owed(&world).await, 3 * DUE - 1_000 + 40_000 - 700);
    world.check_books().await;
}

/// A settlement stands in another journal of the store: what puts it right is taken as told until that is here.
async fn what_another_computer_settled_is_put_right_whatever_comes_first(db: Db) {
    let world = World::new(db).await;
    let (mut first, mut second) = (world.till().await, world.till().await);
    first.sell(&[(&world.garlic, 4)]);
    let early = settlement(world.phu_sinh, &[&first], 1_000);
    first.settle(&early);
    let settled = first.head.seq;
    let told = adjustment(world.phu_sinh, &first, settled, -30_000);
    second.adjust(&told);
    let told = taking_back(world.phu_sinh, &first, settled, (1_000, "cash"));
    second.adjust(&told);
    let late = settlement(world.phu_sinh, &[&second, &first], 0);
    assert_eq!((late.carried, late.due), (4 * DUE - 30_000, 0));
    second.settle(&late);
    for till in [&second, &first] {
        assert_eq!(push(&world, till).await, Vec::<i64>::new(), "{:?}", reasons(&world).await);
    }
    assert_eq!((owed(&world).await, world.balance("cash").await), (4 * DUE - 30_000, 4 * 450_000));
    // Of two that take one payment back the one that comes last is wrong.
    first.adjust(&told);
    assert_eq!(push(&world, &first).await, [first.head.seq]);
    assert_eq!(reasons(&world).await, [(first.head.seq, "too_much_back".to_owned())]);
    world.check_books().await;
}
