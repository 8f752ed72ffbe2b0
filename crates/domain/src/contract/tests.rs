use time::macros::date;

use super::*;
use crate::consignment::{Basis, terms_on};
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

#[test]
fn a_mode_has_a_name() {
    for mode in [Mode::Consigned, Mode::Bought] {
        assert_eq!(Mode::from_code(mode.code()), Some(mode));
    }
    assert_eq!(Mode::from_code("lent"), None);
}
