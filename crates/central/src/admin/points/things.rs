//! What a point has and what it cost: signs, equipment, money, photographs and scans.

use domain::Money;
use domain::ids::PointId;
use domain::paper_file::FileKind;
use protocol::Hash;
use time::Date;
use uuid::Uuid;

use super::words;
use crate::admin::{Admin, needed, optional};
use crate::db::Tx;
use crate::db::points::costs::{self, Cost};
use crate::db::points::equipment::{self, Equipment};
use crate::db::points::files::{self, PointFile};
use crate::db::points::{self};
use crate::error::{Error, Refusal, Result};

/// Kinds of things.
pub const EQUIPMENT_KINDS: [&str; 2] = ["sign", "equipment"];
/// Kinds of costs.
pub const COST_KINDS: [&str; 6] = ["repair", "sign", "equipment", "rent", "event", "other"];
/// The most of one thing.
pub const ITEMS_MAX: i64 = 10_000;
/// The most money in one row.
pub const VND_MAX: i64 = 1_000_000_000_000;
/// The most rows of one kind in one file.
const ROWS_MAX: usize = 500;
/// The most files of one point.
const FILES_MAX: i64 = 200;

/// A sign or equipment to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEquipment {
    /// Drawn with the form, so that a form sent twice enters one.
    pub id: Uuid,
    /// One of [`EQUIPMENT_KINDS`].
    pub kind: String,
    /// What it is.
    pub name: String,
    /// How many, 1 to 10,000.
    pub item_count: i64,
    /// Of all of them together.
    pub value: Option<Money>,
    /// Whose money.
    pub funding: String,
    /// Number of the handover paper.
    pub paper_number: String,
    /// Its day.
    pub handed_on: Option<Date>,
}

/// Money to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCost {
    /// Drawn with the form, so that a form sent twice enters one.
    pub id: Uuid,
    /// One of [`COST_KINDS`].
    pub kind: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub spent_on: Date,
    /// Whose money.
    pub funding: String,
    /// The paper.
    pub paper: String,
    /// Words about it.
    pub note: String,
}

/// A photograph or a scan to keep.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPointFile {
    /// What it shows; `None` for the point itself.
    pub equipment_id: Option<Uuid>,
    /// What it is, in words.
    pub title: String,
    /// What its content says it is.
    pub kind: FileKind,
    /// Its content.
    pub content: Vec<u8>,
}

impl Admin {
    /// Enters a sign or equipment; entered before under its id, it stays as it is.
    ///
    /// # Errors
    /// When there is no such point, or a field is wrong.
    pub async fn add_point_equipment(&self, id: PointId, new: &NewEquipment) -> Result<()> {
        let is_kind = EQUIPMENT_KINDS.contains(&new.kind.as_str());
        let is_value = new.value.is_none_or(|value| (0..=VND_MAX).contains(&value.vnd()));
        if !is_kind || !is_value || !(1..=ITEMS_MAX).contains(&new.item_count) {
            return Err(Refusal::Invalid { what: "equipment", rule: "kind, count and value" }.into());
        }
        let piece = Equipment {
            id: new.id,
            kind: new.kind.clone(),
            name: needed("name", &new.name)?,
            item_count: new.item_count,
            value_vnd: new.value.map(Money::vnd),
            funding: optional("funding", &new.funding)?,
            paper_number: optional("paper number", &new.paper_number)?,
            handed_on: new.handed_on,
            added_by: self.actor.clone(),
            added_at_ms: self.clock.now_ms(),
            gone_on: None,
            gone_note: String::new(),
            is_withdrawn: false,
            withdrawn_note: String::new(),
        };
        let mut tx = self.claimed(id).await?;
        too_many(equipment::list(&mut tx, id).await?.len())?;
        if !equipment::insert(&mut tx, id, &piece).await? {
            return Ok(());
        }
        let detail = format!("{} × {}", piece.item_count, piece.name);
        self.finish(tx, "point.equipment", &id.to_string(), &detail).await
    }

    /// Says since when a sign or equipment is gone, and why; said before, it stays so.
    ///
    /// # Errors
    /// When the point has no such thing, or the words are too long.
    pub async fn end_point_equipment(&self, id: PointId, piece: Uuid, on: Date, note: &str) -> Result<()> {
        let note = words("note", note)?;
        let mut tx = self.claimed(id).await?;
        let all = equipment::list(&mut tx, id).await?;
        let found = all.into_iter().find(|each| each.id == piece).ok_or(Error::NotFound("equipment"))?;
        if !equipment::set_gone(&mut tx, piece, on, &note).await? {
            return Ok(());
        }
        self.finish(tx, "point.equipment_gone", &id.to_string(), &found.name).await
    }

