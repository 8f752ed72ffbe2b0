//! What a producer sees, and never sees (I15).

use central::db::Db;
use central::db::consigned::{self, LotLeft, OnShelf, Only, Owed, SoldInStore, SoldOnDay, SoldProduct};
use central::db::users::{ProducerScope, Role, Scope};
use central::error::Error;
use domain::ids::{ProducerId, ProductId, StoreId};
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
type More = (Vec<SoldInStore>, Vec<LotLeft>, usize);

async fn more(world: &World, who: ProducerScope, only: Only) -> More {
    let db = &world.app.db;
    (
        consigned::sold_by_store(db, who, (date!(2026 - 09 - 10), TODAY), only).await.unwrap(),
        consigned::lots_left(db, who, only, 100).await.unwrap(),
        consigned::heard(db, who).await.unwrap().len(),
    )
}

async fn seen(world: &World, who: ProducerScope) -> Seen {
    let db = &world.app.db;
    let since = TODAY - Duration::days(30);
    (
        consigned::stock_by_store(db, who, TODAY, Only::default()).await.unwrap(),
        consigned::sold(db, who, (date!(2026 - 09 - 10), TODAY), Only::default()).await.unwrap(),
        consigned::sold_by_day(db, who, (since, TODAY), Only::default(), 50).await.unwrap(),
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
    let (by_store, lots, heard) = more(&world, phu_sinh, Only::default()).await;
    let by_store: Vec<_> =
        by_store.iter().map(|row| (row.store.as_str(), row.quantity.milli(), row.due.vnd())).collect();
    assert_eq!(by_store, [("Điểm OCOP LS", 15_000, 15 * due), ("Điểm OCOP QN", 15_000, 15 * due)]);
    let lots: Vec<_> = lots.iter().map(|lot| (lot.store.as_str(), lot.left.milli())).collect();
    assert_eq!(lots, [("Điểm OCOP LS", 10_000), ("Điểm OCOP QN", 10_000)]);
    assert_eq!(heard, 2);
    narrowed(&world, phu_sinh).await;
    let everything =
        format!("{:?} {:?}", seen(&world, phu_sinh).await, more(&world, phu_sinh, Only::default()).await);
    for foreign in ["MUOI", "GIO", "Sa Huỳnh", &world.sa_huynh.to_string(), &world.salt.id.to_string()] {
        assert!(!everything.contains(foreign), "{foreign}");
    }
    let salt = producer_scope(&world, world.sa_huynh).await;
    assert!(seen(&world, salt).await.1.iter().all(|row| row.name == "Sản phẩm MUOI"));
}

/// What is picked is all that is told, and what belongs to others cannot be picked.
async fn narrowed(world: &World, who: ProducerScope) {
    let db = &world.app.db;
    let named = async |product, store| consigned::named(db, who, Only { product, store }).await;
    let names = named(Some(world.garlic.id), Some(world.store)).await.unwrap();
    let names = (names.product.as_deref(), names.store.as_deref());
    assert_eq!(names, (Some("Sản phẩm TOI-DEN"), Some("Điểm OCOP LS")));
    let nowhere = world.admin.add_store(&crate::support::new_store(world.operator, "SH")).await.unwrap();
    for (product, store) in [
        (Some(world.salt.id), None),
        (Some(world.basket.id), None),
        (Some(ProductId::from_uuid(world.store.uuid())), None),
        (None, Some(nowhere)),
        (None, Some(StoreId::from_uuid(world.salt.id.uuid()))),
    ] {
        let found = named(product, store).await;
        assert!(matches!(found, Err(Error::NotFound(_))), "{product:?} {store:?} {found:?}");
    }
    let one = Only { product: Some(world.garlic.id), store: Some(world.other_store) };
    let shelf = consigned::stock_by_store(db, who, TODAY, one).await.unwrap();
    let sold = consigned::sold(db, who, (date!(2026 - 09 - 10), TODAY), one).await.unwrap();
    let days = consigned::sold_by_day(db, who, (date!(2026 - 09 - 10), TODAY), one, 100).await.unwrap();
    let (by_store, lots, _) = more(world, who, one).await;
    assert_eq!((shelf.len(), by_store.len(), lots.len()), (1, 1, 1));
    assert_eq!((sold[0].quantity.milli(), by_store[0].quantity.milli()), (15_000, 15_000));
    assert!(days.len() == 15 && days.iter().all(|day| day.store == "Điểm OCOP QN"));
    assert_eq!(consigned::sold_by_day(db, who, (TODAY, TODAY), one, 100).await.unwrap().len(), 1);
    let salt = Only { product: Some(world.salt.id), store: None };
    assert_eq!(more(world, who, salt).await.0, [], "the producer is asked for first");
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
