//! The page of a period's comparison.

use domain::Money;
use domain::report_period::ReportPeriod;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::form::select;
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::load::{Choices, Wanted};
use super::report::{Line, LineOfReport, PartOfLine, ReconciliationReport, Side};
use super::words::{amount_text, line_about, line_words, measure_of, part_words};
use super::{file, gap_href, query_of};
use crate::web::reconciliation_texts::ReconciliationTexts;
use crate::web::sheet_file;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// Today in Vietnam.
    pub today: Date,
    /// What was asked for.
    pub wanted: Wanted,
    /// What can be asked for.
    pub choices: &'a Choices,
    /// What was found.
    pub report: &'a ReconciliationReport,
    /// The reader may take the pack of the period.
    pub has_pack: bool,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            p.mute { (lang.reconciliation_about()) }
            (self.form())
            p.fresh {
                span {
                    strong { (period_words(lang, self.wanted.period)) } " · "
                    (lang.range(date_text(report.days_of.from), date_text(report.days_of.to))) " · "
                    (report.store.as_ref().unwrap_or(&report.operator)) " · "
                    (lang.stores_reported(report.freshness.reported, report.freshness.stores))
                }
            }
            (self.warnings())
            (lines(lang, report, |line| Some(gap_href(self.wanted, line, None))))
            div.columns { @for line in &report.lines { (parts(lang, line)) } }
        }
    }

    fn warnings(&self) -> Markup {
        html! {
            @if !self.report.is_over { (message(Tone::Quiet, self.lang.reconciliation_running())) }
            @if self.report.suspended_vnd != 0 {
                (message(Tone::Warn, &self.lang.reconciliation_suspended(Money::new(self.report.suspended_vnd))))
            }
        }
    }

    fn form(&self) -> Markup {
        let lang = self.lang;
        let periods: Vec<(String, String)> = periods(self.today, self.wanted.period)
            .into_iter()
            .map(|period| (period.code(), period_words(lang, period)))
            .collect();
        let periods: Vec<(&str, &str)> =
            periods.iter().map(|(code, words)| (code.as_str(), words.as_str())).collect();
        let named = |(id, name): &(String, String)| (id.clone(), name.clone());
        let operators: Vec<_> =
            self.choices.operators.iter().map(|(id, name)| named(&(id.to_string(), name.clone()))).collect();
        let operators: Vec<(&str, &str)> =
            operators.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
        let stores: Vec<_> =
            self.choices.stores.iter().map(|(id, name)| named(&(id.to_string(), name.clone()))).collect();
        let all = std::iter::once(("", lang.reconciliation_all_stores()));
        let stores: Vec<(&str, &str)> =
            all.chain(stores.iter().map(|(id, name)| (id.as_str(), name.as_str()))).collect();
        let store = self.wanted.store.map(|id| id.to_string()).unwrap_or_default();
        let query = query_of(self.wanted);
        html! {
            form.filters method="get" action=(Place::Reconciliation.href()) role="search" {
                div {
                    (select("period", lang.reconciliation_period(), &periods, &self.wanted.period.code(), None))
                    (select("operator", lang.reconciliation_operator(), &operators, &self.choices.operator.to_string(), None))
                    (select("store", lang.filter_store(), &stores, &store, None))
                    button.primary { (lang.filter_show()) }
                }
                div.actions {
                    (sheet_file::links_of(lang, Place::Reconciliation.href(), &query, &file::names(lang)))
                    @if self.has_pack { a.button href={ (Place::Reconciliation.href()) ".zip?" (query) } { (lang.reconciliation_pack()) } }
                    button type="button" data-print { (lang.filter_print()) }
                }
            }
        }
    }
}

