//! Points of sale: their facts and their steps. What else a file holds is in the modules below.

mod checks;
mod chosen;
mod opening;
mod things;

use domain::ids::{OperatorId, PointId};
use domain::point::{PointState, PointStep};
use time::Date;
use web::format::local_date;

use super::{Admin, LEGAL_STATUSES, needed, optional};
use crate::db::points::steps::{self, Step};
use crate::db::points::{self, Point, criteria, locations};
use crate::db::stores::Store;
use crate::db::{Tx, operators};
use crate::error::{Error, Refusal, Result};

pub use checks::{ANSWERS, CRITERIA_MAX};
pub use checks::{NewCheck, NewSet, NewThreshold};
pub use chosen::CHOSEN_MAX;
pub use opening::Runner;
pub use things::{COST_KINDS, EQUIPMENT_KINDS, ITEMS_MAX, NewCost, NewEquipment, NewPointFile, VND_MAX};

/// The longest words beside a step or a row, in characters.
pub const NOTE_MAX: usize = 1_000;

/// The facts of a point to add, or as they are to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPoint {
    /// Its name.
    pub name: String,
    /// Street or place.
    pub address: String,
    /// The unit of today.
    pub commune: String,
    /// The district as papers from before 7/2025 name it.
    pub former_district: String,
    /// Who runs it, once that is known; of a point with a store it stays.
    pub operator_id: Option<OperatorId>,
    /// `company`, `cooperative`, `household`, `state_unit`, or empty while unknown.
    pub legal_status: String,
    /// Tax number; empty when there is none.
    pub tax_number: String,
    /// Number of the decision that names it.
    pub decision_number: String,
    /// Its day.
    pub decided_on: Option<Date>,
    /// Whose money sets it up.
    pub funding: String,
    /// Code of the kind of place; empty while unknown.
    pub location_type: String,
}

impl Admin {
    /// Adds a point that was surveyed on a day, under an identity that who asks has drawn; added before under it, it stays as it is.
    ///
    /// # Errors
    /// When the name is missing, a text is too long, or a code or the operator unknown.
    pub async fn add_point_as(&self, id: PointId, new: &NewPoint, surveyed_on: Date) -> Result<()> {
        let now_ms = self.clock.now_ms();
        let state = PointState::Surveyed.code();
        let mut tx = self.db.begin().await?;
        let blank = Point {
            id,
            name: String::new(),
            address: String::new(),
            commune: String::new(),
            former_district: String::new(),
            operator_id: None,
            legal_status: String::new(),
            tax_number: String::new(),
            decision_number: String::new(),
            decided_on: None,
            funding: String::new(),
            location_type: String::new(),
            state: state.to_owned(),
            store_id: None,
            created_at_ms: now_ms,
        };
        let point = self.written(&mut tx, &blank, new).await?;
        if !points::insert(&mut tx, &point).await? {
            return Ok(());
        }
        steps::insert(&mut tx, id, &self.step(1, state, surveyed_on, "")).await?;
        self.finish(tx, "point.add", &id.to_string(), &point.name).await
    }

