//! What was spent on a point.

use domain::ids::PointId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, Tx, sql};
use crate::error::Result;

/// Money that was spent.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Cost {
    /// The row.
    pub id: Uuid,
    /// `repair`, `sign`, `equipment`, `rent`, `event` or `other`.
    pub kind: String,
    /// How much, đồng.
    pub amount_vnd: i64,
    /// When.
    pub spent_on: Date,
    /// Whose money.
    pub funding: String,
    /// The paper.
    pub paper: String,
    /// Words about it.
    pub note: String,
    /// Who entered it.
    pub added_by: String,
    /// When, UTC milliseconds.
    pub added_at_ms: i64,
    /// Entered by mistake.
    pub is_withdrawn: bool,
}

/// Returns what was spent on a point, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, point_id: PointId) -> Result<Vec<Cost>> {
    tx.all(sql!(
        "select id, kind, amount_vnd, spent_on, funding, paper, note, added_by, added_at_ms, is_withdrawn
         from point_costs where point_id = $1 order by spent_on, id",
        point_id
    ))
    .await
}

/// Adds a row; false when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, point_id: PointId, cost: &Cost) -> Result<bool> {
    let sql = sql!(
        "insert into point_costs (id, point_id, kind, amount_vnd, spent_on, funding, paper, note, added_by,
            added_at_ms, is_withdrawn)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing",
        cost.id,
        point_id,
        &cost.kind,
        cost.amount_vnd,
        cost.spent_on,
        &cost.funding,
        &cost.paper,
        &cost.note,
        &cost.added_by,
        cost.added_at_ms,
        cost.is_withdrawn
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Says that a row was entered by mistake; false when that was said already.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let sql =
        sql!("update point_costs set is_withdrawn = $2 where id = $1 and is_withdrawn = $3", id, true, false);
    Ok(tx.exec(sql).await? == 1)
}

/// Money that was spent, with on which point.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OfPoint {
    /// The point's name.
    pub point: String,
    /// Its commune.
    pub commune: String,
    /// Code of where it stands.
    pub state: String,
    /// The row.
    #[sqlx(flatten)]
    pub cost: Cost,
}

/// Returns what was spent on all points, by their names, the earliest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_all(db: &Db, limit: i64) -> Result<Vec<OfPoint>> {
    db.all(sql!(
        "select points.name as point, points.commune, points.state, costs.id, costs.kind, costs.amount_vnd,
            costs.spent_on, costs.funding, costs.paper, costs.note, costs.added_by, costs.added_at_ms,
            costs.is_withdrawn
         from point_costs costs join points on points.id = costs.point_id
         order by points.name_fold, points.id, costs.spent_on, costs.id limit $1",
        limit
    ))
    .await
}
