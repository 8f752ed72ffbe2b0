//! Points at equal age, and their files, against a slow count of single entries: points that opened, sold, fell silent and closed on random
//! days, one that sold before its step says that it opened, and one whose sales wait for approval.

use std::collections::BTreeMap;

use calamine::Data;
use central::admin::NewPoint;
use central::db::Db;
use central::db::users::Role;
use domain::Money;
use domain::ids::{PointId, SaleId, StoreId};
use domain::point::PointState;
use protocol::payload::{Sale, SalePad};
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration};
use uuid::Uuid;

use super::browser::{Browser, text};
use super::figures::{int, rows};
use super::grid::{number, sheet};
use crate::support::back::back;
use crate::support::random_world::Draws;
use crate::support::raw::{self, Line, Told};
use crate::support::{TODAY, Till, World, new_store};

testkit::on_both_engines!(every_week_of_life_is_that_of_the_entries);

/// So many days after the first word some stores tell more, and everybody looks.
const LATER: i64 = 24;
const DAY_MS: i64 = 86_400_000;

/// A point as it was made.
struct Made {
    point: Uuid,
    name: String,
    store: StoreId,
    opened_on: Date,
    closed_on: Option<Date>,
    /// The day of its store's last word that counts.
    heard: Option<Date>,
}

/// What a point lived through: its first day, and what it sold in each whole week.
struct Life<'a> {
    made: &'a Made,
    opened_on: Date,
    weeks: Vec<i64>,
}

async fn opened(world: &World, number: u128, opened_on: Date) -> (Made, Till) {
    let (id, name) = (PointId::from_uuid(Uuid::from_u128(500 + number)), format!("Điểm OCOP P{number}"));
    let new = NewPoint { name: name.clone(), operator_id: Some(world.operator), ..NewPoint::default() };
    world.admin.add_point_as(id, &new, opened_on).await.unwrap();
    let of_till = new_store(world.operator, &format!("P{number}"));
    let store = world.admin.give_point_store(id, &of_till).await.unwrap();
    world.admin.take_point_step(id, PointState::Open, opened_on, "").await.unwrap();
    let made = Made { point: id.uuid(), name, store, opened_on, closed_on: None, heard: None };
    (made, Till::enrol(world, store).await)
}

fn drawn(draws: &mut Draws, days: u64) -> Duration {
    Duration::days(i64::try_from(draws.below(days)).unwrap())
}

/// Sales on random days, some of them written by hand three days before; goods that came back, and sales that never were.
fn trade(world: &World, till: &mut Till, (first, last): (Date, Date), draws: &mut Draws) {
    let span = u64::try_from((last - first).whole_days()).unwrap() + 1;
    for _ in 0..24 {
        till.day = first + drawn(draws, span);
        let mut line = till.line(&world.basket, draws.pieces(), None);
        line.discount = Money::new(i64::try_from(draws.below(3)).unwrap() * 1_000);
        line.tax = line.tax_rate.inside(line.total().unwrap()).unwrap();
        let pad = (draws.below(6) == 0).then(|| pad(till.day - Duration::days(3)));
        let sale = Sale { pad, ..till.sale_of(vec![line.clone()]) };
        let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::nil(), till.head.hash.bytes()));
        till.write_sale(id, &sale);
        match draws.below(5) {
            0 => drop(till.take_back(id, vec![back(0, &line, 0, 1)])),
            1 => {
                let void = till.refund_of(vec![back(0, &line, 0, line.quantity.milli() / 1_000)]);
                till.write_refund("void", Some(id), &void);
            }
            _ => {}
        }
    }
}

fn pad(day: Date) -> SalePad {
    let claimed_at = web::format::moment_of(day, 600);
    SalePad { claimed_at, day, first_line: 1, last_line: 1, past_date: false, told_apart: Vec::new() }
}

