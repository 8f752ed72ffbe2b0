//! Entering sales from the pad: the panel that asks when one was made, the mark on its cart, and the question about twins.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::pad::{DAYS_BACK_MOST, PadLines};
use maud::{Markup, html};
use serde::Deserialize;
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::select;
use web::format::{date_text, datetime_text, local_date, local_time_text};
use web::{Fault, Lang};

use super::keys::Key;
use super::pad_texts::PadTexts;
use super::side::Side;
use super::tender::{Given, Way};
use super::visit::Visit;
use super::{day, keys, pay};
use crate::counter::pad::{self, Claim, PadState, Twin};
use crate::counter::{CounterState, Note};

/// Twins that a question shows; the others are like them.
const SHOWN_MAX: usize = 3;
/// The form of the panel.
const FORM: &str = "enter-from-pad";

/// When a sale was made, and where it stands on the pad.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterFromPad {
    sale_id: Uuid,
    /// `2026-11-28`.
    day: String,
    /// As typed: `16:40`.
    time: String,
    /// As typed: `12` or `12-14`.
    lines: String,
}

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PadPanel {
    /// The moment of the panel, UTC milliseconds.
    pub now_ms: i64,
    /// What stands in its fields.
    pub typed: EnterFromPad,
}

impl PadPanel {
    /// Returns the panel as it opens: with what the cart says already, else for a sale of today.
    pub fn of(visit: &Visit, state: &CounterState) -> Self {
        let now_ms = visit.app.clock().now_ms();
        let typed = match &state.pad {
            Some(PadState { claimed_at_ms, lines }) => EnterFromPad {
                time: local_time_text(*claimed_at_ms),
                lines: lines.clone(),
                ..on(*claimed_at_ms)
            },
            None => on(now_ms),
        };
        Self { now_ms, typed }
    }

    /// Returns the panel for the sale that stands next on the pad.
    pub fn after(visit: &Visit, claimed_at_ms: i64, lines: &str) -> Self {
        let next = PadLines::parse(lines).ok().and_then(PadLines::next);
        let lines = next.map(|next| next.to_string()).unwrap_or_default();
        Self { now_ms: visit.app.clock().now_ms(), typed: EnterFromPad { lines, ..on(claimed_at_ms) } }
    }
}

fn on(at_ms: i64) -> EnterFromPad {
    EnterFromPad { day: local_date(at_ms).to_string(), ..EnterFromPad::default() }
}

/// Enters a sale from the pad.
pub async fn enter(visit: Visit, Form(form): Form<EnterFromPad>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let state = match form.claim() {
        Ok(claim) => visit.ok(pad::enter(&visit.app, &visit.seat, &request, claim).await)?,
        Err(note) => visit.state(note).await?,
    };
    let again = matches!(
        state.note,
        Note::PadFuture | Note::PadTooOld { .. } | Note::PadLines | Note::BadField { .. }
    );
    let panel = || Box::new(PadPanel { now_ms: visit.app.clock().now_ms(), typed: form.clone() });
    let side = if again { Side::Pad(panel()) } else { Side::Keys };
    Ok(visit.answer_state(state, &side, None))
}

impl EnterFromPad {
    fn claim(&self) -> Result<Claim, Note> {
        let bad = |field: &str| Note::BadField { field: field.to_owned() };
        Ok(Claim {
            day: day::parse(&self.day).ok_or_else(|| bad("day"))?,
            minute: day::parse_minute(&self.time).ok_or_else(|| bad("time"))?,
            lines: PadLines::parse(&self.lines).map_err(|_| Note::PadLines)?,
        })
    }
}

/// An answer to the question about twins.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutTwins {
    sale_id: Uuid,
}

/// It is one of them: nothing is recorded, and the next line of the pad comes.
pub async fn same(visit: Visit, Form(form): Form<AboutTwins>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let state = visit.ok(pad::same(&visit.app, &visit.seat, &request).await)?;
    Ok(next(&visit, state))
}

/// It is another one: money is taken next.
pub async fn other(visit: Visit, Form(form): Form<AboutTwins>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let state = visit.ok(pad::other(&visit.app, &visit.seat, &request).await)?;
    match state.note {
        Note::Ready => pay::take(&visit, Way::Cash, Given::default(), None).await,
        _ => Ok(visit.answer_state(state, &Side::Keys, None)),
    }
}

