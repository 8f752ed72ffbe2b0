//! What was sold in a range of days, who came, what promotions gave and how consigned goods moved.

use domain::Quantity;
use domain::catalog::{month_after, month_of};
use domain::ids::StoreId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::counted_as;
use crate::db::engine::{Sql, Tx};
use crate::db::sales::{Range, holding, push_goods, push_stores};
use crate::error::Result;

/// What a product sold as what it counted as then.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Sold {
    /// The product; the catalogue's, where a store's own was merged into it.
    pub product_id: Uuid,
    /// Its name today.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// The category that led when it was sold.
    pub category: Option<String>,
    /// Stars of then.
    pub stars: Option<i64>,
    /// Code of its group.
    pub group_code: Option<String>,
    /// Where it comes from; empty where nobody said.
    pub commune: String,
    /// Who makes it.
    pub producer_id: Option<Uuid>,
    /// That producer's name.
    pub producer: Option<String>,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

/// Returns what was sold from the first to the last day, by product and what it counted as; `stores` are all of them.
///
/// # Errors
/// When the database fails.
pub async fn sold(tx: &mut Tx, stores: &[StoreId], (from, to): (Date, Date)) -> Result<Vec<Sold>> {
    let sql = Sql::new(
        "with sold as (select product_id, product_facts_id, sum(quantity_milli) as quantity,
            sum(revenue_vnd) as revenue from (",
    );
    let holding = holding(tx, (from, to)).await?;
    let sql = push_goods(sql, &Range::with_overall((from, to), &holding), stores, None).push(concat!(
        ") as cells group by product_id, product_facts_id)
        select products.id as product_id, products.name, products.unit,
            product_facts.leading_category as category, product_facts.stars, ",
        counted_as::group_code!(),
        " as group_code, ",
        counted_as::commune!(),
        " as commune, producers.id as producer_id, producers.name as producer,
            cast(sold.quantity as bigint) as quantity, cast(sold.revenue as bigint) as revenue_vnd
        from sold
        join product_facts on product_facts.id = sold.product_facts_id",
        counted_as::join_products!(),
        counted_as::join_producers!(),
        " order by products.id, sold.product_id, product_facts.id"
    ));
    tx.all(sql).await
}

/// What a store sold.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoreSold {
    /// The store.
    pub store_id: Uuid,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// Receipts.
    pub receipt_count: i64,
}

/// Returns what each store sold from the first to the last day; stores that sold nothing are left out.
///
/// # Errors
/// When the database fails.
pub async fn sold_by_store(
    tx: &mut Tx,
    stores: &[StoreId],
    (from, to): (Date, Date),
) -> Result<Vec<StoreSold>> {
    let sql = Sql::new(
        "with sold as (select store_id, sum(quantity_milli) as quantity, sum(revenue_vnd) as revenue from (",
    );
    let holding = holding(tx, (month_of(from), month_after(to))).await?;
    let sql = push_stores(sql, (from, to), &holding, stores)
        .push(
            ") as cells group by store_id), counted as (
            select store_id, sum(receipt_count) as receipts from receipts_daily where store_id",
        )
        .is_in(stores.iter().copied())
        .push(" and day >= ")
        .bind(from)
        .push(" and day <= ")
        .bind(to)
        .push(
            " group by store_id)
        select counted.store_id, cast(coalesce(sold.quantity, 0) as bigint) as quantity,
            cast(coalesce(sold.revenue, 0) as bigint) as revenue_vnd, cast(counted.receipts as bigint) as receipt_count
        from counted left join sold on sold.store_id = counted.store_id order by counted.store_id",
        );
    tx.all(sql).await
}

/// What all stores sold on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct DaySold {
    /// The day.
    pub day: Date,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

/// Returns what was sold on each day from the first to the last, in order; days without a sale are left out.
///
/// # Errors
/// When the database fails.
pub async fn sold_by_day(tx: &mut Tx, stores: &[StoreId], (from, to): (Date, Date)) -> Result<Vec<DaySold>> {
    let sql = Sql::new(
        "select day, cast(sum(programme_vnd) as bigint) as revenue_vnd from receipts_daily where store_id",
    );
    let sql = sql.is_in(stores.iter().copied()).push(" and day >= ").bind(from).push(" and day <= ").bind(to);
    tx.all(sql.push(" group by day order by day")).await
}

