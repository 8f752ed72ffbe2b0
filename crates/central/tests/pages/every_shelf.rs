//! Every figure of the inventory, and of its files, against a slow count of single entries: random trade of four months in two stores,
//! lots that end, goods that came back, and goods between the stores.

use std::collections::BTreeMap;

use central::db::Db;
use central::db::users::Role;
use domain::cover::{FAST_A_WEEK, FAST_DAYS, NEAR_EXPIRY_DAYS, PACE_DAYS, SLOW_DAYS};
use domain::ids::{LotId, StoreId};
use domain::stock::{Lot, Owner};
use domain::stock_move::{MoveCause, moves};
use protocol::Kind;
use protocol::payload::Payload;
use serde_json::Value;
use time::{Date, Duration};
use uuid::Uuid;

use super::browser::{Browser, text};
use super::grid::{number, sheet};
use crate::books::transfers::{lot, send};
use crate::support::back::back;
use crate::support::random_world::{Last, RandomWorld};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(every_figure_of_the_inventory_is_that_of_the_entries);

/// A product in a store, as entries tell it.
#[derive(Clone, Default)]
struct Shelf {
    /// How much of each lot, whose it is, and its last day.
    lots: BTreeMap<LotId, (i64, Owner, Option<Date>)>,
    sold: i64,
    coming: i64,
}

/// What the page is to say of a product: left, own, under way, near its end, sold, a week, days, and what of it may be sold.
type Figures = (i64, i64, i64, i64, i64, i64, Option<i64>, i64);

/// Lots on both sides of the limits, sales on the first day that counts and the one before, and half a lot on its way.
fn limits(world: &World, till: &mut Till) {
    let ends = |till: &mut Till, days: Option<i64>| {
        let expires_on = days.map(|days| TODAY + Duration::days(days));
        till.receive_lot(&world.salt, 7, |lot| Lot { expires_on, ..lot })
    };
    till.day = TODAY - Duration::days(40);
    let lots =
        [Some(-1), Some(NEAR_EXPIRY_DAYS), Some(NEAR_EXPIRY_DAYS + 1), None].map(|days| ends(till, days));
    for (days, pieces) in [(PACE_DAYS, 3), (PACE_DAYS - 1, 2), (0, 1)] {
        till.day = TODAY - Duration::days(days);
        let line = till.line(&world.salt, pieces, Some(lots[1]));
        let sale = till.sell_lines(std::slice::from_ref(&line));
        if days == PACE_DAYS - 1 {
            till.day = TODAY;
            drop(till.take_back(sale, vec![back(0, &line, 0, 1)]));
        }
    }
    send(till, world.other_store, &[(lot(&world.salt, lots[3]), 4)]);
    till.receive(&world.basket, 9);
}

/// Reads every entry of the tills, one by one.
fn count(tills: &[Till], other: StoreId) -> BTreeMap<Uuid, BTreeMap<StoreId, Shelf>> {
    let (mut shelves, mut ends) = (BTreeMap::<Uuid, BTreeMap<StoreId, Shelf>>::new(), BTreeMap::new());
    for till in tills {
        for entry in &till.journal {
            let envelope = &entry.envelope;
            let kind = Kind::from(envelope.kind.as_str());
            let told = Payload::read(&kind, envelope.schema, &entry.shared).unwrap();
            if let Payload::GoodsIn(goods) = &told {
                ends.extend(goods.lines.iter().map(|line| (LotId::from_uuid(line.lot), line.expires_on)));
            }
            let fact = told.fact(envelope.business_date).unwrap();
            for moved in moves(&fact, till.stream.store_id).unwrap() {
                let product = shelves.entry(moved.product_id.uuid()).or_default();
                let shelf = product.entry(till.stream.store_id).or_default();
                let last = ends.get(&moved.lot_id).copied().flatten();
                shelf.lots.entry(moved.lot_id).or_insert((0, moved.owner, last)).0 += moved.quantity.milli();
                let is_trade = matches!(moved.cause, MoveCause::Sold | MoveCause::Refunded);
                if is_trade && TODAY - envelope.business_date < Duration::days(PACE_DAYS) {
                    shelf.sold -= moved.quantity.milli();
                }
                if moved.cause == MoveCause::Sent {
                    product.entry(other).or_default().coming -= moved.quantity.milli();
                }
            }
        }
    }
    shelves
}

fn figures(stores: &BTreeMap<StoreId, Shelf>) -> Figures {
    let sum = |of: &dyn Fn(&Shelf) -> i64| stores.values().map(of).sum::<i64>();
    let of_lots = |shelf: &Shelf, is: &dyn Fn(&Owner) -> bool| {
        shelf.lots.values().filter(|(_, owner, _)| is(owner)).map(|(milli, ..)| milli).sum::<i64>().max(0)
    };
    let is_near =
        |last: &Option<Date>| last.is_some_and(|last| last - TODAY <= Duration::days(NEAR_EXPIRY_DAYS));
    let near = |shelf: &Shelf| {
        shelf.lots.values().filter(|(.., last)| is_near(last)).map(|(milli, ..)| (*milli).max(0)).sum::<i64>()
    };
    let left = sum(&|shelf| of_lots(shelf, &|_| true));
    // What is past its last day lies there, and covers nothing.
    let good = sum(&|shelf| {
        let is_over = |last: &Option<Date>| last.is_some_and(|last| last < TODAY);
        let lots = shelf.lots.values().filter(|(milli, _, last)| *milli < 0 || !is_over(last));
        lots.map(|(milli, ..)| milli).sum::<i64>().max(0)
    });
    let own = sum(&|shelf| of_lots(shelf, &|owner| owner.producer_id().is_none()));
    let sold = sum(&|shelf| shelf.sold);
    // Tenths, half away from zero.
    let tenths = sold * 7 * 10 / PACE_DAYS;
    let week = (tenths + 500 * tenths.signum()) / 1_000 * 100;
    let days = (sold > 0).then(|| good * PACE_DAYS / sold);
    (left, own, sum(&|shelf| shelf.coming), sum(&near), sold, week, days, good)
}

