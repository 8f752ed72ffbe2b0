//! An operator makes contracts with producers: dated, told to its stores alone, ended by newer ones.

use central::db::Db;
use central::db::audit;
use central::db::users::Role;
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, text};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    a_contract_is_made_and_told_to_the_operators_stores,
    what_no_contract_can_say_comes_back
);

/// The fields of a usual contract with Phú Sinh, with others in the place of some.
fn fields(id: u128, others: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let usual = [
        ("id", Uuid::from_u128(id).to_string()),
        ("producer", "cong ty phu sinh".to_owned()),
        ("product", String::new()),
        ("valid_from", TODAY.to_string()),
        ("mode", "consigned".to_owned()),
        ("commission", "12,5".to_owned()),
        ("basis", "gross".to_owned()),
        ("discount_bearer", "store".to_owned()),
        ("loss_bearer", "store".to_owned()),
        ("shrinkage", "2".to_owned()),
        ("expiry_bearer", String::new()),
        ("return_days", "3".to_owned()),
        ("agreed_after_days", "7".to_owned()),
    ];
    let other =
        |name: &str| others.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
    usual.map(|(name, value)| (name, other(name).unwrap_or(value))).to_vec()
}

async fn post(world: &World, browser: &mut Browser, fields: &[(&'static str, String)]) -> (u16, String) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.post(world, "/shops/terms", "/shops/terms", &fields).await;
    (answer.status, text(&answer))
}

/// How many versions a till is told of.
async fn told(world: &World, till: &Till) -> usize {
    let answer = till.get(world, "/sync/v1/catalogue?cursor=0&limit=1000", "").await.json();
    answer["changes"].as_array().unwrap().iter().filter(|change| change["kind"] == "terms").count()
}

async fn a_contract_is_made_and_told_to_the_operators_stores(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let before = told(&world, &till).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    for _ in 0..2 {
        assert_eq!(post(&world, &mut operator, &fields(1, &[])).await.0, 303, "pressed twice it is one");
    }
    // Back, other terms, and sent: the form has the identity of the contract before, and it is another one.
    assert_eq!(post(&world, &mut operator, &fields(1, &[("return_days", "5")])).await.0, 303);
    let later = (TODAY + Duration::days(30)).to_string();
    let of_garlic = [("product", world.garlic.sku.as_str()), ("valid_from", &later), ("commission", "0")];
    assert_eq!(post(&world, &mut operator, &fields(2, &of_garlic)).await.0, 303);
    assert_eq!(told(&world, &till).await, before + 3, "the operator's tills hear of all");
    let log = audit::list_before(&world.app.db, &audit::Picked::default(), i64::MAX, 100).await.unwrap();
    let acts: Vec<_> =
        log.iter().filter(|act| act.action == "terms.add" && act.actor.starts_with("operator-")).collect();
    assert_eq!(acts.len(), 3);
    let page = text(&operator.get(&world, "/shops/terms?done=yes").await);
    for words in [
        "Đã lập hợp đồng",
        "Công ty Phú Sinh",
        "Hoa hồng 12,5 % trên giá niêm yết",
        "Im lặng 7 ngày là đồng ý",
        "Đang áp dụng",
        "Sắp áp dụng",
        "Các bản trước",
        "Từ ngày 23/12/2026",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // The producer reads the same.
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert!(text(&producer.get(&world, "/me/terms").await).contains("Hoa hồng 12,5 %"));
    assert!(text(&operator.get(&world, "/shops").await).contains("href=\"/shops/terms\""));
}

async fn what_no_contract_can_say_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let yesterday = (TODAY - Duration::days(1)).to_string();
    for (wrong, words) in [
        (("producer", "Ai đó"), "Không có chủ thể tên này"),
        (("product", "KHONG-CO"), "không có sản phẩm mã này"),
        (("product", world.salt.sku.as_str()), "không có sản phẩm mã này"),
        (("valid_from", yesterday.as_str()), "Từ hôm nay trở đi"),
        (("commission", "101"), "Ghi phần trăm"),
        (("commission", ""), "Ghi phần trăm"),
        (("return_days", "366"), "Ghi số ngày"),
        (("agreed_after_days", "0"), "Ghi số ngày"),
    ] {
        let (status, page) = post(&world, &mut operator, &fields(1, &[wrong])).await;
        assert_eq!(status, 422, "{wrong:?}");
        assert!(
            page.contains(words) && page.contains("value=\"7\"") | wrong.0.starts_with("agreed"),
            "{wrong:?} {page}"
        );
    }
    let made = "select cast(count(*) as bigint) from terms where known_at_ms > 0 and agreed_after_days = 7";
    assert_eq!(world.number(made).await, 0);
}
