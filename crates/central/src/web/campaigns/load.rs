//! Reads a campaign and weighs what it brought.

use domain::campaign::Days;
use domain::ids::{CampaignId, StoreId};
use domain::uplift::{StoreWeeks, Trade, Week, measure};
use time::{Date, Duration};
use web::format::local_date;

use super::report::{
    CampaignReport, EnquiriesOfDay, Introductions, OtherCampaign, ProductOfCampaign, StoreOfCampaign, Twice,
};
use super::weigh::{Looked, Together};
use crate::db::campaign_figures::Other;
use crate::db::campaigns::{self, Campaign};
use crate::db::sales::{StoreFreshness, completeness_in};
use crate::db::users::Scope;
use crate::db::{Db, Tx, audit, campaign_figures};
use crate::error::{Error, Result};
use crate::web::products::detail::ACTS_MAX;
use crate::web::sales::freshness::Freshness;

/// Days with enquiries that are shown.
pub const ENQUIRY_DAYS_MAX: i64 = 60;

/// Returns a campaign as of a moment; `None` when there is none.
///
/// # Errors
/// [`Error::NotFound`] for whoever is not of the department; when the database fails.
pub async fn load(db: &Db, scope: Scope, id: CampaignId, now_ms: i64) -> Result<Option<CampaignReport>> {
    let Scope::Department(_) = scope else { return Err(Error::NotFound("campaign")) };
    let mut tx = db.begin_reading().await?;
    let all = completeness_in(&mut tx, scope).await?;
    let Some(campaign) = campaigns::find_in(&mut tx, id).await? else { return Ok(None) };
    let (today, days) = (local_date(now_ms), campaign.days);
    let looked = Looked::on(today, id, days);
    let every_store = all.iter().map(|store| store.store_id).collect();
    let together = Together::read(&mut tx, every_store, &[looked]).await?;
    let weighed = together.weigh(&mut tx, looked).await?;
    let (over, trade) = (looked.over, weighed.trade());
    let is_in = |store: &StoreFreshness| weighed.with.contains(&store.store_id);
    let stores: Vec<StoreFreshness> = all.into_iter().filter(is_in).collect();
    let introductions = match over {
        Some(to) => Some(introductions(&mut tx, &campaign, &weighed.with, (to, today)).await?),
        None => None,
    };
    let products = campaigns::list_products(&mut tx, id).await?;
    let product = |row: campaigns::CampaignProduct| ProductOfCampaign {
        product_id: row.id.uuid(),
        sku: row.sku,
        name: row.name,
    };
    let acts = audit::list_of(&mut tx, &id.to_string(), ACTS_MAX).await?;
    let enquiries = enquiries(&mut tx, id, ENQUIRY_DAYS_MAX).await?;
    Ok(Some(CampaignReport {
        campaign_id: id.uuid(),
        name: campaign.name,
        kind: campaign.kind.code().to_owned(),
        state: days.state(today).code().to_owned(),
        first_day: days.first,
        last_day: days.last,
        ended_on: days.ended_on,
        cost_vnd: campaign.cost.vnd(),
        note: campaign.note,
        recorded_by: campaign.recorded_by,
        recorded_at_ms: campaign.recorded_at_ms,
        products: products.into_iter().map(product).collect(),
        is_everywhere: campaign.stores.is_empty(),
        measured_to: over,
        freshness: Freshness::judge(&stores, judged_days(&days, over.unwrap_or(today)), now_ms),
        smallest: weighed.smallest().into(),
        overlapping: overlapping(&weighed.others, &days, over),
        left_out_weeks: weighed.left_out_weeks(),
        effect: trade.as_ref().map(|trade| measure(trade).into()),
        sales: trade.as_ref().map_or_else(|| named(&stores), |trade| sales(&stores, trade)),
        introductions,
        enquiries,
        acts: acts.into_iter().map(Into::into).collect(),
    }))
}

/// Returns the enquiries of each day that was counted, the latest first; at most so many days.
///
/// # Errors
/// When the database fails.
pub async fn every_enquiry(db: &Db, id: CampaignId, most: i64) -> Result<Vec<EnquiriesOfDay>> {
    enquiries(&mut db.begin_reading().await?, id, most).await
}

async fn enquiries(tx: &mut Tx, id: CampaignId, most: i64) -> Result<Vec<EnquiriesOfDay>> {
    let found = campaigns::list_enquiries(tx, id, most).await?.into_iter();
    Ok(found.map(|(asked_on, enquiry_count)| EnquiriesOfDay { asked_on, enquiry_count }).collect())
}

