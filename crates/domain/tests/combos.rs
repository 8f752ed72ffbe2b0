//! Combos and goods by themselves, with promotions, discounts, changed prices and lots: the lines of a sale add up to what
//! is paid whatever was drawn, and when everything came back every account and every lot is where it was before.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use domain::cart::{Cart, Offer};
use domain::catalog::SoldBy;
use domain::combo::{Combo, Part};
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::Clauses;
use domain::discount::{ChangedPrice, Discount, Off};
use domain::fact::{self, Fact};
use domain::fold::{Posting, fold};
use domain::ids::{LotId, ProducerId, ProductId, PromotionId, StoreId, TermsId};
use domain::promotion::{Moment, Promotion, PromotionKind};
use domain::refund::remaining::{Ask, Remaining, Row};
use domain::sale::{Rules, Sale, checkout};
use domain::stock::{Location, Lot, LotOnShelf, Owner};
use domain::tax::{DatedRate, TaxClass, TaxTable};
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate};
use proptest::prelude::*;
use time::Date;
use time::macros::date;
use uuid::Uuid;

const TODAY: Date = date!(2026 - 11 - 23);
/// Products by number: weighed, of one class or another, of a producer or the store.
const PRODUCTS: u128 = 7;

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

/// The product of a number at a price.
fn offer(number: u128, price: i64) -> Offer {
    Offer {
        product_id: id(number),
        facts_id: None,
        sku: format!("SP{number}"),
        name: format!("Hàng {number}"),
        unit: "Hộp".to_owned(),
        sold_by: if number == 3 { SoldBy::Weight } else { SoldBy::Piece },
        price: Money::new(price),
        price_version: 1,
        tax_class: if number.is_multiple_of(2) { TaxClass::Standard } else { TaxClass::Reduced },
        stars: None,
        refuse_expired: false,
        producer_id: (number > 4).then(|| id(500 + number % 2)),
        in_catalogue: number != 4,
        combo: None,
    }
}

/// A row as drawn: price of the combo, pieces, parts; what was taken off it, and how.
#[derive(Debug, Clone)]
struct Drawn {
    price: i64,
    pieces: i64,
    /// Product, price, thousandths of the unit; none for the first product by itself.
    parts: Vec<(u128, i64, i64)>,
    by_hand: Option<i64>,
    price_by_hand: Option<i64>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let part = (1..=PRODUCTS, prop_oneof![Just(0i64), 1i64..900_000], 1i64..4, 1i64..2_000);
    let part = part.prop_map(|(number, price, pieces, weight)| {
        (number, price, if number == 3 { weight } else { pieces * 1_000 })
    });
    let parts = prop::collection::vec(part, 0..5);
    let row = (prop_oneof![Just(1i64), 1i64..3_000_000], 1i64..5, parts);
    (row, prop::option::of(1i64..400_000), prop::option::of(1i64..2_000_000)).prop_map(
        |((price, pieces, parts), by_hand, price_by_hand)| Drawn {
            price,
            pieces,
            parts,
            by_hand,
            price_by_hand,
        },
    )
}

fn cart(rows: &[Drawn], off: Option<Off>) -> Cart {
    let mut cart = Cart::new(id(9));
    for (number, row) in (100..).zip(rows) {
        let part = |&(number, price, milli): &(u128, i64, i64)| Part {
            offer: offer(number, price),
            quantity: Quantity::from_milli(milli),
        };
        let parts: Vec<Part> = row.parts.iter().map(part).collect();
        let combo = (!parts.is_empty()).then_some(Combo { parts, is_whole: true });
        let product = if combo.is_some() { offer(number, row.price) } else { offer(1, row.price) };
        let place = cart.add(Offer { combo, ..product }, Quantity::pieces(row.pieces)).unwrap();
        let given = |off| Discount { off, reason: String::new(), approved_by: None, allowed: Money::ZERO };
        cart.lines[place].discount = row.by_hand.map(|vnd| given(Off::Amount(Money::new(vnd))));
        let changed = |vnd| ChangedPrice {
            price: Money::new(vnd),
            reason: String::new(),
            approved_by: None,
            allowed: Quantity::ZERO,
        };
        cart.lines[place].changed_price = row.price_by_hand.map(changed);
        cart.discount = off.map(given);
    }
    cart
}

fn promotions(percents: &[u8]) -> Vec<Promotion> {
    let promotion = |(number, percent): (u128, &u8)| Promotion {
        id: PromotionId::from_uuid(Uuid::from_u128(number)),
        name: "Tết đến".to_owned(),
        kind: PromotionKind::Percent(Rate::percent(*percent)),
        products: vec![id(number)],
        first_day: TODAY,
        last_day: TODAY,
        hours: None,
    };
    // Of combos, and of the first products.
    (100..103).chain(1..4).zip(percents).map(promotion).collect()
}

fn shelf(lots: &[(u128, i64, bool)]) -> BTreeMap<ProductId, Vec<LotOnShelf>> {
    let mut shelf: BTreeMap<ProductId, Vec<LotOnShelf>> = BTreeMap::new();
    for (&(product, milli, is_own), number) in lots.iter().zip(1_000..) {
        let lot = Lot {
            id: LotId::from_uuid(Uuid::from_u128(number)),
            product_id: id(product),
            owner: if is_own { Owner::Operator } else { Owner::Producer(id::<ProducerId>(500)) },
            received_on: TODAY,
            expires_on: None,
            code: None,
        };
        shelf.entry(id(product)).or_default().push(LotOnShelf { lot, on_hand: Quantity::from_milli(milli) });
    }
    shelf
}

