//! The page of levels and sets of criteria.

use domain::recognition::Level;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::{CriteriaOfStandards, LevelOfStandards, StandardsReport, sheet};
use crate::web::points::typed::Typed;
use crate::web::product_texts::ProductTexts;
use crate::web::products::words::level_words;
use crate::web::sheet_file;
use crate::web::shell::Place;
use crate::web::standard_texts::StandardTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// An administrator looks.
    pub may_act: bool,
    /// The day of the page.
    pub today: Date,
    /// Levels and sets of criteria.
    pub report: &'a StandardsReport,
    /// What was typed into a form.
    pub typed: &'a Typed,
    /// A form was kept just now.
    pub is_saved: bool,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if self.is_saved { (message(Tone::Good, lang.standards_saved())) }
            nav.presets aria-label=(lang.products_beside()) { a href=(Place::Products.href()) { (Place::Products.words(lang)) } }
            p.mute { (lang.standards_about()) }
            div.actions { (sheet_file::links_of(lang, Place::Standards.href(), "", &sheet::names(lang))) }
            (self.levels())
            @if self.may_act { (self.level_form()) }
            (self.sets())
            @if self.may_act { (self.criteria_form()) }
        }
    }

    fn levels(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.standards_levels()) }
                div.table.folds { table {
                    thead { tr {
                        th scope="col" { (lang.standards_level()) } th scope="col" { (lang.standards_from()) }
                        th scope="col" { (lang.standards_state()) } th scope="col" { (lang.standards_paper()) }
                    } }
                    tbody { @for row in &self.report.levels { tr {
                        td { (level_words(lang, &row.level)) @if row.decides && self.counts(row) { " " (chip(Tone::Good, lang.standards_in_force())) } }
                        td { (date_text(row.from)) }
                        td { (state_words(lang, row.decides)) }
                        td.wordy { (row.decision) @if !row.recorded_by.is_empty() { small { (row.recorded_by) } } }
                    } } }
                } }
            }
        }
    }

    /// What was said last of the level by today.
    fn counts(&self, row: &LevelOfStandards) -> bool {
        let of_level = self.report.levels.iter().filter(|other| other.level == row.level);
        let last = of_level.map(|other| other.from).filter(|from| *from <= self.today).max();
        last == Some(row.from)
    }

    fn level_form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let levels = Level::ALL.map(|level| (level.code(), level_words(lang, level.code())));
        let states = [("yes", true), ("no", false)].map(|(code, decides)| (code, state_words(lang, decides)));
        html! {
            form.card.form method="post" action="/products/standards/levels" {
                (csrf_field(self.csrf))
                h2.whole { (lang.standards_set_level()) }
                p.mute.whole { (lang.standards_set_level_about()) }
                (select("level", lang.standards_level(), &levels, typed.get("level"), typed.error("level")))
                (Field { kind: "date", is_required: true, ..typed.field("from", lang.standards_from()) }.render())
                (select("decides", lang.standards_state(), &states, typed.get("decides"), typed.error("decides")))
                (Field { is_required: true, hint: Some(lang.standards_paper_hint()), ..typed.field("paper", lang.standards_paper()) }.render())
                div.actions { button.primary { (lang.standards_save_level()) } }
            }
        }
    }

    fn sets(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.standards_sets()) }
                div.table.folds { table {
                    thead { tr {
                        th scope="col" { (lang.standards_name()) } th scope="col" { (lang.standards_from()) }
                        th scope="col" { (lang.standards_until()) }
                    } }
                    tbody { @for set in &self.report.criteria_sets { (self.set(set)) } }
                } }
            }
        }
    }

    fn set(&self, set: &CriteriaOfStandards) -> Markup {
        let counts = set.from <= self.today && set.until.is_none_or(|last| self.today <= last);
        html! {
            tr {
                td {
                    (set.criteria) @if counts { " " (chip(Tone::Good, self.lang.standards_in_force())) }
                    @if !set.recorded_by.is_empty() { small { (set.recorded_by) } }
                }
                td { (date_text(set.from)) }
                td { @match set.until { Some(day) => (date_text(day)), None => "–" } }
            }
        }
    }

    fn criteria_form(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        html! {
            form.card.form method="post" action="/products/standards/criteria" {
                (csrf_field(self.csrf))
                h2.whole { (lang.standards_set_criteria()) }
                p.mute.whole { (lang.standards_set_criteria_about()) }
                (Field { is_required: true, hint: Some(lang.standards_name_hint()), ..typed.field("name", lang.standards_name()) }.render())
                (Field { kind: "date", is_required: true, ..typed.field("first", lang.standards_from()) }.render())
                (Field { kind: "date", hint: Some(lang.standards_until_hint()), ..typed.field("last", lang.standards_until()) }.render())
                div.actions { button.primary { (lang.standards_save_criteria()) } }
            }
        }
    }
}

/// Says whether a level decides.
pub fn state_words(lang: Lang, decides: bool) -> &'static str {
    if decides { lang.standards_decides() } else { lang.standards_decides_no_more() }
}
