//! Places: units written from a day on or ended, and what units from before became. No paper, contract or sale is rewritten.

use domain::place::{Gazetteer, PlaceKind};
use time::Date;
use web::format::local_date;

use super::{Admin, needed, optional};
use crate::db::Tx;
use crate::db::places::{self, FormerPlace, Picked, Place};
use crate::error::{Error, Refusal, Result};

/// The most lines that are brought at once.
const PLACES_MAX: usize = 1_000;
/// The longest code of a unit, in characters.
const CODE_MAX: usize = 20;

/// A unit as it is to be from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    /// Its code: small letters, digits and `-`.
    pub code: String,
    /// With its kind: `Xã Bình Sơn`.
    pub name: String,
    /// The first day.
    pub valid_from: Date,
    /// The district that it belonged to until 30/6/2025.
    pub former_district: String,
    /// The paper that says so.
    pub source: String,
}

/// What a unit from before became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFormerPlace {
    /// With its kind: `Xã Bình Thạnh`.
    pub name: String,
    /// Its district.
    pub former_district: String,
    /// The unit that it is part of: its code or its name.
    pub became: String,
    /// The paper that says so.
    pub source: String,
}

impl Admin {
    /// Writes a unit as it is from a day on; one of the same code ends on the day before. What was to begin later, but has not yet, was a
    /// mistake: the new row takes its place, and the log tells what it said.
    ///
    /// # Errors
    /// When a text is missing or too long, the name begins with no kind, or the unit has a row that began later.
    pub async fn set_place(&self, new: &NewPlace) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let mut known = claimed(&mut tx).await?;
        let (place, mistaken) = self.set_in(&mut tx, &mut known, new).await?;
        let detail = format!("{} {}{}", place.valid_from, place.name, told(&mistaken));
        self.finish(tx, "place.set", &place.code, &detail).await
    }

    /// Ends a unit with a last day; what was written with its name keeps it.
    ///
    /// # Errors
    /// When there is none that goes on, or it begins later.
    pub async fn end_place(&self, code: &str, last: Date) -> Result<()> {
        let mut tx = self.db.begin().await?;
        places::claim(&mut tx).await?;
        if !places::end(&mut tx, code, last).await? {
            return Err(Error::NotFound("place"));
        }
        self.finish(tx, "place.end", code, &last.to_string()).await
    }

    /// Brings units and what those from before became, all or none, with one line in the log.
    ///
    /// # Errors
    /// As [`Self::set_place`]; when there are none or more than 1,000, or a unit that something became is unknown.
    pub async fn bring_places(&self, new: &[NewPlace], former: &[NewFormerPlace]) -> Result<()> {
        let count = new.len() + former.len();
        if count == 0 || count > PLACES_MAX {
            return Err(Refusal::Invalid { what: "places", rule: "1 to 1,000 lines" }.into());
        }
        let mut tx = self.db.begin().await?;
        let mut known = claimed(&mut tx).await?;
        let mut mistaken = Vec::new();
        for place in new {
            mistaken.extend(self.set_in(&mut tx, &mut known, place).await?.1);
        }
        for row in former {
            let unit = known.iter().rev().find(|place| place.code == row.became || place.name == row.became);
            let unit = unit.ok_or(Refusal::Invalid { what: "unit", rule: "one of the list" })?;
            let row = FormerPlace {
                name: needed("name", &row.name)?,
                former_district: optional("district", &row.former_district)?,
                place_code: unit.code.clone(),
                source: optional("source", &row.source)?,
                set_by: self.actor.clone(),
            };
            places::insert_former(&mut tx, &row).await?;
        }
        let detail = format!("{} + {}{}", new.len(), former.len(), told(&mistaken));
        self.finish(tx, "place.bring", "", &detail).await
    }

    /// Takes away what a unit from before became, where that was wrong; the log keeps it.
    ///
    /// # Errors
    /// When it does not stand so.
    pub async fn end_former_place(&self, name: &str, former_district: &str, code: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        places::claim(&mut tx).await?;
        if !places::remove_former(&mut tx, name, former_district, code).await? {
            return Err(Error::NotFound("place"));
        }
        self.finish(tx, "place.former_end", code, &format!("{name}, {former_district} → {code}")).await
    }

    /// Names of communes as they are today: what somebody types is kept as its unit is called, where it means exactly one.
    pub(super) async fn communes(&self, tx: &mut Tx) -> Result<Gazetteer> {
        places::gazetteer(tx, local_date(self.clock.now_ms())).await
    }

    /// Writes a unit into the table and into what is known of it; returns it, and the rows whose place it takes.
    async fn set_in(
        &self,
        tx: &mut Tx,
        known: &mut Vec<Place>,
        new: &NewPlace,
    ) -> Result<(Place, Vec<Place>)> {
        let code = new.code.trim().to_owned();
        let is_code = |sign: u8| sign.is_ascii_digit() || sign.is_ascii_lowercase() || sign == b'-';
        if code.is_empty() || code.len() > CODE_MAX || !code.bytes().all(is_code) {
            return Err(Refusal::Invalid { what: "code", rule: "1 to 20 small letters and digits" }.into());
        }
        let name = needed("name", &new.name)?;
        let kind = PlaceKind::of_name(&name);
        let kind =
            kind.ok_or(Refusal::Invalid { what: "name", rule: "with its kind: Xã, Phường, Đặc khu" })?;
        let is_later = |place: &Place| place.code == code && place.valid_from > new.valid_from;
        let mut later: Vec<Place> = known.extract_if(.., |place| is_later(place)).collect();
        let today = local_date(self.clock.now_ms());
        if later.iter().any(|place| place.valid_from <= today) {
            let rule = "not before the one that is there";
            return Err(Refusal::Invalid { what: "first day", rule }.into());
        }
        later.sort_by_key(|place| std::cmp::Reverse(place.valid_from));
        for old in &later {
            places::take_back(tx, &old.code, old.valid_from).await?;
        }
        let place = Place {
            code,
            valid_from: new.valid_from,
            valid_to: None,
            kind: kind.code().to_owned(),
            name,
            former_district: optional("district", &new.former_district)?,
            source: optional("source", &new.source)?,
            set_by: self.actor.clone(),
        };
        places::set(tx, &place).await?;
        known.push(place.clone());
        Ok((place, later))
    }
}

/// Holds the list and returns all of it.
async fn claimed(tx: &mut Tx) -> Result<Vec<Place>> {
    places::claim(tx).await?;
    places::list(tx, &Picked::default()).await
}

/// Rows that were taken back, in lines of the log.
fn told(mistaken: &[Place]) -> String {
    mistaken.iter().map(|old| format!("\n← {} {} {}", old.code, old.valid_from, old.name)).collect()
}
