//! The report's workbook and document against the figures for programs, over random trade: every column of figures of every table, and in
//! the document every amount.

use std::io::{Cursor, Read};

use calamine::Data;
use central::db::Db;
use central::db::users::Role;
use domain::Money;
use serde_json::Value;

use super::browser::Browser;
use super::figures::int;
use super::grid::{number, sheet};
use crate::support::random_world::{Last, RandomWorld};

testkit::on_both_engines!(files_say_what_the_report_says);

/// Sheets by what they are added up by, with the rows that paper has room for.
const SOLD: [(&str, &str, usize); 7] = [
    ("Theo điểm bán", "by_store", usize::MAX),
    ("Theo loại", "by_category", usize::MAX),
    ("Theo nhóm", "by_group", usize::MAX),
    ("Theo hạng sao", "by_stars", usize::MAX),
    ("Theo xã", "by_commune", 20),
    ("Theo chủ thể", "by_producer", 20),
    ("Theo sản phẩm", "by_product", 20),
];

async fn files_say_what_the_report_says(db: Db) {
    let mut random = RandomWorld::new(db, 21, Last::Operator, true).await;
    for (till, visitors) in random.tills.iter_mut().zip([40, 55]) {
        let first = till.head.seq + 1;
        till.close_counted((0, 0, 0), Some(visitors), Some(3));
        till.push_from(&random.world, first).await.ack();
    }
    let world = &random.world;
    let mut browser = Browser::of(world, Role::Department).await;
    for period in ["2026-q4", "2026-m11", "2026-y"] {
        let told = browser.json(world, &format!("/reports/{period}")).await["report"].clone();
        let file = browser.get(world, &format!("/reports/{period}.xlsx")).await;
        let document = browser.get(world, &format!("/reports/{period}.docx")).await;
        let mut paper = String::new();
        let mut archive = zip::ZipArchive::new(Cursor::new(document.body)).unwrap();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut paper).unwrap();
        let (knows_previous, knows_last_year) =
            (&told["previous"]["is_known"], &told["last_year"]["is_known"]);
        for (name, list, on_paper) in SOLD {
            let rows = told["sold"][list].as_array().unwrap();
            assert!(!rows.is_empty() || period == "2026-m11", "{list}");
            // The sum of all stands first.
            let all = std::iter::once(&told["sold"]["total"]).chain(rows);
            let cells = sheet(&file, name);
            assert_eq!(cells.len(), rows.len() + 2, "{name} of {period}");
            for (number, (cells, row)) in cells[1..].iter().zip(all).enumerate() {
                // What has units of many kinds has no sum.
                let amount = match (list, number) {
                    ("by_product", 0) => None,
                    ("by_product", _) => Some(int(row, "quantity_milli") / 1_000),
                    ("by_store", _) => Some(int(row, "receipt_count")),
                    _ => Some(int(row, "product_count")),
                };
                let known = |is_known: &Value, of: &str| is_known.as_bool().unwrap().then(|| int(row, of));
                let expected = [
                    amount,
                    Some(int(row, "revenue_vnd")),
                    known(knows_previous, "previous_vnd"),
                    known(knows_last_year, "last_year_vnd"),
                ];
                assert_eq!([1, 2, 3, 5].map(|column| figure(&cells[column])), expected, "{name} of {period}");
            }
            for row in rows.iter().take(on_paper) {
                let amount = web::format::count_text(int(row, "revenue_vnd"));
                assert!(paper.contains(&format!(">{amount}<")), "{amount} of {list} in {period}");
            }
        }
        for (name, list, columns, sums) in [
            ("Khách", "traffic", &[(1, "visitor_count"), (2, "tasting_count"), (4, "receipt_count")][..], 1),
            ("Chiến dịch", "campaigns", &[(3, "cost_vnd")], 0),
        ] {
            let (rows, cells) = (told[list].as_array().unwrap(), sheet(&file, name));
            assert_eq!(cells.len(), rows.len() + 1 + sums, "{name} of {period}");
            for (cells, row) in cells[1 + sums..].iter().zip(rows) {
                for (column, field) in columns {
                    assert_eq!(figure(&cells[*column]), Some(int(row, field)), "{field} of {period}");
                }
            }
        }
        let (rows, cells) = (told["consigned"].as_array().unwrap(), sheet(&file, "Ký gửi"));
        assert_eq!(cells.len(), rows.len() + 1, "consigned goods of {period}");
        for (cells, row) in cells[1..].iter().zip(rows) {
            let fields =
                ["delivered_count", "consigned_vnd", "given_back_count", "wasted_count", "adjusted_count"];
            for (column, field) in (1..).zip(fields) {
                assert_eq!(figure(&cells[column]), Some(int(&row["by_move"], field)), "{field} of {period}");
            }
        }
        let paid = Money::new(int(&told["producers_paid"], "producers_paid_vnd"));
        assert!(paid > Money::ZERO || period != "2026-y");
        assert!(paper.contains(&format!("đã trả {paid} cho")), "{paid} in {period}");
    }
}

/// A number, or nothing where the paper has a dash.
fn figure(cell: &Data) -> Option<i64> {
    (!matches!(cell, Data::Empty | Data::String(_))).then(|| number(cell))
}
