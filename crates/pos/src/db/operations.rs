//! Requests that were carried out. The id of a request is kept in the same transaction as its effect.

use super::{Result, Tx};

/// How long a repeated request is known; carts name their sale, so an older one changes nothing either.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Remembers a request; returns false when it was carried out before.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_operation(tx: &mut Tx, op_id: &str, now_ms: i64) -> Result<bool> {
    let rows = sqlx::query(
        "insert into operations (op_id, done_at_ms) values ($1, $2) on conflict (op_id) do nothing",
    )
    .bind(op_id)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Forgets requests of more than a week ago.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_old(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from operations where done_at_ms < $1")
        .bind(now_ms - KEPT_MS)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
