//! What a producer's pages say: owed, sold today and this month, left, under way, and the grid with its file; against a slow count of single
//! entries: random deliveries of lots that end, sales under two contracts, goods that came back, got lost, or went to the other store.

use std::collections::BTreeMap;

use central::admin::NewTerms;
use central::db::Db;
use central::db::users::Role;
use domain::consignment::{Basis, Bearer};
use domain::contract::Clauses;
use domain::ids::{ProducerId, SaleId};
use domain::refund::RefundLine;
use domain::removal::Cause;
use domain::stock::{Location, Lot};
use domain::{Money, Rate};
use protocol::payload::{Sale, SalePad};
use serde_json::Value;
use time::macros::{date, format_description};
use time::{Date, Duration};
use uuid::Uuid;

use super::browser::Browser;
use super::figures::{int, rows};
use super::grid::{number, sheet};
use crate::books::goods_out::{line, remove};
use crate::books::transfers::{lot, send, take_in};
use crate::support::back::back;
use crate::support::random_world::{Draws, Last, RandomWorld};
use crate::support::raw::{self, Line, Told};
use crate::support::{Goods, TODAY, Till, World};

testkit::on_both_engines!(every_figure_of_a_producer_is_that_of_the_entries);

/// Days of the pace.
const LATELY: i64 = 30;
/// The first day of another contract for garlic.
const RENEWED: Date = date!(2026 - 10 - 01);
/// A product in a store.
type Cell = (Uuid, Uuid);

/// Garlic under another contract: 15 % of what buyers pay, and discounts are the producer's.
async fn renewed(world: &World) -> Goods {
    let new = NewTerms {
        operator_id: world.operator,
        producer_id: world.phu_sinh,
        product_id: None,
        commission: Rate::percent(15),
        basis: Basis::Net,
        discount_bearer: Bearer::Producer,
        valid_from: RENEWED,
        clauses: Clauses::default(),
    };
    let id = world.admin.add_terms(&new).await.unwrap();
    world.garlic.with_terms(|terms| {
        terms.terms_id = Some(id);
        terms.commission = new.commission;
        terms.basis = new.basis;
        terms.discount_bearer = new.discount_bearer;
    })
}

/// Acts on every second day up to today.
fn trade(world: &World, till: &mut Till, goods: &[Goods; 3], draws: &mut Draws) {
    let [renewed, salt, added] = goods;
    for step in 0..45 {
        till.day = TODAY - Duration::days((44 - step) * 2);
        let garlic = if till.day < RENEWED { &world.garlic } else { renewed };
        let goods = [garlic, salt, added][usize::try_from(draws.below(3)).unwrap()];
        let pieces = draws.pieces();
        match draws.below(8) {
            0 | 1 => deliver(till, goods, pieces, draws),
            2 => drop(till.pay_producer(world.phu_sinh, pieces * 10_000)),
            3 => {
                let lot = till.receive(goods, pieces + 1);
                remove(till, Cause::Lost, &[line(goods, lot, pieces, pieces * 6_000)]);
            }
            4 => by_hand(till, salt, pieces),
            act => sell(till, goods, (pieces, act), draws),
        }
    }
    for goods in [renewed, salt] {
        till.receive_lot(goods, 5, |lot| Lot { expires_on: Some(TODAY - Duration::DAY), ..lot });
    }
    till.sell(&[(renewed, 1), (salt, 2), (added, 1)]);
}

/// A lot that has ended, ends some day, or never, and a sale of it.
fn deliver(till: &mut Till, goods: &Goods, pieces: i64, draws: &mut Draws) {
    let ends = [None, Some(TODAY - Duration::DAY), Some(TODAY), Some(TODAY + Duration::days(20))];
    let expires_on = ends[usize::try_from(draws.below(4)).unwrap()];
    let lot = till.receive_lot(goods, pieces * 3, |lot| Lot { expires_on, ..lot });
    let sold = till.line(goods, draws.pieces(), Some(lot));
    till.sell_lines(std::slice::from_ref(&sold));
}

