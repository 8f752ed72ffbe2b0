//! Sales per product at a million lines and at five: a calendar year must cost the same within 20 %, because it is
//! answered from whole months. Ten stores, 2 000 products, one year.
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

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use central::db::Db;
use central::db::engine::{Sql, Val};
use central::db::sales::{self, SalesQuery};
use central::db::users::{self, Role, Scope, User};
use domain::catalog::month_of;
use domain::ids::{ProductId, StoreId, UserId};
use support::{World, new_product, new_store};
use testkit::postgres::{Durability, PostgresServer};
use time::Date;
use time::macros::date;
use uuid::Uuid;

const STORES: usize = 10;
const PRODUCTS: usize = 2_000;
const RUNS: usize = 15;

#[tokio::main]
async fn main() {
    println!("| sales per product, p50 | 1 M lines | 5 M lines | ratio (goal ≤ 1.2) |");
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("central.sqlite").display());
    compare("SQLite", &url).await;
    let server = PostgresServer::start(Durability::Full);
    compare("PostgreSQL", server.fresh_database().as_str()).await;
}

async fn compare(name: &str, url: &str) {
    let db = Db::open(url).await.unwrap();
    let world = World::new(db).await;
    let scene = Scene::new(&world).await;
    let mut figures: Vec<Vec<Duration>> = Vec::new();
    for (from, to) in [(0, 1_000_000), (1_000_000, 5_000_000)] {
        scene.fill(&world.app.db, from, to).await;
        figures.push(scene.measure(&world.app.db).await);
    }
    let names = ["calendar year, all stores", "rolling year, all stores", "this month, one store"];
    for (number, question) in names.into_iter().enumerate() {
        let (one, five) = (figures[0][number], figures[1][number]);
        let ratio = five.as_secs_f64() / one.as_secs_f64();
        let verdict = match (number, ratio <= 1.2) {
            (0, true) => "holds",
            (0, false) => "MISSED",
            _ => "",
        };
        println!("| {name}: {question} | {one:.1?} | {five:.1?} | {ratio:.2} {verdict} |");
    }
    world.app.db.close().await;
}

struct Scene {
    stores: Vec<StoreId>,
    products: Vec<(ProductId, Uuid)>,
    scope: Scope,
}

type Cell = (Uuid, Date, Uuid, Uuid);

impl Scene {
    async fn new(world: &World) -> Self {
        let mut stores = Vec::new();
        for number in 0..STORES {
            stores.push(
                world.admin.add_store(&new_store(world.operator, &format!("S{number}"))).await.unwrap(),
            );
        }
        let new: Vec<_> = (0..PRODUCTS).map(|n| new_product(&format!("P{n}"), 10_000, None)).collect();
        let mut products = Vec::new();
        for id in world.admin.add_products(&new).await.unwrap() {
            products.push((id, support::facts(&world.app.db, id).await.unwrap().uuid()));
        }
        let id = UserId::from_uuid(Uuid::from_u128(1));
        let text = str::to_owned;
        let user = User {
            id,
            login: text("x"),
            name: text("x"),
            password_hash: text("x"),
            role: Role::Department,
            is_active: true,
        };
        let mut tx = world.app.db.begin().await.unwrap();
        users::insert(&mut tx, &user, 0).await.unwrap();
        tx.commit().await.unwrap();
        Self { stores, products, scope: user.scope() }
    }

