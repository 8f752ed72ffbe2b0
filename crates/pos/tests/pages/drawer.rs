//! The pages of shift and drawer: counting, X and Z, money in and out, opening by hand.

use axum::http::StatusCode;
use pos::Config;
use serde_json::json;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;

use crate::visitor::{As, CASHIER, GARLIC, MANAGER, Visitor, store};

#[tokio::test]
async fn closing_counts_asks_and_shows_the_z() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000"), ("cash", "300000")]).await;
    visitor.scan(GARLIC).await;
    let token = visitor.csrf.clone();
    let form = |more: &[(&'static str, &'static str)]| {
        [
            &[("csrf", token.clone()), ("op_id", "close".to_owned())][..],
            &more.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>(),
        ]
        .concat()
    };
    let post = async |visitor: &mut Visitor, path: &str, more: &[(&'static str, &'static str)]| {
        let fields = form(more);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visitor.post(As::Page, path, &fields).await
    };
    for (fields, words) in [
        (&[("n500000", "x")][..], "Có số tờ chưa đúng"),
        (&[("n500000", "1"), ("counted", "1")], "hai số phải bằng nhau"),
        (&[], "hai số phải bằng nhau"),
    ] {
        let wrong = post(&mut visitor, "/shift/count", fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.has(words);
        wrong.has("value=\"close\"");
    }
    let counts = &[("n500000", "1"), ("n200000", "1"), ("n50000", "1"), ("n20000", "1"), ("n5000", "1")];
    let asked = post(&mut visitor, "/shift/count", counts).await;
    for words in ["775.000 ₫", "Khoảng bao nhiêu khách ghé?", "Đếm lại", "name=\"n200000\" value=\"1\""]
    {
        asked.has(words);
    }
    assert!(!asked.text.contains("780.000"), "the count is blind");
    let back = post(&mut visitor, "/shift/count", &[&counts[..], &[("step", "count")]].concat()).await;
    back.has("value=\"1\"");
    let wrong = post(&mut visitor, "/shift/close", &[&counts[..], &[("visitors", "nhiều")]].concat()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has("Gõ số nguyên");
    wrong.has("775.000 ₫");

    let fields = [&counts[..], &[("visitors", "40"), ("tastings", "12")]].concat();
    let closed = post(&mut visitor, "/shift/close", &fields).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    let z = closed.leads_to().to_owned();
    assert!(z.starts_with("/shift/reports/"), "{z}");
    let page = visitor.get(As::Page, &z).await;
    for words in
        ["Thiếu 5.000 ₫ so với sổ", "780.000 ₫", "775.000 ₫", "500.000 ₫ × 1", "Đơn còn mở", "picture.png"]
    {
        page.has(words);
    }
    let report = visitor.get(As::Json, &z).await.json();
    assert_eq!((&report["visitors"], &report["tastings"]), (&json!(40), &json!(12)));
    assert_eq!(report["counted"]["difference_vnd"], -5_000);
    let picture = page.text.split("src=\"/slips/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let picture = visitor.get(As::Page, &format!("/slips/{picture}")).await;
    assert_eq!(picture.headers["content-type"], "image/png");
    visitor.get(As::Page, "/shift").await.has("Các ca đã đóng");
    assert_eq!(visitor.state().await["lines"].as_array().unwrap().len(), 1, "the open cart stays");
    store.check().await;
}

#[tokio::test]
async fn an_empty_drawer_is_asked_about_once() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let asked = visitor.post(As::Json, "/shift/close", &[("op_id", "a"), ("counted", "0")]).await;
    assert_eq!((asked.status.as_u16(), asked.says().as_str()), (422, "empty_drawer"));
    let token = visitor.csrf.clone();
    let form = [("csrf", token.as_str()), ("op_id", "a"), ("counted", "0")];
    visitor.post(As::Page, "/shift/close", &form).await.has("Ngăn kéo trống thật");
    let form = [("op_id", "a"), ("counted", "0"), ("is_empty", "yes")];
    let closed = visitor.post(As::Json, "/shift/close", &form).await;
    assert_eq!(closed.json()["note"], json!({ "says": "shift_closed", "over_vnd": -500_000 }));
    store.check().await;
}

#[tokio::test]
async fn who_counts_blind_is_a_setting_and_not_for_managers() {
    for (blind_count, who, is_told) in [(true, CASHIER, false), (true, MANAGER, true), (false, CASHIER, true)]
    {
        let drawer = pos::config::DrawerConfig { blind_count, ..Default::default() };
        let store = TestStore::closed(Config { drawer, ..Config::default() }).await;
        let mut visitor = Visitor::selling(&store).await;
        visitor.sign_in(who, PIN).await;
        visitor.scan(GARLIC).await;
        visitor.act("/counter/finish", &[("payable_vnd", "280000"), ("cash", "")]).await;
        let page = visitor.get(As::Page, "/shift").await;
        assert_eq!(page.text.contains("780.000"), is_told, "{blind_count} {who}");
        let report = visitor.get(As::Json, "/shift/report").await.json();
        assert_eq!(report["expected_vnd"].as_i64(), is_told.then_some(780_000), "{blind_count} {who}");
        // Neither on the page nor for programs: the sales less what was transferred are the cash.
        let page = visitor.get(As::Page, "/shift/report").await;
        assert_eq!(page.text.contains("280.000 ₫"), is_told, "{blind_count} {who}");
        assert_eq!(report.to_string().contains("280000"), is_told, "{blind_count} {who}: {report}");
        assert_eq!(report["sales_count"], 1);
        let shift = visitor.get(As::Json, "/shift").await.json();
        let counted =
            visitor.post(As::Json, "/shift/count", &[("op_id", "c"), ("counted", "1")]).await.json();
        for told in [shift, counted] {
            assert_eq!((&told["sales"], &told["float_vnd"]), (&json!(1), &json!(500_000)), "{told}");
            assert_eq!(
                told["payable_vnd"].as_i64(),
                is_told.then_some(280_000),
                "{blind_count} {who}: {told}"
            );
            assert_eq!(told.to_string().contains("80000"), is_told, "{blind_count} {who}: {told}");
        }
    }
}

#[tokio::test]
async fn a_manager_allows_more_at_the_cashiers_counter() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let manager = id_of(MANAGER).to_string();
    let beyond =
        [("op_id", "m"), ("way", "out"), ("amount", "500.001"), ("person", ""), ("reason", "nộp quỹ")];
    let token = visitor.csrf.clone();
    let typed = [&beyond[..], &[("csrf", token.as_str())]].concat();
    visitor.post(As::Page, "/drawer/cash", &typed).await.has("name=\"pin\"");
    for (pin, says) in [("000000", "wrong_pin"), (PIN, "cash_moved")] {
        let allowed = [&beyond[..], &[("manager_id", manager.as_str()), ("pin", pin)]].concat();
        assert_eq!(visitor.post(As::Json, "/drawer/cash", &allowed).await.says(), says);
    }
    store.check().await;
}

