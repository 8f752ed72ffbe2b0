//! Weighs what campaigns brought. What stores sold of everything is read once for all campaigns that are looked at together, and of each
//! one's goods only what they sold: a report with many campaigns reads little more than one with a single one.

use std::collections::BTreeMap;

use domain::campaign::{CampaignState, Days};
use domain::ids::{CampaignId, ProductId, StoreId};
use domain::uplift::days::{Calendar, DaySums};
use domain::uplift::{Detectable, TooLittle, Trade, detectable, measure};
use time::{Date, Duration};

use super::report::Effect;
use crate::db::Tx;
use crate::db::campaign_figures::{self, Other, StoreDay};
use crate::error::Result;

/// When a campaign is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// The campaign.
    pub id: CampaignId,
    /// Its days.
    pub days: Days,
    /// The last of its days that is over; none before the first one is.
    pub over: Option<Date>,
    /// Its weeks with those before it; none before a day of it is over.
    calendar: Option<Calendar>,
    /// The weeks before it alone.
    before: Calendar,
}

impl Looked {
    /// Looks at a campaign on a day.
    pub fn on(today: Date, id: CampaignId, days: Days) -> Self {
        let over = days_over(&days, today);
        let calendar = over.map(|to| Calendar::new(days.first, days.last_run(), to));
        Self { id, days, over, calendar, before: Calendar::before(days.first, days.last, today) }
    }

    /// Returns the days whose sales are read.
    fn sales_range(&self) -> (Date, Date) {
        (self.before.since(), self.calendar.map_or(self.before.until(), |calendar| calendar.until()))
    }

    /// Returns the days on which other campaigns for its goods count.
    fn others_range(&self) -> (Date, Date) {
        (self.before.since(), self.days.last_run().max(self.days.first))
    }
}

/// Returns the last of its days that is over: today's sales are still to come.
fn days_over(days: &Days, today: Date) -> Option<Date> {
    let over = days.last_run().min(today.saturating_sub(Duration::DAY));
    (over >= days.first && days.state(today) != CampaignState::CalledOff).then_some(over)
}

/// What is read once for campaigns that are looked at together.
pub struct Together {
    stores: Vec<StoreId>,
    all: Vec<StoreDay>,
    others: Vec<Other>,
    /// Those that are not for all stores.
    in_stores: BTreeMap<CampaignId, Vec<StoreId>>,
    goods: BTreeMap<CampaignId, Vec<ProductId>>,
}

impl Together {
    /// Reads it; `stores` are all of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(tx: &mut Tx, stores: Vec<StoreId>, campaigns: &[Looked]) -> Result<Self> {
        let ids: Vec<CampaignId> = campaigns.iter().map(|looked| looked.id).collect();
        let all = match around(campaigns.iter().map(Looked::sales_range)) {
            Some(range) => campaign_figures::everything(tx, &stores, range).await?,
            None => Vec::new(),
        };
        let others = match around(campaigns.iter().map(Looked::others_range)) {
            Some(range) => campaign_figures::others(tx, &ids, range).await?,
            None => Vec::new(),
        };
        let in_stores = by_campaign(campaign_figures::stores_of(tx, &ids).await?);
        let goods = by_campaign(campaign_figures::products_of(tx, &ids).await?);
        Ok(Self { stores, all, others, in_stores, goods })
    }

    /// Reads what one of them sold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn weigh(&self, tx: &mut Tx, looked: Looked) -> Result<Weighed<'_>> {
        let is_in = |store: &StoreId| self.in_stores.get(&looked.id).is_none_or(|all| all.contains(store));
        let (with, without) = self.stores.iter().copied().partition(is_in);
        let (from, to) = looked.others_range();
        let meets = |other: &&Other| {
            other.of_campaign == looked.id && other.first_day <= to && other.last_run >= from
        };
        let others = self.others.iter().filter(meets).collect();
        let sums = self.sums(tx, looked).await?;
        Ok(Weighed { looked, with, without, others, sums })
    }

    async fn sums(&self, tx: &mut Tx, looked: Looked) -> Result<Vec<DaySums>> {
        let (from, to) = looked.sales_range();
        let goods = self.goods.get(&looked.id).map_or(&[][..], Vec::as_slice);
        let sold = campaign_figures::sold(tx, goods, &self.stores, (from, to)).await?;
        let sold: BTreeMap<(StoreId, Date), (i64, i64)> = sold
            .into_iter()
            .map(|row| ((row.store_id, row.day), (row.revenue_vnd, row.line_count)))
            .collect();
        let days = self.all.iter().filter(|row| from <= row.day && row.day <= to);
        let sums = |row: &StoreDay| {
            let (promoted_vnd, promoted_lines) =
                sold.get(&(row.store_id, row.day)).copied().unwrap_or_default();
            let (store, day) = (row.store_id, row.day);
            DaySums { store, day, promoted_vnd, promoted_lines, all_vnd: row.revenue_vnd }
        };
        Ok(days.map(sums).collect())
    }
}

