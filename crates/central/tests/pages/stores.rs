//! Stores and devices: an administrator issues codes and approves, everybody else reads or sees nothing.

use central::db::Db;
use central::db::users::Role;
use serde_json::json;

use super::browser::{Browser, location, text};
use crate::support::{Till, World};

testkit::on_both_engines!(
    a_device_waits_and_is_approved,
    a_code_is_shown_once_and_works,
    what_is_not_counted_is_listed
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