/// Answers with the panel for the next sale of the pad, when one was dealt with.
pub fn next(visit: &Visit, state: CounterState) -> Response {
    let side = match &state.note {
        Note::PadSame { claimed_at_ms, lines } | Note::PadKept { claimed_at_ms, lines, .. } => {
            Side::Pad(Box::new(PadPanel::after(visit, *claimed_at_ms, lines)))
        }
        _ => Side::Keys,
    };
    visit.answer_state(state, &side, None)
}

/// `#from-pad`: the mark on a cart from the pad; everything else looks like any sale.
pub fn mark(lang: Lang, state: &CounterState) -> Markup {
    html! {
        section #from-pad aria-label=(lang.enter_from_pad()) hidden[state.pad.is_none()] {
            @if let Some(PadState { claimed_at_ms, lines }) = &state.pad {
                p.from-pad {
                    span { span aria-hidden="true" { "✎ " } strong { (lang.from_pad(datetime_text(*claimed_at_ms), lines)) } }
                    button.plain type="button" data-post="/counter/show" name="show" value="pad" { (lang.pad_correct()) }
                    @if state.lines.is_empty() {
                        button.plain type="button" data-post="/counter/clear" { (lang.pad_leave()) }
                    }
                }
            }
        }
    }
}

/// The panel that asks when a sale was made.
pub fn panel(lang: Lang, state: &CounterState, shown: &PadPanel) -> Markup {
    let PadPanel { now_ms, typed } = shown;
    let days = days(lang, local_date(*now_ms));
    let options: Vec<(&str, &str)> =
        days.iter().map(|(value, words)| (value.as_str(), words.as_str())).collect();
    let wrong = |field: &str| matches!(&state.note, Note::BadField { field: wrong } if wrong == field);
    let wrong_lines = state.note == Note::PadLines;
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.enter_from_pad()) {
            h2 { (lang.pad_panel()) }
            p.hint { (lang.pad_about()) }
            form.entry #(FORM) data-post="/counter/pad" {
                (select("day", lang.pad_day(), &options, &typed.day, None))
                div.given {
                    label for="time" { (lang.pad_time()) }
                    input #time name="time" inputmode="numeric" autocomplete="off" maxlength="8"
                        value=(typed.time) aria-describedby="time-about" aria-invalid=[wrong("time").then_some("true")]
                        required autofocus[!wrong_lines];
                }
                p.hint #time-about { (lang.pad_time_hint()) }
                div.given {
                    label for="lines" { (lang.pad_line()) }
                    input #lines name="lines" inputmode="text" autocomplete="off" maxlength="13"
                        value=(typed.lines) aria-describedby="lines-about" aria-invalid=[wrong_lines.then_some("true")]
                        required autofocus[wrong_lines];
                }
                p.hint #lines-about { (lang.pad_line_hint()) }
            }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(FORM) { span { (lang.pad_begin()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}

/// The days that a sale may be claimed for, today first: value and words.
fn days(lang: Lang, today: Date) -> Vec<(String, String)> {
    let day = |back: i64| {
        let day = today - Duration::days(back);
        let words = match back {
            0 => lang.pad_today(date_text(day)),
            1 => lang.pad_yesterday(date_text(day)),
            _ => date_text(day),
        };
        (day.to_string(), words)
    };
    (0..=DAYS_BACK_MOST).map(day).collect()
}

/// The question about twins: two answers, and neither is the one that Enter or a scanner presses.
pub fn question(lang: Lang, twins: &[Twin]) -> Markup {
    html! {
        div.panel data-modal role="alertdialog" aria-labelledby="twins-question" {
            h2 { (lang.pad_twins()) }
            p #twins-question tabindex="-1" autofocus {
                @match twins {
                    [only] => { (lang.pad_is_it(&only.receipt, local_time_text(only.at_ms))) }
                    _ => { (lang.pad_is_it_one()) }
                }
            }
            dl.sums {
                @for twin in twins.iter().take(SHOWN_MAX) {
                    dt {
                        (twin.receipt) " · " (datetime_text(twin.at_ms))
                        @if let Some(lines) = &twin.lines { " · " (lang.pad_twin_lines(lines)) }
                    }
                    dd { (Money::new(twin.payable_vnd)) }
                }
            }
            div.held {
                (answer(lang, keys::SAME, "/counter/pad/same"))
                (answer(lang, keys::OTHER, "/counter/pad/other"))
            }
            div.foot { (keys::BACK.button(lang, "/counter/show", Some(("show", "keys")))) }
        }
    }
}

fn answer(lang: Lang, key: Key, path: &str) -> Markup {
    html! {
        button type="button" data-post=(path) aria-keyshortcuts=(key.shortcut) {
            kbd aria-hidden="true" { (key.cap) }
            span { ((key.words)(lang)) }
        }
    }
}
