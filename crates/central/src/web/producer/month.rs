//! A month, as addresses name it.

use domain::catalog::{month_after, month_of};
use time::{Date, Month as Name};

use crate::web::sales::period::Period;

/// Figures do not begin before.
const FIRST_YEAR: i32 = 2020;

/// A month of the calendar, by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// Returns the month of a day.
    pub fn of(day: Date) -> Self {
        Self(month_of(day))
    }

    /// Reads `2026-11`; `None` for anything else, for a month to come and for one before all figures.
    pub fn read(text: &str, today: Date) -> Option<Self> {
        let (year, month) =
            text.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let month =
            if is_digits(year) && is_digits(month) { month.parse::<u8>().ok()? } else { return None };
        let first = Date::from_calendar_date(year.parse().ok()?, Name::try_from(month).ok()?, 1).ok()?;
        (first.year() >= FIRST_YEAR && first <= today).then_some(Self(first))
    }

    /// Returns the name that addresses use.
    pub fn text(self) -> String {
        format!("{:04}-{:02}", self.0.year(), u8::from(self.0.month()))
    }

    /// Returns it as people here write it: `11/2026`.
    pub fn words(self) -> String {
        format!("{:02}/{}", u8::from(self.0.month()), self.0.year())
    }

    /// Returns the month before; `None` before all figures.
    pub fn before(self) -> Option<Self> {
        self.0.previous_day().map(Self::of).filter(|month| month.0.year() >= FIRST_YEAR)
    }

    /// Returns the month after, unless it is still to come.
    pub fn after(self, today: Date) -> Option<Self> {
        Some(Self(month_after(self.0))).filter(|month| month.0 <= today)
    }

    /// Returns its days.
    pub fn period(self) -> Period {
        Period { from: self.0, to: month_after(self.0).previous_day().unwrap_or(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn an_address_names_a_month() {
        let today = date!(2026 - 11 - 23);
        for text in ["2026-11", "2026-02", "2020-01"] {
            assert_eq!(Month::read(text, today).unwrap().text(), text);
        }
        for text in
            ["", "2026", "2026-1", "2026-13", "2026-00", "2026-12", "2019-12", "+026-11", "2026-+1", "x"]
        {
            assert_eq!(Month::read(text, today), None, "{text}");
        }
    }

    #[test]
    fn months_follow_one_another() {
        let today = date!(2026 - 12 - 01);
        let month = Month::read("2026-11", today).unwrap();
        assert_eq!(month.period(), Period { from: date!(2026 - 11 - 01), to: date!(2026 - 11 - 30) });
        assert_eq!(
            (month.words(), month.before().unwrap().text()),
            ("11/2026".to_owned(), "2026-10".to_owned())
        );
        assert_eq!(month.after(today), Some(Month::of(today)));
        assert_eq!(Month::of(today).after(today), None, "that is still to come");
        assert_eq!(Month::read("2020-01", today).unwrap().before(), None);
    }
}
