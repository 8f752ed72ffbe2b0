//! What each store has of each product by its book, whose it is, and how fast it sells.

use domain::Quantity;
use domain::cover::{NEAR_EXPIRY_DAYS, PACE_DAYS, good};
use domain::ids::{OperatorId, ProductId, StoreId};
use sqlx::FromRow;
use time::{Date, Duration};
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
    /// The same as lists are ordered by and words are looked for.
    pub name_fold: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// The same by id.
    pub producer_id: Option<Uuid>,
    /// On the shelf; below zero when more was sold than came in.
    #[sqlx(try_from = "i64")]
    pub left: Quantity,
    /// Of it the operator's own; the rest is consigned.
    #[sqlx(try_from = "i64")]
    pub own: Quantity,
    /// On the shelf in lots that are past their last day or near it.
    #[sqlx(try_from = "i64")]
    pub expiring: Quantity,
    /// On the shelf in lots whose last day is over: nobody may buy them.
    #[sqlx(try_from = "i64")]
    pub ended: Quantity,
    /// Sent here by other stores of the operator, and not taken in yet.
    #[sqlx(try_from = "i64")]
    pub coming: Quantity,
    /// Sold in the last [`PACE_DAYS`] days.
    #[sqlx(try_from = "i64")]
    pub sold_lately: Quantity,
}

impl Held {
    /// Returns what is left and may be sold.
    pub fn good(&self) -> Quantity {
        good(self.left, self.ended)
    }
}

/// Returns what the stores that a person may see have and had, or the one that is asked about; on a day: what sold in the
/// [`PACE_DAYS`] before it, of which the day itself is the last one, and what is good for [`NEAR_EXPIRY_DAYS`] at most. A store to which goods are under way is listed even if it never had any. What stores sold as products of their
/// own counts under the product that it was merged into. In the order of products' names, then of stores.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for a foreign store; when the database fails.
pub async fn held(db: &Db, scope: Scope, one: Option<StoreId>, today: Date) -> Result<Vec<Held>> {
    let (since, near) = (today - Duration::days(PACE_DAYS), today + Duration::days(NEAR_EXPIRY_DAYS));
    let stores = stores_in(&mut db.begin_reading().await?, scope, one).await?;
    let sql = Sql::new(
        "with parts as (
            select stock.store_id, stock.product_id, sum(stock.quantity_milli) as milli,
                sum(case when lots.producer_id is null then stock.quantity_milli else 0 end) as own,
                sum(case when stock.quantity_milli > 0 and lots.expires_on <= ",
    )
    .bind(near)
    .push(
        " then stock.quantity_milli else 0 end) as expiring,
                sum(case when stock.quantity_milli > 0 and lots.expires_on < ",
    )
    .bind(today)
    .push(
        " then stock.quantity_milli else 0 end) as ended, 0 as coming
            from stock
            left join lots on lots.store_id = stock.store_id and lots.lot_id = stock.lot_id
            where stock.location = 'shelf' and stock.store_id",
    )
    .is_in(stores.iter().copied())
    .push(
        " group by stock.store_id, stock.product_id
            union all
            select sent.other_store_id, moves.product_id, 0, 0, 0, 0, sum(-moves.quantity_milli)
            from transfers as sent
            join stock_moves as moves on moves.store_id = sent.store_id and moves.incarnation = sent.incarnation
                and moves.seq = sent.seq
            where sent.is_out and not exists (select 1 from transfers as taken where taken.number = sent.number
                    and not taken.is_out and taken.other_store_id = sent.store_id)
                and sent.other_store_id",
    )
    .is_in(stores.iter().copied())
    .push(
        " group by sent.other_store_id, moves.product_id),
        shelf as (
            select parts.store_id, coalesce(told.merged_into, parts.product_id) as product_id,
                sum(parts.milli) as milli, sum(parts.own) as own,
                sum(parts.expiring) as expiring, sum(parts.ended) as ended, sum(parts.coming) as coming
            from parts left join products told on told.id = parts.product_id
            group by parts.store_id, coalesce(told.merged_into, parts.product_id)),
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
            coalesce(products.name, '?') as name, coalesce(products.name_fold, '?') as name_fold,
            coalesce(products.unit, '') as unit, producers.name as producer, products.producer_id,
            cast(shelf.milli as bigint) as left, cast(shelf.own as bigint) as own,
            cast(shelf.expiring as bigint) as expiring, cast(shelf.ended as bigint) as ended, cast(shelf.coming as bigint) as coming,
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
