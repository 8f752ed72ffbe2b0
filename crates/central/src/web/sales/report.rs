//! The report "sales per product": the same figures for the page and for programs.

use domain::ids::{ProductId, StoreId};
use domain::{Money, Quantity};
use serde::{Serialize, Serializer};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::freshness::Freshness;
use super::sealed::SealedOfSales;
use super::trade::TradeOfProduct;
use crate::db::products::Group;
use crate::db::sales::Totals;

/// Products on a page.
pub const PAGE: usize = 50;

/// Sales per product in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SalesReport {
    /// First day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, included.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// From how many stores this is, and until when.
    pub freshness: Freshness,
    /// Sums of the period.
    pub totals: SalesTotals,
    /// First day of the period that it is compared with.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub before_from: Date,
    /// Last day of that period.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub before_to: Date,
    /// Sums of the period that it is compared with; none when the stores' figures begin later.
    pub before: Option<SalesTotals>,
    /// Revenue by day, week or month.
    pub over_time: Vec<PartOfSales>,
    /// One page of products.
    pub products: Vec<ProductOfSales>,
    /// Products on all pages.
    pub product_count: usize,
    /// This page, from 1 on.
    pub page: usize,
    /// All pages.
    pub pages: usize,
    /// By store, the largest revenue first.
    pub stores: Vec<StoreOfSales>,
    /// By category, as `counted_by` says.
    pub categories: Vec<CategoryOfSales>,
    /// `leading`: each đồng counts in its leading category alone; `holders`: in each that the product held, so that their sum may be
    /// more than the total.
    pub counted_by: &'static str,
    /// The department's report of exactly this period, where it is sealed, and what came since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<SealedOfSales>,
    /// Returns, baskets and shelves, where one product alone is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trade: Option<TradeOfProduct>,
    /// By producer, commune, group or stars, as they were when it was sold; the largest revenue first.
    pub groups: Vec<GroupOfSales>,
    /// The names of product groups.
    #[serde(skip)]
    pub product_groups: Vec<Group>,
    /// The name of the campaign that is picked.
    #[serde(skip)]
    pub campaign: Option<String>,
    /// The name of the producer that is picked by its id; for an operator only where anything of it was sold.
    #[serde(skip)]
    pub picked_producer: Option<String>,
    /// Every store that may be picked.
    #[serde(skip)]
    pub choices: Vec<(StoreId, String)>,
    /// Producers and communes that may be picked.
    #[serde(skip)]
    pub origins: Origins,
}

/// Whose and from where goods may be picked; the department's alone, since others are led there by rows of their own goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    /// Names of producers.
    pub producers: Vec<String>,
    /// Communes.
    pub communes: Vec<String>,
}

/// Sums of a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SalesTotals {
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// Receipts; none where single products are picked, since a receipt holds several.
    pub receipt_count: Option<i64>,
    /// Products that were sold.
    pub product_count: usize,
}

impl SalesTotals {
    /// Takes what was found.
    pub fn of(found: &Totals) -> Self {
        let product_count = usize::try_from(found.products).unwrap_or_default();
        Self { revenue_vnd: found.revenue.vnd(), receipt_count: found.receipts, product_count }
    }

    /// Returns revenue by receipt, đồng, rounded half up; `None` without receipts.
    pub fn basket_vnd(&self) -> Option<i64> {
        let count = self.receipt_count.filter(|count| *count > 0)?;
        Some((self.revenue_vnd + count / 2).div_euclid(count))
    }
}

/// Revenue of a day, week or month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartOfSales {
    /// First day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Revenue, đồng.
    pub revenue_vnd: i64,
    /// Revenue of the same days of the period before, đồng.
    pub before_vnd: i64,
    /// False while a store has not told all of it, or a sale of it is in suspense.
    pub is_complete: bool,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductOfSales {
    /// The product.
    #[schema(value_type = Uuid)]
    #[serde(serialize_with = "as_uuid")]
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// OCOP stars.
    pub stars: Option<u8>,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What they paid in the period that it is compared with; none when the stores' figures begin later.
    pub before_vnd: Option<i64>,
    /// Receipts that it stands on; none where it also sold as something that is not asked about.
    pub receipt_count: Option<i64>,
}

impl ProductOfSales {
    /// Returns how much was sold.
    pub const fn quantity(&self) -> Quantity {
        Quantity::from_milli(self.quantity_milli)
    }

    /// Returns what buyers paid.
    pub const fn revenue(&self) -> Money {
        Money::new(self.revenue_vnd)
    }
}

/// A store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfSales {
    /// The store.
    #[schema(value_type = Uuid)]
    #[serde(serialize_with = "as_uuid")]
    pub store_id: StoreId,
    /// Its name.
    pub name: String,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What they paid in the period that it is compared with; none when the stores' figures begin later.
    pub before_vnd: Option<i64>,
    /// Receipts; none where single products are picked.
    pub receipt_count: Option<i64>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CategoryOfSales {
    /// Its code; none for goods without a recognition in force.
    pub category: Option<String>,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What they paid in the period that it is compared with; none when the stores' figures begin later.
    pub before_vnd: Option<i64>,
    /// Products.
    pub product_count: i64,
}

/// A producer, commune, group or number of stars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupOfSales {
    /// What the filter of this name takes: the producer's id, the commune, the group's code or the number of stars; none where nothing
    /// was known then.
    pub key: Option<String>,
    /// The producer's name, the commune, the group's code or the number of stars; none where nothing was known then.
    pub name: Option<String>,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// What they paid in the period that it is compared with; none when the stores' figures begin later.
    pub before_vnd: Option<i64>,
    /// Products.
    pub product_count: i64,
}

/// Writes a day as `2026-10-01`.
///
/// # Errors
/// When the serializer fails.
pub fn iso<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// Writes a day that may be missing.
///
/// # Errors
/// When the serializer fails.
pub fn iso_maybe<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => iso(day, serializer),
        None => serializer.serialize_none(),
    }
}

fn as_uuid<S: Serializer, T: Copy + Into<Uuid>>(id: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&(*id).into())
}
