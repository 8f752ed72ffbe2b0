//! Stores and devices: an administrator issues codes and approves, everybody else reads or sees nothing.

use central::db::Db;
use central::db::users::Role;
use protocol::wire::{Condition, PrinterFault};
use serde_json::json;

use super::browser::{Browser, location, text};
use crate::support::{Till, World};

testkit::on_both_engines!(
    a_device_waits_and_is_approved,
    a_code_is_shown_once_and_works,
    what_is_not_counted_is_listed,
    what_came_of_an_entry_is_noted,
    a_device_tells_how_it_stands,
    a_device_is_revoked,
    a_fork_is_settled_and_the_key_revoked,
);

async fn a_device_waits_and_is_approved(db: Db) {
    let world = World::new(db).await;
    let mut till = Till::enrol(&world, world.store).await;
    till.sell(&[(&world.garlic, 2)]);
    till.push_from(&world, 1).await.ack();
    let fingerprint = till.key.public().fingerprint();
    let path = format!("/stores/{}/devices/{fingerprint}/approve", world.store);

    let mut department = Browser::of(&world, Role::Department).await;
    let page = text(&department.get(&world, "/stores").await);
    for said in [
        fingerprint.as_str(),
        "Chờ duyệt",
        "900.000 ₫",
        "Máy quầy 1",
        "khớp với máy",
        "Điểm OCOP LS",
        "Hợp tác xã Lý Sơn",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("/approve\"") && !page.contains("/code\""), "the department only reads");
    assert_eq!(department.post(&world, "/stores", &path, &[]).await.status, 403);

    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(text(&admin.get(&world, "/stores").await).contains(&format!("action=\"{path}\"")));
    for foreign in [
        format!("/stores/{}/devices/{fingerprint}/approve", world.other_store),
        format!("/stores/{}/devices/0000-0000-0000-0000/approve", world.store),
        format!("/stores/ly-son/devices/{fingerprint}/approve"),
    ] {
        assert_eq!(admin.post(&world, "/stores", &foreign, &[]).await.status, 404, "{foreign}");
    }
    assert_eq!(world.balance("cash").await, 0);
    let answer = admin.post(&world, "/stores", &path, &[]).await;
    assert_eq!((answer.status, location(&answer)), (303, format!("/stores?approved={fingerprint}").as_str()));
    assert_eq!(world.balance("cash").await, 900_000, "what was held is counted");
    let page = text(&admin.get(&world, location(&answer)).await);
    assert!(page.contains("Đã duyệt Máy quầy 1.") && page.contains("Đang dùng"), "{page}");
    let again = admin.post(&world, "/stores", &path, &[]).await;
    assert_eq!(again.status, 409);
    assert!(text(&again).contains("Máy này không còn chờ duyệt."), "{}", text(&again));
    let report = department.json(&world, "/stores").await;
    let device = &report["stores"][0]["devices"][0];
    assert_eq!(
        (&device["status"], &device["held_vnd"], &device["entry_count"]),
        (&json!("approved"), &json!(0), &json!(2))
    );
    let page = text(&admin.get(&world, "/stores?approved=0000-0000-0000-0000").await);
    assert!(!page.contains("Đã duyệt"), "only what is so is said");
}

async fn a_code_is_shown_once_and_works(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let path = format!("/stores/{}/code", world.store);
    let page = text(&admin.post(&world, "/stores", &path, &[]).await);
    let code = page.split("<strong>").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let parts: Vec<usize> = code.split('-').map(str::len).collect();
    assert_eq!(parts, [4, 4, 4, 4], "{code}");
    assert!(page.contains("trong 10 phút"), "{page}");
    assert!(!text(&admin.get(&world, "/stores").await).contains(&code), "never again");
    let incarnation = world.app.clock.new_uuid().as_u128();
    let stream = protocol::StreamId { store_id: world.store, incarnation };
    let till = Till::new(stream, protocol::SecretKey::from_bytes(&[9; 32]));
    assert_eq!(till.ask_to_enrol(&world, &code).await.status, 200);
    let log =
        central::db::audit::list_before(&world.app.db, &central::db::audit::Picked::default(), i64::MAX, 50)
            .await
            .unwrap();
    let issued: Vec<_> = log.iter().filter(|act| act.action == "store.code").collect();
    assert_eq!((issued.len(), issued[0].actor.starts_with("admin-")), (1, true));
    assert!(log.iter().all(|act| !format!("{act:?}").contains(&code)), "not in the log either");
    let unknown = "/stores/0199a3f1-7c2b-7d10-a4e5-8c61f20b94d7/code";
    assert_eq!(admin.post(&world, "/stores", unknown, &[]).await.status, 404);
}

