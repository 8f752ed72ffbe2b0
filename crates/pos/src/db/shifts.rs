//! Shifts: one cashier's turn at a drawer, from its float to its count.

use domain::Money;
use domain::ids::{CashierId, ShiftId};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// An open shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its identity.
    pub shift_id: ShiftId,
    /// At which counter.
    pub counter: String,
    /// Whose.
    pub cashier_id: CashierId,
    /// The business date that the cashier confirmed: it picks price, rate, recognition and expiry.
    pub business_date: Date,
    /// UTC milliseconds.
    pub opened_at_ms: i64,
    /// Money that it began with.
    pub float: Money,
}

/// The end of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// What the book said.
    pub expected: Money,
    /// What was counted.
    pub counted: Money,
    /// UTC milliseconds.
    pub closed_at_ms: i64,
    /// The number of the entry that closed it.
    pub closed_seq: i64,
}

/// A shift that was closed, in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ClosedShift {
    /// The shift.
    pub shift_id: Uuid,
    /// At which counter.
    pub counter: String,
    /// Business date.
    pub business_date: Date,
    /// UTC milliseconds.
    pub opened_at_ms: i64,
    /// UTC milliseconds.
    pub closed_at_ms: i64,
    /// What was counted, đồng.
    pub counted_vnd: i64,
    /// Counted less expected, đồng.
    pub over_vnd: i64,
}

/// An entry of a shift, as far as its report needs it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Told {
    /// Its kind.
    pub kind: String,
    /// Its sale.
    pub sale_id: Option<Uuid>,
    /// The hashed bytes.
    pub envelope: String,
    /// What leaves the store.
    pub shared: String,
    /// What stays, unless it was erased.
    pub private: Option<String>,
}

#[derive(FromRow)]
struct ShiftRow {
    shift_id: Uuid,
    counter: String,
    cashier_id: Uuid,
    business_date: Date,
    opened_at_ms: i64,
    float_vnd: i64,
}

/// Returns the open shift of a counter.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(connection: &mut SqliteConnection, counter: &str) -> Result<Option<Shift>> {
    let row: Option<ShiftRow> = sqlx::query_as(
        "select shift_id, counter, cashier_id, business_date, opened_at_ms, float_vnd
         from shifts where counter = $1 and closed_at_ms is null",
    )
    .bind(counter)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Shift {
        shift_id: row.shift_id.into(),
        counter: row.counter,
        cashier_id: row.cashier_id.into(),
        business_date: row.business_date,
        opened_at_ms: row.opened_at_ms,
        float: Money::new(row.float_vnd),
    }))
}

/// Returns the shift of the store that has been open longest; none when no counter is open.
///
/// # Errors
/// When the database does not answer.
pub async fn find_any_open(connection: &mut SqliteConnection) -> Result<Option<Shift>> {
    let counter: Option<String> = sqlx::query_scalar(
        "select counter from shifts where closed_at_ms is null order by opened_at_ms, shift_id limit 1",
    )
    .fetch_optional(&mut *connection)
    .await?;
    match counter {
        Some(counter) => find_open(connection, &counter).await,
        None => Ok(None),
    }
}

/// Returns the latest business date of a counter.
///
/// # Errors
/// When the database does not answer.
pub async fn find_last_date(pool: &SqlitePool, counter: &str) -> Result<Option<Date>> {
    Ok(sqlx::query_scalar("select max(business_date) from shifts where counter = $1")
        .bind(counter)
        .fetch_one(pool)
        .await?)
}

/// Returns the entries that a shift's report counts, in the order of the journal: each sale once, however many journals
/// tell it. Another kind that moves a drawer's money gets another row here.
///
/// # Errors
/// When the database does not answer.
pub async fn list_told(connection: &mut SqliteConnection, shift_id: ShiftId) -> Result<Vec<Told>> {
    Ok(sqlx::query_as(
        "select entries.kind, entries.sale_id, entries.envelope, entries.shared, entries.private
         from (select stream_no, seq from sales where shift_id = $1
               union all
               select stream_no, seq from refunds where shift_id = $1
               union all
               select stream_no, seq from cash_moves where shift_id = $1
               union all
               select stream_no, seq from confirmed_tenders where shift_id = $1
               union all
               select stream_no, seq from deposit_moves where shift_id = $1
               union all
               select stream_no, seq from producer_payments where shift_id = $1) told
         join entries on entries.stream_no = told.stream_no and entries.seq = told.seq
         order by told.stream_no, told.seq",
    )
    .bind(shift_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// Returns in which stream a shift was opened, and by which entry of it.
///
/// # Errors
/// When the database does not answer, or there is no such shift.
pub async fn load_opening(connection: &mut SqliteConnection, shift_id: ShiftId) -> Result<(i64, i64)> {
    Ok(sqlx::query_as("select stream_no, opened_seq from shifts where shift_id = $1")
        .bind(shift_id.uuid())
        .fetch_one(connection)
        .await?)
}

/// Returns the shifts that were counted, the newest first; of one counter, or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn list_closed(pool: &SqlitePool, counter: Option<&str>, most: i64) -> Result<Vec<ClosedShift>> {
    Ok(sqlx::query_as(
        "select shift_id, counter, business_date, opened_at_ms, closed_at_ms, counted_vnd,
                counted_vnd - expected_vnd as over_vnd
         from shifts where counted_vnd is not null and ($1 is null or counter = $1)
         order by stream_no desc, opened_seq desc limit $2",
    )
    .bind(counter)
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Writes an opened shift; `opened_seq` is the entry that opened it.
///
/// # Errors
/// When the database does not answer, or the counter has one already.
pub async fn insert_shift(tx: &mut Tx, shift: &Shift, stream_no: i64, opened_seq: i64) -> Result<()> {
    let rows = sqlx::query(
        "insert into shifts (shift_id, counter, cashier_id, business_date, opened_at_ms, float_vnd, stream_no, opened_seq)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(shift.shift_id.uuid())
    .bind(&shift.counter)
    .bind(shift.cashier_id.uuid())
    .bind(shift.business_date)
    .bind(shift.opened_at_ms)
    .bind(shift.float.vnd())
    .bind(stream_no)
    .bind(opened_seq)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("shifts", rows)
}

/// Ends the open shift of a counter without a count, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn end_uncounted(tx: &mut Tx, counter: &str, ended_at_ms: i64) -> Result<()> {
    sqlx::query("update shifts set closed_at_ms = $2 where counter = $1 and closed_at_ms is null")
        .bind(counter)
        .bind(ended_at_ms)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends a shift.
///
/// # Errors
/// When the database does not answer, or there is no such shift.
pub async fn update_closed(tx: &mut Tx, shift_id: ShiftId, count: &Count) -> Result<()> {
    let rows = sqlx::query(
        "update shifts set closed_at_ms = $2, expected_vnd = $3, counted_vnd = $4, closed_seq = $5 where shift_id = $1",
    )
    .bind(shift_id.uuid())
    .bind(count.closed_at_ms)
    .bind(count.expected.vnd())
    .bind(count.counted.vnd())
    .bind(count.closed_seq)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("shifts", rows)
}
