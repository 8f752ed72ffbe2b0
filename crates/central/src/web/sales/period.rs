//! Periods of reports: the presets, the period before, and the steps of a chart.

use domain::catalog::month_of;
use domain::tet;
use time::{Date, Duration, Month};

/// More days than this are drawn by week.
const DAYS_MOST: i64 = 45;
/// More days than this are drawn by month.
const WEEKS_DAYS_MOST: i64 = 200;

/// Days of a month on which whole months begin: those of the calendar, and those of reports, which end on the 14th.
const MONTHS_BEGIN: [u8; 2] = [1, 15];
/// Months of a year.
pub(super) const A_YEAR: u8 = 12;

/// From the first to the last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day; never before the first.
    pub to: Date,
}

impl Period {
    /// Returns how many days it has.
    pub fn days(self) -> i64 {
        (self.to - self.from).whole_days() + 1
    }

    /// Returns the period of the same length just before.
    pub fn before(self) -> Self {
        let length = Duration::days(self.days());
        Self { from: self.from.saturating_sub(length), to: self.to.saturating_sub(length) }
    }

    /// Returns how many whole months it is, of the calendar or as reports count them; `None` for any other days.
    pub fn whole_months(self) -> Option<u8> {
        let after = self.to.next_day()?;
        let is_whole = MONTHS_BEGIN.contains(&self.from.day()) && after.day() == self.from.day();
        let number = |day: Date| day.year() * i32::from(A_YEAR) + i32::from(u8::from(day.month()));
        u8::try_from(number(after) - number(self.from)).ok().filter(|months| is_whole && *months > 0)
    }

    /// Returns whole months that lie so many months earlier, each as long as it is.
    fn whole_months_back(self, months: u8) -> Self {
        let after = same_day_back(self.to.next_day().unwrap_or(self.to), months);
        Self { from: same_day_back(self.from, months), to: after.previous_day().unwrap_or(after) }
    }

    /// Returns the step that a chart of it takes.
    pub fn step(self) -> Step {
        match self.days() {
            days if days <= DAYS_MOST => Step::Day,
            days if days <= WEEKS_DAYS_MOST => Step::Week,
            _ => Step::Month,
        }
    }

    /// Returns its parts, one a step; the first and the last may be cut.
    pub fn parts(self) -> Vec<Self> {
        let step = self.step();
        let mut parts = Vec::new();
        let mut from = self.from;
        loop {
            let to = step.last_day(from).min(self.to);
            parts.push(Self { from, to });
            match to.next_day() {
                Some(next) if to < self.to => from = next,
                _ => return parts,
            }
        }
    }
}

/// What a period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Against {
    /// The period before: the same days of the month before, as many whole months, or as many days.
    #[default]
    Before,
    /// The same days of the year before.
    Year,
    /// The days of the year before that lie as far from Tết.
    Tet,
}

impl Against {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Before, Self::Year, Self::Tet];

    /// Returns its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Year => "year",
            Self::Tet => "tet",
        }
    }

    /// Returns the one of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|against| against.code() == code)
    }

    /// Returns what a period is compared with, of the same length; whole months with whole months, as reports do. Where no Tết is
    /// known, it is the solar year before.
    pub fn of(self, preset: Option<Preset>, period: Period) -> Period {
        match (self, preset, period.whole_months()) {
            (Self::Before, Some(preset), _) => preset.before(period),
            (Self::Before, None, Some(months)) => period.whole_months_back(months),
            (Self::Before, None, None) => period.before(),
            (Self::Year, _, Some(_)) => period.whole_months_back(A_YEAR),
            (Self::Year, _, None) => Period { from: a_year_back(period.from), to: a_year_back(period.to) },
            (Self::Tet, ..) => match tet::a_year_before(period.from) {
                Some(from) => Period { from, to: from.saturating_add(Duration::days(period.days() - 1)) },
                None => Self::Year.of(preset, period),
            },
        }
    }
}

/// Returns the same day of the year before; of 29 February the 28th.
pub(super) fn a_year_back(day: Date) -> Date {
    let year = day.year() - 1;
    let last = day.month().length(year);
    Date::from_calendar_date(year, day.month(), day.day().min(last)).unwrap_or(day)
}

/// Returns the same day so many months before; of a month's last day the last one, and never a day that the month does not have.
pub(super) fn same_day_back(day: Date, months: u8) -> Date {
    let first = months_back(day, months);
    let last = first.month().length(first.year());
    let is_last = day.day() == day.month().length(day.year());
    first.replace_day(if is_last { last } else { day.day().min(last) }).unwrap_or(first)
}

/// How long a bar of a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Step {
    /// Returns the last day of the step that holds `day`.
    fn last_day(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let left = 6 - i64::from(day.weekday().number_days_from_monday());
                day.saturating_add(Duration::days(left))
            }
            Self::Month => day.replace_day(day.month().length(day.year())).unwrap_or(day),
        }
    }
}

