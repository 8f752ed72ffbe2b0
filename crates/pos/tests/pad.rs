//! Sales that were written on the pad while the till could not sell, and entered afterwards: the rules of their minute, the
//! money in the drawer of now, and the question about twins.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "pad/twins.rs"]
mod twins;

use domain::Money;
use domain::ids::SaleId;
use domain::pad::PadLines;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use pos::Config;
use pos::counter::deposit::{self, Ordered};
use pos::counter::pad::{self, Claim};
use pos::counter::refund::Asked;
use pos::counter::{
    CounterState, Note, Request, carts, display, edit, exchange, pad_page, payment, refund, scan, shift,
};
use pos::db::{catalogue, receipts as stored, sales};
use pos::maintenance::{digest, rebuild};
use protocol::wire::{CatalogueRow, Change, PromotionOffer, PromotionRow, TermsRow};
use receipts::language::Language;
use receipts::snapshot::{ReceiptSnapshot, SnapshotPad};
use serde_json::{Value, json};
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;
use time::Date;
use time::macros::date;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const PRODUCER: &str = "Tỏi đen Lý Sơn";
/// The test's first day, which begins at eight; its sales are entered on the next one.
const DAY: Date = date!(2026 - 11 - 23);
const HOUR_MS: i64 = 3_600_000;
const ENTRIES: &str = "select count(*) from entries";
const SALES: &str = "select count(*) from sales";
const PRINTS: &str = "select count(*) from prints";

fn claim(day: Date, (hour, minute): (u16, u16), lines: &str) -> Claim {
    Claim { day, minute: hour * 60 + minute, lines: PadLines::parse(lines).unwrap() }
}

async fn enter(store: &TestStore, claim: Claim) -> CounterState {
    pad::enter(&store.app, &store.seat, &store.request().await, claim).await.unwrap()
}

/// Enters a sale of the first day.
async fn enter_at(store: &TestStore, at: (u16, u16), lines: &str) -> CounterState {
    let state = enter(store, claim(DAY, at, lines)).await;
    assert!(matches!(state.note, Note::PadBegun { .. }), "{:?}", state.note);
    state
}

/// Closes the shift, and opens the next one a day later.
async fn next_day(store: &TestStore) {
    let counted = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    let state = shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    assert!(matches!(state.note, Note::ShiftClosed { over_vnd: 0 }), "{:?}", state.note);
    store.clock.advance(24 * HOUR_MS);
    store.open_shift().await;
}

/// The newest entry: envelope and shared payload.
async fn newest(store: &TestStore) -> (Value, Value) {
    let (envelope, shared): (String, String) =
        sqlx::query_as("select envelope, shared from entries order by seq desc limit 1")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    (serde_json::from_str(&envelope).unwrap(), serde_json::from_str(&shared).unwrap())
}

async fn count(store: &TestStore, what: &'static str) -> i64 {
    sqlx::query_scalar(what).fetch_one(store.app.db().read()).await.unwrap()
}

fn price(store_price: i64) -> Catalogue {
    Catalogue::default().product(GARLIC_NAME, GARLIC, store_price, Some(PRODUCER))
}

