//! Lots on the shelf, and which of them a sale takes: first expired, first out.

use time::Date;

use crate::Quantity;
use crate::ids::{LotId, ProducerId, ProductId};

/// Where goods are. Producer, buyer and loss are places too, so that nothing appears or vanishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// With whoever delivered them.
    Producer,
    /// In the store.
    Shelf,
    /// With a buyer.
    Customer,
    /// Damaged, expired, lost.
    Waste,
    /// Between two stores.
    InTransit,
    /// Turned into another lot.
    Repacked,
}

impl Location {
    /// Every location.
    pub const ALL: [Self; 6] =
        [Self::Producer, Self::Shelf, Self::Customer, Self::Waste, Self::InTransit, Self::Repacked];

    /// Returns the name that tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Shelf => "shelf",
            Self::Customer => "customer",
            Self::Waste => "waste",
            Self::InTransit => "in_transit",
            Self::Repacked => "repacked",
        }
    }
}

/// Who owns goods until they are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The store's operator, who bought them outright.
    Operator,
    /// A producer, who consigned them.
    Producer(ProducerId),
}

impl Owner {
    /// Returns the producer of consigned goods.
    pub const fn producer_id(self) -> Option<ProducerId> {
        match self {
            Self::Operator => None,
            Self::Producer(id) => Some(id),
        }
    }
}

impl From<Option<ProducerId>> for Owner {
    fn from(producer_id: Option<ProducerId>) -> Self {
        producer_id.map_or(Self::Operator, Self::Producer)
    }
}

/// One delivery of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Its identity.
    pub id: LotId,
    /// What it holds.
    pub product_id: ProductId,
    /// Whose it is.
    pub owner: Owner,
    /// Business date of the delivery.
    pub received_on: Date,
    /// Last day on which it may be sold, if it has one.
    pub expires_on: Option<Date>,
    /// What the pack says.
    pub code: Option<String>,
}

/// A lot with what is left of it in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotOnShelf {
    /// The lot.
    pub lot: Lot,
    /// What is left, above zero.
    pub on_hand: Quantity,
}

/// What a line takes from one lot; without a lot, goods that the book does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Take {
    /// The lot and its owner, or `None` for the product's "unreceived" lot.
    pub from: Option<(LotId, Owner)>,
    /// How much.
    pub quantity: Quantity,
}

/// All that is left in the store of a product is past its date, and the product may not be sold then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is left of these goods is past its date ({expired_on}): take them off the shelf")]
pub struct Expired {
    /// The latest date among the expired lots.
    pub expired_on: Date,
}

/// Chooses lots for a quantity: those that expire first, undated ones last, then by arrival and id. Lots past
/// their date on the business date are passed over. What no lot covers comes from the "unreceived" lot, since the
/// shelf is right and the book wrong; but when all that the book has is expired and `refuse_expired` holds (food,
/// drink and medicinal goods), nothing is taken.
///
/// # Errors
/// [`Expired`], as said.
pub fn take_first_expired(
    lots: &[LotOnShelf],
    wanted: Quantity,
    business_date: Date,
    refuse_expired: bool,
) -> Result<Vec<Take>, Expired> {
    let stocked = || lots.iter().filter(|l| l.on_hand > Quantity::ZERO);
    let fresh =
        |l: &&LotOnShelf| l.lot.expires_on.is_none_or(|last| business_date <= last) || !refuse_expired;
    let mut order: Vec<&LotOnShelf> = stocked().filter(fresh).collect();
    if order.is_empty()
        && let Some(expired_on) = stocked().filter_map(|l| l.lot.expires_on).max()
    {
        return Err(Expired { expired_on });
    }
    order.sort_by_key(|l| (l.lot.expires_on.is_none(), l.lot.expires_on, l.lot.received_on, l.lot.id));

    let mut left = wanted.milli();
    let mut takes = Vec::new();
    for l in order {
        let part = left.min(l.on_hand.milli());
        if part > 0 {
            takes.push(Take { from: Some((l.lot.id, l.lot.owner)), quantity: Quantity::from_milli(part) });
            left -= part;
        }
    }
    if left > 0 {
        takes.push(Take { from: None, quantity: Quantity::from_milli(left) });
    }
    Ok(takes)
}

/// What a sale took that was made before it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// From which lots.
    pub takes: Vec<Take>,
    /// All that there was had been past its date, and the product may not be sold then; since when.
    pub expired: Option<Expired>,
}