#[tokio::test]
async fn money_in_and_out_has_an_amount_a_reason_and_a_limit() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let fields = |op_id, way, amount, reason| {
        [("op_id", op_id), ("way", way), ("amount", amount), ("person", ""), ("reason", reason)]
    };
    for (way, amount, reason, says) in [
        ("in", "", "đổi tiền", "bad_field"),
        ("in", "0", "đổi tiền", "bad_field"),
        ("in", "2.000.000.000", "đổi tiền", "bad_field"),
        ("out", "50k", " ", "bad_field"),
        ("out", "500.001", "nộp quỹ", "needs_manager"),
    ] {
        let answer = visitor.post(As::Json, "/drawer/cash", &fields("a", way, amount, reason)).await;
        assert_eq!((answer.status.as_u16(), answer.says().as_str()), (422, says), "{way} {amount} {reason}");
    }
    let page = visitor.get(As::Page, "/drawer").await;
    page.has("Chưa có khoản nào.");
    let out = visitor.post(As::Json, "/drawer/cash", &fields("a", "out", "50k", "trả tiền đá")).await;
    assert_eq!(out.json()["note"]["amount_vnd"], -50_000);
    let again = visitor.post(As::Json, "/drawer/cash", &fields("a", "out", "50k", "trả tiền đá")).await;
    assert_eq!(again.says(), "ready", "a form that is posted twice");
    let token = visitor.csrf.clone();
    let form = [
        ("csrf", token.as_str()),
        ("op_id", "b"),
        ("way", "in"),
        ("amount", "200.000"),
        ("reason", "đổi <b>tiền</b>"),
    ];
    let done = visitor.post(As::Page, "/drawer/cash", &form).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/drawer"));
    let page = visitor.get(As::Page, "/drawer").await;
    for words in ["Đã thu 200.000 ₫, phiếu LS-", "trả tiền đá", "-50.000 ₫", "đổi &lt;b&gt;tiền&lt;/b&gt;"]
    {
        page.has(words);
    }
    visitor.sign_in(MANAGER, PIN).await;
    let out = visitor.post(As::Json, "/drawer/cash", &fields("c", "out", "600.000", "nộp quỹ")).await;
    assert_eq!(out.says(), "cash_moved", "a manager takes out more");
    let closed = visitor.post(As::Json, "/shift/close", &[("op_id", "close"), ("counted", "50.000")]).await;
    assert_eq!(closed.json()["note"]["over_vnd"], 0, "500.000 − 50.000 + 200.000 − 600.000");
    store.check().await;
}

#[tokio::test]
async fn a_drawer_opens_with_a_reason_or_not_at_all() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let without = visitor.post(As::Json, "/drawer/open", &[("op_id", "a"), ("why", "đổi tiền")]).await;
    assert_eq!(without.says(), "no_printer");
    let none = visitor.post(As::Json, "/drawer/open", &[("op_id", "a"), ("why", "")]).await;
    assert_eq!((none.status.as_u16(), none.says().as_str()), (422, "bad_field"));
    let kept: i64 = sqlx::query_scalar("select count(*) from entries where kind = 'drawer'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert_eq!(kept, 0, "nothing happened, nothing is told");
    store.check().await;
}
