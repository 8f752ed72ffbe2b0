//! What a list would do, row by row, and what to say of it; after applying, what it did.

use domain::Money;
use domain::product_list::Outcome;
use domain::recognition::Points;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::datetime_text;
use web::fragment::{Tone, chip, message, stars};

use super::report::{ImportReport, RowOfReport, VanishedOfReport};
use super::{list, words};
use crate::imports::judgement::{LikelyDetail, RowDetail};
use crate::web::import_texts::ImportTexts;
use crate::web::products::words::level_words;
use crate::web::shell;

/// What is shown of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Rows of every outcome but what stands aside.
    All,
    /// Rows of one outcome.
    Only(Outcome),
    /// Products that stand in no row.
    Vanished,
}

impl Shown {
    /// Returns what an address asks for; everything unless it is known.
    pub fn of(code: &str) -> Self {
        match Outcome::from_code(code) {
            Some(outcome) => Self::Only(outcome),
            None if code == "vanished" => Self::Vanished,
            None => Self::All,
        }
    }

    /// Returns the word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Only(outcome) => outcome.code(),
            Self::Vanished => "vanished",
        }
    }

    /// Returns the outcome whose rows are wanted.
    pub const fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Only(outcome) => Some(outcome),
            Self::All | Self::Vanished => None,
        }
    }
}

