//! The department's questions about sales, answered from the totals and never from single lines.
//!
//! A range of days is whole months and the days at its edges. Each đồng is counted once, under the leading category that
//! the product had on the day of the sale.

mod asked;
mod completeness;
mod days;
mod overall;
mod parts;
mod range;

use domain::catalog::Category;
use domain::ids::{CampaignId, ProductId, StoreId};
use domain::{Money, Quantity};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Row, Sql, Tx, sql};
use super::users::Scope;
use crate::error::{Error, Result};

use asked::Asked;
pub use completeness::{StoreFreshness, completeness, completeness_in};
use days::receipt_count;
pub use days::{per_day, per_store};
pub use overall::add_up;
pub(super) use overall::{forget, holding};
pub use parts::{Dimension, PartSales, per_part};
use range::push_receipts;
pub(super) use range::{Range, push_cells, push_goods};

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
    /// Only what led with this category.
    pub category: Option<Category>,
    /// Only what had at least so many stars.
    pub min_stars: Option<u8>,
    /// Only products of this campaign, with what was merged into them, in its stores; for the department alone.
    pub campaign: Option<CampaignId>,
}

/// What a product sold.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ProductSales {
    /// The product.
    #[sqlx(try_from = "Uuid")]
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
    #[sqlx(try_from = "i64")]
    pub quantity: Quantity,
    /// What buyers paid for it.
    #[sqlx(try_from = "i64")]
    pub revenue: Money,
    /// On how many receipts it stood.
    pub receipts: i64,
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
    /// The leading category; none for products without any in force.
    pub category: Option<Category>,
    /// What buyers paid.
    pub revenue: Money,
    /// Products of which anything was sold.
    pub products: i64,
}

impl SalesQuery {
    /// True when only some products are asked about.
    pub const fn is_filtered(&self) -> bool {
        self.product.is_some()
            || self.category.is_some()
            || self.min_stars.is_some()
            || self.campaign.is_some()
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

/// Returns what each product sold, the largest revenue first; with what stores sold as products of their own that were merged into
/// it.
///
/// # Errors
/// [`Error::NotFound`] for a foreign store; when the database fails.
pub async fn per_product(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Vec<ProductSales>> {
    let asked = query.within(tx, scope).await?;
    let sql = Sql::new(
        "with sold as (select product_id, product_facts_id, sum(quantity_milli) as quantity,
            sum(revenue_vnd) as revenue from (",
    );
    let sql = push_goods(sql, &asked.range, &asked.stores).push(
        ") as cells group by product_id, product_facts_id), told_of as (
            select product_id, sum(receipt_count) as receipts from (",
    );
    let sql = push_receipts(sql, &asked.range, &asked.stores).push(
        ") as cells group by product_id), counted as (
            select coalesce(told.merged_into, told.id) as product_id, sum(told_of.receipts) as receipts
            from told_of join products told on told.id = told_of.product_id
            group by coalesce(told.merged_into, told.id))
        select products.id as product_id, products.sku, products.name, products.unit, producers.name as producer,
            cast(max(product_facts.stars) as bigint) as stars,
            cast(sum(sold.quantity) as bigint) as quantity, cast(sum(sold.revenue) as bigint) as revenue,
            cast(coalesce(max(counted.receipts), 0) as bigint) as receipts
        from sold
        join product_facts on product_facts.id = sold.product_facts_id
        join products told on told.id = sold.product_id
        join products on products.id = coalesce(told.merged_into, told.id)
        left join producers on producers.id = products.producer_id
        left join counted on counted.product_id = products.id
        where 1 = 1",
    );
    let sql = asked.push_filter(sql).push(
        " group by products.id, products.sku, products.name, products.unit, producers.name
        order by revenue desc, products.id",
    );
    tx.all(sql).await
}

/// Returns everything together.
///
/// # Errors
/// As [`per_product`].
pub async fn totals(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Totals> {
    let asked = query.within(tx, scope).await?;
    let select = "select cast(coalesce(sum(sold.revenue), 0) as bigint),
        cast(count(distinct coalesce(told.merged_into, told.id)) as bigint)";
    let (revenue, products): (i64, i64) = grouped(tx, &asked, select, "").await?.pop().unwrap_or_default();
    let receipts = if query.is_filtered() { None } else { receipt_count(tx, &asked).await? };
    Ok(Totals { revenue: Money::new(revenue), receipts, products })
}

/// Returns the sales of each leading category, in the order in which categories lead.
///
/// # Errors
/// As [`per_product`].
pub async fn per_category(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Vec<CategorySales>> {
    let asked = query.within(tx, scope).await?;
    let select = "select product_facts.leading_category, cast(sum(sold.revenue) as bigint),
        cast(count(distinct coalesce(told.merged_into, told.id)) as bigint)";
    let rows: Vec<(Option<String>, i64, i64)> =
        grouped(tx, &asked, select, " group by product_facts.leading_category").await?;
    let read = |(code, revenue, products): (Option<String>, i64, i64)| CategorySales {
        category: code.as_deref().and_then(Category::from_code),
        revenue: Money::new(revenue),
        products,
    };
    let mut categories: Vec<CategorySales> = rows.into_iter().map(read).collect();
    categories.sort_by_key(|row| (row.category.is_none(), row.category));
    Ok(categories)
}

/// Selects from what was sold per product and what it counted as.
async fn grouped<T: Row>(
    tx: &mut Tx,
    asked: &Asked<'_>,
    select: &'static str,
    group: &'static str,
) -> Result<Vec<T>> {
    let sql =
        Sql::new("with sold as (select product_id, product_facts_id, sum(revenue_vnd) as revenue from (");
    let sql = push_goods(sql, &asked.range, &asked.stores)
        .push(") as cells group by product_id, product_facts_id) ")
        .push(select)
        .push(
            " from sold join product_facts on product_facts.id = sold.product_facts_id
            join products told on told.id = sold.product_id where 1 = 1",
        );
    tx.all(asked.push_filter(sql).push(group)).await
}

/// Returns the last day on which anything was sold in any store; none before the first sale.
///
/// # Errors
/// When the database fails.
pub async fn last_day(db: &Db) -> Result<Option<Date>> {
    let (day,): (Option<Date>,) = db.one(sql!("select max(day) from receipts_daily")).await?;
    Ok(day)
}

/// Returns the first day on which anything was sold in the stores that a question is about; none before the first sale.
///
/// # Errors
/// As [`per_product`].
pub async fn first_day(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Option<Date>> {
    let stores = stores_in(tx, scope, query.store).await?;
    first_sale_day(tx, &stores).await
}

/// Returns the first day of all with a sale in these stores; none before the first sale.
///
/// # Errors
/// When the database fails.
pub async fn first_sale_day(tx: &mut Tx, stores: &[StoreId]) -> Result<Option<Date>> {
    let sql = Sql::new("select min(day) from receipts_daily where store_id").is_in(stores.iter().copied());
    let (day,): (Option<Date>,) = tx.one(sql).await?;
    Ok(day)
}
