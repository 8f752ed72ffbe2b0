//! The header's chips, the printer's and central's, and the paper that a person must look at.

use domain::Money;
use maud::{Markup, html};
use receipts::printer_error::PrinterError;
use uuid::Uuid;
use web::Lang;
use web::format::{count_text, local_time_text};
use web::fragment::{Tone, chip};

use super::texts::CounterTexts;
use crate::counter::CounterState;
use crate::counter::state::{CentralState, PrinterState};
use crate::sync::SyncStatus;

/// `#chips`: how printer and central stand, with a sign and words each.
pub fn fragment(lang: Lang, state: &CounterState) -> Markup {
    html! {
        span #chips.status {
            (printer(lang, &state.printer))
            (central(lang, &state.central))
        }
    }
}

fn printer(lang: Lang, printer: &PrinterState) -> Markup {
    match printer {
        PrinterState::None => html! {},
        PrinterState::Good => chip(Tone::Good, lang.printer_good()),
        PrinterState::Waiting => chip(Tone::Warn, lang.printer_waiting()),
        PrinterState::Failed { reason, .. } => {
            // The first sentence says what is wrong, the second what to do: that one stands beside the paper.
            let advice = advice(lang, reason);
            chip(Tone::Bad, advice.split_once('.').map_or(advice, |(what, _)| what))
        }
        PrinterState::Unknown { .. } => chip(Tone::Warn, lang.printer_unknown()),
    }
}

fn advice(lang: Lang, reason: &str) -> &'static str {
    let error = PrinterError::from_code(reason);
    match lang {
        Lang::Vi => error.advice_vi(),
        Lang::En => error.advice_en(),
    }
}

fn central(lang: Lang, central: &CentralState) -> Markup {
    let (n, vnd) = (count_text(central.waiting_sales), Money::new(central.waiting_vnd));
    let nothing_waits = central.waiting_sales == 0;
    match &central.status {
        SyncStatus::Starting => chip(Tone::Quiet, lang.central_starting()),
        SyncStatus::Good { held: true } => chip(Tone::Warn, lang.central_held()),
        SyncStatus::Good { .. } if nothing_waits => chip(Tone::Good, lang.central_good()),
        SyncStatus::Good { .. } => chip(Tone::Good, &lang.central_waiting(n, vnd)),
        SyncStatus::Offline { since_ms } => {
            let time = local_time_text(*since_ms);
            let words = if nothing_waits {
                lang.central_offline(time)
            } else {
                lang.central_offline_waiting(time, n, vnd)
            };
            chip(Tone::Warn, &words)
        }
        SyncStatus::NotEnrolled => chip(Tone::Warn, lang.central_not_enrolled()),
        SyncStatus::Refused => chip(Tone::Bad, lang.central_refused()),
        SyncStatus::TooOld => chip(Tone::Bad, lang.central_too_old()),
        SyncStatus::Damaged { at } => chip(Tone::Bad, &lang.central_damaged(at)),
    }
}

/// `#paper`: a receipt that was not printed, or perhaps in part; a person looks at the paper and decides.
pub fn paper(lang: Lang, state: &CounterState) -> Markup {
    let receipt_of = |sale_id: &Uuid| {
        state.last_sale.as_ref().filter(|last| last.sale_id == *sale_id).map(|last| last.receipt.as_str())
    };
    let about = match &state.printer {
        PrinterState::Failed { sale_id, reason } => {
            let why = advice(lang, reason);
            let words = match receipt_of(sale_id) {
                Some(receipt) => lang.paper_failed(receipt, why),
                None => lang.paper_failed_other(why),
            };
            Some((sale_id, "✕ ", words))
        }
        PrinterState::Unknown { sale_id } => {
            let words = match receipt_of(sale_id) {
                Some(receipt) => lang.paper_unknown(receipt),
                None => lang.paper_unknown_other().to_owned(),
            };
            Some((sale_id, "⚠ ", words))
        }
        _ => None,
    };
    html! {
        section #paper aria-label=(lang.printer_good()) {
            @if let Some((sale_id, sign, words)) = about {
                p.missed {
                    span { span aria-hidden="true" { (sign) } (words) }
                    button.plain type="button" data-post="/counter/reprint" name="printed_sale_id" value=(sale_id) {
                        (lang.print_again())
                    }
                    button.plain type="button" data-post="/counter/skip-print" name="printed_sale_id" value=(sale_id) {
                        (lang.paper_skip())
                    }
                }
            }
        }
    }
}
