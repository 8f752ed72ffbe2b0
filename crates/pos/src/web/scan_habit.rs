//! How the scanner of a counter types: the form that sets it up, and a field to try it.

use axum::Json;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::scan_habit::{GAP_LEAST_MS, GAP_MOST_MS, HabitError, MARK_MOST, Pace, ScanHabit};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::printer_texts::PrinterTexts;
use super::printers::{address_of, counter_of, refuse_training};
use super::shift;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::scanners::{self, Understood};
use crate::db::scan_habits;

/// Keys of a trial; a scanner sends no more at once.
const GAPS_MOST: usize = 600;

/// How a scanner is set up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpHabit {
    /// Names this form.
    op_id: String,
    /// From 1.
    counter: u8,
    /// Milliseconds between two keys, on average at most: 10 to 120.
    gap_ms: String,
    /// What stands before each code, at most 8 characters.
    prefix: String,
    /// What stands behind each code, at most 8 characters.
    suffix: String,
}

/// What a scanner typed into the field that tries it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryScan {
    /// From 1.
    counter: u8,
    /// What came.
    code: String,
    /// Milliseconds between the keys, apart by blanks.
    gaps: String,
    /// The key that ended it: `Enter`, `Tab`, or nothing.
    end: String,
}

/// What a trial tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tried {
    /// What came.
    pub came: String,
    /// How many keys.
    pub keys: usize,
    /// Milliseconds from one key to the next, on average.
    pub average_ms: u16,
    /// The longest of them.
    pub slowest_ms: u16,
    /// The key that ended it; empty for none.
    pub end: String,
    /// A counter takes it for a scanner, as it is set up.
    pub is_scan: bool,
    /// The pace to set up instead; none when it is fast enough, or as slow as people.
    pub advised_ms: Option<u16>,
    /// The code without what stands around it.
    pub code: String,
    /// What it is at a counter.
    pub understood: Understood,
}

/// Keeps how a counter's scanner types.
pub async fn save(visit: Visit, Form(form): Form<SetUpHabit>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let op_id = check_op_id(&form.op_id)?;
    let counter = counter_of(&visit, Some(form.counter));
    let gap_ms = form.gap_ms.trim().parse::<u16>().map_err(|_| HabitError::Gap);
    let habit = match gap_ms.and_then(|gap_ms| ScanHabit::new(gap_ms, form.prefix.trim(), form.suffix.trim()))
    {
        Ok(habit) => habit,
        Err(error) => return Err(refused(error)),
    };
    let name = Lang::Vi.counter_no(counter);
    let state = visit.ok(scanners::save_habit(&visit.app, &visit.seat, &op_id, &name, &habit).await)?;
    shift::done(&visit, state, &address_of(counter))
}

fn refused(error: HabitError) -> Fault {
    Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_habit", |lang: Lang| match error {
        HabitError::Gap => lang.scan_bad_gap(GAP_LEAST_MS, GAP_MOST_MS),
        HabitError::Mark => lang.scan_bad_mark(MARK_MOST),
    })
}

/// Tells what a scanner typed, and what a counter would understand.
pub async fn attempt(visit: Visit, Query(form): Query<TryScan>) -> Result<Response, Fault> {
    let gaps = form.gaps.split_whitespace().take(GAPS_MOST).map(|gap| gap.parse().unwrap_or(u16::MAX));
    let pace = Pace::of(&gaps.collect::<Vec<u16>>());
    let name = Lang::Vi.counter_no(counter_of(&visit, Some(form.counter)));
    let habit = visit.ok(scan_habits::find_habit(visit.app.db().read(), &name).await)?;
    let code = habit.cut(&form.code);
    let is_scan = pace.is_scan(&habit);
    let tried = Tried {
        keys: pace.keys,
        average_ms: pace.average_ms,
        slowest_ms: pace.slowest_ms,
        is_scan,
        advised_ms: pace.advised_ms().filter(|advised| !is_scan && *advised > habit.gap_ms()),
        understood: visit.ok(scanners::understand(&visit.app, code).await)?,
        code: code.to_owned(),
        came: form.code.clone(),
        end: form.end,
    };
    Ok(match visit.wanted {
        Wanted::Json => Json(tried).into_response(),
        Wanted::Markup => result(visit.lang, &tried).into_response(),
    })
}