fn sell(cart: &Cart, promotions: &[Promotion], shelf: BTreeMap<ProductId, Vec<LotOnShelf>>) -> Sale {
    let rate = |class, percent| DatedRate {
        class,
        valid_from: date!(2025 - 07 - 01),
        valid_to: None,
        rate: Rate::percent(percent),
    };
    let taxes = TaxTable::new(vec![rate(TaxClass::Standard, 8), rate(TaxClass::Reduced, 5)]);
    let terms = |number, basis, discount_bearer| Terms {
        id: TermsId::from_uuid(Uuid::from_u128(number)),
        producer_id: id(number),
        product_id: None,
        commission: Rate::percent(12),
        basis,
        discount_bearer,
        valid_from: date!(2026 - 01 - 01),
        clauses: Clauses::default(),
    };
    let terms = [terms(500, Basis::Gross, Bearer::Store), terms(501, Basis::Net, Bearer::Producer)];
    let rules = Rules {
        store_id: StoreId::from_uuid(Uuid::nil()),
        moment: Moment { business_date: TODAY, minute: 600 },
        promotions,
        taxes: &taxes,
        terms: &terms,
        commission_tax: Rate::percent(8),
    };
    checkout(cart, &rules, shelf).unwrap()
}

#[derive(Default)]
struct Books(BTreeMap<String, i64>);

impl Books {
    fn post(&mut self, facts: [Fact; 2]) {
        for posting in facts.iter().flat_map(|fact| fold(fact, StoreId::from_uuid(Uuid::nil())).unwrap()) {
            let (name, amount) = match posting {
                Posting::Money(account, amount) => (format!("{account:?}"), amount.vnd()),
                Posting::Stock(place, quantity) => (format!("{place:?}"), quantity.milli()),
            };
            *self.0.entry(name).or_default() += amount;
        }
    }
}

fn cash(amount: Money) -> Vec<Tender> {
    let tender = Tender { kind: TenderKind::Cash, amount };
    if amount == Money::ZERO { Vec::new() } else { vec![tender] }
}

proptest! {
    #[test]
    fn lines_add_up_parts_are_what_a_combo_holds_and_everything_back_is_nothing(
        rows in prop::collection::vec(drawn(), 1..5),
        off in prop::option::of(prop_oneof![
            (1i64..500_000).prop_map(|vnd| Off::Amount(Money::new(vnd))),
            (1u8..=100).prop_map(|percent| Off::Percent(Rate::percent(percent))),
        ]),
        percents in prop::collection::vec(1u8..=100, 0..6),
        lots in prop::collection::vec((1..=PRODUCTS, 1i64..9_000, any::<bool>()), 0..12),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 1i64..4_000), 0..15),
    ) {
        let cart = cart(&rows, off);
        let sale = sell(&cart, &promotions(&percents), shelf(&lots));
        let total = Money::sum(sale.lines.iter().map(|line| line.total().unwrap())).unwrap();
        prop_assert_eq!(total, sale.payable);
        for line in &sale.lines {
            prop_assert!(!line.gross.is_negative() && !line.discount.is_negative());
            prop_assert!(!line.total().unwrap().is_negative());
            let promotion = line.promotion.map_or(Money::ZERO, |off| off.off);
            prop_assert!(promotion >= Money::ZERO && promotion <= line.discount);
        }
        for (number, (row, priced)) in cart.lines.iter().zip(&sale.pricing.lines).enumerate() {
            let Some(combo) = &row.offer.combo else { continue };
            let of_row = |part| sale.lines.iter().filter(move |line| {
                line.combo.as_ref().is_some_and(|of| (of.row, of.part) == (number, part))
            });
            let mut paid = Money::ZERO;
            for (index, part) in combo.parts.iter().enumerate() {
                let milli: i64 = of_row(index).map(|line| line.quantity.milli()).sum();
                prop_assert_eq!(milli, part.quantity.milli() * row.quantity.milli() / 1_000);
                prop_assert!(of_row(index).all(|line| line.product_id == part.offer.product_id));
                paid = paid.plus(Money::sum(of_row(index).map(|line| line.total().unwrap())).unwrap()).unwrap();
            }
            prop_assert_eq!(paid, priced.gross.minus(priced.off().unwrap()).unwrap());
        }

        let mut books = Books::default();
        let (sold, outside) = fact::sold(sale.lines.clone(), cash(sale.payable), Money::ZERO).unwrap();
        books.post([Fact::Sold(sold.clone()), Fact::SoldOutside { lines: outside.clone() }]);
        let row = |(line_no, line)| Row { line_no, line, before: Quantity::ZERO, sold_by: SoldBy::Weight };
        let lines = sold.lines.into_iter().enumerate().chain(outside.into_iter().enumerate());
        let mut remaining = Remaining { rows: lines.map(row).collect(), rounding: Money::ZERO, is_whole: true };
        let mut take_back = |remaining: &mut Remaining, asks: &[Ask]| {
            let taken = remaining.take_back(asks).unwrap();
            let (refunded, outside) = fact::refunded(taken.lines, cash(taken.total), taken.rounding).unwrap();
            books.post([Fact::Refunded(refunded), Fact::RefundedOutside { lines: outside }]);
        };
        for (index, milli) in cuts {
            let row = index.index(remaining.rows.len());
            let quantity = Quantity::from_milli(milli).min(remaining.rows[row].left());
            if quantity > Quantity::ZERO {
                take_back(&mut remaining, &[Ask { row, quantity, back_to: Location::Shelf }]);
            }
        }
        let rest = remaining.everything(Location::Shelf);
        if !rest.is_empty() {
            take_back(&mut remaining, &rest);
        }
        books.0.retain(|_, amount| *amount != 0);
        prop_assert_eq!(books.0, BTreeMap::new());
    }
}