    /// Withdraws a sign or equipment that was entered by mistake, and says what the mistake was; withdrawn before, it stays so.
    ///
    /// # Errors
    /// When the point has no such thing, or there is no reason or a too long one.
    pub async fn withdraw_point_equipment(&self, id: PointId, piece: Uuid, note: &str) -> Result<()> {
        let note = reason(note)?;
        let mut tx = self.claimed(id).await?;
        let all = equipment::list(&mut tx, id).await?;
        let found = all.into_iter().find(|each| each.id == piece).ok_or(Error::NotFound("equipment"))?;
        if !equipment::withdraw(&mut tx, piece, &note).await? {
            return Ok(());
        }
        let detail = format!("{} × {}: {note}", found.item_count, found.name);
        self.finish(tx, "point.equipment_withdrawn", &id.to_string(), &detail).await
    }

    /// Enters money that was spent; entered before under its id, it stays as it is.
    ///
    /// # Errors
    /// When there is no such point, or a field is wrong.
    pub async fn add_point_cost(&self, id: PointId, new: &NewCost) -> Result<()> {
        let is_kind = COST_KINDS.contains(&new.kind.as_str());
        if !is_kind || !(1..=VND_MAX).contains(&new.amount.vnd()) {
            return Err(Refusal::Invalid { what: "cost", rule: "kind and amount" }.into());
        }
        let cost = Cost {
            id: new.id,
            kind: new.kind.clone(),
            amount_vnd: new.amount.vnd(),
            spent_on: new.spent_on,
            funding: optional("funding", &new.funding)?,
            paper: optional("paper", &new.paper)?,
            note: words("note", &new.note)?,
            added_by: self.actor.clone(),
            added_at_ms: self.clock.now_ms(),
            is_withdrawn: false,
        };
        let mut tx = self.claimed(id).await?;
        too_many(costs::list(&mut tx, id).await?.len())?;
        if !costs::insert(&mut tx, id, &cost).await? {
            return Ok(());
        }
        let detail = format!("{} {}", cost.kind, new.amount);
        self.finish(tx, "point.cost", &id.to_string(), &detail).await
    }

    /// Withdraws money that was entered by mistake; withdrawn before, it stays so.
    ///
    /// # Errors
    /// When the point has no such row.
    pub async fn withdraw_point_cost(&self, id: PointId, cost: Uuid) -> Result<()> {
        let mut tx = self.claimed(id).await?;
        let all = costs::list(&mut tx, id).await?;
        let found = all.into_iter().find(|each| each.id == cost).ok_or(Error::NotFound("cost"))?;
        if !costs::withdraw(&mut tx, cost).await? {
            return Ok(());
        }
        let detail = format!("{} {}", found.kind, Money::new(found.amount_vnd));
        self.finish(tx, "point.cost_withdrawn", &id.to_string(), &detail).await
    }

    /// Keeps a photograph or a scan.
    ///
    /// # Errors
    /// [`Refusal::PointFile`] when the point has the same one, or too many; when there is no such point or equipment.
    pub async fn add_point_file(&self, id: PointId, new: NewPointFile) -> Result<()> {
        let sha256 = Hash::of(&[&new.content]);
        let file = PointFile {
            id: self.clock.new_uuid(),
            equipment_id: new.equipment_id,
            title: needed("title", &new.title)?,
            kind: new.kind.code().to_owned(),
            byte_count: i64::try_from(new.content.len()).unwrap_or(i64::MAX),
            sha256: sha256.bytes().to_vec(),
            brought_by: self.actor.clone(),
            brought_at_ms: self.clock.now_ms(),
        };
        let mut tx = self.claimed(id).await?;
        let things = equipment::list(&mut tx, id).await?;
        if new.equipment_id.is_some_and(|piece| things.iter().all(|each| each.id != piece)) {
            return Err(Error::NotFound("equipment"));
        }
        let (count, has_it) = files::count(&mut tx, id, sha256).await?;
        if has_it || count >= FILES_MAX {
            return Err(Refusal::PointFile.into());
        }
        files::insert(&mut tx, id, &file, new.content).await?;
        self.finish(tx, "point.file", &id.to_string(), &file.title).await
    }

    pub(super) async fn claimed(&self, id: PointId) -> Result<Tx> {
        let mut tx = self.db.begin().await?;
        points::claim(&mut tx, id).await?.ok_or(Error::NotFound("point"))?;
        Ok(tx)
    }
}

/// What is taken back is taken back for a reason.
pub(super) fn reason(note: &str) -> Result<String> {
    let note = words("note", note)?;
    if note.is_empty() { Err(Refusal::Invalid { what: "reason", rule: "say why" }.into()) } else { Ok(note) }
}

fn too_many(rows: usize) -> Result<()> {
    let rule = "a file takes at most 500 rows of a kind";
    if rows < ROWS_MAX { Ok(()) } else { Err(Refusal::Invalid { what: "rows", rule }.into()) }
}
