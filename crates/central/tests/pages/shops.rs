//! An operator's first page: its own stores' money, goods and alarms, and nobody else's.

use central::admin::NewOperator;
use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use serde_json::json;

use super::browser::{Browser, text};
use crate::books::transfers::{lot, send, take_in};
use crate::support::{TODAY, Till, World, new_store};

testkit::on_both_engines!(
    an_operator_sees_its_day,
    the_cash_of_closed_shifts_is_in_no_drawer,
    a_transfer_that_nobody_takes_in_is_told,
    a_transfer_that_cannot_be_right_is_told,
    another_operator_sees_nothing_of_it
);

/// Two stores: one sold today and yesterday, the other one has a computer that waits for approval.
async fn trade(world: &World) {
    let mut till = world.till().await;
    till.open_shift(500_000);
    let lot = till.receive(&world.garlic, 12);
    for (day, pieces) in [(TODAY.previous_day().unwrap(), 2), (TODAY, 3)] {
        till.day = day;
        let sale = till.sale_of(vec![till.line(&world.garlic, pieces, Some(lot))]);
        till.write_sale(world.app.clock.new_uuid().into(), &sale);
    }
    till.push_from(world, 1).await.ack();
    let mut waiting = Till::enrol(world, world.other_store).await;
    waiting.sell(&[(&world.garlic, 1)]);
    waiting.push_from(world, 1).await.ack();
}

async fn an_operator_sees_its_day(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let report = operator.json(&world, "/shops").await;
    // A box is 450.000 ₫: three today, two yesterday; five of them are in the drawer with its float.
    let due = 5 * (450_000 - 45_000 - 3_600);
    for (field, expected) in [
        ("today_vnd", 1_350_000),
        ("before_vnd", 900_000),
        ("receipts", 1),
        ("cash_vnd", 500_000 + 2_250_000),
        ("waiting_vnd", 0),
        ("owed_vnd", due),
    ] {
        assert_eq!(report[field].as_i64(), Some(expected), "{field}");
    }
    let stores = report["stores"].as_array().unwrap();
    assert_eq!(
        stores.iter().map(|store| store["held_vnd"].as_i64().unwrap()).collect::<Vec<_>>(),
        [0, 450_000]
    );
    assert_eq!(report["producers"][0]["owed_vnd"].as_i64(), Some(due));
    let page = text(&operator.get(&world, "/shops").await);
    for words in [
        "1.350.000 ₫",
        "so với hôm qua",
        "Phải trả chủ thể",
        "Công ty Phú Sinh",
        "Điểm OCOP QN: máy chờ Sở duyệt, 450.000 ₫ chưa tính.",
        "href=\"/inventory?show=out\"",
        "Đăng xuất",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    world.clock.advance(37 * 60 * 60 * 1_000);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&operator.get(&world, "/shops").await);
    assert!(page.contains("Điểm OCOP LS: hơn một ngày chưa gửi số liệu"), "{page}");
}

/// The drawer is emptied when its shift closes, and the next shift begins with a float of its own.
async fn the_cash_of_closed_shifts_is_in_no_drawer(db: Db) {
    let world = World::new(db).await;
    let (mut till, mut other) = (world.till().await, world.other_till().await);
    let lot = till.receive(&world.garlic, 12);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut told = 1;
    let sell = |till: &mut Till, pieces: i64| {
        let sale = till.sale_of(vec![till.line(&world.garlic, pieces, Some(lot))]);
        till.write_sale(world.app.clock.new_uuid().into(), &sale);
    };
    for (step, cash_vnd) in [500_000, 1_400_000, 0, 300_000, 750_000, 0].into_iter().enumerate() {
        match step {
            0 => till.open_shift(500_000),
            1 => sell(&mut till, 2),
            // Ten thousand are missing.
            2 => till.close_shift(500_000, 1_400_000, 1_390_000),
            3 => till.open_shift(300_000),
            4 => sell(&mut till, 1),
            _ => till.close_shift(300_000, 750_000, 755_000),
        }
        till.push_from(&world, told).await.ack();
        told = till.head.seq + 1;
        let report = operator.json(&world, "/shops").await;
        assert_eq!(report["cash_vnd"], cash_vnd, "step {step}");
        assert_eq!(report["stores"][0]["cash_vnd"], cash_vnd, "step {step}");
    }
    other.open_shift(100_000);
    other.push_from(&world, 1).await.ack();
    let report = operator.json(&world, "/shops").await;
    assert_eq!((&report["cash_vnd"], &report["stores"][1]["cash_vnd"]), (&json!(100_000), &json!(100_000)));
    world.check_books().await;
}

