//! Until when a shift sells for its business date: never past four in the morning of the next day. The date picks prices, tax
//! rates, recognitions and expiry, so one that nobody ends would sell at the rates of last year.

use time::Date;

/// Four in the morning: until then, minutes of the day in Vietnam's time, the night before may still be the business date.
pub const LATE_MINUTE: u16 = 4 * 60;

/// So many days after its date a shift that is still open tells of a wrong clock rather than of a forgotten shift.
pub const FORGOTTEN_DAYS_MOST: i64 = 366;

/// How a business date stands to the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayStanding {
    /// It is today's.
    Today,
    /// It is not, and holds all the same: it is the night after; or the clock was set back.
    Other,
    /// It is over: nothing more is sold for it.
    Over,
    /// The clock is years ahead. The date holds: a wrong clock must not stop a shop.
    ClockWrong,
}

/// Says how a business date stands on a day of the calendar, at a minute of that day.
pub fn standing(business_date: Date, today: Date, minute: u16) -> DayStanding {
    match (today - business_date).whole_days() {
        0 => DayStanding::Today,
        ..0 => DayStanding::Other,
        1 if minute < LATE_MINUTE => DayStanding::Other,
        1..=FORGOTTEN_DAYS_MOST => DayStanding::Over,
        _ => DayStanding::ClockWrong,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_business_date_ends_at_four_in_the_morning_after() {
        let day = date!(2026 - 12 - 31);
        for (today, minute, expected) in [
            (date!(2026 - 12 - 31), 0, DayStanding::Today),
            (date!(2026 - 12 - 31), 1_439, DayStanding::Today),
            (date!(2027 - 01 - 01), 0, DayStanding::Other),
            (date!(2027 - 01 - 01), LATE_MINUTE - 1, DayStanding::Other),
            (date!(2027 - 01 - 01), LATE_MINUTE, DayStanding::Over),
            (date!(2027 - 01 - 02), 0, DayStanding::Over),
            (date!(2028 - 01 - 01), 0, DayStanding::Over),
            (date!(2028 - 01 - 02), 0, DayStanding::ClockWrong),
            (date!(2036 - 12 - 31), 600, DayStanding::ClockWrong),
            (date!(2026 - 12 - 30), 1_439, DayStanding::Other),
            (date!(2000 - 01 - 01), 600, DayStanding::Other),
        ] {
            assert_eq!(standing(day, today, minute), expected, "{today} {minute}");
        }
    }
}
