//! A producer's pages by the reading key: the same figures, nothing that can be done, and no way in without the key.

use axum::http::Method;
use central::db::Db;
use central::db::users::Role;
use central::reading;

use super::browser::{Browser, location, text};
use super::producer::trade;
use crate::support::World;

testkit::on_both_engines!(
    a_key_shows_the_same_and_lets_nothing_be_done,
    a_key_that_was_taken_away_is_none,
    tills_are_told_the_address
);

/// Returns the path of a key's pages.
fn path(url: &str) -> String {
    url.strip_prefix("http://127.0.0.1:8080").unwrap_or_else(|| panic!("{url}")).to_owned()
}

async fn a_key_shows_the_same_and_lets_nothing_be_done(db: Db) {
    let world = World::new(db).await;
    trade(&world, true).await;
    let root = path(&reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap());
    assert!(root.starts_with("/p/") && root.len() == 3 + 26, "{root}");
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let mut stranger = Browser::new();
    for page in ["", "/consigned", "/sold", "/grid", "/dossier", "/terms", "/settlements"] {
        let own = producer.json(&world, &format!("/me{page}")).await.to_string();
        let read = stranger.json(&world, &format!("{root}{page}")).await.to_string();
        assert_eq!(read, own.replace("/me/", &format!("{root}/")), "{page}");
        let answer = stranger.get(&world, &format!("{root}{page}")).await;
        let header = |name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert!(header("x-robots-tag").contains("noindex") && header("cache-control") == "no-store");
        let shown = text(&answer);
        assert!(!shown.contains("method=\"post\"") && !shown.contains("csrf"), "{shown}");
        // Every link stays under the key, but for the way in.
        for link in shown.split("href=\"/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let is_ours = ["p/", "assets/", "login?next=/me"].iter().any(|start| link.starts_with(start));
            assert!(is_ours, "{link} on {page}");
            let link = format!("/{}", link.replace("&amp;", "&"));
            assert_eq!(stranger.get(&world, &link).await.status, 200, "{link}");
        }
    }
    let list = stranger.json(&world, &format!("{root}/settlements")).await;
    let paper = list["papers"][0]["page"].as_str().unwrap().to_owned();
    let shown = text(&stranger.get(&world, &paper).await);
    assert!(
        shown.contains("Đăng nhập để trả lời quyết toán") && !shown.contains("Đúng, tôi đồng ý"),
        "{shown}"
    );
    assert_eq!(stranger.get(&world, &format!("{paper}.xlsx")).await.status, 200);
    for act in ["confirm", "dispute"] {
        let answer = stranger.post_bare(&world, &format!("{paper}/{act}"), "csrf=x").await;
        assert!([401, 404, 405].contains(&answer.status), "{act} {}", answer.status);
    }
    let confirmed = "select cast(count(*) as bigint) from settlement_answers";
    assert_eq!(world.number(confirmed).await, 0);
    let foreign = format!("{root}/sold?product={}", world.salt.id);
    assert_eq!(stranger.get(&world, &foreign).await.status, 404);
    // The key of one opens nothing of another.
    let other = path(&reading::make_key(&world.app, "test", world.sa_huynh).await.unwrap());
    let address = paper.replace(&root, &other);
    assert_eq!(stranger.get(&world, &address).await.status, 404);
}

async fn a_key_that_was_taken_away_is_none(db: Db) {
    let world = World::new(db).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert!(text(&producer.get(&world, "/me").await).contains("Tạo mã QR"));
    let made = producer.post(&world, "/me", "/me/reading-key", &[]).await;
    assert_eq!((made.status, location(&made)), (303, "/me#reading"));
    let shown = text(&producer.get(&world, "/me").await);
    let link = |page: &str| {
        let rest = page.split("href=\"http://127.0.0.1:8080").nth(1).unwrap_or_else(|| panic!("{page}"));
        rest.split('"').next().unwrap().to_owned()
    };
    let first = link(&shown);
    let mut stranger = Browser::at([10, 1, 1, 1]);
    assert_eq!(stranger.get(&world, &first).await.status, 200);
    assert_eq!(stranger.get(&world, &first.to_lowercase()).await.status, 200, "typed by hand");
    producer.post(&world, "/me", "/me/reading-key", &[]).await;
    let second = link(&text(&producer.get(&world, "/me").await));
    assert_ne!(first, second);
    assert_eq!(
        (stranger.get(&world, &first).await.status, stranger.get(&world, &second).await.status),
        (404, 200)
    );
    producer.post(&world, "/me", "/me/reading-key/end", &[]).await;
    assert_eq!(stranger.get(&world, &second).await.status, 404);
    let again = producer.post(&world, "/me", "/me/reading-key/end", &[]).await;
    assert_eq!(again.status, 303, "gone is gone");
    let without_token = producer.post_bare(&world, "/me/reading-key", "").await;
    assert_eq!(without_token.status, 403);
    // The database holds no key that is in use but for printing, and the audit log none at all.
    let acts = "select cast(count(*) as bigint) from audit_log where action like 'producer.reading_key%' and detail = ''";
    assert_eq!(world.number(acts).await, 3);

    // Of one network only so many guesses are looked for; others are not kept out.
    let key = path(&reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap());
    let mut statuses = Vec::new();
    for guess in 0..40 {
        statuses.push(stranger.get(&world, &format!("/p/{guess:026}")).await.status);
    }
    assert!(statuses.iter().take(25).all(|status| *status == 404), "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429));
    assert_eq!(stranger.get(&world, &key).await.status, 429);
    assert_eq!(Browser::at([10, 9, 9, 9]).get(&world, &key).await.status, 200);
    world.clock.advance(60_000);
    assert_eq!(stranger.get(&world, &key).await.status, 200);
}

async fn tills_are_told_the_address(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let told = async || {
        let page = till.get(&world, "/sync/v1/catalogue", "").await.json();
        let rows = page["changes"].as_array().unwrap().clone();
        let id = world.phu_sinh.to_string();
        rows.into_iter().find(|row| row["kind"] == "producer" && row["id"] == id.as_str()).unwrap()["body"]
            .clone()
    };
    assert_eq!(told().await.get("reading_url"), None, "old bytes are as they were");
    let url = reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
    assert_eq!(told().await["reading_url"], url);
    assert_eq!(told().await["name"], "Công ty Phú Sinh");
    reading::end_key(&world.app, "test", world.phu_sinh).await.unwrap();
    assert_eq!(told().await.get("reading_url"), None);
    let mut browser = Browser::new();
    let answer = browser.send(&world, Method::GET, "/p/x", "application/json", None).await;
    assert_eq!(answer.status, 404);
    assert!(reading::end_key(&world.app, "test", world.phu_sinh).await.is_err(), "there is none");
}
