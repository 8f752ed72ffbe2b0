//! Whole đồng. The đồng has no smaller unit, so money is an integer and never a float.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::Quantity;

/// An amount of whole đồng; may be negative (a credit, a shortage).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// Arithmetic that would leave the range of [`Money`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is too large to compute with: check the price and the quantity")]
pub struct MoneyError;

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Takes whole đồng.
    pub const fn new(vnd: i64) -> Self {
        Self(vnd)
    }

    /// Returns whole đồng.
    pub const fn vnd(self) -> i64 {
        self.0
    }

    /// Returns the sum.
    ///
    /// # Errors
    /// When the sum does not fit in 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyError)
    }

    /// Returns the difference.
    ///
    /// # Errors
    /// When the difference does not fit in 64 bits.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_sub(other.0).map(Self).ok_or(MoneyError)
    }

    /// Returns the amount with its sign turned.
    ///
    /// # Errors
    /// For the single value that has no opposite.
    pub fn negated(self) -> Result<Self, MoneyError> {
        self.0.checked_neg().map(Self).ok_or(MoneyError)
    }

    /// Returns the sum of many amounts.
    ///
    /// # Errors
    /// When the sum does not fit in 64 bits.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Returns what a quantity costs at this price per unit, rounded to whole đồng.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn for_quantity(self, quantity: Quantity) -> Result<Self, MoneyError> {
        round_vnd(Decimal::from(self.0).checked_mul(quantity.decimal()).ok_or(MoneyError)?)
    }

    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

/// Rounds to whole đồng, half away from zero: the one rounding function of the product.
///
/// # Errors
/// When the amount does not fit in 64 bits.
pub fn round_vnd(amount: Decimal) -> Result<Money, MoneyError> {
    amount
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        .to_i64()
        .map(Money)
        .ok_or(MoneyError)
}

impl From<i64> for Money {
    /// Takes whole đồng, as tables hold them.
    fn from(vnd: i64) -> Self {
        Self(vnd)
    }
}

impl fmt::Display for Money {
    /// Writes `1.234.567 ₫`, as price tags in Vietnam do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negative() {
            f.write_str("-")?;
        }
        write!(f, "{} ₫", grouped(self.0.unsigned_abs()))
    }
}

/// Returns the number with a dot between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prints_as_on_a_price_tag() {
        for (vnd, text) in [
            (0, "0 ₫"),
            (999, "999 ₫"),
            (1_000, "1.000 ₫"),
            (1_234_567, "1.234.567 ₫"),
            (-45_000, "-45.000 ₫"),
            (i64::MIN, "-9.223.372.036.854.775.808 ₫"),
        ] {
            assert_eq!(Money::new(vnd).to_string(), text);
        }
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (milli, price, expected) in
            [(500, 1, 1), (-500, 1, -1), (499, 1, 0), (1_250, 280_000, 350_000), (333, 100_001, 33_300)]
        {
            let amount = Money::new(price).for_quantity(Quantity::from_milli(milli)).unwrap();
            assert_eq!(amount.vnd(), expected, "{milli} × {price}");
        }
    }

    #[test]
    fn refuses_to_overflow() {
        let most = Money::new(i64::MAX);
        assert_eq!(most.plus(Money::new(1)), Err(MoneyError));
        assert_eq!(Money::new(i64::MIN).negated(), Err(MoneyError));
        assert_eq!(most.for_quantity(Quantity::from_milli(i64::MAX)), Err(MoneyError));
    }

    proptest! {
        #[test]
        fn pieces_cost_price_times_count(price in 0i64..1_000_000_000, count in 0i64..10_000) {
            prop_assert_eq!(Money::new(price).for_quantity(Quantity::pieces(count)).unwrap().vnd(), price * count);
        }
    }
}
