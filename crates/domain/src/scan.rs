//! What a text at the counter means: a product's code, a pack's QR, a scale's label, or words to search for.
//!
//! The order is fixed: check digit, then mask, then product. A damaged code is refused and never searched for: a
//! search would offer some other product, and a busy cashier would take it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::barcode::{self, Barcode, BarcodeError, Typed};
use crate::element_string;
use crate::mask::Masks;
use crate::pack_link::{self, LinkError, PackLink};
use crate::{Money, Quantity};

/// Longer texts are refused unread: a stuck scanner has sent 10,000 characters.
const TEXT_BYTES_MAX: usize = 512;
/// So many digits has the shortest barcode (EAN-8).
const BARCODE_DIGITS_MIN: usize = 8;

/// What a scanned or typed text asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// A product's code. Nothing says yet that the shop knows it.
    Product(Barcode),
    /// A pack's QR, or bars with application identifiers: product, and perhaps lot and last day, which must not be dropped unread.
    Pack(PackLink),
    /// A scale's label with the weight.
    Weighed {
        /// The shop's number of the item.
        item: u32,
        /// Kilograms, above zero.
        quantity: Quantity,
    },
    /// A scale's label with the price of this piece.
    Priced {
        /// The shop's number of the item.
        item: u32,
        /// What the piece costs, above zero.
        price: Money,
    },
    /// Words without blanks around them. They may also be a code of the shop's own, such as `TD-004`, which no
    /// shape tells from a word: look for [`Barcode::parse`] of them first, then for names.
    Words(String),
    /// Neither: say why, and look for nothing.
    Refused(ScanError),
}

/// Why a text at the counter is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// Nothing but blanks.
    #[error("nothing was scanned: scan again or type a name")]
    Empty,
    /// Longer than any code or name.
    #[error("the text is far too long: scan one code at a time")]
    TooLong,
    /// A Vietnamese input method or keyboard has rewritten the code, or it came in wide digits.
    #[error("an input method has changed the code: switch it off (Ctrl+Shift) and scan again")]
    InputMethod,
    /// A code that is wrong in itself.
    #[error(transparent)]
    Code(BarcodeError),
    /// A pack's QR that may not be believed.
    #[error(transparent)]
    Link(LinkError),
    /// A scale's label that weighs nothing.
    #[error("the label weighs nothing: weigh the goods again")]
    ZeroWeight,
    /// A scale's label that costs nothing.
    #[error("the label has no price: weigh the goods again")]
    ZeroPrice,
}

impl From<BarcodeError> for ScanError {
    fn from(error: BarcodeError) -> Self {
        match error {
            BarcodeError::Empty => Self::Empty,
            BarcodeError::TooLong => Self::TooLong,
            BarcodeError::NotAscii => Self::InputMethod,
            BarcodeError::OtherCharacter(_) | BarcodeError::WrongCheckDigit { .. } => Self::Code(error),
        }
    }
}

/// Returns what a scanned or typed text means; `masks` are the shop's.
pub fn read(text: &str, masks: &Masks) -> Scan {
    read_or_refuse(text, masks).unwrap_or_else(Scan::Refused)
}

fn read_or_refuse(text: &str, masks: &Masks) -> Result<Scan, ScanError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(ScanError::TooLong);
    }
    let typed = Typed::new(text);
    let code = typed.code;
    if code.is_empty() {
        return Err(ScanError::Empty);
    }
    if pack_link::is_address(code) && !code.is_ascii() {
        return Err(ScanError::InputMethod);
    }
    if let Some(link) = PackLink::parse(code) {
        return link.map(Scan::Pack).map_err(ScanError::Link);
    }
    if let Some(link) = element_string::read(code, typed.has_elements) {
        return link.map(Scan::Pack).map_err(ScanError::Link);
    }
    if let Some(mask) = masks.find(code) {
        return mask.read(code);
    }
    if typed.is_scanned || barcode::has_gtin_shape(code) {
        return Ok(Scan::Product(Barcode::parse(code)?));
    }
    if is_rewritten_code(code) {
        return Err(ScanError::InputMethod);
    }
    Ok(Scan::Words(code.to_owned()))
}

