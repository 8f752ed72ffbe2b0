//! The department's questions about sales, answered from the totals and never from single lines.
//!
//! A range of days is whole months and the days at its edges. Each đồng is counted once, under the leading category that
//! the product had on the day of the sale.

mod completeness;
mod corrections;
mod holders;
mod parts;
mod range;

use domain::catalog::Category;
use domain::ids::{CampaignId, ProductId, StoreId};
use domain::{Money, Quantity};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::campaigns;
use super::engine::{Db, Row, Sql, Tx, sql};
use super::users::Scope;
use crate::error::{Error, Result};

pub use completeness::{StoreFreshness, completeness};
pub use corrections::{Correction, corrections};
pub use parts::{Dimension, PartSales, per_part};
use range::push_receipts;
pub(super) use range::{Range, push_cells};

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
    /// The category; none for products without any in force.
    pub category: Option<Category>,
    /// What buyers paid.
    pub revenue: Money,
    /// Products of which anything was sold.
    pub products: i64,
}

/// A question with the stores that it may be about.
struct Asked<'q> {
    query: &'q SalesQuery,
    range: Range,
    stores: Vec<StoreId>,
}

impl SalesQuery {
    /// True when only some products are asked about.
    pub const fn is_filtered(&self) -> bool {
        self.product.is_some()
            || self.category.is_some()
            || self.min_stars.is_some()
            || self.campaign.is_some()
    }

    async fn within(&self, db: &Db, scope: Scope) -> Result<Asked<'_>> {
        let mut stores = stores_in(db, scope, self.store).await?;
        if let Some(campaign) = self.campaign {
            let of_campaign = campaign_stores(db, scope, campaign).await?;
            stores.retain(|store| of_campaign.is_empty() || of_campaign.contains(store));
        }
        Ok(Asked { query: self, range: Range::of(self.from, self.to), stores })
    }
}

impl Asked<'_> {
    /// Appends selects of all cells of the range.
    fn push_cells(&self, sql: Sql) -> Sql {
        push_cells(sql, &self.range, &self.stores, None)
    }

    /// Appends the filters on which products they are and what they counted as.
    fn push_filter(&self, sql: Sql) -> Sql {
        let sql = match self.query.product {
            Some(product) => sql
                .push(" and product_facts.product_id in (select id from products where id = ")
                .bind(product)
                .push(" or merged_into = ")
                .bind(product)
                .push(")"),
            None => sql,
        };
        let category = self.query.category.map(Category::code);
        let sql = sql.when(self.query.campaign, OF_CAMPAIGN, ")");
        let sql = if self.query.by_holder {
            let held = category.map(|code| format!("%,{code},%"));
            sql.when(held, " and (',' || product_facts.categories || ',') like ", "")
        } else {
            sql.when(category, " and product_facts.leading_category = ", "")
        };
        sql.when(self.query.min_stars, " and product_facts.stars >= ", "")
    }
}

/// Ends a list of a campaign's products: those that it names, and what was merged into them.
const OF_CAMPAIGN: &str = " and product_facts.product_id in (select products.id from campaign_products
    join products on products.id = campaign_products.product_id or products.merged_into = campaign_products.product_id
    where campaign_products.campaign_id = ";

/// Returns the stores of a campaign; none for all.
async fn campaign_stores(db: &Db, scope: Scope, id: CampaignId) -> Result<Vec<StoreId>> {
    let Scope::Department(_) = scope else { return Err(Error::NotFound("campaign")) };
    let campaign = campaigns::find(db, id).await?;
    Ok(campaign.ok_or(Error::NotFound("campaign"))?.stores)
}