/// The periods of this year and the one before that have begun, and the one that is shown; the latest years first.
fn periods(today: Date, shown: ReportPeriod) -> Vec<ReportPeriod> {
    let years = [today.year() + 1, today.year(), today.year() - 1];
    let mut all: Vec<ReportPeriod> = years.into_iter().flat_map(ReportPeriod::of_year).collect();
    all.retain(|period| period.days(domain::report_period::Cutoff::Decree09).from <= today);
    if !all.contains(&shown) {
        all.push(shown);
    }
    all
}

/// Writes a period's name.
pub fn period_words(lang: Lang, period: ReportPeriod) -> String {
    match lang {
        Lang::Vi => period.name(),
        Lang::En => period.name_en(),
    }
}

/// The five lines as one table; `href` leads to the entries of one, where pages can be asked for.
pub fn lines(lang: Lang, report: &ReconciliationReport, href: impl Fn(Line) -> Option<String>) -> Markup {
    html! {
        section.card {
            h2 { (lang.reconciliation_lines()) }
            div.table { table {
                thead { tr {
                    th scope="col" { (lang.column_line()) } th.n.roomy scope="col" { (lang.column_book()) }
                    th.n.roomy scope="col" { (lang.column_found()) } th.n scope="col" { (lang.column_difference()) }
                } }
                tbody { @for row in &report.lines {
                    @if let Some(line) = Line::from_code(row.line) { (self::line(lang, line, row, href(line))) }
                } }
            } }
        }
    }
}

fn line(lang: Lang, line: Line, row: &LineOfReport, href: Option<String>) -> Markup {
    html! {
        tr {
            td {
                @match href {
                    Some(href) => a href=(href) title=(lang.reconciliation_open_line(line_words(lang, line))) { strong { (line_words(lang, line)) } },
                    None => strong { (line_words(lang, line)) },
                }
            }
            td.n.roomy { (amount_text(row.measure, row.book)) } td.n.roomy { (amount_text(row.measure, row.found)) }
            td.n {
                @if is_not_due(line, row) { "–" }
                @else if row.difference == 0 { (chip(Tone::Good, lang.reconciliation_agrees())) }
                @else { strong { (amount_text(row.measure, row.difference)) } }
            }
        }
    }
}

/// No sale of the operator needs an invoice, so none was compared.
fn is_not_due(line: Line, row: &LineOfReport) -> bool {
    line == Line::Invoices && row.book == 0
}

/// What a line is made of.
pub fn parts(lang: Lang, row: &LineOfReport) -> Markup {
    let Some(line) = Line::from_code(row.line) else { return html! {} };
    html! {
        section.card {
            h2 { (line_words(lang, line)) }
            p.mute { (if is_not_due(line, row) { lang.about_invoices_not_due() } else { line_about(lang, line) }) }
            div.table { table {
                thead { tr { th scope="col" { (lang.reconciliation_part()) } th.n scope="col" { (lang.reconciliation_amount()) } } }
                tbody {
                    (side(lang, row, (Side::Book, lang.column_book()), Some(row.book)))
                    (side(lang, row, (Side::Found, lang.column_found()), Some(row.found)))
                    (side(lang, row, (Side::Beside, lang.reconciliation_beside()), None))
                }
            } }
        }
    }
}

/// A side with its sum and its parts; without a sum only where it has parts.
fn side(lang: Lang, row: &LineOfReport, (side, words): (Side, &str), sum: Option<i64>) -> Markup {
    let parts: Vec<&PartOfLine> =
        row.parts.iter().filter(|part| part.side == side && is_shown(part)).collect();
    html! {
        @if let Some(sum) = sum {
            tr { td { strong { (words) } } td.n { strong { (amount_text(row.measure, sum)) } } }
        } @else if !parts.is_empty() {
            tr { td colspan="2" { strong { (words) } } }
        }
        @for part in parts {
            tr { td.mute { (part_words(lang, part.part)) } td.n { (amount_text(measure_of(row.measure, part), part.amount)) } }
        }
    }
}

/// Nothing of a cause that did not happen.
fn is_shown(part: &PartOfLine) -> bool {
    part.amount != 0 || part.side == Side::Found
}
