//! What is left of a producer's goods, lot by lot.

use domain::Quantity;
use sqlx::FromRow;
use time::Date;

use super::Only;
use crate::db::engine::{Db, sql};
use crate::db::users::ProducerScope;
use crate::error::Result;

/// A lot of which something is left, or of which more was sold than the book had.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LotLeft {
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// When it came.
    pub received_on: Date,
    /// Its last good day.
    pub expires_on: Option<Date>,
    /// What the producer calls it.
    pub code: Option<String>,
    /// What is left of it.
    #[sqlx(try_from = "i64")]
    pub left: Quantity,
}

/// Returns the lots of the producer's goods that make up what is left, those that expire first leading; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn lots_left(db: &Db, scope: ProducerScope, only: Only, limit: i64) -> Result<Vec<LotLeft>> {
    let sql = sql!(
        "select stores.name as store, coalesce(products.name, '?') as name, lots.received_on, lots.expires_on,
            lots.code, stock.quantity_milli as left
         from lots
         join stock on stock.store_id = lots.store_id and stock.product_id = lots.product_id
            and stock.lot_id = lots.lot_id and stock.location = 'shelf'
         join stores on stores.id = lots.store_id
         left join products on products.id = lots.product_id
         where lots.producer_id = $1 and stock.quantity_milli <> 0
            and lots.store_id in (select id from stores where $2 is null or operator_id = $2)",
        scope.producer_id(),
        scope.operator_id()
    );
    let sql = sql
        .when(only.product, " and coalesce(products.merged_into, lots.product_id) = ", "")
        .when(only.store, " and lots.store_id = ", "")
        .push(
            " order by stores.code, name, lots.expires_on nulls last, lots.received_on, lots.store_id, lots.lot_id
            limit ",
        )
        .bind(limit);
    db.all(sql).await
}
