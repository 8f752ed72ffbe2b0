//! The list as a sheet: a row for each paper of each product.

use web::Lang;

use super::page::state_words;
use super::report::DossierOfList;
use crate::web::paper_texts::PaperTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet; `groups` are codes and names.
pub fn sheet(lang: Lang, products: Vec<DossierOfList>, groups: &[(String, String)]) -> Sheet {
    let head = [
        lang.product_column_code(),
        lang.column_product(),
        lang.products_group(),
        lang.column_producer(),
        lang.dossiers_kind(),
        lang.dossiers_state(),
        lang.column_last_day(),
    ];
    Sheet {
        name: lang.page_dossiers().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: products.iter().flat_map(|product| rows(lang, product, groups)).take(ROWS_MOST + 1).collect(),
        cut: lang.dossiers_cut(ROWS_MOST),
    }
}

fn rows(lang: Lang, product: &DossierOfList, groups: &[(String, String)]) -> Vec<Vec<Cell>> {
    let group = groups.iter().find(|(code, _)| Some(code) == product.group.as_ref());
    let of_kind = product.papers.iter().map(|kind| {
        vec![
            Cell::text(&product.sku),
            Cell::text(&product.name),
            group.map_or(Cell::Empty, |(_, name)| Cell::text(name)),
            product.producer.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::text(kind.name(lang)),
            Cell::text(state_words(lang, &kind.state)),
            kind.until.map_or(Cell::Empty, Cell::Day),
        ]
    });
    of_kind.collect()
}
