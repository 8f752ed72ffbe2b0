//! The contracts as a sheet: a version a row, with what it says.

use web::Lang;

use super::ShopTerms;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::terms::VersionOfReport;
use crate::web::product_texts::ProductTexts;
use crate::web::shop_term_texts::ShopTermTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, report: &ShopTerms) -> Sheet {
    let head = [
        lang.terms_who(),
        lang.terms_for(),
        lang.terms_first_day(),
        lang.terms_standing(),
        lang.terms_made_at(),
        lang.terms_clauses(),
    ];
    let rows = report
        .agreements
        .iter()
        .flat_map(|with| with.versions.iter().map(move |version| row(lang, &with.producer, version)));
    Sheet::new(lang.page_terms(), &head, rows.collect(), lang.products_cut(ROWS_MOST))
}

fn row(lang: Lang, producer: &str, version: &VersionOfReport) -> Vec<Cell> {
    let standing = match (version.is_in_force, version.is_later) {
        (true, _) => lang.terms_in_force(),
        (false, true) => lang.terms_later(),
        (false, false) if version.is_ended => lang.terms_ended(),
        (false, false) => lang.terms_past(),
    };
    vec![
        Cell::text(producer),
        Cell::text(version.product.as_deref().unwrap_or_else(|| lang.terms_all_products())),
        Cell::Day(version.valid_from),
        Cell::text(standing),
        version.store.as_ref().map_or(Cell::Empty, Cell::text),
        Cell::Text(version.clauses.join("; ")),
    ]
}
