//! What a producer sees: own goods in the stores, what sold, what is owed. Every statement here names the producer of
//! the scope, and none tells a number that another producer's goods are part of; nor one of another operator's stores, where the
//! scope has one operator.

mod lots;
mod only;

use std::collections::BTreeMap;

use domain::cover::{PACE_DAYS, good};
use domain::ids::{OperatorId, ProductId, StoreId};
use domain::{Money, Quantity};
use sqlx::FromRow;
use time::{Date, Duration};
use uuid::Uuid;

use super::engine::{Db, Sql, sql};
use super::sales::{Range, push_cells};
use super::users::ProducerScope;
use crate::error::Result;

pub use lots::{LotLeft, lots_left};
pub use only::{Named, Only, named};

/// A producer's product in a store.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OnShelf {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// Its name.
    pub store: String,
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What is left by the book; below zero when more was sold than the book had.
    #[sqlx(try_from = "i64")]
    pub left: Quantity,
    /// Of it in lots whose last day is over: nobody may buy them.
    #[sqlx(try_from = "i64")]
    pub ended: Quantity,
    /// Sold in the last [`PACE_DAYS`] days.
    #[sqlx(try_from = "i64")]
    pub sold_lately: Quantity,
}

impl OnShelf {
    /// Returns what is left and may be sold.
    pub fn good(&self) -> Quantity {
        good(self.left, self.ended)
    }
}

/// What a product of the producer sold.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SoldProduct {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid.
    #[sqlx(try_from = "i64")]
    pub revenue: Money,
    /// What the producer is owed of it.
    #[sqlx(try_from = "i64")]
    pub due: Money,
}

/// What a product of the producer sold in a store.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SoldInStore {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// Its name.
    pub store: String,
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid.
    #[sqlx(try_from = "i64")]
    pub revenue: Money,
    /// What the producer is owed of it.
    #[sqlx(try_from = "i64")]
    pub due: Money,
}

/// What a product of the producer sold in a store on a day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SoldOnDay {
    /// The business day.
    pub day: Date,
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid.
    #[sqlx(try_from = "i64")]
    pub revenue: Money,
    /// What the producer is owed of it.
    #[sqlx(try_from = "i64")]
    pub due: Money,
}

/// What an operator owes the producer for the sales of a store, less what was paid; below zero after an advance.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Owed {
    /// Who owes it.
    #[sqlx(try_from = "Uuid")]
    pub operator_id: OperatorId,
    /// The operator's name.
    pub operator: String,
    /// For sales in this store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// Its name.
    pub store: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub due: Money,
    /// When the store was last heard of, UTC milliseconds: the figure is of then.
    pub heard_at_ms: Option<i64>,
}

/// Begins the filter on a product, with what stores sold as products of their own that were merged into it.
const OF_PRODUCT: &str = " and product_id in (select id from products where coalesce(merged_into, id) = ";

/// Returns the producer's goods in each store on a day, with how much sold lately. What a store sold as a product of its own counts under the
/// one that it was merged into.
///
/// # Errors
/// When the database fails.
pub async fn stock_by_store(db: &Db, scope: ProducerScope, today: Date, only: Only) -> Result<Vec<OnShelf>> {
    let sql = sql!(
        "with shelf as (
            select lots.store_id, coalesce(told.merged_into, lots.product_id) as product_id,
                sum(stock.quantity_milli) as milli,
                sum(case when stock.quantity_milli > 0 and lots.expires_on < $3 then stock.quantity_milli else 0 end)
                    as ended
            from lots
            join stock on stock.store_id = lots.store_id and stock.product_id = lots.product_id
                and stock.lot_id = lots.lot_id and stock.location = 'shelf'
            left join products told on told.id = lots.product_id
            where lots.producer_id = $1
                and lots.store_id in (select id from stores where $4 is null or operator_id = $4)
            group by lots.store_id, coalesce(told.merged_into, lots.product_id)),
        sold as (
            select sales_daily.store_id, coalesce(told.merged_into, sales_daily.product_id) as product_id,
                sum(sales_daily.quantity_milli) as milli
            from sales_daily left join products told on told.id = sales_daily.product_id
            where sales_daily.producer_id = $1 and sales_daily.day > $2
                and sales_daily.store_id in (select id from stores where $4 is null or operator_id = $4)
            group by sales_daily.store_id, coalesce(told.merged_into, sales_daily.product_id))
        select shelf.store_id, stores.name as store, shelf.product_id, coalesce(products.name, '?') as name,
            coalesce(products.unit, '') as unit, cast(shelf.milli as bigint) as left,
            cast(shelf.ended as bigint) as ended, cast(coalesce(sold.milli, 0) as bigint) as sold_lately
        from shelf
        join stores on stores.id = shelf.store_id
        left join products on products.id = shelf.product_id
        left join sold on sold.store_id = shelf.store_id and sold.product_id = shelf.product_id
        where 1 = 1",
        scope.producer_id(),
        today.saturating_sub(Duration::days(PACE_DAYS)),
        today,
        scope.operator_id()
    );
    let sql = sql
        .when(only.product, " and shelf.product_id = ", "")
        .when(only.store, " and shelf.store_id = ", "")
        .push(" order by stores.code, name, shelf.product_id");
    db.all(sql).await
}

