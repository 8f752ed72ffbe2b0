//! The list of products that wait, and the page of one.

use domain::{Money, Quantity};
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::count_text;
use web::fragment::{Tone, chip, message};

use super::form::{self, Typed};
use super::{Found, ProvisionalProduct, ProvisionalReport};
use crate::db::provisional::Likely;
use crate::web::lists::{self, pager};
use crate::web::product_texts::ProductTexts;
use crate::web::provisional_texts::ProvisionalTexts;
use crate::web::sheet_file;

/// The list.
pub fn list(lang: Lang, report: &ProvisionalReport, told: Option<(Tone, &str)>, may_act: bool) -> Markup {
    html! {
        @if let Some((tone, told)) = told { (message(tone, told)) }
        p.mute { (lang.provisional_about()) }
        section.card {
            div.head {
                h2 { (lang.provisional_list()) }
                div.actions {
                    span.mute { (lang.products_count(count_text(report.product_count))) }
                    (sheet_file::links(lang, "/provisional", ""))
                }
            }
            @if report.products.is_empty() { p { (lang.provisional_none()) } } @else {
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_told()) } th { (lang.column_producer_of()) } th { (lang.column_told_by()) }
                        th.n { (lang.column_price_of()) } th.n { (lang.column_sold_of()) } th.n { (lang.column_took()) }
                        @if may_act { th { (lang.look_into()) } }
                    } }
                    tbody { @for row in &report.products { (list_row(lang, row, may_act)) } }
                } }
                (pager(lang, lang.provisional_list(), (report.page_before, report.page_after), |field, id| {
                    lists::href("/provisional", "", String::new(), Some((field, id)))
                }))
            }
        }
    }
}

fn list_row(lang: Lang, row: &ProvisionalProduct, may_act: bool) -> Markup {
    html! {
        tr {
            td {
                (row.name)
                small { (row.unit) @if let Some(code) = &row.barcode { " · " (code) } }
            }
            td { (row.producer.as_deref().unwrap_or_else(|| lang.nobody_told())) }
            td { (row.store.as_deref().unwrap_or_else(|| lang.nobody_told())) }
            td.n { (Money::new(row.price_vnd)) }
            td.n { (Quantity::from_milli(row.quantity_milli)) }
            td.n { (Money::new(row.revenue_vnd)) }
            @if may_act {
                td {
                    a.button href={ "/provisional/" (row.product_id) }
                        aria-label={ (lang.look_into()) ": " (row.name) } { (lang.look_into()) }
                }
            }
        }
    }
}

/// A product with what it may be, and the form that takes it in.
pub fn one(lang: Lang, csrf: &CsrfToken, (found, typed): (&Found, &Typed), wrong: Option<&str>) -> Markup {
    let waiting = &found.waiting;
    html! {
        @if let Some(wrong) = wrong { (message(Tone::Bad, wrong)) }
        section.card {
            h2 { (waiting.name) }
            p {
                (waiting.unit) " · " (waiting.price) " · "
                (waiting.producer.as_deref().unwrap_or_else(|| lang.nobody_told())) " · "
                @match &waiting.barcode {
                    Some(code) => (lang.barcode_of(code)),
                    None => (lang.no_barcode_of()),
                }
            }
            p.mute {
                (lang.column_told_by()) ": " (waiting.store.as_deref().unwrap_or_else(|| lang.nobody_told())) " · "
                (lang.column_sold_of()) ": " (waiting.quantity) " · " (lang.column_took()) ": " (waiting.revenue)
            }
        }
        (merging(lang, csrf, found))
        (form::form(lang, csrf, found, typed))
    }
}

fn merging(lang: Lang, csrf: &CsrfToken, found: &Found) -> Markup {
    let at = format!("/provisional/{}", found.waiting.id);
    html! {
        section.card {
            h2 { (lang.merge_title()) }
            p.mute { (lang.merge_about()) }
            @if found.likely.is_empty() { p { (lang.merge_none()) } } @else {
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_told()) } th { (lang.column_producer_of()) }
                        th.n { (lang.column_price_of()) } th { (lang.merge_here()) }
                    } }
                    tbody { @for likely in &found.likely { (likely_row(lang, csrf, &at, likely)) } }
                } }
            }
        }
        form.card.form method="get" action=(at) role="search" {
            (Field { value: &found.words, is_required: false, ..Field::new("find", lang.merge_find()) }.render())
            div.actions { button { (lang.merge_look()) } }
        }
    }
}

/// Two steps: what is merged cannot be parted again.
fn likely_row(lang: Lang, csrf: &CsrfToken, at: &str, likely: &Likely) -> Markup {
    html! {
        tr {
            td {
                (likely.name) small { (likely.sku) " · " (likely.unit) }
                @if likely.has_barcode { (chip(Tone::Good, lang.same_barcode())) }
                @else if likely.has_name { (chip(Tone::Good, lang.same_name())) }
            }
            td { (likely.producer.as_deref().unwrap_or_else(|| lang.nobody_told())) }
            td.n { (likely.price) }
            td {
                details.ending {
                    summary aria-label=(lang.merge_with(&likely.name)) { (lang.merge_here()) }
                    form method="post" action={ (at) "/merge" } {
                        (csrf_field(csrf))
                        input type="hidden" name="into" value=(likely.id);
                        p.small { (lang.merge_forever()) }
                        button.danger { (lang.merge_with(&likely.name)) }
                    }
                }
            }
        }
    }
}