    /// Writes lines with the totals that they make, as ingest would.
    async fn fill(&self, db: &Db, from: u64, to: u64) {
        const STEP: u64 = 100_000;
        let year = date!(2026 - 01 - 01).to_julian_day();
        for start in (from..to).step_by(usize::try_from(STEP).unwrap()) {
            let (mut daily, mut monthly): (BTreeMap<Cell, i64>, BTreeMap<Cell, i64>) = Default::default();
            let mut lines = Vec::new();
            for number in start..start + STEP {
                // A well mixed number, so that days, stores and products are drawn apart.
                let drawn = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let pick = |shift: u32, among: usize| usize::try_from(drawn >> shift).unwrap_or(0) % among;
                let store = self.stores[pick(8, STORES)].uuid();
                let (product, facts) = self.products[pick(20, PRODUCTS).min(pick(33, PRODUCTS))];
                let day = Date::from_julian_day(year + i32::try_from(pick(43, 365)).unwrap()).unwrap();
                *daily.entry((store, day, product.uuid(), facts)).or_default() += 1;
                *monthly.entry((store, month_of(day), product.uuid(), facts)).or_default() += 1;
                lines.push(line(store, number, product.uuid(), facts, day));
            }
            let mut tx = db.begin().await.unwrap();
            tx.insert_rows(LINES, lines, "").await.unwrap();
            tx.insert_rows(DAILY, daily.into_iter().map(cell).collect(), DAILY_TAIL).await.unwrap();
            tx.insert_rows(MONTHLY, monthly.into_iter().map(cell).collect(), MONTHLY_TAIL).await.unwrap();
            tx.commit().await.unwrap();
        }
        if let Db::Postgres(_) = db {
            db.exec(Sql::new("analyze")).await.unwrap();
        }
    }

    async fn measure(&self, db: &Db) -> Vec<Duration> {
        let all = |from, to| SalesQuery { from, to, store: None, category: None, min_stars: None };
        let month =
            SalesQuery { store: Some(self.stores[3]), ..all(date!(2026 - 11 - 01), date!(2026 - 11 - 23)) };
        let questions = [
            all(date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
            all(date!(2025 - 12 - 17), date!(2026 - 12 - 16)),
            month,
        ];
        let mut figures = Vec::new();
        for question in questions {
            let mut times = Vec::new();
            for _ in 0..RUNS {
                let began = Instant::now();
                assert!(!sales::per_product(db, self.scope, &question).await.unwrap().is_empty());
                times.push(began.elapsed());
            }
            times.sort_unstable();
            figures.push(times[RUNS / 2]);
        }
        figures
    }
}

const LINES: &str = "insert into sale_lines (store_id, incarnation, seq, line_no, product_id, product_facts_id,
    producer_id, lot_id, day, quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd, commission_vnd,
    commission_tax_vnd)";
const DAILY: &str =
    "insert into sales_daily (store_id, day, product_id, product_facts_id, producer_id, quantity_milli,
    revenue_vnd, producer_due_vnd, line_count)";
const DAILY_TAIL: &str = "on conflict (store_id, day, product_id, product_facts_id, producer_id) do update set
    quantity_milli = sales_daily.quantity_milli + excluded.quantity_milli,
    revenue_vnd = sales_daily.revenue_vnd + excluded.revenue_vnd, line_count = sales_daily.line_count + excluded.line_count";
const MONTHLY: &str = "insert into sales_monthly (store_id, month, product_id, product_facts_id, producer_id,
    quantity_milli, revenue_vnd, producer_due_vnd, line_count)";
const MONTHLY_TAIL: &str =
    "on conflict (store_id, month, product_id, product_facts_id, producer_id) do update set
    quantity_milli = sales_monthly.quantity_milli + excluded.quantity_milli,
    revenue_vnd = sales_monthly.revenue_vnd + excluded.revenue_vnd,
    line_count = sales_monthly.line_count + excluded.line_count";

fn line(store: Uuid, number: u64, product: Uuid, facts: Uuid, day: Date) -> Vec<Val> {
    let seq = i64::try_from(number).unwrap();
    let mut values =
        vec![store.into(), Uuid::nil().into(), seq.into(), 1i64.into(), product.into(), facts.into()];
    values.extend([Val::Id(None), product.into(), day.into()]);
    values.extend([1_000i64, 10_000, 0, 741, 0, 0, 0].map(Val::from));
    values
}

fn cell(((store, period, product, facts), count): (Cell, i64)) -> Vec<Val> {
    let mut values: Vec<Val> =
        vec![store.into(), period.into(), product.into(), facts.into(), Uuid::nil().into()];
    values.extend([count * 1_000, count * 10_000, 0, count].map(Val::from));
    values
}
