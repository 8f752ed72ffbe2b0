//! The list as a sheet: the same producers as on the page, all of them.

use web::Lang;

use super::{LAPSING_DAYS, ProducerOfList};
use crate::web::producer_list_texts::ProducerListTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, producers: Vec<ProducerOfList>) -> Sheet {
    let head = [
        lang.column_producer().to_owned(),
        lang.products_commune().to_owned(),
        lang.producer_column_phone().to_owned(),
        lang.producer_column_products().to_owned(),
        lang.producer_column_lapsing(LAPSING_DAYS),
        lang.producer_added_by_store().to_owned(),
    ];
    let row = |row: ProducerOfList| {
        let added =
            if row.is_provisional { row.store.unwrap_or_else(|| "?".to_owned()) } else { String::new() };
        vec![
            Cell::Text(row.name),
            Cell::Text(row.commune),
            Cell::Text(row.phone),
            Cell::Count(row.product_count),
            Cell::Count(row.lapsing_count),
            Cell::Text(added),
        ]
    };
    Sheet {
        name: lang.page_producers().to_owned(),
        head: head.to_vec(),
        rows: producers.into_iter().map(row).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}
