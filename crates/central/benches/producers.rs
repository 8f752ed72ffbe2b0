//! A producer's pages at a central with two million sale lines of a year: ten stores, 2 000 products, 500 producers. Each page
//! is asked for as a phone does, by the reading key, from the request to the whole answer. Goal: 50 ms.
//!
//! The database makes lines and totals itself, day by day, in the order of keys in which ingest writes them; the settlements
//! come from a till.
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
mod year;

use std::time::Instant;

use axum::body::Body;
use axum::http::Request;
use central::db::Db;
use central::db::engine::Sql;
use domain::ids::StoreId;
use support::settling::settlement;
use support::{Answer, Goods, World, facts, goods, new_product, producer};
use testkit::postgres::{Durability, PostgresServer};
use year::{FIRST_DAY, PRICE_VND, PRODUCTS, YEAR, sorted};

const PRODUCERS: usize = 500;
const FEW: i64 = 200_000;
const MANY: i64 = 2_000_000;
/// Products in the settlements that the till makes, and how many of those.
const ROWS: usize = 40;
const SETTLEMENTS: usize = 12;
/// One of so many lines is of this producer and not settled yet: a year's, as if one store had sold all of them.
const OPEN_PART: i64 = 500;
const ENTRIES_A_BATCH: usize = 200;
const RUNS: usize = 41;
const GOAL_MS: u128 = 50;

