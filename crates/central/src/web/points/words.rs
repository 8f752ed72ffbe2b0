//! Words for the codes of a point.

use domain::point::{Measure, PointState, StepRefusal};
use web::Lang;
use web::format::{count_text, percent_text};
use web::fragment::Tone;

use crate::web::point_file_texts::PointFileTexts;
use crate::web::point_texts::PointTexts;

/// Writes where a point stands.
pub fn state_words(lang: Lang, code: &str) -> &'static str {
    match PointState::from_code(code) {
        Some(PointState::Surveyed) => lang.state_surveyed(),
        Some(PointState::Chosen) => lang.state_chosen(),
        Some(PointState::Contracted) => lang.state_contracted(),
        Some(PointState::Equipped) => lang.state_equipped(),
        Some(PointState::Open) => lang.state_open(),
        Some(PointState::Checked) => lang.state_checked(),
        Some(PointState::Closed) => lang.state_closed(),
        None => lang.legal_unknown(),
    }
}

/// Returns how good a state is.
pub fn state_tone(code: &str) -> Tone {
    match PointState::from_code(code) {
        Some(state) if state.is_running() => Tone::Good,
        _ => Tone::Quiet,
    }
}

/// Writes what an operator is by law.
pub fn legal_words(lang: Lang, code: &str) -> &'static str {
    match code {
        "company" => lang.legal_company(),
        "cooperative" => lang.legal_cooperative(),
        "household" => lang.legal_household(),
        "state_unit" => lang.legal_state_unit(),
        _ => lang.legal_unknown(),
    }
}

/// Writes why a step is not taken.
pub fn refusal_words(lang: Lang, refusal: StepRefusal) -> (&'static str, &'static str) {
    match refusal {
        StepRefusal::Order => ("to", lang.step_order()),
        StepRefusal::NoOperator => ("to", lang.step_no_operator()),
        StepRefusal::NoStore => ("to", lang.step_no_store()),
        StepRefusal::Day => ("on", lang.step_day()),
        StepRefusal::NoNote => ("note", lang.step_no_note()),
        StepRefusal::NoCheck => ("to", lang.step_no_check()),
    }
}

/// Writes what is measured.
pub fn measure_words(lang: Lang, measure: Measure) -> &'static str {
    match measure {
        Measure::Products => lang.measure_products(),
        Measure::OcopProducts => lang.measure_ocop(),
        Measure::OcopShare => lang.measure_share(),
        Measure::Producers => lang.measure_producers(),
    }
}

/// Writes a number of a measure.
pub fn measured_words(measure: Measure, value: i64) -> String {
    match measure {
        Measure::OcopShare => percent_text(value),
        Measure::Products | Measure::OcopProducts | Measure::Producers => count_text(value),
    }
}

/// Writes a kind of thing.
pub fn equipment_words(lang: Lang, code: &str) -> &'static str {
    if code == "sign" { lang.kind_sign() } else { lang.kind_equipment() }
}

/// Writes a kind of cost.
pub fn cost_words(lang: Lang, code: &str) -> &'static str {
    match code {
        "repair" => lang.cost_repair(),
        "sign" => lang.cost_sign(),
        "equipment" => lang.cost_equipment(),
        "rent" => lang.cost_rent(),
        "event" => lang.cost_event(),
        _ => lang.cost_other(),
    }
}

/// Writes what a check says of a criterion.
pub fn answer_words(lang: Lang, code: &str) -> (Tone, &'static str) {
    match code {
        "met" => (Tone::Good, lang.answer_met()),
        "not_met" => (Tone::Bad, lang.answer_not_met()),
        _ => (Tone::Quiet, lang.answer_unknown()),
    }
}
