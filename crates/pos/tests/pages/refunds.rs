//! Goods that come back, as a browser and a program ask for it.

use serde_json::Value;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use crate::visitor::{As, FISH_SAUCE, GARLIC, GARLIC_NAME, MANAGER, Visitor, store};

/// Sells one of both products; returns the sale and its receipt's number.
async fn sell(visitor: &mut Visitor) -> (String, String) {
    let sale_id = visitor.sale_id().await;
    visitor.scan(GARLIC).await;
    visitor.scan(FISH_SAUCE).await;
    let sold = visitor.act("/counter/finish", &[("payable_vnd", "375000")]).await;
    assert_eq!(sold.says(), "sold", "{}", sold.text);
    let receipt = sold.json()["last_sale"]["receipt"].as_str().unwrap().to_owned();
    (sale_id, receipt)
}

async fn receipt(visitor: &mut Visitor, sale_id: &str) -> Value {
    visitor.get(As::Json, &format!("/receipts/{sale_id}")).await.json()
}

async fn begin() -> (TestStore, Visitor) {
    let store = store().await;
    let visitor = Visitor::selling(&store).await;
    (store, visitor)
}

#[tokio::test]
async fn a_scanned_receipt_opens_and_two_acts_take_it_back() {
    let (store, mut visitor) = begin().await;
    let (sale_id, number) = sell(&mut visitor).await;
    let open = visitor.sale_id().await;
    let scanned = visitor.post(As::Part, "/counter/scan", &[("sale_id", &open), ("code", &number)]).await;
    assert_eq!((scanned.status.as_u16(), scanned.leads_to()), (303, &*format!("/receipts/{sale_id}")));
    let page = visitor.get(As::Page, scanned.leads_to()).await;
    page.has("là phiếu thật của cửa hàng này");
    page.has("Trả hết phần còn lại");
    page.has(GARLIC_NAME);
    // The PIN, then the button for everything.
    let (op, manager) = (visitor.new_op(), id_of(MANAGER).to_string());
    let fields = [
        ("op_id", op.as_str()),
        ("sale_id", &sale_id),
        ("quantity", ""),
        ("quantity", ""),
        ("reason", "Khách đổi ý"),
        ("back_to", "shelf"),
        ("kind", "cash"),
        ("manager_id", &manager),
        ("pin", PIN),
        ("whole", "1"),
    ];
    let done = visitor.post(As::Json, "/receipts/refund", &fields).await;
    assert_eq!((done.status.as_u16(), done.says().as_str()), (200, "refunded"), "{}", done.text);
    let again = visitor.post(As::Json, "/receipts/refund", &fields).await;
    assert_eq!((again.status.as_u16(), again.says().as_str()), (200, "ready"), "a double click");
    let told = receipt(&mut visitor, &sale_id).await;
    assert_eq!((told["receipt"].as_str(), told["rows"][0]["left_milli"].as_i64()), (Some(&*number), Some(0)));
    assert_eq!(
        (told["refunds"].as_array().unwrap().len(), told["refunds"][0]["paid_vnd"].as_i64()),
        (1, Some(375_000))
    );
    visitor.get(As::Page, &format!("/receipts/{sale_id}")).await.has("Không trả thêm được nữa");
    store.check().await;
}

#[tokio::test]
async fn what_is_refused_changes_nothing_and_says_what_to_do() {
    let (store, mut visitor) = begin().await;
    let (sale_id, _) = sell(&mut visitor).await;
    let manager = id_of(MANAGER).to_string();
    for (quantity, pin, says) in [
        ("", PIN, "nothing_chosen"),
        ("0", PIN, "bad_quantity"),
        ("-1", PIN, "bad_quantity"),
        ("0,5", PIN, "bad_quantity"),
        ("100000", PIN, "too_much_back"),
        ("2", PIN, "too_much_back"),
        ("1", "", "manager_needed"),
        ("1", "000000", "wrong_pin"),
    ] {
        let op = visitor.new_op();
        let fields = [
            ("op_id", op.as_str()),
            ("sale_id", &sale_id),
            ("quantity", quantity),
            ("back_to", "shelf"),
            ("kind", "cash"),
            ("manager_id", &manager),
            ("pin", pin),
        ];
        let refused = visitor.post(As::Json, "/receipts/refund", &fields).await;
        assert_eq!((refused.status.as_u16(), refused.says().as_str()), (422, says), "{quantity:?} {pin:?}");
    }
    let op = visitor.new_op();
    let half = [
        ("op_id", op.as_str()),
        ("sale_id", &sale_id),
        ("quantity", "0,5"),
        ("back_to", "shelf"),
        ("kind", "cash"),
        ("manager_id", &manager),
        ("pin", PIN),
    ];
    let refused = visitor.post(As::Json, "/receipts/exchange", &half).await;
    assert_eq!(
        (refused.says(), refused.json()["note"]["whole"].as_bool()),
        ("bad_quantity".to_owned(), Some(true))
    );
    let told = receipt(&mut visitor, &sale_id).await;
    assert_eq!(
        (told["rows"][0]["left_milli"].as_i64(), told["refunds"].as_array().unwrap().len()),
        (Some(1_000), 0)
    );
    for (code, says) in [
        ("QN-7Q3F-000001", "other_store"),
        ("LS-7Q3F-999999", "unknown_receipt"),
        ("OCOP1 7", "made_up_receipt"),
    ] {
        assert_eq!(visitor.scan(code).await.says(), says, "{code}");
    }
    store.check().await;
}

