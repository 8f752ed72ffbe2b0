//! Introductions outside campaigns: recorded once, read by the department, withdrawn and kept; and what the outcome counts of them.

use central::db::users::Role;
use central::db::{Db, introductions};
use serde_json::{Value, json};
use time::macros::date;

use super::browser::{Browser, text};
use crate::support::World;

testkit::on_both_engines!(
    a_buyer_who_asks_is_recorded_and_counts,
    what_is_wrong_comes_back_and_what_is_withdrawn_stays
);

const PAGE: &str = "/campaigns/introductions";
const ID: &str = "01890000-0000-7000-8000-000000000001";

fn asks<'a>(id: &'a str, on: &'a str, count: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("id", id),
        ("kind", "enquiries"),
        ("store", ""),
        ("on", on),
        ("people_count", count),
        ("who", "Siêu thị Big C Đà Nẵng"),
        ("note", "xin báo giá tỏi"),
    ]
}

async fn a_buyer_who_asks_is_recorded_and_counts(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(text(&admin.get(&world, PAGE).await).contains("Chưa ghi lượt nào"));
    // Sent twice, it is one.
    for _ in 0..2 {
        let answer = admin.post(&world, PAGE, PAGE, &asks(ID, "2026-11-20", "3")).await;
        assert_eq!(answer.status, 303, "{}", text(&answer));
    }
    let store = world.store.to_string();
    let visit = [
        ("kind", "visitors"),
        ("store", store.as_str()),
        ("on", "2026-11-19"),
        ("people_count", "1.200"),
        ("who", "Đoàn học sinh"),
        ("note", ""),
    ];
    assert_eq!(admin.post(&world, PAGE, PAGE, &visit).await.status, 303);
    let mut reader = Browser::of(&world, Role::Department).await;
    let report = reader.json(&world, PAGE).await;
    let sums = |report: &Value| {
        ["visitors_recorded", "tastings_recorded", "scans_recorded", "enquiries_recorded"]
            .map(|field| report[field].as_i64().unwrap())
    };
    assert_eq!(sums(&report), [1_200, 0, 0, 3]);
    let rows = report["recorded"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0]["who"], &rows[0]["store"]), (&json!("Siêu thị Big C Đà Nẵng"), &Value::Null));
    assert_eq!((&rows[1]["store"], &rows[1]["on"]), (&json!("Điểm OCOP LS"), &json!("2026-11-19")));
    assert_eq!(sums(&reader.json(&world, &format!("{PAGE}?year=2025")).await), [0; 4]);
    assert_eq!(reader.get(&world, &format!("{PAGE}?year=26")).await.status, 422);
    let outcome = reader.json(&world, "/campaigns/outcome?year=2026&quarter=4").await;
    let told = ["visitor_count", "tasting_count", "scan_count", "enquiry_count", "introduced_count"];
    assert_eq!(told.map(|field| outcome[field].as_i64().unwrap()), [1_200, 0, 0, 3, 1_203]);
    let page = text(&reader.get(&world, PAGE).await);
    assert!(
        page.contains("Hỏi mua") && !page.contains("<form method=\"post\" action=\"/campaigns"),
        "{page}"
    );
    let csv = text(&reader.get(&world, &format!("{PAGE}.csv")).await);
    assert!(csv.contains("2026-11-20,Hỏi mua,3,Nơi khác,Siêu thị Big C Đà Nẵng,xin báo giá tỏi,"), "{csv}");
    assert_eq!(reader.get(&world, &format!("{PAGE}.xlsx")).await.status, 200);
}

async fn what_is_wrong_comes_back_and_what_is_withdrawn_stays(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let nowhere = uuid::Uuid::from_u128(9).to_string();
    for (on, count, store) in [
        ("2026-11-24", "3", ""),
        ("hôm nay", "3", ""),
        ("2026-11-20", "0", ""),
        ("2026-11-20", "100.001", ""),
        ("2026-11-20", "3", "ly-son"),
        ("2026-11-20", "3", nowhere.as_str()),
    ] {
        let mut form = asks(ID, on, count);
        form[2] = ("store", store);
        let answer = admin.post(&world, PAGE, PAGE, &form).await;
        assert_eq!(answer.status, 422, "{on} {count} {store}");
        assert!(text(&answer).contains("Siêu thị Big C Đà Nẵng"), "what was typed stands in the form");
    }
    assert_eq!(admin.post(&world, PAGE, PAGE, &asks(ID, "2026-11-20", "3")).await.status, 303);
    let withdraw = format!("{PAGE}/{ID}/withdraw");
    for _ in 0..2 {
        assert_eq!(admin.post(&world, PAGE, &withdraw, &[]).await.status, 303);
    }
    let report = admin.json(&world, PAGE).await;
    assert_eq!(
        (&report["enquiries_recorded"], &report["recorded"][0]["is_withdrawn"]),
        (&json!(0), &json!(true))
    );
    let told = "select cast(count(*) as bigint) from audit_log where action like 'campaign.introduction%'";
    assert_eq!(world.number(told).await, 2, "recorded once, withdrawn once");
    let mut tx = world.app.db.begin().await.unwrap();
    let all = introductions::list(&mut tx, (date!(2026 - 01 - 01), date!(2026 - 12 - 31)), 10).await.unwrap();
    assert_eq!(introductions::find(&mut tx, all[0].id).await.unwrap().as_ref(), all.first());
    assert!(!introductions::withdraw(&mut tx, all[0].id).await.unwrap(), "it is withdrawn already");
}
