//! The report "inventory": the same figures for the page and for programs.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::cover::{Cover, PACE_DAYS};
use domain::ids::{ProductId, StoreId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Show;
use super::suggest::{Place, Suggestion, suggest};
use crate::db::inventory::Held;
use crate::db::transfers::OpenTransfer;

/// Products on a page.
pub const PAGE: usize = 50;

/// Stock of every product over the stores that a person may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InventoryReport {
    /// How many products each choice of the page shows.
    pub counts: InventoryCounts,
    /// Transfers that are under way, or cannot be right; the oldest first.
    pub open_transfers: Vec<OpenTransferOfInventory>,
    /// One page of products; those that run out first.
    pub products: Vec<ProductOfInventory>,
    /// This page, from 1 on.
    pub page: usize,
    /// All pages.
    pub pages: usize,
}

/// A transfer that is not finished, or that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenTransferOfInventory {
    /// The number on its paper.
    pub number: String,
    /// Code of the store that sent it.
    pub from: String,
    /// Code of the store that it goes to, or that took it in.
    pub to: String,
    /// When it was sent, or taken in, UTC milliseconds.
    pub at_ms: i64,
    /// How many lots it has.
    pub lots: i64,
    /// `under_way`; `unknown`: taken in, and the sender has not told of it; `twice`: two stores took it in.
    pub state: String,
}

impl From<OpenTransfer> for OpenTransferOfInventory {
    fn from(row: OpenTransfer) -> Self {
        let OpenTransfer { number, from_code, to_code, at_ms, lot_count, state } = row;
        Self { number, from: from_code, to: to_code, at_ms, lots: lot_count, state }
    }
}

/// Products by what there is to do about them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct InventoryCounts {
    /// Which stores have, or sold in the last thirty days.
    pub all: usize,
    /// Gone in a store that sold some lately.
    pub out: usize,
    /// Lasts less than a week in a store.
    pub low: usize,
    /// On a shelf, and nobody bought any for thirty days.
    pub slow: usize,
}

/// A product over all stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductOfInventory {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// On all shelves, thousandths of the unit; a store that sold more than came in counts as nothing.
    pub left_milli: i64,
    /// Of it the operators' own; the rest is consigned.
    pub own_milli: i64,
    /// On its way between the stores of an operator, thousandths of the unit; in a report of one store what is on its way there.
    pub under_way_milli: i64,
    /// Sold in the last thirty days.
    pub sold_lately_milli: i64,
    /// Days that it lasts at this pace; none where nobody buys it.
    pub days: Option<i64>,
    /// Where it is.
    pub stores: Vec<StoreOfInventory>,
    /// What one store should give to another.
    pub transfers: Vec<TransferOfInventory>,
    /// What has to be delivered beyond that, thousandths of the unit.
    pub to_bring_milli: i64,
}

/// A product in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfInventory {
    /// The store.
    pub store_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub store: String,
    /// On its shelf; below zero when more was sold than came in.
    pub left_milli: i64,
    /// Sold in the last thirty days.
    pub sold_lately_milli: i64,
}

/// Goods that one store should give to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransferOfInventory {
    /// Code of the store that has too many.
    pub from: String,
    /// Code of the store where they run out.
    pub to: String,
    /// Thousandths of the unit; whole units.
    pub quantity_milli: i64,
}

impl StoreOfInventory {
    /// Returns how long it lasts there; goods that nobody bought lately do not run out.
    pub fn cover(&self) -> Cover {
        if self.sold_lately_milli <= 0 && self.left_milli == 0 {
            return Cover::Enough;
        }
        Cover::of(Quantity::from_milli(self.left_milli), Quantity::from_milli(self.sold_lately_milli))
    }
}

