//! What a store with years of consigned goods waits for: the stock card of a product, the open settlement of a producer, and
//! settling with all of them, from what is read to the entry, the paper and its commit; at a tenth of the sales, and at all of them.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and fails loudly")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use std::time::{Duration, Instant};

use domain::Money;
use pos::Config;
use pos::counter::approval::Word;
use pos::counter::note::Settling;
use pos::counter::settlement::{Means, Open, Payout, pay_producer};
use pos::counter::{Note, Seat};
use pos::db::stock_moves;
use receipts::language::Language;
use testkit::catalogue::{MANAGER, id_of};
use testkit::store::TestStore;
use uuid::Uuid;

const PRODUCERS: u128 = 500;
const PRODUCTS: u128 = 2_000;
const LOTS: i64 = 50_000;
/// Two lines each.
const SALES: [i64; 2] = [100_000, 1_000_000];
const PAGE: i64 = 100;

const LOOK_MOST: Duration = Duration::from_millis(50);
const ALL_MOST: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() {
    println!("| {LOTS} lots, {PRODUCTS} products, {PRODUCERS} producers | p50 | p99 | goal | |");
    println!("|---|---|---|---|---|");
    for sales in SALES {
        let store = filled(sales).await;
        let lines = 2 * sales;
        row(&format!("{lines} lines: a page of a stock card"), &mut cards(&store).await, LOOK_MOST);
        let mut statements = statements(&store).await;
        row("the same: what is open with a producer", &mut statements, LOOK_MOST);
        let all = settle_all(&store).await;
        println!(
            "| the same: settled with all producers | {:.1} s | | < {} s | {} |",
            all.as_secs_f64(),
            ALL_MOST.as_secs(),
            verdict(all < ALL_MOST)
        );
    }
}

fn product(number: u128) -> Uuid {
    Uuid::from_u128(0xA000 << 96 | number)
}

fn producer(number: u128) -> Uuid {
    Uuid::from_u128(0xB000 << 96 | number)
}

