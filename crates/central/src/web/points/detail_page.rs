//! The page of one point's file: what it is, and the line of its steps. The cards below are in the modules beside this one.

use domain::point::PointState;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{csrf_field, select};
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::detail::{ACTS_MAX, PointReport};
use super::pieces::{self, Wrong};
use super::typed::Typed;
use super::words::{legal_words, state_tone, state_words};
use super::{cards, chosen_page, history};
use crate::db::users::Role;
use crate::web::nominations::card as nominations;
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::point_texts::PointTexts;
use crate::web::visit::Who;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// What the person who looks is, and so may change.
    pub role: Role,
    /// The file.
    pub report: &'a PointReport,
    /// The form of the next step.
    pub step: &'a Typed,
    /// What just happened, with how good that is.
    pub told: Option<(Tone, String)>,
    /// The form below a sign or equipment that was typed wrong.
    pub wrong: Option<&'a Wrong<'a>>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let report = self.report;
        let acts = (self.lang, self.csrf, self.keeps_trade());
        let costs = (self.lang, self.csrf, Who::COSTS.admits(self.role));
        html! {
            @if let Some((tone, words)) = &self.told { (message(*tone, words)) }
            (self.facts())
            (self.steps())
            (cards::criteria(acts, report))
            (cards::shelf(self.lang, report))
            (chosen_page::card(self.lang, report, self.keeps_trade()))
            @if report.store.is_some() { (nominations::of_point(self.lang, &report.accepted)) }
            (pieces::card(acts, report, self.wrong))
            div.columns { (cards::costs(costs, report)) (cards::files(acts, report)) }
            (history::card(self.lang, &report.acts, ACTS_MAX))
        }
    }

    fn keeps_trade(&self) -> bool {
        Who::TRADE.admits(self.role)
    }

    fn facts(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let row = |label: &str, words: &str| {
            html! { dt { (label) } dd { (if words.is_empty() { lang.nothing_given() } else { words }) } }
        };
        let decision = match report.decided_on {
            Some(day) => lang.point_decision_of(&report.decision_number, date_text(day)),
            None => report.decision_number.clone(),
        };
        html! {
            section.card {
                div.head {
                    h2 { (report.name) }
                    @if self.keeps_trade() {
                        div.actions {
                            @if report.still_opens() && self.role == Role::Admin {
                                a.button.primary href={ "/points/" (report.point_id) "/open" } {
                                    (if report.store_id.is_some() { lang.point_open_on() } else { lang.point_open() })
                                }
                            }
                            @if report.operator_id.is_some() && self.role == Role::Admin {
                                a.button href={ "/points/" (report.point_id) "/commission-tax" } { (lang.commission_tax_link()) }
                            }
                            a.button href={ "/points/" (report.point_id) "/labels" } { (lang.point_labels()) }
                            a.button href={ "/points/" (report.point_id) "/edit" } { (lang.point_edit()) }
                        }
                    }
                }
                p { (chip(state_tone(&report.state), state_words(lang, &report.state))) }
                dl.facts {
                    (row(lang.point_address(), &report.address))
                    (row(lang.points_commune(), &report.commune))
                    (row(lang.point_district(), &report.former_district))
                    (row(lang.points_location(), report.location.as_ref().map_or("", |place| place.name(lang))))
                    (row(lang.point_operator(), report.operator.as_deref().unwrap_or(lang.point_no_operator())))
                    (row(lang.point_legal(), legal_words(lang, &report.legal_status)))
                    (row(lang.point_tax(), &report.tax_number))
                    (row(lang.point_decision(), &decision))
                    (row(lang.point_funding(), &report.funding))
                    dt { (lang.point_store()) }
                    dd {
                        @match &report.store {
                            Some(code) => { a href="/stores" { (code) } }
                            None => (lang.point_no_store()),
                        }
                    }
                }
            }
        }
    }

    fn steps(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            section.card {
                h2 { (lang.steps_title()) }
                (line(lang, report))
                @if self.keeps_trade() { (self.step_form()) }
            }
        }
    }

    fn step_form(&self) -> Markup {
        let (lang, report, typed) = (self.lang, self.report, self.step);
        let states: Vec<(&str, &str)> =
            report.next.iter().map(|code| (code.as_str(), state_words(lang, code))).collect();
        html! {
            details open[!typed.is_right() || !typed.get("to").is_empty()] {
                summary { (lang.step_take()) }
                form.form method="post" action={ "/points/" (report.point_id) "/steps" } {
                    (csrf_field(self.csrf))
                    (select("to", lang.step_to(), &states, typed.get("to"), typed.error("to")))
                    (web::form::Field { kind: "date", is_required: true, ..typed.field("on", lang.step_on()) }.render())
                    (web::form::Field { hint: Some(lang.step_note_hint()), ..typed.field("note", lang.step_note()) }.render())
                    div.actions { button.primary { (lang.step_save()) } }
                }
            }
        }
    }
}

/// The steps in the usual order: those that were taken with their days, the last one marked, then what is to come. Of a step that
/// was taken several times the last time counts.
fn line(lang: Lang, report: &PointReport) -> Markup {
    let here = PointState::from_code(&report.state);
    html! {
        ol.milestones {
            @for state in PointState::ALL {
                @let taken = report.steps.iter().rev().find(|step| step.state == state.code());
                @let is_past = here.is_some_and(|here| state <= here);
                // A step that was taken back is no step.
                @let taken = taken.filter(|_| is_past);
                li.done[taken.is_some()] aria-current=[(here == Some(state)).then_some("step")] {
                    strong { (state_words(lang, state.code())) }
                    @match taken {
                        Some(step) => {
                            span { (date_text(step.on)) }
                            small { (step.taken_by) @if !step.note.is_empty() { " · " (step.note) } }
                        }
                        None => span.mute { "–" },
                    }
                }
            }
        }
    }
}
