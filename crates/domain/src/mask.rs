//! Layouts of the codes that a shop's scale prints.

use std::ops::Range;

use crate::barcode::{self, InStorePrefix};
use crate::scan::{Scan, ScanError};
use crate::{Money, Quantity};

/// 99,999,999 g and 9,999,999,900 đ: more is no label, and stays below what a line takes.
const VALUE_DIGITS_MAX: usize = 8;

/// What the value on a scale's label counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaskValue {
    /// The weight in grams.
    Grams,
    /// The price in đồng; five digits end at 99.999 ₫.
    Vnd,
    /// The price in tens of đồng.
    TenVnd,
    /// The price in hundreds of đồng.
    HundredVnd,
}

/// Where item and value stand in the in-store EAN-13 of one prefix; each shop sets its scales in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    prefix: InStorePrefix,
    item: Range<usize>,
    value: Range<usize>,
    counts: MaskValue,
    verifies_check_digit: bool,
}

/// Why a mask of a shop's settings is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MaskError {
    /// Not 13 places.
    #[error("a mask has 13 letters, one for each digit, such as `PP IIIII VVVVV C`; this one has {0}")]
    Length(usize),
    /// Not P, I, V or C.
    #[error("a mask has the letters P, I, V and C only, not {0:?}")]
    Letter(char),
    /// No `PP` in front, or no single `C` at the end.
    #[error("a mask begins with PP, the prefix, and ends with one C, the check digit")]
    Ends,
    /// Item or value is missing or scattered.
    #[error("the letters {0} of a mask stand side by side, at least one of them, and at most 8 V")]
    Run(char),
    /// Two masks claim one prefix.
    #[error("two masks claim the prefix {}: remove one", .0.get())]
    PrefixTwice(InStorePrefix),
}

impl Mask {
    /// Reads a layout such as `PP IIIII VVVVV C`: P prefix, I item, V value, C check digit, blanks ignored.
    /// Scales in the field print wrong check digits, so `verifies_check_digit` is a setting here; codes that no
    /// mask claims are always verified.
    ///
    /// # Errors
    /// [`MaskError`] when the layout does not say where item and value stand in 13 digits.
    pub fn parse(
        prefix: InStorePrefix,
        layout: &str,
        counts: MaskValue,
        verifies_check_digit: bool,
    ) -> Result<Self, MaskError> {
        let letters: String = layout.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(other) = letters.chars().find(|c| !"PIVC".contains(*c)) {
            return Err(MaskError::Letter(other));
        }
        if letters.len() != 13 {
            return Err(MaskError::Length(letters.len()));
        }
        if run(&letters, 'P') != Some(0..2) || run(&letters, 'C') != Some(12..13) {
            return Err(MaskError::Ends);
        }
        let item = run(&letters, 'I').ok_or(MaskError::Run('I'))?;
        let value =
            run(&letters, 'V').filter(|run| run.len() <= VALUE_DIGITS_MAX).ok_or(MaskError::Run('V'))?;
        Ok(Self { prefix, item, value, counts, verifies_check_digit })
    }

    /// Reads 13 digits that begin with the mask's prefix.
    pub(crate) fn read(&self, code: &str) -> Result<Scan, ScanError> {
        if self.verifies_check_digit {
            barcode::verify_check_digit(code)?;
        }
        let item = number(&code[self.item.clone()]);
        let value = i64::from(number(&code[self.value.clone()]));
        let vnd_each = match self.counts {
            // A gram is a thousandth of a kilogram.
            MaskValue::Grams if value == 0 => return Err(ScanError::ZeroWeight),
            MaskValue::Grams => return Ok(Scan::Weighed { item, quantity: Quantity::from_milli(value) }),
            MaskValue::Vnd => 1,
            MaskValue::TenVnd => 10,
            MaskValue::HundredVnd => 100,
        };
        if value == 0 {
            return Err(ScanError::ZeroPrice);
        }
        Ok(Scan::Priced { item, price: Money::new(value * vnd_each) })
    }
}

/// Returns where a letter stands, when its places are side by side.
fn run(letters: &str, letter: char) -> Option<Range<usize>> {
    let (first, last) = (letters.find(letter)?, letters.rfind(letter)?);
    let run = first..last + 1;
    letters[run.clone()].chars().all(|c| c == letter).then_some(run)
}

/// At most nine ASCII digits, by the shape of a mask.
fn number(digits: &str) -> u32 {
    digits.chars().filter_map(|c| c.to_digit(10)).fold(0, |number, digit| number * 10 + digit)
}

/// The masks of a shop, at most one a prefix; none by default, and then 20 to 29 are ordinary codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Masks(Vec<Mask>);

impl Masks {
    /// Takes the masks of a shop's settings.
    ///
    /// # Errors
    /// When two of them claim one prefix.
    pub fn new(masks: Vec<Mask>) -> Result<Self, MaskError> {
        for (index, mask) in masks.iter().enumerate() {
            if masks[..index].iter().any(|earlier| earlier.prefix == mask.prefix) {
                return Err(MaskError::PrefixTwice(mask.prefix));
            }
        }
        Ok(Self(masks))
    }

    pub(crate) fn find(&self, code: &str) -> Option<&Mask> {
        if code.len() != 13 || !barcode::has_gtin_shape(code) {
            return None;
        }
        let prefix = number(&code[..2]);
        self.0.iter().find(|mask| u32::from(mask.prefix.get()) == prefix)
    }
}