/// The page of an import.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// The import with rows of it.
    pub report: &'a ImportReport,
    /// What is shown of it.
    pub shown: Shown,
    /// Groups: code and name.
    pub groups: &'a [(String, String)],
    /// Outcomes that somebody chose who comes back without anything having been written.
    pub chosen: &'a [Outcome],
    /// What just happened.
    pub told: Option<(Tone, String)>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        html! {
            @if let Some((tone, told)) = &self.told { (message(*tone, told)) }
            (self.about())
            @if !self.report.import.is_applied() { (self.waiting()) (self.apply()) }
            (self.filters())
            @if self.shown == Shown::Vanished { (self.vanished()) } @else { (self.rows()) }
        }
    }

    fn at(&self) -> String {
        format!("/imports/{}", self.report.import.import_id)
    }

    fn about(&self) -> Markup {
        let (lang, import) = (self.lang, &self.report.import);
        html! {
            section.card {
                div.head { h2 { (import.file_name) } (list::status(lang, import)) }
                p { (import.source) }
                p.small { (lang.hash_of(&import.file_sha256)) }
                p.mute { (lang.brought_by(&import.brought_by, datetime_text(import.brought_at_ms))) }
                @if let (Some(who), Some(at_ms)) = (&import.applied_by, import.applied_at_ms) {
                    p.mute { (lang.applied_by(who, datetime_text(at_ms))) }
                }
                div.actions {
                    a.button href={ (self.at()) "/result.xlsx" } { (lang.as_workbook()) }
                    a.button href={ (self.at()) "/result.csv" } { (lang.as_text()) }
                    @if !import.is_applied() { a.button href={ (self.at()) "?columns=1" } { (lang.change_columns()) } }
                    a.button href="/imports" { (lang.back_to_history()) }
                }
            }
        }
    }

    /// Nothing is ticked but what somebody chose a moment ago: what is written, stars that are taken away above all, a person says.
    fn apply(&self) -> Markup {
        let (lang, import) = (self.lang, &self.report.import);
        let some: Vec<Outcome> =
            Outcome::APPLIED.into_iter().filter(|outcome| import.count(*outcome) > 0).collect();
        html! {
            form.card.form method="post" action={ (self.at()) "/apply" } {
                (csrf_field(self.csrf))
                h2.whole { (lang.apply_title()) }
                p.mute.whole { (lang.apply_about()) }
                @if some.is_empty() { p.whole { (lang.nothing_to_apply()) } } @else {
                    @for outcome in &some {
                        label.tick {
                            input type="checkbox" name="outcome" value=(outcome.code()) checked[self.chosen.contains(outcome)];
                            span { (lang.outcome_count(words::outcome(lang, *outcome), import.count(*outcome))) }
                        }
                    }
                    div.actions { button.primary { (lang.apply_now()) } }
                }
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, import) = (self.lang, &self.report.import);
        let total =
            Outcome::ALL.iter().filter(|one| **one != Outcome::Aside).map(|one| import.count(*one)).sum();
        let some = Outcome::ALL.into_iter().filter(|outcome| import.count(*outcome) > 0);
        let mut all: Vec<(Shown, &str, i64)> = vec![(Shown::All, lang.o_all(), total)];
        all.extend(some.map(|one| (Shown::Only(one), words::outcome(lang, one), import.count(one))));
        all.push((Shown::Vanished, lang.o_vanished(), self.report.vanished_count));
        html! {
            nav.presets aria-label=(lang.outcomes_label()) {
                @for (shown, name, count) in all {
                    a href={ (self.at()) "?show=" (shown.code()) } aria-current=[(shown == self.shown).then_some("true")] {
                        (lang.outcome_count(name, count))
                    }
                }
            }
        }
    }

    /// What a person has to say something of, as far as it is on this page.
    fn waiting(&self) -> Markup {
        let waits = |row: &&RowOfReport| row.outcome() == Outcome::Likely;
        let rows: Vec<&RowOfReport> = self.report.rows.iter().filter(waits).collect();
        html! { @if !rows.is_empty() { (self.likely(&rows)) } }
    }

    fn rows(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let pages = (report.page, report.pages);
        html! {
            section.card {
                h2 { (self.title()) }
                @if report.rows.is_empty() { p { (lang.no_rows()) } } @else {
                    div.table.folds { table {
                        thead { tr {
                            th.n { (lang.column_row()) } th { (lang.column_product()) } th { (lang.column_maker()) }
                            th { (lang.column_decision()) } th { (lang.column_outcome()) }
                        } }
                        tbody { @for row in &report.rows { (self.row(row)) } }
                    } }
                    (shell::pager(lang, lang.row_pages(), pages, |page| {
                        format!("{}?show={}&page={page}", self.at(), self.shown.code())
                    }))
                }
            }
        }
    }

    fn title(&self) -> &'static str {
        match self.shown {
            Shown::Only(outcome) => words::outcome(self.lang, outcome),
            Shown::All | Shown::Vanished => self.lang.o_all(),
        }
    }

    fn row(&self, row: &RowOfReport) -> Markup {
        let (lang, detail) = (self.lang, &row.detail);
        html! {
            tr {
                td.n { (row.row) }
                td { (detail.name) small { (described(detail)) } }
                td {
                    (detail.producer.as_deref().unwrap_or("—"))
                    @if let Some(commune) = &detail.commune { small { (commune) } }
                }
                td { (decision(lang, detail)) }
                td {
                    (chip(words::tone(row.outcome()), words::outcome(lang, row.outcome())))
                    @if row.is_applied { " " (chip(Tone::Good, lang.was_applied())) }
                    @if is_unpriced(row) { small { (lang.no_price_yet()) } }
                    @for problem in &detail.problems { small { (words::problem(lang, problem)) } }
                    @if detail.is_decided_anew && row.outcome() != Outcome::New { small { (lang.decided_anew()) } }
                    @for change in &detail.changes { small { (words::change(lang, self.groups, change)) } }
                    @if !self.report.import.is_applied() { (self.leave(row)) }
                }
            }
        }
    }

    /// The way to leave a row out, and back.
    fn leave(&self, row: &RowOfReport) -> Markup {
        let lang = self.lang;
        let (value, words, label) = match row.outcome() {
            Outcome::LeftOut => ("undo", lang.take_back(), lang.take_back_row(row.row)),
            outcome if Outcome::APPLIED.contains(&outcome) => {
                ("left_out", lang.leave_it_out(), lang.leave_out_row(row.row))
            }
            _ => return html! {},
        };
        html! {
            details.ending {
                summary aria-label=(label) { (words) }
                form method="post" action={ (self.at()) "/rows" } {
                    (csrf_field(self.csrf))
                    input type="hidden" name="show" value=(self.shown.code());
                    input type="hidden" name={ "row_" (row.row) } value=(value);
                    button { (label) }
                }
            }
        }
    }

    fn likely(&self, rows: &[&RowOfReport]) -> Markup {
        let lang = self.lang;
        html! {
            form.card.form method="post" action={ (self.at()) "/rows" } {
                (csrf_field(self.csrf))
                input type="hidden" name="show" value=(self.shown.code());
                h2.whole { (lang.likely_title()) }
                p.mute.whole { (lang.likely_about()) }
                @for row in rows { (likely_row(lang, row)) }
                div.actions { button.primary { (lang.keep_choices()) } }
            }
        }
    }

    fn vanished(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.vanished_title()) }
                p.mute { (lang.vanished_about()) }
                @if self.report.vanished.is_empty() { p { (lang.vanished_none()) } } @else {
                    div.table { table {
                        thead { tr { th { (lang.f_sku()) } th { (lang.f_name()) } th { (lang.f_producer()) } } }
                        tbody { @for VanishedOfReport { sku, name, producer, .. } in &self.report.vanished {
                            tr { td { (sku) } td { (name) } td { (producer) } }
                        } }
                    } }
                }
            }
        }
    }
}

