//! Papers other than receipts: what each says, stored when it was made.

use domain::ids::{SaleId, ShiftId};
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// How long a paper that is done with can be printed again. Receipts, Z reports and what producers were paid stay as long as the
/// journal does.
const KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1_000;

/// A stored paper.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SlipRow {
    /// Its identity, and that of its print.
    pub slip_id: Uuid,
    /// The number on it.
    pub number: String,
    /// `receipts::slip` as JSON.
    pub snapshot: String,
}

/// Stores a paper; `shift_id` for the Z of a shift, `sale_id` for a paper that belongs to a sale.
///
/// # Errors
/// When the database does not answer, or the shift has its Z.
pub async fn insert_slip(
    tx: &mut Tx,
    row: &SlipRow,
    (shift_id, sale_id): (Option<ShiftId>, Option<SaleId>),
    made_at_ms: i64,
) -> Result<()> {
    let rows = sqlx::query(
        "insert into slips (slip_id, number, shift_id, sale_id, snapshot, made_at_ms)
         values ($1, $2, $3, $6, $4, $5)",
    )
    .bind(row.slip_id)
    .bind(&row.number)
    .bind(shift_id.map(ShiftId::uuid))
    .bind(&row.snapshot)
    .bind(made_at_ms)
    .bind(sale_id.map(SaleId::uuid))
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("slips", rows)
}

/// Returns the papers that belong to a sale, beside its receipt, in the order in which they were made.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_sale(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Vec<SlipRow>> {
    Ok(sqlx::query_as(
        "select slip_id, number, snapshot from slips where sale_id = $1 order by made_at_ms, slip_id",
    )
    .bind(sale_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// Returns a paper, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_slip(connection: &mut SqliteConnection, slip_id: Uuid) -> Result<Option<SlipRow>> {
    Ok(sqlx::query_as("select slip_id, number, snapshot from slips where slip_id = $1")
        .bind(slip_id)
        .fetch_optional(connection)
        .await?)
}

/// Returns a paper by the number on it, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_number(connection: &mut SqliteConnection, number: &str) -> Result<Option<SlipRow>> {
    Ok(sqlx::query_as(
        "select slip_id, number, snapshot from slips where number = $1 order by made_at_ms limit 1",
    )
    .bind(number)
    .fetch_optional(connection)
    .await?)
}

/// Returns the Z of a shift, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_of_shift(connection: &mut SqliteConnection, shift_id: ShiftId) -> Result<Option<SlipRow>> {
    Ok(sqlx::query_as("select slip_id, number, snapshot from slips where shift_id = $1")
        .bind(shift_id.uuid())
        .fetch_optional(connection)
        .await?)
}

/// Forgets papers of more than ninety days ago with their prints; none that waits, that somebody should look at, or that a
/// producer may ask for.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_old(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query(
        "delete from prints where state in ('printed', 'skipped')
             and sale_id in (select slip_id from slips where shift_id is null and made_at_ms < $1
                             and number not in (select number from producer_payments))",
    )
    .bind(now_ms - KEPT_MS)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "delete from slips where shift_id is null and made_at_ms < $1
             and number not in (select number from producer_payments)
             and not exists (select 1 from prints where prints.sale_id = slips.slip_id)",
    )
    .bind(now_ms - KEPT_MS)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
