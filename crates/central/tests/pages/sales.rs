//! The report "sales per product": true figures, within what each person may see, the same as JSON.

use central::admin::{NewOperator, NewStore};
use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use serde_json::{Value, json};
use time::Duration;
use time::macros::date;

use super::browser::{Browser, text};
use super::grid::{number, sheet};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    the_report_says_what_was_sold,
    every_view_is_a_link,
    an_operator_sees_its_own_stores,
    figures_say_how_complete_they_are,
    a_wrong_question_is_told,
    nothing_is_a_page_too,
    sales_are_compared_and_added_up_as_asked,
    files_say_what_the_page_says,
);

/// Two stores: today garlic and salt, and salt a month ago.
async fn trade(world: &World) -> (Till, Till) {
    let mut first = world.till().await;
    first.day = TODAY - Duration::days(31);
    first.sell(&[(&world.salt, 10)]);
    first.day = TODAY;
    first.sell(&[(&world.garlic, 2), (&world.salt, 1)]);
    first.sell(&[(&world.salt, 4)]);
    first.push_from(world, 1).await.ack();
    let mut second = world.other_till().await;
    second.sell(&[(&world.garlic, 1), (&world.basket, 1)]);
    second.push_from(world, 1).await.ack();
    (first, second)
}

fn column(report: &Value, list: &str, names: [&str; 2]) -> Vec<(Value, Value)> {
    let rows = report[list].as_array().unwrap();
    rows.iter().map(|row| (row[names[0]].clone(), row[names[1]].clone())).collect()
}

