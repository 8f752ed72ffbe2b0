//! What the stores of the simulation tell: payloads with real content. A sale's content follows from its id, so that a
//! cart that is finished twice (in a copy of the journal) tells the same sale twice.

use domain::consignment::{Basis, Bearer, FrozenTerms};
use domain::fact::{ReceivedLine, Sold};
use domain::ids::{LotId, ProducerId, ProductId};
use domain::sale::SaleLine;
use domain::stock::{Lot, Owner};
use domain::tax::TaxClass;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate};
use protocol::payload::{
    ClockChanged, GoodsIn, GoodsInLine, Sale, ShiftClose, ShiftOpen, sale::SaleOther, write,
};
use time::Date;
use time::macros::date;
use uuid::Uuid;

pub(crate) const DAY: Date = date!(2026 - 11 - 23);

/// What an entry will tell.
pub(crate) struct Draft {
    pub(crate) kind: &'static str,
    pub(crate) sale_id: Option<Uuid>,
    pub(crate) payable: i64,
    pub(crate) shared: String,
}

impl Draft {
    pub(crate) const fn new(kind: &'static str, shared: String) -> Self {
        Self { kind, sale_id: None, payable: 0, shared }
    }
}

/// What a sale costs, đồng. A piece has whole đồng of VAT, commission and VAT on it: two computers that do not know of
/// each other's refunds may else differ by the đồng that rounding leaves open.
pub(crate) fn payable(sale_id: Uuid) -> i64 {
    let bits = sale_id.as_u128();
    16_875 * i64::try_from(1 + bits % 500).unwrap() * pieces(sale_id)
}

/// How many pieces a sale has.
pub(crate) fn pieces(sale_id: Uuid) -> i64 {
    i64::try_from(1 + (sale_id.as_u128() >> 20) % 3).unwrap()
}

fn product_id(number: u128) -> Uuid {
    Uuid::from_u128(0x70_0000 + number)
}

/// Products with an odd number are consigned.
fn owner(number: u128) -> Owner {
    if number % 2 == 1 {
        Owner::Producer(ProducerId::from_uuid(Uuid::from_u128(0x90_0000 + number)))
    } else {
        Owner::Operator
    }
}

/// A sale's only line.
pub(crate) fn line(sale_id: Uuid) -> SaleLine {
    let number = (sale_id.as_u128() >> 30) % 4;
    let (gross, tax_rate) = (Money::new(payable(sale_id)), Rate::percent(8));
    let terms = owner(number).producer_id().map(|producer_id| FrozenTerms {
        producer_id,
        terms_id: None,
        commission: Rate::percent(12),
        basis: Basis::Gross,
        discount_bearer: Bearer::Producer,
        commission_tax: Rate::percent(8),
    });
    SaleLine {
        product_id: ProductId::from_uuid(product_id(number)),
        facts_id: None,
        sku: format!("QN-{number}"),
        name: "Tỏi Lý Sơn".to_owned(),
        unit: "gói".to_owned(),
        price: Money::new(gross.vnd() / pieces(sale_id)),
        price_version: 1,
        quantity: Quantity::pieces(pieces(sale_id)),
        gross,
        discount: Money::ZERO,
        promotion: None,
        list_price: None,
        combo: None,
        tax_class: TaxClass::Standard,
        tax_rate,
        tax: tax_rate.inside(gross).unwrap(),
        lot_id: LotId::from_uuid(Uuid::from_u128(0x80_0000 + number)),
        unreceived: false,
        in_programme: true,
        terms,
    }
}

/// How a sale is paid: in cash, or a half of it later.
pub(crate) fn tenders(sale_id: Uuid) -> Vec<Tender> {
    let payable = payable(sale_id);
    let later = match (sale_id.as_u128() >> 40) % 4 {
        0 => TenderKind::Claimed,
        1 => TenderKind::Credit,
        _ => return vec![Tender { kind: TenderKind::Cash, amount: Money::new(payable) }],
    };
    let tender = |kind, vnd| Tender { kind, amount: Money::new(vnd) };
    vec![tender(later, payable / 2), tender(TenderKind::Cash, payable - payable / 2)]
}

pub(crate) fn sale(sale_id: Uuid, receipt: String) -> Draft {
    let payable = payable(sale_id);
    let sold = Sold {
        lines: vec![line(sale_id)],
        kept: tenders(sale_id),
        rounding: Money::ZERO,
        other: domain::fact::Other::default(),
    };
    let mut shared = Sale {
        receipt,
        shift: Uuid::from_u128(1),
        cashier: Uuid::from_u128(2),
        counter: "1".to_owned(),
        payable,
        lines: Vec::new(),
        tenders: Vec::new(),
        tendered: payable,
        change: 0,
        rounding: 0,
        other: SaleOther::default(),
        pad: None,
    };
    shared.set_sold(&sold);
    Draft { sale_id: Some(sale_id), payable, ..Draft::new("sale", write(&shared).unwrap()) }
}

pub(crate) fn delivery(id: Uuid) -> Draft {
    let number = id.as_u128() % 4;
    let lot = Lot {
        id: LotId::from_uuid(Uuid::from_u128(id.as_u128() | 1)),
        product_id: ProductId::from_uuid(product_id(number)),
        owner: owner(number),
        received_on: DAY,
        expires_on: None,
        code: None,
    };
    let line = ReceivedLine { lot, quantity: Quantity::pieces(24), covers_unreceived: Quantity::ZERO };
    let shared = GoodsIn {
        delivery: id,
        voucher: String::new(),
        cashier: Uuid::from_u128(2),
        lines: vec![GoodsInLine::from(&line)],
        missing: Vec::new(),
    };
    Draft::new("goods_in", write(&shared).unwrap())
}

pub(crate) fn shift(opens: bool) -> Draft {
    let (shift, cashier) = (Uuid::from_u128(1), Uuid::from_u128(2));
    if opens {
        let open = ShiftOpen { shift, cashier, counter: "1".to_owned(), float: 500_000 };
        return Draft::new("shift_open", write(&open).unwrap());
    }
    let close = ShiftClose {
        shift,
        cashier,
        float: 500_000,
        expected: 900_000,
        counted: 899_000,
        sales: 1,
        sales_total: 400_000,
        visitors: None,
        tastings: None,
    };
    Draft::new("shift_close", write(&close).unwrap())
}

pub(crate) fn clock_changed(expected_ms: i64, now_ms: i64) -> Draft {
    Draft::new("clock_changed", write(&ClockChanged { expected_ms, now_ms }).unwrap())
}

/// A kind that this version does not know.
pub(crate) fn unknown() -> Draft {
    Draft::new("teleport", "{ \"to\": 1.5 }".to_owned())
}
