//! What promotion brought in a period of whole months: what was paid to producers, what sold for the first time, what campaigns cost, and
//! what products sold around their recognitions.

use domain::catalog::month_after;
use domain::ids::{ProductId, StoreId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Sql, Tx, sql};
use super::entries::{DAY_MAX, DAY_MIN};
use super::sales::{Range, holding, push_months};
use super::same_producers;
use crate::error::Result;

/// What was paid to producers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Paid {
    /// By settlements and in advance, đồng.
    pub paid_vnd: i64,
    /// To how many of them.
    pub producer_count: i64,
}

/// Returns what stores paid to producers from the first to the last day, as they told.
///
/// # Errors
/// When the database fails.
pub async fn paid(tx: &mut Tx, stores: &[StoreId], (from, to): (Date, Date)) -> Result<Paid> {
    let sql = Sql::new(
        "select cast(coalesce(sum(settlements.paid_vnd), 0) as bigint) as paid_vnd,
            cast(count(distinct coalesce(producers.same_as, settlements.producer_id)) as bigint) as producer_count
         from settlements left join producers on producers.id = settlements.producer_id
         where settlements.paid_vnd <> 0 and settlements.store_id",
    );
    let sql = sql.is_in(stores.iter().copied()).push(" and settlements.day >= ").bind(from);
    tx.one(sql.push(" and settlements.day <= ").bind(to)).await
}

/// A product with the first month in which it sold.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct FirstSold {
    /// The product; the catalogue's, where a store's own was merged into it.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub producer_id: Option<Uuid>,
    /// That producer's name.
    pub producer: Option<String>,
    /// The first day of the month.
    pub month: Date,
}

/// Returns every product that ever sold with the first month in which it did, the latest first; `stores` are all of them. A month in
/// which as much came back as was sold is none: a voided sale never was one.
///
/// # Errors
/// When the database fails.
pub async fn first_sold(tx: &mut Tx, stores: &[StoreId]) -> Result<Vec<FirstSold>> {
    let range = range_of(tx, (DAY_MIN, DAY_MAX)).await?;
    let sql = Sql::new("with months as (select product_id, month, sum(quantity_milli) as quantity from (");
    let sql = push_months(sql, &range, stores).push(concat!(
        ") as cells group by product_id, month),
        sold as (select product_id, min(month) as month from months where quantity > 0 group by product_id)
        select products.id as product_id, products.name, producers.id as producer_id, producers.name as producer,
            min(sold.month) as month
        from sold join products told on told.id = sold.product_id
        join products on products.id = coalesce(told.merged_into, told.id)",
        same_producers::join_counted!("products.producer_id"),
        " group by products.id, products.name, products.name_fold, producers.id, producers.name
        order by min(sold.month) desc, products.name_fold, products.id"
    ));
    tx.all(sql).await
}

/// Returns the months in which anything was sold, from the first to the last one.
async fn range_of(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Range> {
    let sql =
        sql!("select min(month), max(month) from sales_months where month >= $1 and month <= $2", from, to);
    let (first, last): (Option<Date>, Option<Date>) = tx.one(sql).await?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(Range::of(DAY_MAX, DAY_MIN)) };
    let after = month_after(last);
    let holding = holding(tx, (first, after)).await?;
    Ok(Range::with_months((first, after.previous_day().unwrap_or(after)), &holding))
}

/// What campaigns of a kind cost.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Spent {
    /// Code of the kind.
    pub kind: String,
    /// How many campaigns.
    pub campaign_count: i64,
    /// What they cost, đồng.
    pub cost_vnd: i64,
}

/// Returns what campaigns cost that began from the first to the last day, by kind; those that were called off are left out, so that each
/// stands in one period alone.
///
/// # Errors
/// When the database fails.
pub async fn spent(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Vec<Spent>> {
    let sql = sql!(
        "select kind, cast(count(*) as bigint) as campaign_count, cast(sum(cost_vnd) as bigint) as cost_vnd
         from campaigns where first_day >= $1 and first_day <= $2 and (ended_on is null or ended_on >= first_day)
         group by kind order by kind",
        from,
        to
    );
    tx.all(sql).await
}

/// How often anything was looked at, and how many asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Interest {
    /// Scans of packs.
    pub scan_count: i64,
    /// Enquiries of all campaigns.
    pub enquiry_count: i64,
}

/// Returns how often packs were scanned and how many asked from the first to the last day.
///
/// # Errors
/// When the database fails.
pub async fn interest(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Interest> {
    let sql = sql!(
        "select (select cast(coalesce(sum(scans), 0) as bigint) from page_scans where day >= $1 and day <= $2) as scan_count,
            (select cast(coalesce(sum(enquiry_count), 0) as bigint) from campaign_enquiries where day >= $1 and day <= $2)
                as enquiry_count",
        from,
        to
    );
    tx.one(sql).await
}

/// A recognition that counts.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Recognised {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Code of the category.
    pub category: String,
    /// Stars.
    pub stars: Option<i64>,
    /// The decision.
    pub decision_number: String,
    /// Its first day.
    pub valid_from: Date,
}

/// Returns the recognitions that begin from the first to the last day, the latest first; at most `limit`. Withdrawn ones are left out.
///
/// # Errors
/// When the database fails.
pub async fn recognised(tx: &mut Tx, (from, to): (Date, Date), limit: i64) -> Result<Vec<Recognised>> {
    let sql = sql!(
        "select products.id as product_id, products.name, recognitions.category, recognitions.stars,
            recognitions.decision_number, recognitions.valid_from
         from recognitions join products on products.id = recognitions.product_id
         where recognitions.valid_from >= $1 and recognitions.valid_from <= $2 and not recognitions.is_withdrawn
         order by recognitions.valid_from desc, products.name_fold, recognitions.id limit $3",
        from,
        to,
        limit
    );
    tx.all(sql).await
}

/// What a product sold in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct MonthSales {
    /// The product; the catalogue's, where a store's own was merged into it.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// The first day of the month.
    pub month: Date,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

/// Returns what some products sold in each month from the first to the last one; months without a sale are left out. `stores` are all of
/// them.
///
/// # Errors
/// When the database fails.
pub async fn months_of(
    tx: &mut Tx,
    stores: &[StoreId],
    products: &[ProductId],
    months: (Date, Date),
) -> Result<Vec<MonthSales>> {
    let ids = || products.iter().map(|id| id.uuid());
    let range = range_of(tx, months).await?;
    let sql = Sql::new(
        "select coalesce(told.merged_into, told.id) as product_id, sold.month,
            cast(sum(sold.revenue_vnd) as bigint) as revenue_vnd
         from (",
    );
    let sql = push_months(sql, &range, stores)
        .push(") as sold join products told on told.id = sold.product_id where (told.id")
        .is_among(ids())
        .push(" or told.merged_into")
        .is_among(ids())
        .push(") group by coalesce(told.merged_into, told.id), sold.month order by 1, 2");
    tx.all(sql).await
}

/// Returns what everything sold in each month from the first to the last one, with the first day of the month.
///
/// # Errors
/// When the database fails.
pub async fn months(tx: &mut Tx, stores: &[StoreId], (from, to): (Date, Date)) -> Result<Vec<(Date, i64)>> {
    let sql = Sql::new("select month, cast(sum(revenue_vnd) as bigint) from sales_months where store_id");
    let sql =
        sql.is_in(stores.iter().copied()).push(" and month >= ").bind(from).push(" and month <= ").bind(to);
    tx.all(sql.push(" group by month order by month")).await
}
