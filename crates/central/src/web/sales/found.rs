//! What the database found, arranged as a report.

use std::collections::BTreeMap;

use domain::Money;
use domain::ids::{ProducerId, ProductId};
use domain::name_fold::name_fold;
use time::Date;
use web::format::local_date;

use super::choices;
use super::filter::{Counted, Filter};
use super::freshness::{Freshness, has_reported, suspended};
use super::period::Period;
use super::report::{
    CategoryOfSales, GroupOfSales, Origins, PartOfSales, ProductOfSales, SalesReport, SalesTotals,
    StoreOfSales,
};
use super::sealed;
use super::sort::{Column, Sort};
use super::trade;
use crate::db::product_list::Whose;
use crate::db::products::Group;
use crate::db::sales::{
    CategorySales, DaySales, PartSales, ProductSales, SalesQuery, Sold, StoreFreshness, StoreSales, Totals,
    ask, completeness_in,
};
use crate::db::users::Scope;
use crate::db::{Db, Tx, campaigns, producers, product_groups};
use crate::error::Result;

/// What the database found for a report.
#[derive(Debug, Clone)]
pub struct Found {
    /// Stores of the scope.
    pub freshness: Vec<StoreFreshness>,
    /// The first day of all with a sale.
    pub first_day: Option<Date>,
    /// Sums of the period and of the one before.
    pub totals: [Totals; 2],
    /// Days of the period and of the one before.
    pub days: [Vec<DaySales>; 2],
    /// Products, the largest revenue first.
    pub products: Vec<ProductSales>,
    /// What products sold in the period before, đồng.
    pub products_before: BTreeMap<ProductId, i64>,
    /// Stores, in the period and in the one before.
    pub stores: [Vec<StoreSales>; 2],
    /// Categories, likewise.
    pub categories: [Vec<CategorySales>; 2],
    /// By producer, commune, group or stars; of the period and of the one before.
    pub parts: [Vec<PartSales>; 2],
    /// The names of product groups.
    pub product_groups: Vec<Group>,
    /// The name of the campaign that is picked.
    pub campaign: Option<String>,
    /// The name of the producer that is picked by its id; for an operator only where anything of it was sold.
    pub picked_producer: Option<String>,
    /// Whose and from where goods may be picked.
    pub origins: Origins,
}

/// Makes the report that a filter asks for, with so many products on a page.
///
/// # Errors
/// When the store is not of the scope, or the database fails.
pub async fn load(
    db: &Db,
    scope: Scope,
    filter: &Filter,
    (now_ms, rows): (i64, usize),
) -> Result<SalesReport> {
    let (query, before) = (query_of(filter, filter.period), query_of(filter, filter.before()));
    // Before the transaction: who asks for a connection while holding another one may wait for itself.
    let origins = choices::origins(db, scope).await?;
    // All figures of a page are of one moment, however many sales come in meanwhile.
    let tx = &mut db.begin_reading().await?;
    let (asked, asked_before) = (ask(tx, scope, &query).await?, ask(tx, scope, &before).await?);
    let (sold, sold_before) = (asked.sold(tx).await?, asked_before.sold(tx).await?);
    let (stores, days) = asked.per_store_and_day(tx).await?;
    let (stores_before, days_before) = asked_before.per_store_and_day(tx).await?;
    let days = [days, days_before];
    let found = Found {
        freshness: completeness_in(tx, scope).await?,
        first_day: asked.first_day(tx).await?,
        totals: [Totals::of(&sold, &days[0], &query), Totals::of(&sold_before, &days[1], &before)],
        days,
        products: asked.per_product(tx, &sold).await?,
        products_before: sold_before.per_product_vnd(),
        stores: [stores, stores_before],
        categories: [sold.per_category(query.by_holder), sold_before.per_category(query.by_holder)],
        parts: [sold.per_part(filter.by), sold_before.per_part(filter.by)],
        product_groups: product_groups::list_on(tx, filter.period.to).await?,
        campaign: match filter.campaign {
            Some(id) => campaigns::find_in(tx, id).await?.map(|campaign| campaign.name),
            None => None,
        },
        picked_producer: match filter.producer {
            Some(Whose::Of(id)) => producer_name(tx, scope, id, [&sold, &sold_before]).await?,
            _ => None,
        },
        origins,
    };
    let trade = trade::load(tx, &asked, filter, (local_date(now_ms), &found.freshness)).await?;
    let mut report = found.report(filter, now_ms, rows);
    report.trade = trade;
    report.sealed = sealed::load(tx, &asked, filter, report.totals.revenue_vnd).await?;
    Ok(report)
}

