//! What was found when a store counted its shelf: the same stock and the same debts as in the store.

use central::db::{Db, exceptions};
use domain::count::{CountedLot, CountedProduct};
use domain::ids::LotId;
use domain::stock::Owner;
use domain::{Money, Quantity};
use protocol::payload::{self, GoodsCount, GoodsCountProduct};
use uuid::Uuid;

use crate::support::{Goods, Till, World};

testkit::on_both_engines!(
    what_was_counted_is_there_and_owed_for_as_in_the_store,
    what_cannot_have_been_counted_so_is_an_exception
);

fn product(goods: &Goods, expected: i64, counted: i64, lots: &[(LotId, i64, i64)]) -> CountedProduct {
    let part = |(lot_id, pieces, vnd): &(LotId, i64, i64)| CountedLot {
        lot_id: *lot_id,
        owner: Owner::from(goods.terms.map(|terms| terms.producer_id)),
        unreceived: false,
        quantity: Quantity::pieces(*pieces),
        compensation: Money::new(*vnd),
    };
    CountedProduct {
        product_id: goods.id,
        expected: Quantity::pieces(expected),
        counted: Quantity::pieces(counted),
        lots: lots.iter().map(part).collect(),
    }
}

fn count(till: &mut Till, products: &[CountedProduct]) {
    let count = GoodsCount {
        voucher: "LS-0000-KK9".to_owned(),
        cashier: Uuid::from_u128(8),
        approved_by: Uuid::from_u128(9),
        products: products.iter().map(GoodsCountProduct::from).collect(),
    };
    till.write("goods_count", None, &payload::write(&count).unwrap());
}

async fn check(world: &World) {
    world.check_books().await;
    assert_eq!(world.number("select cast(coalesce(sum(amount_vnd), 0) as bigint) from balances").await, 0);
}

async fn what_was_counted_is_there_and_owed_for_as_in_the_store(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (garlic, basket) = (&world.garlic, &world.basket);
    let (theirs, own) = (till.receive(garlic, 10), till.receive(basket, 10));
    let missing = product(garlic, 10, 8, &[(theirs, -2, 801_000)]);
    count(&mut till, &[missing, product(basket, 10, 13, &[(own, 3, 0)])]);
    count(&mut till, &[product(garlic, 8, 8, &[])]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!((world.balance("losses").await, world.balance("producer_due").await), (801_000, -801_000));
    for (location, pieces) in [("shelf", 21), ("waste", -1), ("producer", -20)] {
        let sql = central::db::engine::Sql::new(
            "select cast(coalesce(sum(quantity_milli), 0) as bigint) from stock where location = ",
        );
        let (milli,): (i64,) = world.app.db.one(sql.bind(location)).await.unwrap();
        assert_eq!(milli, pieces * 1_000, "{location}");
    }
    check(&world).await;
}

/// Other goods' lots, debts to nobody, a product twice, parts that are not the difference: kept, and not counted.
async fn what_cannot_have_been_counted_so_is_an_exception(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (garlic, basket) = (&world.garlic, &world.basket);
    let (theirs, own) = (till.receive(garlic, 10), till.receive(basket, 10));
    let first_seq = till.head.seq + 1;
    let mut pretended = product(garlic, 10, 12, &[(theirs, 2, 0)]);
    pretended.lots[0].unreceived = true;
    let wrong = [
        vec![product(garlic, 10, 9, &[(own, -1, 0)])],
        vec![pretended],
        vec![product(basket, 10, 9, &[(own, -1, 1)])],
        vec![product(garlic, 10, 11, &[(theirs, 1, 1)])],
        vec![product(garlic, 10, 8, &[(theirs, -1, 0)])],
        vec![product(garlic, 10, -1, &[(theirs, -11, 0)])],
        vec![product(garlic, 10, 10, &[]), product(garlic, 10, 9, &[(theirs, -1, 0)])],
        vec![product(garlic, 10, 200_010, &[(theirs, 200_000, 0)])],
    ];
    for products in &wrong {
        count(&mut till, products);
    }
    let exceptions = till.push_from(&world, 1).await.ack().exceptions;
    assert_eq!(exceptions, (first_seq..first_seq + 8).collect::<Vec<_>>());
    let listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    assert_eq!(listed.iter().filter(|listed| listed.reason == "lot").count(), 2);
    assert_eq!((world.balance("losses").await, world.balance("producer_due").await), (0, 0));
    check(&world).await;
}