/// Goods of the producer that were sent from one store of an operator to another and not taken in yet.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct UnderWay {
    /// The operator's name.
    pub operator: String,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
}

/// Returns the producer's goods that are under way between stores, by name.
///
/// # Errors
/// When the database fails.
pub async fn under_way(db: &Db, scope: ProducerScope) -> Result<Vec<UnderWay>> {
    let sql = sql!(
        "with sent as (
            select stores.operator_id, coalesce(told.merged_into, lots.product_id) as product_id,
                sum(stock.quantity_milli) as milli
            from lots
            join stock on stock.store_id = lots.store_id and stock.product_id = lots.product_id
                and stock.lot_id = lots.lot_id and stock.location = 'in_transit'
            join stores on stores.id = lots.store_id
            left join products told on told.id = lots.product_id
            where lots.producer_id = $1 and ($2 is null or stores.operator_id = $2)
            group by stores.operator_id, coalesce(told.merged_into, lots.product_id))
        select operators.name as operator, coalesce(products.name, '?') as name, coalesce(products.unit, '') as unit,
            cast(sent.milli as bigint) as quantity
        from sent
        join operators on operators.id = sent.operator_id
        left join products on products.id = sent.product_id
        where sent.milli > 0
        order by name, operator, sent.product_id",
        scope.producer_id(),
        scope.operator_id()
    );
    db.all(sql).await
}

/// Returns what each product of the producer sold between two days, both included, the largest revenue first.
///
/// # Errors
/// When the database fails.
pub async fn sold(
    db: &Db,
    scope: ProducerScope,
    (from, to): (Date, Date),
    only: Only,
) -> Result<Vec<SoldProduct>> {
    let sql = Sql::new(
        "with sold as (select product_id, sum(quantity_milli) as quantity, sum(revenue_vnd) as revenue,
            sum(producer_due_vnd) as due from (",
    );
    let sql = push_cells(sql, &Range::of(from, to), &stores(db, scope, only).await?, scope.producer_id())
        .push(") as cells where 1 = 1")
        .when(only.product, OF_PRODUCT, ")")
        .push(
            " group by product_id), counted as (
            select coalesce(told.merged_into, sold.product_id) as product_id, sum(sold.quantity) as quantity,
                sum(sold.revenue) as revenue, sum(sold.due) as due
            from sold left join products told on told.id = sold.product_id
            group by coalesce(told.merged_into, sold.product_id))
        select counted.product_id, coalesce(products.name, '?') as name, coalesce(products.unit, '') as unit,
            cast(counted.quantity as bigint) as quantity, cast(counted.revenue as bigint) as revenue,
            cast(counted.due as bigint) as due
        from counted left join products on products.id = counted.product_id
        order by revenue desc, counted.product_id",
        );
    db.all(sql).await
}

/// Returns the same of each product in each store, by name.
///
/// # Errors
/// When the database fails.
pub async fn sold_by_store(
    db: &Db,
    scope: ProducerScope,
    (from, to): (Date, Date),
    only: Only,
) -> Result<Vec<SoldInStore>> {
    let sql = Sql::new(
        "with sold as (select store_id, product_id, sum(quantity_milli) as quantity, sum(revenue_vnd) as revenue,
            sum(producer_due_vnd) as due from (",
    );
    let sql = push_cells(sql, &Range::of(from, to), &stores(db, scope, only).await?, scope.producer_id())
        .push(") as cells where 1 = 1")
        .when(only.product, OF_PRODUCT, ")")
        .push(
            " group by store_id, product_id), counted as (
            select sold.store_id, coalesce(told.merged_into, sold.product_id) as product_id,
                sum(sold.quantity) as quantity, sum(sold.revenue) as revenue, sum(sold.due) as due
            from sold left join products told on told.id = sold.product_id
            group by sold.store_id, coalesce(told.merged_into, sold.product_id))
        select counted.store_id, stores.name as store, counted.product_id, coalesce(products.name, '?') as name,
            coalesce(products.unit, '') as unit, cast(counted.quantity as bigint) as quantity,
            cast(counted.revenue as bigint) as revenue, cast(counted.due as bigint) as due
        from counted
        join stores on stores.id = counted.store_id
        left join products on products.id = counted.product_id
        order by stores.code, name, counted.product_id",
        );
    db.all(sql).await
}

