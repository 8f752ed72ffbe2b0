//! Completed sales, as this store lists them.

use domain::ids::SaleId;
use protocol::{Entry, payload};
use sqlx::{FromRow, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

/// A sale in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SaleRow {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt_number: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// Central has acknowledged it.
    pub at_central: bool,
    /// Central has it but does not count it yet.
    pub held: bool,
    /// When its goods were handed over, where it came from the pad; UTC milliseconds.
    pub claimed_at_ms: Option<i64>,
    /// Its first line on the pad.
    pub first_line: Option<u16>,
    /// Its last line.
    pub last_line: Option<u16>,
}

/// Writes a sale from its entry; returns false when another entry has told it before.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_sale(tx: &mut Tx, stream_no: i64, entry: &Entry, sale: &payload::Sale) -> Result<bool> {
    let cash: i64 =
        sale.tenders.iter().filter(|tender| tender.kind == "cash").map(|tender| tender.amount).sum();
    let rows = sqlx::query(
        "insert into sales (sale_id, stream_no, seq, receipt_number, shift_id, cashier_id, business_date, sold_at_ms,
                            payable_vnd, cash_vnd)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (sale_id) do nothing",
    )
    .bind(entry.envelope.sale_id)
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .bind(&sale.receipt)
    .bind(sale.shift)
    .bind(sale.cashier)
    .bind(entry.envelope.business_date)
    .bind(entry.envelope.wall_utc_ms)
    .bind(sale.payable)
    .bind(cash)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Returns the newest sales of this store, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_newest(pool: &SqlitePool, most: i64) -> Result<Vec<SaleRow>> {
    Ok(sqlx::query_as(
        "select sales.sale_id, sales.receipt_number, sales.sold_at_ms, sales.payable_vnd,
                sales.seq <= streams.acked_seq as at_central, streams.held,
                pad_sales.claimed_at_ms, pad_sales.first_line, pad_sales.last_line
         from sales join streams on streams.stream_no = sales.stream_no
         left join pad_sales on pad_sales.sale_id = sales.sale_id
         order by sales.stream_no desc, sales.seq desc limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Among so many of the newest sales one is looked for by the end of its number, its amount or its time.
const LOOKED_AT_MAX: i64 = 5_000;

/// Returns sales of a business day, and those from the pad that count on it, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_day(pool: &SqlitePool, date: Date, most: i64) -> Result<Vec<SaleRow>> {
    Ok(sqlx::query_as(
        "select newest.sale_id, newest.receipt_number, newest.sold_at_ms, newest.payable_vnd,
                newest.seq <= streams.acked_seq as at_central, streams.held,
                pad_sales.claimed_at_ms, pad_sales.first_line, pad_sales.last_line
         from (select * from sales order by stream_no desc, seq desc limit $3) newest
         join streams on streams.stream_no = newest.stream_no
         left join pad_sales on pad_sales.sale_id = newest.sale_id
         where newest.business_date = $1 or pad_sales.day = $1
         order by newest.stream_no desc, newest.seq desc limit $2",
    )
    .bind(date)
    .bind(most)
    .bind(LOOKED_AT_MAX)
    .fetch_all(pool)
    .await?)
}

/// Returns sales between two moments, UTC milliseconds, made or claimed then, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_between(pool: &SqlitePool, from_ms: i64, to_ms: i64, most: i64) -> Result<Vec<SaleRow>> {
    Ok(sqlx::query_as(
        "select newest.sale_id, newest.receipt_number, newest.sold_at_ms, newest.payable_vnd,
                newest.seq <= streams.acked_seq as at_central, streams.held,
                pad_sales.claimed_at_ms, pad_sales.first_line, pad_sales.last_line
         from (select * from sales order by stream_no desc, seq desc limit $4) newest
         join streams on streams.stream_no = newest.stream_no
         left join pad_sales on pad_sales.sale_id = newest.sale_id
         where newest.sold_at_ms between $1 and $2 or pad_sales.claimed_at_ms between $1 and $2
         order by newest.stream_no desc, newest.seq desc limit $3",
    )
    .bind(from_ms)
    .bind(to_ms)
    .bind(most)
    .bind(LOOKED_AT_MAX)
    .fetch_all(pool)
    .await?)
}

/// Returns sales whose number ends with a text, or whose payable is an amount, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_like(
    pool: &SqlitePool,
    number_end: &str,
    payable_vnd: Option<i64>,
    most: i64,
) -> Result<Vec<SaleRow>> {
    Ok(sqlx::query_as(
        "select newest.sale_id, newest.receipt_number, newest.sold_at_ms, newest.payable_vnd,
                newest.seq <= streams.acked_seq as at_central, streams.held,
                pad_sales.claimed_at_ms, pad_sales.first_line, pad_sales.last_line
         from (select * from sales order by stream_no desc, seq desc limit $4) newest
         join streams on streams.stream_no = newest.stream_no
         left join pad_sales on pad_sales.sale_id = newest.sale_id
         where substr(newest.receipt_number, -length($1)) = $1 or newest.payable_vnd = $2
         order by newest.stream_no desc, newest.seq desc limit $3",
    )
    .bind(number_end)
    .bind(payable_vnd)
    .bind(most)
    .bind(LOOKED_AT_MAX)
    .fetch_all(pool)
    .await?)
}

/// Returns a sale, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_sale(pool: &SqlitePool, sale_id: SaleId) -> Result<Option<SaleRow>> {
    Ok(sqlx::query_as(
        "select sales.sale_id, sales.receipt_number, sales.sold_at_ms, sales.payable_vnd,
                sales.seq <= streams.acked_seq as at_central, streams.held,
                pad_sales.claimed_at_ms, pad_sales.first_line, pad_sales.last_line
         from sales join streams on streams.stream_no = sales.stream_no
         left join pad_sales on pad_sales.sale_id = sales.sale_id where sales.sale_id = $1",
    )
    .bind(sale_id.uuid())
    .fetch_optional(pool)
    .await?)
}
