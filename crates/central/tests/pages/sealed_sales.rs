//! Sales of a period whose report is sealed, with what came later by its day; and categories for all that held them.

use central::db::Db;
use central::db::users::Role;
use domain::catalog::{Category, Recognition};
use serde_json::{Value, json};
use time::macros::date;

use super::browser::{Browser, text, trade};
use crate::support::back::back;
use crate::support::{Goods, Till, World, facts};

testkit::on_both_engines!(what_came_after_the_seal_is_a_dated_correction, a_category_counts_for_all_holders);

const DAY_MS: i64 = 86_400_000;
/// The third quarter, after the decree.
const QUARTER: &str = "/sales?from=2026-06-15&to=2026-09-14";

async fn push(world: &World, till: &Till, from: i64) {
    till.push_from(world, from + 1).await.ack();
}

async fn what_came_after_the_seal_is_a_dated_correction(db: Db) {
    let world = World::new(db).await;
    let (mut till, mut other) = (world.till().await, world.other_till().await);
    till.day = date!(2026 - 09 - 01);
    let line = till.line(&world.garlic, 2, None);
    let sale = till.sell_lines(std::slice::from_ref(&line));
    push(&world, &till, 0).await;
    let mut department = Browser::of(&world, trade()).await;
    assert_eq!(department.json(&world, QUARTER).await["sealed"], Value::Null);
    let page = "/reports/2026-q3";
    assert_eq!(department.post(&world, page, &format!("{page}/seal"), &[]).await.status, 303);

    // A day later a sale of the period comes, and two days later some of the first goods go back; another store was silent until then.
    world.clock.advance(DAY_MS);
    let before = till.head.seq;
    till.day = date!(2026 - 09 - 14);
    till.sell(&[(&world.salt, 1)]);
    push(&world, &till, before).await;
    world.clock.advance(DAY_MS);
    let before = till.head.seq;
    till.take_back(sale, vec![back(0, &line, 0, 1)]);
    till.day = date!(2026 - 09 - 15);
    till.sell(&[(&world.garlic, 9)]);
    push(&world, &till, before).await;
    other.day = date!(2026 - 06 - 15);
    other.sell(&[(&world.basket, 3)]);
    push(&world, &other, 0).await;

    // The login of two days ago has ended.
    let mut department = Browser::of(&world, Role::Auditor).await;
    let report = department.json(&world, QUARTER).await;
    let sealed = &report["sealed"];
    let expected = json!([
        { "arrived_on": "2026-11-24", "correction_vnd": 30_000, "entry_count": 1 },
        { "arrived_on": "2026-11-25", "correction_vnd": -150_000, "entry_count": 2 },
    ]);
    assert_eq!((&sealed["sealed_vnd"], &sealed["corrections"]), (&json!(900_000), &expected));
    assert_eq!((&sealed["other_vnd"], &sealed["today_vnd"]), (&json!(0), &report["totals"]["revenue_vnd"]));
    assert_eq!(sealed["today_vnd"], 780_000);
    let of_store = department.json(&world, &format!("{QUARTER}&store={}", world.other_store)).await;
    let of_store = &of_store["sealed"];
    assert_eq!((&of_store["sealed_vnd"], &of_store["today_vnd"]), (&json!(0), &json!(300_000)));
    let page = text(&department.get(&world, QUARTER).await);
    for words in ["Kỳ này đã chốt báo cáo", "Đính chính, đến ngày 25/11/2026", "-150.000 ₫", "Số hôm nay"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let file = department.get(&world, &QUARTER.replace("/sales", "/sales.xlsx")).await;
    assert!(text(&file).contains("Đính chính, đến ngày 24/11/2026"));
    for other in ["/sales?from=2026-06-15&to=2026-09-13".to_owned(), format!("{QUARTER}&category=ocop")] {
        assert_eq!(department.json(&world, &other).await["sealed"], Value::Null, "{other}");
    }
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(operator.json(&world, QUARTER).await["sealed"], Value::Null, "the department's report");
    world.check_books().await;
}

async fn a_category_counts_for_all_holders(db: Db) {
    let world = World::new(db).await;
    let since = date!(2026 - 01 - 01);
    let key = Recognition { category: Category::Key, stars: None, valid_from: since, valid_to: None };
    for product in [world.garlic.id, world.salt.id] {
        world.admin.recognise(product, &key, "QĐ 1/QĐ-UBND").await.unwrap();
    }
    let mut till = world.till().await;
    for goods in [&world.garlic, &world.salt, &world.basket] {
        let goods = Goods { facts: facts(&world.app.db, goods.id).await, ..goods.clone() };
        till.sell(&[(&goods, 1)]);
    }
    till.push_from(&world, 1).await.ack();
    let mut department = Browser::of(&world, trade()).await;
    let categories = |report: &Value| -> Vec<(Value, Value, Value)> {
        let rows = report["categories"].as_array().unwrap();
        let row =
            |row: &Value| (row["category"].clone(), row["revenue_vnd"].clone(), row["product_count"].clone());
        rows.iter().map(row).collect()
    };
    let row = |category: Value, vnd: i64, count: i64| (category, json!(vnd), json!(count));
    let usual = department.json(&world, "/sales").await;
    let none = || row(Value::Null, 100_000, 1);
    let expected = [row(json!("ocop"), 450_000, 1), none(), row(json!("key"), 30_000, 1)];
    assert_eq!((categories(&usual), usual["counted_by"].as_str()), (expected.to_vec(), Some("leading")));
    let holders = department.json(&world, "/sales?counted=holders").await;
    let expected = [row(json!("key"), 480_000, 2), row(json!("ocop"), 450_000, 1), none()];
    assert_eq!((categories(&holders), holders["counted_by"].as_str()), (expected.to_vec(), Some("holders")));
    assert_eq!(holders["totals"]["revenue_vnd"], 580_000, "less than the categories together");
    let of_key = |report: &Value| report["totals"]["revenue_vnd"].as_i64();
    assert_eq!(of_key(&department.json(&world, "/sales?category=key").await), Some(30_000));
    assert_eq!(of_key(&department.json(&world, "/sales?category=key&counted=holders").await), Some(480_000));
    let page = text(&department.get(&world, "/sales?counted=holders").await);
    assert!(page.contains("tổng các loại có thể lớn hơn doanh số"), "{page}");
    let file = text(&department.get(&world, "/sales.xlsx?counted=holders").await);
    assert!(file.contains("Phân loại (mọi loại)"), "{file}");
    let csv = text(&department.get(&world, "/sales.csv?category=key&counted=holders").await);
    assert!(csv.contains("TOI-DEN") && csv.contains("MUOI") && !csv.contains("GIO"), "{csv}");
    assert_eq!(department.get(&world, "/sales?counted=twice").await.status, 404);
}
