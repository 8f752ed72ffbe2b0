//! The list of producers: found, added once, corrected, and those that stores added marked until somebody has looked at them.

use central::admin::NewProducer;
use central::db::Db;
use central::db::users::Role;
use domain::catalog::{Recognition, Stars};
use protocol::payload::{self, ProvisionalProducer};
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, location, text};
use crate::support::{Answer, TODAY, World};

testkit::on_both_engines!(
    producers_are_found,
    pages_follow_one_another,
    a_producer_is_added_once_and_corrected,
    what_is_typed_wrong_comes_back,
    one_that_a_store_added_is_marked,
    ways_in_are_handed_out_and_taken_away
);

async fn post(world: &World, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    browser.post(world, "/producers", path, fields).await
}

async fn named(world: &World, browser: &mut Browser, query: &str) -> Vec<String> {
    let report = browser.json(world, &format!("/producers{query}")).await;
    let rows = report["producers"].as_array().unwrap();
    assert_eq!(report["producer_count"], rows.len(), "{query}");
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn heard(world: &World, id: Uuid) -> Value {
    let body = central::db::catalogue::find_body(&world.app.db, "producer", id).await.unwrap();
    serde_json::from_str(&body.unwrap()).unwrap()
}

async fn producers_are_found(db: Db) {
    let world = World::new(db).await;
    let new = NewProducer {
        name: "Hợp tác xã Quế Trà Bồng".to_owned(),
        commune: "Xã Trà Bồng".to_owned(),
        phone: "0255 123 456".to_owned(),
    };
    world.admin.add_producer(&new).await.unwrap();
    let ends = Recognition {
        valid_to: Some(TODAY + time::Duration::days(90)),
        ..Recognition::ocop(Stars::new(3).unwrap(), time::macros::date!(2024 - 01 - 01))
    };
    world.admin.recognise(world.salt.id, &ends, "1").await.unwrap();
    let mut browser = Browser::of(&world, Role::Department).await;
    let (firm, salt, coop) = ("Công ty Phú Sinh", "Diêm dân Sa Huỳnh", "Hợp tác xã Quế Trà Bồng");
    for (query, expected) in [
        ("", vec![firm, salt, coop]),
        ("?q=que+tra", vec![coop]),
        ("?q=sa+HUYNH", vec![salt]),
        ("?commune=X%C3%A3%20Tr%C3%A0%20B%E1%BB%93ng", vec![coop]),
        ("?which=provisional", vec![]),
        ("?q=nobody", vec![]),
    ] {
        assert_eq!(named(&world, &mut browser, query).await, expected, "{query}");
    }
    let report = browser.json(&world, "/producers").await;
    let counts = |place: usize| {
        let row = &report["producers"][place];
        (row["product_count"].clone(), row["lapsing_count"].clone())
    };
    // The garlic's result ends in 2028.
    assert_eq!(
        [counts(0), counts(1), counts(2)],
        [(1, 0), (1, 1), (0, 0)].map(|(a, b)| (json!(a), json!(b)))
    );
    let page = text(&browser.get(&world, "/producers").await);
    let link = format!("/products?producer={}&amp;lapse=90", world.sa_huynh);
    assert!(page.contains(&link) && page.contains("0255 123 456") && !page.contains("/edit\""), "{page}");
    let found = browser.json(&world, &format!("/products?producer={}&lapse=90", world.sa_huynh)).await;
    assert_eq!(found["product_count"], 1, "the link leads to as many");
    assert_eq!(browser.get(&world, "/producers?which=none").await.status, 422);
}

async fn pages_follow_one_another(db: Db) {
    let world = World::new(db).await;
    for number in 0..60 {
        let name = format!("Hộ {:02}", number / 2);
        world.admin.add_producer(&NewProducer { name, ..NewProducer::default() }).await.unwrap();
    }
    let mut browser = Browser::of(&world, Role::Department).await;
    let first = browser.json(&world, "/producers?q=ho").await;
    assert_eq!((first["producers"].as_array().unwrap().len(), &first["producer_count"]), (50, &json!(60)));
    let after = first["page_after"].as_str().unwrap();
    let page = text(&browser.get(&world, "/producers?q=ho").await);
    assert!(page.contains(&format!("/producers?q=ho&amp;after={after}")), "{page}");
    let second = browser.json(&world, &format!("/producers?q=ho&after={after}")).await;
    assert_eq!((second["producers"].as_array().unwrap().len(), &second["page_after"]), (10, &Value::Null));
    let before = second["page_before"].as_str().unwrap();
    let back = browser.json(&world, &format!("/producers?q=ho&before={before}")).await;
    assert_eq!((&back["producers"], &back["page_before"]), (&first["producers"], &Value::Null));
}

async fn a_producer_is_added_once_and_corrected(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let form = text(&admin.get(&world, "/producers/new").await);
    let id = form.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields =
        [("id", id.as_str()), ("name", " Nông hộ Ba Tơ "), ("commune", "Xã Ba Tơ"), ("phone", "0255 1")];
    for _ in 0..2 {
        let answer = post(&world, &mut admin, "/producers/new", &fields).await;
        assert_eq!(location(&answer), format!("/producers?saved={id}"), "{}", text(&answer));
    }
    assert_eq!(named(&world, &mut admin, "?q=ba+to").await, ["Nông hộ Ba Tơ"], "sent twice, it is one");
    let page = text(&admin.get(&world, &format!("/producers?saved={id}")).await);
    assert!(page.contains("Đã lưu Nông hộ Ba Tơ."), "{page}");
    let uuid: Uuid = id.parse().unwrap();
    assert_eq!(heard(&world, uuid).await["name"], "Nông hộ Ba Tơ");

    // The key that tills print stays when the name changes.
    central::reading::make_key(&world.app, "test", uuid.into()).await.unwrap();
    let till = world.till().await;
    let printed = till.told(&world, "producer", uuid).await["reading_url"].clone();
    assert!(printed.is_string(), "{printed}");
    let at = format!("/producers/{id}/edit");
    let fields = [("name", "Nông hộ Ba Vì"), ("commune", "Xã Ba Vì"), ("phone", "0255 2")];
    assert_eq!(post(&world, &mut admin, &at, &fields).await.status, 303);
    let told = till.told(&world, "producer", uuid).await;
    assert_eq!((&told["name"], &told["reading_url"]), (&json!("Nông hộ Ba Vì"), &printed));
    let page = text(&admin.get(&world, &at).await);
    for words in ["value=\"0255 2\"", "Tên: Nông hộ Ba Tơ → Nông hộ Ba Vì", "Điện thoại: đổi"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let phones = "select cast(count(*) as bigint) from audit_log where detail like '%0255%'";
    assert_eq!(world.number(phones).await, 0, "no telephone number stands in the log");
}

async fn what_is_typed_wrong_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let long = "x".repeat(201);
    for (field, typed, words) in [
        ("name", " ", "Nhập từ 1 đến 200 ký tự."),
        ("name", "CÔNG TY phú sinh", "Đã có 1 chủ thể cùng tên."),
        ("commune", long.as_str(), "Nhập nhiều nhất 200 ký tự."),
        ("phone", "gọi sau", "Số điện thoại gồm chữ số"),
    ] {
        let mut fields = [("name", "Hộ mới"), ("commune", "Xã Bình Sơn"), ("phone", "")];
        for (name, value) in &mut fields {
            if *name == field {
                *value = typed;
            }
        }
        let at = format!("/producers/{}/edit", world.sa_huynh);
        for path in ["/producers/new", at.as_str()] {
            let answer = post(&world, &mut admin, path, &fields).await;
            let page = text(&answer);
            assert_eq!(answer.status, 422, "{path} {field}");
            assert!(page.contains(words), "{words} in {page}");
        }
    }
    assert_eq!(named(&world, &mut admin, "").await.len(), 2, "nothing was changed");
    // Another one of the same name, told so.
    let fields = [("name", "Công ty Phú Sinh"), ("another", "yes")];
    assert_eq!(post(&world, &mut admin, "/producers/new", &fields).await.status, 303);
    assert_eq!(named(&world, &mut admin, "?q=phu+sinh").await.len(), 2);
    for path in ["/producers/x/edit", &format!("/producers/{}/edit", Uuid::nil())] {
        assert_eq!(admin.get(&world, path).await.status, 404, "{path}");
    }
}

async fn one_that_a_store_added_is_marked(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let id = Uuid::from_u128(88);
    let told =
        ProvisionalProducer {
            cashier: Uuid::from_u128(8), producer: id, name: "Chú Tư làm nón".to_owned()
        };
    till.write("provisional_producer", None, &payload::write(&told).unwrap());
    till.push_from(&world, 1).await.ack();
    let mut admin = Browser::of(&world, Role::Admin).await;
    let report = admin.json(&world, "/producers?which=provisional").await;
    let row = &report["producers"][0];
    assert_eq!((&row["name"], &row["is_provisional"]), (&json!("Chú Tư làm nón"), &json!(true)));
    assert!(row["store"].as_str().unwrap().contains("LS"), "{row}");
    let page = text(&admin.get(&world, "/producers").await);
    assert!(page.contains("Cửa hàng thêm: Điểm OCOP LS"), "{page}");
    let at = format!("/producers/{id}/edit");
    assert!(text(&admin.get(&world, &at).await).contains("Cửa hàng tự thêm chủ thể này tại quầy."));
    let fields = [("name", "Cơ sở nón Chú Tư"), ("commune", "Xã Bình Sơn"), ("phone", "")];
    assert_eq!(post(&world, &mut admin, &at, &fields).await.status, 303);
    assert_eq!(named(&world, &mut admin, "?which=provisional").await, Vec::<String>::new());
    assert_eq!(heard(&world, id).await["name"], "Cơ sở nón Chú Tư", "all stores hear of it");
    world.check_books().await;
}

async fn ways_in_are_handed_out_and_taken_away(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/producers/{}", world.phu_sinh);
    assert!(text(&admin.get(&world, &format!("{at}/edit")).await).contains("Chưa có mã QR"));
    let shown = post(&world, &mut admin, &format!("{at}/key"), &[]).await;
    assert_eq!((shown.status, shown.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let page = text(&shown);
    assert!(page.contains("svg class=\"qr\"") && page.contains("Công ty Phú Sinh"), "{page}");
    let key = page.split("/p/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut anybody = Browser::new();
    assert_eq!(anybody.get(&world, &format!("/p/{key}")).await.status, 200);
    assert!(!text(&admin.get(&world, &format!("{at}/edit")).await).contains(&key), "it is shown once");
    for _ in 0..2 {
        assert_eq!(post(&world, &mut admin, &format!("{at}/key/end"), &[]).await.status, 303);
    }
    assert_eq!(anybody.get(&world, &format!("/p/{key}")).await.status, 404);

    // A link for somebody new, and another one for the same person.
    let mut links = Vec::new();
    for _ in 0..2 {
        let page = text(&post(&world, &mut admin, &format!("{at}/link"), &[("login", "Ba.Bay")]).await);
        links.push(page.split("/welcome/").nth(1).unwrap().split('<').next().unwrap().to_owned());
    }
    let [first, second] = [0, 1].map(|index| format!("/welcome/{}", links[index]));
    assert_eq!(anybody.get(&world, &first).await.status, 404, "the one before stops");
    let welcome = text(&anybody.get(&world, &second).await);
    assert!(welcome.contains("Đặt mật khẩu") && welcome.contains("ba.bay"), "{welcome}");
    let mut world_people = Browser::of(&world, Role::Admin).await;
    let own = world_people.json(&world, "/people").await.to_string();
    assert!(own.contains("ba.bay"), "{own}");
    // Somebody else's login is nobody's here.
    let other = format!("/producers/{}", world.sa_huynh);
    for login in ["ba.bay", "", "Bà Bảy"] {
        let answer = post(&world, &mut admin, &format!("{other}/link"), &[("login", login)]).await;
        assert_eq!(answer.status, 422, "{login}");
        assert!(text(&answer).contains("Chọn tên khác"), "{login}");
    }
}
