//! Product codes as bars: EAN-13, EAN-8 and Code 128, with the quiet zones that scanners need.
//!
//! A printer prints nothing of bars that are wider than its area. So their width is known here, before anything is sent.

use std::fmt;

use barcoders::sym::code128::Code128;
use barcoders::sym::ean8::EAN8;
use barcoders::sym::ean13::EAN13;
use domain::barcode::{Barcode, BarcodeKind};

use crate::symbols::SymbolError;

/// Widths of a module in dots, best first: 0.375 mm is within the 0.264–0.66 mm of GS1. 0.25 mm is a little below; it is
/// what a printer of 203 dpi has for labels of 35 mm, and scanners at a counter read it.
pub const MODULE_DOTS: [u32; 2] = [3, 2];
/// Height of the bars on a roll in dots: 11 mm.
pub const HEIGHT_DOTS: u32 = 88;

/// Kind of bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbology {
    /// 13 digits, 95 modules.
    Ean13,
    /// 8 digits, 67 modules.
    Ean8,
    /// Letters, digits and signs of ASCII; digits in pairs where that is shorter.
    Code128,
}

impl Symbology {
    /// Empty modules left and right (GS1 General Specifications 5.2.3.4; ISO/IEC 15417 for Code 128).
    fn quiet_modules(self) -> (u32, u32) {
        match self {
            Symbology::Ean13 => (11, 7),
            Symbology::Ean8 => (7, 7),
            Symbology::Code128 => (10, 10),
        }
    }
}

/// Bars in dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// What kind.
    pub symbology: Symbology,
    /// What they say.
    pub text: String,
    /// Dots a module.
    pub module_dots: u32,
    modules: Vec<u8>,
}

impl Bars {
    /// Draws a product's code in the way of its kind, as wide as `room` dots allow and no wider than is of use.
    ///
    /// # Errors
    /// [`SymbolError::NoCode`], and [`SymbolError::BarsTooWide`] where the room is too small.
    pub fn new(code: &str, room: u32) -> Result<Bars, SymbolError> {
        let no_code = || SymbolError::NoCode(code.to_owned());
        let barcode = Barcode::parse(code).map_err(|_| no_code())?;
        let text = barcode.as_str();
        let (symbology, modules) = match barcode.kind() {
            BarcodeKind::Ean13 => (Symbology::Ean13, EAN13::new(text).map_err(|_| no_code())?.encode()),
            BarcodeKind::Ean8 => (Symbology::Ean8, EAN8::new(text).map_err(|_| no_code())?.encode()),
            BarcodeKind::Gtin14 | BarcodeKind::Own => return Bars::code128(text, room),
        };
        Bars::fitted(symbology, text, modules, room)
    }

    /// Draws a text of printable ASCII as Code 128.
    ///
    /// # Errors
    /// As [`Bars::new`].
    pub fn code128(text: &str, room: u32) -> Result<Bars, SymbolError> {
        let no_code = || SymbolError::NoCode(text.to_owned());
        let printable = !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let marked = printable.then(|| with_sets(text)).ok_or_else(no_code)?;
        let modules = Code128::new(marked).map_err(|_| no_code())?.encode();
        Bars::fitted(Symbology::Code128, text, modules, room)
    }

    fn fitted(symbology: Symbology, text: &str, modules: Vec<u8>, room: u32) -> Result<Bars, SymbolError> {
        let width = |module_dots| {
            Bars { symbology, text: text.to_owned(), module_dots, modules: modules.clone() }.width()
        };
        let [.., narrowest] = MODULE_DOTS;
        let module_dots = MODULE_DOTS.into_iter().find(|dots| width(*dots) <= room).ok_or_else(|| {
            SymbolError::BarsTooWide { code: text.to_owned(), needed_dots: width(narrowest), room_dots: room }
        })?;
        Ok(Bars { symbology, text: text.to_owned(), module_dots, modules })
    }

    /// Returns the width in dots with both quiet zones.
    pub fn width(&self) -> u32 {
        let (left, right) = self.symbology.quiet_modules();
        (u32::try_from(self.modules.len()).unwrap_or(u32::MAX / 100) + left + right) * self.module_dots
    }

    /// Says whether the column `x` of the width is black.
    pub fn is_dark(&self, x: u32) -> bool {
        let module = (x / self.module_dots).checked_sub(self.symbology.quiet_modules().0);
        module.and_then(|index| usize::try_from(index).ok()).and_then(|index| self.modules.get(index))
            == Some(&1)
    }
}

impl fmt::Display for Bars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.symbology {
            Symbology::Ean13 => "EAN-13",
            Symbology::Ean8 => "EAN-8",
            Symbology::Code128 => "Code 128",
        };
        write!(f, "{name} {} ({} dots)", self.text, self.width())
    }
}

