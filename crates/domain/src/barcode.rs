//! Codes that identify a product: numbers that GS1 gives to its maker, and codes that a shop prints itself.
//!
//! One product has one text here, however its code was written: a UPC-A is an EAN-13 with a zero in front, and
//! capitals are all there are, because a scanner types small letters while Caps Lock is on.

use std::fmt;

/// The longest code of a shop's own, in characters: more does not fit a label (Code 128 at two dots a module).
const OWN_CODE_CHARACTERS_MAX: usize = 32;
/// Longer texts are refused unread: room for the longest code and all that a scanner puts around it.
const TYPED_BYTES_MAX: usize = 256;
/// Symbology identifiers (ISO/IEC 15424) after which the data begins with a GS1 application identifier.
const GS1_IDENTIFIERS: [&str; 4] = ["]C1", "]e0", "]d2", "]Q3"];

/// A valid code that identifies a product.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Barcode(String);

/// What a [`Barcode`] is, and so how a label draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarcodeKind {
    /// 13 digits; a UPC-A too.
    Ean13,
    /// 8 digits.
    Ean8,
    /// 14 digits, usually a case of several pieces (drawn as Code 128, half as wide).
    Gtin14,
    /// A code of the shop's own: capital letters, digits and dashes (drawn as Code 128).
    Own,
}

/// Why a text is no [`Barcode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BarcodeError {
    /// Nothing but blanks.
    #[error("the code is empty: scan it again")]
    Empty,
    /// Longer than any code, so most likely two scans in one.
    #[error("the code is longer than 32 characters: scan one code at a time")]
    TooLong,
    /// Letters outside ASCII: an input method has rewritten what the scanner typed.
    #[error("the code has Vietnamese letters: switch the input method off and scan again")]
    NotAscii,
    /// A character that no product code has.
    #[error("a product code has letters, digits and dashes only, not {0:?}")]
    OtherCharacter(char),
    /// The last digit does not fit the others: one of them was misread or mistyped.
    #[error("the last digit is {found} and should be {expected}: scan again or compare the digits")]
    WrongCheckDigit {
        /// What the other digits ask for.
        expected: u8,
        /// What the code ends in.
        found: u8,
    },
}

/// Two digits, 20 to 29, that start an EAN-13 whose meaning each shop defines for itself (GS1 restricted circulation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InStorePrefix(u8);

impl InStorePrefix {
    /// The prefix of labels that a shop prints for goods without a number of their own; scales use the lower ones.
    pub const OWN_LABEL: Self = Self(29);

    /// Takes 20 to 29, and nothing else.
    pub const fn new(prefix: u8) -> Option<Self> {
        if prefix >= 20 && prefix <= 29 { Some(Self(prefix)) } else { None }
    }

    /// Returns 20 to 29.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Barcode {
    /// Reads what a scanner or a hand typed: EAN-13, EAN-8, UPC-A (becomes EAN-13), GTIN-14, or a code of the
    /// shop's own of at most 32 letters, digits and dashes. Blanks around it, control characters and symbology
    /// identifiers such as `]E0` are dropped.
    ///
    /// # Errors
    /// [`BarcodeError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BarcodeError> {
        if text.len() > TYPED_BYTES_MAX {
            return Err(BarcodeError::TooLong);
        }
        let code = Typed::new(text).code;
        if code.is_empty() {
            return Err(BarcodeError::Empty);
        }
        if !code.is_ascii() {
            return Err(BarcodeError::NotAscii);
        }
        if let Some(other) = code.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(BarcodeError::OtherCharacter(other));
        }
        if code.len() > OWN_CODE_CHARACTERS_MAX {
            return Err(BarcodeError::TooLong);
        }
        if has_gtin_shape(code) {
            verify_check_digit(code)?;
        }
        Ok(Self(normalised(code)))
    }

    /// Returns the EAN-13 that a shop prints for an item of its own: prefix, item in ten digits, check digit.
    pub fn in_store(prefix: InStorePrefix, item: u32) -> Self {
        let digits = format!("{}{item:010}", prefix.get());
        Self(format!("{digits}{}", check_digit(&digits)))
    }

    /// Returns the normalised text: the one to store, compare and print.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what kind of code it is.
    pub fn kind(&self) -> BarcodeKind {
        match self.0.len() {
            _ if !has_gtin_shape(&self.0) => BarcodeKind::Own,
            8 => BarcodeKind::Ean8,
            14 => BarcodeKind::Gtin14,
            _ => BarcodeKind::Ean13,
        }
    }
}