/// A period that is named and ends today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Today.
    Today,
    /// From Monday on.
    Week,
    /// From the first of the month on.
    Month,
    /// From the first of January, April, July or October on.
    Quarter,
    /// From the first of January on.
    Year,
}

impl Preset {
    /// Every preset, the shortest first.
    pub const ALL: [Self; 5] = [Self::Today, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Returns its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Returns the preset of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.code() == code)
    }

    /// Returns what it is compared with: the same days of the week, month, quarter or year before, never reaching into
    /// the period itself.
    pub fn before(self, period: Period) -> Period {
        let from = match self {
            Self::Today => return period.before(),
            Self::Week => period.from.saturating_sub(Duration::WEEK),
            Self::Month => months_back(period.from, 1),
            Self::Quarter => months_back(period.from, 3),
            Self::Year => months_back(period.from, 12),
        };
        let to = from.saturating_add(Duration::days(period.days() - 1));
        Period { from, to: to.min(period.from.previous_day().unwrap_or(to)) }
    }

    /// Returns what it is today.
    pub fn period(self, today: Date) -> Period {
        let month_on = |month: Month| Date::from_calendar_date(today.year(), month, 1).unwrap_or(today);
        let from = match self {
            Self::Today => today,
            Self::Week => {
                today.saturating_sub(Duration::days(i64::from(today.weekday().number_days_from_monday())))
            }
            Self::Month => month_on(today.month()),
            Self::Quarter => month_on(match u8::from(today.month()) {
                1..=3 => Month::January,
                4..=6 => Month::April,
                7..=9 => Month::July,
                _ => Month::October,
            }),
            Self::Year => month_on(Month::January),
        };
        Period { from, to: today }
    }
}

/// Returns the first day of the month that lies so many months before the one of `day`.
fn months_back(day: Date, months: u8) -> Date {
    (0..months).fold(month_of(day), |first, _| first.previous_day().map_or(first, month_of))
}

#[cfg(test)]
mod tests {
    use domain::report_period::{Cutoff, Days, ReportPeriod};
    use time::macros::date;

    use super::*;

    #[test]
    fn presets_end_today() {
        let monday = date!(2026 - 11 - 23);
        for (preset, today, from) in [
            (Preset::Today, monday, monday),
            (Preset::Week, monday, monday),
            (Preset::Week, date!(2026 - 11 - 29), monday),
            (Preset::Month, monday, date!(2026 - 11 - 01)),
            (Preset::Quarter, monday, date!(2026 - 10 - 01)),
            (Preset::Quarter, date!(2026 - 09 - 30), date!(2026 - 07 - 01)),
            (Preset::Quarter, date!(2026 - 01 - 01), date!(2026 - 01 - 01)),
            (Preset::Year, monday, date!(2026 - 01 - 01)),
        ] {
            assert_eq!(preset.period(today), Period { from, to: today }, "{preset:?} on {today}");
            assert_eq!(Preset::from_code(preset.code()), Some(preset));
        }
    }

    #[test]
    fn the_period_before_has_the_same_length_and_ends_the_day_before() {
        let period = Period { from: date!(2026 - 10 - 01), to: date!(2026 - 10 - 14) };
        let before = period.before();
        assert_eq!(before, Period { from: date!(2026 - 09 - 17), to: date!(2026 - 09 - 30) });
        assert_eq!(before.days(), 14);
        let day = Preset::Today.period(date!(2026 - 03 - 01));
        assert_eq!(day.before().from, date!(2026 - 02 - 28));
    }

    #[test]
    fn a_named_period_is_compared_with_the_one_before_of_its_kind() {
        for (preset, today, from, to) in [
            (Preset::Today, date!(2026 - 11 - 23), date!(2026 - 11 - 22), date!(2026 - 11 - 22)),
            (Preset::Week, date!(2026 - 11 - 25), date!(2026 - 11 - 16), date!(2026 - 11 - 18)),
            (Preset::Month, date!(2026 - 11 - 23), date!(2026 - 10 - 01), date!(2026 - 10 - 23)),
            (Preset::Month, date!(2026 - 03 - 31), date!(2026 - 02 - 01), date!(2026 - 02 - 28)),
            (Preset::Quarter, date!(2026 - 11 - 23), date!(2026 - 07 - 01), date!(2026 - 08 - 23)),
            (Preset::Year, date!(2026 - 11 - 23), date!(2025 - 01 - 01), date!(2025 - 11 - 23)),
            (Preset::Year, date!(2024 - 12 - 31), date!(2023 - 01 - 01), date!(2023 - 12 - 31)),
        ] {
            assert_eq!(preset.before(preset.period(today)), Period { from, to }, "{preset:?} on {today}");
        }
    }

