//! The books after goods went to another store, came from one, and were packed anew.

use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::fact::Fact;
use crate::fold::{Account, fold};
use crate::ids::{ProducerId, ProductId};
use crate::money::Money;
use crate::removal::Cause;
use crate::repack::{MadeLine, UsedLine};
use crate::stock::Owner;
use crate::stock_move::{MoveCause, moves};
use crate::transfer::SentLine;

fn store() -> StoreId {
    StoreId::from_uuid(Uuid::from_u128(1))
}

fn producer() -> ProducerId {
    ProducerId::from_uuid(Uuid::from_u128(5))
}

fn lot(id: u128) -> Lot {
    Lot {
        id: LotId::from_uuid(Uuid::from_u128(id)),
        product_id: ProductId::from_uuid(Uuid::from_u128(2)),
        owner: Owner::Producer(producer()),
        received_on: date!(2026 - 11 - 23),
        expires_on: None,
        code: None,
    }
}

/// What a fact leaves of a lot at a location, and what the moves say of the shelf.
fn at(fact: &Fact, lot: &Lot, location: Location) -> i64 {
    let sum = |place: Place, milli: i64| {
        if (place.lot_id, place.location) == (lot.id, location) { milli } else { 0 }
    };
    let postings = fold(fact, store()).unwrap();
    let milli = postings.iter().map(|posting| match posting {
        Posting::Stock(place, quantity) => sum(*place, quantity.milli()),
        Posting::Money(..) => 0,
    });
    let milli = milli.sum();
    if location == Location::Shelf {
        let of_lot = moves(fact, store()).unwrap().into_iter().filter(|moved| moved.lot_id == lot.id);
        assert_eq!(
            of_lot.map(|moved| moved.quantity.milli()).sum::<i64>(),
            milli,
            "moves and postings agree"
        );
    }
    milli
}

fn arrived(sent: i64, came: i64, covers: i64, vnd: i64) -> Fact {
    let line = ArrivedLine {
        lot: lot(8),
        sent: Quantity::pieces(sent),
        arrived: Quantity::pieces(came),
        covers_unreceived: Quantity::pieces(covers),
        by_producer: Quantity::ZERO,
        compensation: Money::new(vnd),
    };
    Fact::Arrived { lines: vec![line] }
}

#[test]
fn what_is_sent_is_under_way_until_it_comes() {
    let sent = Fact::Sent { lines: vec![SentLine { lot: lot(8), quantity: Quantity::pieces(5) }] };
    assert_eq!(
        (at(&sent, &lot(8), Location::Shelf), at(&sent, &lot(8), Location::InTransit)),
        (-5_000, 5_000)
    );
    // (came, covers, đồng) → (under way, on the shelf, sold before, wasted)
    for (came, covers, vnd, expected) in [
        (5, 0, 0, (-5_000, 5_000, 0, 0)),
        (5, 2, 0, (-5_000, 3_000, 2_000, 0)),
        (4, 0, 90_000, (-5_000, 4_000, 0, 1_000)),
        (0, 0, 450_000, (-5_000, 0, 0, 5_000)),
        (6, 0, 0, (-5_000, 6_000, 0, -1_000)),
    ] {
        let fact = arrived(5, came, covers, vnd);
        let unreceived = Lot { id: LotId::unreceived(store(), lot(8).product_id), ..lot(8) };
        let seen = (
            at(&fact, &lot(8), Location::InTransit),
            at(&fact, &lot(8), Location::Shelf),
            at(&fact, &unreceived, Location::Shelf),
            at(&fact, &lot(8), Location::Waste),
        );
        assert_eq!(seen, expected, "{came} came");
        let owed = moves(&fact, store()).unwrap().iter().map(|moved| moved.worth.due.vnd()).sum::<i64>();
        let due = Posting::Money(Account::ProducerDue(producer()), Money::new(-vnd));
        assert_eq!(fold(&fact, store()).unwrap().contains(&due), vnd > 0);
        assert_eq!(owed, vnd, "the producer's account and the moves agree");
    }
}

#[test]
fn an_arrival_that_cannot_be_is_refused() {
    for (what, fact) in [
        ("nothing was sent", arrived(0, 0, 0, 0)),
        ("less than nothing came", arrived(5, -1, 0, 0)),
        ("more was sold before than came", arrived(5, 2, 3, 0)),
        ("owed, and nothing is missing", arrived(5, 5, 0, 1)),
        ("owed, and more came", arrived(5, 6, 0, 1)),
        ("the producer pays", arrived(5, 4, 0, -1)),
    ] {
        assert_eq!(fold(&fact, store()), Err(FoldError::Quantity), "{what}");
    }
}

