//! The figures by product and store, and their sums.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::consigned::{OnShelf, Owed, SoldInStore};
use crate::web::producer::month::Month;

/// A producer's goods by product and store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GridReport {
    /// The month: `2026-11`.
    pub month: String,
    /// A product each, by name.
    pub products: Vec<ProductOfGrid>,
    /// A store each, by name.
    pub stores: Vec<StoreOfGrid>,
    /// Of all.
    pub sums: Figures,
    /// Owed now for all goods, whenever they were sold, đồng.
    pub owed_vnd: i64,
}

/// A product in all stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductOfGrid {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// Where something is left or was sold.
    pub cells: Vec<CellOfGrid>,
    /// What is left in all.
    pub left_milli: i64,
    /// What was sold in all.
    pub sold_milli: i64,
    /// The money of it.
    pub sums: Figures,
}

/// A product in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CellOfGrid {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// What is left now, thousandths of the unit.
    pub left_milli: i64,
    /// What the month sold.
    pub sold_milli: i64,
    /// The money of it.
    pub sums: Figures,
}

/// All products in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfGrid {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub store: String,
    /// Quantities; those of one unit alone can be added up.
    pub units: Vec<UnitOfGrid>,
    /// The money of the month.
    pub sums: Figures,
    /// Owed now for its sales, whenever they were made, đồng.
    pub owed_vnd: i64,
}

/// What a store has and sold of all goods that are counted in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitOfGrid {
    /// The unit or pack.
    pub unit: String,
    /// What is left now, thousandths.
    pub left_milli: i64,
    /// What the month sold.
    pub sold_milli: i64,
}

/// Money of a month's sales, đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Figures {
    /// What buyers paid.
    pub revenue_vnd: i64,
    /// What the producer is owed of it.
    pub due_vnd: i64,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.revenue_vnd = self.revenue_vnd.saturating_add(other.revenue_vnd);
        self.due_vnd = self.due_vnd.saturating_add(other.due_vnd);
    }
}

impl GridReport {
    /// Puts together what is left, what was sold and what is owed.
    pub fn of(month: Month, left: Vec<OnShelf>, sold: Vec<SoldInStore>, owed: Vec<Owed>) -> Self {
        let (mut products, mut stores) = (BTreeMap::new(), BTreeMap::new());
        for row in left {
            let name = (row.name, row.product_id.uuid(), row.unit);
            let cell = cell_of(&mut products, name, (row.store_id.uuid(), row.store));
            cell.left_milli = row.left.milli();
        }
        for row in sold {
            let name = (row.name, row.product_id.uuid(), row.unit);
            let cell = cell_of(&mut products, name, (row.store_id.uuid(), row.store));
            cell.sold_milli = row.quantity.milli();
            cell.sums = Figures { revenue_vnd: row.revenue.vnd(), due_vnd: row.due.vnd() };
        }
        for product in products.values_mut() {
            product.settle();
            for cell in &product.cells {
                store_of(&mut stores, cell.store_id, &cell.store).add(&product.unit, cell);
            }
        }
        for row in owed {
            store_of(&mut stores, row.store_id.uuid(), &row.store).owed_vnd = row.due.vnd();
        }
        let mut sums = Figures::default();
        let products: Vec<_> = products.into_values().filter(|product| !product.cells.is_empty()).collect();
        products.iter().for_each(|product| sums.add(product.sums));
        let stores: Vec<StoreOfGrid> = stores.into_values().collect();
        let owed_vnd = stores.iter().fold(0, |sum: i64, store| sum.saturating_add(store.owed_vnd));
        Self { month: month.text(), products, stores, sums, owed_vnd }
    }
}

type Products = BTreeMap<(String, Uuid), ProductOfGrid>;

/// Returns the cell of a product in a store, an empty one at first.
fn cell_of(
    products: &mut Products,
    (name, product_id, unit): (String, Uuid, String),
    (store_id, store): (Uuid, String),
) -> &mut CellOfGrid {
    let product = products.entry((name.clone(), product_id)).or_insert_with(|| ProductOfGrid {
        product_id,
        name,
        unit,
        cells: Vec::new(),
        left_milli: 0,
        sold_milli: 0,
        sums: Figures::default(),
    });
    let place = product.cells.iter().position(|cell| cell.store_id == store_id).unwrap_or_else(|| {
        let sums = Figures::default();
        product.cells.push(CellOfGrid { store_id, store, left_milli: 0, sold_milli: 0, sums });
        product.cells.len() - 1
    });
    &mut product.cells[place]
}

