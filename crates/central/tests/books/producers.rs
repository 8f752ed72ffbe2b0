//! Producers whom a store added: central knows them by name from then on, and counts their goods.

use central::db::{Db, exceptions, producers};
use domain::consignment::FrozenTerms;
use domain::ids::ProducerId;
use domain::{Money, Rate};
use protocol::payload::{self, ProvisionalProducer};
use uuid::Uuid;

use crate::support::{Goods, Till, World};

testkit::on_both_engines!(a_producer_whom_a_store_added_is_known, one_without_a_name_is_an_exception);

fn add(till: &mut Till, producer: Uuid, name: &str) {
    let told = ProvisionalProducer { cashier: Uuid::from_u128(8), producer, name: name.to_owned() };
    till.write("provisional_producer", None, &payload::write(&told).unwrap());
}

async fn a_producer_whom_a_store_added_is_known(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let producer_id = ProducerId::from_uuid(Uuid::from_u128(90));
    let terms = Some(FrozenTerms::of(producer_id, None, Rate::ZERO));
    let cake =
        Goods { id: Uuid::from_u128(91).into(), price: Money::new(45_000), terms, ..world.garlic.clone() };
    let cake = Goods { facts: None, sku: "TAM-1".to_owned(), ..cake };
    add(&mut till, producer_id.uuid(), "Hộ Phạm Thị Bốn");
    let lot = till.receive(&cake, 20);
    till.sell_lines(&[till.line(&cake, 2, Some(lot))]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let found = producers::find(&world.app.db, producer_id).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.phone.as_str()), ("Hộ Phạm Thị Bốn", ""));
    assert_eq!(world.balance("producer_due").await, -90_000);
    // Told again, by whomever, the name stays; what the department wrote stays too.
    add(&mut till, producer_id.uuid(), "Người khác");
    add(&mut till, world.phu_sinh.uuid(), "Người khác");
    assert_eq!(till.push_from(&world, till.head.seq - 1).await.ack().exceptions, Vec::<i64>::new());
    let name = async |id| producers::find(&world.app.db, id).await.unwrap().unwrap().name;
    assert_eq!(name(producer_id).await, "Hộ Phạm Thị Bốn");
    assert_eq!(name(world.phu_sinh).await, "Công ty Phú Sinh");
    world.check_books().await;
}

async fn one_without_a_name_is_an_exception(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    add(&mut till, Uuid::from_u128(92), " \u{0} ");
    let seq = till.head.seq;
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, [seq]);
    assert_eq!(exceptions::list_open(&world.app.db, 10).await.unwrap().len(), 1);
    assert_eq!(producers::find(&world.app.db, Uuid::from_u128(92).into()).await.unwrap(), None);
    world.check_books().await;
}
