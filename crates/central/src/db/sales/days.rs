//! Sales added up by store and by day.

use std::collections::BTreeSet;

use domain::Money;
use domain::catalog::Category;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::asked::Asked;
use super::range::cut;
use super::{DaySales, SalesQuery, StoreSales};
use crate::db::engine::{Row, Sql, Tx};
use crate::db::users::Scope;
use crate::error::Result;

/// Returns the sales of each store, the largest revenue first; stores that sold nothing too.
///
/// # Errors
/// As [`super::per_product`].
pub async fn per_store(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Vec<StoreSales>> {
    let asked = query.within(tx, scope).await?;
    let sold: Vec<OfStore> = summed(tx, &asked, BY_STORE).await?;
    let sql = Sql::new("select id, name from stores where id").is_in(asked.stores.iter().copied());
    let names: Vec<(Uuid, String)> = tx.all(sql.push(" order by code, id")).await?;
    let nothing = if query.is_filtered() { None } else { Some(0) };
    let read = |(id, name): (Uuid, String)| {
        let found = sold.iter().find(|row| row.store_id == id);
        StoreSales {
            store_id: id.into(),
            name,
            revenue: Money::new(found.map_or(0, |row| row.revenue)),
            receipts: found.map_or(nothing, |row| row.receipts),
        }
    };
    let mut stores: Vec<StoreSales> = names.into_iter().map(read).collect();
    stores.sort_by_key(|store| std::cmp::Reverse(store.revenue));
    Ok(stores)
}

/// Returns the sales of each day on which something was sold, in order.
///
/// # Errors
/// As [`super::per_product`].
pub async fn per_day(tx: &mut Tx, scope: Scope, query: &SalesQuery) -> Result<Vec<DaySales>> {
    let asked = query.within(tx, scope).await?;
    let sold: Vec<(Date, Option<i64>, i64)> = summed(tx, &asked, BY_DAY).await?;
    let read = |(day, receipts, vnd)| DaySales { day, revenue: Money::new(vnd), receipts };
    Ok(sold.into_iter().map(read).collect())
}

#[derive(FromRow)]
struct OfStore {
    store_id: Uuid,
    receipts: Option<i64>,
    revenue: i64,
}

/// Returns the receipts of an unfiltered question; `None` with a filter.
pub(super) async fn receipt_count(tx: &mut Tx, asked: &Asked<'_>) -> Result<Option<i64>> {
    let stores: Vec<OfStore> = summed(tx, asked, BY_STORE).await?;
    Ok(stores.iter().map(|row| row.receipts).sum())
}

/// Begins and ends of a statement that adds up by store, or by day.
const BY_STORE: [&str; 2] = ["select store_id", " group by store_id order by store_id"];
const BY_DAY: [&str; 2] = ["select day", " group by day order by day"];
/// Single places that are looked up in the totals of days, rather than all of the days read.
const LOOKUPS_MAX: usize = 100_000;

/// Adds up receipts and revenue; receipts only where nothing is filtered.
async fn summed<T: Row>(
    tx: &mut Tx,
    asked: &Asked<'_>,
    [select, group]: [&'static str; 2],
) -> Result<Vec<T>> {
    let sql = Sql::new(select);
    let sql = if asked.query.is_filtered() {
        let sql = sql
            .push(", cast(null as bigint) as receipts, cast(sum(revenue_vnd) as bigint) as revenue from (");
        asked.push_sold_days(sql).push(") as sold")
    } else {
        sql.push(
            ", cast(sum(receipt_count) as bigint) as receipts, cast(sum(programme_vnd) as bigint) as revenue
             from receipts_daily where store_id",
        )
        .is_in(asked.stores.iter().copied())
        .push(" and day >= ")
        .bind(asked.query.from)
        .push(" and day <= ")
        .bind(asked.query.to)
    };
    tx.all(sql.push(group)).await
}

impl Asked<'_> {
    /// Appends selects of store, day and revenue, of filtered goods.
    fn push_sold_days(&self, mut sql: Sql) -> Sql {
        let SalesQuery { from, to, .. } = *self.query;
        let by_standing = if self.products.is_some() { BTreeSet::new() } else { self.holding.clone() };
        let (standing, single) = cut((from, to), &by_standing);
        let mut union = "";
        for (first, after) in standing {
            sql = sql.push(union).push("select store_id, day, revenue_vnd from standing_days where day >= ");
            sql = sql.bind(first).push(" and day < ").bind(after).push(" and store_id");
            sql = sql.is_in(self.stores.iter().copied());
            sql = sql.when(self.query.category.map(Category::code), " and leading_category = ", "");
            sql = sql.when(self.query.min_stars, " and stars >= ", "");
            union = " union all ";
        }
        for piece in single {
            let select = "select sales_daily.store_id, sales_daily.day, sales_daily.revenue_vnd from sales_daily
                join product_facts on product_facts.id = sales_daily.product_facts_id where sales_daily.store_id";
            sql = sql.push(union).push(select).is_in(self.stores.iter().copied());
            sql = self.push_filter(self.push_days(sql, piece));
            union = " union all ";
        }
        sql
    }

    /// Of a few products each day is looked up by the key's three parts; of more, all that sold on the days is read.
    fn push_days(&self, sql: Sql, (first, after): (Date, Date)) -> Sql {
        let mut days = Vec::new();
        let mut day = first;
        while day < after {
            days.push(day);
            day = day.next_day().unwrap_or(after);
        }
        match &self.products {
            Some(products) if products.len() * days.len() * self.stores.len() <= LOOKUPS_MAX => sql
                .push(" and sales_daily.day")
                .is_in(days)
                .push(" and sales_daily.product_id")
                .is_in(products.iter().copied()),
            _ => sql.push(" and sales_daily.day >= ").bind(first).push(" and sales_daily.day < ").bind(after),
        }
    }
}