#[tokio::test]
async fn it_has_the_rules_of_its_minute_and_its_money_lies_in_the_drawer_of_now() {
    let paper = tempfile::tempdir().unwrap();
    let printer = format!("file:{}", paper.path().join("paper").display());
    let store = TestStore::closed(Config { printer, ..Config::default() }).await;
    store.open_shift().await;
    store.receive(GARLIC_NAME, 10, Some(PRODUCER)).await;
    let afternoon = PromotionRow {
        id: id_of("giờ vàng"),
        name: "Giờ vàng".to_owned(),
        offer: PromotionOffer::AmountOff(30_000),
        products: vec![id_of(GARLIC_NAME)],
        first_day: DAY,
        last_day: date!(2026 - 12 - 31),
        minutes: Some([16 * 60, 17 * 60]),
    };
    store.load(&Catalogue::default().row(CatalogueRow::Promotion(afternoon))).await;
    next_day(&store).await;
    // Since then: another price, other terms, another star, another delivery, and the promotion is ended.
    let mut ended = Catalogue::default().page();
    let id = id_of("giờ vàng").to_string();
    ended.changes.push(Change { change_seq: 9, kind: "promotion".to_owned(), id, body: None });
    let mut tx = store.app.db().begin().await.unwrap();
    catalogue::apply_page(&mut tx, ended, store.app.clock().now_ms()).await.unwrap();
    tx.commit().await.unwrap();
    store.load(&price(300_000)).await;
    let of = (id_of(PRODUCER), None);
    let terms = TermsRow::plain(id_of("terms since today"), of, 250_000, date!(2026 - 11 - 24));
    store
        .load(&Catalogue::default().row(CatalogueRow::Terms(terms)).facts(
            GARLIC_NAME,
            date!(2026 - 11 - 24),
            &["ocop"],
            Some(5),
        ))
        .await;
    store.receive(GARLIC_NAME, 10, Some(PRODUCER)).await;
    let before = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    let prints = count(&store, PRINTS).await;

    enter_at(&store, (16, 40), "12-14").await;
    let state = store.scan(GARLIC).await;
    let line = &state.lines[0];
    assert_eq!((line.price_vnd, line.amount_vnd, line.stars), (280_000, 250_000, Some(4)));
    assert_eq!((line.promotion.as_str(), state.pad.as_ref().unwrap().lines.as_str()), ("Giờ vàng", "12–14"));
    let shown = display::load(&store.app, &store.seat.counter, None).await.unwrap();
    assert_eq!(shown.lines.len(), 0, "no buyer stands there");
    let sale_id = state.sale_id;
    let state = store.pay_cash(None).await;
    let Note::PadKept { receipt, lines, .. } = &state.note else { panic!("{:?}", state.note) };
    assert_eq!(lines, "12–14");

    let (envelope, shared) = newest(&store).await;
    let claimed_at = web::format::moment_of(DAY, 16 * 60 + 40);
    assert_eq!((&envelope["business_date"], &envelope["kind"]), (&json!("2026-11-24"), &json!("sale")));
    assert_eq!(
        shared["pad"],
        json!({ "claimed_at": claimed_at, "day": "2026-11-23", "first_line": 12, "last_line": 14 })
    );
    let line = &shared["lines"][0];
    assert_eq!(
        (&line["price"], &line["discount"], &line["unreceived"]),
        (&json!(280_000), &json!(30_000), &Value::Null)
    );
    assert_eq!(line["terms"]["terms"], json!(id_of(&format!("terms {PRODUCER}"))));
    let received_on: String =
        sqlx::query_scalar("select received_on from lots where lot_id = unhex($1, '-')")
            .bind(line["lot"].as_str().unwrap())
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert_eq!(received_on, "2026-11-23", "not what came in today");

    let after = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    assert_eq!(after.minus(before), Ok(Money::new(250_000)), "the money lies in today's drawer");
    assert_eq!(count(&store, PRINTS).await, prints, "nobody waits for the paper");
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = stored::find_snapshot(&mut reader, SaleId::from_uuid(sale_id)).await.unwrap().unwrap();
    let pad = SnapshotPad { lines: "12–14".to_owned(), sold_at: "23/11/2026 16:40".to_owned() };
    assert_eq!(ReceiptSnapshot::from_json(&text).unwrap().pad, Some(pad));
    let listed = sales::list_of_day(store.app.db().read(), DAY, 10).await.unwrap();
    assert_eq!(
        listed.iter().map(|sale| (&sale.receipt_number, sale.claimed_at_ms)).collect::<Vec<_>>(),
        [(receipt, Some(claimed_at))]
    );

    let digests = (digest::digest(&mut reader).await.unwrap(), rebuild::rebuild(&store.app).await.unwrap());
    assert_eq!(digest::digest(&mut reader).await.unwrap(), digests.0, "a rebuild gives the same rows");
    drop(reader);
    store.check().await;
}

#[tokio::test]
async fn what_cannot_have_been_is_refused_and_says_what_to_do() {
    let store = TestStore::new().await;
    for (what, claimed, expected) in [
        ("a minute to come", claim(DAY, (8, 1), "1"), Note::PadFuture),
        ("tomorrow", claim(date!(2026 - 11 - 24), (0, 0), "1"), Note::PadFuture),
        ("fifteen days ago", claim(date!(2026 - 11 - 08), (23, 59), "1"), Note::PadTooOld { days: 14 }),
    ] {
        let state = enter(&store, claimed).await;
        assert_eq!((state.note, state.pad), (expected, None), "{what}");
    }
    let oldest = enter(&store, claim(date!(2026 - 11 - 09), (0, 0), "1")).await;
    assert!(matches!(oldest.note, Note::PadBegun { .. }), "{:?}", oldest.note);
    let request = store.request().await;
    let word = manager_word();
    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: Location::Shelf,
        reason: String::new(),
        kind: TenderKind::Cash,
        word,
    };
    store.scan(GARLIC).await;
    let state = refund::without_receipt(&store.app, &store.seat, &request, &asked).await.unwrap();
    assert_eq!(state.note, Note::PadHere, "goods do not come back out of it");
    store.check().await;
}

