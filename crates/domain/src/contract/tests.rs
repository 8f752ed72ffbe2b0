use time::macros::date;

use super::*;
use crate::consignment::terms_on;
use crate::money::Money;
use crate::stock_move::Worth;

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

fn terms(number: u128, product: Option<u128>, valid_from: Date, mode: Mode) -> Terms {
    Terms {
        id: id(number),
        producer_id: id(100),
        product_id: product.map(id),
        commission: Rate::percent(10),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from,
        clauses: Clauses { mode, ..Clauses::default() },
    }
}

#[test]
fn each_cause_has_its_bearer() {
    let clauses = Clauses {
        loss_bearer: Some(Bearer::Store),
        expiry_bearer: Some(Bearer::Producer),
        ..Clauses::default()
    };
    for (cause, expected) in [
        (Cause::Returned, None),
        (Cause::Damaged, Some(Bearer::Store)),
        (Cause::Lost, Some(Bearer::Store)),
        (Cause::Tasted, Some(Bearer::Store)),
        (Cause::Expired, Some(Bearer::Producer)),
    ] {
        assert_eq!(clauses.bearer_of(cause), expected, "{cause:?}");
        assert_eq!(Clauses::default().bearer_of(cause), None, "{cause:?}");
        assert_eq!(is_shrinkage(cause), matches!(cause, Cause::Damaged | Cause::Lost));
    }
}

#[test]
fn food_comes_back_on_its_day_alone_unless_the_contract_says_otherwise() {
    let sold_on = date!(2026 - 12 - 30);
    for (return_days, refuse_expired, expected) in [
        (None, true, Some(date!(2026 - 12 - 30))),
        (None, false, None),
        (Some(0), false, Some(date!(2026 - 12 - 30))),
        (Some(7), true, Some(date!(2027 - 01 - 06))),
        (Some(7), false, Some(date!(2027 - 01 - 06))),
    ] {
        let clauses = Clauses { return_days, ..Clauses::default() };
        assert_eq!(clauses.last_day_of_return(sold_on, refuse_expired), expected, "{return_days:?}");
    }
}

#[test]
fn numbers_are_those_of_a_contract() {
    let days =
        |return_days, agreed_after_days| Clauses { return_days, agreed_after_days, ..Clauses::default() };
    for (clauses, expected) in [
        (Clauses::default(), true),
        (days(Some(0), Some(1)), true),
        (days(Some(365), Some(365)), true),
        (days(Some(366), None), false),
        (days(None, Some(0)), false),
        (days(None, Some(366)), false),
    ] {
        assert_eq!(clauses.is_sane(), expected, "{clauses:?}");
    }
}

/// Moves since the last settlement, or in it: cause, thousandths, what is owed for them.
fn moved(cause: MoveCause, milli: i64, due_vnd: i64) -> MoveSum {
    let worth = Worth { due: Money::new(due_vnd), ..Worth::default() };
    MoveSum { product_id: id(1), cause, is_settled: false, quantity: Quantity::from_milli(milli), worth }
}

#[test]
fn a_part_of_what_was_sold_may_be_missing_at_the_producers_cost() {
    let clauses = Clauses { shrinkage: Rate::percent(2), ..Clauses::default() };
    let lost = MoveCause::Removed(Cause::Lost);
    let damaged = MoveCause::Removed(Cause::Damaged);
    let expired = MoveCause::Removed(Cause::Expired);
    let sold = moved(MoveCause::Sold, -120_000, 900_000);
    // Beside 120 that were sold: what else moved, and what is left of 2 %, by the piece and by weight.
    for (others, pieces, grams) in [
        (vec![], 2_000, 2_400),
        (vec![moved(MoveCause::Refunded, 40_000, -300_000)], 1_000, 1_600),
        (vec![moved(lost, -1_000, 0)], 1_000, 1_400),
        (vec![moved(damaged, -1_000, 0), moved(MoveCause::Counted, -1_000, 0)], 0, 400),
        (vec![moved(damaged, -5_000, 0)], 0, 0),
        // Paid for, past its date, gone home, found again, or in the settlement before: none of it is shrinkage.
        (vec![moved(lost, -1_000, 80_000), moved(expired, -1_000, 0)], 2_000, 2_400),
        (vec![moved(MoveCause::Removed(Cause::Returned), -9_000, 0)], 2_000, 2_400),
        (vec![moved(MoveCause::Counted, 3_000, 0)], 2_000, 2_400),
        (vec![MoveSum { is_settled: true, ..moved(lost, -1_000, 0) }], 2_000, 2_400),
        (vec![MoveSum { is_settled: true, ..sold }], 2_000, 2_400),
    ] {
        let all: Vec<MoveSum> = std::iter::once(sold).chain(others).collect();
        let of = |is_weighed| clauses.allowance(&all, is_weighed).map(Quantity::milli);
        assert_eq!((of(false), of(true)), (Ok(pieces), Ok(grams)), "{all:?}");
    }
    assert_eq!(clauses.allowance(&[], true), Ok(Quantity::ZERO));
    assert_eq!(Clauses::default().allowance(&[sold], true), Ok(Quantity::ZERO));
}

