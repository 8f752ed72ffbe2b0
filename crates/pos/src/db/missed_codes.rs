//! Codes that nobody knew: they stay listed until somebody takes them away, since a busy cashier does not look.

use super::{Result, Tx};

/// Lists a code.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_code(tx: &mut Tx, counter: &str, code: &str, now_ms: i64) -> Result<()> {
    sqlx::query(
        "insert into missed_codes (counter, code, missed_at_ms) values ($1, $2, $3)
         on conflict (counter, code) do update set missed_at_ms = excluded.missed_at_ms",
    )
    .bind(counter)
    .bind(code)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a code away.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_code(tx: &mut Tx, counter: &str, code: &str) -> Result<()> {
    sqlx::query("delete from missed_codes where counter = $1 and code = $2")
        .bind(counter)
        .bind(code)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
