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
}

/// Sales of a shift so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct ShiftTotals {
    /// How many.
    pub sales: i64,
    /// Their payables together, đồng.
    pub payable_vnd: i64,
    /// Cash that they left in the drawer, đồng.
    pub cash_vnd: i64,
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

/// Returns the sales of a shift, summed up.
///
/// # Errors
/// When the database does not answer.
pub async fn load_totals(connection: &mut SqliteConnection, shift_id: ShiftId) -> Result<ShiftTotals> {
    Ok(sqlx::query_as(
        "select count(*) as sales, coalesce(sum(payable_vnd), 0) as payable_vnd, coalesce(sum(cash_vnd), 0) as cash_vnd
         from sales where shift_id = $1",
    )
    .bind(shift_id.uuid())
    .fetch_one(connection)
    .await?)
}

/// Writes an opened shift.
///
/// # Errors
/// When the database does not answer, or the counter has one already.
pub async fn insert_shift(tx: &mut Tx, shift: &Shift) -> Result<()> {
    let rows = sqlx::query(
        "insert into shifts (shift_id, counter, cashier_id, business_date, opened_at_ms, float_vnd)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(shift.shift_id.uuid())
    .bind(&shift.counter)
    .bind(shift.cashier_id.uuid())
    .bind(shift.business_date)
    .bind(shift.opened_at_ms)
    .bind(shift.float.vnd())
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
        "update shifts set closed_at_ms = $2, expected_vnd = $3, counted_vnd = $4 where shift_id = $1",
    )
    .bind(shift_id.uuid())
    .bind(count.closed_at_ms)
    .bind(count.expected.vnd())
    .bind(count.counted.vnd())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("shifts", rows)
}
