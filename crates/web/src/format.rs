//! Numbers, dates and times as people in Vietnam write them: `1.234.567`, `01/10/2026`, `14:05`.
//!
//! Written here and never by the browser, whose locale may be any (a cashier's PC often speaks English). Both screen
//! languages show the same digits, so that a figure can be compared word for word with the one on paper.

use time::{Date, OffsetDateTime, UtcOffset, macros::offset};

use crate::Lang;

/// Vietnam keeps UTC+7 all year.
const VIETNAM: UtcOffset = offset!(+7);

const THOUSAND: i64 = 1_000;
const MILLION: i64 = 1_000_000;
const BILLION: i64 = 1_000_000_000;

/// Returns the moment (UTC milliseconds) on Vietnam's clocks; a moment outside the years 1 to 9999 gives 1970.
fn local(ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(ms.div_euclid(THOUSAND))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(VIETNAM)
}

/// Returns the calendar day in Vietnam of a moment in UTC milliseconds.
pub fn local_date(ms: i64) -> Date {
    local(ms).date()
}

/// Returns the minute of the day in Vietnam, 0-1439, of a moment in UTC milliseconds.
pub fn local_minute(ms: i64) -> u16 {
    let moment = local(ms);
    u16::from(moment.hour()) * 60 + u16::from(moment.minute())
}

/// Returns the moment, UTC milliseconds, at which Vietnam's clocks show a minute (0-1439) of a day.
pub fn moment_of(date: Date, minute: u16) -> i64 {
    date.midnight().assume_offset(VIETNAM).unix_timestamp() * THOUSAND + i64::from(minute) * 60 * THOUSAND
}

/// Returns the minute of the day (0-1439) of a time such as `23:55`, or `None` when it is none.
pub fn minute_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Writes the time of day in Vietnam, `14:05`, of a moment in UTC milliseconds.
pub fn local_time_text(ms: i64) -> String {
    let moment = local(ms);
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

/// Writes a day: `01/10/2026`.
pub fn date_text(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), u8::from(date.month()), date.year())
}

/// Writes a day without its year, for axes and lists inside one period: `1/10`.
pub fn day_text(date: Date) -> String {
    format!("{}/{}", date.day(), u8::from(date.month()))
}

/// Writes day and time in Vietnam, `01/10/2026 14:05`, of a moment in UTC milliseconds.
pub fn datetime_text(ms: i64) -> String {
    format!("{} {}", date_text(local_date(ms)), local_time_text(ms))
}

