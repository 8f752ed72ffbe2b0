//! VietQR codes that were shown to buyers.

use domain::Money;
use domain::ids::SaleId;
use sqlx::SqliteConnection;

use super::{Result, Tx};

/// Keeps a code before it is shown, so that a transfer can always be matched. Showing it again changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_attempt(
    tx: &mut Tx,
    sale_id: SaleId,
    amount: Money,
    payload: &str,
    shown_at_ms: i64,
) -> Result<()> {
    sqlx::query(
        "insert into payment_attempts (sale_id, reference, amount_vnd, payload, shown_at_ms)
         values ($1, $2, $3, $4, $5)
         on conflict (sale_id, amount_vnd) do update set shown_at_ms = excluded.shown_at_ms",
    )
    .bind(sale_id.uuid())
    .bind(sale_id.payment_reference())
    .bind(amount.vnd())
    .bind(payload)
    .bind(shown_at_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns the code shown for an open cart and an amount, and what the bank told of it so far, đồng: a deposit that was paid
/// by transfer is not of it.
///
/// # Errors
/// When the database does not answer.
pub async fn find_shown(
    connection: &mut SqliteConnection,
    sale_id: SaleId,
    amount: Money,
) -> Result<Option<(String, i64)>> {
    Ok(sqlx::query_as(
        "select payload, (select coalesce(sum(amount_vnd), 0) from bank_notices where sale_id = $1)
                       - (select coalesce(sum(vnd), 0) from transfer_dues where sale_id = $1)
         from payment_attempts where sale_id = $1 and amount_vnd = $2",
    )
    .bind(sale_id.uuid())
    .bind(amount.vnd())
    .fetch_optional(connection)
    .await?)
}
