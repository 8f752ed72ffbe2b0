//! Presents packed at the counter: rows under a name, a wrapping as a row of its own, and a slip that tells no price.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::ids::SaleId;
use pos::Config;
use pos::config::GiftsConfig;
use pos::counter::basket::{self, NewBasket};
use pos::counter::edit::{self, Row};
use pos::counter::{CounterState, Note, carts};
use pos::db::slips;
use receipts::slip::{Slip, SlipBody};
use testkit::catalogue::{Catalogue, id_of};
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE: &str = "8938500000027";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const WRAPPING: &str = "Giỏ mây và công gói";
const GIFT: &str = "8938500000034";

async fn store() -> TestStore {
    let gifts = GiftsConfig { wrapping_skus: vec!["GIO-MAY-VA-CONG-GOI".to_owned(), "KHONG-CO".to_owned()] };
    let store = TestStore::closed(Config { gifts, ..Config::default() }).await;
    let rows = Catalogue::default().product(WRAPPING, "8938500000058", 60_000, None).combo(
        "Bộ quà Tết",
        GIFT,
        400_000,
        &[(GARLIC_NAME, 1_000), (FISH_SAUCE_NAME, 2_000)],
    );
    store.load(&rows).await;
    store.open_shift().await;
    store.receive(GARLIC_NAME, 10, Some("Tỏi đen Lý Sơn")).await;
    store.receive(FISH_SAUCE_NAME, 10, None).await;
    store
}

fn new(name: &str) -> NewBasket {
    NewBasket {
        name: name.to_owned(),
        to: "Cô Hà".to_owned(),
        from: "Lớp 9A".to_owned(),
        message: "Chúc mừng năm mới".to_owned(),
        wrapping: Some(id_of(WRAPPING).into()),
        wants_slip: true,
    }
}

async fn pack(store: &TestStore, new: &NewBasket) -> CounterState {
    let request = store.request().await;
    basket::pack(&store.app, &store.seat, &request, new).await.unwrap()
}

/// Name, basket and amount of each row.
fn rows(state: &CounterState) -> Vec<(&str, &str, i64)> {
    let of = |line: &pos::counter::state::LineState| line.basket.as_ref().map(|basket| basket.number);
    let rows = state.lines.iter();
    rows.map(|line| {
        assert_eq!(of(line).is_some(), line.basket.is_some());
        let basket = line.basket.as_ref().map_or("", |basket| basket.name.as_str());
        (line.name.as_str(), basket, line.amount_vnd)
    })
    .collect()
}

async fn gift_slips(store: &TestStore, sale_id: uuid::Uuid) -> Vec<Slip> {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let rows = slips::list_of_sale(&mut reader, SaleId::from_uuid(sale_id)).await.unwrap();
    rows.iter().map(|row| Slip::from_json(&row.snapshot).unwrap()).collect()
}

#[tokio::test]
async fn rows_are_packed_wrapped_sold_and_told_without_prices() {
    let store = store().await;
    store.scan(GARLIC).await;
    store.scan(GIFT).await;
    let state = pack(&store, &new("Giỏ quà Tết")).await;
    assert_eq!(state.note, Note::Packed { name: "Giỏ quà Tết".to_owned() });
    let state = store.scan(GARLIC).await;
    assert_eq!(
        rows(&state),
        [
            (GARLIC_NAME, "Giỏ quà Tết", 280_000),
            ("Bộ quà Tết", "Giỏ quà Tết", 400_000),
            (WRAPPING, "Giỏ quà Tết", 60_000),
            (GARLIC_NAME, "", 280_000),
        ],
        "what is scanned afterwards stays outside"
    );
    let sale = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sale.payable_vnd, 1_020_000);

    let slips = gift_slips(&store, sale.sale_id).await;
    let [slip] = slips.as_slice() else { panic!("one slip: {slips:?}") };
    let SlipBody::Gift(gift) = &slip.body else { panic!("a present: {slip:?}") };
    let lines: Vec<_> = gift
        .lines
        .iter()
        .map(|line| (line.name.as_str(), line.stars, line.quantity_milli, line.producer.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (GARLIC_NAME, Some(4), 1_000, "Tỏi đen Lý Sơn"),
            (GARLIC_NAME, Some(4), 1_000, "Tỏi đen Lý Sơn"),
            (FISH_SAUCE_NAME, Some(3), 2_000, ""),
        ],
        "what a combo holds is named; the wrapping is not"
    );
    assert_eq!((gift.to.as_str(), gift.title.as_str()), ("Cô Hà", "Giỏ quà Tết"));
    assert_eq!(gift.exchange_qr, sale.receipt, "the sale is found by its number");
    let text = slip.layout(receipts::profile::Paper::Dots576, None).to_string();
    for amount in ["₫", "280.000", "400.000", "60.000", "1.020.000"] {
        assert!(!text.contains(amount), "{amount} in {text}");
    }
    store.check().await;
}

