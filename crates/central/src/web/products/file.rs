//! The list as a sheet: the same products as on the page, all of them.

use domain::catalog::Category;
use web::Lang;

use super::page::status_words;
use super::report::ProductOfList;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet; `groups` are codes and names.
pub fn sheet(lang: Lang, products: Vec<ProductOfList>, groups: &[(String, String)]) -> Sheet {
    let mut head: Vec<String> = [
        lang.product_column_code(),
        lang.column_product(),
        lang.product_unit(),
        lang.product_column_price(),
        lang.products_stars(),
        lang.products_group(),
        lang.column_producer(),
        lang.products_commune(),
        lang.products_status(),
    ]
    .map(str::to_owned)
    .to_vec();
    head.extend(Category::ALL.map(|category| {
        let words = category_words(lang, Some(category.code()));
        format!("{} · {words}", lang.product_column_held())
    }));
    Sheet {
        name: lang.sheet_products().to_owned(),
        head,
        rows: products.into_iter().map(|product| row(lang, product, groups)).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}

fn row(lang: Lang, product: ProductOfList, groups: &[(String, String)]) -> Vec<Cell> {
    let group = groups.iter().find(|(code, _)| Some(code) == product.group.as_ref());
    let mut cells = vec![
        Cell::Text(product.sku),
        Cell::Text(product.name),
        Cell::Text(product.unit),
        product.price_vnd.map_or(Cell::Empty, Cell::Vnd),
        product.stars.map_or(Cell::Empty, |stars| Cell::Quantity(i64::from(stars) * 1_000)),
        group.map_or(Cell::Empty, |(_, name)| Cell::text(name)),
        product.producer.map_or(Cell::Empty, Cell::Text),
        Cell::Text(product.commune),
        Cell::text(status_words(lang, &product.status)),
    ];
    cells.extend(Category::ALL.map(|category| {
        match product.held.iter().find(|held| held.category == category.code()) {
            Some(held) => held.until.map_or_else(|| Cell::text(lang.unlimited()), Cell::Day),
            None => Cell::Empty,
        }
    }));
    cells
}
