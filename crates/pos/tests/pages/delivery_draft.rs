//! A delivery that is left half typed, since a buyer comes: its rows are there again, at its counter alone, until it is received or
//! given up.

use testkit::catalogue::id_of;
use testkit::store::TestStore;

use crate::visitor::{As, FISH_SAUCE_NAME, GARLIC_NAME, MANAGER, Visitor, store};

const PRODUCER: &str = "Tỏi đen Lý Sơn";

/// Opens the page; returns the request that will receive its delivery.
async fn open(visitor: &mut Visitor) -> String {
    let page = visitor.get(As::Page, "/goods").await.text;
    page.split("name=\"draft\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Types a row, with those before it, and returns all of them as the page has them.
async fn add(
    visitor: &mut Visitor,
    (draft, rows): (&str, &[String]),
    product: &str,
    quantity: &str,
) -> Vec<String> {
    let (producer, product) = (id_of(PRODUCER).to_string(), id_of(product).to_string());
    let mut form = vec![
        ("draft", draft),
        ("producer_id", producer.as_str()),
        ("product_id", &product),
        ("quantity", quantity),
    ];
    form.extend(rows.iter().map(|row| ("line", row.as_str())));
    rows_of(&visitor.post(As::Part, "/goods/line", &form).await.text)
}

/// The rows that a page has.
fn rows_of(page: &str) -> Vec<String> {
    let rows = page.split("name=\"line\" value=\"").skip(1);
    rows.map(|rest| rest.split('"').next().unwrap().replace("&quot;", "\"")).collect()
}

async fn drafts(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from delivery_drafts").fetch_one(store.app.db().read()).await.unwrap()
}

async fn entries(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from entries").fetch_one(store.app.db().read()).await.unwrap()
}

async fn deliveries(store: &TestStore) -> i64 {
    let sql = "select count(*) from entries where kind = 'goods_in'";
    sqlx::query_scalar(sql).fetch_one(store.app.db().read()).await.unwrap()
}

#[tokio::test]
async fn a_half_typed_delivery_is_there_again_until_it_is_received() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    assert!(!visitor.get(As::Page, "/goods").await.text.contains("đang gõ dở"));
    let draft = open(&mut visitor).await;
    let rows = add(&mut visitor, (&draft, &[]), GARLIC_NAME, "12").await;
    let rows = add(&mut visitor, (&draft, &rows), GARLIC_NAME, "5").await;
    assert_eq!(rows.len(), 2);
    // A buyer comes, and the page is left. Somebody else at this counter finds it as well; another counter has its own.
    visitor.get(As::Page, "/counter").await;
    let page = visitor.get(As::Page, "/goods").await;
    page.has("Đợt giao đang gõ dở, 2 dòng");
    page.has(&format!("value=\"{}\" selected", id_of(PRODUCER)));
    assert_eq!(rows_of(&page.text), rows);
    let mut manager = Visitor::at(&store);
    manager.sign_in_at(MANAGER, "2").await;
    assert_eq!(rows_of(&manager.get(As::Page, "/goods").await.text).len(), 0);
    // One row is dropped.
    let producer = id_of(PRODUCER).to_string();
    let mut dropped = vec![("draft", draft.as_str()), ("producer_id", producer.as_str()), ("drop", "0")];
    dropped.extend(rows.iter().map(|row| ("line", row.as_str())));
    visitor.post(As::Part, "/goods/line", &dropped).await;
    let left = rows_of(&visitor.get(As::Page, "/goods").await.text);
    assert_eq!(left, rows[1..]);
    // Received: it is in the book, and offered no more.
    let last: Vec<(&str, &str)> = vec![("draft", &draft), ("producer_id", &producer), ("line", &left[0])];
    let received = visitor.post(As::Part, "/goods", &last).await;
    received.has("id=\"draft\"");
    assert_eq!((rows_of(&received.text).len(), drafts(&store).await), (0, 0));
    assert!(!visitor.get(As::Page, "/goods").await.text.contains("đang gõ dở"));
    store.check().await;
}

#[tokio::test]
async fn a_half_typed_delivery_can_be_given_up() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let draft = open(&mut visitor).await;
    let rows = add(&mut visitor, (&draft, &[]), GARLIC_NAME, "12").await;
    // A row that is refused leaves the others.
    let producer = id_of(PRODUCER).to_string();
    let strange = id_of(FISH_SAUCE_NAME).to_string();
    let wrong = [("producer_id", producer.as_str()), ("product_id", &strange), ("quantity", "0")];
    visitor.post(As::Part, "/goods/line", &wrong).await.has("Số lượng chưa đúng");
    assert_eq!(rows_of(&visitor.get(As::Page, "/goods").await.text).len(), 1);
    // Goods that are asked about before they are received are kept with it.
    let garlic = id_of(GARLIC_NAME).to_string();
    let own = [
        ("draft", draft.as_str()),
        ("producer_id", "store"),
        ("line", &rows[0]),
        ("product_id", &garlic),
        ("quantity", "3"),
    ];
    visitor.post(As::Part, "/goods", &own).await.has("name=\"not_theirs\"");
    assert_eq!(rows_of(&visitor.get(As::Page, "/goods").await.text).len(), 2);
    let before = entries(&store).await;
    visitor
        .post(As::Part, "/goods/give-up", &[("draft", &draft), ("producer_id", "")])
        .await
        .has("Chưa có gì vào sổ");
    assert_eq!((drafts(&store).await, entries(&store).await), (0, before));
    assert_eq!(rows_of(&visitor.get(As::Page, "/goods").await.text).len(), 0);
}

/// Two windows of one counter: what both show is received once, and neither takes the other's rows away.
#[tokio::test]
async fn two_windows_of_a_counter_lose_nothing_and_book_nothing_twice() {
    let store = store().await;
    let mut first = Visitor::selling(&store).await;
    let mut second = Visitor::at(&store);
    second.sign_in_at(MANAGER, "1").await;
    let theirs = open(&mut second).await;
    let draft = open(&mut first).await;
    assert_ne!(draft, theirs, "nothing was begun");
    let rows = add(&mut first, (&draft, &[]), GARLIC_NAME, "12").await;
    // A page that was open before has another delivery: it is told that its rows are kept nowhere else.
    let (producer, garlic) = (id_of(PRODUCER).to_string(), id_of(GARLIC_NAME).to_string());
    let other = [
        ("draft", theirs.as_str()),
        ("producer_id", producer.as_str()),
        ("product_id", &garlic),
        ("quantity", "3"),
    ];
    second.post(As::Part, "/goods/line", &other).await.has("Đợt này chỉ có trên trang này");
    second.post(As::Part, "/goods/give-up", &[("draft", &theirs), ("producer_id", "")]).await;
    assert_eq!(open(&mut second).await, draft, "opened anew, it goes on with what was begun");
    // Both receive it.
    let before = deliveries(&store).await;
    let form = [("draft", draft.as_str()), ("producer_id", producer.as_str()), ("line", &rows[0])];
    second.post(As::Part, "/goods", &form).await.has("id=\"draft\"");
    first.post(As::Part, "/goods", &form).await.has("Đợt này đã nhận rồi");
    assert_eq!((deliveries(&store).await - before, drafts(&store).await), (1, 0));
    store.check().await;
}
