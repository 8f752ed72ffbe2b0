//! The books after each kind of fact.

mod adjusting;
mod refunds;

use std::collections::BTreeMap;

use proptest::prelude::*;
use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::Rate;
use crate::consignment::{Basis, Bearer, FrozenTerms};
use crate::fact::{self, ReceivedLine};
use crate::refund;
use crate::removal::{Cause, RemovedLine};
use crate::stock::{Lot, Owner};
use crate::stock_move::moves;
use crate::tax::TaxClass;
use crate::tender::Tender;

fn store() -> StoreId {
    StoreId::from_uuid(Uuid::from_u128(1))
}

fn producer() -> ProducerId {
    ProducerId::from_uuid(Uuid::from_u128(5))
}

/// The fold, and beside it the moves of goods that the same fact makes: both say the same of shelf and producers.
fn fold(fact: &Fact, store_id: StoreId) -> Result<Vec<Posting>, FoldError> {
    let postings = super::fold(fact, store_id)?;
    let (mut shelf, mut owed) = (BTreeMap::new(), BTreeMap::new());
    for posting in &postings {
        match posting {
            Posting::Stock(place, quantity) if place.location == Location::Shelf => {
                *shelf.entry((place.product_id, place.lot_id)).or_default() += quantity.milli();
            }
            Posting::Money(Account::ProducerDue(id), amount) => *owed.entry(*id).or_default() -= amount.vnd(),
            _ => {}
        }
    }
    for moved in moves(fact, store_id).unwrap() {
        *shelf.entry((moved.product_id, moved.lot_id)).or_default() -= moved.quantity.milli();
        if let Some(id) = moved.owner.producer_id() {
            *owed.entry(id).or_default() -= moved.worth.due.vnd();
        }
    }
    shelf.retain(|_, left: &mut i64| *left != 0);
    owed.retain(|_, left: &mut i64| *left != 0);
    assert_eq!((shelf, owed), (BTreeMap::new(), BTreeMap::new()), "{fact:?}");
    Ok(postings)
}

fn line(gross: i64, discount: i64, consigned: bool) -> SaleLine {
    let product_id = ProductId::from_uuid(Uuid::from_u128(2));
    let tax_rate = Rate::percent(8);
    SaleLine {
        product_id,
        facts_id: None,
        sku: "TOI-01".to_owned(),
        name: "Tỏi đen".to_owned(),
        unit: "Hộp".to_owned(),
        price: Money::new(gross),
        price_version: 1,
        quantity: Quantity::pieces(1),
        gross: Money::new(gross),
        discount: Money::new(discount),
        promotion: None,
        list_price: None,
        combo: None,
        tax_class: TaxClass::Standard,
        tax_rate,
        tax: tax_rate.inside(Money::new(gross - discount)).unwrap(),
        lot_id: LotId::from_uuid(Uuid::from_u128(3)),
        unreceived: false,
        in_programme: true,
        terms: consigned.then(|| FrozenTerms {
            producer_id: producer(),
            terms_id: None,
            commission: Rate::percent(12),
            basis: Basis::Gross,
            discount_bearer: Bearer::Store,
            commission_tax: Rate::percent(8),
        }),
    }
}

fn cash(vnd: i64) -> Vec<Tender> {
    vec![Tender { kind: TenderKind::Cash, amount: Money::new(vnd) }]
}

fn money(postings: &[Posting]) -> BTreeMap<Account, i64> {
    let mut sums = BTreeMap::new();
    for posting in postings {
        if let Posting::Money(account, amount) = posting {
            *sums.entry(*account).or_default() += amount.vnd();
        }
    }
    sums
}

#[test]
fn a_mixed_sale_reaches_its_accounts() {
    let outside = SaleLine { in_programme: false, ..line(10_800, 0, false) };
    let lines = vec![line(100_000, 10_000, true), line(108_000, 0, false), outside];
    let (sold, outside) = fact::sold(lines, cash(208_800), Money::ZERO).unwrap();
    let shared = fold(&Fact::Sold(sold), store()).unwrap();
    assert_eq!(
        money(&shared),
        BTreeMap::from([
            (Account::Cash, 208_800),
            (Account::ProducerDue(producer()), -87_040),
            (Account::Commission, -2_000),
            (Account::Tax, -960 - 8_000),
            (Account::Sales, -100_000),
            (Account::Other, -10_800),
        ])
    );
    let private = fold(&Fact::SoldOutside { lines: outside }, store()).unwrap();
    let expected = [(Account::Other, 10_800), (Account::Sales, -10_000), (Account::Tax, -800)];
    assert_eq!(money(&private), BTreeMap::from(expected));
}

