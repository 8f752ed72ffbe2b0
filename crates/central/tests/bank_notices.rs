//! What a bank's provider tells: kept once, told to the stores of its operator alone, and believed only with the key.

use axum::body::Body;
use axum::http::Request;
use central::admin::NewOperator;
use central::config::Limits;
use central::db::Db;
use domain::Rate;
use domain::ids::OperatorId;
use protocol::wire::BankNotices;
use serde_json::{Value, json};

use crate::support::{Answer, Till, World, new_store};

testkit::on_both_engines!(
    a_notice_is_told_to_the_stores_of_its_operator,
    told_again_it_is_the_same_and_other_content_is_refused,
    a_forged_notice_changes_nothing,
    a_key_is_replaced_and_ended,
    many_small_transfers_hide_no_other,
    a_question_that_cannot_be_is_refused,
    a_flood_of_guesses_is_told_to_wait
);

const REFERENCE: &str = "T5CY4TQKFF";
const COUNT: &str = "select cast(count(*) as bigint) from bank_notices";

fn told(id: u64, words: &str, vnd: i64) -> Value {
    json!({
        "id": id,
        "gateway": "Vietcombank",
        "transactionDate": "2026-11-23 14:02:37",
        "accountNumber": "0123456789",
        "code": null,
        "content": format!("MBVCB.4820193.{words}.CT tu 0099 NGUYEN VAN A"),
        "transferType": "in",
        "transferAmount": vnd,
        "accumulated": 19_077_000,
        "subAccount": null,
        "referenceCode": "MBVCB.3278907687",
        "description": "NGUYEN VAN A",
    })
}

async fn send(world: &World, authorization: &str, body: impl Into<Body>) -> Answer {
    let mut request = Request::post("/bank-notices/v1/sepay").header("content-type", "application/json");
    if !authorization.is_empty() {
        request = request.header("authorization", authorization);
    }
    Answer::of(&world.router, request.body(body.into()).unwrap()).await
}

/// Sends a notice with a key; returns the status and whether it was kept.
async fn tell(world: &World, key: &str, notice: &Value) -> (u16, Option<bool>) {
    let answer = send(world, &format!("Apikey {key}"), notice.to_string()).await;
    (answer.status, answer.json()["kept"].as_bool())
}

async fn key(world: &World) -> String {
    world.admin.make_bank_key(world.operator).await.unwrap().text().to_owned()
}

fn path(references: &[&str]) -> String {
    format!("/sync/v1/bank-notices?references={}", references.join(","))
}

/// What a till is told, whose signature is checked: reference, notice, amount.
async fn heard(world: &World, till: &Till, references: &[&str]) -> Vec<(String, String, i64)> {
    let path = path(references);
    let answer = till.get(world, &path, "").await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let notices: BankNotices = serde_json::from_value(answer.json()).unwrap();
    notices.verify(&world.key(), &path, till.stream).unwrap();
    notices.notices.into_iter().map(|row| (row.reference, row.notice, row.amount)).collect()
}

async fn another_operator(world: &World) -> OperatorId {
    let new = NewOperator {
        name: "Công ty Trà Bồng".to_owned(),
        legal_status: "company".to_owned(),
        tax_number: "4300000002".to_owned(),
        commission_tax: Rate::percent(8),
    };
    world.admin.add_operator(&new).await.unwrap()
}

/// A store of another operator with an account of its own, and its till.
async fn foreign_till(world: &World, operator: OperatorId) -> Till {
    let mut store = new_store(operator, "TB");
    store.bank_account = "0999999999".to_owned();
    let store = world.admin.add_store(&store).await.unwrap();
    let till = Till::enrol(world, store).await;
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    till
}