async fn a_transfer_that_cannot_be_right_is_told(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let salt = lot(&world.salt, till.receive(&world.salt, 5));
    let number = send(&mut till, world.other_store, &[(salt.clone(), 5)]);
    till.push_from(&world, 1).await.ack();
    let store = world.admin.add_store(&new_store(world.operator, "DQ")).await.unwrap();
    let mut third = Till::enrol(&world, store).await;
    world.admin.approve(&third.key.public().fingerprint()).await.unwrap();
    let mut other = world.other_till().await;
    take_in(&mut other, world.store, &number, &[(salt.clone(), 5, 5, 0)]);
    // The sender never told of this one.
    take_in(&mut other, world.store, "LS-0000-CK99", &[(salt.clone(), 1, 1, 0)]);
    other.push_from(&world, 1).await.ack();
    let counts = async || {
        let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
        let report = operator.json(&world, "/shops").await;
        ["late", "twice", "unknown"].map(|kind| report[format!("{kind}_transfer_count")].as_i64().unwrap())
    };
    assert_eq!(counts().await, [0, 0, 0]);
    take_in(&mut third, world.store, &number, &[(salt, 5, 5, 0)]);
    third.push_from(&world, 1).await.ack();
    assert_eq!(counts().await, [0, 1, 0], "it is asked about at once, and is one");
    world.clock.advance(4 * 86_400_000);
    assert_eq!(counts().await, [0, 1, 1]);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&operator.get(&world, "/shops").await);
    for words in [
        "1 phiếu chuyển hàng có hai điểm cùng nhận",
        "1 phiếu chuyển hàng đã nhận quá 3 ngày mà điểm gửi chưa báo",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
}

async fn a_transfer_that_nobody_takes_in_is_told(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let salt = lot(&world.salt, till.receive(&world.salt, 5));
    let number = send(&mut till, world.other_store, &[(salt.clone(), 5)]);
    till.push_from(&world, 1).await.ack();
    let late = async || {
        let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
        operator.json(&world, "/shops").await["late_transfer_count"].as_i64()
    };
    assert_eq!(late().await, Some(0));
    world.clock.advance(4 * 86_400_000);
    assert_eq!(late().await, Some(1));
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&operator.get(&world, "/shops").await);
    assert!(page.contains("1 phiếu chuyển hàng đi quá 3 ngày chưa nhận"), "{page}");
    let mut other = world.other_till().await;
    take_in(&mut other, world.store, &number, &[(salt, 5, 5, 0)]);
    other.push_from(&world, 1).await.ack();
    assert_eq!(late().await, Some(0));
}

async fn another_operator_sees_nothing_of_it(db: Db) {
    let world = World::new(db).await;
    let stranger = NewOperator {
        name: "Hộ kinh doanh Sa Kỳ".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    let stranger = world.admin.add_operator(&stranger).await.unwrap();
    world.admin.add_store(&new_store(stranger, "SK")).await.unwrap();
    let mut browser = Browser::of(&world, Role::Operator(stranger)).await;
    let before = browser.json(&world, "/shops").await;
    trade(&world).await;
    assert_eq!(browser.json(&world, "/shops").await, before, "what others do changes nothing");
    assert_eq!(before["stores"].as_array().unwrap().len(), 1);
}
