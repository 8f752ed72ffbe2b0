//! The audit log as administrators and auditors read it.

use central::db::Db;
use central::db::audit::{Act, Picked, append, list_before};
use central::db::engine::Sql;
use central::db::users::Role;
use domain::Money;
use time::macros::date;

use super::browser::{Browser, text};
use crate::support::World;

testkit::on_both_engines!(
    the_log_is_looked_through,
    the_log_is_asked_for_days_and_for_one_thing,
    a_clock_that_was_set_back_hides_no_act,
    a_file_that_is_taken_is_noted,
    a_changed_row_is_found
);

async fn the_log_is_looked_through(db: Db) {
    let world = World::new(db).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    for number in 0..120 {
        world
            .admin
            .add_user(&format!("u{number}"), "Người", Role::Department, "hành tím mồ côi")
            .await
            .unwrap();
    }
    let numbers = |page: &serde_json::Value| -> Vec<i64> {
        page["acts"].as_array().unwrap().iter().map(|act| act["act_number"].as_i64().unwrap()).collect()
    };
    let first = auditor.json(&world, "/audit").await;
    assert_eq!(numbers(&first).len(), 100);
    let older = auditor.json(&world, &format!("/audit?before={}", first["older"])).await;
    let all: Vec<i64> = numbers(&first).into_iter().chain(numbers(&older)).collect();
    assert_eq!(all, (1..=all[0]).rev().collect::<Vec<_>>(), "each row once, the latest first");
    let of_people = auditor.json(&world, "/audit?area=user").await;
    assert!(of_people["acts"].as_array().unwrap().iter().all(|act| act["action"] == "user.add"));
    assert_eq!(numbers(&auditor.json(&world, "/audit?area=import").await), Vec::<i64>::new());
    let page = text(&auditor.get(&world, "/audit?area=user").await);
    assert!(page.contains("Thêm người dùng") && page.contains("department u119"), "{page}");
    let none = text(&auditor.get(&world, "/audit?who=nobody").await);
    assert!(none.contains("Không có dòng nào như vậy."), "{none}");
    assert_eq!(auditor.get(&world, "/audit?area=users").await.status, 422);
    let file = text(&auditor.get(&world, "/audit.csv?area=user").await);
    assert_eq!(file.lines().count(), 1 + 121, "the head and each person: {file}");
}

async fn the_log_is_asked_for_days_and_for_one_thing(db: Db) {
    let world = World::new(db).await;
    // The last moment of a day, and the first one of the next.
    let midnight = web::format::moment_of(date!(2026 - 11 - 24), 0);
    let price = async |product, vnd: i64| world.admin.set_price(product, Money::new(vnd)).await.unwrap();
    world.clock.advance(midnight - 1 - world.app.clock.now_ms());
    price(world.salt.id, 31_000).await;
    world.clock.advance(1);
    price(world.garlic.id, 460_000).await;
    world.clock.advance(86_400_000);
    price(world.garlic.id, 480_000).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let (garlic, salt) = (world.garlic.id.to_string(), world.salt.id.to_string());
    let asked = async |auditor: &mut Browser, query: &str| -> Vec<String> {
        let acts = auditor.json(&world, &format!("/audit?area=product&{query}")).await["acts"].take();
        let prices = acts.as_array().unwrap().iter().filter(|act| act["action"] == "product.price");
        prices.map(|act| act["subject"].as_str().unwrap().to_owned()).collect()
    };
    for (query, expected) in [
        ("", vec![&garlic, &garlic, &salt]),
        ("from=2026-11-24&to=2026-11-24", vec![&garlic]),
        ("to=2026-11-23", vec![&salt]),
        ("from=2026-11-24", vec![&garlic, &garlic]),
        ("from=2026-11-26", vec![]),
        (&format!("subject={salt}"), vec![&salt]),
        (&format!("subject={garlic}&to=2026-11-24"), vec![&garlic]),
        ("subject=TOI-DEN", vec![]),
    ] {
        assert_eq!(asked(&mut auditor, query).await.iter().collect::<Vec<_>>(), expected, "{query}");
    }
    let all = auditor.json(&world, &format!("/audit?subject={garlic}")).await["acts"].take();
    let acts = all.as_array().unwrap();
    assert!(!acts.is_empty() && acts.iter().all(|act| act["subject"] == garlic.as_str()), "{all}");
    // What is picked on the page is picked in the file, and each row leads to all acts on its thing.
    let page = text(&auditor.get(&world, "/audit?area=product&from=2026-11-24&to=2026-11-24").await);
    let file = "/audit.csv?area=product&amp;from=2026-11-24&amp;to=2026-11-24";
    let (link, day) = (format!("href=\"/audit?subject={garlic}\""), "type=\"date\" value=\"2026-11-24\"");
    for said in [file, &link, day] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let csv = text(&auditor.get(&world, &file.replace("&amp;", "&")).await);
    assert!(csv.lines().count() == 2 && csv.contains(&garlic), "{csv}");
    for wrong in ["from=2026-11-25&to=2026-11-24", "from=h%C3%B4m+qua", "to=2026-13-01", "area=moon"] {
        let answer = auditor.get(&world, &format!("/audit?{wrong}")).await;
        assert!(answer.status == 422 && text(&answer).contains("Chọn lại rồi bấm Xem."), "{wrong}");
        let told = auditor.json_or_status(&world, &format!("/audit?{wrong}")).await;
        assert!(told.starts_with("422 "), "{wrong}: {told}");
        assert_eq!(auditor.get(&world, &format!("/audit.xlsx?{wrong}")).await.status, 422, "{wrong}");
    }
}

