//! What stands in a cell of a list. A formula counts as what it last gave, and is never computed.

use std::borrow::Cow;

use time::Date;
use time::macros::format_description;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, or digits that were typed as words.
    Text(String),
    /// A number, written without grouping: `8938500000010`, `0.5`.
    Number(String),
    /// A day.
    Day(Date),
}

impl Cell {
    /// Takes words; blanks alone are nothing.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// True when nothing stands there.
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Returns what a person reads there, blanks around it left out.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Number(text) => Cow::Borrowed(text.trim()),
            Self::Day(day) => {
                Cow::Owned(format!("{:02}/{:02}/{}", day.day(), u8::from(day.month()), day.year()))
            }
        }
    }

    /// Returns the text under which the cell is kept.
    pub fn code(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => format!("t{text}"),
            Self::Number(number) => format!("n{number}"),
            Self::Day(day) => format!("d{day}"),
        }
    }

    /// Returns the cell that was kept so, or `None` for a text that never was.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut rest = code.chars();
        match rest.next() {
            None => Some(Self::Empty),
            Some('t') => Some(Self::Text(rest.as_str().to_owned())),
            Some('n') => Some(Self::Number(rest.as_str().to_owned())),
            Some('d') => {
                Date::parse(rest.as_str(), format_description!("[year]-[month]-[day]")).ok().map(Self::Day)
            }
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_here() {
        assert_eq!(Cell::Day(date!(2023 - 09 - 03)).words(), "03/09/2023");
        assert_eq!(Cell::of_text(" \t "), Cell::Empty);
        assert_eq!(Cell::from_code("x"), None);
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(text: String, days in 0i32..60_000) {
            let day = Date::from_julian_day(2_440_000 + days).unwrap();
            for cell in [Cell::Empty, Cell::Text(text.clone()), Cell::Number(text), Cell::Day(day)] {
                prop_assert_eq!(Cell::from_code(&cell.code()), Some(cell));
            }
        }
    }
}
