//! Sales of all stores together: sums over past months and stretches of months that a worker makes of the stores' own totals, and
//! that answer in place of those for as long as no store has told of more.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalog::{month_after, month_of};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::span::{Span, stretch_of};
use crate::db::engine::{Db, Tx, args, sql};
use crate::error::Result;

/// Months that are added up at a time.
const MONTHS_MAX: i64 = 24;

/// Spans whose sums hold: no store has told of more lines since. Named by their first days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Holding {
    /// Whole months. The stretches of each hold, too.
    pub(super) months: BTreeSet<Date>,
    /// Stretches of months.
    pub(super) stretches: BTreeSet<Date>,
}

/// Returns what holds from the month of a day on, and begins before another day.
///
/// # Errors
/// When the database fails.
pub(crate) async fn holding(tx: &mut Tx, (from, before): (Date, Date)) -> Result<Holding> {
    let months: Vec<(Date,)> = tx
        .all(sql!(
            "select kept.first_day from overall_spans kept
             join (select month, sum(line_count) as line_count from sales_months where month >= $1 and month < $2 group by month) told
                on told.month = kept.first_day and told.line_count = kept.line_count
             where kept.span = 'month' order by kept.first_day",
            month_of(from),
            before
        ))
        .await?;
    let months: BTreeSet<Date> = months.into_iter().map(|(first,)| first).collect();
    let kept = kept_stretches(tx, (month_of(from), before)).await?;
    let (mut stretches, loose): (BTreeMap<_, _>, BTreeMap<_, _>) =
        kept.into_iter().partition(|(first, _)| months.contains(&month_of(*first)));
    if let (Some((first, _)), Some((last, _))) = (loose.first_key_value(), loose.last_key_value()) {
        let told = told(tx, (*first, Span::Stretch.after(*last))).await?;
        stretches.extend(loose.into_iter().filter(|(first, lines)| told.get(first) == Some(lines)));
    }
    Ok(Holding { months, stretches: stretches.into_keys().collect() })
}

/// Returns how many lines stretches held when they were added up.
async fn kept_stretches(tx: &mut Tx, (from, before): (Date, Date)) -> Result<BTreeMap<Date, i64>> {
    let kept: Vec<(Date, i64)> = tx
        .all(sql!(
            "select first_day, line_count from overall_spans
             where span = 'stretch' and first_day >= $1 and first_day < $2 order by first_day",
            from,
            before
        ))
        .await?;
    Ok(kept.into_iter().collect())
}

/// Returns how many lines stores told of, by stretch; without those of which there are none.
async fn told(tx: &mut Tx, (from, before): (Date, Date)) -> Result<BTreeMap<Date, i64>> {
    let days: Vec<(Date, i64)> = tx
        .all(sql!(
            "select day, cast(sum(line_count) as bigint) from receipts_daily
             where store_id in (select id from stores) and day >= $1 and day < $2 group by day order by day",
            from,
            before
        ))
        .await?;
    let mut told = BTreeMap::new();
    for (day, lines) in days {
        *told.entry(stretch_of(day)).or_insert(0) += lines;
    }
    told.retain(|_, lines| *lines > 0);
    Ok(told)
}

