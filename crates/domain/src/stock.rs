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

impl Lot {
    /// True when its last day of sale lies before a day.
    pub fn is_past(&self, day: Date) -> bool {
        self.expires_on.is_some_and(|last| last < day)
    }
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

/// More was wanted than is left in time, what else there is in the store is past its date, and the product may not be sold
/// then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{fresh} of these goods are not past their date, the others are ({expired_on}): take them off the shelf"
)]
pub struct Expired {
    /// The latest date among the expired lots.
    pub expired_on: Date,
    /// How much can still be sold; zero when all of it is past its date.
    pub fresh: Quantity,
}

/// What a quantity is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// From which lots, in their order.
    pub takes: Vec<Take>,
    /// How much of it comes from lots that are past their date.
    pub past_date: Quantity,
}

/// Chooses lots for a quantity: those that expire first, undated ones last, then by arrival and id. Lots past their date on
/// the business date come after all others, and only where the others do not suffice; with `refuse_expired` (food, drink and
/// medicinal goods) nothing is taken then. What no lot covers comes from the "unreceived" lot, since the shelf is right and
/// the book wrong.
///
/// # Errors
/// [`Expired`], as said.
pub fn take_first_expired(
    lots: &[LotOnShelf],
    wanted: Quantity,
    business_date: Date,
    refuse_expired: bool,
) -> Result<Taken, Expired> {
    let (expired, fresh): (Vec<_>, Vec<_>) = stocked(lots).partition(|l| l.lot.is_past(business_date));
    let fresh: i64 = fresh.iter().map(|l| l.on_hand.milli()).sum();
    let there: i64 = expired.iter().map(|l| l.on_hand.milli()).sum();
    let past_date = Quantity::from_milli((wanted.milli() - fresh).clamp(0, there));
    if refuse_expired
        && past_date > Quantity::ZERO
        && let Some(expired_on) = expired.iter().filter_map(|l| l.lot.expires_on).max()
    {
        return Err(Expired { expired_on, fresh: Quantity::from_milli(fresh) });
    }
    Ok(Taken { takes: in_order_of_sale(lots, wanted, business_date), past_date })
}

/// Takes a quantity in the order of [`take_first_expired`], whatever the goods, and refuses nothing.
pub fn in_order_of_sale(lots: &[LotOnShelf], wanted: Quantity, business_date: Date) -> Vec<Take> {
    let (mut expired, mut order): (Vec<_>, Vec<_>) =
        stocked(lots).partition(|l| l.lot.is_past(business_date));
    first_expired_first(&mut order);
    first_expired_first(&mut expired);
    fill(order.into_iter().chain(expired), wanted)
}

/// What a sale took that was made before it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// From which lots.
    pub takes: Vec<Take>,
    /// All that there was had been past its date, and the product may not be sold then; since when.
    pub expired_on: Option<Date>,
}

/// Chooses lots for goods that were handed over on a day before: those that expire first, but nothing that came in after that
/// day, and nothing is refused or asked for, since it is a fact. Goods that are refused at the till count as taken from lots
/// that were past their date only when there was nothing else.
pub fn take_as_handed_over(
    lots: &[LotOnShelf],
    wanted: Quantity,
    day: Date,
    refuse_expired: bool,
) -> HandedOver {
    let there = || stocked(lots).filter(|l| l.lot.received_on <= day);
    let mut order: Vec<_> = there().filter(|l| !refuse_expired || !l.lot.is_past(day)).collect();
    let mut expired_on = None;
    if order.is_empty() {
        order = there().collect();
        expired_on = order.iter().filter_map(|l| l.lot.expires_on).max();
    }
    first_expired_first(&mut order);
    HandedOver { takes: fill(order, wanted), expired_on }
}

fn stocked(lots: &[LotOnShelf]) -> impl Iterator<Item = &LotOnShelf> {
    lots.iter().filter(|l| l.on_hand > Quantity::ZERO)
}

fn first_expired_first(lots: &mut [&LotOnShelf]) {
    lots.sort_by_key(|l| (l.lot.expires_on.is_none(), l.lot.expires_on, l.lot.received_on, l.lot.id));
}

