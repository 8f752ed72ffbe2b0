//! A producer's pages: true figures, and never anything of another producer (I15).

use central::db::Db;
use central::db::users::Role;
use serde_json::{Value, json};
use testkit::databases::TestDatabase;
use time::Duration;

use super::browser::{Browser, text};
use crate::support::settling::settlement;
use crate::support::{TODAY, World};

testkit::on_both_engines!(the_pages_say_what_is_owed_left_and_sold, a_producer_sees_nothing_of_another);

/// Two stores: garlic received and sold; with the salt of another producer, or without.
pub(super) async fn trade(world: &World, with_salt: bool) {
    for mut till in [world.till().await, world.other_till().await] {
        let lot = till.receive(&world.garlic, 6);
        if with_salt {
            till.receive(&world.salt, 50);
        }
        for days in [40, 3, 0] {
            till.day = TODAY - Duration::days(days);
            let sale = till.sale_of(vec![till.line(&world.garlic, 2 - days / 40, Some(lot))]);
            till.write_sale(world.app.clock.new_uuid().into(), &sale);
            if with_salt {
                till.sell(&[(&world.salt, 3)]);
            }
        }
        let producers = if with_salt { vec![world.sa_huynh, world.phu_sinh] } else { vec![world.phu_sinh] };
        for producer in producers {
            let settled = settlement(producer, &[&till], 100_000);
            till.settle(&settled);
        }
        till.push_from(world, 1).await.ack();
    }
}

