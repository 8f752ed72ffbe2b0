//! Counting the shelf on its pages: without seeing the book, with a manager's word at the end, and on paper.

use axum::http::StatusCode;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use crate::visitor::{
    As, CASHIER, FISH_SAUCE, FISH_SAUCE_NAME, GARLIC, GARLIC_NAME, MANAGER, Visitor, store,
};

const HERE: &str = "/stocktake/areas/K%E1%BB%87%201";

/// A cashier who has begun to count.
async fn counting(store: &TestStore) -> Visitor {
    let mut visitor = Visitor::signed_in(store, CASHIER).await;
    let (csrf, op) = (visitor.csrf.clone(), visitor.new_op());
    let form = [("csrf", csrf.as_str()), ("op_id", &op), ("title", "Cuối tháng"), ("area", "Kệ 1")];
    let to = visitor.post(As::Page, "/stocktake", &form).await.leads_to().to_owned();
    assert_eq!(to, "/stocktake?area=K%E1%BB%87%201");
    visitor.get(As::Page, &to).await.has("Bắt đầu kiểm kê. Quét hàng ở khu này.");
    visitor
}

async fn count(visitor: &mut Visitor, name: &str, quantity: &str) -> crate::visitor::Answer {
    let product = id_of(name).to_string();
    let form = [("product_id", product.as_str()), ("quantity", quantity)];
    visitor.post(As::Part, &format!("{HERE}/count"), &form).await
}

async fn scan(visitor: &mut Visitor, code: &str) -> crate::visitor::Answer {
    visitor.post(As::Part, &format!("{HERE}/scan"), &[("code", code)]).await
}

#[tokio::test]
async fn a_scanner_counts_and_a_number_can_be_typed() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    visitor.get(As::Page, "/stock").await.has("href=\"/stocktake\"");
    visitor.get(As::Page, "/stocktake").await.has("Vẫn bán hàng bình thường trong lúc đếm");
    assert_eq!(visitor.get(As::Json, "/stocktake").await.json()["stocktake_id"], serde_json::Value::Null);
    let mut visitor = counting(&store).await;
    scan(&mut visitor, FISH_SAUCE).await.has(": 1 ở Kệ 1");
    let answer = scan(&mut visitor, FISH_SAUCE).await;
    answer.has(": 2 ở Kệ 1");
    answer.has("id=\"here\"");
    assert!(!answer.text.contains("autofocus"), "a scanner goes on: {}", answer.text);
    // By words: one product waits for its number, several are offered, and none of them tells the book.
    let answer = scan(&mut visitor, "nước mắm").await;
    answer.has("gõ số đếm được");
    answer.has("autofocus");
    let search = visitor.get(As::Part, &format!("{HERE}/search?q=to")).await;
    search.has(&format!("data-post=\"{HERE}/pick\""));
    assert!(!search.text.contains("10"), "{}", search.text);
    scan(&mut visitor, "8938500009990").await.has("Không có mã 8938500009990");
    for (typed, words) in [
        ("9", ": 9 ở Kệ 1"),
        ("-1", "Số lượng chưa đúng"),
        ("2,5", "số nguyên"),
        ("99999999", "Số lượng chưa đúng"),
    ] {
        count(&mut visitor, FISH_SAUCE_NAME, typed).await.has(words);
    }
    let state = visitor.get(As::Json, "/stocktake").await.json();
    assert_eq!((state["area"].as_str(), state["here"].as_array().unwrap().len()), (Some("Kệ 1"), 1));
    assert_eq!(state["here"][0]["quantity_milli"], 9_000);
    // A box of 280.000 ₫ is missing. Who counts is not told, or they would count until nothing is told any more; at the end it has
    // to be counted again, in every area that had some.
    let answer = count(&mut visitor, GARLIC_NAME, "9").await;
    assert!(!answer.text.contains("Lệch nhiều") && !answer.text.contains("name=\"pin\""), "{}", answer.text);
    let closing = visitor.get(As::Page, "/stocktake/closing").await;
    closing.has("Lệch nhiều so với sổ");
    assert!(!closing.text.contains("name=\"pin\""), "it cannot be closed yet");
    let (product, op, csrf) = (id_of(GARLIC_NAME).to_string(), visitor.new_op(), visitor.csrf.clone());
    let form = [("csrf", csrf.as_str()), ("op_id", &op), ("product_id", &product)];
    let to = visitor.post(As::Page, "/stocktake/again", &form).await.leads_to().to_owned();
    let page = visitor.get(As::Page, &to).await;
    page.has("từ đầu, ở mọi khu có hàng này");
    page.has("Đang đếm lại, còn: Kệ 1");
    // Begun once more while somebody is at it: nothing changes.
    let again = visitor.post(As::Part, &format!("{HERE}/again"), &[("product_id", &product)]).await;
    again.has("Đang đếm lại, còn: Kệ 1");
    assert!(!count(&mut visitor, GARLIC_NAME, "9").await.text.contains("Đang đếm lại"));
    visitor.get(As::Page, "/stocktake/closing").await.has("name=\"pin\"");
    store.check().await;
}

