//! `/api/v1`: programs read with a person's key what pages show, and the description says all that they may be answered.

use std::collections::BTreeSet;

use axum::http::Method;
use central::db::Db;
use central::db::users::Role;
use serde_json::Value;

use super::browser::{Browser, add_user, location, text};
use super::isolation::paths;
use crate::support::random_world::{Last, RandomWorld};
use crate::support::{Answer, World};

testkit::on_both_engines!(
    a_program_reads_with_its_persons_key,
    keys_are_made_and_taken_away,
    wrong_keys_are_slowed,
    what_is_read_is_described_and_answered_so,
);

/// Pages without figures: forms, and what is only looked at.
const NOT_READ: &[&str] = &[
    "/",
    "/login",
    "/login/code",
    "/account",
    "/people/new",
    "/people/{user}",
    "/products/new",
    "/products/bulk",
    "/products/{product}/edit",
    "/products/{product}/recognise",
    "/products/{product}/papers/new",
    "/products/{product}/papers/{paper}/scan",
    "/products/{product}/recognitions/{recognition}/edit",
    "/products/{product}/recognitions/{recognition}/scan",
    "/products/{product}/nominate",
    "/dossiers/kinds",
    "/producers/new",
    "/producers/{producer}/edit",
    "/promotions/new",
    "/campaigns/new",
    "/campaigns/{campaign}/edit",
    "/points/new",
    "/points/{point}/edit",
    "/points/{point}/labels",
    "/points/{point}/open",
    "/points/{point}/commission-tax",
    "/points/{point}/check",
    "/points/{point}/equipment/new",
    "/points/{point}/costs/new",
    "/points/{point}/files/{file}",
    "/provisional/{product}",
    "/shops/producers/{producer}/account",
    "/welcome/{token}",
    // Photographs and scans.
    "/me/settlements/{stream}/{seq}/papers/{paper}",
    "/shops/settlements/{stream}/{seq}/papers/{paper}",
    // As what is described with a lot.
    "/01/{gtin}",
    "/s/{code}",
    "/s/{code}/10/{lot}",
];

fn key_of(page: &str) -> String {
    let rest = page.split("chỉ hiện lần này: ").nth(1).unwrap_or_else(|| panic!("no key: {page}"));
    rest.split('.').next().unwrap().to_owned()
}

async fn key(world: &World, role: Role) -> String {
    let mut browser = Browser::of(world, role).await;
    let answer = browser.post(world, "/account", "/account/keys", &[("name", "Bảng của phòng")]).await;
    assert_eq!(answer.status, 200, "{}", text(&answer));
    key_of(&text(&answer))
}

/// Asks as a program does: with its key alone, accepting anything.
async fn read(world: &World, key: &str, path: &str) -> Answer {
    let mut program = Browser::new().with("authorization", &format!("Bearer {key}")).with("accept", "*/*");
    program.send(world, Method::GET, path, "*/*", None).await
}

async fn a_program_reads_with_its_persons_key(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 2)]);
    till.push_from(&world, 1).await.ack();
    let department = key(&world, Role::Department).await;
    let answer = read(&world, &department, "/api/v1/sales?period=year").await;
    assert_eq!(answer.status, 200, "{}", text(&answer));
    let mut browser = Browser::of(&world, Role::Department).await;
    assert_eq!(answer.json(), browser.json(&world, "/sales?period=year").await, "as the page");
    assert_eq!(
        browser.get(&world, "/api/v1/sales?period=year").await.json(),
        answer.json(),
        "a login does too"
    );
    assert!(
        read(&world, &department, "/api/v1/sales.csv?period=year")
            .await
            .body
            .starts_with("\u{feff}".as_bytes())
    );
    let producer = key(&world, Role::Producer(world.phu_sinh)).await;
    assert_eq!(read(&world, &producer, "/api/v1/me").await.json()["revenue_vnd"], 900_000);
    let refused = read(&world, &producer, "/api/v1/sales").await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (403, Some("forbidden")));
    // Keys open no pages, and there is nothing to change.
    assert_eq!(location(&read(&world, &department, "/sales").await), "/login?next=/sales");
    for (method, path, status) in [
        (Method::POST, "/api/v1/sales", 403),
        (Method::GET, "/api/v1/promotions/new", 404),
        (Method::GET, "/api/v1", 404),
        (Method::GET, "/api/v2/sales", 404),
    ] {
        let mut program = Browser::new().with("authorization", &format!("Bearer {department}"));
        assert_eq!(program.send(&world, method, path, "*/*", None).await.status, status, "{path}");
    }
    let nobody = Browser::new().send(&world, Method::GET, "/api/v1/sales", "text/html", None).await;
    assert_eq!(
        (nobody.status, nobody.json()["error"].as_str()),
        (401, Some("login_needed")),
        "no page leads there"
    );
}