    /// Writes the facts of a point anew. Nothing is written when they are the same.
    ///
    /// # Errors
    /// When there is no such point; else as [`Admin::add_point_as`].
    pub async fn update_point(&self, id: PointId, new: &NewPoint) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let old = points::claim(&mut tx, id).await?.ok_or(Error::NotFound("point"))?;
        let point = self.written(&mut tx, &old, new).await?;
        if point == old {
            return Ok(());
        }
        points::update(&mut tx, &point).await?;
        self.finish(tx, "point.update", &id.to_string(), &changes(&old, &point)).await
    }

    /// Takes a step of a point.
    ///
    /// # Errors
    /// [`Refusal::Step`] when it does not follow; when there is no such point, or the words are too long.
    pub async fn take_point_step(&self, id: PointId, to: PointState, on: Date, note: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let point = points::claim(&mut tx, id).await?.ok_or(Error::NotFound("point"))?;
        self.take_step_in(&mut tx, &point, (to, on, note)).await?;
        let detail = format!("{} → {}", point.state, to.code());
        self.finish(tx, "point.step", &id.to_string(), &detail).await
    }

    async fn take_step_in(
        &self,
        tx: &mut Tx,
        point: &Point,
        (to, on, note): (PointState, Date, &str),
    ) -> Result<()> {
        let note = words("note", note)?;
        let taken = steps::list(tx, point.id).await?;
        let wanted = PointStep { to, on, has_note: !note.is_empty() };
        let checked_on = match to {
            PointState::Checked => criteria::find_counting(tx, point.id, (&taken, on)).await?,
            _ => None,
        };
        let standing = point.standing(&taken, checked_on)?;
        standing.check(wanted, local_date(self.clock.now_ms())).map_err(Refusal::Step)?;
        let step_no = taken.last().map_or(0, |last| last.step_no) + 1;
        steps::take(tx, point.id, &self.step(step_no, to.code(), on, &note)).await
    }

    /// Adds the point of a store that was made without one: it sells from today on.
    pub(super) async fn insert_point_of(&self, tx: &mut Tx, store: &Store) -> Result<()> {
        let now_ms = self.clock.now_ms();
        let step = self.step(1, PointState::Open.code(), local_date(now_ms), "");
        points::insert_of_store(tx, store, now_ms, &step).await
    }

    fn step(&self, step_no: i64, state: &str, on_day: Date, note: &str) -> Step {
        Step {
            step_no,
            state: state.to_owned(),
            on_day,
            note: note.to_owned(),
            taken_by: self.actor.clone(),
            taken_at_ms: self.clock.now_ms(),
        }
    }

    /// Returns a point with other facts, checked.
    async fn written(&self, tx: &mut Tx, old: &Point, new: &NewPoint) -> Result<Point> {
        if !new.legal_status.is_empty() && !LEGAL_STATUSES.contains(&new.legal_status.as_str()) {
            return Err(Refusal::Invalid { what: "legal status", rule: "one of the list" }.into());
        }
        let today = local_date(self.clock.now_ms());
        let known = locations::list(tx).await?;
        let is_known = known.iter().any(|each| each.code == new.location_type && each.counts_on(today));
        if !new.location_type.is_empty() && new.location_type != old.location_type && !is_known {
            return Err(Refusal::Invalid { what: "location", rule: "one of the list" }.into());
        }
        let operator_id =
            if old.store_id.is_some() { old.operator_id } else { new.operator_id.map(Into::into) };
        if let Some(id) = operator_id {
            operators::find_name(tx, id.into()).await?;
        } else if old.state()? >= PointState::Contracted && old.state != PointState::Closed.code() {
            return Err(Refusal::Step(domain::point::StepRefusal::NoOperator).into());
        }
        let communes = self.communes(tx).await?;
        Ok(Point {
            name: needed("name", &new.name)?,
            address: optional("address", &new.address)?,
            commune: communes.written(&optional("commune", &new.commune)?),
            former_district: optional("former district", &new.former_district)?,
            operator_id,
            legal_status: new.legal_status.clone(),
            tax_number: optional("tax number", &new.tax_number)?,
            decision_number: optional("decision number", &new.decision_number)?,
            decided_on: new.decided_on,
            funding: optional("funding", &new.funding)?,
            location_type: new.location_type.clone(),
            ..old.clone()
        })
    }
}

/// Returns words of several lines without blanks around them; they may be empty.
pub(super) fn words(what: &'static str, text: &str) -> Result<String> {
    let text = text.trim().replace("\r\n", "\n");
    let is_odd = |sign: char| sign.is_control() && sign != '\n';
    if text.chars().count() > NOTE_MAX || text.chars().any(is_odd) {
        return Err(Refusal::Invalid { what, rule: "at most 1,000 characters" }.into());
    }
    Ok(text)
}

/// Returns what differs, a line a field, as the page of the point reads it.
fn changes(old: &Point, new: &Point) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let pairs = [
        ("name", old.name.clone(), new.name.clone()),
        ("address", old.address.clone(), new.address.clone()),
        ("commune", old.commune.clone(), new.commune.clone()),
        ("former_district", old.former_district.clone(), new.former_district.clone()),
        ("legal_status", old.legal_status.clone(), new.legal_status.clone()),
        ("tax_number", old.tax_number.clone(), new.tax_number.clone()),
        ("decision_number", old.decision_number.clone(), new.decision_number.clone()),
        ("decided_on", day(old.decided_on), day(new.decided_on)),
        ("funding", old.funding.clone(), new.funding.clone()),
        ("location_type", old.location_type.clone(), new.location_type.clone()),
    ];
    let changed = pairs.into_iter().filter(|(_, old, new)| old != new);
    let mut lines: Vec<String> = changed.map(|(field, old, new)| format!("{field}: {old} → {new}")).collect();
    if old.operator_id != new.operator_id {
        lines.push("operator".to_owned());
    }
    lines.join("\n")
}