#[test]
fn goods_that_were_bought_are_the_operators_from_the_day_of_the_contract() {
    let all = [
        terms(1, None, date!(2026 - 01 - 01), Mode::Consigned),
        terms(2, None, date!(2026 - 06 - 01), Mode::Bought),
        terms(3, Some(7), date!(2026 - 06 - 01), Mode::Consigned),
    ];
    let theirs = Owner::Producer(id(100));
    for (producer, product, day, expected) in [
        (Some(id(100)), id(8), date!(2026 - 05 - 31), theirs),
        (Some(id(100)), id(8), date!(2026 - 06 - 01), Owner::Operator),
        (Some(id(100)), id(7), date!(2026 - 06 - 01), theirs),
        (Some(id(101)), id(8), date!(2026 - 06 - 01), Owner::Producer(id(101))),
        (None, id(8), date!(2026 - 06 - 01), Owner::Operator),
    ] {
        assert_eq!(owner_on(&all, producer, product, day), expected, "{product} {day}");
    }
    // What came in as consigned before is sold on the terms of consignment.
    let of_old_lots = terms_on(&all, id(100), id(8), date!(2026 - 06 - 01));
    assert_eq!(of_old_lots.map(|terms| terms.id), Some(id(1)));
    assert_eq!(contract_on(&all, id(100), id(8), date!(2026 - 06 - 01)).map(|terms| terms.id), Some(id(2)));
}

/// An end asked for, as it is kept.
fn end(number: u128, product: Option<u128>, day: Date, known: &[Terms]) -> Option<Terms> {
    ending(known, &end_of(id(number), (id(100), product.map(id)), day))
}

#[test]
fn where_a_version_has_ended_the_next_one_in_rank_holds() {
    let [january, march, june, july, august, september] = [1, 3, 6, 7, 8, 9]
        .map(|month: u8| Date::from_calendar_date(2026, month.try_into().unwrap(), 1).unwrap());
    let mut all = vec![
        terms(1, None, january, Mode::Consigned),
        terms(2, Some(7), march, Mode::Consigned),
        terms(3, Some(7), june, Mode::Bought),
    ];
    let of_product = end(10, Some(7), july, &all).unwrap();
    all.push(of_product);
    let of_all = end(11, None, august, &all).unwrap();
    all.push(of_all);
    all.push(terms(12, None, september, Mode::Bought));
    let day_before = |date: Date| date.previous_day().unwrap();
    for (product, day, held, consigned) in [
        (7, march, Some(2), Some(2)),
        (7, june, Some(3), Some(2)),
        (7, day_before(july), Some(3), Some(2)),
        // Its own has ended, of either mode: the one for all holds.
        (7, july, Some(1), Some(1)),
        (8, july, Some(1), Some(1)),
        (8, day_before(august), Some(1), Some(1)),
        (7, august, None, None),
        (8, august, None, None),
        // Begun anew; what was consigned before the end stays without terms.
        (8, september, Some(12), None),
        (7, september, Some(12), None),
    ] {
        let number = |terms: Option<Terms>| terms.map(|terms| terms.id);
        let found = [contract_on(&all, id(100), id(product), day), terms_on(&all, id(100), id(product), day)];
        assert_eq!(
            found.map(number),
            [held, consigned].map(|number| number.map(id::<TermsId>)),
            "{product} {day}"
        );
        // In whichever order they were told.
        let turned: Vec<Terms> = all.iter().rev().copied().collect();
        assert_eq!(number(contract_on(&turned, id(100), id(product), day)), held.map(id::<TermsId>));
        let theirs = Owner::Producer(id(100));
        let owner = if [Some(3), Some(12)].contains(&held) { Owner::Operator } else { theirs };
        assert_eq!(owner_on(&all, Some(id(100)), id(product), day), owner);
    }
}

