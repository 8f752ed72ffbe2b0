//! Samples of what a counter is held to: the day of its shift, what it showed; and of a till that nobody reached for long.

use super::{LONG, OFFLINE_SINCE_MS};
use crate::counter::business_day::DayState;
use crate::counter::note::Holding;
use crate::counter::state::CentralState;
use crate::counter::{CounterState, Note};
use crate::sync::SyncStatus;

/// Returns a counter on each day that is worth telling, and one whose sales have waited for more than a day.
pub(super) fn counters(usual: &CounterState) -> Vec<CounterState> {
    let days = [
        DayState::NotToday,
        DayState::OldRates,
        DayState::Over,
        DayState::ClockWrong { now_ms: 10 * OFFLINE_SINCE_MS },
    ];
    let on = |day| CounterState { day, business_date: Some("2026-12-31".to_owned()), ..usual.clone() };
    let central = CentralState {
        status: SyncStatus::Offline { since_ms: OFFLINE_SINCE_MS },
        waiting_sales: 1_400,
        waiting_vnd: Some(2_340_000_000),
        waits_long: true,
    };
    days.map(on).into_iter().chain([CounterState { central, ..usual.clone() }]).collect()
}

/// Returns every note of them.
pub(super) fn notes() -> Vec<Note> {
    let changed = |cart| Holding::PayableChanged { shown_vnd: 280_000, payable_vnd: 1_000_000_000, cart };
    [
        changed(true),
        changed(false),
        Holding::ScannedForReal,
        Holding::DayOver { day: "31/12/2026".to_owned(), now: "01/01/2027 07:30".to_owned() },
        Holding::PriceMoved { name: LONG.to_owned(), was_vnd: 280_000, price_vnd: 999_999_999 },
        Holding::PriceAbove { name: LONG.to_owned(), posted_vnd: 999_999_999 },
    ]
    .map(Note::Holding)
    .into()
}
