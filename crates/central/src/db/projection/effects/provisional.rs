//! Products that a store knows and the catalogue may not.

use domain::catalog::SoldBy;
use domain::ids::ProducerId;
use domain::sale::SaleLine;
use protocol::payload::ProvisionalProduct;

use crate::db::entries::plain;

/// A product as a store told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisional {
    /// The shop's own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// `piece` or `weight`.
    pub sold_by: &'static str,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Whose consigned goods.
    pub producer_id: Option<ProducerId>,
    /// What is on the pack.
    pub barcode: Option<String>,
}

impl Provisional {
    pub(super) fn told(product: &ProvisionalProduct) -> Self {
        Self {
            sku: plain(&product.sku, 40),
            name: plain(&product.name, 200),
            unit: plain(&product.unit, 40),
            sold_by: SoldBy::from_code(&product.sold_by).unwrap_or(SoldBy::Piece).code(),
            price_vnd: product.price,
            tax_class: plain(&product.tax_class, 40),
            producer_id: product.producer.map(ProducerId::from_uuid),
            barcode: product.barcode.as_deref().map(|code| plain(code, 48)),
        }
    }

    pub(super) fn sold(line: &SaleLine) -> Self {
        Self {
            sku: plain(&line.sku, 40),
            name: plain(&line.name, 200),
            unit: plain(&line.unit, 40),
            sold_by: if line.quantity.is_whole() { SoldBy::Piece } else { SoldBy::Weight }.code(),
            price_vnd: line.price.vnd(),
            tax_class: line.tax_class.code().to_owned(),
            producer_id: line.owner().producer_id(),
            barcode: None,
        }
    }
}
