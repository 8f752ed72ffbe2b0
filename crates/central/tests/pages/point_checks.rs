//! A point is said to be checked when a check by the criteria in force stands in its file, and recording one offers the step.

use central::admin::NewCheck;
use central::db::Db;
use domain::ids::PointId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, location, text, trade};
use super::points::drawn;
use crate::support::{Answer, TODAY, World};

testkit::on_both_engines!(
    a_point_is_checked_by_the_criteria_in_force,
    a_check_from_before_the_closing_is_over,
    a_check_of_the_day_of_the_closing_is_over,
    a_check_that_is_entered_late_is_by_the_criteria_of_its_day,
);

/// Records a check of a day; returns the page behind it.
async fn check(world: &World, editor: &mut Browser, (at, on): (&str, &str)) -> String {
    let form = format!("{at}/check");
    let id = drawn(&text(&editor.get(world, &form).await));
    let set = editor.json(world, at).await["criteria_in_force"]["set_id"].as_str().unwrap().to_owned();
    let fields = [("id", id.as_str()), ("set", &set), ("on", on), ("note", ""), ("answer-1", "met")];
    let answer = editor.post(world, at, &form, &fields).await;
    assert_eq!(location(&answer), format!("{at}?done=check"), "{}", text(&answer));
    text(&editor.get(world, location(&answer)).await)
}

async fn step(world: &World, editor: &mut Browser, at: &str, (to, on): (&str, &str)) -> Answer {
    let fields = [("to", to), ("on", on), ("note", "Theo kế hoạch")];
    editor.post(world, at, &format!("{at}/steps"), &fields).await
}

/// A day goes by; returns somebody who signs in then.
async fn next_day(world: &World) -> Browser {
    world.clock.advance(86_400_000);
    Browser::of(world, trade()).await
}

const NO_CHECK: &str = "Điểm chưa có kết quả kiểm tra theo bộ tiêu chí áp dụng vào ngày này.";
const OFFERED: &str = "<option value=\"checked\" selected>";

async fn a_point_is_checked_by_the_criteria_in_force(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/points/{}", world.store);
    let state = async |editor: &mut Browser| editor.json(&world, &at).await["state"].clone();
    let refused = async |editor: &mut Browser| {
        let answer = step(&world, editor, &at, ("checked", "2026-11-23")).await;
        assert!(answer.status == 422 && text(&answer).contains(NO_CHECK), "{}", text(&answer));
    };
    refused(&mut editor).await;
    assert!(!text(&editor.get(&world, &format!("{at}?done=check")).await).contains(OFFERED));
    // The check was yesterday, the store is there since today: the step is offered for today.
    let page = check(&world, &mut editor, (&at, "2026-11-22")).await;
    assert!(page.contains(OFFERED) && page.contains("Ghi tiếp bước “Đã kiểm tra”"), "{page}");
    let form = page.split("/steps\"").nth(1).unwrap();
    assert!(form.contains("value=\"2026-11-23\""), "{form}");
    assert!(!text(&editor.get(&world, &at).await).contains(OFFERED), "only when it was just recorded");
    assert_eq!(step(&world, &mut editor, &at, ("checked", "2026-11-23")).await.status, 303);
    assert_eq!(state(&mut editor).await, Value::from("checked"));

    // By the criteria of a later decision nobody has checked it yet; the step that was taken stays.
    let rules = "/points/rules";
    let new = [
        ("decision", "1122/QĐ-BCT"),
        ("valid_from", "2026-11-23"),
        ("meant_until", ""),
        ("criteria", "Gần chợ\nCó nhãn"),
    ];
    assert_eq!(editor.post(&world, rules, &format!("{rules}/criteria"), &new).await.status, 303);
    refused(&mut editor).await;
    assert_eq!(state(&mut editor).await, Value::from("checked"));
    check(&world, &mut editor, (&at, "2026-11-23")).await;
    assert_eq!(step(&world, &mut editor, &at, ("checked", "2026-11-23")).await.status, 303);
}