/// Salt of four days before: its price and its contract are the same.
fn by_hand(till: &mut Till, salt: &Goods, pieces: i64) {
    let day = till.day - Duration::days(4);
    let claimed_at = web::format::moment_of(day, 600);
    let pad =
        SalePad { claimed_at, day, first_line: 1, last_line: 1, past_date: false, told_apart: Vec::new() };
    let sale = Sale { pad: Some(pad), ..till.sale_of(vec![till.line(salt, pieces, None)]) };
    let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::nil(), till.head.hash.bytes()));
    till.write_sale(id, &sale);
}

/// A sale with a discount; one of three is voided, of another a piece comes back, to the shelf or as waste that is paid for.
fn sell(till: &mut Till, goods: &Goods, (pieces, act): (i64, u64), draws: &mut Draws) {
    let mut line = till.line(goods, pieces, None);
    line.discount = Money::new(i64::try_from(draws.below(3)).unwrap() * 1_000);
    line.tax = line.tax_rate.inside(line.total().unwrap()).unwrap();
    let sale = till.sell_lines(std::slice::from_ref(&line));
    let (whole, piece) = (back(0, &line, 0, pieces), back(0, &line, 0, 1));
    let waste = RefundLine { back_to: Location::Waste, compensation: Money::new(5_000), ..piece.clone() };
    let (kind, line) = match (act, draws.below(2)) {
        (5, _) => ("void", whole),
        (6, 0) => ("refund", piece),
        (6, _) => ("refund", waste),
        _ => return,
    };
    let told = till.refund_of(vec![line]);
    till.write_refund(kind, Some(sale), &told);
}

/// Two lots of garlic go to the other store; one of them is taken in there, with a piece less.
async fn send_about(world: &World, tills: &mut [Till]) {
    let first = tills[0].head.seq + 1;
    let garlic = &world.garlic;
    let mut sent = Vec::new();
    for pieces in [3, 4] {
        let garlic = lot(garlic, tills[0].receive(garlic, pieces));
        sent.push((send(&mut tills[0], world.other_store, &[(garlic.clone(), pieces)]), garlic));
    }
    assert_eq!(tills[0].push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
    let (first, (number, garlic)) = (tills[1].head.seq + 1, sent.swap_remove(0));
    take_in(&mut tills[1], world.store, &number, &[(garlic, 3, 2, 390_000)]);
    assert_eq!(tills[1].push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
}

/// What entries tell of a producer.
struct Slow {
    lines: Vec<Line>,
    /// Store, and how much more it owes beside goods.
    changed: Vec<(Uuid, i64)>,
}

/// A product, or a cell, with how much was sold, what buyers paid and what is due.
type Sums = (i64, i64, i64);

impl Slow {
    /// Lines of what was merged are those of the other product.
    fn of(told: &[Told], producer: Uuid, (from, into): (Uuid, Uuid)) -> Self {
        let counted = |line: Line| {
            let product = if line.product == from { into } else { line.product };
            Line { product, ..line }
        };
        let lines = told.iter().flat_map(Told::lines).filter(|line| line.producer == Some(producer));
        let changed = told.iter().filter_map(|told| Some((told.store, told.owed_change()?)));
        let changed = changed.filter(|(_, (to, _))| *to == producer).map(|(store, (_, vnd))| (store, vnd));
        Self { lines: lines.map(counted).collect(), changed: changed.collect() }
    }

    /// What is owed for each store; where nothing is, it is left out.
    fn owed(&self) -> BTreeMap<Uuid, i64> {
        let mut owed = BTreeMap::<Uuid, i64>::new();
        for line in &self.lines {
            *owed.entry(line.store).or_default() += line.due + line.lost_vnd;
        }
        for (store, vnd) in &self.changed {
            *owed.entry(*store).or_default() += vnd;
        }
        owed.retain(|_, vnd| *vnd != 0);
        owed
    }

    /// Lines of sales, and of what came back, of some days.
    fn sold(&self, (from, to): (Date, Date)) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.sold != 0 && from <= line.day && line.day <= to)
    }

    fn sum(&self, days: (Date, Date)) -> Sums {
        self.sold(days).fold((0, 0, 0), add)
    }

    fn by<K: Ord>(&self, days: (Date, Date), key: impl Fn(&Line) -> K) -> BTreeMap<K, Sums> {
        let mut sums = BTreeMap::<K, Sums>::new();
        for line in self.sold(days) {
            let sum = sums.entry(key(line)).or_default();
            *sum = add(*sum, line);
        }
        sums
    }

    /// What stands on shelves lot by lot, with the last day of each.
    fn lots(&self) -> BTreeMap<(Cell, Uuid), (i64, Option<Date>)> {
        let mut lots = BTreeMap::<(Cell, Uuid), (i64, Option<Date>)>::new();
        for line in &self.lines {
            let lot = lots.entry(((line.product, line.store), line.lot)).or_default();
            *lot = (lot.0 + line.shelf, lot.1.or(line.ends));
        }
        lots
    }

    /// Left, of it ended, and sold lately; where neither is anything, it is left out.
    fn shelves(&self) -> BTreeMap<Cell, (i64, i64, i64)> {
        let mut shelves = BTreeMap::<Cell, (i64, i64, i64)>::new();
        for ((cell, _), (left, ends)) in self.lots() {
            let shelf = shelves.entry(cell).or_default();
            shelf.0 += left;
            shelf.1 += if ends.is_some_and(|ends| ends < TODAY) { left.max(0) } else { 0 };
        }
        for (cell, sums) in self.by((TODAY - Duration::days(LATELY - 1), TODAY), cell) {
            shelves.entry(cell).or_default().2 += sums.0;
        }
        shelves.retain(|_, (left, _, sold)| *left != 0 || *sold != 0);
        shelves
    }
}

