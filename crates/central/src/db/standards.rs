//! What recognitions are decided by, as dated rows: levels, and sets of criteria.

use domain::recognition::Level;
use domain::standards::{CriteriaSet, LevelSaid, Standards};
use sqlx::FromRow;
use time::Date;

use super::engine::{Tx, sql};
use crate::error::{Error, Result};

/// What is said of a level from a day on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LevelRow {
    /// Code of the level.
    pub code: String,
    /// The first day.
    pub valid_from: Date,
    /// It decides from then on, or no more.
    pub decides: bool,
    /// The paper that says so.
    pub paper: String,
    /// When it was recorded, UTC milliseconds; 0 for what came with the program.
    pub recorded_at_ms: i64,
    /// Whose login recorded it; empty for what came with the program.
    pub recorded_by: String,
}

impl LevelRow {
    /// Returns which level it is.
    ///
    /// # Errors
    /// When the code is none.
    pub fn level(&self) -> Result<Level> {
        Level::from_code(&self.code)
            .ok_or_else(|| Error::damaged("recognition_levels", &self.code, "the level is unknown"))
    }
}

/// A set of criteria that results are scored under.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CriteriaRow {
    /// Number of the decision.
    pub name: String,
    /// The first day.
    pub valid_from: Date,
    /// The last day, where one is known.
    pub valid_to: Option<Date>,
    /// When it was recorded, UTC milliseconds; 0 for what came with the program.
    pub recorded_at_ms: i64,
    /// Whose login recorded it; empty for what came with the program.
    pub recorded_by: String,
}

/// Returns what is said of every level, by its code, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_levels(tx: &mut Tx) -> Result<Vec<LevelRow>> {
    tx.all(sql!(
        "select code, valid_from, decides, paper, recorded_at_ms, recorded_by from recognition_levels
         order by code, valid_from desc"
    ))
    .await
}

/// Returns every set of criteria, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_criteria(tx: &mut Tx) -> Result<Vec<CriteriaRow>> {
    tx.all(sql!(
        "select name, valid_from, valid_to, recorded_at_ms, recorded_by from recognition_criteria
         order by valid_from desc, name"
    ))
    .await
}

/// Returns all of it, as the rules of recognitions take it.
///
/// # Errors
/// When the database fails, or a level is unknown.
pub async fn load(tx: &mut Tx) -> Result<Standards> {
    let said = |row: LevelRow| {
        Ok::<_, Error>(LevelSaid { level: row.level()?, from: row.valid_from, decides: row.decides })
    };
    let set = |row: CriteriaRow| CriteriaSet { name: row.name, from: row.valid_from };
    let levels = list_levels(tx).await?.into_iter().map(said).collect::<Result<Vec<_>>>()?;
    Ok(Standards::new(levels, list_criteria(tx).await?.into_iter().map(set).collect()))
}

/// Records what is said of a level from a day on, in place of what was recorded for that day.
///
/// # Errors
/// When the database fails.
pub async fn set_level(tx: &mut Tx, row: &LevelRow) -> Result<()> {
    tx.exec(sql!(
        "insert into recognition_levels (code, valid_from, decides, paper, recorded_at_ms, recorded_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (code, valid_from) do update set decides = excluded.decides, paper = excluded.paper,
            recorded_at_ms = excluded.recorded_at_ms, recorded_by = excluded.recorded_by",
        &row.code,
        row.valid_from,
        row.decides,
        &row.paper,
        row.recorded_at_ms,
        &row.recorded_by
    ))
    .await?;
    Ok(())
}

/// Records a set of criteria, in place of what was recorded under its name.
///
/// # Errors
/// When the database fails.
pub async fn set_criteria(tx: &mut Tx, row: &CriteriaRow) -> Result<()> {
    tx.exec(sql!(
        "insert into recognition_criteria (name, valid_from, valid_to, recorded_at_ms, recorded_by)
         values ($1, $2, $3, $4, $5)
         on conflict (name) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to,
            recorded_at_ms = excluded.recorded_at_ms, recorded_by = excluded.recorded_by",
        &row.name,
        row.valid_from,
        row.valid_to,
        row.recorded_at_ms,
        &row.recorded_by
    ))
    .await?;
    Ok(())
}
