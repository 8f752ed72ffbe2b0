//! Sales from the pad, as pages and programs enter them.

use crate::visitor::{As, GARLIC, Visitor, store};

/// A sale of this morning: the test's day begins at eight.
const MORNING: [(&str, &str); 3] = [("day", "2026-11-23"), ("time", "7h30"), ("lines", "12")];

#[tokio::test]
async fn a_sale_is_entered_asked_about_and_kept() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    assert_eq!(visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await.says(), "sold");
    let begun = visitor.act("/counter/pad", &MORNING).await;
    assert_eq!(begun.says(), "pad_begun", "{}", begun.text);
    assert_eq!(begun.json()["pad"]["lines"], "12");
    visitor.scan(GARLIC).await;
    let tender = visitor.get(As::Json, "/counter/tender").await.json();
    assert_eq!(tender["twins"].as_array().map(Vec::len), Some(1), "{tender}");
    let asked = visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    assert_eq!(asked.says(), "pad_twins");
    let sale_id = visitor.sale_id().await;
    let question = visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", "card")]).await;
    question.has("Có phải đơn LS-");
    question.has("aria-keyshortcuts=\"F1\"");
    assert_eq!(visitor.act("/counter/pad/other", &[]).await.says(), "ready");
    let kept =
        visitor.post(As::Part, "/counter/finish", &[("sale_id", &sale_id), ("payable_vnd", "280000")]).await;
    kept.has("dòng 12, bán lúc 23/11/2026 07:30.");
    kept.has("name=\"lines\"");
    kept.has("value=\"13\"");
    let listed = visitor.get(As::Json, "/receipts?find=23/11/2026").await.json();
    assert_eq!(listed[0]["pad"]["lines"], "12");
    let receipt = listed[0]["sale_id"].as_str().unwrap().to_owned();
    let page = visitor.get(As::Page, &format!("/receipts/{receipt}")).await;
    page.has("Nhập từ sổ ghi tay");
    let by_time = visitor.get(As::Json, "/receipts?find=07:30").await.json();
    assert_eq!(by_time.as_array().map(Vec::len), Some(1), "it is found by the time that was claimed");
    store.check().await;
}

#[tokio::test]
async fn what_is_typed_wrong_gets_one_sentence_and_stays_in_the_panel() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = visitor.sale_id().await;
    for (day, time, lines, words) in [
        ("2026-11-23", "25:00", "12", "Giờ bán chưa đúng. Gõ như 16:40."),
        ("2026-11-23", "07:30", "0", "Dòng số chưa đúng. Gõ như 12, hoặc 12-14."),
        ("2026-11-23", "07:30", "1-200", "Dòng số chưa đúng."),
        ("2026-11-23", "23:59", "12", "Giờ bán đó chưa tới. Gõ lúc đã giao hàng."),
        ("2026-11-01", "07:30", "12", "Chỉ nhập được đơn viết tay trong 14 ngày qua."),
        ("hôm qua", "07:30", "12", "Có ô chưa đúng"),
    ] {
        let fields = [("sale_id", sale_id.as_str()), ("day", day), ("time", time), ("lines", lines)];
        let answer = visitor.post(As::Part, "/counter/pad", &fields).await;
        assert_eq!(answer.status, 200);
        answer.has(words);
        answer.has("role=\"alert\"");
        answer.has(&format!("value=\"{time}\""));
    }
    assert_eq!(visitor.state().await["pad"], serde_json::Value::Null);
    assert_eq!(visitor.act("/counter/pad/same", &[]).await.says(), "stale", "no cart of the pad is open");
    store.check().await;
}

#[tokio::test]
async fn a_page_of_the_pad_is_made_once_and_looked_at() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let op_id = visitor.new_op();
    let csrf = visitor.csrf.clone();
    let form = [("op_id", op_id.as_str()), ("lines", "20"), ("csrf", &csrf)];
    let made = visitor.post(As::Page, "/pad", &form).await.leads_to().to_owned();
    // Sent twice it makes no second page; the list shows which one there is.
    assert_eq!(visitor.post(As::Page, "/pad", &form).await.leads_to(), "/pad");
    let pages = visitor.get(As::Json, "/pad").await.json();
    assert_eq!(pages.as_array().map(Vec::len), Some(1));
    let slip = pages[0]["slip_id"].as_str().unwrap().to_owned();
    assert_eq!(made, format!("/pad/{slip}"));
    let page = visitor.get(As::Page, &format!("/pad/{slip}")).await;
    page.has("data-print");
    page.has("Trang sổ ghi tay, dòng 1–20");
    let picture = visitor.get(As::Page, &format!("/slips/{slip}/picture.png")).await;
    assert_eq!(picture.status, 200);
    visitor.get(As::Page, "/pad").await.has("1–20");
}
