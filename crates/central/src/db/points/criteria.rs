//! What points are checked by, a set a decision, and the checks.

use domain::ids::PointId;
use domain::point::PointState;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::steps::Step;
use crate::db::engine::{Sql, Tx, args, sql};
use crate::error::Result;

/// A set of criteria.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CriteriaSet {
    /// The set.
    pub id: Uuid,
    /// The decision.
    pub decision: String,
    /// From when on it is in force, until a later one is.
    pub valid_from: Date,
    /// Until when the decision is meant.
    pub meant_until: Option<Date>,
    /// Who added it; empty for what came with the program.
    pub added_by: String,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Criterion {
    /// 1, 2, 3 … of its set.
    pub criterion_no: i64,
    /// Its part of the decision, in Vietnamese.
    pub block_vi: String,
    /// In English.
    pub block_en: String,
    /// What it asks, in Vietnamese.
    pub text_vi: String,
    /// In English.
    pub text_en: String,
}

/// A check of a point.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Check {
    /// The check.
    pub id: Uuid,
    /// By which set.
    pub set_id: Uuid,
    /// That set's decision.
    pub decision: String,
    /// When.
    pub checked_on: Date,
    /// Words about it.
    pub note: String,
    /// Who recorded it.
    pub checked_by: String,
    /// When that was, UTC milliseconds.
    pub checked_at_ms: i64,
}

/// What a check says of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Answer {
    /// Of its set.
    pub criterion_no: i64,
    /// `met`, `not_met` or `unknown`.
    pub answer: String,
    /// Words about it.
    pub note: String,
}

/// Returns every set, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_sets(tx: &mut Tx) -> Result<Vec<CriteriaSet>> {
    tx.all(sql!(
        "select id, decision, valid_from, meant_until, added_by from criteria_sets order by valid_from desc, id"
    ))
    .await
}

/// Returns the set that is in force on a day; `sets` are all of them, the latest first.
pub fn set_on(sets: &[CriteriaSet], day: Date) -> Option<&CriteriaSet> {
    sets.iter().find(|set| set.valid_from <= day)
}

/// Adds a set with its criteria.
///
/// # Errors
/// When another one begins on the same day; when the database fails.
pub async fn insert_set(tx: &mut Tx, set: &CriteriaSet, criteria: &[Criterion]) -> Result<()> {
    tx.exec(sql!(
        "insert into criteria_sets (id, decision, valid_from, meant_until, added_by) values ($1, $2, $3, $4, $5)",
        set.id,
        &set.decision,
        set.valid_from,
        set.meant_until,
        &set.added_by
    ))
    .await?;
    let rows = criteria.iter().map(|each| {
        args![set.id, each.criterion_no, &each.block_vi, &each.block_en, &each.text_vi, &each.text_en]
    });
    let head = "insert into criteria (set_id, criterion_no, block_vi, block_en, text_vi, text_en)";
    tx.insert_rows(head, rows.collect(), "").await
}

/// Takes away a set that nobody has checked a point by. Returns false, and takes nothing, when somebody has, or there is no such set that
/// people added.
///
/// # Errors
/// When the database fails.
pub async fn delete_unused_set(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let unused = "added_by <> '' and not exists (select 1 from point_checks where point_checks.set_id = criteria_sets.id)";
    let found: Option<(Uuid,)> = tx
        .opt(Sql::new("select id from criteria_sets where id = ").bind(id).push(" and ").push(unused))
        .await?;
    if found.is_none() {
        return Ok(false);
    }
    tx.exec(sql!("delete from criteria where set_id = $1", id)).await?;
    tx.exec(sql!("delete from criteria_sets where id = $1", id)).await?;
    Ok(true)
}

/// Returns the sets that points were checked by.
///
/// # Errors
/// When the database fails.
pub async fn list_used(tx: &mut Tx) -> Result<Vec<Uuid>> {
    let sql = sql!("select distinct set_id from point_checks order by set_id");
    Ok(tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id).collect())
}

/// Returns the criteria of a set in their order.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, set_id: Uuid) -> Result<Vec<Criterion>> {
    tx.all(sql!(
        "select criterion_no, block_vi, block_en, text_vi, text_en from criteria where set_id = $1
         order by criterion_no",
        set_id
    ))
    .await
}

/// Returns up to `limit` checks of a point, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_checks(tx: &mut Tx, point_id: PointId, limit: i64) -> Result<Vec<Check>> {
    tx.all(sql!(
        "select point_checks.id, point_checks.set_id, criteria_sets.decision, point_checks.checked_on,
            point_checks.note, point_checks.checked_by, point_checks.checked_at_ms
         from point_checks join criteria_sets on criteria_sets.id = point_checks.set_id
         where point_checks.point_id = $1
         order by point_checks.checked_on desc, point_checks.checked_at_ms desc, point_checks.id limit $2",
        point_id,
        limit
    ))
    .await
}

/// Returns the day of the check that a step to `checked` on a day stands on: the latest one up to then by the set in force then, and none
/// from before the point opened again after a closing.
///
/// # Errors
/// When the database fails.
pub async fn find_counting(
    tx: &mut Tx,
    point_id: PointId,
    (steps, on): (&[Step], Date),
) -> Result<Option<Date>> {
    let sets = list_sets(tx).await?;
    let Some(set) = set_on(&sets, on) else { return Ok(None) };
    let reopened = reopened_on(steps);
    let found = find_checked_on(tx, point_id, set.id, on).await?;
    Ok(found.filter(|day| reopened.is_none_or(|reopened| *day >= reopened)))
}

/// The day on which a point that had closed opened again. Days have no hours, so a check of the day of the closing is taken as made before
/// it.
fn reopened_on(steps: &[Step]) -> Option<Date> {
    let closed = steps.iter().rposition(|step| step.state == PointState::Closed.code())?;
    let mut since = steps.iter().skip(closed);
    since.find(|step| step.state == PointState::Open.code()).map(|step| step.on_day)
}

async fn find_checked_on(tx: &mut Tx, point_id: PointId, set_id: Uuid, until: Date) -> Result<Option<Date>> {
    let sql = sql!(
        "select checked_on from point_checks where point_id = $1 and set_id = $2 and checked_on <= $3
         order by checked_on desc, id desc limit 1",
        point_id,
        set_id,
        until
    );
    Ok(tx.opt::<(Date,)>(sql).await?.map(|(day,)| day))
}

/// Returns what a check says of each criterion.
///
/// # Errors
/// When the database fails.
pub async fn list_answers(tx: &mut Tx, check_id: Uuid) -> Result<Vec<Answer>> {
    tx.all(sql!(
        "select criterion_no, answer, note from point_answers where check_id = $1 order by criterion_no",
        check_id
    ))
    .await
}

/// Adds a check with its answers; false when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert_check(tx: &mut Tx, point_id: PointId, check: &Check, answers: &[Answer]) -> Result<bool> {
    let sql = sql!(
        "insert into point_checks (id, point_id, set_id, checked_on, note, checked_by, checked_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
        check.id,
        point_id,
        check.set_id,
        check.checked_on,
        &check.note,
        &check.checked_by,
        check.checked_at_ms
    );
    if tx.exec(sql).await? == 0 {
        return Ok(false);
    }
    let rows = answers.iter().map(|each| args![check.id, each.criterion_no, &each.answer, &each.note]);
    let head = "insert into point_answers (check_id, criterion_no, answer, note)";
    tx.insert_rows(head, rows.collect(), "").await?;
    Ok(true)
}
