//! Ingest of batches of 500 sales, against the same lines written into the facts table alone in the same run: prepared
//! inserts of one row on SQLite, COPY on PostgreSQL. Goal: at least half of that limit; floor: 40 000 lines a second on
//! SQLite, 18 000 on PostgreSQL.
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

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use central::db::Db;
use central::db::engine::{Sql, Val};
use domain::ids::LotId;
use protocol::batch::{Address, BatchHeader, pack, unpack};
use sqlx::{Connection, PgConnection};
use support::{Goods, Till, World, goods, producer};
use testkit::postgres::{Durability, PostgresServer};
use time::Duration as Days;
use uuid::Uuid;

const SALES_IN_BATCH: usize = 500;
const BATCHES: usize = 24;
const PRODUCTS: usize = 200;
const GOAL: f64 = 0.5;

struct Work {
    batches: Vec<(BatchHeader, Vec<u8>)>,
    lines: usize,
}

#[tokio::main]
async fn main() {
    println!("| ingest, {SALES_IN_BATCH} sales a batch | lines/s | limit | ratio (goal ≥ {GOAL}) |");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let limit = Limit::new(&file("limit.sqlite"), 1).await;
    let many = Limit::new(&file("many.sqlite"), 5_000).await;
    compare("SQLite, FULL", 40_000, &file("central.sqlite"), limit, Some(many)).await;
    let server = PostgresServer::start(Durability::Full);
    let (central, facts) = (server.fresh_database(), server.fresh_database());
    let limit = Limit::new(facts.as_str(), 1).await;
    compare("PostgreSQL, fsync, one store", 18_000, central.as_str(), limit, None).await;
    two_at_once("SQLite, FULL", 40_000, &file("two.sqlite")).await;
    two_at_once("PostgreSQL, fsync", 18_000, server.fresh_database().as_str()).await;
}

