//! A new store pulls 20 000 products with what they count as, page by page over the router, compressed. Goal: less than
//! a second and 1.5 MB.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its table and fails loudly"
)]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]
#![expect(dead_code, reason = "tests use the rest of the support")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use central::db::Db;
use protocol::wire::CataloguePage;
use support::{World, new_product};
use testkit::postgres::{Durability, PostgresServer};

const PRODUCTS: i64 = 20_000;
const WORDS: [&str; 12] = [
    "Tỏi đen",
    "Nước mắm",
    "Quế",
    "Mật ong",
    "Kẹo gương",
    "Chả cá",
    "Rượu cần",
    "Bột nghệ",
    "Dầu phộng",
    "Hành tím",
    "Cá bống",
    "Trà thảo mộc",
];
const PLACES: [&str; 10] = [
    "Lý Sơn",
    "Sa Huỳnh",
    "Trà Bồng",
    "Ba Tơ",
    "Bình Sơn",
    "Đức Phổ",
    "Mộ Đức",
    "Sơn Tây",
    "Minh Long",
    "Nghĩa Hành",
];

#[tokio::main]
async fn main() {
    println!("| pull of {PRODUCTS} products | time (goal < 1 s) | bytes (goal < 1.5 MB) | rows |");
    let folder = tempfile::tempdir().unwrap();
    pull("SQLite", &format!("sqlite:{}", folder.path().join("central.sqlite").display())).await;
    let server = PostgresServer::start(Durability::Full);
    pull("PostgreSQL", server.fresh_database().as_str()).await;
}

async fn pull(name: &str, url: &str) {
    let db = Db::open(url).await.unwrap();
    let world = World::new(db).await;
    let products: Vec<_> = (0..PRODUCTS)
        .map(|number| {
            let place = usize::try_from(number).unwrap();
            let mut product =
                new_product(&format!("SP{number:05}"), 10_000 + 500 * (number * 37 % 900), None);
            product.name = format!("{} {} số {number}", WORDS[place % 12], PLACES[place / 12 % 10]);
            product.barcodes = vec![format!("893{:010}", number * 7_919_993 % 10_000_000_000)];
            product
        })
        .collect();
    for chunk in products.chunks(1_000) {
        world.admin.add_products(chunk).await.unwrap();
    }
    let till = world.till().await;
    let began = Instant::now();
    let (mut cursor, mut bytes, mut rows) = (0, 0, 0);
    loop {
        let path = format!("/sync/v1/catalogue?epoch={}&cursor={cursor}&limit=1000", world.app.epoch);
        let answer = till.get(&world, &path, "zstd").await;
        bytes += answer.body.len();
        let page = zstd::bulk::decompress(&answer.body, 1 << 24).unwrap();
        let page: CataloguePage = serde_json::from_slice(&page).unwrap();
        rows += page.changes.len();
        cursor = page.next;
        if !page.more {
            break;
        }
    }
    let took = began.elapsed();
    let verdict = if took.as_secs_f64() < 1.0 && bytes < 1_500_000 { "holds" } else { "MISSED" };
    println!("| {name} {verdict} | {took:.2?} | {bytes} | {rows} |");
    world.app.db.close().await;
}