async fn a_notice_is_told_to_the_stores_of_its_operator(db: Db) {
    let world = World::new(db).await;
    let (till, neighbour) = (world.till().await, world.other_till().await);
    let foreign = foreign_till(&world, another_operator(&world).await).await;
    let held = Till::enrol(&world, world.store).await;
    let key = key(&world).await;
    assert_eq!(heard(&world, &till, &[REFERENCE]).await, []);
    assert_eq!(tell(&world, &key, &told(1, "t5cy4 tqkff", 655_000)).await, (200, Some(true)));
    let expected = [(REFERENCE.to_owned(), "1".to_owned(), 655_000)];
    assert_eq!(heard(&world, &till, &["ABCDEFGH12", REFERENCE]).await, expected);
    assert_eq!(heard(&world, &neighbour, &[REFERENCE]).await, expected);
    assert_eq!(heard(&world, &till, &["ABCDEFGH12"]).await, []);
    assert_eq!(heard(&world, &foreign, &[REFERENCE]).await, [], "another operator's store sees nothing");
    assert_eq!(
        held.get(&world, &path(&[REFERENCE]), "").await.status,
        401,
        "nobody has compared its fingerprint"
    );
    world.admin.revoke(till.stream).await.unwrap();
    assert_eq!(till.get(&world, &path(&[REFERENCE]), "").await.status, 403);
}

async fn told_again_it_is_the_same_and_other_content_is_refused(db: Db) {
    let world = World::new(db).await;
    let (till, key) = (world.till().await, key(&world).await);
    let notice = told(7, REFERENCE, 655_000);
    for _ in 0..3 {
        assert_eq!(tell(&world, &key, &notice).await, (200, Some(true)));
    }
    // What is not read may differ.
    let mut retold = notice.clone();
    retold["accumulated"] = json!(0);
    assert_eq!(tell(&world, &key, &retold).await, (200, Some(true)));
    for (field, value) in [
        ("transferAmount", json!(655_001)),
        ("content", json!("T5CY4TQKFG")),
        ("transactionDate", json!("2026-11-23 14:02:38")),
    ] {
        let mut other = notice.clone();
        other[field] = value;
        assert_eq!(tell(&world, &key, &other).await.0, 409, "{field}");
    }
    assert_eq!(heard(&world, &till, &[REFERENCE]).await, [(REFERENCE.to_owned(), "7".to_owned(), 655_000)]);
    assert_eq!(heard(&world, &till, &["T5CY4TQKFG"]).await, []);
    assert_eq!(world.number(COUNT).await, 1);
    let noted = "select cast(count(*) as bigint) from audit_log where action = 'bank_notice.differs'";
    assert_eq!(world.number(noted).await, 3, "a person can see that it was tried");
}

async fn a_forged_notice_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let (till, key) = (world.till().await, key(&world).await);
    let other_operator = another_operator(&world).await;
    foreign_till(&world, other_operator).await;
    let foreign_key = world.admin.make_bank_key(other_operator).await.unwrap().text().to_owned();
    let notice = told(1, REFERENCE, 655_000);
    let with = |field: &str, value: Value| {
        let mut notice = notice.clone();
        notice[field] = value;
        notice.to_string()
    };
    let (name, secret) = key.split_once('.').unwrap();
    let foreign_secret = foreign_key.split_once('.').unwrap().1;
    let zeros = "0".repeat(26);
    for authorization in [
        String::new(),
        "Apikey".to_owned(),
        "Apikey ".to_owned(),
        format!("Apikey {name}"),
        format!("Apikey {name}.{zeros}"),
        format!("Apikey {name}.{}", secret.to_ascii_lowercase()),
        format!("Apikey {name}.{foreign_secret}"),
        format!("Apikey 00000000.{secret}"),
        format!("Bearer {key}"),
        format!("Basic {key}"),
        key.clone(),
    ] {
        let answer = send(&world, &authorization, notice.to_string()).await;
        assert_eq!(answer.status, 401, "{authorization}");
        assert!(answer.json()["message"].as_str().unwrap().contains("bank-key"), "says what to do");
    }
    let ours = format!("Apikey {key}");
    for (body, status) in [
        (with("transferAmount", json!(-655_000)), 422),
        (with("transferAmount", json!(0)), 422),
        (with("transferAmount", json!(9_000_000_000_000_000_000_i64)), 422),
        (with("transferAmount", json!("655000")), 422),
        (with("accountNumber", json!("0999999999")), 422),
        (with("accountNumber", json!("")), 422),
        (with("subAccount", json!("VA9")), 422),
        (with("transferType", json!("out")), 200),
        (with("transferType", json!("both")), 422),
        (with("content", json!("a".repeat(2_000))), 422),
        (notice.to_string()[..100].to_owned(), 422),
        (String::new(), 422),
        (with("description", json!("a".repeat(20_000))), 413),
    ] {
        let answer = send(&world, &ours, body.clone()).await;
        assert_eq!(answer.status, status, "{body}");
        if status == 200 {
            assert_eq!(answer.json(), json!({"success": true, "kept": false}));
        }
    }
    let foreign = send(&world, &format!("Apikey {foreign_key}"), notice.to_string()).await;
    assert_eq!(foreign.status, 422, "another operator's key speaks for its own accounts");
    assert_eq!(heard(&world, &till, &[REFERENCE]).await, []);
    assert_eq!(world.number(COUNT).await, 0);
    assert_eq!(tell(&world, &key, &notice).await, (200, Some(true)), "the key itself is good");
    let kept = "select cast(count(*) as bigint) from bank_notices
         where notice like '%NGUYEN%' or account like '%NGUYEN%'";
    assert_eq!(world.number(kept).await, 0, "the payer's name is kept nowhere");
}

