//! The page of kinds of places, criteria and thresholds.

use domain::point::Measure;
use maud::{Markup, html};
use time::Date;
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::detail::{LocationOfPoint, threshold_on};
use super::rules_sheet;
use super::typed::Typed;
use super::words::{measure_words, measured_words};
use crate::db::points::criteria::{self, CriteriaSet, Criterion};
use crate::db::points::locations::Location;
use crate::db::points::thresholds::Threshold;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::sheet_file;

/// What all points are measured by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The day of the page.
    pub today: Date,
    /// Kinds of places.
    pub locations: Vec<Location>,
    /// Criteria, the latest set first.
    pub sets: Vec<(CriteriaSet, Vec<Criterion>)>,
    /// Thresholds, by measure, the latest first.
    pub thresholds: Vec<Threshold>,
    /// Sets that points were checked by.
    pub used: Vec<Uuid>,
}

/// The page; with the session's token for an administrator.
pub fn page(
    lang: Lang,
    (csrf, may_act): (&CsrfToken, bool),
    (rules, typed): (&Rules, &Typed),
    is_saved: bool,
) -> Markup {
    html! {
        @if is_saved { (message(Tone::Good, lang.rules_saved())) }
        p.mute { (lang.rules_about()) }
        div.actions { (sheet_file::links_of(lang, "/points/rules", "", &rules_sheet::names(lang))) }
        (thresholds(lang, rules))
        @if may_act { (threshold_form(lang, csrf, typed)) }
        (sets(lang, (csrf, may_act), (rules, typed)))
        @if may_act { (set_form(lang, csrf, typed)) }
        (locations(lang, (csrf, may_act), rules))
        @if may_act { (location_form(lang, csrf, typed)) }
    }
}

fn locations(lang: Lang, (csrf, may_act): (&CsrfToken, bool), rules: &Rules) -> Markup {
    html! {
        section.card {
            h2 { (lang.rules_locations()) }
            div.table.folds { table {
                thead { tr { th { (lang.rules_place()) } th { (lang.rules_decision()) } th { (lang.rules_from()) } th { (lang.rules_place_until()) } } }
                tbody { @for place in &rules.locations { tr {
                    td.wordy { (LocationOfPoint::from(place.clone()).name(lang)) }
                    td { (place.decision) }
                    td { (date_text(place.valid_from)) }
                    td {
                        @match place.valid_to {
                            Some(day) => (date_text(day)),
                            None if may_act => (end_form(lang, csrf, place)),
                            None => "–",
                        }
                    }
                } } }
            } }
        }
    }
}

/// Two steps: what ends does not begin again under its name.
fn end_form(lang: Lang, csrf: &CsrfToken, place: &Location) -> Markup {
    html! {
        details.ending {
            summary aria-label={ (lang.rules_place_end()) ": " (place.name_vi) } { (lang.rules_place_end()) }
            form method="post" action={ "/points/rules/locations/" (place.code) "/end" } {
                (csrf_field(csrf))
                p.small { (lang.rules_place_end_about()) }
                button.danger { (lang.rules_place_end()) }
            }
        }
    }
}

fn location_form(lang: Lang, csrf: &CsrfToken, typed: &Typed) -> Markup {
    html! {
        form.card.form method="post" action="/points/rules/locations" {
            (csrf_field(csrf))
            h2.whole { (lang.rules_place_add()) }
            (Field { is_required: true, ..typed.field("place", lang.rules_place()) }.render())
            (Field { is_required: true, ..typed.field("place_decision", lang.rules_decision()) }.render())
            (Field { kind: "date", is_required: true, ..typed.field("place_from", lang.rules_from()) }.render())
            div.actions { button.primary { (lang.thing_save()) } }
        }
    }
}

fn thresholds(lang: Lang, rules: &Rules) -> Markup {
    html! {
        section.card {
            h2 { (lang.rules_thresholds()) }
            @if rules.thresholds.is_empty() { p { (lang.rules_none()) } } @else {
                div.table.folds { table {
                    thead { tr {
                        th { (lang.rules_measure()) } th { (lang.rules_from()) } th.n { (lang.rules_least()) }
                        th { (lang.rules_paper()) }
                    } }
                    tbody { @for row in &rules.thresholds { (threshold(lang, rules, row)) } }
                } }
            }
        }
    }
}

fn threshold(lang: Lang, rules: &Rules, row: &Threshold) -> Markup {
    let Some(measure) = Measure::from_code(&row.measure) else { return html! {} };
    let is_in_force = threshold_on(&rules.thresholds, measure, rules.today) == Some(row);
    html! {
        tr {
            td { (measure_words(lang, measure)) @if is_in_force { " " (chip(Tone::Good, lang.rules_in_force())) } }
            td { (date_text(row.valid_from)) small { (row.set_by) } }
            td.n { @match row.at_least { Some(least) => (measured_words(measure, least)), None => (lang.rules_ended()) } }
            td { (if row.paper.is_empty() { "–" } else { &row.paper }) }
        }
    }
}

