//! Which field of an answer each audience may see: one table. A field that stands in no row fails, and so does one that comes
//! to an audience that its row does not name.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use central::admin::{NewIntroduction, NewNomination, NewPaper, NominationStep};
use central::db::Db;
use central::db::engine::Sql;
use central::db::joint_settlements::Asker;
use central::db::settlement_words::Kind;
use central::db::settlements::PaperId;
use central::db::users::Role;
use central::replies;
use domain::catalog::{Category, Recognition, Stars};
use domain::introduction::IntroductionKind;
use domain::paper_file::FileKind;
use domain::section::Section;
use domain::stock::Lot;
use protocol::wire::Condition;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::browser::Browser;
use super::isolation::NOMINATION;
use crate::support::points::record_point;
use crate::support::random_world::{Last, RandomWorld};
use crate::support::settling::{adjustment, office, record, settlement};
use crate::support::{TODAY, World};

mod consignment;
mod keeping;
mod periods;
mod table;

testkit::on_both_engines!(each_audience_gets_the_fields_that_the_table_names);

/// All that anybody sees who holds a pack: no price, no quantity, nothing about who sells how much.
const PUBLIC: [&str; 24] = [
    "address",
    "category",
    "code",
    "commune",
    "decision_number",
    "expires_on",
    "group_en",
    "group_vi",
    "is_expired",
    "is_provisional",
    "is_retired",
    "lot",
    "name",
    "phone",
    "producer",
    "product_id",
    "received",
    "received_on",
    "recognitions",
    "stars",
    "store",
    "stores",
    "unit",
    "valid_to",
];

/// One store has received a lot with a code, and recorded its part of what the operator settled; the other one is waited for.
async fn record_first_part(random: &mut RandomWorld) {
    let (till, garlic) = (&mut random.tills[0], random.world.garlic.clone());
    till.receive_lot(&garlic, 1, |lot| Lot { code: Some("L1".to_owned()), ..lot });
    till.push_from(&random.world, till.head.seq).await.ack();
    let sql = Sql::new("select id from joint_parts where store_id = ").bind(random.world.store);
    let (part,): (Uuid,) = random.world.app.db.one(sql).await.unwrap();
    record(&random.world, &mut random.tills[0], (part, 0)).await;
}

/// The garlic's producer disputes a settlement of the first store; the operator answers, records a signature and adds a photograph.
async fn record_dispute(random: &mut RandomWorld) {
    let till = &mut random.tills[0];
    till.receive(&random.world.garlic, 1);
    let settled = settlement(random.world.phu_sinh, &[till], 0);
    till.settle(&settled);
    let seq = till.head.seq;
    let told = adjustment(random.world.phu_sinh, till, seq, 1_000);
    till.adjust(&told);
    till.push_from(&random.world, seq - 1).await.ack();
    let stream = till.stream.to_string();
    random.own.push((stream.clone(), seq));
    let world = &random.world;
    let mut producer = Browser::of(world, Role::Producer(world.phu_sinh)).await;
    let number = Uuid::from_u128(6).to_string();
    let fields =
        [("id", number.as_str()), ("product", ""), ("figure", "due"), ("claimed", "1"), ("words", "Sai")];
    let path = format!("/me/settlements/{stream}/{seq}/dispute");
    assert_eq!(producer.post(world, "/me", &path, &fields).await.status, 303);
    let (id, who) = (PaperId { stream: stream.parse().unwrap(), seq }, (office(world).await, "co-so"));
    let said = (None, Kind::AsTold, "Đã đếm lại");
    replies::reply(&world.app, who, id, said, Uuid::from_u128(7)).await.unwrap();
    replies::sign(&world.app, who, id, ("Bà Bảy", TODAY), Uuid::from_u128(8)).await.unwrap();
    let scan = (FileKind::Png, vec![1]);
    let asker = (Asker::Operator(who.0), who.1);
    replies::bring(&world.app, asker, id, scan, Uuid::from_u128(9)).await.unwrap();
}

/// A delegation that came, outside any campaign.
async fn record_introduction(world: &World) {
    let new = NewIntroduction {
        id: Uuid::from_u128(5),
        store_id: Some(world.store),
        day: TODAY,
        kind: IntroductionKind::Visitors,
        people_count: 40,
        who: "Hội nông dân".to_owned(),
        note: String::new(),
    };
    world.admin.add_introduction(&new).await.unwrap();
}

/// An OCOP result of the garlic that ends soon.
async fn record_lapse(world: &World) {
    let soon = Recognition {
        valid_to: Some(TODAY + Duration::days(30)),
        category: Category::Key,
        ..Recognition::ocop(Stars::new(3).unwrap(), TODAY - Duration::days(9))
    };
    world.admin.recognise(world.garlic.id, &Recognition { stars: None, ..soon }, "12/QĐ").await.unwrap();
}

