//! What the golden journal tells, in values of `domain`.

use domain::consignment::{Basis, Bearer, FrozenTerms};
use domain::count::{CountedLot, CountedProduct};
use domain::fact::{Fact, ReceivedLine, Refunded, Sold, refunded, sold};
use domain::ids::{LotId, ProducerId, ProductFactsId, ProductId, StoreId, TermsId};
use domain::pad::{PadLines, PadSale};
use domain::refund::{RefundLine, take_back};
use domain::removal::RemovedLine;
use domain::sale::{PartOf, SaleLine};
use domain::stock::{Location, Lot, Owner};
use domain::tax::TaxClass;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate};
use protocol::payload::SalePad;
use time::Date;
use time::macros::date;
use uuid::Uuid;

pub(crate) const DAY: Date = date!(2026 - 11 - 23);

/// A fixed id: the noun's number, then which one.
pub(crate) fn id<T: From<Uuid>>(noun: u16, number: u8) -> T {
    let text = u128::from(noun) << 16 | u128::from(number);
    Uuid::from_u128(0x019a_2b3c_4d5e_7000_8000_0000_0000_0000 | text).into()
}

pub(crate) fn store() -> StoreId {
    id(1, 1)
}

pub(crate) fn producer(number: u8) -> ProducerId {
    id(2, number)
}

pub(crate) fn product(number: u8) -> ProductId {
    id(3, number)
}

fn lot(number: u8) -> LotId {
    id(4, number)
}

fn cash(vnd: i64) -> Tender {
    Tender { kind: TenderKind::Cash, amount: Money::new(vnd) }
}

/// Goods that came in: two lots of the programme, and one outside.
pub(crate) fn delivery() -> (Vec<ReceivedLine>, Vec<ReceivedLine>) {
    let lot = |number, owner, expires_on, code: Option<&str>| Lot {
        id: lot(number),
        product_id: product(number),
        owner,
        received_on: DAY,
        expires_on,
        code: code.map(str::to_owned),
    };
    let consigned =
        lot(1, Owner::Producer(producer(1)), Some(date!(2027 - 05 - 31)), Some("L-7 \"mùa mới\""));
    let line = |lot, milli, covers| ReceivedLine {
        lot,
        quantity: Quantity::from_milli(milli),
        covers_unreceived: Quantity::from_milli(covers),
    };
    let shared = vec![line(consigned, 24_000, 0), line(lot(2, Owner::Operator, None, None), 7_500, 1_250)];
    (shared, vec![line(lot(9, Owner::Operator, None, None), 100_000, 0)])
}

/// Consigned goods that went bad: the operator bears one lot's loss, its producer another's; and some outside the programme.
pub(crate) fn gone_bad() -> (Vec<RemovedLine>, Vec<RemovedLine>) {
    let line = |number, owner, milli, vnd| RemovedLine {
        product_id: product(number),
        lot_id: lot(number),
        owner,
        quantity: Quantity::from_milli(milli),
        compensation: Money::new(vnd),
    };
    let theirs = Owner::Producer(producer(1));
    let shared =
        vec![line(1, theirs, 2_000, 484_500), line(1, theirs, 1_000, 0), line(2, Owner::Operator, 1_250, 0)];
    (shared, vec![line(9, Owner::Operator, 5_000, 0)])
}

/// A count: consigned goods are missing at the operator's cost, own ones were sold before they came and more is there than in
/// the book, one product is as in the book; and some outside the programme are missing.
pub(crate) fn counted() -> (Vec<CountedProduct>, Vec<CountedProduct>) {
    let unreceived = LotId::unreceived(store(), product(2));
    let part = |lot_id, owner, milli, vnd| CountedLot {
        lot_id,
        owner,
        unreceived: lot_id == unreceived,
        quantity: Quantity::from_milli(milli),
        compensation: Money::new(vnd),
    };
    let product = |number, expected, counted, lots| CountedProduct {
        product_id: product(number),
        expected: Quantity::from_milli(expected),
        counted: Quantity::from_milli(counted),
        lots,
    };
    let shared = vec![
        product(1, 19_000, 18_000, vec![part(lot(1), Owner::Producer(producer(1)), -1_000, 242_250)]),
        product(
            2,
            -1_250,
            750,
            vec![part(unreceived, Owner::Operator, 1_250, 0), part(lot(2), Owner::Operator, 750, 0)],
        ),
        product(3, 4_000, 4_000, Vec::new()),
    ];
    (shared, vec![product(9, 95_000, 90_000, vec![part(lot(9), Owner::Operator, -5_000, 0)])])
}

fn terms(producer_number: u8, basis: Basis, discount_bearer: Bearer, tax_percent: u8) -> FrozenTerms {
    FrozenTerms {
        producer_id: producer(producer_number),
        terms_id: Some(TermsId::from_uuid(id(6, producer_number))),
        commission: Rate::from_ppm(125_000).unwrap(),
        basis,
        discount_bearer,
        commission_tax: Rate::percent(tax_percent),
    }
}

