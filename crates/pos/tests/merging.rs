//! A product that a counter added turns out to be one of the catalogue: it is sold as that from then on, and what the shelf has
//! of it becomes that.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::catalog::SoldBy;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, Mode};
use domain::stock::Location;
use domain::{Money, Rate};
use pos::counter::agreement::{Agreement, agree};
use pos::counter::note::Delivering;
use pos::counter::provisional::{self, NewProduct};
use pos::counter::{Note, merging};
use pos::db::{catalogue, lots, merged, products, settlements};
use pos::maintenance::rebuild;
use protocol::payload::ProvisionalProduct;
use protocol::wire::{CataloguePage, Change};
use receipts::language::Language;
use testkit::catalogue::{id_of, manager_word};
use testkit::store::TestStore;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const PRODUCER: &str = "Tỏi đen Lý Sơn";
const ADDED: &str = "8938500000034";

/// Adds a producer's product at the counter and sells one of it, before any came in; returns which it is.
async fn sell_added(store: &TestStore) -> Uuid {
    let new = NewProduct {
        barcode: Some(ADDED.to_owned()),
        name: "Tỏi đen hộp nhỏ".to_owned(),
        unit: "Hộp".to_owned(),
        price: Money::new(250_000),
        sold_by: SoldBy::Piece,
        producer_id: Some(id_of(PRODUCER).into()),
        refuse_expired: true,
    };
    let request = store.request().await;
    let state = provisional::add(&store.app, &store.seat, &request, new).await.unwrap();
    assert_eq!(state.note, Note::ProductAdded { name: "Tỏi đen hộp nhỏ".to_owned() });
    store.pay_cash(None).await;
    sqlx::query_scalar("select product_id from products where name = 'Tỏi đen hộp nhỏ'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap()
}

/// Central says that it is the garlic of the catalogue.
async fn hear(store: &TestStore, added: Uuid) {
    let body = serde_json::json!({
        "id": id_of(GARLIC_NAME), "sku": "TOI-DEN", "barcodes": [GARLIC, ADDED], "name": GARLIC_NAME, "unit": "Hộp",
        "sold_by": "piece", "price": 280_000, "price_version": 1, "tax_class": "standard", "refuse_expired": true,
        "group": "Thực phẩm", "producer": id_of(PRODUCER), "merged": [added],
    });
    let change = Change {
        change_seq: 900,
        kind: "product".to_owned(),
        id: id_of(GARLIC_NAME).to_string(),
        body: Some(body),
    };
    let page =
        CataloguePage { central_epoch: id_of("central"), changes: vec![change], next: 900, more: false };
    let mut tx = store.app.db().begin().await.unwrap();
    assert_eq!(catalogue::apply_page(&mut tx, page, 0).await.unwrap(), Vec::<String>::new());
    tx.commit().await.unwrap();
}

/// The newest entry of a kind: what leaves the store, and what stays.
async fn newest(store: &TestStore, kind: &str) -> (String, String) {
    sqlx::query_as("select shared, private from entries where kind = $1 order by seq desc limit 1")
        .bind(kind)
        .fetch_one(store.app.db().read())
        .await
        .unwrap()
}

async fn on_shelf(store: &TestStore, product_id: Uuid) -> i64 {
    sqlx::query_scalar(
        "select coalesce(sum(quantity_milli), 0) from stock where product_id = $1 and location = $2",
    )
    .bind(product_id)
    .bind(Location::Shelf.code())
    .fetch_one(store.app.db().read())
    .await
    .unwrap()
}

async fn merge(store: &TestStore, product_id: Uuid) -> Note {
    merging::merge_goods(&store.app, &store.seat, &store.op(), product_id.into()).await.unwrap().note
}

#[tokio::test]
async fn it_is_sold_as_the_other_one_and_its_book_comes_right() {
    let store = TestStore::new().await;
    let garlic = id_of(GARLIC_NAME);
    let added = sell_added(&store).await;
    let due = store.balance("producer_due").await;
    assert_eq!((on_shelf(&store, added).await, on_shelf(&store, garlic).await), (-1_000, 10_000));
    assert_eq!(merge(&store, added).await, Note::BadField { field: "product".to_owned() }, "nobody said so");

    hear(&store, added).await;
    let state = store.scan(ADDED).await;
    assert_eq!(state.lines.last().unwrap().name, GARLIC_NAME, "its barcode is the other one's now");
    store.pay_cash(None).await;
    let found = products::list_by_words(store.app.db().read(), "toi den hop nho").await.unwrap();
    assert_eq!(found, [], "it is on sale no more");
    let waiting = merged::list_waiting(store.app.db().read(), 10).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].into_name.as_str(), waiting[0].quantity_milli), (GARLIC_NAME, -1_000));

    let due_after = store.balance("producer_due").await;
    let done = Note::Delivering(Delivering::Merged { name: GARLIC_NAME.to_owned() });
    assert_eq!(merge(&store, added).await, done);
    assert_eq!((on_shelf(&store, added).await, on_shelf(&store, garlic).await), (0, 8_000));
    assert_eq!(store.balance("producer_due").await, due_after, "no money moves");
    assert_ne!(due_after, due);
    assert_eq!(merged::list_waiting(store.app.db().read(), 10).await.unwrap(), []);
    assert_eq!(merge(&store, added).await, Note::NothingChosen, "once is enough");
    store.check().await;
}