async fn the_pages_say_what_is_owed_left_and_sold(db: Db) {
    let world = World::new(db).await;
    trade(&world, true).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    // 10 pieces at 450 000 ₫, 10 % commission and 8 % VAT on it; each store paid 100 000 ₫ of it.
    let due = 10 * (450_000 - 45_000 - 3_600) - 200_000;
    let overview = browser.json(&world, "/me").await;
    assert_eq!((&overview["owed_vnd"], &overview["name"]), (&json!(due), &json!("Công ty Phú Sinh")));
    assert_eq!(overview["owed_by"][0]["operator"], "Hợp tác xã Lý Sơn");
    assert_eq!(overview["owed_by"][0]["stores"].as_array().unwrap().len(), 2);
    assert_eq!(overview["revenue_vnd"], 8 * 450_000, "of thirty days");
    assert_eq!(overview["lately"].as_array().unwrap().len(), 5, "the last ones");
    let goods = browser.json(&world, "/me/consigned").await;
    let goods = goods["goods"].as_array().unwrap();
    assert_eq!(goods.len(), 2);
    assert!(goods.iter().all(|row| row["left_milli"] == 1_000 && row["sold_lately_milli"] == 4_000));
    for (period, pieces) in [("week", 4), ("month", 8), ("quarter", 10), ("year", 10)] {
        let sold = browser.json(&world, &format!("/me/sold?period={period}")).await;
        let products = sold["products"].as_array().unwrap();
        let pieces = if period == "week" { 4 } else { pieces };
        assert_eq!(products[0]["quantity_milli"], pieces * 1_000, "{period}");
        assert_eq!(
            (&sold["revenue_vnd"], &sold["due_vnd"]),
            (&json!(pieces * 450_000), &json!(pieces * 401_400))
        );
    }
    let page = text(&browser.get(&world, "/me").await);
    for said in ["3.814.000 ₫", "Còn được nhận", "Hợp tác xã Lý Sơn", "Đăng xuất", "23/11/2026"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
    let page = text(&browser.get(&world, "/me/consigned").await);
    assert!(page.contains("còn 1") && page.contains("bán 4 trong 30 ngày"), "{page}");
    assert_eq!(browser.get(&world, "/me/sold?period=decade").await.status, 404);
    let mut new = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert!(text(&new.get(&world, "/me").await).contains("MUOI"), "the other one sees his own");
}

/// Every page that a producer may ask for, in both forms and languages.
async fn seen(world: &World, browser: &mut Browser) -> Vec<String> {
    let mut all = Vec::new();
    let periods = ["week", "month", "quarter", "year"].map(|period| format!("/me/sold?period={period}"));
    let papers = own_papers(world, browser).await.into_iter().map(|(page, _)| page);
    let fixed = central::router::pages();
    let paths = fixed.iter().filter(|route| route.method == "GET").map(|route| route.path.to_owned());
    for path in
        paths.chain(periods).chain(papers).chain(["/api/openapi.json".to_owned(), "/healthz".to_owned()])
    {
        for (accept, lang) in [("text/html", "vi"), ("text/html", "en"), ("application/json", "vi")] {
            let path = format!("{path}{}lang={lang}", if path.contains('?') { '&' } else { '?' });
            let answer = browser.send(world, axum::http::Method::GET, &path, accept, None).await;
            all.push(format!("{path} {accept} {}\n{}", answer.status, text(&answer)));
        }
    }
    all
}

/// The pages of a producer's settlements, with the numbers on their papers.
async fn own_papers(world: &World, browser: &mut Browser) -> Vec<(String, String)> {
    let list = browser.json(world, "/me/settlements").await;
    let papers = list["papers"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    papers.map(|paper| (text(&paper["page"]), text(&paper["number"]))).collect()
}

/// Everything that names the producer of the salt or his goods.
async fn names(world: &World) -> Vec<String> {
    let goods = browser_json(world).await;
    let mut all = vec![
        world.sa_huynh.to_string(),
        world.salt.id.to_string(),
        "MUOI".to_owned(),
        "Sa Huỳnh".to_owned(),
        "Sa Huynh".to_owned(),
    ];
    let mut browser = Browser::of(world, Role::Producer(world.sa_huynh)).await;
    let papers = own_papers(world, &mut browser).await;
    assert_eq!(papers.len(), 2);
    all.extend(papers.into_iter().flat_map(|(page, number)| [page, number]));
    // His figures: what he is owed, what he sold.
    all.push(goods["owed_vnd"].to_string());
    all.push(domain::Money::new(goods["owed_vnd"].as_i64().unwrap()).to_string());
    all.push(domain::Money::new(goods["revenue_vnd"].as_i64().unwrap()).to_string());
    all
}

async fn browser_json(world: &World) -> Value {
    Browser::of(world, Role::Producer(world.sa_huynh)).await.json(world, "/me").await
}

async fn a_producer_sees_nothing_of_another(db: Db) {
    let world = World::new(db).await;
    trade(&world, true).await;
    let names = names(&world).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let with_others = seen(&world, &mut browser).await;
    let papers = own_papers(&world, &mut browser).await;
    for page in &with_others {
        for name in &names {
            assert!(!page.contains(name.as_str()), "{name} in {page}");
        }
    }
    // Without the other one's data the pages are the same, byte for byte.
    let database = TestDatabase::sqlite().await;
    let alone = World::new(database.db()).await;
    trade(&alone, false).await;
    let mut browser = Browser::of(&alone, Role::Producer(alone.phu_sinh)).await;
    let without_others = seen(&alone, &mut browser).await;
    let papers_alone = own_papers(&alone, &mut browser).await;
    // One's own account names the login, which is another one there.
    let pages = with_others.iter().zip(&without_others).filter(|(page, _)| !page.starts_with("/account"));
    for (with, without) in pages {
        assert_eq!(settled(&world, &papers, with), settled(&alone, &papers_alone, without));
    }
    assert_eq!(with_others.len(), without_others.len());
    database.check().await;
}

/// Takes out what is drawn by lot in each world, ids and tokens, and places in a store's journal.
fn settled(world: &World, papers: &[(String, String)], page: &str) -> String {
    let mut page = page.to_owned();
    for (address, number) in papers {
        page = page.replace(address, "a settlement").replace(number, "a paper");
    }
    for (id, name) in [
        (world.store.to_string(), "store"),
        (world.other_store.to_string(), "other store"),
        (world.operator.to_string(), "operator"),
        (world.garlic.id.to_string(), "garlic"),
    ] {
        page = page.replace(&id, name);
    }
    let mut settled = String::new();
    let page = page.replace("name=\"id\" ", "name=\"csrf\" ");
    for (index, part) in page.split("name=\"csrf\" ").enumerate() {
        let rest = if index == 0 { part } else { part.split_once('>').unwrap().1 };
        settled.push_str(rest);
    }
    settled
}
