//! What happened around a campaign: sales of its products and of all others, who came, tasted and scanned. Day by day, since its weeks
//! begin on any weekday; from the daily totals, never from single lines.

use domain::ids::{CampaignId, StoreId};
use domain::uplift::days::DaySums;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Sql, Tx};
use crate::error::Result;

/// Ends a list of the campaign's products: those that it names, and what was merged into them.
const OF_CAMPAIGN: &str = " and product_id in (select products.id from campaign_products
    join products on products.id = campaign_products.product_id or products.merged_into = campaign_products.product_id
    where campaign_products.campaign_id = ";

#[derive(FromRow)]
struct Sums {
    store_id: Uuid,
    day: Date,
    revenue_vnd: i64,
    line_count: i64,
}

/// Returns what stores sold on each day from the first to the last one: of a campaign's products, and of everything. Days without a
/// sale are left out.
///
/// # Errors
/// When the database fails.
pub async fn day_sums(
    tx: &mut Tx,
    id: CampaignId,
    stores: &[StoreId],
    (from, to): (Date, Date),
) -> Result<Vec<DaySums>> {
    let all: Vec<Sums> = tx.all(grouped(stores, (from, to), None)).await?;
    let promoted: Vec<Sums> = tx.all(grouped(stores, (from, to), Some(id))).await?;
    // Both come in the order of their keys.
    let mut promoted = promoted.into_iter().peekable();
    let mut days = Vec::with_capacity(all.len());
    for row in all {
        let key = (row.store_id, row.day);
        let of_campaign = promoted.next_if(|other| (other.store_id, other.day) == key);
        days.push(DaySums {
            store: row.store_id.into(),
            day: row.day,
            promoted_vnd: of_campaign.as_ref().map_or(0, |sums| sums.revenue_vnd),
            promoted_lines: of_campaign.map_or(0, |sums| sums.line_count),
            all_vnd: row.revenue_vnd,
        });
    }
    Ok(days)
}

fn grouped(stores: &[StoreId], (from, to): (Date, Date), id: Option<CampaignId>) -> Sql {
    Sql::new(
        "select store_id, day, cast(sum(revenue_vnd) as bigint) as revenue_vnd,
            cast(sum(line_count) as bigint) as line_count
         from sales_daily where store_id",
    )
    .is_in(stores.iter().copied())
    .push(" and day >= ")
    .bind(from)
    .push(" and day <= ")
    .bind(to)
    .when(id, OF_CAMPAIGN, ")")
    .push(" group by store_id, day order by store_id, day")
}

/// Another campaign for some of the same goods.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Other {
    /// The campaign.
    #[sqlx(try_from = "Uuid")]
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first_day: Date,
    /// The last one on which it was, or is to be, there.
    pub last_run: Date,
}

/// Returns the other campaigns for any of a campaign's products of which a day lies from the first to the last one, the earliest first;
/// those that were called off are none. In which stores they were is not asked: goods wander, and so do buyers.
///
/// # Errors
/// When the database fails.
pub async fn others(tx: &mut Tx, id: CampaignId, (from, to): (Date, Date)) -> Result<Vec<Other>> {
    let sql = Sql::new(
        "select others.id, others.name, others.first_day,
            case when others.ended_on < others.last_day then others.ended_on else others.last_day end as last_run
         from campaigns others where others.id in (
            select theirs.campaign_id from campaign_products ours
            join campaign_products theirs on theirs.product_id = ours.product_id where ours.campaign_id = ",
    );
    let sql = sql.bind(id).push(") and others.id <> ").bind(id).push(" and others.first_day <= ").bind(to);
    let sql = sql
        .push(" and others.last_day >= ")
        .bind(from)
        .push(" and (others.ended_on is null or (others.ended_on >= others.first_day and others.ended_on >= ")
        .bind(from)
        .push(")) order by others.first_day, others.id");
    tx.all(sql).await
}

/// Who came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Visits {
    /// Shifts that ended.
    pub shift_count: i64,
    /// Of which the cashier said how many came.
    pub answered_count: i64,
    /// How many came.
    pub visitor_count: i64,
    /// How many tasted.
    pub tasting_count: i64,
}

/// Returns who came to stores from the first to the last day, as their shifts told when they ended.
///
/// # Errors
/// When the database fails.
pub async fn visits(tx: &mut Tx, stores: &[StoreId], (from, to): (Date, Date)) -> Result<Visits> {
    let sql = Sql::new(
        "select cast(coalesce(sum(shift_count), 0) as bigint) as shift_count,
            cast(coalesce(sum(answered_count), 0) as bigint) as answered_count,
            cast(coalesce(sum(visitor_count), 0) as bigint) as visitor_count,
            cast(coalesce(sum(tasting_count), 0) as bigint) as tasting_count
         from visitors_daily where store_id",
    )
    .is_in(stores.iter().copied());
    tx.one(sql.push(" and day >= ").bind(from).push(" and day <= ").bind(to)).await
}

/// Returns how often the pages of a campaign's products were opened from the first to the last day, wherever.
///
/// # Errors
/// When the database fails.
pub async fn scans(tx: &mut Tx, id: CampaignId, (from, to): (Date, Date)) -> Result<i64> {
    let sql = Sql::new("select cast(coalesce(sum(scans), 0) as bigint) from page_scans where day >= ")
        .bind(from)
        .push(" and day <= ")
        .bind(to)
        .push(OF_CAMPAIGN)
        .bind(id)
        .push(")");
    Ok(tx.one::<(i64,)>(sql).await?.0)
}

/// Returns how many people asked from the first to the last day, as the department counted.
///
/// # Errors
/// When the database fails.
pub async fn enquiries(tx: &mut Tx, id: CampaignId, (from, to): (Date, Date)) -> Result<i64> {
    let sql = Sql::new(
        "select cast(coalesce(sum(enquiry_count), 0) as bigint) from campaign_enquiries where campaign_id = ",
    );
    let sql = sql.bind(id).push(" and day >= ").bind(from).push(" and day <= ").bind(to);
    Ok(tx.one::<(i64,)>(sql).await?.0)
}
