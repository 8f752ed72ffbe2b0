//! Levels and sets of criteria as sheets.

use web::Lang;

use super::StandardsReport;
use super::page::state_words;
use crate::web::product_texts::ProductTexts;
use crate::web::products::words::level_words;
use crate::web::standard_texts::StandardTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 2] {
    [lang.standards_levels(), lang.standards_sets()]
}

/// Returns the sheets, in the order of the page.
pub fn sheets(lang: Lang, report: StandardsReport) -> Vec<Sheet> {
    let head = [
        lang.standards_level(),
        lang.standards_from(),
        lang.standards_state(),
        lang.standards_paper(),
        lang.standards_recorded_by(),
    ];
    let levels = report.levels.into_iter().map(|row| {
        vec![
            Cell::text(level_words(lang, &row.level)),
            Cell::Day(row.from),
            Cell::text(state_words(lang, row.decides)),
            Cell::Text(row.decision),
            Cell::Text(row.recorded_by),
        ]
    });
    let cut = || lang.products_cut(ROWS_MOST);
    let levels = Sheet::new(lang.standards_levels(), &head, levels.collect(), cut());
    let head =
        [lang.standards_name(), lang.standards_from(), lang.standards_until(), lang.standards_recorded_by()];
    let sets = report.criteria_sets.into_iter().map(|set| {
        vec![
            Cell::Text(set.criteria),
            Cell::Day(set.from),
            set.until.map_or(Cell::Empty, Cell::Day),
            Cell::Text(set.recorded_by),
        ]
    });
    vec![levels, Sheet::new(lang.standards_sets(), &head, sets.collect(), cut())]
}
