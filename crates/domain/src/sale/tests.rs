use proptest::prelude::*;
use time::Date;
use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::cart::tests::{cart, offer};
use crate::cart::{Offer, Remark};
use crate::combo::Combo;
use crate::consignment::{Basis, Bearer};
use crate::contract::Clauses;
use crate::discount::{Discount, Off};
use crate::ids::{ProducerId, TermsId};
use crate::past_date::PastDate;
use crate::stock::Lot;
use crate::tax::DatedRate;

const TODAY: Date = date!(2026 - 11 - 23);

fn taxes() -> TaxTable {
    let rate = Rate::percent(8);
    TaxTable::new(vec![DatedRate {
        class: TaxClass::Standard,
        valid_from: date!(2025 - 07 - 01),
        valid_to: None,
        rate,
    }])
}

fn rules<'a>(taxes: &'a TaxTable, terms: &'a [Terms]) -> Rules<'a> {
    let store_id = StoreId::from_uuid(Uuid::from_u128(77));
    let moment = Moment { business_date: TODAY, minute: 600 };
    Rules { store_id, moment, promotions: &[], taxes, terms, commission_tax: Rate::ZERO }
}

fn off(vnd: i64) -> Option<Discount> {
    Some(Discount {
        off: Off::Amount(Money::new(vnd)),
        reason: String::new(),
        approved_by: None,
        allowed: Money::ZERO,
    })
}

fn on_shelf(id: u128, product: ProductId, owner: Owner, milli: i64) -> LotOnShelf {
    let id = LotId::from_uuid(Uuid::from_u128(id));
    let lot = Lot { id, product_id: product, owner, received_on: TODAY, expires_on: None, code: None };
    LotOnShelf { lot, on_hand: Quantity::from_milli(milli) }
}

#[test]
fn a_row_over_two_lots_becomes_two_lines() {
    let producer = ProducerId::from_uuid(Uuid::from_u128(500));
    let product = offer(1, 0).product_id;
    let terms = [Terms {
        id: TermsId::from_uuid(Uuid::from_u128(600)),
        producer_id: producer,
        product_id: None,
        commission: Rate::percent(12),
        basis: Basis::Gross,
        discount_bearer: Bearer::Producer,
        valid_from: date!(2026 - 01 - 01),
        clauses: Clauses::default(),
    }];
    let mut cart = cart();
    cart.add(offer(1, 280_000), Quantity::pieces(3)).unwrap();
    cart.discount = off(40_000);
    let shelf = vec![
        on_shelf(1, product, Owner::Producer(producer), 1_000),
        on_shelf(2, product, Owner::Operator, 1_000),
    ];
    let sale = checkout(&cart, &rules(&taxes(), &terms), BTreeMap::from([(product, shelf)])).unwrap();
    let seen: Vec<_> = sale
        .lines
        .iter()
        .map(|l| (l.gross.vnd(), l.discount.vnd(), l.terms.is_some(), l.unreceived))
        .collect();
    assert_eq!(
        seen,
        [(280_000, 13_334, true, false), (280_000, 13_333, false, false), (280_000, 13_333, false, true)]
    );
    assert_eq!(sale.payable.vnd(), 800_000);
    assert_eq!(sale.lines[2].lot_id, LotId::unreceived(StoreId::from_uuid(Uuid::from_u128(77)), product));
    assert_eq!(sale.lines[0].split().unwrap().unwrap().producer_due.vnd(), 280_000 - 13_334 - 33_600);
}