/// Six points that tell, four weeks apart and more; the seventh waits for approval.
async fn points(world: &World) -> Vec<Made> {
    let mut draws = Draws::new(51);
    let (mut all, mut tills) = (Vec::new(), Vec::new());
    for number in 0..7u128 {
        let age = Duration::days(i64::try_from(40 + 80 * number).unwrap()) + drawn(&mut draws, 60);
        let (mut made, mut till) = opened(world, number, TODAY - age).await;
        if number < 6 {
            world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
            made.heard = Some(TODAY);
        }
        let first = made.opened_on - drawn(&mut draws, 12);
        trade(world, &mut till, (first, TODAY), &mut draws);
        assert_eq!(till.push_from(world, 1).await.ack().exceptions, Vec::<i64>::new());
        all.push(made);
        tills.push(till);
    }
    for place in [1, 4] {
        let (point, day) = (PointId::from_uuid(all[place].point), TODAY - drawn(&mut draws, 20));
        world.admin.take_point_step(point, PointState::Closed, day, "Hết hợp đồng").await.unwrap();
        all[place].closed_on = Some(day);
    }
    // The fifth one sells on, though its file says that it has closed.
    world.clock.advance(LATER * DAY_MS);
    let now = TODAY + Duration::days(LATER);
    for place in [0, 2, 4] {
        let first = tills[place].head.seq + 1;
        trade(world, &mut tills[place], (TODAY, now), &mut draws);
        assert_eq!(tills[place].push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
        all[place].heard = Some(now);
    }
    for (store, code) in [(world.store, "LS"), (world.other_store, "QN")] {
        let name = format!("Điểm OCOP {code}");
        let (point, opened_on) = (store.uuid(), TODAY);
        all.push(Made { point, name, store, opened_on, closed_on: None, heard: None });
    }
    all
}

/// Walks through the weeks of a point, day by day, for as long as each day of one is over, was told, and lies before its end.
fn lived<'a>(told: &[Told], made: &'a Made, now: Date) -> Life<'a> {
    let of_store = told.iter().filter(|told| told.store == made.store.uuid());
    let lines: Vec<Line> = of_store.flat_map(Told::lines).collect();
    let opened_on = lines.iter().map(|line| line.day).fold(made.opened_on, Ord::min);
    let is_over = |day: Date| {
        day < now
            && made.heard.is_some_and(|heard| day < heard)
            && made.closed_on.is_none_or(|closed_on| day < closed_on)
    };
    let mut weeks = Vec::new();
    loop {
        let first = opened_on + Duration::weeks(i64::try_from(weeks.len()).unwrap());
        let days: Vec<Date> = (0..7).map(|day| first + Duration::days(day)).collect();
        if !days.iter().all(|day| is_over(*day)) {
            return Life { made, opened_on, weeks };
        }
        let sold = lines.iter().filter(|line| days.contains(&line.day));
        weeks.push(sold.map(|line| line.vnd).sum());
    }
}

async fn every_week_of_life_is_that_of_the_entries(db: Db) {
    let world = World::new(db).await;
    let all = points(&world).await;
    let now = TODAY + Duration::days(LATER);
    let told = raw::read(&world.app.db).await;
    let lives: Vec<Life> = all.iter().map(|made| lived(&told, made, now)).collect();
    assert!(lives.iter().any(|life| life.opened_on < life.made.opened_on), "one sold before it opened");
    let mut browser = Browser::of(&world, Role::Department).await;
    for (query, new_since, most) in [
        ("", now - Duration::days(365), 26),
        ("?new_since=2026-06-01&weeks=8", date!(2026 - 06 - 01), 8),
        ("?new_since=2026-12-17&weeks=104", now, 104),
        ("?new_since=2020-01-01&weeks=4", date!(2020 - 01 - 01), 4),
    ] {
        let report = browser.json(&world, &format!("/points/ages{query}")).await;
        check_weeks(&report, &lives, (new_since, most));
        check_points(&report, &lives, new_since);
        files_say_the_same(&world, &mut browser, (query, &report)).await;
    }
}

/// Week by week: sum and count of new points, and of old ones.
fn check_weeks(report: &Value, lives: &[Life], (new_since, most): (Date, usize)) {
    let of_week = |week: usize| {
        let sums = [true, false].map(|is_new| {
            let group = lives.iter().filter(|life| (life.opened_on >= new_since) == is_new);
            let sold: Vec<i64> = group.filter_map(|life| life.weeks.get(week).copied()).collect();
            (sold.iter().sum::<i64>(), i64::try_from(sold.len()).unwrap())
        });
        (i64::try_from(week + 1).unwrap(), sums)
    };
    let mut expected: Vec<_> = (0..most).map(of_week).collect();
    while expected.last().is_some_and(|(_, [new, old])| new.1 + old.1 == 0) {
        expected.pop();
    }
    let sums = |week: &Value| {
        ["of_new", "of_old"].map(|group| (int(&week[group], "sum_vnd"), int(&week[group], "of_count")))
    };
    let told: Vec<_> =
        rows(report, "weeks").iter().map(|week| (int(week, "week_number"), sums(week))).collect();
    assert_eq!(told, expected, "new since {new_since}");
    let is_seen = expected.iter().any(|(_, sums)| sums.iter().all(|(vnd, count)| *vnd > 0 && *count > 0));
    assert!(is_seen || most != 26, "there is something to compare");
}

