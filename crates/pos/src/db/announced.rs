//! Goods that producers say they will bring.

use domain::Quantity;
use domain::announced::{Arrived, Promised, arrived};
use domain::ids::ProducerId;
use protocol::wire::AnnouncedRow;
use sqlx::{FromRow, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

/// The most announcements of a store that are looked through.
const LOOKED_AT_MAX: i64 = 1_000;

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
    /// How much of it came by itself, not taken in from the list.
    #[sqlx(skip)]
    pub came: Quantity,
    /// When.
    pub comes_on: Date,
}

impl Expected {
    /// Returns how much is still to come.
    pub fn left(&self) -> Quantity {
        self.quantity.minus(self.came).unwrap_or_default().max(Quantity::ZERO)
    }

    fn promised(&self) -> Promised {
        Promised {
            producer_id: self.producer_id.into(),
            product_id: self.product_id.into(),
            comes_on: self.comes_on,
            quantity: self.quantity,
        }
    }
}

/// Returns goods that come on a day or later and are known here, by day. Those that were taken in from the list are left out, and
/// those of which all came by itself on their day or later: another delivery of the same product is not what was announced. At most
/// `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_expected(pool: &SqlitePool, since: Date, most: usize) -> Result<Vec<Expected>> {
    let mut all = list_announced(pool, since).await?;
    let promised: Vec<Promised> = all.iter().map(Expected::promised).collect();
    let came = arrived(&promised, &list_arrived(pool, since).await?);
    for (expected, came) in all.iter_mut().zip(came) {
        expected.came = came;
    }
    all.retain(|expected| expected.left() > Quantity::ZERO);
    all.truncate(most);
    Ok(all)
}

async fn list_announced(pool: &SqlitePool, since: Date) -> Result<Vec<Expected>> {
    Ok(sqlx::query_as(
        "select announced_deliveries.delivery_id, announced_deliveries.producer_id, producers.name as producer,
             announced_deliveries.product_id, products.name, products.unit,
             announced_deliveries.quantity_milli as quantity, announced_deliveries.comes_on
         from announced_deliveries
         join producers on producers.producer_id = announced_deliveries.producer_id
         join products on products.product_id = announced_deliveries.product_id
         where announced_deliveries.comes_on >= $1 and is_taken = 0
         order by announced_deliveries.comes_on, producers.name_fold, products.name_fold,
             announced_deliveries.delivery_id
         limit $2",
    )
    .bind(since)
    .bind(LOOKED_AT_MAX)
    .fetch_all(pool)
    .await?)
}

#[derive(FromRow)]
struct ArrivedRow {
    product_id: Uuid,
    producer_id: Option<Uuid>,
    day: Date,
    counted_milli: i64,
    noted_milli: i64,
}

impl ArrivedRow {
    /// What its note says and was not there is settled as a difference, and not expected any more.
    fn read(self) -> Arrived {
        Arrived {
            producer_id: self.producer_id.map(ProducerId::from_uuid),
            product_id: self.product_id.into(),
            day: self.day,
            quantity: Quantity::from_milli(self.counted_milli.max(self.noted_milli)),
        }
    }
}

/// Returns what came since a day of the products that are expected, by day. What was taken in from the list is left out, and
/// deliveries that were entered by mistake and taken back.
async fn list_arrived(pool: &SqlitePool, since: Date) -> Result<Vec<Arrived>> {
    let rows: Vec<ArrivedRow> = sqlx::query_as(
        "select lots.product_id, lots.producer_id, lots.received_on as day, moves.quantity_milli as counted_milli,
             coalesce((select line.value ->> '$.noted' from json_each(entries.shared, '$.lines') as line
                       where replace(line.value ->> '$.lot', '-', '') = lower(hex(lots.lot_id))), 0) as noted_milli
         from (select distinct product_id from announced_deliveries where comes_on >= $1 and is_taken = 0) as expected
         cross join lots on lots.product_id = expected.product_id and lots.received_on >= $1
         cross join stock_moves as moves on moves.product_id = lots.product_id and moves.lot_id = lots.lot_id
             and moves.cause = 'received'
         join entries on entries.stream_no = moves.stream_no and entries.seq = moves.seq
         where coalesce(entries.shared ->> '$.voucher', '') not in (
                 select taken_voucher from announced_deliveries where taken_voucher is not null)
             and not exists (
                 select 1 from stock_moves as back
                 join entries as of_back on of_back.stream_no = back.stream_no and of_back.seq = back.seq
                     and of_back.shared ->> '$.takes_back' is not null
                 where back.product_id = lots.product_id and back.lot_id = lots.lot_id and back.cause = 'returned')
         order by lots.received_on, lots.lot_id",
    )
    .bind(since)
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(ArrivedRow::read).collect())
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
