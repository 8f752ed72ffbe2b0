//! Random days: what lies on the shelf, what is in the cart, how it is paid, how it comes back.

use std::collections::BTreeMap;

use domain::cart::{Cart, CartLine, Offer};
use domain::cash_step::CashStep;
use domain::catalog::SoldBy;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::Clauses;
use domain::discount::{ChangedPrice, Discount, Off};
use domain::ids::{LotId, ProducerId, ProductId, PromotionId, SaleId, StoreId, TermsId};
use domain::promotion::{Moment, Promotion, PromotionKind};
use domain::stock::{Lot, LotOnShelf, Owner};
use domain::tax::{DatedRate, TaxClass, TaxTable};
use domain::tender::TenderKind;
use domain::{Money, Quantity, Rate};
use proptest::prelude::*;
use proptest::sample::Index;
use time::macros::date;
use uuid::Uuid;

pub(crate) const STORE: StoreId = StoreId::from_uuid(Uuid::from_u128(77));
pub(crate) const TODAY: Moment = Moment { business_date: date!(2026 - 11 - 23), minute: 600 };
/// Every class with its rate of the day, in parts per million.
pub(crate) const CLASSES: [(TaxClass, u32); 6] = [
    (TaxClass::Exempt, 0),
    (TaxClass::Undeclared, 0),
    (TaxClass::Zero, 0),
    (TaxClass::Reduced, 50_000),
    (TaxClass::Standard, 80_000),
    (TaxClass::StandardUncut, 100_000),
];

/// Terms of a producer: part in percent, of what, who bears discounts.
pub(crate) type DrawnTerms = (u8, Basis, Bearer);

/// A product and what lies on the shelf of it.
#[derive(Debug, Clone)]
pub(crate) struct Goods {
    pub(crate) price: i64,
    pub(crate) is_weighed: bool,
    pub(crate) class: usize,
    /// None for the operator's own.
    pub(crate) terms: Option<DrawnTerms>,
    pub(crate) in_catalogue: bool,
    /// Thousandths in each lot, and whether the lot is consigned (only of products that are).
    pub(crate) lots: Vec<(i64, bool)>,
}

/// A row of the cart.
#[derive(Debug, Clone)]
pub(crate) struct CartRow {
    pub(crate) goods: Index,
    pub(crate) milli: i64,
    pub(crate) changed_price: Option<i64>,
    pub(crate) off: Option<Off>,
}

/// A part that comes back.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    pub(crate) row: Index,
    pub(crate) milli: i64,
    pub(crate) is_waste: bool,
    /// Which open tender, and how much of it comes before.
    pub(crate) confirms: (usize, i64),
}

#[derive(Debug, Clone)]
pub(crate) struct Day {
    pub(crate) goods: Vec<Goods>,
    pub(crate) rows: Vec<(usize, CartRow)>,
    pub(crate) cart: Cart,
    pub(crate) promotions: Vec<Promotion>,
    pub(crate) tenders: Vec<(TenderKind, i64)>,
    pub(crate) notes_over: i64,
    pub(crate) step: CashStep,
    pub(crate) step_vnd: i64,
    pub(crate) cuts: Vec<Cut>,
}

pub(crate) fn product_id(place: usize) -> ProductId {
    ProductId::from_uuid(Uuid::from_u128(1_000 + place as u128))
}

pub(crate) fn producer_id(place: usize) -> ProducerId {
    ProducerId::from_uuid(Uuid::from_u128(2_000 + place as u128))
}

fn lot_id(product: usize, lot: usize) -> LotId {
    LotId::from_uuid(Uuid::from_u128(3_000 + 100 * product as u128 + lot as u128))
}

pub(crate) fn taxes() -> TaxTable {
    let rate = |(class, ppm): (TaxClass, u32)| DatedRate {
        class,
        valid_from: date!(2025 - 07 - 01),
        valid_to: None,
        rate: Rate::from_ppm(ppm).unwrap(),
    };
    TaxTable::new(CLASSES.into_iter().map(rate).collect())
}