async fn a_clock_that_was_set_back_hides_no_act(db: Db) {
    let world = World::new(db).await;
    let days = |count: i64| world.app.clock.now_ms() + count * 86_400_000;
    let mut tx = world.app.db.begin().await.unwrap();
    for (subject, at_ms) in [("b", days(2)), ("a", days(1)), ("c", days(3))] {
        let act = Act { at_ms, actor: "central", action: "export", subject, detail: "" };
        append(&mut tx, &act).await.unwrap();
    }
    tx.commit().await.unwrap();
    for (from_ms, until_ms, expected) in [
        (Some(days(1)), Some(days(2)), "a"),
        (Some(days(2)), Some(days(3)), "b"),
        (Some(days(1)), Some(days(3)), "ab"),
        (Some(days(1)), None, "cab"),
        (Some(days(2)), None, "cb"),
        (Some(days(4)), None, ""),
    ] {
        let picked = Picked { from_ms, until_ms, ..Picked::default() };
        let rows = list_before(&world.app.db, &picked, i64::MAX, 10).await.unwrap();
        let found: String = rows.into_iter().map(|row| row.subject).collect();
        assert_eq!(found, expected, "{from_ms:?} {until_ms:?}");
    }
    let before = Picked { until_ms: Some(days(1)), ..Picked::default() };
    let rows = list_before(&world.app.db, &before, i64::MAX, 1000).await.unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.at_ms < days(1)), "{rows:?}");
}

async fn a_file_that_is_taken_is_noted(db: Db) {
    let world = World::new(db).await;
    let mut department = Browser::of(&world, Role::Department).await;
    assert_eq!(department.get(&world, "/sales.csv?period=year").await.status, 200);
    assert_eq!(department.get(&world, "/reports/2026-q3.docx").await.status, 200);
    assert_eq!(department.get(&world, "/sales?period=year").await.status, 200);
    assert_eq!(department.get(&world, "/audit.csv").await.status, 403);
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let acts = auditor.json(&world, "/audit?area=export").await;
    let told: Vec<&str> =
        acts["acts"].as_array().unwrap().iter().map(|act| act["detail"].as_str().unwrap()).collect();
    assert_eq!(told, ["/reports/2026-q3.docx", "/sales.csv?period=year"]);
}

async fn a_changed_row_is_found(db: Db) {
    let world = World::new(db).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let checked = auditor.json(&world, "/audit?check=1").await;
    let count = world.number("select cast(count(*) as bigint) from audit_log").await;
    assert_eq!(checked["checked_count"], count);
    assert!(text(&auditor.get(&world, "/audit?check=1").await).contains("Chuỗi nguyên vẹn"));
    let (actor,): (String,) =
        world.app.db.one(Sql::new("select actor from audit_log where seq = 2")).await.unwrap();
    let put = |actor: &str| Sql::new("update audit_log set actor = ").bind(actor).push(" where seq = 2");
    world.app.db.exec(put("ai khác")).await.unwrap();
    assert_eq!(auditor.json(&world, "/audit?check=1").await["checked_count"], serde_json::Value::Null);
    assert!(text(&auditor.get(&world, "/audit?check=1").await).contains("không còn nguyên vẹn"));
    // Every story must leave a database that verifies.
    world.app.db.exec(put(&actor)).await.unwrap();
}
