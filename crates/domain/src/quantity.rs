//! How much of a product: pieces or weight, in whole thousandths of its unit.

use std::fmt;

use rust_decimal::Decimal;

use crate::money::grouped;

/// A quantity in thousandths of the product's unit (a piece, a kilogram); may be negative in a stock move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

/// A quantity that cannot be sold, received or computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The text is no number such as `3` or `1,25`.
    #[error("type a quantity such as 3 or 1,25")]
    NotANumber,
    /// Zero, negative or above [`Quantity::MOST`].
    #[error("the quantity must lie between 0,001 and 100.000")]
    OutOfRange,
    /// A part of a piece was asked for.
    #[error("this product is sold by the piece: type a whole number")]
    NotWhole,
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that one line takes: a hundred thousand units. Beyond it a barcode was typed as a quantity.
    pub const MOST: Self = Self(100_000_000);

    /// Takes thousandths of the unit.
    pub const fn from_milli(milli: i64) -> Self {
        Self(milli)
    }

    /// Takes whole pieces (saturating far beyond [`Self::MOST`]).
    pub const fn pieces(count: i64) -> Self {
        Self(count.saturating_mul(1_000))
    }

    /// Returns thousandths of the unit.
    pub const fn milli(self) -> i64 {
        self.0
    }

    /// The most that is typed as one weight: what is heavier is weighed in parts, or grams were typed as kilograms.
    pub const WEIGHT_MOST: Self = Self(100_000);

    /// True for whole pieces.
    pub const fn is_whole(self) -> bool {
        self.0 % 1_000 == 0
    }

    /// Returns the sum, or `None` beyond 64 bits.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Returns the difference, or `None` beyond 64 bits.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Returns this much of each of so many: 0,5 kilograms of each of twenty are ten. `None` beyond 64 bits, or when it is no whole
    /// number of thousandths.
    pub fn times(self, count: Self) -> Option<Self> {
        let product = self.0.checked_mul(count.0)?;
        (product % 1_000 == 0).then_some(Self(product / 1_000))
    }

    /// Reads what a cashier types: `3`, `1,25` or `1.25`. A dot is a decimal point here: quantities of a
    /// thousand and more are rare at a counter, and a weight read as a thousandfold would be sold.
    ///
    /// # Errors
    /// When it is no number, has more than three decimals, or lies outside what a line takes.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let text = text.trim().replace(',', ".");
        if text.len() > 12 || text.starts_with('+') {
            return Err(QuantityError::NotANumber);
        }
        let number: Decimal = text.parse().map_err(|_| QuantityError::NotANumber)?;
        let milli = number.checked_mul(Decimal::ONE_THOUSAND).ok_or(QuantityError::OutOfRange)?;
        if !milli.fract().is_zero() {
            return Err(QuantityError::NotANumber);
        }
        let milli = i64::try_from(milli).map_err(|_| QuantityError::OutOfRange)?;
        Self(milli).sellable()
    }

    /// Reads the same where nothing is a quantity, too: what was counted, what came, what should be there.
    ///
    /// # Errors
    /// As [`Self::parse`], but for zero.
    pub fn parse_count(text: &str) -> Result<Self, QuantityError> {
        let is_nothing = !text.trim().is_empty() && text.trim().bytes().all(|byte| byte == b'0');
        if is_nothing { Ok(Self::ZERO) } else { Self::parse(text) }
    }

    /// Reads a weight as a cashier types it, kilograms or grams: `0,35`, `0,35 kg`, `350g`, `350 gam`. A number without a unit
    /// counts kilograms.
    ///
    /// # Errors
    /// When it is no weight, or lies outside 1 g to [`Self::WEIGHT_MOST`].
    pub fn parse_weight(text: &str) -> Result<Self, QuantityError> {
        let text = text.trim().to_lowercase();
        let weight =
            if let Some(kilograms) = ["kg", "ký", "kí"].iter().find_map(|unit| text.strip_suffix(unit)) {
                Self::parse(kilograms)?
            } else if let Some(grams) = ["gam", "gr", "g"].iter().find_map(|unit| text.strip_suffix(unit)) {
                let grams = Self::parse(grams)?;
                // A gram is a thousandth of a kilogram.
                if grams.is_whole() { Self(grams.0 / 1_000) } else { return Err(QuantityError::NotANumber) }
            } else {
                Self::parse(&text)?
            };
        if weight > Self::WEIGHT_MOST { Err(QuantityError::OutOfRange) } else { weight.sellable() }
    }

    /// Returns itself when a line can hold it.
    ///
    /// # Errors
    /// When zero, negative, or above [`Self::MOST`].
    pub fn sellable(self) -> Result<Self, QuantityError> {
        if self.0 > 0 && self <= Self::MOST { Ok(self) } else { Err(QuantityError::OutOfRange) }
    }

    /// Returns it as scales show a weight: `0,350 kg`, with every gram.
    pub fn kilograms(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let milli = self.0.unsigned_abs();
        format!("{sign}{},{:03} kg", grouped(milli / 1_000), milli % 1_000)
    }

    /// Returns it as [`Self::parse`] reads it: `1234,5`, without dots between thousands, which a cashier means otherwise.
    pub fn typed(self) -> String {
        self.to_string().replace('.', "")
    }

    pub(crate) fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.0), 3)
    }
}

