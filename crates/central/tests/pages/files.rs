//! Lists as files: what the page shows, all of it, in typed cells.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use central::admin::{NewPromotion, NewThreshold};
use central::db::Db;
use central::db::dossiers::kinds;
use central::db::packs;
use central::db::users::Role;
use domain::Money;
use domain::ids::CampaignId;
use domain::point::Measure;
use serde_json::Value;
use uuid::Uuid;

use super::browser::{Browser, text};
use super::grid::{number, sheet};
use crate::imports::lists::bring;
use crate::promotions::tet;
use crate::support::random_world::added;
use crate::support::settling::{joint, settlement};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    lists_are_taken_away_as_they_are_shown,
    what_the_department_keeps_is_taken_away,
    the_board_of_stores_is_taken_away,
    each_sheet_is_offered_as_text,
    what_is_measured_and_asked_for_is_taken_away,
    an_operator_takes_its_lists_away,
    a_product_tells_its_prices_and_decisions,
    points_tell_what_they_have_cost_and_sold
);

/// A workbook of several lists, each of which is a text of its own; and the workbook of a producer's month.
const ALONE: [&str; 8] = [
    "/me/grid.xlsx",
    "/p/{key}/grid.xlsx",
    "/points/costs.csv",
    "/points/equipment.csv",
    "/points/things.xlsx",
    "/products/{product}/decisions.csv",
    "/products/{product}/history.xlsx",
    "/products/{product}/prices.csv",
];

#[test]
fn every_list_is_there_as_both_kinds_of_file() {
    let routes = central::router::pages();
    let paths: BTreeSet<&str> = routes.iter().map(|route| route.path).collect();
    let is_alone = |path: &&str| {
        let other = match path.rsplit_once('.') {
            Some((list, "xlsx")) => format!("{list}.csv"),
            Some((list, "csv")) => format!("{list}.xlsx"),
            _ => return false,
        };
        !paths.contains(other.as_str())
    };
    assert_eq!(paths.iter().copied().filter(is_alone).collect::<Vec<_>>(), ALONE);
}

/// Returns what stands below the head of a list's first sheet, which its text tells as well; its page leads to both.
async fn rows(world: &World, browser: &mut Browser, path: &str, name: &str) -> Vec<Vec<Data>> {
    let page = text(&browser.get(world, path).await);
    for ending in ["xlsx", "csv"] {
        assert!(page.contains(&format!("href=\"{path}.{ending}")), "{ending} in {page}");
    }
    let told = sheet(&browser.get(world, &format!("{path}.xlsx")).await, name);
    let csv = text(&browser.get(world, &format!("{path}.csv")).await);
    assert_eq!(csv.lines().count(), told.len(), "{csv}");
    told[1..].to_vec()
}

/// What is compared: the page, the field of its answer that holds the list, the sheet, and which column has which number.
type List<'a> = (&'a str, &'a str, &'a str, &'a [(usize, &'a str)]);

/// Returns a list as programs read it, after its file has told the same.
async fn compare(
    world: &World,
    browser: &mut Browser,
    (path, list, name, cells): List<'_>,
) -> (Vec<Value>, Vec<Vec<Data>>) {
    let shown = browser.json(world, path).await[list].as_array().unwrap().clone();
    let told = rows(world, browser, path, name).await;
    assert_eq!(told.len(), shown.len(), "{path}");
    for (row, shown) in told.iter().zip(&shown) {
        for (column, field) in cells {
            let expected = shown.pointer(field).and_then(Value::as_i64);
            assert_eq!(Some(number(&row[*column])), expected, "{field} of {path}");
        }
    }
    (shown, told)
}