async fn what_is_not_counted_is_listed(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut sale = till.sale_of(vec![till.line(&world.garlic, 1, None)]);
    sale.tendered += 1;
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    till.push_from(&world, 1).await.ack();
    let mut department = Browser::of(&world, Role::Department).await;
    let report = department.json(&world, "/stores").await;
    assert_eq!(report["stores"][0]["exception_count"], 1);
    assert_eq!(report["exceptions"][0]["store"], "Điểm OCOP LS");
    let page = text(&department.get(&world, "/stores").await);
    assert!(page.contains("1 bút toán cần xem") && page.contains("Các con số mâu thuẫn nhau"), "{page}");
}

async fn what_came_of_an_entry_is_noted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut sale = till.sale_of(vec![till.line(&world.garlic, 1, None)]);
    sale.tendered += 1;
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    till.push_from(&world, 1).await.ack();
    let mut admin = Browser::of(&world, Role::Admin).await;
    let page = text(&admin.get(&world, "/stores").await);
    assert!(page.contains("Hỏi cửa hàng và đối chiếu hóa đơn."), "what to do: {page}");
    let seq = admin.json(&world, "/stores").await["exceptions"][0]["seq"].as_i64().unwrap();
    let path = format!("/stores/exceptions/{}/{seq}", till.stream);
    let suspense = world.balance("suspense").await;
    for (words, status) in [("", 422), ("   ", 422), (&*"x".repeat(201), 422)] {
        assert_eq!(admin.post(&world, "/stores", &path, &[("words", words)]).await.status, status);
    }
    let other = format!("/stores/exceptions/{}/{}", till.stream, seq + 1);
    assert_eq!(admin.post(&world, "/stores", &other, &[("words", "x")]).await.status, 404);
    let fields = [("words", "Đã hỏi cửa hàng: gõ nhầm tiền khách đưa.")];
    let answer = admin.post(&world, "/stores", &path, &fields).await;
    assert_eq!(location(&answer), "/stores?done=answered");
    let report = admin.json(&world, "/stores").await;
    assert_eq!((&report["exceptions"], &report["stores"][0]["exception_count"]), (&json!([]), &json!(0)));
    assert_eq!(world.balance("suspense").await, suspense, "the books stay as they are");
    let looked_into = &report["looked_into"][0];
    assert_eq!(
        (&looked_into["entry"]["seq"], looked_into["entry"]["suspended_vnd"].as_i64()),
        (&json!(seq), Some(-suspense))
    );
    assert_eq!(looked_into["answer"], "Đã hỏi cửa hàng: gõ nhầm tiền khách đưa.");
    let page = text(&admin.get(&world, "/stores").await);
    assert!(page.contains("Bút toán đã xem") && page.contains("gõ nhầm tiền khách đưa"), "{page}");
    let log = text(&admin.get(&world, "/audit?area=exception").await);
    assert!(log.contains("gõ nhầm tiền khách đưa"), "{log}");
    assert_eq!(admin.post(&world, "/stores", &path, &fields).await.status, 404, "answered once");
}

async fn a_device_tells_how_it_stands(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, 1).await.ack();
    let condition = Condition {
        version: "0.1.0".to_owned(),
        head_seq: till.head.seq + 3,
        printer_faults: vec![PrinterFault { counter: "1".to_owned(), fault: "paper_out".to_owned() }],
        invoices_pending: 2,
        invoices_oldest_ms: Some(world.app.clock.now_ms() - 60_000),
        ..Condition::default()
    };
    let body = serde_json::to_vec(&condition).unwrap();
    let slow_ms = world.app.clock.now_ms() - 3 * 3_600_000;
    assert_eq!(till.tell(&world, &body, &body, slow_ms).await.status, 200);
    let mut department = Browser::of(&world, Role::Department).await;
    let page = text(&department.get(&world, "/stores").await);
    for said in [
        "bản 0.1.0",
        "đồng hồ chậm 3 giờ",
        "còn 3 bút toán chưa gửi",
        "máy in quầy 1: hết giấy",
        "2 hóa đơn chưa được tiếp nhận",
        "1 máy lệch giờ",
        "1 máy còn bút toán chưa gửi về",
        "1 máy có máy in lỗi",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("khớp với máy"), "not all of it is here");
    // The next word takes its place; what comes late is what it is.
    till.sell(&[(&world.garlic, 1)]);
    let good = serde_json::to_vec(&Condition { head_seq: till.head.seq, ..Condition::default() }).unwrap();
    till.push_from(&world, till.head.seq).await.ack();
    assert_eq!(till.tell(&world, &good, &good, world.app.clock.now_ms()).await.status, 200);
    let page = text(&department.get(&world, "/stores").await);
    assert!(page.contains("Không có việc gì") && page.contains("khớp với máy"), "{page}");
    // Signed for other words, no words, or too many of them.
    let now_ms = world.app.clock.now_ms();
    let wrong = serde_json::to_vec(&Condition { head_seq: -1, ..Condition::default() }).unwrap();
    for (signed, sent, status) in [
        (&good, &body, 401),
        (&wrong, &wrong, 422),
        (&b"{}".to_vec(), &b"{}".to_vec(), 422),
        (&vec![b' '; 70_000], &vec![b' '; 70_000], 413),
    ] {
        assert_eq!(till.tell(&world, signed, sent, now_ms).await.status, status);
    }
    world.clock.advance(25 * 3_600_000);
    let mut department = Browser::of(&world, Role::Department).await;
    let page = text(&department.get(&world, "/stores").await);
    assert!(page.contains("1 cửa hàng không liên lạc quá 24 giờ"), "{page}");
    // A word on how it stands is no sale: the store's figures are not complete by it.
    let reported = department.json(&world, "/sales?period=today").await["freshness"]["reported"].clone();
    assert_eq!(till.tell(&world, &good, &good, world.app.clock.now_ms()).await.status, 200);
    let page = text(&department.get(&world, "/stores").await);
    assert!(!page.contains("không liên lạc quá"), "it is in touch: {page}");
    let told = department.json(&world, "/sales?period=today").await["freshness"]["reported"].clone();
    assert_eq!((&told, &reported), (&json!(0), &json!(0)));
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, till.head.seq).await.ack();
    assert_eq!(department.json(&world, "/sales?period=today").await["freshness"]["reported"], 1);
}

