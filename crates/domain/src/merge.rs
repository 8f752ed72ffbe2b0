//! Goods of a product that turned out to be another one: their lots become lots of that one, and what was sold before it came is
//! taken from it. Nothing is opened and nothing weighed, so a unit counts as a kilogram on both sides.

use std::collections::BTreeMap;

use time::Date;

use crate::ids::{LotId, ProducerId, ProductId};
use crate::quantity::Quantity;
use crate::repack::{MadeLine, Repacked, UsedLine};
use crate::stock::{Lot, LotOnShelf};

/// A product with what the shelf has of its lots: also nothing, or less.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// The product.
    pub product_id: ProductId,
    /// Its lots.
    pub lots: &'a [LotOnShelf],
}

/// Returns how the shelf of a product becomes one of another product, packed anew, for each owner; nothing when there is nothing to
/// do. What was sold of the first before it came is taken from lots of the other that have to be sold first, as far as they
/// reach; what they cannot give waits for the next delivery. `new_id` gives the ids of lots.
pub fn merge(
    from: Shelf<'_>,
    into: Shelf<'_>,
    day: Date,
    mut new_id: impl FnMut() -> LotId,
) -> Vec<Repacked> {
    let mut goods: BTreeMap<Option<ProducerId>, Repacked> = BTreeMap::new();
    let mut add =
        |lot: &Lot, quantity: Quantity, (product_id, received_on, covers): (ProductId, Date, Quantity)| {
            let repacked = goods.entry(lot.owner.producer_id()).or_insert_with(|| Repacked {
                used: Vec::new(),
                made: Vec::new(),
                loss: Quantity::ZERO,
            });
            let (owner, weight) = (lot.owner, quantity);
            repacked.used.push(UsedLine::new((lot.product_id, lot.id, owner), quantity, weight));
            let made = Lot { id: new_id(), product_id, received_on, ..lot.clone() };
            repacked.made.push(MadeLine { lot: made, quantity, weight, covers_unreceived: covers });
        };
    let mut missing_of_other = missing(into.lots);
    for LotOnShelf { lot, on_hand } in there(from.lots) {
        let covers = missing_of_other.min(*on_hand);
        missing_of_other = missing_of_other.minus(covers).unwrap_or_default();
        add(lot, *on_hand, (into.product_id, lot.received_on, covers));
    }
    let mut missing = missing(from.lots);
    for LotOnShelf { lot, on_hand } in there(into.lots) {
        let taken = missing.min(*on_hand);
        if taken > Quantity::ZERO {
            missing = missing.minus(taken).unwrap_or_default();
            add(lot, taken, (from.product_id, day, taken));
        }
    }
    goods.into_values().collect()
}

/// What there is, by what has to be sold first.
fn there(lots: &[LotOnShelf]) -> impl Iterator<Item = &LotOnShelf> {
    let mut lots: Vec<&LotOnShelf> = lots.iter().filter(|lot| lot.on_hand > Quantity::ZERO).collect();
    lots.sort_by_key(|LotOnShelf { lot, .. }| {
        (lot.expires_on.is_none(), lot.expires_on, lot.received_on, lot.id)
    });
    lots.into_iter()
}

