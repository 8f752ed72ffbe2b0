//! Goods that producers say they will bring.

use domain::Quantity;
use protocol::wire::AnnouncedRow;
use sqlx::{FromRow, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

/// Goods that are expected.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Expected {
    /// The announcement.
    pub delivery_id: Uuid,
    /// Who brings them.
    pub producer_id: Uuid,
    /// Their name.
    pub producer: String,
    /// What.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// When.
    pub comes_on: Date,
}

/// Returns goods that come on a day or later and are known here, by day. Those that were taken in from the list are left out, and
/// those of which some were delivered on their day or later; a delivery that was entered by mistake and taken back did not come. At
/// most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_expected(pool: &SqlitePool, since: Date, most: i64) -> Result<Vec<Expected>> {
    Ok(sqlx::query_as(
        "select announced_deliveries.delivery_id, announced_deliveries.producer_id, producers.name as producer,
             announced_deliveries.product_id, products.name, products.unit,
             announced_deliveries.quantity_milli as quantity, announced_deliveries.comes_on
         from announced_deliveries
         join producers on producers.producer_id = announced_deliveries.producer_id
         join products on products.product_id = announced_deliveries.product_id
         where announced_deliveries.comes_on >= $1 and is_taken = 0 and not exists (
             select 1 from lots
             join stock_moves on stock_moves.product_id = lots.product_id and stock_moves.lot_id = lots.lot_id
                 and stock_moves.cause = 'received'
             where lots.product_id = announced_deliveries.product_id
                 and lots.received_on >= announced_deliveries.comes_on
                 and (lots.producer_id is null or lots.producer_id = announced_deliveries.producer_id)
                 and not exists (
                     select 1 from stock_moves as back
                     join entries on entries.stream_no = back.stream_no and entries.seq = back.seq
                         and entries.shared ->> '$.takes_back' is not null
                     where back.product_id = lots.product_id and back.lot_id = lots.lot_id
                         and back.cause = 'returned'))
         order by announced_deliveries.comes_on, producers.name_fold, products.name_fold,
             announced_deliveries.delivery_id
         limit $2",
    )
    .bind(since)
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Writes what central tells.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn upsert_announced(tx: &mut Tx, row: &AnnouncedRow) -> Result<()> {
    sqlx::query(
        "insert into announced_deliveries (delivery_id, producer_id, product_id, quantity_milli, comes_on, announced_on)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (delivery_id) do update set producer_id = excluded.producer_id,
             product_id = excluded.product_id, quantity_milli = excluded.quantity_milli,
             comes_on = excluded.comes_on, announced_on = excluded.announced_on",
    )
    .bind(row.id)
    .bind(row.producer)
    .bind(row.product)
    .bind(row.quantity)
    .bind(row.comes_on)
    .bind(row.announced_on)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that announced goods were taken in with the paper of this number.
///
/// # Errors
/// When the database does not answer.
pub async fn update_taken(tx: &mut Tx, ids: &[Uuid], voucher: &str) -> Result<()> {
    for id in ids {
        sqlx::query(
            "update announced_deliveries set is_taken = 1, taken_voucher = $2 where delivery_id = $1",
        )
        .bind(id)
        .bind(voucher)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Notes that what was taken in with a paper was taken back: the goods are still to come.
///
/// # Errors
/// When the database does not answer.
pub async fn update_expected_again(tx: &mut Tx, voucher: &str) -> Result<()> {
    sqlx::query(
        "update announced_deliveries set is_taken = 0, taken_voucher = null where taken_voucher = $1",
    )
    .bind(voucher)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what a producer took back.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn delete_announced(tx: &mut Tx, id: Uuid) -> Result<()> {
    sqlx::query("delete from announced_deliveries where delivery_id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
