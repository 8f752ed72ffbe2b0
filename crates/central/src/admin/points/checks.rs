//! What points are measured by, and the checks of one point.

use domain::ids::PointId;
use domain::name_fold::name_fold;
use domain::point::Measure;
use time::Date;
use uuid::Uuid;
use web::format::local_date;

use super::things::reason;
use super::words;
use crate::admin::{Admin, needed, optional, taken};
use crate::db::points::criteria::{self, Answer, Check, CriteriaSet, Criterion};
use crate::db::points::locations::{self, Location};
use crate::db::points::thresholds::{self, Threshold};
use crate::db::points::{self};
use crate::error::{Error, Refusal, Result};

/// What may be said of a criterion.
pub const ANSWERS: [&str; 3] = ["met", "not_met", "unknown"];
/// The most criteria of a set.
pub const CRITERIA_MAX: usize = 100;
/// The longest code of a kind of place.
const CODE_MAX: usize = 60;

/// A check to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCheck {
    /// Drawn with the form, so that a form sent twice records one.
    pub id: Uuid,
    /// By which set.
    pub set_id: Uuid,
    /// When.
    pub checked_on: Date,
    /// Words about it.
    pub note: String,
    /// Number of the criterion, one of [`ANSWERS`], words. What is not named is unknown.
    pub answers: Vec<(i64, String, String)>,
}

/// A set of criteria to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSet {
    /// The decision.
    pub decision: String,
    /// From when on it is in force.
    pub valid_from: Date,
    /// Until when it is meant.
    pub meant_until: Option<Date>,
    /// Part of the decision and what it asks, in their order.
    pub criteria: Vec<(String, String)>,
}

/// A threshold to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewThreshold {
    /// What is measured.
    pub measure: Measure,
    /// From when on.
    pub valid_from: Date,
    /// At least so much; `None` ends it.
    pub at_least: Option<i64>,
    /// The paper that says so.
    pub paper: String,
}

impl Admin {
    /// Records a check of a point; recorded before under its id, it stays as it is.
    ///
    /// # Errors
    /// When there is no such point or set, another set is in force on the day, an answer is none, or the day is still to come.
    pub async fn check_point(&self, id: PointId, new: &NewCheck) -> Result<()> {
        if new.checked_on > local_date(self.clock.now_ms()) {
            return Err(Refusal::Invalid { what: "day", rule: "not after today" }.into());
        }
        let mut tx = self.db.begin().await?;
        points::claim(&mut tx, id).await?.ok_or(Error::NotFound("point"))?;
        let sets = criteria::list_sets(&mut tx).await?;
        let set = sets.iter().find(|set| set.id == new.set_id).ok_or(Error::NotFound("criteria"))?;
        if criteria::set_on(&sets, new.checked_on) != Some(set) {
            return Err(Refusal::Invalid { what: "criteria", rule: "those in force on the day" }.into());
        }
        let answers = answers(&criteria::list(&mut tx, set.id).await?, &new.answers)?;
        let check = Check {
            id: new.id,
            set_id: set.id,
            decision: set.decision.clone(),
            checked_on: new.checked_on,
            note: words("note", &new.note)?,
            checked_by: self.actor.clone(),
            checked_at_ms: self.clock.now_ms(),
        };
        if !criteria::insert_check(&mut tx, id, &check, &answers).await? {
            return Ok(());
        }
        self.finish(tx, "point.check", &id.to_string(), &check.decision).await
    }

    /// Adds the criteria of a decision, which are in force from their day on.
    ///
    /// # Errors
    /// When another set begins on the same day, there is no criterion, or a text is missing or too long.
    pub async fn add_criteria(&self, new: &NewSet) -> Result<Uuid> {
        let set = CriteriaSet {
            id: self.clock.new_uuid(),
            decision: needed("decision", &new.decision)?,
            valid_from: new.valid_from,
            meant_until: new.meant_until,
            added_by: self.actor.clone(),
        };
        if new.criteria.is_empty() || new.criteria.len() > CRITERIA_MAX {
            return Err(Refusal::Invalid { what: "criteria", rule: "1 to 100" }.into());
        }
        let mut rows = Vec::new();
        for (criterion_no, (block, text)) in (1..).zip(&new.criteria) {
            let text = words("criterion", text)?;
            if text.is_empty() {
                return Err(Refusal::Invalid { what: "criteria", rule: "words are needed" }.into());
            }
            let block = optional("block", block)?;
            let (block_en, text_en) = (block.clone(), text.clone());
            rows.push(Criterion { criterion_no, block_vi: block, block_en, text_vi: text, text_en });
        }
        let mut tx = self.db.begin().await?;
        let day = set.valid_from.to_string();
        criteria::insert_set(&mut tx, &set, &rows).await.map_err(taken("day", &day))?;
        self.finish(tx, "point.criteria", &set.id.to_string(), &set.decision).await?;
        Ok(set.id)
    }

