//! The bars of GS1-128 and other codes with application identifiers: the same product, lot and dates that the QR of a pack has, one
//! behind the other (GS1 General Specifications 3 and 7.8): `01`, fourteen digits, `17`, six digits, `10`, a lot.
//!
//! A value whose length is not fixed ends with a separator (FNC1, sent as the control character GS) or with the code. Scanners that
//! drop the separator make of lot and what follows one text, so a code whose last value may hold a day is not read.

use crate::pack_link::{self, LinkError, PackLink};

/// FNC1 as scanners send it.
const SEPARATOR: char = '\u{1d}';
/// Digits of a GTIN.
const GTIN_DIGITS: usize = 14;
/// Longer codes are refused unread: GS1-128 holds 48 characters, a DataMatrix more.
const CODE_BYTES_MAX: usize = 256;

/// A value and what it is.
type Element<'a> = (&'a str, &'a str);

/// Reads the elements of a code. `is_told` says that a symbology identifier named it as one with application identifiers; without
/// it a text counts as one only when it begins with `(01)`, or with `01`, a GTIN and another element. Returns `None` for any other
/// text.
///
/// # Errors
/// The inner result is an error when the code is one, but not to be believed.
pub fn read(text: &str, is_told: bool) -> Option<Result<PackLink, LinkError>> {
    let text = text.trim_matches(SEPARATOR);
    let is_bracketed = text.starts_with("(01)");
    if !is_told && !is_bracketed && !has_gtin_and_more(text) {
        return None;
    }
    if text.len() > CODE_BYTES_MAX {
        return Some(Err(LinkError::TooLong));
    }
    let elements = if is_bracketed { bracketed(text) } else { plain(text) };
    Some(elements.ok_or(LinkError::Shape).and_then(|elements| PackLink::of_elements(&elements)))
}

fn has_gtin_and_more(text: &str) -> bool {
    let rest = text.strip_prefix("01").and_then(|rest| rest.split_at_checked(GTIN_DIGITS));
    rest.is_some_and(|(gtin, rest)| {
        crate::barcode::has_gtin_shape(gtin)
            && crate::barcode::verify_check_digit(gtin).is_ok()
            && rest.len() > 2
    })
}

/// Returns how an element begins: its identifier, and how many characters its value has where that is fixed. `None` for one that
/// is not known here.
fn head(text: &str) -> Option<(&str, Option<usize>)> {
    let two = text.get(..2)?;
    let (digits, length) = match two {
        "00" => (2, Some(18)),
        "01" | "02" => (2, Some(GTIN_DIGITS)),
        "11" | "12" | "13" | "15" | "16" | "17" => (2, Some(6)),
        "20" => (2, Some(2)),
        // Weights and measures: 310n to 369n.
        "31" | "32" | "33" | "34" | "35" | "36" => (4, Some(6)),
        "10" | "21" | "22" | "30" | "37" => (2, None),
        "24" | "25" => (3, None),
        "39" => (4, None),
        _ => return None,
    };
    let identifier = text.get(..digits).filter(|id| id.bytes().all(|b| b.is_ascii_digit()))?;
    Some((identifier, length))
}

fn plain(text: &str) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (identifier, length) = head(rest)?;
        rest = rest.get(identifier.len()..)?;
        let end = length.unwrap_or_else(|| rest.find(SEPARATOR).unwrap_or(rest.len()));
        let (value, after) = rest.split_at_checked(end)?;
        if length.is_none() && after.is_empty() && may_hide_a_day(value) {
            return None;
        }
        elements.push((identifier, value));
        rest = after.trim_start_matches(SEPARATOR);
    }
    Some(elements)
}

/// Says whether a day may stand within a value, before which a scanner dropped the separator: a last day of sale must never be
/// lost in a lot.
fn may_hide_a_day(value: &str) -> bool {
    let is_day = |at: usize| {
        let element = value.get(at..at + 8).and_then(|element| element.split_at_checked(2));
        element.is_some_and(|(ai, day)| {
            matches!(ai, "11" | "12" | "13" | "15" | "16" | "17") && pack_link::is_day(day)
        })
    };
    (1..value.len()).any(is_day)
}

