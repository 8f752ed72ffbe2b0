//! The till for practising, as browsers see it: who and what is new in the shop is there when somebody comes to practise.

use domain::ids::StoreId;
use pos::db::scan_habits;
use pos::sync::enrol::begin_stream;
use pos::{App, Config, training};
use protocol::wire::PromotionOffer;
use testkit::catalogue::{Catalogue, PIN, id_of};
use testkit::store::{TestStore, identify};

use crate::visitor::{As, CASHIER, GARLIC, GARLIC_NAME, Visitor, store};

async fn beside(store: &TestStore) -> App {
    training::open(&store.app).await.unwrap().unwrap()
}

async fn people(visitor: &mut Visitor) -> usize {
    visitor.get(As::Json, "/sign-in").await.json()["people"].as_array().unwrap().len()
}

/// The service began before the first catalogue came.
#[tokio::test]
async fn a_fresh_shop_practises_as_soon_as_it_has_a_catalogue() {
    let store = TestStore::unknown(Config::default()).await;
    let store_id = StoreId::from_uuid(id_of("store"));
    identify(&store.app, store_id).await;
    begin_stream(&store.app, store_id, "new").await.unwrap();
    let training = beside(&store).await;
    let mut trainee = Visitor::at_till(&training);
    assert_eq!(people(&mut trainee).await, 0);
    store.load(&Catalogue::usual(store_id.uuid())).await;
    assert_eq!(people(&mut trainee).await, 2);
    let mut trainee = Visitor::selling_in(&training, "1").await;
    assert_eq!(trainee.scan(GARLIC).await.json()["payable_vnd"], 280_000);
    let settings = pos::db::store::find_settings(training.db().read()).await.unwrap().unwrap();
    assert_eq!(
        (settings.code.as_str(), settings.bank_account.as_str()),
        ("TAP", ""),
        "and it stays for practising"
    );
}

#[tokio::test]
async fn new_people_prices_and_promotions_are_there_and_what_was_practised_stays() {
    let store = store().await;
    let training = beside(&store).await;
    let mut trainee = Visitor::selling_in(&training, "1").await;
    trainee.scan(GARLIC).await;
    let sold = trainee.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    assert_eq!(sold.says(), "sold", "{}", sold.text);

    store.load(&Catalogue::default().cashier("Trần Văn Mới", "cashier")).await;
    let half = PromotionOffer::Percent(500_000);
    store.load(&Catalogue::default().promotion("Khai trương", half, &[GARLIC_NAME])).await;
    let habit = domain::scan_habit::ScanHabit::new(75, "~", "").unwrap();
    let mut tx = store.app.db().begin().await.unwrap();
    scan_habits::upsert_habit(&mut tx, "Quầy 1", &habit, 0).await.unwrap();
    tx.commit().await.unwrap();

    let mut hired = Visitor::at_till(&training);
    assert_eq!(people(&mut hired).await, 3);
    assert_eq!(hired.sign_in("Trần Văn Mới", PIN).await.status, 200);
    hired.get(As::Page, "/").await.has("data-gap=\"75\" data-prefix=\"~\"");
    let scanned = hired.scan(GARLIC).await.json();
    assert_eq!(scanned["payable_vnd"], 140_000, "{scanned}");
    assert_eq!(hired.get(As::Json, "/receipts").await.json().as_array().unwrap().len(), 1);
    store.check().await;
}

/// Otherwise each sale of the shop would give a guesser ten fresh tries.
#[tokio::test]
async fn a_copy_forgets_no_wrong_pin() {
    let store = store().await;
    let training = beside(&store).await;
    let mut trainee = Visitor::at_till(&training);
    let mut last = trainee.sign_in(CASHIER, "000000").await;
    for number in 0..12 {
        store.load(&Catalogue::default().cashier(&format!("Người {number}"), "cashier")).await;
        last = trainee.sign_in(CASHIER, "000000").await;
    }
    assert_eq!(last.status, 429, "{}", last.text);
    assert_eq!(Visitor::at(&store).sign_in(CASHIER, PIN).await.status, 200, "the shop counts its own");
}

#[tokio::test]
async fn the_customers_screen_says_that_nothing_is_sold() {
    let store = store().await;
    let training = beside(&store).await;
    let words = "TẬP BÁN HÀNG: không bán thật";
    Visitor::at_till(&training).get(As::Page, "/display?counter=1").await.has(words);
    let real = Visitor::at(&store).get(As::Page, "/display?counter=1").await;
    assert!(!real.text.contains(words));
}
