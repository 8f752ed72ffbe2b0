//! Rates: VAT, commission. Stored in parts per million, computed with exact decimals.

use std::fmt;

use rust_decimal::Decimal;

use crate::money::{Money, MoneyError, round_vnd};

/// A rate between 0 and 100 %, in parts per million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rate(u32);

/// A rate outside 0-100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate lies between 0 and 100 %")]
pub struct RateError;

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    const WHOLE: u32 = 1_000_000;

    /// Takes parts per million: 80 000 is 8 %.
    ///
    /// # Errors
    /// Above 1 000 000.
    pub const fn from_ppm(ppm: u32) -> Result<Self, RateError> {
        if ppm <= Self::WHOLE { Ok(Self(ppm)) } else { Err(RateError) }
    }

    /// Takes whole percent, capped at 100.
    pub const fn percent(percent: u8) -> Self {
        if percent >= 100 { Self(Self::WHOLE) } else { Self(percent as u32 * 10_000) }
    }

    /// Reads what a person types before a percent sign: `5`, `12,5` or `12.5`; `None` for anything else.
    pub fn parse_percent(text: &str) -> Option<Self> {
        let percent: Decimal = text.trim().replace(',', ".").parse().ok()?;
        let ppm = percent.checked_mul(Decimal::from(10_000))?;
        if !ppm.fract().is_zero() {
            return None;
        }
        Self::from_ppm(u32::try_from(ppm).ok()?).ok()
    }

    /// Returns parts per million.
    pub const fn ppm(self) -> u32 {
        self.0
    }

    /// Returns this part of an amount (a commission of it), rounded to whole đồng.
    ///
    /// # Errors
    /// When the result does not fit in 64 bits.
    pub fn of(self, amount: Money) -> Result<Money, MoneyError> {
        round_vnd(Decimal::from(amount.vnd()) * self.decimal())
    }

    /// Returns the tax that is inside an amount which includes it: `gross × r / (100 + r)`.
    ///
    /// # Errors
    /// When the result does not fit in 64 bits.
    pub fn inside(self, gross: Money) -> Result<Money, MoneyError> {
        let rate = self.decimal();
        let tax = Decimal::from(gross.vnd()) * rate;
        round_vnd(tax.checked_div(Decimal::ONE + rate).ok_or(MoneyError)?)
    }

    fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.0), 6)
    }
}

impl fmt::Display for Rate {
    /// Writes `8 %` or `12,5 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = (self.decimal() * Decimal::ONE_HUNDRED).normalize().to_string();
        write!(f, "{} %", percent.replace('.', ","))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tax_is_taken_from_the_gross() {
        for (gross, percent, tax) in [
            (108_000, 8, 8_000),
            (110_000, 10, 10_000),
            (120_000, 8, 8_889),
            (105_000, 5, 5_000),
            (1, 10, 0),
            (6, 10, 1),
            (99_999, 0, 0),
        ] {
            assert_eq!(
                Rate::percent(percent).inside(Money::new(gross)).unwrap().vnd(),
                tax,
                "{gross} at {percent} %"
            );
        }
    }

    #[test]
    fn prints_percent() {
        for (ppm, text) in
            [(80_000, "8 %"), (125_000, "12,5 %"), (0, "0 %"), (1_000_000, "100 %"), (1, "0,0001 %")]
        {
            assert_eq!(Rate::from_ppm(ppm).unwrap().to_string(), text);
        }
        assert_eq!(Rate::from_ppm(1_000_001), Err(RateError));
    }

    proptest! {
        #[test]
        fn tax_inside_is_within_half_a_dong(gross in 0i64..10_000_000_000, ppm in 0u32..=1_000_000) {
            let tax = Rate::from_ppm(ppm).unwrap().inside(Money::new(gross)).unwrap().vnd();
            let exact = i128::from(gross) * i128::from(ppm);
            let whole = 1_000_000 + i128::from(ppm);
            prop_assert!((2 * (i128::from(tax) * whole - exact)).abs() <= whole);
        }
    }
}