#[test]
fn two_rows_never_take_the_same_pieces() {
    let mut cart = cart();
    cart.add(offer(1, 280_000), Quantity::pieces(1)).unwrap();
    cart.add(offer(1, 290_000), Quantity::pieces(1)).unwrap();
    let product = offer(1, 0).product_id;
    let shelf = vec![on_shelf(1, product, Owner::Operator, 1_000)];
    let sale = checkout(&cart, &rules(&taxes(), &[]), BTreeMap::from([(product, shelf)])).unwrap();
    assert_eq!(sale.lines.iter().map(|l| l.unreceived).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_combo_is_sold_as_its_parts_each_from_its_own_lots() {
    let producer = ProducerId::from_uuid(Uuid::from_u128(500));
    let mut cart = cart();
    // Apart 280.000 + 3 × 95.000 = 565.000; as a combo 500.000, of which a promotion takes a tenth.
    let gift = crate::combo::tests::combo(50, 500_000, &[(1, 280_000, 1), (2, 95_000, 3)]);
    let combo_id = gift.product_id;
    cart.add(gift, Quantity::pieces(2)).unwrap();
    cart.add(offer(2, 95_000), Quantity::pieces(1)).unwrap();
    let (garlic, sauce) = (offer(1, 0).product_id, offer(2, 0).product_id);
    let shelf = BTreeMap::from([
        (garlic, vec![on_shelf(1, garlic, Owner::Producer(producer), 9_000)]),
        (
            sauce,
            vec![
                on_shelf(2, sauce, Owner::Operator, 4_000),
                on_shelf(3, sauce, Owner::Producer(producer), 2_500),
            ],
        ),
    ]);
    let tenth = |id, product| {
        crate::promotion::tests::promotion(
            id,
            product,
            crate::promotion::PromotionKind::Percent(Rate::percent(10)),
        )
    };
    let taxes = taxes();
    // The promotion of a part holds for the bottle that is sold by itself alone.
    let promotions = [tenth(1, combo_id), tenth(2, sauce)];
    let rules = Rules { promotions: &promotions, ..rules(&taxes, &[]) };
    let sale = checkout(&cart, &rules, shelf).unwrap();
    let seen: Vec<_> = sale
        .lines
        .iter()
        .map(|l| {
            let part = l.combo.as_ref().map(|of| (of.row, of.part));
            let off = l.promotion.map_or(0, |off| off.off.vnd());
            (l.quantity.milli() / 1_000, l.gross.vnd(), l.discount.vnd(), off, part, l.terms.is_some())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (2, 560_000, 113_982, 49_557, Some((0, 0)), true),
            (4, 380_000, 77_345, 33_629, Some((0, 1)), false),
            (2, 190_000, 38_673, 16_814, Some((0, 1)), true),
            (0, 47_500, 4_750, 4_750, None, true),
            (0, 47_500, 4_750, 4_750, None, false),
        ]
    );
    assert_eq!(sale.payable.vnd(), 900_000 + 85_500);
}

#[test]
fn a_combo_that_is_not_whole_or_has_a_part_past_its_date_is_not_sold() {
    let taxes = taxes();
    let gift = crate::combo::tests::combo(50, 500_000, &[(1, 280_000, 1), (2, 95_000, 3)]);
    let (product, yesterday) = (offer(2, 0).product_id, TODAY.previous_day());
    let mut old = on_shelf(1, product, Owner::Operator, 9_000);
    old.lot.expires_on = yesterday;
    let mut cart = cart();
    cart.add(gift.clone(), Quantity::pieces(1)).unwrap();
    let shelf = BTreeMap::from([(product, vec![old])]);
    assert!(matches!(
        checkout(&cart, &rules(&taxes, &[]), shelf),
        Err(CheckoutError::Expired { expired, .. }) if Some(expired.expired_on) == yesterday
    ));
    let parts = gift.combo.clone().unwrap().parts;
    for combo in [Combo { parts, is_whole: false }, Combo { parts: Vec::new(), is_whole: true }] {
        cart.lines[0].offer.combo = Some(combo);
        let refused = checkout(&cart, &rules(&taxes, &[]), BTreeMap::new());
        assert_eq!(refused, Err(CheckoutError::NotWhole { name: gift.name.clone() }));
    }
}

#[test]
fn goods_past_their_date_are_sold_by_a_managers_leave_and_food_never_is() {
    let taxes = taxes();
    let product = offer(1, 0).product_id;
    let lot = |id, days: i64, milli| {
        let mut lot = on_shelf(id, product, Owner::Operator, milli);
        lot.lot.expires_on = Some(TODAY + time::Duration::days(days));
        lot
    };
    let shelf = || BTreeMap::from([(product, vec![lot(1, -1, 9_000), lot(2, 5, 1_000)])]);
    let sell = |cart: &Cart| checkout(cart, &rules(&taxes, &[]), shelf());
    // Two rows, since one has a remark: together they want more than is in time.
    let mut cart = cart();
    let goods = Offer { refuse_expired: false, ..offer(1, 10_000) };
    cart.add(goods.clone(), Quantity::pieces(1)).unwrap();
    cart.lines[0].remark = Some(Remark { text: "gói quà".to_owned(), on_receipt: false });
    assert_eq!(sell(&cart).unwrap().lines[0].lot_id, lot(2, 5, 0).lot.id, "what is in time goes first");
    cart.add(goods, Quantity::pieces(2)).unwrap();
    let beyond = |pieces| {
        let name = "Tỏi đen Lý Sơn".to_owned();
        Err(CheckoutError::PastDate { row: 1, name, quantity: Quantity::pieces(pieces) })
    };
    assert_eq!(sell(&cart), beyond(2));
    let allow = |pieces| Some(PastDate { allowed: Quantity::pieces(pieces), ..PastDate::default() });
    let mut allowed = cart.clone();
    allowed.lines[1].past_date = allow(1);
    assert_eq!(sell(&allowed), beyond(1));
    allowed.lines[1].past_date = allow(2);
    assert_eq!(sell(&allowed).unwrap().lines.len(), 2);

    allowed.lines.iter_mut().for_each(|line| line.offer.refuse_expired = true);
    assert!(matches!(sell(&allowed), Err(CheckoutError::Expired { .. })), "nobody can allow it");
}

#[test]
fn what_cannot_be_sold() {
    let taxes = taxes();
    let mut cart = cart();
    assert_eq!(checkout(&cart, &rules(&taxes, &[]), BTreeMap::new()), Err(CheckoutError::Empty));
    cart.add(offer(1, 10_000), Quantity::pieces(1)).unwrap();
    let none = TaxTable::default();
    assert!(matches!(checkout(&cart, &rules(&none, &[]), BTreeMap::new()), Err(CheckoutError::NoRate(_))));
}

#[test]
fn a_sale_from_the_pad_has_the_rules_and_the_lots_of_its_day() {
    let day = date!(2026 - 11 - 20);
    let taxes = TaxTable::new(vec![
        DatedRate {
            class: TaxClass::Standard,
            valid_from: date!(2025 - 07 - 01),
            valid_to: Some(day),
            rate: Rate::percent(8),
        },
        DatedRate {
            class: TaxClass::Standard,
            valid_from: date!(2026 - 11 - 21),
            valid_to: None,
            rate: Rate::percent(10),
        },
    ]);
    let mut cart = cart();
    cart.add(offer(1, 108_000), Quantity::pieces(2)).unwrap();
    let product = offer(1, 0).product_id;
    let mut came_before = on_shelf(1, product, Owner::Operator, 1_000);
    came_before.lot.received_on = date!(2026 - 11 - 01);
    came_before.lot.expires_on = Some(date!(2026 - 11 - 19));
    let shelf = || {
        BTreeMap::from([(product, vec![came_before.clone(), on_shelf(2, product, Owner::Operator, 5_000)])])
    };
    let now = checkout(&cart, &rules(&taxes, &[]), shelf()).unwrap();
    assert_eq!((now.lines[0].tax.vnd(), now.lines[0].unreceived, now.past_date), (19_636, false, false));

    let lines = crate::pad::PadLines::parse("7").unwrap();
    cart.pad = Some(crate::pad::PadSale { claimed_at_ms: 0, day, lines });
    let moment = Moment { business_date: day, minute: 600 };
    let sale = checkout(&cart, &Rules { moment, ..rules(&taxes, &[]) }, shelf()).unwrap();
    let seen: Vec<_> = sale.lines.iter().map(|l| (l.lot_id, l.tax.vnd(), l.unreceived)).collect();
    let unreceived = LotId::unreceived(StoreId::from_uuid(Uuid::from_u128(77)), product);
    assert_eq!(seen, [(came_before.lot.id, 8_000, false), (unreceived, 8_000, true)]);
    assert!(sale.past_date, "it was handed over, so it is recorded and told");
}

proptest! {
    #[test]
    fn lines_add_up_to_the_payable_and_quantities_to_the_cart(
        rows in prop::collection::vec((1u128..6, 1i64..2_000_000, 1i64..20), 1..12),
        stock in prop::collection::vec((1u128..6, 1i64..15_000), 0..10),
        off in 0i64..1_000_000,
    ) {
        let mut cart = cart();
        for (id, price, pieces) in rows {
            cart.add(offer(id, price), Quantity::pieces(pieces)).unwrap();
        }
        cart.discount = self::off(off);
        let mut shelf: BTreeMap<ProductId, Vec<LotOnShelf>> = BTreeMap::new();
        for ((id, milli), lot) in stock.into_iter().zip(1_000u128..) {
            let product = offer(id, 0).product_id;
            shelf.entry(product).or_default().push(on_shelf(lot, product, Owner::Operator, milli));
        }
        let sale = checkout(&cart, &rules(&taxes(), &[]), shelf.clone()).unwrap();
        prop_assert!(sale.lines.iter().all(|l| l.total().unwrap() >= Money::ZERO));
        let total = Money::sum(sale.lines.iter().map(|l| l.total().unwrap())).unwrap();
        prop_assert_eq!(total, sale.payable);
        let sold: i64 = sale.lines.iter().map(|l| l.quantity.milli()).sum();
        prop_assert_eq!(sold, cart.lines.iter().map(|l| l.quantity.milli()).sum::<i64>());
        for lot in shelf.values().flatten() {
            let taken: i64 = sale.lines.iter().filter(|l| l.lot_id == lot.lot.id).map(|l| l.quantity.milli()).sum();
            prop_assert!(taken <= lot.on_hand.milli());
        }
    }
}