/// Two stores push at the same time, as stores do: the one's batch is checked while the other's is written.
async fn two_at_once(name: &str, floor: u64, url: &str) {
    let world = Arc::new(World::new(Db::open(url).await.unwrap()).await);
    let goods = all_goods(&world).await;
    let tills = [world.till().await, world.other_till().await];
    let pushes = tills.map(|till| (work(&world, till.clone(), &goods), till));
    let lines: usize = pushes.iter().map(|(work, _)| work.lines).sum();
    let began = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for (work, till) in pushes {
        let world = Arc::clone(&world);
        tasks.spawn(async move {
            for (header, body) in &work.batches {
                take(&world, &till, header, body).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let rate = lines as f64 / began.elapsed().as_secs_f64();
    println!("| {name}, two stores at once ({} of {floor}) | {rate:.0} | | |", floor_word(rate, floor));
    assert_eq!(world.number("select cast(count(*) as bigint) from exceptions").await, 0);
    world.app.db.close().await;
}

/// Takes a batch in as central does: signature, unpacking, append, books, commit.
async fn take(world: &World, till: &Till, header: &BatchHeader, body: &[u8]) {
    let path = till.path();
    let address = Address { path: &path, central_key: &world.key(), stream: till.stream };
    header.verify(&till.key.public(), address, body).unwrap();
    let entries = unpack(body, header, till.stream).unwrap();
    central::ingest::take(&world.app.db, till.stream, &till.key.public(), entries, 0).await.unwrap();
}

fn floor_word(rate: f64, floor: u64) -> &'static str {
    if rate >= floor as f64 { "above the floor" } else { "BELOW the floor" }
}

/// Takes all batches in. After each one its lines go into the facts table alone, so that whatever else this machine
/// does slows both.
async fn compare(name: &str, floor: u64, url: &str, mut limit: Limit, mut many: Option<Limit>) {
    let world = World::new(Db::open(url).await.unwrap()).await;
    let till = world.till().await;
    let work = work(&world, till.clone(), &all_goods(&world).await);
    let mut full = Duration::ZERO;
    let mut facts = facts().into_iter();
    for (header, body) in &work.batches {
        let began = Instant::now();
        take(&world, &till, header, body).await;
        full += began.elapsed();
        // The journal has a few entries that are no sales, and with them one batch more.
        let Some(rows) = facts.next() else { continue };
        limit.write(&rows).await;
        if let Some(many) = &mut many {
            many.write(&rows).await;
        }
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from exceptions").await, 0);
    for db in [&world.app.db, &limit.db] {
        let sql = Sql::new("select cast(count(*) as bigint) from sale_lines");
        assert_eq!(db.one::<(i64,)>(sql).await.unwrap().0, i64::try_from(work.lines).unwrap());
    }
    let rate = |took: Duration| work.lines as f64 / took.as_secs_f64();
    let (ratio, rate_full) = (rate(full) / rate(limit.took), rate(full));
    let goal = if ratio >= GOAL { "holds" } else { "MISSED" };
    println!(
        "| {name} ({} of {floor}) | {rate_full:.0} | {:.0} | {ratio:.2} {goal} |",
        floor_word(rate_full, floor),
        rate(limit.took)
    );
    if let Some(many) = many {
        println!("| {name}, facts alone in rows of many | {:.0} | | |", rate(many.took));
    }
    world.app.db.close().await;
}

/// Goods of twenty producers and the operator's own.
async fn all_goods(world: &World) -> Vec<Goods> {
    let mut all: Vec<Goods> = Vec::new();
    for number in 0..PRODUCTS {
        let price = 20_000 + 1_000 * i64::try_from(number).unwrap();
        let sku = format!("P{number}");
        let first = all.get(number % 25).cloned();
        let product = match first {
            // One contract a producer.
            Some(first) => {
                Goods { terms: first.terms, ..goods(&world.app, &world.admin, &sku, price, None).await }
            }
            None if number % 5 == 0 => goods(&world.app, &world.admin, &sku, price, None).await,
            None => {
                let producer = producer(&world.admin, &format!("Hộ sản xuất {number}")).await;
                goods(&world.app, &world.admin, &sku, price, Some((world.operator, producer, 10))).await
            }
        };
        all.push(product);
    }
    all
}

/// A month of sales with one to five lines each.
fn work(world: &World, mut till: Till, goods: &[Goods]) -> Work {
    let shelf: Vec<(&Goods, LotId)> =
        goods.iter().map(|product| (product, till.receive(product, 10_000))).collect();
    let mut lines = 0;
    for number in 0..SALES_IN_BATCH * BATCHES {
        till.day =
            support::TODAY + Days::days(i64::try_from(number * 30 / (SALES_IN_BATCH * BATCHES)).unwrap());
        let sold = (0..1 + number % 5).map(|row| {
            let (goods, lot) = &shelf[(number * 7 + row * 31) % PRODUCTS];
            till.line(goods, i64::try_from(1 + (number + row) % 3).unwrap(), Some(*lot))
        });
        let sale = till.sale_of(sold.collect());
        lines += sale.lines.len();
        let id = world.app.clock.new_uuid();
        till.write_sale(id.into(), &sale);
    }
    let batches = till.journal.chunks(SALES_IN_BATCH).map(|entries| {
        let body = pack(entries).unwrap();
        (till.sign(world, entries, &body), body)
    });
    Work { batches: batches.collect(), lines }
}

/// The rows of the facts table that the same lines make, in batches as they come.
fn facts() -> Vec<Vec<Vec<Val>>> {
    let line = |number: usize, row: usize| {
        let id = |kind: u128, n: usize| Val::from(Uuid::from_u128(kind << 64 | n as u128));
        let product = (number * 7 + row * 31) % PRODUCTS;
        let amount = |vnd: usize| Val::from(i64::try_from(vnd).unwrap());
        let mut values =
            vec![id(1, 0), id(2, 0), amount(number), amount(row), id(3, product), id(4, product)];
        values.extend([id(5, 0), id(6, product), Val::from(support::TODAY)]);
        values.extend([2_000, 450_000, 0, 33_333, 400_000, 45_000, 3_600].map(amount));
        values
    };
    let batch = |batch: usize| {
        (batch * SALES_IN_BATCH..(batch + 1) * SALES_IN_BATCH)
            .flat_map(|number| (0..1 + number % 5).map(move |row| line(number, row)))
            .collect()
    };
    (0..BATCHES).map(batch).collect()
}

/// The facts table alone, and how long writing into it took.
struct Limit {
    db: Db,
    /// Of one statement on SQLite: one, as the limit is defined; many, for comparison.
    rows_at_once: usize,
    /// To PostgreSQL, for COPY.
    connection: Option<PgConnection>,
    took: Duration,
}

impl Limit {
    async fn new(url: &str, rows_at_once: usize) -> Self {
        let db = Db::open(url).await.unwrap();
        db.migrate().await.unwrap();
        let connection = match db {
            Db::Sqlite { .. } => None,
            Db::Postgres(_) => Some(PgConnection::connect(url).await.unwrap()),
        };
        Self { db, rows_at_once, connection, took: Duration::ZERO }
    }

    /// Writes the lines of a batch and commits them.
    async fn write(&mut self, rows: &[Vec<Val>]) {
        const HEAD: &str =
            "insert into sale_lines (store_id, incarnation, seq, line_no, product_id, product_facts_id,
            producer_id, lot_id, day, quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd,
            commission_vnd, commission_tax_vnd)";
        if let Some(connection) = &mut self.connection {
            let text = rows.iter().fold(String::new(), |mut text, row| {
                let cells: Vec<String> = row.iter().map(Val::cell).collect();
                writeln!(text, "{}", cells.join("\t")).unwrap();
                text
            });
            let began = Instant::now();
            let mut copy = connection.copy_in_raw("copy sale_lines from stdin").await.unwrap();
            copy.send(text.as_bytes()).await.unwrap();
            copy.finish().await.unwrap();
            self.took += began.elapsed();
        } else {
            let began = Instant::now();
            let mut tx = self.db.begin().await.unwrap();
            for some in rows.chunks(self.rows_at_once) {
                tx.insert_rows(HEAD, some.to_vec(), "").await.unwrap();
            }
            tx.commit().await.unwrap();
            self.took += began.elapsed();
        }
    }
}
