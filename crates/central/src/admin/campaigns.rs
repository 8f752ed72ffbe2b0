//! Campaigns: recorded, corrected, ended, and who asked about their goods. Tills hear nothing of them. None is deleted, and each change
//! stands in the audit log.

use std::collections::BTreeMap;

use domain::Money;
use domain::campaign::{CampaignKind, Days};
use domain::ids::{CampaignId, ProductId, StoreId};
use time::{Date, Duration};
use uuid::Uuid;
use web::format::local_date;

use super::{Admin, needed};
use crate::db::campaigns::{self, Campaign};
use crate::db::engine::Sql;
use crate::db::{Tx, products};
use crate::error::{Error, Refusal, Result};

/// Products of one campaign, at most.
pub(crate) const PRODUCTS_MAX: usize = 500;
/// Stores of one campaign, at most.
pub(crate) const STORES_MAX: usize = 500;
/// The longest name, in letters.
pub(crate) const NAME_MAX: usize = 120;
/// The longest note, in letters.
pub(crate) const NOTE_MAX: usize = 500;
/// The most days of a campaign.
pub(crate) const DAYS_MAX: i64 = 366;
/// The most that one costs: a slip of the hand beyond that.
pub(crate) const COST_MAX: Money = Money::new(100_000_000_000);
/// The most people who ask on a day.
pub(crate) const ENQUIRIES_MAX: i64 = 100_000;
/// Codes that the audit log names of products or stores that came or went.
const CODES_TOLD: usize = 20;

/// A campaign to record, or as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaign {
    /// What people call it.
    pub name: String,
    /// What is done.
    pub kind: CampaignKind,
    /// The first day.
    pub first_day: Date,
    /// The last day.
    pub last_day: Date,
    /// What it costs the department.
    pub cost: Money,
    /// For which products.
    pub products: Vec<ProductId>,
    /// In which stores; none for all.
    pub stores: Vec<StoreId>,
    /// Whatever else is to be known.
    pub note: String,
}

impl Admin {
    /// Records a campaign under an identity that who asks has drawn; recorded before under it, it stays as it is, so that asking twice
    /// records one.
    ///
    /// # Errors
    /// When something about it is missing or wrong, or a product or store does not exist.
    pub async fn add_campaign(&self, id: CampaignId, new: &NewCampaign) -> Result<()> {
        let now_ms = self.clock.now_ms();
        let campaign = campaign_of(id, new, (now_ms, &self.actor))?;
        let mut tx = self.db.begin().await?;
        check_known(&mut tx, &campaign).await?;
        if !campaigns::insert(&mut tx, &campaign).await? {
            return Ok(());
        }
        self.finish(tx, "campaign.add", &id.to_string(), &campaign.name).await
    }

    /// Writes a campaign anew; as it was, nothing happens.
    ///
    /// # Errors
    /// When there is no such campaign, or as [`Self::add_campaign`].
    pub async fn update_campaign(&self, id: CampaignId, new: &NewCampaign) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let old = campaigns::claim(&mut tx, id).await?.ok_or(Error::NotFound("campaign"))?;
        let mut campaign = campaign_of(id, new, (old.recorded_at_ms, &old.recorded_by))?;
        // What was ended stays so.
        campaign.days.ended_on = old.days.ended_on;
        if campaign == old {
            return Ok(());
        }
        check_known(&mut tx, &campaign).await?;
        let changes = changes(&mut tx, &old, &campaign).await?;
        campaigns::update(&mut tx, &campaign).await?;
        self.finish(tx, "campaign.update", &id.to_string(), &changes).await
    }

    /// Ends a campaign today, or calls it off before its first day. One that has ended or is over stays so.
    ///
    /// # Errors
    /// When there is no such campaign.
    pub async fn end_campaign(&self, id: CampaignId) -> Result<()> {
        let today = local_date(self.clock.now_ms());
        let mut tx = self.db.begin().await?;
        let mut campaign = campaigns::claim(&mut tx, id).await?.ok_or(Error::NotFound("campaign"))?;
        if !campaign.days.state(today).is_open() {
            return Ok(());
        }
        campaign.days.ended_on = Some(today);
        campaigns::update(&mut tx, &campaign).await?;
        self.finish(tx, "campaign.end", &id.to_string(), &today.to_string()).await
    }

    /// Sets how many people asked about a campaign's goods on a day, in place of what was counted before.
    ///
    /// # Errors
    /// When there is no such campaign, the day is before it or to come, or the count is none.
    pub async fn count_enquiries(&self, id: CampaignId, day: Date, count: i64) -> Result<()> {
        if !(0..=ENQUIRIES_MAX).contains(&count) {
            return Err(Refusal::Invalid { what: "enquiries", rule: "0 to 100.000" }.into());
        }
        let today = local_date(self.clock.now_ms());
        let mut tx = self.db.begin().await?;
        let campaign = campaigns::claim(&mut tx, id).await?.ok_or(Error::NotFound("campaign"))?;
        if day > today || day < campaign.days.first {
            return Err(Refusal::Invalid { what: "day", rule: "from its first day to today" }.into());
        }
        let before = campaigns::set_enquiries(&mut tx, id, day, count).await?;
        if before == Some(count) {
            return Ok(());
        }
        let before = before.map(|count| count.to_string()).unwrap_or_default();
        let detail = format!("{day}: {before} → {count}");
        self.finish(tx, "campaign.enquiries", &id.to_string(), &detail).await
    }
}

