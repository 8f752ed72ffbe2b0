//! A point opens step by step: each can be left and taken up again, sent twice it does one thing, and nothing is half made.

use central::db::Db;
use central::db::users::Role;
use serde_json::{Value, json};

use super::browser::{Browser, location, text};
use super::points::added;
use crate::support::{Answer, Till, World, new_product};

testkit::on_both_engines!(
    a_point_opens_step_by_step,
    what_is_typed_wrong_changes_nothing,
    labels_say_what_stands_there,
    points_are_compared_at_equal_age,
    of_two_first_managers_at_once_one_is_added,
    a_store_is_waited_for_from_its_opening_to_its_closing,
    a_point_without_a_till_keeps_its_way,
);

/// Posts a step, and returns its answer.
async fn send(
    world: &World,
    admin: &mut Browser,
    (at, step): (&str, &str),
    fields: &[(&str, &str)],
) -> Answer {
    let page = format!("{at}/open");
    admin.post(world, &page, &format!("{page}/{step}"), fields).await
}

const OPERATOR: [(&str, &str); 5] = [
    ("operator_id", ""),
    ("operator_name", "Hộ kinh doanh Sa Huỳnh"),
    ("operator_legal", "household"),
    ("operator_tax", "0101243150"),
    ("commission_tax", "0"),
];
const STORE: [(&str, &str); 6] = [
    ("code", "sh"),
    ("receipt_title", "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP SA HUỲNH"),
    ("receipt_footer", "Cảm ơn quý khách!"),
    ("phone", "0255 384 5678"),
    ("bank_bin", ""),
    ("bank_account", ""),
];
const MANAGER: [(&str, &str); 3] =
    [("manager_name", "Trần Thị Muối"), ("pin", "271828"), ("pin_again", "271828")];
const LOGIN: [(&str, &str); 2] = [("login", "HKD.SaHuynh"), ("person", "Trần Thị Muối")];

/// What there is of everything that the way makes.
async fn made(world: &World) -> [i64; 4] {
    [
        world.number("select cast(count(*) as bigint) from operators").await,
        world.number("select cast(count(*) as bigint) from stores").await,
        world.number("select cast(count(*) as bigint) from cashiers").await,
        world.number("select cast(count(*) as bigint) from users where role = 'operator'").await,
    ]
}

async fn a_point_opens_step_by_step(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let before = made(&world).await;
    let page = text(&admin.get(&world, &format!("{at}/open")).await);
    assert!(page.contains("Làm bước trước đã."), "later steps wait: {page}");
    // A step before its time makes nothing.
    for (step, fields) in
        [("store", &STORE[..]), ("manager", &MANAGER[..]), ("login", &LOGIN[..]), ("code", &[])]
    {
        assert_eq!(send(&world, &mut admin, (&at, step), fields).await.status, 404, "{step}");
    }
    assert_eq!(send(&world, &mut admin, (&at, "finish"), &[("on", "2026-11-23")]).await.status, 422);
    assert_eq!(made(&world).await, before);

    for (step, fields) in [("operator", &OPERATOR[..]), ("store", &STORE[..]), ("manager", &MANAGER[..])] {
        for _ in 0..2 {
            let answer = send(&world, &mut admin, (&at, step), fields).await;
            assert_eq!(location(&answer), format!("{at}/open"), "{step}: {}", text(&answer));
        }
    }
    let mut links = Vec::new();
    for _ in 0..2 {
        let answer = send(&world, &mut admin, (&at, "login"), &LOGIN).await;
        let page = text(&answer);
        let link = page.split("/welcome/").nth(1).unwrap().split('<').next().unwrap().to_owned();
        assert!(page.contains("Gửi riêng cho hkd.sahuynh"), "{page}");
        links.push(link);
    }
    let [operators, stores, cashiers, people] = before;
    let after = made(&world).await;
    assert_eq!(after, [operators + 1, stores + 1, cashiers + 1, people + 1], "each was made once");
    assert_ne!(links[0], links[1], "the link before stops");

    let report = admin.json(&world, &at).await;
    assert_eq!((&report["operator"], &report["store"]), (&json!("Hộ kinh doanh Sa Huỳnh"), &json!("SH")));
    assert_eq!((&report["legal_status"], &report["tax_number"]), (&json!("household"), &json!("0101243150")));
    let store: domain::ids::StoreId = report["store_id"].as_str().unwrap().parse().unwrap();
    let told =
        central::db::catalogue::find_body(&world.app.db, "store", store.uuid()).await.unwrap().unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["name"], &told["address"]),
        (&json!("Điểm OCOP Sa Huỳnh"), &json!("Quốc lộ 1, Sa Huỳnh"))
    );

    // A code that is shown once, and a till that joins by it.
    let answer = send(&world, &mut admin, (&at, "code"), &[]).await;
    assert!(text(&answer).contains("dùng được 10 phút"), "{}", text(&answer));
    assert!(!text(&admin.get(&world, &format!("{at}/open")).await).contains("dùng được 10 phút"), "once");
    let till = Till::enrol(&world, store).await;
    let page = text(&admin.get(&world, &format!("{at}/open")).await);
    assert!(page.contains("chờ duyệt") && page.contains("Quản lý: Trần Thị Muối"), "{page}");
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    assert!(text(&admin.get(&world, &format!("{at}/open")).await).contains("đã duyệt"));

    for _ in 0..2 {
        let answer = send(&world, &mut admin, (&at, "finish"), &[("on", "2026-11-23")]).await;
        assert_eq!(location(&answer), format!("{at}?done=opened"), "{}", text(&answer));
    }
    let report = admin.json(&world, &at).await;
    assert_eq!(report["state"], "open");
    let steps: Vec<&str> =
        report["steps"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect();
    assert_eq!(steps, ["surveyed", "open"], "no step is invented");
    let points = admin.json(&world, "/points").await["point_count"].take();
    assert_eq!(points, 3, "the store has no second point");

    // The report of the department has it, with its decision and money.
    let paper = admin.json(&world, "/reports/2026-q4").await;
    let points = paper["report"]["points"].as_array().unwrap();
    let told = points.iter().find(|point| point["store"] == "Điểm OCOP Sa Huỳnh").unwrap();
    assert_eq!(
        (&told["decision_number"], &told["funding"]),
        (&json!("1984/KH-SCT"), &json!("Ngân sách tỉnh"))
    );
    let page = text(&admin.get(&world, "/reports/2026-q4").await);
    assert!(page.contains("1984/KH-SCT, năm 2026") && page.contains("Có 3 điểm đang hoạt động."), "{page}");
}