/// Returns the days whose figures are shown; of one that has not begun, the last of those that are looked back at.
fn judged_days(days: &Days, last: Date) -> (Date, Date) {
    (days.first.min(last), last)
}

/// Returns those that ran on its days so far; of one that has not begun, on its days to come.
fn overlapping(others: &[&Other], days: &Days, over: Option<Date>) -> Vec<OtherCampaign> {
    let last = over.unwrap_or(days.last);
    let meets = |other: &&Other| other.first_day <= last && days.first <= other.last_run;
    let named = |other: &Other| OtherCampaign { campaign_id: other.id.uuid(), name: other.name.clone() };
    others.iter().copied().filter(meets).map(named).collect()
}

/// Its stores while there is nothing to say of them.
fn named(stores: &[StoreFreshness]) -> Vec<StoreOfCampaign> {
    let row = |store: &StoreFreshness| row(Some(store), &StoreWeeks::default(), (0, 0));
    stores.iter().map(row).collect()
}

/// What its stores sold on average on a day, the largest first, and all of them together at the end.
fn sales(stores: &[StoreFreshness], trade: &Trade) -> Vec<StoreOfCampaign> {
    let weeks = stores.iter().zip(&trade.stores);
    let days = |weeks: &StoreWeeks| {
        let before = weeks.before.iter().skip_while(|week| is_empty(week)).count();
        (trade.week_days * i64::try_from(before).unwrap_or(i64::MAX), trade.during_days)
    };
    let mut rows: Vec<StoreOfCampaign> =
        weeks.map(|(store, weeks)| row(Some(store), weeks, days(weeks))).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.promoted_vnd));
    let all = together(&trade.stores);
    if rows.len() > 1 {
        rows.push(row(None, &all, days(&all)));
    }
    rows
}

const fn is_empty(week: &Week) -> bool {
    week.promoted_vnd == 0 && week.others_vnd == 0
}

fn together(stores: &[StoreWeeks]) -> StoreWeeks {
    let add = |sums: &mut Vec<Week>, weeks: &[Week]| {
        sums.resize(sums.len().max(weeks.len()), Week::default());
        for (sum, week) in sums.iter_mut().zip(weeks) {
            sum.promoted_vnd += week.promoted_vnd;
            sum.promoted_lines += week.promoted_lines;
            sum.others_vnd += week.others_vnd;
        }
    };
    let mut all = StoreWeeks::default();
    for store in stores {
        add(&mut all.before, &store.before);
        add(&mut all.during, &store.during);
    }
    all
}

fn row(store: Option<&StoreFreshness>, weeks: &StoreWeeks, (before, during): (i64, i64)) -> StoreOfCampaign {
    let each_day = |weeks: &[Week], days: i64, of: fn(&Week) -> i64| {
        let sum: i64 = weeks.iter().map(of).sum();
        if days > 0 { sum / days } else { 0 }
    };
    StoreOfCampaign {
        store_id: store.map(|store| store.store_id.uuid()),
        name: store.map(|store| store.name.clone()).unwrap_or_default(),
        promoted_before_vnd: each_day(&weeks.before, before, |week| week.promoted_vnd),
        promoted_vnd: each_day(&weeks.during, during, |week| week.promoted_vnd),
        others_before_vnd: each_day(&weeks.before, before, |week| week.others_vnd),
        others_vnd: each_day(&weeks.during, during, |week| week.others_vnd),
    }
}

async fn introductions(
    tx: &mut Tx,
    campaign: &Campaign,
    stores: &[StoreId],
    (to, today): (Date, Date),
) -> Result<Introductions> {
    let (id, first) = (campaign.id, campaign.days.first);
    let last = campaign.days.last_run();
    let length = to - first;
    let before = (first.saturating_sub(length + Duration::DAY), first.saturating_sub(Duration::DAY));
    let (then, now) = (
        campaign_figures::visits(tx, stores, before).await?,
        campaign_figures::visits(tx, stores, (first, to)).await?,
    );
    let twice = |before_count, during_count| Twice { before_count, during_count };
    Ok(Introductions {
        days: length.whole_days() + 1,
        visitors: twice(then.visitor_count, now.visitor_count),
        tastings: twice(then.tasting_count, now.tasting_count),
        scans: twice(
            campaign_figures::scans(tx, id, before).await?,
            campaign_figures::scans(tx, id, (first, to)).await?,
        ),
        enquiry_count: campaign_figures::enquiries(tx, id, (first, last.min(today))).await?,
        later_enquiry_count: campaign_figures::enquiries(tx, id, (last.saturating_add(Duration::DAY), today))
            .await?,
        shift_count: now.shift_count,
        answered_count: now.answered_count,
    })
}
