//! Combos: several products under one code and price. A combo stays what it holds: another content is another combo, so that
//! a till and a person mean the same goods by one code.

use domain::catalog::SoldBy;
use domain::combo::PARTS_MAX;
use domain::ids::ProductId;
use domain::tax::TaxClass;
use domain::{Money, Quantity};
use protocol::wire::CatalogueRow;

use super::catalogue::{check_codes, checked_price};
use super::{Admin, needed, taken};
use crate::db::catalogue::{self, Audience, News};
use crate::db::combos::{self, Part};
use crate::db::products::{self, Group, Product};
use crate::db::{Tx, prices};
use crate::error::{Error, Refusal, Result};

/// The most of one product in a combo: a hundred units.
const QUANTITY_MOST: Quantity = Quantity::pieces(100);

/// A combo to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCombo {
    /// The shops' own code.
    pub sku: String,
    /// All barcodes.
    pub barcodes: Vec<String>,
    /// Name.
    pub name: String,
    /// Unit, such as `bộ`.
    pub unit: String,
    /// Price of one, VAT included.
    pub price: Money,
    /// What one holds.
    pub parts: Vec<Part>,
}

impl Admin {
    /// Adds a combo and tells the stores of it.
    ///
    /// # Errors
    /// When a value is missing or wrong, a code is taken, or a part is not on sale.
    pub async fn add_combo(&self, new: &NewCombo) -> Result<ProductId> {
        let mut tx = self.db.begin().await?;
        check_codes(&mut tx, &new.sku, &new.barcodes, None).await?;
        check_parts(&mut tx, &new.parts).await?;
        if new.price <= Money::ZERO {
            return Err(Refusal::Invalid { what: "price", rule: "above 0 đồng" }.into());
        }
        let combo = Product {
            id: self.clock.new_uuid().into(),
            sku: needed("code", &new.sku)?,
            barcodes: new.barcodes.clone(),
            name: needed("name", &new.name)?,
            unit: needed("unit", &new.unit)?,
            sold_by: SoldBy::Piece,
            price: checked_price(new.price)?,
            price_version: 1,
            // Not used: each part has its own.
            tax_class: TaxClass::Standard,
            group_code: None,
            producer_id: None,
            commune: String::new(),
            status: "active".to_owned(),
            merged: Vec::new(),
        };
        products::insert(&mut tx, std::slice::from_ref(&combo))
            .await
            .map_err(taken("code or barcode", &combo.sku))?;
        prices::record(&mut tx, std::slice::from_ref(&combo), self.clock.now_ms(), &self.actor).await?;
        combos::insert(&mut tx, combo.id, &new.parts).await?;
        let news = told(&combo, &new.parts, &[])?;
        catalogue::publish(&mut tx, vec![news], self.clock.now_ms()).await?;
        let detail = format!("{} {} of {} parts", combo.sku, combo.price, new.parts.len());
        self.finish(tx, "combo.add", &combo.id.to_string(), &detail).await?;
        Ok(combo.id)
    }
}

/// Returns what stores are told of a product: a combo with its parts, any other by itself.
pub(super) fn told(product: &Product, parts: &[Part], groups: &[Group]) -> Result<News> {
    let group = groups.iter().find(|group| Some(&group.code) == product.group_code.as_ref());
    let row = products::wire_row(product, group);
    let row = if parts.is_empty() {
        CatalogueRow::Product(row)
    } else {
        CatalogueRow::Combo(combos::wire_row(row, parts))
    };
    News::of(&row, Audience::All)
}

/// A combo holds a few products that are on sale, each once, and no other combo.
async fn check_parts(tx: &mut Tx, parts: &[Part]) -> Result<()> {
    let wrong = |rule| Err(Refusal::Invalid { what: "parts", rule }.into());
    if parts.is_empty() || parts.len() > PARTS_MAX {
        return wrong("one to 20 products");
    }
    for (place, (product_id, quantity)) in parts.iter().enumerate() {
        if parts[..place].iter().any(|(earlier, _)| earlier == product_id) {
            return wrong("each product once");
        }
        let product = products::find_in(tx, *product_id).await?.ok_or(Error::NotFound("product"))?;
        if product.status != "active" || !combos::list_parts(tx, *product_id).await?.is_empty() {
            return wrong("products on sale, and no other combo");
        }
        let is_whole = product.sold_by == SoldBy::Weight || quantity.is_whole();
        if *quantity <= Quantity::ZERO || *quantity > QUANTITY_MOST || !is_whole {
            return wrong("above 0 and at most 100 of each, whole pieces of what is sold by the piece");
        }
    }
    Ok(())
}
