//! Introductions outside campaigns: recorded, and withdrawn where they were entered by mistake.

use domain::ids::StoreId;
use domain::introduction::IntroductionKind;
use time::Date;
use uuid::Uuid;
use web::format::local_date;

use super::{Admin, needed, optional};
use crate::db::introductions::{self, Introduction};
use crate::db::stores;
use crate::error::{Error, Refusal, Result};

/// The most people of one introduction: a slip of the hand beyond that.
pub(crate) const PEOPLE_MAX: i64 = 100_000;

/// An introduction to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIntroduction {
    /// Its identity, which who asks has drawn.
    pub id: Uuid,
    /// At which point; none for elsewhere.
    pub store_id: Option<StoreId>,
    /// When.
    pub day: Date,
    /// What people did.
    pub kind: IntroductionKind,
    /// How many of them.
    pub people_count: i64,
    /// Which group, buyer or office.
    pub who: String,
    /// Whatever else is to be known.
    pub note: String,
}

impl Admin {
    /// Records an introduction; recorded before under its id, it stays as it is, so that asking twice records one.
    ///
    /// # Errors
    /// When the day is to come, the count or a text is wrong, or there is no such store.
    pub async fn add_introduction(&self, new: &NewIntroduction) -> Result<()> {
        let now_ms = self.clock.now_ms();
        if new.day > local_date(now_ms) {
            return Err(Refusal::Invalid { what: "day", rule: "today at the latest" }.into());
        }
        if !(1..=PEOPLE_MAX).contains(&new.people_count) {
            return Err(Refusal::Invalid { what: "people", rule: "1 to 100.000" }.into());
        }
        let row = Introduction {
            id: new.id,
            store_id: new.store_id,
            day: new.day,
            kind: new.kind.code(),
            people_count: new.people_count,
            who: needed("who", &new.who)?,
            note: optional("note", &new.note)?,
            recorded_at_ms: now_ms,
            recorded_by: self.actor.clone(),
        };
        let mut tx = self.db.begin().await?;
        if let Some(id) = new.store_id {
            stores::find_in(&mut tx, id).await?.ok_or(Error::NotFound("store"))?;
        }
        if !introductions::insert(&mut tx, &row).await? {
            // The same form once more is no second one; with something else in it, it says that it was not taken.
            let is_same = introductions::find_like(&mut tx, &row).await?;
            return if is_same { Ok(()) } else { Err(Refusal::SaidOtherwise.into()) };
        }
        let detail = format!("{} {} × {}: {}", row.day, row.people_count, row.kind, row.who);
        self.finish(tx, "campaign.introduction", &row.id.to_string(), &detail).await
    }

    /// Withdraws an introduction that was entered by mistake; withdrawn before, it stays so.
    ///
    /// # Errors
    /// When there is no such introduction.
    pub async fn withdraw_introduction(&self, id: Uuid) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let found = introductions::find(&mut tx, id).await?.ok_or(Error::NotFound("introduction"))?;
        if !introductions::withdraw(&mut tx, id).await? {
            return Ok(());
        }
        let detail = format!("{} {} × {}: {}", found.day, found.people_count, found.kind, found.who);
        self.finish(tx, "campaign.introduction_withdrawn", &id.to_string(), &detail).await
    }
}