fn store_of<'a>(
    stores: &'a mut BTreeMap<(String, Uuid), StoreOfGrid>,
    store_id: Uuid,
    store: &str,
) -> &'a mut StoreOfGrid {
    stores.entry((store.to_owned(), store_id)).or_insert_with(|| StoreOfGrid {
        store_id,
        store: store.to_owned(),
        units: Vec::new(),
        sums: Figures::default(),
        owed_vnd: 0,
    })
}

impl ProductOfGrid {
    /// Drops cells without anything in them, and adds up the rest.
    fn settle(&mut self) {
        self.cells
            .retain(|cell| cell.left_milli != 0 || cell.sold_milli != 0 || cell.sums != Figures::default());
        self.cells.sort_by(|a, b| (&a.store, a.store_id).cmp(&(&b.store, b.store_id)));
        for cell in &self.cells {
            self.left_milli = self.left_milli.saturating_add(cell.left_milli);
            self.sold_milli = self.sold_milli.saturating_add(cell.sold_milli);
            self.sums.add(cell.sums);
        }
    }
}

impl StoreOfGrid {
    fn add(&mut self, unit: &str, cell: &CellOfGrid) {
        self.sums.add(cell.sums);
        if !self.units.iter().any(|of_unit| of_unit.unit == unit) {
            self.units.push(UnitOfGrid { unit: unit.to_owned(), left_milli: 0, sold_milli: 0 });
        }
        for of_unit in self.units.iter_mut().filter(|of_unit| of_unit.unit == unit) {
            of_unit.left_milli = of_unit.left_milli.saturating_add(cell.left_milli);
            of_unit.sold_milli = of_unit.sold_milli.saturating_add(cell.sold_milli);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::{ProductId, StoreId};
    use domain::{Money, Quantity};
    use time::macros::date;

    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn left(product: u128, store: u128, milli: i64) -> OnShelf {
        OnShelf {
            store_id: StoreId::from_uuid(id(store)),
            store: format!("S{store}"),
            product_id: ProductId::from_uuid(id(product)),
            name: format!("P{product}"),
            unit: if product == 3 { "kg" } else { "hộp" }.to_owned(),
            left: Quantity::from_milli(milli),
            ended: Quantity::ZERO,
            sold_lately: Quantity::ZERO,
        }
    }

    fn sold(product: u128, store: u128, milli: i64) -> SoldInStore {
        let OnShelf { store_id, store, product_id, name, unit, .. } = left(product, store, 0);
        let (quantity, revenue) = (Quantity::from_milli(milli), Money::new(milli * 10));
        SoldInStore { store_id, store, product_id, name, unit, quantity, revenue, due: Money::new(milli * 9) }
    }

    #[test]
    fn sums_are_those_of_the_cells_by_row_and_by_column() {
        let month = Month::of(date!(2026 - 11 - 23));
        let lefts =
            vec![left(1, 1, 5_000), left(1, 2, -1_000), left(2, 1, 2_000), left(3, 1, 0), left(4, 2, 0)];
        let solds = vec![sold(1, 1, 4_000), sold(3, 1, 1_250), sold(2, 3, 7_000)];
        let report = GridReport::of(month, lefts, solds, Vec::new());
        let products: Vec<_> =
            report.products.iter().map(|p| (p.name.as_str(), p.left_milli, p.sold_milli)).collect();
        assert_eq!(products, [("P1", 4_000, 4_000), ("P2", 2_000, 7_000), ("P3", 0, 1_250)], "P4 is nowhere");
        let stores: Vec<_> = report.stores.iter().map(|s| (s.store.as_str(), s.sums.due_vnd)).collect();
        assert_eq!(stores, [("S1", 5_250 * 9), ("S2", 0), ("S3", 7_000 * 9)]);
        let unit =
            |unit: &str, left_milli, sold_milli| UnitOfGrid { unit: unit.to_owned(), left_milli, sold_milli };
        assert_eq!(report.stores[0].units, [unit("hộp", 7_000, 4_000), unit("kg", 0, 1_250)]);
        let by_product: i64 = report.products.iter().map(|product| product.sums.due_vnd).sum();
        let by_store: i64 = report.stores.iter().map(|store| store.sums.due_vnd).sum();
        assert_eq!((by_product, by_store), (report.sums.due_vnd, report.sums.due_vnd));
    }
}