fn told(product: &Value) -> Figures {
    let milli = |field: &str| product[field].as_i64().unwrap();
    (
        milli("left_milli"),
        milli("own_milli"),
        milli("under_way_milli"),
        milli("expiring_milli"),
        milli("sold_lately_milli"),
        milli("weekly_milli"),
        product["days"].as_i64(),
        milli("good_milli"),
    )
}

fn by_product(report: &Value) -> BTreeMap<Uuid, Figures> {
    let of = |product: &Value| (product["product_id"].as_str().unwrap().parse().unwrap(), told(product));
    report["products"].as_array().unwrap().iter().map(of).collect()
}

fn is_of(show: &str, (_, _, coming, near, sold, _, days, good): Figures) -> bool {
    match show {
        "fast" => sold * 7 >= FAST_A_WEEK * 1_000 * PACE_DAYS && days.unwrap() <= FAST_DAYS,
        "slow" => good > 0 && days.is_none_or(|days| days > SLOW_DAYS),
        "expiring" => near > 0,
        "under_way" => coming > 0,
        _ => true,
    }
}

async fn every_figure_of_the_inventory_is_that_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 21, Last::Operator, false).await;
    let first = random.tills[0].head.seq + 1;
    limits(&random.world, &mut random.tills[0]);
    random.tills[0].push_from(&random.world, first).await.ack();
    let world = &random.world;
    let shelves = count(&random.tills, world.other_store);
    let here = |one: Option<StoreId>| {
        let of = |stores: &BTreeMap<StoreId, Shelf>| {
            let kept = stores.iter().filter(|(store, _)| one.is_none_or(|one| **store == one));
            figures(&kept.map(|(store, shelf)| (*store, shelf.clone())).collect())
        };
        let all = shelves.iter().map(|(product, stores)| (*product, of(stores)));
        all.filter(|(_, of)| of.0 != 0 || of.2 != 0 || of.4 > 0).collect::<BTreeMap<_, _>>()
    };
    for role in [Role::Department, Role::Operator(world.operator)] {
        let mut browser = Browser::of(world, role).await;
        for (query, one) in [
            (String::new(), None),
            (format!("store={}&", world.store), Some(world.store)),
            (format!("store={}&", world.other_store), Some(world.other_store)),
        ] {
            let expected = here(one);
            assert!(expected.values().any(|of| of.3 > 0 && of.4 > 0) || one == Some(world.other_store));
            let all = browser.json(world, &format!("/inventory?{query}")).await;
            assert_eq!(by_product(&all), expected, "{query}");
            assert_eq!((&all["since"], &all["until"]), (&"2026-10-25".into(), &TODAY.to_string().into()));
            for show in ["fast", "slow", "expiring", "under_way"] {
                let shown: BTreeMap<_, _> =
                    expected.iter().filter(|(_, of)| is_of(show, **of)).map(|(id, of)| (*id, *of)).collect();
                assert_eq!(all["counts"][show].as_u64(), u64::try_from(shown.len()).ok(), "{show} {query}");
                let report = browser.json(world, &format!("/inventory?{query}show={show}")).await;
                assert_eq!(by_product(&report), shown, "{show} {query}");
            }
            files_say_the_same(world, &mut browser, (&query, &all)).await;
        }
    }
}

async fn files_say_the_same(world: &World, browser: &mut Browser, (query, all): (&str, &Value)) {
    let products = all["products"].as_array().unwrap();
    let rows = sheet(&browser.get(world, &format!("/inventory.xlsx?{query}")).await, "Tồn kho");
    let csv = text(&browser.get(world, &format!("/inventory.csv?{query}")).await);
    assert_eq!((rows.len(), csv.lines().count()), (products.len() + 1, products.len() + 1));
    for ((row, line), product) in rows[1..].iter().zip(csv.lines().skip(1)).zip(products) {
        assert_eq!(row[0].to_string(), product["name"].as_str().unwrap());
        assert!(line.contains(product["name"].as_str().unwrap()), "{line}");
        let (left, own, coming, near, sold, _, days, _) = told(product);
        for (column, milli) in [(3, left), (4, own), (5, coming), (6, near), (7, sold)] {
            assert_eq!(number(&row[column]) * 1_000, milli, "column {column} of {product}");
        }
        assert_eq!(days.is_none(), row[9].to_string().is_empty(), "{product}");
    }
}
