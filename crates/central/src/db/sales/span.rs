//! What sums over all stores are kept for: years, months, and parts of months.

use domain::catalog::{month_after, month_of};
use time::{Date, Duration, Month};

/// The first days of a month's stretches; the last one goes to the month's end.
const STRETCHES: [u8; 4] = [1, 8, 15, 22];
/// The first days of their halves: three days, and the rest of the stretch.
const HALVES: [u8; 8] = [1, 4, 8, 11, 15, 18, 22, 25];

/// A kind of span. Each one of a kind lies within one of every larger kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Span {
    /// A calendar year.
    Year,
    /// A month.
    Month,
    /// Days 1 to 7, 8 to 14, 15 to 21, or 22 to the last one of a month.
    Stretch,
    /// Three or four days; at the end of a month four to seven.
    Half,
}

impl Span {
    /// All of them, the largest first.
    pub(super) const ALL: [Self; 4] = [Self::Year, Self::Month, Self::Stretch, Self::Half];
    /// Those that are less than a month.
    pub(super) const PARTS: [Self; 2] = [Self::Stretch, Self::Half];

    /// Returns its name in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Stretch => "stretch",
            Self::Half => "half",
        }
    }

    /// Returns the kind of a name, or `None`.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.code() == code)
    }

    /// Returns the first day of the span in which a day lies.
    pub(super) fn first(self, day: Date) -> Date {
        match self {
            Self::Year => Date::from_calendar_date(day.year(), Month::January, 1).unwrap_or(day),
            Self::Month => month_of(day),
            Self::Stretch => last_of(&STRETCHES, day),
            Self::Half => last_of(&HALVES, day),
        }
    }

    /// Returns the day after the span in which a day lies.
    pub(super) fn after(self, day: Date) -> Date {
        let next = |firsts: &[u8]| match firsts.iter().find(|first| **first > day.day()) {
            Some(first) => nth(day, *first),
            None => month_after(day),
        };
        match self {
            Self::Year => Date::from_calendar_date(day.year() + 1, Month::January, 1).unwrap_or(Date::MAX),
            Self::Month => month_after(day),
            Self::Stretch => next(&STRETCHES),
            Self::Half => next(&HALVES),
        }
    }
}

/// Returns the last of some days of a month that is not after a day.
fn last_of(firsts: &[u8], day: Date) -> Date {
    nth(day, firsts.iter().rfind(|first| **first <= day.day()).copied().unwrap_or(1))
}

/// Returns a day of the same month.
fn nth(day: Date, number: u8) -> Date {
    month_of(day) + Duration::days(i64::from(number) - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn parts_of_a_month() {
        for (span, day, first, after) in [
            (Span::Stretch, date!(2026 - 02 - 07), date!(2026 - 02 - 01), date!(2026 - 02 - 08)),
            (Span::Stretch, date!(2026 - 02 - 08), date!(2026 - 02 - 08), date!(2026 - 02 - 15)),
            (Span::Stretch, date!(2026 - 02 - 22), date!(2026 - 02 - 22), date!(2026 - 03 - 01)),
            (Span::Stretch, date!(2026 - 12 - 31), date!(2026 - 12 - 22), date!(2027 - 01 - 01)),
            (Span::Half, date!(2026 - 02 - 03), date!(2026 - 02 - 01), date!(2026 - 02 - 04)),
            (Span::Half, date!(2026 - 02 - 04), date!(2026 - 02 - 04), date!(2026 - 02 - 08)),
            (Span::Half, date!(2026 - 12 - 31), date!(2026 - 12 - 25), date!(2027 - 01 - 01)),
            (Span::Month, date!(2026 - 12 - 31), date!(2026 - 12 - 01), date!(2027 - 01 - 01)),
            (Span::Year, date!(2026 - 12 - 31), date!(2026 - 01 - 01), date!(2027 - 01 - 01)),
        ] {
            assert_eq!((span.first(day), span.after(day)), (first, after), "{span:?} {day}");
        }
    }

    proptest! {
        #[test]
        fn each_span_lies_within_one_of_every_larger_kind(start in 0i64..2_000) {
            let day = date!(2024 - 01 - 01) + Duration::days(start);
            for (large, small) in Span::ALL.into_iter().zip(Span::ALL.into_iter().skip(1)) {
                let (first, after) = (small.first(day), small.after(day));
                prop_assert!(first <= day && day < after);
                prop_assert!(large.first(day) <= first && after <= large.after(day));
                prop_assert_eq!(small.first(after - Duration::days(1)), first);
                prop_assert_eq!(small.first(after), after);
            }
        }
    }
}
