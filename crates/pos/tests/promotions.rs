//! Promotions of the catalogue: the best one is given by itself, shown, printed, frozen, and taken back with the goods.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::ids::SaleId;
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::edit::{Row, set_quantity};
use pos::counter::refund::{self, Asked};
use pos::counter::{CounterState, Note, Request, payment};
use pos::db::{catalogue, receipts as stored};
use protocol::wire::{CatalogueRow, Change, PromotionOffer, PromotionRow};
use receipts::snapshot::ReceiptSnapshot;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;
use time::macros::date;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";

async fn store(rows: Catalogue) -> TestStore {
    let store = TestStore::new().await;
    store.load(&rows).await;
    store
}

/// Name of the promotion and what each row costs.
fn rows(state: &CounterState) -> Vec<(&str, i64)> {
    state.lines.iter().map(|line| (line.promotion.as_str(), line.amount_vnd)).collect()
}

async fn paper(store: &TestStore, sale_id: uuid::Uuid) -> ReceiptSnapshot {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let text = stored::find_snapshot(&mut reader, SaleId::from_uuid(sale_id)).await.unwrap();
    ReceiptSnapshot::from_json(&text.unwrap()).unwrap()
}

#[tokio::test]
async fn the_best_one_is_given_printed_and_taken_back_with_the_goods() {
    let both = [GARLIC_NAME, FISH_SAUCE_NAME];
    let store =
        store(Catalogue::default().promotion("Tết đến", PromotionOffer::Percent(100_000), &both).promotion(
            "Mua 2 tặng 1",
            PromotionOffer::BuyGet(2, 1),
            &[FISH_SAUCE_NAME],
        ))
        .await;
    store.scan(GARLIC).await;
    for _ in 0..2 {
        store.scan(FISH_SAUCE).await;
    }
    // Two bottles get a tenth off, which is more than nothing; the third one comes for nothing, which is more than a tenth.
    let state = store.state().await;
    assert_eq!(rows(&state), [("Tết đến", 252_000), ("Tết đến", 171_000)]);
    let state = store.scan(FISH_SAUCE).await;
    assert_eq!(rows(&state), [("Tết đến", 252_000), ("Mua 2 tặng 1", 190_000)]);
    let sold = store.pay_cash(None).await.last_sale.unwrap();
    assert_eq!(sold.payable_vnd, 442_000);
    let printed = paper(&store, sold.sale_id).await;
    let lines: Vec<_> =
        printed.lines.iter().map(|line| (line.promotion.as_str(), line.discount_vnd)).collect();
    assert_eq!(lines, [("Tết đến", 28_000), ("Mua 2 tặng 1", 95_000)]);

    let asked = Asked {
        is_late_allowed: false,
        rows: Vec::new(),
        back_to: Location::Shelf,
        reason: "Hàng lỗi".to_owned(),
        kind: TenderKind::Cash,
        word: manager_word(),
    };
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sold.sale_id) };
    let state = refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap();
    let text = format!("{:?}", state.note);
    assert!(text.contains("442000"), "what was paid goes back: {text}");
    store.check().await;
}

#[tokio::test]
async fn it_ends_with_its_hours_its_last_day_or_the_word_of_central() {
    let row = |first_day, last_day, minutes| {
        Catalogue::default().row(CatalogueRow::Promotion(PromotionRow {
            id: id_of("giờ vàng"),
            name: "Giờ vàng".to_owned(),
            offer: PromotionOffer::AmountOff(30_000),
            products: vec![id_of(GARLIC_NAME)],
            first_day,
            last_day,
            minutes,
        }))
    };
    let (today, yesterday) = (date!(2026 - 11 - 23), date!(2026 - 11 - 22));
    // The test's day begins at eight.
    let store = store(row(today, today, Some([8 * 60, 8 * 60 + 30]))).await;
    assert_eq!(rows(&store.scan(GARLIC).await), [("Giờ vàng", 250_000)]);
    store.clock.advance(30 * 60_000);
    assert_eq!(rows(&store.state().await), [("", 280_000)]);
    store.load(&row(today, today, None)).await;
    assert_eq!(rows(&store.state().await), [("Giờ vàng", 250_000)]);
    store.load(&row(yesterday, yesterday, None)).await;
    assert_eq!(rows(&store.state().await), [("", 280_000)]);

    store.load(&row(today, today, None)).await;
    let mut gone = Catalogue::default().page();
    let id = id_of("giờ vàng").to_string();
    gone.changes.push(Change { change_seq: 9, kind: "promotion".to_owned(), id, body: None });
    let mut tx = store.app.db().begin().await.unwrap();
    assert_eq!(catalogue::apply_page(&mut tx, gone, 0).await.unwrap(), Vec::<String>::new());
    tx.commit().await.unwrap();
    assert_eq!(rows(&store.state().await), [("", 280_000)]);
    store.check().await;
}

