//! Goods by product and store: every figure leads to what it is made of, and the file tells the same as the page.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};
use central::db::Db;
use central::db::users::Role;
use domain::Money;
use serde_json::{Value, json};

use super::browser::{Browser, text};
use super::producer::trade;
use crate::support::settling::settlement;
use crate::support::{Answer, TODAY, World, goods};

testkit::on_both_engines!(
    every_figure_leads_to_what_it_is_made_of,
    the_file_tells_the_same_as_the_page,
    a_settlement_as_a_file_has_the_figures_of_its_page
);

/// What a producer is owed of a piece of garlic: 450 000 ₫ less 10 % commission and 8 % VAT on that.
const DUE: i64 = 450_000 - 45_000 - 3_600;

async fn every_figure_leads_to_what_it_is_made_of(db: Db) {
    let world = World::new(db).await;
    trade(&world, true).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let grid = browser.json(&world, "/me/grid").await;
    assert_eq!(grid["month"], "2026-11");
    let [product] = grid["products"].as_array().unwrap().as_slice() else { panic!("{grid}") };
    assert_eq!((&product["left_milli"], &product["sold_milli"]), (&json!(2_000), &json!(8_000)));
    assert_eq!(product["sums"], json!({"revenue_vnd": 8 * 450_000, "due_vnd": 8 * DUE}));
    assert_eq!(grid["sums"], product["sums"]);
    assert_eq!(grid["owed_vnd"], 10 * DUE - 200_000);
    for (cell, store) in product["cells"].as_array().unwrap().iter().zip(grid["stores"].as_array().unwrap()) {
        assert_eq!((&cell["left_milli"], &cell["sold_milli"]), (&json!(1_000), &json!(4_000)));
        assert_eq!(
            (&cell["store_id"], &store["units"][0]["sold_milli"]),
            (&store["store_id"], &json!(4_000))
        );
        assert_eq!(store["owed_vnd"], 5 * DUE - 100_000);
        let picked =
            format!("product={}&store={}", text_of(&product["product_id"]), text_of(&cell["store_id"]));
        let sold = browser.json(&world, &format!("/me/sold?month=2026-11&{picked}")).await;
        let sum = |field: &str| {
            sold["lately"].as_array().unwrap().iter().map(|day| day[field].as_i64().unwrap()).sum::<i64>()
        };
        assert_eq!((sum("quantity_milli"), sum("due_vnd")), (4_000, 4 * DUE), "day by day");
        assert_eq!((&sold["due_vnd"], &sold["is_cut"]), (&cell["sums"]["due_vnd"], &json!(false)));
        assert_eq!((&sold["picked"]["store"], &sold["lately"][0]["store"]), (&cell["store"], &cell["store"]));
        let goods = browser.json(&world, &format!("/me/consigned?{picked}")).await;
        let lots: i64 =
            goods["lots"].as_array().unwrap().iter().map(|lot| lot["left_milli"].as_i64().unwrap()).sum();
        assert_eq!((goods["goods"].as_array().unwrap().len(), lots), (1, 1_000));
    }
    let october = browser.json(&world, "/me/grid?month=2026-10").await;
    let cell = &october["products"][0]["cells"][0];
    assert_eq!((&cell["sold_milli"], &cell["left_milli"]), (&json!(1_000), &json!(1_000)), "left is of now");
    for wrong in ["2026-12", "2026-13", "11/2026", "x"] {
        for page in ["grid", "grid.xlsx", "sold"] {
            assert_eq!(
                browser.get(&world, &format!("/me/{page}?month={wrong}")).await.status,
                404,
                "{page} {wrong}"
            );
        }
    }
    let page = text(&browser.get(&world, "/me/grid").await);
    let links: BTreeSet<&str> =
        page.split("href=\"/me/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.len() > 15, "{links:?}");
    for link in links {
        let link = format!("/me/{}", link.replace("&amp;", "&"));
        assert_eq!(browser.get(&world, &link).await.status, 200, "{link}");
    }
    for foreign in
        [format!("product={}", world.salt.id), format!("product={}", world.basket.id), "store=x".to_owned()]
    {
        for page in ["sold", "consigned"] {
            assert_eq!(
                browser.get(&world, &format!("/me/{page}?{foreign}")).await.status,
                404,
                "{page} {foreign}"
            );
        }
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A sheet as text and numbers.
pub(super) fn sheet(answer: &Answer, name: &str) -> Vec<Vec<Data>> {
    let kind = answer.headers.get("content-type").unwrap().to_str().unwrap();
    assert!(answer.status == 200 && kind.contains("spreadsheetml"), "{}", answer.status);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(answer.body.clone())).unwrap();
    let formulas = book.worksheet_formula(name).unwrap();
    assert!(formulas.used_cells().next().is_none(), "no cell is a formula");
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

pub(super) fn number(cell: &Data) -> i64 {
    match cell {
        Data::Float(value) => format!("{value:.0}").parse().unwrap(),
        Data::Int(value) => *value,
        other => panic!("no number: {other:?}"),
    }
}

async fn the_file_tells_the_same_as_the_page(db: Db) {
    let world = World::new(db).await;
    trade(&world, true).await;
    // Spreadsheets take such names for formulas.
    let hostile =
        goods(&world.app, &world.admin, "=1+1", 10_000, Some((world.operator, world.phu_sinh, 10))).await;
    let mut product = central::db::products::find(&world.app.db, hostile.id).await.unwrap().unwrap();
    product.name = "=HYPERLINK(\"http://a.b\",\"@x\")".to_owned();
    let mut tx = world.app.db.begin().await.unwrap();
    central::db::products::update(&mut tx, &product).await.unwrap();
    tx.commit().await.unwrap();
    let mut till = world.till().await;
    till.sell(&[(&hostile, 2)]);
    till.push_from(&world, 1).await.ack();

    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let grid = browser.json(&world, "/me/grid").await;
    let file = browser.get(&world, "/me/grid.xlsx?month=2026-11").await;
    let name = file.headers.get("content-disposition").unwrap().to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"bang-tong-hop-2026-11.xlsx\"");
    let rows = sheet(&file, "Bảng tổng hợp");
    assert_eq!(rows[1][0], Data::String(product.name.clone()), "text stays text");
    let sums = rows.last().unwrap();
    assert_eq!(number(sums.last().unwrap()), grid["sums"]["due_vnd"].as_i64().unwrap());
    assert_eq!(number(&sums[4]), grid["stores"][0]["sums"]["due_vnd"].as_i64().unwrap());
    let days = sheet(&file, "Bán theo ngày");
    let due: i64 = days.iter().skip(1).map(|row| number(&row[6])).sum();
    assert_eq!(due, grid["sums"]["due_vnd"].as_i64().unwrap(), "day by day");
    assert!(days[1][0].is_datetime(), "{:?}", days[1]);
    let papers = sheet(&file, "Quyết toán");
    assert_eq!(papers.len(), 3);
    assert!(!format!("{rows:?}{days:?}{papers:?}").contains("MUOI"), "nothing of others");
    let again = browser.get(&world, "/me/grid.xlsx?month=2026-11").await;
    assert_eq!(file.body, again.body, "the same figures, the same bytes");
    let english = browser.get(&world, "/me/grid.xlsx?lang=en").await;
    assert_eq!(sheet(&english, "Sales by day").len(), days.len());
}

async fn a_settlement_as_a_file_has_the_figures_of_its_page(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 6);
    till.day = TODAY;
    let sale = till.sale_of(vec![till.line(&world.garlic, 2, Some(lot))]);
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    till.settle(&settlement(world.phu_sinh, &[&till], 100_000));
    till.push_from(&world, 1).await.ack();
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let list = browser.json(&world, "/me/settlements").await;
    let address = list["papers"][0]["page"].as_str().unwrap().to_owned();
    let page = browser.json(&world, &address).await;
    let file = browser.get(&world, &format!("{address}.xlsx")).await;
    let sums = sheet(&file, "Quyết toán");
    let value = |words: &str| &sums.iter().find(|row| row[0] == Data::String(words.to_owned())).unwrap()[1];
    assert_eq!(number(value("Phải trả kỳ này")), page["paper"]["due_vnd"].as_i64().unwrap());
    assert_eq!(number(value("Còn phải trả")), 2 * DUE - 100_000);
    assert_eq!(value("Số phiếu"), &Data::String(page["paper"]["number"].as_str().unwrap().to_owned()));
    let rows = sheet(&file, "Từng sản phẩm");
    let row = &page["rows"][0];
    let cell = |words: &str| {
        let column = rows[0].iter().position(|head| *head == Data::String(words.to_owned())).unwrap();
        number(&rows[1][column])
    };
    for (words, field, sign) in [
        ("Doanh thu", "gross_vnd", 1),
        ("Hoa hồng", "commission_vnd", -1),
        ("Thuế GTGT trên hoa hồng", "commission_tax_vnd", -1),
        ("Sẽ được trả", "due_vnd", 1),
    ] {
        assert_eq!(cell(words), sign * row[field].as_i64().unwrap(), "{field}");
    }
    for (words, field) in [
        ("Nhận", "received_milli"),
        ("Bán", "sold_milli"),
        ("Chuyển kho đến, đi", "transferred_milli"),
        ("Đóng gói lại", "repacked_milli"),
        ("Còn", "closing_milli"),
    ] {
        assert_eq!(cell(words) * 1_000, row[field].as_i64().unwrap(), "{field}");
    }
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert_eq!(other.get(&world, &format!("{address}.xlsx")).await.status, 404, "not another producer's");
    let shown = text(&browser.get(&world, &address).await);
    assert!(shown.contains(&format!("href=\"{address}.xlsx\"")), "{shown}");
    assert!(shown.contains(&Money::new(2 * DUE).to_string()));
}
