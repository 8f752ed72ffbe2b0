//! Goods by weight: nothing is in the cart until somebody weighed it, and no absurd weight gets there.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::catalog::SoldBy;
use domain::{Money, Quantity};
use pos::Config;
use pos::config::ScaleCode;
use pos::counter::edit::{self, Row};
use pos::counter::provisional::{self, NewProduct};
use pos::counter::{CounterState, Note, scan};
use testkit::catalogue::id_of;
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