/// Adds up the months before that of a day which have no sums yet, or had more lines since, the latest first; and what is over
/// of the day's own month. Returns how many months that were.
///
/// # Errors
/// When the database fails for any of them; the others are done.
pub async fn add_up(db: &Db, today: Date) -> Result<usize> {
    let due: Vec<(Date,)> = db
        .all(sql!(
            "select told.month from
                (select month, sum(line_count) as line_count from sales_months where month < $1 group by month) told
             left join overall_spans kept on kept.span = 'month' and kept.first_day = told.month
             where kept.line_count is null or kept.line_count <> told.line_count
             order by told.month desc limit $2",
            month_of(today),
            MONTHS_MAX
        ))
        .await?;
    let (mut count, mut failed) = (0, None);
    let due = due.into_iter().map(|(month,)| month);
    for month in due.chain([month_of(today)]) {
        // One month that fails leaves no other one behind.
        match add_up_month(db, month, today).await {
            Ok(is_new) => count += usize::from(is_new),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(count), Err)
}

/// Returns false where there was nothing to add up. Only the finished sums need the writer.
async fn add_up_month(db: &Db, month: Date, today: Date) -> Result<bool> {
    let sums = Sums::read(&mut db.begin_reading().await?, month, today).await?;
    if sums.spans.is_empty() {
        return Ok(false);
    }
    let mut tx = db.begin().await?;
    if sums.write(&mut tx).await? {
        tx.commit().await?;
    }
    Ok(true)
}

/// Forgets all of it, because the books are made anew: the same number of lines may say something else then.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update overall_books set generation = generation + 1")).await?;
    tx.exec(sql!("delete from overall_spans")).await?;
    Ok(())
}

#[derive(FromRow)]
struct ProductSum {
    product_id: Uuid,
    product_facts_id: Uuid,
    quantity_milli: i64,
    revenue_vnd: i64,
}

#[derive(FromRow)]
struct StandingDay {
    store_id: Uuid,
    day: Date,
    categories: String,
    stars: i64,
    quantity_milli: i64,
    revenue_vnd: i64,
}

/// What is due of a month. Some thousand rows: they pass through here, because where stores lie on many nodes no statement writes to
/// one what it reads on others.
struct Sums {
    generation: i64,
    spans: Vec<SpanSums>,
}

/// What a span holds; days by what they counted as stand with stretches alone.
struct SpanSums {
    span: Span,
    first: Date,
    line_count: i64,
    sold: Vec<ProductSum>,
    receipts: Vec<(Uuid, i64)>,
    standings: Vec<StandingDay>,
}

impl Sums {
    /// Reads a month, unless it is that of today, and those of its stretches that are over and not added up as they are.
    async fn read(tx: &mut Tx, month: Date, today: Date) -> Result<Self> {
        let (generation,): (i64,) = tx.one(sql!("select generation from overall_books")).await?;
        let mut spans = Vec::new();
        let piece = (month, month_after(month));
        let kept = kept_stretches(tx, piece).await?;
        for (first, line_count) in told(tx, piece).await? {
            if Span::Stretch.after(first) <= today && kept.get(&first) != Some(&line_count) {
                spans.push(SpanSums::of_stretch(tx, first, line_count).await?);
            }
        }
        if month < month_of(today) {
            spans.push(SpanSums::of_month(tx, month).await?);
        }
        Ok(Self { generation, spans })
    }

    /// Returns false, with nothing to keep, where the books were made anew meanwhile.
    async fn write(&self, tx: &mut Tx) -> Result<bool> {
        // First of all, so that of several services one is at it, and a rebuild waits or is seen.
        let taken =
            sql!("update overall_books set generation = generation where generation = $1", self.generation);
        if tx.exec(taken).await? == 0 {
            return Ok(false);
        }
        for sums in &self.spans {
            sums.write(tx).await?;
        }
        Ok(true)
    }
}

impl SpanSums {
    async fn of_month(tx: &mut Tx, month: Date) -> Result<Self> {
        let (line_count,): (i64,) = tx
            .one(sql!(
                "select coalesce(cast(sum(line_count) as bigint), 0) from sales_months where month = $1",
                month
            ))
            .await?;
        let sold = tx
            .all(sql!(
                "select product_id, product_facts_id, cast(sum(quantity_milli) as bigint) as quantity_milli,
                    cast(sum(revenue_vnd) as bigint) as revenue_vnd
                 from sales_monthly where store_id in (select store_id from sales_months where month = $1) and month = $1
                 group by product_id, product_facts_id order by product_id, product_facts_id",
                month
            ))
            .await?;
        let receipts = tx
            .all(sql!(
                "select product_id, cast(sum(receipt_count) as bigint) from product_receipts_monthly
                 where store_id in (select store_id from sales_months where month = $1) and month = $1
                 group by product_id order by product_id",
                month
            ))
            .await?;
        Ok(Self { span: Span::Month, first: month, line_count, sold, receipts, standings: Vec::new() })
    }