/// Chooses lots for goods that were handed over on a day before: as [`take_first_expired`], but nothing that came in after
/// that day, and nothing is refused, since it is a fact.
pub fn take_as_handed_over(
    lots: &[LotOnShelf],
    wanted: Quantity,
    day: Date,
    refuse_expired: bool,
) -> HandedOver {
    let there: Vec<LotOnShelf> = lots.iter().filter(|l| l.lot.received_on <= day).cloned().collect();
    match take_first_expired(&there, wanted, day, refuse_expired) {
        Ok(takes) => HandedOver { takes, expired: None },
        // Without the rule nothing is refused any more.
        Err(expired) => {
            let takes = take_first_expired(&there, wanted, day, false).unwrap_or_default();
            HandedOver { takes, expired: Some(expired) }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Duration;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 23);

    fn lot(id: u128, expires_in_days: Option<i64>, pieces: i64) -> LotOnShelf {
        LotOnShelf {
            lot: Lot {
                id: LotId::from_uuid(Uuid::from_u128(id)),
                product_id: ProductId::from_uuid(Uuid::nil()),
                owner: Owner::Operator,
                received_on: TODAY - Duration::days(30),
                expires_on: expires_in_days.map(|days| TODAY + Duration::days(days)),
                code: None,
            },
            on_hand: Quantity::pieces(pieces),
        }
    }

    fn taken(lots: &[LotOnShelf], pieces: i64, refuse: bool) -> Result<Vec<(Option<u128>, i64)>, Expired> {
        let takes = take_first_expired(lots, Quantity::pieces(pieces), TODAY, refuse)?;
        Ok(takes
            .iter()
            .map(|t| (t.from.map(|(id, _)| id.uuid().as_u128()), t.quantity.milli() / 1_000))
            .collect())
    }

    #[test]
    fn first_expired_goes_first() {
        let lots = [
            lot(1, None, 5),
            lot(2, Some(90), 2),
            lot(3, Some(10), 2),
            lot(4, Some(-1), 9),
            lot(5, Some(0), 1),
        ];
        for (pieces, expected) in [
            (1, vec![(Some(5), 1)]),
            (4, vec![(Some(5), 1), (Some(3), 2), (Some(2), 1)]),
            (12, vec![(Some(5), 1), (Some(3), 2), (Some(2), 2), (Some(1), 5), (None, 2)]),
        ] {
            assert_eq!(taken(&lots, pieces, true), Ok(expected));
        }
    }

    #[test]
    fn goods_that_the_book_lacks_can_be_sold() {
        assert_eq!(taken(&[], 3, true), Ok(vec![(None, 3)]));
        assert_eq!(taken(&[lot(1, None, 0)], 3, true), Ok(vec![(None, 3)]));
    }

    #[test]
    fn expired_food_is_refused_and_other_goods_are_not() {
        let lots = [lot(1, Some(-1), 5)];
        assert_eq!(taken(&lots, 1, true), Err(Expired { expired_on: TODAY - Duration::days(1) }));
        assert_eq!(taken(&lots, 1, false), Ok(vec![(Some(1), 1)]));
    }

    #[test]
    fn what_was_handed_over_is_taken_from_what_was_there() {
        let days_ago = |days| TODAY - Duration::days(days);
        let came = |lot: LotOnShelf, days| LotOnShelf {
            lot: Lot { received_on: days_ago(days), ..lot.lot },
            on_hand: lot.on_hand,
        };
        let handed = |lots: &[LotOnShelf], pieces, days| {
            let HandedOver { takes, expired } =
                take_as_handed_over(lots, Quantity::pieces(pieces), days_ago(days), true);
            let take =
                |take: &Take| (take.from.map(|(id, _)| id.uuid().as_u128()), take.quantity.milli() / 1_000);
            (takes.iter().map(take).collect::<Vec<_>>(), expired.is_some())
        };
        let lots =
            [came(lot(1, Some(90), 2), 30), came(lot(2, Some(10), 5), 1), came(lot(3, Some(-1), 4), 30)];
        for (what, pieces, days, expected) in [
            ("today", 3, 0, (vec![(Some(2), 3)], false)),
            ("on the day of a delivery", 1, 1, (vec![(Some(3), 1)], false)),
            (
                "before it came, while the third was good",
                7,
                2,
                (vec![(Some(3), 4), (Some(1), 2), (None, 1)], false),
            ),
            ("before anything came", 2, 31, (vec![(None, 2)], false)),
        ] {
            assert_eq!(handed(&lots, pieces, days), expected, "{what}");
        }
        let expired = [came(lot(1, Some(-5), 3), 30), came(lot(2, None, 3), 0)];
        assert_eq!(handed(&expired, 4, 1), (vec![(Some(1), 3), (None, 1)], true), "recorded, and told");
        assert_eq!(handed(&expired, 4, 0), (vec![(Some(2), 3), (None, 1)], false), "the good ones first");
    }

    proptest! {
        #[test]
        fn takes_add_up_and_never_exceed_a_lot(
            stock in prop::collection::vec((prop::option::of(0i64..400), 0i64..50), 0..12),
            wanted in 1i64..400,
        ) {
            let lots: Vec<_> = stock.iter().zip(1..).map(|((days, n), id)| lot(id, *days, *n)).collect();
            let takes = take_first_expired(&lots, Quantity::pieces(wanted), TODAY, true).unwrap();
            prop_assert_eq!(takes.iter().map(|t| t.quantity.milli()).sum::<i64>(), wanted * 1_000);
            for take in &takes {
                let Some((id, _)) = take.from else { continue };
                let on_hand = lots.iter().find(|l| l.lot.id == id).unwrap().on_hand;
                prop_assert!(take.quantity > Quantity::ZERO && take.quantity <= on_hand);
            }
        }
    }
}