    /// Takes back a set of criteria that was mistyped, with the reason: its day is free again. The log keeps its words. Points that were
    /// checked by a set hold it fast.
    ///
    /// # Errors
    /// [`Refusal::SetInUse`] when a point was checked by it; when there is no such set that people added, or no reason.
    pub async fn withdraw_criteria(&self, id: Uuid, note: &str) -> Result<()> {
        let note = reason(note)?;
        let mut tx = self.db.begin().await?;
        let mut sets = criteria::list_sets(&mut tx).await?.into_iter();
        let set =
            sets.find(|set| set.id == id && !set.added_by.is_empty()).ok_or(Error::NotFound("criteria"))?;
        let rows = criteria::list(&mut tx, id).await?;
        if !criteria::delete_unused_set(&mut tx, id).await? {
            return Err(Refusal::SetInUse.into());
        }
        let texts: Vec<&str> = rows.iter().map(|row| row.text_vi.as_str()).collect();
        let detail = format!("{} {}: {note}\n{}", set.decision, set.valid_from, texts.join("\n"));
        self.finish(tx, "point.criteria_withdrawn", &id.to_string(), &detail).await
    }

    /// Adds a kind of place of a decision, from a day on. Its name gives its code, so that what is added twice is one.
    ///
    /// # Errors
    /// When a text is missing or too long, or there is such a kind.
    pub async fn add_location_type(&self, name: &str, decision: &str, valid_from: Date) -> Result<()> {
        let name = needed("name", name)?;
        let code: String = name_fold(&name).replace(' ', "_").chars().take(CODE_MAX).collect();
        let (name_vi, name_en) = (name.clone(), name.clone());
        let decision = needed("decision", decision)?;
        let place = Location { code, name_vi, name_en, decision, valid_from, valid_to: None };
        let mut tx = self.db.begin().await?;
        let known = locations::list(&mut tx).await?;
        let goes_on = known.iter().any(|each| each.code == place.code && each.valid_to.is_none());
        if goes_on || !locations::insert(&mut tx, &place).await? {
            return Err(Refusal::Taken { what: "location", value: name }.into());
        }
        self.finish(tx, "point.location", &place.code, &place.name_vi).await
    }

    /// Ends a kind of place with a last day; points that have it keep it.
    ///
    /// # Errors
    /// When there is none that goes on, or it begins later.
    pub async fn end_location_type(&self, code: &str, last: Date) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if !locations::end(&mut tx, code, last).await? {
            return Err(Error::NotFound("location"));
        }
        self.finish(tx, "point.location_end", code, &last.to_string()).await
    }

    /// Sets what a point must have on its shelf from a day on.
    ///
    /// # Errors
    /// When the number means nothing for the measure, or the paper's name is too long.
    pub async fn set_point_threshold(&self, new: &NewThreshold) -> Result<()> {
        if new.at_least.is_some_and(|least| !(1..=new.measure.most()).contains(&least)) {
            return Err(Refusal::Invalid { what: "threshold", rule: "within the measure" }.into());
        }
        let threshold = Threshold {
            measure: new.measure.code().to_owned(),
            valid_from: new.valid_from,
            at_least: new.at_least,
            paper: optional("paper", &new.paper)?,
            set_by: self.actor.clone(),
            set_at_ms: self.clock.now_ms(),
        };
        let mut tx = self.db.begin().await?;
        thresholds::set(&mut tx, &threshold).await?;
        let least = threshold.at_least.map(|least| least.to_string()).unwrap_or_default();
        let detail = format!("{} {} {least}", threshold.measure, threshold.valid_from);
        self.finish(tx, "point.threshold", &threshold.measure, &detail).await
    }
}

/// One answer for each criterion of the set; a number that is none of it is refused.
fn answers(criteria: &[Criterion], given: &[(i64, String, String)]) -> Result<Vec<Answer>> {
    if given.iter().any(|(number, ..)| criteria.iter().all(|each| each.criterion_no != *number)) {
        return Err(Error::NotFound("criterion"));
    }
    criteria
        .iter()
        .map(|each| {
            let said = given.iter().find(|(number, ..)| *number == each.criterion_no);
            let (answer, note) = said.map_or(("unknown", ""), |(_, answer, note)| (answer, note));
            if !ANSWERS.contains(&answer) {
                return Err(Refusal::Invalid { what: "answer", rule: "one of the list" }.into());
            }
            let (criterion_no, answer) = (each.criterion_no, answer.to_owned());
            Ok(Answer { criterion_no, answer, note: words("note", note)? })
        })
        .collect()
}
