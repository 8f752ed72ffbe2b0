//! The tax authority's code of an invoice, which a till makes by itself and without a network: 23 characters,
//! `M1-26-VZQYY-00000000001`. Its number comes from the till's own range, so that no two tills make the same.

use std::fmt;

use time::Date;

use super::symbol::Form;

/// The largest number of eleven digits.
pub const NUMBER_MAX: i64 = 99_999_999_999;
/// The largest number that an invoice shows as its own (SHDon, eight digits).
pub const SHORT_NUMBER_MAX: i64 = 99_999_999;
/// With fewer numbers left than this the department is asked for a new range: some weeks of a busy shop.
pub const NUMBERS_FEW: i64 = 1_000;
/// Numbers left out when a journal begins after another one: a copy that was brought back does not know which numbers
/// were given since it was made. More than a busy shop sells in half a year.
pub const NUMBERS_LEFT_OUT: i64 = 100_000;

/// The five characters that the tax authority gave a seller on registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorityChars([u8; 5]);

/// A text that is not five capitals and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the five capitals and digits that the tax authority gave are needed")]
pub struct AuthorityCharsError;

impl AuthorityChars {
    /// Reads them.
    ///
    /// # Errors
    /// When they are not five capitals and digits.
    pub fn parse(text: &str) -> Result<Self, AuthorityCharsError> {
        let chars: [u8; 5] = text.trim().as_bytes().try_into().map_err(|_| AuthorityCharsError)?;
        let fits = chars.iter().all(|char| char.is_ascii_uppercase() || char.is_ascii_digit());
        if fits { Ok(Self(chars)) } else { Err(AuthorityCharsError) }
    }
}

/// Numbers that only one till gives, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    first: i64,
    last: i64,
}

/// Why numbers are none, or no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// The ends are exchanged, below one or above eleven digits.
    #[error("a range of numbers between 1 and 99999999999 is needed")]
    Bounds,
    /// Every number was given: invoices wait for a new range.
    #[error("every number of this range was given: ask the department for a new one")]
    Exhausted,
}

impl NumberRange {
    /// Takes both ends.
    ///
    /// # Errors
    /// When they are exchanged, below one or above eleven digits.
    pub const fn new(first: i64, last: i64) -> Result<Self, RangeError> {
        if first < 1 || last < first || last > NUMBER_MAX {
            return Err(RangeError::Bounds);
        }
        Ok(Self { first, last })
    }

    /// Returns the first number.
    pub const fn first(self) -> i64 {
        self.first
    }

    /// Returns the last number.
    pub const fn last(self) -> i64 {
        self.last
    }

    /// Whether two ranges share a number.
    pub const fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Returns the number after the last one given; `None` before the first. `journal_changed`: another journal gave
    /// the last one, so that some numbers may have been given without this one knowing.
    ///
    /// # Errors
    /// When none is left.
    pub fn next(self, given: Option<i64>, journal_changed: bool) -> Result<i64, RangeError> {
        let next = match given {
            None => self.first,
            Some(given) => {
                given.saturating_add(if journal_changed { NUMBERS_LEFT_OUT } else { 1 }).max(self.first)
            }
        };
        if next > self.last { Err(RangeError::Exhausted) } else { Ok(next) }
    }

    /// Returns how many numbers are left.
    pub fn left(self, given: Option<i64>) -> i64 {
        self.last - given.map_or(self.first - 1, |given| given.clamp(self.first - 1, self.last))
    }
}

/// The code of one invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorityCode {
    form: Form,
    year: u8,
    chars: AuthorityChars,
    number: i64,
}

impl AuthorityCode {
    /// Makes the code of an invoice of a day. The number is one of a [`NumberRange`].
    pub fn new(form: Form, date: Date, chars: AuthorityChars, number: i64) -> Self {
        let year = u8::try_from(date.year().rem_euclid(100)).unwrap_or_default();
        Self { form, year, chars, number }
    }

