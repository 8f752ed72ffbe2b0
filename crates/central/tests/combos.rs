//! Combos: made of what is on sale, told to every store as a kind of its own, and kept whole.

use central::admin::NewCombo;
use central::db::{Db, combos};
use domain::{Money, Quantity};
use protocol::wire::{CataloguePage, ComboPartRow, ComboRow};

use crate::support::{Till, World};

testkit::on_both_engines!(stores_learn_of_one_its_price_and_its_end, what_is_wrong_is_refused);

fn gift(world: &World) -> NewCombo {
    NewCombo {
        sku: "BQ01".to_owned(),
        barcodes: vec!["8938500000034".to_owned()],
        name: "Bộ quà Lý Sơn".to_owned(),
        unit: "bộ".to_owned(),
        price: Money::new(500_000),
        parts: vec![(world.garlic.id, Quantity::pieces(1)), (world.salt.id, Quantity::pieces(3))],
    }
}

/// What a store hears of combos, and of the product with this code.
async fn heard(world: &World, till: &Till) -> Vec<(String, Option<ComboRow>)> {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let answer = till.get(world, &path, "gzip").await;
    let page: CataloguePage = serde_json::from_slice(&answer.body).unwrap();
    assert!(
        page.changes.iter().all(|change| {
            let of = change.body.as_ref().and_then(|body| body["sku"].as_str());
            change.kind == "combo" || of != Some("BQ01")
        }),
        "never as a product: an older till would sell it without its parts"
    );
    let combos = page.changes.into_iter().filter(|change| change.kind == "combo");
    combos.map(|change| (change.id, change.body.map(|body| serde_json::from_value(body).unwrap()))).collect()
}

async fn stores_learn_of_one_its_price_and_its_end(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let id = world.admin.add_combo(&gift(&world)).await.unwrap();
    let told = heard(&world, &till).await;
    let [(told_id, Some(row))] = told.as_slice() else { panic!("one combo: {told:?}") };
    assert_eq!(*told_id, id.to_string());
    let part = |product: domain::ids::ProductId, pieces: i64| ComboPartRow {
        product: product.uuid(),
        quantity: pieces * 1_000,
    };
    assert_eq!(row.parts, [part(world.garlic.id, 1), part(world.salt.id, 3)]);
    assert_eq!(
        (row.product.sku.as_str(), row.product.price, row.product.price_version),
        ("BQ01", 500_000, 1)
    );
    assert_eq!(combos::find_by_sku(&world.app.db, "BQ01").await.unwrap(), Some(id));
    assert_eq!(combos::find_by_sku(&world.app.db, &world.garlic.sku).await.unwrap(), None, "no combo");
    let free = world.admin.set_price(id, Money::ZERO).await.unwrap_err().to_string();
    assert!(free.contains("above 0"), "{free}");
    let listed = combos::list(&world.app.db).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].price_vnd, listed[0].apart_vnd, listed[0].part_count), (500_000, 540_000, 2));

    world.admin.set_price(id, Money::new(520_000)).await.unwrap();
    let told = heard(&world, &till).await;
    let row = told[0].1.as_ref().unwrap();
    assert_eq!((row.product.price, row.product.price_version, row.parts.len()), (520_000, 2, 2));
    let facts = "select cast(count(*) as bigint) from product_facts join products
        on products.id = product_facts.product_id where products.sku = 'BQ01'";
    assert_eq!(world.number(facts).await, 0, "no figure counts a combo");

    let held = world.admin.retire_product(world.garlic.id).await.unwrap_err().to_string();
    assert!(held.contains("BQ01"), "{held}");
    world.admin.retire_product(id).await.unwrap();
    assert_eq!(heard(&world, &till).await, [(id.to_string(), None)]);
    world.admin.retire_product(world.garlic.id).await.unwrap();
    assert_eq!(combos::list(&world.app.db).await.unwrap(), []);
    world.check_books().await;
}

async fn what_is_wrong_is_refused(db: Db) {
    let world = World::new(db).await;
    let good = gift(&world);
    let inner = NewCombo { sku: "BQ00".to_owned(), barcodes: vec![], ..good.clone() };
    let inner = world.admin.add_combo(&inner).await.unwrap();
    let (garlic, one) = (world.garlic.id, Quantity::pieces(1));
    let with = |parts| NewCombo { parts, ..good.clone() };
    for (wrong, says) in [
        (NewCombo { name: " ".to_owned(), ..good.clone() }, "name"),
        (NewCombo { unit: String::new(), ..good.clone() }, "unit"),
        (NewCombo { sku: world.garlic.sku.clone(), ..good.clone() }, "in use"),
        (NewCombo { barcodes: vec!["có dấu".to_owned()], ..good.clone() }, "barcode"),
        (NewCombo { price: Money::ZERO, ..good.clone() }, "price"),
        (NewCombo { price: Money::new(-1), ..good.clone() }, "price"),
        (with(vec![]), "parts"),
        (with(vec![(garlic, one), (garlic, one)]), "once"),
        (with(vec![(garlic, Quantity::ZERO)]), "above 0"),
        (with(vec![(garlic, Quantity::pieces(101))]), "at most 100"),
        (with(vec![(garlic, Quantity::from_milli(500))]), "whole"),
        (with(vec![(inner, one)]), "no other combo"),
        (with(vec![(uuid::Uuid::nil().into(), one)]), "product"),
    ] {
        let error = world.admin.add_combo(&wrong).await.unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from combo_parts").await, 2);
    world.check_books().await;
}
