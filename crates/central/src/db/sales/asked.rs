//! A question about sales with everything that it may be about, looked up once.

use domain::catalog::{Category, month_after, month_of};
use domain::ids::{CampaignId, ProductId, StoreId};
use time::Date;
use uuid::Uuid;

use super::overall::Holding;
use super::range::Range;
use super::{SalesQuery, overall, stores_in};
use crate::db::campaigns::{self, Campaign};
use crate::db::engine::{Sql, Tx};
use crate::db::users::Scope;
use crate::db::{counted_as, same_producers};
use crate::error::{Error, Result};

/// Products that a statement names one by one.
pub(super) const NAMED_MOST: usize = 200;

/// A question with what it may be about. Ask everything of it within one transaction.
#[derive(Debug, Clone)]
pub struct Asked {
    /// True when the department asks.
    pub is_of_department: bool,
    pub(super) query: SalesQuery,
    pub(super) range: Range,
    pub(super) stores: Vec<StoreId>,
    /// Only these products; all without.
    pub(super) products: Option<Vec<Uuid>>,
    /// Spans of the range whose sums over all stores hold.
    pub(super) holding: Holding,
}

/// Looks up what a question may be about.
///
/// # Errors
/// [`Error::NotFound`] for a foreign store or campaign; when the database fails.
pub async fn ask(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Asked> {
    let mut stores = stores_in(tx, scope, query.store).await?;
    let campaign = match query.campaign {
        Some(id) => Some(campaign(tx, scope, id).await?),
        None => None,
    };
    let holding = overall::holding(tx, (month_of(query.from), month_after(query.to))).await?;
    let days = (query.from, whole(tx, &stores, query.to).await?);
    let is_bound = query.store.is_some() || campaign.as_ref().is_some_and(|found| !found.stores.is_empty());
    let is_of_department = matches!(scope, Scope::Department(_));
    let range = if is_of_department && !is_bound {
        Range::with_overall(days, &holding)
    } else {
        Range::of(days.0, days.1)
    };
    if let Some(campaign) = &campaign {
        stores.retain(|store| campaign.stores.is_empty() || campaign.stores.contains(store));
    }
    let mut asked = Asked { is_of_department, query: query.clone(), range, stores, products: None, holding };
    if let Some(product) = query.product {
        asked.products = Some(with_merged(tx, vec![product]).await?);
    }
    if let Some(campaign) = campaign {
        let mut of_campaign = with_merged(tx, campaign.products).await?;
        of_campaign.retain(|id| asked.products.as_ref().is_none_or(|picked| picked.contains(id)));
        asked.products = Some(of_campaign);
    }
    if query.producer.is_some() || query.commune.is_some() {
        let mut counted = counted(tx, &asked).await?;
        counted.retain(|id| asked.products.as_ref().is_none_or(|picked| picked.contains(id)));
        asked.products = Some(counted);
    }
    Ok(asked)
}

/// Returns the last day of a day's month where nothing was sold after the day: then the month's totals answer. Otherwise the day.
async fn whole(tx: &mut Tx, stores: &[StoreId], day: Date) -> Result<Date> {
    let last = month_after(day).previous_day().unwrap_or(day);
    let sql =
        Sql::new("select cast(1 as bigint) from receipts_daily where store_id").is_in(stores.iter().copied());
    let later: Option<(i64,)> =
        tx.opt(sql.push(" and day > ").bind(day).push(" and day <= ").bind(last).push(" limit 1")).await?;
    Ok(if later.is_some() { day } else { last })
}

/// Returns the products that ever were the producer's, or from the commune, that is asked about: a few of the catalogue, whose days are
/// found one by one.
async fn counted(tx: &mut Tx, asked: &Asked) -> Result<Vec<Uuid>> {
    let sql = Sql::new("select distinct product_facts.product_id from product_facts where 1 = 1");
    let found: Vec<(Uuid,)> =
        tx.all(asked.push_whose(sql).push(" order by product_facts.product_id")).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Appends that the column before is one of some products: few are named one by one, which a database looks up best.
pub(super) fn push_these(sql: Sql, products: &[Uuid]) -> Sql {
    let ids = products.iter().copied();
    if products.len() <= NAMED_MOST { sql.is_in(ids) } else { sql.is_among(ids) }
}

impl Asked {
    /// Appends the filters on which products they are and what they counted as.
    pub(super) fn push_filter(&self, sql: Sql) -> Sql {
        self.push_standing(self.push_products(sql))
    }

    /// Appends the filter on which products they are.
    pub(super) fn push_products(&self, sql: Sql) -> Sql {
        match &self.products {
            Some(products) => sql.push(" and product_facts.product_id").is_among(products.iter().copied()),
            None => sql,
        }
    }

    /// Appends the filters on what they counted as.
    pub(super) fn push_standing(&self, sql: Sql) -> Sql {
        let sql = self.push_whose(sql).when(self.query.stars, " and product_facts.stars = ", "");
        let sql = if self.query.by_holder {
            sql.when(self.held(), " and ',' || product_facts.categories || ',' like ", "")
        } else {
            let category = self.query.category.map(Category::code);
            sql.when(category, " and product_facts.leading_category = ", "")
        };
        sql.when(self.query.min_stars, " and product_facts.stars >= ", "")
    }

    /// Appends the filters on whose they were, where they came from, and their group. As a truth and not as a list of facts: SQLite would
    /// go through the list and read all sales for each.
    fn push_whose(&self, sql: Sql) -> Sql {
        if !self.query.asks_whose_it_was() {
            return sql;
        }
        let sql = sql.push(concat!(
            " and (product_facts.id in (select product_facts.id from product_facts",
            counted_as::join_products!(),
            " where 1 = 1"
        ));
        let sql = match &self.query.producer {
            Some(whose) => {
                same_producers::push(sql.push(concat!(" and ", counted_as::producer_id!())), whose)
            }
            None => sql,
        };
        sql.when(self.query.commune.as_deref(), concat!(" and ", counted_as::commune!(), " = "), "")
            .when(self.query.group.as_deref(), concat!(" and ", counted_as::group_code!(), " = "), "")
            .push(")) is true")
    }

    /// Returns the pattern of codes with commas around them that hold the category, or lead with it.
    pub(super) fn held(&self) -> Option<String> {
        let before = if self.query.by_holder { "%" } else { "" };
        self.query.category.map(|category| format!("{before},{},%", category.code()))
    }
}

/// Returns a campaign, which the department alone may ask about.
async fn campaign(tx: &mut Tx, scope: Scope, id: CampaignId) -> Result<Campaign> {
    let Scope::Department(_) = scope else { return Err(Error::NotFound("campaign")) };
    campaigns::find_in(tx, id).await?.ok_or(Error::NotFound("campaign"))
}

/// Returns products, and what was merged into them.
async fn with_merged(tx: &mut Tx, products: Vec<ProductId>) -> Result<Vec<Uuid>> {
    let ids = || products.iter().map(|id| id.uuid());
    let sql = Sql::new("select id from products where id").is_among(ids());
    let found: Vec<(Uuid,)> =
        tx.all(sql.push(" or merged_into").is_among(ids()).push(" order by id")).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}
