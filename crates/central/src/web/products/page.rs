//! The list of products and the form that it is asked for with.

use domain::catalog::Category;
use domain::recognition::WARNING_DAYS;
use maud::{Markup, html};
use web::Lang;
use web::form::{Field, select};
use web::format::{count_text, date_text};
use web::fragment::{Tone, chip, message, stars};

use super::filter::{ANY_STATUS, NOTHING, ProductsQuery, STATUSES};
use super::report::{HeldOfProduct, ProductOfList, ProductsReport};
use crate::db::products::UNPRICED;
use crate::web::bulk_texts::BulkTexts;
use crate::web::lists::pager;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// Days before the end from which on a row is marked.
pub const MARKED_DAYS: i64 = 90;

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Groups: code and name.
    pub groups: Vec<(String, String)>,
    /// Communes that are in use.
    pub communes: Vec<String>,
    /// Communes of today, which forms offer.
    pub units: Vec<String>,
    /// Names of producers.
    pub producers: Vec<String>,
    /// The name of the producer that is picked by id.
    pub picked_producer: Option<String>,
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// Somebody who keeps the catalogue looks.
    pub may_act: bool,
    /// And who may bring lists.
    pub may_import: bool,
    /// What was asked for.
    pub query: &'a ProductsQuery,
    /// What can be chosen.
    pub choices: &'a Choices,
    /// The products; none when what was asked for does not exist.
    pub report: Option<&'a ProductsReport>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        html! {
            nav.presets aria-label=(self.lang.products_beside()) {
                @for place in [Place::ProductGroups, Place::Standards, Place::Dossiers, Place::Nominations, Place::Provisional, Place::Scans] {
                    a href=(place.href()) { (place.words(self.lang)) }
                }
                @if self.may_import { a href=(Place::Imports.href()) { (Place::Imports.words(self.lang)) } }
            }
            (self.filters())
            @match self.report {
                Some(report) => (self.list(report)),
                None => (message(Tone::Bad, self.lang.products_wrong())),
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let days = query.lapse_days().ok().flatten();
        let preset = |chosen: Option<i64>, words: &str| {
            let is_here = days == chosen;
            html! {
                a href=(query.with_lapse(chosen).href("", None)) aria-current=[is_here.then_some("true")] { (words) }
            }
        };
        html! {
            form.filters method="get" action="/products" role="search" {
                div {
                    nav.presets aria-label=(lang.products_lapse_label()) {
                        (preset(None, lang.products_lapse_any()))
                        @for each in WARNING_DAYS.into_iter().rev() {
                            (preset(Some(each), &lang.products_lapse(each)))
                        }
                    }
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.download_xlsx()) }
                        a.button href=(query.href(".csv", None)) { (lang.download_csv()) }
                        @if self.may_act { a.button.primary href="/products/new" { (lang.product_new()) } }
                    }
                }
                div {
                    @if !query.lapse.is_empty() { input type="hidden" name="lapse" value=(query.lapse); }
                    (self.fields())
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn fields(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let groups = self.choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str()));
        let communes = self.choices.communes.iter().map(|name| (name.as_str(), name.as_str()));
        let standings = Category::ALL.map(|each| (each.code(), category_words(lang, Some(each.code()))));
        let standings = standings.into_iter().chain([(NOTHING, lang.category_none())]);
        let ranks = [5, 4, 3, 2, 1].map(|count: u8| (count.to_string(), lang.products_n_stars(count)));
        let ranks = ranks.iter().map(|(count, words)| (count.as_str(), words.as_str()));
        // Without a word for it, what is on sale is shown.
        let statuses = STATUSES.map(|code| (code, status_words(lang, code)));
        let statuses = statuses.into_iter().chain([(ANY_STATUS, lang.products_any())]);
        let status = if query.status.is_empty() { STATUSES[0] } else { &query.status };
        let producer = self.choices.picked_producer.as_deref().unwrap_or(&query.producer);
        let text = |name, label, value| Field { value, is_required: false, ..Field::new(name, label) };
        html! {
            (text("q", lang.products_find(), &query.q).render())
            (select("group", lang.products_group(), &with_any(lang, groups), &query.group, None))
            (select("category", lang.products_standing(), &with_any(lang, standings), &query.category, None))
            (select("stars", lang.products_stars(), &with_any(lang, ranks), &query.stars, None))
            (Field { list: Some("producers"), ..text("producer", lang.products_producer(), producer) }.render())
            (web::form::datalist("producers", &self.choices.producers))
            (select("commune", lang.products_commune(), &with_any(lang, communes), &query.commune, None))
            (select("status", lang.products_status(), &statuses.collect::<Vec<_>>(), status, None))
        }
    }

    fn list(&self, report: &ProductsReport) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                div.head {
                    h2 { (lang.products_list()) }
                    span.mute { (lang.products_count(count_text(report.product_count))) }
                }
                @if report.unpriced_count > 0 && self.query.status != UNPRICED {
                    p { a href={ "/products?status=" (UNPRICED) } { (lang.products_unpriced(count_text(report.unpriced_count))) } }
                }
                @if report.products.is_empty() {
                    p { (lang.products_none()) } p.mute { (lang.products_none_hint()) }
                } @else {
                    @let table = html! { div.table.folds { table {
                        thead { tr {
                            @if self.may_act { th { span.hidden { (lang.bulk_pick_column()) } } }
                            th { (lang.column_product()) } th { (lang.product_column_code()) }
                            th.n { (lang.product_column_price()) } th { (lang.column_producer()) }
                            th { (lang.product_column_held()) }
                        } }
                        tbody { @for product in &report.products { (self.row(product)) } }
                    } } };
                    @if self.may_act { (self.choosing(report, &table)) } @else { (table) }
                    (pager(lang, lang.products_list(), (report.page_before, report.page_after), |field, id| {
                        self.query.href("", Some((field, id)))
                    }))
                }
            }
        }
    }

    /// The list with a tick in each row, and the way to change those that are ticked, or all of the filter.
    fn choosing(&self, report: &ProductsReport, table: &Markup) -> Markup {
        let lang = self.lang;
        html! {
            form method="get" action="/products/bulk" {
                @for (name, value) in self.query.pairs() { input type="hidden" name=(name) value=(value); }
                (table)
                div.pager {
                    label.tick { input type="checkbox" name="all" value="yes"; " " (lang.bulk_all(count_text(report.product_count))) }
                    button { (lang.bulk_open()) }
                }
            }
        }
    }

    fn row(&self, product: &ProductOfList) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                @if self.may_act {
                    td { input type="checkbox" name="product" value=(product.product_id) aria-label=(lang.bulk_pick(&product.name)); }
                }
                td {
                    a href={ "/products/" (product.product_id) } { (product.name) (stars(lang, product.stars)) }
                    small { (product.unit) }
                }
                td {
                    (product.sku)
                    @if product.status != STATUSES[0] || product.is_combo { " " (marks(lang, product)) }
                }
                td.n {
                    @match product.price() {
                        Some(price) => (price),
                        None if self.may_act && product.status == UNPRICED => {
                            a href={ "/products/" (product.product_id) "/edit" } { (lang.price_enter()) }
                        }
                        None => (lang.price_none()),
                    }
                }
                td { (product.producer.as_deref().unwrap_or("–")) small { (product.commune) } }
                td { @for held in &product.held { div { (held_words(lang, held)) } } }
            }
        }
    }
}

