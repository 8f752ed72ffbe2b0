//! The feed: in commit order, whole, and for whom it is meant (I17, I18).

use std::collections::BTreeMap;

use central::db::Db;
use domain::Money;
use protocol::wire::{CataloguePage, Problem};
use serde_json::Value;

use crate::support::{Till, World, new_product, new_store};

testkit::on_both_engines!(
    a_store_learns_what_concerns_it,
    pages_give_the_same_whatever_their_size,
    changes_and_tombstones,
    a_cursor_of_another_central
);

async fn page(world: &World, till: &Till, query: &str) -> CataloguePage {
    let answer = till.get(world, &format!("/sync/v1/catalogue{query}"), "gzip").await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    serde_json::from_slice(&answer.body).unwrap()
}

type Rows = BTreeMap<(String, String), Value>;

/// Pulls everything after a cursor into rows, and returns the cursor.
async fn pull(world: &World, till: &Till, rows: &mut Rows, mut cursor: i64, limit: i64) -> i64 {
    loop {
        let epoch = world.app.epoch;
        let page = page(world, till, &format!("?epoch={epoch}&cursor={cursor}&limit={limit}")).await;
        for change in page.changes {
            assert!(change.change_seq > cursor);
            cursor = change.change_seq;
            match change.body {
                Some(body) => rows.insert((change.kind, change.id), body),
                None => rows.remove(&(change.kind, change.id)),
            };
        }
        cursor = page.next;
        if !page.more {
            return cursor;
        }
    }
}

async fn a_store_learns_what_concerns_it(db: Db) {
    let world = World::new(db).await;
    world.admin.add_cashier(world.store, "Hường", false, "271828").await.unwrap();
    let till = world.till().await;
    let neighbour = world.other_till().await;
    let (mut own, mut theirs) = (Rows::new(), Rows::new());
    pull(&world, &till, &mut own, 0, 1_000).await;
    pull(&world, &neighbour, &mut theirs, 0, 1_000).await;
    let count = |rows: &Rows, kind: &str| rows.keys().filter(|(k, _)| k == kind).count();
    for (kind, here, there) in [
        ("store", 1, 1),
        ("product", 3, 3),
        ("producer", 2, 2),
        ("terms", 2, 2),
        ("tax_rate", 1, 1),
        ("cashier", 1, 0),
        // No standing for each, then four stars, and the day after they end.
        ("product_facts", 5, 5),
    ] {
        assert_eq!((count(&own, kind), count(&theirs, kind)), (here, there), "{kind}");
    }
    let store = own.iter().find(|((kind, _), _)| kind == "store").unwrap().1;
    assert_eq!((&store["code"], &store["tax_number"]), (&Value::from("LS"), &Value::from("4300000001")));
}

async fn pages_give_the_same_whatever_their_size(db: Db) {
    let world = World::new(db).await;
    let products: Vec<_> = (0..40).map(|n| new_product(&format!("P{n}"), 1_000 + n, None)).collect();
    world.admin.add_products(&products).await.unwrap();
    let till = world.till().await;
    let mut whole = Rows::new();
    let end = pull(&world, &till, &mut whole, 0, 1_000).await;
    for limit in [1, 7, 13] {
        let mut rows = Rows::new();
        assert_eq!(pull(&world, &till, &mut rows, 0, limit).await, end);
        // A page applied twice changes nothing.
        pull(&world, &till, &mut rows, 5, limit).await;
        assert_eq!(rows, whole, "pages of {limit}");
    }
    let plain = till.get(&world, "/sync/v1/catalogue", "").await;
    let packed = till.get(&world, "/sync/v1/catalogue", "gzip, zstd").await;
    assert_eq!(packed.headers["content-encoding"], "zstd");
    assert!(packed.body.len() * 3 < plain.body.len());
    assert_eq!(zstd::bulk::decompress(&packed.body, 1 << 24).unwrap(), plain.body);
}

async fn changes_and_tombstones(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut rows = Rows::new();
    let cursor = pull(&world, &till, &mut rows, 0, 1_000).await;
    world.admin.set_price(world.salt.id, Money::new(35_000)).await.unwrap();
    let id = world.salt.id.to_string();
    let cursor = pull(&world, &till, &mut rows, cursor, 1_000).await;
    let salt = &rows[&("product".to_owned(), id.clone())];
    assert_eq!((&salt["price"], &salt["price_version"]), (&Value::from(35_000), &Value::from(2)));

    let mut renamed = new_product("MUOI-2", 35_000, Some(world.sa_huynh));
    renamed.barcodes = vec!["8936000000014".to_owned()];
    world.admin.update_product(world.salt.id, &renamed).await.unwrap();
    world.admin.retire_product(world.basket.id).await.unwrap();
    let cursor = pull(&world, &till, &mut rows, cursor, 1_000).await;
    assert_eq!(rows[&("product".to_owned(), id.clone())]["price_version"], 2, "the price is the same");
    assert_eq!(rows[&("product".to_owned(), id)]["barcodes"], Value::from(vec!["8936000000014"]));
    assert!(!rows.contains_key(&("product".to_owned(), world.basket.id.to_string())));
    // A store that has not heard of it yet goes on selling, and that is counted.
    till.sell(&[(&world.basket, 1)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let before = rows.clone();
    assert_eq!(pull(&world, &till, &mut rows, cursor, 1_000).await, cursor);
    assert_eq!(rows, before, "what is gone stays gone");
    let mut anew = Rows::new();
    pull(&world, &till, &mut anew, 0, 1_000).await;
    assert_eq!(anew, rows);
}

async fn a_cursor_of_another_central(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let epoch = world.app.epoch;
    for query in [
        "?cursor=3".to_owned(),
        format!("?epoch={}&cursor=3", world.app.clock.new_uuid()),
        format!("?epoch={epoch}&cursor=1000000"),
        format!("?epoch={epoch}&cursor=-1"),
    ] {
        let answer = till.get(&world, &format!("/sync/v1/catalogue{query}"), "").await;
        assert_eq!((answer.status, answer.problem()), (410, Problem::Resync), "{query}");
    }
    let path = "/sync/v1/catalogue?cursor=0";
    let stranger = Till { key: protocol::SecretKey::from_bytes(&[3; 32]), ..till.clone() };
    assert_eq!(stranger.get(&world, path, "").await.status, 401);
    // Stores of another operator do not see these terms.
    let other = world
        .admin
        .add_operator(&central::admin::NewOperator {
            name: "Hộ kinh doanh".to_owned(),
            legal_status: "household".to_owned(),
            tax_number: String::new(),
            commission_tax: domain::Rate::ZERO,
        })
        .await
        .unwrap();
    let store = world.admin.add_store(&new_store(other, "DP")).await.unwrap();
    let till = Till::enrol(&world, store).await;
    let mut rows = Rows::new();
    pull(&world, &till, &mut rows, 0, 1_000).await;
    assert!(rows.keys().all(|(kind, _)| kind != "terms"));
}