/// Returns the stores that a person may see, or the one that is asked about.
///
/// # Errors
/// [`Error::NotFound`] for a store that is not there, or not for this person: both look the same. A producer sees no
/// store's sales here, but in [`super::consigned`].
pub async fn stores_in(db: &Db, scope: Scope, one: Option<StoreId>) -> Result<Vec<StoreId>> {
    let operator = match scope {
        Scope::Operator(scope) => Some(scope.operator_id()),
        Scope::Department(_) => None,
        Scope::Producer(_) => return Err(Error::NotFound("store")),
    };
    let sql = Sql::new("select id from stores where 1 = 1")
        .when(operator, " and operator_id = ", "")
        .when(one, " and id = ", "")
        .push(" order by id");
    let found: Vec<(Uuid,)> = db.all(sql).await?;
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
pub async fn per_product(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<ProductSales>> {
    let asked = query.within(db, scope).await?;
    let sql = Sql::new(
        "with sold as (select product_id, product_facts_id, sum(quantity_milli) as quantity,
            sum(revenue_vnd) as revenue from (",
    );
    let sql = asked.push_cells(sql).push(
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
    db.all(sql).await
}

/// Returns everything together.
///
/// # Errors
/// As [`per_product`].
pub async fn totals(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Totals> {
    let asked = query.within(db, scope).await?;
    let select = "select cast(coalesce(sum(sold.revenue), 0) as bigint),
        cast(count(distinct coalesce(told.merged_into, told.id)) as bigint)";
    let (revenue, products): (i64, i64) = grouped(db, &asked, select, "").await?.pop().unwrap_or_default();
    let receipts = if query.is_filtered() {
        None
    } else {
        Some(days(db, &asked).await?.iter().map(|day| day.receipt_count).sum())
    };
    Ok(Totals { revenue: Money::new(revenue), receipts, products })
}

/// Returns the sales of each category, in the order in which categories lead: of the leading one, so that each đồng counts once; or
/// of all holders, so that the sum may be more than what was sold.
///
/// # Errors
/// As [`per_product`].
pub async fn per_category(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<CategorySales>> {
    let asked = query.within(db, scope).await?;
    if query.by_holder {
        return holders::per_category(db, &asked).await;
    }
    let select = "select product_facts.leading_category, cast(sum(sold.revenue) as bigint),
        cast(count(distinct coalesce(told.merged_into, told.id)) as bigint)";
    let rows: Vec<(Option<String>, i64, i64)> =
        grouped(db, &asked, select, " group by product_facts.leading_category").await?;
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
    db: &Db,
    asked: &Asked<'_>,
    select: &'static str,
    group: &'static str,
) -> Result<Vec<T>> {
    let sql =
        Sql::new("with sold as (select product_id, product_facts_id, sum(revenue_vnd) as revenue from (");
    let sql =
        asked.push_cells(sql).push(") as cells group by product_id, product_facts_id) ").push(select).push(
            " from sold join product_facts on product_facts.id = sold.product_facts_id
            join products told on told.id = sold.product_id where 1 = 1",
        );
    db.all(asked.push_filter(sql).push(group)).await
}

/// Returns the sales of each store, the largest revenue first; stores that sold nothing too.
///
/// # Errors
/// As [`per_product`].
pub async fn per_store(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<StoreSales>> {
    let asked = query.within(db, scope).await?;
    let sql = Sql::new("with sold as (select store_id, product_facts_id, sum(revenue_vnd) as revenue from (");
    let sql = asked.push_cells(sql).push(
        ") as cells group by store_id, product_facts_id)
        select sold.store_id, cast(sum(sold.revenue) as bigint) from sold
        join product_facts on product_facts.id = sold.product_facts_id where 1 = 1",
    );
    let sold: Vec<(Uuid, i64)> = db.all(asked.push_filter(sql).push(" group by sold.store_id")).await?;
    let days = if query.is_filtered() { None } else { Some(days(db, &asked).await?) };
    let sql = Sql::new("select id, name from stores where id").is_in(asked.stores.iter().copied());
    let names: Vec<(Uuid, String)> = db.all(sql.push(" order by code, id")).await?;
    let read = |(id, name): (Uuid, String)| {
        let revenue = sold.iter().find(|(store, _)| *store == id).map_or(0, |(_, revenue)| *revenue);
        let of_store = |days: &Vec<StoreDay>| {
            days.iter().filter(|day| day.store_id == id).map(|day| day.receipt_count).sum()
        };
        let receipts = days.as_ref().map(of_store);
        StoreSales { store_id: id.into(), name, revenue: Money::new(revenue), receipts }
    };
    let mut stores: Vec<StoreSales> = names.into_iter().map(read).collect();
    stores.sort_by_key(|store| std::cmp::Reverse(store.revenue));
    Ok(stores)
}

/// Returns the sales of each day on which something was sold, in order.
///
/// # Errors
/// As [`per_product`].
pub async fn per_day(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<DaySales>> {
    let asked = query.within(db, scope).await?;
    let mut sold: Vec<DaySales> = Vec::new();
    if query.is_filtered() {
        let sql = Sql::new(
            "select sales_daily.day, cast(sum(sales_daily.revenue_vnd) as bigint) from sales_daily
            join product_facts on product_facts.id = sales_daily.product_facts_id
            where sales_daily.store_id",
        )
        .is_in(asked.stores.iter().copied())
        .push(" and sales_daily.day >= ")
        .bind(query.from)
        .push(" and sales_daily.day <= ")
        .bind(query.to);
        let sql = asked.push_filter(sql).push(" group by sales_daily.day order by sales_daily.day");
        let rows: Vec<(Date, i64)> = db.all(sql).await?;
        let read = |(day, vnd)| DaySales { day, revenue: Money::new(vnd), receipts: None };
        sold.extend(rows.into_iter().map(read));
    } else {
        let mut by_store = days(db, &asked).await?;
        by_store.sort_by_key(|day| day.day);
        for of_day in by_store.chunk_by(|a, b| a.day == b.day) {
            let revenue = Money::new(of_day.iter().map(|day| day.programme_vnd).sum());
            let receipts = Some(of_day.iter().map(|day| day.receipt_count).sum());
            sold.extend(of_day.first().map(|first| DaySales { day: first.day, revenue, receipts }));
        }
    }
    Ok(sold)
}

#[derive(FromRow)]
struct StoreDay {
    store_id: Uuid,
    day: Date,
    receipt_count: i64,
    programme_vnd: i64,
}

/// Returns the receipts of each store and day.
async fn days(db: &Db, asked: &Asked<'_>) -> Result<Vec<StoreDay>> {
    let sql =
        Sql::new("select store_id, day, receipt_count, programme_vnd from receipts_daily where store_id")
            .is_in(asked.stores.iter().copied())
            .push(" and day >= ")
            .bind(asked.query.from)
            .push(" and day <= ")
            .bind(asked.query.to)
            .push(" order by store_id, day");
    db.all(sql).await
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
pub async fn first_day(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Option<Date>> {
    let stores = stores_in(db, scope, query.store).await?;
    first_sale_day(&mut db.begin_reading().await?, &stores).await
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
