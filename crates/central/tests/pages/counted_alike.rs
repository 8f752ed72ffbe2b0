//! The page of sales and the official report put each đồng in the same group and commune, also of goods that a store had added itself:
//! such as were taken into the catalogue, merged, or wait.

use std::collections::BTreeMap;

use central::admin::NewProduct;
use central::db::Db;
use central::db::sales::add_up;
use central::db::users::Role;
use domain::Money;
use protocol::payload::ProvisionalProduct;
use serde_json::Value;
use time::macros::date;
use uuid::Uuid;

use super::browser::Browser;
use crate::support::{Goods, World, new_product};

testkit::on_both_engines!(sales_and_the_report_put_each_dong_in_one_place);

const HONEY: Uuid = Uuid::from_u128(77);
const POLLEN: Uuid = Uuid::from_u128(78);
const WAX: Uuid = Uuid::from_u128(79);
const PRICE_VND: i64 = 85_000;

/// December's report, and its days.
const REPORT: &str = "/reports/2026-m12";
const DAYS: &str = "from=2026-11-15&to=2026-12-14";

/// A store adds three products and sells 3, 1 and 4 of them, and two of the catalogue's garlic.
async fn trade(world: &World) {
    let mut till = world.till().await;
    for (product, sku, pieces) in [(HONEY, "TAM-77", 3), (POLLEN, "TAM-78", 1), (WAX, "TAM-79", 4)] {
        till.add_product(ProvisionalProduct {
            product,
            sku: sku.to_owned(),
            barcode: None,
            name: format!("Hàng {sku}"),
            unit: "hộp".to_owned(),
            sold_by: "piece".to_owned(),
            price: PRICE_VND,
            tax_class: "standard".to_owned(),
            producer: Some(world.phu_sinh.uuid()),
            refuse_expired: false,
        });
        let price = Money::new(PRICE_VND);
        let added =
            Goods { id: product.into(), facts: None, sku: sku.to_owned(), price, ..world.garlic.clone() };
        till.sell(&[(&added, pieces)]);
    }
    till.sell(&[(&world.garlic, 2)]);
    assert_eq!(till.push_from(world, 1).await.ack().exceptions, Vec::<i64>::new());
}

/// What each part sold, by its key; of what nobody knows it is empty.
fn parts(rows: &Value) -> BTreeMap<String, i64> {
    let rows = rows.as_array().unwrap().iter();
    let row = |row: &Value| {
        (row["key"].as_str().unwrap_or_default().to_owned(), row["revenue_vnd"].as_i64().unwrap())
    };
    rows.map(row).collect()
}

async fn sales_and_the_report_put_each_dong_in_one_place(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let honey = NewProduct {
        group_code: "drink".to_owned(),
        commune: "Phường Sa Huỳnh".to_owned(),
        ..new_product("MAT-ONG", PRICE_VND, Some(world.phu_sinh))
    };
    world.admin.confirm_product(HONEY.into(), &honey).await.unwrap();
    world.admin.merge_product(POLLEN.into(), world.garlic.id).await.unwrap();
    let of = |known: [(&str, i64); 3]| -> BTreeMap<String, i64> {
        known.into_iter().map(|(key, vnd)| (key.to_owned(), vnd)).collect()
    };
    let (garlic, honey, wax) = (900_000 + PRICE_VND, 3 * PRICE_VND, 4 * PRICE_VND);
    let producer = world.phu_sinh.to_string();
    let mut department = Browser::of(&world, Role::Department).await;
    // From the stores' own totals, and from sums over all stores.
    for turn in 0..2 {
        let report = department.json(&world, REPORT).await["report"]["sold"].clone();
        for (by, list, expected) in [
            ("group", "by_group", of([("food", garlic), ("drink", honey), ("", wax)])),
            (
                "commune",
                "by_commune",
                of([("Đặc khu Lý Sơn", garlic), ("Phường Sa Huỳnh", honey), ("", wax)]),
            ),
            ("producer", "by_producer", BTreeMap::from([(producer.clone(), garlic + honey + wax)])),
        ] {
            let sales = department.json(&world, &format!("/sales?{DAYS}&by={by}")).await;
            assert_eq!(parts(&sales["groups"]), expected, "sales by {by}, {turn}");
            assert_eq!(parts(&report[list]), expected, "the report by {by}, {turn}");
        }
        // Who picks a part gets what it says, by store and by day as well.
        for (picked, expected) in [
            ("group=food", garlic),
            ("group=drink", honey),
            ("commune=Ph%C6%B0%E1%BB%9Dng%20Sa%20Hu%E1%BB%B3nh", honey),
            ("commune=Ph%C6%B0%E1%BB%9Dng%20Sa%20Hu%E1%BB%B3nh&group=food", 0),
            (&format!("producer={producer}&group=food"), garlic),
        ] {
            let sales = department.json(&world, &format!("/sales?{DAYS}&{picked}")).await;
            assert_eq!(sales["totals"]["revenue_vnd"], expected, "{picked}, {turn}");
            for list in ["products", "stores", "over_time"] {
                let rows = sales[list].as_array().unwrap().iter();
                let sum: i64 = rows.map(|row| row["revenue_vnd"].as_i64().unwrap()).sum();
                assert_eq!(sum, expected, "{list} of {picked}, {turn}");
            }
        }
        assert!(add_up(&world.app.db, date!(2027 - 01 - 01)).await.unwrap() > 0 || turn == 1);
    }
}