/// Takes a quantity from lots in their order; what none has comes from the "unreceived" lot.
fn fill<'a>(order: impl IntoIterator<Item = &'a LotOnShelf>, wanted: Quantity) -> Vec<Take> {
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
    takes
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
        let taken = take_first_expired(lots, Quantity::pieces(pieces), TODAY, refuse)?;
        let of_expired = |take: &&Take| {
            let lot = |id: LotId| lots.iter().find(|l| l.lot.id == id).unwrap();
            take.from.is_some_and(|(id, _)| lot(id).lot.is_past(TODAY))
        };
        let past: i64 = taken.takes.iter().filter(of_expired).map(|take| take.quantity.milli()).sum();
        assert_eq!(taken.past_date.milli(), past, "what is past its date is told");
        Ok(taken
            .takes
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
            (10, vec![(Some(5), 1), (Some(3), 2), (Some(2), 2), (Some(1), 5)]),
        ] {
            assert_eq!(taken(&lots, pieces, true), Ok(expected.clone()));
            assert_eq!(
                taken(&lots, pieces, false),
                Ok(expected),
                "what is in time goes first, whatever the goods"
            );
        }
    }

    #[test]
    fn goods_that_the_book_lacks_can_be_sold() {
        assert_eq!(taken(&[], 3, true), Ok(vec![(None, 3)]));
        assert_eq!(taken(&[lot(1, None, 0)], 3, true), Ok(vec![(None, 3)]));
    }

    #[test]
    fn expired_food_is_refused_and_other_goods_are_told() {
        let yesterday = TODAY - Duration::days(1);
        let refused = |fresh| Err(Expired { expired_on: yesterday, fresh: Quantity::pieces(fresh) });
        let lots = [lot(1, Some(-1), 5)];
        assert_eq!(taken(&lots, 1, true), refused(0));
        assert_eq!(taken(&lots, 1, false), Ok(vec![(Some(1), 1)]));
        // One is in time, nine are not: ten are neither one and nine that the book lacks, nor the nine first.
        let lots = [lot(1, Some(-1), 5), lot(2, Some(-9), 4), lot(3, Some(3), 1)];
        assert_eq!(taken(&lots, 1, true), Ok(vec![(Some(3), 1)]));
        assert_eq!(taken(&lots, 2, true), refused(1));
        assert_eq!(taken(&lots, 10, true), refused(1));
        assert_eq!(taken(&lots, 1, false), Ok(vec![(Some(3), 1)]));
        let all = vec![(Some(3), 1), (Some(2), 4), (Some(1), 5)];
        assert_eq!(taken(&lots, 10, false), Ok(all.clone()));
        assert_eq!(taken(&lots, 12, false), Ok([all, vec![(None, 2)]].concat()));
    }

    #[test]
    fn what_was_handed_over_is_taken_from_what_was_there() {
        let days_ago = |days| TODAY - Duration::days(days);
        let came = |lot: LotOnShelf, days| LotOnShelf {
            lot: Lot { received_on: days_ago(days), ..lot.lot },
            on_hand: lot.on_hand,
        };
        let handed = |lots: &[LotOnShelf], pieces, days| {
            let HandedOver { takes, expired_on } =
                take_as_handed_over(lots, Quantity::pieces(pieces), days_ago(days), true);
            let take =
                |take: &Take| (take.from.map(|(id, _)| id.uuid().as_u128()), take.quantity.milli() / 1_000);
            (takes.iter().map(take).collect::<Vec<_>>(), expired_on.is_some())
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
            let takes = take_first_expired(&lots, Quantity::pieces(wanted), TODAY, true).unwrap().takes;
            prop_assert_eq!(takes.iter().map(|t| t.quantity.milli()).sum::<i64>(), wanted * 1_000);
            for take in &takes {
                let Some((id, _)) = take.from else { continue };
                let on_hand = lots.iter().find(|l| l.lot.id == id).unwrap().on_hand;
                prop_assert!(take.quantity > Quantity::ZERO && take.quantity <= on_hand);
            }
        }
    }
}