impl Day {
    pub(crate) fn terms(&self) -> Vec<Terms> {
        let of = |(place, goods): (usize, &Goods)| {
            let (percent, basis, discount_bearer) = goods.terms?;
            Some(Terms {
                id: TermsId::from_uuid(Uuid::from_u128(4_000 + place as u128)),
                producer_id: producer_id(place),
                product_id: None,
                commission: Rate::percent(percent),
                basis,
                discount_bearer,
                valid_from: date!(2026 - 01 - 01),
                clauses: Clauses::default(),
            })
        };
        self.goods.iter().enumerate().filter_map(of).collect()
    }

    pub(crate) fn shelf(&self) -> BTreeMap<ProductId, Vec<LotOnShelf>> {
        let lots = |(place, goods): (usize, &Goods)| {
            let lot = |(number, &(milli, consigned)): (usize, &(i64, bool))| LotOnShelf {
                lot: Lot {
                    id: lot_id(place, number),
                    product_id: product_id(place),
                    owner: if consigned { Owner::Producer(producer_id(place)) } else { Owner::Operator },
                    received_on: TODAY.business_date,
                    expires_on: None,
                    code: None,
                },
                on_hand: Quantity::from_milli(milli),
            };
            (product_id(place), goods.lots.iter().enumerate().map(lot).collect())
        };
        self.goods.iter().enumerate().map(lots).collect()
    }
}

fn goods() -> impl Strategy<Value = Goods> {
    let basis = prop_oneof![Just(Basis::Gross), Just(Basis::Net)];
    let bearer = prop_oneof![Just(Bearer::Store), Just(Bearer::Producer)];
    let terms = prop::option::of((0u8..45, basis, bearer));
    let lots = prop::collection::vec((1i64..6, any::<bool>()), 0..4);
    (100i64..900_000, any::<bool>(), 0..CLASSES.len(), terms, any::<bool>(), lots).prop_map(
        |(price, is_weighed, class, terms, in_catalogue, lots)| {
            let unit = if is_weighed { 377 } else { 1_000 };
            let lots = lots.into_iter().map(|(count, own)| (count * unit, terms.is_some() && !own)).collect();
            Goods { price, is_weighed, class, terms, in_catalogue, lots }
        },
    )
}

fn off() -> impl Strategy<Value = Off> {
    prop_oneof![
        (1i64..400_000).prop_map(|vnd| Off::Amount(Money::new(vnd))),
        (1u32..=1_000_000).prop_map(|ppm| Off::Percent(Rate::from_ppm(ppm).unwrap())),
    ]
}

fn row() -> impl Strategy<Value = CartRow> {
    let price = prop::option::weighted(0.2, 1i64..700_000);
    (any::<Index>(), 1i64..9_000, price, prop::option::weighted(0.3, off()))
        .prop_map(|(goods, milli, changed_price, off)| CartRow { goods, milli, changed_price, off })
}

fn promotion_kind() -> impl Strategy<Value = PromotionKind> {
    prop_oneof![
        (1u32..=1_000_000).prop_map(|ppm| PromotionKind::Percent(Rate::from_ppm(ppm).unwrap())),
        (1i64..200_000).prop_map(|vnd| PromotionKind::AmountOff(Money::new(vnd))),
        (2i64..5, 1i64..900_000)
            .prop_map(|(pieces, vnd)| PromotionKind::Bundle { pieces, price: Money::new(vnd) }),
        (1i64..4, 1i64..3).prop_map(|(buy, get)| PromotionKind::BuyGet { buy, get }),
    ]
}

