//! Codes that nobody knew: they stay listed until somebody takes them away, since a busy cashier does not look.

use sqlx::SqliteConnection;

use super::{Result, Tx};

/// The most codes that a counter lists.
const LISTED_MAX: i64 = 5;

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

/// Returns the codes of a counter, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(connection: &mut SqliteConnection, counter: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(
        "select code from missed_codes where counter = $1 order by missed_at_ms desc, code limit $2",
    )
    .bind(counter)
    .bind(LISTED_MAX)
    .fetch_all(connection)
    .await?)
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
