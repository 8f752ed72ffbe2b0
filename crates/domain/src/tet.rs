//! The first days of Tết, by which a shop's year is better compared than by the solar one: what sells before Tết sells before
//! Tết, be that in January or in February.

use time::macros::date;
use time::{Date, Duration, Month};

/// The first day of the lunar year by Việt Nam's calendar (UTC+7: in 2030 a day before China's). To be continued before 2031.
const FIRST_DAYS: [Date; 9] = [
    date!(2023 - 01 - 22),
    date!(2024 - 02 - 10),
    date!(2025 - 01 - 29),
    date!(2026 - 02 - 17),
    date!(2027 - 02 - 06),
    date!(2028 - 01 - 26),
    date!(2029 - 02 - 13),
    date!(2030 - 02 - 02),
    date!(2031 - 01 - 23),
];

/// Returns the day of the year before that lies as far from its Tết as this one; `None` where no Tết is known.
///
/// Days from 1 October on belong to the Tết that comes, others to the one of their year.
pub fn a_year_before(day: Date) -> Option<Date> {
    let year = day.year() + i32::from(day.month() >= Month::October);
    let of = |year: i32| FIRST_DAYS.into_iter().find(|first| first.year() == year);
    let from_tet: Duration = day - of(year)?;
    of(year - 1)?.checked_add(from_tet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_keeps_its_place_by_tet() {
        for (day, expected) in [
            (date!(2026 - 02 - 17), Some(date!(2025 - 01 - 29))),
            (date!(2026 - 02 - 10), Some(date!(2025 - 01 - 22))),
            (date!(2025 - 12 - 31), Some(date!(2024 - 12 - 12))),
            (date!(2026 - 09 - 30), Some(date!(2025 - 09 - 11))),
            (date!(2026 - 10 - 01), Some(date!(2025 - 10 - 12))),
            (date!(2023 - 05 - 01), None),
            (date!(2031 - 10 - 01), None),
        ] {
            assert_eq!(a_year_before(day), expected, "{day}");
        }
    }

    #[test]
    fn a_tet_comes_a_lunar_year_after_the_one_before() {
        for pair in FIRST_DAYS.windows(2) {
            let days = (pair[1] - pair[0]).whole_days();
            assert!((353..=385).contains(&days), "{pair:?}");
        }
    }
}
