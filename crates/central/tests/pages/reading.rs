//! A producer's pages by the reading key: the same figures, nothing that can be done, and no way in without the key.

use axum::http::Method;
use central::App;
use central::admin::{NewOperator, NewTerms};
use central::db::Db;
use central::db::engine::Sql;
use central::db::users::Role;
use central::reading::{self, Asked};
use domain::Rate;
use domain::consignment::{Basis, Bearer};
use domain::contract::Clauses;
use serde_json::{Value, json};
use time::macros::date;
use uuid::Uuid;

use super::browser::{Browser, location, text};
use super::producer::trade;
use crate::support::settling::settlement;
use crate::support::{Till, World, new_store};

testkit::on_both_engines!(
    a_key_shows_the_same_and_lets_nothing_be_done,
    a_key_that_was_taken_away_is_none,
    tills_are_told_the_address_of_their_operator,
    a_slip_opens_the_stores_of_its_operator_alone,
    keys_that_every_till_was_told_end_in_words
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
    assert_eq!((made.status, made.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let link = |page: &str| {
        let rest = page.split("href=\"http://127.0.0.1:8080").nth(1).unwrap_or_else(|| panic!("{page}"));
        rest.split('"').next().unwrap().to_owned()
    };
    let first = link(&text(&made));
    assert!(!text(&producer.get(&world, "/me").await).contains(&first), "it is shown once");
    let mut stranger = Browser::at([10, 1, 1, 1]);
    assert_eq!(stranger.get(&world, &first).await.status, 200);
    assert_eq!(stranger.get(&world, &first.to_lowercase()).await.status, 200, "typed by hand");
    // A page that is loaded anew sends its form again.
    let page = text(&producer.get(&world, "/me").await);
    let card = page.split("id=\"reading\"").nth(1).unwrap();
    let id = card.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let second = link(&text(&producer.post(&world, "/me", "/me/reading-key", &[("id", &id)]).await));
    let again = text(&producer.post(&world, "/me", "/me/reading-key", &[("id", &id)]).await);
    assert!(again.contains("Mã đã tạo, không hiện lại.") && !again.contains("/p/"), "{again}");
    assert_ne!(first, second);
    assert_eq!(
        (stranger.get(&world, &first).await.status, stranger.get(&world, &second).await.status),
        (404, 200)
    );
    let ended = producer.post(&world, "/me", "/me/reading-key/end", &[]).await;
    assert_eq!((ended.status, location(&ended)), (303, "/me#reading"));
    assert_eq!(stranger.get(&world, &second).await.status, 404);
    let again = producer.post(&world, "/me", "/me/reading-key/end", &[]).await;
    assert_eq!(again.status, 303, "gone is gone");
    let without_token = producer.post_bare(&world, "/me/reading-key", "").await;
    assert_eq!(without_token.status, 403);
    // The database holds no key for everything, and the audit log none at all.
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

async fn tills_are_told_the_address_of_their_operator(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let told = async || till.told(&world, "producer", world.phu_sinh.uuid()).await;
    let printed = async || told().await["reading_url"].as_str().unwrap().to_owned();
    assert_eq!(told().await.get("reading_url"), None, "old bytes are as they were");
    let everything = reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
    let first = printed().await;
    assert_ne!(first, everything, "no till is told what opens everything");
    assert_eq!(told().await["name"], "Công ty Phú Sinh");
    let mut browser = Browser::new();
    assert_eq!(browser.get(&world, &path(&first)).await.status, 200);
    // Whoever wants the key for everything anew leaves the slips as they are.
    reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
    assert_eq!(printed().await, first);
    assert_eq!(browser.get(&world, &path(&everything)).await.status, 404);
    assert_eq!(browser.get(&world, &path(&first)).await.status, 200);
    let all = Asked { form_id: Uuid::from_u128(5), with_slips: true };
    let made = reading::make_key_once(&world.app, "test", world.phu_sinh, all).await.unwrap();
    assert!(made.is_some());
    assert_eq!(reading::make_key_once(&world.app, "test", world.phu_sinh, all).await.unwrap(), None);
    let second = printed().await;
    assert_ne!(first, second);
    assert_eq!(browser.get(&world, &path(&first)).await.status, 404);
    assert_eq!(browser.get(&world, &path(&second)).await.status, 200);
    reading::end_key(&world.app, "test", world.phu_sinh).await.unwrap();
    assert_eq!(told().await.get("reading_url"), None);
    assert_eq!(browser.get(&world, &path(&second)).await.status, 404);
    let answer = browser.send(&world, Method::GET, "/p/x", "application/json", None).await;
    assert_eq!(answer.status, 404);
    assert!(reading::end_key(&world.app, "test", world.phu_sinh).await.is_err(), "there is none");
}

/// Another operator, who sells Phú Sinh's garlic as well, for 10 % too: three of nine pieces, with a settlement.
async fn another_operator(world: &World) -> Till {
    let new = NewOperator {
        name: "Công ty Trà Bồng".to_owned(),
        legal_status: "company".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::percent(8),
    };
    let operator_id = world.admin.add_operator(&new).await.unwrap();
    let store = world.admin.add_store(&new_store(operator_id, "TB")).await.unwrap();
    let mut till = Till::enrol(world, store).await;
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    let terms = NewTerms {
        operator_id,
        producer_id: world.phu_sinh,
        product_id: None,
        commission: Rate::percent(10),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: date!(2026 - 01 - 01),
        clauses: Clauses::default(),
    };
    let id = world.admin.add_terms(&terms).await.unwrap();
    let garlic = world.garlic.with_terms(|terms| terms.terms_id = Some(id));
    till.receive(&garlic, 9);
    till.sell(&[(&garlic, 3)]);
    let settled = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&settled);
    till.push_from(world, 1).await.ack();
    till
}

async fn a_slip_opens_the_stores_of_its_operator_alone(db: Db) {
    let world = World::new(db).await;
    let everything = path(&reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap());
    let mut till = world.till().await;
    till.receive(&world.garlic, 5);
    till.sell(&[(&world.garlic, 2)]);
    let settled = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&settled);
    till.push_from(&world, 1).await.ack();
    // It comes when the keys are there already, and has one at once.
    let other = another_operator(&world).await;
    let printed = async |till: &Till| {
        let told = till.told(&world, "producer", world.phu_sinh.uuid()).await;
        path(told["reading_url"].as_str().unwrap())
    };
    let (slip, other_slip) = (printed(&till).await, printed(&other).await);
    assert_ne!(slip, other_slip);
    // A piece costs 450 000 ₫; 10 % and 8 % of that are taken off.
    let due = 450_000 - 45_000 - 3_600;
    let mut anybody = Browser::new();
    for (root, pieces, left, operators) in [(&everything, 5, 9, 2), (&slip, 2, 3, 1), (&other_slip, 3, 6, 1)]
    {
        let overview = anybody.json(&world, root).await;
        assert_eq!(
            (&overview["owed_vnd"], overview["owed_by"].as_array().unwrap().len()),
            (&json!(pieces * due), operators)
        );
        assert_eq!(overview["sold_today"]["revenue_vnd"], pieces * 450_000, "{root}");
        assert_eq!(overview["papers"].as_array().unwrap().len(), operators);
        assert_eq!(overview["lately"].as_array().unwrap().len(), operators);
        let goods = anybody.json(&world, &format!("{root}/consigned")).await;
        let in_stores: i64 =
            goods["goods"].as_array().unwrap().iter().map(|row| row["left_milli"].as_i64().unwrap()).sum();
        assert_eq!(in_stores, left * 1_000, "{root}");
        let grid = anybody.json(&world, &format!("{root}/grid")).await;
        assert_eq!(grid["stores"].as_array().unwrap().len(), operators);
        let deliveries = anybody.json(&world, &format!("{root}/deliveries")).await.to_string();
        assert_eq!(deliveries.matches("Điểm OCOP").count(), operators, "{deliveries}");
        let terms = anybody.json(&world, &format!("{root}/terms")).await;
        assert_eq!(terms["operators"].as_array().unwrap().len(), operators);
        let narrow = "chỉ mở hàng và tiền ở các điểm bán của đơn vị quản lý đã in phiếu";
        for page in ["", "/consigned", "/sold", "/grid", "/dossier", "/settlements"] {
            let shown = text(&anybody.get(&world, &format!("{root}{page}")).await);
            assert_eq!(shown.contains(narrow), operators == 1, "{root}{page}");
            let is_on_paper = shown.contains("Chỉ gồm các điểm bán của đơn vị quản lý đã in mã QR");
            assert_eq!(is_on_paper, operators == 1 && page == "/dossier", "{root}{page}");
        }
        for (of, store, is_open) in
            [(&till, world.store, *root != other_slip), (&other, other.stream.store_id, *root != slip)]
        {
            let status = if is_open { 200 } else { 404 };
            for page in [
                format!("/settlements/{}/{}", of.stream, of.head.seq),
                format!("/settlements/{}/{}.xlsx", of.stream, of.head.seq),
                format!("/settlements/{}/{}/moves", of.stream, of.head.seq),
                format!("/moves?store={store}"),
                format!("/consigned?store={store}"),
                format!("/sold?store={store}"),
                format!("/deliveries?store={store}"),
            ] {
                assert_eq!(
                    anybody.get(&world, &format!("{root}{page}")).await.status,
                    status,
                    "{root}{page}"
                );
            }
        }
    }
}

async fn keys_that_every_till_was_told_end_in_words(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let old = path(&reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap());
    // As the migration leaves it.
    for step in [
        "delete from operator_reading_keys",
        "insert into former_reading_keys (key_hash, producer_id) select key_hash, producer_id from reading_keys",
        "delete from reading_keys",
    ] {
        world.app.db.exec(Sql::new(step)).await.unwrap();
    }
    let told = async || till.told(&world, "producer", world.phu_sinh.uuid()).await["reading_url"].clone();
    assert_eq!(told().await, Value::Null);
    let mut printed = Vec::new();
    for _ in 0..2 {
        let App { db, config, key, clock, .. } = world.app.clone();
        App::over(db, &config, (*key).clone(), clock).await.unwrap();
        printed.push(told().await.as_str().unwrap().to_owned());
    }
    assert_eq!(printed[0], printed[1], "only the first start draws");
    let mut holder = Browser::new();
    assert_eq!(holder.get(&world, &path(&printed[0])).await.status, 200);
    for page in ["", "/sold", "/settlements"] {
        let answer = holder.get(&world, &format!("{old}{page}")).await;
        assert_eq!(answer.status, 410, "{page}");
        let shown = text(&answer);
        assert!(shown.contains("Xin cửa hàng in lại phiếu") && !shown.contains("Phú Sinh"), "{shown}");
    }
    let acts = "select cast(count(*) as bigint) from audit_log where action = 'producer.reading_key' and actor = 'central'";
    assert_eq!(world.number(acts).await, 1);
}