/// It repeats what it ends; and ends only what is in force on its day, among versions of the same goods.
#[test]
fn an_end_repeats_what_it_ends() {
    let (first, then) = (date!(2026 - 06 - 01), date!(2026 - 07 - 01));
    let clauses = Clauses { agreed_after_days: Some(7), ..Clauses::default() };
    let all = [Terms { clauses, ..terms(1, None, first, Mode::Consigned) }];
    let ended = end(2, None, then, &all).unwrap();
    let clauses = Clauses { ends: true, ..clauses };
    assert_eq!(ended, Terms { id: id(2), valid_from: then, clauses, ..all[0] });
    let both = [all[0], ended];
    for (product, day, known) in [
        (None, date!(2026 - 05 - 31), &all[..]),
        (Some(7), then, &all[..]),
        // Ended already; on an earlier day it can be.
        (None, then, &both[..]),
        (None, date!(2026 - 08 - 01), &both[..]),
    ] {
        assert_eq!(end(3, product, day, known), None, "{product:?} {day}");
    }
    assert!(end(3, None, date!(2026 - 06 - 15), &both).is_some());
    // An end of the day of its beginning holds instead of it.
    let at_once = [all[0], end(4, None, first, &all).unwrap()];
    assert_eq!(contract_on(&at_once, id(100), id(8), first), None);
}

/// The later of two versions of one day holds, also when the clock was set back between them.
#[test]
fn a_new_version_comes_after_those_of_its_day() {
    let day = date!(2026 - 06 - 01);
    let all = [terms(50, None, day, Mode::Consigned), terms(90, Some(7), day, Mode::Consigned)];
    for (drawn, product, from, expected) in [
        (60, None, day, 60),
        // A millisecond after the one that is there, and no other till's.
        (40, None, day, (1 << 80) + 40),
        (50, None, day, (1 << 80) + 50),
        (40, Some(7), day, (1 << 80) + 40),
        (40, None, date!(2026 - 06 - 02), 40),
        (40, Some(8), day, 40),
    ] {
        let new = (id(100), product.map(id), from);
        assert_eq!(id_after(id(drawn), &all, new), id(expected), "{drawn} {product:?}");
    }
}

/// A form that lay open while another one was sent makes the newer version all the same, and is known again when it is sent twice.
#[test]
fn a_version_is_as_new_as_its_making() {
    let day = date!(2026 - 06 - 01);
    let (opened_first, opened_later) = (id((5 << 80) + 7), id((6 << 80) + 8));
    let later = id_at(opened_later, 9);
    assert_eq!(later, id((9 << 80) + 8));
    let all = [Terms { id: later, ..terms(1, None, day, Mode::Consigned) }];
    for (now_ms, expected) in [(10, (10 << 80) + 7), (9, (10 << 80) + 7), (-1, (10 << 80) + 7)] {
        let made = id_after(id_at(opened_first, now_ms), &all, (id(100), None, day));
        assert!(made == id(expected) && made > later, "{now_ms} {made}");
        assert!(is_same_draw(made, opened_first) && !is_same_draw(made, later));
    }
}

#[test]
fn a_mode_has_a_name() {
    for mode in [Mode::Consigned, Mode::Bought] {
        assert_eq!(Mode::from_code(mode.code()), Some(mode));
    }
    assert_eq!(Mode::from_code("lent"), None);
}
