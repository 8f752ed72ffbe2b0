//! What hands do wrong at a counter: each gets one sentence that says what to do, and changes nothing. Where more than the
//! answer matters there is a story of its own: `paying` (double click), `browser/windows.rs` (two tabs, a page closed while money
//! is taken), `browser/scanner.rs` (a scanner's Enter on a button), `clock.rs` (a clock set back in mid-shift).

use serde_json::Value;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use crate::visitor::{As, FISH_SAUCE, GARLIC, GARLIC_NAME, MANAGER, Visitor, store};

/// What may not change: the open cart, and the sales.
async fn kept(visitor: &mut Visitor) -> (Value, Value, Value) {
    let state = visitor.state().await;
    (state["lines"].clone(), state["payable_vnd"].clone(), visitor.get(As::Json, "/receipts").await.json())
}

/// Posts as a page does; the answer has the sentence, and everything is as before.
async fn refused(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)], sentence: &str) {
    let before = kept(visitor).await;
    let mut answer = visitor.post(As::Part, path, fields).await;
    if answer.status == 303 {
        let to = answer.leads_to().to_owned();
        answer = visitor.get(As::Page, &to).await;
    }
    answer.has(sentence);
    assert_eq!(kept(visitor).await, before, "{path} {fields:?}");
}

async fn begin() -> (TestStore, Visitor) {
    let store = store().await;
    let visitor = Visitor::selling(&store).await;
    (store, visitor)
}

#[tokio::test]
async fn absurd_quantities_and_discounts() {
    let (store, mut visitor) = begin().await;
    for code in [GARLIC, FISH_SAUCE] {
        visitor.scan(code).await;
    }
    let (sale_id, garlic) = (visitor.sale_id().await, id_of(GARLIC_NAME).to_string());
    let row = [("sale_id", sale_id.as_str()), ("row", "0"), ("product_id", &garlic)];
    for (quantity, sentence) in [
        ("1000000000", "Số lượng chưa đúng. Gõ số như 3 hoặc 1,25."),
        ("99999999999", "Số lượng chưa đúng."),
        ("8938500000010", "Số lượng chưa đúng."),
        ("0", "Số lượng chưa đúng."),
        ("-1", "Số lượng chưa đúng."),
        ("1e9", "Số lượng chưa đúng."),
        ("0,5", "Hàng này bán theo chiếc: gõ số nguyên."),
    ] {
        let fields = [&row[..], &[("quantity", quantity)]].concat();
        refused(&mut visitor, "/counter/quantity", &fields, sentence).await;
    }
    let manager = id_of(MANAGER).to_string();
    let by = [("reason", "x"), ("manager_id", manager.as_str()), ("pin", PIN)];
    for (what, typed, sentence) in [
        ("line", "101%", "Giảm giá chưa đúng."),
        ("cart", "100,01%", "Giảm giá chưa đúng."),
        ("cart", "1000%", "Giảm giá chưa đúng."),
        ("line", "280.001", "Giảm giá chưa đúng."),
        ("cart", "-5%", "Giảm giá chưa đúng."),
        ("price", "-1", "Giá chưa đúng. Gõ giá một đơn vị lớn hơn 0, như 85.000."),
        ("price", "8938500000010", "Giá chưa đúng."),
    ] {
        let fields = [&row[..], &[("what", what), ("typed", typed)], &by].concat();
        refused(&mut visitor, "/counter/reduce", &fields, sentence).await;
    }
    store.check().await;
}

#[tokio::test]
async fn two_tabs_on_one_cart_and_a_double_click_on_pay() {
    let (store, mut visitor) = begin().await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    let pay = [("sale_id", sale_id.as_str()), ("payable_vnd", "280000")];
    assert_eq!(visitor.post(As::Json, "/counter/finish", &pay).await.says(), "sold");
    visitor.scan(FISH_SAUCE).await;
    let sentence = "Đơn đó đã xong hoặc đang treo nên thao tác này không đổi gì.";
    for (path, fields) in [
        ("/counter/finish", &[("payable_vnd", "280000")][..]),
        ("/counter/quantity", &[("row", "0"), ("product_id", &sale_id), ("quantity", "3")]),
        ("/counter/clear", &[]),
        ("/counter/park", &[("name", "a")]),
    ] {
        let fields = [&[("sale_id", sale_id.as_str())], fields].concat();
        refused(&mut visitor, path, &fields, sentence).await;
    }
    store.check().await;
}

#[tokio::test]
async fn more_back_than_was_sold_a_refund_of_a_refund_and_guessing() {
    let (store, mut visitor) = begin().await;
    visitor.scan(GARLIC).await;
    let sale_id = visitor.sale_id().await;
    let pay = [("sale_id", sale_id.as_str()), ("payable_vnd", "280000")];
    assert_eq!(visitor.post(As::Json, "/counter/finish", &pay).await.says(), "sold");
    let manager = id_of(MANAGER).to_string();
    let back = |op: &str, quantity: &str, pin: &str| {
        [
            ("op_id", op),
            ("sale_id", &sale_id),
            ("quantity", quantity),
            ("back_to", "shelf"),
            ("reason", "x"),
            ("kind", "cash"),
            ("manager_id", &manager),
            ("pin", pin),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    for (op, quantity, pin, sentence) in [
        ("a", "2", PIN, "chỉ còn trả được 1. Gõ lại số lượng."),
        ("b", "1", "000000", "PIN của quản lý không đúng. Nhập lại."),
        ("c", "1", "111111", "PIN của quản lý không đúng. Nhập lại."),
    ] {
        let fields = back(op, quantity, pin);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        refused(&mut visitor, "/receipts/refund", &fields, sentence).await;
    }
    // Guessing costs time, whatever is guessed next.
    let mut waits = false;
    for (op, pin) in
        [("d", "222222"), ("e", "333333"), ("f", "444444"), ("g", "555555"), ("h", "666666"), ("i", PIN)]
    {
        let fields = back(op, "1", pin);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = visitor.post(As::Json, "/receipts/refund", &fields).await;
        waits = answer.says() == "wait_pin";
    }
    assert!(waits, "even the right one waits");
    store.clock.advance(3_600_000);
    visitor.sign_in(crate::visitor::CASHIER, PIN).await;
    let fields = back("j", "1", PIN);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(visitor.post(As::Json, "/receipts/refund", &fields).await.says(), "refunded");
    let again = back("k", "1", PIN);
    let again: Vec<_> = again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    refused(&mut visitor, "/receipts/refund", &again, "đã trả lại hết.").await;
    // The refund's own slip leads to its sale, of which nothing comes back any more.
    let slip: String = sqlx::query_scalar("select snapshot from slips order by made_at_ms desc limit 1")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    let start = slip.find("OCOP1 ").unwrap();
    let proof = slip[start..].split('"').next().unwrap_or_default();
    let scanned = visitor.scan(proof).await;
    assert_eq!(scanned.says(), "receipt_found", "{}", scanned.text);
    store.check().await;
}
