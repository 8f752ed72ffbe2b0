//! Samples of lots, and of goods that leave the shelf.

use std::collections::BTreeSet;

use domain::catalog::SoldBy;
use domain::stock_move::MoveCause;
use domain::{Money, Quantity};
use maud::{Markup, html};
use time::macros::date;
use web::Lang;

use super::{LONG, id, refunds};
use crate::counter::Note;
use crate::counter::note::Delivering;
use crate::db::announced::Expected;
use crate::db::lots::LotRow;
use crate::db::producers::Producer;
use crate::web::delivery::{Delivery, DeliveryLine, WrongField};
use crate::web::lots::{LotState, WhichLots, form};
use crate::web::new_producer::{self, AddProducer};
use crate::web::refund::Opening;
use crate::web::stock::{StockState, WhichStock};
use crate::web::stock_card::{CardMove, CardState, CardSum};
use crate::web::whose::{Agreed, SoldBefore, Strange, choice};
use crate::web::{announced, goods, goods_draft, goods_new, stock, stock_card, take_back};

/// Returns every note of goods that leave the shelf.
pub(super) fn notes() -> Vec<Note> {
    let code = "L-0526".to_owned();
    vec![
        Note::Delivering(Delivering::Received { lines: 200, voucher: "LS-7Q3F-NH123456".to_owned() }),
        Note::Delivering(Delivering::LotOfAnother { code: code.clone(), producer: LONG.to_owned() }),
        Note::Delivering(Delivering::LotOfAnother { code, producer: String::new() }),
        Note::Delivering(Delivering::DeliveredPastDate {
            name: LONG.to_owned(),
            last_day: "22/11/2026".to_owned(),
        }),
        Note::Delivering(Delivering::CostMissing { name: LONG.to_owned() }),
        Note::Delivering(Delivering::WhoseGoods { name: LONG.to_owned(), producer: LONG.to_owned() }),
        Note::Delivering(Delivering::SeveralProducers),
        Note::Delivering(Delivering::DeliveryTouched { name: LONG.to_owned() }),
        Note::Delivering(Delivering::DeliveryBeingCounted { name: LONG.to_owned() }),
        Note::Delivering(Delivering::ProducerAdded { name: LONG.to_owned() }),
        Note::Delivering(Delivering::ProducerKnown { name: LONG.to_owned() }),
        Note::MoreThanOnShelf { name: LONG.to_owned(), left: "1,25".to_owned() },
        Note::GoodsRemoved { voucher: "LS-7Q3F-XH123456".to_owned(), lots: 200 },
    ]
}

pub(super) fn lot(quantity_milli: i64, expires_on: Option<time::Date>) -> LotState {
    let row = LotRow {
        lot_id: id(4),
        product_id: id(5),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        producer_id: expires_on.map(|_| id(6)),
        producer: expires_on.map(|_| LONG.to_owned()),
        received_on: date!(2026 - 11 - 23),
        expires_on,
        code: expires_on.map(|_| LONG.to_owned()),
        quantity_milli,
    };
    LotState::of(row, date!(2026 - 11 - 24))
}

/// Returns the lists of lots: none, one of each kind, many; for a cashier and for a manager; and the other pages of goods.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let lots = [
        lot(1_250, Some(date!(2026 - 11 - 23))),
        lot(999_999_000, Some(date!(2026 - 11 - 24))),
        lot(5_000, None),
        lot(-3_000, None),
    ];
    let mut all = received(lang);
    all.extend([card(&[]), card(&MoveCause::ALL)].iter().map(|card| stock_card::table(lang, card)));
    for managers in refunds::managers() {
        let opening = Opening { csrf: html! {}, op_id: "a1".to_owned(), managers };
        all.push(take_back::fields(lang, "LS-7Q3F-NH123456", &opening));
        for list in [&[][..], &lots[..1], &lots] {
            all.push(form(lang, list, WhichLots::default(), (&opening, list.is_empty())));
        }
    }
    all
}

/// A stock card with a movement of each cause.
fn card(causes: &[MoveCause]) -> CardState {
    let sum = |cause: &MoveCause| CardSum { cause: cause.code().to_owned(), quantity_milli: -1_250 };
    let moved = |cause: &MoveCause| CardMove {
        at_ms: 1_795_000_000_000,
        cause: cause.code().to_owned(),
        number: "LS-7Q3F-XH123456".to_owned(),
        sale_id: (*cause == MoveCause::Sold).then_some(id(7)),
        lot_id: id(4),
        code: Some(LONG.to_owned()),
        quantity_milli: -1_250,
        left_milli: 999_999_000,
        noted_milli: (*cause == MoveCause::Received).then_some(2_000),
    };
    CardState {
        product_id: id(5),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        minimum_milli: 5_000,
        sums: causes.iter().map(sum).collect(),
        moves: causes.iter().map(moved).collect(),
        older: (!causes.is_empty()).then(|| "1.2.3".to_owned()),
    }
}

