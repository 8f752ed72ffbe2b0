//! The papers and the settlements over several stores of a period's pack: those that belong to it and no others, each as it was brought,
//! and a changed one is named by the pack's own program.

use std::collections::BTreeSet;

use central::admin::{NewEquipment, NewOperator, NewPaper, NewPointFile};
use central::db::engine::Sql;
use central::db::joint_settlements::Asker;
use central::db::settlements::PaperId;
use central::db::users::{self, Role, Scope};
use central::db::{Db, recognitions};
use central::replies;
use domain::Rate;
use domain::catalog::{Recognition, Stars};
use domain::ids::{PointId, ProductId};
use domain::paper_file::FileKind;
use serde_json::Value;
use time::macros::date;
use uuid::Uuid;

use super::browser::Browser;
use super::period_pack::{Files, change, cover_up, pack, verified};
use crate::support::points::record_point;
use crate::support::settling::{joint, office, record, settlement};
use crate::support::{Till, World};

testkit::on_both_engines!(
    papers_stand_in_the_pack_of_their_period,
    a_paper_that_was_changed_is_named,
    settlements_over_several_stores_stand_there_too
);

const SIGNED: &[u8] = b"bien ban co chu ky";
const DISPUTED: &[u8] = b"anh cua chu the";
/// As [`record_point`] brings it.
const OF_POINT: &[u8] = b"%PDF-1.7 %%EOF";
const HANDED: &[u8] = b"bien ban ban giao";
const DECISION: &[u8] = b"quyet dinh cong nhan";
const LABEL: &[u8] = b"nhan hang hoa";
const DECLARED: &[u8] = b"tu cong bo";
/// Expired on the day before the period, or of goods that nobody sold, or a producer's.
const ELSEWHERE: [&[u8]; 3] = [b"kiem nghiem cu", b"cong nhan muoi", b"dang ky kinh doanh"];

const PERIOD: &str = "period=2026-q4";

/// Makes something wrong in a data file.
type Change = fn(&mut Value);

/// Settles for what one store sold, and lets both sides bring a paper; returns where the settlement stands.
async fn bring_settlement_papers(world: &World, till: &mut Till) -> PaperId {
    till.receive(&world.garlic, 5);
    till.sell(&[(&world.garlic, 1), (&world.basket, 1)]);
    let settled = settlement(world.phu_sinh, &[till], 0);
    till.settle(&settled);
    till.push_from(world, 1).await.ack();
    let id = PaperId { stream: till.stream, seq: till.head.seq };
    let operator = Asker::Operator(office(world).await);
    let role = Role::Producer(world.phu_sinh);
    world.admin.add_user("phusinh", "Bùi Văn Tấn", role, "hành tím mồ côi").await.unwrap();
    let user = users::find_by_login(&world.app.db, "phusinh", world.app.clock.now_ms()).await.unwrap();
    let Scope::Producer(scope) = user.unwrap().scope() else { panic!("a producer") };
    let producer = Asker::Producer(scope);
    for (who, scan, op) in [
        ((operator, "co-so"), (FileKind::Png, SIGNED.to_vec()), 9),
        ((producer, "phusinh"), (FileKind::Jpeg, DISPUTED.to_vec()), 10),
    ] {
        replies::bring(&world.app, who, id, scan, Uuid::from_u128(op)).await.unwrap();
    }
    id
}

/// Something was handed over to the first store's point in the quarter before, and photographed now.
async fn bring_point_papers(world: &World) {
    record_point(world).await;
    let point = PointId::from_uuid(world.store.uuid());
    let piece = NewEquipment {
        id: Uuid::from_u128(21),
        kind: "equipment".to_owned(),
        name: "Tủ mát".to_owned(),
        item_count: 1,
        value: None,
        funding: String::new(),
        paper_number: "BB-01".to_owned(),
        handed_on: Some(date!(2026 - 08 - 01)),
    };
    world.admin.add_point_equipment(point, &piece).await.unwrap();
    let file = NewPointFile {
        equipment_id: Some(piece.id),
        title: "Bàn giao tủ mát".to_owned(),
        kind: FileKind::Jpeg,
        content: HANDED.to_vec(),
    };
    world.admin.add_point_file(point, file).await.unwrap();
}

async fn scan_decision(world: &World, product: ProductId, content: &[u8]) {
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let decision = recognitions::list(&mut tx, product).await.unwrap().remove(0);
    drop(tx);
    let scan = (FileKind::Pdf, content.to_vec());
    world.admin.scan_recognition(product, decision.id, scan).await.unwrap();
}

