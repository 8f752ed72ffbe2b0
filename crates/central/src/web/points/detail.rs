//! A point's whole file, for its page and for programs.

use domain::ids::PointId;
use domain::point::{Assortment, Measure, PointState};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::audit;
use crate::db::points::chosen;
use crate::db::points::costs;
use crate::db::points::criteria::{self, Check};
use crate::db::points::equipment;
use crate::db::points::files;
use crate::db::points::locations;
use crate::db::points::steps::{self, Step};
use crate::db::points::thresholds::{self, Threshold};
use crate::db::points::{self, Point, shelf};
use crate::db::streams::{self, Status};
use crate::db::{Db, Tx, nominations, operators, stores};
use crate::error::Result;
use crate::web::nominations::report::AcceptedOfPoint;
use crate::web::sales::report::{iso, iso_maybe};

/// The most acts that are shown.
pub const ACTS_MAX: i64 = 100;
/// The most checks that are shown.
const CHECKS_MAX: i64 = 20;

/// A point's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointReport {
    /// The point.
    pub point_id: Uuid,
    /// Its name.
    pub name: String,
    /// Street or place.
    pub address: String,
    /// The unit of today.
    pub commune: String,
    /// The district as papers from before 7/2025 name it.
    pub former_district: String,
    /// Who runs it, for the form.
    #[serde(skip)]
    pub operator_id: Option<Uuid>,
    /// That one's name.
    pub operator: Option<String>,
    /// `company`, `cooperative`, `household`, `state_unit`, or empty.
    pub legal_status: String,
    /// Tax number.
    pub tax_number: String,
    /// Number of the decision that names it.
    pub decision_number: String,
    /// Its day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub decided_on: Option<Date>,
    /// Whose money sets it up.
    pub funding: String,
    /// The kind of place.
    pub location: Option<LocationOfPoint>,
    /// Where it stands.
    pub state: String,
    /// The states that may follow.
    pub next: Vec<String>,
    /// The till's side.
    pub store_id: Option<Uuid>,
    /// That one's code.
    pub store: Option<String>,
    /// A till of it is approved, so what it sells counts.
    pub has_till: bool,
    /// In their order.
    pub steps: Vec<StepOfPoint>,
    /// What it is checked by today.
    pub criteria_in_force: Option<CriteriaOfPoint>,
    /// The latest first.
    pub checks: Vec<CheckOfPoint>,
    /// For which day the form offers the step to `checked`: that of the latest check or, where that is later, of the last step; none when
    /// no check counts for it.
    #[serde(skip)]
    pub checked_step_on: Option<Date>,
    /// Signs and equipment.
    pub equipment: Vec<EquipmentOfPoint>,
    /// Money that was spent.
    pub costs: Vec<CostOfPoint>,
    /// Photographs and scans, the latest first.
    pub files: Vec<FileOfPoint>,
    /// Products that it has accepted of those nominated, by name.
    pub accepted: Vec<AcceptedOfPoint>,
    /// What it is meant to carry.
    pub chosen: ChosenOfPoint,
    /// What stands on its shelf now; none without a store.
    pub shelf: Option<Vec<MeasureOfPoint>>,
    /// Who changed what, the latest first.
    pub acts: Vec<ActOnPoint>,
}

impl PointReport {
    /// True while something is left to do before it sells and is counted: it is not open, or none of its tills is approved.
    pub fn still_opens(&self) -> bool {
        PointState::from_code(&self.state)
            .is_some_and(|state| state < PointState::Open || (state.is_running() && !self.has_till))
    }
}

/// A kind of place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LocationOfPoint {
    /// Its code.
    pub code: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StepOfPoint {
    /// What it became.
    pub state: String,
    /// When that was.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Words beside it.
    pub note: String,
    /// Who says so.
    pub taken_by: String,
}

