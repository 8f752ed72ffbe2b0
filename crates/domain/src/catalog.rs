//! What a product is, and what it was on a day: recognitions are dated, and one product may hold several.

use time::{Date, Month};

/// Why a product may stand on the shelf of an introduction point, in the order in which the first one leads
/// ("each đồng once").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Recognised OCOP product, with stars.
    Ocop,
    /// Typical rural industrial product (công nghiệp nông thôn tiêu biểu).
    RuralIndustrial,
    /// Provincial key product (sản phẩm chủ lực).
    Key,
    /// In an OCOP plan, not yet recognised; never shows stars.
    Planned,
    /// Local specialty (đặc sản).
    Specialty,
}

impl Category {
    /// Every category, the leading ones first.
    pub const ALL: [Self; 5] = [Self::Ocop, Self::RuralIndustrial, Self::Key, Self::Planned, Self::Specialty];

    /// Returns the name that files, tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ocop => "ocop",
            Self::RuralIndustrial => "rural_industrial",
            Self::Key => "key",
            Self::Planned => "planned",
            Self::Specialty => "specialty",
        }
    }

    /// Returns the category of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }
}

/// An OCOP rank: one to five stars (QĐ 148/QĐ-TTg).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stars(u8);

impl Stars {
    /// Returns `None` outside one to five.
    pub const fn new(stars: u8) -> Option<Self> {
        if stars >= 1 && stars <= 5 { Some(Self(stars)) } else { None }
    }

    /// Returns one to five.
    pub const fn count(self) -> u8 {
        self.0
    }
}

/// How a product is counted at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SoldBy {
    /// Whole pieces only.
    Piece,
    /// By weight, in thousandths of a kilogram.
    Weight,
}

impl SoldBy {
    /// Returns the name that files, tables and the wire use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Piece => "piece",
            Self::Weight => "weight",
        }
    }

    /// Returns the way of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Piece, Self::Weight].into_iter().find(|way| way.code() == code)
    }
}

/// A dated decision about a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognition {
    /// What it was recognised as.
    pub category: Category,
    /// The rank, for OCOP only.
    pub stars: Option<Stars>,
    /// First day on which it counts.
    pub valid_from: Date,
    /// Last day on which it counts; `None` when nothing ends it.
    pub valid_to: Option<Date>,
}

impl Recognition {
    /// Returns an OCOP result, which counts for 36 months from the day of its decision.
    pub fn ocop(stars: Stars, decided_on: Date) -> Self {
        Self {
            category: Category::Ocop,
            stars: Some(stars),
            valid_from: decided_on,
            valid_to: Some(ocop_last_day(decided_on)),
        }
    }

    /// True when it counts on a day.
    pub fn counts_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Returns the last day of an OCOP result: 36 calendar months after the decision, clamped to the month's end.
/// Whether that day itself still counts is not stated anywhere; it does here.
pub fn ocop_last_day(decided_on: Date) -> Date {
    let (year, month, day) = (decided_on.year() + 3, decided_on.month(), decided_on.day());
    Date::from_calendar_date(year, month, day.min(month.length(year))).unwrap_or(Date::MAX)
}

/// What a product counts as from a day on, until the next row begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// First day.
    pub valid_from: Date,
    /// All categories held, the leading one first; empty when nothing is in force.
    pub categories: Vec<Category>,
    /// Stars of the OCOP result in force: the most recent decision's.
    pub stars: Option<Stars>,
}

/// Returns a product's standings over time, oldest first, from `since` on. Each sale freezes the one of its
/// business date, so a lapsed certificate never changes a past report.
pub fn standings(recognitions: &[Recognition], since: Date) -> Vec<Standing> {
    let ends = recognitions.iter().filter_map(|r| r.valid_to.and_then(Date::next_day));
    let mut days: Vec<Date> = recognitions.iter().map(|r| r.valid_from).chain(ends).collect();
    days.retain(|day| *day > since);
    days.push(since);
    days.sort_unstable();
    days.dedup();
    let mut rows: Vec<Standing> = Vec::with_capacity(days.len());
    for day in days {
        let row = standing_on(recognitions, day);
        let same =
            rows.last().is_some_and(|last| (&last.categories, last.stars) == (&row.categories, row.stars));
        if !same {
            rows.push(row);
        }
    }
    rows
}

fn standing_on(recognitions: &[Recognition], day: Date) -> Standing {
    let in_force = || recognitions.iter().filter(|r| r.counts_on(day));
    let mut categories: Vec<Category> = in_force().map(|r| r.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let stars = in_force()
        .filter(|r| r.category == Category::Ocop)
        .max_by_key(|r| r.valid_from)
        .and_then(|r| r.stars);
    Standing { valid_from: day, categories, stars }
}

/// Returns the first day of the month that a day lies in.
pub fn month_of(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

/// Returns the first day of the month after the one that a day lies in.
pub fn month_after(day: Date) -> Date {
    let year = if day.month() == Month::December { day.year() + 1 } else { day.year() };
    Date::from_calendar_date(year, day.month().next(), 1).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn an_ocop_result_lasts_36_months() {
        for (decided, last) in [
            (date!(2023 - 09 - 15), date!(2026 - 09 - 15)),
            (date!(2024 - 02 - 29), date!(2027 - 02 - 28)),
            (date!(2025 - 12 - 31), date!(2028 - 12 - 31)),
        ] {
            assert_eq!(ocop_last_day(decided), last);
        }
    }

    #[test]
    fn standings_follow_the_decisions() {
        let three = Recognition::ocop(Stars::new(3).unwrap(), date!(2022 - 05 - 10));
        let four = Recognition::ocop(Stars::new(4).unwrap(), date!(2024 - 08 - 01));
        let rural = Recognition {
            category: Category::RuralIndustrial,
            stars: None,
            valid_from: date!(2024 - 10 - 01),
            valid_to: None,
        };
        let rows = standings(&[rural, three, four], date!(2020 - 01 - 01));
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.valid_from, row.categories.len(), row.stars.map(Stars::count)))
            .collect();
        assert_eq!(
            seen,
            [
                (date!(2020 - 01 - 01), 0, None),
                (date!(2022 - 05 - 10), 1, Some(3)),
                (date!(2024 - 08 - 01), 1, Some(4)),
                (date!(2024 - 10 - 01), 2, Some(4)),
                (date!(2027 - 08 - 02), 1, None),
            ]
        );
        assert_eq!(rows[3].categories, [Category::Ocop, Category::RuralIndustrial]);
    }

    #[test]
    fn months_turn_at_new_year() {
        assert_eq!(month_of(date!(2026 - 12 - 31)), date!(2026 - 12 - 01));
        assert_eq!(month_after(date!(2026 - 12 - 31)), date!(2027 - 01 - 01));
        assert_eq!(month_after(date!(2026 - 01 - 31)), date!(2026 - 02 - 01));
    }

    #[test]
    fn codes_are_read_back() {
        for category in Category::ALL {
            assert_eq!(Category::from_code(category.code()), Some(category));
        }
        assert_eq!(SoldBy::from_code("weight"), Some(SoldBy::Weight));
        assert_eq!((Stars::new(0), Stars::new(6)), (None, None));
    }
}