/// Returns a text with the marks of `barcoders` for the sets, so that there are as few symbols as can be: set C holds
/// two digits in one, but each change of set costs one.
fn with_sets(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_pair = |at: usize| matches!(bytes.get(at..at + 2), Some([b'0'..=b'9', b'0'..=b'9']));
    // Symbols from each place to the end, for who arrives there in set B and in set C.
    let mut costs = vec![(0, 0); bytes.len() + 3];
    for at in (0..bytes.len()).rev() {
        let one = 1 + costs[at + 1].0;
        let pair = if is_pair(at) { 1 + costs[at + 2].1 } else { usize::MAX / 2 };
        costs[at] = (one.min(pair + 1), pair.min(one + 1));
    }
    let mut marked = String::with_capacity(text.len() + 8);
    let (mut at, mut in_pairs) = (0, None);
    while at < bytes.len() {
        let (as_b, as_c) = costs[at];
        let pairs_cost = if is_pair(at) { 1 + costs[at + 2].1 } else { usize::MAX / 2 };
        let pairs = match in_pairs {
            None => as_c < as_b,
            Some(true) => as_c == pairs_cost,
            Some(false) => as_b != 1 + costs[at + 1].0,
        };
        if in_pairs != Some(pairs) {
            marked.push(if pairs { SET_C } else { SET_B });
        }
        let next = at + if pairs { 2 } else { 1 };
        marked.push_str(text.get(at..next).unwrap_or_default());
        (at, in_pairs) = (next, Some(pairs));
    }
    marked
}

/// How `barcoders` marks the sets.
const SET_B: char = '\u{181}';
const SET_C: char = '\u{106}';

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_code_is_drawn_in_the_way_of_its_kind() {
        for (code, room, expected) in [
            ("8938500000010", 384, Ok((Symbology::Ean13, 339))),
            ("8938500000010", 338, Ok((Symbology::Ean13, 226))),
            ("036000291452", 384, Ok((Symbology::Ean13, 339))),
            ("96385074", 384, Ok((Symbology::Ean8, 243))),
            ("18938500000017", 384, Ok((Symbology::Code128, 396 * 2 / 3))),
            ("td-004", 384, Ok((Symbology::Code128, 363))),
            ("TD-004", 280, Ok((Symbology::Code128, 242))),
        ] {
            let bars = Bars::new(code, room).map(|bars| (bars.symbology, bars.width()));
            assert_eq!(bars, expected, "{code} in {room}");
        }
    }

    #[test]
    fn what_is_too_wide_is_said_before_anything_is_sent() {
        let error = Bars::new("8938500000010", 225).unwrap_err();
        assert_eq!(error.to_string(), "the bars of 8938500000010 need 226 dots, and there are 225");
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-12345";
        assert!(matches!(Bars::new(letters, 576), Err(SymbolError::BarsTooWide { needed_dots: 792, .. })));
        for (length, fits) in [(12, true), (13, false)] {
            assert_eq!(Bars::code128(&letters[..length], 384).is_ok(), fits, "{length}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for code in ["8938500000011", "", "TỎI", "a b", "893850000001x "] {
            let refused = matches!(Bars::new(code, 576), Err(SymbolError::NoCode(_)));
            assert_eq!(refused, code != "893850000001x ", "{code}");
        }
        for text in ["", "Ć12", "a\u{7f}", "\n"] {
            assert!(matches!(Bars::code128(text, 576), Err(SymbolError::NoCode(_))), "{text:?}");
        }
        assert!(Bars::code128("Lot A 1", 576).is_ok());
    }

    #[test]
    fn bars_stand_between_quiet_zones() {
        let ean = Bars::new("8938500000010", 384).unwrap();
        let modules: String =
            (0..113).map(|module| if ean.is_dark(module * 3) { '1' } else { '0' }).collect();
        assert!(modules.starts_with("00000000000101") && modules.ends_with("1010000000"), "{modules}");
        assert_eq!(&modules[11 + 45..11 + 50], "01010", "the guard in the middle");
        let code = Bars::new("TD-004", 384).unwrap();
        assert!((0..30).chain(code.width() - 30..code.width()).all(|x| !code.is_dark(x)));
        assert!(code.is_dark(30) && code.is_dark(code.width() - 31));
    }

    #[test]
    fn sets_are_chosen_for_the_shortest_code() {
        for (text, marked) in [
            ("TD-004", "ƁTD-004"),
            ("A", "ƁA"),
            ("12", "Ć12"),
            ("123", "Ɓ123"),
            ("1234", "Ć1234"),
            ("12345", "Ɓ1Ć2345"),
            ("AB1234", "ƁABĆ1234"),
            ("AB123", "ƁAB123"),
            ("AB12345", "ƁAB1Ć2345"),
            ("AB1234CD", "ƁAB1234CD"),
            ("AB123456CD", "ƁABĆ123456ƁCD"),
            ("18938500000017", "Ć18938500000017"),
        ] {
            assert_eq!(with_sets(text), marked);
        }
    }

    /// Every way to divide a text among the sets, tried one by one.
    fn fewest_symbols(bytes: &[u8], in_pairs: Option<bool>) -> usize {
        let Some(first) = bytes.first() else { return 0 };
        let change = |pairs| usize::from(in_pairs != Some(pairs));
        let one = change(false) + 1 + fewest_symbols(&bytes[1..], Some(false));
        match bytes.get(1) {
            Some(second) if first.is_ascii_digit() && second.is_ascii_digit() => {
                one.min(change(true) + 1 + fewest_symbols(&bytes[2..], Some(true)))
            }
            _ => one,
        }
    }

    proptest! {
        #[test]
        fn no_division_is_shorter(text in "[A-C0-9]{1,12}") {
            let marked = with_sets(&text);
            let plain: String = marked.chars().filter(|c| ![SET_B, SET_C].contains(c)).collect();
            prop_assert_eq!(&plain, &text);
            let bars = Bars::code128(&text, 100_000).unwrap();
            // Start and change of set are in it; check symbol and stop are 11 and 13 modules.
            prop_assert_eq!(bars.modules.len(), 24 + 11 * fewest_symbols(text.as_bytes(), None));
        }
    }
}
