//! Goods that a producer announced: which of the goods that a store took in are these.

use time::{Date, Duration};

/// Goods come so many days before the day that was said, and are still these.
const DAYS_EARLY: i64 = 2;
/// And so many days after it.
const DAYS_LATE: i64 = 7;

/// A business day, and when the department heard of what was on it; the later of two on one day is the one heard of later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// The business day.
    pub day: Date,
    /// UTC milliseconds.
    pub at_ms: i64,
}

/// Returns whether goods that a store took in may be those that were announced for a day: taken in after they were announced, at
/// most two days before that day and at most seven after it. A shop may sync days later, so the business days count first.
pub fn is_of(announced: Heard, comes_on: Date, taken_in: Heard) -> bool {
    let days = comes_on - Duration::days(DAYS_EARLY)..=comes_on + Duration::days(DAYS_LATE);
    taken_in > announced && days.contains(&taken_in.day)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const ANNOUNCED: Heard = Heard { day: date!(2026 - 11 - 10), at_ms: 1_000 };
    const COMES_ON: Date = date!(2026 - 11 - 20);

    fn comes(day: Date) -> bool {
        is_of(ANNOUNCED, COMES_ON, Heard { day, at_ms: 2_000 })
    }

    #[test]
    fn goods_come_from_two_days_before_to_seven_days_after() {
        assert!(!comes(date!(2026 - 11 - 17)));
        assert!(comes(date!(2026 - 11 - 18)));
        assert!(comes(date!(2026 - 11 - 27)));
        assert!(!comes(date!(2026 - 11 - 28)));
    }

    #[test]
    fn goods_taken_in_before_are_others() {
        let at = |day, at_ms| is_of(ANNOUNCED, date!(2026 - 11 - 11), Heard { day, at_ms });
        assert!(!at(date!(2026 - 11 - 9), 5_000), "the day before, heard of later");
        assert!(!at(ANNOUNCED.day, 1_000), "the same moment");
        assert!(at(ANNOUNCED.day, 1_001), "the same day, heard of later");
        assert!(at(date!(2026 - 11 - 11), 500), "a later day by a till that is ahead");
    }
}
