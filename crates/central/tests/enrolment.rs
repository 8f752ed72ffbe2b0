//! One-time codes (F66, F95).

use central::db::Db;
use protocol::wire::{Enrol, Problem};
use protocol::{SecretKey, StreamId};

use crate::support::{Answer, Till, World};

testkit::on_both_engines!(
    a_code_serves_one_device,
    wrong_tries_kill_a_code,
    a_code_lives_ten_minutes,
    claims_that_are_not_the_devices_own
);

fn device(world: &World, number: u8) -> Till {
    let stream = StreamId { store_id: world.store, incarnation: u128::from(number) };
    Till::new(stream, SecretKey::from_bytes(&[number; 32]))
}

fn refused(answer: &Answer) {
    assert_eq!((answer.status, answer.problem()), (403, Problem::EnrolmentCode));
}

async fn a_code_serves_one_device(db: Db) {
    let world = World::new(db).await;
    let code = world.admin.issue_code(world.store).await.unwrap();
    let (first, second) = (device(&world, 1), device(&world, 2));
    let answer = first.ask_to_enrol(&world, &code.to_lowercase().replace('-', " ")).await;
    assert_eq!(answer.status, 200);
    // The reply was lost: the same device gets it again, even later, and nobody else does.
    world.clock.advance(60 * 60 * 1_000);
    assert_eq!(first.ask_to_enrol(&world, &code).await.body, answer.body);
    refused(&second.ask_to_enrol(&world, &code).await);
    assert_eq!(world.number("select cast(count(*) as bigint) from streams").await, 1);
}

async fn wrong_tries_kill_a_code(db: Db) {
    let world = World::new(db).await;
    let code = world.admin.issue_code(world.store).await.unwrap();
    let wrong = format!("{}-0000-0000-0000", &code[..4]);
    for _ in 0..4 {
        refused(&device(&world, 1).ask_to_enrol(&world, &wrong).await);
    }
    assert_eq!(device(&world, 1).ask_to_enrol(&world, &code).await.status, 200, "four tries are forgiven");
    let code = world.admin.issue_code(world.store).await.unwrap();
    let wrong = format!("{}-0000-0000-0000", &code[..4]);
    for _ in 0..5 {
        refused(&device(&world, 2).ask_to_enrol(&world, &wrong).await);
    }
    refused(&device(&world, 2).ask_to_enrol(&world, &code).await);
    for nonsense in ["", "đ", "AAAA", &"9".repeat(500)] {
        refused(&device(&world, 3).ask_to_enrol(&world, nonsense).await);
    }
}

async fn a_code_lives_ten_minutes(db: Db) {
    let world = World::new(db).await;
    let code = world.admin.issue_code(world.store).await.unwrap();
    world.clock.advance(10 * 60 * 1_000);
    let other = world.admin.issue_code(world.store).await.unwrap();
    assert_eq!(device(&world, 1).ask_to_enrol(&world, &code).await.status, 200);
    world.clock.advance(10 * 60 * 1_000 + 1);
    refused(&device(&world, 2).ask_to_enrol(&world, &other).await);
}

async fn claims_that_are_not_the_devices_own(db: Db) {
    let world = World::new(db).await;
    let known = world.till().await;
    let code = world.admin.issue_code(world.store).await.unwrap();
    let claim = |till: &Till, predecessor| Enrol {
        code: code.clone(),
        incarnation: format!("{:032x}", till.stream.incarnation),
        public_key: till.key.public(),
        device: "x".to_owned(),
        predecessor,
        signature: String::new(),
    };
    let fresh = device(&world, 5);
    // A key of another journal, the name of another journal, the backup of another store.
    let copied = Till { key: known.key.clone(), ..fresh.clone() };
    refused(&copied.send_enrol(&world, &claim(&copied, None).sign(&copied.key)).await);
    let renamed = Till { stream: known.stream, ..fresh.clone() };
    refused(&renamed.send_enrol(&world, &claim(&renamed, None).sign(&renamed.key)).await);
    let foreign = StreamId { store_id: world.other_store, incarnation: 4 };
    refused(&fresh.send_enrol(&world, &claim(&fresh, Some(foreign)).sign(&fresh.key)).await);
    // A key that the sender does not have.
    let answer = fresh.send_enrol(&world, &claim(&fresh, None).sign(&known.key)).await;
    assert_eq!((answer.status, answer.problem()), (401, Problem::Unauthorised));
    // None of that used up the code.
    let restored = claim(&fresh, Some(known.stream)).sign(&fresh.key);
    assert_eq!(fresh.send_enrol(&world, &restored).await.status, 200);
}
