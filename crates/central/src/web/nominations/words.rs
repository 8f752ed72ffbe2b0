//! Words for the codes of a nomination.

use domain::nomination::{Answer, Stage};
use domain::section::Section;
use maud::Markup;
use web::Lang;
use web::fragment::{Tone, chip};

use crate::web::nomination_texts::NominationTexts;

/// Sections that nominate.
pub const SECTIONS: [Section; 3] = [Section::Trade, Section::Industry, Section::Agriculture];

/// Writes where a nomination stands.
pub const fn stage_tone(stage: Stage) -> Tone {
    match stage {
        Stage::Proposed | Stage::Returned => Tone::Warn,
        Stage::Passed => Tone::Good,
        Stage::Withdrawn => Tone::Quiet,
    }
}

/// Writes the name of a stage.
pub fn stage_words(lang: Lang, code: &str) -> &'static str {
    match Stage::from_code(code) {
        Some(Stage::Returned) => lang.stage_returned(),
        Some(Stage::Passed) => lang.stage_passed(),
        Some(Stage::Withdrawn) => lang.stage_withdrawn(),
        Some(Stage::Proposed) | None => lang.stage_proposed(),
    }
}

/// Writes a stage as a sign and words.
pub fn stage_chip(lang: Lang, code: &str) -> Markup {
    let tone = Stage::from_code(code).map_or(Tone::Quiet, stage_tone);
    chip(tone, stage_words(lang, code))
}

/// Writes an answer.
pub fn answer_words(lang: Lang, code: &str) -> &'static str {
    match Answer::from_code(code) {
        Some(Answer::Accepted) => lang.answer_accepted(),
        Some(Answer::Declined) => lang.answer_declined(),
        Some(Answer::Waiting) | None => lang.answer_waiting(),
    }
}

/// Writes an answer as a sign and words.
pub fn answer_chip(lang: Lang, code: &str) -> Markup {
    let tone = match Answer::from_code(code) {
        Some(Answer::Accepted) => Tone::Good,
        Some(Answer::Declined) => Tone::Bad,
        Some(Answer::Waiting) | None => Tone::Quiet,
    };
    chip(tone, answer_words(lang, code))
}

/// Writes the name of a section that nominates.
pub fn section_words(lang: Lang, code: &str) -> &'static str {
    match Section::from_code(code) {
        Some(Section::Industry) => lang.section_of_industry(),
        Some(Section::Agriculture) => lang.section_of_agriculture(),
        _ => lang.section_of_trade(),
    }
}
