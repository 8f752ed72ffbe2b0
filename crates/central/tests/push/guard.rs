//! Who may come in: protocol, keys, rates.

use axum::body::Body;
use axum::http::Request;
use central::config::Limits;
use central::db::Db;
use protocol::wire::{PROTOCOL_HEADER, Problem};

use crate::support::{Answer, World};

testkit::on_both_engines!(
    an_unknown_protocol_is_refused,
    a_revoked_key_ends_at_once,
    a_flood_is_told_to_wait
);

async fn an_unknown_protocol_is_refused(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let head = format!("/sync/v1/streams/{}/head", till.stream);
    for (method, path) in [
        ("POST", till.path().as_str()),
        ("GET", &head),
        ("GET", till.path().as_str()),
        ("GET", "/sync/v1/streams"),
        ("GET", "/sync/v1/catalogue"),
        ("GET", "/sync/v1/bank-notices"),
        ("POST", "/sync/v1/enrol"),
    ] {
        for spoken in [None, Some("0"), Some("2"), Some("x")] {
            let mut request = Request::builder().method(method).uri(path);
            if let Some(spoken) = spoken {
                request = request.header(PROTOCOL_HEADER, spoken);
            }
            let answer = Answer::of(&world.router, request.body(Body::empty()).unwrap()).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (426, Problem::Protocol { min: 1, max: 1 }),
                "{path}"
            );
        }
    }
}

async fn a_revoked_key_ends_at_once(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    till.push_from(&world, 1).await.ack();
    world.admin.revoke(till.stream).await.unwrap();
    till.sell(&[(&world.salt, 1)]);
    for answer in [till.push_from(&world, 3).await, till.head(&world).await] {
        assert_eq!((answer.status, answer.problem()), (403, Problem::Revoked));
    }
    assert_eq!(world.balance("cash").await, 30_000, "what was told stays");
    assert!(world.admin.revoke(till.stream).await.is_err());
}

async fn a_flood_is_told_to_wait(db: Db) {
    let limits = Limits { store_requests_per_minute: 60, store_burst: 5, ..Limits::default() };
    let world = World::with_limits(db, limits).await;
    let till = world.till().await;
    let neighbour = world.other_till().await;
    let mut asked = Vec::new();
    for _ in 0..7 {
        asked.push(till.head(&world).await);
    }
    assert_eq!(asked.iter().filter(|answer| answer.status == 200).count(), 5);
    let last = asked.last().unwrap();
    assert_eq!((last.status, last.problem()), (429, Problem::Busy { retry_after_s: 2 }));
    assert_eq!(last.headers["retry-after"], "2");
    assert_eq!(neighbour.head(&world).await.status, 200);
    world.clock.advance(1_000);
    assert_eq!(till.head(&world).await.status, 200);
}
