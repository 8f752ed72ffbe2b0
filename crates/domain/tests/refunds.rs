//! Everything that was sold comes back, in parts of any size and in any order: every account and every lot is then where
//! it was before the sale.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use domain::catalog::SoldBy;
use domain::consignment::{Basis, Bearer, FrozenTerms};
use domain::fact::{self, Fact};
use domain::fold::{Posting, fold};
use domain::ids::{LotId, ProducerId, ProductId, StoreId};
use domain::refund::RefundError;
use domain::refund::remaining::{Ask, Remaining, Row};
use domain::sale::SaleLine;
use domain::stock::Location;
use domain::tax::TaxClass;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate};
use proptest::prelude::*;
use uuid::Uuid;

/// A line as drawn: price of a unit, quantity in thousandths, discount in percent, whose goods on which terms, tax.
type Drawn = (i64, i64, i64, Option<(u8, bool, bool)>, bool, u8);

fn drawn() -> impl Strategy<Value = Drawn> {
    let quantity = prop_oneof![(1i64..8).prop_map(|pieces| pieces * 1_000), 50i64..9_000];
    let terms = prop::option::of((0u8..40, any::<bool>(), any::<bool>()));
    (1_000i64..900_000, quantity, 0i64..=100, terms, any::<bool>(), prop::sample::select(vec![0u8, 5, 8, 10]))
}

fn line((price, milli, off, terms, outside, tax): Drawn, number: u128) -> SaleLine {
    let quantity = Quantity::from_milli(milli);
    let gross = Money::new(price).for_quantity(quantity).unwrap();
    let discount = Money::new(gross.vnd() * off / 100);
    let tax_rate = Rate::percent(tax);
    SaleLine {
        product_id: ProductId::from_uuid(Uuid::from_u128(number)),
        facts_id: None,
        sku: format!("SP{number:03}"),
        name: "Tỏi đen Lý Sơn".to_owned(),
        unit: "kg".to_owned(),
        price: Money::new(price),
        price_version: 1,
        quantity,
        gross,
        discount,
        promotion: None,
        list_price: None,
        combo: None,
        tax_class: TaxClass::Standard,
        tax_rate,
        tax: tax_rate.inside(gross.minus(discount).unwrap()).unwrap(),
        lot_id: LotId::from_uuid(Uuid::from_u128(100 + number)),
        unreceived: false,
        in_programme: terms.is_some() || !outside,
        terms: terms.map(|(percent, net, producer_bears)| FrozenTerms {
            producer_id: ProducerId::from_uuid(Uuid::from_u128(7)),
            terms_id: None,
            commission: Rate::percent(percent),
            basis: if net { Basis::Net } else { Basis::Gross },
            discount_bearer: if producer_bears { Bearer::Producer } else { Bearer::Store },
            commission_tax: Rate::percent(8),
        }),
    }
}

/// The rows of a sale: those of the programme first, then those outside it, each list numbered from 0.
fn rows(lines: &[SaleLine]) -> Vec<Row> {
    let of = |in_programme: bool| {
        let lines = lines.iter().filter(move |line| line.in_programme == in_programme).cloned().enumerate();
        lines.map(|(line_no, line)| Row { line_no, line, before: Quantity::ZERO, sold_by: SoldBy::Weight })
    };
    of(true).chain(of(false)).collect()
}

#[derive(Default)]
struct Books(BTreeMap<String, i64>);

impl Books {
    /// Posts the parts that are shared and that are not.
    fn post(&mut self, facts: [Fact; 2]) {
        for fact in facts {
            for posting in fold(&fact, StoreId::from_uuid(Uuid::nil())).unwrap() {
                let (name, amount) = match posting {
                    Posting::Money(account, amount) => (format!("{account:?}"), amount.vnd()),
                    Posting::Stock(place, quantity) => (format!("{place:?}"), quantity.milli()),
                };
                *self.0.entry(name).or_default() += amount;
            }
        }
    }

    fn sell(&mut self, lines: Vec<SaleLine>, rounding: Money) {
        let paid = Money::sum(lines.iter().map(|line| line.total().unwrap())).unwrap();
        let (sold, outside) = fact::sold(lines, cash(paid.plus(rounding).unwrap()), rounding).unwrap();
        self.post([Fact::Sold(sold), Fact::SoldOutside { lines: outside }]);
    }

    fn take_back(&mut self, remaining: &mut Remaining, asks: &[Ask]) {
        let taken = remaining.take_back(asks).unwrap();
        let (refunded, outside) = fact::refunded(taken.lines, cash(taken.total), taken.rounding).unwrap();
        self.post([Fact::Refunded(refunded), Fact::RefundedOutside { lines: outside }]);
    }
}

fn cash(amount: Money) -> Vec<Tender> {
    let tender = Tender { kind: TenderKind::Cash, amount };
    if amount == Money::ZERO { Vec::new() } else { vec![tender] }
}