/// Name, first day, new, whole weeks, sum, weeks in it, and the last one.
type PointTold = (String, String, bool, i64, i64, i64, Option<i64>);

fn check_points(report: &Value, lives: &[Life], new_since: Date) {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let told = |row: &Value| -> (String, PointTold) {
        let mean = &row["mean"];
        let told = (
            text(row, "name"),
            text(row, "opened_on"),
            row["is_new"].as_bool().unwrap(),
            int(row, "week_count"),
            int(mean, "sum_vnd"),
            int(mean, "of_count"),
            row["last_week_vnd"].as_i64(),
        );
        (text(row, "point_id"), told)
    };
    let told: BTreeMap<String, PointTold> = rows(report, "points").iter().map(told).collect();
    let expected = |life: &Life| -> (String, PointTold) {
        let count = i64::try_from(life.weeks.len()).unwrap();
        let expected = (
            life.made.name.clone(),
            life.opened_on.to_string(),
            life.opened_on >= new_since,
            count,
            life.weeks.iter().sum(),
            count,
            life.weeks.last().copied(),
        );
        (life.made.point.to_string(), expected)
    };
    assert_eq!(told, lives.iter().map(expected).collect::<BTreeMap<_, _>>());
}

/// A mean of whole đồng, rounded down.
fn mean(mean: &Value) -> Option<i64> {
    let count = int(mean, "of_count");
    (count > 0).then(|| int(mean, "sum_vnd") / count)
}

/// Thousandths, half away from zero; of nothing there is no change.
fn change(now: Option<i64>, before: Option<i64>) -> Option<i64> {
    let (now, before) = (now?, before.filter(|before| *before > 0)?);
    let difference = (now - before) * 2_000;
    Some((difference + before * difference.signum()) / (before * 2))
}

fn figure(cell: &Data) -> Option<i64> {
    (!matches!(cell, Data::Empty | Data::String(_))).then(|| number(cell))
}

/// A part of a whole as its thousandths.
fn thousandths(cell: &Data) -> Option<i64> {
    match cell {
        Data::Float(share) => Some(format!("{:.0}", share * 1_000.0).parse().unwrap()),
        Data::Int(share) => Some(share * 1_000),
        _ => None,
    }
}

async fn files_say_the_same(world: &World, browser: &mut Browser, (query, report): (&str, &Value)) {
    let file = browser.get(world, &format!("/points/ages.xlsx{query}")).await;
    let csv = text(&browser.get(world, &format!("/points/ages.csv{query}")).await);
    let page = text(&browser.get(world, &format!("/points/ages{query}")).await);
    let (cells, shown) = (sheet(&file, "Từng tuần"), rows(report, "weeks"));
    let lines: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!((cells.len(), lines.len()), (shown.len() + 1, shown.len()), "{query}");
    for ((cells, line), week) in cells[1..].iter().zip(&lines).zip(shown) {
        let [new, old] = ["of_new", "of_old"].map(|group| mean(&week[group]));
        let count = |group: &str| Some(int(&week[group], "of_count"));
        let expected = [Some(int(week, "week_number")), new, count("of_new"), old, count("of_old")];
        assert_eq!([0, 1, 2, 3, 4].map(|column| figure(&cells[column])), expected, "{query}");
        assert_eq!([0, 1, 2, 3, 4].map(|column| line[column].parse::<i64>().ok()), expected, "{query}");
        assert_eq!(thousandths(&cells[5]), change(new, old), "{week}");
        assert_eq!(line[5].is_empty(), change(new, old).is_none(), "{week}");
        for vnd in [new, old].into_iter().flatten() {
            assert!(page.contains(&Money::new(vnd).to_string()), "{vnd} of {week}");
        }
    }
    let (cells, shown) = (sheet(&file, "Từng điểm"), rows(report, "points"));
    assert_eq!(cells.len(), shown.len() + 1, "{query}");
    for (cells, point) in cells[1..].iter().zip(shown) {
        assert_eq!(cells[0].to_string(), point["name"].as_str().unwrap());
        let expected =
            [Some(int(point, "week_count")), mean(&point["mean"]), point["last_week_vnd"].as_i64()];
        assert_eq!([3, 4, 5].map(|column| figure(&cells[column])), expected, "{point}");
    }
}