/// Criteria, with what the latest check by them says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriteriaOfPoint {
    /// The set.
    pub set_id: Uuid,
    /// The decision.
    pub decision: String,
    /// From when on it is in force.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub in_force_from: Date,
    /// Until when it is meant, where that is over.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub outlived_on: Option<Date>,
    /// In their order.
    pub criteria: Vec<CriterionOfPoint>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriterionOfPoint {
    /// Of its set.
    pub criterion_no: i64,
    /// Its part, in Vietnamese.
    pub block_vi: String,
    /// In English.
    pub block_en: String,
    /// What it asks, in Vietnamese.
    pub text_vi: String,
    /// In English.
    pub text_en: String,
    /// `met`, `not_met` or `unknown`; none where nobody checked.
    pub answer: Option<String>,
    /// Words about it.
    pub note: String,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckOfPoint {
    /// By which decision.
    pub decision: String,
    /// By which set.
    pub set_id: Uuid,
    /// When.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Words about it.
    pub note: String,
    /// Who recorded it.
    pub checked_by: String,
    /// How many criteria were met, not met, not known.
    pub counts: [usize; 3],
}

/// A sign or equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EquipmentOfPoint {
    /// The piece.
    pub equipment_id: Uuid,
    /// `sign` or `equipment`.
    pub kind: String,
    /// What it is.
    pub name: String,
    /// How many.
    pub item_count: i64,
    /// Of all of them, đồng.
    pub value_vnd: Option<i64>,
    /// Whose money.
    pub funding: String,
    /// Number of the handover paper.
    pub paper_number: String,
    /// Its day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub handed_on: Option<Date>,
    /// Since when it is gone.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub gone_on: Option<Date>,
    /// Why.
    pub note: String,
    /// Entered by mistake: it counts for nothing.
    pub is_withdrawn: bool,
    /// What the mistake was.
    pub withdrawn_note: String,
}

/// Money that was spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CostOfPoint {
    /// The row.
    pub cost_id: Uuid,
    /// `repair`, `sign`, `equipment`, `rent`, `event` or `other`.
    pub kind: String,
    /// Đồng.
    pub amount_vnd: i64,
    /// When.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Whose money.
    pub funding: String,
    /// The paper.
    pub paper_number: String,
    /// Words about it.
    pub note: String,
    /// Entered by mistake.
    pub is_withdrawn: bool,
}

/// A photograph or scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileOfPoint {
    /// The file.
    pub file_id: Uuid,
    /// What it shows; none for the point itself.
    pub equipment_id: Option<Uuid>,
    /// What it is.
    pub title: String,
    /// `png`, `jpeg` or `pdf`.
    pub kind: String,
    /// Its size.
    pub byte_count: i64,
    /// Who brought it.
    pub brought_by: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// A measure of the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeasureOfPoint {
    /// `products`, `ocop_products`, `ocop_share` (thousandths) or `producers`.
    pub measure: String,
    /// What is there now.
    pub measured: i64,
    /// What must be there.
    pub at_least: Option<i64>,
    /// From when on.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The paper that says so.
    pub by_paper: String,
}

/// What a point is meant to carry: how much of it there is. Which products these are says their own page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChosenOfPoint {
    /// Products on sale that are chosen.
    pub chosen_count: i64,
    /// Of them on its shelf now.
    pub on_shelf_count: i64,
    /// What a shelf with all of them measures.
    pub measures: Vec<MeasureOfPoint>,
}

/// Who did what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActOnPoint {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who.
    pub actor: String,
    /// What, as a code.
    pub action: String,
    /// In which words.
    pub detail: String,
}

/// Returns a point's file as it is on a day; `None` when there is no such point.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, id: PointId, today: Date) -> Result<Option<PointReport>> {
    let mut tx = db.begin_reading().await?;
    let Some(point) = points::find_in(&mut tx, id).await? else { return Ok(None) };
    let taken = steps::list(&mut tx, id).await?;
    let next = point.standing(&taken, None)?.next();
    let operator = match point.operator_id {
        Some(id) => Some(operators::find_name(&mut tx, id.into()).await?),
        None => None,
    };
    let store = match point.store_id {
        Some(id) => stores::find_in(&mut tx, id.into()).await?.map(|store| store.code),
        None => None,
    };
    let has_till = match point.store_id {
        Some(id) => has_till(&mut tx, id).await?,
        None => false,
    };
    let places = locations::list(&mut tx).await?;
    let location = places.into_iter().rev().find(|each| each.code == point.location_type);
    let checks = criteria::list_checks(&mut tx, id, CHECKS_MAX).await?;
    let criteria_in_force = in_force(&mut tx, &checks, today).await?;
    let checked_step_on = match checks.first().filter(|_| next.contains(&PointState::Checked)) {
        Some(check) => step_on(&mut tx, id, (check, &taken)).await?,
        None => None,
    };
    let mut told = Vec::new();
    for check in checks {
        let answers = criteria::list_answers(&mut tx, check.id).await?;
        let count = |code: &str| answers.iter().filter(|each| each.answer == code).count();
        told.push(CheckOfPoint::of(check, ["met", "not_met", "unknown"].map(count)));
    }
    let set = thresholds::list(&mut tx).await?;
    let shelf = match point.store_id {
        Some(store) => {
            let found = shelf::assortment(&mut tx, store.into(), today).await?;
            Some(measured(&set, found, today))
        }
        None => None,
    };
    let chosen = chosen_for(&mut tx, &point, (&set, today)).await?;
    let accepted = match point.store_id {
        Some(store) => nominations::list_accepted(&mut tx, store.into()).await?,
        None => Vec::new(),
    };
    let acts = audit::list_of(&mut tx, &id.to_string(), ACTS_MAX).await?;
    Ok(Some(PointReport {
        operator,
        store,
        has_till,
        next: next.into_iter().map(|state| state.code().to_owned()).collect(),
        location: location.map(Into::into),
        criteria_in_force,
        checks: told,
        checked_step_on,
        shelf,
        chosen,
        steps: taken.into_iter().map(Into::into).collect(),
        equipment: equipment::list(&mut tx, id).await?.into_iter().map(Into::into).collect(),
        costs: costs::list(&mut tx, id).await?.into_iter().map(Into::into).collect(),
        files: files::list(&mut tx, id).await?.into_iter().map(Into::into).collect(),
        accepted: accepted.into_iter().map(Into::into).collect(),
        acts: acts.into_iter().map(Into::into).collect(),
        ..PointReport::from(point)
    }))
}

