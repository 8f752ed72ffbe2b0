//! Every figure of the inventory, of scanned labels and of an operator's first page against a slow count of single entries: random
//! deliveries, sales, goods that came back and went back, on both engines.

use std::collections::{BTreeMap, BTreeSet};

use central::db::engine::Sql;
use central::db::users::Role;
use central::db::{Db, packs};
use domain::removal::Cause;
use domain::stock::Lot;
use serde_json::Value;
use time::{Date, Duration};
use uuid::Uuid;

use super::browser::Browser;
use super::figures::int;
use crate::books::goods_out::{line, remove};
use crate::support::back::back;
use crate::support::random_world::{Draws, Last, RandomWorld};
use crate::support::{Goods, TODAY, Till, World, goods};

testkit::on_both_engines!(every_piece_is_that_of_the_entries);

/// Days of the pace, and of scans.
const DAYS: i64 = 30;

/// A line of goods as an entry tells it.
struct Line {
    store: Uuid,
    day: Date,
    kind: String,
    product: Uuid,
    lot: Uuid,
    code: Option<String>,
    is_own: bool,
    milli: i64,
}

/// A store, the day on its paper, and what was paid, receipts and cash.
type Paper = (Uuid, Option<Date>, i64, i64, i64);

/// What entries tell.
#[derive(Default)]
struct Entries {
    lines: Vec<Line>,
    /// Store, day, what a receipt came to, whether it is one, and its cash.
    papers: Vec<Paper>,
}

impl Entries {
    async fn read(db: &Db) -> Self {
        let entries: Vec<(Uuid, String, Option<Date>, Vec<u8>)> = db
            .all(Sql::new(
                "select store_id, kind, business_date, shared from entries where state = 'projected'",
            ))
            .await
            .unwrap();
        let mut all = Self::default();
        for (store, kind, day, shared) in entries {
            let told: Value = serde_json::from_slice(&shared).unwrap();
            let cash: i64 = told["tenders"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|tender| tender["kind"] == "cash")
                .map(|tender| tender["amount"].as_i64().unwrap())
                .sum();
            let number = |name: &str| told[name].as_i64().unwrap_or_default();
            match kind.as_str() {
                "sale" => all.papers.push((store, day, number("payable"), 1, cash)),
                "refund" => all.papers.push((store, day, -number("paid"), 0, -cash)),
                "void" => all.papers.push((store, day, -number("paid"), -1, -cash)),
                "settlement" | "producer_paid" => all.papers.push((store, None, 0, 0, -cash)),
                "producer_adjusted" => all.papers.push((store, None, 0, 0, cash)),
                _ => {}
            }
            if !["sale", "refund", "void", "goods_in", "goods_out"].contains(&kind.as_str()) {
                continue;
            }
            for line in told["lines"].as_array().unwrap() {
                let id = |name: &str| line[name].as_str().map(|text| text.parse::<Uuid>().unwrap());
                let producer = line["producer"].as_str().or(line["terms"]["producer"].as_str());
                all.lines.push(Line {
                    store,
                    day: day.unwrap(),
                    kind: kind.clone(),
                    product: id("product").unwrap(),
                    lot: id("lot").unwrap(),
                    code: line["code"].as_str().map(str::to_owned),
                    is_own: producer.is_none(),
                    milli: line["quantity"].as_i64().unwrap(),
                });
            }
        }
        all
    }

    /// To the shelf; below zero for away from it.
    fn shelf(line: &Line) -> i64 {
        if ["sale", "goods_out"].contains(&line.kind.as_str()) { -line.milli } else { line.milli }
    }

    fn sold(line: &Line) -> i64 {
        match line.kind.as_str() {
            "sale" => line.milli,
            "refund" | "void" => -line.milli,
            _ => 0,
        }
    }

    fn sum(&self, of: fn(&Line) -> i64, counts: impl Fn(&Line) -> bool) -> i64 {
        self.lines.iter().filter(|line| counts(line)).map(of).sum()
    }

    fn products(&self) -> BTreeSet<Uuid> {
        self.lines.iter().map(|line| line.product).collect()
    }

    /// What stands on a shelf, and what was sold there in the last thirty days.
    fn of_store(&self, store: Uuid, product: Uuid) -> (i64, i64) {
        let is_it = |line: &Line| (line.store, line.product) == (store, product);
        let lately = TODAY - Duration::days(DAYS);
        (self.sum(Self::shelf, is_it), self.sum(Self::sold, |line| is_it(line) && line.day > lately))
    }
}

