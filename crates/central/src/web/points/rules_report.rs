//! What all points are measured by, for programs.

use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::rules_page::Rules;
use crate::db::points::criteria::{CriteriaSet, Criterion};
use crate::db::points::locations::Location;
use crate::db::points::thresholds::Threshold;
use crate::web::sales::report::{iso, iso_maybe};

/// Kinds of places, criteria and thresholds, each with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RulesReport {
    /// Kinds of places, in the order of the decision.
    pub locations: Vec<LocationOfRules>,
    /// Criteria, the latest set first.
    pub criteria_sets: Vec<SetOfRules>,
    /// Thresholds, by measure, the latest first.
    pub thresholds: Vec<ThresholdOfRules>,
}

/// A kind of place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LocationOfRules {
    /// Its code.
    pub location: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// The decision that names it.
    pub decision: String,
    /// Its first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub in_force_from: Date,
    /// Its last day, where one is known.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub in_force_to: Option<Date>,
}

/// The criteria of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SetOfRules {
    /// The decision.
    pub decision: String,
    /// From when on it is in force, until a later one is.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub in_force_from: Date,
    /// Until when the decision is meant.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub meant_until: Option<Date>,
    /// The criteria.
    pub criteria: Vec<CriterionOfRules>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriterionOfRules {
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

/// A threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ThresholdOfRules {
    /// Code of the measure.
    pub measure: String,
    /// At least so much; a share in thousandths. Nothing ends the one before.
    pub at_least: Option<i64>,
    /// Its first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub in_force_from: Date,
    /// The paper that says so.
    pub decision: String,
}

impl RulesReport {
    /// Arranges what the page shows.
    pub fn of(rules: &Rules) -> Self {
        Self {
            locations: rules.locations.iter().cloned().map(LocationOfRules::from).collect(),
            criteria_sets: rules.sets.iter().cloned().map(SetOfRules::from).collect(),
            thresholds: rules.thresholds.iter().cloned().map(ThresholdOfRules::from).collect(),
        }
    }
}

impl From<Location> for LocationOfRules {
    fn from(row: Location) -> Self {
        let Location { code, name_vi, name_en, decision, valid_from, valid_to } = row;
        Self { location: code, name_vi, name_en, decision, in_force_from: valid_from, in_force_to: valid_to }
    }
}

impl From<(CriteriaSet, Vec<Criterion>)> for SetOfRules {
    fn from((set, rows): (CriteriaSet, Vec<Criterion>)) -> Self {
        let criteria = rows.into_iter().map(|row| CriterionOfRules {
            criterion_no: row.criterion_no,
            block_vi: row.block_vi,
            block_en: row.block_en,
            text_vi: row.text_vi,
            text_en: row.text_en,
        });
        Self {
            decision: set.decision,
            in_force_from: set.valid_from,
            meant_until: set.meant_until,
            criteria: criteria.collect(),
        }
    }
}

impl From<Threshold> for ThresholdOfRules {
    fn from(row: Threshold) -> Self {
        let Threshold { measure, valid_from, at_least, paper, .. } = row;
        Self { measure, at_least, in_force_from: valid_from, decision: paper }
    }
}
