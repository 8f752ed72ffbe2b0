//! Producers on their pages: what they are owed is seen, settled and paid, and its paper is there to be shown again.

use axum::http::StatusCode;
use domain::contract::{EXPIRY_BEARER_USUAL, LOSS_BEARER_USUAL};
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

/// At the till and at central a contract's form begins with the same parties.
#[tokio::test]
async fn a_contracts_form_begins_as_it_does_at_central() {
    let store = store().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let page = manager.get(As::Page, &format!("/producers/{}/terms", id_of(PRODUCER))).await;
    for (field, chosen) in
        [("loss_bearer", LOSS_BEARER_USUAL.code()), ("expiry_bearer", EXPIRY_BEARER_USUAL.code())]
    {
        let options = page.text.split(&format!("<select id=\"{field}\"")).nth(1).unwrap();
        let is_chosen = options.split(" selected").next().unwrap();
        assert!(is_chosen.ends_with(&format!("value=\"{chosen}\"")), "{field}: {options}");
    }
}

/// It ends below the form that makes one; goods that still come are received with a warning.
#[tokio::test]
async fn a_contract_is_ended_on_its_page() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let (id, path) = (id_of(PRODUCER).to_string(), format!("/producers/{}/terms", id_of(PRODUCER)));
    visitor.get(As::Page, &path).await.has("action=\"/producers/terms/end\"");
    for (from, status, words) in [
        ("22/11/2026", StatusCode::UNPROCESSABLE_ENTITY, "Hợp đồng chỉ áp dụng từ 23/11/2026"),
        ("hôm nay", StatusCode::UNPROCESSABLE_ENTITY, "value=\"hôm nay\""),
        ("23/11/2026", StatusCode::SEE_OTHER, ""),
        ("24/11/2026", StatusCode::UNPROCESSABLE_ENTITY, "Ngày đó không có hợp đồng nào"),
    ] {
        let (op, csrf, manager_id) = (visitor.new_op(), visitor.csrf.clone(), id_of(MANAGER).to_string());
        let fields = [
            ("csrf", csrf.as_str()),
            ("op_id", op.as_str()),
            ("producer_id", id.as_str()),
            ("end_product_id", ""),
            ("end_from", from),
            ("manager_id", manager_id.as_str()),
            ("pin", PIN),
        ];
        let answer = visitor.post(As::Page, "/producers/terms/end", &fields).await;
        assert_eq!(answer.status, status, "{from}: {}", answer.text);
        assert!(answer.text.contains(words), "{from}: {}", answer.text);
    }
    let state = visitor.get(As::Json, &path).await.json();
    let versions = state["versions"].as_array().unwrap();
    let is = |version: &Value, field: &str| version[field].as_bool().unwrap();
    let told: Vec<_> = versions.iter().map(|v| (is(v, "is_in_force"), is(v, "is_ended"))).collect();
    assert_eq!(told, [(false, true), (false, false)]);
    let page = visitor.get(As::Page, &path).await;
    for words in ["Đã kết thúc", "Chưa có hợp đồng đang áp dụng", "kết thúc từ ngày này"]
    {
        page.has(words);
    }
    assert!(!page.text.contains("/producers/terms/end"), "nothing is left to end");
    visitor.get(As::Page, "/goods").await.has("Tỏi đen Lý Sơn · chưa có hợp đồng");
    store.check().await;
}

/// Sends the form under a paper; returns where it leads.
async fn correct(visitor: &mut Visitor, number: &str, typed: [&str; 4]) -> String {
    let (op, csrf, manager) = (visitor.new_op(), visitor.csrf.clone(), id_of(MANAGER).to_string());
    let [change, amount, reason, pin] = typed;
    let fields = [
        ("csrf", csrf.as_str()),
        ("op_id", op.as_str()),
        ("number", number),
        ("change", change),
        ("amount", amount),
        ("reason", reason),
        ("manager_id", manager.as_str()),
        ("pin", pin),
    ];
    visitor.post(As::Page, "/producers/correct", &fields).await.leads_to().to_owned()
}

/// A settlement that was wrong is put right under its paper; the paper, the new one and the producer's page all lead to it.
#[tokio::test]
async fn a_settlement_is_put_right_under_its_paper() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    store.sell(GARLIC).await;
    let (id, csrf, manager) = (id_of(PRODUCER).to_string(), visitor.csrf.clone(), id_of(MANAGER).to_string());
    let op = visitor.new_op();
    let fields = [
        ("csrf", csrf.as_str()),
        ("op_id", op.as_str()),
        ("producer_id", id.as_str()),
        ("act", "settle"),
        ("way", "cash"),
        ("amount", "243.712"),
        ("shown_vnd", "243712"),
        ("manager_id", manager.as_str()),
        ("pin", PIN),
    ];
    let settled = visitor.post(As::Page, "/producers/pay", &fields).await.leads_to().to_owned();
    let number = settled.strip_prefix("/papers/").expect("a paper").to_owned();
    let page = visitor.get(As::Page, &settled).await;
    page.has("Điều chỉnh, hoặc rút lại khoản trả nhầm");
    page.has("Rút lại nhiều nhất 243.712 ₫");
    for (change, amount, reason, pin, words) in [
        ("less", "20.000", "Tính nhầm", "000000", "PIN"),
        ("less", "nhiều", "Tính nhầm", PIN, "Có ô chưa đúng"),
        ("less", "20.000", "", PIN, "Cần ghi lý do"),
        ("cash", "243.713", "Trả nhầm", PIN, "Lần đó chỉ trả 243.712 ₫"),
    ] {
        let to = correct(&mut visitor, &number, [change, amount, reason, pin]).await;
        assert_eq!(to, settled, "{words}");
        visitor.get(As::Page, &to).await.has(words);
    }
    let mut papers = Vec::new();
    for (change, amount, words) in [
        ("less", "20.000", "Đã trừ 20.000 ₫ vào tiền của chủ thể"),
        ("cash", "43.712", "Đã rút lại 43.712 ₫"),
    ] {
        let to = correct(&mut visitor, &number, [change, amount, "Tính nhầm", PIN]).await;
        assert!(to.starts_with("/papers/") && to != settled, "{to}");
        let page = visitor.get(As::Page, &to).await;
        page.has(words);
        page.has("href=\"/producers\" aria-current");
        papers.push(to);
    }
    let page = visitor.get(As::Page, &settled).await;
    for words in ["Các phiếu điều chỉnh cho phiếu này", "−20.000 ₫", "+43.712 ₫", &papers[0], &papers[1]]
    {
        page.has(words);
    }
    assert!(!page.text.contains("rút lại khoản trả nhầm"), "it came back already");
    let now = producer(&mut visitor).await;
    assert_eq!((now["carried_vnd"].as_i64(), now["owed_vnd"].as_i64()), (Some(23_712), Some(23_712)));
    assert_eq!(now["adjusted"][0]["adjusted_vnd"].as_i64(), Some(-20_000));
    assert_eq!(now["payments"].as_array().unwrap().len(), 3);
    let page = visitor.get(As::Page, &format!("/producers/{id}")).await;
    page.has(&format!("Điều chỉnh {number}"));
    page.has(&format!("Rút lại khoản trả {number}"));
    page.has("Tính nhầm");
    store.check().await;
}