async fn a_check_from_before_the_closing_is_over(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/points/{}", world.store);
    check(&world, &mut editor, (&at, "2026-11-22")).await;
    for to in ["closed", "open"] {
        assert_eq!(step(&world, &mut editor, &at, (to, "2026-11-23")).await.status, 303, "{to}");
    }
    let answer = step(&world, &mut editor, &at, ("checked", "2026-11-23")).await;
    assert!(answer.status == 422 && text(&answer).contains(NO_CHECK), "{}", text(&answer));
    check(&world, &mut editor, (&at, "2026-11-23")).await;
    assert_eq!(step(&world, &mut editor, &at, ("checked", "2026-11-23")).await.status, 303);
}

async fn a_check_of_the_day_of_the_closing_is_over(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/points/{}", world.store);
    check(&world, &mut editor, (&at, "2026-11-23")).await;
    assert_eq!(step(&world, &mut editor, &at, ("closed", "2026-11-23")).await.status, 303);
    let mut editor = next_day(&world).await;
    assert_eq!(step(&world, &mut editor, &at, ("open", "2026-11-24")).await.status, 303);
    let answer = step(&world, &mut editor, &at, ("checked", "2026-11-24")).await;
    assert!(answer.status == 422 && text(&answer).contains(NO_CHECK), "{}", text(&answer));
    let page = text(&editor.get(&world, &format!("{at}?done=check")).await);
    assert!(!page.contains(OFFERED), "what would be refused is not offered: {page}");
    assert!(check(&world, &mut editor, (&at, "2026-11-24")).await.contains(OFFERED));
    assert_eq!(step(&world, &mut editor, &at, ("checked", "2026-11-24")).await.status, 303);
}

async fn a_check_that_is_entered_late_is_by_the_criteria_of_its_day(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let (at, rules) = (format!("/points/{}", world.store), "/points/rules");
    let set_of = |report: &Value| report["criteria_in_force"]["set_id"].as_str().unwrap().to_owned();
    let before = set_of(&editor.json(&world, &at).await);
    let mut editor = next_day(&world).await;
    let new = [
        ("decision", "1122/QĐ-BCT"),
        ("valid_from", "2026-11-24"),
        ("meant_until", ""),
        ("criteria", "Gần chợ\nCó nhãn"),
    ];
    assert_eq!(editor.post(&world, rules, &format!("{rules}/criteria"), &new).await.status, 303);
    let now = set_of(&editor.json(&world, &at).await);
    assert_ne!(before, now);

    // The form asks by the criteria of today; the day of the check had others, which are asked then.
    let form = format!("{at}/check");
    let id = drawn(&text(&editor.get(&world, &form).await));
    let fields = |set, on| {
        [("id", id.as_str()), ("set", set), ("on", on), ("note", "Đợt quý IV"), ("answer-1", "met")]
    };
    let answer = editor.post(&world, &at, &form, &fields(&now, "2026-11-23")).await;
    let page = text(&answer);
    assert_eq!(answer.status, 422, "{page}");
    for words in [
        "áp dụng bộ tiêu chí theo 950/QĐ-BCT",
        before.as_str(),
        "value=\"2026-11-23\"",
        "Đợt quý IV",
        "answer-4",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let answer = editor.post(&world, &at, &form, &fields(&before, "2020-01-01")).await;
    assert!(answer.status == 422 && text(&answer).contains("chưa có bộ tiêu chí nào"), "{}", text(&answer));
    let wrong = NewCheck {
        id: Uuid::from_u128(8),
        set_id: now.parse().unwrap(),
        checked_on: TODAY,
        note: String::new(),
        answers: Vec::new(),
    };
    assert!(world.admin.check_point(PointId::from_uuid(world.store.uuid()), &wrong).await.is_err());
    assert_eq!(editor.json(&world, &at).await["checks"], json!([]), "nothing was written");

    // By the criteria of its day it counts for a step of that day, and for none of today.
    let answer = editor.post(&world, &at, &form, &fields(&before, "2026-11-23")).await;
    assert_eq!(location(&answer), format!("{at}?done=check"), "{}", text(&answer));
    assert!(text(&editor.get(&world, location(&answer)).await).contains(OFFERED));
    let refused = step(&world, &mut editor, &at, ("checked", "2026-11-24")).await;
    assert!(refused.status == 422 && text(&refused).contains(NO_CHECK), "{}", text(&refused));
    assert_eq!(step(&world, &mut editor, &at, ("checked", "2026-11-23")).await.status, 303);
}
