//! What happened around a campaign: sales of its products and of all others, who came, tasted and scanned. Day by day, since its weeks
//! begin on any weekday; from the daily totals, never from single lines.

use domain::ids::{CampaignId, ProductId, StoreId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Sql, Tx};
use crate::error::Result;

/// Ends a list of the campaign's products: those that it names, and what was merged into them.
const OF_CAMPAIGN: &str = " and product_id in (select products.id from campaign_products
    join products on products.id = campaign_products.product_id or products.merged_into = campaign_products.product_id
    where campaign_products.campaign_id = ";

/// What a store sold of everything on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct StoreDay {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// The business day.
    pub day: Date,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

/// Returns what stores sold of everything on each day from the first to the last one; days without a receipt are left out.
///
/// # Errors
/// When the database fails.
pub async fn everything(tx: &mut Tx, stores: &[StoreId], (from, to): (Date, Date)) -> Result<Vec<StoreDay>> {
    let sql =
        Sql::new("select store_id, day, programme_vnd as revenue_vnd from receipts_daily where store_id");
    let sql = sql.is_in(stores.iter().copied()).push(" and day >= ").bind(from).push(" and day <= ").bind(to);
    tx.all(sql.push(" order by store_id, day")).await
}

/// What a store sold of some products on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct GoodsDay {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// The business day.
    pub day: Date,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// On how many lines.
    pub line_count: i64,
}

/// Returns what stores sold of some products on each day from the first to the last one; days without a sale of them are left out. The
/// products are looked up first, and their days by them: what else the stores sold is not read.
///
/// # Errors
/// When the database fails.
pub async fn sold(
    tx: &mut Tx,
    products: &[ProductId],
    stores: &[StoreId],
    (from, to): (Date, Date),
) -> Result<Vec<GoodsDay>> {
    // A cross join is done from left to right on SQLite.
    let sql = Sql::new(
        "select sales_daily.store_id, sales_daily.day, cast(sum(sales_daily.revenue_vnd) as bigint) as revenue_vnd,
            cast(sum(sales_daily.line_count) as bigint) as line_count
         from products cross join sales_daily
         where sales_daily.product_id = products.id and products.id",
    );
    // The stores as a truth and not as a list: with few of them SQLite would read all that each sold, once for each product.
    let sql = sql.is_among(products.iter().copied()).push(" and (sales_daily.store_id");
    let sql = sql.is_in(stores.iter().copied()).push(") is true and sales_daily.day >= ").bind(from);
    let sql = sql.push(" and sales_daily.day <= ").bind(to);
    tx.all(sql.push(
        " group by sales_daily.store_id, sales_daily.day order by sales_daily.store_id, sales_daily.day",
    ))
    .await
}

/// Returns the products of campaigns: those that they name, and what was merged into them.
///
/// # Errors
/// When the database fails.
pub async fn products_of(tx: &mut Tx, ids: &[CampaignId]) -> Result<Vec<(CampaignId, ProductId)>> {
    let sql = Sql::new("select campaign_id, product_id from campaign_products where campaign_id");
    let sql = sql.is_among(ids.iter().copied()).push(
        " union select campaign_products.campaign_id, products.id from campaign_products
         join products on products.merged_into = campaign_products.product_id where campaign_products.campaign_id",
    );
    let pairs: Vec<(Uuid, Uuid)> = tx.all(sql.is_among(ids.iter().copied()).push(" order by 1, 2")).await?;
    Ok(pairs.into_iter().map(|(campaign, product)| (campaign.into(), product.into())).collect())
}

/// Returns the stores of campaigns; a campaign for all stores has none.
///
/// # Errors
/// When the database fails.
pub async fn stores_of(tx: &mut Tx, ids: &[CampaignId]) -> Result<Vec<(CampaignId, StoreId)>> {
    let sql = Sql::new("select campaign_id, store_id from campaign_stores where campaign_id");
    let sql = sql.is_among(ids.iter().copied()).push(" order by campaign_id, store_id");
    let pairs: Vec<(Uuid, Uuid)> = tx.all(sql).await?;
    Ok(pairs.into_iter().map(|(campaign, store)| (campaign.into(), store.into())).collect())
}

/// Another campaign for some of the same goods.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Other {
    /// Than which campaign.
    #[sqlx(try_from = "Uuid")]
    pub of_campaign: CampaignId,
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

/// Returns for each of some campaigns the other ones for any of its products of which a day lies from the first to the last one, the
/// earliest first; those that were called off are none. In which stores they were is not asked: goods wander, and so do buyers.
///
/// # Errors
/// When the database fails.
pub async fn others(tx: &mut Tx, ids: &[CampaignId], (from, to): (Date, Date)) -> Result<Vec<Other>> {
    let sql = Sql::new(
        "select distinct ours.campaign_id as of_campaign, others.id, others.name, others.first_day,
            case when others.ended_on < others.last_day then others.ended_on else others.last_day end as last_run
         from campaign_products ours
         join campaign_products theirs
            on theirs.product_id = ours.product_id and theirs.campaign_id <> ours.campaign_id
         join campaigns others on others.id = theirs.campaign_id
         where ours.campaign_id",
    );
    let sql = sql.is_among(ids.iter().copied()).push(" and others.first_day <= ").bind(to);
    let sql = sql
        .push(" and others.last_day >= ")
        .bind(from)
        .push(" and (others.ended_on is null or (others.ended_on >= others.first_day and others.ended_on >= ")
        .bind(from)
        .push(")) order by others.first_day, others.id, ours.campaign_id");
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