/// It may open before its till does, and says so; the way to the till stays in its file until one is approved.
async fn a_point_without_a_till_keeps_its_way(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    for (step, fields) in [("operator", &OPERATOR[..]), ("store", &STORE[..]), ("manager", &MANAGER[..])] {
        assert_eq!(send(&world, &mut admin, (&at, step), fields).await.status, 303, "{step}");
    }
    let (none, waits) = ("Chưa có máy bán hàng nào", "Máy bán hàng chưa được duyệt");
    let (way, link) = (format!("{at}/open"), format!("href=\"{at}/open\""));
    assert!(text(&admin.get(&world, &way).await).contains(none));
    assert_eq!(send(&world, &mut admin, (&at, "finish"), &[("on", "2026-11-23")]).await.status, 303);
    let report = admin.json(&world, &at).await;
    assert_eq!((&report["state"], &report["has_till"]), (&json!("open"), &json!(false)));
    let page = text(&admin.get(&world, &at).await);
    assert!(page.contains(&link) && page.contains("Tiếp tục mở điểm"), "{page}");
    assert!(text(&admin.get(&world, &way).await).contains(none), "open, it still says so");

    let till = Till::enrol(&world, report["store_id"].as_str().unwrap().parse().unwrap()).await;
    let page = text(&admin.get(&world, &way).await);
    assert!(page.contains(waits) && !page.contains(none), "{page}");
    assert!(text(&admin.get(&world, &at).await).contains(&link));
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    assert_eq!(admin.json(&world, &at).await["has_till"], true);
    assert!(!text(&admin.get(&world, &at).await).contains(&link), "nothing is left to do");
    assert!(!text(&admin.get(&world, &way).await).contains(waits));
    // A till whose key is no longer trusted waits for nobody: there is none.
    world.admin.revoke(till.stream).await.unwrap();
    let page = text(&admin.get(&world, &way).await);
    assert!(page.contains("điểm đã mở mà chưa bán được") && !page.contains(waits), "{page}");
}

