//! Reductions that a person gives at the counter: off a line or off the whole sale, in đồng or in percent.

use crate::cart::{Cart, CartLine};
use crate::ids::CashierId;
use crate::money::{Money, MoneyError};
use crate::pricing::Pricing;
use crate::{Quantity, Rate};

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
    /// The đồng off that the manager saw and allowed; nothing without one. A part of more goods is more, and needs a leave of
    /// its own.
    pub allowed: Money,
}

impl Discount {
    /// True when a manager allowed as much.
    pub fn is_allowed(&self, off: Money) -> bool {
        self.approved_by.is_some() && off <= self.allowed
    }
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
    /// How much of the row had that price when it was allowed; more needs a leave of its own.
    pub allowed: Quantity,
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

    /// True when what was taken off a cart without a manager, or beyond what one allowed, is more than a cashier may take off
    /// alone: off one line, or off the whole. It is asked when something is taken off and once more when the sale ends, since
    /// goods may have left the cart meanwhile, or come into it.
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn exceeded_by(self, cart: &Cart, pricing: &Pricing) -> Result<bool, MoneyError> {
        let alone = |discount: &Option<Discount>, off: Money| {
            discount.as_ref().is_some_and(|given| !given.is_allowed(off))
        };
        let (mut goods, mut off) = (Money::ZERO, Money::ZERO);
        for (line, priced) in cart.lines.iter().zip(&pricing.lines) {
            let base = priced.amount()?.plus(priced.discount)?;
            goods = goods.plus(base)?;
            if alone(&line.discount, priced.discount) {
                if self.needs_manager(priced.discount, base) {
                    return Ok(true);
                }
                off = off.plus(priced.discount)?;
            }
        }
        if alone(&cart.discount, pricing.discount) {
            off = off.plus(pricing.discount)?;
        }
        Ok(self.needs_manager(off, goods))
    }
}

impl Cart {
    /// Returns the first row whose changed price was allowed for fewer goods than it has.
    pub fn find_price_beyond(&self) -> Option<usize> {
        let is_beyond = |line: &CartLine| {
            line.changed_price.as_ref().is_some_and(|changed| line.quantity > changed.allowed)
        };
        self.lines.iter().position(is_beyond)
    }

    /// True when a manager allowed something in it, which more goods may exceed.
    pub fn has_leave(&self) -> bool {
        let given =
            |discount: &Option<Discount>| discount.as_ref().is_some_and(|off| off.approved_by.is_some());
        given(&self.discount)
            || self.lines.iter().any(|line| line.changed_price.is_some() || given(&line.discount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let allowed = Money::new(200_000);
            Some(Discount {
                off: Off::Percent(Rate::percent(percent)),
                reason: String::new(),
                approved_by,
                allowed,
            })
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

    #[test]
    fn a_managers_leave_is_for_what_the_manager_saw() {
        let limits = Limits { discount: Rate::percent(10) };
        let manager = Some(CashierId::from_uuid(uuid::Uuid::from_u128(7)));
        let half = |allowed| {
            let off = Off::Percent(Rate::percent(50));
            Some(Discount { off, reason: String::new(), approved_by: manager, allowed: Money::new(allowed) })
        };
        let beyond = |open: &Cart| limits.exceeded_by(open, &price(open, &[], NOW).unwrap()).unwrap();
        // Half of one box was allowed. Twenty boxes are ten times as much.
        let mut open = tests_cart();
        open.lines[0].discount = half(50_000);
        assert!(!beyond(&open));
        open.set_quantity(0, Quantity::pieces(2)).unwrap();
        assert!(beyond(&open));
        open.set_quantity(0, Quantity::pieces(1)).unwrap();
        assert!(!beyond(&open), "what was allowed stays allowed");
        // Half of the whole cart, and goods that came into it afterwards.
        let mut open = tests_cart();
        open.discount = half(100_000);
        assert!(!beyond(&open));
        open.add(offer(3, 20), Quantity::pieces(1)).unwrap();
        assert!(beyond(&open));

        let mut open = tests_cart();
        let allowed = Quantity::pieces(1);
        open.lines[1].changed_price =
            Some(ChangedPrice { price: Money::new(1), reason: String::new(), approved_by: manager, allowed });
        assert_eq!((open.find_price_beyond(), open.has_leave()), (None, true));
        open.set_quantity(1, Quantity::pieces(2)).unwrap();
        assert_eq!(open.find_price_beyond(), Some(1));
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