async fn lists_are_taken_away_as_they_are_shown(db: Db) {
    let world = World::new(db).await;
    for _ in 0..3 {
        packs::count_scan(&world.app.db, world.garlic.id, "L26-09", TODAY).await.unwrap();
    }
    let mut admin = Browser::of(&world, Role::Admin).await;
    let lists: [(List<'_>, usize); 3] = [
        (("/producers", "producers", "Chủ thể", &[(3, "/product_count"), (4, "/lapsing_count")]), 2),
        (("/people", "people", "Người dùng", &[(8, "/session_count")]), 1),
        (("/scans", "labels", "Lượt quét mã", &[(4, "/scans")]), 1),
    ];
    for (list, count) in lists {
        let (shown, _) = compare(&world, &mut admin, list).await;
        assert_eq!(shown.len(), count, "{}", list.0);
        let csv = text(&admin.get(&world, &format!("{}.csv", list.0)).await);
        for row in &shown {
            assert!(csv.contains(row["name"].as_str().unwrap()), "{csv}");
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

async fn what_the_department_keeps_is_taken_away(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.add_product(added(&world));
    till.push_from(&world, 1).await.ack();
    // Spreadsheets take such names for formulas.
    let promotion = NewPromotion { name: "=1+1".to_owned(), ..tet(&world) };
    world.admin.add_promotion(&promotion).await.unwrap();
    let import = bring(&world, &["1;Tỏi;HTX Ba Tơ;;;;;;1.000;;"]).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let lists: [List<'_>; 6] = [
        ("/provisional", "products", "Hàng mới", &[(5, "/price_vnd"), (7, "/revenue_vnd")]),
        ("/promotions", "promotions", "Khuyến mại", &[(7, "/product_count")]),
        ("/imports", "imports", "Các lần nhập", &[(12, "/applied_count")]),
        ("/products/groups", "group_versions", "Nhóm sản phẩm", &[]),
        ("/places/former", "former_places", "Đơn vị cũ", &[]),
        ("/reports", "periods", "Các kỳ năm 2026", &[]),
    ];
    for list in lists {
        let (shown, told) = compare(&world, &mut admin, list).await;
        assert!(!shown.is_empty() || list.0 == "/places/former", "{}", list.0);
        if list.0 == "/imports" {
            let counted: i64 = told[0][3..12].iter().map(number).sum();
            assert_eq!(counted, 1, "its row came to one outcome");
        }
    }
    let csv = text(&admin.get(&world, "/promotions.csv").await);
    assert!(csv.contains("\"'=1+1\",Giảm 10 %,2026-12-01,2027-02-10,08:00–10:00 mỗi ngày,"), "{csv}");
    let acts = admin.json(&world, "/audit?area=promotion").await["acts"].as_array().unwrap().clone();
    let told = sheet(&admin.get(&world, "/audit.xlsx?area=promotion").await, "Nhật ký");
    assert_eq!((told.len(), number(&told[1][0])), (acts.len() + 1, acts[0]["act_number"].as_i64().unwrap()));
    let lines = admin.json(&world, "/audit/period").await["lines"].as_array().unwrap().len();
    let told = rows(&world, &mut admin, "/audit/period", "Năm dòng đối chiếu").await;
    assert_eq!(told.len(), lines);
    let csv = text(&admin.get(&world, &format!("/imports/{import}/result.csv")).await);
    assert!(csv.lines().count() == 2 && csv.contains("Tỏi"), "{csv}");
    // Names of sheets have their limit in English too.
    for path in ["/imports", "/products/groups", "/reports", "/stores", "/points/rules", "/dossiers/kinds"] {
        assert_eq!(admin.get(&world, &format!("{path}.xlsx?lang=en")).await.status, 200, "{path}");
    }
}

async fn the_board_of_stores_is_taken_away(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut sale = till.sale_of(vec![till.line(&world.garlic, 1, None)]);
    sale.tendered += 1;
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    till.push_from(&world, 1).await.ack();
    let mut waiting = Till::enrol(&world, world.other_store).await;
    waiting.sell(&[(&world.garlic, 2)]);
    waiting.push_from(&world, 1).await.ack();
    let mut reader = Browser::of(&world, Role::Department).await;
    let shown = reader.json(&world, "/stores").await;
    let devices = shown["stores"].as_array().unwrap().iter().flat_map(|store| {
        let exceptions = store["exception_count"].as_i64().unwrap();
        let devices = store["devices"].as_array().unwrap().iter();
        devices.map(move |device| {
            [exceptions, device["entry_count"].as_i64().unwrap(), device["held_vnd"].as_i64().unwrap()]
        })
    });
    let told = rows(&world, &mut reader, "/stores", "Cửa hàng và máy").await;
    let told: Vec<[i64; 3]> =
        told.iter().map(|row| [5, 10, 11].map(|column: usize| number(&row[column]))).collect();
    assert_eq!(told, devices.collect::<Vec<_>>());
    assert_eq!((told[0][0], told[1][2]), (1, 900_000), "an entry to look at, and money that waits");
    let told = sheet(&reader.get(&world, "/stores.xlsx").await, "Bút toán cần xem");
    let found = &shown["exceptions"][0];
    assert_eq!((told.len(), Some(number(&told[1][2]))), (2, found["seq"].as_i64()));
    assert_eq!(Some(number(&told[1][6])), found["suspended_vnd"].as_i64());
    // As text a sheet at a time.
    let csv = text(&reader.get(&world, "/stores.csv?sheet=3").await);
    assert!(csv.lines().count() == 2 && csv.contains("Các con số mâu thuẫn nhau"), "{csv}");
    for wrong in ["0", "6", "x", ""] {
        assert_eq!(reader.get(&world, &format!("/stores.csv?sheet={wrong}")).await.status, 422, "{wrong}");
    }
    let log = text(&Browser::of(&world, Role::Auditor).await.get(&world, "/audit?area=export").await);
    assert!(log.contains("/stores.csv?sheet=3"), "who took what is noted: {log}");
}

/// A workbook's sheets are offered as text, each under its name.
async fn each_sheet_is_offered_as_text(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    for path in ["/stores", "/products/standards", "/points/rules", "/places", "/points/ages"] {
        offers(&world, &mut admin, path).await;
    }
    offers(&world, &mut operator, "/shops/producers").await;
}

async fn offers(world: &World, browser: &mut Browser, path: &str) {
    let page = text(&browser.get(world, path).await);
    let file = browser.get(world, &format!("{path}.xlsx")).await;
    let names = Xlsx::new(Cursor::new(file.body)).unwrap().sheet_names();
    assert!(names.len() > 1, "{path}: {names:?}");
    for (number, name) in (1..).zip(&names) {
        let more = if number == 1 { String::new() } else { format!("sheet={number}") };
        let (begins, ends) = (format!("{path}.csv"), format!("{more}\">CSV · {name}"));
        let mut links = page.split("href=\"").filter_map(|link| link.split_once("</a>"));
        let is_it = |link: &str| link.starts_with(&begins) && link.ends_with(&ends);
        assert!(links.any(|(link, _)| is_it(link)), "{number} {name} of {path}: {page}");
    }
}

async fn what_is_measured_and_asked_for_is_taken_away(db: Db) {
    let world = World::new(db).await;
    let new = NewThreshold {
        measure: Measure::OcopShare,
        valid_from: TODAY,
        at_least: Some(600),
        paper: "12/QĐ-SCT".to_owned(),
    };
    world.admin.set_point_threshold(&new).await.unwrap();
    let mut reader = Browser::of(&world, Role::Department).await;
    let shown = reader.json(&world, "/points/rules").await;
    let told = rows(&world, &mut reader, "/points/rules", "Mức tối thiểu trên kệ").await;
    assert_eq!((told.len(), &told[0][2]), (1, &Data::Float(0.6)));
    let file = reader.get(&world, "/points/rules.xlsx").await;
    let sets = shown["criteria_sets"].as_array().unwrap().iter();
    let criteria: usize = sets.map(|set| set["criteria"].as_array().unwrap().len()).sum();
    assert_eq!(sheet(&file, "Bộ tiêu chí").len(), criteria + 1);
    let places = shown["locations"].as_array().unwrap().len();
    assert_eq!(sheet(&file, "Loại địa điểm").len(), places + 1);
    let csv = text(&reader.get(&world, "/points/rules.csv?sheet=3").await);
    assert_eq!(csv.lines().count(), places + 1, "{csv}");

    let kinds = kinds::list(&mut world.app.db.begin_reading().await.unwrap()).await.unwrap();
    let told = rows(&world, &mut reader, "/dossiers/kinds", "Danh mục giấy tờ").await;
    let codes: Vec<String> = told.iter().map(|row| row[0].to_string()).collect();
    assert_eq!(codes, kinds.iter().map(|kind| kind.code.clone()).collect::<Vec<_>>());
}

async fn an_operator_takes_its_lists_away(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    let settled = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&settled);
    till.push_from(&world, 1).await.ack();
    joint(&world, 100_000).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let lists: [List<'_>; 2] = [
        ("/shops/producers", "producers", "Trả chủ thể", &[(1, "/owed_vnd"), (2, "/on_its_way_vnd")]),
        (
            "/shops/settlements",
            "settlements",
            "Quyết toán",
            &[(6, "/paper/due_vnd"), (7, "/paper/carried_vnd"), (8, "/paper/paid_vnd")],
        ),
    ];
    for list in lists {
        let (shown, _) = compare(&world, &mut operator, list).await;
        assert!(!shown.is_empty(), "{}", list.0);
    }
    let joints = sheet(&operator.get(&world, "/shops/producers.xlsx").await, "Quyết toán chung");
    assert_eq!((joints.len(), number(&joints[1][3])), (2, 100_000));
    let agreed = operator.json(&world, "/shops/terms").await["agreements"].as_array().unwrap().clone();
    let versions: usize = agreed.iter().map(|with| with["versions"].as_array().unwrap().len()).sum();
    let told = rows(&world, &mut operator, "/shops/terms", "Hợp đồng").await;
    assert!(versions > 0 && told.len() == versions, "{versions}");
}

/// A campaign's file has the figures of its page; what it brought is known.
pub(super) async fn a_campaign_tells_the_same(
    world: &World,
    browser: &mut Browser,
    (id, shown): (CampaignId, &Value),
) {
    let path = format!("/campaigns/{id}/effect");
    let page = text(&browser.get(world, &format!("/campaigns/{id}")).await);
    let file = browser.get(world, &format!("{path}.xlsx")).await;
    let figures = sheet(&file, "Kết quả");
    let row = |words: &str| {
        let found = figures.iter().find(|row| row[0] == words);
        found.unwrap_or_else(|| panic!("no {words} in {figures:?}"))
    };
    let uplift = &shown["effect"]["uplift"];
    let ends = |field: &str| ["estimate", "low", "high"].map(|end| uplift[field][end].as_i64().unwrap());
    let told = |words: &str| [1, 2, 3].map(|column: usize| number(&row(words)[column]));
    assert_eq!(told("Bán thêm, tính ra tiền"), ends("extra_vnd"));
    let shares = [1, 2, 3].map(|column: usize| match &row("Bán thêm, ước tính")[column] {
        Data::Float(share) => number(&Data::Float(share * 1_000.0)),
        other => number(other) * 1_000,
    });
    assert_eq!(shares, ends("change_per_mille"));
    assert_eq!(Some(number(&row("Kinh phí")[1])), shown["cost_vnd"].as_i64());
    let stores = sheet(&file, "Bán mỗi ngày");
    let expected = shown["sales"].as_array().unwrap();
    assert_eq!(stores.len(), expected.len() + 1);
    for (told, shown) in stores[1..].iter().zip(expected) {
        assert_eq!(Some(number(&told[2])), shown["promoted_vnd"].as_i64());
    }
    let heard = sheet(&file, "Bao nhiêu người biết đến");
    assert_eq!(Some(number(&heard[4][2])), shown["introductions"]["enquiry_count"].as_i64());
    assert_eq!(sheet(&file, "Lượt hỏi từng ngày").len(), shown["enquiries"].as_array().unwrap().len() + 1);
    assert_eq!(sheet(&file, "Sản phẩm").len(), shown["products"].as_array().unwrap().len() + 1);
    let csv = text(&browser.get(world, &format!("{path}.csv")).await);
    assert_eq!(csv.lines().count(), figures.len(), "{csv}");
    for ending in ["xlsx", "csv"] {
        assert!(page.contains(&format!("href=\"{path}.{ending}\"")), "{ending} in {page}");
    }
    let nobody = format!("/campaigns/{}/effect.xlsx", Uuid::nil());
    assert_eq!(browser.get(world, &nobody).await.status, 404);
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
    world.admin.withdraw_point_cost(id, Uuid::from_u128(2)).await.unwrap();
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
