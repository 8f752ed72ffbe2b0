//! Deliveries that are being typed in, one a counter: what a page would lose when somebody leaves it.

use sqlx::{FromRow, SqliteConnection};

use super::engine::one_row;
use super::{Result, Tx};

/// A delivery that was not received yet.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DraftRow {
    /// Its rows, as the page wrote them.
    pub form: String,
    /// When, UTC milliseconds.
    pub saved_at_ms: i64,
}

/// Returns what a counter was typing, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_draft(connection: &mut SqliteConnection, counter: &str) -> Result<Option<DraftRow>> {
    Ok(sqlx::query_as("select form, saved_at_ms from delivery_drafts where counter = $1")
        .bind(counter)
        .fetch_optional(connection)
        .await?)
}

/// Keeps what a counter is typing, in place of what it typed before; at most 256 KiB.
///
/// # Errors
/// When the database does not keep it.
pub async fn upsert_draft(tx: &mut Tx, counter: &str, draft: &DraftRow) -> Result<()> {
    let rows = sqlx::query(
        "insert into delivery_drafts (counter, form, saved_at_ms) values ($1, $2, $3)
         on conflict (counter) do update set form = excluded.form, saved_at_ms = excluded.saved_at_ms",
    )
    .bind(counter)
    .bind(&draft.form)
    .bind(draft.saved_at_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("delivery_drafts", rows)
}

/// Drops what a counter was typing: it is in the journal now, or given up.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_draft(tx: &mut Tx, counter: &str) -> Result<()> {
    sqlx::query("delete from delivery_drafts where counter = $1").bind(counter).execute(&mut **tx).await?;
    Ok(())
}