#[test]
fn a_shift_leaves_its_takings_and_its_difference() {
    let vnd = Money::new;
    let mut sums = money(&fold(&Fact::ShiftOpened { float: vnd(500_000) }, store()).unwrap());
    let close = Fact::ShiftClosed { float: vnd(500_000), expected: vnd(700_000), counted: vnd(690_000) };
    for (account, amount) in money(&fold(&close, store()).unwrap()) {
        *sums.entry(account).or_default() += amount;
    }
    let expected = [(Account::Cash, -10_000), (Account::Float, 0), (Account::CashOverShort, 10_000)];
    assert_eq!(sums, BTreeMap::from(expected));
}

#[test]
fn a_delivery_covers_what_was_sold_before_it_came() {
    let lot = Lot {
        id: LotId::from_uuid(Uuid::from_u128(8)),
        product_id: ProductId::from_uuid(Uuid::from_u128(2)),
        owner: Owner::Producer(producer()),
        received_on: date!(2026 - 11 - 23),
        expires_on: None,
        code: None,
    };
    let received = |quantity, covers| Fact::Received {
        lines: vec![ReceivedLine {
            lot: lot.clone(),
            quantity: Quantity::pieces(quantity),
            covers_unreceived: Quantity::pieces(covers),
        }],
    };
    let postings = fold(&received(10, 3), store()).unwrap();
    let on_shelf = |id: LotId| -> i64 {
        postings
            .iter()
            .filter_map(|posting| match posting {
                Posting::Stock(place, q) if place.lot_id == id && place.location == Location::Shelf => {
                    Some(q.milli())
                }
                _ => None,
            })
            .sum()
    };
    assert_eq!((on_shelf(lot.id), on_shelf(LotId::unreceived(store(), lot.product_id))), (7_000, 3_000));
    for (quantity, covers) in [(0, 0), (-1, 0), (2, 3), (2, -1)] {
        assert_eq!(fold(&received(quantity, covers), store()), Err(FoldError::Quantity));
    }
}

#[test]
fn a_hostile_sale_is_refused_and_suspended() {
    let sale = |line: SaleLine, kept: i64| {
        Fact::Sold(Sold {
            lines: vec![line],
            kept: cash(kept),
            rounding: Money::ZERO,
            other: Other::default(),
        })
    };
    let good = line(100_000, 0, true);
    for (fact, expected) in [
        (sale(SaleLine { quantity: Quantity::ZERO, ..good.clone() }, 100_000), FoldError::Quantity),
        (sale(SaleLine { discount: Money::new(-1), ..good.clone() }, 100_001), FoldError::Amount),
        (sale(SaleLine { discount: Money::new(100_001), ..good.clone() }, 100_000), FoldError::Amount),
        (sale(SaleLine { tax: Money::ZERO, ..good.clone() }, 100_000), FoldError::Tax),
        (sale(SaleLine { gross: Money::new(i64::MIN), ..good.clone() }, 100_000), FoldError::Amount),
        (sale(good.clone(), 99_999), FoldError::Unbalanced),
        (sale(good, -100_000), FoldError::Amount),
    ] {
        assert_eq!(fold(&fact, store()), Err(expected));
        let suspended = money(&suspend(&fact).unwrap());
        assert_eq!(suspended.values().sum::<i64>(), 0);
        assert!(suspended.contains_key(&Account::Suspense));
    }
}

#[test]
fn cash_put_in_and_taken_out() {
    for vnd in [200_000, -200_000] {
        let sums = money(&fold(&Fact::CashMoved { amount: Money::new(vnd) }, store()).unwrap());
        assert_eq!(sums, BTreeMap::from([(Account::Cash, vnd), (Account::Operator, -vnd)]));
    }
}

#[test]
fn money_that_was_waited_for_comes_once() {
    use crate::tender::TenderKind::*;
    let confirmed = |from, kind, vnd| {
        let paid = vec![Tender { kind, amount: Money::new(vnd) }];
        fold(&Fact::Confirmed { from, paid }, store()).map(|postings| money(&postings))
    };
    assert_eq!(
        confirmed(Claimed, VietQr, 90_000),
        Ok(BTreeMap::from([(Account::Bank, 90_000), (Account::Claimed, -90_000)]))
    );
    assert_eq!(
        confirmed(Credit, Cash, 90_000),
        Ok(BTreeMap::from([(Account::Cash, 90_000), (Account::Receivable, -90_000)]))
    );
    // What is still waited for confirms nothing, and what came at the sale needs no confirming.
    for (from, kind, vnd) in [(Claimed, Credit, 1), (Cash, VietQr, 1), (Credit, Cash, 0), (Credit, Cash, -1)]
    {
        assert_eq!(confirmed(from, kind, vnd), Err(FoldError::Amount), "{from:?} {kind:?} {vnd}");
    }
}