/// Puts the choice of everything first.
fn with_any<'a>(
    lang: Lang,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("", lang.products_any())).chain(options).collect()
}

fn marks(lang: Lang, product: &ProductOfList) -> Markup {
    html! {
        @if product.is_combo { (chip(Tone::Quiet, lang.product_combo())) " " }
        @if product.status != STATUSES[0] { (chip(Tone::Quiet, status_words(lang, &product.status))) }
    }
}

/// Writes a state of a product.
pub fn status_words(lang: Lang, code: &str) -> &'static str {
    match code {
        "active" => lang.status_active(),
        UNPRICED => lang.status_unpriced(),
        "retired" => lang.status_retired(),
        _ => lang.status_provisional(),
    }
}

/// Writes until when a recognition holds, with a sign when that is soon.
pub fn held_words(lang: Lang, held: &HeldOfProduct) -> Markup {
    let words = category_words(lang, Some(&held.category));
    html! {
        @match (held.until, held.days_left) {
            (Some(until), Some(days)) => {
                (lang.held_until(words, date_text(until)))
                @if days <= MARKED_DAYS {
                    " " (chip(Tone::Warn, &days_words(lang, days)))
                }
            }
            _ => (lang.held_open(words)),
        }
    }
}

/// Writes how many days are left.
pub fn days_words(lang: Lang, days: i64) -> String {
    if days == 0 { lang.last_day_today().to_owned() } else { lang.days_left(count_text(days)) }
}
