//! Sale lines of some stores over some time, made by the database itself, day by day, in the order of keys in which ingest writes
//! them; and the totals of them.

use central::db::engine::Sql;
use central::db::{Db, Tx};
use domain::catalog::month_after;
use domain::ids::StoreId;
use std::time::Duration;
use time::Date;
use time::macros::date;
use uuid::Uuid;

use crate::support::{World, new_store};

/// Products whose codes begin with `P`, which lines are drawn from.
pub(crate) const PRODUCTS: usize = 2_000;
/// What each line brings.
pub(crate) const PRICE_VND: i64 = 10_000;
pub(crate) const FIRST_DAY: Date = date!(2026 - 01 - 01);
pub(crate) const LAST_DAY: Date = date!(2026 - 12 - 31);

/// How many stores sell, and from when until when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) stores: i64,
    /// The first day of a month.
    pub(crate) first_day: Date,
    pub(crate) last_day: Date,
}

/// A year in ten stores.
pub(crate) const YEAR: Span = Span { stores: 10, first_day: FIRST_DAY, last_day: LAST_DAY };

impl Span {
    fn days(self) -> i64 {
        (self.last_day - self.first_day).whole_days() + 1
    }
}

/// Adds the stores.
pub(crate) async fn add_stores(world: &World, span: Span) -> Vec<StoreId> {
    let mut stores = Vec::new();
    for number in 0..span.stores {
        let store = new_store(world.operator, &format!("S{number}"));
        stores.push(world.admin.add_store(&store).await.unwrap());
    }
    stores
}

/// Fills so many lines in, with totals by day and month; table `picks` numbers the products.
pub(crate) async fn fill(db: &Db, stores: &[StoreId], span: Span, lines: i64) {
    for statement in [PICKS, "create unique index picks_n on picks (n)"] {
        db.exec(Sql::new(statement)).await.unwrap();
    }
    for (number, store) in (0..).zip(stores) {
        let mut month = span.first_day;
        while month <= span.last_day {
            let mut tx = db.begin().await.unwrap();
            fill_month(&mut tx, (store.uuid(), number), (span, lines), month).await;
            tx.commit().await.unwrap();
            month = month_after(month);
        }
    }
    db.exec(Sql::new(STORE_DAYS)).await.unwrap();
}

/// Lets PostgreSQL look at what it has.
pub(crate) async fn analyse(db: &Db) {
    if let Db::Postgres(_) = db {
        db.exec(Sql::new("analyze")).await.unwrap();
    }
}

async fn fill_month(tx: &mut Tx, (store, number): (Uuid, i64), (span, lines): (Span, i64), month: Date) {
    // Each store has numbers of its own, and with them other products on a day.
    let before = |day: Date| {
        let days = i64::from(day.to_julian_day() - span.first_day.to_julian_day());
        number * 10_000_000 + lines / span.stores * days / span.days()
    };
    let after = month_after(month).min(span.last_day.next_day().unwrap());
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
    let months = Sql::new(MONTHS).bind(store).push(" and month = ").bind(month);
    tx.exec(months.push(" group by store_id, month")).await.unwrap();
    let sales = Sql::new(DAYS_OF_RECEIPTS).bind(store).push(" and day >= ").bind(month);
    tx.exec(sales.push(" and day < ").bind(after).push(" group by store_id, day")).await.unwrap();
}

pub(crate) fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

/// The products with a number each, so that arithmetic picks one for a line.
const PICKS: &str = "create table picks as
    select cast(row_number() over (order by products.sku) - 1 as bigint) as n, products.id as product_id,
        products.producer_id, product_facts.id as facts_id
    from products join product_facts on product_facts.product_id = products.id where products.sku like 'P%'
        and not product_facts.is_retired and product_facts.valid_from = (select max(latest.valid_from)
            from product_facts latest where latest.product_id = products.id and not latest.is_retired and latest.valid_from <= '2026-01-01')";

const LINES: &str = "with recursive numbers (n) as (select cast(";
const LINES_TO: &str = " as bigint) union all select n + 1 from numbers where n < ";
const LINES_INTO: &str =
    ") insert into sale_lines (store_id, incarnation, seq, line_no, product_id, product_facts_id,
    producer_id, lot_id, day, quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd, commission_vnd,
    commission_tax_vnd) select ";
const LINES_OF: &str =
    ", numbers.n, 1, picks.product_id, picks.facts_id, picks.producer_id, picks.product_id, ";
const LINES_FROM: &str = ", 1000, 10000, 0, 741, case when picks.producer_id is null then 0 else 8920 end,
    case when picks.producer_id is null then 0 else 1000 end, case when picks.producer_id is null then 0 else 80 end
    from numbers join picks on picks.n = (numbers.n * 1103515245 + 12345) % 2147483648 / 65536 % 2000";

const DAILY: &str =
    "insert into sales_daily (store_id, day, product_id, product_facts_id, producer_id, quantity_milli,
    revenue_vnd, producer_due_vnd, line_count) select store_id, day, product_id, product_facts_id, coalesce(producer_id, ";
const DAILY_FROM: &str = "), cast(sum(quantity_milli) as bigint), cast(sum(gross_vnd) as bigint),
    cast(sum(producer_due_vnd) as bigint), count(*)
    from sale_lines where store_id = ";
const DAILY_GROUP: &str = " group by store_id, day, product_id, product_facts_id, producer_id";

const MONTHLY: &str = "insert into sales_monthly (store_id, month, product_id, product_facts_id, producer_id,
    quantity_milli, revenue_vnd, producer_due_vnd, line_count) select store_id, ";
const MONTHLY_FROM: &str = ", product_id, product_facts_id, producer_id, cast(sum(quantity_milli) as bigint),
    cast(sum(revenue_vnd) as bigint), cast(sum(producer_due_vnd) as bigint), cast(sum(line_count) as bigint)
    from sales_daily where store_id = ";
const MONTHLY_GROUP: &str = " group by store_id, product_id, product_facts_id, producer_id";

const RECEIPTS_DAILY: &str = "insert into product_receipts_daily (store_id, day, product_id, receipt_count)
    select store_id, day, product_id, line_count from sales_daily where store_id = ";
const MONTHS: &str = "insert into sales_months (store_id, month, line_count, quantity_milli, revenue_vnd)
    select store_id, month, cast(sum(line_count) as bigint), cast(sum(quantity_milli) as bigint), cast(sum(revenue_vnd) as bigint)
    from sales_monthly where store_id = ";
/// Each line is a receipt of its own.
const DAYS_OF_RECEIPTS: &str =
    "insert into receipts_daily (store_id, day, receipt_count, payable_vnd, programme_vnd, line_count)
    select store_id, day, cast(sum(line_count) as bigint), cast(sum(revenue_vnd) as bigint), cast(sum(revenue_vnd) as bigint),
    cast(sum(line_count) as bigint) from sales_daily where store_id = ";
const RECEIPTS_MONTHLY: &str =
    "insert into product_receipts_monthly (store_id, month, product_id, receipt_count)
    select store_id, month, product_id, line_count from sales_monthly where store_id = ";
const STORE_DAYS: &str = "insert into store_days (store_id, first_day, last_day)
    select store_id, min(day), max(day) from receipts_daily where true group by store_id
    on conflict (store_id) do update set first_day = excluded.first_day, last_day = excluded.last_day";
