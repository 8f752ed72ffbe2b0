//! The list of the catalogue's products: found by words and filters, page after page, and the same as files.

use central::db::Db;
use central::db::users::Role;
use domain::catalog::{Category, Recognition, Stars};
use serde_json::{Value, json};
use time::macros::date;
use uuid::Uuid;

use super::browser::{Browser, text};
use crate::support::{TODAY, World, new_product};

testkit::on_both_engines!(
    products_are_found,
    pages_follow_one_another,
    lapsing_recognitions_are_found,
    files_hold_the_same,
);

/// Returns the names of a page of the list.
pub(super) async fn names(world: &World, browser: &mut Browser, query: &str) -> Vec<String> {
    let report = browser.json(world, &format!("/products{query}")).await;
    let rows = report["products"].as_array().unwrap();
    let names: Vec<String> = rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
    if !query.contains("after") && !query.contains("before") && names.len() < 50 {
        assert_eq!(report["product_count"], names.len(), "{query}");
    }
    names
}

async fn products_are_found(db: Db) {
    let world = World::new(db).await;
    let mut drink = new_product("NM-01", 95_000, Some(world.sa_huynh));
    drink.name = "Nước mắm Sa Huỳnh 40% đạm".to_owned();
    drink.group_code = "drink".to_owned();
    drink.commune = "Phường Sa Huỳnh".to_owned();
    let drink_id = world.admin.add_product(&drink).await.unwrap();
    let key = Recognition {
        category: Category::RuralIndustrial,
        stars: None,
        valid_from: date!(2024 - 10 - 01),
        valid_to: None,
    };
    world.admin.recognise(drink_id, &key, "1").await.unwrap();
    world.admin.retire_product(world.basket.id).await.unwrap();
    let mut browser = Browser::of(&world, Role::Department).await;
    let (fish, garlic, salt, basket) =
        ("Nước mắm Sa Huỳnh 40% đạm", "Sản phẩm TOI-DEN", "Sản phẩm MUOI", "Sản phẩm GIO");
    for (query, expected) in [
        ("", vec![fish, salt, garlic]),
        ("?status=all", vec![fish, basket, salt, garlic]),
        ("?status=retired", vec![basket]),
        ("?status=provisional", vec![]),
        ("?q=nuoc+mam", vec![fish]),
        ("?q=MẮM+đạm", vec![fish]),
        ("?q=40%25", vec![fish]),
        ("?q=4_%25", vec![]),
        ("?q=nm-", vec![fish]),
        ("?q=NM-01", vec![fish]),
        ("?q=BC-MUOI", vec![salt]),
        ("?q=BC-MU", vec![]),
        ("?group=drink", vec![fish]),
        ("?group=nothing", vec![]),
        ("?category=ocop", vec![garlic]),
        ("?category=rural_industrial", vec![fish]),
        ("?category=key", vec![]),
        ("?category=none", vec![salt]),
        ("?category=none&status=all", vec![basket, salt]),
        ("?stars=4", vec![garlic]),
        ("?stars=3", vec![]),
        ("?stars=4&category=ocop&q=toi", vec![garlic]),
        ("?producer=sa+huynh", vec![fish, salt]),
        ("?commune=Phường+Sa+Huỳnh", vec![fish]),
    ] {
        assert_eq!(names(&world, &mut browser, &encoded(query)).await, expected, "{query}");
    }
    let of = format!("?producer={}", world.phu_sinh);
    assert_eq!(names(&world, &mut browser, &of).await, [garlic]);
    let page = text(&browser.get(&world, &format!("/products{of}")).await);
    assert!(page.contains("value=\"Công ty Phú Sinh\"") && page.contains("1 sản phẩm"), "{page}");
    let report = browser.json(&world, "/products?stars=4").await;
    let row = &report["products"][0];
    for (field, expected) in [
        ("sku", json!("TOI-DEN")),
        ("price_vnd", json!(450_000)),
        ("stars", json!(4)),
        ("producer", json!("Công ty Phú Sinh")),
        ("held", json!([{"category": "ocop", "until": "2028-03-01", "days_left": 464}])),
    ] {
        assert_eq!(row[field], expected, "{field}");
    }
    assert!(!page.contains("/products/new"), "the department only reads");
    for wrong in ["?stars=9", "?category=best", "?status=x", "?lapse=7"] {
        let answer = browser.get(&world, &format!("/products{wrong}")).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(text(&answer).contains("Điều kiện lọc này không có"), "{wrong}");
        assert_eq!(browser.get(&world, &format!("/products.csv{wrong}")).await.status, 422, "{wrong}");
    }
}

/// Letters of ours in an address, as a browser writes them.
fn encoded(query: &str) -> String {
    let write = |c: char| match c {
        c if c.is_ascii() => c.to_string(),
        c => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
    };
    query.chars().map(write).collect()
}