fn campaign_of(id: CampaignId, new: &NewCampaign, (at_ms, by): (i64, &str)) -> Result<Campaign> {
    let wrong = |what, rule| Err(Refusal::Invalid { what, rule }.into());
    let name = needed("name", &new.name)?;
    if name.chars().count() > NAME_MAX {
        return wrong("name", "at most 120 letters");
    }
    let note = new.note.trim().to_owned();
    if note.chars().count() > NOTE_MAX || note.chars().any(char::is_control) {
        return wrong("note", "at most 500 letters");
    }
    if new.last_day < new.first_day {
        return wrong("days", "the last one is before the first one");
    }
    if new.last_day - new.first_day >= Duration::days(DAYS_MAX) {
        return wrong("days", "at most 366 of them");
    }
    if !(Money::ZERO..=COST_MAX).contains(&new.cost) {
        return wrong("cost", "0 to 100.000.000.000 ₫");
    }
    let (products, stores) = (sorted(&new.products), sorted(&new.stores));
    if products.is_empty() || products.len() > PRODUCTS_MAX {
        return wrong("products", "one to 500 of them");
    }
    if stores.len() > STORES_MAX {
        return wrong("stores", "at most 500 of them");
    }
    Ok(Campaign {
        id,
        name,
        kind: new.kind,
        days: Days { first: new.first_day, last: new.last_day, ended_on: None },
        cost: new.cost,
        note,
        recorded_at_ms: at_ms,
        recorded_by: by.to_owned(),
        products,
        stores,
    })
}

fn sorted<T: Ord + Copy>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn check_known(tx: &mut Tx, campaign: &Campaign) -> Result<()> {
    if !products::are_known(tx, &campaign.products).await? {
        return Err(Error::NotFound("product"));
    }
    let known =
        codes(tx, "select id, code from stores where id", campaign.stores.iter().map(|id| id.uuid())).await?;
    if known.len() < campaign.stores.len() { Err(Error::NotFound("store")) } else { Ok(()) }
}

/// Returns the codes of ids.
async fn codes(
    tx: &mut Tx,
    select: &'static str,
    ids: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, String>> {
    Ok(tx.all::<(Uuid, String)>(Sql::new(select).is_among(ids)).await?.into_iter().collect())
}

/// Writes what changes, a field a line.
async fn changes(tx: &mut Tx, old: &Campaign, new: &Campaign) -> Result<String> {
    let mut lines = Vec::new();
    let mut told = |field: &str, old: String, new: String| {
        if old != new {
            lines.push(format!("{field}: {old} → {new}"));
        }
    };
    told("name", old.name.clone(), new.name.clone());
    told("kind", old.kind.code().to_owned(), new.kind.code().to_owned());
    told("first_day", old.days.first.to_string(), new.days.first.to_string());
    told("last_day", old.days.last.to_string(), new.days.last.to_string());
    told("cost", old.cost.to_string(), new.cost.to_string());
    told("note", old.note.clone(), new.note.clone());
    let ids = |ids: &[ProductId]| ids.iter().map(|id| id.uuid()).collect::<Vec<_>>();
    lines.extend(
        moved(
            tx,
            "products",
            "select id, sku from products where id",
            (ids(&old.products), ids(&new.products)),
        )
        .await?,
    );
    let ids = |ids: &[StoreId]| ids.iter().map(|id| id.uuid()).collect::<Vec<_>>();
    lines.extend(
        moved(tx, "stores", "select id, code from stores where id", (ids(&old.stores), ids(&new.stores)))
            .await?,
    );
    Ok(lines.join("\n"))
}

/// Writes which codes went and came: `products: −TOI +MUOI`; `None` when none did.
async fn moved(
    tx: &mut Tx,
    field: &str,
    select: &'static str,
    (old, new): (Vec<Uuid>, Vec<Uuid>),
) -> Result<Option<String>> {
    let gone = old.iter().filter(|id| !new.contains(id)).map(|id| ('−', *id));
    let come = new.iter().filter(|id| !old.contains(id)).map(|id| ('+', *id));
    let all: Vec<(char, Uuid)> = gone.chain(come).collect();
    if all.is_empty() {
        return Ok(None);
    }
    let codes = codes(tx, select, all.iter().map(|(_, id)| *id)).await?;
    let told = all
        .iter()
        .take(CODES_TOLD)
        .filter_map(|(sign, id)| codes.get(id).map(|code| format!("{sign}{code}")));
    let more = if all.len() > CODES_TOLD { " …" } else { "" };
    Ok(Some(format!("{field}: {}{more}", told.collect::<Vec<_>>().join(" "))))
}
