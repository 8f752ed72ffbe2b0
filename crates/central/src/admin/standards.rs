//! What recognitions are decided by: which levels decide from a day on, and sets of criteria with their days. Decisions that are
//! recorded stay as they are.

use domain::recognition::Level;
use time::Date;

use super::{Admin, needed};
use crate::db::standards::{self, CriteriaRow, LevelRow};
use crate::error::{Refusal, Result};

/// What is said of a level from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLevel {
    /// Which one.
    pub level: Level,
    /// The first day.
    pub from: Date,
    /// It decides from then on, or no more.
    pub decides: bool,
    /// The paper that says so.
    pub paper: String,
}

/// A set of criteria, as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCriteria {
    /// Number of the decision.
    pub name: String,
    /// Its first day.
    pub from: Date,
    /// Its last day, where one is known.
    pub until: Option<Date>,
}

impl Admin {
    /// Writes that a level decides from a day on, or no more, in place of what was said for that day. As it was, nothing happens.
    ///
    /// # Errors
    /// When the paper is missing or too long.
    pub async fn set_recognition_level(&self, new: &NewLevel) -> Result<()> {
        let row = LevelRow {
            code: new.level.code().to_owned(),
            valid_from: new.from,
            decides: new.decides,
            paper: needed("paper", &new.paper)?,
            recorded_at_ms: self.clock.now_ms(),
            recorded_by: self.actor.clone(),
        };
        let mut tx = self.db.begin().await?;
        let said = |row: &LevelRow| (row.code.clone(), row.valid_from, row.decides, row.paper.clone());
        if standards::list_levels(&mut tx).await?.iter().any(|old| said(old) == said(&row)) {
            return Ok(());
        }
        standards::set_level(&mut tx, &row).await?;
        let sign = if row.decides { "+" } else { "−" };
        let detail = format!("{} {sign} {}", row.valid_from, row.paper);
        self.finish(tx, "product.level", &row.code, &detail).await
    }

    /// Writes a set of criteria with its days, in place of what was said under its name. As it was, nothing happens.
    ///
    /// # Errors
    /// When the name is missing or too long, or the last day lies before the first.
    pub async fn set_recognition_criteria(&self, new: &NewCriteria) -> Result<()> {
        if new.until.is_some_and(|last| last < new.from) {
            return Err(Refusal::Invalid { what: "last day", rule: "not before the first one" }.into());
        }
        // Signs alone would stand in whatever a paper says.
        if !new.name.chars().any(char::is_alphanumeric) {
            return Err(Refusal::Invalid { what: "name", rule: "the number of a decision" }.into());
        }
        let row = CriteriaRow {
            name: needed("name", &new.name)?,
            valid_from: new.from,
            valid_to: new.until,
            recorded_at_ms: self.clock.now_ms(),
            recorded_by: self.actor.clone(),
        };
        let mut tx = self.db.begin().await?;
        let said = |row: &CriteriaRow| (row.name.clone(), row.valid_from, row.valid_to);
        if standards::list_criteria(&mut tx).await?.iter().any(|old| said(old) == said(&row)) {
            return Ok(());
        }
        standards::set_criteria(&mut tx, &row).await?;
        let last = row.valid_to.map(|day| day.to_string()).unwrap_or_default();
        let detail = format!("{} → {last}", row.valid_from);
        self.finish(tx, "product.criteria", &row.name, detail.trim()).await
    }
}