impl fmt::Display for Barcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the check digit, 0 to 9, for the ASCII digits before it (GS1: weights 3, 1, 3, … from the right).
pub fn check_digit(digits: &str) -> u8 {
    let weighted = digits.bytes().rev().enumerate().fold(0, |sum, (index, byte)| {
        let weight = if index % 2 == 0 { 3 } else { 1 };
        (sum + byte.wrapping_sub(b'0') % 10 * weight) % 10
    });
    (10 - weighted) % 10
}

/// True for digits alone, as many as a GS1 number has; such a text is never a code of the shop's own.
pub(crate) fn has_gtin_shape(code: &str) -> bool {
    matches!(code.len(), 8 | 12 | 13 | 14) && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Compares the last of these digits with what the others ask for.
///
/// # Errors
/// [`BarcodeError::WrongCheckDigit`].
pub(crate) fn verify_check_digit(digits: &str) -> Result<(), BarcodeError> {
    let (rest, last) = digits.split_at(digits.len().saturating_sub(1));
    let found = last.bytes().fold(0, |_, byte| byte.wrapping_sub(b'0'));
    let expected = check_digit(rest);
    if found == expected { Ok(()) } else { Err(BarcodeError::WrongCheckDigit { expected, found }) }
}

fn normalised(code: &str) -> String {
    match code.len() {
        12 if has_gtin_shape(code) => format!("0{code}"),
        // A GTIN-13 in a field of 14 digits, as catalogues write it.
        14 if has_gtin_shape(code) => code.strip_prefix('0').unwrap_or(code).to_owned(),
        _ => code.to_ascii_uppercase(),
    }
}

/// What was typed, without what a scanner puts around a code.
pub(crate) struct Typed<'a> {
    /// The text that is left; may be empty.
    pub(crate) code: &'a str,
    /// True when a symbology identifier stood before it: only a scanner types that.
    pub(crate) is_scanned: bool,
    /// True when that says that the text has application identifiers in it.
    pub(crate) has_elements: bool,
}

impl<'a> Typed<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let text = trim(text);
        let Some((identifier, data)) = split_identifier(text) else {
            return Self { code: text, is_scanned: false, has_elements: false };
        };
        let data = trim(data);
        let is_gs1 = GS1_IDENTIFIERS.contains(&identifier);
        match data.strip_prefix("01") {
            // The number alone, as on cases. With lot or dates behind it the text stays whole and finds no product:
            // an expiry date must never be dropped unread.
            Some(number) if number.len() == 14 && is_gs1 => {
                Self { code: number, is_scanned: true, has_elements: false }
            }
            _ => Self { code: data, is_scanned: true, has_elements: is_gs1 },
        }
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control())
}