impl From<i64> for Quantity {
    /// Takes thousandths of the unit, as tables hold them.
    fn from(milli: i64) -> Self {
        Self(milli)
    }
}

impl fmt::Display for Quantity {
    /// Writes `2`, `1,25` or `1.200`: thousands with a dot, decimals after a comma.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let milli = self.0.unsigned_abs();
        f.write_str(&grouped(milli / 1_000))?;
        let part = milli % 1_000;
        if part > 0 {
            write!(f, ",{}", format!("{part:03}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prints_as_a_cashier_writes() {
        for (milli, text) in
            [(2_000, "2"), (1_250, "1,25"), (5, "0,005"), (-1_500, "-1,5"), (1_200_000, "1.200")]
        {
            assert_eq!(Quantity::from_milli(milli).to_string(), text);
        }
    }

    #[test]
    fn reads_what_a_cashier_types() {
        use QuantityError::{NotANumber, OutOfRange};
        for (text, expected) in [
            ("3", Ok(3_000)),
            (" 1,25 ", Ok(1_250)),
            ("1.25", Ok(1_250)),
            ("0,001", Ok(1)),
            ("0", Err(OutOfRange)),
            ("-1", Err(OutOfRange)),
            ("100000", Ok(100_000_000)),
            ("100001", Err(OutOfRange)),
            ("1,2345", Err(NotANumber)),
            ("1,2,3", Err(NotANumber)),
            ("", Err(NotANumber)),
            ("abc", Err(NotANumber)),
            ("8938500000010", Err(NotANumber)),
        ] {
            assert_eq!(Quantity::parse(text).map(Quantity::milli), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_a_count() {
        for (text, expected) in [
            ("0", Ok(0)),
            (" 00 ", Ok(0)),
            ("3", Ok(3_000)),
            ("0,35", Ok(350)),
            ("-1", Err(QuantityError::OutOfRange)),
            ("", Err(QuantityError::NotANumber)),
            ("hết", Err(QuantityError::NotANumber)),
        ] {
            assert_eq!(Quantity::parse_count(text).map(Quantity::milli), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_filled_in_is_read_back() {
        for milli in [1, 350, 1_000, 1_234_500, 99_999_999] {
            let quantity = Quantity::from_milli(milli);
            assert_eq!(Quantity::parse(&quantity.typed()), Ok(quantity), "{}", quantity.typed());
        }
    }

    #[test]
    fn so_much_of_each_of_so_many() {
        let milli = Quantity::from_milli;
        assert_eq!(milli(500).times(Quantity::pieces(20)), Some(Quantity::pieces(10)));
        assert_eq!(milli(333).times(Quantity::pieces(3)), Some(milli(999)));
        assert_eq!(milli(333).times(milli(500)), None);
        assert_eq!(Quantity::from_milli(i64::MAX).times(Quantity::pieces(2)), None);
    }

    #[test]
    fn reads_a_weight_in_kilograms_or_grams() {
        use QuantityError::{NotANumber, OutOfRange};
        for (text, expected) in [
            ("0,35", Ok(350)),
            ("0.35", Ok(350)),
            (" 1,25 kg ", Ok(1_250)),
            ("1kg", Ok(1_000)),
            ("2 ký", Ok(2_000)),
            ("350g", Ok(350)),
            ("350 G", Ok(350)),
            ("350 gam", Ok(350)),
            ("350gr", Ok(350)),
            ("1500g", Ok(1_500)),
            ("100", Ok(100_000)),
            ("100,001", Err(OutOfRange)),
            // Grams without their unit.
            ("350", Err(OutOfRange)),
            ("0", Err(OutOfRange)),
            ("0 g", Err(OutOfRange)),
            ("-0,35", Err(OutOfRange)),
            ("-350g", Err(OutOfRange)),
            ("0,5g", Err(NotANumber)),
            ("0,3555", Err(NotANumber)),
            ("g", Err(NotANumber)),
            ("kg", Err(NotANumber)),
            ("", Err(NotANumber)),
            ("8938500000010", Err(NotANumber)),
        ] {
            assert_eq!(Quantity::parse_weight(text).map(Quantity::milli), expected, "{text:?}");
        }
    }

    #[test]
    fn a_weight_shows_every_gram() {
        for (milli, text) in [(350, "0,350 kg"), (1_200_005, "1.200,005 kg"), (-20, "-0,020 kg")] {
            assert_eq!(Quantity::from_milli(milli).kilograms(), text);
            assert!(
                !(0..=100_000).contains(&milli)
                    || Quantity::parse_weight(text) == Ok(Quantity::from_milli(milli))
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_below_a_thousand_is_read_back(milli in 1i64..1_000_000) {
            let quantity = Quantity::from_milli(milli);
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }
}
