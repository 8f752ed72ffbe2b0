//! What a point is meant to carry: ticked in the catalogue, as another point has it, or accepted of what was nominated; counted against
//! the thresholds, labelled before it arrives, and no tie for the till.

use central::admin::{NewCombo, NewNomination, NewThreshold, NominationStep};
use central::db::Db;
use central::db::users::Role;
use domain::ids::PointId;
use domain::point::Measure;
use domain::section::Section;
use domain::{Money, Quantity};
use serde_json::Value;
use time::macros::date;
use uuid::Uuid;

use super::browser::{Browser, location, text};
use super::grid::sheet;
use super::points::added;
use crate::support::World;

testkit::on_both_engines!(
    goods_are_ticked_against_the_thresholds,
    what_is_unticked_is_no_part_of_all,
    what_is_wrong_changes_nothing,
    another_points_goods_are_taken_over,
    what_a_store_accepts_is_chosen,
    what_the_department_chose_stays_when_a_store_declines,
    what_is_not_on_sale_any_more_does_not_count,
);

/// The codes of the products of a page that are chosen.
fn codes(report: &Value) -> Vec<&str> {
    let all = report["products"].as_array().unwrap();
    all.iter().filter(|each| each["is_chosen"] == true).map(|each| each["sku"].as_str().unwrap()).collect()
}

/// Sends ticks: what the page showed as ticked, and what is ticked now.
async fn tick(world: &World, admin: &mut Browser, list: &str, before: &[Uuid], on: &[Uuid]) -> u16 {
    let all = before.iter().map(|id| ("was", id.to_string()));
    let all: Vec<(&str, String)> = all.chain(on.iter().map(|id| ("product", id.to_string()))).collect();
    let fields: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    admin.post(world, list, list, &fields).await.status
}

async fn acts(world: &World) -> i64 {
    world.number("select cast(count(*) as bigint) from audit_log where action = 'point.products'").await
}

fn gift(world: &World) -> NewCombo {
    NewCombo {
        sku: "BQ01".to_owned(),
        barcodes: Vec::new(),
        name: "Bộ quà Lý Sơn".to_owned(),
        unit: "bộ".to_owned(),
        price: Money::new(500_000),
        parts: vec![(world.garlic.id, Quantity::pieces(1)), (world.salt.id, Quantity::pieces(3))],
    }
}

async fn goods_are_ticked_against_the_thresholds(db: Db) {
    let world = World::new(db).await;
    for (measure, at_least) in [(Measure::Products, 2), (Measure::OcopShare, 600)] {
        let paper = "KH 12".to_owned();
        let new = NewThreshold { measure, valid_from: date!(2026 - 11 - 1), at_least: Some(at_least), paper };
        world.admin.set_point_threshold(&new).await.unwrap();
    }
    world.admin.add_combo(&gift(&world)).await.unwrap();
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/points/{}", world.store);
    let list = format!("{at}/products");
    let [garlic, salt, basket] = [&world.garlic, &world.salt, &world.basket].map(|goods| goods.id.uuid());
    let report = admin.json(&world, &list).await;
    assert_eq!((codes(&report), report["product_count"].as_i64()), (Vec::new(), Some(4)));
    assert!(text(&admin.get(&world, &format!("{at}/open")).await).contains("Chưa chọn hàng nào."));

    let ticked = garlic.to_string();
    let fields = [("product", ticked.as_str())];
    let answer = admin.post(&world, &list, &format!("{list}?group=food"), &fields).await;
    assert_eq!(location(&answer), format!("{list}?group=food&done=saved"), "{}", text(&answer));
    // Of a page that was loaded before that: what it did not change stays.
    for _ in 0..2 {
        assert_eq!(tick(&world, &mut admin, &list, &[], &[salt]).await, 303);
    }
    let page = text(&admin.get(&world, &list).await);
    let was = |id: Uuid| page.contains(&format!("name=\"was\" value=\"{id}\""));
    assert_eq!([garlic, salt, basket].map(was), [true, true, false], "{page}");
    assert!(page.contains("Chọn cả 3 sản phẩm"), "a combo is not chosen: {page}");
    let report = admin.json(&world, &list).await;
    assert_eq!(codes(&report), ["MUOI", "TOI-DEN"]);
    let told: Vec<(i64, Option<i64>)> = (report["chosen"]["measures"].as_array().unwrap().iter())
        .map(|row| (row["measured"].as_i64().unwrap(), row["at_least"].as_i64()))
        .collect();
    assert_eq!(told, [(2, Some(2)), (1, None), (500, Some(600)), (2, None)]);
    assert_eq!(acts(&world).await, 2, "the same again is no act");

    // The way on which a point opens, its file and its labels say so.
    for path in [format!("{at}/open"), at.clone(), list.clone()] {
        let page = text(&admin.get(&world, &path).await);
        for words in ["Đã chọn 2 sản phẩm; 0 sản phẩm đang có trên kệ.", "Chưa đạt", "KH 12"]
        {
            assert!(page.contains(words), "{words} in {page}");
        }
    }
    assert!(text(&admin.get(&world, &at).await).contains("+1: MUOI"), "it is in the file's history");
    assert!(text(&admin.get(&world, &format!("{at}/labels")).await).contains("2 nhãn"), "the shelf is empty");
    let mut till = world.till().await;
    till.receive(&world.salt, 2);
    till.push_from(&world, 1).await.ack();
    assert_eq!(admin.json(&world, &at).await["chosen"]["on_shelf_count"], 1);
    assert!(text(&admin.get(&world, &format!("{at}/labels")).await).contains("1 nhãn"), "it is no more");
    assert!(text(&admin.get(&world, &format!("{at}/labels?show=chosen")).await).contains("2 nhãn"));

    // What was ticked and is not any more is taken off; what was not on the page stays.
    assert_eq!(tick(&world, &mut admin, &list, &[salt], &[]).await, 303);
    let narrow = format!("{list}?chosen=yes");
    let report = admin.json(&world, &narrow).await;
    assert_eq!((codes(&report), report["product_count"].as_i64()), (vec!["TOI-DEN"], Some(1)));
    // All of a filter at once, but for combos: their parts are chosen.
    let every = format!("{list}?group=food");
    assert_eq!(admin.post(&world, &list, &every, &[("all", "yes")]).await.status, 303);
    let report = admin.json(&world, &list).await;
    assert_eq!(
        (codes(&report), report["chosen"]["chosen_count"].as_i64()),
        (vec!["GIO", "MUOI", "TOI-DEN"], Some(3))
    );

    // The files say what the page says.
    let file = admin.get(&world, &format!("{list}.xlsx?chosen=yes")).await;
    assert_eq!(sheet(&file, "Sản phẩm").len(), 4);
    let csv = text(&admin.get(&world, &format!("{list}.csv")).await);
    assert_eq!((csv.lines().count(), csv.matches("Đã chọn").count()), (5, 4), "{csv}");
    let page = text(&admin.get(&world, &narrow).await);
    assert!(page.contains(&format!("href=\"{list}.xlsx?chosen=yes\"")), "{page}");
    assert!(!page.contains("name=\"all\""), "what is chosen is chosen: {page}");
    // Who only reads ticks nothing.
    let mut reader = Browser::of(&world, Role::Department).await;
    let page = text(&reader.get(&world, &list).await);
    assert!(page.contains("Đã chọn") && !page.contains("name=\"product\""), "{page}");
}

