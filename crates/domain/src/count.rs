//! Tally the shelf while selling goes on. A product's count is compared with what the book had when it was counted, so
//! whatever is sold before or afterwards makes no difference. What is wrong is spread over lots as sales and deliveries would
//! have done it.

use time::Date;

use crate::ids::{LotId, ProductId};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::stock::{LotOnShelf, Owner, in_order_of_sale};

/// A difference is large above this part of what the book has …
pub const LARGE_PERCENT: u64 = 5;
/// … and above this quantity,
pub const LARGE_QUANTITY: Quantity = Quantity::pieces(2);
/// or when it is worth more than this at the price of the day.
pub const LARGE_WORTH: Money = Money::new(200_000);

/// A product that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedProduct {
    /// What.
    pub product_id: ProductId,
    /// What the book had when it was counted; below zero when more was sold than came in.
    pub expected: Quantity,
    /// What was there.
    pub counted: Quantity,
    /// Where the difference goes; nothing when there is none.
    pub lots: Vec<CountedLot>,
}

/// What a count changes of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedLot {
    /// The lot.
    pub lot_id: LotId,
    /// Whose it is.
    pub owner: Owner,
    /// It is the product's "unreceived" lot.
    pub unreceived: bool,
    /// More than in the book; negative for less, never zero.
    pub quantity: Quantity,
    /// What the operator owes the producer for what is missing; zero for the operator's own, for what is there beyond the
    /// book, or when the producer bears it.
    pub compensation: Money,
}

/// Returns how much more is there than in the book, or `None` beyond 64 bits.
pub fn difference(expected: Quantity, counted: Quantity) -> Option<Quantity> {
    counted.minus(expected)
}

impl CountedProduct {
    /// Says whether its lots are what the count says, and nothing that cannot be counted.
    pub fn is_sound(&self) -> bool {
        let sum = self.lots.iter().try_fold(Quantity::ZERO, |sum, lot| sum.plus(lot.quantity));
        let is_nothing = |lot: &CountedLot| lot.quantity == Quantity::ZERO;
        self.counted >= Quantity::ZERO
            && sum.is_some()
            && sum == difference(self.expected, self.counted)
            && !self.lots.iter().any(is_nothing)
    }
}

/// Says how much of a count one entry of the journal holds, so that it stays within what an entry may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// So many products at most.
    pub products: usize,
    /// So many changes of lots at most.
    pub lots: usize,
}

impl Room {
    /// Returns what was counted in as many parts as there must be, in its order; each part fits. `lots` says how
    /// many changes of lots a product has.
    pub fn parts<T>(self, all: Vec<T>, lots: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
        let (mut parts, mut used) = (Vec::<Vec<T>>::new(), 0);
        for product in all {
            let more = lots(&product);
            match parts.last_mut().filter(|part| part.len() < self.products && used + more <= self.lots) {
                Some(part) => part.push(product),
                None => {
                    used = 0;
                    parts.push(vec![product]);
                }
            }
            used += more;
        }
        parts
    }

    /// Returns a product as it fits: where its difference lies in more lots than an entry holds it is counted in steps, each from
    /// what the one before found.
    pub fn steps(self, product: CountedProduct) -> Vec<CountedProduct> {
        if product.lots.len() <= self.lots {
            return vec![product];
        }
        let mut expected = product.expected;
        let step = |lots: &[CountedLot]| {
            let off: i64 = lots.iter().map(|lot| lot.quantity.milli()).sum();
            let counted = Quantity::from_milli(expected.milli().saturating_add(off));
            let step = CountedProduct { expected, counted, lots: lots.to_vec(), ..product };
            expected = counted;
            step
        };
        product.lots.chunks(self.lots.max(1)).map(step).collect()
    }
}

/// What the book has of a product, as far as a difference is spread over it.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// All its lots, those that are gone too, and the "unreceived" one if it has been used.
    pub lots: &'a [LotOnShelf],
    /// The id of its "unreceived" lot.
    pub unreceived: LotId,
    /// Who owns what stands in that lot before it has been used.
    pub owner: Owner,
    /// The business date: what is past its date is sold last.
    pub day: Date,
}