async fn what_is_typed_wrong_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    let known = world.operator.to_string();
    let others = |fields: &[(&'static str, &'static str)], field: &str, value: &'static str| {
        let mut fields = fields.to_vec();
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|each| each.1 = value);
        fields
    };
    for (field, value, words) in [
        ("operator_name", "", "Chọn một đơn vị đã có"),
        ("operator_legal", "guild", "Chọn một mục"),
        ("commission_tax", "101", "Nhập số nguyên từ 0 đến 100"),
    ] {
        let answer = send(&world, &mut admin, (&at, "operator"), &others(&OPERATOR, field, value)).await;
        assert!(answer.status == 422 && text(&answer).contains(words), "{field}: {}", text(&answer));
    }
    let nobody = "018f0000-0000-7000-8000-000000000000";
    assert_eq!(send(&world, &mut admin, (&at, "operator"), &[("operator_id", nobody)]).await.status, 404);
    assert_eq!(send(&world, &mut admin, (&at, "operator"), &[("operator_id", &known)]).await.status, 303);
    let before = made(&world).await;
    for (field, value, words) in [
        ("code", "LS", "Mã này đã có"),
        ("code", "S", "Mã gồm 2 đến 6"),
        ("receipt_title", "", "Nhập từ 1 đến 200"),
    ] {
        let answer = send(&world, &mut admin, (&at, "store"), &others(&STORE, field, value)).await;
        assert!(answer.status == 422 && text(&answer).contains(words), "{field}: {}", text(&answer));
    }
    assert_eq!(made(&world).await, before, "a code that is taken leaves no store behind");
    assert_eq!(send(&world, &mut admin, (&at, "store"), &STORE).await.status, 303);
    let before = made(&world).await;
    for (field, value, words) in [
        ("pin", "123456", "không dễ đoán"),
        ("pin", "2718", "không dễ đoán"),
        ("pin_again", "271829", "Hai lần gõ PIN khác nhau."),
        ("manager_name", "", "Nhập từ 1 đến 200"),
    ] {
        let answer = send(&world, &mut admin, (&at, "manager"), &others(&MANAGER, field, value)).await;
        let page = text(&answer);
        assert!(answer.status == 422 && page.contains(words), "{field}: {page}");
        assert!(!page.contains("value=\"271828\""), "a PIN is never sent back");
    }
    assert_eq!(send(&world, &mut admin, (&at, "finish"), &[("on", "2026-11-23")]).await.status, 422);
    let fields = [("login", "hai chữ"), ("person", "x")];
    assert_eq!(send(&world, &mut admin, (&at, "login"), &fields).await.status, 422);
    super::browser::add_user(&world, "ngan", Role::Department).await;
    let answer = send(&world, &mut admin, (&at, "login"), &[("login", "ngan"), ("person", "x")]).await;
    assert!(answer.status == 422 && text(&answer).contains("của người khác"), "{}", text(&answer));
    assert_eq!(made(&world).await, before);
}

async fn labels_say_what_stands_there(db: Db) {
    let world = World::new(db).await;
    let mut reader = Browser::of(&world, Role::Department).await;
    let at = format!("/points/{}/labels", world.store);
    let all = text(&reader.get(&world, &at).await);
    for words in ["3 nhãn, giá ngày 23/11/2026", "450.000 ₫", "BC-TOI-DEN", "Công ty Phú Sinh", "<svg"]
    {
        assert!(all.contains(words), "{words} in {all}");
    }
    let mut till = world.till().await;
    till.receive(&world.salt, 2);
    till.push_from(&world, 1).await.ack();
    let shelf = text(&reader.get(&world, &at).await);
    assert!(
        shelf.contains("1 nhãn") && shelf.contains("30.000 ₫") && !shelf.contains("450.000 ₫"),
        "{shelf}"
    );
    let all = text(&reader.get(&world, &format!("{at}?show=all")).await);
    assert!(all.contains("3 nhãn") && !all.contains("after="), "{all}");
    // More than a sheet holds: the rest stands on the next one, each product once.
    let more: Vec<_> = (0..320).map(|number| new_product(&format!("A{number:03}"), 1_000, None)).collect();
    world.admin.add_products(&more).await.unwrap();
    let first = text(&reader.get(&world, &format!("{at}?show=all")).await);
    let next = first.split("href=\"").find_map(|rest| rest.split_once("after=")).unwrap();
    let after = next.1.split('"').next().unwrap();
    let second = text(&reader.get(&world, &format!("{at}?show=all&after={after}")).await);
    let labels = |page: &str| page.matches("<article").count();
    assert_eq!((labels(&first), labels(&second)), (315, 8));
    assert!(first.contains("BC-A000") && !second.contains("BC-A000") && !second.contains("after="));
}

