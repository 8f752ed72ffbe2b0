//! Paying producers on their pages: no code comes up for a transfer that is recorded, what was paid since a settlement is told, and a
//! till that took another one's place says what it cannot do.

use domain::ids::StoreId;
use domain::payout::PayoutAccount;
use pos::db::payout_accounts;
use pos::sync::enrol::begin_stream;
use serde_json::Value;
use testkit::catalogue::{PIN, id_of};

use crate::visitor::{As, GARLIC, MANAGER, Visitor, store};

const PRODUCER: &str = "Tỏi đen Lý Sơn";
/// What a box brings its producer.
const DUE: i64 = 243_712;

/// What the form of a code says beside the amount.
const TO_ACCOUNT: [(&str, &str); 4] =
    [("way", "transfer"), ("bank", "970405"), ("number", "4801205012345"), ("holder", "BÙI VĂN TẤN")];

fn home() -> String {
    format!("/producers/{}", id_of(PRODUCER))
}

async fn producer(visitor: &mut Visitor) -> Value {
    visitor.get(As::Json, &home()).await.json()
}

/// Posts the form of a payment as a page shows it; returns where it leads.
async fn pay(visitor: &mut Visitor, op: &str, fields: &[(&str, &str)]) -> String {
    let (id, manager) = (id_of(PRODUCER).to_string(), id_of(MANAGER).to_string());
    let csrf = visitor.csrf.clone();
    let own = [
        ("csrf", csrf.as_str()),
        ("op_id", op),
        ("producer_id", id.as_str()),
        ("manager_id", manager.as_str()),
        ("pin", PIN),
    ];
    let all: Vec<(&str, &str)> = own.into_iter().chain(fields.iter().copied()).collect();
    let answer = visitor.post(As::Page, "/producers/pay", &all).await;
    assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.text);
    answer.leads_to().to_owned()
}

/// Somebody would scan it.
#[tokio::test]
async fn a_transfer_that_is_recorded_shows_no_code_again() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    store.sell(GARLIC).await;
    let owed = DUE.to_string();
    let form =
        [("act", "settle"), ("amount", owed.as_str()), ("shown_vnd", owed.as_str()), ("last_paid_ms", "0")];
    let form = [&TO_ACCOUNT[..], &form[..]].concat();
    let op = visitor.new_op();
    let paper = pay(&mut visitor, &op, &form).await;
    assert!(paper.starts_with("/papers/"), "{paper}");
    // Pressed twice; then from a page of before, under another name.
    let other = visitor.new_op();
    for (op, words) in [(op, "Lần trả này đã ghi rồi"), (other, "không chuyển lại")] {
        assert_eq!(pay(&mut visitor, &op, &form).await, home(), "{words}");
        let page = visitor.get(As::Page, &home()).await;
        page.has(words);
        page.has(&format!("href=\"{paper}\""));
    }
    assert_eq!(producer(&mut visitor).await["payments"].as_array().unwrap().len(), 1);
    store.check().await;
}

/// Another counter sells a box while the bank's app is open.
#[tokio::test]
async fn a_transfer_typed_by_hand_is_recorded_and_told_with_the_next_settlement() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    store.sell(GARLIC).await;
    let mut last_paper = String::new();
    for (act, amount) in [("settle", "100000"), ("advance", "50000")] {
        let shown = producer(&mut visitor).await;
        let (owed, last_paid) = (shown["owed_vnd"].to_string(), shown["last_paid_ms"].to_string());
        let field = format!("name=\"last_paid_ms\" value=\"{last_paid}\"");
        visitor.get(As::Page, &home()).await.has(&field);
        store.sell(GARLIC).await;
        let op = visitor.new_op();
        let form = [
            ("act", act),
            ("way", "transfer"),
            ("amount", amount),
            ("shown_vnd", owed.as_str()),
            ("last_paid_ms", last_paid.as_str()),
        ];
        last_paper = pay(&mut visitor, &op, &form).await;
        assert!(last_paper.starts_with("/papers/"), "{act}: {last_paper}");
    }
    let now = producer(&mut visitor).await;
    assert_eq!(
        (now["carried_vnd"].as_i64(), now["due_vnd"].as_i64(), now["advances"][0]["paid_vnd"].as_i64()),
        (Some(2 * DUE - 150_000), Some(DUE), Some(50_000))
    );
    let number = last_paper.trim_start_matches("/papers/");
    let told = [
        "<dt>Còn nợ từ trước</dt><dd>387.424 ₫</dd>".to_owned(),
        format!("<dt>Đã trả 23/11/2026, phiếu {number}</dt><dd>−50.000 ₫</dd>"),
    ];
    let page = visitor.get(As::Page, &home()).await;
    told.iter().for_each(|words| page.has(words));
    let (op, owed) = (visitor.new_op(), now["owed_vnd"].to_string());
    let form = [("act", "settle"), ("way", "cash"), ("amount", ""), ("shown_vnd", owed.as_str())];
    let to = pay(&mut visitor, &op, &form).await;
    let paper = visitor.get(As::Page, &to).await;
    told.iter().for_each(|words| paper.has(words));
    assert_eq!(producer(&mut visitor).await["advances"], Value::Array(Vec::new()));
    store.check().await;
}

#[tokio::test]
async fn a_restored_till_says_why_it_cannot_settle_and_what_can_be_done() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    store.sell(GARLIC).await;
    let account = PayoutAccount::read("970405", "4801205012345", "BÙI VĂN TẤN").unwrap();
    let mut tx = store.app.db().begin().await.unwrap();
    let by = (store.seat.cashier_id, 0);
    payout_accounts::replace_account(&mut tx, id_of(PRODUCER).into(), Some(&account), by).await.unwrap();
    tx.commit().await.unwrap();
    let transfer = format!("{}/transfer", home());
    for page in [&home(), &transfer] {
        let page = visitor.get(As::Page, page).await;
        page.has("value=\"settle\"");
        assert!(!page.text.contains("chưa nhận lại sổ"), "{}", page.text);
    }

    begin_stream(&store.app, StoreId::from_uuid(id_of("store")), "restored").await.unwrap();
    assert_eq!(producer(&mut visitor).await["is_behind"], true);
    for page in [&home(), &transfer] {
        let page = visitor.get(As::Page, page).await;
        page.has("chưa nhận lại sổ từ trung tâm");
        for gone in ["value=\"settle\"", "value=\"243.712\"", "name=\"amount\" value=\"243712\""] {
            assert!(!page.text.contains(gone), "{gone} in {}", page.text);
        }
    }
    // The form of before is refused, and says which button of its page is left.
    let owed = DUE.to_string();
    let form =
        [("act", "settle"), ("amount", owed.as_str()), ("shown_vnd", owed.as_str()), ("last_paid_ms", "0")];
    let by_code = [&TO_ACCOUNT[..], &form[..]].concat();
    let by_cash = [&[("way", "cash")][..], &form[..]].concat();
    for (form, to, button) in [
        (by_cash, home(), "bấm “Chỉ trả tiền”"),
        (by_code, format!("{transfer}?amount={owed}"), "bấm “Đã chuyển, chỉ ghi trả”"),
    ] {
        let op = visitor.new_op();
        assert_eq!(pay(&mut visitor, &op, &form).await, to);
        visitor.get(As::Page, &to).await.has(button);
    }
    let op = visitor.new_op();
    let form = [("act", "advance"), ("way", "cash"), ("amount", "50.000"), ("shown_vnd", owed.as_str())];
    let to = pay(&mut visitor, &op, &form).await;
    assert!(to.starts_with("/papers/"), "{to}");
    store.check().await;
}
