//! The list of producers, with the form that it is asked for with.

use maud::{Markup, html};
use web::Lang;
use web::form::{Field, select};
use web::format::count_text;
use web::fragment::{Tone, chip, message};

use super::{LAPSING_DAYS, ProducerOfList, ProducersQuery, ProducersReport};
use crate::web::lists::pager;
use crate::web::producer_list_texts::ProducerListTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sales_texts::SalesTexts;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// An administrator looks.
    pub may_act: bool,
    /// What was asked for.
    pub query: &'a ProducersQuery,
    /// Communes that are in use.
    pub communes: &'a [String],
    /// The producers.
    pub report: &'a ProducersReport,
    /// What just happened.
    pub told: Option<(Tone, String)>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if let Some((tone, words)) = &self.told { (message(*tone, words)) }
            p.mute { (lang.producers_about()) }
            (self.filters())
            (self.list())
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let communes = self.communes.iter().map(|name| (name.as_str(), name.as_str()));
        let communes: Vec<(&str, &str)> =
            std::iter::once(("", lang.products_any())).chain(communes).collect();
        let preset = |code: &str, words: &str| {
            let is_here = query.which == code;
            html! { a href=(query.with_which(code)) aria-current=[is_here.then_some("true")] { (words) } }
        };
        html! {
            form.filters method="get" action="/producers" role="search" {
                div {
                    nav.presets aria-label=(lang.producers_which()) {
                        (preset("", lang.producers_all()))
                        (preset("provisional", lang.producers_provisional()))
                        (preset("same", lang.producers_same()))
                        a href=(Place::Places.href()) { (Place::Places.words(lang)) }
                    }
                    div.actions {
                        a.button href=(query.href_with(".xlsx")) { (lang.filter_xlsx()) }
                        a.button href=(query.href_with(".csv")) { (lang.filter_csv()) }
                        @if self.may_act { a.button.primary href="/producers/new" { (lang.producer_new()) } }
                    }
                }
                div {
                    @if !query.which.is_empty() { input type="hidden" name="which" value=(query.which); }
                    (Field { value: &query.q, is_required: false, ..Field::new("q", lang.producers_find()) }.render())
                    (select("commune", lang.products_commune(), &communes, &query.commune, None))
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn list(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                div.head {
                    h2 { (lang.producers_list()) }
                    span.mute { (lang.producers_count(count_text(report.producer_count))) }
                }
                @if report.producers.is_empty() { p { (lang.producers_none()) } } @else {
                    div.table.folds { table {
                        thead { tr {
                            th { (lang.column_producer()) } th { (lang.products_commune()) }
                            th { (lang.producer_column_phone()) } th.n { (lang.producer_column_products()) }
                            th.n { (lang.producer_column_lapsing(LAPSING_DAYS)) }
                            @if self.may_act { th { (lang.producer_edit()) } }
                        } }
                        tbody { @for producer in &report.producers { (self.row(producer)) } }
                    } }
                    (pager(lang, lang.producers_list(), (report.page_before, report.page_after), |field, id| {
                        self.query.href(field, id)
                    }))
                }
            }
        }
    }

    fn row(&self, producer: &ProducerOfList) -> Markup {
        let lang = self.lang;
        let products = format!("/products?producer={}", producer.producer_id);
        html! {
            tr {
                td {
                    (producer.name)
                    @if producer.is_provisional { " " (chip(Tone::Warn, lang.producer_added_by_store())) }
                    @if let Some(other) = &producer.same_as { " " (chip(Tone::Quiet, &lang.producer_is_same(other))) }
                    @if let Some(store) = &producer.store { small { (lang.producer_added_by(store)) } }
                }
                td { (producer.commune) }
                td { (producer.phone) }
                td.n {
                    @if producer.product_count > 0 { a href=(products) { (count_text(producer.product_count)) } } @else { "0" }
                }
                td.n {
                    @if producer.lapsing_count > 0 {
                        a href={ (products) "&lapse=" (LAPSING_DAYS) } { (count_text(producer.lapsing_count)) }
                    } @else { "–" }
                }
                @if self.may_act {
                    td {
                        a href={ "/producers/" (producer.producer_id) "/edit" } aria-label=(lang.producer_edit_of(&producer.name)) {
                            (lang.producer_edit())
                        }
                    }
                }
            }
        }
    }
}
