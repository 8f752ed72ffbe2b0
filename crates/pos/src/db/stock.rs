//! How much of each lot is where.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::fold::Place;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::Location;
use sqlx::{FromRow, QueryBuilder, SqliteConnection, SqlitePool};
use time::Date;
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

/// So many of the newest sales are looked through for the pace: more than two months of a busy store.
const SALES_READ_MAX: i64 = 20_000;

/// A product with what the shelf should hold of it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ProductStock {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// Thousandths of the unit; below zero when more was sold than came in.
    pub quantity_milli: i64,
    /// Of it in lots whose last day is over: nobody may buy them.
    pub ended_milli: i64,
    /// Sold since the moment that was asked about, less what buyers brought back.
    pub sold_milli: i64,
    /// What the shelf should have at least; zero for nothing wished.
    pub minimum_milli: i64,
}

/// Returns what the shelf should hold, how fast it goes, and what is wished, by name, at most `most` products: all that was ever
/// on the shelf, and all that should be. Sales count from a moment on, UTC milliseconds; what is past its date is so on a day.
///
/// # Errors
/// When the database does not answer.
pub async fn list_shelf(
    pool: &SqlitePool,
    (since_ms, today): (i64, Date),
    most: i64,
) -> Result<Vec<ProductStock>> {
    Ok(sqlx::query_as(
        "with first as (
            select stream_no, min(seq) as seq
            from (select stream_no, seq, sold_at_ms from sales order by stream_no desc, seq desc limit $4)
            where sold_at_ms >= $2 group by stream_no),
         sold as (
            select moves.product_id, -sum(moves.quantity_milli) as milli
            from first join stock_moves as moves on moves.stream_no = first.stream_no and moves.seq >= first.seq
            where moves.cause in ('sold', 'refunded') group by moves.product_id),
         shelf as (select product_id, sum(quantity_milli) as milli from stock where location = $1 group by product_id),
         ended as (
            select stock.product_id, sum(stock.quantity_milli) as milli
            from stock join lots on lots.lot_id = stock.lot_id
            where stock.location = $1 and stock.quantity_milli > 0 and lots.expires_on < $5 group by stock.product_id)
         select products.product_id, products.name, products.unit, producers.name as producer,
            coalesce(shelf.milli, 0) as quantity_milli, coalesce(ended.milli, 0) as ended_milli,
            coalesce(sold.milli, 0) as sold_milli,
            coalesce(stock_minimums.quantity_milli, 0) as minimum_milli
         from products
         left join shelf on shelf.product_id = products.product_id
         left join ended on ended.product_id = products.product_id
         left join stock_minimums on stock_minimums.product_id = products.product_id
         left join sold on sold.product_id = products.product_id
         left join producers on producers.producer_id = products.producer_id
         where (shelf.product_id is not null or stock_minimums.product_id is not null)
             and (coalesce(shelf.milli, 0) <> 0
                  or products.product_id not in (select product_id from merged_products))
         order by products.name_fold, products.product_id limit $3",
    )
    .bind(Location::Shelf.code())
    .bind(since_ms)
    .bind(most)
    .bind(SALES_READ_MAX)
    .bind(today)
    .fetch_all(pool)
    .await?)
}

/// Returns how much of a producer's goods lies on the shelf past its last day, by product.
///
/// # Errors
/// When the database does not answer.
pub async fn list_ended(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
    today: Date,
) -> Result<BTreeMap<ProductId, Quantity>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "select stock.product_id, sum(stock.quantity_milli)
         from stock join lots on lots.lot_id = stock.lot_id
         where stock.location = $1 and stock.quantity_milli > 0 and lots.producer_id = $2 and lots.expires_on < $3
         group by stock.product_id",
    )
    .bind(Location::Shelf.code())
    .bind(producer_id.uuid())
    .bind(today)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(product, milli)| (product.into(), Quantity::from_milli(milli))).collect())
}

/// Returns what the shelf should have of a product at least; zero for nothing wished.
///
/// # Errors
/// When the database does not answer.
pub async fn load_minimum(connection: &mut SqliteConnection, product_id: ProductId) -> Result<Quantity> {
    let milli: Option<i64> =
        sqlx::query_scalar("select quantity_milli from stock_minimums where product_id = $1")
            .bind(product_id.uuid())
            .fetch_optional(connection)
            .await?;
    Ok(Quantity::from_milli(milli.unwrap_or(0)))
}

/// Keeps what the shelf should have of a product at least; zero for nothing wished.
///
/// # Errors
/// When the database does not keep it.
pub async fn set_minimum(tx: &mut Tx, product_id: ProductId, minimum: Quantity) -> Result<()> {
    sqlx::query("delete from stock_minimums where product_id = $1")
        .bind(product_id.uuid())
        .execute(&mut **tx)
        .await?;
    if minimum > Quantity::ZERO {
        sqlx::query("insert into stock_minimums (product_id, quantity_milli) values ($1, $2)")
            .bind(product_id.uuid())
            .bind(minimum.milli())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
