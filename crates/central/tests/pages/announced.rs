//! Deliveries that a producer announces: the store that gets them hears of them, and nobody else.

use central::db::Db;
use central::db::users::Role;
use domain::removal::Cause;
use protocol::payload::{self, GoodsOut, GoodsOutLine};
use protocol::wire::{CataloguePage, Change};
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, location, text};
use crate::support::{Answer, Till, World};

testkit::on_both_engines!(
    the_store_hears_of_it_and_the_producer_of_what_came,
    what_is_wrong_comes_back_as_typed,
    what_is_taken_back_is_expected_no_more,
    a_form_announces_once
);

async fn announce(world: &World, browser: &mut Browser, others: &[(&'static str, &str)]) -> Answer {
    let (store, product) = (world.store.to_string(), world.garlic.id.to_string());
    let mut fields =
        vec![("store", store.as_str()), ("product", &product), ("quantity", "20"), ("day", "2026-11-25")];
    for (name, value) in others {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    browser.post(world, "/me/announced", "/me/announced", &fields).await
}

/// What a store is told of announcements.
async fn heard(world: &World, till: &Till) -> Vec<Change> {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let answer = till.get(world, &path, "gzip").await;
    let page: CataloguePage = serde_json::from_slice(&answer.body).unwrap();
    page.changes.into_iter().filter(|change| change.kind == "announced").collect()
}

async fn deliveries(world: &World, browser: &mut Browser) -> Vec<Value> {
    browser.json(world, "/me/announced").await["deliveries"].as_array().unwrap().clone()
}

async fn the_store_hears_of_it_and_the_producer_of_what_came(db: Db) {
    let world = World::new(db).await;
    let (mut till, other) = (world.till().await, world.other_till().await);
    till.receive(&world.garlic, 7);
    till.push_from(&world, 1).await.ack();
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let page = text(&producer.get(&world, "/me/announced").await);
    assert!(page.contains("value=\"2026-11-24\"") && page.contains("Chưa báo lần giao nào."), "{page}");
    assert!(!page.contains("Sản phẩm MUOI"), "others' goods are not offered");
    let answer = announce(&world, &mut producer, &[]).await;
    assert_eq!((answer.status, location(&answer)), (303, "/me/announced"), "{}", text(&answer));

    let told = heard(&world, &till).await;
    assert_eq!(told.len(), 1);
    let body = told[0].body.as_ref().unwrap();
    assert_eq!((&body["quantity"], &body["comes_on"]), (&json!(20_000), &json!("2026-11-25")));
    assert_eq!(body["product"], json!(world.garlic.id.uuid()));
    assert_eq!(heard(&world, &other).await.len(), 0, "it goes to one store");

    let rows = deliveries(&world, &mut producer).await;
    assert_eq!((&rows[0]["quantity_milli"], &rows[0]["arrived_milli"]), (&json!(20_000), &json!(0)));
    world.clock.advance(60_000);
    let lot = till.receive(&world.garlic, 18);
    till.sell_lines(&[till.line(&world.garlic, 3, Some(lot))]);
    till.push_from(&world, 3).await.ack();
    let rows = deliveries(&world, &mut producer).await;
    assert_eq!(rows[0]["arrived_milli"], 18_000, "counted there, sold or not");
    let page = text(&producer.get(&world, "/me/announced").await);
    assert!(page.contains("đã nhận 18") && page.contains("/end\""), "{page}");
    let mut neighbour = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert_eq!(deliveries(&world, &mut neighbour).await, Vec::<Value>::new());

    // Another one was entered by mistake, and taken back: it never came.
    let before = till.head.seq;
    let lot = till.receive(&world.garlic, 5);
    till.push_from(&world, before + 1).await.ack();
    assert_eq!(deliveries(&world, &mut producer).await[0]["arrived_milli"], 23_000);
    let back = GoodsOut {
        voucher: "LS-0000-XH9".to_owned(),
        cause: Cause::Returned.code().to_owned(),
        cashier: Uuid::from_u128(8),
        approved_by: Some(Uuid::from_u128(9)),
        takes_back: Some("LS-0000-NH9".to_owned()),
        lines: vec![GoodsOutLine {
            lot: lot.uuid(),
            product: world.garlic.id.uuid(),
            producer: Some(world.phu_sinh.uuid()),
            quantity: 5_000,
            compensation: 0,
        }],
    };
    till.write("goods_out", None, &payload::write(&back).unwrap());
    till.push_from(&world, before + 2).await.ack();
    assert_eq!(deliveries(&world, &mut producer).await[0]["arrived_milli"], 18_000);
}

async fn what_is_wrong_comes_back_as_typed(db: Db) {
    let world = World::new(db).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (nowhere, salt) = (Uuid::from_u128(9).to_string(), world.salt.id.to_string());
    for (field, typed, words) in [
        ("store", nowhere.as_str(), "Chọn cửa hàng."),
        ("store", "", "Chọn cửa hàng."),
        ("product", &salt, "Chọn hàng."),
        ("quantity", "0", "Nhập số lượng lớn hơn 0"),
        ("quantity", "1,5", "Nhập số lượng lớn hơn 0"),
        ("quantity", "nhiều", "Nhập số lượng lớn hơn 0"),
        ("day", "2026-11-22", "Chọn ngày từ hôm nay"),
        ("day", "2027-01-23", "Chọn ngày từ hôm nay"),
        ("day", "mai", "Chọn ngày từ hôm nay"),
    ] {
        let answer = announce(&world, &mut producer, &[(field, typed)]).await;
        assert_eq!(answer.status, 422, "{field} {typed}");
        assert!(text(&answer).contains(words), "{words} in {}", text(&answer));
    }
    assert_eq!(deliveries(&world, &mut producer).await, Vec::<Value>::new());
    for _ in 0..50 {
        assert_eq!(announce(&world, &mut producer, &[]).await.status, 303);
    }
    let answer = announce(&world, &mut producer, &[]).await;
    assert_eq!(answer.status, 422);
    assert!(text(&answer).contains("Đã báo 50 lần chưa giao."), "{}", text(&answer));
}

async fn what_is_taken_back_is_expected_no_more(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    announce(&world, &mut producer, &[]).await;
    let id = deliveries(&world, &mut producer).await[0]["delivery_id"].as_str().unwrap().to_owned();
    let end = format!("/me/announced/{id}/end");
    let mut neighbour = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert_eq!(neighbour.post(&world, "/me/announced", &end, &[]).await.status, 404);
    assert!(heard(&world, &till).await[0].body.is_some());
    assert_eq!(producer.post(&world, "/me/announced", &end, &[]).await.status, 303);
    assert_eq!(heard(&world, &till).await[0].body, None);
    assert_eq!(producer.post(&world, "/me/announced", &end, &[]).await.status, 404);
    assert_eq!(deliveries(&world, &mut producer).await[0]["is_ended"], true);
}

/// A double tap on a slow phone sends the form twice, also both at once.
async fn a_form_announces_once(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let mut opened = Vec::new();
    for _ in 0..2 {
        let page = text(&producer.get(&world, "/me/announced").await);
        opened.push(page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned());
    }
    assert_ne!(opened[0], opened[1]);
    let [first, second] = [0, 1].map(|place| ("id", opened[place].as_str()));
    for _ in 0..2 {
        assert_eq!(announce(&world, &mut producer, &[first]).await.status, 303);
    }
    let mut same_login = producer.clone();
    let fields = [second];
    let (one, other) =
        tokio::join!(announce(&world, &mut producer, &fields), announce(&world, &mut same_login, &fields));
    assert_eq!((one.status, other.status), (303, 303));
    assert_eq!((deliveries(&world, &mut producer).await.len(), heard(&world, &till).await.len()), (2, 2));
    // Back, and another quantity: that is another one. So is the same after it was taken back.
    for _ in 0..2 {
        assert_eq!(announce(&world, &mut producer, &[first, ("quantity", "7")]).await.status, 303);
    }
    assert_eq!(deliveries(&world, &mut producer).await.len(), 3);
    let end = format!("/me/announced/{}/end", opened[0]);
    assert_eq!(producer.post(&world, "/me/announced", &end, &[]).await.status, 303);
    assert_eq!(announce(&world, &mut producer, &[first]).await.status, 303);
    assert_eq!(deliveries(&world, &mut producer).await.len(), 4);
    // Somebody else's number tells nothing, and takes nothing.
    let mut neighbour = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    let salt = world.salt.id.to_string();
    assert_eq!(announce(&world, &mut neighbour, &[second, ("product", &salt)]).await.status, 303);
    assert_eq!(deliveries(&world, &mut neighbour).await.len(), 1);
    assert_eq!(deliveries(&world, &mut producer).await.len(), 4);
    let acts = "select cast(count(*) as bigint) from audit_log where action = 'delivery.announce'";
    assert_eq!(world.number(acts).await, 5);
}
