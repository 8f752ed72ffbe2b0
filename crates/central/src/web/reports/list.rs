//! The periods that can be reported on.

use domain::report_period::{Cutoff, Part, ReportPeriod, YEAR_MAX, YEAR_MIN};
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use web::Lang;
use web::format::date_text;
use web::fragment::{Tone, chip};

use super::report::Span;
use crate::web::report_texts::ReportTexts;
use crate::web::sheet_file;
use crate::web::shell::Place;
use crate::web::workbook::{Cell, Sheet};

/// The periods of a year, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Periods {
    /// The year.
    pub year: i32,
    /// `decree_09_2019` or `calendar`.
    pub cutoff: &'static str,
    /// Those that have begun.
    pub periods: Vec<PeriodOfYear>,
}

/// A period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeriodOfYear {
    /// As in its address: `2026-q4`.
    pub period: String,
    /// Its days.
    pub days_of: Span,
    /// It is over.
    pub is_over: bool,
    /// Its report is sealed.
    pub is_sealed: bool,
}

impl Periods {
    /// Lists the periods of a year that have begun.
    pub fn of(year: i32, cutoff: Cutoff, today: Date, sealed: &[String]) -> Self {
        let year = year.clamp(YEAR_MIN, YEAR_MAX);
        let mut all = ReportPeriod::of_year(year);
        all.retain(|period| period.days(cutoff).from <= today);
        // The latest first, and of several that end together the longest.
        all.sort_by_key(|period| std::cmp::Reverse((period.days(cutoff).to, rank(*period))));
        let row = |period: ReportPeriod| {
            let days = period.days(cutoff);
            PeriodOfYear {
                is_sealed: sealed.contains(&period.code()),
                period: period.code(),
                days_of: Span { from: days.from, to: days.to, is_known: true },
                is_over: period.is_over(cutoff, today),
            }
        };
        Self { year, cutoff: cutoff.code(), periods: all.into_iter().map(row).collect() }
    }

    /// Returns the list as a sheet.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        let head = [
            lang.column_period(),
            lang.column_first_day(),
            lang.column_last_day(),
            lang.column_report_state(),
        ];
        let rows = self.periods.iter().map(|row| {
            vec![
                Cell::Text(name(lang, row)),
                Cell::Day(row.days_of.from),
                Cell::Day(row.days_of.to),
                Cell::text(state(lang, row).1),
            ]
        });
        // A year has no more than twenty of them.
        Sheet::new(&lang.reports_of_year(self.year), &head, rows.collect(), String::new())
    }

    /// Returns the list, with the way to the comparison of a period for those who may see it.
    pub fn render(&self, lang: Lang, today: Date, may_audit: bool) -> Markup {
        html! {
            p.mute {
                (lang.reports_about()) " "
                (if self.cutoff == Cutoff::Calendar.code() { lang.cutoff_calendar() } else { lang.cutoff_decree() })
            }
            div.actions {
                (sheet_file::links(lang, Place::Reports.href(), &format!("year={}", self.year)))
                a.button href="/reports/template" { (lang.template_title()) }
                @if may_audit { a.button href=(Place::Reconciliation.href()) { (Place::Reconciliation.words(lang)) } }
            }
            section.card {
                div.head {
                    h2 { (lang.reports_of_year(self.year)) }
                    nav.presets aria-label=(lang.other_years()) {
                        @for year in (self.year - 1..=self.year + 1).filter(|year| *year != self.year && *year <= today.year() + 1) {
                            a href={ "/reports?year=" (year) } { (year) }
                        }
                    }
                }
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_period()) } th { (lang.column_report_days()) }
                        th { (lang.column_report_state()) } th { span.hidden { (lang.report_word()) } }
                    } }
                    tbody { @for row in &self.periods { (self::row(lang, row)) } }
                } }
            }
        }
    }
}

fn name(lang: Lang, row: &PeriodOfYear) -> String {
    match (ReportPeriod::from_code(&row.period), lang) {
        (Some(period), Lang::Vi) => period.name(),
        (Some(period), Lang::En) => period.name_en(),
        (None, _) => row.period.clone(),
    }
}

/// Returns how good it is how far a report has come, and says how far.
fn state(lang: Lang, row: &PeriodOfYear) -> (Tone, &'static str) {
    match (row.is_sealed, row.is_over) {
        (true, _) => (Tone::Good, lang.report_sealed()),
        (false, true) => (Tone::Warn, lang.report_open()),
        (false, false) => (Tone::Quiet, lang.report_running()),
    }
}

fn rank(period: ReportPeriod) -> u8 {
    match period.part() {
        Part::Month(_) => 0,
        Part::Quarter(_) => 1,
        Part::HalfYear => 2,
        Part::NineMonths => 3,
        Part::Year => 4,
    }
}

fn row(lang: Lang, row: &PeriodOfYear) -> Markup {
    let (name, (tone, state)) = (name(lang, row), state(lang, row));
    html! {
        tr {
            td { a href={ "/reports/" (row.period) } { (name) } }
            td { (date_text(row.days_of.from)) " – " (date_text(row.days_of.to)) }
            td { (chip(tone, state)) }
            td.n { a href={ "/reports/" (row.period) ".docx" } aria-label={ (lang.report_word()) ": " (name) } { (lang.report_word()) } }
        }
    }
}
