//! Lots: what was delivered, whose it is, until when it may be sold.

use domain::Quantity;
use domain::ids::{LotId, ProductId};
use domain::stock::{Location, Lot, LotOnShelf, Owner};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

#[derive(FromRow)]
struct LotOnShelfRow {
    lot_id: Uuid,
    product_id: Uuid,
    producer_id: Option<Uuid>,
    received_on: Date,
    expires_on: Option<Date>,
    code: Option<String>,
    quantity_milli: i64,
}

/// Returns the lots of a product that the shelf has some of.
///
/// # Errors
/// When the database does not answer.
pub async fn list_on_shelf(tx: &mut Tx, product_id: ProductId) -> Result<Vec<LotOnShelf>> {
    let rows: Vec<LotOnShelfRow> = sqlx::query_as(
        "select lots.lot_id, lots.product_id, lots.producer_id, lots.received_on, lots.expires_on, lots.code,
                stock.quantity_milli
         from stock join lots on lots.lot_id = stock.lot_id
         where stock.product_id = $1 and stock.location = $2 and stock.quantity_milli > 0",
    )
    .bind(product_id.uuid())
    .bind(Location::Shelf.code())
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| LotOnShelf {
            lot: Lot {
                id: LotId::from_uuid(row.lot_id),
                product_id: ProductId::from_uuid(row.product_id),
                owner: Owner::from(row.producer_id.map(Into::into)),
                received_on: row.received_on,
                expires_on: row.expires_on,
                code: row.code,
            },
            on_hand: Quantity::from_milli(row.quantity_milli),
        })
        .collect())
}

/// Writes a lot; an "unreceived" one may already be there.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_lot(tx: &mut Tx, lot: &Lot) -> Result<()> {
    sqlx::query(
        "insert into lots (lot_id, product_id, producer_id, received_on, expires_on, code)
         values ($1, $2, $3, $4, $5, $6) on conflict (lot_id) do nothing",
    )
    .bind(lot.id.uuid())
    .bind(lot.product_id.uuid())
    .bind(lot.owner.producer_id().map(domain::ids::ProducerId::uuid))
    .bind(lot.received_on)
    .bind(lot.expires_on)
    .bind(&lot.code)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
