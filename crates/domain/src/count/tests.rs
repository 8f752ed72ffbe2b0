use proptest::prelude::*;
use time::Duration;
use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::ids::ProducerId;
use crate::stock::Lot;

const TODAY: Date = date!(2026 - 11 - 23);
/// The "unreceived" lot.
const UNRECEIVED: u128 = 99;

fn lot(id: u128, came_days_ago: i64, expires_in_days: Option<i64>, milli: i64) -> LotOnShelf {
    LotOnShelf {
        lot: Lot {
            id: LotId::from_uuid(Uuid::from_u128(id)),
            product_id: ProductId::from_uuid(Uuid::nil()),
            owner: Owner::Operator,
            received_on: TODAY - Duration::days(came_days_ago),
            expires_on: expires_in_days.map(|days| TODAY + Duration::days(days)),
            code: None,
        },
        on_hand: Quantity::from_milli(milli),
    }
}

fn spread(lots: &[LotOnShelf], milli: i64) -> Vec<CountedLot> {
    let producer = ProducerId::from_uuid(Uuid::from_u128(5));
    let unreceived = LotId::from_uuid(Uuid::from_u128(UNRECEIVED));
    let shelf = Shelf { lots, unreceived, owner: Owner::Producer(producer), day: TODAY };
    shelf.spread(Quantity::from_milli(milli))
}

fn parts(lots: &[LotOnShelf], milli: i64) -> Vec<(u128, i64)> {
    let spread = spread(lots, milli);
    for part in &spread {
        assert_eq!(part.unreceived, part.lot_id.uuid().as_u128() == UNRECEIVED);
    }
    spread.iter().map(|part| (part.lot_id.uuid().as_u128(), part.quantity.milli())).collect()
}

#[test]
fn what_is_missing_is_taken_as_sales_would_take_it() {
    let lots = [
        lot(1, 9, None, 5_000),
        lot(2, 8, Some(90), 2_000),
        lot(3, 7, Some(10), 2_000),
        lot(4, 6, Some(-1), 1_000),
        lot(5, 5, Some(1), 0),
    ];
    for (milli, expected) in [
        (-1_000, vec![(3, -1_000)]),
        (-3_500, vec![(3, -2_000), (2, -1_500)]),
        (-10_000, vec![(3, -2_000), (2, -2_000), (1, -5_000), (4, -1_000)]),
        // Sold meanwhile, though nothing was there: the book goes below zero, as at a sale.
        (-12_000, vec![(3, -2_000), (2, -2_000), (1, -5_000), (4, -1_000), (UNRECEIVED, -2_000)]),
        (0, vec![]),
    ] {
        assert_eq!(parts(&lots, milli), expected, "{milli}");
    }
    let unreceived = [lot(UNRECEIVED, 3, None, 1_000)];
    assert_eq!(parts(&unreceived, -3_000), [(UNRECEIVED, -3_000)], "one part a lot");
}

#[test]
fn what_is_beyond_the_book_fills_what_was_sold_before_it_came() {
    let below = lot(UNRECEIVED, 2, None, -2_000);
    for (what, lots, milli, expected) in [
        ("a part of it", vec![lot(1, 9, None, 3_000), below.clone()], 1_500, vec![(UNRECEIVED, 1_500)]),
        (
            "all of it, and the newest lot",
            vec![lot(1, 9, None, 3_000), lot(2, 5, None, 0), below.clone()],
            5_000,
            vec![(UNRECEIVED, 2_000), (2, 3_000)],
        ),
        (
            "the newest lot, even one that is gone",
            vec![lot(2, 5, None, 0), lot(1, 9, None, 3_000)],
            250,
            vec![(2, 250)],
        ),
        ("no lot", vec![], 4_000, vec![(UNRECEIVED, 4_000)]),
        ("no other lot", vec![below], 5_000, vec![(UNRECEIVED, 5_000)]),
    ] {
        assert_eq!(parts(&lots, milli), expected, "{what}");
    }
}

#[test]
fn each_lot_keeps_its_owner() {
    let theirs = Owner::Producer(ProducerId::from_uuid(Uuid::from_u128(5)));
    assert_eq!(spread(&[], 1_000)[0].owner, theirs, "the product's, where no lot says otherwise");
    let used = [lot(UNRECEIVED, 2, None, -2_000)];
    assert_eq!(spread(&used, 1_000)[0].owner, Owner::Operator, "that of its first sale");
}