/// Goods that producers announced: none of them came yet, and some.
fn announced_goods() -> [Expected; 2] {
    [0, 1_250].map(|came_milli| Expected {
        delivery_id: id(9),
        producer_id: id(6),
        producer: LONG.to_owned(),
        product_id: id(5),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        quantity: Quantity::MOST,
        came: Quantity::from_milli(came_milli),
        comes_on: date!(2026 - 11 - 25),
    })
}

/// Returns what the shelf should hold, and a delivery while it is typed in.
fn received(lang: Lang) -> Vec<Markup> {
    let mut all = Vec::new();
    let shelf = |milli| StockState {
        product_id: id(5),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        producer: Some(LONG.to_owned()),
        quantity_milli: milli,
        ended_milli: milli.max(0) / 2,
        sold_lately_milli: 40_000,
        minimum_milli: 5_000,
        days: Some(2),
        to_bring_milli: 40_000,
    };
    for list in [&[][..], &[shelf(1_250), shelf(-5)]] {
        all.push(stock::table(lang, list, &WhichStock::default()));
    }
    let line = DeliveryLine {
        cost_vnd: Some(120_000),
        announced: None,
        product_id: id(3),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        quantity_milli: 1_250,
        expires_on: Some("2027-12-31".to_owned()),
        lot_code: "L<1".to_owned(),
        noted_milli: Some(2_000),
    };
    let strange = |owner: &str, is_sure| Strange {
        product_id: id(3),
        name: LONG.to_owned(),
        maker: LONG.to_owned(),
        owner: owner.to_owned(),
        is_sure,
    };
    let sold = |owner: &str| SoldBefore {
        name: LONG.to_owned(),
        quantity: Quantity::from_milli(1_250),
        owner: owner.to_owned(),
    };
    let none = Agreed {
        is_missing: true,
        strange: vec![strange("", true), strange(LONG, false)],
        sold_before: vec![sold(""), sold(LONG)],
        ..Agreed::default()
    };
    let bought = Agreed { bought: BTreeSet::from([id(3)]), ..Agreed::default() };
    for begun in [None, Some((200, 1_795_000_000_000))] {
        all.push(goods_draft::card(lang, "0f", begun));
    }
    all.extend([&[][..], &announced_goods()].map(|expected| announced::card(lang, expected)));
    all.push(goods::lines(lang, (&[], &none), Some("LS-7Q3F-NH123456"), std::slice::from_ref(&line)));
    let missing = DeliveryLine { quantity_milli: 0, ..line.clone() };
    all.push(goods::lines(lang, (std::slice::from_ref(&missing), &none), None, &[]));
    for ready in [&[][..], &[line]] {
        all.push(goods::lines(lang, (ready, &none), None, &[]));
        all.push(goods::lines(lang, (ready, &bought), None, &[]));
    }
    for (row, wrong) in [(None, ""), (None, "name"), (None, "price"), (Some(WrongField::Quantity), "")] {
        let new_is_food = if row.is_some() { "yes" } else { "" }.to_owned();
        all.push(goods_new::fields(lang, &Delivery { new_is_food, ..Delivery::default() }, row, wrong));
    }
    let known = Note::Delivering(Delivering::ProducerKnown { name: LONG.to_owned() });
    for told in [None, Some(&known)] {
        all.push(new_producer::form(lang, &AddProducer::default(), told, html! {}));
    }
    let someone = Producer { producer_id: id(6), name: LONG.to_owned() };
    all.push(choice(lang, &[someone], ""));
    let known = |maker: &str| goods::Goods {
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        sold_by: SoldBy::Weight,
        price: Money::new(280_000),
        maker: maker.to_owned(),
    };
    for wrong in [
        None,
        Some(WrongField::Quantity),
        Some(WrongField::Fraction),
        Some(WrongField::Expired),
        Some(WrongField::Noted),
        Some(WrongField::NoCost),
    ] {
        let typed = Delivery { product_id: Some(id(3)), quantity: "\"".to_owned(), ..Delivery::default() };
        all.push(goods::picked(lang, &typed, &known(if wrong.is_none() { "" } else { LONG }), wrong));
    }
    all
}
