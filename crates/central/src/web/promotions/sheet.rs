//! The list as a sheet: the same promotions as on the page, all of them.

use web::Lang;

use super::page::{hours_words, offer, state_words};
use super::report::{PromotionOfReport, PromotionsReport};
use crate::web::product_texts::ProductTexts;
use crate::web::promotion_texts::PromotionTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, report: &PromotionsReport) -> Sheet {
    let head = [
        lang.column_promotion(),
        lang.column_offer(),
        lang.field_first_day(),
        lang.field_last_day(),
        lang.column_hours(),
        lang.field_operator(),
        lang.field_store(),
        lang.column_product_count(),
        lang.column_one_product(),
        lang.column_state(),
    ];
    let rows = report.promotions.iter().map(|promotion| row(lang, promotion)).collect();
    Sheet::new(lang.page_promotions(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn row(lang: Lang, promotion: &PromotionOfReport) -> Vec<Cell> {
    vec![
        Cell::text(&promotion.name),
        Cell::Text(offer(lang, promotion.kind())),
        Cell::Day(promotion.first_day),
        Cell::Day(promotion.last_day),
        promotion.minutes.map_or(Cell::Empty, |minutes| Cell::Text(hours_words(lang, minutes))),
        Cell::text(&promotion.operator),
        Cell::text(promotion.store.as_deref().unwrap_or_else(|| lang.every_store())),
        Cell::Count(promotion.product_count),
        Cell::text(&promotion.product),
        Cell::text(state_words(lang, promotion.state)),
    ]
}
