//! Fields, outcomes and reasons in words.

use domain::product_list::{Field, Outcome};
use web::Lang;
use web::fragment::Tone;

use crate::error::Refusal;
use crate::imports::judgement::{ChangeDetail, ProblemDetail};
use crate::imports::sheets::FileError;
use crate::web::import_texts::{ImportReasons, ImportTexts};

/// Returns what a field is called.
pub fn field(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Name => lang.f_name(),
        Field::Unit => lang.f_unit(),
        Field::Price => lang.f_price(),
        Field::Group => lang.f_group(),
        Field::Stars => lang.f_stars(),
        Field::Category => lang.f_category(),
        Field::DecisionNumber => lang.f_decision_number(),
        Field::DecisionDay => lang.f_decision_day(),
        Field::LastDay => lang.f_last_day(),
        Field::Issuer => lang.f_issuer(),
        Field::Level => lang.f_level(),
        Field::Points => lang.f_points(),
        Field::Criteria => lang.f_criteria(),
        Field::GroupPrinted => lang.f_group_printed(),
        Field::Producer => lang.f_producer(),
        Field::Commune => lang.f_commune(),
        Field::Barcode => lang.f_barcode(),
        Field::Sku => lang.f_sku(),
    }
}

/// Returns what an outcome is called.
pub fn outcome(lang: Lang, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Likely => lang.o_likely(),
        Outcome::Wrong => lang.o_wrong(),
        Outcome::New => lang.o_new(),
        Outcome::Raised => lang.o_raised(),
        Outcome::Lowered => lang.o_lowered(),
        Outcome::Renewed => lang.o_renewed(),
        Outcome::Changed => lang.o_changed(),
        Outcome::Unchanged => lang.o_unchanged(),
        Outcome::LeftOut => lang.o_left_out(),
        Outcome::Aside => lang.o_aside(),
    }
}

/// Returns how good or bad an outcome is.
pub const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Likely | Outcome::Lowered => Tone::Warn,
        Outcome::Wrong => Tone::Bad,
        Outcome::New | Outcome::Raised | Outcome::Renewed | Outcome::Changed => Tone::Good,
        Outcome::Unchanged | Outcome::LeftOut | Outcome::Aside => Tone::Quiet,
    }
}

fn named(lang: Lang, code: &str) -> &'static str {
    Field::from_code(code).map_or("", |known| field(lang, known))
}

/// Returns what is wrong with a cell, as one sentence.
pub fn problem(lang: Lang, problem: &ProblemDetail) -> String {
    let (field, about) = (named(lang, &problem.field), problem.about.as_deref().unwrap_or_default());
    match problem.why.as_str() {
        "missing" => lang.why_missing(field),
        "too_long" => lang.why_too_long(field),
        "no_day" => lang.why_no_day(field),
        "days_turned" => lang.why_days_turned(field),
        "no_stars" => lang.why_no_stars(field),
        "stars_elsewhere" => lang.why_stars_elsewhere(field),
        "no_price" => lang.why_no_price(field),
        "no_level" => lang.why_no_level(field),
        "no_points" => lang.why_no_points(field),
        "no_group" => lang.why_no_group(field),
        "group_ended" => lang.why_group_ended(field, about),
        "level_ended" => lang.why_level_ended(field),
        "criteria_later" => lang.why_criteria_later(field),
        "no_category" => lang.why_no_category(field),
        "no_barcode" => lang.why_no_barcode(field),
        "rounded" => lang.why_rounded(field),
        "lost_zeros" => lang.why_lost_zeros(field, about),
        "wrong_check_digit" => lang.why_check_digit(field),
        "twice" => lang.why_twice(field, about),
        "other_producer" => lang.why_other_producer(field, about),
        "two_products" => lang.why_two_products(field, about),
        "retired" => lang.why_retired(field, about),
        "other_stars" => lang.why_other_stars(field, about),
        "several_producers" => lang.why_several_producers(field),
        other => format!("{field}: {other}"),
    }
}

/// Returns a value that differs, with both; groups by their names.
pub fn change(lang: Lang, groups: &[(String, String)], change: &ChangeDetail) -> String {
    let value = |value: &str| match groups.iter().find(|(code, _)| change.field == "group" && code == value) {
        Some((_, name)) => name.clone(),
        None if value.is_empty() => lang.nothing_before().to_owned(),
        None => value.to_owned(),
    };
    lang.change_of(named(lang, &change.field), value(&change.before), value(&change.after))
}

/// Returns why the catalogue did not take what was chosen.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let known = match refusal {
        Refusal::Taken { value, .. } => return lang.apply_taken(value),
        Refusal::Invalid { what: "code", .. } => Some(Field::Sku),
        Refusal::Invalid { what, .. } => Field::from_code(what),
        _ => None,
    };
    known
        .map_or_else(|| lang.apply_refused().to_owned(), |known| lang.apply_refused_field(field(lang, known)))
}

/// Returns why a file is not taken, and what to do.
pub fn file_error(lang: Lang, error: FileError) -> String {
    let words = match error {
        FileError::Empty => lang.file_empty(),
        FileError::TooLarge => lang.file_too_large(),
        FileError::Bomb => lang.file_bomb(),
        FileError::Entities => lang.file_entities(),
        FileError::Password => lang.file_password(),
        FileError::OldWorkbook => lang.file_old(),
        FileError::Unknown => lang.file_unknown(),
        FileError::Damaged => lang.file_damaged(),
        FileError::Letters => lang.file_letters(),
        FileError::TooManySheets => lang.file_many_sheets(),
        FileError::TooManyRows => lang.file_many_rows(),
        FileError::TooManyColumns => lang.file_many_columns(),
        FileError::CellTooLong(row) => return lang.file_long_cell(row),
        FileError::TooManyWords => lang.file_many_words(),
    };
    words.to_owned()
}
