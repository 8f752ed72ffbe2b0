//! A sheet for counting on paper: the products on the shelf by group, with an empty box each, and without what the book says.

use axum::response::Response;
use maud::{Markup, html};
use web::format::datetime_text;
use web::{Fault, Lang};

use super::desk;
use super::stocktake::STOCKTAKE;
use super::stocktake_texts::StocktakeTexts;
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::db::stocktakes::{self, SheetRow};

/// The sheet's address.
pub const SHEET: &str = "/stocktake/sheet";

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let rows = visit.ok(stocktakes::list_sheet(&mut reader).await)?;
    drop(reader);
    let lang = visit.lang;
    let printed_at_ms = visit.app.clock().now_ms();
    desk::page(&visit, "/stock", lang.sheet_title(), sheet(lang, &rows, printed_at_ms)).await
}

/// The sheet.
pub fn sheet(lang: Lang, rows: &[SheetRow], printed_at_ms: i64) -> Markup {
    html! {
        p.actions {
            button.primary type="button" data-print { (lang.print_count_sheet()) }
            a.button href=(STOCKTAKE) { (lang.stocktake()) }
        }
        section.card {
            p { (lang.sheet_about()) }
            div.columns { p { (lang.sheet_area()) } p { (lang.sheet_by()) } }
            div.columns { p { (lang.sheet_times()) } p { (lang.sheet_printed(datetime_text(printed_at_ms))) } }
            @if rows.is_empty() { p.mute { (lang.sheet_empty()) } } @else {
                div.table { table.to-fill {
                    thead { tr {
                        th { (lang.column_product()) } th { (lang.sheet_code()) } th { (lang.sheet_lots()) } th { (lang.sheet_box()) }
                    } }
                    @for group in rows.chunk_by(|row, next| row.product_group == next.product_group) { (group_of(lang, group)) }
                } }
            }
        }
    }
}

fn group_of(lang: Lang, group: &[SheetRow]) -> Markup {
    let name = group.first().map(|row| row.product_group.as_str()).filter(|name| !name.is_empty());
    html! {
        tbody {
            tr { td colspan="4" { strong { (name.unwrap_or(lang.sheet_other_goods())) } } }
            @for row in group {
                tr {
                    td { (row.name) small { (row.unit) } }
                    td { (row.sku) }
                    td { @if row.lots.is_empty() { "–" } @for lot in row.lots.lines() { div { (lot) } } }
                    // Programs that read the page aloud need something in each cell.
                    td { span.hidden { (lang.sheet_to_fill()) } }
                }
            }
        }
    }
}
