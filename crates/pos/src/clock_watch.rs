//! Whether the wall clock of this computer is plainly wrong, for the people at the counter. Selling goes on when it is: order
//! is the number of an entry, the business date is the shift's. Only a clock that nothing is known against ends a business
//! date, at four in the morning of the next day.

use std::sync::{Mutex, PoisonError};

use clock::Clock;
use serde::Serialize;
use utoipa::ToSchema;

/// A wall clock that moves this much more or less than the monotonic one was set by somebody.
pub const JUMP_MS: i64 = 2 * 60 * 1_000;
/// 2026-11-01: a wall clock before the program was written is wrong.
pub const BUILT_MS: i64 = 1_793_491_200_000;
/// How far from central's time a clock may be before people are told.
pub const SKEW_MS: i64 = 5 * 60 * 1_000;

/// What there is to say of the clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ClockState {
    /// Nothing.
    #[default]
    Good,
    /// It shows a time before this program was written.
    BeforeProgram {
        /// What it shows, UTC milliseconds.
        now_ms: i64,
    },
    /// It was set back, since the program started or while it did not run.
    SetBack {
        /// How far.
        by_ms: i64,
    },
    /// Central's clock says something else.
    Skewed {
        /// How far ahead of central's; negative for behind it.
        by_ms: i64,
    },
}

/// What the wall clock said, and when that was on the clock that nobody sets.
#[derive(Debug, Clone, Copy)]
struct Seen {
    wall_ms: i64,
    monotonic_ms: i64,
    skew_ms: Option<i64>,
}

/// Watches the clock of one run of the program.
#[derive(Debug)]
pub struct ClockWatch(Mutex<Seen>);

impl ClockWatch {
    /// Begins to watch. `written_ms` is what the clock said at the journal's last entry.
    pub fn new(clock: &Clock, written_ms: Option<i64>) -> Self {
        let wall_ms = clock.now_ms().max(written_ms.unwrap_or(i64::MIN));
        Self(Mutex::new(Seen { wall_ms, monotonic_ms: clock.monotonic_ms(), skew_ms: None }))
    }

    /// Says how the clock stands. Only what is certain is told: a clock that runs ahead may have slept, and one that was set
    /// right again is right.
    pub fn state(&self, clock: &Clock) -> ClockState {
        let (now_ms, monotonic_ms) = (clock.now_ms(), clock.monotonic_ms());
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now_ms < BUILT_MS {
            return ClockState::BeforeProgram { now_ms };
        }
        if seen.wall_ms < BUILT_MS {
            // Set right after a start with a dead battery.
            *seen = Seen { wall_ms: now_ms, monotonic_ms, skew_ms: None };
        }
        let expected_ms = seen.wall_ms.saturating_add(monotonic_ms - seen.monotonic_ms);
        match seen.skew_ms {
            Some(skew_ms) => {
                // What central said then, and what the clock has done since.
                let by_ms = skew_ms.saturating_add(now_ms.saturating_sub(expected_ms));
                if by_ms.saturating_abs() > SKEW_MS { ClockState::Skewed { by_ms } } else { ClockState::Good }
            }
            None if now_ms < expected_ms.saturating_sub(JUMP_MS) => {
                ClockState::SetBack { by_ms: expected_ms.saturating_sub(now_ms) }
            }
            None => ClockState::Good,
        }
    }

    /// Returns what time it is as far as anybody knows, UTC milliseconds: the wall clock, put right by what central's said. One that
    /// moved ahead since has slept, rather than been set: a night asleep is over all the same.
    pub fn likely_ms(&self, clock: &Clock) -> i64 {
        let (now_ms, monotonic_ms) = (clock.now_ms(), clock.monotonic_ms());
        let seen = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let expected_ms = seen.wall_ms.saturating_add(monotonic_ms - seen.monotonic_ms);
        let set_back_ms = now_ms.saturating_sub(expected_ms).min(0);
        let by_ms = seen.skew_ms.map_or(0, |skew_ms| skew_ms.saturating_add(set_back_ms));
        if by_ms.saturating_abs() > SKEW_MS { now_ms.saturating_sub(by_ms) } else { now_ms }
    }

