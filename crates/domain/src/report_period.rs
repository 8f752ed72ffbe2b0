//! Periods of the department's official report: month, quarter, six months, nine months, year; from which day to which; and what
//! each is compared with. `domain.md` §11.

use time::{Date, Month};

/// The first year of a report.
pub const YEAR_MIN: i32 = 2020;
/// The last one.
pub const YEAR_MAX: i32 = 2199;

/// Where a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cutoff {
    /// NĐ 09/2019/NĐ-CP, article 12: from the 15th of the month before to the 14th of the last month, so that a report can be
    /// written before the month is over.
    #[default]
    Decree09,
    /// Whole months of the calendar.
    Calendar,
}

impl Cutoff {
    /// Returns the name that the settings use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Decree09 => "decree_09_2019",
            Self::Calendar => "calendar",
        }
    }

    /// Returns the one of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Decree09, Self::Calendar].into_iter().find(|cutoff| cutoff.code() == code)
    }
}

/// Which part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// One of twelve.
    Month(Month),
    /// 1 to 4.
    Quarter(u8),
    /// January to June.
    HalfYear,
    /// January to September.
    NineMonths,
    /// All of it.
    Year,
}

/// A period that is reported on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportPeriod {
    year: i32,
    part: Part,
}

/// The first and the last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl ReportPeriod {
    /// Returns a period; `None` for a year or quarter that no report can have.
    pub fn new(year: i32, part: Part) -> Option<Self> {
        let is_quarter = !matches!(part, Part::Quarter(number) if !(1..=4).contains(&number));
        ((YEAR_MIN..=YEAR_MAX).contains(&year) && is_quarter).then_some(Self { year, part })
    }

    /// Returns the year that it is named after.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Returns which part of the year it is.
    pub const fn part(self) -> Part {
        self.part
    }

    /// Returns its name in addresses and tables: `2026-m03`, `2026-q4`, `2026-6m`, `2026-9m`, `2026-y`. It never changes.
    pub fn code(self) -> String {
        let year = self.year;
        match self.part {
            Part::Month(month) => format!("{year}-m{:02}", u8::from(month)),
            Part::Quarter(number) => format!("{year}-q{number}"),
            Part::HalfYear => format!("{year}-6m"),
            Part::NineMonths => format!("{year}-9m"),
            Part::Year => format!("{year}-y"),
        }
    }

    /// Returns the period of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        let (year, part) = code.split_once('-')?;
        let part = match part {
            "6m" => Part::HalfYear,
            "9m" => Part::NineMonths,
            "y" => Part::Year,
            _ => match part.split_at_checked(1)? {
                ("m", number) => Part::Month(Month::try_from(number.parse::<u8>().ok()?).ok()?),
                ("q", number) => Part::Quarter(number.parse().ok()?),
                _ => return None,
            },
        };
        // Only one spelling is a name: a seal is kept under it.
        Self::new(year.parse().ok()?, part).filter(|period| period.code() == code)
    }

    /// Returns its name as papers write it: "Quý IV năm 2026".
    pub fn name(self) -> String {
        let year = self.year;
        match self.part {
            Part::Month(month) => format!("Tháng {} năm {year}", u8::from(month)),
            Part::Quarter(number) => format!("Quý {} năm {year}", roman(number)),
            Part::HalfYear => format!("6 tháng đầu năm {year}"),
            Part::NineMonths => format!("9 tháng đầu năm {year}"),
            Part::Year => format!("Năm {year}"),
        }
    }

    /// Returns its name in English: "Quarter IV of 2026".
    pub fn name_en(self) -> String {
        let year = self.year;
        match self.part {
            Part::Month(month) => format!("{month} {year}"),
            Part::Quarter(number) => format!("Quarter {} of {year}", roman(number)),
            Part::HalfYear => format!("First six months of {year}"),
            Part::NineMonths => format!("First nine months of {year}"),
            Part::Year => format!("Year {year}"),
        }
    }

    /// Returns its days.
    pub fn days(self, cutoff: Cutoff) -> Days {
        let (first, months) = self.months();
        days(first, months, cutoff)
    }

    /// Returns the days of as many months just before.
    pub fn days_before(self, cutoff: Cutoff) -> Days {
        let (first, months) = self.months();
        days(first - months, months, cutoff)
    }

    /// Returns the same days of the year before ("cùng kỳ năm trước").
    pub fn days_last_year(self, cutoff: Cutoff) -> Days {
        let (first, months) = self.months();
        days(first - 12, months, cutoff)
    }

    /// True when it is over: its last day lies before today.
    pub fn is_over(self, cutoff: Cutoff, today: Date) -> bool {
        self.days(cutoff).to < today
    }

    /// Returns every period of a year, the short ones first.
    pub fn of_year(year: i32) -> Vec<Self> {
        let months = (1..=12u8).filter_map(|number| Month::try_from(number).ok()).map(Part::Month);
        let rest = [Part::HalfYear, Part::NineMonths, Part::Year];
        let parts = months.chain((1..=4).map(Part::Quarter)).chain(rest);
        parts.filter_map(|part| Self::new(year, part)).collect()
    }

    /// Returns the first month, counted from January of year 0, and how many there are.
    fn months(self) -> (i32, i32) {
        let (first, months) = match self.part {
            Part::Month(month) => (i32::from(u8::from(month)) - 1, 1),
            Part::Quarter(number) => ((i32::from(number) - 1) * 3, 3),
            Part::HalfYear => (0, 6),
            Part::NineMonths => (0, 9),
            Part::Year => (0, 12),
        };
        (self.year * 12 + first, months)
    }
}

