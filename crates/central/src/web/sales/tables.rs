//! The tables of the report: by product, by store, by category.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::format::{change_per_mille, compact_vnd, count_text, percent_text};
use web::fragment::{change, stars};

use super::filter::{Counted, Filter};
use super::report::{GroupOfSales, ProductOfSales, SalesReport};
use super::sort::Column;
use super::words::{against_words, category_words, dimension_words, group_words};
use crate::db::sales::Dimension;
use crate::web::sales_texts::SalesTexts;
use crate::web::shell::pager;
use crate::web::texts::CentralTexts;

/// The products, a page of them, with the sums of all.
pub fn products(lang: Lang, filter: &Filter, report: &SalesReport) -> Markup {
    let total_vnd = report.totals.revenue_vnd;
    html! {
        section.card {
            div.head { h2 { (lang.by_product()) } span.mute { (lang.product_count(count(report.product_count))) } }
            @if report.products.is_empty() { (nothing(lang)) } @else {
                div.table {
                    table {
                        thead { tr {
                            (head(lang.column_product(), filter, Column::Name))
                            (head(lang.column_producer(), filter, Column::Producer))
                            (head(lang.column_quantity(), filter, Column::Quantity))
                            (head(lang.column_revenue(), filter, Column::Revenue))
                            th.n { (against_words(lang, filter.against)) }
                            (head(lang.column_receipts(), filter, Column::Receipts))
                            th.n.roomy { (lang.column_share()) }
                        } }
                        tbody { @for product in &report.products { (row(lang, filter, product, total_vnd)) } }
                        tfoot { tr {
                            td { (lang.total()) } td.roomy {} td {}
                            td.n { (Money::new(total_vnd)) }
                            td.n { (compared(lang, total_vnd, report.before.map(|sums| sums.revenue_vnd))) }
                            td.n.roomy { @if let Some(receipts) = report.totals.receipt_count { (count_text(receipts)) } }
                            td.n.roomy { @if total_vnd > 0 { (percent_text(1_000)) } }
                        } }
                    }
                }
                (pager(lang, lang.by_product(), (report.page, report.pages), |page| filter.on_page(page).href()))
            }
        }
    }
}

fn row(lang: Lang, filter: &Filter, product: &ProductOfSales, total_vnd: i64) -> Markup {
    let own = Filter { product: Some(product.product_id), page: 1, ..filter.clone() };
    html! {
        tr {
            td { a href=(own.href()) { (product.name) } (stars(lang, product.stars)) " " span.aside { (product.unit) } }
            td.mute.roomy { (product.producer.as_deref().unwrap_or("–")) }
            td.n { (product.quantity()) }
            td.n { (product.revenue()) }
            td.n { (compared(lang, product.revenue_vnd, product.before_vnd)) }
            td.n.roomy { @match product.receipt_count { Some(receipts) => (count_text(receipts)), None => "–" } }
            td.n.roomy { (share_text(product.revenue_vnd, total_vnd)) }
        }
    }
}

fn head(words: &str, filter: &Filter, column: Column) -> Markup {
    let is_here = filter.sort.column == column;
    let (name, sign) =
        if filter.sort.is_ascending() { ("ascending", " ▲") } else { ("descending", " ▼") };
    html! {
        th.n[!column.is_text()].roomy[is_roomy(column)] aria-sort=[is_here.then_some(name)] {
            a href=(filter.sorted(column).href()) { (words) @if is_here { span aria-hidden="true" { (sign) } } }
        }
    }
}

/// Columns that a phone has no room for.
const fn is_roomy(column: Column) -> bool {
    matches!(column, Column::Producer | Column::Receipts)
}

/// The stores; a store leads to its own report.
pub fn stores(lang: Lang, filter: &Filter, report: &SalesReport) -> Markup {
    let most_vnd = report.stores.iter().map(|store| store.revenue_vnd).max().unwrap_or_default();
    html! {
        section.card {
            h2 { (lang.by_store()) }
            div.table { table {
                thead { tr {
                    th { (lang.column_store()) } th.roomy { span.hidden { (lang.column_share()) } }
                    th.n.roomy { (lang.column_receipts()) } th.n { (lang.column_revenue()) }
                    th.n { (lang.column_against()) }
                } }
                tbody { @for store in &report.stores {
                    @let own = Filter { store: Some(store.store_id), page: 1, ..filter.clone() };
                    tr {
                        td { a href=(own.href()) { (store.name) } }
                        td.roomy { (meter(store.revenue_vnd, most_vnd)) }
                        td.n.roomy { @match store.receipt_count { Some(receipts) => (count_text(receipts)), None => "–" } }
                        td.n {
                            (compact_vnd(store.revenue_vnd, lang))
                            small { (share_text(store.revenue_vnd, report.totals.revenue_vnd)) }
                        }
                        td.n { (compared(lang, store.revenue_vnd, store.before_vnd)) }
                    }
                } }
            } }
        }
    }
}