#[tokio::main]
async fn main() {
    println!(
        "| a producer's page, p50 | 200 000 lines | 2 M lines | ratio | p99 at 2 M (goal < {GOAL_MS} ms) |"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    compare("SQLite", &file("few.sqlite"), &file("many.sqlite")).await;
    let server = PostgresServer::start(Durability::Full);
    let (few, many) = (server.fresh_database(), server.fresh_database());
    compare("PostgreSQL", few.as_str(), many.as_str()).await;
}

/// Asks both in turn, so that whatever else this machine does slows both.
async fn compare(name: &str, few: &str, many: &str) {
    let began = Instant::now();
    let scenes = [Scene::new(few, FEW).await, Scene::new(many, MANY).await];
    let filled = began.elapsed();
    for page in 0..scenes[0].pages.len() {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..RUNS {
            for (scene, times) in scenes.iter().zip(&mut times) {
                let began = Instant::now();
                scene.ask(page).await;
                times.push(began.elapsed());
            }
        }
        let [few, many] = times.map(sorted);
        let (few, p50, p99) = (few[RUNS / 2], many[RUNS / 2], many[RUNS - 1]);
        let ratio = p50.as_secs_f64() / few.as_secs_f64();
        let verdict = if p99.as_millis() < GOAL_MS { "holds" } else { "MISSED" };
        let words = scenes[0].pages[page].0;
        println!("| {name}: {words} | {few:.1?} | {p50:.1?} | {ratio:.2} | {p99:.1?} {verdict} |");
    }
    println!("| {name}: filled in {filled:.0?} | | | | |");
    for scene in scenes {
        scene.world.app.db.close().await;
    }
}

/// A central with so many lines.
struct Scene {
    world: World,
    lines: i64,
    /// What is asked for, and where.
    pages: Vec<(&'static str, String)>,
}

impl Scene {
    async fn new(url: &str, lines: i64) -> Self {
        let world = World::new(Db::open(url).await.unwrap()).await;
        let stores = year::add_stores(&world, YEAR).await;
        let mut producers = vec![world.phu_sinh];
        for number in 1..PRODUCERS {
            producers.push(producer(&world.admin, &format!("Hộ sản xuất {number}")).await);
        }
        let products: Vec<_> = (0..PRODUCTS)
            .map(|n| new_product(&format!("P{n:04}"), PRICE_VND, Some(producers[n % PRODUCERS])))
            .collect();
        world.admin.add_products(&products).await.unwrap();
        let page = settle(&world, lines / OPEN_PART).await;
        let key = central::reading::make_key(&world.app, "bench", world.phu_sinh).await.unwrap();
        let root = format!("/p/{}", key.rsplit('/').next().unwrap());
        let pages = vec![
            ("first page", root.clone()),
            ("settlement", page.replace("/me", &root)),
            ("moves of a settlement", format!("{}/moves", page.replace("/me", &root))),
            ("what is open, move by move", format!("{root}/moves?store={}", world.store)),
            ("deliveries", format!("{root}/deliveries")),
            ("goods in the stores", format!("{root}/consigned")),
            ("goods by product and store", format!("{root}/grid")),
            ("sold this year", format!("{root}/sold?period=year")),
        ];
        let scene = Self { world, lines, pages };
        scene.fill(&stores).await;
        for page in 0..scene.pages.len() {
            scene.ask(page).await;
        }
        scene
    }

    /// Lots, what is on the shelves and what is owed, after the lines.
    async fn fill(&self, stores: &[StoreId]) {
        let db = &self.world.app.db;
        year::fill(db, stores, YEAR, self.lines).await;
        for store in stores {
            let mut tx = db.begin().await.unwrap();
            tx.exec(Sql::new(LOTS).bind(*store).push(LOTS_FROM).bind(FIRST_DAY).push(LOTS_OF)).await.unwrap();
            tx.exec(Sql::new(STOCK).bind(*store).push(STOCK_FROM)).await.unwrap();
            tx.exec(Sql::new(OWED).bind(*store).push(OWED_GROUP)).await.unwrap();
            tx.commit().await.unwrap();
        }
        year::analyse(db).await;
    }

    async fn ask(&self, page: usize) {
        let request = Request::get(&self.pages[page].1).header("host", "127.0.0.1:8080");
        let request = request.header("accept", "text/html").body(Body::empty()).unwrap();
        let answer = Answer::of(&self.world.router, request).await;
        assert!(
            answer.status == 200 && answer.body.len() > 2_000,
            "{} {}",
            answer.status,
            self.pages[page].1
        );
    }
}

/// A till settles with the producer month by month, and sells so many lines that are not settled yet; returns the page of the last
/// settlement.
async fn settle(world: &World, open: i64) -> String {
    let mut consigned: Vec<Goods> = vec![world.garlic.clone()];
    for number in 1..ROWS {
        let sku = format!("T{number}");
        let product = goods(&world.app, &world.admin, &sku, 30_000, None).await;
        let facts = facts(&world.app.db, product.id).await;
        consigned.push(Goods { terms: world.garlic.terms, facts, ..product });
    }
    let mut till = world.till().await;
    for _ in 0..SETTLEMENTS {
        for product in &consigned {
            let lot = till.receive(product, 20);
            let sale = till.sale_of(vec![till.line(product, 2, Some(lot))]);
            till.write_sale(world.app.clock.new_uuid().into(), &sale);
        }
        let told = settlement(world.phu_sinh, &[&till], 100_000);
        assert_eq!(told.rows.len(), ROWS);
        till.settle(&told);
    }
    let page = format!("/me/settlements/{}/{}", till.stream, till.head.seq);
    for product in consigned.iter().cycle().take(usize::try_from(open).unwrap()) {
        let sale = till.sale_of(vec![till.line(product, 1, None)]);
        till.write_sale(world.app.clock.new_uuid().into(), &sale);
    }
    for entries in till.journal.chunks(ENTRIES_A_BATCH) {
        till.push(world, entries).await.ack();
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from exceptions").await, 0);
    page
}

const LOTS: &str =
    "insert into lots (store_id, lot_id, product_id, producer_id, received_on, expires_on, code) select ";
const LOTS_FROM: &str = ", product_id, product_id, producer_id, ";
const LOTS_OF: &str = ", null, null from picks order by product_id";
const STOCK: &str = "insert into stock (store_id, product_id, lot_id, location, quantity_milli) select ";
const STOCK_FROM: &str = ", product_id, product_id, 'shelf', 12000 from picks order by product_id";
const OWED: &str = "insert into balances (store_id, account, producer_id, amount_vnd)
    select store_id, 'producer_due', producer_id, cast(-sum(producer_due_vnd) as bigint) from sales_monthly
    where store_id = ";
const OWED_GROUP: &str = " group by store_id, producer_id";
