//! The shop's own picture above its receipts.

use sqlx::SqlitePool;

use super::{Result, Tx, engine::one_row};

/// Returns the picture, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn find_logo(pool: &SqlitePool) -> Result<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar("select content from receipt_logo").fetch_optional(pool).await?)
}

/// Writes the picture in place of the one before.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_logo(tx: &mut Tx, content: &[u8], now_ms: i64) -> Result<()> {
    let rows = sqlx::query(
        "insert into receipt_logo (one, content, changed_at_ms) values (1, $1, $2)
         on conflict (one) do update set content = excluded.content, changed_at_ms = excluded.changed_at_ms",
    )
    .bind(content)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("receipt_logo", rows)
}

/// Takes the picture away, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_logo(tx: &mut Tx) -> Result<()> {
    sqlx::query("delete from receipt_logo").execute(&mut **tx).await?;
    Ok(())
}