/// Returns the name of a producer that is picked by its id; an operator is told of nobody whose goods its stores did not sell.
async fn producer_name(
    tx: &mut Tx,
    scope: Scope,
    id: ProducerId,
    sold: [&Sold; 2],
) -> Result<Option<String>> {
    if let Scope::Department(_) = scope {
        return Ok(producers::find_in(tx, id).await?.map(|producer| producer.name));
    }
    Ok(sold.into_iter().find_map(|sold| sold.producer_name(id)))
}

fn query_of(filter: &Filter, period: Period) -> SalesQuery {
    SalesQuery {
        from: period.from,
        to: period.to,
        store: filter.store,
        product: filter.product,
        category: filter.category,
        by_holder: filter.counted == Counted::Holders,
        min_stars: filter.stars,
        campaign: filter.campaign,
        producer: filter.producer.clone(),
        commune: filter.commune.clone(),
        group: filter.group.clone(),
        stars: filter.rank,
    }
}

impl Found {
    /// Arranges what was found, with so many products on a page.
    pub fn report(self, filter: &Filter, now_ms: i64, rows: usize) -> SalesReport {
        let choices = self.freshness.iter().map(|store| (store.store_id, store.name.clone())).collect();
        let read: Vec<StoreFreshness> = self
            .freshness
            .iter()
            .filter(|store| filter.store.is_none_or(|picked| picked == store.store_id))
            .cloned()
            .collect();
        let knows_before = self.first_day.is_some_and(|first| first <= filter.before().from);
        let over_time = over_time(&self.days, &read, filter, now_ms);
        let before = |vnd: Option<i64>| knows_before.then(|| vnd.unwrap_or_default());
        let mut products: Vec<ProductOfSales> = self
            .products
            .iter()
            .map(|row| product(row, before(self.products_before.get(&row.product_id).copied())))
            .collect();
        sort(&mut products, filter.sort);
        let (product_count, pages) = (products.len(), products.len().div_ceil(rows).max(1));
        let page = filter.page.min(pages);
        let [stores, stores_before] = self.stores;
        let of_store = |id| stores_before.iter().find(|row| row.store_id == id).map(|row| row.revenue.vnd());
        let mut stores: Vec<StoreOfSales> = stores
            .into_iter()
            .filter(|store| store.revenue != Money::ZERO || filter.store.is_none())
            .map(|row| (before(of_store(row.store_id)), row))
            .map(|(before_vnd, row)| store(row, before_vnd))
            .collect();
        stores.sort_by(|a, b| b.revenue_vnd.cmp(&a.revenue_vnd).then_with(|| a.name.cmp(&b.name)));
        let mut categories = categories(&self.categories, knows_before);
        categories.sort_by_key(|category| std::cmp::Reverse(category.revenue_vnd));
        SalesReport {
            from: filter.period.from,
            to: filter.period.to,
            freshness: Freshness::judge(&read, (filter.period.from, filter.period.to), now_ms),
            totals: SalesTotals::of(&self.totals[0]),
            before_from: filter.before().from,
            before_to: filter.before().to,
            before: knows_before.then(|| SalesTotals::of(&self.totals[1])),
            over_time,
            products: products.into_iter().skip((page - 1) * rows).take(rows).collect(),
            product_count,
            page,
            pages,
            stores,
            categories,
            counted_by: filter.counted.code(),
            sealed: None,
            trade: None,
            groups: groups(&self.parts, knows_before),
            product_groups: self.product_groups,
            campaign: self.campaign,
            picked_producer: self.picked_producer,
            choices,
            origins: self.origins,
        }
    }
}

/// Puts each part beside what it sold in the period before; parts of then that sold nothing now come last.
fn groups([now, before]: &[Vec<PartSales>; 2], knows_before: bool) -> Vec<GroupOfSales> {
    // By their keys: two producers may have one name.
    let sold = |parts: &[PartSales], key: &Option<String>| {
        parts.iter().find(|part| part.key == *key).map_or((0, 0), |part| (part.revenue.vnd(), part.products))
    };
    let gone = before.iter().filter(|part| knows_before && now.iter().all(|other| other.key != part.key));
    let row = |part: &PartSales| {
        let (revenue_vnd, product_count) = sold(now, &part.key);
        GroupOfSales {
            key: part.key.clone(),
            name: part.words.clone(),
            revenue_vnd,
            before_vnd: knows_before.then(|| sold(before, &part.key).0),
            product_count,
        }
    };
    now.iter().chain(gone).map(row).collect()
}

