//! Goods by weight: nothing is in the cart until somebody weighed it, and no absurd weight gets there.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::catalog::SoldBy;
use domain::tender::TenderKind;
use domain::{Money, Quantity};
use pos::Config;
use pos::config::ScaleCode;
use pos::counter::edit::{self, Row};
use pos::counter::provisional::{self, NewProduct};
use pos::counter::refund::{self, Asked};
use pos::counter::{CounterState, Note, Request, carts, scan};
use pos::db::receipts;
use testkit::catalogue::{id_of, manager_word};
use testkit::store::TestStore;

const CINNAMON: &str = "Quế Trà Bồng";

async fn weigh(store: &TestStore, weight: &str) -> CounterState {
    let request = store.request().await;
    let product_id = id_of(CINNAMON).into();
    scan::weigh(&store.app, &store.seat, &request, product_id, weight).await.unwrap()
}

async fn set_weight(store: &TestStore, weight: &str) -> CounterState {
    let request = store.request().await;
    let row = Row { index: 0, product_id: id_of(CINNAMON).into() };
    edit::set_quantity(&store.app, &store.seat, &request, row, weight).await.unwrap()
}

fn rows(state: &CounterState) -> Vec<(String, i64)> {
    state.lines.iter().map(|line| (line.quantity_text(), line.amount_vnd)).collect()
}

#[tokio::test]
async fn a_code_or_a_name_asks_for_the_weight_and_each_pack_is_a_row() {
    let store = TestStore::new().await;
    let asked = Note::NeedsWeight { product_id: id_of(CINNAMON), name: CINNAMON.to_owned() };
    for typed in ["12", "quế trà bồng"] {
        let state = store.scan(typed).await;
        assert_eq!((state.note, state.lines.len()), (asked.clone(), 0), "{typed}");
    }
    let request = store.request().await;
    let chosen = scan::choose(&store.app, &store.seat, &request, id_of(CINNAMON).into()).await.unwrap();
    assert_eq!((chosen.note, chosen.lines.len()), (asked.clone(), 0));

    let state = weigh(&store, "0,35").await;
    let added = Note::AddedBeyondStock { name: CINNAMON.to_owned(), quantity: "0,350 kg".to_owned() };
    assert_eq!(state.note, added);
    let state = weigh(&store, "1250 g").await;
    assert_eq!(rows(&state), [("0,350 kg".to_owned(), 84_000), ("1,250 kg".to_owned(), 300_000)]);

    // One more or less of a weight is no weight: it is asked for.
    let row = Row { index: 0, product_id: id_of(CINNAMON).into() };
    for pieces in [1, -1] {
        let request = store.request().await;
        let state = edit::step_quantity(&store.app, &store.seat, &request, row, pieces).await.unwrap();
        assert_eq!((state.note, state.lines.len(), state.chosen), (asked.clone(), 2, Some(0)));
    }
    let state = set_weight(&store, "400g").await;
    assert_eq!(rows(&state)[0], ("0,400 kg".to_owned(), 96_000));
    let sale = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sale.payable_vnd, 396_000);
    store.check().await;
}

#[tokio::test]
async fn no_weight_nothing_and_an_absurd_one_are_refused() {
    let store = TestStore::new().await;
    for weight in ["", "0", "0,000", "-0,35", "-350g", "350", "100,5", "8938500000010", "0,3555", "nửa ký"]
    {
        let state = weigh(&store, weight).await;
        assert_eq!((state.note, state.lines.len()), (Note::BadWeight, 0), "{weight}");
    }
    weigh(&store, "0,35 kg").await;
    for weight in ["0", "-1", "350", "abc"] {
        let state = set_weight(&store, weight).await;
        assert_eq!(
            (state.note.clone(), rows(&state)),
            (Note::BadWeight, vec![("0,350 kg".to_owned(), 84_000)])
        );
    }
    // A piece is not weighed.
    let request = store.request().await;
    let garlic = id_of("Tỏi đen Lý Sơn hộp 250 g").into();
    let state = scan::weigh(&store.app, &store.seat, &request, garlic, "0,35").await.unwrap();
    assert_eq!((state.note, state.lines.len()), (Note::BadQuantity { whole: true }, 1));
    store.check().await;
}

