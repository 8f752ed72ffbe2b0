//! Sales added up by store and by day.

use std::collections::BTreeSet;

use domain::Money;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::asked::{Asked, LOOKUPS_MAX};
use super::range::cut;
use super::{DaySales, StoreSales};
use crate::db::engine::{Row, Sql, Tx};
use crate::error::Result;

impl Asked {
    /// Returns the sales of each store, the largest revenue first; stores that sold nothing too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn per_store(&self, tx: &mut Tx) -> Result<Vec<StoreSales>> {
        let sold: Vec<OfStore> = self.summed(tx, BY_STORE).await?;
        let sql = Sql::new("select id, name from stores where id").is_in(self.stores.iter().copied());
        let names: Vec<(Uuid, String)> = tx.all(sql.push(" order by code, id")).await?;
        let nothing = if self.query.is_filtered() { None } else { Some(0) };
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
    /// When the database fails.
    pub async fn per_day(&self, tx: &mut Tx) -> Result<Vec<DaySales>> {
        let sold: Vec<(Date, Option<i64>, i64)> = self.summed(tx, BY_DAY).await?;
        let read = |(day, receipts, vnd)| DaySales { day, revenue: Money::new(vnd), receipts };
        Ok(sold.into_iter().map(read).collect())
    }

    /// Adds up receipts and revenue; receipts only where nothing is filtered.
    async fn summed<T: Row>(&self, tx: &mut Tx, [select, group]: [&'static str; 2]) -> Result<Vec<T>> {
        let sql = Sql::new(select);
        let sql = if self.query.is_filtered() {
            let sql = sql.push(
                ", cast(null as bigint) as receipts, cast(sum(revenue_vnd) as bigint) as revenue from (",
            );
            self.push_sold_days(sql).push(") as sold")
        } else {
            sql.push(
                ", cast(sum(receipt_count) as bigint) as receipts, cast(sum(programme_vnd) as bigint) as revenue
                 from receipts_daily where store_id",
            )
            .is_in(self.stores.iter().copied())
            .push(" and day >= ")
            .bind(self.query.from)
            .push(" and day <= ")
            .bind(self.query.to)
        };
        tx.all(sql.push(group)).await
    }

    /// Appends selects of store, day and revenue, of filtered goods.
    fn push_sold_days(&self, mut sql: Sql) -> Sql {
        let days = (self.query.from, self.query.to);
        let is_known = self.products.is_none() && !self.query.asks_whose_it_was();
        let by_standing = if is_known { self.holding.clone() } else { BTreeSet::new() };
        let (standing, single) = cut(days, &by_standing);
        let mut union = "";
        for (first, after) in standing {
            sql = sql.push(union).push("select store_id, day, revenue_vnd from standing_days where day >= ");
            sql = sql.bind(first).push(" and day < ").bind(after).push(" and store_id");
            sql = sql.is_in(self.stores.iter().copied());
            sql = sql.when(self.held(), " and ',' || categories || ',' like ", "");
            sql = sql.when(self.query.min_stars, " and stars >= ", "").when(
                self.query.stars,
                " and stars = ",
                "",
            );
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

    /// Of a few products the days are found by whose they are, or each day by the key's three parts; of more, all that sold on the days is
    /// read.
    fn push_days(&self, sql: Sql, (first, after): (Date, Date)) -> Sql {
        let days: Vec<Date> =
            std::iter::successors(Some(first), |day| day.next_day()).take_while(|day| *day < after).collect();
        let within = |sql: Sql| {
            sql.push(" and sales_daily.day >= ").bind(first).push(" and sales_daily.day < ").bind(after)
        };
        let Some(products) = &self.products else { return within(sql) };
        let sql = sql.push(" and sales_daily.product_id").is_in(products.iter().copied());
        if !self.producers.is_empty() {
            within(sql.push(" and sales_daily.producer_id").is_in(self.producers.iter().copied()))
        } else if products.len() * days.len() * self.stores.len() <= LOOKUPS_MAX {
            sql.push(" and sales_daily.day").is_in(days)
        } else {
            within(sql)
        }
    }
}

#[derive(FromRow)]
struct OfStore {
    store_id: Uuid,
    receipts: Option<i64>,
    revenue: i64,
}

/// Begins and ends of a statement that adds up by store, or by day.
const BY_STORE: [&str; 2] = ["select store_id", " group by store_id order by store_id"];
const BY_DAY: [&str; 2] = ["select day", " group by day order by day"];