#[tokio::test]
async fn what_came_in_under_the_other_name_is_sold_from_its_own_lots() {
    let store = TestStore::new().await;
    let garlic = id_of(GARLIC_NAME);
    let added = sell_added(&store).await;
    store.deliver(ADDED, 5).await;
    assert_eq!(on_shelf(&store, added).await, 4_000, "the one that was sold is covered");
    hear(&store, added).await;
    assert_eq!(
        merge(&store, added).await,
        Note::Delivering(Delivering::Merged { name: GARLIC_NAME.to_owned() })
    );
    assert_eq!((on_shelf(&store, added).await, on_shelf(&store, garlic).await), (0, 14_000));
    let of_garlic = lots::Listed::Product(garlic.into());
    let of_garlic = lots::list_lots(store.app.db().read(), of_garlic, 10).await.unwrap();
    assert!(of_garlic.iter().all(|lot| lot.producer_id == Some(id_of(PRODUCER))), "the owner stays");

    // Settled, each product's account closes at what its shelf has.
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let sums = settlements::list_sums(&mut reader, id_of(PRODUCER).into()).await.unwrap();
    drop(reader);
    assert!(sums.iter().any(|sum| sum.product_id.uuid() == added), "{sums:?}");
    // Folded anew, the barcode stays where it went.
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(store.scan(ADDED).await.lines.last().unwrap().name, GARLIC_NAME);
    store.check().await;
}

/// Bought outright, what a counter added was the store's own affair: the department learns of the other product alone.
#[tokio::test]
async fn the_stores_own_goods_come_in_as_what_they_are() {
    let store = TestStore::new().await;
    let garlic = id_of(GARLIC_NAME);
    let terms = Terms {
        id: store.app.clock().new_uuid().into(),
        producer_id: id_of(PRODUCER).into(),
        product_id: None,
        commission: Rate::ZERO,
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: web::format::local_date(store.app.clock().now_ms()),
        clauses: Clauses { mode: Mode::Bought, ..Clauses::default() },
    };
    let agreement = Agreement { terms, language: Language::Vi, word: manager_word() };
    agree(&store.app, &store.seat, &store.op(), &agreement).await.unwrap();
    let added = sell_added(&store).await;
    store.deliver(ADDED, 5).await;
    let (shared, private) = newest(&store, "goods_in").await;
    assert!(!shared.contains(&added.to_string()) && private.contains(&added.to_string()));
    hear(&store, added).await;
    let done = Note::Delivering(Delivering::Merged { name: GARLIC_NAME.to_owned() });
    assert_eq!(merge(&store, added).await, done);
    assert_eq!((on_shelf(&store, added).await, on_shelf(&store, garlic).await), (0, 14_000));
    let (shared, private) = newest(&store, "goods_out").await;
    assert!(!shared.contains(&added.to_string()) && private.contains(&added.to_string()));
    let (shared, private) = newest(&store, "goods_in").await;
    assert!(shared.contains(&garlic.to_string()) && !private.contains(&garlic.to_string()));
    store.check().await;
}

/// A new computer pulls the catalogue before it has the journal that tells of the product.
#[tokio::test]
async fn what_is_said_before_the_product_is_known_holds() {
    let store = TestStore::new().await;
    let added = Uuid::from_u128(77);
    hear(&store, added).await;
    let told = ProvisionalProduct {
        product: added,
        sku: "TAM-77".to_owned(),
        barcode: Some(ADDED.to_owned()),
        name: "Tỏi đen hộp nhỏ".to_owned(),
        unit: "Hộp".to_owned(),
        sold_by: "piece".to_owned(),
        price: 250_000,
        tax_class: "standard".to_owned(),
        producer: Some(id_of(PRODUCER)),
        refuse_expired: false,
    };
    let mut tx = store.app.db().begin().await.unwrap();
    products::insert_provisional(&mut tx, &told).await.unwrap();
    tx.commit().await.unwrap();
    let found = products::list_by_words(store.app.db().read(), "toi den hop nho").await.unwrap();
    assert_eq!(found, [], "it is on sale no more");
    assert_eq!(store.scan(ADDED).await.lines.last().unwrap().name, GARLIC_NAME);
    let mut reader = store.app.db().read().acquire().await.unwrap();
    assert!(merged::is_merged(&mut reader, added).await.unwrap());
}
