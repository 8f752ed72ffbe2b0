//! What to do about goods that run out: bring them from a store of the same operator that has more than it sells, or have more
//! delivered.

use domain::Quantity;
use domain::cover::{Cover, to_send};
use domain::ids::{OperatorId, StoreId};

const PIECE_MILLI: i64 = 1_000;

/// A product in a store, as far as a suggestion needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The store.
    pub store_id: StoreId,
    /// Goods move between stores of one operator.
    pub operator_id: OperatorId,
    /// What is left and may be sold: goods past their last day cover nothing, and nobody gives them away.
    pub left: Quantity,
    /// Under way here from other stores: it will be sold here, so it is neither asked for again nor given away.
    pub coming: Quantity,
    /// Sold in the last thirty days.
    pub sold_lately: Quantity,
}

impl Place {
    /// Says whether goods run out here that somebody buys.
    fn runs_out(&self) -> bool {
        self.sold_lately > Quantity::ZERO && Cover::of(self.with_coming(), self.sold_lately) != Cover::Enough
    }

    /// What will be on the shelf once what is under way has come. Goods that were sold before they came are no debt of it.
    fn with_coming(&self) -> Quantity {
        Quantity::from_milli(self.left.milli().max(0).saturating_add(self.coming.milli().max(0)))
    }

    /// What the store can give and still sell for thirty days, in whole units.
    fn spare_milli(&self) -> i64 {
        let spare = self.left.milli().saturating_sub(self.sold_lately.milli().max(0));
        spare.max(0) / PIECE_MILLI * PIECE_MILLI
    }
}

/// Goods that one store should give to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// From the store that has too many.
    pub from: StoreId,
    /// To the one where they run out.
    pub to: StoreId,
    /// How much, in whole units.
    pub quantity: Quantity,
}

/// What to do about one product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// Between stores.
    pub transfers: Vec<Transfer>,
    /// What has to be delivered beyond that, so that each store that runs out sells for thirty days.
    pub to_bring: Quantity,
}

/// Returns what to do about a product that is in these stores. Who sells most of it gets first; who has most to spare gives
/// first.
pub fn suggest(places: &[Place]) -> Suggestion {
    let mut suggestion = Suggestion::default();
    let mut needing: Vec<&Place> = places.iter().filter(|place| place.runs_out()).collect();
    needing.sort_by_key(|place| (std::cmp::Reverse(place.sold_lately), place.store_id));
    let mut spare: Vec<(&Place, i64)> = places
        .iter()
        .filter(|place| !place.runs_out())
        .map(|place| (place, place.spare_milli()))
        .filter(|(_, milli)| *milli > 0)
        .collect();
    spare.sort_by_key(|(place, milli)| (std::cmp::Reverse(*milli), place.store_id));
    let mut bring_milli = 0i64;
    for needs in needing {
        let mut missing = to_send(needs.with_coming(), needs.sold_lately).milli();
        for (giver, milli) in spare.iter_mut().filter(|(giver, _)| giver.operator_id == needs.operator_id) {
            let given = missing.min(*milli);
            if given > 0 {
                let quantity = Quantity::from_milli(given);
                suggestion.transfers.push(Transfer { from: giver.store_id, to: needs.store_id, quantity });
                (missing, *milli) = (missing - given, *milli - given);
            }
        }
        bring_milli = bring_milli.saturating_add(missing);
    }
    suggestion.to_bring = Quantity::from_milli(bring_milli);
    suggestion
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn place(store: u128, operator: u128, left: i64, sold: i64) -> Place {
        Place {
            store_id: StoreId::from_uuid(Uuid::from_u128(store)),
            operator_id: OperatorId::from_uuid(Uuid::from_u128(operator)),
            left: Quantity::pieces(left),
            coming: Quantity::ZERO,
            sold_lately: Quantity::pieces(sold),
        }
    }

    #[test]
    fn what_is_under_way_is_not_asked_for_again() {
        let giver = place(1, 1, 40, 10);
        let coming = |pieces| Place { coming: Quantity::pieces(pieces), ..place(2, 1, 0, 10) };
        for (pieces, transfers) in [(0, vec![(1, 2, 10)]), (1, vec![(1, 2, 9)]), (3, vec![]), (10, vec![])] {
            assert_eq!(seen(&[giver, coming(pieces)]), (transfers, 0), "{pieces} are under way");
        }
    }

    fn seen(places: &[Place]) -> (Vec<(u128, u128, i64)>, i64) {
        let Suggestion { transfers, to_bring } = suggest(places);
        let moved = |transfer: &Transfer| {
            let (from, to) = (transfer.from.uuid().as_u128(), transfer.to.uuid().as_u128());
            (from, to, transfer.quantity.milli() / 1_000)
        };
        (transfers.iter().map(moved).collect(), to_bring.milli() / 1_000)
    }

    #[test]
    fn who_has_too_many_gives_to_who_runs_out() {
        for (places, transfers, to_bring) in [
            // Enough everywhere, or nobody buys it.
            (vec![place(1, 1, 20, 10), place(2, 1, 0, 0)], vec![], 0),
            // Ten are sold in a month: the first keeps its own ten.
            (vec![place(1, 1, 16, 10), place(2, 1, 1, 10)], vec![(1, 2, 6)], 3),
            (vec![place(1, 1, 40, 10), place(2, 1, 1, 10)], vec![(1, 2, 9)], 0),
            // Of another operator: nobody's goods to give.
            (vec![place(1, 2, 40, 10), place(2, 1, 1, 10)], vec![], 9),
            // Who sells more gets first; who has more gives first.
            (
                vec![place(1, 1, 8, 0), place(2, 1, 0, 6), place(3, 1, 0, 12), place(4, 1, 10, 0)],
                vec![(4, 3, 10), (1, 3, 2), (1, 2, 6)],
                0,
            ),
            // Sold before it came: what is missing is missing.
            (vec![place(1, 1, -3, 3)], vec![], 3),
        ] {
            assert_eq!(seen(&places), (transfers, to_bring), "{places:?}");
        }
    }

    proptest! {
        /// Nobody gives more than is left after a month's sales, nobody gets more than a month's sales.
        #[test]
        fn a_suggestion_leaves_nobody_short(
            places in prop::collection::vec((0u128..2, -5i64..60, 0i64..40), 1..6)
        ) {
            let places: Vec<Place> =
                (1u128..).zip(places).map(|(store, (operator, left, sold))| place(store, operator, left, sold)).collect();
            let Suggestion { transfers, .. } = suggest(&places);
            for place in &places {
                let sum = |of: &dyn Fn(&Transfer) -> bool| -> i64 {
                    transfers.iter().filter(|t| of(t)).map(|t| t.quantity.milli()).sum()
                };
                let (given, got) = (sum(&|t| t.from == place.store_id), sum(&|t| t.to == place.store_id));
                prop_assert!(given == 0 || got == 0);
                prop_assert!(given == 0 || place.left.milli() - given >= place.sold_lately.milli());
                prop_assert!(got <= place.sold_lately.milli() - place.left.milli().max(0).min(place.sold_lately.milli()));
            }
        }
    }
}
