//! The page of one nomination: why, the dossier, what trade says, what points answer.

use domain::nomination::{Answer, Stage};
use domain::section::Section;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{count_text, datetime_text};
use web::fragment::{Tone, chip, message};

use super::report::{AnswerOfPoint, NominationReport};
use super::words::{answer_chip, section_words, stage_chip};
use crate::db::users::Role;
use crate::web::dossiers::page::state_chip;
use crate::web::nomination_texts::NominationTexts;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// What the person who looks is, and so may do.
    pub role: Role,
    /// The nomination.
    pub report: &'a NominationReport,
    /// What just happened, with how good that is.
    pub told: Option<(Tone, &'a str)>,
    /// Words that were typed into a step that was refused.
    pub typed: &'a str,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        let stage = Stage::from_code(&self.report.nomination.stage);
        let is_own =
            Section::from_code(&self.report.nomination.section).is_some_and(|own| self.role.keeps(own));
        html! {
            nav.presets { a href="/nominations" { (lang.page_nominations()) } }
            @if let Some((tone, words)) = self.told { (message(tone, words)) }
            (self.facts())
            @if stage == Some(Stage::Proposed) && self.role.keeps(Section::Trade) { (self.check()) }
            @if stage == Some(Stage::Returned) && is_own { (self.again()) }
            @if stage == Some(Stage::Passed) || self.is_answered() { (self.answers()) }
            @if stage.is_some_and(|stage| self.may_withdraw(stage, is_own)) { (self.withdraw(stage)) }
        }
    }

    fn facts(&self) -> Markup {
        let (lang, report, nomination) = (self.lang, self.report, &self.report.nomination);
        let when = datetime_text(nomination.nominated_at_ms);
        html! {
            section.card {
                div.head {
                    h2 { a href={ "/products/" (report.product_id) } { (report.name) } " " span.mute { (report.sku) } }
                    (stage_chip(lang, &nomination.stage))
                }
                p.mute { (lang.nomination_by(section_words(lang, &nomination.section), &nomination.nominated_by, when)) }
                dl.facts {
                    dt { (lang.nomination_reason()) } dd { (nomination.reason) }
                    dt { (lang.nomination_for()) }
                    dd {
                        @if nomination.is_for_all { (lang.nomination_for_all()) }
                        @else { (lang.nomination_for_some(nomination.answers.len())) }
                    }
                    @if !nomination.said.is_empty() || nomination.gap_count.is_some() {
                        dt { (lang.nomination_said()) }
                        dd {
                            (nomination.said)
                            small.mute { (lang.nomination_said_by(&nomination.changed_by, datetime_text(nomination.changed_at_ms))) }
                            @if let Some(gaps) = nomination.gap_count.filter(|gaps| *gaps > 0) {
                                small.mute { (lang.nomination_gaps_then(count_text(gaps))) }
                            }
                        }
                    }
                    dt { (lang.nomination_dossier()) }
                    dd { (self.dossier()) }
                }
            }
        }
    }

    fn dossier(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        html! {
            @if report.gaps.is_empty() { (chip(Tone::Good, lang.nomination_complete())) }
            @else { (chip(Tone::Warn, &lang.nomination_gaps(report.gaps.len()))) }
            @for gap in &report.gaps { div { (gap.name(lang)) " " (state_chip(lang, gap)) } }
            div { a href={ "/products/" (report.product_id) "#dossier" } { (lang.nomination_see_dossier()) } }
        }
    }

    /// One form with both outcomes: the words go with whichever is pressed.
    fn check(&self) -> Markup {
        let lang = self.lang;
        html! {
            form.card.form method="post" action=(self.at("check")) {
                (csrf_field(self.csrf))
                h2.whole { (lang.check_now()) }
                (self.words("words", lang.check_words(), lang.check_words_hint()))
                div.actions {
                    button.primary name="step" value="pass" { (lang.check_pass()) }
                    button name="step" value="return" { (lang.check_return()) }
                }
            }
        }
    }

    fn again(&self) -> Markup {
        let lang = self.lang;
        html! {
            form.card.form method="post" action=(self.at("step")) {
                (csrf_field(self.csrf))
                h2.whole { (lang.again_now()) }
                (self.words("words", lang.check_words(), lang.again_about()))
                div.actions { button.primary name="step" value="again" { (lang.again_now()) } }
            }
        }
    }

    /// A point has said something, be the nomination taken back since.
    fn is_answered(&self) -> bool {
        self.report.nomination.answers.iter().any(|each| each.answer != Answer::Waiting.code())
    }

    fn may_withdraw(&self, stage: Stage, is_own: bool) -> bool {
        match stage {
            Stage::Proposed | Stage::Returned => is_own,
            Stage::Passed => is_own || self.role.keeps(Section::Trade),
            Stage::Withdrawn => false,
        }
    }

    /// Two steps: what was taken back is nominated anew.
    fn withdraw(&self, stage: Option<Stage>) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                details.ending {
                    summary { (lang.withdraw_nomination()) }
                    @if stage == Some(Stage::Passed) { p.small { (lang.withdraw_passed_about()) } }
                    form method="post" action=(self.at("step")) {
                        (csrf_field(self.csrf))
                        input type="hidden" name="step" value="withdraw";
                        div.field { label for="why" { (lang.withdraw_why()) } input id="why" name="words" type="text" required autocomplete="off"; }
                        button.danger { (lang.withdraw_nomination()) }
                    }
                }
            }
        }
    }

    fn words(&self, name: &str, label: &str, hint: &str) -> Markup {
        let about = format!("{name}-about");
        html! {
            div.field.whole {
                label for=(name) { (label) }
                textarea id=(name) name=(name) rows="3" aria-describedby=(about) { (self.typed) }
                p.hint id=(about) { (hint) }
            }
        }
    }

    fn at(&self, act: &str) -> String {
        format!("/nominations/{}/{act}", self.report.nomination.nomination_id)
    }

    fn answers(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.nomination_points()) }
                ul.list { @for each in &self.report.nomination.answers { (answer(lang, each)) } }
            }
        }
    }
}

fn answer(lang: Lang, each: &AnswerOfPoint) -> Markup {
    html! {
        li {
            span {
                @match each.point_id {
                    Some(point) => a href={ "/points/" (point) } { (each.store) },
                    None => (each.store),
                }
                @if !each.reason.is_empty() { small { (each.reason) } }
                @if let Some(at_ms) = each.answered_at_ms {
                    small.mute { (lang.nomination_said_by(&each.answered_by, datetime_text(at_ms))) }
                }
            }
            (answer_chip(lang, &each.answer))
        }
    }
}
