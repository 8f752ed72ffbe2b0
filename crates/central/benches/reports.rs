//! Sales per product in two databases that differ in the number of sales alone: a million lines and five, of ten stores
//! and 2 000 products in one year. A calendar year must cost the same within 20 %, because it is answered from whole
//! months. Each question goes to both databases in turn, so that whatever else this machine does slows both.
//!
//! The databases make lines and totals themselves, month by month, in the order of keys in which ingest writes them.
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

use central::db::Db;
use central::db::sales::{self, SalesQuery};
use central::db::users::{self, Role, Scope, User};
use domain::ids::{StoreId, UserId};
use support::{World, new_product};
use testkit::postgres::{Durability, PostgresServer};
use time::macros::date;
use uuid::Uuid;
use year::{FIRST_DAY, LAST_DAY, PRICE_VND, PRODUCTS, YEAR, sorted};

const FEW: i64 = 1_000_000;
const MANY: i64 = 5_000_000;
const RUNS: usize = 15;
const QUESTIONS: [&str; 3] =
    ["calendar year, all stores", "rolling year, all stores", "this month, one store"];

#[tokio::main]
async fn main() {
    println!("| sales per product, p50 | 1 M lines | 5 M lines | ratio (goal ≤ 1.2) |");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    compare("SQLite", &file("few.sqlite"), &file("many.sqlite")).await;
    let server = PostgresServer::start(Durability::Full);
    let (few, many) = (server.fresh_database(), server.fresh_database());
    compare("PostgreSQL", few.as_str(), many.as_str()).await;
}

async fn compare(name: &str, few: &str, many: &str) {
    let began = Instant::now();
    let scenes = [Scene::new(few, FEW).await, Scene::new(many, MANY).await];
    let filled = began.elapsed();
    for (number, question) in QUESTIONS.into_iter().enumerate() {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..RUNS {
            for (scene, times) in scenes.iter().zip(&mut times) {
                let began = Instant::now();
                scene.ask(number).await;
                times.push(began.elapsed());
            }
        }
        let [few, many] = times.map(|times| sorted(times)[RUNS / 2]);
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        let verdict = match (number, ratio <= 1.2) {
            (0, true) => "holds",
            (0, false) => "MISSED",
            _ => "",
        };
        println!("| {name}: {question} | {few:.1?} | {many:.1?} | {ratio:.2} {verdict} |");
    }
    println!("| {name}: filled in {filled:.0?}, all in {:.0?} | | | |", began.elapsed());
    for scene in scenes {
        scene.db.close().await;
    }
}

/// A database with so many lines.
struct Scene {
    db: Db,
    stores: Vec<StoreId>,
    lines: i64,
    scope: Scope,
}

impl Scene {
    async fn new(url: &str, lines: i64) -> Self {
        let world = World::new(Db::open(url).await.unwrap()).await;
        let stores = year::add_stores(&world, YEAR).await;
        let products: Vec<_> =
            (0..PRODUCTS).map(|n| new_product(&format!("P{n}"), PRICE_VND, None)).collect();
        world.admin.add_products(&products).await.unwrap();
        let scope = department(&world.app.db).await;
        let scene = Self { db: world.app.db.clone(), stores, lines, scope };
        year::fill(&scene.db, &scene.stores, YEAR, lines).await;
        while sales::add_up(&scene.db, date!(2027 - 01 - 01)).await.unwrap() > 0 {}
        year::analyse(&scene.db).await;
        for question in 0..QUESTIONS.len() {
            scene.ask(question).await;
        }
        scene
    }

    async fn ask(&self, question: usize) {
        let all = SalesQuery::over;
        let month = all(date!(2026 - 11 - 01), date!(2026 - 11 - 23));
        let query = match question {
            0 => all(FIRST_DAY, LAST_DAY),
            1 => all(date!(2025 - 12 - 17), date!(2026 - 12 - 16)),
            _ => SalesQuery { store: Some(self.stores[3]), ..month },
        };
        let tx = &mut self.db.begin_reading().await.unwrap();
        let asked = sales::ask(tx, self.scope, &query).await.unwrap();
        let sold = asked.sold(tx).await.unwrap();
        let sold = asked.per_product(tx, &sold).await.unwrap();
        assert!(sold.len() > PRODUCTS * 9 / 10, "{}", sold.len());
        if question == 0 {
            let revenue_vnd: i64 = sold.iter().map(|row| row.revenue.vnd()).sum();
            assert_eq!(revenue_vnd, self.lines * PRICE_VND);
        }
    }
}

/// Who sees all stores.
async fn department(db: &Db) -> Scope {
    let user = User {
        id: UserId::from_uuid(Uuid::from_u128(1)),
        login: "x".to_owned(),
        name: "x".to_owned(),
        password_hash: "x".to_owned(),
        role: Role::Department,
        is_active: true,
        access_ends_ms: None,
    };
    let mut tx = db.begin().await.unwrap();
    users::insert(&mut tx, &user, 0).await.unwrap();
    tx.commit().await.unwrap();
    user.scope()
}
