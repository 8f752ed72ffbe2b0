//! Reductions that a person gives at the counter: off a line or off the whole sale, in đồng or in percent.

use crate::Rate;
use crate::cart::Cart;
use crate::ids::CashierId;
use crate::money::{Money, MoneyError};
use crate::pricing::Pricing;

/// The longest reason that is kept, in characters.
pub const REASON_MOST: usize = 120;

/// How much, as a person says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// Đồng.
    Amount(Money),
    /// Part of the price.
    Percent(Rate),
}

/// A reduction with why and by whose leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// How much.
    pub off: Off,
    /// Why, as typed; at most [`REASON_MOST`] characters. It stays in the store.
    pub reason: String,
    /// The manager whose PIN was typed for it; `None` within a cashier's own limit.
    pub approved_by: Option<CashierId>,
}

/// A price that was set by hand for one line. Promotions leave such a line alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPrice {
    /// Price of one unit, VAT included.
    pub price: Money,
    /// Why, as typed.
    pub reason: String,
    /// The manager whose PIN was typed for it.
    pub approved_by: Option<CashierId>,
}

/// A reduction that cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DiscountError {
    /// No number such as `10000`, `10k` or `5%`.
    #[error("type a discount such as 10.000 or 5%")]
    NotADiscount,
    /// Zero, negative, above 100 % or above what it is taken off.
    #[error("the discount must be more than nothing and at most the price")]
    OutOfRange,
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Off {
    /// Returns the đồng to take off `base`; never more than `base` and never less than nothing, since goods may have
    /// left the cart after the discount was given.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn of(self, base: Money) -> Result<Money, MoneyError> {
        let off = match self {
            Self::Amount(amount) => amount,
            Self::Percent(rate) => rate.of(base)?,
        };
        Ok(off.clamp(Money::ZERO, base.max(Money::ZERO)))
    }

    /// Returns itself when it can be given off `base`.
    ///
    /// # Errors
    /// [`DiscountError::OutOfRange`] for nothing, or for more than `base`.
    pub fn givable(self, base: Money) -> Result<Self, DiscountError> {
        let in_range = match self {
            Self::Amount(amount) => amount > Money::ZERO && amount <= base,
            Self::Percent(rate) => rate > Rate::ZERO,
        };
        if in_range { Ok(self) } else { Err(DiscountError::OutOfRange) }
    }

    /// Reads what a cashier types: `5%`, `12,5 %`, or an amount that `amount` reads (`10.000`, `10k`).
    ///
    /// # Errors
    /// When it is neither, or above 100 %.
    pub fn parse(text: &str, amount: impl FnOnce(&str) -> Option<Money>) -> Result<Self, DiscountError> {
        let text = text.trim();
        let Some(percent) = text.strip_suffix('%') else {
            return amount(text).map(Self::Amount).ok_or(DiscountError::NotADiscount);
        };
        Rate::parse_percent(percent).map(Self::Percent).ok_or(DiscountError::NotADiscount)
    }

    /// Returns the code of the way for tables and the wire, and its number: đồng, or parts per million.
    pub const fn stored(self) -> (&'static str, i64) {
        match self {
            Self::Amount(amount) => ("amount", amount.vnd()),
            Self::Percent(rate) => ("percent", rate.ppm() as i64),
        }
    }

    /// Returns the reduction of a code and a number, or `None`.
    pub fn from_stored(code: &str, number: i64) -> Option<Self> {
        match code {
            "amount" => Some(Self::Amount(Money::new(number))),
            "percent" => Rate::from_ppm(u32::try_from(number).ok()?).ok().map(Self::Percent),
            _ => None,
        }
    }
}

/// What a cashier may do without a manager; settings of the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest part of the goods that a cashier may take off alone.
    pub discount: Rate,
}

impl Limits {
    /// True when taking `off` from goods of `gross` needs a manager's PIN.
    pub fn needs_manager(self, off: Money, gross: Money) -> bool {
        self.discount.of(gross).map_or(true, |most| off > most)
    }

