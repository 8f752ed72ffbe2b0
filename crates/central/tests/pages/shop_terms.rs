//! An operator makes contracts with producers: dated, told to its stores alone, ended by newer ones.

use central::db::Db;
use central::db::audit;
use central::db::users::Role;
use domain::consignment::{Terms, contract_on};
use domain::contract::{EXPIRY_BEARER_USUAL, LOSS_BEARER_USUAL};
use protocol::wire::TermsRow;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, text};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    a_contract_is_made_and_told_to_the_operators_stores,
    the_contract_that_was_made_last_holds,
    where_a_contract_ends_the_next_one_in_rank_holds,
    what_cannot_end_comes_back,
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

/// A form lies open while another one is opened, filled in and sent.
async fn the_contract_that_was_made_last_holds(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let before = told(&world, &till).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut opened = Vec::new();
    for _ in 0..2 {
        let page = text(&operator.get(&world, "/shops/terms").await);
        let id = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        opened.push(id.parse::<Uuid>().unwrap().as_u128());
        // As the form of a till begins.
        for (field, chosen) in
            [("loss_bearer", LOSS_BEARER_USUAL.code()), ("expiry_bearer", EXPIRY_BEARER_USUAL.code())]
        {
            let options = page.split(&format!("<select id=\"{field}\"")).nth(1).unwrap();
            let is_chosen = options.split(" selected").next().unwrap();
            assert!(is_chosen.ends_with(&format!("value=\"{chosen}\"")), "{field}: {options}");
        }
        world.clock.advance(60_000);
    }
    // That of the first form twice: what is sent again is the contract of before, and makes none.
    for (id, percent) in [(opened[1], "20"), (opened[0], "15"), (opened[0], "15")] {
        assert_eq!(post(&world, &mut operator, &fields(id, &[("commission", percent)])).await.0, 303);
        world.clock.advance(60_000);
    }
    assert_eq!(told(&world, &till).await, before + 2);
    let report = operator.json(&world, "/shops/terms").await;
    let agreements = report["agreements"].as_array().unwrap();
    let with = agreements.iter().find(|with| with["producer"] == "Công ty Phú Sinh").unwrap();
    let held = &with["versions"][0];
    assert!(held["is_in_force"] == true && held.to_string().contains("Hoa hồng 15 %"), "{held}");
    // A till takes the version with the largest id.
    let changes = till.get(&world, "/sync/v1/catalogue?cursor=0&limit=1000", "").await.json();
    let of_today = |change: &&Value| {
        change["kind"] == "terms" && change["body"]["valid_from"] == TODAY.to_string().as_str()
    };
    let versions = changes["changes"].as_array().unwrap().iter().filter(of_today);
    let last = versions.max_by_key(|change| change["id"].as_str().unwrap().to_owned()).unwrap();
    assert_eq!(last["body"]["commission_ppm"], 150_000);
}

/// Ends a contract with a producer, some days from today on.
async fn end(
    world: &World,
    browser: &mut Browser,
    (id, producer, product, days): (u128, &str, &str, i64),
) -> (u16, String) {
    let (id, from) = (Uuid::from_u128(id).to_string(), (TODAY + Duration::days(days)).to_string());
    let fields =
        [("id", id.as_str()), ("end_producer", producer), ("end_product", product), ("end_from", &from)];
    let answer = browser.post(world, "/shops/terms", "/shops/terms/end", &fields).await;
    (answer.status, text(&answer))
}

/// The versions with Phú Sinh on an operator's page.
async fn shown(world: &World, path: &str) -> Vec<Value> {
    // The login of the days before is over.
    let mut operator = Browser::of(world, Role::Operator(world.operator)).await;
    let report = operator.json(world, path).await;
    let with = report["agreements"].as_array().unwrap().iter();
    let mut theirs = with.filter(|with| with["producer"] == "Công ty Phú Sinh");
    theirs.next().unwrap()["versions"].as_array().unwrap().clone()
}

/// From the day of an end on a till, by what it is told, and central's page name the same version.
async fn where_a_contract_ends_the_next_one_in_rank_holds(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let garlic = world.garlic.sku.clone();
    let of_garlic = [("product", garlic.as_str()), ("commission", "20")];
    assert_eq!(post(&world, &mut operator, &fields(1, &of_garlic)).await.0, 303);
    let before = told(&world, &till).await;
    for (id, product, days) in [(11, garlic.as_str(), 1), (11, garlic.as_str(), 1), (12, "", 2)] {
        let ended = end(&world, &mut operator, (id, "cong ty phu sinh", product, days)).await;
        assert_eq!(ended.0, 303, "pressed twice it is one: {}", ended.1);
    }
    assert_eq!(told(&world, &till).await, before + 2);
    let page = text(&operator.get(&world, "/shops/terms?done=ended").await);
    for words in ["Đã kết thúc hợp đồng", "Hợp đồng cho mọi sản phẩm kết thúc từ ngày này", "Sắp áp dụng"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let log = audit::list_before(&world.app.db, &audit::Picked::default(), i64::MAX, 100).await.unwrap();
    assert_eq!(log.iter().filter(|act| act.action == "terms.end").count(), 2);
    let feed = till.get(&world, "/sync/v1/catalogue?cursor=0&limit=1000", "").await.json();
    let rows = feed["changes"].as_array().unwrap().iter().filter(|change| change["kind"] == "terms");
    let versions: Vec<Terms> = rows
        .map(|change| serde_json::from_value::<TermsRow>(change["body"].clone()).unwrap().read().unwrap())
        .collect();
    for (days, expected) in [(0, Some(20)), (1, Some(10)), (2, None)] {
        let day = TODAY + Duration::days(days);
        let held = contract_on(&versions, world.phu_sinh, world.garlic.id, day);
        assert_eq!(held.map(|terms| terms.commission.ppm() / 10_000), expected, "{day}");
        let shown = shown(&world, "/shops/terms").await;
        let of = |is_one: bool| {
            let is_of = |version: &&Value| version["product"].is_null() != is_one;
            shown.iter().filter(is_of).find(|version| version["is_in_force"] == true)
        };
        let said = of(true).or_else(|| of(false)).map(|version| version["clauses"][0].as_str().unwrap());
        let expected = expected.map(|percent| format!("Hoa hồng {percent} % trên giá niêm yết"));
        assert_eq!(said, expected.as_deref(), "{day}");
        world.clock.advance(86_400_000);
    }
    let ended = shown(&world, "/shops/terms").await;
    assert_eq!(ended.iter().filter(|version| version["is_ended"] == true).count(), 2);
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let page = text(&producer.get(&world, "/me/terms").await);
    assert!(page.contains("Đã kết thúc") && page.contains("Hôm nay chưa có bản nào"), "{page}");
}

async fn what_cannot_end_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let versions = world.number("select cast(count(*) as bigint) from terms").await;
    for (asked, words) in [
        ((1, "Ai đó", "", 0), "Không có chủ thể tên này"),
        ((1, "cong ty phu sinh", "KHONG-CO", 0), "không có sản phẩm mã này"),
        ((1, "cong ty phu sinh", "", -1), "Từ hôm nay trở đi"),
        // It has no version of its own.
        ((1, "cong ty phu sinh", world.garlic.sku.as_str(), 0), "Ngày đó không có hợp đồng nào"),
    ] {
        let (status, page) = end(&world, &mut operator, asked).await;
        assert!(status == 422 && page.contains(words), "{asked:?} {status} {page}");
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from terms").await, versions);
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