/// The categories, each đồng once or for all holders; a category leads to its own report.
pub fn categories(lang: Lang, filter: &Filter, report: &SalesReport) -> Markup {
    let most_vnd = report.categories.iter().map(|category| category.revenue_vnd).max().unwrap_or_default();
    html! {
        section.card {
            div.head {
                h2 { (lang.by_category()) }
                nav.presets aria-label=(lang.counted_label()) {
                    @for counted in Counted::ALL {
                        a href=(Filter { counted, page: 1, ..filter.clone() }.href()) aria-current=[(counted == filter.counted).then_some("true")] {
                            @match counted { Counted::Leading => (lang.counted_leading()), Counted::Holders => (lang.counted_holders()) }
                        }
                    }
                }
            }
            @if filter.counted == Counted::Holders { p.mute { (lang.counted_more()) } }
            @if report.categories.is_empty() { (nothing(lang)) } @else {
                div.table { table {
                    thead { tr {
                        th { (lang.column_category()) } th.roomy { span.hidden { (lang.column_share()) } }
                        th.n.roomy { (lang.column_product()) } th.n { (lang.column_revenue()) }
                        th.n { (lang.column_against()) }
                    } }
                    tbody { @for category in &report.categories {
                        @let code = category.category.as_deref();
                        @let own = code.and_then(domain::catalog::Category::from_code);
                        tr {
                            td {
                                @if own.is_some() {
                                    a href=(Filter { category: own, page: 1, ..filter.clone() }.href()) { (category_words(lang, code)) }
                                } @else { (category_words(lang, code)) }
                            }
                            td.roomy { (meter(category.revenue_vnd, most_vnd)) }
                            td.n.roomy { (count_text(category.product_count)) }
                            td.n {
                                (compact_vnd(category.revenue_vnd, lang))
                                small { (share_text(category.revenue_vnd, report.totals.revenue_vnd)) }
                            }
                            td.n { (compared(lang, category.revenue_vnd, category.before_vnd)) }
                        }
                    } }
                } }
            }
        }
    }
}

/// Producers, communes, groups or stars, beside the period that it is compared with.
pub fn groups(lang: Lang, filter: &Filter, report: &SalesReport) -> Markup {
    let most_vnd = report.groups.iter().map(|group| group.revenue_vnd).max().unwrap_or_default();
    html! {
        section.card {
            div.head {
                h2 #by { (lang.by_more()) }
                nav.presets aria-labelledby="by" {
                    @for by in Dimension::ALL {
                        a href={ (Filter { by, page: 1, ..filter.clone() }.href()) "#by" } aria-current=[(by == filter.by).then_some("true")] {
                            (dimension_words(lang, by))
                        }
                    }
                }
            }
            @if report.groups.is_empty() { (nothing(lang)) } @else {
                div.table { table {
                    thead { tr {
                        th { (dimension_words(lang, filter.by)) } th.roomy { span.hidden { (lang.column_share()) } }
                        th.n.roomy { (lang.column_products()) } th.n { (lang.column_revenue()) }
                        th.n { (against_words(lang, filter.against)) } th.n.roomy { (lang.column_share()) }
                    } }
                    tbody { @for group in &report.groups { (group_row(lang, (filter, report), group, most_vnd)) } }
                } }
            }
        }
    }
}

fn group_row(
    lang: Lang,
    (filter, report): (&Filter, &SalesReport),
    group: &GroupOfSales,
    most_vnd: i64,
) -> Markup {
    let words = group_words(lang, filter.by, group.name.as_deref(), &report.product_groups);
    html! {
        tr {
            td {
                @match filter.of_part(filter.by, group.key.as_deref()) {
                    Some(own) => a href=(own.href()) { (words) },
                    None => (words),
                }
            }
            td.roomy { (meter(group.revenue_vnd, most_vnd)) }
            td.n.roomy { (count_text(group.product_count)) }
            td.n { (Money::new(group.revenue_vnd)) }
            td.n { (compared(lang, group.revenue_vnd, group.before_vnd)) }
            td.n.roomy { (share_text(group.revenue_vnd, report.totals.revenue_vnd)) }
        }
    }
}

/// How much more or less it is than in the period that it is compared with, and what that was.
fn compared(lang: Lang, now_vnd: i64, before_vnd: Option<i64>) -> Markup {
    html! {
        @match before_vnd {
            Some(before_vnd @ 1..) => { (change(lang, change_per_mille(now_vnd, before_vnd))) small { (compact_vnd(before_vnd, lang)) } },
            _ => "–",
        }
    }
}

fn nothing(lang: Lang) -> Markup {
    html! { p { (lang.nothing_sold()) } p.mute { (lang.nothing_sold_hint()) } }
}

/// A bar beside a figure that is written too.
fn meter(vnd: i64, most_vnd: i64) -> Markup {
    let width = per_mille(vnd, most_vnd).unwrap_or_default().clamp(0, 1_000);
    html! {
        svg.meter viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(width) height="10" {} }
    }
}

fn share_text(vnd: i64, total_vnd: i64) -> String {
    per_mille(vnd, total_vnd).map_or_else(|| "–".to_owned(), percent_text)
}

/// Returns a part in thousandths, rounded half up; `None` of nothing.
fn per_mille(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    i64::try_from((part * 1_000 + whole / 2).div_euclid(whole)).ok()
}

fn count(count: usize) -> String {
    count_text(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded() {
        for (part, whole, expected) in [
            (1, 3, "33,3 %"),
            (2, 3, "66,7 %"),
            (0, 5, "0 %"),
            (5, 5, "100 %"),
            (5, 0, "–"),
            (-1, 4, "-25 %"),
        ] {
            assert_eq!(share_text(part, whole), expected, "{part} of {whole}");
        }
        assert_eq!(share_text(i64::MAX, 1), "–", "more than can be written");
    }
}