impl Shelf<'_> {
    /// Returns where a difference goes. What is missing is taken from lots in the order in which sales take them, then from
    /// the "unreceived" one. What is there beyond the book first fills the "unreceived" lot where more was sold from it than
    /// came in, since that was a delivery which nobody entered; the rest goes to the newest lot, without any to the
    /// "unreceived" one. Together the parts are the difference.
    pub fn spread(&self, difference: Quantity) -> Vec<CountedLot> {
        if difference < Quantity::ZERO { self.missing(difference) } else { self.beyond(difference) }
    }

    fn missing(&self, difference: Quantity) -> Vec<CountedLot> {
        let mut parts = Vec::new();
        let wanted = Quantity::from_milli(difference.milli().saturating_neg());
        for take in in_order_of_sale(self.lots, wanted, self.day) {
            let lot = take.from.unwrap_or_else(|| self.unreceived());
            add(&mut parts, self.part(lot, take.quantity.milli().saturating_neg()));
        }
        parts
    }

    fn beyond(&self, difference: Quantity) -> Vec<CountedLot> {
        let of_unreceived = self.lots.iter().find(|l| l.lot.id == self.unreceived);
        let below = of_unreceived.map_or(0, |l| l.on_hand.milli().saturating_neg().max(0));
        let fills = difference.milli().min(below);
        let others = self.lots.iter().filter(|l| l.lot.id != self.unreceived);
        let newest = others.max_by_key(|l| (l.lot.received_on, l.lot.id)).map(|l| (l.lot.id, l.lot.owner));
        let mut parts = Vec::new();
        for (lot, milli) in [
            (self.unreceived(), fills),
            (newest.unwrap_or_else(|| self.unreceived()), difference.milli() - fills),
        ] {
            if milli > 0 {
                add(&mut parts, self.part(lot, milli));
            }
        }
        parts
    }

    /// The "unreceived" lot keeps the owner of its first sale.
    fn unreceived(&self) -> (LotId, Owner) {
        let known = self.lots.iter().find(|l| l.lot.id == self.unreceived);
        (self.unreceived, known.map_or(self.owner, |l| l.lot.owner))
    }

    fn part(&self, (lot_id, owner): (LotId, Owner), milli: i64) -> CountedLot {
        CountedLot {
            lot_id,
            owner,
            unreceived: lot_id == self.unreceived,
            quantity: Quantity::from_milli(milli),
            compensation: Money::ZERO,
        }
    }
}

/// One part a lot: the "unreceived" one may be taken from twice, for what stands in it and for what nothing has.
fn add(parts: &mut Vec<CountedLot>, part: CountedLot) {
    match parts.iter_mut().find(|known| known.lot_id == part.lot_id) {
        Some(known) => {
            let sum = known.quantity.milli().saturating_add(part.quantity.milli());
            known.quantity = Quantity::from_milli(sum);
        }
        None => parts.push(part),
    }
}

/// How far the count of a product is, in its last round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Which round: 1, and one more each time it is counted again.
    pub round: i64,
    /// What was counted, all areas together; nothing yet in a new round.
    pub counted: Option<Quantity>,
    /// What the book had when the last of it was counted.
    pub expected: Quantity,
    /// An area in which it was counted in an earlier round has not been counted in this one.
    pub lacks_area: bool,
    /// Some of it came or went between the first and the last of its counts.
    pub has_moved: bool,
    /// Some of it was counted in a former journal of this store: nobody can say any more what the book had then.
    pub is_of_former_journal: bool,
    /// How much more than in the book the round before found; nothing in the first round, or of a former journal.
    pub before: Option<Quantity>,
    /// The price of a unit.
    pub price: Money,
}

/// Why a product has to be counted again before its count can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is being counted again: nothing of it yet, or not yet in all areas.
    Unfinished,
    /// Some came or went meanwhile, and nobody knows from which area, before or after it was counted there; or a sale that was
    /// written on the pad before it was counted came into the book afterwards.
    Moved,
    /// The computer was replaced or restored meanwhile.
    FormerJournal,
    /// So large a difference is believed only when two rounds, one after the other, find the same.
    Large,
}

impl Tally {
    /// Returns why it has to be counted again; nothing when its count can be taken.
    pub fn again(&self) -> Option<Again> {
        let Some(counted) = self.counted else { return Some(Again::Unfinished) };
        if self.is_of_former_journal {
            Some(Again::FormerJournal)
        } else if self.has_moved {
            Some(Again::Moved)
        } else if self.lacks_area {
            Some(Again::Unfinished)
        } else if is_large(self.expected, counted, self.price) && !self.is_found_again(counted) {
            Some(Again::Large)
        } else {
            None
        }
    }

    /// Says whether the round before found the same: not the same number, since sales go on between the two. What is weighed never
    /// weighs the same twice, so there it is enough that both are not far from each other.
    fn is_found_again(&self, counted: Quantity) -> bool {
        let (Some(before), Some(now)) = (self.before, difference(self.expected, counted)) else {
            return false;
        };
        let is_weighed = !(before.is_whole() && now.is_whole());
        before == now || (is_weighed && !is_large(before, now, self.price))
    }
}

/// Says whether a difference is so large that it is found twice before it is believed.
pub fn is_large(expected: Quantity, counted: Quantity, price: Money) -> bool {
    let Some(difference) = difference(expected, counted) else { return true };
    let off = Quantity::from_milli(difference.milli().saturating_abs());
    let part = u128::from(off.milli().unsigned_abs()) * 100;
    let many = part > u128::from(expected.milli().unsigned_abs()) * u128::from(LARGE_PERCENT);
    (off > LARGE_QUANTITY && many) || price.for_quantity(off).map_or(true, |worth| worth > LARGE_WORTH)
}

#[cfg(test)]
mod tests;
