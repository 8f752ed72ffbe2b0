//! A question about sales with everything that it may be about, looked up once.

use std::collections::BTreeSet;

use domain::catalog::{Category, month_after, month_of};
use domain::ids::{CampaignId, ProductId, StoreId};
use time::Date;
use uuid::Uuid;

use super::range::Range;
use super::{SalesQuery, overall, stores_in};
use crate::db::campaigns::{self, Campaign};
use crate::db::engine::{Sql, Tx};
use crate::db::users::Scope;
use crate::error::{Error, Result};

/// A question with what it may be about.
pub(super) struct Asked<'q> {
    pub(super) query: &'q SalesQuery,
    pub(super) range: Range,
    pub(super) stores: Vec<StoreId>,
    /// Only these products; all without.
    pub(super) products: Option<Vec<Uuid>>,
    /// Whole months of the range whose sums hold.
    pub(super) holding: BTreeSet<Date>,
}

impl SalesQuery {
    pub(super) async fn within(&self, tx: &mut Tx, scope: Scope) -> Result<Asked<'_>> {
        let mut stores = stores_in(tx, scope, self.store).await?;
        let campaign = match self.campaign {
            Some(id) => Some(campaign(tx, scope, id).await?),
            None => None,
        };
        let holding = overall::holding(tx, (month_of(self.from), month_after(self.to))).await?;
        let mut range = Range::of(self.from, self.to);
        let is_bound =
            self.store.is_some() || campaign.as_ref().is_some_and(|found| !found.stores.is_empty());
        if matches!(scope, Scope::Department(_)) && !is_bound {
            range = range.with_overall(&holding);
        }
        if let Some(campaign) = &campaign {
            stores.retain(|store| campaign.stores.is_empty() || campaign.stores.contains(store));
        }
        let products = match self.product {
            Some(product) => Some(with_merged(tx, vec![product]).await?),
            None => None,
        };
        let of_campaign = match campaign {
            Some(campaign) => Some(with_merged(tx, campaign.products).await?),
            None => None,
        };
        let products = match (products, of_campaign) {
            (Some(some), Some(others)) => Some(some.into_iter().filter(|id| others.contains(id)).collect()),
            (some, others) => some.or(others),
        };
        Ok(Asked { query: self, range, stores, products, holding })
    }
}

impl Asked<'_> {
    /// Appends the filters on which products they are and what they counted as.
    pub(super) fn push_filter(&self, mut sql: Sql) -> Sql {
        if let Some(products) = &self.products {
            sql = sql.push(" and product_facts.product_id").is_among(products.iter().copied());
        }
        let category = self.query.category.map(Category::code);
        sql.when(category, " and product_facts.leading_category = ", "").when(
            self.query.min_stars,
            " and product_facts.stars >= ",
            "",
        )
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