#[test]
fn a_deposit_is_owed_until_it_is_given_back_or_kept() {
    use crate::tender::TenderKind::*;
    let tenders = |paid: &[(TenderKind, i64)]| {
        paid.iter().map(|(kind, vnd)| Tender { kind: *kind, amount: Money::new(*vnd) }).collect()
    };
    let taken = |paid: &[(TenderKind, i64)]| {
        fold(&Fact::DepositTaken { paid: tenders(paid) }, store()).map(|postings| money(&postings))
    };
    let returned = |paid: &[(TenderKind, i64)], kept| {
        let fact = Fact::DepositReturned { paid: tenders(paid), kept: Money::new(kept) };
        fold(&fact, store()).map(|postings| money(&postings))
    };
    let account = |sums: &[(Account, i64)]| Ok(sums.iter().copied().collect());
    assert_eq!(
        taken(&[(Cash, 60_000), (VietQr, 40_000)]),
        account(&[(Account::Cash, 60_000), (Account::Bank, 40_000), (Account::Deposits, -100_000)])
    );
    assert_eq!(
        returned(&[(Cash, 60_000)], 40_000),
        account(&[(Account::Cash, -60_000), (Account::Deposits, 100_000), (Account::Forfeited, -40_000)])
    );
    assert_eq!(returned(&[], 40_000), account(&[(Account::Deposits, 40_000), (Account::Forfeited, -40_000)]));
    for kind in [Claimed, Credit, Exchange, Deposit] {
        assert_eq!(taken(&[(kind, 1)]), Err(FoldError::Amount), "{kind:?}");
        assert_eq!(returned(&[(kind, 1)], 0), Err(FoldError::Amount), "{kind:?}");
    }
    assert_eq!(taken(&[(Cash, 0)]), Err(FoldError::Amount));
    assert_eq!(returned(&[(Cash, -1)], 2), Err(FoldError::Amount));
    assert_eq!(returned(&[], -1), Err(FoldError::Amount));
}