async fn bring_product_papers(world: &World) {
    scan_decision(world, world.garlic.id, DECISION).await;
    let three = Recognition::ocop(Stars::new(3).unwrap(), date!(2026 - 01 - 01));
    world.admin.recognise(world.salt.id, &three, "12/QĐ").await.unwrap();
    scan_decision(world, world.salt.id, ELSEWHERE[1]).await;
    for (number, kind, expires_on, content) in [
        (31, "label", None, LABEL),
        (32, "declaration", Some(date!(2026 - 09 - 15)), DECLARED),
        (33, "test_report", Some(date!(2026 - 09 - 14)), ELSEWHERE[0]),
        (34, "business_registration", None, ELSEWHERE[2]),
    ] {
        let new = NewPaper {
            id: Uuid::from_u128(number),
            kind_code: kind.to_owned(),
            number: format!("{number}/GT"),
            issuer: String::new(),
            issued_on: Some(date!(2026 - 03 - 01)),
            expires_on,
            note: String::new(),
            replaces: None,
            scan: Some((FileKind::Pdf, content.to_vec())),
        };
        world.admin.add_paper(world.garlic.id, new).await.unwrap();
    }
}

fn listed(files: &Files) -> Vec<Value> {
    let list: Value = serde_json::from_slice(&files["papers/papers.json"]).unwrap();
    list["papers"].as_array().unwrap().clone()
}

/// What lies in the folder, without the list.
fn contents(files: &Files) -> BTreeSet<&[u8]> {
    let is_paper = |path: &str| path.starts_with("papers/") && !path.starts_with("papers/papers.");
    files.iter().filter(|(path, _)| is_paper(path)).map(|(_, bytes)| bytes.as_slice()).collect()
}

async fn papers_stand_in_the_pack_of_their_period(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let id = bring_settlement_papers(&world, &mut till).await;
    bring_point_papers(&world).await;
    bring_product_papers(&world).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, PERIOD).await;
    let (is_sound, said) = verified(&files);
    assert!(is_sound, "{said:#?}");
    let expected = BTreeSet::from([SIGNED, DISPUTED, OF_POINT, HANDED, DECISION, LABEL, DECLARED]);
    assert_eq!(contents(&files), expected);

    let papers = listed(&files);
    for paper in &papers {
        let content = &files[paper["path"].as_str().unwrap()];
        assert_eq!(paper["sha256"], protocol::Hash::of(&[content]).to_string());
        assert_eq!(paper["bytes"].as_u64(), u64::try_from(content.len()).ok());
    }
    let told = |field: &str| papers.iter().map(|paper| paper[field].clone()).collect::<Vec<_>>();
    let about = ["settlement", "settlement", "point", "point", "recognition", "product", "product"];
    assert_eq!(told("about"), about.map(Value::from));
    assert_eq!(
        (&papers[0]["whose"], &papers[0]["what"]),
        (&"Công ty Phú Sinh".into(), &"Điểm OCOP LS".into())
    );
    assert_eq!((&papers[0]["by_operator"], &papers[1]["by_operator"]), (&true.into(), &false.into()));
    assert_eq!((&papers[1]["brought_by"], &papers[1]["day"]), (&"phusinh".into(), &"2026-11-23".into()));
    assert_eq!(papers[0]["stream"], id.stream.to_string());
    assert_eq!(papers[0]["seq"], id.seq);
    let handed = papers.iter().find(|paper| paper["number"] == "BB-01").unwrap();
    assert_eq!((&handed["what"], &handed["day"]), (&"Bàn giao tủ mát".into(), &"2026-08-01".into()));
    assert!(papers[4]["number"].as_str().unwrap().contains("1898"), "{}", papers[4]);
    assert_eq!(papers[6]["what"], "Nhãn hàng hóa đúng quy định", "a kind in words: {}", papers[6]);
    assert!(files.contains_key("papers/papers.xlsx"), "a list for people");

    // Nothing was settled or sold in the quarter before; what was handed over then stands there too.
    let before = pack(&world, &mut auditor, "period=2026-q3").await;
    assert_eq!(contents(&before), BTreeSet::from([HANDED]));
    let one = pack(&world, &mut auditor, &format!("{PERIOD}&store={}", world.store)).await;
    assert_eq!(contents(&one), expected);
    let other = pack(&world, &mut auditor, &format!("{PERIOD}&store={}", world.other_store)).await;
    assert_eq!((contents(&other), listed(&other)), (BTreeSet::new(), Vec::new()));
    let new = NewOperator {
        name: "Công ty Khác".to_owned(),
        legal_status: "company".to_owned(),
        tax_number: "4300000009".to_owned(),
        commission_tax: Rate::percent(8),
    };
    let stranger = world.admin.add_operator(&new).await.unwrap();
    let theirs = pack(&world, &mut auditor, &format!("{PERIOD}&operator={stranger}")).await;
    assert_eq!((contents(&theirs), listed(&theirs)), (BTreeSet::new(), Vec::new()));
}

