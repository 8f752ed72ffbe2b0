//! Tiles of what sells most: which products, in which order, and what a tap does.

use domain::ids::ProductId;
use serde_json::Value;
use testkit::catalogue::{Catalogue, PIN, id_of};
use testkit::store::TestStore;
use time::macros::date;

use crate::live::Events;
use crate::visitor::{Answer, As, CASHIER, FISH_SAUCE, FISH_SAUCE_NAME, GARLIC, GARLIC_NAME, Visitor, store};

const BASKET: &str = "Gùi tre Ba Tơ";
const BASKET_CODE: &str = "8938500000157";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

async fn show(visitor: &mut Visitor, what: &str, more: &[(&str, &str)]) -> Answer {
    let sale_id = visitor.sale_id().await;
    let form = [&[("sale_id", sale_id.as_str()), ("show", what)], more].concat();
    visitor.post(As::Part, "/counter/show", &form).await
}

async fn tap(visitor: &mut Visitor, how: As, product: &str) -> Answer {
    let (sale_id, product) = (visitor.sale_id().await, id_of(product).to_string());
    visitor.post(how, "/counter/tile", &[("sale_id", sale_id.as_str()), ("product_id", &product)]).await
}

/// The names on the tiles, in order.
fn tiles(answer: &Answer) -> Vec<&str> {
    let (_, tiles) =
        answer.text.split_once("class=\"tiles\"").unwrap_or_else(|| panic!("no tiles: {}", answer.text));
    let names = tiles.split("class=\"name\">").skip(1);
    names.map(|rest| rest.split('<').next().unwrap().trim()).collect()
}

async fn sell(store: &TestStore, code: &str, times: usize) {
    for _ in 0..times {
        store.sell(code).await;
    }
}

#[tokio::test]
async fn before_the_first_sale_the_catalogue_stands_there_by_name() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let shown = show(&mut visitor, "best_sellers", &[]).await;
    assert_eq!(tiles(&shown), [FISH_SAUCE_NAME, "Quế Trà Bồng", GARLIC_NAME]);
    shown.has("Chưa bán được gì, nên xếp theo tên.");
    shown.has("280.000 ₫");
    shown.has("4★");
}

#[tokio::test]
async fn what_most_buyers_took_lately_comes_first_in_its_group() {
    let store = store().await;
    store.load(&Catalogue::default().craft(BASKET, BASKET_CODE, 350_000)).await;
    let mut visitor = Visitor::selling(&store).await;
    sell(&store, GARLIC, 5).await;
    store.clock.advance(31 * DAY_MS);
    store.begin_day().await;
    sell(&store, FISH_SAUCE, 3).await;
    sell(&store, BASKET_CODE, 2).await;
    // Ten pieces of it, but for one buyer.
    store.scan(GARLIC).await;
    for _ in 1..10 {
        store.scan(GARLIC).await;
    }
    store.pay_cash(None).await;
    visitor.sign_in(CASHIER, PIN).await;
    let all = show(&mut visitor, "best_sellers", &[]).await;
    assert_eq!(tiles(&all), [FISH_SAUCE_NAME, BASKET, GARLIC_NAME], "{}", all.text);
    let craft = show(&mut visitor, "best_sellers", &[("group", "Thủ công")]).await;
    assert_eq!(tiles(&craft), [BASKET]);
    let gone = show(&mut visitor, "best_sellers", &[("group", "Dịch vụ")]).await;
    assert_eq!(tiles(&gone).len(), 3, "a group that has none gives way to all");
}