proptest! {
    /// What comes back for what is bought: the account between them is empty again, and cash moves by the difference alone.
    #[test]
    fn an_exchange_leaves_nothing_between_its_halves(
        before in 1i64..5_000_000,
        after in 1i64..5_000_000,
        deposit in 0i64..5_000_000,
        consigned in any::<bool>(),
    ) {
        use crate::tender::{exchange, pay_rest};
        let (old, new) = (line(before, 0, consigned), line(after, 0, !consigned));
        let deposit = Money::new(deposit.min(after));
        let due = Money::new(after).minus(deposit).unwrap();
        let paid = exchange(Money::new(before), &[], due, TenderKind::Cash).unwrap();
        let of = |kind| paid.iter().filter(move |tender| tender.kind == kind).copied();
        let mut covers = vec![Tender { kind: TenderKind::Deposit, amount: deposit }];
        covers.extend(of(TenderKind::Exchange));
        covers.retain(|tender| tender.amount > Money::ZERO);
        let covered = Money::sum(covers.iter().map(|tender| tender.amount)).unwrap();
        let rest = cash(after - covered.vnd());
        let rest = rest.into_iter().filter(|tender| tender.amount > Money::ZERO).collect();
        let payment = pay_rest(Money::new(after), covers, rest).unwrap();
        let back = refund::take_back(0, &old, Quantity::ZERO, old.quantity, Location::Shelf).unwrap();
        let (refunded, _) = fact::refunded(vec![back], paid, Money::ZERO).unwrap();
        let (sold, _) = fact::sold(vec![new], payment.kept(), Money::ZERO).unwrap();
        let mut postings = Vec::new();
        let ordered = vec![Tender { kind: TenderKind::Cash, amount: deposit }];
        let ordered = Fact::DepositTaken { paid: ordered.into_iter().filter(|t| t.amount > Money::ZERO).collect() };
        for fact in [ordered, Fact::Refunded(refunded), Fact::Sold(sold)] {
            postings.extend(fold(&fact, store()).unwrap());
        }
        let sums = money(&postings);
        let sum = |account| sums.get(&account).copied().unwrap_or(0);
        prop_assert_eq!(sum(Account::Exchange), 0);
        prop_assert_eq!(sum(Account::Deposits), 0);
        prop_assert_eq!(sum(Account::Cash), after - before);
    }

    #[test]
    fn a_sale_and_its_whole_refund_leave_nothing(
        rows in prop::collection::vec((1i64..5_000_000, 0i64..5_000_000, any::<bool>(), any::<bool>()), 1..10),
        rounding in -500i64..500,
    ) {
        let lines: Vec<_> = rows
            .iter()
            .map(|(gross, off, consigned, outside)| SaleLine {
                in_programme: *consigned || !outside,
                ..line(*gross, (*off).min(*gross), *consigned)
            })
            .collect();
        let payable = lines.iter().map(|l| l.total().unwrap().vnd()).sum::<i64>() + rounding;
        prop_assume!(payable > 0);
        let rounding = Money::new(rounding);
        let back = |(no, line): (usize, &SaleLine)| {
            refund::take_back(no, line, Quantity::ZERO, line.quantity, Location::Shelf).unwrap()
        };
        let back = lines.iter().enumerate().map(back).collect();
        let (sold, outside) = fact::sold(lines, cash(payable), rounding).unwrap();
        let (refunded, outside_back) = fact::refunded(back, cash(payable), rounding).unwrap();
        let mut postings = Vec::new();
        for fact in [
            Fact::Sold(sold),
            Fact::SoldOutside { lines: outside },
            Fact::Refunded(refunded),
            Fact::RefundedOutside { lines: outside_back },
        ] {
            postings.extend(fold(&fact, store()).unwrap());
        }
        prop_assert!(money(&postings).values().all(|sum| *sum == 0));
        let mut goods: BTreeMap<Place, i64> = BTreeMap::new();
        for posting in &postings {
            if let Posting::Stock(place, quantity) = posting {
                *goods.entry(*place).or_default() += quantity.milli();
            }
        }
        prop_assert!(goods.values().all(|sum| *sum == 0));
    }

    #[test]
    fn every_fold_sums_to_zero(
        rows in prop::collection::vec((1i64..5_000_000, 0i64..5_000_000, any::<bool>(), any::<bool>()), 1..10),
        rounding in 0i64..500,
    ) {
        let lines: Vec<_> = rows
            .iter()
            .map(|(gross, off, consigned, outside)| SaleLine {
                in_programme: *consigned || !outside,
                ..line(*gross, (*off).min(*gross), *consigned)
            })
            .collect();
        let payable = lines.iter().map(|l| l.total().unwrap().vnd()).sum::<i64>() + rounding + 1;
        let rounding = rounding + 1;
        let (sold, outside) = fact::sold(lines, cash(payable), Money::new(rounding)).unwrap();
        for fact in [Fact::Sold(sold), Fact::SoldOutside { lines: outside }] {
            let postings = fold(&fact, store()).unwrap();
            prop_assert_eq!(money(&postings).values().sum::<i64>(), 0);
            let goods: i64 = postings.iter().filter_map(|p| match p {
                Posting::Stock(_, quantity) => Some(quantity.milli()),
                Posting::Money(..) => None,
            }).sum();
            prop_assert_eq!(goods, 0);
        }
    }
}

/// What left the shelf, and who is owed for it.
#[test]
fn lost_goods_are_owed_for_by_whoever_bears_the_loss() {
    let line = |owner, compensation| RemovedLine {
        product_id: ProductId::from_uuid(Uuid::from_u128(2)),
        lot_id: LotId::from_uuid(Uuid::from_u128(8)),
        owner,
        quantity: Quantity::pieces(2),
        compensation: Money::new(compensation),
    };
    let removed = |cause, line| fold(&Fact::Removed { cause, lines: vec![line] }, store());
    let theirs = Owner::Producer(producer());
    let sums = money(&removed(Cause::Damaged, line(theirs, 487_424)).unwrap());
    assert_eq!(
        sums,
        BTreeMap::from([(Account::Losses, 487_424), (Account::ProducerDue(producer()), -487_424)])
    );
    for (cause, owner, location) in [
        (Cause::Returned, theirs, Location::Producer),
        (Cause::Expired, theirs, Location::Waste),
        (Cause::Lost, Owner::Operator, Location::Waste),
    ] {
        let postings = removed(cause, line(owner, 0)).unwrap();
        assert_eq!(money(&postings), BTreeMap::new());
        let moved: Vec<(Location, i64)> = postings
            .iter()
            .filter_map(|posting| match posting {
                Posting::Stock(place, quantity) => Some((place.location, quantity.milli())),
                Posting::Money(..) => None,
            })
            .collect();
        assert_eq!(moved, [(Location::Shelf, -2_000), (location, 2_000)]);
    }
    for (cause, owner, compensation) in
        [(Cause::Returned, theirs, 1), (Cause::Lost, Owner::Operator, 1), (Cause::Lost, theirs, -1)]
    {
        assert_eq!(removed(cause, line(owner, compensation)), Err(FoldError::Amount), "{cause:?}");
    }
    let nothing = RemovedLine { quantity: Quantity::ZERO, ..line(theirs, 0) };
    assert_eq!(removed(Cause::Lost, nothing), Err(FoldError::Quantity));
}

