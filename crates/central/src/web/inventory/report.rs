//! The report "inventory": the same figures for the page and for programs.

use std::collections::BTreeMap;

use domain::Quantity;
use domain::cover::{Cover, a_week, days};
use domain::ids::{ProductId, StoreId};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::listing::Listing;
use super::suggest::{Place, Suggestion, suggest};
use crate::db::inventory::Held;
use crate::db::transfers::OpenTransfer;
use crate::web::reports::iso;

/// Stock of every product over the stores that a person may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InventoryReport {
    /// The first day whose sales count.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub since: Date,
    /// The day of the report, the last one whose sales count.
    #[serde(with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// How many products each choice of the page shows.
    pub counts: InventoryCounts,
    /// Transfers that are under way, or cannot be right; the oldest first.
    pub open_transfers: Vec<OpenTransferOfInventory>,
    /// One page of products; those that run out first.
    pub products: Vec<ProductOfInventory>,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
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
    /// Sells two a week or more, and is gone within thirty days.
    pub fast: usize,
    /// On a shelf, and lasts for more than ninety days, or nobody bought any for thirty.
    pub slow: usize,
    /// Some of it is past its last day, or within thirty days of it.
    pub expiring: usize,
    /// On its way between stores.
    pub under_way: usize,
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
    /// The same by id.
    pub producer_id: Option<Uuid>,
    /// On all shelves, thousandths of the unit; a store that sold more than came in counts as nothing.
    pub left_milli: i64,
    /// Of it what may be sold: not in lots whose last day is over.
    pub good_milli: i64,
    /// Of it the operators' own; the rest is consigned.
    pub own_milli: i64,
    /// On its way between the stores of an operator, thousandths of the unit; in a report of one store what is on its way there.
    pub under_way_milli: i64,
    /// In lots that are past their last day, or within thirty days of it, thousandths of the unit.
    pub expiring_milli: i64,
    /// Sold in the last thirty days.
    pub sold_lately_milli: i64,
    /// The same a week, in tenths of the unit.
    pub weekly_milli: i64,
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
    /// Of it what may be sold: not in lots whose last day is over.
    pub good_milli: i64,
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
        if self.sold_lately_milli <= 0 && self.good_milli == 0 {
            return Cover::Enough;
        }
        Cover::of(Quantity::from_milli(self.good_milli), Quantity::from_milli(self.sold_lately_milli))
    }
}

impl ProductOfInventory {
    /// Returns the product that these stores hold.
    pub fn of(product_id: ProductId, held: &[Held]) -> Self {
        let codes: BTreeMap<StoreId, &str> =
            held.iter().map(|held| (held.store_id, held.code.as_str())).collect();
        let code = |store: StoreId| codes.get(&store).copied().unwrap_or_default().to_owned();
        let sum = |of: fn(&Held) -> i64| held.iter().map(of).fold(0i64, i64::saturating_add);
        let places = held.iter().map(|held| Place {
            store_id: held.store_id,
            operator_id: held.operator_id,
            left: held.good(),
            coming: held.coming,
            sold_lately: held.sold_lately,
        });
        let Suggestion { transfers, to_bring } = suggest(&places.collect::<Vec<_>>());
        let left_milli = sum(|held| held.left.milli().max(0));
        let good_milli = sum(|held| held.good().milli().max(0));
        let sold_lately_milli = sum(|held| held.sold_lately.milli());
        let first = held.first();
        Self {
            product_id: product_id.uuid(),
            name: first.map(|held| held.name.clone()).unwrap_or_default(),
            unit: first.map(|held| held.unit.clone()).unwrap_or_default(),
            producer: first.and_then(|held| held.producer.clone()),
            producer_id: first.and_then(|held| held.producer_id),
            left_milli,
            good_milli,
            own_milli: sum(|held| held.own.milli().max(0)),
            under_way_milli: sum(|held| held.coming.milli()),
            expiring_milli: sum(|held| held.expiring.milli()),
            sold_lately_milli,
            weekly_milli: a_week(Quantity::from_milli(sold_lately_milli)).milli(),
            days: days(Quantity::from_milli(good_milli), Quantity::from_milli(sold_lately_milli)),
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
}

impl StoreOfInventory {
    fn of(held: &Held) -> Self {
        Self {
            store_id: held.store_id.uuid(),
            code: held.code.clone(),
            store: held.store.clone(),
            left_milli: held.left.milli(),
            good_milli: held.good().milli(),
            sold_lately_milli: held.sold_lately.milli(),
        }
    }
}

impl InventoryReport {
    /// Makes the report of a page of products, and of transfers between stores; the days are those whose sales count.
    pub fn of(listing: Listing, open: Vec<OpenTransfer>, (since, until): (Date, Date)) -> Self {
        let Listing { counts, products, has_before, has_after } = listing;
        let id = |product: &ProductOfInventory| product.product_id;
        Self {
            since,
            until,
            counts,
            open_transfers: open.into_iter().map(Into::into).collect(),
            page_before: products.first().filter(|_| has_before).map(id),
            page_after: products.last().filter(|_| has_after).map(id),
            products,
        }
    }
}
