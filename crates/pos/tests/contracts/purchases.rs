//! What the store pays for goods that it buys outright: on the paper for whoever sold them, in the list of the month, nowhere else.

use domain::contract::{Clauses, Mode};
use domain::ids::LotId;
use domain::removal::Cause;
use domain::{Money, Quantity};
use pos::counter::goods::{self, NewGoods};
use pos::counter::note::Delivering;
use pos::counter::removal::{self, LossBearer, Removal};
use pos::counter::take_back::{TakingBack, take_back};
use pos::counter::{Note, slip};
use pos::db::purchases::list_purchases;
use pos::maintenance::rebuild;
use protocol::Kind;
use protocol::payload::Payload;
use receipts::language::Language;
use receipts::profile::Paper;
use testkit::catalogue::{id_of, manager_word};
use testkit::store::TestStore;
use time::Duration;

use super::{GARLIC_NAME, PRODUCER, agreed, next_day, terms_of, today};

fn garlic(milli: i64, cost: Option<i64>) -> NewGoods {
    NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::from_milli(milli),
        expires_on: None,
        code: None,
        noted: None,
        cost: cost.map(Money::new),
        producer_id: Some(id_of(PRODUCER).into()),
    }
}

async fn receive(store: &TestStore, goods: Vec<NewGoods>) -> String {
    let note = goods::receive(&store.app, &store.seat, &store.op(), goods, Language::Vi).await.unwrap().note;
    let Note::Delivering(Delivering::Received { voucher, .. }) = note else { panic!("{note:?}") };
    voucher
}

#[tokio::test]
async fn a_purchase_is_listed_and_a_consignment_is_none() {
    let store = TestStore::new().await;
    let day = today(&store);
    // Consigned: what somebody typed as a cost means nothing.
    receive(&store, vec![garlic(5_000, Some(200_000))]).await;
    let all =
        async || list_purchases(store.app.db().read(), (day, day + Duration::days(40)), 100).await.unwrap();
    assert_eq!(all().await, []);

    let clauses = Clauses { mode: Mode::Bought, ..Clauses::default() };
    agreed(&store, terms_of(&store, 0, clauses)).await;
    next_day(&store, 1).await;
    let voucher = receive(&store, vec![garlic(5_000, Some(200_000)), garlic(2_000, Some(190_500))]).await;
    // Without a cost the list would lack it, and nobody would see that.
    let goods = vec![garlic(3_000, Some(200_000)), garlic(1_000, None)];
    let note = goods::receive(&store.app, &store.seat, &store.op(), goods, Language::Vi).await.unwrap().note;
    let name = GARLIC_NAME.to_owned();
    assert_eq!(note, Note::Delivering(Delivering::CostMissing { name }));
    let rows = all().await;
    let told: Vec<_> =
        rows.iter().map(|row| (row.seller.as_str(), row.quantity.milli(), row.amount.vnd())).collect();
    let mut told = told;
    told.sort_unstable();
    assert_eq!(told, [(PRODUCER, 2_000, 381_000), (PRODUCER, 5_000, 1_000_000)]);
    assert!(rows.iter().all(|row| row.voucher == voucher && row.bought_on == day + Duration::days(1)));
    let before = list_purchases(store.app.db().read(), (day, day), 100).await.unwrap();
    assert_eq!(before, [], "not of another day");

    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    let text = paper.layout(Paper::Dots384, None).to_string();
    for words in ["Mua đứt, đơn giá 200.000 ₫", "1.000.000 ₫", "Tiền mua hàng", "1.381.000 ₫"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    let leaves: String =
        sqlx::query_scalar("select group_concat(shared) from entries where kind = 'goods_in'")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert!(!leaves.contains("200000") && !leaves.contains("190500"), "costs stay in the store: {leaves}");
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(all().await, rows, "folded anew, the same");
    store.check().await;
}

/// Two boxes are sold as consigned before they came; then the contract says that goods are bought. Of the ten that come, the two
/// are owed for already and are not bought again.
#[tokio::test]
async fn what_is_owed_for_is_not_bought_again() {
    let store = TestStore::closed(pos::Config::default()).await;
    store.open_shift().await;
    store.sell(super::GARLIC).await;
    store.sell(super::GARLIC).await;
    let owed = store.balance("producer_due").await;
    agreed(&store, terms_of(&store, 0, Clauses { mode: Mode::Bought, ..Clauses::default() })).await;
    next_day(&store, 1).await;
    let day = today(&store);
    let goods = NewGoods {
        noted: Some(Quantity::pieces(11)),
        code: Some("L-9".to_owned()),
        ..garlic(10_000, Some(200_000))
    };
    receive(&store, vec![goods]).await;
    let rows = list_purchases(store.app.db().read(), (day, day), 100).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.quantity.milli()).collect::<Vec<_>>(), [8_000]);
    let Payload::GoodsIn(told) = super::newest(&store, Kind::GoodsIn).await else { panic!("no delivery") };
    let told: Vec<_> = told
        .lines
        .iter()
        .map(|line| (line.producer, line.quantity, line.noted, line.covers_unreceived, line.code.as_deref()))
        .collect();
    assert_eq!(
        told,
        [(Some(id_of(PRODUCER)), 2_000, None, 2_000, None), (None, 8_000, Some(9_000), 0, Some("L-9"))]
    );
    assert_eq!(store.balance("producer_due").await, owed);
    store.check().await;
}

/// What was entered by mistake and taken back is on no list.
#[tokio::test]
async fn a_purchase_that_was_taken_back_is_none() {
    let store = TestStore::new().await;
    agreed(&store, terms_of(&store, 0, Clauses { mode: Mode::Bought, ..Clauses::default() })).await;
    next_day(&store, 1).await;
    let day = today(&store);
    let voucher = receive(&store, vec![garlic(100_000, Some(200_000))]).await;
    let all = async || list_purchases(store.app.db().read(), (day, day), 100).await.unwrap().len();
    assert_eq!(all().await, 1);
    let taking = TakingBack { voucher, language: Language::Vi, word: manager_word() };
    let note = take_back(&store.app, &store.seat, &store.op(), &taking).await.unwrap().note;
    assert!(matches!(note, Note::GoodsRemoved { .. }), "{note:?}");
    assert_eq!(all().await, 0);
    store.check().await;
}

/// What was bought and honestly given back later stays on the list of its month.
#[tokio::test]
async fn a_purchase_that_was_given_back_stays() {
    let store = TestStore::new().await;
    agreed(&store, terms_of(&store, 0, Clauses { mode: Mode::Bought, ..Clauses::default() })).await;
    next_day(&store, 1).await;
    let day = today(&store);
    receive(&store, vec![garlic(5_000, Some(200_000))]).await;
    let lot: uuid::Uuid =
        sqlx::query_scalar("select lot_id from purchases").fetch_one(store.app.db().read()).await.unwrap();
    next_day(&store, 40).await;
    let removal = Removal {
        cause: Cause::Returned,
        bearer: LossBearer::Contract,
        lots: vec![(LotId::from_uuid(lot), Quantity::from_milli(5_000))],
        reason: "Trả lại".to_owned(),
        language: Language::Vi,
        word: manager_word(),
    };
    let note = removal::remove(&store.app, &store.seat, &store.op(), &removal).await.unwrap().note;
    assert!(matches!(note, Note::GoodsRemoved { .. }), "{note:?}");
    let rows = list_purchases(store.app.db().read(), (day, day), 100).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.quantity.milli()).collect::<Vec<_>>(), [5_000]);
    store.check().await;
}
