//! Lots: what was delivered, whose it is, until when it may be sold.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::ids::{LotId, ProductId, SaleId};
use domain::stock::{Location, Lot, LotOnShelf, Owner};
use sqlx::{FromRow, SqliteConnection};
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

impl From<LotOnShelfRow> for LotOnShelf {
    fn from(row: LotOnShelfRow) -> Self {
        Self {
            lot: Lot {
                id: LotId::from_uuid(row.lot_id),
                product_id: ProductId::from_uuid(row.product_id),
                owner: Owner::from(row.producer_id.map(Into::into)),
                received_on: row.received_on,
                expires_on: row.expires_on,
                code: row.code,
            },
            on_hand: Quantity::from_milli(row.quantity_milli),
        }
    }
}

/// What the shelf has of some products: which, and the place.
macro_rules! on_shelf {
    ($which:literal) => {
        concat!(
            "select lots.lot_id, lots.product_id, lots.producer_id, lots.received_on, lots.expires_on, lots.code,
                    stock.quantity_milli
             from stock join lots on lots.lot_id = stock.lot_id
             where stock.product_id ",
            $which,
            " and stock.location = $2 and stock.quantity_milli > 0"
        )
    };
}

/// Returns the lots of a product that the shelf has some of.
///
/// # Errors
/// When the database does not answer.
pub async fn list_on_shelf(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Vec<LotOnShelf>> {
    let rows: Vec<LotOnShelfRow> = sqlx::query_as(on_shelf!("= $1"))
        .bind(product_id.uuid())
        .bind(Location::Shelf.code())
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(LotOnShelf::from).collect())
}

/// Returns the lots that the shelf has of the parts of a combo.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_combo(
    connection: &mut SqliteConnection,
    combo_id: ProductId,
) -> Result<Vec<LotOnShelf>> {
    let rows: Vec<LotOnShelfRow> =
        sqlx::query_as(on_shelf!("in (select product_id from combo_parts where combo_id = $1)"))
            .bind(combo_id.uuid())
            .bind(Location::Shelf.code())
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(LotOnShelf::from).collect())
}

/// Returns the lots that the shelf has of the products in a cart and in its combos.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_cart(tx: &mut Tx, sale_id: SaleId) -> Result<BTreeMap<ProductId, Vec<LotOnShelf>>> {
    let rows: Vec<LotOnShelfRow> =
        sqlx::query_as(on_shelf!("in (select product_id from cart_goods where sale_id = $1)"))
            .bind(sale_id.uuid())
            .bind(Location::Shelf.code())
            .fetch_all(&mut **tx)
            .await?;
    let mut shelf: BTreeMap<ProductId, Vec<LotOnShelf>> = BTreeMap::new();
    for lot in rows.into_iter().map(LotOnShelf::from) {
        shelf.entry(lot.lot.product_id).or_default().push(lot);
    }
    Ok(shelf)
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