#[tokio::test]
async fn goods_past_their_date_and_goods_of_a_later_delivery_are_recorded_all_the_same() {
    let store = TestStore::closed(Config::default()).await;
    store.open_shift().await;
    let goods = pos::counter::goods::NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: domain::Quantity::pieces(1),
        expires_on: Some(date!(2026 - 11 - 22)),
        code: None,
        noted: None,
        cost: None,
        producer_id: Some(id_of(PRODUCER).into()),
    };
    store.receive_on_its_last_day(goods).await;
    let refused = store.scan(GARLIC).await.note;
    assert!(matches!(refused, Note::Expired { .. }), "at the till it is refused: {refused:?}");
    next_day(&store).await;
    store.receive(FISH_SAUCE_NAME, 10, None).await;

    enter_at(&store, (16, 40), "1").await;
    let note = store.scan(GARLIC).await.note;
    assert!(matches!(note, Note::HandedOverPastDate { .. }), "it was handed over: {note:?}");
    let note = store.scan(FISH_SAUCE).await.note;
    assert!(matches!(note, Note::AddedBeyondStock { .. }), "it came in today: {note:?}");
    assert!(matches!(store.pay_cash(None).await.note, Note::PadKept { .. }));
    let (_, shared) = newest(&store).await;
    assert_eq!(shared["pad"]["past_date"], json!(true));
    let unreceived: Vec<bool> =
        shared["lines"].as_array().unwrap().iter().map(|line| line["unreceived"] == json!(true)).collect();
    assert_eq!(unreceived, [false, true]);
    store.check().await;
}

#[tokio::test]
async fn its_cart_stands_beside_the_others_and_outlives_a_restart() {
    let store = TestStore::new().await;
    store.clock.advance(HOUR_MS);
    store.scan(FISH_SAUCE).await;
    let waiting = store.state().await.sale_id;
    let state = enter_at(&store, (8, 20), "7").await;
    assert_ne!(state.sale_id, waiting, "the buyer who stands there keeps his cart");
    assert_eq!(state.carts.len(), 2);
    store.scan(GARLIC).await;
    let back = carts::resume(&store.app, &store.seat, &store.request().await, waiting.into()).await.unwrap();
    assert_eq!((back.pad, back.carts[1].name.as_str()), (None, "✎ 7"));
    store.pay_cash(None).await;
    let store = store.restart().await;
    let pad_cart = store.state().await.carts[1].sale_id;
    let state =
        carts::resume(&store.app, &store.seat, &store.request().await, pad_cart.into()).await.unwrap();
    assert_eq!((state.lines.len(), state.pad.unwrap().lines.as_str()), (1, "7"));
    store.pay_cash(None).await;
    // Entered, and then not wanted: an empty one is left like any other cart.
    enter_at(&store, (8, 20), "8").await;
    let left = edit::clear(&store.app, &store.seat, &store.request().await).await.unwrap();
    assert_eq!((left.note, left.pad), (Note::Cleared, None));
    store.check().await;
}

#[tokio::test]
async fn a_corrected_time_brings_its_own_prices_and_a_price_by_hand_stays() {
    let store = TestStore::new().await;
    store.clock.advance(HOUR_MS);
    store.load(&price(290_000)).await;
    store.clock.advance(HOUR_MS);
    store.load(&price(300_000)).await;
    enter_at(&store, (8, 30), "1").await;
    assert_eq!(store.scan(GARLIC).await.lines[0].price_vnd, 280_000);
    for (at, expected) in [((9, 30), 290_000), ((10, 0), 300_000), ((8, 59), 280_000)] {
        let state = enter_at(&store, at, "2").await;
        assert_eq!((state.lines[0].price_vnd, state.payable_vnd), (expected, expected), "{at:?}");
    }
    let row = edit::Row { index: 0, product_id: id_of(GARLIC_NAME).into() };
    let request = store.request().await;
    let leave = pos::counter::discount::Leave { reason: "như ghi trong sổ".to_owned(), approved_by: None };
    let wanted = Some(Money::new(270_000));
    let refused =
        pos::counter::discount::change_price(&store.app, &store.seat, &request, row, wanted, &leave)
            .await
            .unwrap();
    assert_eq!(refused.note, Note::PriceNeedsManager, "a price has the rules that it always has");
    let leave =
        pos::counter::discount::Leave { approved_by: Some(id_of("Trần Văn Quản").into()), ..leave };
    let request = store.request().await;
    pos::counter::discount::change_price(&store.app, &store.seat, &request, row, wanted, &leave)
        .await
        .unwrap();
    let state = enter_at(&store, (9, 30), "2").await;
    assert_eq!((state.lines[0].price_vnd, state.lines[0].list_price_vnd), (270_000, Some(290_000)));
    assert!(matches!(store.pay(TenderKind::Card, None).await.note, Note::PadKept { .. }));
    let price_now = store.scan(GARLIC).await.lines[0].price_vnd;
    assert_eq!(price_now, 300_000, "the next buyer pays today's");
    store.check().await;
}

