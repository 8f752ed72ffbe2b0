//! Lists that come in and go out as files. A list of 20 000 products is read, compared with a catalogue of 2 000 and applied; goal: 10 s.
//! A workbook of 100 000 rows with ten columns is written; goals: 5 s, and 200 MB of memory at most, its rows included.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its table and fails loudly"
)]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]
#![expect(dead_code, reason = "tests use the rest of the support")]

#[path = "../tests/imports/lists.rs"]
mod lists;
#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use central::db::Db;
use central::web::workbook::{self, Cell, ROWS_MOST, Sheet};
use domain::product_list::Outcome;
use support::{World, new_product};
use testkit::postgres::{Durability, PostgresServer};
use time::macros::date;

/// Rows below the head.
const ROWS: usize = 19_999;
const KNOWN: usize = 2_000;
const IMPORT_GOAL: Duration = Duration::from_secs(10);
const WORKBOOK_GOAL: Duration = Duration::from_secs(5);
const WORKBOOK_GOAL_KB: i64 = 200_000;

#[tokio::main]
async fn main() {
    println!("| file | time | memory at most | |");
    write_workbook().await;
    let folder = tempfile::tempdir().unwrap();
    import("SQLite", &format!("sqlite:{}", folder.path().join("central.sqlite").display())).await;
    let server = PostgresServer::start(Durability::Full);
    import("PostgreSQL", server.fresh_database().as_str()).await;
}

async fn write_workbook() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let began = Instant::now();
    let rows = (0..ROWS_MOST)
        .map(|n| {
            let number = i64::try_from(n).unwrap();
            vec![
                Cell::Day(date!(2026 - 11 - 23)),
                Cell::text(format!("SP-{n:06}")),
                Cell::text(format!("Nước mắm cá cơm Sa Huỳnh loại {n}")),
                Cell::text("Chai"),
                Cell::text(format!("Hợp tác xã số {}", n % 500)),
                Cell::text("Phường Sa Huỳnh"),
                Cell::Quantity(number * 250),
                Cell::Vnd(number * 1_000),
                Cell::Count(number),
                Cell::Share(number % 1_000),
            ]
        })
        .collect();
    let head = (0..10).map(|n| format!("Cột {n}")).collect();
    let sheet = Sheet { name: "Bán hàng".to_owned(), head, rows, cut: String::new() };
    let bytes = workbook::write(vec![sheet], 0).await.unwrap();
    let (taken, most_kb) = (began.elapsed(), most_kb());
    let verdict = if taken < WORKBOOK_GOAL && most_kb < WORKBOOK_GOAL_KB { "holds" } else { "MISSED" };
    println!(
        "| {ROWS_MOST} rows to .xlsx, {} MB | {taken:.1?} | {} MB | {verdict} |",
        bytes.len() >> 20,
        most_kb / 1_000
    );
}

async fn import(name: &str, url: &str) {
    let world = World::new(Db::open(url).await.unwrap()).await;
    let known: Vec<_> = (0..KNOWN).map(|n| new_product(&format!("SP-{n:05}"), 30_000, None)).collect();
    world.admin.add_products(&known).await.unwrap();
    let rows: Vec<String> = (0..ROWS)
        .map(|n| {
            format!(
                "{n};Sản phẩm của làng số {n};Hộ sản xuất {};Xã Bình Sơn;Thực phẩm;{} sao;QĐ {}/QĐ-UBND;01/06/2026;{};Hộp;SP-{n:05}",
                n % 3_000,
                3 + n % 3,
                n % 40,
                30_000 + n
            )
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let began = Instant::now();
    let id = lists::bring(&world, &rows).await;
    let compared = began.elapsed();
    world.admin.apply_import(id, &Outcome::ALL).await.unwrap();
    let (taken, most_kb) = (began.elapsed(), most_kb());
    let products = world.number("select cast(count(*) as bigint) from products").await;
    let verdict = if taken < IMPORT_GOAL { "holds" } else { "MISSED" };
    println!(
        "| {ROWS} rows into a catalogue of {KNOWN}, {name}: read and compared in {compared:.1?}, {products} products after | {taken:.1?} | {} MB | {verdict} |",
        most_kb / 1_000
    );
    world.app.db.close().await;
}

/// Returns the most memory that this process had since it was last asked, kilobytes.
fn most_kb() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