/// One line with everything in it; the others are written as what differs.
fn line(number: u8, name: &str, gross: i64, discount: i64) -> SaleLine {
    let tax_rate = Rate::percent(8);
    SaleLine {
        product_id: product(number),
        facts_id: Some(ProductFactsId::from_uuid(id(5, number))),
        sku: format!("QN-{number:03}"),
        name: name.to_owned(),
        unit: "gói".to_owned(),
        price: Money::new(gross / 2),
        price_version: 3,
        quantity: Quantity::pieces(2),
        gross: Money::new(gross),
        discount: Money::new(discount),
        promotion: None,
        list_price: None,
        combo: None,
        tax_class: TaxClass::Standard,
        tax_rate,
        tax: tax_rate.inside(Money::new(gross - discount)).unwrap(),
        lot_id: lot(number),
        unreceived: false,
        in_programme: true,
        terms: None,
    }
}

/// A sale with every case of a line: both bases, both bearers of a discount, own goods, goods that the book did not
/// have, and goods outside the programme.
pub(crate) fn mixed_sale() -> (Sold, Vec<SaleLine>) {
    let lines = vec![
        SaleLine {
            terms: Some(terms(1, Basis::Gross, Bearer::Store, 8)),
            ..line(1, "Tỏi đen Lý Sơn", 560_000, 20_000)
        },
        SaleLine {
            terms: Some(terms(2, Basis::Net, Bearer::Producer, 0)),
            lot_id: LotId::unreceived(store(), product(3)),
            unreceived: true,
            ..line(3, "Quế Trà Bồng", 90_002, 3_333)
        },
        SaleLine {
            quantity: Quantity::from_milli(1_250),
            price: Money::new(120_000),
            unit: "kg".to_owned(),
            tax_class: TaxClass::Reduced,
            tax_rate: Rate::percent(5),
            tax: Rate::percent(5).inside(Money::new(150_000)).unwrap(),
            ..line(2, "Hành tím", 150_000, 0)
        },
        SaleLine { in_programme: false, ..line(9, "Túi giấy \\ ruy băng", 10_000, 1_000) },
        SaleLine { in_programme: false, facts_id: None, ..line(9, "Túi giấy", 5_000, 0) },
    ];
    let payable = lines.iter().map(|line| line.total().unwrap().vnd()).sum();
    sold(lines, vec![cash(payable)], Money::ZERO).unwrap()
}

/// A sale paid in two ways and rounded down to the nearest note.
pub(crate) fn rounded_sale() -> (Sold, Vec<SaleLine>) {
    let lines = vec![SaleLine {
        facts_id: None,
        terms: Some(FrozenTerms {
            terms_id: None,
            commission: Rate::ZERO,
            ..terms(1, Basis::Gross, Bearer::Producer, 8)
        }),
        ..line(1, "Tỏi đen Lý Sơn", 123_456, 0)
    }];
    let bank = Tender { kind: TenderKind::VietQr, amount: Money::new(100_000) };
    sold(lines, vec![bank, cash(23_000)], Money::new(-456)).unwrap()
}

/// A sale by card of goods without VAT.
pub(crate) fn card_sale() -> (Sold, Vec<SaleLine>) {
    let lines = vec![SaleLine {
        tax_class: TaxClass::Exempt,
        tax_rate: Rate::ZERO,
        tax: Money::ZERO,
        ..line(2, "Hành tím", 280_000, 0)
    }];
    let card = Tender { kind: TenderKind::Card, amount: Money::new(280_000) };
    sold(lines, vec![card], Money::ZERO).unwrap()
}

/// What the pad says of a sale of the evening before: 22/11/2026 16:40 in Vietnam, on three lines.
pub(crate) fn pad() -> SalePad {
    let lines = PadLines::parse("12-14").unwrap();
    let claimed_at_ms = 1_795_340_400_000;
    SalePad::new(&PadSale { claimed_at_ms, day: date!(2026 - 11 - 22), lines }, true, vec![id(10, 201)])
}

/// A sale of two combos, of which a part comes from two lots, and one of them from goods that the book did not have.
pub(crate) fn combo_sale() -> (Sold, Vec<SaleLine>) {
    let of = |part| {
        let name = "Bộ quà Lý Sơn".to_owned();
        Some(PartOf { combo_id: product(4), name, row: 0, part })
    };
    let lines = vec![
        SaleLine {
            terms: Some(terms(1, Basis::Gross, Bearer::Store, 8)),
            combo: of(0),
            ..line(1, "Tỏi đen Lý Sơn", 560_000, 48_000)
        },
        SaleLine {
            quantity: Quantity::from_milli(600), combo: of(1), ..line(2, "Hành tím", 72_000, 6_171)
        },
        SaleLine {
            quantity: Quantity::from_milli(400),
            lot_id: LotId::unreceived(store(), product(2)),
            unreceived: true,
            combo: of(1),
            ..line(2, "Hành tím", 48_000, 4_115)
        },
    ];
    let payable = lines.iter().map(|line| line.total().unwrap().vnd()).sum();
    sold(lines, vec![cash(payable)], Money::ZERO).unwrap()
}

