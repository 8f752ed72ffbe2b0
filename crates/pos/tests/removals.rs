//! Goods that leave the shelf and are not sold: what it does to stock and books, who allows it, and what is refused.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::Quantity;
use domain::ids::LotId;
use domain::removal::Cause;
use domain::stock::Location;
use pos::counter::approval::Word;
use pos::counter::removal::{self, LossBearer, Removal};
use pos::counter::{CounterState, Note};
use pos::db::lots::{self, Listed, LotRow};
use pos::maintenance::rebuild;
use receipts::language::Language;
use testkit::catalogue::{id_of, manager_word};
use testkit::store::TestStore;

const GARLIC: &str = "8938500000010";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const CINNAMON: &str = "Quế Trà Bồng";
const PRODUCER: &str = "Tỏi đen Lý Sơn";

/// A store with ten boxes of consigned garlic and ten bottles of its own fish sauce.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    store.receive(GARLIC_NAME, 10, Some(PRODUCER)).await;
    store.receive(FISH_SAUCE_NAME, 10, None).await;
    store
}

async fn lots_of(store: &TestStore, name: &str) -> Vec<LotRow> {
    let listed = Listed::Product(id_of(name).into());
    lots::list_lots(store.app.db().read(), listed, 10).await.unwrap()
}

async fn newest(store: &TestStore, name: &str) -> LotId {
    LotId::from_uuid(lots_of(store, name).await.last().unwrap().lot_id)
}

fn removal(cause: Cause, lots: &[(LotId, i64)]) -> Removal {
    Removal {
        cause,
        bearer: LossBearer::Store,
        lots: lots.iter().map(|(lot, milli)| (*lot, Quantity::from_milli(*milli))).collect(),
        reason: "  Nắp   phồng ".to_owned(),
        language: Language::Vi,
        word: manager_word(),
    }
}

async fn remove(store: &TestStore, removal: &Removal) -> CounterState {
    removal::remove(&store.app, &store.seat, &store.op(), removal).await.unwrap()
}

async fn at(store: &TestStore, name: &str, location: Location) -> i64 {
    sqlx::query_scalar(
        "select coalesce(sum(quantity_milli), 0) from stock where product_id = $1 and location = $2",
    )
    .bind(id_of(name))
    .bind(location.code())
    .fetch_one(store.app.db().read())
    .await
    .unwrap()
}

async fn entries(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from entries").fetch_one(store.app.db().read()).await.unwrap()
}

#[tokio::test]
async fn consigned_goods_go_home_and_nobody_owes_for_them() {
    let store = store().await;
    let lot = newest(&store, GARLIC_NAME).await;
    let before = at(&store, GARLIC_NAME, Location::Shelf).await;
    let home = Removal { word: Word::default(), ..removal(Cause::Returned, &[(lot, 4_000)]) };
    let state = remove(&store, &home).await;
    assert!(matches!(state.note, Note::GoodsRemoved { lots: 1, .. }), "{:?}", state.note);
    assert_eq!(at(&store, GARLIC_NAME, Location::Shelf).await, before - 4_000);
    assert_eq!((store.balance("producer_due").await, store.balance("losses").await), (0, 0));
    store.check().await;
}

/// 2 × 280.000 less 12 % commission and the VAT on it, as for a sale.
#[tokio::test]
async fn a_loss_that_the_store_bears_is_owed_as_a_sale_would_be() {
    let store = store().await;
    let lot = newest(&store, GARLIC_NAME).await;
    store.scan(GARLIC).await;
    store.scan(GARLIC).await;
    store.pay_cash(None).await;
    let of_a_sale = store.balance("producer_due").await;
    assert!(of_a_sale < 0);
    remove(&store, &removal(Cause::Damaged, &[(lot, 2_000)])).await;
    assert_eq!(
        (store.balance("producer_due").await, store.balance("losses").await),
        (2 * of_a_sale, -of_a_sale)
    );
    assert_eq!(at(&store, GARLIC_NAME, Location::Waste).await, 2_000);
    // The producer's own risk, and the store's own goods: nobody is owed.
    let own = newest(&store, FISH_SAUCE_NAME).await;
    let theirs =
        Removal { bearer: LossBearer::Producer, ..removal(Cause::Expired, &[(lot, 1_000), (own, 1_000)]) };
    let state = remove(&store, &theirs).await;
    assert!(matches!(state.note, Note::GoodsRemoved { lots: 2, .. }), "{:?}", state.note);
    assert_eq!(store.balance("losses").await, -of_a_sale);
    // The books are the same when the journal is folded anew.
    let before = lots_of(&store, GARLIC_NAME).await;
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(lots_of(&store, GARLIC_NAME).await, before);
    store.check().await;
}

#[tokio::test]
async fn a_loss_needs_a_manager_and_what_is_not_there_cannot_leave() {
    let store = store().await;
    let lot = newest(&store, GARLIC_NAME).await;
    let had = lots_of(&store, GARLIC_NAME).await.last().unwrap().quantity_milli;
    let before = entries(&store).await;
    let alone = Removal { word: Word::default(), ..removal(Cause::Lost, &[(lot, 1_000)]) };
    assert_eq!(remove(&store, &alone).await.note, Note::ManagerNeeded);
    let nothing = removal(Cause::Returned, &[]);
    assert_eq!(remove(&store, &nothing).await.note, Note::NothingChosen);
    for (milli, whole) in [(0, true), (-1_000, true), (500, true)] {
        let note = remove(&store, &removal(Cause::Lost, &[(lot, milli)])).await.note;
        assert_eq!(note, Note::BadQuantity { whole }, "{milli}");
    }
    // One lot named twice is one quantity.
    for asked in [&[(lot, had + 1_000)][..], &[(lot, had), (lot, 1_000)]] {
        let note = remove(&store, &removal(Cause::Lost, asked)).await.note;
        assert!(matches!(note, Note::MoreThanOnShelf { .. }), "{note:?}");
    }
    let unknown = LotId::from_uuid(id_of("no lot"));
    let note = remove(&store, &removal(Cause::Lost, &[(unknown, 1_000)])).await.note;
    assert_eq!(note, Note::BadField { field: "lot".to_owned() });
    assert_eq!(entries(&store).await, before, "nothing of all this is in the journal");
    // Sent twice it leaves once.
    let op = store.op();
    for _ in 0..2 {
        removal::remove(&store.app, &store.seat, &op, &removal(Cause::Lost, &[(lot, 1_000)])).await.unwrap();
    }
    assert_eq!(entries(&store).await, before + 1);
    store.check().await;
}

/// Goods by weight leave by the gram.
#[tokio::test]
async fn a_weight_leaves_the_shelf_in_part() {
    let store = TestStore::new().await;
    store.receive(CINNAMON, 5, None).await;
    let lot = newest(&store, CINNAMON).await;
    remove(&store, &removal(Cause::Tasted, &[(lot, 350)])).await;
    assert_eq!(at(&store, CINNAMON, Location::Shelf).await, 4_650);
    store.check().await;
}
