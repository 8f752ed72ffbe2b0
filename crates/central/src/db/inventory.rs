//! What each store has of each product by its book, whose it is, and how fast it sells.

use domain::Quantity;
use domain::ids::{OperatorId, ProductId, StoreId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql};
use super::sales::stores_in;
use super::users::Scope;
use crate::error::Result;

/// A product in a store.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Held {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub store: String,
    /// Whose store it is: goods move between stores of one operator.
    #[sqlx(try_from = "Uuid")]
    pub operator_id: OperatorId,
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// On the shelf; below zero when more was sold than came in.
    #[sqlx(try_from = "i64")]
    pub left: Quantity,
    /// Of it the operator's own; the rest is consigned.
    #[sqlx(try_from = "i64")]
    pub own: Quantity,
    /// Sent to other stores less what came from them: over all stores of an operator what is under way.
    #[sqlx(try_from = "i64")]
    pub under_way: Quantity,
    /// Sold since the day that was asked about.
    #[sqlx(try_from = "i64")]
    pub sold_lately: Quantity,
}

/// Returns what the stores that a person may see have and had, or the one that is asked about; `since` is the day after which
/// sales count. What stores sold as products of their own counts under the product that it was merged into. In the order of
/// products' names, then of stores.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for a foreign store; when the database fails.
pub async fn held(db: &Db, scope: Scope, one: Option<StoreId>, since: Date) -> Result<Vec<Held>> {
    let stores = stores_in(&mut db.begin_reading().await?, scope, one).await?;
    let sql = Sql::new(
        "with shelf as (
            select stock.store_id, coalesce(told.merged_into, stock.product_id) as product_id,
                sum(case when stock.location = 'shelf' then stock.quantity_milli else 0 end) as milli,
                sum(case when stock.location = 'shelf' and lots.producer_id is null then stock.quantity_milli else 0 end) as own,
                sum(case when stock.location = 'in_transit' then stock.quantity_milli else 0 end) as under_way
            from stock
            left join lots on lots.store_id = stock.store_id and lots.lot_id = stock.lot_id
            left join products told on told.id = stock.product_id
            where stock.location in ('shelf', 'in_transit') and stock.store_id",
    )
    .is_in(stores.iter().copied())
    .push(
        " group by stock.store_id, coalesce(told.merged_into, stock.product_id)),
        sold as (
            select sales_daily.store_id, coalesce(told.merged_into, sales_daily.product_id) as product_id,
                sum(sales_daily.quantity_milli) as milli
            from sales_daily left join products told on told.id = sales_daily.product_id
            where sales_daily.day > ",
    )
    .bind(since)
    .push(" and sales_daily.store_id")
    .is_in(stores.iter().copied())
    .push(
        " group by sales_daily.store_id, coalesce(told.merged_into, sales_daily.product_id))
        select shelf.store_id, stores.code, stores.name as store, stores.operator_id, shelf.product_id,
            coalesce(products.name, '?') as name, coalesce(products.unit, '') as unit, producers.name as producer,
            cast(shelf.milli as bigint) as left, cast(shelf.own as bigint) as own,
            cast(shelf.under_way as bigint) as under_way,
            cast(coalesce(sold.milli, 0) as bigint) as sold_lately
        from shelf
        join stores on stores.id = shelf.store_id
        left join products on products.id = shelf.product_id
        left join producers on producers.id = products.producer_id
        left join sold on sold.store_id = shelf.store_id and sold.product_id = shelf.product_id
        order by coalesce(products.name_fold, '?'), shelf.product_id, stores.code",
    );
    db.all(sql).await
}