#[tokio::test]
async fn a_repeated_request_and_a_double_click_make_one_sale() {
    let store = TestStore::new().await;
    store.clock.advance(HOUR_MS);
    let request = store.request().await;
    for _ in 0..2 {
        pad::enter(&store.app, &store.seat, &request, claim(DAY, (8, 30), "1")).await.unwrap();
    }
    let request = store.request().await;
    for _ in 0..2 {
        scan::scan(&store.app, &store.seat, &request, GARLIC).await.unwrap();
    }
    let request = store.request().await;
    let tenders = || vec![Tender { kind: TenderKind::Cash, amount: Money::new(280_000) }];
    for _ in 0..2 {
        pos::counter::finish::finish(&store.app, &store.seat, &request, tenders()).await.unwrap();
    }
    assert_eq!(count(&store, SALES).await, 1);
    let late = Request { op_id: store.op(), ..request };
    for note in [
        pad::same(&store.app, &store.seat, &late).await.unwrap().note,
        pad::other(&store.app, &store.seat, &Request { op_id: store.op(), ..late.clone() })
            .await
            .unwrap()
            .note,
    ] {
        assert_eq!(note, Note::Stale);
    }
    store.check().await;
}

#[tokio::test]
async fn no_line_of_the_pad_is_numbered_twice() {
    let paper = tempfile::tempdir().unwrap();
    let printer = format!("file:{}", paper.path().join("paper").display());
    let store = TestStore::closed(Config { printer, ..Config::default() }).await;
    let make = async |op_id: &str, lines: u16| {
        pad_page::make_page(&store.app, &store.seat, op_id, lines, Language::Vi).await.unwrap().0.note
    };
    let made = |lines: &str| Note::PadMade { lines: lines.to_owned(), printed: true };
    assert_eq!(make("a", 40).await, made("1–40"), "before any shift");
    assert_eq!(make("a", 40).await, Note::Ready, "a repeated request makes no other page");
    assert_eq!(make("b", 500).await, made("41–160"), "a page has an end");
    let mut tx = store.app.db().begin().await.unwrap();
    sqlx::query("update pads set last_line = 65520 where page_no = 2").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(make("c", 20).await, made("1–20"), "all numbers were given");
    let pages = pad_page::pages(&store.app).await.unwrap();
    assert_eq!(pages.iter().map(|page| page.first_line).collect::<Vec<_>>(), [1, 41, 1]);
    assert_eq!(count(&store, PRINTS).await, 3);
    let picture = pos::counter::slip::picture(&store.app, pages[0].slip_id).await.unwrap();
    assert!(picture.is_some_and(|png| png.starts_with(b"\x89PNG")));
}

/// Each of the three has its own moment: an order waits, an exchange is of now, a sale from the pad is of then.
#[tokio::test]
async fn a_sale_from_the_pad_is_neither_order_nor_exchange() {
    let store = TestStore::new().await;
    let sold = store.sell(GARLIC).await;
    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: Location::Shelf,
        reason: "Hàng lỗi".to_owned(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    let of = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sold) };
    exchange::start(&store.app, &store.seat, &of, &asked).await.unwrap();
    let exchanging = store.state().await.sale_id;
    let without = refund::without_receipt(&store.app, &store.seat, &store.request().await, &asked).await;
    assert!(matches!(without.unwrap().note, Note::ExchangeOpen { .. }));
    let state = enter_at(&store, (7, 30), "1").await;
    assert!(state.sale_id != exchanging && state.exchange.is_none(), "beside it another cart is opened");
    let again = Request { op_id: store.op(), ..of };
    assert_eq!(exchange::start(&store.app, &store.seat, &again, &asked).await.unwrap().note, Note::PadHere);
    store.scan(FISH_SAUCE).await;
    let ordered = Ordered {
        person: "chị Lan".to_owned(),
        phone: String::new(),
        due_on: date!(2026 - 12 - 24),
        tender: Tender { kind: TenderKind::Cash, amount: Money::new(50_000) },
    };
    let note = deposit::take(&store.app, &store.seat, &store.request().await, &ordered).await.unwrap().note;
    assert_eq!(note, Note::PadHere);
    assert!(!payment::load(&store.app, &store.seat).await.unwrap().unwrap().takes_deposit);
    store.check().await;
}

#[tokio::test]
async fn a_claim_that_became_too_old_is_not_sold() {
    let store = TestStore::new().await;
    enter_at(&store, (7, 30), "1").await;
    store.scan(GARLIC).await;
    for _ in 0..15 {
        next_day(&store).await;
    }
    assert_eq!(store.pay_cash(None).await.note, Note::PadTooOld { days: 14 });
    assert_eq!(count(&store, SALES).await, 0);
    store.check().await;
}
