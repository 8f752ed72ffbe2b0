//! Sending goods to another store from a page: what is beyond the list is found by its name, and what was typed stays.

use axum::http::StatusCode;
use domain::Quantity;
use pos::counter::goods::NewGoods;
use pos::db::transfers::{self, Told};
use protocol::wire::SisterStore;
use testkit::catalogue::{PIN, id_of};
use testkit::store::TestStore;
use uuid::Uuid;

use crate::visitor::{As, FISH_SAUCE_NAME, GARLIC_NAME, MANAGER, Visitor, store};

const SEND: &str = "/transfers/new";

/// A store that central told of another one.
async fn with_sister() -> TestStore {
    let store = store().await;
    let sister = SisterStore { id: id_of("sister"), code: "TK".to_owned(), name: "Trà Khúc".to_owned() };
    let told = Told { sisters: vec![sister], arriving: Vec::new(), taken: Vec::new() };
    let mut tx = store.app.db().begin().await.unwrap();
    transfers::replace_told(&mut tx, &told).await.unwrap();
    tx.commit().await.unwrap();
    store
}

async fn lot_of(store: &TestStore, name: &str) -> String {
    let lot: Uuid = sqlx::query_scalar(
        "select lot_id from stock where product_id = $1 and location = 'shelf' and quantity_milli > 0 limit 1",
    )
    .bind(id_of(name))
    .fetch_one(store.app.db().read())
    .await
    .unwrap();
    lot.to_string()
}

async fn on_shelf(store: &TestStore, name: &str) -> i64 {
    sqlx::query_scalar("select sum(quantity_milli) from stock where product_id = $1 and location = 'shelf'")
        .bind(id_of(name))
        .fetch_one(store.app.db().read())
        .await
        .unwrap()
}

/// More than five hundred lots of fish sauce, whose name stands before that of garlic.
#[tokio::test]
async fn goods_beyond_the_list_are_found_and_sent_with_what_was_typed_before() {
    let store = with_sister().await;
    let mut visitor = Visitor::selling(&store).await;
    for number in 0..505 {
        let goods = NewGoods {
            product_id: id_of(FISH_SAUCE_NAME).into(),
            quantity: Quantity::pieces(1),
            expires_on: None,
            code: Some(format!("L{number}")),
            noted: None,
            cost: Some(domain::Money::new(60_000)),
            producer_id: None,
        };
        store.receive_lot(goods).await;
    }
    let (garlic, sauce) = (lot_of(&store, GARLIC_NAME).await, lot_of(&store, FISH_SAUCE_NAME).await);
    let page = visitor.get(As::Page, SEND).await;
    page.has("Chỉ hiện 500 lô đầu");
    assert!(!page.text.contains(GARLIC_NAME), "it stands behind the five hundred");
    // Two bottles are typed; then garlic is looked for, by Enter as by the button. The bottles stay.
    let (csrf, sister, op) = (visitor.csrf.clone(), id_of("sister").to_string(), visitor.new_op());
    let typed = [
        ("csrf", csrf.as_str()),
        ("op_id", &op),
        ("to", &sister),
        ("reason", "Bên kia hết"),
        ("lot", &sauce),
        ("quantity", "1"),
        ("found", ""),
    ];
    let entries = store.app.db().read();
    let count = async || -> i64 {
        sqlx::query_scalar("select count(*) from entries").fetch_one(entries).await.unwrap()
    };
    let before = count().await;
    for act in [("act", "find"), ("act", "")] {
        let form = [&typed[..], &[("find", "toi den"), act]].concat();
        let found = visitor.post(As::Page, SEND, &form).await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.text);
        found.has(GARLIC_NAME);
        found.has("value=\"toi den\"");
        found.has("value=\"Bên kia hết\"");
        found.has(&format!("name=\"lot\" value=\"{sauce}\""));
    }
    assert_eq!(count().await, before, "nothing was sent");
    // Sent together, and refused without a manager: the list stays the one that was looked for.
    let both =
        [&typed[..6], &[("lot", &garlic), ("quantity", "3"), ("found", "toi den"), ("find", "toi den")]]
            .concat();
    let refused = visitor.post(As::Page, SEND, &both).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has(GARLIC_NAME);
    let manager = id_of(MANAGER).to_string();
    let (had, had_sauce) = (on_shelf(&store, GARLIC_NAME).await, on_shelf(&store, FISH_SAUCE_NAME).await);
    let sent = [&both[..], &[("act", "send"), ("manager_id", &manager), ("pin", PIN)]].concat();
    assert_eq!(visitor.post(As::Page, SEND, &sent).await.leads_to(), "/transfers");
    assert_eq!(on_shelf(&store, GARLIC_NAME).await, had - 3_000);
    assert_eq!(on_shelf(&store, FISH_SAUCE_NAME).await, had_sauce - 1_000);
    store.check().await;
}

/// The page of a product's lots leads to its form; other goods can be looked for from there.
#[tokio::test]
async fn a_products_lots_lead_to_sending_them() {
    let store = with_sister().await;
    let mut visitor = Visitor::selling(&store).await;
    let garlic = id_of(GARLIC_NAME).to_string();
    let to = format!("{SEND}?product_id={garlic}");
    visitor.get(As::Page, &format!("/stock/lots?product_id={garlic}")).await.has(&format!("href=\"{to}\""));
    let page = visitor.get(As::Page, &to).await;
    page.has(GARLIC_NAME);
    assert!(!page.text.contains(FISH_SAUCE_NAME));
    let (csrf, op) = (visitor.csrf.clone(), visitor.new_op());
    let form = [
        ("csrf", csrf.as_str()),
        ("op_id", &op),
        ("product_id", &garlic),
        ("find", "nuoc mam"),
        ("found", ""),
    ];
    visitor.post(As::Page, SEND, &form).await.has(FISH_SAUCE_NAME);
}