/// Both sides, one below the other, and what a person can say.
fn likely_row(lang: Lang, row: &RowOfReport) -> Markup {
    let (name, detail) = (format!("row_{}", row.row), &row.detail);
    html! {
        fieldset.people.whole {
            legend { (lang.likely_legend(row.row)) ": " strong { (detail.name) } " · " (described(detail)) " · " (detail.producer.as_deref().unwrap_or("—")) }
            @for likely in &detail.likely {
                label {
                    input type="radio" name=(name) value=(likely.product_id);
                    span { (lang.it_is(&likely.name)) span.small { (described_likely(likely)) } }
                }
            }
            label { input type="radio" name=(name) value="new"; span { (lang.it_is_new()) } }
            label { input type="radio" name=(name) value="left_out"; span { (lang.leave_it_out()) } }
        }
    }
}

/// A product that would be known without being on sale.
pub(super) fn is_unpriced(row: &RowOfReport) -> bool {
    row.outcome() == Outcome::New && row.detail.price_vnd.is_none()
}

fn described(detail: &RowDetail) -> String {
    let price = detail.price_vnd.map(|vnd| Money::new(vnd).to_string());
    let parts = [detail.sku.clone(), detail.unit.clone(), price, detail.barcode.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn described_likely(likely: &LikelyDetail) -> String {
    let price = likely.price_vnd.map_or_else(|| "—".to_owned(), |vnd| Money::new(vnd).to_string());
    let producer = likely.producer.as_deref().unwrap_or("—");
    [likely.sku.as_str(), &likely.unit, &price, producer].join(" · ")
}

fn decision(lang: Lang, detail: &RowDetail) -> Markup {
    html! {
        (detail.decision_number.as_deref().unwrap_or_default()) (stars(lang, detail.stars))
        @if let Some(day) = &detail.decided_on {
            @if let Some(paper) = paper(lang, detail) { small { (paper) } }
            small { (turned(day)) @if let Some(last) = &detail.last_day { " " (lang.until_day(turned(last))) } }
        }
    }
}

/// What the list says of the decision beside its days.
fn paper(lang: Lang, detail: &RowDetail) -> Option<String> {
    let level = detail.level.as_deref().map(|code| level_words(lang, code).to_owned());
    let points = detail
        .points_hundredths
        .and_then(Points::from_hundredths)
        .map(|points| crate::web::product_texts::ProductTexts::points_of(lang, points));
    let parts = [detail.issuer.clone(), level, points, detail.criteria.clone(), detail.group_printed.clone()];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// `2023-09-23` as people read it.
pub fn turned(day: &str) -> String {
    day.rsplit('-').collect::<Vec<_>>().join("/")
}