/// Deliveries of two lots with codes, and sales out of them; of some a piece comes back, and some of a lot goes back.
fn trade(till: &mut Till, sweets: &Goods, draws: &mut Draws) {
    for code in ["L1", "l2"] {
        till.day = TODAY - Duration::days(50);
        let written = |lot: Lot| Lot { code: Some(code.to_owned()), ..lot };
        let pieces = 10 + draws.pieces();
        let lot = till.receive_lot(sweets, pieces, written);
        for _ in 0..4 {
            till.day = TODAY - Duration::days(i64::try_from(draws.below(49)).unwrap());
            let sold = till.line(sweets, draws.pieces().min(2), Some(lot));
            let sale = till.sell_lines(std::slice::from_ref(&sold));
            match draws.below(4) {
                0 => drop(till.take_back(sale, vec![back(0, &sold, 0, 1)])),
                1 => {
                    let pieces = sold.quantity.milli() / 1_000;
                    let void = till.refund_of(vec![back(0, &sold, 0, pieces)]);
                    till.write_refund("void", Some(sale), &void);
                }
                _ => {}
            }
        }
        remove(till, Cause::Tasted, &[line(sweets, lot, 1, 0)]);
    }
    till.day = TODAY;
    till.sell(&[(sweets, 1)]);
}

async fn every_piece_is_that_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 21, Last::Operator, true).await;
    let mut tills = std::mem::take(&mut random.tills);
    let world = &random.world;
    let sweets = goods(&world.app, &world.admin, "KEO", 10_000, None).await;
    let mut draws = Draws::new(22);
    for till in &mut tills {
        let first = till.head.seq + 1;
        trade(till, &sweets, &mut draws);
        assert_eq!(till.push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
    }
    let entries = Entries::read(&world.app.db).await;
    let all: BTreeSet<Uuid> = entries.lines.iter().map(|line| line.store).collect();
    let own = BTreeSet::from([world.store.uuid(), world.other_store.uuid()]);
    let mut department = Browser::of(world, Role::Department).await;
    let mut operator = Browser::of(world, Role::Operator(world.operator)).await;
    for (browser, stores) in [(&mut department, &all), (&mut operator, &own)] {
        check_inventory(&browser.json(world, "/inventory").await, &entries, stores);
    }
    let one = format!("/inventory?store={}", world.store);
    check_inventory(&department.json(world, &one).await, &entries, &BTreeSet::from([world.store.uuid()]));
    let shops = operator.json(world, "/shops").await;
    check_shops(&shops, &entries, &own);
    assert_eq!(shops["goods"], operator.json(world, "/inventory").await["counts"]);
    check_scans(world, &mut department, &entries, &sweets).await;
}

