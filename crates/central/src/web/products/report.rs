//! The list of products: a page of them with what each holds today.

use std::collections::BTreeMap;

use domain::Money;
use domain::catalog::{Recognition, Stars};
use domain::ids::ProductId;
use domain::recognition::{Held, held};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::engine::Db;
use crate::db::keyset::From;
use crate::db::product_list::{self, Listed, Picked};
use crate::db::products::{UNPRICED, lacks_price};
use crate::db::recognitions;
use crate::error::Result;
use crate::web::sales::report::iso_maybe;

/// Products by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductsReport {
    /// A page of those that are picked.
    pub products: Vec<ProductOfList>,
    /// How many are picked.
    pub product_count: i64,
    /// Products of the catalogue that wait for a price, whatever is picked.
    pub unpriced_count: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A product of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductOfList {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, VAT included, đồng; none while it has none.
    pub price_vnd: Option<i64>,
    /// OCOP stars held today.
    pub stars: Option<u8>,
    /// Code of the group.
    pub group: Option<String>,
    /// Whose goods.
    pub producer: Option<String>,
    /// Commune that it comes from.
    pub commune: String,
    /// `active`, `unpriced`, `retired` or `provisional`.
    pub status: String,
    /// Several products under one code.
    pub is_combo: bool,
    /// What it holds today, the leading category first.
    pub held: Vec<HeldOfProduct>,
}

/// What a product holds today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldOfProduct {
    /// Code of the category.
    pub category: String,
    /// The last day, through decisions that follow without a gap; none when nothing ends it.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Days left, 0 on the last one.
    pub days_left: Option<i64>,
}

impl HeldOfProduct {
    /// Returns it as it is told on a day.
    pub fn of(held: &Held, today: Date) -> Self {
        Self {
            category: held.category.code().to_owned(),
            until: held.until,
            days_left: held.days_left(today),
        }
    }
}

impl ProductOfList {
    fn new(row: Listed, recognitions: &[Recognition], today: Date) -> Self {
        let held = held(recognitions, today);
        Self {
            product_id: row.id.uuid(),
            sku: row.sku,
            name: row.name,
            unit: row.unit,
            price_vnd: Some(row.price.vnd()).filter(|_| !lacks_price(row.price_version, &row.status)),
            stars: held.iter().find_map(|each| each.stars).map(Stars::count),
            group: row.group_code,
            producer: row.producer,
            commune: row.commune,
            status: row.status,
            is_combo: row.is_combo,
            held: held.iter().map(|each| HeldOfProduct::of(each, today)).collect(),
        }
    }

    /// Returns the price, if it has one.
    pub fn price(&self) -> Option<Money> {
        self.price_vnd.map(Money::new)
    }
}

/// Reads a page of the products that are picked.
///
/// # Errors
/// When the database fails.
pub async fn load(
    db: &Db,
    picked: &Picked,
    today: Date,
    from: &From,
    limit: usize,
) -> Result<ProductsReport> {
    // Both read much of the catalogue when words are looked for: side by side they take the time of one.
    let waiting = Picked { status: Some(UNPRICED), ..Picked::default() };
    let (page, product_count, unpriced_count) = tokio::try_join!(
        product_list::page(db, picked, today, from, limit),
        product_list::count(db, picked, today),
        product_list::count(db, &waiting, today),
    )?;
    let (first, last) =
        (page.rows.first().map(|row| row.id.uuid()), page.rows.last().map(|row| row.id.uuid()));
    Ok(ProductsReport {
        products: rows(db, page.rows, today).await?,
        product_count,
        unpriced_count,
        page_before: first.filter(|_| page.has_before),
        page_after: last.filter(|_| page.has_after),
    })
}

/// Reads what products hold today.
///
/// # Errors
/// When the database fails.
pub async fn rows(db: &Db, listed: Vec<Listed>, today: Date) -> Result<Vec<ProductOfList>> {
    let ids: Vec<ProductId> = listed.iter().map(|row| row.id).collect();
    let mut decided: BTreeMap<ProductId, Vec<Recognition>> = BTreeMap::new();
    for (product, recognition) in recognitions::list_among(db, &ids).await? {
        decided.entry(product).or_default().push(recognition);
    }
    let row = |row: Listed| {
        let recognitions = decided.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        ProductOfList::new(row, recognitions, today)
    };
    Ok(listed.into_iter().map(row).collect())
}