fn add((milli, vnd, due): Sums, line: &Line) -> Sums {
    (milli + line.sold, vnd + line.vnd, due + line.due)
}

fn cell(line: &Line) -> Cell {
    (line.product, line.store)
}

async fn every_figure_of_a_producer_is_that_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 61, Last::Operator, true).await;
    let mut tills = std::mem::take(&mut random.tills);
    let world = &random.world;
    let renewed = renewed(world).await;
    let added = Goods {
        id: random.added.into(),
        facts: None,
        sku: "TAM-77".to_owned(),
        price: Money::new(120_000),
        ..world.garlic.clone()
    };
    let goods = [renewed, world.salt.clone(), added];
    let mut draws = Draws::new(62);
    for till in &mut tills {
        let first = till.head.seq + 1;
        trade(world, till, &goods, &mut draws);
        assert_eq!(till.push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
    }
    send_about(world, &mut tills).await;
    world.admin.merge_product(random.added.into(), world.garlic.id).await.unwrap();
    let told = raw::read(&world.app.db).await;
    let merged = (random.added, world.garlic.id.uuid());
    for producer in [world.phu_sinh, world.sa_huynh] {
        let slow = Slow::of(&told, producer.uuid(), merged);
        check(world, producer, &slow).await;
    }
}

async fn check(world: &World, producer: ProducerId, slow: &Slow) {
    let mut browser = Browser::of(world, Role::Producer(producer)).await;
    check_first_page(&browser.json(world, "/me").await, slow);
    let consigned = browser.json(world, "/me/consigned").await;
    check_goods(&consigned, slow);
    let is_on_its_way = !rows(&consigned, "under_way").is_empty();
    assert_eq!(is_on_its_way, producer == world.phu_sinh, "{consigned}");
    for goods in rows(&consigned, "goods") {
        let cell = (id(goods, "product_id"), id(goods, "store_id"));
        let picked = format!("/me/consigned?product={}&store={}", cell.0, cell.1);
        check_lots(&browser.json(world, &picked).await, slow, cell);
    }
    for query in ["period=week", "period=month", "period=quarter", "period=year", "month=2026-10"] {
        check_sold(&browser.json(world, &format!("/me/sold?{query}")).await, slow, query);
    }
    for (month, days) in [
        ("2026-11", (date!(2026 - 11 - 01), date!(2026 - 11 - 30))),
        ("2026-10", (date!(2026 - 10 - 01), date!(2026 - 10 - 31))),
        ("2026-08", (date!(2026 - 08 - 01), date!(2026 - 08 - 31))),
    ] {
        let grid = browser.json(world, &format!("/me/grid?month={month}")).await;
        check_grid(&grid, slow, days);
        let file = browser.get(world, &format!("/me/grid.xlsx?month={month}")).await;
        check_sheet(&grid, &sheet(&file, "Bảng tổng hợp"));
        let (days_told, sum) = (sheet(&file, "Bán theo ngày"), slow.sum(days));
        let column = |place: usize| days_told[1..].iter().map(|row| number(&row[place])).sum::<i64>();
        assert_eq!((column(4) * 1_000, column(5), column(6)), sum, "{month}");
    }
}

