//! Sales by category for all holders: what a product held when it was sold counts in each of its categories.

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::catalog::Category;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Asked, CategorySales, grouped};
use crate::db::engine::Db;
use crate::error::Result;

#[derive(FromRow)]
struct HeldRow {
    categories: String,
    product_id: Uuid,
    revenue: i64,
}

/// Returns the sales of each category that was held, in the order in which categories lead, and those without any last.
pub(super) async fn per_category(db: &Db, asked: &Asked<'_>) -> Result<Vec<CategorySales>> {
    let select = "select product_facts.categories, coalesce(told.merged_into, told.id) as product_id,
        cast(sum(sold.revenue) as bigint) as revenue";
    let group = " group by product_facts.categories, coalesce(told.merged_into, told.id)";
    let rows: Vec<HeldRow> = grouped(db, asked, select, group).await?;
    let mut sums: BTreeMap<(bool, Option<Category>), (i64, BTreeSet<Uuid>)> = BTreeMap::new();
    for row in &rows {
        for category in held(&row.categories) {
            let (revenue, products) = sums.entry((category.is_none(), category)).or_default();
            *revenue = revenue.saturating_add(row.revenue);
            products.insert(row.product_id);
        }
    }
    let read = |((_, category), (revenue, products)): ((bool, Option<Category>), (i64, BTreeSet<Uuid>))| {
        let products = i64::try_from(products.len()).unwrap_or(i64::MAX);
        CategorySales { category, revenue: Money::new(revenue), products }
    };
    Ok(sums.into_iter().map(read).collect())
}

/// Reads the codes of a row of facts; one `None` where there are none.
fn held(codes: &str) -> BTreeSet<Option<Category>> {
    let found: BTreeSet<_> = codes.split(',').filter_map(Category::from_code).map(Some).collect();
    if found.is_empty() { BTreeSet::from([None]) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_category_that_is_held_counts_once() {
        assert_eq!(held("ocop,key,ocop"), BTreeSet::from([Some(Category::Ocop), Some(Category::Key)]));
        assert_eq!(held(""), BTreeSet::from([None]));
        assert_eq!(held("best"), BTreeSet::from([None]));
    }
}