/// A till whose key was copied was approved once.
async fn has_till(tx: &mut Tx, store: Uuid) -> Result<bool> {
    let tills = streams::list_in(tx, store.into()).await?;
    Ok(tills.iter().any(|till| matches!(till.status, Status::Approved | Status::Forked)))
}

/// The day of a step that says what the latest check says, when a check counts for it.
async fn step_on(tx: &mut Tx, id: PointId, (check, taken): (&Check, &[Step])) -> Result<Option<Date>> {
    let on = taken.last().map_or(check.checked_on, |step| step.on_day.max(check.checked_on));
    Ok(criteria::find_counting(tx, id, (taken, on)).await?.map(|_| on))
}

/// Returns what a point is checked by on a day, with what its latest check by that set says; `None` when no set is in force then.
///
/// # Errors
/// When the database fails.
pub async fn criteria_on(db: &Db, id: PointId, day: Date) -> Result<Option<CriteriaOfPoint>> {
    let mut tx = db.begin_reading().await?;
    let checks = criteria::list_checks(&mut tx, id, CHECKS_MAX).await?;
    in_force(&mut tx, &checks, day).await
}

async fn in_force(tx: &mut Tx, checks: &[Check], today: Date) -> Result<Option<CriteriaOfPoint>> {
    let sets = criteria::list_sets(tx).await?;
    let Some(set) = criteria::set_on(&sets, today) else { return Ok(None) };
    let answers = match checks.iter().find(|check| check.set_id == set.id) {
        Some(check) => criteria::list_answers(tx, check.id).await?,
        None => Vec::new(),
    };
    let rows = criteria::list(tx, set.id).await?.into_iter().map(|each| {
        let said = answers.iter().find(|answer| answer.criterion_no == each.criterion_no);
        CriterionOfPoint {
            criterion_no: each.criterion_no,
            block_vi: each.block_vi,
            block_en: each.block_en,
            text_vi: each.text_vi,
            text_en: each.text_en,
            answer: said.map(|answer| answer.answer.clone()),
            note: said.map(|answer| answer.note.clone()).unwrap_or_default(),
        }
    });
    Ok(Some(CriteriaOfPoint {
        set_id: set.id,
        decision: set.decision.clone(),
        in_force_from: set.valid_from,
        outlived_on: set.meant_until.filter(|last| *last < today),
        criteria: rows.collect(),
    }))
}

async fn chosen_for(tx: &mut Tx, point: &Point, (set, today): (&[Threshold], Date)) -> Result<ChosenOfPoint> {
    let found = chosen::assortment(tx, point.id, today).await?;
    let on_shelf_count = match point.store_id {
        Some(store) => chosen::count_on_shelf(tx, point.id, store.into()).await?,
        None => 0,
    };
    let measures = measured(set, found, today);
    Ok(ChosenOfPoint { chosen_count: found.product_count, on_shelf_count, measures })
}

/// What an assortment measures, against the thresholds of a day.
fn measured(set: &[Threshold], found: Assortment, today: Date) -> Vec<MeasureOfPoint> {
    let of = |measure: Measure| {
        let row = threshold_on(set, measure, today).filter(|row| row.at_least.is_some());
        MeasureOfPoint {
            measure: measure.code().to_owned(),
            measured: found.measured(measure),
            at_least: row.and_then(|row| row.at_least),
            from: row.map(|row| row.valid_from),
            by_paper: row.map(|row| row.paper.clone()).unwrap_or_default(),
        }
    };
    Measure::ALL.map(of).to_vec()
}

/// Returns the row of a measure that holds on a day.
pub fn threshold_on(set: &[Threshold], measure: Measure, day: Date) -> Option<&Threshold> {
    set.iter().find(|row| row.measure == measure.code() && row.valid_from <= day)
}
