//! The page: a card for each product with a line for each store, and one that adds up by store.

use domain::{Money, Quantity};
use maud::{Markup, html};
use time::Date;
use uuid::Uuid;
use web::Lang;

use super::report::{CellOfGrid, Figures, GridReport, ProductOfGrid, StoreOfGrid, UnitOfGrid};
use crate::db::consigned::Only;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::month::Month;
use crate::web::producer::picked::query_of;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// Where addresses begin.
    pub root: &'a str,
    /// The month.
    pub month: Month,
    /// Today.
    pub today: Date,
    /// The figures.
    pub report: &'a GridReport,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            (months(lang, self.month, self.today, |month| format!("{}?month={}", Place::Grid.below(self.root), month.text())))
            section.card.owed {
                span.mute { (lang.grid_due()) " · " (self.month.words()) }
                strong { (Money::new(report.sums.due_vnd)) }
                p.mute { (lang.sold_revenue()) ": " (Money::new(report.sums.revenue_vnd)) }
                p.mute { (lang.grid_owed_now()) ": " a href=(Place::Settlements.below(self.root)) { (Money::new(report.owed_vnd)) } }
            }
            @if report.products.is_empty() {
                section.card { p { (lang.grid_empty()) } }
            } @else {
                p.mute.small { (lang.grid_about()) }
            }
            @for product in &report.products { (self.product(product)) }
            @if !report.stores.is_empty() { (self.stores()) }
            div.actions {
                a.button href={ (self.root) "/grid.xlsx?month=" (self.month.text()) } { (lang.download_xlsx()) }
                button type="button" data-print { (lang.filter_print()) }
            }
        }
    }

    fn product(&self, product: &ProductOfGrid) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (product.name) }
                p.mute.small { (product.unit) }
                // A store's name has a line of its own: three figures beside it are too wide for a phone.
                div.table {
                    table {
                        thead { tr {
                            th.n scope="col" { (lang.column_left()) } th.n scope="col" { (lang.column_sold()) }
                            th.n scope="col" { (lang.column_due()) }
                        } }
                        @for cell in &product.cells { (self.cell(product.product_id, cell)) }
                        @if product.cells.len() > 1 {
                            tfoot { (self.figures(lang.sum_of_all(), only(Some(product.product_id), None),
                                (product.left_milli, product.sold_milli), product.sums)) }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, product_id: Uuid, cell: &CellOfGrid) -> Markup {
        let only = only(Some(product_id), Some(cell.store_id));
        html! { tbody { (self.figures(&cell.store, only, (cell.left_milli, cell.sold_milli), cell.sums)) } }
    }

    /// Figures below their name; each leads to what it is made of.
    fn figures(&self, words: &str, only: Only, (left, sold): (i64, i64), sums: Figures) -> Markup {
        let sales = self.sales(only);
        html! {
            tr { td colspan="3" { (words) } }
            tr {
                td.n { a href=(self.goods(only)) { (Quantity::from_milli(left)) } }
                td.n { a href=(sales) { (Quantity::from_milli(sold)) } }
                td.n { a href=(sales) { (Money::new(sums.due_vnd)) } }
            }
        }
    }

    fn stores(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                h2 { (lang.by_store_sums()) }
                div.table {
                    table {
                        thead { tr {
                            th scope="col" { (lang.column_store()) } th.n scope="col" { (lang.column_due()) }
                            th.n scope="col" { (lang.column_owed_now()) }
                        } }
                        tbody { @for store in &report.stores { (self.store(store)) } }
                        tfoot { tr {
                            td { (lang.sum_of_all()) }
                            td.n { a href=(self.sales(Only::default())) { (Money::new(report.sums.due_vnd)) } }
                            td.n { a href=(Place::Settlements.below(self.root)) { (Money::new(report.owed_vnd)) } }
                        } }
                    }
                }
            }
        }
    }

    fn store(&self, store: &StoreOfGrid) -> Markup {
        let only = only(None, Some(store.store_id));
        html! {
            tr {
                td {
                    (store.store)
                    @for of in &store.units {
                        small { a href=(self.goods(only)) { (self.of_unit(of)) } }
                    }
                }
                td.n { a href=(self.sales(only)) { (Money::new(store.sums.due_vnd)) } }
                td.n { a href=(Place::Settlements.below(self.root)) { (Money::new(store.owed_vnd)) } }
            }
        }
    }

    fn of_unit(&self, of: &UnitOfGrid) -> String {
        let (left, sold) = (Quantity::from_milli(of.left_milli), Quantity::from_milli(of.sold_milli));
        self.lang.left_and_sold(&of.unit, left, sold)
    }

    fn goods(&self, only: Only) -> String {
        let query = query_of(only);
        format!("{}?{}", Place::Consigned.below(self.root), query.trim_start_matches('&'))
    }

    fn sales(&self, only: Only) -> String {
        format!("{}?month={}{}", Place::Sold.below(self.root), self.month.text(), query_of(only))
    }
}

fn only(product_id: Option<Uuid>, store_id: Option<Uuid>) -> Only {
    Only { product: product_id.map(Into::into), store: store_id.map(Into::into) }
}

/// The month before, the month, and the month after, as far as there are such.
pub fn months(lang: Lang, month: Month, today: Date, href: impl Fn(Month) -> String) -> Markup {
    let all = month.before().into_iter().chain([month]).chain(month.after(today));
    html! {
        nav.presets aria-label=(lang.grid_months()) {
            @for other in all {
                a href=(href(other)) aria-current=[(other == month).then_some("true")] { (lang.grid_of_month(other.words())) }
            }
        }
    }
}
