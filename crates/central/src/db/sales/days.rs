//! Sales added up by store and by day.

use std::collections::BTreeMap;

use domain::Money;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::asked::{Asked, NAMED_MOST, push_these};
use super::overall::Holding;
use super::range::cut;
use super::{DaySales, StoreSales};
use crate::db::engine::{Sql, Tx};
use crate::error::Result;

impl Asked {
    /// Returns the sales of each store, the largest revenue first, with stores that sold nothing; and those of each day on which
    /// something was sold, in order. Receipts only where nothing is filtered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn per_store_and_day(&self, tx: &mut Tx) -> Result<(Vec<StoreSales>, Vec<DaySales>)> {
        let (mut sold, mut days) = (BTreeMap::new(), Vec::new());
        for Summed { store_id, day, receipts, revenue_vnd } in self.summed(tx).await? {
            let revenue = Money::new(revenue_vnd);
            match (store_id, day) {
                (Some(id), _) => drop(sold.insert(id, (revenue, receipts))),
                (None, Some(day)) => days.push(DaySales { day, revenue, receipts }),
                (None, None) => {}
            }
        }
        let sql = Sql::new("select id, name from stores where id").is_in(self.stores.iter().copied());
        let names: Vec<(Uuid, String)> = tx.all(sql.push(" order by code, id")).await?;
        let nothing = (Money::ZERO, (!self.query.is_filtered()).then_some(0));
        let read = |(id, name): (Uuid, String)| {
            let (revenue, receipts) = sold.get(&id).copied().unwrap_or(nothing);
            StoreSales { store_id: id.into(), name, revenue, receipts }
        };
        let mut stores: Vec<StoreSales> = names.into_iter().map(read).collect();
        stores.sort_by_key(|store| std::cmp::Reverse(store.revenue));
        Ok((stores, days))
    }

    /// Adds up by store and by day what is read once.
    async fn summed(&self, tx: &mut Tx) -> Result<Vec<Summed>> {
        let sql = Sql::new("with sold as (select store_id, day");
        let sql = if self.query.is_filtered() {
            let sql = sql.push(", cast(null as bigint) as receipts, sum(revenue_vnd) as revenue from (");
            self.push_sold_days(sql).push(") as cells group by store_id, day")
        } else {
            sql.push(
                ", receipt_count as receipts, programme_vnd as revenue from receipts_daily where store_id",
            )
            .is_in(self.stores.iter().copied())
            .push(" and day >= ")
            .bind(self.query.from)
            .push(" and day <= ")
            .bind(self.query.to)
        };
        tx.all(sql.push(
            ")
            select store_id, cast(null as date) as day, cast(sum(receipts) as bigint) as receipts,
                cast(sum(revenue) as bigint) as revenue_vnd from sold group by store_id
            union all
            select cast(null as uuid), day, cast(sum(receipts) as bigint), cast(sum(revenue) as bigint) from sold group by day
            order by 2, 1",
        ))
        .await
    }

    /// Appends selects of store, day and revenue, of filtered goods.
    fn push_sold_days(&self, mut sql: Sql) -> Sql {
        let days = (self.query.from, self.query.to);
        let is_known = self.products.is_none() && !self.query.asks_whose_it_was();
        let nothing = Holding::default();
        let (standing, single) = cut(days, if is_known { &self.holding } else { &nothing });
        let mut union = "";
        for (first, after) in standing {
            sql = sql.push(union).push("select store_id, day, revenue_vnd from standing_days where day >= ");
            sql = sql.bind(first).push(" and day < ").bind(after).push(" and store_id");
            sql = sql.is_in(self.stores.iter().copied());
            sql = sql.when(
                self.held(),
                " and categories in (select distinct categories from product_facts where ',' || categories || ',' like ",
                ")",
            );
            sql = sql.when(self.query.min_stars, " and stars >= ", "").when(
                self.query.stars,
                " and stars = ",
                "",
            );
            union = " union all ";
        }
        for piece in single {
            let select = "select sales_daily.store_id, sales_daily.day, sales_daily.revenue_vnd from sales_daily
                join product_facts on product_facts.id = sales_daily.product_facts_id where (sales_daily.store_id";
            // Of a few products their own days are read: the stores are a truth then and not a list, which SQLite would go through.
            let are_few = self.products.as_ref().is_some_and(|products| products.len() <= NAMED_MOST);
            sql = sql.push(union).push(select).is_in(self.stores.iter().copied());
            sql = sql
                .push(if are_few { ") is true" } else { ")" })
                .push(" and sales_daily.day >= ")
                .bind(piece.0)
                .push(" and sales_daily.day < ")
                .bind(piece.1);
            if let Some(products) = &self.products {
                sql = push_these(sql.push(" and sales_daily.product_id"), products);
            }
            sql = self.push_filter(sql);
            union = " union all ";
        }
        sql
    }
}

/// A store without a day, or a day without a store.
#[derive(FromRow)]
struct Summed {
    store_id: Option<Uuid>,
    day: Option<Date>,
    receipts: Option<i64>,
    revenue_vnd: i64,
}
