//! The figures of the paper.

use std::collections::BTreeMap;

use domain::ids::StoreId;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::local_date;

use crate::db::consigned::{OnShelf, SoldInStore};
use crate::web::sales::period::Period;
use crate::web::sales::report::iso;

/// The paper, and of which products there may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Dossier {
    /// The products that a point of sale had, by name.
    pub products: Vec<ProductChoice>,
    /// The paper of the chosen one.
    pub paper: Option<DossierPaper>,
}

/// A product to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductChoice {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
}

/// What a product sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DossierPaper {
    /// The producer's name.
    pub producer: String,
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub product: String,
    /// Its unit or pack.
    pub unit: String,
    /// First day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, included.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Every point that had the product, by name.
    pub stores: Vec<StoreOfDossier>,
    /// In all, thousandths of the unit.
    pub quantity_milli: i64,
    /// In all, đồng.
    pub revenue_vnd: i64,
}

/// What it sold at a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfDossier {
    /// The point.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// Up to when it has told, UTC milliseconds.
    pub heard_at_ms: Option<i64>,
    /// Whether that is before the period ends.
    pub is_behind: bool,
}

impl ProductChoice {
    /// Returns each product once.
    pub fn list(held: &[OnShelf]) -> Vec<Self> {
        let all: BTreeMap<_, _> =
            held.iter().map(|row| ((row.name.as_str(), row.product_id.uuid()), ())).collect();
        all.into_keys().map(|(name, product_id)| Self { product_id, name: name.to_owned() }).collect()
    }
}

impl DossierPaper {
    /// Puts together where the product was held, and what was sold of it.
    pub fn of(
        producer: &str,
        (product_id, name): (Uuid, String),
        period: Period,
        (held, sold): (&[OnShelf], Vec<SoldInStore>),
    ) -> Self {
        let mut stores = BTreeMap::new();
        let (mut product, mut unit) = (name, String::new());
        for row in held.iter().filter(|row| row.product_id.uuid() == product_id) {
            (product, unit) = (row.name.clone(), row.unit.clone());
            let store = StoreOfDossier::empty(row.store_id, &row.store);
            stores.insert((row.store.clone(), row.store_id), store);
        }
        for row in sold {
            (product, unit) = (row.name, row.unit);
            let key = (row.store.clone(), row.store_id);
            let store = stores.entry(key).or_insert_with(|| StoreOfDossier::empty(row.store_id, &row.store));
            store.quantity_milli = row.quantity.milli();
            store.revenue_vnd = row.revenue.vnd();
        }
        let stores: Vec<StoreOfDossier> = stores.into_values().collect();
        let sum = |figure: fn(&StoreOfDossier) -> i64| stores.iter().map(figure).fold(0, i64::saturating_add);
        let (quantity_milli, revenue_vnd) =
            (sum(|store| store.quantity_milli), sum(|store| store.revenue_vnd));
        let Period { from, to } = period;
        let producer = producer.to_owned();
        Self { producer, product_id, product, unit, from, to, stores, quantity_milli, revenue_vnd }
    }

    /// Says up to when each point has told, and whether that is the whole period, as far as it is over.
    #[must_use]
    pub fn told_until(mut self, heard: &BTreeMap<StoreId, i64>, now_ms: i64) -> Self {
        let needed = self.to.min(local_date(now_ms));
        for store in &mut self.stores {
            store.heard_at_ms = heard.get(&StoreId::from_uuid(store.store_id)).copied();
            store.is_behind = store.heard_at_ms.is_none_or(|at_ms| local_date(at_ms) < needed);
        }
        self
    }
}

impl StoreOfDossier {
    fn empty(store_id: StoreId, store: &str) -> Self {
        Self {
            store_id: store_id.uuid(),
            store: store.to_owned(),
            quantity_milli: 0,
            revenue_vnd: 0,
            heard_at_ms: None,
            is_behind: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::ProductId;
    use domain::{Money, Quantity};
    use time::macros::date;

    use super::*;

    /// 23/11/2026 14:02 in Vietnam.
    const NOW_MS: i64 = 1_795_417_320_000;
    const DAY_MS: i64 = 86_400_000;

    #[test]
    fn a_point_that_sold_nothing_stands_there_too_and_one_that_is_behind_is_named() {
        let product_id = ProductId::from_uuid(Uuid::from_u128(1));
        let store_id = |store: u128| StoreId::from_uuid(Uuid::from_u128(store));
        let held = |store: u128| OnShelf {
            store_id: store_id(store),
            store: format!("S{store}"),
            product_id,
            name: "Tỏi đen".to_owned(),
            unit: "Hộp".to_owned(),
            left: Quantity::ZERO,
            ended: Quantity::ZERO,
            sold_lately: Quantity::ZERO,
        };
        let sold = SoldInStore {
            store_id: store_id(2),
            store: "S2".to_owned(),
            product_id,
            name: "Tỏi đen".to_owned(),
            unit: "Hộp".to_owned(),
            quantity: Quantity::pieces(3),
            revenue: Money::new(900),
            due: Money::new(800),
        };
        let period = Period { from: date!(2026 - 01 - 01), to: date!(2026 - 12 - 31) };
        let heard = BTreeMap::from([(store_id(1), NOW_MS), (store_id(2), NOW_MS - DAY_MS)]);
        let named = (product_id.uuid(), String::new());
        let paper = DossierPaper::of("Phú Sinh", named, period, (&[held(1), held(2), held(3)], vec![sold]))
            .told_until(&heard, NOW_MS);
        let rows: Vec<_> =
            paper.stores.iter().map(|s| (s.store.as_str(), s.quantity_milli, s.is_behind)).collect();
        assert_eq!(rows, [("S1", 0, false), ("S2", 3_000, true), ("S3", 0, true)]);
        assert_eq!((paper.quantity_milli, paper.revenue_vnd, paper.unit.as_str()), (3_000, 900, "Hộp"));
    }
}