/// Reads what people see below the bars: `(01)08938500000010(17)270531(10)L-0526`.
fn bracketed(text: &str) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    for part in text.split('(').skip(1) {
        let (identifier, value) = part.split_once(')')?;
        let (known, length) = head(identifier)?;
        let value = value.trim_matches(SEPARATOR);
        if known != identifier || length.is_some_and(|length| length != value.len()) {
            return None;
        }
        elements.push((identifier, value));
    }
    Some(elements)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Date;
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 30);

    /// Product, lot and last day.
    type Said = (String, Option<String>, Option<Date>);

    fn said(text: &str, is_told: bool) -> Option<Result<Said, LinkError>> {
        let code = |link: PackLink| {
            let barcode = link.barcode(None).unwrap().as_str().to_owned();
            (barcode, link.lot().map(str::to_owned), link.expires_on(TODAY))
        };
        read(text, is_told).map(|link| link.map(code))
    }

    #[test]
    fn product_lot_and_days_are_read() {
        let (lot, day) = (Some("L-0526"), Some(date!(2027 - 05 - 31)));
        for (text, lot, day) in [
            ("01089385000000101727053110L-0526", lot, day),
            ("010893850000001010L-0526\u{1d}17270531", lot, day),
            ("\u{1d}010893850000001010L-0526\u{1d}17270531", lot, day),
            ("(01)08938500000010(17)270531(10)L-0526", lot, day),
            ("(01)08938500000010(10)L-0526(17)270500", lot, day),
            ("0108938500000010112611201527053110L-0526", lot, day),
            ("010893850000001021A-1\u{1d}10L-0526", lot, None),
            ("010893850000001017270531", None, day),
            ("010893850000001016270531", None, day),
        ] {
            let expected = ("8938500000010".to_owned(), lot.map(str::to_owned), day);
            for is_told in [true, false] {
                assert_eq!(said(text, is_told), Some(Ok(expected.clone())), "{text:?} {is_told}");
            }
        }
        // A case of several pieces has a number of its own.
        assert_eq!(said("011893850000001710L1", true).unwrap().unwrap().0, "18938500000017");
    }

    #[test]
    fn what_may_not_be_believed_says_why() {
        for (text, error) in [
            ("0108938500000010172705", LinkError::Shape),
            ("010893850000001017271331", LinkError::Date),
            ("010893850000001010L1\u{1d}10L2", LinkError::Shape),
            ("01089385000000103103001250", LinkError::Measure),
            ("010893850000001030 12", LinkError::Measure),
            ("010893850000001010", LinkError::Lot),
            ("17270531", LinkError::Shape),
            ("00389385000000000012", LinkError::Shape),
            ("9901", LinkError::Shape),
            ("010290000000012410L1", LinkError::NotGlobal),
            // The separator behind the lot is missing.
            ("010893850000001010L-052617270531", LinkError::Shape),
            ("010893850000001010L11727053121A77", LinkError::Shape),
            ("010893850000001010L1172705313103001250", LinkError::Shape),
            ("010893850000001010ABCDEFGHIJKLMNOPQRSTU", LinkError::Lot),
        ] {
            assert_eq!(said(text, true), Some(Err(error)), "{text:?}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "8938500000010",
            "08938500000010",
            "0108938500000010",
            "TD-004",
            "01 tỏi",
            "(tỏi)",
            "toi den",
            "",
        ] {
            assert_eq!(said(text, false), None, "{text:?}");
        }
        // A wrong check digit: perhaps a number of the shop's own.
        assert_eq!(said("010893850000001110L1", false), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stumble(text in "\\PC{0,40}", is_told: bool) {
            let _ = read(&text, is_told);
        }

        #[test]
        fn what_is_written_is_read(lot in "[A-Z0-9-]{1,7}", months in 1_u8..=12) {
            let text = format!("010893850000001017{:02}{months:02}0010{lot}", 27);
            let (_, read, day) = said(&text, true).unwrap().unwrap();
            prop_assert_eq!(read.as_deref(), Some(lot.as_str()));
            prop_assert_eq!(day.map(|day| (day.year(), u8::from(day.month()))), Some((2027, months)));
        }
    }
}