/// A sale of which nothing is paid: a part is told of as transferred, the rest is owed.
pub(crate) fn open_sale() -> (Sold, Vec<SaleLine>) {
    let open = |kind, vnd| Tender { kind, amount: Money::new(vnd) };
    let tenders = vec![open(TenderKind::Claimed, 180_000), open(TenderKind::Credit, 100_000)];
    sold(card_sale().0.lines, tenders, Money::ZERO).unwrap()
}

/// What came of it, and what it had been: the transfer, and a part of the debt.
pub(crate) fn money_came() -> [(TenderKind, Tender); 2] {
    let came = |kind, vnd| Tender { kind, amount: Money::new(vnd) };
    [
        (TenderKind::Claimed, came(TenderKind::VietQr, 180_000)),
        (TenderKind::Credit, came(TenderKind::Cash, 60_000)),
    ]
}

/// The sale by card comes back for other goods: what it is worth covers a part of them.
pub(crate) fn card_sale_exchanged() -> (Refunded, Vec<RefundLine>) {
    let (Sold { lines, .. }, _) = card_sale();
    let all = take_back(0, &lines[0], Quantity::ZERO, lines[0].quantity, Location::Shelf).unwrap();
    refunded(vec![all], vec![covered(TenderKind::Exchange, 280_000)], Money::ZERO).unwrap()
}

/// What was bought for it, and the rest in cash.
pub(crate) fn bought_in_exchange() -> (Sold, Vec<SaleLine>) {
    let tenders = vec![covered(TenderKind::Exchange, 280_000), cash(20_000)];
    sold(vec![line(2, "Hành tím", 300_000, 0)], tenders, Money::ZERO).unwrap()
}

/// What was paid in advance.
pub(crate) fn deposit() -> Vec<Tender> {
    vec![cash(100_000), covered(TenderKind::VietQr, 50_000)]
}

/// What of it went back, and what the operator kept.
pub(crate) fn deposit_back() -> (Vec<Tender>, Money) {
    (vec![cash(20_000)], Money::new(10_000))
}

/// The goods that were ordered, handed over: the rest of the deposit pays a part of them.
pub(crate) fn delivered() -> (Sold, Vec<SaleLine>) {
    let tenders = vec![covered(TenderKind::Deposit, 120_000), cash(180_000)];
    sold(vec![line(2, "Hành tím", 300_000, 0)], tenders, Money::ZERO).unwrap()
}

const fn covered(kind: TenderKind, vnd: i64) -> Tender {
    Tender { kind, amount: Money::new(vnd) }
}

/// Parts of the mixed sale that came back: a consigned piece of which the discount was the store's, to the shelf; one that the
/// book did not have, to waste, and the operator pays for three quarters of it; 333 g after 250 g had come back, to waste; and one outside the programme.
pub(crate) fn part_of_mixed_sale() -> (Refunded, Vec<RefundLine>) {
    let (Sold { lines, .. }, outside) = mixed_sale();
    let pieces = Quantity::pieces;
    let grams = Quantity::from_milli;
    let back = |line_no, line, before, quantity, back_to| {
        take_back(line_no, line, before, quantity, back_to).unwrap()
    };
    let lines = vec![
        back(0, &lines[0], Quantity::ZERO, pieces(1), Location::Shelf),
        RefundLine {
            by_producer: grams(250),
            compensation: Money::new(58_140),
            ..back(1, &lines[1], pieces(1), pieces(1), Location::Waste)
        },
        back(2, &lines[2], grams(250), grams(333), Location::Waste),
        back(0, &outside[0], Quantity::ZERO, pieces(1), Location::Shelf),
    ];
    let paid = lines.iter().map(|line| line.total().unwrap().vnd()).sum();
    refunded(lines, vec![cash(paid)], Money::ZERO).unwrap()
}

/// All of the rounded sale: its rounding comes back too, and its money in the ways in which it came.
pub(crate) fn rounded_sale_back() -> (Refunded, Vec<RefundLine>) {
    let (Sold { lines, kept, rounding, .. }, _) = rounded_sale();
    let all = take_back(0, &lines[0], Quantity::ZERO, lines[0].quantity, Location::Shelf).unwrap();
    refunded(vec![all], kept, rounding).unwrap()
}

/// Goods that came back without a receipt, at today's price.
pub(crate) fn without_receipt() -> (Refunded, Vec<RefundLine>) {
    let sold = SaleLine {
        quantity: Quantity::pieces(1),
        lot_id: LotId::unreceived(store(), product(2)),
        unreceived: true,
        ..line(2, "Hành tím", 280_000, 0)
    };
    let back = take_back(0, &sold, Quantity::ZERO, sold.quantity, Location::Waste).unwrap();
    refunded(vec![back], vec![cash(280_000)], Money::ZERO).unwrap()
}

pub(crate) const fn shift_opened() -> Fact {
    Fact::ShiftOpened { float: Money::new(500_000) }
}

pub(crate) const fn shift_closed() -> Fact {
    Fact::ShiftClosed {
        float: Money::new(500_000),
        expected: Money::new(1_313_669),
        counted: Money::new(1_313_000),
    }
}