#[test]
fn a_producer_is_paid_from_the_drawer_or_the_bank() {
    let tender = |kind, vnd| Tender { kind, amount: Money::new(vnd) };
    let paid = |paid| Fact::ProducerPaid { producer_id: producer(), paid };
    let both = paid(vec![tender(TenderKind::Cash, 2_000_000), tender(TenderKind::VietQr, 350_000)]);
    let expected = [
        (Account::Cash, -2_000_000),
        (Account::Bank, -350_000),
        (Account::ProducerDue(producer()), 2_350_000),
    ];
    assert_eq!(money(&super::fold(&both, store()).unwrap()), BTreeMap::from(expected));
    for wrong in [tender(TenderKind::Cash, 0), tender(TenderKind::VietQr, -1), tender(TenderKind::Card, 5)] {
        assert_eq!(fold(&paid(vec![wrong]), store()), Err(FoldError::Amount), "{wrong:?}");
    }
    let expected = [(Account::Cash, -2_000_000), (Account::Bank, -350_000), (Account::Suspense, 2_350_000)];
    assert_eq!(money(&suspend(&both).unwrap()), BTreeMap::from(expected));
}

/// What was found missing is as if it had been lost; what was found comes from there.
#[test]
fn a_count_moves_its_difference_and_owes_for_what_is_missing() {
    let lot = |owner, pieces, compensation| CountedLot {
        lot_id: LotId::from_uuid(Uuid::from_u128(8)),
        owner,
        unreceived: false,
        quantity: Quantity::pieces(pieces),
        compensation: Money::new(compensation),
    };
    let counted = |expected: i64, counted: i64, lots: Vec<CountedLot>| {
        let product_id = ProductId::from_uuid(Uuid::from_u128(2));
        let (expected, counted) = (Quantity::pieces(expected), Quantity::pieces(counted));
        fold(
            &Fact::Counted { products: vec![CountedProduct { product_id, expected, counted, lots }] },
            store(),
        )
    };
    let theirs = Owner::Producer(producer());
    let postings = counted(5, 3, vec![lot(theirs, -2, 487_424)]).unwrap();
    let expected = [(Account::Losses, 487_424), (Account::ProducerDue(producer()), -487_424)];
    assert_eq!(money(&postings), BTreeMap::from(expected));
    for (expected, found, owner) in [(5, 3, Owner::Operator), (5, 3, theirs), (-1, 3, theirs)] {
        let postings = counted(expected, found, vec![lot(owner, found - expected, 0)]).unwrap();
        assert_eq!(money(&postings), BTreeMap::new());
        let on_shelf: i64 = postings
            .iter()
            .map(|posting| match posting {
                Posting::Stock(place, quantity) if place.location == Location::Shelf => quantity.milli(),
                Posting::Stock(place, _) => {
                    assert_eq!(place.location, Location::Waste);
                    0
                }
                Posting::Money(..) => 0,
            })
            .sum();
        assert_eq!((postings.len(), on_shelf), (2, (found - expected) * 1_000));
    }
    assert_eq!(counted(3, 3, Vec::new()), Ok(Vec::new()));
    for (expected, found, owner, vnd) in [(5, 3, Owner::Operator, 1), (3, 5, theirs, 1), (5, 3, theirs, -1)] {
        let wrong = counted(expected, found, vec![lot(owner, found - expected, vnd)]);
        assert_eq!(wrong, Err(FoldError::Amount), "{expected} {found} {vnd}");
    }
    assert_eq!(counted(5, 3, vec![lot(theirs, -1, 0)]), Err(FoldError::Quantity));
}
