//! Deliveries of consigned goods as stores counted them, beside what the notes said.

use domain::Quantity;
use sqlx::FromRow;
use time::Date;

use super::consigned::Only;
use super::engine::{Db, sql};
use super::users::ProducerScope;
use crate::error::Result;

/// A lot that was delivered, or goods that a note names and of which nothing came.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Delivery {
    /// The business day.
    pub day: Date,
    /// The store's name.
    pub store: String,
    /// The product's name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the pack says.
    pub lot_code: Option<String>,
    /// Its last good day.
    pub expires_on: Option<Date>,
    /// Counted; nothing where it did not come.
    #[sqlx(try_from = "i64")]
    pub counted: Quantity,
    /// By the note, thousandths of the unit; none when nobody typed it.
    pub noted_milli: Option<i64>,
}

/// Returns what was delivered of a producer's goods between two days, both included, the latest first; at most `limit`. What
/// was entered by mistake and taken back whole is none of it, nor is what did not come with it.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    scope: ProducerScope,
    (from, to): (Date, Date),
    only: Only,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let sql = sql!(
        "select delivered.day, stores.name as store, coalesce(products.name, '?') as name,
            coalesce(products.unit, '') as unit, lots.code as lot_code, lots.expires_on,
            delivered.quantity_milli as counted, delivered.noted_milli
         from deliveries as delivered
         join stores on stores.id = delivered.store_id
         left join lots on lots.store_id = delivered.store_id and lots.lot_id = delivered.lot_id
         left join products as told on told.id = delivered.product_id
         left join products on products.id = coalesce(told.merged_into, delivered.product_id)
         where delivered.producer_id = $1 and delivered.day >= $2 and delivered.day <= $3
            and delivered.quantity_milli >= 0 and not exists (
                select 1 from deliveries as beside
                where beside.store_id = delivered.store_id and beside.incarnation = delivered.incarnation
                    and beside.seq = delivered.seq and beside.producer_id = delivered.producer_id
                    and (beside.line_no = delivered.line_no or delivered.quantity_milli = 0) and exists (
                        select 1 from deliveries as taken
                        where taken.store_id = beside.store_id and taken.lot_id = beside.lot_id
                            and taken.quantity_milli < 0 and taken.quantity_milli = -beside.quantity_milli
                    )
            )",
        scope.producer_id(),
        from,
        to
    );
    let sql = sql
        .when(only.product, " and coalesce(told.merged_into, delivered.product_id) = ", "")
        .when(only.store, " and delivered.store_id = ", "")
        .when(scope.operator_id(), " and stores.operator_id = ", "")
        .push(
            " order by delivered.day desc, delivered.store_id, delivered.incarnation, delivered.seq desc, delivered.line_no
            limit ",
        )
        .bind(limit);
    db.all(sql).await
}
