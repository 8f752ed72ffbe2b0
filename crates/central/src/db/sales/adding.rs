//! A worker adds up what all stores sold in past years, months and parts of months, from the stores' own totals.

use domain::catalog::{month_after, month_of};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::overall::{kept, told_by_day, told_by_month};
use super::span::Span;
use crate::db::engine::{Db, Tx, args, sql};
use crate::db::entries::DAY_MIN;
use crate::error::Result;

/// Months that are added up at a time.
const MONTHS_MAX: usize = 24;

/// Adds up the years and months before those of a day which have no sums yet, or had more lines since, the latest first; and what is
/// over of the day's own month. Returns for how many years and months something was added up.
///
/// # Errors
/// When the database fails for any of them; the others are done.
pub async fn add_up(db: &Db, today: Date) -> Result<usize> {
    let (mut count, mut failed) = (0, None);
    for (span, first) in due(db, today).await? {
        // One that fails leaves no other one behind.
        match add_up_span(db, (span, first), today).await {
            Ok(is_new) => count += usize::from(is_new),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(count), Err)
}

/// Returns what to look at: months first, because years are made of them.
async fn due(db: &Db, today: Date) -> Result<Vec<(Span, Date)>> {
    let tx = &mut db.begin_reading().await?;
    let kept = kept(tx, (DAY_MIN, today)).await?;
    let told = told_by_month(tx, (DAY_MIN, month_of(today))).await?;
    let due = |span: Span| {
        let spans = told.spans(span).into_iter().rev();
        spans
            .filter(|(first, lines)| span.after(*first) <= today && kept.get(&(span, *first)) != Some(lines))
            .map(|(first, _)| (span, first))
            .collect::<Vec<_>>()
    };
    let months = due(Span::Month).into_iter().take(MONTHS_MAX);
    Ok(months.chain([(Span::Month, month_of(today))]).chain(due(Span::Year)).collect())
}

/// Returns false where there was nothing to add up. Only the finished sums need the writer.
async fn add_up_span(db: &Db, (span, first): (Span, Date), today: Date) -> Result<bool> {
    let sums = Sums::read(&mut db.begin_reading().await?, (span, first), today).await?;
    if sums.spans.is_empty() {
        return Ok(false);
    }
    let mut tx = db.begin().await?;
    if sums.write(&mut tx).await? {
        tx.commit().await?;
    }
    Ok(true)
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

/// What is due of a year or month. Some thousand rows: they pass through here, because where stores lie on many nodes no statement writes to
/// one what it reads on others.
struct Sums {
    generation: i64,
    spans: Vec<SpanSums>,
}

/// What a span holds; days by what they counted as stand with halves alone.
struct SpanSums {
    span: Span,
    first: Date,
    line_count: i64,
    sold: Vec<ProductSum>,
    receipts: Vec<(Uuid, i64)>,
    standings: Vec<StandingDay>,
}

impl Sums {
    /// Reads a year; or a month, unless it is that of today, and those of its parts that are over and not added up as they are.
    async fn read(tx: &mut Tx, (span, first): (Span, Date), today: Date) -> Result<Self> {
        let (generation,): (i64,) = tx.one(sql!("select generation from overall_books")).await?;
        let mut spans = Vec::new();
        if span == Span::Year {
            spans.extend(SpanSums::of_year(tx, first).await?);
            return Ok(Self { generation, spans });
        }
        let piece = (first, month_after(first));
        let kept = kept(tx, piece).await?;
        let told = told_by_day(tx, piece).await?;
        for part in Span::PARTS {
            for (first, line_count) in told.spans(part) {
                if part.after(first) <= today && kept.get(&(part, first)) != Some(&line_count) {
                    spans.push(SpanSums::of_part(tx, (part, first), line_count).await?);
                }
            }
        }
        if month_after(first) <= today {
            spans.push(SpanSums::of_month(tx, first).await?);
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
    /// Returns nothing for as long as any of its months does not hold.
    async fn of_year(tx: &mut Tx, first: Date) -> Result<Option<Self>> {
        let after = Span::Year.after(first);
        let (kept, told) = (kept(tx, (first, after)).await?, told_by_month(tx, (first, after)).await?);
        let holds = |(month, lines): (Date, i64)| kept.get(&(Span::Month, month)) == Some(&lines);
        if !told.spans(Span::Month).into_iter().all(holds) {
            return Ok(None);
        }
        let sold = tx
            .all(sql!(
                "select product_id, product_facts_id, cast(sum(quantity_milli) as bigint) as quantity_milli,
                    cast(sum(revenue_vnd) as bigint) as revenue_vnd
                 from overall_sales where span = 'month' and first_day >= $1 and first_day < $2
                 group by product_id, product_facts_id order by product_id, product_facts_id",
                first,
                after
            ))
            .await?;
        let receipts = tx
            .all(sql!(
                "select product_id, cast(sum(receipt_count) as bigint) from overall_receipts
                 where span = 'month' and first_day >= $1 and first_day < $2 group by product_id order by product_id",
                first,
                after
            ))
            .await?;
        let line_count = told.lines(Span::Year, first);
        Ok(Some(Self { span: Span::Year, first, line_count, sold, receipts, standings: Vec::new() }))
    }

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

    async fn of_part(tx: &mut Tx, (span, first): (Span, Date), line_count: i64) -> Result<Self> {
        let after = span.after(first);
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
        let standings = if span == Span::Half { standings(tx, (first, after)).await? } else { Vec::new() };
        Ok(Self { span, first, line_count, sold, receipts, standings })
    }

    /// Puts these sums in place of those of before, unless they are older: another service may have been faster.
    async fn write(&self, tx: &mut Tx) -> Result<()> {
        let (span, first) = (self.span.code(), self.first);
        let counted = sql!(
            "insert into overall_spans (span, first_day, line_count) values ($1, $2, $3)
             on conflict (span, first_day) do update set line_count = excluded.line_count
             where overall_spans.line_count < excluded.line_count",
            span,
            first,
            self.line_count
        );
        if tx.exec(counted).await? == 0 {
            return Ok(());
        }
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
        if self.span == Span::Half { self.write_standings(tx).await } else { Ok(()) }
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

/// Returns what each store sold on the days of a piece within one month, by what it counted as.
async fn standings(tx: &mut Tx, (first, after): (Date, Date)) -> Result<Vec<StandingDay>> {
    tx.all(sql!(
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
    .await
}
