//! What the department looks at, over five million sale lines of three years in fifty stores with 2 000 products: each page as a
//! browser asks for it, signed in, from the request to the whole answer, beside one scan of the lines of the same days. Goals
//! (p50): 150 ms on PostgreSQL, 500 ms on SQLite. The same over a million lines: a closed calendar period must cost the same
//! within 20 %.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its table and fails loudly"
)]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]
#![expect(dead_code, reason = "tests use the rest of the support")]

#[path = "../tests/pages/browser.rs"]
mod browser;
#[path = "../tests/support/mod.rs"]
mod support;
mod year;

use std::time::{Duration, Instant};

use browser::Browser;
use central::admin::{NewCampaign, NewProduct};
use central::db::Db;
use central::db::engine::Sql;
use central::db::sales;
use central::db::users::Role;
use domain::Money;
use domain::campaign::CampaignKind;
use domain::catalog::{Category, Recognition, Stars};
use domain::ids::{CampaignId, ProductId, StoreId};
use support::{World, new_product, producer};
use testkit::postgres::{Durability, PostgresServer};
use time::macros::date;
use time::{Date, Duration as Days};
use uuid::Uuid;
use year::{PRICE_VND, PRODUCTS, Span, sorted};

const FEW: i64 = 1_000_000;
const MANY: i64 = 5_000_000;
const PRODUCERS: usize = 300;
/// Campaigns with a day in the quarter that is reported on.
const CAMPAIGNS: u8 = 40;
const RUNS: usize = 11;
/// The clock of tests stands on 23 November 2026.
const SPAN: Span = Span { stores: 50, first_day: date!(2023 - 12 - 01), last_day: date!(2026 - 11 - 23) };