#[tokio::test]
async fn a_basket_outlives_parking_and_restarts_and_is_unpacked() {
    let store = store().await;
    store.scan(GARLIC).await;
    pack(&store, &NewBasket { wrapping: None, ..new("Cô giáo") }).await;
    let packed = store.state().await.sale_id;
    let request = store.request().await;
    carts::park(&store.app, &store.seat, &request, "").await.unwrap();
    let store = store.restart().await;
    let request = store.request().await;
    let state = carts::resume(&store.app, &store.seat, &request, SaleId::from_uuid(packed)).await.unwrap();
    assert_eq!(rows(&state), [(GARLIC_NAME, "Cô giáo", 280_000)]);

    // Taken out and taken back, it is in its basket again.
    let row = Row { index: 0, product_id: id_of(GARLIC_NAME).into() };
    let request = store.request().await;
    edit::remove(&store.app, &store.seat, &request, row).await.unwrap();
    let request = store.request().await;
    let state = carts::take_back(&store.app, &store.seat, &request).await.unwrap();
    assert_eq!(rows(&state), [(GARLIC_NAME, "Cô giáo", 280_000)]);

    let number = state.lines[0].basket.as_ref().unwrap().number;
    for (expected, note) in [("", Note::Unpacked { name: "Cô giáo".to_owned() }), ("", Note::NoLine)] {
        let request = store.request().await;
        let state = basket::unpack(&store.app, &store.seat, &request, number).await.unwrap();
        assert_eq!((rows(&state), state.note.clone()), (vec![(GARLIC_NAME, expected, 280_000)], note));
    }
    let sale = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(gift_slips(&store, sale.sale_id).await, []);
    store.check().await;
}

#[tokio::test]
async fn what_cannot_be_packed_changes_nothing() {
    let store = store().await;
    assert_eq!(pack(&store, &new("Quà")).await.note, Note::EmptyCart);
    store.scan(FISH_SAUCE).await;
    let bad = |field: &str| Note::BadField { field: field.to_owned() };
    assert_eq!(pack(&store, &new(" \u{7} ")).await.note, bad("basket"));
    let foreign = NewBasket { wrapping: Some(id_of(GARLIC_NAME).into()), ..new("Quà") };
    let state = pack(&store, &foreign).await;
    assert_eq!((state.note.clone(), rows(&state)), (bad("wrapping"), vec![(FISH_SAUCE_NAME, "", 95_000)]));

    let long = NewBasket { name: "ừ".repeat(500), wants_slip: false, ..new("") };
    let state = pack(&store, &long).await;
    let Note::Packed { name } = &state.note else { panic!("{:?}", state.note) };
    assert_eq!(name.chars().count(), 60);
    assert_eq!(pack(&store, &new("Quà")).await.note, Note::NothingToPack);
    let sale = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sale.payable_vnd, 155_000);
    assert_eq!(gift_slips(&store, sale.sale_id).await, [], "nobody wanted one");
    store.check().await;
}
