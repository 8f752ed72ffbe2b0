//! Goods that are packed anew: ten kilograms from a sack become twenty bags of half a kilogram. The weight that goes in comes out
//! or is lost; whose goods they are and until when they are good does not change.

use std::collections::BTreeSet;

use time::Date;

use crate::ids::{LotId, ProductId};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::stock::{Lot, Owner};

/// A quantity of a lot that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedLine {
    /// What.
    pub product_id: ProductId,
    /// Of which lot.
    pub lot_id: LotId,
    /// Whose it is.
    pub owner: Owner,
    /// How much, above zero.
    pub quantity: Quantity,
    /// What it weighed, kilograms, above zero.
    pub weight: Quantity,
    /// How much of the quantity was lost at the producer's cost, where a contract says who bears it. Without a word
    /// of it the producer bears all: zero, as in all entries from before.
    pub lost_by_producer: Quantity,
    /// How much of it was lost at the operator's cost.
    pub lost_by_operator: Quantity,
    /// What the operator owes the producer for that, đồng.
    pub compensation: Money,
}

impl UsedLine {
    /// Returns goods of which nothing is lost, or nobody said who bears what is: the product, its lot, whose it is,
    /// how much, and what it weighed.
    pub const fn new(
        (product_id, lot_id, owner): (ProductId, LotId, Owner),
        quantity: Quantity,
        weight: Quantity,
    ) -> Self {
        let (none, compensation) = (Quantity::ZERO, Money::ZERO);
        Self {
            product_id,
            lot_id,
            owner,
            quantity,
            weight,
            lost_by_producer: none,
            lost_by_operator: none,
            compensation,
        }
    }

    /// Says whether somebody can bear what was lost so. What the producer bears within the contract's allowance is owed by nobody.
    fn is_borne(&self, loss: Quantity) -> bool {
        let (by_producer, by_operator) = (self.lost_by_producer, self.lost_by_operator);
        if (by_producer, by_operator, self.compensation) == (Quantity::ZERO, Quantity::ZERO, Money::ZERO) {
            return true;
        }
        loss > Quantity::ZERO
            && self.owner.producer_id().is_some()
            && by_producer >= Quantity::ZERO
            && by_operator >= Quantity::ZERO
            && by_producer.plus(by_operator).is_some_and(|lost| lost <= self.quantity)
            && !self.compensation.is_negative()
            && (self.compensation > Money::ZERO) == (by_operator > Quantity::ZERO)
    }

    /// Returns how much of the quantity a loss of weight is, rounded down to thousandths; all of it at most.
    pub fn part_of(&self, loss: Quantity) -> Quantity {
        let milli = i128::from(self.quantity.milli()) * i128::from(loss.milli().max(0));
        let part = milli.checked_div(i128::from(self.weight.milli())).unwrap_or_default();
        Quantity::from_milli(i64::try_from(part).unwrap_or(i64::MAX)).min(self.quantity)
    }
}

/// A lot that was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeLine {
    /// The lot.
    pub lot: Lot,
    /// How much, above zero.
    pub quantity: Quantity,
    /// What it weighs, kilograms, above zero.
    pub weight: Quantity,
    /// How much of it had been sold before it was made.
    pub covers_unreceived: Quantity,
}

/// Goods of one owner that were packed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repacked {
    /// What was opened.
    pub used: Vec<UsedLine>,
    /// What was made.
    pub made: Vec<MadeLine>,
    /// What was spilled, dried out or thrown away, kilograms.
    pub loss: Quantity,
}

/// Goods that cannot have been packed anew so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RepackError {
    /// Nothing, or less, of a lot.
    #[error("a quantity or weight is not above zero")]
    Quantity,
    /// A lot twice, or made of itself.
    #[error("a lot stands twice in it")]
    Lot,
    /// Several owners.
    #[error("goods of different owners are mixed")]
    Owner,
    /// The weights do not fit.
    #[error("the weight that went in is not what came out and was lost")]
    Weight,
}