/// A paper of the garlic, withdrawn.
async fn record_paper(world: &World) {
    let id = Uuid::from_u128(4);
    let new = NewPaper {
        id,
        kind_code: "label".to_owned(),
        number: "12".to_owned(),
        issuer: String::new(),
        issued_on: None,
        expires_on: None,
        note: String::new(),
        replaces: None,
        scan: None,
    };
    world.admin.add_paper(world.garlic.id, new).await.unwrap();
    world.admin.withdraw_paper(world.garlic.id, id, "nhập nhầm").await.unwrap();
}

/// The garlic is nominated, passed on, and accepted by one store.
async fn record_nomination(world: &World) {
    let id = NOMINATION.parse().unwrap();
    let new =
        NewNomination { id, section: Section::Trade, reason: "Hàng tốt".to_owned(), stores: Vec::new() };
    world.admin.nominate(world.garlic.id, &new).await.unwrap();
    world.admin.step_nomination(id, NominationStep::Pass, "được").await.unwrap();
    let mut operator = Browser::of(world, Role::Operator(world.operator)).await;
    let path = format!("/shops/nominations/{id}/{}", world.store);
    let answer = operator.post(world, "/shops/nominations", &path, &[("answer", "accepted")]).await;
    assert_eq!(answer.status, 303);
}

async fn each_audience_gets_the_fields_that_the_table_names(db: Db) {
    let mut random = RandomWorld::new(db, 3, Last::Producer, true).await;
    record_first_part(&mut random).await;
    record_dispute(&mut random).await;
    let world = &random.world;
    let told = serde_json::to_vec(&Condition::default()).unwrap();
    assert_eq!(random.tills[0].tell(world, &told, &told, 0).await.status, 200);
    record_point(world).await;
    record_paper(world).await;
    record_nomination(world).await;
    record_lapse(world).await;
    record_introduction(world).await;
    let mut producer = Browser::of(world, Role::Producer(world.phu_sinh)).await;
    let (store, product) = (world.store.to_string(), world.garlic.id.to_string());
    let fields = [("store", store.as_str()), ("product", &product), ("quantity", "2"), ("day", "2026-11-25")];
    assert_eq!(producer.post(world, "/me/announced", "/me/announced", &fields).await.status, 303);
    let mut seen: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    let (mut stranger, mut public) = (Browser::new(), BTreeMap::new());
    for path in super::isolation::paths(&random, &random.own) {
        let audience = if path.starts_with("/p/") { 'K' } else { '-' };
        let seen = if is_public(&path) { &mut public } else { &mut seen };
        read(&random, &mut stranger, &path, audience, seen).await;
    }
    assert_eq!(public.keys().map(String::as_str).collect::<Vec<_>>(), PUBLIC);
    for (audience, role) in [
        ('D', Role::Department),
        ('D', Role::Admin),
        ('O', Role::Operator(world.operator)),
        ('P', Role::Producer(world.phu_sinh)),
    ] {
        let mut browser = Browser::of(world, role).await;
        for path in super::isolation::paths(&random, &random.own) {
            if !path.starts_with("/p/") && !is_public(&path) {
                read(&random, &mut browser, &path, audience, &mut seen).await;
            }
        }
    }
    let table: BTreeMap<String, BTreeSet<char>> = table::TABLE
        .iter()
        .chain(keeping::TABLE)
        .chain(periods::TABLE)
        .chain(consignment::TABLE)
        .flat_map(|(who, fields)| fields.iter().map(|field| ((*field).to_owned(), who.chars().collect())))
        .collect();
    for (field, audiences) in &seen {
        let may = table.get(field).cloned().unwrap_or_default();
        assert!(audiences.is_subset(&may), "{field} comes to {audiences:?}; the table says {may:?}");
    }
    for (field, may) in &table {
        let told = seen.get(field).cloned().unwrap_or_default();
        assert_eq!(*may, told, "{field} is told to fewer than the table says");
    }
}

/// The pages behind labels.
pub(super) fn is_public(path: &str) -> bool {
    path.starts_with("/01/") || path.starts_with("/s/")
}

/// Notes the name of each field of an answer.
async fn read(
    random: &RandomWorld,
    browser: &mut Browser,
    path: &str,
    audience: char,
    seen: &mut BTreeMap<String, BTreeSet<char>>,
) {
    for query in ["", "?show=all", "?period=year", "?product=", "?month=2026-10"] {
        let query = query.replace("product=", &format!("product={}", random.world.garlic.id));
        let address = format!("{path}{query}");
        let answer = browser.send(&random.world, Method::GET, &address, "application/json", None).await;
        if answer.status == 200
            && let Ok(told) = serde_json::from_slice::<Value>(&answer.body)
        {
            note(&told, audience, seen);
        }
    }
}

fn note(told: &Value, audience: char, seen: &mut BTreeMap<String, BTreeSet<char>>) {
    match told {
        Value::Object(fields) => {
            for (name, value) in fields {
                seen.entry(name.clone()).or_default().insert(audience);
                note(value, audience, seen);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| note(value, audience, seen)),
        _ => {}
    }
}