async fn the_report_says_what_was_sold(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let report = browser.json(&world, "/sales").await;
    assert_eq!((report["from"].as_str(), report["to"].as_str()), (Some("2026-11-01"), Some("2026-11-23")));
    assert_eq!(report["totals"], json!({"revenue_vnd": 1_600_000, "receipt_count": 3, "product_count": 3}));
    // Last month's sale was on 23 October: within the same days of the month before.
    assert_eq!(
        (report["before_from"].as_str(), report["before_to"].as_str()),
        (Some("2026-10-01"), Some("2026-10-23"))
    );
    assert_eq!(report["before"], Value::Null, "no store had begun on 1 October");
    let week = browser.json(&world, "/sales?from=2026-11-17&to=2026-11-23").await;
    assert_eq!(week["before"]["revenue_vnd"], 0, "the store was there, and sold nothing");
    let products = column(&report, "products", ["name", "revenue_vnd"]);
    let name = |sku: &str| json!(format!("Sản phẩm {sku}"));
    assert_eq!(
        products,
        [(name("TOI-DEN"), json!(1_350_000)), (name("MUOI"), json!(150_000)), (name("GIO"), json!(100_000))]
    );
    let first = &report["products"][0];
    assert_eq!(
        (&first["stars"], &first["quantity_milli"], &first["receipt_count"]),
        (&json!(4), &json!(3_000), &json!(2))
    );
    assert_eq!(first["producer"], "Công ty Phú Sinh");
    assert_eq!(
        column(&report, "stores", ["revenue_vnd", "receipt_count"]),
        [(json!(1_050_000), json!(2)), (json!(550_000), json!(1))]
    );
    assert_eq!(
        column(&report, "categories", ["category", "revenue_vnd"]),
        [(json!("ocop"), json!(1_350_000)), (Value::Null, json!(250_000))]
    );
    let bars = report["over_time"].as_array().unwrap();
    assert_eq!(
        (bars.len(), &bars[22]["revenue_vnd"], &bars[22]["before_vnd"]),
        (23, &json!(1_600_000), &json!(300_000))
    );

    let page = text(&browser.get(&world, "/sales").await);
    for said in
        ["1,6 tr ₫", "533.333 ₫", "1.350.000 ₫", "84,4 %", "4★", "Công ty Phú Sinh", "01/11/2026–23/11/2026"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
}

async fn every_view_is_a_link(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    for (query, revenue_vnd, receipts, products) in [
        ("period=today".to_owned(), 1_600_000, json!(3), 3),
        ("from=2026-10-23&to=2026-10-23".to_owned(), 300_000, json!(1), 1),
        ("from=2026-10-23&to=2026-11-23".to_owned(), 1_900_000, json!(4), 3),
        ("period=year".to_owned(), 1_900_000, json!(4), 3),
        ("category=ocop".to_owned(), 1_350_000, Value::Null, 1),
        ("stars=4".to_owned(), 1_350_000, Value::Null, 1),
        ("stars=5".to_owned(), 0, Value::Null, 0),
        (format!("store={}", world.other_store), 550_000, json!(1), 2),
        (format!("period=week&store={}&stars=4", world.other_store), 450_000, Value::Null, 1),
    ] {
        let report = browser.json(&world, &format!("/sales?{query}")).await;
        let expected =
            json!({"revenue_vnd": revenue_vnd, "receipt_count": receipts, "product_count": products});
        assert_eq!(report["totals"], expected, "{query}");
        let sum = |list: &str| -> i64 {
            report[list].as_array().unwrap().iter().map(|row| row["revenue_vnd"].as_i64().unwrap()).sum()
        };
        for list in ["products", "stores", "categories", "over_time"] {
            assert_eq!(sum(list), revenue_vnd, "{list} of {query}");
        }
        let page = text(&browser.get(&world, &format!("/sales?{query}")).await);
        let last = query.rsplit('&').next().unwrap();
        assert!(page.contains(&format!("{last}&amp;lang=en\"")), "another language keeps the view: {query}");
    }
    let sorted = browser.json(&world, "/sales?sort=name").await;
    assert_eq!(sorted["products"][0]["name"], "Sản phẩm GIO");
    let page = text(&browser.get(&world, "/sales?sort=name&stars=3").await);
    assert!(page.contains("href=\"/sales?period=month&amp;stars=3&amp;sort=-name\""), "{page}");
    assert!(page.contains("href=\"/sales?period=week&amp;stars=3&amp;sort=name\""), "{page}");
}

async fn an_operator_sees_its_own_stores(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let new = NewOperator {
        name: "Công ty Trà Bồng".to_owned(),
        legal_status: "company".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    let other = world.admin.add_operator(&new).await.unwrap();
    let mut owner = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut stranger = Browser::of(&world, Role::Operator(other)).await;
    assert_eq!(owner.json(&world, "/sales").await["totals"]["revenue_vnd"], 1_600_000);
    let report = stranger.json(&world, "/sales").await;
    assert_eq!(report["totals"], json!({"revenue_vnd": 0, "receipt_count": 0, "product_count": 0}));
    assert_eq!((&report["freshness"]["stores"], &report["stores"]), (&json!(0), &json!([])));
    let page = text(&stranger.get(&world, "/sales").await);
    for foreign in ["Điểm OCOP", "TOI-DEN", &world.store.to_string()] {
        assert!(!page.contains(foreign), "{foreign} in {page}");
    }
    let own = NewStore { operator_id: other, ..crate::support::new_store(other, "TB") };
    let own = world.admin.add_store(&own).await.unwrap();
    assert_eq!(stranger.get(&world, &format!("/sales?store={own}")).await.status, 200);
    for foreign in [world.store.to_string(), "0199a3f1-7c2b-7d10-a4e5-8c61f20b94d7".to_owned()] {
        let answer = stranger.get(&world, &format!("/sales?store={foreign}")).await;
        assert_eq!(answer.status, 404, "a foreign store is like one that is not there");
    }
    assert_eq!(owner.get(&world, &format!("/sales?store={own}")).await.status, 404);
    let mut department = Browser::of(&world, Role::Department).await;
    assert_eq!(department.get(&world, &format!("/sales?store={own}")).await.status, 200);
}

async fn figures_say_how_complete_they_are(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let fresh = browser.json(&world, "/sales").await["freshness"].clone();
    assert_eq!(
        (&fresh["reported"], &fresh["stores"], &fresh["as_of_ms"]),
        (&json!(0), &json!(2), &Value::Null)
    );
    trade(&world).await;
    let page = text(&browser.get(&world, "/sales").await);
    assert!(page.contains("Số liệu đến 08:00 · 2/2 cửa hàng đã gửi"), "{page}");
    assert!(!page.contains("đơn cuối lúc"));
    world.clock.advance(4 * 60 * 60 * 1_000);
    let mut browser = Browser::of(&world, Role::Department).await;
    let mut held = Till::enrol(&world, world.other_store).await;
    held.sell(&[(&world.garlic, 1)]);
    held.push_from(&world, 1).await.ack();
    let page = text(&browser.get(&world, "/sales").await);
    assert!(page.contains("đơn cuối lúc 08:00"), "{page}");
    assert!(page.contains("máy chờ duyệt, 450.000 ₫ chưa tính"), "{page}");
    world.clock.advance(24 * 60 * 60 * 1_000);
    let mut browser = Browser::of(&world, Role::Department).await;
    let page = text(&browser.get(&world, "/sales?period=today").await);
    assert!(page.contains("0/2 cửa hàng đã gửi") && page.contains("đơn cuối lúc 23/11/2026 08:00"), "{page}");
    assert!(page.contains("Thiếu số liệu"), "the day is hatched: {page}");
    let report = browser.json(&world, "/sales?from=2026-11-23&to=2026-11-23").await;
    assert_eq!(report["over_time"][0]["is_complete"], true);
    assert_eq!(report["freshness"]["reported"], 2);
}

async fn a_wrong_question_is_told(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    for (query, status, said) in [
        ("from=2026-11-24&to=2026-11-01", 422, "Ngày cuối đứng trước ngày đầu."),
        ("from=24/11/2026", 422, "Ngày phải có dạng"),
        ("from=2010-01-01&to=2026-01-01", 422, "Kỳ dài quá 5 năm."),
        ("period=decade", 404, "Không tìm thấy trang này."),
        ("store=ly-son", 404, "Không tìm thấy trang này."),
        ("stars=9", 404, "Không tìm thấy trang này."),
        ("page=999999", 200, "Chưa bán được gì"),
        ("fbclid=x&utm_source=zalo", 200, "Chưa bán được gì"),
    ] {
        let answer = browser.get(&world, &format!("/sales?{query}")).await;
        assert_eq!(answer.status, status, "{query}");
        assert!(text(&answer).contains(said), "{query}: {}", text(&answer));
    }
    let answer = browser.get(&world, "/sales?from=2026-11-24&to=2026-11-01&stars=4").await;
    assert!(text(&answer).contains("value=\"2026-11-24\""), "the form comes back as it was filled in");
    let path = "/sales?from=2026-11-24&to=2026-11-01";
    let answer = browser.send(&world, axum::http::Method::GET, path, "application/json", None).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (422, Some("bad_request")));
}

async fn nothing_is_a_page_too(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    for (lang, said) in [("vi", "Chưa bán được gì trong kỳ này."), ("en", "Nothing was sold in this period.")]
    {
        let page = text(&browser.get(&world, &format!("/sales?lang={lang}")).await);
        assert!(page.contains(said), "{page}");
    }
    let described = browser.json(&world, "/api/openapi.json").await;
    for path in ["/sales", "/stores", "/me", "/me/consigned", "/me/sold"] {
        assert!(described["paths"][format!("/api/v1{path}")]["get"].is_object(), "{path}");
    }
    assert!(described["components"]["schemas"]["SalesReport"].is_object());
}

async fn sales_are_compared_and_added_up_as_asked(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    // A year before by the sun; and as far before Tết of 2026 (17 February) as 20 October is before that of 2027 (6 February).
    for (day, pieces) in [
        (date!(2025 - 08 - 01), 1),
        (date!(2025 - 10 - 20), 2),
        (date!(2025 - 10 - 31), 5),
        (date!(2026 - 10 - 20), 10),
    ] {
        till.day = day;
        till.sell(&[(&world.basket, pieces)]);
    }
    till.push_from(&world, 1).await.ack();
    let mut browser = Browser::of(&world, Role::Department).await;
    let day = "/sales?from=2026-10-20&to=2026-10-20";
    for (against, from, vnd) in
        [("year", "2025-10-20", 200_000), ("tet", "2025-10-31", 500_000), ("before", "2026-10-19", 0)]
    {
        let report = browser.json(&world, &format!("{day}&against={against}")).await;
        assert_eq!(report["before_from"], from, "{against}");
        assert_eq!(
            (&report["before"]["revenue_vnd"], &report["totals"]["revenue_vnd"]),
            (&json!(vnd), &json!(1_000_000))
        );
        assert_eq!(report["groups"][0]["before_vnd"], vnd, "{against}");
    }
    for (by, name) in [("group", json!("food")), ("producer", Value::Null)] {
        let report = browser.json(&world, &format!("{day}&by={by}")).await;
        assert_eq!(
            (&report["groups"][0]["name"], &report["groups"][0]["revenue_vnd"]),
            (&name, &json!(1_000_000))
        );
    }
    let page = text(&browser.get(&world, &format!("{day}&by=stars&against=tet")).await);
    for said in ["Không có sao", "Cùng kỳ theo Tết", "▲ 100", "against=tet&amp;by=commune#by"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    for wrong in ["against=moon", "by=colour"] {
        assert_eq!(browser.get(&world, &format!("/sales?{wrong}")).await.status, 404);
    }
}

async fn files_say_what_the_page_says(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let query = "from=2026-10-23&to=2026-11-23&by=producer";
    let report = browser.json(&world, &format!("/sales?{query}")).await;
    let file = browser.get(&world, &format!("/sales.xlsx?{query}")).await;
    for (name, list, column) in [
        ("Sản phẩm", "products", 5),
        ("Cửa hàng", "stores", 1),
        ("Phân loại", "categories", 1),
        ("Chủ thể", "groups", 1),
    ] {
        let rows = sheet(&file, name);
        let told: Vec<i64> = rows[1..].iter().map(|row| number(&row[column])).collect();
        let shown: Vec<i64> =
            report[list].as_array().unwrap().iter().map(|row| row["revenue_vnd"].as_i64().unwrap()).collect();
        assert_eq!(told, shown, "{name}");
    }
    let csv = browser.get(&world, &format!("/sales.csv?{query}")).await;
    let lines = text(&csv);
    assert_eq!(lines.lines().count(), 1 + report["products"].as_array().unwrap().len());
    assert!(lines.contains("Sản phẩm TOI-DEN") && lines.contains(",1350000,"), "{lines}");
    let name = csv.headers.get("content-disposition").unwrap().to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"doanh-so-2026-10-23-2026-11-23.csv\"");
    assert_eq!(browser.get(&world, "/sales.xlsx?from=2026-11-23&to=2026-10-23").await.status, 422);
}