async fn a_key_is_replaced_and_ended(db: Db) {
    let world = World::new(db).await;
    let (first, second) = (key(&world).await, key(&world).await);
    assert_ne!(first, second);
    assert_eq!(first.split_once('.').unwrap().1.len() * 5 / 8, 16, "128 bits");
    assert_eq!(tell(&world, &first, &told(1, REFERENCE, 1)).await.0, 401);
    assert_eq!(tell(&world, &second, &told(1, REFERENCE, 1)).await.0, 200);
    world.admin.end_bank_key(world.operator).await.unwrap();
    assert_eq!(tell(&world, &second, &told(2, REFERENCE, 1)).await.0, 401);
    assert!(world.admin.end_bank_key(world.operator).await.is_err());
    let nobody = OperatorId::from_uuid(uuid::Uuid::nil());
    assert!(world.admin.make_bank_key(nobody).await.is_err());
    let acts = "select cast(count(*) as bigint) from audit_log where action like 'operator.bank_key%'";
    assert_eq!(world.number(acts).await, 3);
    let secret = "select cast(count(*) as bigint) from audit_log where length(detail) > 40";
    assert_eq!(world.number(secret).await, 0, "the log names a key by its first part");
}

async fn many_small_transfers_hide_no_other(db: Db) {
    let world = World::new(db).await;
    let (till, key) = (world.till().await, key(&world).await);
    for id in 1..=12 {
        tell(&world, &key, &told(id, "ABCDEFGH12", 1)).await;
        world.clock.advance(1);
    }
    tell(&world, &key, &told(99, REFERENCE, 655_000)).await;
    let heard = heard(&world, &till, &["ABCDEFGH12", REFERENCE]).await;
    let notices: Vec<&str> = heard.iter().map(|(_, notice, _)| notice.as_str()).collect();
    assert_eq!(notices, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "99"]);
}

async fn a_question_that_cannot_be_is_refused(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let many = vec![REFERENCE; 21].join(",");
    let different: Vec<String> = (10..31).map(|number| format!("ABCDEFGH{number}")).collect();
    for references in ["", "t5cy4tqkff", "T5CY4TQKF", "T5CY4TQKFF,", "T5CY4TQKFO", &different.join(",")] {
        let answer = till.get(&world, &path(&[references]), "").await;
        assert_eq!(answer.status, 422, "{references}");
    }
    assert_eq!(till.get(&world, &path(&[&many]), "").await.status, 200, "the same one is one");
    // A proof for one question is none for another.
    let answer = till.get(&world, "/sync/v1/bank-notices", "").await;
    assert!(answer.status >= 400, "{}", answer.status);
}

async fn a_flood_of_guesses_is_told_to_wait(db: Db) {
    let limits = Limits { store_requests_per_minute: 60, store_burst: 5, ..Limits::default() };
    let world = World::with_limits(db, limits).await;
    let key = key(&world).await;
    let wrong = format!("Apikey {}.{}", key.split_once('.').unwrap().0, "0".repeat(26));
    let mut statuses = Vec::new();
    for _ in 0..7 {
        statuses.push(send(&world, &wrong, told(1, REFERENCE, 1).to_string()).await.status);
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
    world.clock.advance(1_000);
    assert_eq!(tell(&world, &key, &told(1, REFERENCE, 1)).await.0, 200);
}