impl ProductOfInventory {
    fn of(product_id: ProductId, held: &[Held]) -> Self {
        let codes: BTreeMap<StoreId, &str> =
            held.iter().map(|held| (held.store_id, held.code.as_str())).collect();
        let code = |store: StoreId| codes.get(&store).copied().unwrap_or_default().to_owned();
        let sum = |of: fn(&Held) -> i64| held.iter().map(of).fold(0i64, i64::saturating_add);
        let places = held.iter().map(|held| Place {
            store_id: held.store_id,
            operator_id: held.operator_id,
            left: held.left,
            coming: held.coming,
            sold_lately: held.sold_lately,
        });
        let Suggestion { transfers, to_bring } = suggest(&places.collect::<Vec<_>>());
        let left_milli = sum(|held| held.left.milli().max(0));
        let sold_lately_milli = sum(|held| held.sold_lately.milli());
        let first = held.first();
        Self {
            product_id: product_id.uuid(),
            name: first.map(|held| held.name.clone()).unwrap_or_default(),
            unit: first.map(|held| held.unit.clone()).unwrap_or_default(),
            producer: first.and_then(|held| held.producer.clone()),
            left_milli,
            own_milli: sum(|held| held.own.milli().max(0)),
            under_way_milli: sum(|held| held.coming.milli()),
            sold_lately_milli,
            days: (sold_lately_milli > 0).then(|| left_milli.saturating_mul(PACE_DAYS) / sold_lately_milli),
            stores: held.iter().map(StoreOfInventory::of).collect(),
            transfers: transfers
                .iter()
                .map(|moved| TransferOfInventory {
                    from: code(moved.from),
                    to: code(moved.to),
                    quantity_milli: moved.quantity.milli(),
                })
                .collect(),
            to_bring_milli: to_bring.milli(),
        }
    }

    fn is(&self, show: Show) -> bool {
        let is_out = |store: &StoreOfInventory| matches!(store.cover(), Cover::Gone | Cover::Short);
        match show {
            Show::All => true,
            Show::Out => self.stores.iter().any(is_out),
            Show::Low => self.stores.iter().any(|store| matches!(store.cover(), Cover::Low(_))),
            Show::Slow => self.left_milli > 0 && self.sold_lately_milli <= 0,
        }
    }

    /// Those that are out come first, then those that will be; the faster ones of them before the slower ones.
    fn urgency(&self) -> (u8, i64) {
        let rank = [Show::Out, Show::Low].iter().position(|show| self.is(*show)).unwrap_or(2);
        let pace = if rank < 2 { -self.sold_lately_milli } else { 0 };
        (u8::try_from(rank).unwrap_or(u8::MAX), pace)
    }
}

impl StoreOfInventory {
    fn of(held: &Held) -> Self {
        Self {
            store_id: held.store_id.uuid(),
            code: held.code.clone(),
            store: held.store.clone(),
            left_milli: held.left.milli(),
            sold_lately_milli: held.sold_lately.milli(),
        }
    }
}

impl InventoryReport {
    /// Makes the report of what stores hold, which is in the order of products, and of transfers between them; `page` counts from
    /// 1 on.
    pub fn of(held: &[Held], open: Vec<OpenTransfer>, show: Show, page: usize) -> Self {
        let products = held.chunk_by(|one, next| one.product_id == next.product_id);
        let products =
            products.filter_map(|held| Some(ProductOfInventory::of(held.first()?.product_id, held)));
        // Goods that are gone and that nobody asks for any more are history.
        let is_there = |product: &ProductOfInventory| product.left_milli != 0 || product.under_way_milli != 0;
        let products = products.filter(|product| is_there(product) || product.sold_lately_milli > 0);
        let mut products: Vec<ProductOfInventory> = products.collect();
        let count = |show| products.iter().filter(|product| product.is(show)).count();
        let counts = InventoryCounts {
            all: products.len(),
            out: count(Show::Out),
            low: count(Show::Low),
            slow: count(Show::Slow),
        };
        products.retain(|product| product.is(show));
        products.sort_by_cached_key(ProductOfInventory::urgency);
        let pages = products.len().div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let products = products.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
        let open_transfers = open.into_iter().map(Into::into).collect();
        Self { counts, open_transfers, products, page, pages }
    }
}
