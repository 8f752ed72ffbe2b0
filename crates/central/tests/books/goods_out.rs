//! Goods that left the shelf and were not sold: the same stock and the same debts as in the store.

use central::db::{Db, exceptions};
use domain::ids::LotId;
use domain::removal::{Cause, RemovedLine};
use domain::stock::Owner;
use domain::{Money, Quantity};
use protocol::payload::{self, GoodsOut, GoodsOutLine};
use uuid::Uuid;

use crate::support::{Goods, Till, World};

testkit::on_both_engines!(
    what_left_the_shelf_is_gone_and_owed_for_as_in_the_store,
    what_cannot_have_left_so_is_an_exception
);

pub(crate) fn line(goods: &Goods, lot: LotId, pieces: i64, vnd: i64) -> RemovedLine {
    RemovedLine {
        product_id: goods.id,
        lot_id: lot,
        owner: Owner::from(goods.terms.map(|terms| terms.producer_id)),
        quantity: Quantity::pieces(pieces),
        compensation: Money::new(vnd),
    }
}

pub(crate) fn remove(till: &mut Till, cause: Cause, lines: &[RemovedLine]) {
    let out = GoodsOut {
        voucher: "LS-0000-XH9".to_owned(),
        cause: cause.code().to_owned(),
        cashier: Uuid::from_u128(8),
        approved_by: None,
        takes_back: None,
        lines: lines.iter().map(GoodsOutLine::from).collect(),
    };
    till.write("goods_out", None, &payload::write(&out).unwrap());
}

async fn check(world: &World) {
    world.check_books().await;
    assert_eq!(world.number("select cast(coalesce(sum(amount_vnd), 0) as bigint) from balances").await, 0);
}

async fn what_left_the_shelf_is_gone_and_owed_for_as_in_the_store(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (garlic, basket) = (&world.garlic, &world.basket);
    let (theirs, own) = (till.receive(garlic, 10), till.receive(basket, 10));
    remove(&mut till, Cause::Damaged, &[line(garlic, theirs, 2, 801_000), line(basket, own, 1, 0)]);
    remove(&mut till, Cause::Returned, &[line(garlic, theirs, 3, 0)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!((world.balance("losses").await, world.balance("producer_due").await), (801_000, -801_000));
    for (location, pieces) in [("shelf", 14), ("waste", 3), ("producer", -17)] {
        let sql = central::db::engine::Sql::new(
            "select cast(coalesce(sum(quantity_milli), 0) as bigint) from stock where location = ",
        );
        let (milli,): (i64,) = world.app.db.one(sql.bind(location)).await.unwrap();
        assert_eq!(milli, pieces * 1_000, "{location}");
    }
    check(&world).await;
}

/// Other goods' lots, debts to nobody, quantities of nothing: kept, and not counted.
async fn what_cannot_have_left_so_is_an_exception(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (garlic, basket) = (&world.garlic, &world.basket);
    let (theirs, own) = (till.receive(garlic, 10), till.receive(basket, 10));
    let first_seq = till.head.seq + 1;
    for (cause, wrong) in [
        (Cause::Lost, line(garlic, own, 1, 0)),
        (Cause::Lost, line(basket, theirs, 1, 0)),
        (Cause::Returned, line(garlic, theirs, 1, 1)),
        (Cause::Lost, line(basket, own, 1, 1)),
        (Cause::Lost, line(garlic, theirs, 1, -1)),
        (Cause::Lost, line(garlic, theirs, 0, 0)),
        (Cause::Lost, line(garlic, theirs, 1, 100_000_000_001)),
    ] {
        remove(&mut till, cause, &[wrong]);
    }
    let exceptions = till.push_from(&world, 1).await.ack().exceptions;
    assert_eq!(exceptions, (first_seq..first_seq + 7).collect::<Vec<_>>());
    let listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    assert_eq!(listed.iter().filter(|listed| listed.reason == "lot").count(), 2);
    assert_eq!((world.balance("losses").await, world.balance("producer_due").await), (0, 0));
    check(&world).await;
}
