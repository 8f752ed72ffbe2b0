//! The dossier of a product ("hồ sơ sản phẩm"): which papers are asked of it and how each of them stands on a day. A missing or lapsed
//! paper is a task for the department and stops no sale (`crates/domain` never asks for a dossier when something is sold).

use time::Date;

use crate::recognition::WARNING_DAYS;

/// Whose paper counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBy {
    /// The product's own.
    Product,
    /// The producer's: it counts for all products of it.
    Producer,
    /// None of its own: the recorded recognitions count.
    Recognition,
}

impl HeldBy {
    /// Every one, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Product, Self::Producer, Self::Recognition];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Producer => "producer",
            Self::Recognition => "recognition",
        }
    }

    /// Returns the one of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.code() == code)
    }
}

/// The days of a paper that was neither replaced nor withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holding {
    /// Its first day; `None` when it holds from whenever it was entered.
    pub begins_on: Option<Date>,
    /// Its last day; `None` when nothing ends it.
    pub expires_on: Option<Date>,
}

/// How a kind of paper stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    Missing,
    /// The last of them ended on a day that is over.
    Lapsed(Date),
    /// It holds, and ends within the longest of [`WARNING_DAYS`]: its last day.
    Lapsing(Date),
    /// It holds: its last day, if there is one.
    Held(Option<Date>),
}

impl Standing {
    /// Returns the name that pages and programs use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Lapsed(_) => "lapsed",
            Self::Lapsing(_) => "lapsing",
            Self::Held(_) => "held",
        }
    }

    /// True where a paper must be brought.
    pub const fn is_gap(self) -> bool {
        matches!(self, Self::Missing | Self::Lapsed(_))
    }

    /// Returns the last day, past or to come; `None` when there is none.
    pub const fn until(self) -> Option<Date> {
        match self {
            Self::Missing => None,
            Self::Lapsed(day) | Self::Lapsing(day) => Some(day),
            Self::Held(day) => day,
        }
    }

    /// Returns how many days are left after a day, 0 on the last one; `None` for what does not hold or never ends.
    pub fn days_left(self, day: Date) -> Option<i64> {
        let until = if self.is_gap() { None } else { self.until() };
        until.map(|last| (last - day).whole_days())
    }
}

/// Returns how a kind stands on a day: the paper that holds longest counts, of those that have begun.
pub fn standing(holdings: &[Holding], day: Date) -> Standing {
    let begun = || holdings.iter().filter(|each| each.begins_on.is_none_or(|first| first <= day));
    if begun().any(|each| each.expires_on.is_none()) {
        return Standing::Held(None);
    }
    match begun().filter_map(|each| each.expires_on).max() {
        None => Standing::Missing,
        Some(last) if last < day => Standing::Lapsed(last),
        Some(last) if (last - day).whole_days() <= WARNING_DAYS[0] => Standing::Lapsing(last),
        Some(last) => Standing::Held(Some(last)),
    }
}

/// Returns whether a kind is asked of a group; `asked_of` are codes of groups with blanks between.
pub fn is_asked_of(asked_of: &str, group_code: Option<&str>) -> bool {
    group_code.is_some_and(|group| asked_of.split_ascii_whitespace().any(|code| code == group))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const DAY: Date = date!(2026 - 11 - 30);

    fn until(expires_on: Option<Date>) -> Holding {
        Holding { begins_on: None, expires_on }
    }

    #[test]
    fn the_paper_that_holds_longest_counts() {
        let (past, today, soon) = (date!(2026 - 11 - 29), DAY, date!(2027 - 02 - 28));
        let later = date!(2027 - 03 - 01);
        let to_come = Holding { begins_on: Some(date!(2026 - 12 - 01)), expires_on: None };
        for (holdings, expected) in [
            (vec![], Standing::Missing),
            (vec![to_come], Standing::Missing),
            (vec![until(Some(past))], Standing::Lapsed(past)),
            (vec![until(Some(past)), to_come], Standing::Lapsed(past)),
            (vec![until(Some(past)), until(Some(today))], Standing::Lapsing(today)),
            (vec![until(Some(soon))], Standing::Lapsing(soon)),
            (vec![until(Some(later)), until(Some(soon))], Standing::Held(Some(later))),
            (vec![until(Some(past)), until(None)], Standing::Held(None)),
        ] {
            assert_eq!(standing(&holdings, DAY), expected, "{holdings:?}");
        }
    }

    #[test]
    fn only_what_is_missing_or_lapsed_is_a_gap() {
        let day = date!(2026 - 12 - 30);
        for (standing, is_gap, left) in [
            (Standing::Missing, true, None),
            (Standing::Lapsed(date!(2026 - 11 - 29)), true, None),
            (Standing::Lapsing(day), false, Some(30)),
            (Standing::Held(None), false, None),
        ] {
            assert_eq!((standing.is_gap(), standing.days_left(DAY)), (is_gap, left), "{standing:?}");
        }
        assert!(is_asked_of("food drink", Some("drink")) && !is_asked_of("food drink", Some("dri")));
        assert!(!is_asked_of("food", None) && !is_asked_of("", Some("food")));
        for each in HeldBy::ALL {
            assert_eq!(HeldBy::from_code(each.code()), Some(each));
        }
    }
}
