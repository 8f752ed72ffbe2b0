//! Inventory over all stores: what runs out, where there is too much, and whose stores one sees.

use central::admin::NewOperator;
use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use domain::stock::Lot;
use serde_json::Value;
use time::Duration;

use super::browser::{Browser, text};
use crate::books::transfers::{lot, send, take_in};
use crate::support::{TODAY, Till, World, goods, new_store};

testkit::on_both_engines!(
    goods_over_all_stores,
    goods_under_way_are_seen_and_not_asked_for_twice,
    goods_past_their_date_are_given_to_nobody,
    an_operator_sees_its_own_stores,
    a_long_list_is_read_page_by_page,
    what_is_looked_for_is_found
);

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

/// Thirty boxes lie in Lý Sơn; twenty-five of them are past their date. Ten sold there lately, so that none can be spared.
async fn goods_past_their_date_are_given_to_nobody(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.day = TODAY - Duration::days(3);
    let over = |lot: Lot| Lot { expires_on: Some(TODAY - Duration::days(1)), ..lot };
    till.receive_lot(&world.garlic, 25, over);
    let good = till.receive(&world.garlic, 15);
    till.sell_lines(&[till.line(&world.garlic, 10, Some(good))]);
    till.push_from(&world, 1).await.ack();
    let mut other = world.other_till().await;
    other.day = TODAY - Duration::days(2);
    let lot = other.receive(&world.garlic, 12);
    other.sell_lines(&[other.line(&world.garlic, 12, Some(lot))]);
    other.push_from(&world, 1).await.ack();
    let mut department = Browser::of(&world, Role::Department).await;
    let report = department.json(&world, "/inventory").await;
    let garlic = &report["products"][0];
    assert_eq!((garlic["left_milli"].as_i64(), garlic["good_milli"].as_i64()), (Some(30_000), Some(5_000)));
    assert_eq!(
        (garlic["transfers"].as_array().map(Vec::len), garlic["to_bring_milli"].as_i64()),
        (Some(0), Some(12_000))
    );
    assert_eq!(garlic["days"].as_i64(), Some(6));
    let page = text(&department.get(&world, "/inventory").await);
    assert!(page.contains("quá hạn 25"), "{page}");
}

fn names(report: &Value) -> Vec<&str> {
    report["products"].as_array().unwrap().iter().map(|product| product["name"].as_str().unwrap()).collect()
}

