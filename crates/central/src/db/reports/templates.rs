//! The fixed words of the report, version after version: none is changed, the last one holds.

use sqlx::FromRow;

use crate::db::engine::{Db, Tx, sql};
use crate::error::Result;

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SavedTemplate {
    /// Since when it holds, UTC milliseconds.
    pub saved_at_ms: i64,
    /// By whom: a login.
    pub saved_by: String,
    /// JSON; empty for the words that come with the program.
    pub body: String,
}

/// Returns the version that holds; `None` while nobody ever saved one.
///
/// # Errors
/// When the database fails.
pub async fn latest_template(tx: &mut Tx) -> Result<Option<SavedTemplate>> {
    let sql = sql!(
        "select saved_at_ms, saved_by, body from report_templates order by saved_at_ms desc, saved_by desc limit 1"
    );
    tx.opt(sql).await
}

/// Returns the versions, the last one first, `most` at most.
///
/// # Errors
/// When the database fails.
pub async fn list_templates(db: &Db, most: i64) -> Result<Vec<SavedTemplate>> {
    let sql = sql!(
        "select saved_at_ms, saved_by, body from report_templates order by saved_at_ms desc, saved_by desc limit $1",
        most
    );
    db.all(sql).await
}

/// Keeps a version beside those before; the same person's second one of a millisecond takes the first one's place.
///
/// # Errors
/// When the database fails.
pub async fn insert_template(tx: &mut Tx, saved: &SavedTemplate) -> Result<()> {
    let sql = sql!(
        "insert into report_templates (saved_at_ms, saved_by, body) values ($1, $2, $3)
         on conflict (saved_at_ms, saved_by) do update set body = excluded.body",
        saved.saved_at_ms,
        &saved.saved_by,
        &saved.body
    );
    tx.exec(sql).await?;
    Ok(())
}