    /// True when what was taken off a cart without a manager is more than a cashier may take off alone: off one line, or
    /// off the whole. It is asked when something is taken off and once more when the sale ends, since goods may have left
    /// the cart meanwhile.
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn exceeded_by(self, cart: &Cart, pricing: &Pricing) -> Result<bool, MoneyError> {
        let alone =
            |discount: &Option<Discount>| discount.as_ref().is_some_and(|given| given.approved_by.is_none());
        let (mut goods, mut off) = (Money::ZERO, Money::ZERO);
        for (line, priced) in cart.lines.iter().zip(&pricing.lines) {
            let base = priced.amount()?.plus(priced.discount)?;
            goods = goods.plus(base)?;
            if alone(&line.discount) {
                if self.needs_manager(priced.discount, base) {
                    return Ok(true);
                }
                off = off.plus(priced.discount)?;
            }
        }
        if alone(&cart.discount) {
            off = off.plus(pricing.discount)?;
        }
        Ok(self.needs_manager(off, goods))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Quantity;
    use crate::cart::tests::{cart, offer};
    use crate::pricing::price;
    use crate::promotion::tests::NOW;

    fn plain(text: &str) -> Option<Money> {
        text.parse().ok().map(Money::new)
    }

    #[test]
    fn what_a_cashier_types() {
        for (text, expected) in [
            ("5%", Ok(Off::Percent(Rate::percent(5)))),
            (" 12,5 % ", Ok(Off::Percent(Rate::from_ppm(125_000).unwrap()))),
            ("12.5%", Ok(Off::Percent(Rate::from_ppm(125_000).unwrap()))),
            ("10000", Ok(Off::Amount(Money::new(10_000)))),
            ("101%", Err(DiscountError::NotADiscount)),
            ("-5%", Err(DiscountError::NotADiscount)),
            ("%", Err(DiscountError::NotADiscount)),
            ("năm", Err(DiscountError::NotADiscount)),
        ] {
            assert_eq!(Off::parse(text, plain), expected, "{text}");
        }
    }

    #[test]
    fn never_more_than_the_goods() {
        let base = Money::new(100_000);
        for (off, vnd, givable) in [
            (Off::Amount(Money::new(30_000)), 30_000, true),
            (Off::Amount(Money::new(100_000)), 100_000, true),
            (Off::Amount(Money::new(100_001)), 100_000, false),
            (Off::Amount(Money::new(0)), 0, false),
            (Off::Amount(Money::new(-1)), 0, false),
            (Off::Percent(Rate::percent(100)), 100_000, true),
            (Off::Percent(Rate::ZERO), 0, false),
        ] {
            assert_eq!(off.of(base).unwrap().vnd(), vnd, "{off:?}");
            assert_eq!(off.givable(base).is_ok(), givable, "{off:?}");
            let (code, number) = off.stored();
            assert_eq!(Off::from_stored(code, number), Some(off));
        }
    }

    #[test]
    fn small_discounts_do_not_add_up_to_a_large_one() {
        let limits = Limits { discount: Rate::percent(10) };
        let given = |percent, approved_by| {
            Some(Discount { off: Off::Percent(Rate::percent(percent)), reason: String::new(), approved_by })
        };
        let manager = Some(CashierId::from_uuid(uuid::Uuid::from_u128(7)));
        for (line, cart, expected) in [
            (None, None, false),
            (given(10, None), None, false),
            (given(11, None), None, true),
            (given(11, manager), None, false),
            (None, given(10, None), false),
            (None, given(11, None), true),
            (None, given(100, manager), false),
            // 10 % of one of two equal rows is 5 % of the whole.
            (given(10, None), given(5, None), false),
            (given(10, None), given(6, None), true),
            (given(50, manager), given(6, None), false),
        ] {
            let mut open = tests_cart();
            open.lines[0].discount = line.clone();
            open.discount = cart.clone();
            let priced = price(&open, &[], NOW).unwrap();
            assert_eq!(limits.exceeded_by(&open, &priced), Ok(expected), "{line:?} {cart:?}");
        }
    }

    fn tests_cart() -> Cart {
        let mut open = cart();
        open.add(offer(1, 100_000), Quantity::pieces(1)).unwrap();
        open.add(offer(2, 100_000), Quantity::pieces(1)).unwrap();
        open
    }

    #[test]
    fn beyond_the_limit_a_manager_is_asked() {
        let limits = Limits { discount: Rate::percent(10) };
        let gross = Money::new(200_000);
        assert!(!limits.needs_manager(Money::new(20_000), gross));
        assert!(limits.needs_manager(Money::new(20_001), gross));
    }
}