/// A page, its address, and the days that it is about; true when the period is a closed one of the calendar.
type View = (&'static str, String, (Date, Date), bool);

#[tokio::main]
async fn main() {
    println!(
        "| a view of the department, p50 | 1 M lines | 5 M lines | ratio | p99 at 5 M | one scan of its lines |"
    );
    // `cargo bench --bench dashboards -- postgres` leaves SQLite out.
    if !std::env::args().any(|argument| argument == "postgres") {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
        compare("SQLite", 500, &file("few.sqlite"), &file("many.sqlite")).await;
    }
    let server = PostgresServer::start(Durability::Full);
    let (few, many) = (server.fresh_database(), server.fresh_database());
    compare("PostgreSQL", 150, few.as_str(), many.as_str()).await;
}

/// Asks both in turn, so that whatever else this machine does slows both.
async fn compare(name: &str, goal_ms: u64, few: &str, many: &str) {
    let goal = Duration::from_millis(goal_ms);
    let began = Instant::now();
    let mut scenes = [Scene::new(few, FEW).await, Scene::new(many, MANY).await];
    println!("| {name}: filled in {:.0?}; goal {goal_ms} ms | | | | | |", began.elapsed());
    for number in 0..scenes[0].views.len() {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..RUNS {
            for (scene, times) in scenes.iter_mut().zip(&mut times) {
                let began = Instant::now();
                scene.ask(number).await;
                times.push(began.elapsed());
            }
        }
        let [few, many] = times.map(sorted);
        let (few, p50, p99) = (few[RUNS / 2], many[RUNS / 2], many[RUNS - 1]);
        let (words, _, days, is_closed) = scenes[1].views[number].clone();
        let scan = scenes[1].scan(days).await;
        let ratio = p50.as_secs_f64() / few.as_secs_f64();
        let fast = if p50 <= goal { "holds" } else { "MISSED" };
        let level = match (is_closed, ratio <= 1.2) {
            (true, true) => "holds",
            (true, false) => "MISSED",
            (false, _) => "",
        };
        println!(
            "| {name}: {words} | {few:.1?} | {p50:.1?} {fast} | {ratio:.2} {level} | {p99:.1?} | {scan:.0?} |"
        );
    }
    for scene in scenes {
        scene.world.app.db.close().await;
    }
}

/// A central with so many lines.
struct Scene {
    world: World,
    browser: Browser,
    views: Vec<View>,
}

impl Scene {
    async fn new(url: &str, lines: i64) -> Self {
        let world = World::new(Db::open(url).await.unwrap()).await;
        let stores = year::add_stores(&world, SPAN).await;
        let products = add_products(&world).await;
        add_campaigns(&world, &products, &stores).await;
        year::fill(&world.app.db, &stores, SPAN, lines).await;
        let began = Instant::now();
        while sales::add_up(&world.app.db, SPAN.last_day).await.unwrap() > 0 {}
        println!("| {lines} lines added up over all stores in {:.1?} | | | | | |", began.elapsed());
        year::analyse(&world.app.db).await;
        let browser = Browser::of(&world, Role::Department).await;
        let (id,): (Uuid,) =
            world.app.db.one(Sql::new("select product_id from picks where n = 7")).await.unwrap();
        let mut scene = Self { views: views(&stores[3].to_string(), &id.to_string()), browser, world };
        for number in 0..scene.views.len() {
            scene.ask(number).await;
        }
        scene
    }

    async fn ask(&mut self, number: usize) {
        let (_, path, ..) = &self.views[number];
        let answer = self.browser.get(&self.world, path).await;
        assert!(answer.status == 200 && answer.body.len() > 1_000, "{} {path}", answer.status);
    }

    /// Returns how long it takes to add up the lines of the days.
    async fn scan(&self, (from, to): (Date, Date)) -> Duration {
        let sql =
            Sql::new("select cast(coalesce(sum(gross_vnd), 0) as bigint) from sale_lines where day >= ")
                .bind(from);
        let began = Instant::now();
        let (vnd,): (i64,) = self.world.app.db.one(sql.push(" and day <= ").bind(to)).await.unwrap();
        assert!(vnd > 0);
        began.elapsed()
    }
}

/// The views of the department.
fn views(store: &str, product: &str) -> Vec<View> {
    let year = (date!(2025 - 01 - 01), date!(2025 - 12 - 31));
    let quarter = (date!(2026 - 07 - 01), date!(2026 - 09 - 30));
    let this_month = (date!(2026 - 11 - 01), date!(2026 - 11 - 23));
    let rolling = (date!(2025 - 11 - 24), date!(2026 - 11 - 23));
    let all = (SPAN.first_day, SPAN.last_day);
    let sales = |(from, to): (Date, Date), rest: &str| format!("/sales?from={from}&to={to}{rest}");
    vec![
        ("sales, this month", "/sales".to_owned(), this_month, false),
        (
            "sales, this year against last",
            "/sales?period=year&against=year".to_owned(),
            (date!(2026 - 01 - 01), SPAN.last_day),
            false,
        ),
        ("sales, a calendar year against the one before", sales(year, "&against=year"), year, true),
        ("sales, a quarter", sales(quarter, ""), quarter, true),
        ("sales, a rolling year", sales(rolling, ""), rolling, false),
        ("sales, three years", sales(all, ""), all, false),
        ("sales, a year on Tết", sales(year, "&against=tet"), year, false),
        (
            "sales, a year, OCOP with four stars by commune",
            sales(year, "&category=ocop&stars=4&by=commune"),
            year,
            true,
        ),
        ("sales, a year, one store", sales(year, &format!("&store={store}")), year, true),
        ("sales, a year, one product", sales(year, &format!("&product={product}")), year, true),
        ("the quarter's report", "/reports/2026-q3".to_owned(), quarter, false),
        ("a campaign with what it brought", format!("/campaigns/{}", campaign(7)), quarter, false),
        ("all reports", "/reports".to_owned(), quarter, false),
        ("stock of all stores", "/inventory".to_owned(), this_month, false),
        ("products", "/products".to_owned(), this_month, false),
        ("what promotion brings, a year", "/campaigns/outcome".to_owned(), year, false),
        ("points at equal age", "/points/ages".to_owned(), all, false),
        ("the board of stores", "/stores".to_owned(), this_month, false),
    ]
}

fn campaign(number: u8) -> CampaignId {
    CampaignId::from_uuid(Uuid::from_u128(u128::from(number) + 1))
}

/// Campaigns of two weeks for five products each, a new one every other day, of which each second one is in ten stores alone.
async fn add_campaigns(world: &World, products: &[ProductId], stores: &[StoreId]) {
    for number in 0..CAMPAIGNS {
        let (at, first_day) =
            (usize::from(number), date!(2026 - 06 - 20) + Days::days(2 * i64::from(number)));
        let new = NewCampaign {
            name: format!("Chiến dịch {number}"),
            kind: CampaignKind::Fair,
            first_day,
            last_day: first_day + Days::days(13),
            cost: Money::new(5_000_000),
            products: products.iter().skip(at * 5).take(5).copied().collect(),
            stores: stores.iter().take(if number % 2 == 0 { 0 } else { 10 }).copied().collect(),
            note: String::new(),
        };
        world.admin.add_campaign(campaign(number), &new).await.unwrap();
    }
}

/// Products of five categories, from many communes and producers.
async fn add_products(world: &World) -> Vec<ProductId> {
    let mut producers = Vec::new();
    for number in 0..PRODUCERS {
        producers.push(producer(&world.admin, &format!("Hộ sản xuất {number}")).await);
    }
    let groups = ["food", "drink", "medicinal", "handicraft", "ornamental"];
    let products: Vec<NewProduct> = (0..PRODUCTS)
        .map(|n| NewProduct {
            group_code: groups[n % groups.len()].to_owned(),
            commune: format!("Xã số {}", n % 96),
            ..new_product(&format!("P{n:04}"), PRICE_VND, Some(producers[n % PRODUCERS]))
        })
        .collect();
    let ids = world.admin.add_products(&products).await.unwrap();
    for (number, id) in ids.iter().copied().enumerate() {
        let stars = Stars::new(u8::try_from(3 + number % 3).unwrap()).unwrap();
        let recognition = match number % 5 {
            0 | 1 => Recognition::ocop(stars, date!(2024 - 06 - 01)),
            2 => Recognition {
                category: Category::Specialty,
                stars: None,
                valid_from: date!(2024 - 06 - 01),
                valid_to: None,
            },
            3 => Recognition {
                category: Category::RuralIndustrial,
                stars: None,
                valid_from: date!(2024 - 06 - 01),
                valid_to: None,
            },
            _ => continue,
        };
        world.admin.recognise(id, &recognition, "QĐ 1/QĐ-UBND").await.unwrap();
    }
    ids
}
