//! Nobody's answers tell of anybody else (I15): with and without all data of another producer, or of another operator, every
//! page and file is the same, byte for byte; and what belongs to others is not there.

use axum::http::Method;
use central::App;
use central::db::Db;
use central::db::users::Role;
use testkit::clock::DrivenClock;
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::browser::{Browser, text};
use super::visibility::is_public;
use crate::support::World;
use crate::support::random_world::{Last, RandomWorld};

testkit::on_both_engines!(
    a_producer_sees_the_same_without_another_producer,
    an_operator_sees_the_same_without_another_operator
);

/// One world for each; more are `OCOP_SEEDS=100`.
fn seeds() -> std::ops::Range<u64> {
    let count = std::env::var("OCOP_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(1);
    1..count + 1
}

/// One that the garlic has where a test made it.
pub(super) const NOMINATION: &str = "00000000-0000-0000-0000-000000000005";

/// What every page is asked with.
const QUERIES: [&str; 7] =
    ["", "?lang=en", "?period=week", "?period=year", "?month=2026-10", "?month=2026-09&lang=en", "?show=all"];

async fn a_producer_sees_the_same_without_another_producer(db: Db) {
    compare(db, Last::Producer, |world| Role::Producer(world.phu_sinh)).await;
}

async fn an_operator_sees_the_same_without_another_operator(db: Db) {
    compare(db, Last::Operator, |world| Role::Operator(world.operator)).await;
}

/// The first seed on this engine, and each on SQLite without whoever is missing: both engines tell the same.
async fn compare(db: Db, last: Last, role: fn(&World) -> Role) {
    let mut db = Some(db);
    for seed in seeds() {
        let (full, alone) = (TestDatabase::sqlite().await, TestDatabase::sqlite().await);
        let world = RandomWorld::new(db.take().unwrap_or_else(|| full.db()), seed, last, true).await;
        let with = answers(&world, role(&world.world)).await;
        foreign_ids_are_not_there(&world, role(&world.world)).await;
        let world = RandomWorld::new(alone.db(), seed, last, false).await;
        let without = answers(&world, role(&world.world)).await;
        for ((address, with), (_, without)) in with.iter().zip(&without) {
            assert_eq!(with, without, "seed {seed}: {address}");
        }
        assert_eq!(with.len(), without.len());
        full.check().await;
        alone.check().await;
    }
}

/// The service over the same data, with a clock and draws of its own: whoever signs in gets the same tokens in each world.
async fn fresh(world: &World, seed: u64) -> World {
    let (clock, handle) = DrivenClock::new(seed);
    let key = protocol::SecretKey::from_bytes(&[42; 32]);
    let app = App::over(world.app.db.clone(), &world.app.config, key, handle).await.unwrap();
    world.over(app, clock)
}

/// Every answer to somebody, in both languages, as a page and for programs.
async fn answers(random: &RandomWorld, role: Role) -> Vec<(String, String)> {
    let world = fresh(&random.world, 98).await;
    let mut browser = Browser::of(&world, role).await;
    let picked = [format!("?product={}", world.garlic.id), format!("?store={}", world.store)];
    let queries: Vec<String> = QUERIES.into_iter().map(str::to_owned).chain(picked).collect();
    let mut all = Vec::new();
    for path in &paths_for(random, role, &papers_for(random, role)) {
        for query in &queries {
            for accept in ["text/html", "application/json"] {
                let address = format!("{path}{query}");
                let answer = browser.send(&world, Method::GET, &address, accept, None).await;
                let kind = answer.headers.get("content-disposition").map(|value| value.to_str().unwrap());
                let body = if answer.body.starts_with(b"PK") {
                    // The bytes too are the same; as text a difference can be read.
                    format!("{} {}", text(&answer), protocol::Hash::of(&[&answer.body]))
                } else {
                    text(&answer)
                };
                all.push((format!("{address} {accept}"), format!("{} {kind:?}\n{body}", answer.status)));
            }
        }
    }
    assert!(
        all.iter().filter(|(_, answer)| answer.starts_with("200")).count() > 20,
        "there is something to see"
    );
    all
}

/// Every address that is somebody's own. What anybody sees names every store that sells a product, whose ever it is. An operator opens a
/// producer's pages with the key that its own tills print: what its stores sold of the producer's goods, and nobody else's.
fn paths_for(random: &RandomWorld, role: Role, papers: &[(String, i64)]) -> Vec<String> {
    let key = if matches!(role, Role::Operator(_)) { &random.slip_key } else { &random.key };
    let all = paths(random, papers).into_iter().filter(|path| !is_public(path));
    all.map(|path| path.replace(&random.key, key)).collect()
}

/// Phú Sinh's papers; for an operator those of its own stores.
fn papers_for(random: &RandomWorld, role: Role) -> Vec<(String, i64)> {
    let is_theirs = |stream: &str| matches!(role, Role::Producer(_)) || !is_foreign(random, stream);
    random.own.iter().filter(|(stream, _)| is_theirs(stream)).cloned().collect()
}

/// Says whether an address or a journal is of a store of the other operator.
fn is_foreign(random: &RandomWorld, text: &str) -> bool {
    random.foreign_stores.iter().any(|store| text.contains(&store.to_string()))
}

/// Every address of the router that shows something, filled in with what is this producer's; a new piece of an address needs
/// its line here.
pub(super) fn paths(random: &RandomWorld, papers: &[(String, i64)]) -> Vec<String> {
    let mut all = Vec::new();
    for route in central::router::pages().into_iter().filter(|route| route.method == "GET") {
        let path = route.path.replace("{key}", &random.key).replace("{token}", &random.token);
        let path = path.replace("/products/{product}", &format!("/products/{}", random.world.garlic.id));
        // An administrator's, so there is none for anybody here.
        let path = path.replace("{import}", &Uuid::nil().to_string());
        let path = path.replace("{user}", &Uuid::nil().to_string());
        let path = path.replace("{product}", &random.added.to_string());
        let path = path.replace("{producer}", &random.world.phu_sinh.to_string());
        let path = path.replace("{campaign}", &random.campaign.to_string());
        let path = path.replace("{period}", "2026-q4");
        let path = path.replace("{point}", &random.world.store.to_string());
        let path = path.replace("{file}", &Uuid::nil().to_string());
        let path = path.replace("{line}", "cash");
        let path = path.replace("{paper}", &Uuid::nil().to_string());
        let path = path.replace("{nomination}", NOMINATION);
        let path = path.replace("{recognition}", &Uuid::nil().to_string());
        let path = path.replace("{joint}", &random.joint.to_string());
        let path =
            path.replace("{gtin}", "08938501234575").replace("{code}", "TOI-DEN").replace("{lot}", "L1");
        if path.contains("{stream}/{seq}") {
            for (stream, seq) in papers {
                for ending in ["", ".xlsx"] {
                    let piece = format!("{stream}/{seq}{ending}");
                    all.push(path.replace("{stream}/{seq}", &piece));
                }
            }
        } else {
            assert!(!path.contains('{'), "what stands in {path}?");
            all.push(path);
        }
    }
    all
}

/// Whatever is asked with somebody else's id is not there, or is as if it had not been asked.
async fn foreign_ids_are_not_there(random: &RandomWorld, role: Role) {
    let world = fresh(&random.world, 99).await;
    let mut browser = Browser::of(&world, role).await;
    let is_producer = matches!(role, Role::Producer(_));
    for path in paths_for(random, role, &random.foreign).iter().filter(|path| path.contains("/settlements/"))
    {
        let status = browser.get(&world, path).await.status;
        let expected = match (is_producer, path.starts_with("/shops/")) {
            // An operator's stores settle with every producer; there are no files.
            (false, true)
                if !is_foreign(random, path) && !path.contains(".xlsx") && !path.contains("/papers/") =>
            {
                200
            }
            (false, true) | (true, false) => 404,
            _ if path.starts_with("/p/") => 404,
            _ => 403,
        };
        assert_eq!(status, expected, "{path}");
    }
    if !is_producer {
        // What another operator settled with the same producer.
        let mut elsewhere = random.own.clone();
        elsewhere.retain(|(stream, _)| is_foreign(random, stream));
        for path in paths_for(random, role, &elsewhere).iter().filter(|path| path.contains("/settlements/")) {
            let status = browser.get(&world, path).await.status;
            assert!([403, 404].contains(&status), "{path}: {status}");
        }
    }
    let products = random.foreign_products.iter().map(|id| format!("product={id}"));
    let stores = random.foreign_stores.iter().map(|id| format!("store={id}"));
    // A producer's goods may be in any store.
    let ids: Vec<String> = if is_producer { products.collect() } else { stores.collect() };
    assert!(!ids.is_empty());
    for path in &paths_for(random, role, &[]) {
        let usual = browser.json_or_status(&world, path).await;
        for id in &ids {
            let asked = browser.json_or_status(&world, &format!("{path}?{id}")).await;
            assert!(asked.starts_with("404") || asked == usual, "{path}?{id}: {asked}");
        }
    }
}
