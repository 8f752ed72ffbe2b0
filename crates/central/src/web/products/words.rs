//! Words for the codes of a product.

use domain::catalog::SoldBy;
use domain::recognition::Level;
use domain::tax::TaxClass;
use web::Lang;

use crate::web::product_texts::ProductTexts;
use crate::web::provisional::form;

/// Writes how a product is sold.
pub fn sold_by_words(lang: Lang, code: &str) -> &'static str {
    match SoldBy::from_code(code) {
        Some(SoldBy::Piece) => lang.sold_by_piece(),
        Some(SoldBy::Weight) => lang.sold_by_weight(),
        None => lang.nobody(),
    }
}

/// Writes a VAT class.
pub fn tax_words(lang: Lang, code: &str) -> &'static str {
    TaxClass::from_code(code).map_or_else(|| lang.nobody(), |class| form::tax_words(lang, class))
}

/// Writes at which level something was decided.
pub fn level_words(lang: Lang, code: &str) -> &'static str {
    match Level::from_code(code) {
        Some(Level::District) => lang.level_district(),
        Some(Level::Province) => lang.level_province(),
        Some(Level::Region) => lang.level_region(),
        Some(Level::Nation) => lang.level_nation(),
        None => lang.nobody(),
    }
}
