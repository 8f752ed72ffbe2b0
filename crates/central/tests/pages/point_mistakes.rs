//! What was mistyped in a point's file is taken back with a reason: equipment, and a set of criteria while nobody was checked by it. A
//! form that is refused comes back as it was typed.

use central::db::Db;
use central::db::users::Role;
use serde_json::{Value, json};

use super::browser::{Browser, location, text, trade};
use super::points::{added, drawn};
use crate::support::World;

testkit::on_both_engines!(
    equipment_is_withdrawn_with_a_reason,
    criteria_are_taken_back_while_nobody_used_them,
    what_was_typed_below_a_thing_comes_back,
    what_was_said_of_criteria_comes_back,
);

/// Enters a thing, and returns the address of its forms.
async fn entered(world: &World, editor: &mut Browser, (at, name): (&str, &str)) -> String {
    let form = format!("{at}/equipment/new");
    let id = drawn(&text(&editor.get(world, &form).await));
    let fields = [
        ("id", id.as_str()),
        ("kind", "equipment"),
        ("name", name),
        ("item_count", "1"),
        ("value", ""),
        ("funding", ""),
        ("paper_number", ""),
        ("handed_on", ""),
    ];
    assert_eq!(editor.post(world, at, &form, &fields).await.status, 303);
    format!("{at}/equipment/{id}")
}

async fn what_was_typed_below_a_thing_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/points/{}", world.store);
    let shelf = entered(&world, &mut editor, (&at, "Kệ gỗ")).await;
    let fridge = entered(&world, &mut editor, (&at, "Tủ mát")).await;
    let long = "x".repeat(1_001);
    let (shelf_id, fridge_id) = (shelf.rsplit('/').next().unwrap(), fridge.rsplit('/').next().unwrap());
    for (act, (on, note), words, field) in [
        ("gone", ("2026-12-01", "cháy kho"), "không muộn hơn hôm nay", "gone-on"),
        ("gone", ("hôm qua", "cháy kho"), "Chọn một ngày", "gone-on"),
        ("gone", ("2026-11-20", long.as_str()), "nhiều nhất 1000 ký tự", "gone-why"),
        ("withdraw", ("", long.as_str()), "nhiều nhất 1000 ký tự", "withdraw-why"),
    ] {
        let fields = if act == "gone" { vec![("on", on), ("note", note)] } else { vec![("note", note)] };
        let answer = editor.post(&world, &at, &format!("{shelf}/{act}"), &fields).await;
        let page = text(&answer);
        assert!(answer.status == 422 && page.contains(words), "{act} {on}: {words} in {page}");
        assert!(page.contains(&format!("value=\"{note}\"")), "what was typed is there: {page}");
        assert!(page.contains(&format!("id=\"{field}-{shelf_id}-about\"")), "{field} says it: {page}");
        assert!(!page.contains(&format!("id=\"{field}-{fridge_id}-about\"")), "and no other one: {page}");
        assert!(page.contains("<details class=\"ending\" open"), "{page}");
    }
    let pieces = editor.json(&world, &at).await["equipment"].take();
    let is_there = |row: &Value| row["gone_on"].is_null() && row["is_withdrawn"] == json!(false);
    let listed = pieces.as_array().unwrap();
    assert!(!listed.is_empty() && listed.iter().all(is_there), "nothing was written: {pieces}");
}

async fn what_was_said_of_criteria_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/points/{}", world.store);
    let form = format!("{at}/check");
    let page = text(&editor.get(&world, &form).await);
    let set = editor.json(&world, &at).await["criteria_in_force"]["set_id"].as_str().unwrap().to_owned();
    let (id, long) = (drawn(&page), "x".repeat(1_001));
    for (answer, note, words) in [
        ("met", long.as_str(), "nhiều nhất 1000 ký tự"),
        ("perhaps", "thiếu nhãn", "Chọn một mục trong danh sách."),
    ] {
        let fields = [
            ("id", id.as_str()),
            ("set", &set),
            ("on", "2026-11-22"),
            ("note", "Đợt quý IV"),
            ("answer-1", "met"),
            ("answer-2", answer),
            ("note-2", note),
        ];
        let answer = editor.post(&world, &at, &form, &fields).await;
        let page = text(&answer);
        assert!(answer.status == 422 && page.contains(words), "{words} in {page}");
        for typed in [note, "Đợt quý IV", "2026-11-22"] {
            assert!(page.contains(&format!("value=\"{typed}\"")), "{typed} in {page}");
        }
    }
    assert_eq!(editor.json(&world, &at).await["checks"], json!([]), "nothing was written");
}

