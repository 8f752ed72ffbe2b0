//! The steps of a point: what it became, on which day, who says so.

use domain::ids::PointId;
use sqlx::FromRow;
use time::Date;

use crate::db::engine::{Tx, sql};
use crate::error::Result;

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Step {
    /// 1, 2, 3 … of the point.
    pub step_no: i64,
    /// Code of what it became.
    pub state: String,
    /// When that was.
    pub on_day: Date,
    /// Words beside it.
    pub note: String,
    /// A login, or `central` itself.
    pub taken_by: String,
    /// When it was recorded, UTC milliseconds.
    pub taken_at_ms: i64,
}

/// Returns the steps of a point in their order.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, point_id: PointId) -> Result<Vec<Step>> {
    tx.all(sql!(
        "select step_no, state, on_day, note, taken_by, taken_at_ms from point_steps where point_id = $1
         order by step_no",
        point_id
    ))
    .await
}

/// Adds a step alone, for a point that was made in its state.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, point_id: PointId, step: &Step) -> Result<()> {
    tx.exec(sql!(
        "insert into point_steps (point_id, step_no, state, on_day, note, taken_by, taken_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7)",
        point_id,
        step.step_no,
        &step.state,
        step.on_day,
        &step.note,
        &step.taken_by,
        step.taken_at_ms
    ))
    .await?;
    Ok(())
}

/// Takes a step of a point that the caller has claimed: adds it, and the point is what it says.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, point_id: PointId, step: &Step) -> Result<()> {
    insert(tx, point_id, step).await?;
    tx.exec(sql!("update points set state = $2 where id = $1", point_id, &step.state)).await?;
    Ok(())
}