/// Returns the days from the first to the last one of all ranges; `None` of none.
fn around(ranges: impl Iterator<Item = (Date, Date)>) -> Option<(Date, Date)> {
    ranges.reduce(|(from, to), (other_from, other_to)| (from.min(other_from), to.max(other_to)))
}

fn by_campaign<T>(pairs: Vec<(CampaignId, T)>) -> BTreeMap<CampaignId, Vec<T>> {
    let mut all: BTreeMap<CampaignId, Vec<T>> = BTreeMap::new();
    for (campaign, each) in pairs {
        all.entry(campaign).or_default().push(each);
    }
    all
}

/// A campaign with what was sold around it.
pub struct Weighed<'t> {
    looked: Looked,
    /// The stores that it is in, in the order of all stores.
    pub with: Vec<StoreId>,
    without: Vec<StoreId>,
    /// Other campaigns for its goods, on its days or before them, the earliest first.
    pub others: Vec<&'t Other>,
    sums: Vec<DaySums>,
}

impl Weighed<'_> {
    /// Returns its trade so far; `None` before a day of it is over.
    pub fn trade(&self) -> Option<Trade> {
        self.looked.calendar.map(|calendar| self.traded(calendar))
    }

    /// Returns the smallest effect that would be seen, from what was sold before it.
    ///
    /// # Errors
    /// With what is missing, when that cannot be said.
    pub fn smallest(&self) -> Result<Detectable, TooLittle> {
        detectable(&self.traded(self.looked.before), self.looked.days.planned())
    }

    /// Counts the weeks before it that are not looked at, since other campaigns ran in them.
    pub fn left_out_weeks(&self) -> usize {
        self.looked.calendar.unwrap_or(self.looked.before).left_out(&self.spoilt())
    }

    fn traded(&self, calendar: Calendar) -> Trade {
        calendar.trade(&self.sums, (&self.with, &self.without), &self.spoilt())
    }

    fn spoilt(&self) -> Vec<(Date, Date)> {
        self.others.iter().map(|other| (other.first_day, other.last_run)).collect()
    }
}

/// Returns what campaigns brought so far, in their order; nothing where no day of one is over. `stores` are all of them.
///
/// # Errors
/// When the database fails.
pub async fn effects(tx: &mut Tx, stores: Vec<StoreId>, campaigns: &[Looked]) -> Result<Vec<Option<Effect>>> {
    let begun: Vec<Looked> = campaigns.iter().copied().filter(|looked| looked.over.is_some()).collect();
    let together = Together::read(tx, stores, &begun).await?;
    let mut effects = Vec::with_capacity(campaigns.len());
    for looked in campaigns {
        let trade = match looked.over {
            Some(_) => together.weigh(tx, *looked).await?.trade(),
            None => None,
        };
        effects.push(trade.map(|trade| measure(&trade).into()));
    }
    Ok(effects)
}