async fn a_device_is_revoked(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, 1).await.ack();
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = |act: &str| format!("/stores/{}/devices/{}/{act}", world.store, till.key.public().fingerprint());
    assert_eq!(admin.post(&world, "/stores", &at("adopt"), &[]).await.status, 409, "there is no fork");
    let (revoke, good) = (at("revoke"), serde_json::to_vec(&Condition::default()).unwrap());
    assert_eq!(location(&admin.post(&world, "/stores", &revoke, &[]).await), "/stores?done=revoked");
    assert_eq!(world.balance("cash").await, 450_000, "what it sent stays counted");
    assert_eq!(till.tell(&world, &good, &good, world.app.clock.now_ms()).await.status, 403);
    assert_eq!(admin.post(&world, "/stores", &revoke, &[]).await.status, 409, "once");
    assert!(text(&admin.get(&world, "/stores").await).contains("Đã thu hồi"));
}

async fn a_fork_is_settled_and_the_key_revoked(db: Db) {
    let world = World::new(db).await;
    let mut first = world.till().await;
    first.sell(&[(&world.salt, 1)]);
    let mut second = first.clone();
    first.sell(&[(&world.garlic, 1)]);
    second.sell(&[(&world.basket, 1)]);
    first.push_from(&world, 1).await.ack();
    second.push_from(&world, 1).await.problem();
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at =
        |act: &str| format!("/stores/{}/devices/{}/{act}", world.store, first.key.public().fingerprint());
    let status = |report: &serde_json::Value| {
        let devices = report["stores"][0]["devices"].as_array().unwrap().clone();
        let of =
            |device: &serde_json::Value| (device["status"].clone(), device["branch_entry_count"].clone());
        devices.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(status(&admin.json(&world, "/stores").await), [(json!("forked"), json!(1))]);
    let page = text(&admin.get(&world, "/stores").await);
    assert!(page.contains("1 máy trùng khóa") && page.contains("Tính đơn của cả hai máy"), "{page}");
    // Whose journal is copied once may be copied again: what waits is found, whichever journal stands first.
    for (turn, cash) in [(1, 580_000), (2, 680_000)] {
        let settled = admin.post(&world, "/stores", &at("adopt"), &[]).await;
        assert_eq!(location(&settled), "/stores?done=adopted", "{turn}");
        assert_eq!(world.balance("cash").await, cash);
        let all = status(&admin.json(&world, "/stores").await);
        assert_eq!(all, vec![(json!("adopted"), json!(0)); turn + 1]);
        let page = text(&admin.get(&world, "/stores").await);
        assert!(!page.contains("máy trùng khóa") && !page.contains("/adopt\""), "settled for good: {page}");
        assert_eq!(admin.post(&world, "/stores", &at("adopt"), &[]).await.status, 409, "nothing waits");
        second.sell(&[(&world.basket, 1)]);
        second.push_from(&world, second.head.seq).await.problem();
    }
    let revoke = admin.post(&world, "/stores", &at("revoke"), &[]).await;
    assert_eq!(location(&revoke), "/stores?done=revoked");
    let all = status(&admin.json(&world, "/stores").await);
    assert!(all.iter().all(|(status, _)| *status == json!("revoked")), "{all:?}");
    assert_eq!(admin.post(&world, "/stores", &at("revoke"), &[]).await.status, 409, "once");
    let elsewhere = at("revoke").replace(&world.store.to_string(), &world.other_store.to_string());
    assert_eq!(admin.post(&world, "/stores", &elsewhere, &[]).await.status, 404);
    // What came before is counted even so.
    assert_eq!(location(&admin.post(&world, "/stores", &at("adopt"), &[]).await), "/stores?done=adopted");
    world.check_books().await;
}