async fn pages_follow_one_another(db: Db) {
    let world = World::new(db).await;
    // Two of one name: the id decides.
    let products: Vec<_> = (0..120)
        .map(|number: i64| {
            let mut product = new_product(&format!("P{number:03}"), 1_000 + number, None);
            product.name = format!("Hàng {:02}", number / 2);
            product
        })
        .collect();
    world.admin.add_products(&products).await.unwrap();
    let mut browser = Browser::of(&world, Role::Department).await;
    let (mut seen, mut next, mut sizes) = (Vec::new(), String::new(), Vec::new());
    let mut lasts = Vec::new();
    loop {
        let report = browser.json(&world, &format!("/products?q=hang{next}")).await;
        assert_eq!(report["product_count"], 120);
        let rows = report["products"].as_array().unwrap().clone();
        sizes.push(rows.len());
        lasts.push(report.clone());
        seen.extend(rows.iter().map(|row| row["product_id"].as_str().unwrap().to_owned()));
        match report["page_after"].as_str() {
            Some(id) => next = format!("&after={id}"),
            None => break,
        }
    }
    assert_eq!(sizes, [50, 50, 20]);
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 120, "each once");
    // And back again.
    assert_eq!(lasts[0]["page_before"], Value::Null);
    let id = lasts[2]["page_before"].as_str().unwrap();
    let back = browser.json(&world, &format!("/products?q=hang&before={id}")).await;
    assert_eq!(back["products"], lasts[1]["products"]);
    let id = back["page_before"].as_str().unwrap();
    let first = browser.json(&world, &format!("/products?q=hang&before={id}")).await;
    assert_eq!(first["products"], lasts[0]["products"]);
    assert_eq!((&first["page_before"], &first["page_after"]), (&Value::Null, &lasts[0]["page_after"]));
    for wrong in ["after=x", &format!("after={}", Uuid::nil())] {
        assert_eq!(browser.get(&world, &format!("/products?{wrong}")).await.status, 404, "{wrong}");
    }
}

async fn lapsing_recognitions_are_found(db: Db) {
    let world = World::new(db).await;
    let add = async |sku: &str| world.admin.add_product(&new_product(sku, 1_000, None)).await.unwrap();
    let ends = |days: i64| Recognition {
        valid_to: Some(TODAY + time::Duration::days(days)),
        ..Recognition::ocop(Stars::new(3).unwrap(), date!(2024 - 01 - 01))
    };
    for (sku, days) in [("D00", 0), ("D30", 30), ("D31", 31), ("D90", 90), ("D91", 91), ("PAST", -1)] {
        world.admin.recognise(add(sku).await, &ends(days), "1").await.unwrap();
    }
    // Renewed already: nothing ends.
    let renewed = add("RENEWED").await;
    world.admin.recognise(renewed, &ends(10), "1").await.unwrap();
    let later = Recognition::ocop(Stars::new(4).unwrap(), TODAY + time::Duration::days(5));
    world.admin.recognise(renewed, &later, "2").await.unwrap();
    // Entered by mistake: it does not end either.
    let wrong = add("WRONG").await;
    world.admin.recognise(wrong, &ends(10), "1").await.unwrap();
    let mut browser = Browser::of(&world, Role::Admin).await;
    let page = browser.json(&world, &format!("/products/{wrong}")).await;
    let id = page["recognitions"][0]["recognition_id"].as_str().unwrap().parse().unwrap();
    world.admin.withdraw_recognition(wrong, id).await.unwrap();
    let skus = |names: Vec<String>| -> Vec<String> {
        names.into_iter().map(|name| name.replace("Sản phẩm ", "")).collect()
    };
    for (days, expected) in
        [(30, vec!["D00", "D30"]), (60, vec!["D00", "D30", "D31"]), (90, vec!["D00", "D30", "D31", "D90"])]
    {
        assert_eq!(skus(names(&world, &mut browser, &format!("?lapse={days}")).await), expected, "{days}");
    }
    let page = text(&browser.get(&world, "/products?lapse=30").await);
    assert!(page.contains("hôm nay là ngày cuối") && page.contains("còn 30 ngày"), "{page}");
    let none = skus(names(&world, &mut browser, "?category=none").await);
    assert!(none.contains(&"PAST".to_owned()) && none.contains(&"WRONG".to_owned()), "{none:?}");
}

async fn files_hold_the_same(db: Db) {
    let world = World::new(db).await;
    let mut evil = new_product("EVIL", 1_000, None);
    evil.name = "=1+1, \"x\"".to_owned();
    world.admin.add_product(&evil).await.unwrap();
    let mut browser = Browser::of(&world, Role::Department).await;
    let csv = browser.get(&world, "/products.csv").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"san-pham-2026-11-23.csv\"");
    let csv = text(&csv);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 5, "{csv}");
    assert!(lines[0].starts_with("\u{feff}Mã hàng,Sản phẩm,"), "{csv}");
    assert!(lines[1].starts_with("EVIL,\"'=1+1, \"\"x\"\"\",Hộp,1000,,Thực phẩm,"), "{csv}");
    let garlic = "TOI-DEN,Sản phẩm TOI-DEN,Hộp,450000,4,Thực phẩm,Công ty Phú Sinh,Đặc khu Lý Sơn,Đang bán,2028-03-01,,,,";
    assert!(lines.contains(&garlic), "{csv}");
    let xlsx = text(&browser.get(&world, "/products.xlsx?stars=4").await);
    for cell in ["Sản phẩm TOI-DEN", "Float(450000.0)", "DateTime"] {
        assert!(xlsx.contains(cell), "{cell} in {xlsx}");
    }
    assert!(!xlsx.contains("EVIL"), "the same products as the page: {xlsx}");
}