proptest! {
    #[test]
    fn everything_back_is_as_if_nothing_was_sold(
        drawn in prop::collection::vec(drawn(), 1..6),
        rounding in -999i64..1_000,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 1i64..4_000), 0..25),
    ) {
        let lines: Vec<SaleLine> = drawn.into_iter().zip(1..).map(|(drawn, number)| line(drawn, number)).collect();
        // Nobody rounds more off than the goods cost.
        let worth = lines.iter().map(|line| line.total().unwrap().vnd()).sum::<i64>();
        let rounding = Money::new(rounding.max(-worth));
        let rows = rows(&lines);
        let mut remaining = Remaining { rows, rounding, is_whole: true };
        let mut books = Books::default();
        books.sell(lines, rounding);
        for (index, milli) in cuts {
            let row = index.index(remaining.rows.len());
            let quantity = Quantity::from_milli(milli).min(remaining.rows[row].left());
            if quantity > Quantity::ZERO {
                books.take_back(&mut remaining, &[Ask { row, quantity, back_to: Location::Shelf }]);
            }
        }
        let rest = remaining.everything(Location::Shelf);
        if !rest.is_empty() {
            books.take_back(&mut remaining, &rest);
        }
        books.0.retain(|_, amount| *amount != 0);
        prop_assert_eq!(books.0, BTreeMap::new());
        prop_assert_eq!(remaining.everything(Location::Shelf), vec![]);
    }
}

#[test]
fn what_is_sold_by_the_piece_comes_back_in_whole_pieces() {
    let of = |sold_by, before: i64, back: i64| {
        let line = line((50_000, 3_000, 0, None, false, 8), 1);
        let before = Quantity::from_milli(before);
        let row = Row { line_no: 0, line, before, sold_by };
        let mut remaining = Remaining { rows: vec![row], rounding: Money::ZERO, is_whole: true };
        let ask = Ask { row: 0, quantity: Quantity::from_milli(back), back_to: Location::Shelf };
        remaining.take_back(&[ask]).map(|taken| taken.total.vnd()).map_err(|refused| refused.why)
    };
    for (sold_by, before, back, expected) in [
        (SoldBy::Piece, 0, 1_000, Ok(50_000)),
        (SoldBy::Piece, 0, 500, Err(RefundError::NotWhole)),
        (SoldBy::Piece, 0, 1_500, Err(RefundError::NotWhole)),
        (SoldBy::Piece, 0, 3_500, Err(RefundError::TooMuch { left: Quantity::pieces(3) })),
        (SoldBy::Weight, 0, 500, Ok(25_000)),
        // Half a piece came back once, before it was refused: what is left of it can come back, too.
        (SoldBy::Piece, 2_500, 500, Ok(25_000)),
        (SoldBy::Piece, 500, 2_000, Ok(100_000)),
        (SoldBy::Piece, 500, 500, Err(RefundError::NotWhole)),
    ] {
        assert_eq!(of(sold_by, before, back), expected, "{sold_by:?} {before} {back}");
    }
}

#[test]
fn a_row_asked_for_twice_at_once_is_counted_twice() {
    let lines = [line((50_000, 3_000, 0, None, false, 8), 1)];
    let mut remaining = Remaining { rows: rows(&lines), rounding: Money::ZERO, is_whole: true };
    let ask = |pieces, back_to| Ask { row: 0, quantity: Quantity::pieces(pieces), back_to };
    let refused = remaining.take_back(&[ask(2, Location::Shelf), ask(2, Location::Waste)]).unwrap_err();
    assert_eq!(refused.why, RefundError::TooMuch { left: Quantity::pieces(1) });
    assert_eq!(remaining.rows[0].before, Quantity::ZERO, "what is refused changes nothing");
    let taken = remaining.take_back(&[ask(2, Location::Shelf), ask(1, Location::Waste)]).unwrap();
    assert_eq!(taken.total, Money::new(150_000));
    assert!(remaining.take_back(&[]).is_err());
    assert!(remaining.take_back(&[Ask { row: 1, ..ask(1, Location::Shelf) }]).is_err());
}

#[test]
fn rounding_comes_back_with_the_last_pieces_of_a_sale_that_is_known_whole() {
    let lines = [line((10_300, 2_000, 0, None, false, 8), 1)];
    let ask = [Ask { row: 0, quantity: Quantity::pieces(1), back_to: Location::Shelf }];
    for (is_whole, rounding, expected) in [
        (true, -600, [(10_300, 0), (9_700, -600)]),
        (false, -600, [(10_300, 0), (10_300, 0)]),
        (true, 600, [(10_300, 0), (10_900, 600)]),
        // What was rounded off is not paid out first and fetched back later.
        (true, -11_000, [(9_600, -700), (0, -10_300)]),
    ] {
        let mut remaining = Remaining { rows: rows(&lines), rounding: Money::new(rounding), is_whole };
        for (total, rounding) in expected {
            let taken = remaining.take_back(&ask).unwrap();
            assert_eq!((taken.total.vnd(), taken.rounding.vnd()), (total, rounding));
        }
    }
}