#[tokio::test]
async fn a_scales_label_needs_no_question() {
    let label = ScaleCode {
        prefix: 20,
        layout: "PP IIIII VVVVV C".to_owned(),
        value: "grams".to_owned(),
        check_digit: true,
    };
    let store = TestStore::closed(Config { scale_codes: vec![label], ..Config::default() }).await;
    store.open_shift().await;
    let state = store.scan("2000012012501").await;
    assert_eq!(rows(&state), [("1,250 kg".to_owned(), 300_000)]);
    let state = store.scan("2000012000003").await;
    assert_eq!((state.note, state.lines.len()), (Note::UnreadableCode, 1), "a label that weighs nothing");
    store.check().await;
}

/// At 240.000 ₫ a kilogram a label of 50.000 ₫ is 208 g, which cost 49.920 ₫, and one of 35.000 ₫ is 146 g, which cost 35.040 ₫.
#[tokio::test]
async fn a_price_label_sells_at_the_price_that_it_says() {
    let label = ScaleCode {
        prefix: 21,
        layout: "PP IIIII VVVVV C".to_owned(),
        value: "vnd".to_owned(),
        check_digit: true,
    };
    let store = TestStore::closed(Config { scale_codes: vec![label], ..Config::default() }).await;
    store.open_shift().await;
    store.scan(&with_check_digit("210001250000")).await;
    let state = store.scan(&with_check_digit("210001235000")).await;
    let expected = [("0,208 kg".to_owned(), 50_000), ("0,146 kg".to_owned(), 35_000)];
    assert_eq!((rows(&state), state.payable_vnd), (expected.to_vec(), 85_000));
    // What is taken back and restored is the label's, too; what is weighed anew is not.
    let request = store.request().await;
    carts::take_back(&store.app, &store.seat, &request).await.unwrap();
    store.scan(&with_check_digit("210001235000")).await;
    assert_eq!(set_weight(&store, "300 g").await.payable_vnd, 72_000 + 35_000);
    let request = store.request().await;
    let state = carts::take_back(&store.app, &store.seat, &request).await.unwrap();
    assert_eq!((rows(&state), state.payable_vnd), (expected.to_vec(), 85_000));

    let sold = store.pay_cash(None).await;
    let sale_id = sold.last_sale.unwrap().sale_id;
    let entry: String = sqlx::query_scalar("select shared from entries where kind = 'sale'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    for words in
        [r#""quantity":208,"gross":50000,"discount":0"#, r#""quantity":146,"gross":35000,"discount":0"#]
    {
        assert!(entry.contains(words), "{entry}");
    }
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let receipt = receipts::find_snapshot(&mut reader, sale_id.into()).await.unwrap().unwrap();
    drop(reader);
    assert_eq!(receipt.matches("Giá theo tem cân").count(), 2, "{receipt}");
    // All of it comes back for what was paid.
    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: domain::stock::Location::Shelf,
        reason: String::new(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    let request = Request { op_id: store.op(), sale_id: sale_id.into() };
    let note = refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap().note;
    assert!(matches!(note, Note::Refunded { paid_vnd: 85_000, .. }), "{note:?}");
    store.check().await;
}

fn with_check_digit(twelve: &str) -> String {
    let weight = |place: usize| if place.is_multiple_of(2) { 1 } else { 3 };
    let sum: u32 =
        twelve.chars().enumerate().map(|(place, digit)| digit.to_digit(10).unwrap() * weight(place)).sum();
    format!("{twelve}{}", (10 - sum % 10) % 10)
}

#[tokio::test]
async fn a_new_product_by_weight_is_weighed_too() {
    let store = TestStore::new().await;
    let new = NewProduct {
        barcode: None,
        name: "Hành tím".to_owned(),
        unit: "kg".to_owned(),
        price: Money::new(60_000),
        sold_by: SoldBy::Weight,
        producer_id: None,
        refuse_expired: true,
    };
    let request = store.request().await;
    let state = provisional::add(&store.app, &store.seat, &request, new).await.unwrap();
    let Note::NeedsWeight { product_id, name } = &state.note else { panic!("{:?}", state.note) };
    assert_eq!((name.as_str(), state.lines.len()), ("Hành tím", 0));
    let request = store.request().await;
    let weighed = scan::weigh(&store.app, &store.seat, &request, (*product_id).into(), "0,5").await.unwrap();
    assert_eq!(rows(&weighed), [("0,500 kg".to_owned(), 30_000)]);
    assert_eq!(Quantity::from_milli(weighed.lines[0].quantity_milli), Quantity::from_milli(500));
    store.check().await;
}
