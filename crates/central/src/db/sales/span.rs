//! What sums over all stores are kept for: months, and stretches of them.

use domain::catalog::{month_after, month_of};
use time::{Date, Duration};

/// The first days of a month's stretches; the last one goes to the month's end.
const STRETCHES: [u8; 4] = [1, 8, 15, 22];

/// A kind of span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// A month.
    Month,
    /// Days 1 to 7, 8 to 14, 15 to 21, or 22 to the last one of a month.
    Stretch,
}

impl Span {
    /// Returns its name in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Stretch => "stretch",
        }
    }

    /// Returns the day after the span in which a day lies.
    pub(super) fn after(self, day: Date) -> Date {
        match self {
            Self::Stretch if day.day() < STRETCHES[3] => stretch_of(day) + Duration::days(7),
            Self::Month | Self::Stretch => month_after(day),
        }
    }
}

/// Returns the first day of the stretch in which a day lies.
pub(super) fn stretch_of(day: Date) -> Date {
    let first = STRETCHES.into_iter().rfind(|first| *first <= day.day()).unwrap_or(1);
    month_of(day) + Duration::days(i64::from(first) - 1)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn stretches_part_a_month() {
        for (day, first, after) in [
            (date!(2026 - 02 - 01), date!(2026 - 02 - 01), date!(2026 - 02 - 08)),
            (date!(2026 - 02 - 07), date!(2026 - 02 - 01), date!(2026 - 02 - 08)),
            (date!(2026 - 02 - 08), date!(2026 - 02 - 08), date!(2026 - 02 - 15)),
            (date!(2026 - 02 - 21), date!(2026 - 02 - 15), date!(2026 - 02 - 22)),
            (date!(2026 - 02 - 22), date!(2026 - 02 - 22), date!(2026 - 03 - 01)),
            (date!(2026 - 12 - 31), date!(2026 - 12 - 22), date!(2027 - 01 - 01)),
        ] {
            assert_eq!((stretch_of(day), Span::Stretch.after(day)), (first, after), "{day}");
        }
        assert_eq!(Span::Month.after(date!(2026 - 12 - 31)), date!(2027 - 01 - 01));
    }
}