fn threshold_form(lang: Lang, csrf: &CsrfToken, typed: &Typed) -> Markup {
    let measures = Measure::ALL.map(|each| (each.code(), measure_words(lang, each)));
    html! {
        form.card.form method="post" action="/points/rules/threshold" {
            (csrf_field(csrf))
            h2.whole { (lang.rules_set_threshold()) }
            (select("measure", lang.rules_measure(), &measures, typed.get("measure"), typed.error("measure")))
            (Field { kind: "date", is_required: true, ..typed.field("from", lang.rules_from()) }.render())
            (Field { inputmode: "numeric", hint: Some(lang.rules_least_hint()), ..typed.field("at_least", lang.rules_least()) }.render())
            (typed.field("paper", lang.rules_paper()).render())
            div.actions { button.primary { (lang.rules_save()) } }
        }
    }
}

fn sets(lang: Lang, (csrf, may_act): (&CsrfToken, bool), (rules, typed): (&Rules, &Typed)) -> Markup {
    let all: Vec<CriteriaSet> = rules.sets.iter().map(|(set, _)| set.clone()).collect();
    let in_force = criteria::set_on(&all, rules.today);
    html! {
        section.card {
            h2 { (lang.rules_sets()) }
            @if let Some(wrong) = typed.error("note") { (message(Tone::Bad, wrong)) }
            @for (set, criteria) in &rules.sets {
                details open[in_force == Some(set)] {
                    summary {
                        (lang.criteria_of_decision(&set.decision, date_text(set.valid_from)))
                        @if in_force == Some(set) { " " (chip(Tone::Good, lang.rules_in_force())) }
                    }
                    @if let Some(day) = set.meant_until.filter(|last| *last < rules.today && in_force == Some(set)) {
                        (message(Tone::Warn, &lang.criteria_outlived(date_text(day))))
                    }
                    ol { @for each in criteria { (criterion(lang, each)) } }
                    @if may_act && !set.added_by.is_empty() && !rules.used.contains(&set.id) { (withdraw_form(lang, csrf, set)) }
                }
            }
        }
    }
}

/// Two steps: what was mistyped is entered anew.
fn withdraw_form(lang: Lang, csrf: &CsrfToken, set: &CriteriaSet) -> Markup {
    let why = format!("why-{}", set.id);
    html! {
        details.ending {
            summary aria-label={ (lang.rules_set_withdraw()) ": " (set.decision) } { (lang.rules_set_withdraw()) }
            form method="post" action={ "/points/rules/criteria/" (set.id) "/withdraw" } {
                (csrf_field(csrf))
                p.small { (lang.rules_set_withdraw_about()) }
                div.field { label for=(why) { (lang.equipment_gone_why()) } input id=(why) name="note" type="text" required autocomplete="off"; }
                button.danger { (lang.rules_set_withdraw()) }
            }
        }
    }
}

fn criterion(lang: Lang, each: &Criterion) -> Markup {
    let (block, text) = match lang {
        Lang::Vi => (&each.block_vi, &each.text_vi),
        Lang::En => (&each.block_en, &each.text_en),
    };
    html! { li { @if !block.is_empty() { span.mute { (block) ": " } } (text) } }
}

fn set_form(lang: Lang, csrf: &CsrfToken, typed: &Typed) -> Markup {
    let error = typed.error("criteria");
    html! {
        form.card.form method="post" action="/points/rules/criteria" {
            (csrf_field(csrf))
            h2.whole { (lang.rules_add_set()) }
            (Field { is_required: true, ..typed.field("decision", lang.rules_decision()) }.render())
            (Field { kind: "date", is_required: true, ..typed.field("valid_from", lang.rules_from()) }.render())
            (Field { kind: "date", ..typed.field("meant_until", lang.rules_meant_until()) }.render())
            div.field.whole.wrong[error.is_some()] {
                label for="criteria" { (lang.rules_criteria()) }
                textarea id="criteria" name="criteria" rows="6" required aria-describedby="criteria-about"
                    aria-invalid=[error.map(|_| "true")] { (typed.get("criteria")) }
                @match error {
                    Some(words) => p.error id="criteria-about" { (words) },
                    None => p.hint id="criteria-about" { (lang.rules_criteria_hint()) },
                }
            }
            div.actions { button.primary { (lang.thing_save()) } }
        }
    }
}
