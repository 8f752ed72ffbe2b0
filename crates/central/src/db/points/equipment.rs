//! Signs and equipment of a point.

use domain::ids::PointId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use crate::db::engine::{Db, Tx, sql};
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
    /// Entered by mistake: it counts for nothing.
    pub is_withdrawn: bool,
    /// What the mistake was.
    pub withdrawn_note: String,
}

/// Returns what a point has and had, in the order in which it was entered.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, point_id: PointId) -> Result<Vec<Equipment>> {
    tx.all(sql!(
        "select id, kind, name, item_count, value_vnd, funding, paper_number, handed_on, added_by, added_at_ms,
            gone_on, gone_note, is_withdrawn, withdrawn_note from point_equipment where point_id = $1 order by added_at_ms, id",
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
            handed_on, added_by, added_at_ms, gone_on, gone_note, is_withdrawn, withdrawn_note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (id) do nothing",
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
        &piece.gone_note,
        piece.is_withdrawn,
        &piece.withdrawn_note
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

/// Says that a piece was entered by mistake; false when that was said already.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, id: Uuid, note: &str) -> Result<bool> {
    let sql = sql!(
        "update point_equipment set is_withdrawn = $2, withdrawn_note = $3 where id = $1 and is_withdrawn = $4",
        id,
        true,
        note,
        false
    );
    Ok(tx.exec(sql).await? == 1)
}

/// A sign or equipment with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OfPoint {
    /// The point's name.
    pub point: String,
    /// Its commune.
    pub commune: String,
    /// Code of where it stands.
    pub state: String,
    /// The piece.
    #[sqlx(flatten)]
    pub piece: Equipment,
}

/// Returns what all points have and had, by the names of points; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_all(db: &Db, limit: i64) -> Result<Vec<OfPoint>> {
    db.all(sql!(
        "select points.name as point, points.commune, points.state, things.id, things.kind, things.name,
            things.item_count, things.value_vnd, things.funding, things.paper_number, things.handed_on,
            things.added_by, things.added_at_ms, things.gone_on, things.gone_note, things.is_withdrawn,
            things.withdrawn_note
         from point_equipment things join points on points.id = things.point_id
         order by points.name_fold, points.id, things.added_at_ms, things.id limit $1",
        limit
    ))
    .await
}
