//! What recognitions are decided by: levels and sets of criteria, each with its days. Districts decided until 30/6/2025, and one set
//! of criteria follows another.

use time::Date;

use crate::product_list::likeness::plain;
use crate::recognition::{DecisionPaper, Level};

/// What is said of a level from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelSaid {
    /// Which one.
    pub level: Level,
    /// The first day.
    pub from: Date,
    /// It decides from then on, or no more.
    pub decides: bool,
}

/// A set of criteria that results are scored under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaSet {
    /// Number of the decision: `148/QĐ-TTg`.
    pub name: String,
    /// Its first day. Its last one binds nothing: results of then are decided some weeks later.
    pub from: Date,
}

/// Why a paper cannot say what it is said to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misdated {
    /// The level does not decide on that day.
    Level,
    /// The criteria are of a later day.
    Criteria,
}

/// Levels and sets of criteria with their days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standards {
    levels: Vec<LevelSaid>,
    sets: Vec<CriteriaSet>,
}

impl Standards {
    /// Takes what is said of levels, and sets of criteria.
    pub const fn new(levels: Vec<LevelSaid>, sets: Vec<CriteriaSet>) -> Self {
        Self { levels, sets }
    }

    /// Returns the sets of criteria.
    pub fn sets(&self) -> &[CriteriaSet] {
        &self.sets
    }

    /// Says whether a level decides on a day: what was said last by then counts, and it does while nobody has said anything.
    pub fn decides(&self, level: Level, day: Date) -> bool {
        self.last_said(level, day).is_none_or(|said| said.decides)
    }

    /// Returns the last day of a level that decides no more on a day.
    pub fn last_day(&self, level: Level, day: Date) -> Option<Date> {
        self.last_said(level, day).filter(|said| !said.decides)?.from.previous_day()
    }

    fn last_said(&self, level: Level, day: Date) -> Option<&LevelSaid> {
        let said = self.levels.iter().filter(|said| said.level == level && said.from <= day);
        said.max_by_key(|said| said.from)
    }

    /// Returns what cannot be of a paper whose decision was made on a day. Criteria that have ended can: results are decided after
    /// they were scored.
    pub fn misdated(&self, paper: &DecisionPaper, day: Date) -> Option<Misdated> {
        if paper.level.is_some_and(|level| !self.decides(level, day)) {
            return Some(Misdated::Level);
        }
        if paper.criteria.is_empty() {
            return None;
        }
        let mut named = self.named(&paper.criteria).peekable();
        let is_later = named.peek().is_some() && named.all(|set| set.from > day);
        is_later.then_some(Misdated::Criteria)
    }

    /// The sets that words name by their numbers: `Bộ tiêu chí theo QĐ 148/QĐ-TTg`.
    fn named(&self, words: &str) -> impl Iterator<Item = &CriteriaSet> {
        let words = format!(" {} ", plain(words));
        self.sets.iter().filter(move |set| words.contains(&format!(" {} ", plain(&set.name))))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn standards() -> Standards {
        let said = |level, from, decides| LevelSaid { level, from, decides };
        let set = |name: &str, from| CriteriaSet { name: name.to_owned(), from };
        Standards::new(
            vec![
                said(Level::District, date!(2025 - 07 - 01), false),
                said(Level::District, date!(2018 - 05 - 07), true),
                said(Level::Province, date!(2018 - 05 - 07), true),
            ],
            vec![set("1048/QĐ-TTg", date!(2019 - 08 - 21)), set("148/QĐ-TTg", date!(2023 - 02 - 24))],
        )
    }

    #[test]
    fn a_district_decides_until_its_last_day() {
        let standards = standards();
        for (level, day, expected) in [
            (Level::District, date!(2025 - 06 - 30), true),
            (Level::District, date!(2025 - 07 - 01), false),
            (Level::District, date!(2026 - 01 - 01), false),
            (Level::Province, date!(2026 - 01 - 01), true),
            // Nobody has said anything of it.
            (Level::Nation, date!(2026 - 01 - 01), true),
            (Level::District, date!(2010 - 01 - 01), true),
        ] {
            assert_eq!(standards.decides(level, day), expected, "{level:?} {day}");
        }
        let today = date!(2026 - 11 - 30);
        assert_eq!(standards.last_day(Level::District, today), Some(date!(2025 - 06 - 30)));
        assert_eq!(standards.last_day(Level::District, date!(2025 - 06 - 30)), None);
        assert_eq!(standards.last_day(Level::Province, today), None);
    }

    #[test]
    fn a_paper_names_what_there_was_on_its_day() {
        let standards = standards();
        let day = date!(2023 - 01 - 10);
        for (level, criteria, day, expected) in [
            (Some(Level::District), "", day, None),
            (Some(Level::District), "", date!(2026 - 01 - 10), Some(Misdated::Level)),
            (None, "QĐ 148/QĐ-TTg", day, Some(Misdated::Criteria)),
            (None, "Bộ tiêu chí theo Quyết định số 148/qđ-ttg", day, Some(Misdated::Criteria)),
            (None, "148/QĐ-TTg", date!(2023 - 02 - 24), None),
            // Scored under the set before, decided later.
            (None, "1048/QĐ-TTg", date!(2023 - 03 - 30), None),
            (None, "1048/QĐ-TTg và 148/QĐ-TTg", day, None),
            // Another number, and another text.
            (None, "2148/QĐ-TTg", day, None),
            (None, "Bộ tiêu chí OCOP", day, None),
        ] {
            let paper = DecisionPaper { level, criteria: criteria.to_owned(), ..DecisionPaper::default() };
            assert_eq!(standards.misdated(&paper, day), expected, "{level:?} {criteria} {day}");
        }
    }
}