/// A store with so many sales of two lines. The rows are written as they stand after folding, since selling a million times
/// would take hours.
async fn filled(sales: i64) -> TestStore {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    let mut tx = store.app.db().begin().await.unwrap();
    for number in 0..PRODUCTS {
        sqlx::query("insert into products (product_id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
                refuse_expired, in_catalogue)
             values ($1, $2, $2, $2, 'hộp', 'piece', 100000, 1, 'standard', 0, 1)")
            .bind(product(number))
            .bind(format!("SP{number}"))
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    sqlx::query(
        "create temp table numbered as
         with recursive n(n) as (select 0 union all select n + 1 from n where n < $1 - 1) select n from n",
    )
    .bind(LOTS.max(sales))
    .execute(&mut *tx)
    .await
    .unwrap();
    // A lot's product and producer follow from its number, as text of sixteen bytes.
    for statement in [
        "insert into lots (lot_id, product_id, producer_id, received_on)
         select unhex(printf('c000000000000000%016x', n)), unhex(printf('0000a00000000000%016x', n % 2000)),
                unhex(printf('0000b00000000000%016x', n % 2000 % 500)), '2026-01-01' from numbered where n < 50000",
        "insert into entries (stream_no, seq, hash, kind, envelope, shared)
         select 1, 10 + n, zeroblob(32), 'sale', '{\"wall_utc_ms\":1795000000000,\"business_date\":\"2026-11-23\"}',
                '{\"receipt\":\"LS-CK99-' || n || '\"}' from numbered where n < $1",
        "insert into stock_moves (stream_no, seq, move_no, product_id, lot_id, producer_id, cause, quantity_milli, gross_vnd,
            discount_vnd, commission_ppm, commission_vnd, commission_tax_vnd, due_vnd)
         select 1, 10 + n, line, unhex(printf('0000a00000000000%016x', lot % 2000)),
                unhex(printf('c000000000000000%016x', lot)), unhex(printf('0000b00000000000%016x', lot % 2000 % 500)), 'sold',
                -1000, 100000, 0, 100000, 10000, 800, 89200
         from (select n, line, (n * 7919 + line * 104729) % 50000 as lot
               from numbered, (select 1 as line union all select 2) where n < $1)",
        "insert into producers (producer_id, name, name_fold)
         select unhex(printf('0000b00000000000%016x', n)), 'Hộ ' || n, 'ho ' || n from numbered where n < 500",
        "insert into balances (account, producer_id, amount_vnd)
         select 'producer_due', producer_id, -sum(due_vnd) from stock_moves where true group by producer_id
         on conflict (account, producer_id) do update set amount_vnd = excluded.amount_vnd",
    ] {
        let query = sqlx::query(statement);
        let query = if statement.contains("$1") { query.bind(sales) } else { query };
        query.execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

async fn cards(store: &TestStore) -> Vec<Duration> {
    let mut times = Vec::new();
    for number in (0..PRODUCTS).step_by(10) {
        let mut connection = store.app.db().read().acquire().await.unwrap();
        let id = product(number).into();
        let began = Instant::now();
        let rows = stock_moves::list_of_product(&mut connection, id, None, PAGE).await.unwrap();
        let newest = rows.first().unwrap().place();
        stock_moves::load_balance(&mut connection, id, newest).await.unwrap();
        stock_moves::list_sums(&mut connection, id).await.unwrap();
        times.push(began.elapsed());
        assert_eq!(rows.len(), usize::try_from(PAGE).unwrap());
    }
    times
}

async fn statements(store: &TestStore) -> Vec<Duration> {
    let mut times = Vec::new();
    for number in 0..PRODUCERS {
        let mut connection = store.app.db().read().acquire().await.unwrap();
        let began = Instant::now();
        let open = Open::load(&mut connection, producer(number).into()).await.unwrap();
        times.push(began.elapsed());
        assert_eq!(open.rows.len(), 4);
    }
    times
}

/// Settles with every producer, one after another, without a payment: each is an entry, a paper and a commit of its own.
async fn settle_all(store: &TestStore) -> Duration {
    let manager = Seat {
        cashier_id: id_of(MANAGER).into(),
        cashier: MANAGER.to_owned(),
        manager: true,
        ..store.seat.clone()
    };
    let began = Instant::now();
    for number in 0..PRODUCERS {
        let producer_id = producer(number).into();
        let mut connection = store.app.db().read().acquire().await.unwrap();
        // As the page shows it first.
        let open = Open::load(&mut connection, producer_id).await.unwrap();
        drop(connection);
        let payout = Payout {
            producer_id,
            settles: true,
            amount: Money::ZERO,
            means: Means::Cash,
            shown: open.account.balance().unwrap(),
            language: Language::Vi,
            word: Word::default(),
        };
        let state = pay_producer(&store.app, &manager, &store.op(), &payout).await.unwrap();
        let is_closed = matches!(state.note, Note::Settling(Settling::SettlementClosed { .. }));
        assert!(is_closed, "{:?}", state.note);
    }
    let took = began.elapsed();
    let settled: i64 = sqlx::query_scalar("select count(*) from producer_payments where is_settlement")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert_eq!(u128::try_from(settled).unwrap(), PRODUCERS);
    took
}

fn row(what: &str, times: &mut [Duration], most: Duration) {
    times.sort_unstable();
    let (half, slow) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    let (half_ms, slow_ms) = (half.as_secs_f64() * 1_000.0, slow.as_secs_f64() * 1_000.0);
    println!(
        "| {what} | {half_ms:.1} ms | {slow_ms:.1} ms | p50 < {} ms | {} |",
        most.as_millis(),
        verdict(half < most)
    );
}

const fn verdict(holds: bool) -> &'static str {
    if holds { "HOLDS" } else { "MISSED" }
}
