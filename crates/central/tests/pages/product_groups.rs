//! Groups of products: called anew from a day on with earlier periods as they were, added, ended; and what stores learn of it.

use central::admin::NewProduct;
use central::db::users::Role;
use central::db::{Db, product_groups};
use serde_json::{Value, json};
use time::macros::date;

use super::browser::{Browser, text};
use crate::support::{World, new_product};

testkit::on_both_engines!(a_group_is_called_anew_from_a_day_on, groups_come_and_end, wrong_forms_come_back);

const PAGE: &str = "/products/groups";

fn form<'a>(code: &'a str, name: &'a str, from: &'a str, decision: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("code", code),
        ("name_vi", name),
        ("name_en", ""),
        ("refuse_expired", "yes"),
        ("from", from),
        ("decision", decision),
    ]
}

fn versions<'a>(report: &'a Value, code: &str) -> Vec<&'a Value> {
    let all = report["group_versions"].as_array().unwrap();
    all.iter().filter(|version| version["code"] == code).collect()
}

async fn a_group_is_called_anew_from_a_day_on(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for day in [date!(2026 - 10 - 10), date!(2026 - 11 - 10)] {
        till.day = day;
        till.sell(&[(&world.garlic, 1)]);
    }
    till.push_from(&world, 1).await.ack();
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(text(&admin.get(&world, &format!("{PAGE}?change=food")).await).contains("value=\"Thực phẩm\""));
    let last = "select change_seq from catalogue_head";
    let before = world.number(last).await;
    for _ in 0..2 {
        let answer = admin
            .post(&world, PAGE, PAGE, &form("food", "Nông sản, thực phẩm", "2026-11-01", "12/QĐ-TTg"))
            .await;
        assert_eq!(answer.status, 303, "{}", text(&answer));
    }
    let told = "select cast(count(*) as bigint) from audit_log where action = 'product.group_name'";
    assert_eq!(world.number(told).await, 1, "sent twice, it is one");
    assert_eq!(world.number(last).await - before, 3, "stores learn of each product in it");
    let mut reader = Browser::of(&world, Role::Department).await;
    let report = reader.json(&world, PAGE).await;
    let of_food = versions(&report, "food");
    assert_eq!(
        (&of_food[0]["name_vi"], &of_food[0]["from"]),
        (&json!("Nông sản, thực phẩm"), &json!("2026-11-01"))
    );
    assert_eq!(
        (&of_food[1]["name_vi"], &of_food[1]["decision"]),
        (&json!("Thực phẩm"), &json!("148/QĐ-TTg"))
    );
    // A period is told with the names of its last day.
    let shown = async |reader: &mut Browser, days: &str| {
        let page = text(&reader.get(&world, &format!("/sales?{days}&by=group")).await);
        page.contains("Nông sản, thực phẩm")
    };
    assert!(!shown(&mut reader, "from=2026-10-01&to=2026-10-31").await);
    assert!(shown(&mut reader, "from=2026-11-01&to=2026-11-20").await);
    let mut tx = world.app.db.begin_reading().await.unwrap();
    for (day, name) in [
        (date!(2020 - 01 - 01), "Thực phẩm"),
        (date!(2026 - 10 - 31), "Thực phẩm"),
        (date!(2026 - 11 - 01), "Nông sản, thực phẩm"),
    ] {
        let groups = product_groups::list_on(&mut tx, day).await.unwrap();
        assert_eq!((groups.len(), groups[0].name_vi.as_str()), (6, name), "{day}");
        let of_report = central::db::reports::groups(&mut tx, day).await.unwrap();
        assert_eq!(of_report[0].name, name, "{day}");
    }
}

async fn groups_come_and_end(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let answer =
        admin.post(&world, PAGE, PAGE, &form("", "Lưu niệm, trang trí", "2026-11-01", "12/QĐ-TTg")).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let code = "luu-niem-trang-tri";
    let offered = async |admin: &mut Browser| text(&admin.get(&world, "/products/new").await).contains(code);
    assert!(offered(&mut admin).await);
    let moved = NewProduct { group_code: code.to_owned(), ..new_product("GIO", 100_000, None) };
    world.admin.update_product(world.basket.id, &moved).await.unwrap();
    let end = format!("{PAGE}/{code}/end");
    let done = async |admin: &mut Browser| {
        let answer = admin.post(&world, PAGE, &end, &[]).await;
        assert_eq!(answer.status, 303);
        super::browser::location(&answer).to_owned()
    };
    assert!(done(&mut admin).await.ends_with("done=in-use"));
    assert!(text(&admin.get(&world, &format!("{PAGE}?done=in-use")).await).contains("Chưa thôi dùng được"));
    let back = NewProduct { group_code: "food".to_owned(), ..moved.clone() };
    world.admin.update_product(world.basket.id, &back).await.unwrap();
    for _ in 0..2 {
        assert!(done(&mut admin).await.ends_with("done=ended"));
    }
    assert!(!offered(&mut admin).await);
    assert!(
        world.admin.update_product(world.basket.id, &moved).await.is_err(),
        "nothing is put into it any more"
    );
    let report = admin.json(&world, PAGE).await;
    assert_eq!(versions(&report, code)[0]["ended_on"], json!("2026-11-23"));
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let groups = product_groups::list_on(&mut tx, date!(2026 - 11 - 23)).await.unwrap();
    assert!(groups.iter().any(|group| group.code == code), "reports still name it");
    assert_eq!(admin.post(&world, PAGE, &format!("{PAGE}/nothing/end"), &[]).await.status, 404);
}

async fn wrong_forms_come_back(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    for (code, name, from, decision, status) in [
        ("food", "", "2026-11-01", "12/QĐ", 422),
        ("food", "Thực phẩm", "2026-11-24", "12/QĐ", 422),
        ("food", "Thực phẩm", "hôm nay", "12/QĐ", 422),
        ("food", "Thực phẩm", "2026-11-01", "", 422),
        ("nothing", "Thực phẩm", "2026-11-01", "12/QĐ", 404),
        ("", "!!!", "2026-11-01", "12/QĐ", 422),
        ("", "Food", "2026-11-01", "12/QĐ", 422),
    ] {
        let answer = admin.post(&world, PAGE, PAGE, &form(code, name, from, decision)).await;
        assert_eq!(answer.status, status, "{code} {name} {from} {decision}: {}", text(&answer));
    }
    assert_eq!(admin.json(&world, PAGE).await["group_versions"].as_array().unwrap().len(), 6);
}
