//! Rounding what is paid in cash: notes below 1 000 đồng are rare, so a store may ask for a round amount. The rule is fixed
//! before any tender: whoever pays all of a sale in cash pays the nearest multiple of the step, half a step up, and whoever
//! pays in any other way, or in several, pays to the đồng. What is handed over never changes it.

use crate::money::{Money, MoneyError};
use crate::tender::{Payment, Tender, TenderError, TenderKind, pay};

/// The step to which a store rounds a payment in cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CashStep(i64);

impl CashStep {
    /// Nothing is rounded.
    pub const OFF: Self = Self(0);

    /// The most that rounding adds or takes off: half of the largest step.
    pub const ROUNDING_MOST: Money = Money::new(500);

    /// Takes a step in đồng: 0 for none, 500 or 1 000. Anything else is `None`.
    pub const fn new(vnd: i64) -> Option<Self> {
        match vnd {
            0 | 500 | 1_000 => Some(Self(vnd)),
            _ => None,
        }
    }

    /// Returns what is asked for when all of it is paid in cash. Goods are never given away: less than half a step stays
    /// as it is.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn payable(self, exact: Money) -> Result<Money, MoneyError> {
        if self == Self::OFF {
            return Ok(exact);
        }
        let above = exact.vnd().checked_rem(self.0).ok_or(MoneyError)?;
        let down = exact.minus(Money::new(above))?;
        let rounded = if above * 2 >= self.0 { down.plus(Money::new(self.0))? } else { down };
        Ok(if rounded > Money::ZERO { rounded } else { exact })
    }

    /// Checks tenders against what they have to be: the rounded payable for cash alone, the exact one for anything else.
    ///
    /// # Errors
    /// As [`pay`].
    pub fn pay(self, exact: Money, tendered: Vec<Tender>) -> Result<Payment, TenderError> {
        let is_cash = tendered.iter().all(|tender| tender.kind == TenderKind::Cash);
        let payable = if is_cash { self.payable(exact)? } else { exact };
        let payment = pay(payable, tendered)?;
        Ok(Payment { rounding: payable.minus(exact)?, ..payment })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(vnd: i64) -> CashStep {
        CashStep::new(vnd).unwrap()
    }

    #[test]
    fn cash_is_asked_for_in_whole_steps() {
        for (vnd, exact, expected) in [
            (0, 100_401, 100_401),
            (500, 100_249, 100_000),
            (500, 100_250, 100_500),
            (500, 100_749, 100_500),
            (1_000, 100_499, 100_000),
            (1_000, 100_500, 101_000),
            (1_000, 100_000, 100_000),
            (1_000, 499, 499),
            (1_000, 500, 1_000),
            (1_000, 0, 0),
        ] {
            assert_eq!(step(vnd).payable(Money::new(exact)), Ok(Money::new(expected)), "{exact} by {vnd}");
        }
        assert_eq!([100, -500, 200, 2_000].map(CashStep::new), [None; 4]);
        assert!(step(1_000).payable(Money::new(i64::MAX)).is_err());
    }

    #[test]
    fn the_kinds_decide_and_never_the_amount() {
        use TenderKind::{Card, Cash, Claimed};
        let tender = |(kind, vnd): (TenderKind, i64)| Tender { kind, amount: Money::new(vnd) };
        for (given, expected) in [
            (vec![(Cash, 101_000)], Ok((400, 0))),
            (vec![(Cash, 200_000)], Ok((400, 99_000))),
            (vec![(Cash, 50_000), (Cash, 51_000)], Ok((400, 0))),
            (vec![(Cash, 100_600)], Err(TenderError::Short { missing: Money::new(400) })),
            (vec![(Card, 100_600)], Ok((0, 0))),
            (vec![(Claimed, 100_600)], Ok((0, 0))),
            (vec![(Card, 600), (Cash, 100_000)], Ok((0, 0))),
            (vec![(Card, 101_000)], Err(TenderError::TooMuch { payable: Money::new(100_600) })),
        ] {
            let paid = step(1_000).pay(Money::new(100_600), given.iter().copied().map(tender).collect());
            let paid = paid.map(|payment| (payment.rounding.vnd(), payment.change.vnd()));
            assert_eq!(paid, expected, "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn rounding_is_at_most_half_a_step(vnd in prop::sample::select(vec![0, 500, 1_000]), exact in 0i64..10_000_000) {
            let rounded = step(vnd).payable(Money::new(exact)).unwrap().vnd();
            prop_assert!((rounded - exact).abs() * 2 <= vnd);
            prop_assert!(rounded == exact || rounded % vnd == 0);
        }
    }
}