fn id(value: &Value, name: &str) -> Uuid {
    value[name].as_str().unwrap().parse().unwrap()
}

fn day(value: &Value, name: &str) -> Date {
    Date::parse(value[name].as_str().unwrap(), format_description!("[year]-[month]-[day]")).unwrap()
}

fn check_first_page(me: &Value, slow: &Slow) {
    let owed = slow.owed();
    assert_eq!(int(me, "owed_vnd"), owed.values().sum::<i64>());
    let operators = rows(me, "owed_by");
    let stores = || operators.iter().flat_map(|operator| rows(operator, "stores"));
    assert_eq!(
        stores().map(|store| (id(store, "store_id"), int(store, "owed_vnd"))).collect::<BTreeMap<_, _>>(),
        owed
    );
    for operator in operators {
        let sum: i64 = rows(operator, "stores").iter().map(|store| int(store, "owed_vnd")).sum();
        assert_eq!(int(operator, "owed_vnd"), sum, "{operator}");
    }
    assert!(operators.len() == 2, "two operators owe: {me}");
    for (field, from) in [("sold_today", TODAY), ("sold_month", date!(2026 - 11 - 01))] {
        let (_, vnd, due) = slow.sum((from, TODAY));
        assert!(vnd > 0, "there is something to compare");
        assert_eq!((int(&me[field], "revenue_vnd"), int(&me[field], "due_vnd")), (vnd, due), "{field}");
    }
    assert_eq!(int(me, "revenue_vnd"), slow.sum((TODAY - Duration::days(LATELY - 1), TODAY)).1);
    assert_eq!(me["goods_count"].as_u64(), u64::try_from(slow.shelves().len()).ok());
}

fn check_goods(consigned: &Value, slow: &Slow) {
    let told = rows(consigned, "goods").iter().map(|row| {
        let figures = ["left_milli", "ended_milli", "sold_lately_milli"].map(|field| int(row, field));
        ((id(row, "product_id"), id(row, "store_id")), figures.into())
    });
    let shelves = slow.shelves();
    assert!(
        shelves.values().any(|(_, ended, sold)| *ended > 0 && *sold > 0),
        "there is something to compare"
    );
    assert_eq!(told.collect::<BTreeMap<Cell, (i64, i64, i64)>>(), shelves);
    let way: i64 = slow.lines.iter().map(|line| line.way).sum();
    let told: i64 = rows(consigned, "under_way").iter().map(|row| int(row, "quantity_milli")).sum();
    assert_eq!(told, way);
}

fn check_lots(consigned: &Value, slow: &Slow, cell: Cell) {
    let ends = |row: &Value| (!row["expires_on"].is_null()).then(|| day(row, "expires_on"));
    let mut told: Vec<(i64, Option<Date>)> =
        rows(consigned, "lots").iter().map(|row| (int(row, "left_milli"), ends(row))).collect();
    let lots = slow.lots().into_iter().filter(|((of, _), (left, _))| *of == cell && *left != 0);
    let mut expected: Vec<_> = lots.map(|(_, lot)| lot).collect();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected, "{consigned}");
}

fn check_sold(sold: &Value, slow: &Slow, query: &str) {
    let days = (day(sold, "from"), day(sold, "to"));
    let sums = |row: &Value| (int(row, "quantity_milli"), int(row, "revenue_vnd"), int(row, "due_vnd"));
    let told = rows(sold, "products").iter().map(|row| (id(row, "product_id"), sums(row)));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), slow.by(days, |line| line.product), "{query}");
    let (_, vnd, due) = slow.sum(days);
    assert_eq!((int(sold, "revenue_vnd"), int(sold, "due_vnd")), (vnd, due), "{query}");
    if !query.starts_with("month") {
        return;
    }
    assert_eq!(sold["is_cut"].as_bool(), Some(false));
    let mut by_day = BTreeMap::<Date, Sums>::new();
    for row in rows(sold, "lately") {
        let (sum, more) = (by_day.entry(day(row, "day")).or_default(), sums(row));
        *sum = (sum.0 + more.0, sum.1 + more.1, sum.2 + more.2);
    }
    assert_eq!(by_day, slow.by(days, |line| line.day), "{query}");
}

