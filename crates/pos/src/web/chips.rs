//! The header's chips: how printer, central, clock, disk and invoices stand.

use domain::Money;
use domain::invoice::alarm::Alarm;
use maud::{Markup, html};
use receipts::printer_error::PrinterError;
use web::Lang;
use web::format::{count_text, date_text, local_date, local_time_text};
use web::fragment::{Tone, chip};

use super::holding_texts::HoldingTexts;
use super::invoice_texts::InvoiceTexts;
use super::texts::CounterTexts;
use crate::clock_watch::ClockState;
use crate::counter::CounterState;
use crate::counter::business_day::DayState;
use crate::counter::state::{CentralState, PrinterState};
use crate::disk_watch::DiskState;
use crate::invoicing::status::InvoicesState;
use crate::sync::SyncStatus;

/// `#business-day`, `#printer`, `#central`, `#clock`, `#disk` and `#invoices`: how they stand, with a sign and words each.
pub fn fragment(lang: Lang, state: &CounterState) -> Markup {
    html! {
        span #business-day hidden[state.day == DayState::Good] { (day(lang, state)) }
        span #printer hidden[state.printer == PrinterState::None] { (printer(lang, &state.printer)) }
        span #central { (central(lang, &state.central)) }
        span #clock hidden[state.clock == ClockState::Good] { (clock(lang, state.clock)) }
        span #disk hidden[state.disk == DiskState::Good] { (disk(lang, state.disk)) }
        span #invoices hidden[!is_worth_telling(&state.invoices)] { (invoices(lang, &state.invoices)) }
    }
}

/// The business date, when it is not today's: it picks prices and tax rates.
fn day(lang: Lang, state: &CounterState) -> Markup {
    let day = state.business_date.as_deref().and_then(super::day::parse).map(date_text).unwrap_or_default();
    let (tone, what, then) = match state.day {
        DayState::Good => return html! {},
        DayState::NotToday => return chip(Tone::Warn, &lang.day_not_today(day)),
        DayState::OldRates => ("warn", lang.day_not_today(day), lang.day_old_rates()),
        DayState::Over => ("bad", lang.day_over(day), lang.day_close_shift()),
        DayState::ClockWrong { now_ms } => {
            ("bad", lang.clock_before(date_text(local_date(now_ms))), lang.set_the_clock())
        }
    };
    html! {
        span.chip.(tone) {
            span.sign aria-hidden="true" { "⚠" }
            span { (what) span.wide { ": " (then) } }
        }
    }
}

fn printer(lang: Lang, printer: &PrinterState) -> Markup {
    match printer {
        PrinterState::None => html! {},
        PrinterState::Good => chip(Tone::Good, lang.printer_good()),
        PrinterState::Waiting { reason } if reason.is_empty() => chip(Tone::Warn, lang.printer_waiting()),
        PrinterState::Waiting { reason } | PrinterState::Failed { reason, .. } => {
            // The first sentence says what is wrong, the second what to do: that one stands beside the paper.
            let advice = advice(lang, reason);
            chip(Tone::Bad, advice.split_once('.').map_or(advice, |(what, _)| what))
        }
        PrinterState::Unknown { .. } => chip(Tone::Warn, lang.printer_unknown()),
    }
}

/// What waits, in đồng, for who may know.
fn worth(central: &CentralState) -> Markup {
    html! { @if let Some(vnd) = central.waiting_vnd { " (" (Money::new(vnd)) ")" } }
}

/// Returns what is wrong with the printer, then what to do about it.
pub fn advice(lang: Lang, reason: &str) -> &'static str {
    let error = PrinterError::from_code(reason);
    match lang {
        Lang::Vi => error.advice_vi(),
        Lang::En => error.advice_en(),
    }
}