fn check_inventory(report: &Value, entries: &Entries, stores: &BTreeSet<Uuid>) {
    let told: BTreeMap<Uuid, &Value> = report["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["product_id"].as_str().unwrap().parse().unwrap(), row))
        .collect();
    let mut counts = [0; 4];
    for product in entries.products() {
        let of: BTreeMap<Uuid, (i64, i64)> =
            stores.iter().map(|store| (*store, entries.of_store(*store, product))).collect();
        let left: i64 = of.values().map(|(left, _)| (*left).max(0)).sum();
        let sold: i64 = of.values().map(|(_, sold)| sold).sum();
        if left == 0 && sold <= 0 {
            assert!(!told.contains_key(&product), "{product} is history");
            continue;
        }
        let row = told[&product];
        assert_eq!((int(row, "left_milli"), int(row, "sold_lately_milli")), (left, sold), "{product}");
        assert_eq!(row["days"].as_i64(), (sold > 0).then(|| left * DAYS / sold.max(1)), "{product}");
        let own = |store: &Uuid| {
            let is_own = |line: &Line| (line.store, line.product) == (*store, product) && line.is_own;
            entries.sum(Entries::shelf, is_own).max(0)
        };
        assert_eq!(int(row, "own_milli"), stores.iter().map(own).sum::<i64>(), "{product}");
        let places: BTreeMap<Uuid, (i64, i64)> = row["stores"]
            .as_array()
            .unwrap()
            .iter()
            .map(|place| {
                let id = place["store_id"].as_str().unwrap().parse().unwrap();
                (id, (int(place, "left_milli"), int(place, "sold_lately_milli")))
            })
            .filter(|(_, figures)| *figures != (0, 0))
            .collect();
        let expected: BTreeMap<_, _> =
            of.clone().into_iter().filter(|(_, figures)| *figures != (0, 0)).collect();
        assert_eq!(places, expected, "{product}");
        let any = |is: fn(&(i64, i64)) -> bool| i64::from(of.values().any(is));
        counts[0] += 1;
        counts[1] += any(|(left, sold)| *left < 0 || (*left == 0 && *sold > 0));
        counts[2] += any(|(left, sold)| *left > 0 && *sold > 0 && *left * DAYS / *sold < 7);
        counts[3] += i64::from(left > 0 && sold <= 0);
    }
    let told = ["all", "out", "low", "slow"].map(|name| int(&report["counts"], name));
    assert_eq!(told, counts);
}

fn check_shops(report: &Value, entries: &Entries, stores: &BTreeSet<Uuid>) {
    let papers = |store: Option<Uuid>, day: Option<Date>| {
        let is_there = move |paper: &&Paper| {
            stores.contains(&paper.0)
                && store.is_none_or(|store| store == paper.0)
                && day.is_none_or(|day| paper.1 == Some(day))
        };
        let picked: Vec<_> = entries.papers.iter().filter(is_there).collect();
        let sum = |of: fn(&Paper) -> i64| picked.iter().map(|paper| of(paper)).sum::<i64>();
        (sum(|paper| paper.2), sum(|paper| paper.3), sum(|paper| paper.4))
    };
    let (today, receipts, _) = papers(None, Some(TODAY));
    assert!(receipts > 0, "there is something to compare");
    assert_eq!((int(report, "today_vnd"), int(report, "receipts")), (today, receipts));
    assert_eq!(int(report, "before_vnd"), papers(None, Some(TODAY - Duration::DAY)).0);
    assert_eq!(int(report, "cash_vnd"), papers(None, None).2);
    for row in report["stores"].as_array().unwrap() {
        let store = Some(row["store_id"].as_str().unwrap().parse().unwrap());
        let (today, receipts, _) = papers(store, Some(TODAY));
        assert_eq!((int(row, "today_vnd"), int(row, "receipts")), (today, receipts), "{row}");
        assert_eq!(int(row, "cash_vnd"), papers(store, None).2, "{row}");
    }
}

/// Lot 1 is looked at now and then, lot 2 far more often than its packs explain; what was long ago does not count.
async fn check_scans(world: &World, browser: &mut Browser, entries: &Entries, sweets: &Goods) {
    let scan = async |code: &str, back: i64, times: usize| {
        for _ in 0..times {
            packs::count_scan(&world.app.db, sweets.id, code, TODAY - Duration::days(back)).await.unwrap();
        }
    };
    scan("L1", 0, 3).await;
    scan("l1", 29, 4).await;
    scan("L1", 40, 100).await;
    scan("L2", 2, 200).await;
    let report = browser.json(world, "/scans").await;
    assert_eq!(int(&report, "scans"), 207);
    let labels = report["labels"].as_array().unwrap();
    assert_eq!(labels.len(), 2);
    for (label, code, scans) in [(&labels[0], "l2", 200), (&labels[1], "l1", 7)] {
        let lots: BTreeSet<(Uuid, Uuid)> = entries
            .lines
            .iter()
            .filter(|line| line.code.as_ref().is_some_and(|of| of.to_lowercase() == code))
            .map(|line| (line.store, line.lot))
            .collect();
        let is_it = |line: &Line| lots.contains(&(line.store, line.lot));
        let (sold, left) = (entries.sum(Entries::sold, is_it), entries.sum(Entries::shelf, is_it));
        assert_eq!(label["lot"].as_str().unwrap().to_lowercase(), code);
        assert_eq!(
            (int(label, "scans"), int(label, "sold_milli"), int(label, "on_shelf_milli")),
            (scans, sold, left),
            "{label}"
        );
        let explained = (sold.max(0) / 1_000 + left.max(0) / 1_000) * 5;
        assert_eq!(label["is_suspicious"].as_bool(), Some(scans >= 30 && scans > explained), "{label}");
    }
}
