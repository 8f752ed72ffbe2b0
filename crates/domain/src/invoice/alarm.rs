//! When waiting invoices worry somebody. Fines grow with their number, and data that is a working day late is fined too;
//! a provider's outage is no excuse.

/// Numbers of waiting invoices at which the fines step up (NĐ 310/2025).
pub const STEPS: [i64; 5] = [1, 2, 10, 20, 50];
/// From so many on, the alarm is red.
const MANY: i64 = 10;
/// An invoice younger than this is on its way, not late: a minute.
pub const ON_ITS_WAY_MS: i64 = 60_000;
/// Before the day's cut-off, everything that still waits is urgent: an hour.
pub const BEFORE_CUTOFF_MS: i64 = 60 * 60_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60_000;
/// Vietnam is seven hours ahead of UTC, all year.
const OFFSET_MS: i64 = 7 * 60 * 60_000;

/// How loud an alarm is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// Nothing is late.
    Quiet,
    /// A few wait.
    Few,
    /// Ten or more wait, or the day's cut-off is near.
    Urgent,
    /// The cut-off of a day passed with invoices of that day.
    Missed,
}

/// What waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pending {
    /// Invoices that are not issued.
    pub count: i64,
    /// When the first of them was sold, UTC milliseconds; none when nothing waits.
    pub oldest_ms: Option<i64>,
}

impl Alarm {
    /// Returns the name that programs use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Few => "few",
            Self::Urgent => "urgent",
            Self::Missed => "missed",
        }
    }

    /// Returns how loud it is at a moment. `cutoff_min` is the minute of the local day at which data must be out.
    pub fn of(pending: Pending, now_ms: i64, cutoff_min: i64) -> Self {
        let Some(oldest_ms) = pending.oldest_ms.filter(|_| pending.count > 0) else { return Self::Quiet };
        let local_ms = |moment_ms: i64| moment_ms.saturating_add(OFFSET_MS);
        let cutoff_after = |moment_ms: i64| {
            let midnight_ms = local_ms(moment_ms).div_euclid(DAY_MS).saturating_mul(DAY_MS);
            let today_ms = midnight_ms.saturating_add(cutoff_min.saturating_mul(60_000));
            // What is sold after the cut-off goes out by that of the next day.
            if today_ms <= local_ms(moment_ms) { today_ms.saturating_add(DAY_MS) } else { today_ms }
        };
        let left_ms = cutoff_after(oldest_ms).saturating_sub(local_ms(now_ms));
        if left_ms <= 0 {
            Self::Missed
        } else if now_ms.saturating_sub(oldest_ms) < ON_ITS_WAY_MS && pending.count < MANY {
            Self::Quiet
        } else if pending.count >= MANY || left_ms <= BEFORE_CUTOFF_MS {
            Self::Urgent
        } else {
            Self::Few
        }
    }
}

/// Returns the step of [`STEPS`] that a number has reached; 0 below the first.
pub fn step(count: i64) -> i64 {
    STEPS.into_iter().rev().find(|step| count >= *step).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    /// Midnight of 23/11/2026 in Vietnam.
    const MIDNIGHT: i64 = 1_795_366_800_000;
    /// 23:55.
    const CUTOFF: i64 = 23 * 60 + 55;

    #[test]
    fn an_alarm_follows_number_age_and_hour() {
        let eight = MIDNIGHT + 8 * HOUR;
        for (count, sold, now, expected, why) in [
            (0, None, eight, Alarm::Quiet, "nothing waits"),
            (1, Some(eight), eight + 59_000, Alarm::Quiet, "on its way"),
            (1, Some(eight), eight + MINUTE, Alarm::Few, "late"),
            (9, Some(eight), eight + HOUR, Alarm::Few, "nine"),
            (10, Some(eight), eight + 1, Alarm::Urgent, "ten at once"),
            (1, Some(eight), MIDNIGHT + 22 * HOUR + 54 * MINUTE, Alarm::Few, "more than an hour left"),
            (1, Some(eight), MIDNIGHT + 22 * HOUR + 55 * MINUTE, Alarm::Urgent, "an hour left"),
            (1, Some(eight), MIDNIGHT + CUTOFF * MINUTE, Alarm::Missed, "the cut-off"),
            (1, Some(eight), MIDNIGHT + 30 * HOUR, Alarm::Missed, "the next morning"),
            (1, Some(MIDNIGHT + CUTOFF * MINUTE), MIDNIGHT + 30 * HOUR, Alarm::Few, "sold after the cut-off"),
            (1, Some(eight), eight - HOUR, Alarm::Quiet, "the clock was set back"),
        ] {
            let pending = Pending { count, oldest_ms: sold };
            assert_eq!(Alarm::of(pending, now, CUTOFF), expected, "{why}");
        }
    }

    #[test]
    fn steps_are_those_of_the_fines() {
        for (count, expected) in
            [(0, 0), (1, 1), (2, 2), (9, 2), (10, 10), (19, 10), (20, 20), (49, 20), (50, 50), (9_999, 50)]
        {
            assert_eq!(step(count), expected, "{count}");
        }
    }
}