fn central(lang: Lang, central: &CentralState) -> Markup {
    let n = count_text(central.waiting_sales);
    let nothing_waits = central.waiting_sales == 0;
    match &central.status {
        SyncStatus::Starting => chip(Tone::Quiet, lang.central_starting()),
        SyncStatus::Good { held: true } => chip(Tone::Warn, lang.central_held()),
        SyncStatus::Good { .. } if nothing_waits => chip(Tone::Good, lang.central_good()),
        SyncStatus::Good { .. } => chip(Tone::Good, &lang.central_waiting(n)),
        SyncStatus::Offline { since_ms } => html! {
            span.chip.(if central.waits_long { "bad" } else { "warn" }) {
                span.sign aria-hidden="true" { (if central.waits_long { "✕" } else { "⚠" }) }
                span {
                    (lang.central_offline())
                    span.wide { " " (lang.offline_since(local_time_text(*since_ms))) }
                    @if !nothing_waits {
                        " · " (lang.sales_count(n)) span.wide { " " (lang.waiting_to_go()) (worth(central)) }
                    }
                }
            }
        },
        SyncStatus::Training => chip(Tone::Quiet, lang.central_training()),
        SyncStatus::NotEnrolled => chip(Tone::Warn, lang.central_not_enrolled()),
        SyncStatus::Refused => chip(Tone::Bad, lang.central_refused()),
        SyncStatus::TooOld => chip(Tone::Bad, lang.central_too_old()),
        SyncStatus::Damaged { at } => chip(Tone::Bad, &lang.central_damaged(at)),
    }
}

fn clock(lang: Lang, clock: ClockState) -> Markup {
    let Some((tone, what)) = wrong_clock(lang, clock) else { return html! {} };
    html! {
        span.chip.(tone) {
            span.sign aria-hidden="true" { "⚠" }
            span { (what) span.wide { ": " (lang.set_the_clock()) } }
        }
    }
}

/// Returns how bad a wrong clock is, and what is wrong with it; `None` for one of which nothing is known.
fn wrong_clock(lang: Lang, clock: ClockState) -> Option<(&'static str, String)> {
    Some(match clock {
        ClockState::Good => return None,
        ClockState::BeforeProgram { now_ms } => ("bad", lang.clock_before(date_text(local_date(now_ms)))),
        ClockState::SetBack { by_ms } => ("warn", lang.clock_set_back(span(lang, by_ms))),
        ClockState::Skewed { by_ms } => ("warn", lang.clock_skewed(span(lang, by_ms))),
    })
}

/// Returns the sentence about a wrong clock, for a page that depends on the day; `None` for one of which nothing is known.
pub fn clock_sentence(lang: Lang, clock: ClockState) -> Option<String> {
    wrong_clock(lang, clock).map(|(_, what)| format!("{what}: {}.", lang.set_the_clock()))
}

fn disk(lang: Lang, disk: DiskState) -> Markup {
    let (tone, what, then) = match disk {
        DiskState::Good => return html! {},
        DiskState::Low { free_mb } => ("warn", lang.disk_low(count_text(free_mb)), lang.disk_tidy()),
        DiskState::Full { free_mb } => ("bad", lang.disk_low(count_text(free_mb)), lang.disk_no_backups()),
    };
    html! {
        span.chip.(tone) {
            span.sign aria-hidden="true" { "⚠" }
            span { (what) span.wide { ": " (then) } }
        }
    }
}

/// Writes a span of time in its largest whole unit.
fn span(lang: Lang, by_ms: i64) -> String {
    let minutes = by_ms.saturating_abs() / 60_000;
    match (minutes / 1_440, minutes / 60) {
        (0, 0) => lang.minutes(count_text(minutes)),
        (0, hours) => lang.hours(count_text(hours)),
        (days, _) => lang.days(count_text(days)),
    }
}

/// An invoice that was written a moment ago is nothing to look at.
fn is_worth_telling(invoices: &InvoicesState) -> bool {
    invoices.numbers_left.is_some() || (invoices.waiting > 0 && invoices.alarm != Alarm::Quiet.code())
}

fn invoices(lang: Lang, invoices: &InvoicesState) -> Markup {
    if invoices.numbers_left == Some(0) {
        return chip(Tone::Bad, lang.invoices_no_numbers());
    }
    let (n, since) = (count_text(invoices.waiting), local_time_text(invoices.oldest_ms.unwrap_or(0)));
    match (invoices.alarm.as_str(), invoices.numbers_left) {
        ("missed", _) => chip(Tone::Bad, &lang.invoices_missed(n)),
        ("urgent", _) => chip(Tone::Bad, &lang.invoices_waiting(n, since)),
        ("few", _) => chip(Tone::Warn, &lang.invoices_waiting(n, since)),
        (_, Some(left)) => chip(Tone::Warn, &lang.invoices_few_numbers(count_text(left))),
        _ => html! {},
    }
}