async fn goods_over_all_stores(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    let report = department.json(&world, "/inventory").await;
    assert_eq!(
        report["counts"],
        serde_json::json!({ "all": 2, "out": 1, "low": 0, "fast": 0, "slow": 1, "expiring": 0, "under_way": 0 })
    );
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
    for words in ["Hết hàng (1)", "Bán chậm (1)", "QN hết", "LS 30", "Chuyển 12 từ LS sang QN", "40 ngày"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    // One store alone: nobody is there to give.
    let path = format!("/inventory?store={}", world.other_store);
    let report = department.json(&world, &path).await;
    assert_eq!((names(&report).len(), report["products"][0]["to_bring_milli"].as_i64()), (1, Some(12_000)));
    for wrong in [
        "/inventory?store=ly-son",
        "/inventory?show=everything",
        "/inventory.xlsx?owner=me",
        "/inventory.csv?show=x",
    ] {
        assert_eq!(department.get(&world, wrong).await.status, 422, "{wrong}");
    }
    for nowhere in [format!("/inventory?after={}", world.operator), "/inventory?before=salt".to_owned()] {
        assert_eq!(department.get(&world, &nowhere).await.status, 404, "{nowhere}");
    }
}

/// Salt goes to a store that never had any, all of it; garlic to the one where it is gone.
async fn goods_under_way_are_seen_and_not_asked_for_twice(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let salt = lot(&world.salt, till.receive(&world.salt, 5));
    let number = send(&mut till, world.other_store, &[(salt.clone(), 5)]);
    till.push_from(&world, 1).await.ack();
    let mut department = Browser::of(&world, Role::Department).await;
    let under_way = async |department: &mut Browser, path: &str| {
        let report = department.json(&world, path).await;
        let of = |product: &Value| {
            let milli = |field: &str| product[field].as_i64().unwrap() / 1_000;
            (milli("left_milli"), milli("under_way_milli"))
        };
        report["products"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(under_way(&mut department, "/inventory").await, [(0, 5)], "all of it is between the stores");
    let there = format!("/inventory?store={}", world.other_store);
    assert_eq!(under_way(&mut department, &there).await, [(0, 5)], "it comes to this one");
    let here = format!("/inventory?store={}", world.store);
    assert_eq!(under_way(&mut department, &here).await, [], "and has left this one");
    let mut other = world.other_till().await;
    take_in(&mut other, world.store, &number, &[(salt, 5, 5, 0)]);
    other.push_from(&world, 1).await.ack();
    assert_eq!(under_way(&mut department, "/inventory").await, [(5, 0)]);

    let world = &world;
    trade(world).await;
    let moved = async |department: &mut Browser| {
        let report = department.json(world, "/inventory").await;
        let products = report["products"].as_array().unwrap();
        let garlic = products.iter().find(|product| product["name"] == "Sản phẩm TOI-DEN").unwrap();
        (garlic["transfers"].as_array().unwrap().len(), garlic["to_bring_milli"].as_i64().unwrap())
    };
    assert_eq!(moved(&mut department).await, (1, 0));
    let mut third = Till::enrol(world, world.store).await;
    world.admin.approve(&third.key.public().fingerprint()).await.unwrap();
    let garlic = lot(&world.garlic, third.receive(&world.garlic, 12));
    send(&mut third, world.other_store, &[(garlic, 12)]);
    third.push_from(world, 1).await.ack();
    assert_eq!(moved(&mut department).await, (0, 0), "it is on its way");
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

async fn a_long_list_is_read_page_by_page(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for number in 0..120 {
        let of = Some((world.operator, world.phu_sinh, 20));
        let goods = goods(&world.app, &world.admin, &format!("MAT-ONG-{number:03}"), 10_000, of).await;
        till.receive(&goods, number % 7 + 1);
    }
    till.push_from(&world, 1).await.ack();
    let mut department = Browser::of(&world, Role::Department).await;
    for (query, count) in [("", 120), ("show=slow&", 120), ("show=slow&q=ong-01&", 10)] {
        let (mut there, mut back, mut at) = (Vec::new(), Vec::new(), String::new());
        let last = loop {
            let report = department.json(&world, &format!("/inventory?{query}{at}")).await;
            there.extend(names(&report).into_iter().map(str::to_owned));
            assert_eq!(report["page_before"].is_null(), at.is_empty());
            match report["page_after"].as_str() {
                Some(id) => at = format!("after={id}"),
                None => break report,
            }
        };
        assert_eq!(there.len(), count, "{query}");
        // Back from the last page, the same.
        let mut page = last;
        loop {
            back.splice(0..0, names(&page).into_iter().map(str::to_owned));
            let Some(id) = page["page_before"].as_str() else { break };
            page = department.json(&world, &format!("/inventory?{query}before={id}")).await;
        }
        assert_eq!(there, back, "{query}");
        there.sort();
        there.dedup();
        assert_eq!(there.len(), count, "{query}: each once");
    }
    let page = text(&department.get(&world, "/inventory?show=slow&q=mật").await);
    assert!(page.contains("/inventory?q=m%E1%BA%ADt&amp;show=slow&amp;after="), "{page}");
}

async fn what_is_looked_for_is_found(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    let (garlic, salt) = ("Sản phẩm TOI-DEN", "Sản phẩm MUOI");
    for (query, found) in [
        ("q=san+pham", vec![garlic, salt]),
        ("q=toi", vec![garlic]),
        ("q=PHẨM+muoi", vec![salt]),
        ("q=phu+sinh", vec![garlic]),
        ("q=toi+muoi", vec![]),
        ("q=%25", vec![]),
        ("owner=consigned", vec![garlic, salt]),
        ("owner=own", vec![]),
        (&format!("owner={}", world.sa_huynh), vec![salt]),
        (&format!("owner={}&show=out", world.sa_huynh), vec![]),
        ("utm_source=zalo", vec![garlic, salt]),
    ] {
        let report = department.json(&world, &format!("/inventory?{query}")).await;
        assert_eq!(names(&report), found, "{query}");
        let csv = text(&department.get(&world, &format!("/inventory.csv?{query}")).await);
        assert_eq!(csv.lines().count(), found.len() + 1, "{query}: {csv}");
    }
}