async fn points_are_compared_at_equal_age(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.day = time::macros::date!(2026 - 11 - 2);
    till.receive(&world.garlic, 9);
    till.sell(&[(&world.garlic, 2)]);
    till.push_from(&world, 1).await.ack();
    let mut reader = Browser::of(&world, Role::Department).await;
    let page = text(&reader.get(&world, "/points/ages").await);
    // Opened by its first sale, three weeks ago; the other store never told anything.
    for words in ["02/11/2026", "900.000 ₫", "300.000 ₫", "1 điểm", "Điểm OCOP QN", "<rect"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let page = text(&reader.get(&world, "/points/ages?new_since=2026-11-20&weeks=4").await);
    assert!(page.contains("900.000 ₫"), "{page}");
    let page = text(&reader.get(&world, "/points/ages?weeks=1").await);
    assert!(page.contains("từ 4 đến 104 tuần"), "{page}");
}

async fn of_two_first_managers_at_once_one_is_added(db: Db) {
    let world = World::new(db).await;
    let give = || world.admin.give_first_manager(world.other_store, "Trần Văn Quản", "739154");
    let added = futures_util::future::join_all([give(), give(), give()]).await;
    assert_eq!(added.into_iter().filter_map(Result::unwrap).count(), 1);
    assert_eq!(world.number("select cast(count(*) as bigint) from cashiers").await, 1);
}

async fn a_store_is_waited_for_from_its_opening_to_its_closing(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let till = world.till().await;
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    for (step, fields) in [("operator", &OPERATOR[..]), ("store", &STORE[..]), ("manager", &MANAGER[..])] {
        assert_eq!(send(&world, &mut admin, (&at, step), fields).await.status, 303, "{step}");
    }
    let waited = async |admin: &mut Browser, period: &str| {
        let shown = admin.json(&world, &format!("/reports/{period}")).await;
        let sales = admin.json(&world, "/sales").await;
        let reach: Vec<String> = (shown["report"]["reach"].as_array().unwrap().iter())
            .map(|row| row["store"].as_str().unwrap().to_owned())
            .collect();
        (reach, shown["report"]["freshness"]["stores"].clone(), sales["freshness"]["stores"].clone())
    };
    let names = |names: &[&str]| names.iter().map(|name| format!("Điểm OCOP {name}")).collect::<Vec<_>>();
    // Its store is made, and it is not open.
    assert_eq!(waited(&mut admin, "2026-q4").await, (names(&["LS", "QN"]), json!(2), json!(2)));
    assert_eq!(send(&world, &mut admin, (&at, "finish"), &[("on", "2026-11-23")]).await.status, 303);
    assert_eq!(waited(&mut admin, "2026-q4").await, (names(&["LS", "QN", "Sa Huỳnh"]), json!(3), json!(3)));
    // Before any was open nobody is waited for.
    assert_eq!(waited(&mut admin, "2026-q2").await.1, json!(0));

    // Two days of silence are told, until its file says that it has closed.
    world.clock.advance(2 * 86_400_000);
    let mut admin = Browser::of(&world, Role::Admin).await;
    let silent = "1 cửa hàng không liên lạc quá 24 giờ";
    assert!(text(&admin.get(&world, "/stores").await).contains(silent));
    let fields = [("to", "closed"), ("on", "2026-11-25"), ("note", "Hết hợp đồng")];
    let point = format!("/points/{}", world.store);
    assert_eq!(admin.post(&world, &point, &format!("{point}/steps"), &fields).await.status, 303);
    let board = admin.json(&world, "/stores").await;
    let running: Vec<&Value> =
        board["stores"].as_array().unwrap().iter().map(|store| &store["is_running"]).collect();
    assert_eq!(running, [&json!(true); 3], "it sells on its last day");
    world.clock.advance(86_400_000);
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(!text(&admin.get(&world, "/stores").await).contains("không liên lạc quá 24 giờ"));
    // Of the quarter in which it sold it owes its sales, of later ones none; what it keeps back is said all the same.
    world.clock.advance(120 * 86_400_000);
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert_eq!(waited(&mut admin, "2026-q4").await.0, names(&["LS", "QN", "Sa Huỳnh"]));
    assert_eq!(waited(&mut admin, "2027-q1").await.0, names(&["QN", "Sa Huỳnh"]));
    let mut held = Till::enrol(&world, world.store).await;
    held.sell(&[(&world.salt, 1)]);
    held.push_from(&world, 1).await.ack();
    assert_eq!(waited(&mut admin, "2027-q1").await.0, names(&["LS", "QN", "Sa Huỳnh"]));
    drop(till);
}