#[tokio::test]
async fn a_receipt_is_found_by_number_amount_time_and_day() {
    let (store, mut visitor) = begin().await;
    let (_, number) = sell(&mut visitor).await;
    let time = web::format::local_time_text(store.app.clock().now_ms());
    let day = web::format::date_text(web::format::local_date(store.app.clock().now_ms()));
    for (find, found) in [
        (number.as_str(), true),
        ("000001", true),
        ("375.000", true),
        (&*time, true),
        (&*day, true),
        ("000002", false),
        ("375.001", false),
        ("01/01/2026", false),
        ("%", false),
        ("tỏi", false),
    ] {
        let spelled = crate::visitor::form_urlencoded(&[("find", find)]);
        let listed = visitor.get(As::Json, &format!("/receipts?{spelled}")).await.json();
        assert_eq!(listed.as_array().unwrap().len(), usize::from(found), "{find}");
    }
    store.check().await;
}

/// The form stands where it can do something, and only there.
#[tokio::test]
async fn only_a_sale_that_can_be_voided_offers_it() {
    let (store, mut visitor) = begin().await;
    let (sale_id, _) = sell(&mut visitor).await;
    let path = format!("/receipts/{sale_id}");
    let form = "action=\"/receipts/void\"";
    visitor.get(As::Page, &path).await.has(form);
    assert_eq!(receipt(&mut visitor, &sale_id).await["is_voidable"], true);
    // Another counter, in the same shop and at the same time.
    let mut other = Visitor::selling_at(&store, "2").await;
    let page = other.get(As::Page, &path).await;
    assert!(!page.text.contains(form), "it was sold at another counter");
    page.has("Trả hết phần còn lại");
    // A part came back.
    let (op, manager) = (visitor.new_op(), id_of(MANAGER).to_string());
    let fields = [
        ("op_id", op.as_str()),
        ("sale_id", &sale_id),
        ("quantity", "1"),
        ("back_to", "shelf"),
        ("kind", "cash"),
        ("manager_id", &manager),
        ("pin", PIN),
    ];
    assert_eq!(visitor.post(As::Json, "/receipts/refund", &fields).await.says(), "refunded");
    assert!(!visitor.get(As::Page, &path).await.text.contains(form));
    assert_eq!(receipt(&mut visitor, &sale_id).await["is_voidable"], false);
    // Its shift is closed.
    let (sale_id, _) = sell(&mut visitor).await;
    let closed =
        visitor.post(As::Json, "/shift/close", &[("op_id", "close"), ("counted", "1.000.000")]).await;
    assert_eq!(closed.says(), "shift_closed", "{}", closed.text);
    assert_eq!(receipt(&mut visitor, &sale_id).await["is_voidable"], false);
    store.check().await;
}

#[tokio::test]
async fn a_sale_is_voided_and_goods_come_back_without_a_receipt() {
    let (store, mut visitor) = begin().await;
    let (sale_id, _) = sell(&mut visitor).await;
    let manager = id_of(MANAGER).to_string();
    let op = visitor.new_op();
    let fields = [
        ("op_id", op.as_str()),
        ("sale_id", &sale_id),
        ("reason", ""),
        ("manager_id", &manager),
        ("pin", PIN),
    ];
    assert_eq!(visitor.post(As::Json, "/receipts/void", &fields).await.says(), "voided");
    visitor.scan(GARLIC).await;
    visitor.get(As::Page, "/refunds/new").await.has(GARLIC_NAME);
    let (op, open) = (visitor.new_op(), visitor.sale_id().await);
    let fields = [
        ("op_id", op.as_str()),
        ("sale_id", &open),
        ("back_to", "waste"),
        ("kind", "cash"),
        ("manager_id", &manager),
        ("pin", PIN),
    ];
    let back = visitor.post(As::Json, "/refunds/new", &fields).await;
    assert_eq!(back.says(), "refunded", "{}", back.text);
    assert_eq!(back.json()["lines"].as_array().unwrap().len(), 0);
    store.check().await;
}