async fn keys_are_made_and_taken_away(db: Db) {
    let world = World::new(db).await;
    let id = add_user(&world, "ngan", Role::Department).await;
    let mut browser = Browser::new();
    browser.sign_in(&world, "ngan", super::browser::PASSWORD).await;
    for name in ["", "  ", &*"x".repeat(101)] {
        assert_eq!(browser.post(&world, "/account", "/account/keys", &[("name", name)]).await.status, 422);
    }
    let made = text(&browser.post(&world, "/account", "/account/keys", &[("name", "Bảng Excel")]).await);
    let key = key_of(&made);
    let page = text(&browser.get(&world, "/account").await);
    assert!(page.contains("Bảng Excel") && page.contains("chưa dùng") && !page.contains(&key), "{page}");
    assert_eq!(read(&world, &key.to_lowercase(), "/api/v1/sales").await.status, 200);
    let page = text(&browser.get(&world, "/account").await);
    assert!(page.contains("dùng lần cuối ngày"), "{page}");
    let end = page.split("action=\"").find(|rest| rest.starts_with("/account/keys/")).unwrap();
    let end = end.split('"').next().unwrap().to_owned();
    let mut other = Browser::of(&world, Role::Department).await;
    assert_eq!(other.post(&world, "/account", &end, &[]).await.status, 404, "not somebody else's");
    assert_eq!(location(&browser.post(&world, "/account", &end, &[]).await), "/account?done=key_end");
    assert_eq!(read(&world, &key, "/api/v1/sales").await.status, 401);
    // Another password ends what somebody may have made at an open browser; so does an administrator who ends all logins.
    let made = text(&browser.post(&world, "/account", "/account/keys", &[("name", "Lạ")]).await);
    let fields = [("old", super::browser::PASSWORD), ("new", "quế Trà Bồng thơm lâu")];
    assert_eq!(browser.post(&world, "/account", "/account/password", &fields).await.status, 303);
    assert_eq!(read(&world, &key_of(&made), "/api/v1/sales").await.status, 401);
    let made = text(&browser.post(&world, "/account", "/account/keys", &[("name", "Lạ")]).await);
    world.admin.end_logins(id).await.unwrap();
    assert_eq!(read(&world, &key_of(&made), "/api/v1/sales").await.status, 401);
    assert_eq!(browser.sign_in(&world, "ngan", "quế Trà Bồng thơm lâu").await.status, 303);
    // Whoever may not sign in any more has no programs either.
    let made = text(&browser.post(&world, "/account", "/account/keys", &[("name", "Khác")]).await);
    assert_eq!(read(&world, &key_of(&made), "/api/v1/sales").await.status, 200);
    world.admin.disable_user(id).await.unwrap();
    assert_eq!(read(&world, &key_of(&made), "/api/v1/sales").await.status, 401);
    for number in 0..10 {
        assert_eq!(
            other.post(&world, "/account", "/account/keys", &[("name", &number.to_string())]).await.status,
            200
        );
    }
    let answer = other.post(&world, "/account", "/account/keys", &[("name", "11")]).await;
    assert_eq!(answer.status, 422);
    assert!(text(&answer).contains("Đã có 10 khóa"), "{}", text(&answer));
}

async fn wrong_keys_are_slowed(db: Db) {
    let world = World::new(db).await;
    let good = key(&world, Role::Department).await;
    let mut statuses = BTreeSet::new();
    for number in 0..40_u128 {
        let wrong = domain::ids::crockford(number, 26);
        statuses.insert(read(&world, &wrong, "/api/v1/sales").await.status);
    }
    assert_eq!(statuses, BTreeSet::from([401, 429]));
    assert_eq!(read(&world, &good, "/api/v1/sales").await.status, 429, "of the same network");
    world.clock.advance(60_000);
    assert_eq!(read(&world, &good, "/api/v1/sales").await.status, 200);
}

async fn what_is_read_is_described_and_answered_so(db: Db) {
    let random = RandomWorld::new(db, 3, Last::Producer, true).await;
    let world = &random.world;
    let described = Browser::new().json(world, "/api/openapi.json").await;
    let described: Vec<(String, &Value)> =
        described["paths"].as_object().unwrap().iter().map(|(path, item)| (path.clone(), item)).collect();
    let routes = central::router::pages();
    let pages: Vec<&str> =
        routes.iter().filter(|route| route.method == "GET").map(|route| route.path).collect();
    let mut unsure: Vec<&str> = Vec::new();
    for page in &pages {
        let is_described = described.iter().any(|(path, _)| *path == format!("/api/v1{page}"));
        // A reading key stands in the address: its pages are those of the producer.
        let is_known = NOT_READ.contains(page) || page.starts_with("/p/");
        if is_described == is_known {
            unsure.push(page);
        }
    }
    assert!(unsure.is_empty(), "each is described, or stands in the list of those that are not: {unsure:?}");
    for (path, _) in &described {
        let page = path.strip_prefix("/api/v1");
        assert!(page.is_none_or(|page| pages.contains(&page)), "{path} is described and is not there");
    }
    let roles = [Role::Admin, Role::Operator(world.operator), Role::Producer(world.phu_sinh)];
    for role in roles {
        let mut browser = Browser::of(world, role).await;
        for path in paths(&random, &random.own) {
            let template = described.iter().find(|(told, _)| fits(told, &format!("/api/v1{path}")));
            let Some((told, item)) = template else { continue };
            for query in
                ["", "?period=decade", "?before=x&after=x&page=x", "?q=%ff", "?stars=9&category=best"]
            {
                let answer = browser.get(world, &format!("/api/v1{path}{query}")).await;
                let status = answer.status.to_string();
                let answers = item["get"]["responses"].as_object().unwrap();
                assert!(answers.contains_key(&status), "{told}{query} answers {status}: {}", text(&answer));
                assert!(answer.status < 500, "{told}{query}");
                // A day is written as one, not as year and number.
                let is_json = ![".xlsx", ".csv", ".zip"].iter().any(|ending| path.contains(ending));
                assert!(!(is_json && text(&answer).contains("[2026,")), "{told}{query}: {}", text(&answer));
            }
        }
    }
}

/// True when an address is one of a described path.
fn fits(told: &str, path: &str) -> bool {
    let (told, path): (Vec<&str>, Vec<&str>) = (told.split('/').collect(), path.split('/').collect());
    told.len() == path.len()
        && told.iter().zip(&path).all(|(told, piece)| told.starts_with('{') || told == piece)
}
