//! The paper for a product's dossier: true sums by point of sale, up to when each has told, in both languages.

use central::db::Db;
use central::db::users::Role;
use serde_json::json;

use super::browser::{Browser, text};
use super::producer::trade;
use crate::support::World;

testkit::on_both_engines!(a_paper_says_what_each_point_sold);

async fn a_paper_says_what_each_point_sold(db: Db) {
    let world = World::new(db).await;
    let mut new = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert!(text(&new.get(&world, "/me/dossier").await).contains("chưa có gì để xác nhận"));
    trade(&world, true).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    // The only product is the chosen one.
    let year = browser.json(&world, "/me/dossier").await;
    let paper = &year["paper"];
    assert_eq!((&paper["from"], &paper["to"]), (&json!("2026-01-01"), &json!("2026-11-23")));
    assert_eq!((&paper["quantity_milli"], &paper["revenue_vnd"]), (&json!(10_000), &json!(10 * 450_000)));
    let november = format!("/me/dossier?product={}&from=2026-11-01&to=2026-11-30", world.garlic.id);
    let paper = browser.json(&world, &november).await["paper"].clone();
    let stores: Vec<_> = paper["stores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|store| {
            (
                store["store"].as_str().unwrap(),
                store["quantity_milli"].as_i64().unwrap(),
                store["is_behind"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(stores, [("Điểm OCOP LS", 4_000, false), ("Điểm OCOP QN", 4_000, false)]);
    let page = text(&browser.get(&world, &november).await);
    for said in [
        "Xác nhận tình hình tiêu thụ sản phẩm",
        "Confirmation of a product&#39;s sales",
        "01/11/2026 – 30/11/2026",
        "3.600.000 ₫",
        "Xác nhận của điểm bán",
        "(ký, ghi rõ họ tên, đóng dấu)",
    ] {
        assert!(page.contains(said) || page.contains(&said.replace("&#39;", "'")), "{said} in {page}");
    }
    // Tomorrow the points have not told the last day yet.
    world.clock.advance(24 * 60 * 60 * 1_000);
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let paper = browser.json(&world, "/me/dossier").await["paper"].clone();
    assert_eq!(paper["stores"][0]["is_behind"], true);
    for (query, status) in [
        ("from=2026-11-30&to=2026-11-01", 422),
        ("from=yesterday", 422),
        ("from=2000-01-01&to=2026-01-01", 422),
        ("product=x", 404),
    ] {
        assert_eq!(browser.get(&world, &format!("/me/dossier?{query}")).await.status, status, "{query}");
    }
    let wrong = text(&browser.get(&world, "/me/dossier?from=2026-11-30&to=2026-11-01").await);
    assert!(wrong.contains("value=\"2026-11-30\"") && !wrong.contains("(ký, ghi rõ"), "{wrong}");
    for foreign in [world.salt.id, world.basket.id] {
        assert_eq!(browser.get(&world, &format!("/me/dossier?product={foreign}")).await.status, 404);
    }
}