/// A store whose garlic is 30.000 ₫ cheaper from 08:00 to 08:30, a box of it in the cart, ten seconds before the end.
async fn at_the_end_of_the_hour() -> TestStore {
    let today = date!(2026 - 11 - 23);
    let rows = Catalogue::default().row(CatalogueRow::Promotion(PromotionRow {
        id: id_of("giờ vàng"),
        name: "Giờ vàng".to_owned(),
        offer: PromotionOffer::AmountOff(30_000),
        products: vec![id_of(GARLIC_NAME)],
        first_day: today,
        last_day: today,
        minutes: Some([8 * 60, 8 * 60 + 30]),
    }));
    let store = store(rows).await;
    store.scan(GARLIC).await;
    store.clock.advance(30 * 60_000 - 10_000);
    store
}

/// The catalogue brings a better promotion and ends the one that held.
async fn change_catalogue(store: &TestStore) {
    let better = Catalogue::default().promotion("Xả hàng", PromotionOffer::Percent(500_000), &[GARLIC_NAME]);
    store.load(&better).await;
    let mut gone = Catalogue::default().page();
    let id = id_of("giờ vàng").to_string();
    gone.changes.push(Change { change_seq: 9, kind: "promotion".to_owned(), id, body: None });
    let mut tx = store.app.db().begin().await.unwrap();
    assert_eq!(catalogue::apply_page(&mut tx, gone, 0).await.unwrap(), Vec::<String>::new());
    tx.commit().await.unwrap();
}

async fn show_vietqr(store: &TestStore) -> CounterState {
    let request = store.request().await;
    payment::show_vietqr(&store.app, &store.seat, &request).await.unwrap()
}

#[tokio::test]
async fn what_a_vietqr_asks_for_is_what_is_sold() {
    for (what, has_new_catalogue) in [("hours end", false), ("the catalogue changes", true)] {
        let store = at_the_end_of_the_hour().await;
        let shown = show_vietqr(&store).await;
        assert_eq!((matches!(shown.note, Note::VietQrShown { .. }), shown.payable_vnd), (true, 250_000));
        store.clock.advance(15_000);
        if has_new_catalogue {
            change_catalogue(&store).await;
        }
        assert_eq!(store.state().await.payable_vnd, 250_000, "{what}");
        let sold = store.pay(TenderKind::VietQr, Some(250_000)).await;
        assert!(matches!(sold.note, Note::Sold { .. }), "{what}: {:?}", sold.note);
        assert_eq!(sold.last_sale.unwrap().payable_vnd, 250_000, "{what}");
        store.check().await;
    }
}

#[tokio::test]
async fn what_the_tender_panel_shows_holds_for_ten_minutes_and_until_the_cart_changes() {
    let store = at_the_end_of_the_hour().await;
    let panel = async || payment::load(&store.app, &store.seat).await.unwrap().unwrap().payable_vnd;
    assert_eq!(panel().await, 250_000);
    store.clock.advance(15_000);
    assert_eq!((panel().await, store.state().await.payable_vnd), (250_000, 250_000));
    // A code that is shown then asks for the same, and its ten minutes begin with it.
    store.clock.advance(9 * 60_000);
    assert_eq!(show_vietqr(&store).await.payable_vnd, 250_000);
    store.clock.advance(9 * 60_000);
    assert_eq!(panel().await, 250_000);
    store.clock.advance(60_001);
    assert_eq!(
        store.state().await.payable_vnd,
        280_000,
        "a buyer who comes back later pays what it costs then"
    );
    assert_eq!(panel().await, 280_000);

    let store = at_the_end_of_the_hour().await;
    show_vietqr(&store).await;
    store.clock.advance(15_000);
    let state = store.scan(FISH_SAUCE).await;
    assert_eq!(rows(&state), [("", 280_000), ("", 95_000)], "another cart has another price");
    assert_eq!(store.state().await.payable_vnd, 375_000);

    let store = at_the_end_of_the_hour().await;
    show_vietqr(&store).await;
    store.clock.advance(15_000);
    let (request, row) = (store.request().await, Row { index: 0, product_id: id_of(GARLIC_NAME).into() });
    let state = set_quantity(&store.app, &store.seat, &request, row, "2").await.unwrap();
    assert_eq!(state.payable_vnd, 560_000);
    assert_eq!(store.pay_cash(None).await.last_sale.unwrap().payable_vnd, 560_000);
    store.check().await;
}
