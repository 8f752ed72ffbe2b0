//! What was sold, added up along each dimension of the report at once.

use std::collections::BTreeMap;

use domain::catalog::Category;
use uuid::Uuid;

use super::report::SoldOfReport;
use crate::db::reports::{Group, Sold};

/// Along what sales are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Each product.
    Product,
    /// Who makes it.
    Producer,
    /// The category that led when it was sold.
    Category,
    /// The group.
    Group,
    /// The stars of then.
    Stars,
    /// Where it comes from.
    Commune,
}

/// Sums by dimension and key.
#[derive(Debug, Default)]
pub struct Sums {
    parts: BTreeMap<(Dimension, String), Part>,
    total: Part,
}

/// What was sold of a part, and thousandths of each of its products in the period.
#[derive(Debug, Clone, Default)]
struct Part {
    sold: SoldOfReport,
    products: BTreeMap<Uuid, i64>,
}

impl Part {
    fn add(&mut self, which: usize, row: &Sold) {
        self.sold.add(which, row.quantity.milli(), row.revenue_vnd);
        if which == 0 {
            *self.products.entry(row.product_id).or_default() += row.quantity.milli();
        }
    }

    /// Returns what was sold with the number of products of which more was sold than came back.
    fn counted(&self) -> SoldOfReport {
        let count = self.products.values().filter(|milli| **milli > 0).count();
        SoldOfReport { product_count: Some(i64::try_from(count).unwrap_or(i64::MAX)), ..self.sold.clone() }
    }
}

impl Sums {
    /// Adds a row of the period (0), the one before (1) or last year (2).
    pub fn add(&mut self, which: usize, row: &Sold, groups: &[Group]) {
        let group = groups.iter().find(|group| Some(&group.code) == row.group_code.as_ref());
        let named = |name: Option<&str>| name.unwrap_or_default().to_owned();
        let stars = row.stars.map(|stars| stars.to_string()).unwrap_or_default();
        let category = named(row.category.as_deref());
        let producer = row.producer_id.as_ref().map(Uuid::to_string).unwrap_or_default();
        for (dimension, key, name) in [
            (Dimension::Product, row.product_id.to_string(), row.name.clone()),
            (Dimension::Producer, producer, named(row.producer.as_deref())),
            (Dimension::Category, category.clone(), category),
            (
                Dimension::Group,
                named(row.group_code.as_deref()),
                named(group.map(|group| group.name.as_str())),
            ),
            (Dimension::Stars, stars.clone(), stars),
            (Dimension::Commune, row.commune.clone(), row.commune.clone()),
        ] {
            let unit = (dimension == Dimension::Product).then(|| row.unit.clone());
            let part = self.parts.entry((dimension, key.clone()));
            let part = part.or_insert_with(|| Part {
                sold: SoldOfReport { key, name, unit, ..SoldOfReport::default() },
                ..Part::default()
            });
            part.add(which, row);
        }
        self.total.add(which, row);
    }

    /// Returns everything.
    pub fn total(&self) -> SoldOfReport {
        self.total.counted()
    }

    /// Returns what led with a category.
    pub fn of_category(&self, category: Category) -> SoldOfReport {
        let key = (Dimension::Category, category.code().to_owned());
        self.parts.get(&key).map_or_else(|| Part::default().counted(), Part::counted)
    }

    /// Returns the sums along a dimension, the largest revenue first.
    pub fn take(&self, dimension: Dimension) -> Vec<SoldOfReport> {
        let parts = self.parts.iter().filter(|((of, _), part)| *of == dimension && part.sold.is_anything());
        let mut rows: Vec<SoldOfReport> = parts.map(|(_, part)| part.counted()).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.revenue_vnd, row.previous_vnd)));
        rows
    }
}

impl SoldOfReport {
    /// Adds sales of the period (0), the one before (1) or last year (2). Quantities are told of the period alone.
    pub fn add(&mut self, which: usize, quantity_milli: i64, revenue_vnd: i64) {
        match which {
            0 => {
                self.quantity_milli += quantity_milli;
                self.revenue_vnd += revenue_vnd;
            }
            1 => self.previous_vnd += revenue_vnd,
            _ => self.last_year_vnd += revenue_vnd,
        }
    }

    /// True when there is anything to tell.
    pub const fn is_anything(&self) -> bool {
        let has_receipts = matches!(self.receipt_count, Some(count) if count != 0);
        let was_before = self.previous_vnd != 0 || self.last_year_vnd != 0;
        self.quantity_milli != 0 || self.revenue_vnd != 0 || was_before || has_receipts
    }
}

#[cfg(test)]
mod tests {
    use domain::Quantity;

    use super::*;

    #[test]
    fn products_are_counted_and_not_their_units() {
        let row = |product: u128, commune: &str, milli, revenue_vnd| Sold {
            product_id: Uuid::from_u128(product),
            name: "Tỏi".to_owned(),
            unit: "kg".to_owned(),
            category: None,
            stars: None,
            group_code: Some("food".to_owned()),
            commune: commune.to_owned(),
            producer_id: None,
            producer: None,
            quantity: Quantity::from_milli(milli),
            revenue_vnd,
        };
        let mut sums = Sums::default();
        for (which, row) in [
            // One product as it counted before and after a change; one that came back whole; one that sold in the period before alone.
            (0, row(1, "Lý Sơn", 1_500, 10)),
            (0, row(1, "Sa Huỳnh", 2_000, 20)),
            (0, row(2, "Lý Sơn", 1_000, 30)),
            (0, row(2, "Lý Sơn", -1_000, -30)),
            (0, row(3, "Lý Sơn", 1_000, 40)),
            (1, row(4, "Lý Sơn", 9_000, 50)),
        ] {
            sums.add(which, &row, &[]);
        }
        assert_eq!((sums.total().product_count, sums.total().revenue_vnd), (Some(2), 70));
        let counted = |dimension| -> Vec<(String, Option<i64>)> {
            sums.take(dimension).into_iter().map(|row| (row.key, row.product_count)).collect()
        };
        let [island, coast] = ["Lý Sơn", "Sa Huỳnh"].map(str::to_owned);
        assert_eq!(counted(Dimension::Commune), [(island, Some(2)), (coast, Some(1))]);
        assert_eq!(counted(Dimension::Group), [("food".to_owned(), Some(2))]);
        assert_eq!(sums.of_category(Category::Ocop).product_count, Some(0));
    }
}
