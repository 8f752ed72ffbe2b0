//! The demonstration's catalogue: a hundred products of the province from published lists, with what the lists do not
//! give derived by a stated rule. Prices and pack sizes are illustrative; every page says so.

use domain::barcode::{Barcode, InStorePrefix};
use domain::catalog::{Category, SoldBy, Stars};
use domain::tax::TaxClass;
use serde::Deserialize;
use time::macros::date;
use time::{Date, Duration};

const FILE: &str = include_str!("../data/products.csv");
/// Stands where a list names no producer.
pub(crate) const UNKNOWN_PRODUCER: &str = "Chủ thể chưa rõ";
/// Rows that are marked as key products of the province too, so that all five categories are seen.
const KEY_PRODUCTS: [&str; 4] =
    ["Tỏi Lý Sơn (Phú Sinh)", "Quế Trà Bồng", "Cà phê rang xay Đăk Hà", "Gạo DAKA"];
/// A round of recognitions that has lapsed by now: what a lapsed certificate looks like.
const LAPSED_ROUND: Date = date!(2023 - 09 - 15);

#[derive(Debug, Deserialize)]
struct Row {
    name_vi: String,
    category: String,
    ocop_stars: Option<u8>,
    stars_are_assumed: bool,
    product_group: String,
    producer: String,
    commune: String,
    unit: String,
    sold_by: String,
    price_vnd: i64,
}

/// A product as central will hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goods {
    /// Own code, `OC001` to `OC100`.
    pub(crate) sku: String,
    /// An in-store EAN-13 with prefix 29.
    pub(crate) barcode: Barcode,
    /// Name.
    pub(crate) name: String,
    /// Name of the product group.
    pub(crate) group: String,
    /// Who makes it.
    pub(crate) producer: String,
    /// Whether the list names the producer; then the goods are consigned, otherwise bought outright.
    pub(crate) consigned: bool,
    /// Where it comes from.
    pub(crate) commune: String,
    /// Unit or pack.
    pub(crate) unit: String,
    /// Pieces or weight.
    pub(crate) sold_by: SoldBy,
    /// Price, VAT included, đồng.
    pub(crate) price_vnd: i64,
    /// VAT class.
    pub(crate) tax_class: TaxClass,
    /// What it was recognised as, with stars and the day of the decision.
    pub(crate) recognitions: Vec<(Category, Option<Stars>, Date)>,
}

/// Reads the catalogue.
///
/// # Errors
/// When the built-in file is broken; a bug of ours.
pub(crate) fn load() -> anyhow::Result<Vec<Goods>> {
    let mut reader = csv::Reader::from_reader(FILE.as_bytes());
    (1..).zip(reader.deserialize()).map(|(number, row)| Ok(goods(number, row?))).collect()
}

fn goods(number: u32, row: Row) -> Goods {
    let prefix = InStorePrefix::OWN_LABEL;
    let sold_by = SoldBy::from_code(&row.sold_by).unwrap_or(SoldBy::Piece);
    Goods {
        sku: format!("OC{number:03}"),
        barcode: Barcode::in_store(prefix, number),
        tax_class: tax_class(&row, sold_by),
        recognitions: recognitions(number, &row),
        consigned: !row.producer.is_empty(),
        producer: if row.producer.is_empty() { UNKNOWN_PRODUCER.to_owned() } else { row.producer },
        name: row.name_vi,
        group: row.product_group,
        commune: row.commune,
        unit: row.unit,
        sold_by,
        price_vnd: row.price_vnd,
    }
}

/// Spirits and wine never get the cut rate; loose food is taken as unprocessed; everything else is ordinary.
fn tax_class(row: &Row, sold_by: SoldBy) -> TaxClass {
    let name = row.name_vi.as_str();
    if name.starts_with("Rượu") || name.starts_with("Vang") {
        TaxClass::StandardUncut
    } else if sold_by == SoldBy::Weight && row.product_group == "Thực phẩm" {
        TaxClass::Reduced
    } else {
        TaxClass::Standard
    }
}

/// A row whose stars are an assumption gets no recognition. Decisions are spread over two and a half years by the row's
/// number; every nineteenth belongs to the round that has lapsed.
fn recognitions(number: u32, row: &Row) -> Vec<(Category, Option<Stars>, Date)> {
    let decided = if number.is_multiple_of(19) {
        LAPSED_ROUND
    } else {
        date!(2024 - 01 - 15) + Duration::days(i64::from(number * 37 % 880))
    };
    let mut all = Vec::new();
    let category = match row.category.as_str() {
        "planned_ocop" => Some(Category::Planned),
        code => Category::from_code(code),
    };
    if let Some(category) = category.filter(|_| !row.stars_are_assumed) {
        let stars = row.ocop_stars.and_then(Stars::new).filter(|_| category == Category::Ocop);
        all.push((category, stars, decided));
    }
    if KEY_PRODUCTS.contains(&row.name_vi.as_str()) {
        all.push((Category::Key, None, date!(2025 - 01 - 10)));
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_hundred_products_with_all_five_categories() {
        let all = load().unwrap();
        assert_eq!(all.len(), 100);
        let categories: BTreeSet<_> = all.iter().flat_map(|g| g.recognitions.iter().map(|r| r.0)).collect();
        assert_eq!(categories.len(), 5);
        let barcodes: BTreeSet<_> = all.iter().map(|g| g.barcode.as_str().to_owned()).collect();
        assert_eq!(barcodes.len(), 100);
        assert!(all.iter().all(|g| g.price_vnd > 0 && !g.name.is_empty() && !g.unit.is_empty()));
        assert!(all.iter().any(|g| g.tax_class == TaxClass::StandardUncut));
    }

    #[test]
    fn assumed_stars_are_no_recognition() {
        let all = load().unwrap();
        let assumed = all.iter().find(|g| g.name == "Túi xách thổ cẩm Làng Teng").unwrap();
        assert_eq!(assumed.recognitions, []);
    }
}