async fn what_is_unticked_is_no_part_of_all(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let list = format!("/points/{}/products", world.store);
    let [garlic, salt] = [&world.garlic, &world.salt].map(|goods| goods.id.uuid());
    assert_eq!(tick(&world, &mut admin, &list, &[], &[garlic, salt]).await, 303);
    let (garlic, salt) = (garlic.to_string(), salt.to_string());
    let fields = [("was", garlic.as_str()), ("was", &salt), ("product", &salt), ("all", "yes")];
    assert_eq!(admin.post(&world, &list, &list, &fields).await.status, 303);
    assert_eq!(codes(&admin.json(&world, &list).await), ["GIO", "MUOI"]);
}

async fn what_is_wrong_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let list = format!("/points/{}/products", world.store);
    let garlic = world.garlic.id.to_string();
    for (fields, status) in [
        (vec![("was", "garlic")], 404),
        (vec![("was", garlic.as_str()), ("product", "x")], 404),
        // Nothing is ticked, and nothing was.
        (vec![], 303),
    ] {
        assert_eq!(admin.post(&world, &list, &list, &fields).await.status, status, "{fields:?}");
    }
    let nobody = Uuid::from_u128(9);
    let nowhere = format!("/points/{nobody}/products");
    let fields = [("was", garlic.as_str())];
    assert_eq!(admin.post(&world, &list, &nowhere, &fields).await.status, 404);
    assert_eq!(admin.get(&world, &nowhere).await.status, 404);
    assert_eq!(admin.get(&world, &format!("{list}?after={nobody}")).await.status, 404);
    assert_eq!(admin.get(&world, &format!("{list}?category=best")).await.status, 422);
    for (from, status) in [("", 422), ("x", 404), (nobody.to_string().as_str(), 404)] {
        let answer = admin.post(&world, &list, &format!("{list}/take"), &[("from", from)]).await;
        assert_eq!(answer.status, status, "{from}");
    }
    // A product that is not there is not chosen, and is no fault: somebody may have taken it off the catalogue meanwhile.
    assert_eq!(tick(&world, &mut admin, &list, &[], &[nobody]).await, 303);
    assert_eq!(tick(&world, &mut admin, &list, &[nobody], &[]).await, 303);
    let many = vec![world.garlic.id; 5_001];
    let id = PointId::from_uuid(world.store.uuid());
    assert!(world.admin.choose_point_products(id, &many, &[]).await.is_err());
    assert_eq!(world.number("select cast(count(*) as bigint) from point_products").await, 0);
    assert_eq!(acts(&world).await, 0);
}

