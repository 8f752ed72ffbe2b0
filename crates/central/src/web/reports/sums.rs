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
    parts: BTreeMap<(Dimension, String), SoldOfReport>,
    total: SoldOfReport,
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
            let part = part.or_insert_with(|| SoldOfReport { key, name, unit, ..SoldOfReport::default() });
            part.add(which, row.quantity.milli(), row.revenue_vnd);
        }
        self.total.add(which, row.quantity.milli(), row.revenue_vnd);
    }

    /// Returns everything.
    pub fn total(&self) -> SoldOfReport {
        self.total.clone()
    }

    /// Returns what led with a category.
    pub fn of_category(&self, category: Category) -> SoldOfReport {
        let key = (Dimension::Category, category.code().to_owned());
        self.parts.get(&key).cloned().unwrap_or_default()
    }

    /// Returns the sums along a dimension, the largest revenue first.
    pub fn take(&self, dimension: Dimension) -> Vec<SoldOfReport> {
        let rows = self.parts.iter().filter(|((of, _), row)| *of == dimension && row.is_anything());
        let mut rows: Vec<SoldOfReport> = rows.map(|(_, row)| row.clone()).collect();
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
        self.quantity_milli != 0 || self.revenue_vnd != 0 || self.previous_vnd != 0 || self.last_year_vnd != 0
    }
}
