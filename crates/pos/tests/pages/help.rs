//! The help lists every key that the pages carry, each in the list of its page.

use axum::http::Method;
use pos::router::routes;
use pos::web::keys::SECTIONS;

use crate::visitor::{As, GARLIC, MANAGER, Visitor, store};

/// Which lists of the help tell of a page's keys, by their places among them; no other page has any.
fn lists_of(path: &str) -> &'static [usize] {
    match path {
        "/" | "/counter/state" => &[0],
        "/counter/tender" => &[0, 1],
        "/receipts/{sale_id}" => &[3],
        "/goods" | "/labels" => &[4],
        _ => &[],
    }
}

#[tokio::test]
async fn every_key_of_a_page_is_in_its_list_of_the_help() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = store.sell(GARLIC).await.to_string();
    for _ in 0..2 {
        visitor.scan(GARLIC).await;
    }
    visitor.scan("8938500000034").await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let mut found = 0;
    for route in
        routes().iter().filter(|route| route.method == Method::GET && !route.path.ends_with("/events"))
    {
        let path = route.path.replace("{sale_id}", &sale_id);
        if path.contains('{') {
            continue;
        }
        let page = manager.get(As::Page, &path).await.text;
        let listed: Vec<&str> =
            lists_of(route.path).iter().flat_map(|list| SECTIONS[*list].shortcuts()).collect();
        if lists_of(route.path).iter().any(|list| *list > 1) {
            assert!(page.contains("<summary aria-keyshortcuts=\"F1\">"), "F1 opens the help of {path}");
        }
        for rest in page.split("aria-keyshortcuts=\"").skip(1) {
            let keys = rest.split('"').next().unwrap();
            found += 1;
            assert!(
                keys.split(' ').all(|key| listed.contains(&key)),
                "{keys} of {path} is in no list: {listed:?}"
            );
        }
    }
    assert!(found > 30, "{found} keys were looked at");
}
