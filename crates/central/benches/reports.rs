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

use std::time::{Duration, Instant};

use central::db::engine::Sql;
use central::db::sales::{self, SalesQuery};
use central::db::users::{self, Role, Scope, User};
use central::db::{Db, Tx};
use domain::catalog::month_after;
use domain::ids::{StoreId, UserId};
use support::{World, new_product, new_store};
use testkit::postgres::{Durability, PostgresServer};
use time::Date;
use time::macros::date;
use uuid::Uuid;

const STORES: i64 = 10;
const PRODUCTS: usize = 2_000;
const FEW: i64 = 1_000_000;
const MANY: i64 = 5_000_000;
const FIRST_DAY: Date = date!(2026 - 01 - 01);
const LAST_DAY: Date = date!(2026 - 12 - 31);
const DAYS: i64 = 365;
const PRICE_VND: i64 = 10_000;
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
        let [few, many] = times.map(p50);
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

fn p50(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
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
        let mut stores = Vec::new();
        for number in 0..STORES {
            let store = new_store(world.operator, &format!("S{number}"));
            stores.push(world.admin.add_store(&store).await.unwrap());
        }
        let products: Vec<_> =
            (0..PRODUCTS).map(|n| new_product(&format!("P{n}"), PRICE_VND, None)).collect();
        world.admin.add_products(&products).await.unwrap();
        let scope = department(&world.app.db).await;
        let scene = Self { db: world.app.db.clone(), stores, lines, scope };
        scene.fill().await;
        for question in 0..QUESTIONS.len() {
            scene.ask(question).await;
        }
        scene
    }

    async fn fill(&self) {
        for statement in [PICKS, "create unique index picks_n on picks (n)"] {
            self.db.exec(Sql::new(statement)).await.unwrap();
        }
        for (number, store) in (0..).zip(&self.stores) {
            let mut month = FIRST_DAY;
            while month < LAST_DAY {
                let mut tx = self.db.begin().await.unwrap();
                self.fill_month(&mut tx, store.uuid(), number, month).await;
                tx.commit().await.unwrap();
                month = month_after(month);
            }
        }
        if let Db::Postgres(_) = self.db {
            self.db.exec(Sql::new("analyze")).await.unwrap();
        }
    }

    async fn fill_month(&self, tx: &mut Tx, store: Uuid, number: i64, month: Date) {
        // Each store has numbers of its own, and with them other products on a day.
        let before = |day: Date| {
            let days = i64::from(day.to_julian_day() - FIRST_DAY.to_julian_day());
            number * 10_000_000 + self.lines / STORES * days / DAYS
        };
        let after = month_after(month);
        let mut day = month;
        while day < after {
            let next = day.next_day().unwrap();
            let lines = Sql::new(LINES).bind(before(day) + 1).push(LINES_TO).bind(before(next));
            let lines = lines.push(LINES_INTO).bind(store).push(", ").bind(Uuid::nil());
            tx.exec(lines.push(LINES_OF).bind(day).push(LINES_FROM)).await.unwrap();
            day = next;
        }
        let daily = Sql::new(DAILY).bind(Uuid::nil()).push(DAILY_FROM).bind(store);
        let daily = daily.push(" and incarnation = ").bind(Uuid::nil());
        let daily = daily.push(" and seq > ").bind(before(month)).push(" and seq <= ").bind(before(after));
        tx.exec(daily.push(DAILY_GROUP)).await.unwrap();
        let monthly = Sql::new(MONTHLY).bind(month).push(MONTHLY_FROM).bind(store);
        let monthly = monthly.push(" and day >= ").bind(month).push(" and day < ").bind(after);
        tx.exec(monthly.push(MONTHLY_GROUP)).await.unwrap();
        let receipts = Sql::new(RECEIPTS_DAILY).bind(store).push(" and day >= ").bind(month);
        tx.exec(receipts.push(" and day < ").bind(after)).await.unwrap();
        tx.exec(Sql::new(RECEIPTS_MONTHLY).bind(store).push(" and month = ").bind(month)).await.unwrap();
    }

    async fn ask(&self, question: usize) {
        let all = |from, to| SalesQuery { from, to, store: None, category: None, min_stars: None };
        let month = all(date!(2026 - 11 - 01), date!(2026 - 11 - 23));
        let query = match question {
            0 => all(FIRST_DAY, LAST_DAY),
            1 => all(date!(2025 - 12 - 17), date!(2026 - 12 - 16)),
            _ => SalesQuery { store: Some(self.stores[3]), ..month },
        };
        let sold = sales::per_product(&self.db, self.scope, &query).await.unwrap();
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
    };
    let mut tx = db.begin().await.unwrap();
    users::insert(&mut tx, &user, 0).await.unwrap();
    tx.commit().await.unwrap();
    user.scope()
}

/// The products with a number each, so that arithmetic picks one for a line.
const PICKS: &str = "create table picks as
    select cast(row_number() over (order by products.sku) - 1 as bigint) as n, products.id as product_id,
        product_facts.id as facts_id
    from products join product_facts on product_facts.product_id = products.id where products.sku like 'P%'";

const LINES: &str = "with recursive numbers (n) as (select cast(";
const LINES_TO: &str = " as bigint) union all select n + 1 from numbers where n < ";
const LINES_INTO: &str =
    ") insert into sale_lines (store_id, incarnation, seq, line_no, product_id, product_facts_id,
    lot_id, day, quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd, commission_vnd,
    commission_tax_vnd) select ";
const LINES_OF: &str = ", numbers.n, 1, picks.product_id, picks.facts_id, picks.product_id, ";
const LINES_FROM: &str = ", 1000, 10000, 0, 741, 0, 0, 0 from numbers join picks
    on picks.n = (numbers.n * 1103515245 + 12345) % 2147483648 / 65536 % 2000";

const DAILY: &str =
    "insert into sales_daily (store_id, day, product_id, product_facts_id, producer_id, quantity_milli,
    revenue_vnd, producer_due_vnd, line_count) select store_id, day, product_id, product_facts_id, ";
const DAILY_FROM: &str = ", cast(sum(quantity_milli) as bigint), cast(sum(gross_vnd) as bigint), 0, count(*)
    from sale_lines where store_id = ";
const DAILY_GROUP: &str = " group by store_id, day, product_id, product_facts_id";

const MONTHLY: &str = "insert into sales_monthly (store_id, month, product_id, product_facts_id, producer_id,
    quantity_milli, revenue_vnd, producer_due_vnd, line_count) select store_id, ";
const MONTHLY_FROM: &str = ", product_id, product_facts_id, producer_id, cast(sum(quantity_milli) as bigint),
    cast(sum(revenue_vnd) as bigint), 0, cast(sum(line_count) as bigint) from sales_daily where store_id = ";
const MONTHLY_GROUP: &str = " group by store_id, product_id, product_facts_id, producer_id";

const RECEIPTS_DAILY: &str = "insert into product_receipts_daily (store_id, day, product_id, receipt_count)
    select store_id, day, product_id, line_count from sales_daily where store_id = ";
const RECEIPTS_MONTHLY: &str =
    "insert into product_receipts_monthly (store_id, month, product_id, receipt_count)
    select store_id, month, product_id, line_count from sales_monthly where store_id = ";
