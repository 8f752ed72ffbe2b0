//! The list as a sheet: every product that waits.

use web::Lang;

use super::ProvisionalProduct;
use crate::web::product_texts::ProductTexts;
use crate::web::provisional_texts::ProvisionalTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet.
pub fn sheet(lang: Lang, products: Vec<ProvisionalProduct>) -> Sheet {
    let head = [
        lang.column_told(),
        lang.unit_of(),
        lang.barcode_field(),
        lang.column_producer_of(),
        lang.column_told_by(),
        lang.column_price_of(),
        lang.column_sold_of(),
        lang.column_took(),
    ];
    let rows = products.into_iter().map(row).collect();
    Sheet::new(lang.page_provisional(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn row(product: ProvisionalProduct) -> Vec<Cell> {
    let given = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    vec![
        Cell::Text(product.name),
        Cell::Text(product.unit),
        given(product.barcode),
        given(product.producer),
        given(product.store),
        Cell::Vnd(product.price_vnd),
        Cell::Quantity(product.quantity_milli),
        Cell::Vnd(product.revenue_vnd),
    ]
}
