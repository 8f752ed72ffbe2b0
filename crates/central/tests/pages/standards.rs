//! Levels and sets of criteria that recognitions are decided by: written with their days, and what a decision may say from then on.

use central::db::users::Role;
use central::db::{Db, standards};
use domain::recognition::Level;
use serde_json::{Value, json};
use time::macros::date;

use super::browser::{Browser, location, text};
use crate::support::World;

testkit::on_both_engines!(a_level_ends_and_decides_again, criteria_have_their_days);

const PAGE: &str = "/products/standards";

/// Records a decision about the salt; returns the status.
async fn recognise(world: &World, admin: &mut Browser, (level, criteria, on): (&str, &str, &str)) -> u16 {
    let fields = [
        ("category", "key"),
        ("stars", ""),
        ("number", "12/QĐ"),
        ("decided_on", on),
        ("until", ""),
        ("issuer", ""),
        ("level", level),
        ("points", ""),
        ("criteria", criteria),
        ("group_printed", ""),
    ];
    let path = format!("/products/{}/recognise", world.salt.id);
    admin.post(world, &path, &path, &fields).await.status
}

fn of_level(report: &Value, level: &str) -> Vec<(Value, Value)> {
    let rows = report["levels"].as_array().unwrap();
    let of_it = rows.iter().filter(|row| row["level"] == level);
    of_it.map(|row| (row["from"].clone(), row["decides"].clone())).collect()
}

async fn a_level_ends_and_decides_again(db: Db) {
    let world = World::new(db).await;
    let (mut admin, mut reader) =
        (Browser::of(&world, Role::Admin).await, Browser::of(&world, Role::Department).await);
    let report = reader.json(&world, PAGE).await;
    assert_eq!(
        of_level(&report, "district"),
        [(json!("2025-07-01"), json!(false)), (json!("2014-08-28"), json!(true))]
    );
    assert_eq!(report["levels"].as_array().unwrap().len(), 5, "four levels, one of which has ended");
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let known = standards::load(&mut tx).await.unwrap();
    drop(tx);
    let days = [date!(2025 - 06 - 30), date!(2025 - 07 - 01)];
    assert_eq!(days.map(|day| known.decides(Level::District, day)), [true, false]);
    assert_eq!(days.map(|day| known.decides(Level::Province, day)), [true, true]);

    let level = |level, from, decides, paper| {
        [("level", level), ("from", from), ("decides", decides), ("paper", paper)]
    };
    let at = format!("{PAGE}/levels");
    let end = level("nation", "2026-11-01", "no", "12/QĐ-TTg");
    for _ in 0..2 {
        let answer = admin.post(&world, PAGE, &at, &end).await;
        assert_eq!(location(&answer), "/products/standards?done=yes", "{}", text(&answer));
    }
    let told = "select cast(count(*) as bigint) from audit_log where action = 'product.level'";
    assert_eq!(world.number(told).await, 1, "sent twice, it is one");
    assert_eq!(recognise(&world, &mut admin, ("nation", "", "2026-11-01")).await, 422);
    assert_eq!(recognise(&world, &mut admin, ("nation", "", "2026-10-31")).await, 303, "in its days");
    let page = text(&reader.get(&world, PAGE).await);
    for words in ["Thôi ra quyết định công nhận", "12/QĐ-TTg", "đang áp dụng"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains(&format!("action=\"{at}\"")), "the department only reads");
    // It was a mistake: written for the same day again.
    let answer = admin.post(&world, PAGE, &at, &level("nation", "2026-11-01", "yes", "12/QĐ-TTg")).await;
    assert_eq!(answer.status, 303);
    assert_eq!(of_level(&reader.json(&world, PAGE).await, "nation").len(), 2);
    assert_eq!(recognise(&world, &mut admin, ("nation", "", "2026-11-01")).await, 303);
    for wrong in [
        level("village", "2026-11-01", "no", "12/QĐ"),
        level("nation", "", "no", "12/QĐ"),
        level("nation", "2026-11-01", "", "12/QĐ"),
        level("nation", "2026-11-01", "no", " "),
    ] {
        assert_eq!(admin.post(&world, PAGE, &at, &wrong).await.status, 422, "{wrong:?}");
    }
}

async fn criteria_have_their_days(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("{PAGE}/criteria");
    let set = |name, first, last| [("name", name), ("first", first), ("last", last)];
    for fields in [set("148/QĐ-TTg", "2023-02-24", "2026-10-31"), set("2030/QĐ-TTg", "2026-11-01", "")] {
        for _ in 0..2 {
            let answer = admin.post(&world, PAGE, &at, &fields).await;
            assert_eq!(answer.status, 303, "{}", text(&answer));
        }
    }
    let told = "select cast(count(*) as bigint) from audit_log where action = 'product.criteria'";
    assert_eq!(world.number(told).await, 2);
    let sets = admin.json(&world, PAGE).await["criteria_sets"].take();
    let seen: Vec<(&Value, &Value)> =
        sets.as_array().unwrap().iter().map(|set| (&set["criteria"], &set["until"])).collect();
    assert_eq!(
        seen[..2],
        [(&json!("2030/QĐ-TTg"), &Value::Null), (&json!("148/QĐ-TTg"), &json!("2026-10-31"))]
    );
    assert_eq!(recognise(&world, &mut admin, ("", "QĐ 2030/QĐ-TTg", "2026-10-31")).await, 422);
    assert_eq!(recognise(&world, &mut admin, ("", "QĐ 2030/QĐ-TTg", "2026-11-02")).await, 303);
    assert_eq!(recognise(&world, &mut admin, ("", "148/QĐ-TTg", "2026-11-10")).await, 303, "scored before");
    for (fields, words) in [
        (set("2031/QĐ-TTg", "2026-11-01", "2026-10-31"), "Ngày cuối không được trước ngày đầu."),
        (set("!!!", "2026-11-01", ""), "Nhập số quyết định, nhiều nhất 200 ký tự."),
        (set("2031/QĐ-TTg", "hôm nay", ""), "2031/QĐ-TTg"),
    ] {
        let answer = admin.post(&world, PAGE, &at, &fields).await;
        let page = text(&answer);
        assert!(answer.status == 422 && page.contains(words), "{words} in {page}");
    }
    let csv = text(&admin.get(&world, &format!("{PAGE}.csv?sheet=2")).await);
    assert!(csv.contains("148/QĐ-TTg,2023-02-24,2026-10-31,"), "{csv}");
    let csv = text(&admin.get(&world, &format!("{PAGE}.csv")).await);
    assert!(csv.contains("Cấp huyện,2025-07-01,Thôi ra quyết định công nhận,"), "{csv}");
    assert_eq!(admin.get(&world, &format!("{PAGE}.xlsx?lang=en")).await.status, 200);
}
