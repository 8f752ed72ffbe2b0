//! The list of products with the papers that must be brought, and the form that it is asked for with.

use domain::recognition::WARNING_DAYS;
use maud::{Markup, html};
use web::Lang;
use web::form::{Field, datalist, select};
use web::format::{count_text, date_text};
use web::fragment::{Tone, chip, message};

use super::filter::{ANY_STATE, DossiersQuery};
use super::report::{DossierOfList, DossiersReport, KindOfList};
use crate::web::lists::pager;
use crate::web::paper_texts::PaperTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::products::page::days_words;
use crate::web::texts::CentralTexts;

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Groups: code and name.
    pub groups: Vec<(String, String)>,
    /// Kinds of papers: code and name.
    pub kinds: Vec<(String, String)>,
    /// Names of producers.
    pub producers: Vec<String>,
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// What was asked for.
    pub query: &'a DossiersQuery,
    /// What can be chosen.
    pub choices: &'a Choices,
    /// The products; none when what was asked for does not exist.
    pub report: Option<&'a DossiersReport>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            nav.presets aria-label=(lang.products_beside()) {
                a href="/products" { (lang.page_products()) }
                a href="/dossiers/kinds" { (lang.dossiers_kinds()) }
            }
            p.mute { (lang.dossiers_about()) }
            (self.filters())
            @match self.report {
                Some(report) => (self.list(report)),
                None => (message(Tone::Bad, lang.dossiers_wrong())),
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let preset = |state: &str, words: &str| {
            let is_here = query.state == state;
            html! { a href=(query.with_state(state).href("", None)) aria-current=[is_here.then_some("true")] { (words) } }
        };
        html! {
            form.filters method="get" action="/dossiers" role="search" {
                div {
                    nav.presets aria-label=(lang.dossiers_state()) {
                        (preset("", lang.dossiers_gap()))
                        (preset("missing", lang.dossiers_missing()))
                        (preset("lapsed", lang.dossiers_lapsed()))
                        @for days in WARNING_DAYS.into_iter().rev() {
                            (preset(&days.to_string(), &lang.dossiers_lapsing(days)))
                        }
                        (preset(ANY_STATE, lang.dossiers_any()))
                    }
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.download_xlsx()) }
                        a.button href=(query.href(".csv", None)) { (lang.download_csv()) }
                    }
                }
                div {
                    @if !query.state.is_empty() { input type="hidden" name="state" value=(query.state); }
                    (self.fields())
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn fields(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let groups = self.choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str()));
        let kinds = self.choices.kinds.iter().map(|(code, name)| (code.as_str(), name.as_str()));
        let text = |name, label, value| Field { value, is_required: false, ..Field::new(name, label) };
        html! {
            (text("q", lang.dossiers_find(), &query.q).render())
            (select("kind", lang.dossiers_kind(), &with_any(lang, kinds), &query.kind, None))
            (select("group", lang.products_group(), &with_any(lang, groups), &query.group, None))
            (Field { list: Some("producers"), ..text("producer", lang.products_producer(), &query.producer) }.render())
            (datalist("producers", &self.choices.producers))
        }
    }

    fn list(&self, report: &DossiersReport) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                div.head {
                    h2 { (lang.dossiers_list()) }
                    span.mute { (lang.products_count(count_text(report.product_count))) }
                }
                @if report.products.is_empty() {
                    p { (if self.query.text().is_empty() { lang.dossiers_none_gap() } else { lang.dossiers_none() }) }
                } @else {
                    div.table.folds { table {
                        thead { tr { th { (lang.column_product()) } th { (lang.column_producer()) } th { (lang.column_papers()) } } }
                        tbody { @for product in &report.products { (self.row(product)) } }
                    } }
                    (pager(lang, lang.dossiers_list(), (report.page_before, report.page_after), |field, id| {
                        self.query.href("", Some((field, id)))
                    }))
                }
            }
        }
    }

    fn row(&self, product: &DossierOfList) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td { a href={ "/products/" (product.product_id) "#dossier" } { (product.name) } small { (product.sku) } }
                td { (product.producer.as_deref().unwrap_or("–")) }
                td.wordy { @for kind in &product.papers { div { (kind.name(lang)) " " (state_chip(lang, kind)) } } }
            }
        }
    }
}

fn with_any<'a>(
    lang: Lang,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("", lang.dossiers_any())).chain(options).collect()
}

/// Writes how a kind of paper stands.
pub fn state_words(lang: Lang, state: &str) -> &'static str {
    match state {
        "missing" => lang.standing_missing(),
        "lapsed" => lang.standing_lapsed(),
        _ => lang.standing_in_force(),
    }
}

/// The same with its day, as a sign and words.
pub fn state_chip(lang: Lang, kind: &KindOfList) -> Markup {
    match (kind.state.as_str(), kind.until, kind.days_left) {
        ("missing", ..) => chip(Tone::Bad, lang.standing_missing()),
        ("lapsed", Some(day), _) => chip(Tone::Bad, &lang.standing_lapsed_on(date_text(day))),
        ("lapsing", Some(day), Some(left)) => html! {
            (chip(Tone::Warn, &lang.standing_until(date_text(day)))) small { (days_words(lang, left)) }
        },
        (_, Some(day), _) => chip(Tone::Good, &lang.standing_until(date_text(day))),
        _ => chip(Tone::Good, lang.standing_open()),
    }
}
