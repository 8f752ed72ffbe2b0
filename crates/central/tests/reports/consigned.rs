//! What a producer sees, and never sees (I15).

use central::db::Db;
use central::db::consigned::{self, OnShelf, Owed, SoldOnDay, SoldProduct};
use central::db::users::{ProducerScope, Role, Scope};
use domain::ids::ProducerId;
use testkit::databases::TestDatabase;
use time::Duration;
use time::macros::date;

use super::scope;
use crate::support::{TODAY, World};

testkit::on_both_engines!(own_goods_and_nothing_else);

async fn producer_scope(world: &World, id: ProducerId) -> ProducerScope {
    match scope(world, Role::Producer(id)).await {
        Scope::Producer(scope) => scope,
        other => panic!("{other:?}"),
    }
}

type Seen = (Vec<OnShelf>, Vec<SoldProduct>, Vec<SoldOnDay>, Vec<Owed>);

async fn seen(world: &World, who: ProducerScope) -> Seen {
    let db = &world.app.db;
    let since = TODAY - Duration::days(30);
    (
        consigned::stock_by_store(db, who, TODAY).await.unwrap(),
        consigned::sold(db, who, date!(2026 - 09 - 10), TODAY).await.unwrap(),
        consigned::sold_lately(db, who, since, 50).await.unwrap(),
        consigned::owed(db, who).await.unwrap(),
    )
}

/// Two stores sell; with the goods of Sa Huỳnh, or without them.
async fn trade(world: &World, with_salt: bool) {
    for mut till in [world.till().await, world.other_till().await] {
        let lot = till.receive(&world.garlic, 30);
        for step in 0..20 {
            till.day = TODAY - Duration::days(95 - 5 * step);
            let sale = till.sale_of(vec![till.line(&world.garlic, 1, Some(lot))]);
            till.write_sale(world.app.clock.new_uuid().into(), &sale);
            if with_salt {
                till.sell(&[(&world.salt, 3), (&world.basket, 1)]);
            }
        }
        till.push_from(world, 1).await.ack();
    }
}

async fn own_goods_and_nothing_else(db: Db) {
    let world = World::new(db).await;
    trade(&world, true).await;
    let phu_sinh = producer_scope(&world, world.phu_sinh).await;
    let (shelf, sold, lately, owed) = seen(&world, phu_sinh).await;
    let left: Vec<_> =
        shelf.iter().map(|row| (row.name.as_str(), row.left.milli(), row.sold_lately.milli())).collect();
    assert_eq!(left, [("Sản phẩm TOI-DEN", 10_000, 6_000); 2]);
    // Since 10 September: a part of that month, and two whole ones and a part.
    let due = 450_000 - 45_000 - 3_600;
    let [garlic] = sold.as_slice() else { panic!("{sold:?}") };
    assert_eq!(
        (garlic.quantity.milli(), garlic.revenue.vnd(), garlic.due.vnd()),
        (30_000, 30 * 450_000, 30 * due)
    );
    assert_eq!((lately.len(), lately[0].day, lately[0].due.vnd()), (14, TODAY, due));
    assert_eq!(
        owed.iter().map(|row| (row.store.as_str(), row.due.vnd())).collect::<Vec<_>>(),
        [("Điểm OCOP LS", 20 * due), ("Điểm OCOP QN", 20 * due)]
    );
    let everything = format!("{:?}", seen(&world, phu_sinh).await);
    for foreign in ["MUOI", "GIO", "Sa Huỳnh", &world.sa_huynh.to_string(), &world.salt.id.to_string()] {
        assert!(!everything.contains(foreign), "{foreign}");
    }
    let salt = producer_scope(&world, world.sa_huynh).await;
    assert!(seen(&world, salt).await.1.iter().all(|row| row.name == "Sản phẩm MUOI"));
}

/// Without a trace of the other producer, the answers are the same.
#[tokio::test]
async fn removing_another_producers_goods_changes_nothing() {
    let mut answers = Vec::new();
    for with_salt in [true, false] {
        let database = TestDatabase::sqlite().await;
        let world = World::new(database.db()).await;
        trade(&world, with_salt).await;
        let (shelf, sold, lately, owed) = seen(&world, producer_scope(&world, world.phu_sinh).await).await;
        answers.push((shelf, sold, lately, owed));
        database.check().await;
    }
    assert_eq!(answers[0], answers[1]);
}