async fn a_paper_that_was_changed_is_named(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    bring_settlement_papers(&world, &mut till).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, PERIOD).await;
    let path = listed(&files)[0]["path"].as_str().unwrap().to_owned();
    let list = "papers/papers.json";

    // Without the manifest, then with it.
    let mut changed = files.clone();
    changed.insert(path.clone(), b"bien ban khac".to_vec());
    assert_eq!(verified(&changed), (false, vec![format!("{path}: it is not the file of the manifest")]));
    cover_up(&mut changed, &path, b"bien ban khac".to_vec(), |_| {});
    assert_eq!(verified(&changed), (false, vec![format!("{path}: it is not the paper that was brought")]));

    let mut unlisted = files.clone();
    change(&mut unlisted, list, |told| drop(told["papers"].as_array_mut().unwrap().remove(0)));
    assert_eq!(verified(&unlisted), (false, vec![format!("{path}: the list of papers does not name it")]));

    let mut elsewhere = files.clone();
    change(&mut elsewhere, list, |told| told["papers"][0]["seq"] = Value::from(1));
    let (is_sound, said) = verified(&elsewhere);
    assert!(!is_sound && said[0].starts_with(&format!("{path}: no entry 1 of ")), "{said:#?}");

    let mut removed = files.clone();
    removed.remove(&path);
    let list_bytes = removed[list].clone();
    let forget = |manifest: &mut Value| {
        manifest["files"].as_array_mut().unwrap().retain(|file| file["path"] != path);
    };
    cover_up(&mut removed, list, list_bytes, forget);
    let expected = format!("{path}: the list of papers names it, and the manifest does not");
    assert_eq!(verified(&removed), (false, vec![expected]));
    // One that did not fit is no fault, and told.
    change(&mut removed, list, |told| told["papers"][0]["path"] = Value::Null);
    let (is_sound, said) = verified(&removed);
    assert!(is_sound && said[1].starts_with("papers that did not fit into the pack: 1;"), "{said:#?}");
}

async fn settlements_over_several_stores_stand_there_too(db: Db) {
    let world = World::new(db).await;
    let mut tills = [world.till().await, world.other_till().await];
    for till in &mut tills {
        till.receive(&world.garlic, 5);
        till.sell(&[(&world.garlic, 1)]);
        till.push_from(&world, 1).await.ack();
    }
    joint(&world, 500_000).await;
    for (till, store) in tills.iter_mut().zip([world.store, world.other_store]) {
        let sql = Sql::new("select id, paid_vnd from joint_parts where store_id = ").bind(store);
        let (part, vnd): (Uuid, i64) = world.app.db.one(sql).await.unwrap();
        record(&world, till, (part, vnd)).await;
    }
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, PERIOD).await;
    let (is_sound, said) = verified(&files);
    assert!(is_sound, "{said:#?}");
    let is_joint = |path: &&String| path.starts_with("joint_settlements/");
    let paths: Vec<String> = files.keys().filter(is_joint).cloned().collect();
    let [data, book] = paths.as_slice() else { panic!("{paths:?}") };
    assert!(data.ends_with(".json") && book.ends_with(".xlsx"), "{paths:?}");
    let told: Value = serde_json::from_slice(&files[data]).unwrap();
    assert_eq!((told["paid_vnd"].as_i64(), told["stores"].as_array().unwrap().len()), (Some(500_000), 2));
    assert!(told["sha256"].is_string(), "all stores are in: {told}");

    let changes: [(Change, &str); 4] = [
        (|told| told["stores"][0]["paper"]["due_vnd"] = Value::from(7), "due_vnd is 7, and its entry says "),
        (|told| told["paid_vnd"] = Value::from(7), "paid_vnd is 7, and its stores add up to 500000"),
        (|told| told["stores"][1]["paper"]["seq"] = Value::from(1), "no entry 1 of "),
        (|told| told["sha256"] = Value::from("00"), "its SHA-256 is not that of its stores' entries"),
    ];
    for (wrong, says) in changes {
        let mut changed = files.clone();
        change(&mut changed, data, wrong);
        let (is_sound, said) = verified(&changed);
        assert!(!is_sound && said[0].starts_with(&format!("{data}: {says}")), "{says}: {said:#?}");
    }
    // It tells of all stores: one alone has its own settlement.
    let one = pack(&world, &mut auditor, &format!("{PERIOD}&store={}", world.store)).await;
    assert!(!one.keys().any(|path| path.starts_with("joint_settlements/")));
    assert!(one.keys().any(|path| path.starts_with("settlements/")));
}
