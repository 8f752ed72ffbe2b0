//! Producers on their pages: what they are owed is seen, settled and paid, and its paper is there to be shown again.

use axum::http::StatusCode;
use serde_json::Value;
use testkit::catalogue::{PIN, id_of};

use crate::visitor::{As, GARLIC, MANAGER, Visitor, store};

const PRODUCER: &str = "Tỏi đen Lý Sơn";
/// What a box brings its producer.
const DUE: i64 = 243_712;

async fn producer(visitor: &mut Visitor) -> Value {
    visitor.get(As::Json, &format!("/producers/{}", id_of(PRODUCER))).await.json()
}

/// A transfer to a wrong account is asked about later: who wrote it is kept with it.
#[tokio::test]
async fn an_account_says_who_wrote_it() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let (id, path) = (id_of(PRODUCER).to_string(), format!("/producers/{}/account", id_of(PRODUCER)));
    assert!(!manager.get(As::Page, &path).await.text.contains("Người ghi"));
    let token = manager.csrf.clone();
    let form = |act: &'static str| {
        let (csrf, id) = (token.as_str(), id.as_str());
        [("csrf", csrf), ("producer_id", id), ("bank", "970405"), ("number", "4801205012345"), ("act", act)]
    };
    assert_eq!(
        manager.post(As::Page, "/producers/account", &form("keep")).await.status,
        StatusCode::SEE_OTHER
    );
    manager.get(As::Page, &path).await.has(&format!("Người ghi: {MANAGER}, lúc 23/11/2026 "));
    manager.post(As::Page, "/producers/account", &form("forget")).await;
    assert!(!manager.get(As::Page, &path).await.text.contains("Người ghi"), "and nothing of it stays");
}

#[tokio::test]
async fn a_producer_is_settled_with_and_paid_on_their_page() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    store.sell(GARLIC).await;
    store.sell(GARLIC).await;
    visitor.get(As::Page, "/stock").await.has("href=\"/producers\"");
    let list = visitor.get(As::Json, "/producers").await.json();
    assert_eq!((list[0]["name"].as_str(), list[0]["owed_vnd"].as_i64()), (Some(PRODUCER), Some(2 * DUE)));
    assert_eq!(list[0]["settled_at_ms"], Value::Null);
    let path = format!("/producers/{}", id_of(PRODUCER));
    visitor.get(As::Page, "/producers").await.has(&format!("href=\"{path}\""));
    let page = visitor.get(As::Page, &path).await;
    page.has("<h2>Tỏi đen Lý Sơn</h2>");
    for words in [
        "Tỏi đen Lý Sơn hộp 250 g",
        "560.000 ₫",
        "67.200 ₫",
        "487.424 ₫",
        "value=\"487.424\"",
        "12 %",
        "bán 2, được 487.424 ₫",
    ] {
        page.has(words);
    }
    let (id, csrf, manager) = (id_of(PRODUCER).to_string(), visitor.csrf.clone(), id_of(MANAGER).to_string());
    let form = |op: String, amount: &'static str, shown: &'static str, pin: &'static str| {
        [
            ("csrf", csrf.clone()),
            ("op_id", op),
            ("producer_id", id.clone()),
            ("act", "settle".to_owned()),
            ("way", "cash".to_owned()),
            ("amount", amount.to_owned()),
            ("shown_vnd", shown.to_owned()),
            ("manager_id", manager.clone()),
            ("pin", pin.to_owned()),
        ]
    };
    for (amount, shown, pin, words) in [
        ("487.424", "487424", "000000", "PIN"),
        ("487.424", "1", PIN, "Số vừa thay đổi"),
        ("487.425", "487424", PIN, "Chỉ phải trả 487.424 ₫"),
        ("nhiều", "487424", PIN, "Có ô chưa đúng"),
    ] {
        let op = visitor.new_op();
        let fields = form(op, amount, shown, pin);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let to = visitor.post(As::Page, "/producers/pay", &fields).await.leads_to().to_owned();
        assert_eq!(to, path, "{words}");
        visitor.get(As::Page, &to).await.has(words);
    }
    assert_eq!(producer(&mut visitor).await["payments"].as_array().unwrap().len(), 0);
    let op = visitor.new_op();
    let fields = form(op, "400.000", "487424", PIN);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let to = visitor.post(As::Page, "/producers/pay", &fields).await.leads_to().to_owned();
    let number = to.strip_prefix("/papers/").expect("a paper").to_owned();
    let paper = visitor.get(As::Page, &to).await;
    for words in [
        "href=\"/producers\" aria-current",
        "Đã quyết toán",
        "còn nợ 87.424 ₫",
        "560.000 ₫",
        "Tiền mặt",
        "In khổ A4",
        "ghi rõ họ tên",
        &number,
    ] {
        let words = if words == "Tiền mặt" { "Trả tiền mặt" } else { words };
        paper.has(words);
    }
    let now = producer(&mut visitor).await;
    assert_eq!((now["due_vnd"].as_i64(), now["carried_vnd"].as_i64()), (Some(0), Some(87_424)));
    assert_eq!(now["payments"][0]["number"].as_str(), Some(number.as_str()));
    visitor.get(As::Page, &path).await.has(&format!("href=\"/papers/{number}\""));
    let none = visitor.get(As::Json, "/papers/LS-0000-QT1").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    store.check().await;
}