/// What both bear a part of is two moves, as a loss from the shelf is. Entries from before told one.
#[test]
fn a_loss_on_the_way_that_both_bear_is_two_moves() {
    let divided = |by_producer: i64, vnd: i64| {
        let Fact::Arrived { mut lines } = arrived(6, 3, 0, vnd) else { unreachable!() };
        lines[0].by_producer = Quantity::pieces(by_producer);
        Fact::Arrived { lines }
    };
    let lost = |fact: &Fact| -> Vec<(i64, i64)> {
        let all = moves(fact, store()).unwrap().into_iter();
        let lost = all.filter(|moved| moved.cause == MoveCause::Removed(Cause::Lost));
        lost.map(|moved| (moved.quantity.milli(), moved.worth.due.vnd())).collect()
    };
    let fact = divided(2, 90_000);
    assert_eq!(lost(&fact), [(-2_000, 0), (-1_000, 90_000)]);
    assert_eq!((at(&fact, &lot(8), Location::Shelf), at(&fact, &lot(8), Location::Waste)), (3_000, 3_000));
    assert_eq!(lost(&divided(0, 270_000)), [(-3_000, 270_000)]);
    assert_eq!(lost(&divided(0, 0)), [(-3_000, 0)]);
    for (by_producer, vnd) in [(3, 90_000), (4, 90_000), (-1, 90_000), (1, 0)] {
        let fact = divided(by_producer, vnd);
        assert_eq!(fold(&fact, store()), Err(FoldError::Quantity), "{by_producer} of three, {vnd} đồng");
    }
}

/// A quarter of what a sack lost is the producer's, the rest the operator's; entries from before tell nothing of it.
#[test]
fn weight_that_is_lost_in_packing_is_borne_by_whom_the_entry_names() {
    let (sack, bags) = (lot(8), Lot { product_id: ProductId::from_uuid(Uuid::from_u128(3)), ..lot(9) });
    let told = |by_producer: i64, by_operator: i64, vnd: i64, loss: i64| {
        let mut used =
            UsedLine::new((sack.product_id, sack.id, sack.owner), Quantity::pieces(10), Quantity::pieces(10));
        (used.lost_by_producer, used.lost_by_operator) =
            (Quantity::from_milli(by_producer), Quantity::from_milli(by_operator));
        used.compensation = Money::new(vnd);
        let made = MadeLine {
            lot: bags.clone(),
            quantity: Quantity::pieces(1),
            weight: Quantity::from_milli(10_000 - loss),
            covers_unreceived: Quantity::ZERO,
        };
        Fact::Repacked(Repacked { used: vec![used], made: vec![made], loss: Quantity::from_milli(loss) })
    };
    let of_sack = |fact: &Fact| -> Vec<(MoveCause, i64, i64)> {
        let all = moves(fact, store()).unwrap().into_iter().filter(|moved| moved.lot_id == sack.id);
        all.map(|moved| (moved.cause, moved.quantity.milli(), moved.worth.due.vnd())).collect()
    };
    let (repacked, damaged) = (MoveCause::Repacked, MoveCause::Removed(Cause::Damaged));
    let fact = told(100, 300, 27_000, 400);
    assert_eq!(of_sack(&fact), [(repacked, -9_600, 0), (damaged, -100, 0), (damaged, -300, 27_000)]);
    assert_eq!(at(&fact, &sack, Location::Shelf), -10_000);
    let due = Posting::Money(Account::ProducerDue(producer()), Money::new(-27_000));
    assert!(fold(&fact, store()).unwrap().contains(&due));
    assert_eq!(of_sack(&told(0, 0, 0, 400)), [(repacked, -10_000, 0)]);
    for (what, fact) in [
        ("nothing was lost", told(0, 300, 27_000, 0)),
        ("owed for nothing", told(400, 0, 27_000, 400)),
        ("nothing is owed", told(100, 300, 0, 400)),
        ("more than was opened", told(100, 10_000, 27_000, 400)),
        ("the producer pays", told(100, 300, -1, 400)),
        ("less than nothing", told(-100, 300, 27_000, 400)),
    ] {
        assert!(fold(&fact, store()).is_err(), "{what}");
    }
}

#[test]
fn goods_packed_anew_go_from_one_lot_to_another() {
    let (sack, bags) = (lot(8), Lot { product_id: ProductId::from_uuid(Uuid::from_u128(3)), ..lot(9) });
    let used =
        UsedLine::new((sack.product_id, sack.id, sack.owner), Quantity::pieces(1), Quantity::pieces(10));
    let made = MadeLine {
        lot: bags.clone(),
        quantity: Quantity::pieces(19),
        weight: Quantity::from_milli(9_500),
        covers_unreceived: Quantity::pieces(2),
    };
    let loss = Quantity::from_milli(500);
    let fact = Fact::Repacked(Repacked { used: vec![used], made: vec![made], loss });
    assert_eq!((at(&fact, &sack, Location::Shelf), at(&fact, &sack, Location::Repacked)), (-1_000, 1_000));
    assert_eq!((at(&fact, &bags, Location::Shelf), at(&fact, &bags, Location::Repacked)), (17_000, -17_000));
    let causes: Vec<_> =
        moves(&fact, store()).unwrap().iter().map(|moved| (moved.cause, moved.quantity.milli())).collect();
    let covered = MoveCause::Covered;
    let repacked = MoveCause::Repacked;
    assert_eq!(causes, [(repacked, -1_000), (repacked, 19_000), (covered, -2_000), (covered, 2_000)]);
}
