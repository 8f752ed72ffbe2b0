//! A product that nobody knows comes with a delivery: it is added once, however often its row is sent, and is food unless somebody says
//! otherwise.

use testkit::catalogue::id_of;
use testkit::store::TestStore;

use crate::visitor::{As, Visitor, store};

const PRODUCER: &str = "Tỏi đen Lý Sơn";

/// The products whose names begin so: name, and whether they are refused past their date.
async fn added(store: &TestStore, name: &str) -> Vec<(String, bool)> {
    sqlx::query_as(
        "select name, refuse_expired from products where name like $1 || '%' order by name, product_id",
    )
    .bind(name)
    .fetch_all(store.app.db().read())
    .await
    .unwrap()
}

async fn entries(store: &TestStore, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from entries where kind = $1")
        .bind(kind)
        .fetch_one(store.app.db().read())
        .await
        .unwrap()
}

/// Opens the page of deliveries; returns the request that will receive the next one.
async fn open(visitor: &mut Visitor) -> String {
    let page = visitor.get(As::Page, "/goods").await.text;
    page.split("name=\"draft\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// A row of a new product, as it is typed.
fn row<'a>(draft: &'a str, producer: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("draft", draft),
        ("producer_id", producer),
        ("new_name", name),
        ("new_unit", "gói"),
        ("new_price", "20.000"),
        ("new_is_food", "yes"),
        ("quantity", "2"),
    ]
}

#[tokio::test]
async fn a_new_product_is_added_once_however_often_its_row_is_sent() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let (draft, producer) = (open(&mut visitor).await, id_of(PRODUCER).to_string());
    let typed = row(&draft, &producer, "Bánh nổ");
    // The answer is lost, and the page asks again; then the key is pressed a second time.
    for op in ["a", "a", "b"] {
        let part = visitor.post_as(As::Part, "/goods/line", &typed, op).await;
        assert_eq!(part.text.matches("name=\"line\"").count(), 1, "{}", part.text);
    }
    assert_eq!(added(&store, "Bánh nổ").await, [("Bánh nổ".to_owned(), true)]);
    assert_eq!(entries(&store, "provisional_product").await, 1);
    // Corrected before it was answered: that is what counts, and the first one never had any goods.
    let corrected = row(&draft, &producer, "Bánh nổ Mộ Đức");
    visitor.post(As::Part, "/goods/line", &corrected).await.has("Bánh nổ Mộ Đức");
    assert_eq!(added(&store, "Bánh nổ").await.len(), 2);
    // Received with the row still in its fields, and sent once more.
    assert_eq!(visitor.post_as(As::Json, "/goods", &corrected, "c").await.says(), "received");
    assert_eq!(visitor.post_as(As::Json, "/goods", &corrected, "d").await.says(), "ready");
    assert_eq!((added(&store, "Bánh nổ").await.len(), entries(&store, "goods_in").await), (2, 3));
    // The next delivery has its own.
    let next = open(&mut visitor).await;
    assert_ne!(next, draft);
    visitor.post(As::Part, "/goods/line", &row(&next, &producer, "Bánh nổ")).await;
    assert_eq!(added(&store, "Bánh nổ").await.len(), 3);
    store.check().await;
}

#[tokio::test]
async fn a_new_product_of_which_nothing_came_is_not_added() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let (draft, producer) = (open(&mut visitor).await, id_of(PRODUCER).to_string());
    let mut typed = row(&draft, &producer, "Bánh nổ");
    typed.retain(|(name, _)| *name != "quantity");
    typed.extend([("quantity", "0"), ("noted", "6")]);
    visitor.post(As::Part, "/goods/line", &typed).await.has("Số lượng chưa đúng.");
    assert_eq!(added(&store, "Bánh nổ").await, []);
    store.check().await;
}

/// Food is refused past its date without anybody's leave, so a new product is that until somebody takes the tick away.
#[tokio::test]
async fn a_new_product_is_food_unless_somebody_says_otherwise() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let (draft, producer) = (open(&mut visitor).await, id_of(PRODUCER).to_string());
    let blank = visitor.post(As::Part, "/goods/blank", &[("producer_id", &producer)]).await;
    blank.has("name=\"new_is_food\" value=\"yes\" checked");
    let mut basket = row(&draft, &producer, "Giỏ tre");
    basket.retain(|(name, _)| *name != "new_is_food");
    let again = visitor.post(As::Part, "/goods/blank", &basket).await;
    again.has("name=\"new_is_food\" value=\"yes\"");
    assert!(!again.text.contains("checked"), "what was taken away stays away: {}", again.text);
    visitor.post(As::Part, "/goods/line", &basket).await;
    visitor.post(As::Part, "/goods/line", &row(&draft, &producer, "Kẹo gương")).await;
    // At the counter the same.
    let page = visitor.get(As::Page, "/products/new").await;
    page.has("name=\"is_food\" value=\"yes\" checked");
    for (name, is_food) in [("Đường phổi", Some("yes")), ("Nón lá", None)] {
        let (sale_id, csrf, op_id) = (visitor.sale_id().await, visitor.csrf.clone(), visitor.new_op());
        let mut form = vec![
            ("csrf", csrf.as_str()),
            ("op_id", &op_id),
            ("sale_id", &sale_id),
            ("barcode", ""),
            ("name", name),
            ("unit", "gói"),
            ("sold_by", "piece"),
            ("price", "20.000"),
            ("producer_id", ""),
        ];
        form.extend(is_food.map(|is_food| ("is_food", is_food)));
        assert_eq!(visitor.post(As::Page, "/products/new", &form).await.status, 303);
    }
    for (name, refuses) in [("Giỏ tre", false), ("Kẹo gương", true), ("Đường phổi", true), ("Nón lá", false)]
    {
        assert_eq!(added(&store, name).await, [(name.to_owned(), refuses)]);
    }
    let told: i64 = sqlx::query_scalar(
        "select count(*) from entries where kind = 'provisional_product'
             and coalesce(shared ->> '$.product.refuse_expired', private ->> '$.product.refuse_expired')",
    )
    .fetch_one(store.app.db().read())
    .await
    .unwrap();
    assert_eq!(told, 2, "it stands in the journal");
    store.check().await;
}
