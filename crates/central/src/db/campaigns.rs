//! Campaigns that make goods known: what was done, for which goods and where, when, what it cost, and who asked.

use domain::Money;
use domain::campaign::{CampaignKind, Days};
use domain::ids::{CampaignId, ProductId, StoreId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use crate::error::{Error, Result};

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its identity.
    pub id: CampaignId,
    /// What people call it.
    pub name: String,
    /// What is done.
    pub kind: CampaignKind,
    /// When.
    pub days: Days,
    /// What it costs the department.
    pub cost: Money,
    /// Whatever else is to be known.
    pub note: String,
    /// When it was recorded, UTC milliseconds.
    pub recorded_at_ms: i64,
    /// Whose login recorded it.
    pub recorded_by: String,
    /// For which products, in the order of their ids.
    pub products: Vec<ProductId>,
    /// In which stores, in the order of their ids; none for all of them.
    pub stores: Vec<StoreId>,
}

#[derive(FromRow)]
struct CampaignRow {
    id: Uuid,
    name: String,
    kind: String,
    first_day: Date,
    last_day: Date,
    ended_on: Option<Date>,
    cost_vnd: i64,
    note: String,
    recorded_at_ms: i64,
    recorded_by: String,
}

/// Adds a campaign. Returns false, and changes nothing, when there is one with its id.
///
/// # Errors
/// When the database fails; also when a product or store does not exist.
pub async fn insert(tx: &mut Tx, campaign: &Campaign) -> Result<bool> {
    let sql = sql!(
        "insert into campaigns (id, name, kind, first_day, last_day, ended_on, cost_vnd, note, recorded_at_ms, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
        campaign.id,
        &campaign.name,
        campaign.kind.code(),
        campaign.days.first,
        campaign.days.last,
        campaign.days.ended_on,
        campaign.cost,
        &campaign.note,
        campaign.recorded_at_ms,
        &campaign.recorded_by
    );
    if tx.exec(sql).await? != 1 {
        return Ok(false);
    }
    insert_parts(tx, campaign).await?;
    Ok(true)
}

/// Writes a campaign anew, but for who recorded it and when.
///
/// # Errors
/// When the database fails; also when a product or store does not exist.
pub async fn update(tx: &mut Tx, campaign: &Campaign) -> Result<()> {
    let sql = sql!(
        "update campaigns set name = $2, kind = $3, first_day = $4, last_day = $5, ended_on = $6, cost_vnd = $7, note = $8
         where id = $1",
        campaign.id,
        &campaign.name,
        campaign.kind.code(),
        campaign.days.first,
        campaign.days.last,
        campaign.days.ended_on,
        campaign.cost,
        &campaign.note
    );
    tx.exec(sql).await?;
    tx.exec(sql!("delete from campaign_products where campaign_id = $1", campaign.id)).await?;
    tx.exec(sql!("delete from campaign_stores where campaign_id = $1", campaign.id)).await?;
    insert_parts(tx, campaign).await
}

async fn insert_parts(tx: &mut Tx, campaign: &Campaign) -> Result<()> {
    let products = campaign.products.iter().map(|product| args![campaign.id, *product]).collect();
    tx.insert_rows("insert into campaign_products (campaign_id, product_id)", products, "").await?;
    let stores = campaign.stores.iter().map(|store| args![campaign.id, *store]).collect();
    tx.insert_rows("insert into campaign_stores (campaign_id, store_id)", stores, "").await
}

/// Holds a campaign until the transaction ends, so that two acts on it follow one another, and returns it.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: CampaignId) -> Result<Option<Campaign>> {
    tx.exec(sql!("update campaigns set name = name where id = $1", id)).await?;
    find_in(tx, id).await
}

/// Returns a campaign.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: CampaignId) -> Result<Option<Campaign>> {
    find_in(&mut db.begin_reading().await?, id).await
}

/// Returns a campaign inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: CampaignId) -> Result<Option<Campaign>> {
    let sql = sql!(
        "select id, name, kind, first_day, last_day, ended_on, cost_vnd, note, recorded_at_ms, recorded_by
         from campaigns where id = $1",
        id
    );
    let Some(row) = tx.opt::<CampaignRow>(sql).await? else { return Ok(None) };
    let sql = sql!("select product_id from campaign_products where campaign_id = $1 order by product_id", id);
    let products = tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id.into()).collect();
    let sql = sql!("select store_id from campaign_stores where campaign_id = $1 order by store_id", id);
    let stores = tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id.into()).collect();
    row.read(products, stores).map(Some)
}

impl CampaignRow {
    fn read(self, products: Vec<ProductId>, stores: Vec<StoreId>) -> Result<Campaign> {
        let kind = CampaignKind::from_code(&self.kind);
        Ok(Campaign {
            kind: kind.ok_or_else(|| Error::damaged("campaigns", self.id, "the kind is unknown"))?,
            id: self.id.into(),
            name: self.name,
            days: Days { first: self.first_day, last: self.last_day, ended_on: self.ended_on },
            cost: Money::new(self.cost_vnd),
            note: self.note,
            recorded_at_ms: self.recorded_at_ms,
            recorded_by: self.recorded_by,
            products,
            stores,
        })
    }
}

/// A product of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CampaignProduct {
    /// The product.
    #[sqlx(try_from = "Uuid")]
    pub id: ProductId,
    /// The shops' own code.
    pub sku: String,
    /// Its name today.
    pub name: String,
}

/// Returns the products of a campaign by name.
///
/// # Errors
/// When the database fails.
pub async fn list_products(tx: &mut Tx, id: CampaignId) -> Result<Vec<CampaignProduct>> {
    let sql = sql!(
        "select products.id, products.sku, products.name from campaign_products
         join products on products.id = campaign_products.product_id
         where campaign_products.campaign_id = $1 order by products.name_fold, products.id",
        id
    );
    tx.all(sql).await
}

/// Sets how many people asked on a day; returns how many were counted before.
///
/// # Errors
/// When the database fails.
pub async fn set_enquiries(tx: &mut Tx, id: CampaignId, day: Date, count: i64) -> Result<Option<i64>> {
    let sql =
        sql!("select enquiry_count from campaign_enquiries where campaign_id = $1 and day = $2", id, day);
    let before = tx.opt::<(i64,)>(sql).await?.map(|(count,)| count);
    let sql = sql!(
        "insert into campaign_enquiries (campaign_id, day, enquiry_count) values ($1, $2, $3)
         on conflict (campaign_id, day) do update set enquiry_count = excluded.enquiry_count",
        id,
        day,
        count
    );
    tx.exec(sql).await?;
    Ok(before)
}

/// Returns how many people asked on each day that was counted, the latest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_enquiries(tx: &mut Tx, id: CampaignId, limit: i64) -> Result<Vec<(Date, i64)>> {
    let sql = Sql::new("select day, enquiry_count from campaign_enquiries where campaign_id = ")
        .bind(id)
        .push(" order by day desc limit ")
        .bind(limit);
    tx.all(sql).await
}
