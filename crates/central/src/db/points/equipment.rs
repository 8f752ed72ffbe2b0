//! Signs and equipment of a point.

use domain::ids::PointId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Tx, sql};
use crate::error::Result;

/// A sign, or a piece of equipment.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Equipment {
    /// The piece.
    pub id: Uuid,
    /// `sign` or `equipment`.
    pub kind: String,
    /// What it is.
    pub name: String,
    /// How many.
    pub item_count: i64,
    /// Of all of them together, đồng; `None` where it is not known.
    pub value_vnd: Option<i64>,
    /// Whose money.
    pub funding: String,
    /// Number of the handover paper.
    pub paper_number: String,
    /// Its day.
    pub handed_on: Option<Date>,
    /// Who entered it.
    pub added_by: String,
    /// When, UTC milliseconds.
    pub added_at_ms: i64,
    /// Since when it is gone.
    pub gone_on: Option<Date>,
    /// Why.
    pub gone_note: String,
}

/// Returns what a point has and had, in the order in which it was entered.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, point_id: PointId) -> Result<Vec<Equipment>> {
    tx.all(sql!(
        "select id, kind, name, item_count, value_vnd, funding, paper_number, handed_on, added_by, added_at_ms,
            gone_on, gone_note from point_equipment where point_id = $1 order by added_at_ms, id",
        point_id
    ))
    .await
}

/// Adds a piece; false when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, point_id: PointId, piece: &Equipment) -> Result<bool> {
    let sql = sql!(
        "insert into point_equipment (id, point_id, kind, name, item_count, value_vnd, funding, paper_number,
            handed_on, added_by, added_at_ms, gone_on, gone_note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing",
        piece.id,
        point_id,
        &piece.kind,
        &piece.name,
        piece.item_count,
        piece.value_vnd,
        &piece.funding,
        &piece.paper_number,
        piece.handed_on,
        &piece.added_by,
        piece.added_at_ms,
        piece.gone_on,
        &piece.gone_note
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Says that a piece is gone; false when it was already.
///
/// # Errors
/// When the database fails.
pub async fn set_gone(tx: &mut Tx, id: Uuid, on: Date, note: &str) -> Result<bool> {
    let sql = sql!(
        "update point_equipment set gone_on = $2, gone_note = $3 where id = $1 and gone_on is null",
        id,
        on,
        note
    );
    Ok(tx.exec(sql).await? == 1)
}
