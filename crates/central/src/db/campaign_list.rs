//! The list of campaigns: picked, the newest first, page after page by where the one before ended.

use domain::Money;
use domain::campaign::{CampaignKind, CampaignState, Days};
use domain::ids::CampaignId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, sql};
use super::keyset::Page;
use crate::error::{Error, Result};

/// Which campaigns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Picked {
    /// Of which at least one day lies from this to that day, as planned.
    pub within: Option<(Date, Date)>,
    /// Of one kind.
    pub kind: Option<CampaignKind>,
    /// In one state.
    pub state: Option<CampaignState>,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum From {
    /// With the newest.
    #[default]
    Start,
    /// Behind the one with this first day and id.
    After(Date, Uuid),
    /// So that it ends before that one.
    Before(Date, Uuid),
}

/// A campaign of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// What is done.
    pub kind: CampaignKind,
    /// When.
    pub days: Days,
    /// What it costs.
    pub cost: Money,
    /// For how many products.
    pub product_count: i64,
    /// One of them.
    pub product: String,
    /// In how many stores; 0 for all.
    pub store_count: i64,
    /// One of them; empty for all.
    pub store: String,
}

#[derive(FromRow)]
struct ListedRow {
    id: Uuid,
    name: String,
    kind: String,
    first_day: Date,
    last_day: Date,
    ended_on: Option<Date>,
    cost_vnd: i64,
    product_count: i64,
    product: String,
    store_count: i64,
    store: String,
}

const SELECT: &str = "select campaigns.id, campaigns.name, campaigns.kind, campaigns.first_day, campaigns.last_day,
    campaigns.ended_on, campaigns.cost_vnd,
    (select cast(count(*) as bigint) from campaign_products where campaign_id = campaigns.id) as product_count,
    coalesce((select min(products.name) from campaign_products join products on products.id = campaign_products.product_id
        where campaign_id = campaigns.id), '') as product,
    (select cast(count(*) as bigint) from campaign_stores where campaign_id = campaigns.id) as store_count,
    coalesce((select min(stores.name) from campaign_stores join stores on stores.id = campaign_stores.store_id
        where campaign_id = campaigns.id), '') as store
    from campaigns where 1 = 1";

impl ListedRow {
    fn read(self) -> Result<Listed> {
        let kind = CampaignKind::from_code(&self.kind);
        Ok(Listed {
            kind: kind.ok_or_else(|| Error::damaged("campaigns", self.id, "the kind is unknown"))?,
            id: self.id.into(),
            name: self.name,
            days: Days { first: self.first_day, last: self.last_day, ended_on: self.ended_on },
            cost: Money::new(self.cost_vnd),
            product_count: self.product_count,
            product: self.product,
            store_count: self.store_count,
            store: self.store,
        })
    }
}

/// Returns a page of at most `limit` campaigns that are picked, the one that began last first.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, picked: &Picked, today: Date, from: &From, limit: usize) -> Result<Page<Listed>> {
    let sql = conditions(Sql::new(SELECT), picked, today);
    let bounded = |sign, day: Date, id: Uuid| {
        let sql = sql.clone().push(" and (campaigns.first_day, campaigns.id) ").push(sign);
        sql.bind(day).push(", ").bind(id).push(")")
    };
    let down = " order by campaigns.first_day desc, campaigns.id desc limit ";
    let sql = match *from {
        From::Start => sql.push(down),
        From::After(day, id) => bounded("< (", day, id).push(down),
        From::Before(day, id) => {
            bounded("> (", day, id).push(" order by campaigns.first_day, campaigns.id limit ")
        }
    };
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows: Vec<ListedRow> = db.all(sql.bind(one_more)).await?;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let (has_before, has_after) = match from {
        From::Start => (false, is_more),
        From::After(..) => (true, is_more),
        From::Before(..) => {
            rows.reverse();
            (is_more, true)
        }
    };
    let rows = rows.into_iter().map(ListedRow::read).collect::<Result<_>>()?;
    Ok(Page { rows, has_before, has_after })
}

/// Counts the campaigns that are picked, and adds up what they cost.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, picked: &Picked, today: Date) -> Result<(i64, Money)> {
    let sql = Sql::new(
        "select cast(count(*) as bigint), cast(coalesce(sum(cost_vnd), 0) as bigint) from campaigns where 1 = 1",
    );
    let (count, vnd) = db.one::<(i64, i64)>(conditions(sql, picked, today)).await?;
    Ok((count, Money::new(vnd)))
}

/// Returns where a campaign stands in the list; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, id: Uuid) -> Result<Option<(Date, Uuid)>> {
    let found: Option<(Date,)> = db.opt(sql!("select first_day from campaigns where id = $1", id)).await?;
    Ok(found.map(|(day,)| (day, id)))
}

/// As [`Days::state`].
fn conditions(sql: Sql, picked: &Picked, today: Date) -> Sql {
    let sql = sql
        .when(picked.within.map(|(_, to)| to), " and campaigns.first_day <= ", "")
        .when(picked.within.map(|(from, _)| from), " and campaigns.last_day >= ", "")
        .when(picked.kind.map(CampaignKind::code), " and campaigns.kind = ", "");
    let is_open = " and (campaigns.ended_on is null or campaigns.ended_on >= campaigns.last_day)";
    match picked.state {
        None => sql,
        Some(CampaignState::CalledOff) => sql.push(" and campaigns.ended_on < campaigns.first_day"),
        Some(CampaignState::Ended) => sql.push(
            " and campaigns.ended_on >= campaigns.first_day and campaigns.ended_on < campaigns.last_day",
        ),
        Some(CampaignState::Coming) => sql.push(is_open).push(" and campaigns.first_day > ").bind(today),
        Some(CampaignState::Over) => sql.push(is_open).push(" and campaigns.last_day < ").bind(today),
        Some(CampaignState::Running) => sql
            .push(is_open)
            .push(" and campaigns.first_day <= ")
            .bind(today)
            .push(" and campaigns.last_day >= ")
            .bind(today),
    }
}
