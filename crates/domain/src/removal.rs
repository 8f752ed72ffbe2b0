//! Goods that leave the shelf and are not sold: they go back to whoever delivered them, or are lost. Who bears a loss of
//! consigned goods is told with it: the producer, or the operator, who then owes the producer what a sale would have brought.

use crate::consignment::FrozenTerms;
use crate::ids::{LotId, ProductId};
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::stock::{Location, Owner};

/// Why goods left the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// They went back to whoever delivered them.
    Returned,
    /// Broken, leaking, torn.
    Damaged,
    /// Past their date.
    Expired,
    /// Not there.
    Lost,
    /// Given to visitors to taste.
    Tasted,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 5] = [Self::Returned, Self::Damaged, Self::Expired, Self::Lost, Self::Tasted];

    /// Returns the name that the wire uses; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Damaged => "damaged",
            Self::Expired => "expired",
            Self::Lost => "lost",
            Self::Tasted => "tasted",
        }
    }

    /// Returns the cause of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// Returns where the goods are from then on.
    pub const fn destination(self) -> Location {
        match self {
            Self::Returned => Location::Producer,
            Self::Damaged | Self::Expired | Self::Lost | Self::Tasted => Location::Waste,
        }
    }
}

/// A quantity of one lot that left the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemovedLine {
    /// What.
    pub product_id: ProductId,
    /// Of which lot.
    pub lot_id: LotId,
    /// Whose it is.
    pub owner: Owner,
    /// How much, above zero.
    pub quantity: Quantity,
    /// What the operator owes the producer for it; zero when the goods went back, are the operator's own, or the producer
    /// bears the loss.
    pub compensation: Money,
}

/// Returns what the operator owes a producer for lost goods: the producer's part of a sale at this price, without any
/// discount. Đồng.
///
/// # Errors
/// When an amount does not fit in 64 bits.
pub fn compensation(price: Money, quantity: Quantity, terms: &FrozenTerms) -> Result<Money, MoneyError> {
    Ok(terms.split(price.for_quantity(quantity)?, Money::ZERO)?.producer_due)
}

/// Says whether a loss can be borne so: the operator owes the producer for all of it, or for what the producer does
/// not bear of it. Where nobody is owed, one of them bears all, and no part is told apart.
pub fn is_borne(owner: Owner, lost: Quantity, by_producer: Quantity, owed: Money) -> bool {
    if owed == Money::ZERO {
        return by_producer == Quantity::ZERO;
    }
    owner.producer_id().is_some() && owed > Money::ZERO && (Quantity::ZERO..lost).contains(&by_producer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rate;
    use crate::consignment::{Basis, Bearer};
    use crate::ids::ProducerId;
    use uuid::Uuid;

    #[test]
    fn a_loss_is_worth_what_a_sale_would_have_brought_the_producer() {
        let terms = FrozenTerms {
            producer_id: ProducerId::from_uuid(Uuid::nil()),
            terms_id: None,
            commission: Rate::percent(12),
            basis: Basis::Gross,
            discount_bearer: Bearer::Store,
            commission_tax: Rate::percent(8),
        };
        // 560.000 less 67.200 commission and 5.376 tax on it.
        let owed = compensation(Money::new(280_000), Quantity::pieces(2), &terms);
        assert_eq!(owed, Ok(Money::new(487_424)));
        assert_eq!(compensation(Money::ZERO, Quantity::pieces(2), &terms), Ok(Money::ZERO));
    }

    #[test]
    fn goods_go_back_or_are_lost() {
        for cause in Cause::ALL {
            assert_eq!(Cause::from_code(cause.code()), Some(cause));
            let expected = if cause == Cause::Returned { Location::Producer } else { Location::Waste };
            assert_eq!(cause.destination(), expected);
        }
        assert_eq!(Cause::from_code("sold"), None);
    }
}