fn days(first: i32, months: i32, cutoff: Cutoff) -> Days {
    match cutoff {
        Cutoff::Decree09 => Days { from: day_of(first - 1, 15), to: day_of(first + months - 1, 14) },
        Cutoff::Calendar => {
            let after = day_of(first + months, 1);
            Days { from: day_of(first, 1), to: after.previous_day().unwrap_or(after) }
        }
    }
}

/// Returns a day of a month that is counted from January of year 0.
fn day_of(month: i32, day: u8) -> Date {
    let number = u8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
    let named = Month::try_from(number).unwrap_or(Month::January);
    // Every month has a 15th, and the years stay within those of a date.
    Date::from_calendar_date(month.div_euclid(12), named, day).unwrap_or(Date::MIN)
}

const fn roman(quarter: u8) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn read(code: &str) -> ReportPeriod {
        ReportPeriod::from_code(code).unwrap()
    }

    fn of(days: Days) -> (Date, Date) {
        (days.from, days.to)
    }

    #[test]
    fn a_period_begins_and_ends_after_the_decree() {
        for (code, from, to) in [
            ("2026-m03", date!(2026 - 02 - 15), date!(2026 - 03 - 14)),
            ("2026-m01", date!(2025 - 12 - 15), date!(2026 - 01 - 14)),
            ("2024-m03", date!(2024 - 02 - 15), date!(2024 - 03 - 14)),
            ("2026-q1", date!(2025 - 12 - 15), date!(2026 - 03 - 14)),
            ("2026-q4", date!(2026 - 09 - 15), date!(2026 - 12 - 14)),
            ("2026-6m", date!(2025 - 12 - 15), date!(2026 - 06 - 14)),
            ("2026-9m", date!(2025 - 12 - 15), date!(2026 - 09 - 14)),
            ("2026-y", date!(2025 - 12 - 15), date!(2026 - 12 - 14)),
        ] {
            assert_eq!(of(read(code).days(Cutoff::Decree09)), (from, to), "{code}");
        }
    }

    #[test]
    fn a_period_of_the_calendar_is_whole_months() {
        for (code, from, to) in [
            ("2024-m02", date!(2024 - 02 - 01), date!(2024 - 02 - 29)),
            ("2026-m02", date!(2026 - 02 - 01), date!(2026 - 02 - 28)),
            ("2100-m02", date!(2100 - 02 - 01), date!(2100 - 02 - 28)),
            ("2026-m12", date!(2026 - 12 - 01), date!(2026 - 12 - 31)),
            ("2026-q2", date!(2026 - 04 - 01), date!(2026 - 06 - 30)),
            ("2026-6m", date!(2026 - 01 - 01), date!(2026 - 06 - 30)),
            ("2026-9m", date!(2026 - 01 - 01), date!(2026 - 09 - 30)),
            ("2024-y", date!(2024 - 01 - 01), date!(2024 - 12 - 31)),
        ] {
            assert_eq!(of(read(code).days(Cutoff::Calendar)), (from, to), "{code}");
        }
    }

    #[test]
    fn a_period_is_compared_with_the_one_before_and_with_last_year() {
        for (code, cutoff, before, last_year) in [
            (
                "2026-q1",
                Cutoff::Decree09,
                (date!(2025 - 09 - 15), date!(2025 - 12 - 14)),
                (date!(2024 - 12 - 15), date!(2025 - 03 - 14)),
            ),
            (
                "2025-m02",
                Cutoff::Calendar,
                (date!(2025 - 01 - 01), date!(2025 - 01 - 31)),
                (date!(2024 - 02 - 01), date!(2024 - 02 - 29)),
            ),
            (
                "2026-9m",
                Cutoff::Calendar,
                (date!(2025 - 04 - 01), date!(2025 - 12 - 31)),
                (date!(2025 - 01 - 01), date!(2025 - 09 - 30)),
            ),
            (
                "2026-y",
                Cutoff::Decree09,
                (date!(2024 - 12 - 15), date!(2025 - 12 - 14)),
                (date!(2024 - 12 - 15), date!(2025 - 12 - 14)),
            ),
        ] {
            let period = read(code);
            let found = (of(period.days_before(cutoff)), of(period.days_last_year(cutoff)));
            assert_eq!(found, (before, last_year), "{code}");
        }
    }

    #[test]
    fn periods_of_a_kind_follow_each_other_without_a_gap() {
        for cutoff in [Cutoff::Decree09, Cutoff::Calendar] {
            let years = (2023..=2028).map(ReportPeriod::of_year);
            let all: Vec<ReportPeriod> = years.flatten().collect();
            let is_kind: [fn(&ReportPeriod) -> bool; 3] = [
                |period| matches!(period.part(), Part::Month(_)),
                |period| matches!(period.part(), Part::Quarter(_)),
                |period| period.part() == Part::Year,
            ];
            for is_kind in is_kind {
                let kind: Vec<ReportPeriod> = all.iter().copied().filter(is_kind).collect();
                for pair in kind.windows(2) {
                    let next = pair[1].days(cutoff);
                    assert_eq!(pair[0].days(cutoff).to.next_day(), Some(next.from), "{}", pair[1].code());
                    assert_eq!(pair[1].days_before(cutoff), pair[0].days(cutoff), "{}", pair[1].code());
                }
            }
        }
    }

    #[test]
    fn names_are_read_back_and_nothing_else_is() {
        for period in ReportPeriod::of_year(2026) {
            assert_eq!(ReportPeriod::from_code(&period.code()), Some(period));
        }
        for wrong in [
            "", "2026", "2026-", "2026-m13", "2026-m3", "2026-q0", "2026-q5", "26-q1", "2026-3m", "+2026-q1",
            "2026-mé",
        ] {
            assert_eq!(ReportPeriod::from_code(wrong), None, "{wrong}");
        }
        assert_eq!(read("2026-q4").name(), "Quý IV năm 2026");
        assert_eq!(read("2026-m03").name(), "Tháng 3 năm 2026");
        assert_eq!(read("2026-6m").name(), "6 tháng đầu năm 2026");
        assert_eq!(read("2026-y").name(), "Năm 2026");
        assert_eq!(read("2026-q2").name_en(), "Quarter II of 2026");
        for cutoff in [Cutoff::Decree09, Cutoff::Calendar] {
            assert_eq!(Cutoff::from_code(cutoff.code()), Some(cutoff));
        }
    }

    #[test]
    fn a_period_is_over_on_the_day_after_its_last() {
        let period = read("2026-q4");
        assert!(!period.is_over(Cutoff::Decree09, date!(2026 - 12 - 14)));
        assert!(period.is_over(Cutoff::Decree09, date!(2026 - 12 - 15)));
        assert!(!period.is_over(Cutoff::Calendar, date!(2026 - 12 - 15)));
    }
}