/// Returns how much was sold before it came.
fn missing(lots: &[LotOnShelf]) -> Quantity {
    let milli = lots.iter().map(|lot| lot.on_hand.milli().min(0)).fold(0_i64, i64::saturating_add);
    Quantity::from_milli(milli.saturating_neg())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::stock::Owner;

    const FROM: ProductId = ProductId::from_uuid(Uuid::from_u128(1));
    const INTO: ProductId = ProductId::from_uuid(Uuid::from_u128(2));
    const TODAY: Date = date!(2026 - 11 - 23);

    fn lot(product_id: ProductId, id: u128, owner: u128, pieces: i64) -> LotOnShelf {
        let owner = if owner == 0 { Owner::Operator } else { Owner::Producer(Uuid::from_u128(owner).into()) };
        let lot = Lot {
            id: LotId::from_uuid(Uuid::from_u128(id)),
            product_id,
            owner,
            received_on: date!(2026 - 11 - 01),
            expires_on: Some(date!(2027 - 01 - 01)),
            code: Some(format!("L{id}")),
        };
        LotOnShelf { lot, on_hand: Quantity::pieces(pieces) }
    }

    fn merged(from: &[LotOnShelf], into: &[LotOnShelf]) -> Vec<Repacked> {
        let mut ids = 1000;
        let new_id = || {
            ids += 1;
            LotId::from_uuid(Uuid::from_u128(ids))
        };
        let shelf = |product_id, lots| Shelf { product_id, lots };
        merge(shelf(FROM, from), shelf(INTO, into), TODAY, new_id)
    }

    #[test]
    fn what_is_there_becomes_the_other_with_owner_day_and_code() {
        let all = merged(&[lot(FROM, 1, 7, 5)], &[lot(INTO, 2, 7, 3)]);
        assert_eq!(all.len(), 1);
        let made = &all[0].made[0];
        assert_eq!((made.lot.product_id, made.quantity), (INTO, Quantity::pieces(5)));
        assert_eq!(made.covers_unreceived, Quantity::ZERO);
        let kept = (made.lot.owner.producer_id(), made.lot.received_on, made.lot.code.as_deref());
        assert_eq!(kept, (Some(Uuid::from_u128(7).into()), date!(2026 - 11 - 01), Some("L1")));
    }

    #[test]
    fn what_was_sold_before_it_came_is_taken_from_the_other() {
        let all = merged(&[lot(FROM, 1, 7, -3)], &[lot(INTO, 2, 7, 2), lot(INTO, 3, 7, 9)]);
        let taken: Vec<_> = all[0].used.iter().map(|line| (line.product_id, line.quantity)).collect();
        assert_eq!(taken, [(INTO, Quantity::pieces(2)), (INTO, Quantity::pieces(1))]);
        assert!(all[0].made.iter().all(|made| made.lot.product_id == FROM));
        assert!(all[0].made.iter().all(|made| made.covers_unreceived == made.quantity));
        // Nothing to take from: it waits.
        assert_eq!(merged(&[lot(FROM, 1, 7, -3)], &[lot(INTO, 2, 7, 0)]), []);
    }

    #[test]
    fn what_the_other_lacked_is_covered() {
        let all = merged(&[lot(FROM, 1, 7, 2), lot(FROM, 4, 7, 5)], &[lot(INTO, 2, 7, -4)]);
        let covers: Vec<_> = all[0].made.iter().map(|made| made.covers_unreceived).collect();
        assert_eq!(covers, [Quantity::pieces(2), Quantity::pieces(2)]);
    }

    proptest! {
        /// Whatever the shelves held: each entry could have happened, and both together hold what they held, owner by owner.
        #[test]
        fn nothing_comes_and_nothing_goes(
            from in proptest::collection::vec((0..3_u128, -20..20_i64), 0..6),
            into in proptest::collection::vec((0..3_u128, -20..20_i64), 0..6),
        ) {
            let shelf = |product_id, first: u128, lots: &[(u128, i64)]| -> Vec<LotOnShelf> {
                (first..).zip(lots).map(|(id, (owner, pieces))| lot(product_id, id, *owner, *pieces)).collect()
            };
            let (from, into) = (shelf(FROM, 1, &from), shelf(INTO, 100, &into));
            let mut left: BTreeMap<ProductId, i64> = BTreeMap::new();
            for LotOnShelf { lot, on_hand } in from.iter().chain(&into) {
                *left.entry(lot.product_id).or_default() += on_hand.milli();
            }
            let both: i64 = left.values().sum();
            for goods in merged(&from, &into) {
                prop_assert_eq!(goods.check(), Ok(()));
                for used in &goods.used {
                    *left.entry(used.product_id).or_default() -= used.quantity.milli();
                }
                for made in &goods.made {
                    *left.entry(made.lot.product_id).or_default() += made.quantity.milli();
                }
            }
            prop_assert_eq!(left.values().sum::<i64>(), both);
            let missing_before = missing(&from);
            let there_before: i64 = there(&into).map(|lot| lot.on_hand.milli()).sum();
            let open = (missing_before.milli() - there_before).max(0);
            prop_assert_eq!(left.get(&FROM).copied().unwrap_or_default(), -open);
        }
    }
}