async fn another_points_goods_are_taken_over(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let list = format!("{at}/products");
    // One is chosen there, another one stands on the shelf; the basket has been sold out.
    let id = PointId::from_uuid(world.store.uuid());
    world.admin.choose_point_products(id, &[world.garlic.id], &[]).await.unwrap();
    let mut till = world.till().await;
    till.receive(&world.salt, 2);
    till.receive(&world.basket, 1);
    till.sell(&[(&world.basket, 1)]);
    till.push_from(&world, 1).await.ack();
    let page = text(&admin.get(&world, &list).await);
    assert!(page.contains("Lấy theo điểm khác") && page.contains("Điểm OCOP LS"), "{page}");
    let from = world.store.to_string();
    for _ in 0..2 {
        let answer = admin.post(&world, &list, &format!("{list}/take"), &[("from", &from)]).await;
        assert_eq!(location(&answer), format!("{list}?done=taken"), "{}", text(&answer));
    }
    let report = admin.json(&world, &list).await;
    assert_eq!(codes(&report), ["MUOI", "TOI-DEN"]);
    assert_eq!(report["chosen"]["on_shelf_count"], 0, "it has no shelf");
    let page = text(&admin.get(&world, &at).await);
    assert!(page.contains("Điểm OCOP LS") && page.contains("+2: MUOI, TOI-DEN"), "{page}");
    assert_eq!(acts(&world).await, 2);
    // The other point has what it had.
    let other = admin.json(&world, &format!("/points/{}/products", world.store)).await;
    assert_eq!(codes(&other), ["TOI-DEN"]);
}

/// Asks all stores to take the garlic; returns the nomination.
async fn nominated(world: &World) -> Uuid {
    let id = Uuid::from_u128(5);
    let new =
        NewNomination { id, section: Section::Trade, reason: "Hàng tốt".to_owned(), stores: Vec::new() };
    world.admin.nominate(world.garlic.id, &new).await.unwrap();
    world.admin.step_nomination(id, NominationStep::Pass, "được").await.unwrap();
    id
}

async fn what_a_store_accepts_is_chosen(db: Db) {
    let world = World::new(db).await;
    let id = nominated(&world).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut reader = Browser::of(&world, Role::Department).await;
    let shops = "/shops/nominations";
    for (answer, expected) in
        [("accepted", vec!["TOI-DEN"]), ("declined", vec![]), ("accepted", vec!["TOI-DEN"])]
    {
        let fields = [("answer", answer), ("reason", "đổi kệ")];
        let path = format!("{shops}/{id}/{}", world.store);
        assert_eq!(operator.post(&world, shops, &path, &fields).await.status, 303);
        let report = reader.json(&world, &format!("/points/{}/products", world.store)).await;
        assert_eq!(codes(&report), expected, "{answer}");
    }
    let other = reader.json(&world, &format!("/points/{}/products", world.other_store)).await;
    assert_eq!(codes(&other), Vec::<&str>::new(), "each store speaks for itself");
    let page = text(&reader.get(&world, &format!("/points/{}", world.store)).await);
    assert!(
        page.contains("+1: TOI-DEN") && page.contains("−1: TOI-DEN"),
        "it is in the file's history: {page}"
    );
    assert_eq!(acts(&world).await, 3);
}

async fn what_the_department_chose_stays_when_a_store_declines(db: Db) {
    let world = World::new(db).await;
    let id = nominated(&world).await;
    let point = PointId::from_uuid(world.store.uuid());
    world.admin.choose_point_products(point, &[world.garlic.id], &[]).await.unwrap();
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut reader = Browser::of(&world, Role::Department).await;
    let shops = "/shops/nominations";
    for answer in ["accepted", "declined"] {
        let fields = [("answer", answer), ("reason", "đổi kệ")];
        let path = format!("{shops}/{id}/{}", world.store);
        assert_eq!(operator.post(&world, shops, &path, &fields).await.status, 303);
        let report = reader.json(&world, &format!("/points/{}/products", world.store)).await;
        assert_eq!(codes(&report), ["TOI-DEN"], "{answer}");
    }
    assert_eq!(acts(&world).await, 1, "the choice did not change");
}

async fn what_is_not_on_sale_any_more_does_not_count(db: Db) {
    let world = World::new(db).await;
    let id = PointId::from_uuid(world.store.uuid());
    let both = [world.garlic.id, world.salt.id];
    assert_eq!(world.admin.choose_point_products(id, &both, &[]).await.unwrap(), 2);
    world.admin.retire_product(world.salt.id).await.unwrap();
    assert_eq!(world.admin.choose_point_products(id, &[world.salt.id], &[]).await.unwrap(), 0);
    let mut reader = Browser::of(&world, Role::Department).await;
    let report = reader.json(&world, &format!("/points/{}/products", world.store)).await;
    assert_eq!((codes(&report), report["chosen"]["chosen_count"].as_i64()), (vec!["TOI-DEN"], Some(1)));
    let labels = text(&reader.get(&world, &format!("/points/{}/labels", world.store)).await);
    assert!(labels.contains("1 nhãn") && !labels.contains("BC-MUOI"), "{labels}");
}
