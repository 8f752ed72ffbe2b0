//! Sales of all stores together: sums over past months that a worker makes of the stores' own totals, and that answer in place of
//! those for as long as no store has told of more.

use std::collections::BTreeSet;

use domain::catalog::{month_after, month_of};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, Tx, args, sql};
use crate::error::Result;

/// Months that are added up at a time.
const MONTHS_MAX: i64 = 24;

/// Returns the months between two days, the second one left out, whose sums hold: no store has told of more lines since.
///
/// # Errors
/// When the database fails.
pub(crate) async fn holding(tx: &mut Tx, (from, after): (Date, Date)) -> Result<BTreeSet<Date>> {
    let rows: Vec<(Date,)> = tx
        .all(sql!(
            "select overall_months.month from overall_months
             join (select month, sum(line_count) as line_count from sales_months where month >= $1 and month < $2 group by month) told
                on told.month = overall_months.month and told.line_count = overall_months.line_count
             order by overall_months.month",
            from,
            after
        ))
        .await?;
    Ok(rows.into_iter().map(|(month,)| month).collect())
}

/// Adds up the months before that of a day which have no sums yet, or had more lines since; the latest first. Returns how many.
///
/// # Errors
/// When the database fails for any of them; the others are done.
pub async fn add_up(db: &Db, today: Date) -> Result<usize> {
    let due: Vec<(Date,)> = db
        .all(sql!(
            "select told.month from
                (select month, sum(line_count) as line_count from sales_months where month < $1 group by month) told
             left join overall_months on overall_months.month = told.month
             where overall_months.line_count is null or overall_months.line_count <> told.line_count
             order by told.month desc limit $2",
            month_of(today),
            MONTHS_MAX
        ))
        .await?;
    let (mut count, mut failed) = (0, None);
    for (month,) in &due {
        // One month that fails leaves no other one behind.
        match add_up_month(db, *month).await {
            Ok(()) => count += 1,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(count), Err)
}

/// Only the finished sums need the writer.
async fn add_up_month(db: &Db, month: Date) -> Result<()> {
    let sums = Sums::read(&mut db.begin_reading().await?, month).await?;
    let mut tx = db.begin().await?;
    if sums.write(&mut tx, month).await? { tx.commit().await } else { Ok(()) }
}

/// Forgets all of it, because the books are made anew: the same number of lines may say something else then.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update overall_books set generation = generation + 1")).await?;
    tx.exec(sql!("delete from overall_months")).await?;
    Ok(())
}

#[derive(FromRow)]
struct ProductMonth {
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

/// What a month holds. A few thousand rows: they pass through here, because where stores lie on many nodes no statement writes to one
/// what it reads on others.
struct Sums {
    generation: i64,
    line_count: i64,
    sold: Vec<ProductMonth>,
    receipts: Vec<(Uuid, i64)>,
    standings: Vec<StandingDay>,
}

impl Sums {
    async fn read(tx: &mut Tx, month: Date) -> Result<Self> {
        let (generation,): (i64,) = tx.one(sql!("select generation from overall_books")).await?;
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
        let standings = tx
            .all(sql!(
                "select sales_daily.store_id, sales_daily.day,
                    product_facts.categories,
                    coalesce(product_facts.stars, 0) as stars,
                    cast(sum(sales_daily.quantity_milli) as bigint) as quantity_milli,
                    cast(sum(sales_daily.revenue_vnd) as bigint) as revenue_vnd
                 from sales_daily join product_facts on product_facts.id = sales_daily.product_facts_id
                 where sales_daily.store_id in (select store_id from sales_months where month = $1)
                    and sales_daily.day >= $1 and sales_daily.day < $2
                 group by sales_daily.store_id, sales_daily.day, product_facts.categories, coalesce(product_facts.stars, 0)
                 order by 1, 2, 3, 4",
                month,
                month_after(month)
            ))
            .await?;
        Ok(Self { generation, line_count, sold, receipts, standings })
    }

    /// Returns false, with nothing to keep, where the books were made anew meanwhile.
    async fn write(&self, tx: &mut Tx, month: Date) -> Result<bool> {
        // First of all, so that of several services one is at it, and a rebuild waits or is seen.
        let taken =
            sql!("update overall_books set generation = generation where generation = $1", self.generation);
        if tx.exec(taken).await? == 0 {
            return Ok(false);
        }
        tx.exec(sql!(
            "insert into overall_months (month, line_count) values ($1, $2)
             on conflict (month) do update set line_count = excluded.line_count",
            month,
            self.line_count
        ))
        .await?;
        for statement in [
            sql!("delete from overall_sales where month = $1", month),
            sql!("delete from overall_receipts where month = $1", month),
            sql!(
                "delete from standing_days where store_id in (select id from stores) and day >= $1 and day < $2",
                month,
                month_after(month)
            ),
        ] {
            tx.exec(statement).await?;
        }
        let sold = self.sold.iter().map(|row| {
            args![month, row.product_id, row.product_facts_id, row.quantity_milli, row.revenue_vnd]
        });
        tx.insert_rows(
            "insert into overall_sales (month, product_id, product_facts_id, quantity_milli, revenue_vnd)",
            sold.collect(),
            "",
        )
        .await?;
        let receipts = self.receipts.iter().map(|(product, count)| args![month, *product, *count]);
        let insert = "insert into overall_receipts (month, product_id, receipt_count)";
        tx.insert_rows(insert, receipts.collect(), "").await?;
        let standings = self.standings.iter().map(|row| {
            args![row.store_id, row.day, &row.categories, row.stars, row.quantity_milli, row.revenue_vnd]
        });
        let insert =
            "insert into standing_days (store_id, day, categories, stars, quantity_milli, revenue_vnd)";
        tx.insert_rows(insert, standings.collect(), "").await?;
        Ok(true)
    }
}