async fn stores(db: &Db, scope: ProducerScope, only: Only) -> Result<Vec<StoreId>> {
    let sql = Sql::new("select id from stores where 1 = 1")
        .when(scope.operator_id(), " and operator_id = ", "")
        .when(only.store, " and id = ", "")
        .push(" order by id");
    let stores: Vec<(Uuid,)> = db.all(sql).await?;
    Ok(stores.into_iter().map(|(id,)| id.into()).collect())
}

/// Returns what the producer's goods sold between two days, both included, by day, store and product, the latest day
/// first; at most `limit` rows.
///
/// # Errors
/// When the database fails.
pub async fn sold_by_day(
    db: &Db,
    scope: ProducerScope,
    (from, to): (Date, Date),
    only: Only,
    limit: i64,
) -> Result<Vec<SoldOnDay>> {
    let sql = sql!(
        "with sold as (
            select store_id, day, product_id, sum(quantity_milli) as quantity, sum(revenue_vnd) as revenue,
                sum(producer_due_vnd) as due
            from sales_daily
            where producer_id = $1 and day >= $2 and day <= $3
                and store_id in (select id from stores where $4 is null or operator_id = $4)",
        scope.producer_id(),
        from,
        to,
        scope.operator_id()
    );
    let sql = sql
        .when(only.product, OF_PRODUCT, ")")
        .when(only.store, " and store_id = ", "")
        .push(
            " group by store_id, day, product_id)
        select sold.day, stores.name as store, coalesce(products.name, '?') as name,
            coalesce(products.unit, '') as unit, cast(sold.quantity as bigint) as quantity,
            cast(sold.revenue as bigint) as revenue, cast(sold.due as bigint) as due
        from sold
        join stores on stores.id = sold.store_id
        left join products told on told.id = sold.product_id
        left join products on products.id = coalesce(told.merged_into, sold.product_id)
        order by sold.day desc, stores.code, name, sold.product_id limit ",
        )
        .bind(limit);
    db.all(sql).await
}

/// Returns when each store that had goods of the producer was last heard of, UTC milliseconds.
///
/// # Errors
/// When the database fails.
pub async fn heard(db: &Db, scope: ProducerScope) -> Result<BTreeMap<StoreId, i64>> {
    let sql = sql!(
        "select store_id, max(heard_at_ms) as heard_at_ms from streams
         where store_id in (select store_id from lots where producer_id = $1
                and store_id in (select id from stores where $2 is null or operator_id = $2))
            and heard_at_ms is not null
         group by store_id",
        scope.producer_id(),
        scope.operator_id()
    );
    let found: Vec<(Uuid, i64)> = db.all(sql).await?;
    Ok(found.into_iter().map(|(id, at_ms)| (id.into(), at_ms)).collect())
}

/// Returns what each operator owes the producer, by store.
///
/// # Errors
/// When the database fails.
pub async fn owed(db: &Db, scope: ProducerScope) -> Result<Vec<Owed>> {
    let sql = sql!(
        "with heard as (select store_id, max(heard_at_ms) as heard_at_ms from streams group by store_id)
        select operators.id as operator_id, operators.name as operator, stores.id as store_id,
            stores.name as store, cast(-balances.amount_vnd as bigint) as due, heard.heard_at_ms
        from balances
        join stores on stores.id = balances.store_id
        join operators on operators.id = stores.operator_id
        left join heard on heard.store_id = balances.store_id
        where balances.account = 'producer_due' and balances.producer_id = $1 and balances.amount_vnd <> 0
            and balances.store_id in (select id from stores where $2 is null or operator_id = $2)
        order by operators.name, operators.id, stores.code",
        scope.producer_id(),
        scope.operator_id()
    );
    db.all(sql).await
}
