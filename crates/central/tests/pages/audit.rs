//! The audit log as administrators and auditors read it.

use central::db::Db;
use central::db::engine::Sql;
use central::db::users::Role;

use super::browser::{Browser, text};
use crate::support::World;

testkit::on_both_engines!(the_log_is_looked_through, a_file_that_is_taken_is_noted, a_changed_row_is_found);

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
