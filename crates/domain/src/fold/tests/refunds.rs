//! The books after goods came back that nobody can sell again, and refunds that cannot have happened.

use super::*;

/// A line of 100.000 đồng that came back whole: what the producer bears of it, in thousandths, and what the operator
/// owes for the rest.
fn back(consigned: bool, back_to: Location, by_producer: i64, vnd: i64) -> Fact {
    let sold = line(100_000, 0, consigned);
    let mut back = refund::take_back(0, &sold, Quantity::ZERO, sold.quantity, back_to).unwrap();
    (back.by_producer, back.compensation) = (Quantity::from_milli(by_producer), Money::new(vnd));
    let (refunded, _) = fact::refunded(vec![back], cash(100_000), Money::ZERO).unwrap();
    Fact::Refunded(refunded)
}

#[test]
fn what_came_back_and_is_lost_is_owed_for_as_told() {
    for (by_producer, vnd) in [(0, 0), (0, 87_040), (250, 65_280), (999, 1)] {
        let sums = money(&fold(&back(true, Location::Waste, by_producer, vnd), store()).unwrap());
        assert_eq!(sums.get(&Account::Losses).copied().unwrap_or(0), vnd, "{by_producer} thousandths");
    }
}

#[test]
fn what_nobody_can_bear_so_is_refused() {
    for (what, fact) in [
        ("on the shelf again, and owed for", back(true, Location::Shelf, 0, 1)),
        ("on the shelf again, and a part told apart", back(true, Location::Shelf, 250, 0)),
        ("the operator's own, and owed for", back(false, Location::Waste, 0, 1)),
        ("the operator's own, and a part told apart", back(false, Location::Waste, 250, 0)),
        ("the producer bears all, and is owed for it", back(true, Location::Waste, 1_000, 1)),
        ("the producer bears more than came back", back(true, Location::Waste, 1_001, 1)),
        ("the producer bears less than nothing", back(true, Location::Waste, -1, 1)),
        ("a part told apart, and nobody is owed", back(true, Location::Waste, 250, 0)),
        ("the producer pays", back(true, Location::Waste, 0, -1)),
    ] {
        assert_eq!(fold(&fact, store()), Err(FoldError::Amount), "{what}");
    }
}

#[test]
fn no_refund_is_paid_by_a_deposit() {
    let sold = line(100_000, 0, true);
    let back = refund::take_back(0, &sold, Quantity::ZERO, sold.quantity, Location::Shelf).unwrap();
    let paid = vec![Tender { kind: TenderKind::Deposit, amount: Money::new(100_000) }];
    let (refunded, _) = fact::refunded(vec![back], paid, Money::ZERO).unwrap();
    assert_eq!(fold(&Fact::Refunded(refunded), store()), Err(FoldError::Amount));
}
