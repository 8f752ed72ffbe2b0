//! What a point must have on its shelf: dated rows that administrators set.

use sqlx::FromRow;
use time::Date;

use crate::db::engine::{Tx, sql};
use crate::error::Result;

/// A threshold from a day on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Threshold {
    /// Code of the measure.
    pub measure: String,
    /// Its first day.
    pub valid_from: Date,
    /// At least so much; `None` ends it.
    pub at_least: Option<i64>,
    /// The paper that says so.
    pub paper: String,
    /// Who set it.
    pub set_by: String,
    /// When, UTC milliseconds.
    pub set_at_ms: i64,
}

/// Returns every threshold that was set, by measure, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<Threshold>> {
    tx.all(sql!(
        "select measure, valid_from, at_least, paper, set_by, set_at_ms from point_thresholds
         order by measure, valid_from desc"
    ))
    .await
}

/// Sets a threshold from a day on, in place of what was set from the same day on.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, threshold: &Threshold) -> Result<()> {
    tx.exec(sql!(
        "insert into point_thresholds (measure, valid_from, at_least, paper, set_by, set_at_ms)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (measure, valid_from) do update set at_least = excluded.at_least, paper = excluded.paper,
            set_by = excluded.set_by, set_at_ms = excluded.set_at_ms",
        &threshold.measure,
        threshold.valid_from,
        threshold.at_least,
        &threshold.paper,
        &threshold.set_by,
        threshold.set_at_ms
    ))
    .await?;
    Ok(())
}