    /// Returns the number that the invoice shows as its own, if it has no more than the eight digits of that field;
    /// the provider gives one otherwise.
    pub const fn short_number(number: i64) -> Option<i64> {
        if number <= SHORT_NUMBER_MAX { Some(number) } else { None }
    }
}

impl fmt::Display for AuthorityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "M{}-{:02}-", self.form, self.year)?;
        self.chars.0.iter().try_for_each(|char| write!(f, "{}", char::from(*char)))?;
        write!(f, "-{:011}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn a_code_has_23_characters() {
        let chars = AuthorityChars::parse("VZQYY").unwrap();
        for (form, date, number, expected) in [
            (Form::Vat, date!(2024 - 05 - 01), 12_345_678_901, "M1-24-VZQYY-12345678901"),
            (Form::Sales, date!(2026 - 12 - 31), 1, "M2-26-VZQYY-00000000001"),
            (Form::Vat, date!(2027 - 01 - 01), NUMBER_MAX, "M1-27-VZQYY-99999999999"),
        ] {
            let code = AuthorityCode::new(form, date, chars, number).to_string();
            assert_eq!((code.as_str(), code.len()), (expected, 23));
        }
        for text in ["", "VZQY", "VZQYYY", "vzqyy", "VZQY-", "VZQÝ"] {
            assert_eq!(AuthorityChars::parse(text), Err(AuthorityCharsError), "{text}");
        }
        let short = [SHORT_NUMBER_MAX, SHORT_NUMBER_MAX + 1].map(AuthorityCode::short_number);
        assert_eq!(short, [Some(99_999_999), None]);
    }

    #[test]
    fn a_range_is_given_out_to_its_last_number() {
        let range = NumberRange::new(5, 7).unwrap();
        for (given, expected, left) in [
            (None, Ok(5), 3),
            (Some(5), Ok(6), 2),
            (Some(6), Ok(7), 1),
            (Some(7), Err(RangeError::Exhausted), 0),
            // The range was moved up over what was given.
            (Some(2), Ok(5), 3),
        ] {
            assert_eq!((range.next(given, false), range.left(given)), (expected, left), "{given:?}");
        }
        for (first, last) in [(0, 9), (9, 8), (1, NUMBER_MAX + 1), (-5, 5)] {
            assert_eq!(NumberRange::new(first, last), Err(RangeError::Bounds));
        }
    }

    #[test]
    fn another_journal_leaves_numbers_out() {
        let range = NumberRange::new(1, 200_000).unwrap();
        assert_eq!(range.next(None, true), Ok(1), "nothing was given yet");
        assert_eq!(range.next(Some(40), true), Ok(100_040));
        assert_eq!(range.next(Some(150_000), true), Err(RangeError::Exhausted));
    }

    #[test]
    fn ranges_overlap_when_they_share_a_number() {
        let range = |first, last| NumberRange::new(first, last).unwrap();
        for (other, expected) in
            [((1, 9), false), ((1, 10), true), ((15, 16), true), ((20, 30), true), ((21, 30), false)]
        {
            assert_eq!(range(10, 20).overlaps(range(other.0, other.1)), expected, "{other:?}");
            assert_eq!(range(other.0, other.1).overlaps(range(10, 20)), expected, "{other:?}");
        }
    }

    proptest! {
        /// Whatever restarts, brought back copies and other tills do in between, no number is given twice.
        #[test]
        fn no_number_repeats(first in 1_i64..1_000, size in 1_i64..2_000_000, changes in prop::collection::vec(any::<bool>(), 0..60)) {
            let range = NumberRange::new(first, first + size).unwrap();
            let (mut given, mut seen) = (None, BTreeSet::new());
            for journal_changed in changes {
                let left = range.left(given);
                match range.next(given, journal_changed) {
                    Ok(number) => {
                        prop_assert!(seen.insert(number) && (range.first()..=range.last()).contains(&number));
                        prop_assert!(range.left(Some(number)) < left);
                        given = Some(number);
                    }
                    Err(error) => prop_assert_eq!(error, RangeError::Exhausted),
                }
            }
        }
    }
}