    #[test]
    fn a_period_is_compared_with_the_year_before_by_the_sun_or_by_tet() {
        let of = |against: Against, from, to| against.of(Some(Preset::Month), Period { from, to });
        let days = |from, to| Period { from, to };
        let before_tet = (date!(2026 - 02 - 01), date!(2026 - 02 - 16));
        assert_eq!(
            of(Against::Year, before_tet.0, before_tet.1),
            days(date!(2025 - 02 - 01), date!(2025 - 02 - 16))
        );
        assert_eq!(
            of(Against::Tet, before_tet.0, before_tet.1),
            days(date!(2025 - 01 - 13), date!(2025 - 01 - 28))
        );
        assert_eq!(of(Against::Before, before_tet.0, before_tet.1).from, date!(2026 - 01 - 01));
        let leap = of(Against::Year, date!(2024 - 02 - 29), date!(2024 - 02 - 29));
        assert_eq!(leap, days(date!(2023 - 02 - 28), date!(2023 - 02 - 28)));
        assert_eq!(
            of(Against::Tet, date!(2040 - 03 - 01), date!(2040 - 03 - 01)).from,
            date!(2039 - 03 - 01)
        );
        for against in Against::ALL {
            assert_eq!(Against::from_code(against.code()), Some(against));
        }
    }

    #[test]
    fn whole_months_are_compared_with_whole_months() {
        for (from, to, months, before, year) in [
            // October, a quarter, a year, of the calendar.
            (
                date!(2026 - 10 - 01),
                date!(2026 - 10 - 31),
                1,
                (date!(2026 - 09 - 01), date!(2026 - 09 - 30)),
                date!(2025 - 10 - 31),
            ),
            (
                date!(2026 - 10 - 01),
                date!(2026 - 12 - 31),
                3,
                (date!(2026 - 07 - 01), date!(2026 - 09 - 30)),
                date!(2025 - 12 - 31),
            ),
            (
                date!(2024 - 01 - 01),
                date!(2024 - 12 - 31),
                12,
                (date!(2023 - 01 - 01), date!(2023 - 12 - 31)),
                date!(2023 - 12 - 31),
            ),
            (
                date!(2025 - 02 - 01),
                date!(2025 - 02 - 28),
                1,
                (date!(2025 - 01 - 01), date!(2025 - 01 - 31)),
                date!(2024 - 02 - 29),
            ),
        ] {
            let period = Period { from, to };
            assert_eq!(period.whole_months(), Some(months), "{from} to {to}");
            assert_eq!(
                Against::Before.of(None, period),
                Period { from: before.0, to: before.1 },
                "{from} to {to}"
            );
            assert_eq!(Against::Year.of(None, period).to, year, "{from} to {to}");
        }
        for (from, to) in [
            (date!(2026 - 10 - 01), date!(2026 - 10 - 30)),
            (date!(2026 - 10 - 02), date!(2026 - 11 - 01)),
            (date!(2026 - 10 - 14), date!(2026 - 11 - 14)),
            (date!(2026 - 10 - 15), date!(2026 - 10 - 15)),
        ] {
            assert_eq!(Period { from, to }.whole_months(), None, "{from} to {to}");
        }
    }

    #[test]
    fn the_days_of_a_report_are_compared_as_the_report_does() {
        for report in [2024, 2025, 2026].into_iter().flat_map(ReportPeriod::of_year) {
            for cutoff in [Cutoff::Decree09, Cutoff::Calendar] {
                let of = |days: Days| Period { from: days.from, to: days.to };
                let period = of(report.days(cutoff));
                let told = (Against::Before.of(None, period), Against::Year.of(None, period));
                let expected = (of(report.days_before(cutoff)), of(report.days_last_year(cutoff)));
                assert_eq!(told, expected, "{} {cutoff:?}", report.code());
            }
        }
    }

    #[test]
    fn a_day_goes_back_by_months() {
        for (day, months, expected) in [
            (date!(2026 - 10 - 18), 3, date!(2026 - 07 - 18)),
            (date!(2026 - 02 - 28), 3, date!(2025 - 11 - 30)),
            (date!(2026 - 05 - 30), 3, date!(2026 - 02 - 28)),
            (date!(2026 - 01 - 15), 9, date!(2025 - 04 - 15)),
        ] {
            assert_eq!(same_day_back(day, months), expected, "{day}");
        }
    }

    #[test]
    fn parts_cover_the_period_without_gaps() {
        for (from, to, step, count) in [
            (date!(2026 - 11 - 23), date!(2026 - 11 - 23), Step::Day, 1),
            (date!(2026 - 10 - 01), date!(2026 - 10 - 31), Step::Day, 31),
            // Thursday 1 October to Wednesday 30 December: 14 weeks, the first and the last one cut.
            (date!(2026 - 10 - 01), date!(2026 - 12 - 30), Step::Week, 14),
            (date!(2026 - 01 - 15), date!(2026 - 11 - 23), Step::Month, 11),
        ] {
            let period = Period { from, to };
            let parts = period.parts();
            assert_eq!((period.step(), parts.len()), (step, count), "{from} to {to}");
            assert_eq!((parts[0].from, parts[count - 1].to), (from, to));
            for pair in parts.windows(2) {
                assert_eq!(pair[0].to.next_day(), Some(pair[1].from));
            }
            assert_eq!(parts.iter().map(|part| part.days()).sum::<i64>(), period.days());
        }
    }
}
