//! The department's questions about sales, answered from the totals and never from single lines.
//!
//! A range of days is whole months and the days at its edges. Each đồng is counted once, under the leading category that
//! the product had on the day of the sale.

mod adding;
mod asked;
mod completeness;
mod corrections;
mod days;
mod overall;
mod range;
mod sold;
mod span;
mod trade;

use domain::catalog::Category;
use domain::ids::{CampaignId, ProductId, StoreId};
use domain::{Money, Quantity};
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::product_list::Whose;
use super::users::Scope;
use crate::error::{Error, Result};

pub use adding::add_up;
pub use asked::{Asked, ask};
pub use completeness::{StoreFreshness, completeness, completeness_in};
pub use corrections::Correction;
pub(super) use overall::{forget, holding};
pub(super) use range::{Range, push_cells, push_goods, push_months, push_stores};
pub use sold::{Dimension, PartSales, Sold};
pub use trade::{StoreTrade, Trade};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesQuery {
    /// First business day.
    pub from: Date,
    /// Last business day.
    pub to: Date,
    /// One store, or all that the asker may see.
    pub store: Option<StoreId>,
    /// Only this product, with what was merged into it.
    pub product: Option<ProductId>,
    /// Only what led with this category, or held it where [`Self::by_holder`] says so.
    pub category: Option<Category>,
    /// A category counts for all products that held it when they were sold, not for those alone that led with it.
    pub by_holder: bool,
    /// Only what had at least so many stars.
    pub min_stars: Option<u8>,
    /// Only products of this campaign, with what was merged into them, in its stores; for the department alone.
    pub campaign: Option<CampaignId>,
    /// Only what was this producer's, or theirs whose names hold the words, when it was sold.
    pub producer: Option<Whose>,
    /// Only what came from this commune when it was sold.
    pub commune: Option<String>,
    /// Only what was of the group with this code when it was sold.
    pub group: Option<String>,
    /// Only what had exactly so many stars.
    pub stars: Option<u8>,
}

/// What a product sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSales {
    /// The product.
    pub product_id: ProductId,
    /// Its code.
    pub sku: String,
    /// Its name today.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose product it is today.
    pub producer: Option<String>,
    /// The most stars under which it sold in the range.
    pub stars: Option<i64>,
    /// How much.
    pub quantity: Quantity,
    /// What buyers paid for it.
    pub revenue: Money,
    /// On how many receipts it stood; none where it also sold as something that the question is not about, since totals do not tell which
    /// receipts those were.
    pub receipts: Option<i64>,
}

/// Everything together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// What buyers paid for lines that the question asks about.
    pub revenue: Money,
    /// Receipts; none when only some products are asked about, since totals do not tell which receipts those were.
    pub receipts: Option<i64>,
    /// Products of which anything was sold.
    pub products: i64,
}

impl Totals {
    /// Adds up what was sold, and on which days.
    pub fn of(sold: &Sold, days: &[DaySales], query: &SalesQuery) -> Self {
        let receipts = days.iter().filter_map(|day| day.receipts).sum();
        Self {
            revenue: sold.revenue(),
            receipts: if query.is_filtered() { None } else { Some(receipts) },
            products: sold.product_count(),
        }
    }
}

/// Sales of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySales {
    /// The business day.
    pub day: Date,
    /// What buyers paid.
    pub revenue: Money,
    /// Receipts, as in [`Totals::receipts`].
    pub receipts: Option<i64>,
}

/// Sales of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreSales {
    /// The store.
    pub store_id: StoreId,
    /// Its name.
    pub name: String,
    /// What buyers paid.
    pub revenue: Money,
    /// Receipts, as in [`Totals::receipts`].
    pub receipts: Option<i64>,
}

/// Sales of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategorySales {
    /// The category; none for products without any in force.
    pub category: Option<Category>,
    /// What buyers paid.
    pub revenue: Money,
    /// Products of which anything was sold.
    pub products: i64,
}

impl SalesQuery {
    /// Returns the one about everything that was sold from the first to the last day.
    pub const fn over(from: Date, to: Date) -> Self {
        Self {
            from,
            to,
            store: None,
            product: None,
            category: None,
            by_holder: false,
            min_stars: None,
            campaign: None,
            producer: None,
            commune: None,
            group: None,
            stars: None,
        }
    }

    /// True when only some products are asked about.
    pub const fn is_filtered(&self) -> bool {
        self.product.is_some() || self.campaign.is_some() || self.asks_what_it_was()
    }

    /// True when only what counted as something is asked about: the same product may have counted as something else.
    pub const fn asks_what_it_was(&self) -> bool {
        self.category.is_some()
            || self.min_stars.is_some()
            || self.stars.is_some()
            || self.asks_whose_it_was()
    }

    /// True when that is more than category and stars, which are all that sums over all stores know.
    pub const fn asks_whose_it_was(&self) -> bool {
        self.producer.is_some() || self.commune.is_some() || self.group.is_some()
    }
}

/// Returns the stores that a person may see, or the one that is asked about.
///
/// # Errors
/// [`Error::NotFound`] for a store that is not there, or not for this person: both look the same. A producer sees no
/// store's sales here, but in [`super::consigned`].
pub async fn stores_in(tx: &mut Tx, scope: Scope, one: Option<StoreId>) -> Result<Vec<StoreId>> {
    let operator = match scope {
        Scope::Operator(scope) => Some(scope.operator_id()),
        Scope::Department(_) => None,
        Scope::Producer(_) => return Err(Error::NotFound("store")),
    };
    let sql = Sql::new("select id from stores where 1 = 1")
        .when(operator, " and operator_id = ", "")
        .when(one, " and id = ", "")
        .push(" order by id");
    let found: Vec<(Uuid,)> = tx.all(sql).await?;
    if one.is_some() && found.is_empty() {
        return Err(Error::NotFound("store"));
    }
    Ok(found.into_iter().map(|(id,)| id.into()).collect())
}

/// Returns the last day on which anything was sold in any store; none before the first sale.
///
/// # Errors
/// When the database fails.
pub async fn last_day(db: &Db) -> Result<Option<Date>> {
    let (day,): (Option<Date>,) = db.one(sql!("select max(last_day) from store_days")).await?;
    Ok(day)
}

/// Returns the first day of all with a sale in these stores; none before the first sale.
///
/// # Errors
/// When the database fails.
pub async fn first_sale_day(tx: &mut Tx, stores: &[StoreId]) -> Result<Option<Date>> {
    let sql = Sql::new("select min(first_day) from store_days where store_id").is_in(stores.iter().copied());
    let (day,): (Option<Date>,) = tx.one(sql).await?;
    Ok(day)
}
