//! The list as a sheet: the same nominations as on the page, all of them.

use web::Lang;
use web::format::local_date;

use super::report::NominationOfList;
use super::words::{section_words, stage_words};
use crate::web::nomination_texts::NominationTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, nominations: Vec<NominationOfList>) -> Sheet {
    let head = [
        lang.product_column_code(),
        lang.column_product(),
        lang.column_producer(),
        lang.nominations_section(),
        lang.column_nominated(),
        lang.nominations_stage(),
        lang.nomination_said(),
        lang.column_accepted(),
        lang.column_declined(),
        lang.column_waiting(),
    ];
    Sheet {
        name: lang.page_nominations().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: nominations.into_iter().map(|row| cells(lang, row)).collect(),
        cut: lang.nominations_cut(ROWS_MOST),
    }
}

fn cells(lang: Lang, row: NominationOfList) -> Vec<Cell> {
    vec![
        Cell::Text(row.sku),
        Cell::Text(row.name),
        row.producer.map_or(Cell::Empty, Cell::Text),
        Cell::text(section_words(lang, &row.section)),
        Cell::Day(local_date(row.nominated_at_ms)),
        Cell::text(stage_words(lang, &row.stage)),
        Cell::Text(row.said),
        Cell::Count(row.accepted_count),
        Cell::Count(row.declined_count),
        Cell::Count(row.waiting_count),
    ]
}
