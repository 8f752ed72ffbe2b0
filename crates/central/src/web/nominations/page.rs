//! The list of nominations and the form that it is asked for with.

use domain::nomination::{Answer, Stage};
use maud::{Markup, html};
use web::Lang;
use web::form::{Field, select};
use web::format::{count_text, date_text, local_date};
use web::fragment::{Tone, message};

use super::filter::NominationsQuery;
use super::report::{NominationOfList, NominationsReport};
use super::words::{SECTIONS, answer_words, section_words, stage_chip, stage_words};
use crate::web::lists::pager;
use crate::web::nomination_texts::NominationTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// What was asked for.
    pub query: &'a NominationsQuery,
    /// The nominations; none when what was asked for does not exist.
    pub report: Option<&'a NominationsReport>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            nav.presets aria-label=(lang.products_beside()) { a href="/products" { (lang.page_products()) } }
            p.mute { (lang.nominations_about()) }
            (self.filters())
            @match self.report {
                Some(report) => (self.list(report)),
                None => (message(Tone::Bad, lang.nominations_wrong())),
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let stages = Stage::ALL.map(|each| (each.code(), stage_words(lang, each.code())));
        let sections = SECTIONS.map(|each| (each.code(), section_words(lang, each.code())));
        let answers = Answer::ALL.map(|each| (each.code(), answer_words(lang, each.code())));
        html! {
            form.filters method="get" action="/nominations" role="search" {
                div {
                    span {}
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.download_xlsx()) }
                        a.button href=(query.href(".csv", None)) { (lang.download_csv()) }
                    }
                }
                div {
                    (Field { value: &query.q, is_required: false, ..Field::new("q", lang.nominations_find()) }.render())
                    (select("stage", lang.nominations_stage(), &with_any(lang, &stages), &query.stage, None))
                    (select("section", lang.nominations_section(), &with_any(lang, &sections), &query.section, None))
                    (select("answer", lang.nominations_answer(), &with_any(lang, &answers), &query.answer, None))
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn list(&self, report: &NominationsReport) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                div.head {
                    h2 { (lang.nominations_list()) }
                    span.mute { (lang.nominations_count(count_text(report.nomination_count))) }
                }
                @if report.nominations.is_empty() {
                    p { (lang.nominations_none()) } p.mute { (lang.nominations_none_hint()) }
                } @else {
                    div.table.folds { table {
                        thead { tr {
                            th { (lang.column_product()) } th { (lang.nominations_section()) }
                            th { (lang.nominations_stage()) } th { (lang.nominations_answer()) }
                        } }
                        tbody { @for row in &report.nominations { (self.row(row)) } }
                    } }
                    (pager(lang, lang.nominations_list(), (report.page_before, report.page_after), |field, id| {
                        self.query.href("", Some((field, id)))
                    }))
                }
            }
        }
    }

    fn row(&self, row: &NominationOfList) -> Markup {
        let lang = self.lang;
        let counts = [row.accepted_count, row.declined_count, row.waiting_count].map(count_text);
        let [accepted, declined, waiting] = counts;
        html! {
            tr {
                td {
                    a href={ "/nominations/" (row.nomination_id) } { (row.name) }
                    small { (row.sku) @if let Some(producer) = &row.producer { " · " (producer) } }
                }
                td { (section_words(lang, &row.section)) small { (date_text(local_date(row.nominated_at_ms))) } }
                td.wordy { (stage_chip(lang, &row.stage)) @if !row.said.is_empty() { small { (row.said) } } }
                td { @if row.stage == Stage::Passed.code() { (lang.answers_count(accepted, declined, waiting)) } @else { "–" } }
            }
        }
    }
}

fn with_any<'a>(lang: Lang, options: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("", lang.nominations_any())).chain(options.iter().copied()).collect()
}