fn split_identifier(text: &str) -> Option<(&str, &str)> {
    let (identifier, data) = text.split_at_checked(3)?;
    match identifier.as_bytes() {
        [b']', symbology, modifier]
            if symbology.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
        {
            Some((identifier, data))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn check_digits_of_known_numbers() {
        for (digits, expected) in [
            ("893850000001", 0),
            ("200001201250", 1),
            ("210001203500", 2),
            ("400638133393", 1),
            ("9638507", 4),
            ("03600029145", 2),
            ("1893850000001", 7),
            ("", 0),
        ] {
            assert_eq!(check_digit(digits), expected, "{digits}");
        }
    }

    #[test]
    fn codes_and_their_normal_form() {
        for (typed, text, kind) in [
            ("8938500000010", "8938500000010", BarcodeKind::Ean13),
            (" 8938500000010\r\n", "8938500000010", BarcodeKind::Ean13),
            ("\u{2}8938500000010\u{3}", "8938500000010", BarcodeKind::Ean13),
            ("]E08938500000010", "8938500000010", BarcodeKind::Ean13),
            ("036000291452", "0036000291452", BarcodeKind::Ean13),
            ("00036000291452", "0036000291452", BarcodeKind::Ean13),
            ("96385074", "96385074", BarcodeKind::Ean8),
            ("]E496385074", "96385074", BarcodeKind::Ean8),
            ("18938500000017", "18938500000017", BarcodeKind::Gtin14),
            ("]I118938500000017", "18938500000017", BarcodeKind::Gtin14),
            ("]C1\u{1d}0118938500000017", "18938500000017", BarcodeKind::Gtin14),
            ("]C10108938500000010", "8938500000010", BarcodeKind::Ean13),
            ("]C1010893850000001010LOT1", "010893850000001010LOT1", BarcodeKind::Own),
            ("]C00108938500000010", "0108938500000010", BarcodeKind::Own),
            ("TD-004", "TD-004", BarcodeKind::Own),
            ("]C0td-004", "TD-004", BarcodeKind::Own),
            ("7", "7", BarcodeKind::Own),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZ-12345", "ABCDEFGHIJKLMNOPQRSTUVWXYZ-12345", BarcodeKind::Own),
        ] {
            let barcode = Barcode::parse(typed).unwrap();
            assert_eq!((barcode.as_str(), barcode.kind()), (text, kind), "{typed:?}");
            assert_eq!(Barcode::parse(text).unwrap(), barcode, "{typed:?} is not stable");
        }
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        let wrong = |expected, found| BarcodeError::WrongCheckDigit { expected, found };
        for (typed, error) in [
            ("", BarcodeError::Empty),
            (" \t\r\n", BarcodeError::Empty),
            ("]E0", BarcodeError::Empty),
            ("8938500000011", wrong(0, 1)),
            ("96385070", wrong(4, 0)),
            ("036000291459", wrong(2, 9)),
            ("18938500000010", wrong(7, 0)),
            ("]C10118938500000010", wrong(7, 0)),
            ("CÁ-004", BarcodeError::NotAscii),
            ("８９３８５００００００１０", BarcodeError::NotAscii),
            ("TD 004", BarcodeError::OtherCharacter(' ')),
            ("https://ocop.vn/1", BarcodeError::OtherCharacter(':')),
            ("]", BarcodeError::OtherCharacter(']')),
            ("]C101089385000000101\u{1d}0A", BarcodeError::OtherCharacter('\u{1d}')),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZ-123456", BarcodeError::TooLong),
            ("89385000000108938500000010893850000001", BarcodeError::TooLong),
        ] {
            assert_eq!(Barcode::parse(typed), Err(error), "{typed:?}");
        }
        assert_eq!(Barcode::parse(&"á".repeat(10_000)), Err(BarcodeError::TooLong), "refused unread");
    }

    #[test]
    fn in_store_codes() {
        assert_eq!(Barcode::in_store(InStorePrefix::OWN_LABEL, 12).as_str(), "2900000000124");
        assert_eq!([19, 20, 29, 30].map(|n| InStorePrefix::new(n).is_some()), [false, true, true, false]);
    }

    proptest! {
        #[test]
        fn in_store_codes_are_valid_and_distinct(prefix in 20_u8..=29, a: u32, b: u32) {
            let prefix = InStorePrefix::new(prefix).unwrap();
            let barcode = Barcode::in_store(prefix, a);
            prop_assert_eq!(&Barcode::parse(barcode.as_str()).unwrap(), &barcode);
            prop_assert_eq!(barcode == Barcode::in_store(prefix, b), a == b);
        }

        #[test]
        fn every_single_wrong_digit_is_seen(digits in "[0-9]{12}", place in 0_usize..13, by in 1_u8..=9) {
            let mut code = format!("{digits}{}", check_digit(&digits)).into_bytes();
            prop_assert!(Barcode::parse(std::str::from_utf8(&code).unwrap()).is_ok());
            code[place] = b'0' + (code[place] - b'0' + by) % 10;
            let refused = matches!(
                Barcode::parse(std::str::from_utf8(&code).unwrap()),
                Err(BarcodeError::WrongCheckDigit { .. })
            );
            prop_assert!(refused);
        }

        #[test]
        fn the_expected_digit_repairs_the_code(digits in "[0-9]{7}|[0-9]{11}|[0-9]{12}|[0-9]{13}", last in 0_u8..=9) {
            if let Err(BarcodeError::WrongCheckDigit { expected, found }) = Barcode::parse(&format!("{digits}{last}")) {
                prop_assert_eq!(found, last);
                let repaired = format!("{digits}{expected}");
                prop_assert!(Barcode::parse(&repaired).is_ok());
            }
        }

        #[test]
        fn any_text_is_answered_and_what_is_read_is_stable(text in any::<String>()) {
            if let Ok(barcode) = Barcode::parse(&text) {
                prop_assert_eq!(Barcode::parse(barcode.as_str()), Ok(barcode));
            }
        }
    }
}