async fn equipment_is_withdrawn_with_a_reason(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let mut editor = Browser::of(&world, trade()).await;
    let form = format!("{at}/equipment/new");
    let mut ids = Vec::new();
    for (name, value) in [("Kệ gỗ", "120.000.000"), ("Tủ mát", "8.000.000")] {
        let id = drawn(&text(&editor.get(&world, &form).await));
        let fields = [
            ("id", id.as_str()),
            ("kind", "equipment"),
            ("name", name),
            ("item_count", "4"),
            ("value", value),
            ("funding", ""),
            ("paper_number", ""),
            ("handed_on", ""),
        ];
        assert_eq!(editor.post(&world, &at, &form, &fields).await.status, 303);
        ids.push(id);
    }
    let withdraw = format!("{at}/equipment/{}/withdraw", ids[0]);
    for fields in [&[][..], &[("note", " ")][..]] {
        let answer = editor.post(&world, &at, &withdraw, fields).await;
        assert!(answer.status == 422 && text(&answer).contains("Ghi lý do."), "{}", text(&answer));
    }
    for _ in 0..2 {
        let answer = editor.post(&world, &at, &withdraw, &[("note", "gõ thừa một số 0")]).await;
        assert_eq!(location(&answer), format!("{at}?done=thing"));
    }
    let pieces = editor.json(&world, &at).await["equipment"].take();
    let told: Vec<(&Value, &Value)> =
        pieces.as_array().unwrap().iter().map(|row| (&row["is_withdrawn"], &row["withdrawn_note"])).collect();
    assert_eq!(told, [(&json!(true), &json!("gõ thừa một số 0")), (&json!(false), &json!(""))]);
    let page = text(&editor.get(&world, &at).await);
    for words in ["Đang dùng: 8.000.000 ₫", "gõ thừa một số 0", "Đã rút, ghi nhầm", "Rút trang bị ghi nhầm"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let acts = "select cast(count(*) as bigint) from audit_log where action = 'point.equipment_withdrawn'";
    assert_eq!(world.number(acts).await, 1, "pressed twice it is done once");
    // Nobody else's, and nothing that is not there.
    let other = format!("/points/{}/equipment/{}/withdraw", world.store, ids[1]);
    assert_eq!(editor.post(&world, &at, &other, &[("note", "x")]).await.status, 404);
}

async fn criteria_are_taken_back_while_nobody_used_them(db: Db) {
    let world = World::new(db).await;
    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/points/{}", world.store);
    let typed = |criteria: &'static str| {
        [
            ("decision", "1122/QĐ-BCT"),
            ("valid_from", "2026-11-01"),
            ("meant_until", ""),
            ("criteria", criteria),
        ]
    };
    let rules = "/points/rules";
    let in_force = async |editor: &mut Browser| editor.json(&world, &at).await["criteria_in_force"].take();
    let add = format!("{rules}/criteria");
    assert_eq!(editor.post(&world, rules, &add, &typed("Gần chợ\nCó nhãn hiệu sai")).await.status, 303);
    let set = in_force(&mut editor).await;
    let withdraw = format!("{rules}/criteria/{}/withdraw", set["set_id"].as_str().unwrap());
    let page = text(&editor.get(&world, rules).await);
    assert!(page.contains(&withdraw), "{page}");
    assert_eq!(page.matches("Rút bộ tiêu chí: ").count(), 1, "not what came with the program");
    assert_eq!(editor.post(&world, rules, &withdraw, &[("note", "")]).await.status, 422);
    assert_eq!(editor.post(&world, rules, &withdraw, &[("note", "gõ sai")]).await.status, 303);
    let program = in_force(&mut editor).await;
    assert_eq!(program["decision"], "950/QĐ-BCT", "the one before holds again");
    let of_program = format!("{rules}/criteria/{}/withdraw", program["set_id"].as_str().unwrap());
    let answer = editor.post(&world, rules, &of_program, &[("note", "gõ sai")]).await;
    assert_eq!(answer.status, 404, "what came with the program stays");
    assert_eq!(in_force(&mut editor).await, program);
    assert_eq!(editor.post(&world, rules, &withdraw, &[("note", "gõ sai")]).await.status, 404);
    let kept = "select cast(count(*) as bigint) from audit_log where action = 'point.criteria_withdrawn'
        and detail like '1122/QĐ-BCT 2026-11-01: gõ sai%Có nhãn hiệu sai'";
    assert_eq!(world.number(kept).await, 1, "the log keeps its words");

    // Its day is free again; what a point was checked by stays.
    assert_eq!(editor.post(&world, rules, &add, &typed("Gần chợ\nCó nhãn")).await.status, 303);
    let set = in_force(&mut editor).await;
    let form = text(&editor.get(&world, &format!("{at}/check")).await);
    let check = [
        ("id", drawn(&form)),
        ("set", set["set_id"].as_str().unwrap().to_owned()),
        ("on", "2026-11-22".to_owned()),
        ("note", String::new()),
        ("answer-1", "met".to_owned()),
    ];
    let check: Vec<(&str, &str)> = check.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(editor.post(&world, &at, &format!("{at}/check"), &check).await.status, 303);
    let withdraw = format!("{rules}/criteria/{}/withdraw", set["set_id"].as_str().unwrap());
    assert!(!text(&editor.get(&world, rules).await).contains(&withdraw));
    let answer = editor.post(&world, rules, &withdraw, &[("note", "gõ sai")]).await;
    assert!(answer.status == 422 && text(&answer).contains("Đã có điểm được đánh giá"), "{}", text(&answer));
}