/// Writes a whole number with dots between thousands: `2.184`, `-1.000`.
pub fn count_text(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::from(if count < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Writes đồng in short form: `187.130 ₫`, `408,7 tr`, `1,25 tỷ` (English `408,7 m`, `1,25 bn`).
///
/// Millions keep one decimal, billions two, rounded half away from zero. For charts and cards; where money is owed or
/// paid, write all digits by `domain::Money`.
pub fn compact_vnd(vnd: i64, lang: Lang) -> String {
    let (million, billion) = match lang {
        Lang::Vi => ("tr", "tỷ"),
        Lang::En => ("m", "bn"),
    };
    // From where one decimal would round to 1.000,0 tr.
    if vnd.unsigned_abs() >= (BILLION - MILLION / 20).unsigned_abs() {
        format!("{} {billion}", decimal_text(rounded(vnd, BILLION / 100), 2))
    } else if vnd.unsigned_abs() >= MILLION.unsigned_abs() {
        format!("{} {million}", decimal_text(rounded(vnd, MILLION / 10), 1))
    } else if vnd == 0 {
        "0".to_owned()
    } else {
        format!("{} ₫", count_text(vnd))
    }
}

/// Returns by how much `now` differs from `before`, in thousandths of `before`; `None` when there is nothing to compare with.
pub fn change_per_mille(now: i64, before: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let difference = (i128::from(now) - i128::from(before)) * 1_000;
    let before = i128::from(before);
    let half = before / 2 * difference.signum();
    i64::try_from((difference + half) / before).ok()
}

/// Writes thousandths as a percentage: `42,5 %`, `0 %`.
pub fn percent_text(per_mille: i64) -> String {
    format!("{} %", decimal_text(per_mille, 1))
}

/// Writes a change in thousandths with its sign: `+9,3 %`, `−3 %`, `0 %`. The minus is the typographic one, as wide as the plus.
pub fn change_text(per_mille: i64) -> String {
    let sign = match per_mille.signum() {
        1 => "+",
        -1 => "−",
        _ => "",
    };
    format!("{sign}{}", percent_text(per_mille.saturating_abs()))
}

/// Divides, half away from zero.
fn rounded(number: i64, divisor: i64) -> i64 {
    let half = divisor / 2;
    if number < 0 { number.saturating_sub(half) / divisor } else { number.saturating_add(half) / divisor }
}

/// Writes a number given in its smallest steps, without zeros at the end: (4087, 1) is `408,7`, (4000, 1) is `400`.
pub fn decimal_text(steps: i64, decimals: u32) -> String {
    let one = 10_i64.pow(decimals);
    let whole = count_text(steps / one);
    let sign = if steps < 0 && steps / one == 0 { "-" } else { "" };
    let fraction =
        format!("{:0width$}", (steps % one).abs(), width = usize::try_from(decimals).unwrap_or_default());
    match fraction.trim_end_matches('0') {
        "" => whole,
        fraction => format!("{sign}{whole},{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    /// 01/10/2026 17:30:00 UTC, half past midnight of the next day in Vietnam.
    const LATE_MS: i64 = 1_790_875_800_000;

    #[test]
    fn days_and_times_are_those_of_vietnam() {
        assert_eq!(local_date(LATE_MS), date!(2026 - 10 - 02));
        assert_eq!(local_time_text(LATE_MS), "00:30");
        assert_eq!(datetime_text(LATE_MS), "02/10/2026 00:30");
        assert_eq!(date_text(date!(2026 - 01 - 09)), "09/01/2026");
        assert_eq!(day_text(date!(2026 - 01 - 09)), "9/1");
        assert_eq!(local_time_text(-1), "06:59", "the last second before 1970");
        assert_eq!(datetime_text(i64::MAX), "01/01/1970 07:00");
    }

    #[test]
    fn money_in_short_form() {
        for (vnd, vi, en) in [
            (0, "0", "0"),
            (187_130, "187.130 ₫", "187.130 ₫"),
            (999_999, "999.999 ₫", "999.999 ₫"),
            (1_000_000, "1 tr", "1 m"),
            (12_500_000, "12,5 tr", "12,5 m"),
            (408_650_000, "408,7 tr", "408,7 m"),
            (999_949_999, "999,9 tr", "999,9 m"),
            (999_950_000, "1 tỷ", "1 bn"),
            (1_254_000_000, "1,25 tỷ", "1,25 bn"),
            (1_005_000_000, "1,01 tỷ", "1,01 bn"),
            (2_345_600_000_000, "2.345,6 tỷ", "2.345,6 bn"),
            (-45_000, "-45.000 ₫", "-45.000 ₫"),
            (-1_250_000, "-1,3 tr", "-1,3 m"),
        ] {
            assert_eq!(compact_vnd(vnd, Lang::Vi), vi);
            assert_eq!(compact_vnd(vnd, Lang::En), en);
        }
        assert_eq!(compact_vnd(i64::MIN, Lang::Vi), "-9.223.372.036,85 tỷ");
    }

    #[test]
    fn changes() {
        for (now, before, text) in [
            (1_093, 1_000, Some("+9,3 %")),
            (97, 100, Some("−3 %")),
            (100, 100, Some("0 %")),
            (5, 0, None),
            (5, -5, None),
            (0, 7, Some("−100 %")),
            (2_184, 1, Some("+218.300 %")),
            (100_050, 100_000, Some("+0,1 %")),
            (99_950, 100_000, Some("−0,1 %")),
            (i64::MIN, 1, None),
        ] {
            assert_eq!(
                change_per_mille(now, before).map(change_text).as_deref(),
                text,
                "{now} after {before}"
            );
        }
        assert_eq!(percent_text(425), "42,5 %");
        assert_eq!(percent_text(-5), "-0,5 %");
        assert_eq!(count_text(2_184), "2.184");
    }
}
