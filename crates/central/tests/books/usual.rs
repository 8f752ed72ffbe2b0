//! Goods, shifts, products that nobody knew, entries of a later version.

use central::db::{Db, exceptions, products};
use protocol::payload::ProvisionalProduct;
use uuid::Uuid;

use crate::support::{Goods, World};

testkit::on_both_engines!(
    goods_come_in_and_are_sold_from_their_lot,
    a_shift_balances_with_its_difference,
    a_product_added_at_the_counter_is_known_by_name,
    a_line_of_an_unknown_product_is_counted,
    a_later_kind_waits_for_the_upgrade
);

async fn goods_come_in_and_are_sold_from_their_lot(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    let sale = till.sale_of(vec![till.line(&world.garlic, 4, Some(lot)), till.line(&world.garlic, 1, None)]);
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let at = |location: &str| match location {
        "shelf" => "select cast(sum(quantity_milli) as bigint) from stock where location = 'shelf'",
        "producer" => "select cast(sum(quantity_milli) as bigint) from stock where location = 'producer'",
        _ => "select cast(sum(quantity_milli) as bigint) from stock where location = 'customer'",
    };
    for (location, milli) in [("shelf", 5_000), ("producer", -10_000), ("customer", 5_000)] {
        assert_eq!(world.number(at(location)).await, milli, "{location}");
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from lots").await, 2);
    // Both lines stand on one receipt.
    assert_eq!(world.number("select receipt_count from product_receipts_daily").await, 1);
    assert_eq!(world.number("select receipt_count from product_receipts_monthly").await, 1);
    assert_eq!(world.number("select line_count from sales_monthly").await, 2);
}

async fn a_shift_balances_with_its_difference(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.open_shift(500_000);
    till.sell(&[(&world.salt, 1)]);
    till.close_shift(500_000, 530_000, 528_000);
    till.push_from(&world, 1).await.ack();
    for (account, vnd) in [("cash", 28_000), ("cash_over_short", 2_000), ("float", 0)] {
        assert_eq!(world.balance(account).await, vnd, "{account}");
    }
}

async fn a_product_added_at_the_counter_is_known_by_name(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let id = Uuid::from_u128(77);
    let provisional = |id, name: &str| ProvisionalProduct {
        product: id,
        sku: "TOI-DEN".to_owned(),
        barcode: Some("BC-TOI-DEN".to_owned()),
        name: name.to_owned(),
        unit: "Chai".to_owned(),
        sold_by: "piece".to_owned(),
        price: 85_000,
        tax_class: "standard".to_owned(),
        producer: Some(world.phu_sinh.uuid()),
        refuse_expired: false,
    };
    till.add_product(provisional(id, "Mật ong rừng\u{0} Trà Bồng"));
    let honey = Goods { id: id.into(), facts: None, sku: "TOI-DEN".to_owned(), ..world.garlic.clone() };
    till.sell(&[(&honey, 2)]);
    // A counter cannot rename what stands in the catalogue.
    till.add_product(provisional(world.garlic.id.uuid(), "Không phải tỏi"));
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let found = products::find(&world.app.db, id.into()).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.status.as_str()), ("Mật ong rừng Trà Bồng", "provisional"));
    let garlic = products::find(&world.app.db, world.garlic.id).await.unwrap().unwrap();
    assert_eq!((garlic.name.as_str(), garlic.status.as_str()), ("Sản phẩm TOI-DEN", "active"));
    assert_eq!(world.number("select revenue_vnd from sales_monthly").await, 900_000);
    // It is in no feed yet, and its code still serves the real product.
    let told = "select cast(count(*) as bigint) from catalogue_changes where kind = 'product'";
    assert_eq!(world.number(told).await, 3);
}

async fn a_line_of_an_unknown_product_is_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let unknown = Goods {
        id: Uuid::from_u128(88).into(),
        facts: Some(Uuid::from_u128(89).into()),
        sku: "KHONG-RO".to_owned(),
        ..world.basket.clone()
    };
    till.sell(&[(&unknown, 3)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let found = products::find(&world.app.db, unknown.id).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.status.as_str()), ("Sản phẩm KHONG-RO", "provisional"));
    let counted = "select cast(sum(sales_daily.revenue_vnd) as bigint) from sales_daily
        join product_facts on product_facts.id = sales_daily.product_facts_id";
    assert_eq!(world.number(counted).await, 300_000);
}

async fn a_later_kind_waits_for_the_upgrade(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.write("teleport", None, "{\"to\":\"Lý Sơn\"}");
    let sale = till.sale_of(vec![till.line(&world.salt, 1, None)]);
    let shared = protocol::payload::write(&sale).unwrap();
    till.write_with("sale", Some(Uuid::from_u128(1)), &shared, |envelope| {
        envelope.schema = 2;
        envelope.grand_total_after += 30_000;
    });
    till.sell(&[(&world.salt, 1)]);
    let answer = till.push_from(&world, 1).await;
    assert_eq!((answer.status, answer.ack().exceptions), (200, vec![2, 3]));
    // A duplicate gets the same answer.
    assert_eq!(till.push_from(&world, 2).await.ack().exceptions, [2, 3]);
    let waiting = "select cast(count(*) as bigint) from entries where state = 'uninterpreted'";
    assert_eq!(world.number(waiting).await, 2);
    let listed = exceptions::list_open(&world.app.db, 10).await.unwrap();
    assert_eq!(
        listed.iter().map(|row| (row.seq, row.reason.as_str())).collect::<Vec<_>>(),
        [(3, "later"), (2, "later")]
    );
    assert_eq!(world.balance("cash").await, 30_000);
}