/// The form, and the field to try it.
pub(super) fn form(visit: &Visit, counter: u8, habit: &ScanHabit) -> Markup {
    let lang = visit.lang;
    let gap = habit.gap_ms().to_string();
    html! {
        form.card.form method="post" action="/printers/scan-habit" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            input type="hidden" name="counter" value=(counter);
            h2.whole { (lang.scan_habit_of(lang.counter_no(counter))) }
            p.hint.whole { (lang.scan_habit_about()) }
            (Field { value: &gap, inputmode: "numeric", hint: Some(&lang.scan_gap_hint(GAP_LEAST_MS, GAP_MOST_MS)), ..Field::new("gap_ms", lang.scan_gap()) }.render())
            (Field { value: habit.prefix(), hint: Some(lang.scan_mark_hint()), is_required: false, ..Field::new("prefix", lang.scan_prefix()) }.render())
            (Field { value: habit.suffix(), is_required: false, ..Field::new("suffix", lang.scan_suffix()) }.render())
            div.actions { button { (lang.scan_save()) } }
        }
        section.card.form {
            h2.whole { (lang.scan_try()) }
            div.field.whole {
                label for="scan-try" { (lang.scan_try_field()) }
                input #scan-try type="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="512"
                    data-try={ "/printers/scan-habit/try?counter=" (counter) } aria-describedby="scan-try-about";
                p.hint #scan-try-about { (lang.scan_try_about()) }
            }
            div.whole #tried {}
        }
    }
}

/// `#tried`: what came, and what was understood.
pub fn result(lang: Lang, tried: &Tried) -> Markup {
    html! {
        div.whole #tried role="status" {
            dl.sums {
                dt { (lang.scan_came()) } dd { code { (tried.came) } }
                dt { (lang.scan_pace()) } dd { (lang.scan_pace_told(tried.keys, tried.average_ms, tried.slowest_ms)) }
                dt { (lang.scan_end()) } dd { (ending(lang, &tried.end)) }
                dt { (lang.scan_code()) } dd { code { (tried.code) } }
                dt { (lang.scan_is()) } dd { (meaning(lang, &tried.understood)) }
            }
            p { (verdict(lang, tried)) }
        }
    }
}

fn ending(lang: Lang, key: &str) -> String {
    match key {
        "" => lang.scan_no_end().to_owned(),
        key => key.to_owned(),
    }
}

fn verdict(lang: Lang, tried: &Tried) -> Markup {
    match tried.advised_ms {
        _ if tried.is_scan => chip(Tone::Good, lang.scan_is_scanner()),
        Some(gap_ms) => chip(Tone::Warn, &lang.scan_is_slow(gap_ms)),
        None => chip(Tone::Warn, lang.scan_is_person()),
    }
}

fn meaning(lang: Lang, understood: &Understood) -> &str {
    match understood {
        Understood::Product { name } => name,
        Understood::Unknown => lang.scan_unknown(),
        Understood::Scale => lang.scan_scale(),
        Understood::Words => lang.scan_words(),
        Understood::Unreadable => lang.scan_unreadable(),
    }
}

/// What the client code of a page with a box for codes has to know of the counter's scanner; nothing for a usual one.
///
/// # Errors
/// With what the person is told.
pub(super) async fn told(visit: &Visit) -> Result<Markup, Fault> {
    let habit = visit.ok(scan_habits::find_habit(visit.app.db().read(), &visit.seat.counter).await)?;
    let is_usual = habit == ScanHabit::default();
    Ok(html! {
        @if !is_usual {
            template data-gap=(habit.gap_ms()) data-prefix=(habit.prefix()) data-suffix=(habit.suffix()) {}
        }
    })
}