/// True for what input methods make of codes. Vietnamese words are none of it, even with a size behind them:
/// `cá500g` has small letters and too few digits for a code; `89Ế850597419` and `CÁ-004` have not.
fn is_rewritten_code(text: &str) -> bool {
    if text.is_ascii() || text.chars().any(char::is_whitespace) {
        return false;
    }
    if text.chars().any(is_wide_digit) || is_from_vietnamese_keyboard(text) {
        return true;
    }
    let has_marks = text.chars().any(|c| !c.is_ascii() && (c.is_alphabetic() || is_combining_mark(c)));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    has_marks && digits > 0 && (digits > 2 * letters || !text.chars().any(char::is_lowercase))
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// True for a row of digits typed on the Windows keyboard "Vietnamese", whose digit keys 1 to 9 and 0 give
/// ă â ê ô, the five tone marks and đ. No word has eight of them and nothing else.
fn is_from_vietnamese_keyboard(text: &str) -> bool {
    let (mut vowels, mut hats, mut others) = (0, 0, 0);
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            'a' | 'e' | 'o' => vowels += 1,
            '\u{302}' | '\u{306}' => hats += 1,
            'đ' | '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => others += 1,
            _ => return false,
        }
    }
    vowels == hats && hats + others >= BARCODE_DIGITS_MIN
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::barcode::InStorePrefix;
    use crate::mask::{Mask, MaskError, MaskValue};

    fn mask(prefix: u8, layout: &str, counts: MaskValue, verifies: bool) -> Result<Mask, MaskError> {
        Mask::parse(InStorePrefix::new(prefix).unwrap(), layout, counts, verifies)
    }

    fn masks() -> Masks {
        Masks::new(vec![
            mask(20, "PP IIIII VVVVV C", MaskValue::Grams, true).unwrap(),
            mask(21, "PP IIIII VVVVV C", MaskValue::Vnd, true).unwrap(),
            mask(22, "PP VVVVVV IIII C", MaskValue::TenVnd, false).unwrap(),
            mask(23, "PPIIIIIIVVVVC", MaskValue::HundredVnd, false).unwrap(),
        ])
        .unwrap()
    }

    fn wrong(expected: u8, found: u8) -> Scan {
        Scan::Refused(ScanError::Code(BarcodeError::WrongCheckDigit { expected, found }))
    }

    #[test]
    fn codes_and_labels() {
        let pack = |text| Scan::Pack(PackLink::parse(text).unwrap().unwrap());
        let product = |text| Scan::Product(Barcode::parse(text).unwrap());
        let weighed = |item, grams| Scan::Weighed { item, quantity: Quantity::from_milli(grams) };
        let priced = |item, vnd| Scan::Priced { item, price: Money::new(vnd) };
        for (text, scan) in [
            ("8938500000010", product("8938500000010")),
            (" 8938500000010\r", product("8938500000010")),
            ("]E08938500000010", product("8938500000010")),
            ("036000291452", product("0036000291452")),
            ("96385074", product("96385074")),
            ("18938500000017", product("18938500000017")),
            ("]C0td-004", product("TD-004")),
            ("2900000000124", product("2900000000124")),
            ("2000012012501", weighed(12, 1_250)),
            ("]E02000012012501", weighed(12, 1_250)),
            ("2100012035002", priced(12, 3_500)),
            ("2200350000120", priced(12, 35_000)),
            ("2300001235000", priced(12, 350_000)),
            ("8938500000011", wrong(0, 1)),
            ("96385070", wrong(4, 0)),
            ("2000012012502", wrong(1, 2)),
            ("2000012000009", wrong(3, 9)),
            ("2900000000125", wrong(4, 5)),
            ("2000012000003", Scan::Refused(ScanError::ZeroWeight)),
            ("2100012000000", Scan::Refused(ScanError::ZeroPrice)),
            ("]Q3https://ocop.vn", Scan::Refused(ScanError::Link(LinkError::Shape))),
            ("]C1010893850000001010L1\u{1d}17270531", pack("https://x.vn/01/08938500000010/10/L1?17=270531")),
            ("(01)08938500000010(17)270531", pack("https://x.vn/01/08938500000010?17=270531")),
            ("]C10108938500000010", product("8938500000010")),
            ("]C10108938500000010310300", Scan::Refused(ScanError::Link(LinkError::Shape))),
            ("", Scan::Refused(ScanError::Empty)),
            (" \r\n", Scan::Refused(ScanError::Empty)),
        ] {
            assert_eq!(read(text, &masks()), scan, "{text:?}");
        }
        assert_eq!(read(&"8".repeat(10_000), &masks()), Scan::Refused(ScanError::TooLong));
        assert_eq!(read("2000012012501", &Masks::default()), product("2000012012501"), "no mask claims it");
    }

    #[test]
    fn words_stay_words() {
        let words = "tỏi đen Lý Sơn|cá|CÁ|CÁ BỐNG|đề|ĐỒ ÔN ĐÔ|gạo5kg|cá500g|đỏ500|lô2024|nước mắm 40 độ đạm 500|\
                     àáảãạàáảãạ|4★|50.000₫|ocop 4★|TD-004|1234|0905123456|mat ong|100%|1 kg Tỏi";
        for text in words.split('|') {
            assert_eq!(read(text, &masks()), Scan::Words(text.to_owned()), "{text}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(read(&decomposed, &masks()), Scan::Words(decomposed.clone()), "{text} decomposed");
        }
        assert_eq!(read("  tỏi \r", &masks()), Scan::Words("tỏi".to_owned()));
    }

    #[test]
    fn rewritten_codes_are_refused() {
        let refused = Scan::Refused(ScanError::InputMethod);
        let codes = "89Ế850597419|89ế850597419|CÁ-004|OCOP-Â12|TĐ-004|8938500000010ă|ưE08938500000010|\
                     ]E0893850000001Ó|８９３８５００００００１０|ＴＤ－００４|ｔｄ－４|8938\u{301}";
        for text in codes.split('|') {
            assert_eq!(read(text, &masks()), refused, "{text}");
            assert_eq!(read(&text.nfd().collect::<String>(), &masks()), refused, "{text} decomposed");
        }
    }

    #[test]
    fn masks_are_checked() {
        for (layout, error) in [
            ("", MaskError::Length(0)),
            ("PP IIIII VVVV C", MaskError::Length(12)),
            ("PP IIIII WWWWW C", MaskError::Letter('W')),
            ("pp iiiii vvvvv c", MaskError::Letter('p')),
            ("II PPIII VVVVV C", MaskError::Ends),
            ("PP IIIII VVVVV V", MaskError::Ends),
            ("PP IIIII VVVV CC", MaskError::Ends),
            ("PP IIIII IIIII C", MaskError::Run('V')),
            ("PP VVVVV VVVVV C", MaskError::Run('I')),
            ("PP I VVVVVVVVV C", MaskError::Run('V')),
            ("PP III VVV IIII C", MaskError::Run('I')),
            ("PP VVV IIII VVV C", MaskError::Run('V')),
        ] {
            assert_eq!(mask(20, layout, MaskValue::Grams, true), Err(error), "{layout}");
        }
        let one = mask(20, "PP IIIII VVVVV C", MaskValue::Grams, true).unwrap();
        let prefix = InStorePrefix::new(20).unwrap();
        assert_eq!(Masks::new(vec![one.clone(), one]), Err(MaskError::PrefixTwice(prefix)));
    }

    const DIGIT_KEYS: [&str; 10] =
        ["đ", "ă", "â", "ê", "ô", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

    proptest! {
        #[test]
        fn a_label_reads_as_it_was_printed(
            prefix in 20_u8..=29, item_digits in 2_usize..=9, item: u32, value: u32, value_first: bool,
            counts in prop::sample::select(vec![
                MaskValue::Grams, MaskValue::Vnd, MaskValue::TenVnd, MaskValue::HundredVnd,
            ]),
        ) {
            let value_digits = 10 - item_digits;
            let item = item % 10_u32.pow(u32::try_from(item_digits).unwrap());
            let value = value % 10_u32.pow(u32::try_from(value_digits).unwrap());
            let (mut layout, mut digits) = ("I".repeat(item_digits), format!("{item:0item_digits$}"));
            let (value_layout, value_text) = ("V".repeat(value_digits), format!("{value:0value_digits$}"));
            if value_first {
                (layout, digits) = (value_layout + &layout, value_text + &digits);
            } else {
                (layout, digits) = (layout + &value_layout, digits + &value_text);
            }
            let digits = format!("{prefix}{digits}");
            let label = format!("{digits}{}", barcode::check_digit(&digits));
            let masks = Masks::new(vec![mask(prefix, &format!("PP{layout}C"), counts, true).unwrap()]).unwrap();
            let vnd = |each| Scan::Priced { item, price: Money::new(i64::from(value) * each) };
            let expected = match (counts, value) {
                (MaskValue::Grams, 0) => Scan::Refused(ScanError::ZeroWeight),
                (_, 0) => Scan::Refused(ScanError::ZeroPrice),
                (MaskValue::Grams, _) => Scan::Weighed { item, quantity: Quantity::from_milli(value.into()) },
                (MaskValue::Vnd, _) => vnd(1),
                (MaskValue::TenVnd, _) => vnd(10),
                (MaskValue::HundredVnd, _) => vnd(100),
            };
            prop_assert_eq!(read(&label, &masks), expected);
        }

        #[test]
        fn a_code_typed_on_the_vietnamese_keyboard_is_seen(digits in "[0-9]{8}|[0-9]{12,14}", composed: bool) {
            let typed: String = digits.bytes().map(|byte| DIGIT_KEYS[usize::from(byte - b'0')]).collect();
            let typed: String = if composed { typed.nfc().collect() } else { typed };
            prop_assert_eq!(read(&typed, &masks()), Scan::Refused(ScanError::InputMethod));
            prop_assert_eq!(read(&typed.to_uppercase(), &masks()), Scan::Refused(ScanError::InputMethod));
        }

        #[test]
        fn digits_as_long_as_a_barcode_are_never_words(digits in "[0-9]{8}|[0-9]{12,14}") {
            let scan = read(&digits, &masks());
            prop_assert!(!matches!(scan, Scan::Words(_)), "{:?}", scan);
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            if let Scan::Words(words) = read(&text, &masks()) {
                prop_assert_eq!(words.trim(), words.as_str());
            }
        }
    }
}