#[test]
fn a_large_difference_is_one_in_part_and_quantity_or_in_worth() {
    for (expected, counted, price, large) in [
        (100_000, 95_000, 1_000, false),
        (100_000, 94_000, 1_000, true),
        (100_000, 106_000, 1_000, true),
        (10_000, 8_000, 1_000, false),
        (10_000, 7_999, 1_000, true),
        (0, 2_000, 1_000, false),
        (0, 2_001, 1_000, true),
        (-3_000, 0, 1_000, true),
        // One box of 280.000 ₫, and 0,8 kg of it.
        (100_000, 99_000, 280_000, true),
        (100_000, 99_300, 280_000, false),
        (100_000, 99_000, 200_000, false),
        (5_000, 5_000, i64::MAX, false),
        (i64::MIN, i64::MAX, 0, true),
    ] {
        let is_large =
            is_large(Quantity::from_milli(expected), Quantity::from_milli(counted), Money::new(price));
        assert_eq!(is_large, large, "{counted} of {expected} at {price}");
    }
}

#[test]
fn what_nobody_can_be_sure_of_is_counted_again() {
    let sure = Tally {
        round: 1,
        counted: Some(Quantity::pieces(10)),
        expected: Quantity::pieces(10),
        lacks_area: false,
        has_moved: false,
        is_of_former_journal: false,
        before: None,
        price: Money::new(1_000),
    };
    let large = Tally { counted: Some(Quantity::pieces(4)), ..sure };
    let second = |before| Tally { round: 2, before: Some(Quantity::pieces(before)), ..large };
    for (what, tally, expected) in [
        ("as in the book", sure, None),
        ("a large difference", large, Some(Again::Large)),
        ("the same found again", second(-6), None),
        ("as much was missing, and two were sold in between", sold_between(second(-6)), None),
        ("another number than before", second(-7), Some(Again::Large)),
        ("and once more", Tally { round: 3, ..second(-7) }, Some(Again::Large)),
        ("the third round as the second", Tally { round: 3, ..second(-6) }, None),
        ("as much too many before", second(6), Some(Again::Large)),
        ("before it nothing was wrong", second(0), Some(Again::Large)),
        ("the round before was of a former journal", Tally { round: 2, ..large }, Some(Again::Large)),
        ("not large any more", Tally { counted: Some(Quantity::pieces(9)), ..second(-6) }, None),
        ("begun again", Tally { round: 2, counted: None, ..sure }, Some(Again::Unfinished)),
        ("one area of two", Tally { round: 2, lacks_area: true, ..sure }, Some(Again::Unfinished)),
        ("sold between two areas", Tally { has_moved: true, ..sure }, Some(Again::Moved)),
        ("and again", Tally { has_moved: true, round: 3, ..large }, Some(Again::Moved)),
        (
            "another computer",
            Tally { is_of_former_journal: true, has_moved: true, ..sure },
            Some(Again::FormerJournal),
        ),
    ] {
        assert_eq!(tally.again(), expected, "{what}");
    }
}

/// Two are sold after a round, and the next one finds two fewer.
fn sold_between(tally: Tally) -> Tally {
    Tally { counted: Some(Quantity::pieces(2)), expected: Quantity::pieces(8), ..tally }
}

/// Scales never say the same twice.
#[test]
fn what_is_weighed_is_found_again_when_both_rounds_are_close() {
    let tally = Tally {
        round: 2,
        counted: Some(Quantity::from_milli(40_250)),
        expected: Quantity::from_milli(50_000),
        lacks_area: false,
        has_moved: false,
        is_of_former_journal: false,
        before: None,
        price: Money::new(60_000),
    };
    for (before, expected) in [
        (-9_750, None),
        (-9_700, None),
        (-9_000, None),
        // More than two kilograms, or 200.000 ₫, lie between the two.
        (-5_000, Some(Again::Large)),
        (-13_500, Some(Again::Large)),
    ] {
        let tally = Tally { before: Some(Quantity::from_milli(before)), ..tally };
        assert_eq!(tally.again(), expected, "{before}");
    }
}