fn tenders() -> impl Strategy<Value = Vec<(TenderKind, i64)>> {
    let offered: Vec<_> = TenderKind::ALL.into_iter().filter(|kind| !kind.is_cover()).collect();
    let mixed = prop::sample::subsequence(offered, 1..=4).prop_shuffle();
    let kinds = prop_oneof![Just(vec![TenderKind::Cash]), mixed];
    (kinds, prop::collection::vec(1i64..99, 5))
        .prop_map(|(kinds, parts)| kinds.into_iter().zip(parts).collect())
}

fn cut() -> impl Strategy<Value = Cut> {
    let milli = prop_oneof![(1i64..4).prop_map(|pieces| pieces * 1_000), 1i64..3_000];
    (any::<Index>(), milli, any::<bool>(), (0usize..4, 1i64..=100))
        .prop_map(|(row, milli, is_waste, confirms)| Cut { row, milli, is_waste, confirms })
}

fn offer(place: usize, goods: &Goods) -> Offer {
    Offer {
        combo: None,
        product_id: product_id(place),
        facts_id: None,
        sku: format!("SP{place:03}"),
        name: format!("Sản phẩm {place}"),
        unit: if goods.is_weighed { "kg" } else { "hộp" }.to_owned(),
        sold_by: if goods.is_weighed { SoldBy::Weight } else { SoldBy::Piece },
        price: Money::new(goods.price),
        price_version: 1,
        tax_class: CLASSES[goods.class].0,
        stars: None,
        refuse_expired: false,
        producer_id: goods.terms.map(|_| producer_id(place)),
        in_catalogue: goods.in_catalogue,
    }
}

pub(crate) fn day() -> impl Strategy<Value = Day> {
    let promotion = (promotion_kind(), prop::collection::vec(any::<Index>(), 1..3), 1u8..4);
    (
        prop::collection::vec(goods(), 1..5),
        prop::collection::vec(row(), 1..7),
        prop::option::weighted(0.4, off()),
        prop::collection::vec(promotion, 0..5),
        (tenders(), prop_oneof![Just(0i64), 1i64..500_000]),
        prop::sample::select(vec![0i64, 500, 1_000]),
        prop::collection::vec(cut(), 0..12),
    )
        .prop_map(|(goods, rows, cart_off, promotions, (tenders, notes_over), step_vnd, cuts)| {
            let by_hand =
                |off: Off| Discount { off, reason: "x".to_owned(), approved_by: None, allowed: Money::ZERO };
            let rows: Vec<(usize, CartRow)> = rows
                .into_iter()
                .map(|row| {
                    let place = row.goods.index(goods.len());
                    let is_weighed = goods[place].is_weighed;
                    let milli = if is_weighed { row.milli } else { (row.milli / 1_000 + 1) * 1_000 };
                    (place, CartRow { milli, ..row })
                })
                .collect();
            let mut cart = Cart::new(SaleId::from_uuid(Uuid::from_u128(1)));
            for (place, row) in &rows {
                let mut line = CartLine::new(offer(*place, &goods[*place]), Quantity::from_milli(row.milli));
                line.changed_price = row.changed_price.map(|vnd| ChangedPrice {
                    price: Money::new(vnd),
                    reason: "x".to_owned(),
                    approved_by: None,
                    allowed: Quantity::ZERO,
                });
                line.discount = row.off.map(by_hand);
                cart.lines.push(line);
            }
            cart.discount = cart_off.map(by_hand);
            let promotions = (1u128..)
                .zip(promotions)
                .map(|(id, (kind, products, first))| Promotion {
                    id: PromotionId::from_uuid(Uuid::from_u128(5_000 + id)),
                    name: format!("Khuyến mại {id}"),
                    kind,
                    products: products.iter().map(|index| product_id(index.index(goods.len()))).collect(),
                    first_day: date!(2026 - 11 - 01).replace_day(first).unwrap(),
                    last_day: date!(2026 - 11 - 30),
                    hours: None,
                })
                .collect();
            let step = CashStep::new(step_vnd).unwrap();
            Day { goods, rows, cart, promotions, tenders, notes_over, step, step_vnd, cuts }
        })
}
