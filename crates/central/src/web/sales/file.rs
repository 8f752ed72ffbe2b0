//! The report as files: all products instead of a page of them, and every other table of the page.

use web::Lang;
use web::format::date_text;

use super::filter::{Counted, Filter};
use super::report::{ProductOfSales, SalesReport};
use super::sealed::SealedOfSales;
use super::trade::TradeOfProduct;
use super::words::{category_words, dimension_words, group_words};
use crate::web::producer::grid_texts::GridTexts;
use crate::web::sales_texts::SalesTexts;
use crate::web::texts::CentralTexts;
use crate::web::trade_texts::TradeTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet of products: what a text with commas holds.
pub fn products(lang: Lang, report: &SalesReport) -> Sheet {
    let head = [
        lang.column_product(),
        lang.column_unit(),
        lang.column_stars(),
        lang.column_producer(),
        lang.column_quantity(),
        lang.column_revenue(),
        lang.column_before(),
        lang.column_receipts(),
    ];
    let mut rows: Vec<Vec<Cell>> = report.products.iter().map(product).collect();
    let cut = lang.sales_cut(ROWS_MOST);
    let Some(trade) = &report.trade else { return Sheet::new(lang.sheet_products(), &head, rows, cut) };
    // One product alone, so that at most one row is there.
    rows.iter_mut().for_each(|row| row.extend(trade.cells()));
    let more = super::trade::heads(lang).into_iter().chain(super::trade::basket_heads(lang));
    let head: Vec<&str> = head.into_iter().chain(more).collect();
    Sheet::new(lang.sheet_products(), &head, rows, cut)
}

/// Returns the names of the sheets that are always there, in their order.
pub fn names(lang: Lang, filter: &Filter) -> [&'static str; 5] {
    let is_held = filter.counted == Counted::Holders;
    let categories = if is_held { lang.sheet_holders() } else { lang.sheet_categories() };
    let groups = dimension_words(lang, filter.by);
    [lang.sheet_products(), lang.sheet_stores(), categories, groups, lang.sheet_time()]
}

/// Returns all sheets.
pub fn sheets(lang: Lang, filter: &Filter, report: &SalesReport) -> Vec<Sheet> {
    let mut sheets = vec![
        products(lang, report),
        stores(lang, report),
        categories(lang, filter, report),
        groups(lang, filter, report),
        over_time(lang, report),
    ];
    sheets.extend(report.trade.as_ref().map(|trade| self::trade(lang, trade)));
    sheets.extend(report.sealed.as_ref().map(|sealed| self::sealed(lang, sealed)));
    sheets
}

fn product(row: &ProductOfSales) -> Vec<Cell> {
    vec![
        Cell::text(&row.name),
        Cell::text(&row.unit),
        row.stars.map_or(Cell::Empty, |stars| Cell::Count(i64::from(stars))),
        row.producer.as_ref().map_or(Cell::Empty, Cell::text),
        Cell::Quantity(row.quantity_milli),
        Cell::Vnd(row.revenue_vnd),
        vnd(row.before_vnd),
        count(row.receipt_count),
    ]
}

fn vnd(amount: Option<i64>) -> Cell {
    amount.map_or(Cell::Empty, Cell::Vnd)
}

fn count(number: Option<i64>) -> Cell {
    number.map_or(Cell::Empty, Cell::Count)
}

fn stores(lang: Lang, report: &SalesReport) -> Sheet {
    let rows = report.stores.iter().map(|store| {
        let receipts = count(store.receipt_count);
        vec![Cell::text(&store.name), Cell::Vnd(store.revenue_vnd), vnd(store.before_vnd), receipts]
    });
    let head = [lang.column_store(), lang.column_revenue(), lang.column_before(), lang.column_receipts()];
    Sheet::new(lang.sheet_stores(), &head, rows.collect(), lang.sales_cut(ROWS_MOST))
}

/// The figure as it was sealed, and what came since; the last row is the sum.
fn sealed(lang: Lang, sealed: &SealedOfSales) -> Sheet {
    let row = |words: String, entries, vnd| vec![Cell::text(words), entries, Cell::Vnd(vnd)];
    let mut rows = vec![row(lang.sealed_figure().to_owned(), Cell::Empty, sealed.sealed_vnd)];
    rows.extend(sealed.corrections.iter().map(|correction| {
        let words = lang.sealed_correction(date_text(correction.arrived_on));
        row(words, Cell::Count(correction.entry_count), correction.correction_vnd)
    }));
    rows.push(row(lang.sealed_other().to_owned(), Cell::Empty, sealed.other_vnd));
    rows.push(row(lang.sealed_today().to_owned(), Cell::Empty, sealed.today_vnd));
    let head = [lang.sealed_row(), lang.sealed_entries(), lang.sealed_amount()];
    Sheet::new(lang.sheet_sealed(), &head, rows, lang.sales_cut(ROWS_MOST))
}

/// One product's returns and shelves by store.
fn trade(lang: Lang, trade: &TradeOfProduct) -> Sheet {
    let head: Vec<&str> = [lang.column_store()].into_iter().chain(super::trade::heads(lang)).collect();
    Sheet::new(lang.sheet_trade_stores(), &head, trade.rows_by_store(), lang.sales_cut(ROWS_MOST))
}

fn categories(lang: Lang, filter: &Filter, report: &SalesReport) -> Sheet {
    let rows = report.categories.iter().map(|category| {
        let words = category_words(lang, category.category.as_deref());
        let products = Cell::Count(category.product_count);
        vec![Cell::text(words), Cell::Vnd(category.revenue_vnd), vnd(category.before_vnd), products]
    });
    let head = [lang.column_category(), lang.column_revenue(), lang.column_before(), lang.column_products()];
    let cut = lang.sales_cut(ROWS_MOST);
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    if filter.counted == Counted::Holders {
        rows.push(vec![Cell::text(lang.counted_more())]);
        return Sheet::new(lang.sheet_holders(), &head, rows, cut);
    }
    Sheet::new(lang.sheet_categories(), &head, rows, cut)
}

fn groups(lang: Lang, filter: &Filter, report: &SalesReport) -> Sheet {
    let rows = report.groups.iter().map(|group| {
        vec![
            Cell::text(group_words(lang, filter.by, group.name.as_deref(), &report.product_groups)),
            Cell::Vnd(group.revenue_vnd),
            vnd(group.before_vnd),
            Cell::Count(group.product_count),
        ]
    });
    let name = dimension_words(lang, filter.by);
    let head = [name, lang.column_revenue(), lang.column_before(), lang.column_products()];
    Sheet::new(name, &head, rows.collect(), lang.sales_cut(ROWS_MOST))
}

fn over_time(lang: Lang, report: &SalesReport) -> Sheet {
    let rows = report.over_time.iter().map(|part| {
        vec![
            Cell::Day(part.from),
            Cell::Day(part.to),
            Cell::Vnd(part.revenue_vnd),
            Cell::Vnd(part.before_vnd),
        ]
    });
    let head = [lang.column_from(), lang.column_to(), lang.column_revenue(), lang.column_before()];
    Sheet::new(lang.sheet_time(), &head, rows.collect(), lang.sales_cut(ROWS_MOST))
}