impl Repacked {
    /// Checks that it can have happened.
    ///
    /// # Errors
    /// [`RepackError`], the first that applies.
    pub fn check(&self) -> Result<(), RepackError> {
        let is_used = |line: &UsedLine| {
            line.quantity > Quantity::ZERO && line.weight > Quantity::ZERO && line.is_borne(self.loss)
        };
        let is_made = |line: &MadeLine| {
            line.quantity > Quantity::ZERO
                && line.weight > Quantity::ZERO
                && (Quantity::ZERO..=line.quantity).contains(&line.covers_unreceived)
        };
        let is_something = !self.used.is_empty() && !self.made.is_empty() && self.loss >= Quantity::ZERO;
        if !is_something || !self.used.iter().all(is_used) || !self.made.iter().all(is_made) {
            return Err(RepackError::Quantity);
        }
        let lots = self.used.iter().map(|line| line.lot_id).chain(self.made.iter().map(|line| line.lot.id));
        if lots.collect::<BTreeSet<_>>().len() != self.used.len() + self.made.len() {
            return Err(RepackError::Lot);
        }
        let mut owners =
            self.used.iter().map(|line| line.owner).chain(self.made.iter().map(|line| line.lot.owner));
        let owner = owners.next();
        if owners.any(|other| Some(other) != owner) {
            return Err(RepackError::Owner);
        }
        let sum = |mut weights: Box<dyn Iterator<Item = Quantity> + '_>| {
            weights.try_fold(Quantity::ZERO, |sum, weight| sum.plus(weight))
        };
        let used = sum(Box::new(self.used.iter().map(|line| line.weight)));
        let made = sum(Box::new(self.made.iter().map(|line| line.weight).chain([self.loss])));
        if used.is_some() && used == made { Ok(()) } else { Err(RepackError::Weight) }
    }
}

/// Returns the last day of sale that goods made of these lots may have: the earliest of theirs, since packing makes nothing
/// younger (decree 43/2017/NĐ-CP, article 14: it counts from the date on the first label). `None` when none of them has one.
pub fn good_until<'a>(used: impl IntoIterator<Item = &'a Lot>) -> Option<Date> {
    used.into_iter().filter_map(|lot| lot.expires_on).min()
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn lot(id: u128, owner: Owner, expires_on: Option<Date>) -> Lot {
        Lot {
            id: LotId::from_uuid(Uuid::from_u128(id)),
            product_id: ProductId::from_uuid(Uuid::from_u128(id)),
            owner,
            received_on: date!(2026 - 11 - 01),
            expires_on,
            code: None,
        }
    }

    /// Ten kilograms of the operator's own become `bags` of half a kilogram.
    fn ten_into(bags: i64, loss_milli: i64) -> Repacked {
        let sack = lot(1, Owner::Operator, None);
        let weight = Quantity::from_milli(10_000);
        Repacked {
            used: vec![UsedLine::new((sack.product_id, sack.id, sack.owner), weight, weight)],
            made: vec![MadeLine {
                lot: lot(2, Owner::Operator, None),
                quantity: Quantity::pieces(bags),
                weight: Quantity::from_milli(bags * 500),
                covers_unreceived: Quantity::ZERO,
            }],
            loss: Quantity::from_milli(loss_milli),
        }
    }

    #[test]
    fn what_goes_in_comes_out_or_is_lost() {
        for (bags, loss, expected) in [
            (20, 0, Ok(())),
            (19, 500, Ok(())),
            (19, 0, Err(RepackError::Weight)),
            (21, 0, Err(RepackError::Weight)),
            (21, -500, Err(RepackError::Quantity)),
            (0, 10_000, Err(RepackError::Quantity)),
        ] {
            assert_eq!(ten_into(bags, loss).check(), expected, "{bags} bags, {loss} g lost");
        }
    }

    #[test]
    fn a_lot_stands_once_and_keeps_its_owner() {
        let mut itself = ten_into(20, 0);
        itself.made[0].lot.id = itself.used[0].lot_id;
        assert_eq!(itself.check(), Err(RepackError::Lot));
        let mut another = ten_into(20, 0);
        another.made[0].lot.owner = Owner::Producer(Uuid::from_u128(9).into());
        assert_eq!(another.check(), Err(RepackError::Owner));
        let mut covers = ten_into(20, 0);
        covers.made[0].covers_unreceived = Quantity::pieces(21);
        assert_eq!(covers.check(), Err(RepackError::Quantity));
    }

    #[test]
    fn packing_makes_nothing_younger() {
        let (early, late) = (Some(date!(2026 - 12 - 01)), Some(date!(2027 - 06 - 01)));
        let of = |dates: &[Option<Date>]| {
            let lots: Vec<Lot> = dates.iter().map(|day| lot(1, Owner::Operator, *day)).collect();
            good_until(&lots)
        };
        assert_eq!(of(&[late, early, None]), early);
        assert_eq!(of(&[None]), None);
    }
}