    /// Compares the clock with central's, as it was in an answer of a moment ago: from then on that is what counts.
    pub fn compare(&self, clock: &Clock, central_time_ms: i64) {
        let (now_ms, monotonic_ms) = (clock.now_ms(), clock.monotonic_ms());
        let skew_ms = Some(now_ms.saturating_sub(central_time_ms));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
            Seen { wall_ms: now_ms, monotonic_ms, skew_ms };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use clock::Source;

    use super::*;

    /// 28/11/2026 16:40 in Vietnam.
    const NOW_MS: i64 = 1_795_858_800_000;
    const HOUR_MS: i64 = 3_600_000;

    #[derive(Default)]
    struct Driven {
        wall_ms: AtomicI64,
        monotonic_ms: AtomicI64,
    }

    impl Source for Driven {
        fn now_ms(&self) -> i64 {
            self.wall_ms.load(Ordering::SeqCst)
        }
        fn monotonic_ms(&self) -> i64 {
            self.monotonic_ms.load(Ordering::SeqCst)
        }
        fn fill(&self, _bytes: &mut [u8]) {}
    }

    fn at(wall_ms: i64) -> (Arc<Driven>, Clock) {
        let driven = Arc::new(Driven::default());
        driven.wall_ms.store(wall_ms, Ordering::SeqCst);
        (Arc::clone(&driven), Clock::new(driven))
    }

    #[test]
    fn a_clock_that_was_set_back_is_told_until_it_is_set_right() {
        let (driven, clock) = at(NOW_MS);
        let watch = ClockWatch::new(&clock, Some(NOW_MS - HOUR_MS));
        assert_eq!(watch.state(&clock), ClockState::Good);
        driven.monotonic_ms.store(HOUR_MS, Ordering::SeqCst);
        for (what, wall_ms, expected) in [
            ("time passes", NOW_MS + HOUR_MS, ClockState::Good),
            ("it slept", NOW_MS + 9 * HOUR_MS, ClockState::Good),
            ("a minute less", NOW_MS + HOUR_MS - 60_000, ClockState::Good),
            ("an hour back", NOW_MS, ClockState::SetBack { by_ms: HOUR_MS }),
            ("a day back", NOW_MS - 23 * HOUR_MS, ClockState::SetBack { by_ms: 24 * HOUR_MS }),
            ("the year 2000", 946_684_800_000, ClockState::BeforeProgram { now_ms: 946_684_800_000 }),
            ("right again", NOW_MS + HOUR_MS + 1, ClockState::Good),
        ] {
            driven.wall_ms.store(wall_ms, Ordering::SeqCst);
            assert_eq!(watch.state(&clock), expected, "{what}");
        }
    }

    #[test]
    fn a_start_with_another_clock_than_the_journals_is_told() {
        let (_, clock) = at(NOW_MS);
        let watch = ClockWatch::new(&clock, Some(NOW_MS + HOUR_MS));
        assert_eq!(watch.state(&clock), ClockState::SetBack { by_ms: HOUR_MS });
        // A dead battery, then somebody sets the clock.
        let (driven, clock) = at(946_684_800_000);
        let watch = ClockWatch::new(&clock, None);
        assert!(matches!(watch.state(&clock), ClockState::BeforeProgram { .. }));
        driven.wall_ms.store(NOW_MS, Ordering::SeqCst);
        assert_eq!(watch.state(&clock), ClockState::Good);
    }

    #[test]
    fn central_knows_better() {
        let (driven, clock) = at(NOW_MS);
        let watch = ClockWatch::new(&clock, Some(NOW_MS + HOUR_MS));
        watch.compare(&clock, NOW_MS + 1_000);
        assert_eq!(watch.state(&clock), ClockState::Good, "it was ahead before, and is right now");
        watch.compare(&clock, NOW_MS - 2 * HOUR_MS);
        assert_eq!(watch.state(&clock), ClockState::Skewed { by_ms: 2 * HOUR_MS });
        assert_eq!(watch.likely_ms(&clock), NOW_MS - 2 * HOUR_MS);
        driven.wall_ms.store(NOW_MS - 2 * HOUR_MS, Ordering::SeqCst);
        assert_eq!(watch.state(&clock), ClockState::Good, "set right");
        assert_eq!(watch.likely_ms(&clock), NOW_MS - 2 * HOUR_MS);
        driven.wall_ms.store(NOW_MS - 3 * HOUR_MS, Ordering::SeqCst);
        assert_eq!(watch.state(&clock), ClockState::Skewed { by_ms: -HOUR_MS });
        assert_eq!(watch.likely_ms(&clock), NOW_MS - 2 * HOUR_MS);
    }

    /// The clock that nobody sets stands still in a computer that sleeps.
    #[test]
    fn a_night_asleep_is_over() {
        let (driven, clock) = at(NOW_MS);
        let watch = ClockWatch::new(&clock, None);
        watch.compare(&clock, NOW_MS);
        driven.wall_ms.store(NOW_MS + 10 * HOUR_MS, Ordering::SeqCst);
        assert_eq!(watch.likely_ms(&clock), NOW_MS + 10 * HOUR_MS);
        watch.compare(&clock, NOW_MS + 8 * HOUR_MS);
        driven.wall_ms.store(NOW_MS + 20 * HOUR_MS, Ordering::SeqCst);
        assert_eq!(watch.likely_ms(&clock), NOW_MS + 18 * HOUR_MS, "two hours fast, and slept ten");
    }
}