fn check_grid(grid: &Value, slow: &Slow, days: (Date, Date)) {
    let mut expected = BTreeMap::<Cell, (i64, Sums)>::new();
    for ((cell, _), (left, _)) in slow.lots() {
        expected.entry(cell).or_default().0 += left;
    }
    for (cell, sums) in slow.by(days, cell) {
        expected.entry(cell).or_default().1 = sums;
    }
    expected.retain(|_, figures| *figures != (0, (0, 0, 0)));
    let money = |row: &Value| (int(&row["sums"], "revenue_vnd"), int(&row["sums"], "due_vnd"));
    let figures = |row: &Value| {
        let (vnd, due) = money(row);
        (int(row, "left_milli"), (int(row, "sold_milli"), vnd, due))
    };
    let mut told = BTreeMap::new();
    for product in rows(grid, "products") {
        let product_id = id(product, "product_id");
        for cell in rows(product, "cells") {
            told.insert((product_id, id(cell, "store_id")), figures(cell));
        }
        let of_it = expected.iter().filter(|((of, _), _)| *of == product_id);
        assert_eq!(figures(product), of_it.fold((0, (0, 0, 0)), |sum, (_, more)| plus(sum, *more)));
    }
    assert_eq!(told, expected);
    let owed = slow.owed();
    for store in rows(grid, "stores") {
        let store_id = id(store, "store_id");
        let of_it = expected.iter().filter(|((_, of), _)| *of == store_id);
        let (left, (sold, vnd, due)) = of_it.fold((0, (0, 0, 0)), |sum, (_, more)| plus(sum, *more));
        assert_eq!(money(store), (vnd, due), "{store}");
        let of_units = |field: &str| rows(store, "units").iter().map(|unit| int(unit, field)).sum::<i64>();
        assert_eq!((of_units("left_milli"), of_units("sold_milli")), (left, sold), "{store}");
        assert_eq!(int(store, "owed_vnd"), owed.get(&store_id).copied().unwrap_or_default(), "{store}");
    }
    let (_, vnd, due) = slow.sum(days);
    assert_eq!(money(grid), (vnd, due));
    assert_eq!(int(grid, "owed_vnd"), owed.values().sum::<i64>());
}

fn plus((left, sums): (i64, Sums), (more_left, more): (i64, Sums)) -> (i64, Sums) {
    (left + more_left, (sums.0 + more.0, sums.1 + more.1, sums.2 + more.2))
}

/// The file has a column for each figure of each store, and of all.
fn check_sheet(grid: &Value, cells: &[Vec<calamine::Data>]) {
    let (products, stores) = (rows(grid, "products"), rows(grid, "stores"));
    assert_eq!(cells.len(), products.len() + 2);
    let figures = |row: &Value| {
        [int(row, "left_milli") / 1_000, int(row, "sold_milli") / 1_000, int(&row["sums"], "due_vnd")]
    };
    for (cells, product) in cells[1..].iter().zip(products) {
        assert_eq!(cells[0].to_string(), product["name"].as_str().unwrap());
        let of_store = |store: &Value| {
            rows(product, "cells").iter().find(|cell| cell["store_id"] == store["store_id"]).map(figures)
        };
        let expected = stores.iter().map(of_store).chain([Some(figures(product))]);
        for (place, expected) in expected.enumerate() {
            let told = [0, 1, 2].map(|column| &cells[2 + place * 3 + column]);
            match expected {
                Some(expected) => assert_eq!(told.map(number), expected, "{product}"),
                None => assert!(told.iter().all(|cell| **cell == calamine::Data::Empty), "{product}"),
            }
        }
    }
    let sums = &cells[cells.len() - 1];
    let of_all = stores.iter().chain([grid]).map(|row| int(&row["sums"], "due_vnd"));
    for (place, due) in of_all.enumerate() {
        assert_eq!(number(&sums[4 + place * 3]), due);
    }
}