fn product(found: &ProductSales, before_vnd: Option<i64>) -> ProductOfSales {
    ProductOfSales {
        product_id: found.product_id,
        name: found.name.clone(),
        unit: found.unit.clone(),
        stars: found.stars.and_then(|stars| u8::try_from(stars).ok()),
        producer: found.producer.clone(),
        quantity_milli: found.quantity.milli(),
        revenue_vnd: found.revenue.vnd(),
        before_vnd,
        receipt_count: found.receipts,
    }
}

fn store(found: StoreSales, before_vnd: Option<i64>) -> StoreOfSales {
    StoreOfSales {
        store_id: found.store_id,
        name: found.name,
        revenue_vnd: found.revenue.vnd(),
        before_vnd,
        receipt_count: found.receipts,
    }
}

/// Puts each category beside what it sold in the period before; those of then that sold nothing now count too.
fn categories([now, before]: &[Vec<CategorySales>; 2], knows_before: bool) -> Vec<CategoryOfSales> {
    let sold = |rows: &[CategorySales], category| {
        rows.iter()
            .find(|row| row.category == category)
            .map_or((0, 0), |row| (row.revenue.vnd(), row.products))
    };
    let is_gone = |row: &&CategorySales| now.iter().all(|other| other.category != row.category);
    let gone = before.iter().filter(|_| knows_before).filter(is_gone);
    let row = |row: &CategorySales| {
        let (revenue_vnd, product_count) = sold(now, row.category);
        CategoryOfSales {
            category: row.category.map(|category| category.code().to_owned()),
            revenue_vnd,
            before_vnd: knows_before.then(|| sold(before, row.category).0),
            product_count,
        }
    };
    now.iter().chain(gone).map(row).collect()
}

/// Orders products; those that are equal there by their names, and ids at last, so that pages never overlap.
fn sort(products: &mut [ProductOfSales], sort: Sort) {
    let order = |a: &ProductOfSales, b: &ProductOfSales| {
        let ascending = match sort.column {
            Column::Revenue => a.revenue_vnd.cmp(&b.revenue_vnd),
            Column::Quantity => a.quantity_milli.cmp(&b.quantity_milli),
            Column::Receipts => a.receipt_count.cmp(&b.receipt_count),
            Column::Name => name_fold(&a.name).cmp(&name_fold(&b.name)),
            Column::Producer => {
                let folded = |product: &ProductOfSales| product.producer.as_deref().map(name_fold);
                folded(a).cmp(&folded(b))
            }
        };
        let chosen = if sort.is_ascending() { ascending } else { ascending.reverse() };
        chosen.then_with(|| a.name.cmp(&b.name)).then_with(|| a.product_id.cmp(&b.product_id))
    };
    products.sort_by(order);
}

/// Sums days into the parts of the period, each beside the same days of the period before.
fn over_time(
    [now, before]: &[Vec<DaySales>; 2],
    stores: &[StoreFreshness],
    filter: &Filter,
    now_ms: i64,
) -> Vec<PartOfSales> {
    let Period { from: first_before, to: last_before } = filter.before();
    let today = local_date(now_ms);
    // Each day of the period before stands beside one part, also where a year is a day longer than the other.
    let mut next = first_before;
    let part = |part: Period| {
        let is_last = part.to == filter.period.to;
        let to = if is_last { last_before } else { filter.day_before(part.to).min(last_before) };
        let shifted = Period { from: next, to };
        next = next.max(to.next_day().unwrap_or(to));
        PartOfSales {
            from: part.from,
            to: part.to,
            revenue_vnd: sum(now, part),
            before_vnd: sum(before, shifted),
            // Days to come are empty, not incomplete.
            is_complete: part.from > today || stores.iter().all(|store| has_told_all(store, part, now_ms)),
        }
    };
    filter.period.parts().into_iter().map(part).collect()
}

/// True when a store told of all days on which it ran, and no sale of them is in suspense.
fn has_told_all(store: &StoreFreshness, part: Period, now_ms: i64) -> bool {
    let days = (part.from, part.to);
    let is_owed = store.running.meets(days);
    (!is_owed || has_reported(store, part.to, now_ms)) && suspended(store, days).0 == 0
}

fn sum(days: &[DaySales], part: Period) -> i64 {
    let within = days.iter().filter(|day| part.from <= day.day && day.day <= part.to);
    within.fold(0, |sum: i64, day| sum.saturating_add(day.revenue.vnd()))
}

#[cfg(test)]
mod tests;
