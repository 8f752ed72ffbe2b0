//! Goods that were bought outright from producers: from whom, how much, for how much.

use domain::{Money, Quantity};
use protocol::Entry;
use protocol::payload::{BoughtLine, GoodsIn, GoodsInLine, GoodsInPrivate};
use sqlx::{FromRow, SqlitePool};
use time::Date;

use super::{Error, Result, Tx};

/// Goods bought in a delivery.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Purchase {
    /// Business day.
    pub bought_on: Date,
    /// The number on the delivery's paper.
    pub voucher: String,
    /// Who sold them.
    pub seller: String,
    /// Where they live; empty where nobody typed it.
    pub address: String,
    /// Their identity card or tax number; likewise.
    pub id_number: String,
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// For a unit.
    #[sqlx(try_from = "i64")]
    pub cost: Money,
    /// For all of it.
    #[sqlx(try_from = "i64")]
    pub amount: Money,
}

/// Writes what a delivery tells of purchases; what it says of a lot that is none of its own is left out.
///
/// # Errors
/// When the database does not answer, or an amount does not fit in 64 bits.
pub async fn insert_purchases(
    tx: &mut Tx,
    (stream_no, entry): (i64, &Entry),
    delivery: &GoodsIn,
    private: &GoodsInPrivate,
) -> Result<()> {
    for bought in &private.bought {
        let mut lines = delivery.lines.iter().chain(&private.lines);
        let Some(line) = lines.find(|line| line.lot == bought.lot) else { continue };
        insert_purchase(tx, (stream_no, entry), &delivery.voucher, (line, bought)).await?;
    }
    Ok(())
}

async fn insert_purchase(
    tx: &mut Tx,
    (stream_no, entry): (i64, &Entry),
    voucher: &str,
    (line, bought): (&GoodsInLine, &BoughtLine),
) -> Result<()> {
    let corrupt = |_| Error::Corrupt { table: "entries", column: "private" };
    let amount =
        Money::new(bought.cost).for_quantity(Quantity::from_milli(line.quantity)).map_err(corrupt)?;
    sqlx::query(
        "insert into purchases (stream_no, seq, lot_id, seller_id, product_id, quantity_milli, cost_vnd, amount_vnd,
             bought_on, voucher)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
    )
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .bind(line.lot)
    .bind(bought.seller)
    .bind(line.product)
    .bind(line.quantity)
    .bind(bought.cost)
    .bind(amount.vnd())
    .bind(entry.envelope.business_date)
    .bind(voucher)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns purchases between two business days, both included, in their order; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_purchases(pool: &SqlitePool, (from, to): (Date, Date), most: i64) -> Result<Vec<Purchase>> {
    Ok(sqlx::query_as(
        "select purchases.bought_on, purchases.voucher, coalesce(producers.name, '?') as seller,
             coalesce(producer_details.address, '') as address,
             coalesce(producer_details.id_number, '') as id_number,
             coalesce(products.name, '?') as name, coalesce(products.unit, '') as unit,
             purchases.quantity_milli as quantity, purchases.cost_vnd as cost, purchases.amount_vnd as amount
         from purchases
         left join producers on producers.producer_id = purchases.seller_id
         left join producer_details on producer_details.producer_id = purchases.seller_id
         left join products on products.product_id = purchases.product_id
         where purchases.bought_on between $1 and $2
             -- A delivery that was entered by mistake and taken back was not bought; what was given back later was.
             and purchases.quantity_milli > coalesce((
                 select -sum(moves.quantity_milli) from stock_moves as moves
                 join entries on entries.stream_no = moves.stream_no and entries.seq = moves.seq
                     and entries.shared ->> '$.takes_back' is not null
                 where moves.product_id = purchases.product_id and moves.lot_id = purchases.lot_id
                     and moves.cause = 'returned'), 0)
         order by purchases.bought_on, purchases.stream_no, purchases.seq, products.name_fold, purchases.lot_id
         limit $3",
    )
    .bind(from)
    .bind(to)
    .bind(most)
    .fetch_all(pool)
    .await?)
}