/// What the shifts of a store counted.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoreVisitors {
    /// The store.
    pub store_id: Uuid,
    /// Shifts that were closed.
    pub shift_count: i64,
    /// Shifts whose cashier said how many came.
    pub answered_count: i64,
    /// Visitors, about.
    pub visitor_count: i64,
    /// Tastings.
    pub tasting_count: i64,
}

/// Returns what shifts counted from the first to the last day.
///
/// # Errors
/// When the database fails.
pub async fn visitors(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Vec<StoreVisitors>> {
    let sql = Sql::new(
        "select store_id, cast(sum(shift_count) as bigint) as shift_count,
            cast(sum(answered_count) as bigint) as answered_count,
            cast(sum(visitor_count) as bigint) as visitor_count, cast(sum(tasting_count) as bigint) as tasting_count
         from visitors_daily where day >= ",
    );
    tx.all(sql.bind(from).push(" and day <= ").bind(to).push(" group by store_id order by store_id")).await
}

/// How producers' goods moved at an operator's stores, by cause.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Consigned {
    /// The operator.
    pub operator_id: Uuid,
    /// Its name.
    pub operator: String,
    /// Code of the cause ([`domain::stock_move::MoveCause`]).
    pub cause: String,
    /// To the shelf; negative for away from it. Of whatever units, added up.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// Lots, each once for an entry; deliveries that were taken back are taken off.
    pub move_count: i64,
    /// What buyers paid, đồng; negative for what came back, nothing for what was not sold.
    pub revenue_vnd: i64,
}

/// Returns how consigned goods moved from the first to the last day.
///
/// # Errors
/// When the database fails.
pub async fn consigned(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Vec<Consigned>> {
    let sql = Sql::new(
        "select operators.id as operator_id, operators.name as operator, consigned_daily.cause,
            cast(sum(consigned_daily.quantity_milli) as bigint) as quantity,
            cast(sum(consigned_daily.move_count) as bigint) as move_count,
            cast(sum(consigned_daily.revenue_vnd) as bigint) as revenue_vnd
         from consigned_daily join stores on stores.id = consigned_daily.store_id
         join operators on operators.id = stores.operator_id where consigned_daily.day >= ",
    );
    let sql = sql.bind(from).push(" and consigned_daily.day <= ").bind(to).push(
        " group by operators.id, operators.name, consigned_daily.cause
         order by operators.name, operators.id, consigned_daily.cause",
    );
    tx.all(sql).await
}

/// A promotion with what was sold under it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Promoted {
    /// Its name.
    pub name: String,
    /// Whose stores.
    pub operator: String,
    /// The one store, if it is for one.
    pub store: Option<String>,
    /// First day.
    pub first_day: Date,
    /// Last day, as it was planned.
    pub last_day: Date,
    /// How much was sold under it, of whatever units.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// How often: lines of sales.
    pub line_count: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What the promotion took off, đồng.
    pub off_vnd: i64,
}

/// Returns the promotions whose days meet those from the first to the last, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn promoted(tx: &mut Tx, (from, to): (Date, Date)) -> Result<Vec<Promoted>> {
    let sql = Sql::new(
        "with sold as (select promotion_id, sum(quantity_milli) as quantity, sum(line_count) as lines,
            sum(revenue_vnd) as revenue, sum(off_vnd) as off_vnd from promoted_daily where day >= ",
    );
    let sql = sql
        .bind(from)
        .push(" and day <= ")
        .bind(to)
        .push(
            " group by promotion_id)
        select promotions.name, operators.name as operator, stores.name as store, promotions.first_day,
            promotions.last_day, cast(coalesce(sold.quantity, 0) as bigint) as quantity,
            cast(coalesce(sold.lines, 0) as bigint) as line_count,
            cast(coalesce(sold.revenue, 0) as bigint) as revenue_vnd, cast(coalesce(sold.off_vnd, 0) as bigint) as off_vnd
        from promotions join operators on operators.id = promotions.operator_id
        left join stores on stores.id = promotions.store_id
        left join sold on sold.promotion_id = promotions.id
        where promotions.first_day <= ",
        )
        .bind(to)
        .push(" and promotions.last_day >= ")
        .bind(from)
        .push(" order by promotions.first_day, promotions.id");
    tx.all(sql).await
}
