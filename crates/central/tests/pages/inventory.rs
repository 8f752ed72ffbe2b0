//! Inventory over all stores: what runs out, where there is too much, and whose stores one sees.

use central::admin::NewOperator;
use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use serde_json::Value;
use time::Duration;

use super::browser::{Browser, text};
use crate::support::{TODAY, World, new_store};

testkit::on_both_engines!(goods_over_all_stores, an_operator_sees_its_own_stores);

/// Lý Sơn received forty boxes and sold ten of them lately, Quảng Ngãi received twelve and sold them all; salt lies on a shelf.
async fn trade(world: &World) {
    let mut lately = world.till().await;
    lately.day = TODAY - Duration::days(3);
    let lot = lately.receive(&world.garlic, 40);
    lately.receive(&world.salt, 5);
    let sale = lately.sale_of(vec![lately.line(&world.garlic, 10, Some(lot))]);
    lately.write_sale(world.app.clock.new_uuid().into(), &sale);
    lately.push_from(world, 1).await.ack();
    let mut other = world.other_till().await;
    other.day = TODAY - Duration::days(2);
    let lot = other.receive(&world.garlic, 12);
    let sale = other.sale_of(vec![other.line(&world.garlic, 12, Some(lot))]);
    other.write_sale(world.app.clock.new_uuid().into(), &sale);
    other.push_from(world, 1).await.ack();
}

fn names(report: &Value) -> Vec<&str> {
    report["products"].as_array().unwrap().iter().map(|product| product["name"].as_str().unwrap()).collect()
}

async fn goods_over_all_stores(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    let report = department.json(&world, "/inventory").await;
    assert_eq!(report["counts"], serde_json::json!({ "all": 2, "out": 1, "low": 0, "slow": 1 }));
    assert_eq!(names(&report), ["Sản phẩm TOI-DEN", "Sản phẩm MUOI"], "what is gone somewhere comes first");
    let garlic = &report["products"][0];
    assert_eq!(
        (garlic["left_milli"].as_i64(), garlic["sold_lately_milli"].as_i64()),
        (Some(30_000), Some(22_000))
    );
    assert_eq!(garlic["days"].as_i64(), Some(40));
    assert_eq!(garlic["own_milli"].as_i64(), Some(0), "all of it is consigned");
    // Thirty are left in Lý Sơn, which sells ten a month: twelve can go where they are missing, of one operator.
    let moved = serde_json::json!([{ "from": "LS", "to": "QN", "quantity_milli": 12_000 }]);
    assert_eq!((&garlic["transfers"], garlic["to_bring_milli"].as_i64()), (&moved, Some(0)));
    for (show, found) in [("out", vec!["Sản phẩm TOI-DEN"]), ("low", vec![]), ("slow", vec!["Sản phẩm MUOI"])]
    {
        let report = department.json(&world, &format!("/inventory?show={show}")).await;
        assert_eq!(names(&report), found, "{show}");
    }
    let page = text(&department.get(&world, "/inventory").await);
    for words in
        ["Hết hàng (1)", "Không bán được (1)", "QN hết", "LS 30", "Chuyển 12 từ LS sang QN", "40 ngày"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    // One store alone: nobody is there to give.
    let path = format!("/inventory?store={}", world.other_store);
    let report = department.json(&world, &path).await;
    assert_eq!((names(&report).len(), report["products"][0]["to_bring_milli"].as_i64()), (1, Some(12_000)));
    for wrong in
        ["/inventory?store=ly-son", "/inventory?show=everything", "/inventory?page=-1", "/inventory?x=1"]
    {
        assert_eq!(department.get(&world, wrong).await.status, 400, "{wrong}");
    }
    assert_eq!(department.json(&world, "/inventory?page=99").await["page"].as_i64(), Some(1));
}

async fn an_operator_sees_its_own_stores(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let stranger = NewOperator {
        name: "Hộ kinh doanh Sa Kỳ".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    let stranger = world.admin.add_operator(&stranger).await.unwrap();
    world.admin.add_store(&new_store(stranger, "SK")).await.unwrap();
    let mut own = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(own.json(&world, "/inventory").await["counts"]["all"].as_i64(), Some(2));
    let mut foreign = Browser::of(&world, Role::Operator(stranger)).await;
    assert_eq!(foreign.json(&world, "/inventory").await["counts"]["all"].as_i64(), Some(0));
    let path = format!("/inventory?store={}", world.store);
    assert_eq!(foreign.get(&world, &path).await.status, 404);
}
