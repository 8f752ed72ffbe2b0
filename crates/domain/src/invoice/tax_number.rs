//! Tax numbers (MST) and personal numbers (CCCD).

use std::fmt;

/// Weights of the first nine digits of a tax number.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// A tax number whose digits fit together: ten, ten and a branch of three, or the twelve of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxNumber(String);

/// A text that is no tax number; nearly always a mistyped digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no tax number: compare its digits")]
pub struct TaxNumberError;

impl TaxNumber {
    /// Reads a tax number as people write it, blanks and dots included.
    ///
    /// # Errors
    /// When its length is wrong, or the tenth digit does not follow from the others: the digits 1 to 9 weighted by
    /// 31, 29, 23, 19, 17, 13, 7, 5, 3; 10 − (Σ mod 11), where 10 is no digit.
    pub fn parse(text: &str) -> Result<Self, TaxNumberError> {
        let text: String = text.chars().filter(|char| !char.is_whitespace() && *char != '.').collect();
        let (number, branch) = match text.split_once('-') {
            Some((number, branch)) => (number, Some(branch)),
            None if text.len() == 13 && text.is_ascii() => (&text[..10], Some(&text[10..])),
            None => (text.as_str(), None),
        };
        let is_branch = branch.is_none_or(|branch| branch.len() == 3 && is_digits(branch));
        let is_number = match number.len() {
            10 => is_digits(number) && check_digit_fits(number.as_bytes()),
            12 => is_digits(number) && branch.is_none(),
            _ => false,
        };
        if !is_branch || !is_number {
            return Err(TaxNumberError);
        }
        Ok(Self(branch.map_or_else(|| number.to_owned(), |branch| format!("{number}-{branch}"))))
    }

    /// Returns it as invoices print it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text is a person's number: twelve digits, of which no check is known.
pub fn is_personal_number(text: &str) -> bool {
    text.len() == 12 && is_digits(text)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_digit_fits(digits: &[u8]) -> bool {
    let value = |byte: u8| u32::from(byte.wrapping_sub(b'0'));
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(byte, weight)| value(*byte) * weight).sum();
    digits.last().is_some_and(|last| 10 - sum % 11 == value(*last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_in_use_are_read() {
        for (text, expected) in [
            ("0101243150", "0101243150"),
            ("0315018466", "0315018466"),
            ("0100109106", "0100109106"),
            ("0100109106-001", "0100109106-001"),
            ("0100109106001", "0100109106-001"),
            (" 0100.109.106 ", "0100109106"),
            ("051090001234", "051090001234"),
        ] {
            assert_eq!(
                TaxNumber::parse(text).map(|number| number.to_string()),
                Ok(expected.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn mistyped_numbers_are_refused() {
        for text in [
            "",
            "010124315",
            "01012431500",
            "0100109106-01",
            "0100109106-0a1",
            "051090001234-001",
            "01001O9106",
            "０１００１０９１０６",
        ] {
            assert_eq!(TaxNumber::parse(text), Err(TaxNumberError), "{text}");
        }
    }

    /// The weights find every single wrong digit, and every two neighbours exchanged.
    #[test]
    fn one_mistake_is_always_found() {
        for sound in ["0101243150", "0315018466", "0100109106"] {
            for place in 0..10 {
                for digit in b'0'..=b'9' {
                    let mut bytes = sound.as_bytes().to_vec();
                    let changed = bytes[place] != digit;
                    bytes[place] = digit;
                    let text = String::from_utf8(bytes).unwrap();
                    assert_eq!(TaxNumber::parse(&text).is_err(), changed, "{text}");
                }
            }
            for place in 0..8 {
                let mut bytes = sound.as_bytes().to_vec();
                bytes.swap(place, place + 1);
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(TaxNumber::parse(&text).is_err(), text != sound, "{text}");
            }
        }
    }

    #[test]
    fn a_personal_number_has_twelve_digits() {
        assert!(is_personal_number("051090001234"));
        assert!(!["", "05109000123", "0510900012345", "05109000123x"].into_iter().any(is_personal_number));
    }
}