#[test]
fn a_count_whose_lots_are_not_its_difference_is_unsound() {
    let count = |expected: i64, counted: i64, milli: &[i64]| CountedProduct {
        product_id: ProductId::from_uuid(Uuid::nil()),
        expected: Quantity::from_milli(expected),
        counted: Quantity::from_milli(counted),
        lots: milli.iter().flat_map(|milli| spread(&[], *milli)).collect(),
    };
    for (what, count, sound) in [
        ("nothing wrong", count(5_000, 5_000, &[]), true),
        ("less", count(5_000, 2_000, &[-3_000]), true),
        ("more, in two lots", count(-2_000, 3_000, &[2_000, 3_000]), true),
        ("not all of it", count(5_000, 2_000, &[-2_000]), false),
        ("nothing of it", count(5_000, 2_000, &[]), false),
        ("less than nothing was there", count(5_000, -1_000, &[-6_000]), false),
        ("beyond all numbers", count(i64::MIN, i64::MAX, &[]), false),
        ("a part of nothing", CountedProduct { lots: vec![nothing()], ..count(1, 1, &[]) }, false),
    ] {
        assert_eq!(count.is_sound(), sound, "{what}");
    }
}

/// A stocktake of any size is told in entries that fit, in its order, and nothing is added or lost.
#[test]
fn a_count_is_told_in_parts_that_fit() {
    let room = Room { products: 3, lots: 4 };
    let product = |number: u128, lots: i64| CountedProduct {
        product_id: ProductId::from_uuid(Uuid::from_u128(number)),
        expected: Quantity::pieces(lots),
        counted: Quantity::ZERO,
        lots: (0..lots).map(|_| CountedLot { quantity: Quantity::pieces(-1), ..nothing() }).collect(),
    };
    let sizes = |lots: &[i64]| -> Vec<usize> {
        let all = (1..).zip(lots).map(|(number, lots)| product(number, *lots)).collect();
        room.parts(all, |product: &CountedProduct| product.lots.len()).iter().map(Vec::len).collect()
    };
    for (what, lots, expected) in [
        ("nothing", &[][..], &[][..]),
        ("what fits", &[0, 0, 0][..], &[3][..]),
        ("a product more", &[0, 0, 0, 0][..], &[3, 1][..]),
        ("a lot more", &[2, 2, 1, 0][..], &[2, 2][..]),
        ("a full one each", &[4, 4, 0][..], &[1, 2][..]),
    ] {
        assert_eq!(sizes(lots), expected, "{what}");
    }
    // Ten lots of one product: ten are there by the book, then six, then two, and none in the end.
    let steps = room.steps(product(1, 10));
    let figures = steps.iter().map(|step| (step.expected, step.counted, step.lots.len()));
    let pieces = Quantity::pieces;
    assert_eq!(
        figures.collect::<Vec<_>>(),
        [(pieces(10), pieces(6), 4), (pieces(6), pieces(2), 4), (pieces(2), pieces(0), 2)]
    );
    assert!(steps.iter().all(CountedProduct::is_sound));
    assert_eq!(room.steps(product(1, 4)), [product(1, 4)]);
}

fn nothing() -> CountedLot {
    CountedLot { quantity: Quantity::ZERO, ..spread(&[], 1)[0] }
}

proptest! {
    #[test]
    fn parts_are_the_difference_and_no_lot_falls_below_nothing(
        stock in prop::collection::vec((0i64..60, prop::option::of(-9i64..90), 0i64..9_000), 0..9),
        below in prop::option::of(-9_000i64..9_000),
        milli in -60_000i64..60_000,
    ) {
        let mut lots: Vec<_> =
            (1..).zip(&stock).map(|(id, (came, expires, milli))| lot(id, *came, *expires, *milli)).collect();
        lots.extend(below.map(|milli| lot(UNRECEIVED, 1, None, milli)));
        let parts = spread(&lots, milli);
        prop_assert_eq!(parts.iter().map(|part| part.quantity.milli()).sum::<i64>(), milli);
        let mut seen = std::collections::BTreeSet::new();
        for part in &parts {
            prop_assert!(seen.insert(part.lot_id), "a lot twice");
            prop_assert_eq!(part.quantity > Quantity::ZERO, milli > 0);
            let had = lots.iter().find(|l| l.lot.id == part.lot_id).map_or(0, |l| l.on_hand.milli());
            prop_assert!(part.unreceived || had + part.quantity.milli() >= 0);
        }
        let counted = CountedProduct {
            product_id: ProductId::from_uuid(Uuid::nil()),
            expected: Quantity::from_milli(60_000 - milli.min(0)),
            counted: Quantity::from_milli(60_000 + milli.max(0)),
            lots: parts,
        };
        prop_assert!(counted.is_sound());
    }
}