#[tokio::test]
async fn a_combo_is_one_product_and_what_is_off_sale_has_no_tile() {
    let store = store().await;
    let combo = "Quà Lý Sơn";
    let parts = [(GARLIC_NAME, 1_000), (FISH_SAUCE_NAME, 2_000)];
    store.load(&Catalogue::default().combo(combo, "8938500000164", 450_000, &parts)).await;
    let mut visitor = Visitor::selling(&store).await;
    sell(&store, "8938500000164", 2).await;
    sell(&store, GARLIC, 1).await;
    assert_eq!(tiles(&show(&mut visitor, "best_sellers", &[]).await), [combo, GARLIC_NAME]);
    let mut tx = store.app.db().begin().await.unwrap();
    pos::db::products::update_inactive(&mut tx, ProductId::from_uuid(id_of(combo)).uuid()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(tiles(&show(&mut visitor, "best_sellers", &[]).await), [GARLIC_NAME]);
}

#[tokio::test]
async fn stars_are_those_of_the_business_date() {
    let store = store().await;
    let lapsed = Catalogue::default().facts(GARLIC_NAME, date!(2026 - 01 - 01), &["ocop"], None);
    store.load(&lapsed).await;
    let mut visitor = Visitor::selling(&store).await;
    sell(&store, GARLIC, 1).await;
    let shown = show(&mut visitor, "best_sellers", &[]).await;
    assert_eq!(tiles(&shown), [GARLIC_NAME]);
    assert!(!shown.text.contains('★'), "{}", shown.text);
}

#[tokio::test]
async fn a_tap_adds_as_a_scan_does_and_the_tiles_stay() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    show(&mut visitor, "best_sellers", &[]).await;
    let part = tap(&mut visitor, As::Part, GARLIC_NAME).await;
    part.has("280.000 ₫");
    part.has("id=\"total\"");
    assert!(!part.text.contains("id=\"side\""), "a finger on its way down keeps its tile: {}", part.text);
    let tapped = tap(&mut visitor, As::Json, GARLIC_NAME).await;
    let scanned = visitor.scan(GARLIC).await;
    assert_eq!((tapped.says(), scanned.says()), ("added".to_owned(), "added".to_owned()));
    let rows = |answer: &Value| (answer["lines"].as_array().unwrap().len(), answer["payable_vnd"].as_i64());
    assert_eq!(rows(&scanned.json()), (1, Some(840_000)));

    // They stay through a weight, the keys of the cart, the money and the next buyer, until somebody closes them.
    tap(&mut visitor, As::Part, "Quế Trà Bồng").await.has("Cân nặng (kg)");
    let sale_id = visitor.sale_id().await;
    let cinnamon = id_of("Quế Trà Bồng").to_string();
    let weight = [("sale_id", sale_id.as_str()), ("product_id", &cinnamon), ("weight", "350g")];
    let weighed = visitor.post(As::Part, "/counter/weigh", &weight).await;
    assert_eq!(tiles(&weighed).len(), 3);
    show(&mut visitor, "cash", &[]).await.has("Khách đưa");
    assert_eq!(tiles(&show(&mut visitor, "keys", &[]).await).len(), 3);
    let paid = [("sale_id", sale_id.as_str()), ("payable_vnd", "924000")];
    assert_eq!(tiles(&visitor.post(As::Part, "/counter/finish", &paid).await).len(), 3);
    assert_eq!(tiles(&visitor.get(As::Page, "/").await).len(), 3);
    let closed = show(&mut visitor, "keys_alone", &[]).await;
    assert!(!closed.text.contains("class=\"tiles\""), "{}", closed.text);
    assert!(!visitor.get(As::Page, "/").await.text.contains("class=\"tiles\""));
}

/// Central may change a price while the tiles are open: a page that hears of it has the new one within a minute, and nobody
/// waits for it while selling.
#[tokio::test]
async fn open_tiles_learn_of_another_price() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    show(&mut visitor, "best_sellers", &[]).await.has("280.000 ₫");
    store.load(&Catalogue::default().product(GARLIC_NAME, GARLIC, 299_000, Some("Tỏi đen Lý Sơn"))).await;
    for (later_ms, price) in [(1_000, "280.000 ₫"), (60_000, "299.000 ₫")] {
        store.clock.advance(later_ms);
        let (_, mut events) = Events::open(&visitor, &visitor.cookies()).await;
        events.next().await.unwrap();
        show(&mut visitor, "keys", &[]).await.has(price);
    }
}
