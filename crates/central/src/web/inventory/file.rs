//! The list as a sheet: the same products as on the page, all of them.

use domain::cover::{NEAR_EXPIRY_DAYS, PACE_DAYS};
use time::Date;
use web::Lang;
use web::format::date_text;

use super::page::{suggestions, whereabouts};
use super::report::ProductOfInventory;
use crate::web::inventory_texts::InventoryTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet of a day.
pub fn sheet(lang: Lang, products: Vec<ProductOfInventory>, today: Date) -> Sheet {
    let head = [
        lang.column_product().to_owned(),
        lang.product_unit().to_owned(),
        lang.column_producer().to_owned(),
        lang.column_left_on(date_text(today)),
        lang.column_own().to_owned(),
        lang.column_between().to_owned(),
        lang.column_expiring(NEAR_EXPIRY_DAYS),
        lang.column_sold(PACE_DAYS),
        lang.column_pace().to_owned(),
        lang.column_lasts().to_owned(),
        lang.column_where().to_owned(),
        lang.column_suggestion().to_owned(),
    ];
    Sheet {
        name: lang.page_inventory().to_owned(),
        head: head.to_vec(),
        rows: products.into_iter().map(|product| row(lang, product)).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}

fn row(lang: Lang, product: ProductOfInventory) -> Vec<Cell> {
    let (places, advice) = (whereabouts(lang, &product), suggestions(lang, &product));
    vec![
        Cell::Text(product.name),
        Cell::Text(product.unit),
        product.producer.map_or(Cell::Empty, Cell::Text),
        Cell::Quantity(product.left_milli),
        Cell::Quantity(product.own_milli),
        Cell::Quantity(product.under_way_milli),
        Cell::Quantity(product.expiring_milli),
        Cell::Quantity(product.sold_lately_milli),
        Cell::Quantity(product.weekly_milli),
        product.days.map_or(Cell::Empty, Cell::Count),
        Cell::Text(places.join(", ")),
        Cell::Text(advice.join(", ")),
    ]
}
