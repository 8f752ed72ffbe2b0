//! A point is said to be checked when a check by the criteria in force stands in its file, and recording one offers the step.

use central::db::Db;
use serde_json::Value;

use super::browser::{Browser, location, text, trade};
use super::points::drawn;
use crate::support::{Answer, World};

testkit::on_both_engines!(
    a_point_is_checked_by_the_criteria_in_force,
    a_check_from_before_the_closing_is_over
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
