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

    /// Returns itself when a line can hold it.
    ///
    /// # Errors
    /// When zero, negative, or above [`Self::MOST`].
    pub fn sellable(self) -> Result<Self, QuantityError> {
        if self.0 > 0 && self <= Self::MOST { Ok(self) } else { Err(QuantityError::OutOfRange) }
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

    proptest! {
        #[test]
        fn what_is_printed_below_a_thousand_is_read_back(milli in 1i64..1_000_000) {
            let quantity = Quantity::from_milli(milli);
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }
}
