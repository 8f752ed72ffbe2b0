//! Lists as files: what the page shows, all of it, in typed cells.

use central::db::Db;
use central::db::packs;
use central::db::users::Role;
use domain::Money;

use super::browser::{Browser, text};
use super::grid::{number, sheet};
use crate::support::{TODAY, World};

testkit::on_both_engines!(
    lists_are_taken_away_as_they_are_shown,
    a_product_tells_its_prices_and_decisions,
    points_tell_what_they_have_cost_and_sold
);

async fn lists_are_taken_away_as_they_are_shown(db: Db) {
    let world = World::new(db).await;
    for _ in 0..3 {
        packs::count_scan(&world.app.db, world.garlic.id, "L26-09", TODAY).await.unwrap();
    }
    let mut admin = Browser::of(&world, Role::Admin).await;
    for (path, list, name, rows, cells) in [
        ("/producers", "producers", "Chủ thể", 2, vec![(3, "product_count"), (4, "lapsing_count")]),
        ("/people", "people", "Người dùng", 1, vec![(8, "session_count")]),
        ("/scans", "labels", "Lượt quét mã", 1, vec![(4, "scans")]),
    ] {
        let shown = admin.json(&world, path).await[list].as_array().unwrap().clone();
        assert_eq!(shown.len(), rows, "{path}");
        let page = text(&admin.get(&world, path).await);
        let file = admin.get(&world, &format!("{path}.xlsx")).await;
        let told = sheet(&file, name);
        assert_eq!(told.len(), rows + 1, "{path}");
        for (row, shown) in told[1..].iter().zip(&shown) {
            for (column, field) in &cells {
                assert_eq!(number(&row[*column]), shown[*field].as_i64().unwrap(), "{field} of {path}");
            }
        }
        let csv = text(&admin.get(&world, &format!("{path}.csv")).await);
        assert_eq!(csv.lines().count(), rows + 1, "{csv}");
        for row in &shown {
            assert!(csv.contains(row["name"].as_str().unwrap()), "{csv}");
        }
        for ending in ["xlsx", "csv"] {
            assert!(page.contains(&format!("href=\"{path}.{ending}\"")), "{ending} in {page}");
        }
    }
    // What is picked on the page is picked in the file.
    let csv = text(&admin.get(&world, "/producers.csv?q=phu%20sinh").await);
    assert!(csv.contains("Công ty Phú Sinh") && !csv.contains("Sa Huỳnh"), "{csv}");
    assert_eq!(admin.get(&world, "/producers.xlsx?which=all").await.status, 422);
    assert_eq!(admin.get(&world, "/people.csv?role=king").await.status, 422);
    let csv = text(&admin.get(&world, "/campaigns/outcome.csv?year=2026&quarter=4").await);
    assert!(csv.contains("2026-10-01") && csv.contains("2026-12-31"), "{csv}");
    assert_eq!(admin.get(&world, "/campaigns/outcome.csv?quarter=7").await.status, 422);
}

async fn a_product_tells_its_prices_and_decisions(db: Db) {
    let world = World::new(db).await;
    world.admin.set_price(world.garlic.id, Money::new(480_000)).await.unwrap();
    let mut reader = Browser::of(&world, Role::Department).await;
    let at = format!("/products/{}", world.garlic.id);
    let file = reader.get(&world, &format!("{at}/history.xlsx")).await;
    let prices: Vec<_> =
        sheet(&file, "Lịch sử giá")[1..].iter().map(|row| (number(&row[2]), number(&row[3]))).collect();
    assert_eq!(prices, [(2, 480_000), (1, 450_000)]);
    let decisions = sheet(&file, "Công nhận");
    assert_eq!((decisions.len(), number(&decisions[1][3])), (2, 4), "four stars");
    let csv = text(&reader.get(&world, &format!("{at}/prices.csv")).await);
    assert!(csv.contains(",480000,") && csv.contains(",450000,"), "{csv}");
    let csv = text(&reader.get(&world, &format!("{at}/decisions.csv")).await);
    assert!(csv.contains("QĐ 1898/QĐ-UBND") && csv.contains("2025-03-01"), "{csv}");
    for path in ["history.xlsx", "prices.csv", "decisions.csv"] {
        assert_eq!(
            reader
                .get(&world, &format!("/products/00000000-0000-0000-0000-000000000009/{path}"))
                .await
                .status,
            404
        );
        assert_eq!(reader.get(&world, &format!("/products/garlic/{path}")).await.status, 404);
    }
}

async fn points_tell_what_they_have_cost_and_sold(db: Db) {
    let world = World::new(db).await;
    crate::support::points::record_point(&world).await;
    let mut till = world.till().await;
    till.day = time::macros::date!(2026 - 11 - 2);
    till.sell(&[(&world.garlic, 2)]);
    till.push_from(&world, 1).await.ack();
    let mut reader = Browser::of(&world, Role::Department).await;
    let page = text(&reader.get(&world, "/points").await);
    for path in ["/points/things.xlsx", "/points/equipment.csv", "/points/costs.csv"] {
        assert!(page.contains(&format!("href=\"{path}\"")), "{path} in {page}");
    }
    let file = reader.get(&world, "/points/things.xlsx").await;
    let (things, costs) = (sheet(&file, "Trang bị"), sheet(&file, "Chi phí"));
    assert_eq!((things.len(), number(&things[1][5])), (2, 1));
    assert_eq!((costs.len(), number(&costs[1][4])), (2, 1));
    assert!(text(&reader.get(&world, "/points/equipment.csv").await).contains("Điểm OCOP LS"));
    // What was entered by mistake stands there without its money.
    let id = domain::ids::PointId::from_uuid(world.store.uuid());
    world.admin.withdraw_point_cost(id, uuid::Uuid::from_u128(2)).await.unwrap();
    let csv = text(&reader.get(&world, "/points/costs.csv").await);
    assert!(csv.lines().nth(1).unwrap().contains("Mặt bằng,,2026-11-23") && csv.contains("Đã rút"), "{csv}");

    let query = "?new_since=2026-01-01&weeks=8";
    let shown = reader.json(&world, &format!("/points/ages{query}")).await;
    let file = reader.get(&world, &format!("/points/ages.xlsx{query}")).await;
    let (weeks, points) = (sheet(&file, "Từng tuần"), sheet(&file, "Từng điểm"));
    let told: Vec<(i64, i64)> = weeks[1..].iter().map(|row| (number(&row[1]), number(&row[2]))).collect();
    let expected: Vec<(i64, i64)> = (shown["weeks"].as_array().unwrap().iter())
        .map(|week| {
            (week["of_new"]["sum_vnd"].as_i64().unwrap(), week["of_new"]["of_count"].as_i64().unwrap())
        })
        .collect();
    assert_eq!(told, expected);
    assert_eq!(told[0], (900_000, 1));
    assert_eq!(points.len(), shown["points"].as_array().unwrap().len() + 1);
    let csv = text(&reader.get(&world, &format!("/points/ages.csv{query}")).await);
    assert_eq!(csv.lines().count(), weeks.len(), "{csv}");
    assert!(
        text(&reader.get(&world, &format!("/points/ages{query}")).await)
            .contains("/points/ages.xlsx?new_since=")
    );
    assert_eq!(reader.get(&world, "/points/ages.csv?weeks=1").await.status, 422);
}
