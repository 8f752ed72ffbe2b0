//! Points of sale: stores that are there have one, a new one goes from its survey on, and its file holds what is recorded of it.

use central::db::Db;
use central::db::points;
use central::db::users::Role;
use serde_json::{Value, json};

use super::browser::{Browser, location, text};
use crate::support::{Answer, TODAY, World};

testkit::on_both_engines!(
    stores_have_points,
    a_point_goes_its_way,
    points_are_found,
    what_is_typed_wrong_comes_back,
    a_file_holds_what_is_recorded,
    files_are_what_they_are,
    criteria_and_thresholds_are_dated,
);

/// The identity that a form has drawn.
pub(super) fn drawn(page: &str) -> String {
    page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Adds a point by its form, and returns its address.
pub(super) async fn added(world: &World, admin: &mut Browser, name: &str) -> String {
    let id = drawn(&text(&admin.get(world, "/points/new").await));
    let fields = fields(&[("id", &id), ("name", name)]);
    let answer = admin.post(world, "/points/new", "/points/new", &fields).await;
    assert_eq!(location(&answer), format!("/points/{id}?done=saved"), "{}", text(&answer));
    format!("/points/{id}")
}

/// The form of a point with other values.
fn fields<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Điểm OCOP Sa Huỳnh"),
        ("address", "Quốc lộ 1, Sa Huỳnh"),
        ("commune", "Phường Sa Huỳnh"),
        ("former_district", "Đức Phổ"),
        ("operator", ""),
        ("legal_status", ""),
        ("tax_number", ""),
        ("decision_number", "1984/KH-SCT"),
        ("decided_on", "2026-10-05"),
        ("funding", "Ngân sách tỉnh"),
        ("location", "tourism"),
        ("surveyed_on", "2026-11-01"),
    ];
    for (name, value) in others {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

async fn step(world: &World, admin: &mut Browser, at: &str, (to, on, note): (&str, &str, &str)) -> Answer {
    admin.post(world, at, &format!("{at}/steps"), &[("to", to), ("on", on), ("note", note)]).await
}

async fn stores_have_points(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let report = browser.json(&world, "/points").await;
    let names: Vec<&str> =
        report["points"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Điểm OCOP LS", "Điểm OCOP QN"]);
    let first = &report["points"][0];
    assert_eq!((&first["state"], &first["store"]), (&json!("open"), &json!("LS")));
    assert_eq!(first["operator"], "Hợp tác xã Lý Sơn");
    let found = points::find_of_store(&world.app.db, world.store).await.unwrap().unwrap();
    assert_eq!((found.id.uuid(), found.legal_status.as_str()), (world.store.uuid(), "cooperative"));

    // A database from before there were points: the stores get theirs at the next start, once.
    for text in ["delete from point_steps", "delete from points"] {
        world.app.db.exec(central::db::engine::Sql::new(text)).await.unwrap();
    }
    for _ in 0..2 {
        points::adopt_stores(&world.app.db, |_| TODAY, world.app.clock.now_ms()).await.unwrap();
    }
    let mut again = browser.json(&world, "/points").await;
    assert_eq!(again, report, "the same as before");
    let steps = browser.json(&world, &format!("/points/{}", world.store)).await["steps"].take();
    assert_eq!(steps, json!([{"state": "open", "on": "2026-11-23", "note": "", "taken_by": "central"}]));
    again["points"].take();
}

async fn a_point_goes_its_way(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let id = at.trim_start_matches("/points/").to_owned();
    // Sent twice, it is one.
    let answer =
        admin.post(&world, "/points/new", "/points/new", &fields(&[("id", &id), ("name", "x")])).await;
    assert_eq!(answer.status, 303);
    let report = admin.json(&world, &at).await;
    assert_eq!((&report["name"], &report["state"]), (&json!("Điểm OCOP Sa Huỳnh"), &json!("surveyed")));
    assert_eq!(report["location"]["name_vi"], "Khu, điểm du lịch, nhà hàng, khách sạn");
    assert_eq!(report["next"], json!(["chosen", "contracted", "equipped", "open", "closed"]));

    for (to, on, note, words) in [
        ("contracted", "2026-11-20", "", "Ghi đơn vị quản lý trước"),
        ("checked", "2026-11-20", "", "không theo sau"),
        ("chosen", "2026-10-31", "", "Chọn ngày từ bước trước"),
        ("chosen", "2026-11-24", "", "Chọn ngày từ bước trước"),
        ("closed", "2026-11-20", "", "Ghi lý do."),
        ("opened", "2026-11-20", "", "Chọn một mục"),
        ("chosen", "hôm qua", "", "Chọn một ngày"),
    ] {
        let answer = step(&world, &mut admin, &at, (to, on, note)).await;
        let page = text(&answer);
        assert!(
            answer.status == 422 && page.contains(words),
            "{to} {on}: {} {words} in {page}",
            answer.status
        );
    }
    assert_eq!(admin.json(&world, &at).await, report, "nothing was written");
    assert_eq!(step(&world, &mut admin, &at, ("chosen", "2026-11-10", "")).await.status, 303);

    // The operator comes with the contract; a contracted point keeps somebody.
    let operator = world.operator.to_string();
    let with_operator = fields(&[("operator", &operator), ("legal_status", "cooperative")]);
    assert_eq!(admin.post(&world, &at, &format!("{at}/edit"), &with_operator).await.status, 303);
    assert_eq!(step(&world, &mut admin, &at, ("contracted", "2026-11-12", "HĐ 12")).await.status, 303);
    let answer = admin.post(&world, &at, &format!("{at}/edit"), &fields(&[])).await;
    assert_eq!(answer.status, 422, "{}", text(&answer));
    let acts = |report: &Value| report["acts"].as_array().unwrap().len();
    let before = admin.json(&world, &at).await;
    assert_eq!(admin.post(&world, &at, &format!("{at}/edit"), &with_operator).await.status, 303);
    assert_eq!(acts(&admin.json(&world, &at).await), acts(&before), "saved untouched, nothing is written");

    let answer = step(&world, &mut admin, &at, ("open", "2026-11-20", "")).await;
    assert!(text(&answer).contains("Mở điểm theo trình tự"), "{}", text(&answer));
    assert_eq!(
        step(&world, &mut admin, &at, ("closed", "2026-11-20", "Không đủ điều kiện")).await.status,
        303
    );
    assert_eq!(step(&world, &mut admin, &at, ("surveyed", "2026-11-21", "Khảo sát lại")).await.status, 303);
    let page = text(&admin.get(&world, &format!("{at}?done=step")).await);
    for words in [
        "Đã ghi bước.",
        "1984/KH-SCT ngày 05/10/2026",
        "Ngân sách tỉnh",
        "Hợp tác xã Lý Sơn",
        "Loại hình: Chưa rõ → Hợp tác xã",
        "Đã chọn → Đã ký hợp đồng",
        "21/11/2026",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(admin.get(&world, "/points/018f0000-0000-7000-8000-000000000000").await.status, 404);
}

async fn points_are_found(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let names = |report: &Value| -> Vec<String> {
        let rows = report["points"].as_array().unwrap();
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let (ls, qn, sh) = ("Điểm OCOP LS", "Điểm OCOP QN", "Điểm OCOP Sa Huỳnh");
    for (query, expected) in [
        ("", vec![ls, qn, sh]),
        ("?q=sa+huynh", vec![sh]),
        ("?q=qn", vec![qn]),
        ("?q=QN", vec![qn]),
        ("?state=open", vec![ls, qn]),
        ("?state=surveyed", vec![sh]),
        ("?state=closed", vec![]),
        ("?location=tourism", vec![sh]),
        ("?location=market", vec![]),
        ("?commune=Ph%C6%B0%E1%BB%9Dng%20Sa%20Hu%E1%BB%B3nh", vec![sh]),
        ("?state=open&q=ls", vec![ls]),
    ] {
        let report = admin.json(&world, &format!("/points{query}")).await;
        assert_eq!(names(&report), expected, "{query}");
        assert_eq!(report["point_count"], expected.len(), "{query}");
    }
    let id = at.trim_start_matches("/points/");
    assert_eq!(names(&admin.json(&world, &format!("/points?before={id}")).await), [ls, qn]);
    assert_eq!(names(&admin.json(&world, &format!("/points?after={}", world.store)).await), [qn, sh]);
    assert_eq!(admin.get(&world, "/points?state=opened").await.status, 422);
    assert_eq!(admin.get(&world, "/points?after=x").await.status, 404);
    let page = text(&admin.get(&world, "/points?q=sa+huynh").await);
    for words in ["1 điểm", "Đã khảo sát", "từ 01/11/2026", "Khu, điểm du lịch", "1984/KH-SCT"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let csv = text(&admin.get(&world, "/points.csv?state=surveyed").await);
    assert!(csv.contains("Phường Sa Huỳnh,Đức Phổ,") && csv.lines().count() == 2, "{csv}");
    let xlsx = text(&admin.get(&world, "/points.xlsx").await);
    assert!(xlsx.contains("Hồ sơ điểm") && xlsx.contains(sh) && xlsx.contains("Ngân sách tỉnh"), "{xlsx}");
}

async fn what_is_typed_wrong_comes_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let long = "x".repeat(201);
    for (field, typed, words) in [
        ("name", "", "Nhập từ 1 đến 200 ký tự."),
        ("address", long.as_str(), "Nhập nhiều nhất 200 ký tự."),
        ("operator", "018f0000-0000-7000-8000-000000000000", "Chọn một mục"),
        ("legal_status", "guild", "Chọn một mục"),
        ("location", "moon", "Chọn một mục"),
        ("decided_on", "5/10/2026", "Chọn một ngày"),
        ("surveyed_on", "2026-11-24", "không muộn hơn hôm nay"),
    ] {
        let answer = admin.post(&world, "/points/new", "/points/new", &fields(&[(field, typed)])).await;
        let page = text(&answer);
        assert!(answer.status == 422 && page.contains(words), "{field}: {} {page}", answer.status);
        assert!(page.contains("Quốc lộ 1, Sa Huỳnh") || field == "address", "{field}: what was typed stays");
    }
    assert_eq!(admin.json(&world, "/points").await["point_count"], 2);
}

async fn a_file_holds_what_is_recorded(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let form = format!("{at}/equipment/new");
    let id = drawn(&text(&admin.get(&world, &form).await));
    let shelf = [
        ("id", id.as_str()),
        ("kind", "equipment"),
        ("name", "Kệ gỗ 3 tầng"),
        ("item_count", "4"),
        ("value", "12.000.000"),
        ("funding", "Ngân sách tỉnh"),
        ("paper_number", "BB 07"),
        ("handed_on", "2026-11-20"),
    ];
    for _ in 0..2 {
        assert_eq!(location(&admin.post(&world, &at, &form, &shelf).await), format!("{at}?done=thing"));
    }
    let mut wrong = shelf;
    for (place, value, words) in
        [(1, "shop", "Chọn một mục"), (3, "0", "Nhập số nguyên từ 1 đến 10000"), (4, "-1", "Nhập số tiền")]
    {
        wrong[place].1 = value;
        let answer = admin.post(&world, &at, &form, &wrong).await;
        assert!(answer.status == 422 && text(&answer).contains(words), "{value}: {}", text(&answer));
        wrong = shelf;
    }
    let form = format!("{at}/costs/new");
    let cost_id = drawn(&text(&admin.get(&world, &form).await));
    let cost = [
        ("id", cost_id.as_str()),
        ("kind", "repair"),
        ("amount", "35.500.000"),
        ("spent_on", "2026-11-15"),
        ("funding", "Xã hội hóa"),
        ("paper", "HĐ 0012"),
        ("note", "Sơn sửa"),
    ];
    for _ in 0..2 {
        assert_eq!(admin.post(&world, &at, &form, &cost).await.status, 303);
    }
    let report = admin.json(&world, &at).await;
    assert_eq!(report["equipment"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&report["equipment"][0]["value_vnd"], &report["equipment"][0]["item_count"]),
        (&json!(12_000_000), &json!(4))
    );
    assert_eq!(
        (&report["costs"][0]["amount_vnd"], &report["costs"][0]["is_withdrawn"]),
        (&json!(35_500_000), &json!(false))
    );
    let page = text(&admin.get(&world, &at).await);
    for words in [
        "Đang dùng: 12.000.000 ₫",
        "35.500.000 ₫",
        "BB 07",
        "Sửa chữa, cải tạo 35.500.000 ₫",
        "4 × Kệ gỗ 3 tầng",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let gone = format!("{at}/equipment/{id}/gone");
    assert_eq!(admin.post(&world, &at, &gone, &[("on", "2026-12-01"), ("note", "hỏng")]).await.status, 422);
    for _ in 0..2 {
        let fields = [("on", "2026-11-22"), ("note", "hỏng")];
        assert_eq!(admin.post(&world, &at, &gone, &fields).await.status, 303);
        assert_eq!(admin.post(&world, &at, &format!("{at}/costs/{cost_id}/withdraw"), &[]).await.status, 303);
    }
    let report = admin.json(&world, &at).await;
    assert_eq!(
        (&report["equipment"][0]["gone_on"], &report["costs"][0]["is_withdrawn"]),
        (&json!("2026-11-22"), &json!(true))
    );
    // The file, two things, two that ended: each once.
    assert_eq!(report["acts"].as_array().unwrap().len(), 5, "{report}");
    let page = text(&admin.get(&world, &at).await);
    assert!(page.contains("Đang dùng: 0 ₫") && page.contains("Đã giảm 22/11/2026"), "{page}");
    let other = format!("/points/{}/equipment/{id}/gone", world.store);
    assert_eq!(admin.post(&world, &at, &other, &[("on", "2026-11-22"), ("note", "x")]).await.status, 404);
}

/// Posts a form with a file in it.
pub(super) async fn upload(
    world: &World,
    browser: &mut Browser,
    at: &str,
    (equipment, title, content): (&str, &str, &[u8]),
) -> Answer {
    let token = browser.token(world, at).await;
    let mut form = Vec::new();
    for (name, value) in [("csrf", token.as_str()), ("equipment", equipment), ("title", title)] {
        form.push(format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    form.push("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n".to_owned());
    form.push(format!("{}\r\n--XX--\r\n", String::from_utf8(content.to_vec()).unwrap()));
    let mut multipart = browser.clone().with("content-type", "multipart/form-data; boundary=XX");
    let path = format!("{at}/files");
    multipart.send(world, axum::http::Method::POST, &path, "text/html", Some(form.concat())).await
}

async fn files_are_what_they_are(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let scan = b"%PDF-1.7 bien ban %%EOF".as_slice();
    for (title, content, words) in [
        ("Ảnh", b"<svg><script/></svg>".as_slice(), "Tệp phải là ảnh JPG, PNG hoặc PDF"),
        ("Ảnh", b"".as_slice(), "Chọn một tệp."),
        ("", scan, "như biên bản bàn giao"),
    ] {
        let answer = upload(&world, &mut admin, &at, ("", title, content)).await;
        assert!(answer.status == 422 && text(&answer).contains(words), "{title}: {}", text(&answer));
    }
    let large = [b"%PDF-1.7 ".as_slice(), &vec![b' '; 5 << 20], b"%%EOF"].concat();
    let answer = upload(&world, &mut admin, &at, ("", "Ảnh", &large)).await;
    assert!([413, 422].contains(&answer.status), "{}", answer.status);
    assert_eq!(upload(&world, &mut admin, &at, ("", "Biên bản bàn giao", scan)).await.status, 303);
    let again = upload(&world, &mut admin, &at, ("", "Lần nữa", scan)).await;
    assert!(again.status == 422 && text(&again).contains("Tệp này đã có"), "{}", text(&again));
    let report = admin.json(&world, &at).await;
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    let file = format!("{at}/files/{}", report["files"][0]["file_id"].as_str().unwrap());
    let mut reader = Browser::of(&world, Role::Department).await;
    let given = reader.get(&world, &file).await;
    assert_eq!((given.status, given.body.as_slice()), (200, scan));
    let header = |name: &str| given.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("default-src 'none'"), "nothing in it runs");
    assert!(header("content-disposition").starts_with("attachment"));
    // Under another point's address it is not there, and nobody else gets it.
    let foreign = file.replace(&at, &format!("/points/{}", world.store));
    assert_eq!(reader.get(&world, &foreign).await.status, 404);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(operator.get(&world, &file).await.status, 403);
}

async fn criteria_and_thresholds_are_dated(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/points/{}", world.store);
    let report = admin.json(&world, &at).await;
    let by = &report["criteria_in_force"];
    assert_eq!((&by["decision"], &by["outlived_on"]), (&json!("950/QĐ-BCT"), &json!("2025-12-31")));
    assert_eq!(by["criteria"].as_array().unwrap().len(), 4);
    assert!(
        report["shelf"].as_array().unwrap().iter().all(|row| row["at_least"].is_null()),
        "no number is known"
    );

    let form = text(&admin.get(&world, &format!("{at}/check")).await);
    let (id, set) = (drawn(&form), by["set_id"].as_str().unwrap());
    let check = |on: &'static str| {
        vec![
            ("id", id.clone()),
            ("set", set.to_owned()),
            ("on", on.to_owned()),
            ("note", "Đợt quý IV".to_owned()),
            ("answer-1", "met".to_owned()),
            ("answer-2", "not_met".to_owned()),
            ("note-2", "thiếu nhãn".to_owned()),
        ]
    };
    for (on, status) in [("2026-11-24", 422), ("2026-11-22", 303), ("2026-11-22", 303)] {
        let fields = check(on);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(admin.post(&world, &at, &format!("{at}/check"), &fields).await.status, status, "{on}");
    }
    let report = admin.json(&world, &at).await;
    assert_eq!(report["checks"].as_array().unwrap().len(), 1, "sent twice, it is one");
    assert_eq!(report["checks"][0]["counts"], json!([1, 1, 2]));
    assert_eq!(report["criteria_in_force"]["criteria"][1]["note"], "thiếu nhãn");

    // Garlic has four stars; five pieces of it and one of salt stand on the shelf.
    let mut till = world.till().await;
    till.receive(&world.garlic, 5);
    till.receive(&world.salt, 1);
    till.push_from(&world, 1).await.ack();
    for (measure, least, from, status) in [
        ("products", "3", "2026-11-01", 303),
        ("ocop_share", "50", "2026-11-01", 303),
        ("ocop_share", "101", "2026-11-01", 422),
        ("producers", "9", "2026-10-01", 303),
        ("producers", "", "2026-11-20", 303),
        ("ocop_products", "7", "2026-12-01", 303),
        ("stars", "7", "2026-12-01", 422),
    ] {
        let fields = [("measure", measure), ("at_least", least), ("from", from), ("paper", "KH 12")];
        let answer = admin.post(&world, "/points/rules", "/points/rules/threshold", &fields).await;
        assert_eq!(answer.status, status, "{measure} {least}");
    }
    let shelf = admin.json(&world, &at).await["shelf"].take();
    let told: Vec<(i64, Option<i64>)> = shelf
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["measured"].as_i64().unwrap(), row["at_least"].as_i64()))
        .collect();
    assert_eq!(told, [(2, Some(3)), (1, None), (500, Some(500)), (2, None)]);

    // A later decision takes the place of the one before, and the check by that one stays its own.
    let new = [
        ("decision", "1122/QĐ-BCT"),
        ("valid_from", "2026-11-01"),
        ("meant_until", "2030-12-31"),
        ("criteria", "# Địa điểm\nGần chợ\n# Hàng hóa\nCó nhãn"),
    ];
    assert_eq!(admin.post(&world, "/points/rules", "/points/rules/criteria", &new).await.status, 303);
    let again = admin.post(&world, "/points/rules", "/points/rules/criteria", &new).await;
    assert!(again.status == 422 && text(&again).contains("Đã có bộ tiêu chí"), "{}", text(&again));
    let report = admin.json(&world, &at).await;
    assert_eq!(report["criteria_in_force"]["decision"], "1122/QĐ-BCT");
    assert_eq!(report["criteria_in_force"]["criteria"][1]["block_vi"], "Hàng hóa");
    assert_eq!(report["criteria_in_force"]["criteria"][0]["answer"], Value::Null);
    // A kind of place that ended is offered no more, and the point that has it keeps it.
    let place = [("place", "Cửa khẩu"), ("place_decision", "1122/QĐ-BCT"), ("place_from", "2026-11-01")];
    for status in [303, 422] {
        let answer = admin.post(&world, "/points/rules", "/points/rules/locations", &place).await;
        assert_eq!(answer.status, status, "{}", text(&answer));
    }
    let operator = world.operator.to_string();
    let fields = fields(&[("name", "Điểm OCOP LS"), ("location", "cua_khau"), ("operator", &operator)]);
    assert_eq!(admin.post(&world, &at, &format!("{at}/edit"), &fields).await.status, 303);
    for status in [303, 404] {
        let path = "/points/rules/locations/cua_khau/end";
        assert_eq!(admin.post(&world, "/points/rules", path, &[]).await.status, status);
    }
    world.clock.advance(86_400_000);
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(!text(&admin.get(&world, "/points/new").await).contains("cua_khau"));
    assert!(text(&admin.get(&world, &format!("{at}/edit")).await).contains("cua_khau"));
    assert_eq!(admin.post(&world, &at, &format!("{at}/edit"), &fields).await.status, 303);
    let page = text(&admin.get(&world, "/points/rules").await);
    for words in ["1122/QĐ-BCT", "950/QĐ-BCT", "Tỷ lệ OCOP", "thôi áp dụng", "50 %", "Làng nghề"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
}
