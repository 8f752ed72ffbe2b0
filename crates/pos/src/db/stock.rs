//! How much of each lot is where.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::fold::Place;
use domain::ids::{LotId, ProductId};
use domain::stock::Location;
use sqlx::{FromRow, QueryBuilder, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx};

/// Places of one statement: SQLite takes 32.766 values, four a place.
const PLACES_MAX: usize = 5_000;

/// Adds to places, in one statement for all that a shop ever moves at once.
///
/// # Errors
/// When the database does not answer.
pub async fn add_stock(tx: &mut Tx, moved: &BTreeMap<Place, Quantity>) -> Result<()> {
    let mut places = moved.iter();
    loop {
        let mut some = places.by_ref().take(PLACES_MAX).peekable();
        if some.peek().is_none() {
            return Ok(());
        }
        let mut query =
            QueryBuilder::new("insert into stock (product_id, lot_id, location, quantity_milli) ");
        query.push_values(some, |mut row, (place, quantity)| {
            row.push_bind(place.product_id.uuid())
                .push_bind(place.lot_id.uuid())
                .push_bind(place.location.code())
                .push_bind(quantity.milli());
        });
        query.push(
            " on conflict (product_id, lot_id, location)
              do update set quantity_milli = stock.quantity_milli + excluded.quantity_milli",
        );
        query.build().execute(&mut **tx).await?;
    }
}

/// Returns how much a lot has at a location.
///
/// # Errors
/// When the database does not answer.
pub async fn load_quantity(
    tx: &mut Tx,
    product: ProductId,
    lot: LotId,
    location: Location,
) -> Result<Quantity> {
    let milli: Option<i64> = sqlx::query_scalar(
        "select quantity_milli from stock where product_id = $1 and lot_id = $2 and location = $3",
    )
    .bind(product.uuid())
    .bind(lot.uuid())
    .bind(location.code())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(Quantity::from_milli(milli.unwrap_or(0)))
}

/// A product with what the shelf should hold of it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ProductStock {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Thousandths of the unit; below zero when more was sold than came in.
    pub quantity_milli: i64,
}

/// Returns what the shelf should hold, by name, at most `most` products.
///
/// # Errors
/// When the database does not answer.
pub async fn list_shelf(pool: &SqlitePool, most: i64) -> Result<Vec<ProductStock>> {
    Ok(sqlx::query_as(
        "select products.product_id, products.name, products.unit, sum(stock.quantity_milli) as quantity_milli
         from stock join products on products.product_id = stock.product_id
         where stock.location = $1 group by products.product_id order by products.name_fold, products.product_id
         limit $2",
    )
    .bind(Location::Shelf.code())
    .bind(most)
    .fetch_all(pool)
    .await?)
}