    async fn of_stretch(tx: &mut Tx, first: Date, line_count: i64) -> Result<Self> {
        let after = Span::Stretch.after(first);
        let sold = tx
            .all(sql!(
                "select product_id, product_facts_id, cast(sum(quantity_milli) as bigint) as quantity_milli,
                    cast(sum(revenue_vnd) as bigint) as revenue_vnd
                 from sales_daily where store_id in (select store_id from sales_months where month = $1)
                    and day >= $2 and day < $3
                 group by product_id, product_facts_id order by product_id, product_facts_id",
                month_of(first),
                first,
                after
            ))
            .await?;
        let receipts = tx
            .all(sql!(
                "select product_id, cast(sum(receipt_count) as bigint) from product_receipts_daily
                 where store_id in (select store_id from sales_months where month = $1) and day >= $2 and day < $3
                 group by product_id order by product_id",
                month_of(first),
                first,
                after
            ))
            .await?;
        let standings = tx
            .all(sql!(
                "select sales_daily.store_id, sales_daily.day,
                    product_facts.categories,
                    coalesce(product_facts.stars, 0) as stars,
                    cast(sum(sales_daily.quantity_milli) as bigint) as quantity_milli,
                    cast(sum(sales_daily.revenue_vnd) as bigint) as revenue_vnd
                 from sales_daily join product_facts on product_facts.id = sales_daily.product_facts_id
                 where sales_daily.store_id in (select store_id from sales_months where month = $1)
                    and sales_daily.day >= $2 and sales_daily.day < $3
                 group by sales_daily.store_id, sales_daily.day, product_facts.categories, coalesce(product_facts.stars, 0)
                 order by 1, 2, 3, 4",
                month_of(first),
                first,
                after
            ))
            .await?;
        Ok(Self { span: Span::Stretch, first, line_count, sold, receipts, standings })
    }

    /// Puts these sums in place of those of before.
    async fn write(&self, tx: &mut Tx) -> Result<()> {
        let (span, first) = (self.span.code(), self.first);
        tx.exec(sql!(
            "insert into overall_spans (span, first_day, line_count) values ($1, $2, $3)
             on conflict (span, first_day) do update set line_count = excluded.line_count",
            span,
            first,
            self.line_count
        ))
        .await?;
        tx.exec(sql!("delete from overall_sales where span = $1 and first_day = $2", span, first)).await?;
        tx.exec(sql!("delete from overall_receipts where span = $1 and first_day = $2", span, first)).await?;
        let sold = self.sold.iter().map(|row| {
            args![span, first, row.product_id, row.product_facts_id, row.quantity_milli, row.revenue_vnd]
        });
        tx.insert_rows(
            "insert into overall_sales (span, first_day, product_id, product_facts_id, quantity_milli, revenue_vnd)",
            sold.collect(),
            "",
        )
        .await?;
        let receipts = self.receipts.iter().map(|(product, count)| args![span, first, *product, *count]);
        let insert = "insert into overall_receipts (span, first_day, product_id, receipt_count)";
        tx.insert_rows(insert, receipts.collect(), "").await?;
        if self.span == Span::Stretch { self.write_standings(tx).await } else { Ok(()) }
    }

    async fn write_standings(&self, tx: &mut Tx) -> Result<()> {
        tx.exec(sql!(
            "delete from standing_days where store_id in (select id from stores) and day >= $1 and day < $2",
            self.first,
            self.span.after(self.first)
        ))
        .await?;
        let standings = self.standings.iter().map(|row| {
            args![row.store_id, row.day, &row.categories, row.stars, row.quantity_milli, row.revenue_vnd]
        });
        let insert =
            "insert into standing_days (store_id, day, categories, stars, quantity_milli, revenue_vnd)";
        tx.insert_rows(insert, standings.collect(), "").await
    }
}
