//! Lots in the store on their page, taking goods off the shelf there, and the card of every movement.

use axum::http::StatusCode;
use domain::Quantity;
use pos::counter::goods::NewGoods;
use serde_json::Value;
use testkit::catalogue::{PIN, id_of};

use crate::visitor::{As, GARLIC, GARLIC_NAME, MANAGER, Visitor, store};

async fn lots(visitor: &mut Visitor, path: &str) -> Vec<Value> {
    visitor.get(As::Json, path).await.json().as_array().unwrap().clone()
}

#[tokio::test]
async fn a_lot_leaves_the_shelf_by_its_page() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let product = id_of(GARLIC_NAME).to_string();
    let path = format!("/stock/lots?product_id={product}");
    visitor.get(As::Page, "/stock").await.has(&format!("href=\"{path}\""));
    let page = visitor.get(As::Page, &path).await;
    page.has("Ra khỏi kệ");
    page.has("Trả lại người giao");
    let before = lots(&mut visitor, &path).await;
    let (lot, had) = (before[0]["lot_id"].as_str().unwrap(), before[0]["quantity_milli"].as_i64().unwrap());
    let (csrf, manager, op) = (visitor.csrf.clone(), id_of(MANAGER).to_string(), visitor.new_op());
    let usual = [
        ("csrf", csrf.as_str()),
        ("op_id", &op),
        ("product_id", &product),
        ("bearer", "store"),
        ("reason", "Nắp phồng"),
        ("lot", lot),
    ];
    // Nothing typed, too much typed, nobody who allows it.
    for (quantity, cause, words) in [
        ("", "damaged", "Chưa chọn"),
        ("99", "returned", "trên kệ chỉ còn"),
        ("1", "damaged", "quản lý"),
        ("1", "eaten", "Có ô chưa đúng"),
    ] {
        let form = [&usual[..], &[("quantity", quantity), ("cause", cause)]].concat();
        let to = visitor.post(As::Page, "/stock/lots", &form).await.leads_to().to_owned();
        assert_eq!(to, path);
        visitor.get(As::Page, &to).await.has(words);
        assert_eq!(lots(&mut visitor, &path).await[0]["quantity_milli"], had, "{words}");
    }
    let op = visitor.new_op();
    let mut form =
        [&usual[..], &[("quantity", "2"), ("cause", "damaged"), ("manager_id", &manager), ("pin", PIN)]]
            .concat();
    form[1] = ("op_id", &op);
    let to = visitor.post(As::Page, "/stock/lots", &form).await.leads_to().to_owned();
    visitor.get(As::Page, &to).await.has("Đã đưa 1 lô ra khỏi kệ, phiếu LS-");
    assert_eq!(lots(&mut visitor, &path).await[0]["quantity_milli"], had - 2_000);
    store.check().await;
}

/// Fifteen boxes by the book, five of them past their date: ten cover what sells and what is wished.
#[tokio::test]
async fn goods_past_their_date_cover_nothing() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let yesterday = web::format::local_date(store.app.clock().now_ms()) - time::Duration::days(1);
    let goods = NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::pieces(5),
        expires_on: Some(yesterday),
        code: None,
        noted: None,
        cost: None,
        producer_id: Some(id_of("Tỏi đen Lý Sơn").into()),
    };
    store.receive_on_its_last_day(goods).await;
    let product = id_of(GARLIC_NAME).to_string();
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let wish = [("product_id", product.as_str()), ("minimum", "12")];
    manager.post(As::Part, "/stock/minimum", &wish).await;
    let shelf = visitor.get(As::Json, "/stock").await.json();
    let garlic = shelf.as_array().unwrap().iter().find(|row| row["product_id"] == product.as_str()).unwrap();
    let milli = |field: &str| garlic[field].as_i64().unwrap();
    assert_eq!(
        (milli("quantity_milli"), milli("ended_milli"), milli("to_bring_milli")),
        (15_000, 5_000, 2_000)
    );
    let page = visitor.get(As::Page, "/stock?short=true").await;
    page.has(GARLIC_NAME);
    page.has("quá hạn 5");
}

#[tokio::test]
async fn goods_near_their_date_stand_on_a_page_of_their_own() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    assert_eq!(lots(&mut visitor, "/stock/lots").await, Vec::<Value>::new());
    let day = |days| web::format::local_date(store.app.clock().now_ms()) + time::Duration::days(days);
    for days in [-1, 0, 30, 31] {
        let goods = NewGoods {
            product_id: id_of(GARLIC_NAME).into(),
            quantity: Quantity::pieces(1),
            expires_on: Some(day(days)),
            code: None,
            noted: None,
            cost: None,
            producer_id: None,
        };
        store.receive_on_its_last_day(goods).await;
    }
    let left: Vec<i64> = lots(&mut visitor, "/stock/lots")
        .await
        .iter()
        .map(|lot| lot["days_left"].as_i64().unwrap())
        .collect();
    assert_eq!(left, [-1, 0, 30]);
    let page = visitor.get(As::Page, "/stock/lots").await;
    page.has("Đã hết hạn");
    page.has("Còn 30 ngày");
}

#[tokio::test]
async fn every_movement_of_a_product_stands_on_its_card() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let path = format!("/stock/card?product_id={}", id_of(GARLIC_NAME));
    visitor.get(As::Page, "/stock").await.has(&format!("href=\"{path}\""));
    let before = visitor.get(As::Json, &path).await.json();
    assert_eq!(before["moves"].as_array().unwrap().len(), 1);
    store.sell(GARLIC).await;
    let card = visitor.get(As::Json, &path).await.json();
    let left = |card: &Value, at: usize| card["moves"][at]["left_milli"].as_i64().unwrap();
    let sold = &card["moves"][0];
    assert_eq!((sold["cause"].as_str(), sold["quantity_milli"].as_i64()), (Some("sold"), Some(-1_000)));
    assert!(sold["number"].as_str().unwrap().starts_with("LS-"), "{sold}");
    assert_eq!(left(&card, 0), left(&before, 0) - 1_000);
    assert_eq!(left(&card, 1), left(&before, 0));
    let sums: i64 =
        card["sums"].as_array().unwrap().iter().map(|sum| sum["quantity_milli"].as_i64().unwrap()).sum();
    assert_eq!(sums, left(&card, 0));
    let page = visitor.get(As::Page, &path).await;
    page.has("Thẻ kho");
    page.has(&format!("/receipts/{}", sold["sale_id"].as_str().unwrap()));
    // The page before a place goes on from there, to the same figures.
    let place = format!("{path}&before=1.{}.1", i64::MAX);
    assert_eq!(visitor.get(As::Json, &place).await.json(), card);
    for wrong in ["1.2", "1.2.x", "-"] {
        let answer = visitor.get(As::Json, &format!("{path}&before={wrong}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let unknown = format!("/stock/card?product_id={}", uuid::Uuid::nil());
    assert_eq!(visitor.get(As::Json, &unknown).await.status, StatusCode::NOT_FOUND);
}
