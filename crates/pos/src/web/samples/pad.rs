//! Samples of sales from the pad, and of a clock that is wrong.

use maud::{Markup, html};
use web::Lang;

use super::{LONG, OFFLINE_SINCE_MS, empty, id, usual};
use crate::clock_watch::ClockState;
use crate::counter::pad::{PadState, Twin};
use crate::counter::{CounterState, Note};
use crate::web::pad::PadPanel;
use crate::web::pad_page::{self, PageState};
use crate::web::receipts::{self, SaleState};
use crate::web::side::Side;

fn pad(lines: &str) -> Option<PadState> {
    Some(PadState { claimed_at_ms: OFFLINE_SINCE_MS, lines: lines.to_owned() })
}

fn twin(lines: Option<&str>) -> Twin {
    Twin {
        sale_id: id(9),
        receipt: "LS-7Q3F-000122".to_owned(),
        at_ms: OFFLINE_SINCE_MS,
        payable_vnd: 999_999_999,
        lines: lines.map(str::to_owned),
    }
}

/// Returns counters with a cart from the pad, and with each word about the clock.
pub(super) fn counters() -> Vec<CounterState> {
    let clocks = [
        ClockState::BeforeProgram { now_ms: 0 },
        ClockState::SetBack { by_ms: i64::MAX },
        ClockState::SetBack { by_ms: 180_000 },
        ClockState::Skewed { by_ms: -7_200_000 },
    ];
    let mut states = clocks.map(|clock| CounterState { clock, ..usual() }).to_vec();
    states.push(CounterState { pad: pad("12"), ..empty() });
    states.push(CounterState { pad: pad("65416–65535"), ..usual() });
    states
}

/// Returns the panels.
pub(super) fn sides() -> Vec<Side> {
    let panel = |time: &str, lines: &str| {
        let typed = serde_json::json!({
            "sale_id": id(1), "day": "2026-11-22", "time": time, "lines": lines,
        });
        let typed = serde_json::from_value(typed).unwrap();
        Side::Pad(Box::new(PadPanel { now_ms: OFFLINE_SINCE_MS, typed }))
    };
    vec![
        panel("", ""),
        panel("25:00", "<b>"),
        Side::Twins(vec![twin(None)]),
        Side::Twins(vec![twin(Some("12–14")), twin(None), twin(None), twin(None)]),
    ]
}

/// Returns every note.
pub(super) fn notes() -> Vec<Note> {
    let (claimed_at_ms, lines) = (OFFLINE_SINCE_MS, "65416–65535".to_owned());
    vec![
        Note::HandedOverPastDate { name: LONG.to_owned(), expired_on: "01/01/2026".to_owned() },
        Note::PadBegun { claimed_at_ms, lines: lines.clone() },
        Note::PadFuture,
        Note::PadTooOld { days: 14 },
        Note::PadLines,
        Note::BadField { field: "time".to_owned() },
        Note::PadTwins { twins: vec![twin(None)] },
        Note::PadSame { claimed_at_ms, lines: lines.clone() },
        Note::PadKept { receipt: "LS-7Q3F-000122".to_owned(), claimed_at_ms, lines: lines.clone() },
        Note::PadHere,
        Note::PadMade { lines: lines.clone(), printed: true },
        Note::PadMade { lines, printed: false },
    ]
}

/// Returns what pages show; `sale` is one from the till.
pub(super) fn rendered(lang: Lang, sale: &SaleState) -> Vec<Markup> {
    let sale = SaleState { pad: pad("12–14"), ..sale.clone() };
    let page = PageState { slip_id: id(7), first_line: 1, last_line: 40, made_at_ms: OFFLINE_SINCE_MS };
    let mut all = vec![receipts::table(lang, std::slice::from_ref(&sale)), receipts::card(lang, &sale, None)];
    for pages in [&[][..], std::slice::from_ref(&page)] {
        all.push(pad_page::made(lang, pages));
    }
    all.push(pad_page::picture(lang, &page));
    all.extend([true, false].map(|has_printer| pad_page::form(lang, has_printer, &html! {})));
    all
}