/// What a page with that store must not show a cashier: that the book has ten.
#[tokio::test]
async fn a_cashier_counts_blind_and_a_manager_closes() {
    let store = store().await;
    let mut cashier = counting(&store).await;
    count(&mut cashier, FISH_SAUCE_NAME, "9").await;
    let page = cashier.get(As::Page, "/stocktake/closing").await;
    page.has("Số chênh lệch chỉ quản lý đăng nhập mới xem được");
    page.has("Chưa đếm: 1");
    page.has("Những hàng chưa đếm coi như hết");
    assert!(!page.text.contains("checked"), "nothing is taken as gone by itself");
    let state = cashier.get(As::Json, "/stocktake/closing").await.json();
    assert_eq!(
        (&state["wrong"], &state["uncounted"][0]["expected_milli"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let seen = manager.get(As::Json, "/stocktake/closing").await.json();
    assert_eq!(seen["wrong"][0]["expected_milli"], 10_000);
    assert_eq!(seen["wrong"][0]["worth_vnd"], -95_000);
    let page = manager.get(As::Page, "/stocktake/closing").await;
    page.has("Đã đếm 1 mặt hàng, lệch 1.");
    page.has("−95.000 ₫");
    let csrf = cashier.csrf.clone();
    let marks = |name: &str| state[name].as_str().unwrap().to_owned();
    let (id, counted, rest) = (marks("stocktake_id"), marks("shown_counted"), marks("shown_uncounted"));
    let person = id_of(MANAGER).to_string();
    for (pin, shown, words) in [
        ("000000", &counted, "PIN"),
        (PIN, &rest, "Vừa có người đếm thêm"),
        (PIN, &counted, "Đã chốt kiểm kê 1 mặt hàng, sửa 1, biên bản LS-"),
    ] {
        let op = cashier.new_op();
        let form = [
            ("csrf", csrf.as_str()),
            ("op_id", &op),
            ("stocktake_id", &id),
            ("bearer", "producer"),
            ("reason", "Đã tìm"),
            ("shown_counted", shown),
            ("shown_uncounted", &rest),
            ("manager_id", &person),
            ("pin", pin),
        ];
        let to = cashier.post(As::Page, "/stocktake/closing", &form).await.leads_to().to_owned();
        let page = cashier.get(As::Page, &to).await;
        page.has(words);
        assert_eq!(to.starts_with("/papers/LS-"), words.starts_with("Đã chốt"), "{to}");
    }
    cashier.get(As::Page, "/stocktake/closing").await.has("Chưa có đợt kiểm kê nào đang mở");
    // The card of the product shows it, with its paper.
    let card = cashier.get(As::Page, &format!("/stock/card?product_id={}", id_of(FISH_SAUCE_NAME))).await;
    card.has("Kiểm kê");
    card.has("-KK");
    store.check().await;
}

#[tokio::test]
async fn a_stocktake_is_given_up_by_its_form_alone() {
    let store = store().await;
    let mut visitor = counting(&store).await;
    scan(&mut visitor, GARLIC).await.has(": 1 ở Kệ 1");
    visitor.get(As::Page, "/stocktake").await.has("Mọi số đã đếm sẽ mất");
    let id = visitor.get(As::Json, "/stocktake").await.json()["stocktake_id"].as_str().unwrap().to_owned();
    for (id, words) in
        [("019a0000-0000-7000-8000-000000000001", "đã chốt hoặc đã bỏ"), (id.as_str(), "Đã bỏ đợt kiểm kê")]
    {
        let (csrf, op) = (visitor.csrf.clone(), visitor.new_op());
        let form = [("csrf", csrf.as_str()), ("op_id", &op), ("stocktake_id", id)];
        let to = visitor.post(As::Page, "/stocktake/give-up", &form).await.leads_to().to_owned();
        assert_eq!(to, "/stocktake");
        visitor.get(As::Page, &to).await.has(words);
    }
    // A page that was left open: its next scan says so.
    scan(&mut visitor, GARLIC).await.has("đã chốt hoặc đã bỏ");
}

/// The sheet has every product of the shelf and an empty box, and tells nobody what to find.
#[tokio::test]
async fn a_sheet_for_counting_tells_no_quantity() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let page = visitor.get(As::Page, "/stocktake/sheet").await;
    for words in [GARLIC_NAME, FISH_SAUCE_NAME, "Đếm được", "data-print"] {
        page.has(words);
    }
    assert!(!page.text.contains("<td>10</td>") && !page.text.contains("class=\"n\""), "{}", page.text);
    let unknown = uuid::Uuid::nil().to_string();
    let answer = visitor.post(As::Part, &format!("{HERE}/pick"), &[("product_id", &unknown)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
