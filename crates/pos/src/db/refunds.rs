//! What came back: refunds and voids with their lines, and sales as far as taking goods back needs them.

use domain::Quantity;
use domain::ids::SaleId;
use protocol::payload::{Refund, RefundLine, RefundPrivate};
use protocol::{Entry, Kind};
use sqlx::{FromRow, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::entries::Stored;
use super::{Error, Result, Tx, engine::one_row};

/// Writes a refund or void from its entry; `private` is what only this store knows of it.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_refund(
    tx: &mut Tx,
    stream_no: i64,
    entry: &Entry,
    refund: &Refund,
    private: Option<&RefundPrivate>,
) -> Result<()> {
    let cash = refund.tenders.iter().filter(|tender| tender.kind == "cash").map(|tender| tender.amount);
    let envelope = &entry.envelope;
    let rows = sqlx::query(
        "insert into refunds (stream_no, seq, receipt_number, sale_id, is_void, shift_id, refunded_at_ms, paid_vnd, cash_vnd)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(stream_no)
    .bind(envelope.seq)
    .bind(&refund.receipt)
    .bind(envelope.sale_id)
    .bind(envelope.kind() == Kind::Void)
    .bind(refund.shift)
    .bind(envelope.wall_utc_ms)
    .bind(refund.paid)
    .bind(cash.sum::<i64>())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("refunds", rows)?;
    insert_lines(tx, (stream_no, entry), true, &refund.lines).await?;
    match private {
        Some(private) => insert_lines(tx, (stream_no, entry), false, &private.lines).await,
        None => Ok(()),
    }
}

async fn insert_lines(
    tx: &mut Tx,
    (stream_no, entry): (i64, &Entry),
    in_programme: bool,
    lines: &[RefundLine],
) -> Result<()> {
    for (line, place) in lines.iter().zip(0i64..) {
        let rows = sqlx::query(
            "insert into refund_lines (stream_no, seq, sale_id, in_programme, place, line_no, quantity_milli)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(stream_no)
        .bind(entry.envelope.seq)
        .bind(entry.envelope.sale_id)
        .bind(in_programme)
        .bind(place)
        .bind(line.line_no)
        .bind(line.quantity)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        one_row("refund_lines", rows)?;
    }
    Ok(())
}

/// A sale that something may come back of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SoldRow {
    /// The number on its receipt.
    pub receipt_number: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// The day of its shift, whatever the clock said.
    pub business_date: Date,
    /// The shift that it was sold in.
    pub shift_id: Uuid,
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// What leaves the store.
    pub shared: String,
    /// What stays, unless it was erased or another computer has it.
    pub private: Option<String>,
}

/// Returns a sale with its entry's payloads, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_sold(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<SoldRow>> {
    Ok(sqlx::query_as(
        "select sales.receipt_number, sales.sold_at_ms, entries.envelope ->> '$.business_date' as business_date,
            sales.shift_id, sales.payable_vnd, entries.shared, entries.private
         from sales join entries on entries.stream_no = sales.stream_no and entries.seq = sales.seq
         where sales.sale_id = $1",
    )
    .bind(sale_id.uuid())
    .fetch_optional(connection)
    .await?)
}

/// How much of a line of a sale came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct BackRow {
    /// Among the lines that are shared.
    pub in_programme: bool,
    /// Its place in the sale's list, from 0.
    pub line_no: i64,
    /// All refunds together.
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
}

/// Returns what came back of a sale, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn list_back(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Vec<BackRow>> {
    Ok(sqlx::query_as(
        "select in_programme, line_no, sum(quantity_milli) as quantity from refund_lines where sale_id = $1
         group by in_programme, line_no",
    )
    .bind(sale_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// A refund or void in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RefundRow {
    /// The number on its slip.
    pub receipt_number: String,
    /// The whole sale was reversed before its shift closed.
    pub is_void: bool,
    /// UTC milliseconds.
    pub refunded_at_ms: i64,
    /// What the buyer got, đồng.
    pub paid_vnd: i64,
}

/// Returns the refunds of a sale, the first one first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_sale(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Vec<RefundRow>> {
    Ok(sqlx::query_as(
        "select receipt_number, is_void, refunded_at_ms, paid_vnd from refunds where sale_id = $1
         order by refunded_at_ms, stream_no, seq",
    )
    .bind(sale_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// Returns how many refunds stand in a stream: the next slip has the number after it.
///
/// # Errors
/// When the database does not answer.
pub async fn count_refunds(connection: &mut SqliteConnection, stream_no: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from refunds where stream_no = $1")
        .bind(stream_no)
        .fetch_one(connection)
        .await?)
}

/// Returns the sale of a receipt number, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_sale_by_number(connection: &mut SqliteConnection, number: &str) -> Result<Option<SaleId>> {
    let found: Option<Uuid> = sqlx::query_scalar("select sale_id from sales where receipt_number = $1")
        .bind(number)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(SaleId::from_uuid))
}

/// Returns an entry by its number and the first sixteen bytes of its hash, whichever of this store's journals it stands in.
///
/// # Errors
/// When the database does not answer.
pub async fn find_proven(connection: &mut SqliteConnection, seq: i64, hash: &[u8]) -> Result<Option<Entry>> {
    let row: Option<Stored> = sqlx::query_as(
        "select seq, hash, kind, sale_id, envelope, shared, private from entries
         where stream_no in (select stream_no from streams) and seq = $1 and substr(hash, 1, 16) = $2",
    )
    .bind(seq)
    .bind(hash)
    .fetch_optional(connection)
    .await?;
    let read = |row: Stored| row.read().ok_or(Error::Corrupt { table: "entries", column: "envelope" });
    Ok(row.map(read).transpose()?.map(|(entry, _)| entry))
}
