//! Deliveries that are being typed in, one a counter: what a page would lose when somebody leaves it.

use sqlx::{FromRow, SqliteConnection};

use super::{Result, Tx};

/// A delivery that was not received yet.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DraftRow {
    /// The request that will receive it.
    pub op_id: String,
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
    Ok(sqlx::query_as("select op_id, form, saved_at_ms from delivery_drafts where counter = $1")
        .bind(counter)
        .fetch_optional(connection)
        .await?)
}

/// Keeps what a counter is typing, in place of what it typed before of the same delivery; at most 256 KiB. Returns false where another
/// window is typing another one.
///
/// # Errors
/// When the database does not keep it.
pub async fn upsert_draft(tx: &mut Tx, counter: &str, draft: &DraftRow) -> Result<bool> {
    let rows = sqlx::query(
        "insert into delivery_drafts (counter, op_id, form, saved_at_ms) values ($1, $2, $3, $4)
         on conflict (counter) do update set form = excluded.form, saved_at_ms = excluded.saved_at_ms
         where delivery_drafts.op_id = excluded.op_id",
    )
    .bind(counter)
    .bind(&draft.op_id)
    .bind(&draft.form)
    .bind(draft.saved_at_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Drops a delivery that a counter was typing: it is in the journal now, or given up.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_draft(tx: &mut Tx, counter: &str, op_id: &str) -> Result<()> {
    sqlx::query("delete from delivery_drafts where counter = $1 and op_id = $2")
        .bind(counter)
        .bind(op_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
