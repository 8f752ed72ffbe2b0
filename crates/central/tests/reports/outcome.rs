//! What promotion brought in a period, against the entries themselves.

use std::collections::{BTreeMap, BTreeSet};

use central::admin::{NewCampaign, NewIntroduction, NewProduct};
use central::db::engine::Sql;
use central::db::sales::add_up;
use central::db::users::Role;
use central::db::{Db, packs};
use central::error::Error;
use central::web::campaigns::outcome::{OutcomeReport, Span};
use central::web::campaigns::outcome_load::load;
use domain::Money;
use domain::campaign::CampaignKind;
use domain::catalog::{Category, Recognition};
use domain::introduction::IntroductionKind;
use serde_json::Value;
use time::Date;
use time::macros::date;
use uuid::Uuid;

use super::scope;
use crate::support::fair::fair;
use crate::support::random_world::{Last, RandomWorld};
use crate::support::{Goods, TODAY, Till, World, facts, goods, new_product};

testkit::on_both_engines!(figures_are_those_of_the_entries, a_recognition_is_seen_from_both_sides);

/// What a slow walk over entries finds in a period.
#[derive(Debug, Default, PartialEq, Eq)]
struct Slow {
    revenue_vnd: i64,
    ocop_vnd: i64,
    paid_vnd: i64,
    paid_to: usize,
    producers: usize,
    products: usize,
    first_products: BTreeSet<String>,
    first_producers: usize,
    communes: BTreeSet<String>,
    visitors: i64,
    tastings: i64,
}

async fn slowly(db: &Db, (from, to): (Date, Date)) -> Slow {
    let entries: Vec<(String, Option<Date>, Vec<u8>)> = db
        .all(Sql::new("select kind, business_date, shared from entries where state = 'projected'"))
        .await
        .unwrap();
    let products: Vec<(Uuid, String, Option<Uuid>)> =
        db.all(Sql::new("select id, name, producer_id from products")).await.unwrap();
    let products: BTreeMap<String, (String, Option<Uuid>)> =
        products.into_iter().map(|(id, name, of)| (id.to_string(), (name, of))).collect();
    let facts: Vec<(Uuid, Option<String>, String)> =
        db.all(Sql::new("select id, leading_category, commune from product_facts")).await.unwrap();
    let facts: BTreeMap<String, (Option<String>, String)> =
        facts.into_iter().map(|(id, category, commune)| (id.to_string(), (category, commune))).collect();
    let mut slow = Slow::default();
    let (mut sold, mut paid_to) = (BTreeMap::<String, i64>::new(), BTreeSet::new());
    let (mut first, mut first_of) = (BTreeMap::<String, Date>::new(), BTreeMap::<Uuid, Date>::new());
    for (kind, day, shared) in entries {
        let Some(day) = day else { continue };
        let is_in = from <= day && day <= to;
        let told: Value = serde_json::from_slice(&shared).unwrap();
        if ["settlement", "producer_paid", "producer_adjusted"].contains(&kind.as_str()) && is_in {
            let paid: i64 = told["tenders"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|tender| tender["amount"].as_i64().unwrap())
                .sum();
            slow.paid_vnd += if kind == "producer_adjusted" { -paid } else { paid };
            if paid != 0 {
                paid_to.insert(told["producer"].as_str().unwrap().to_owned());
            }
        }
        if kind == "shift_close" && is_in {
            slow.visitors += told["visitors"].as_i64().unwrap_or_default();
            slow.tastings += told["tastings"].as_i64().unwrap_or_default();
        }
        if kind != "sale" {
            continue;
        }
        for line in told["lines"].as_array().unwrap() {
            let id = line["product"].as_str().unwrap().to_owned();
            let since = first.entry(id.clone()).or_insert(day);
            *since = day.min(*since);
            if let Some(producer) = products[&id].1 {
                let since = first_of.entry(producer).or_insert(day);
                *since = day.min(*since);
            }
            if !is_in {
                continue;
            }
            let vnd = line["gross"].as_i64().unwrap() - line["discount"].as_i64().unwrap();
            slow.revenue_vnd += vnd;
            let standing = line.get("facts").and_then(|id| facts.get(id.as_str().unwrap()).cloned());
            let (category, commune) = standing.unwrap_or_default();
            slow.communes.extend(Some(commune).filter(|commune| !commune.is_empty()));
            slow.ocop_vnd += if category.as_deref() == Some("ocop") { vnd } else { 0 };
            *sold.entry(id).or_default() += line["quantity"].as_i64().unwrap();
        }
    }
    slow.paid_to = paid_to.len();
    slow.products = sold.len();
    slow.producers = sold.keys().filter_map(|id| products[id].1).collect::<BTreeSet<_>>().len();
    let is_first = |day: &Date| from <= *day && *day <= to;
    slow.first_products =
        first.iter().filter(|(_, day)| is_first(day)).map(|(id, _)| products[id].0.clone()).collect();
    slow.first_producers = first_of.values().filter(|day| is_first(day)).count();
    slow
}

fn told(report: &OutcomeReport) -> Slow {
    Slow {
        revenue_vnd: report.revenue_vnd,
        ocop_vnd: report.ocop_vnd,
        paid_vnd: report.producers_paid_vnd,
        paid_to: usize::try_from(report.producers_paid_count).unwrap(),
        producers: usize::try_from(report.producer_count).unwrap(),
        products: usize::try_from(report.product_count).unwrap(),
        first_products: report.first_products.iter().map(|row| row.name.clone()).collect(),
        first_producers: usize::try_from(report.first_producer_count).unwrap(),
        // The report says how many, and not which.
        communes: BTreeSet::new(),
        visitors: report.visitor_count,
        tastings: report.tasting_count,
    }
}

/// People whom the department saw outside campaigns on a day, and some whom it had entered by mistake.
async fn introduce(world: &World, day: Date) {
    for (number, kind, people_count) in [
        (1u128, IntroductionKind::Visitors, 40),
        (2, IntroductionKind::Tastings, 4),
        (3, IntroductionKind::Scans, 2),
        (4, IntroductionKind::Enquiries, 5),
        (5, IntroductionKind::Enquiries, 1_000),
    ] {
        let new = NewIntroduction {
            id: Uuid::from_u128(number),
            store_id: Some(world.store).filter(|_| number % 2 == 0),
            day,
            kind,
            people_count,
            who: "Hội nông dân".to_owned(),
            note: String::new(),
        };
        world.admin.add_introduction(&new).await.unwrap();
    }
    world.admin.withdraw_introduction(Uuid::from_u128(5)).await.unwrap();
}

/// Shifts whose cashiers counted who came, and salt that comes from another commune since.
async fn trade(world: &World, till: &mut Till) {
    let first = till.head.seq + 1;
    for (day, visitors) in
        [(date!(2026 - 09 - 30), Some(7)), (date!(2026 - 10 - 01), None), (date!(2026 - 10 - 20), Some(30))]
    {
        till.day = day;
        till.open_shift(0);
        till.close_counted((0, 0, 0), visitors, visitors.map(|count| count / 3));
    }
    let moved = NewProduct {
        commune: "Phường Sa Huỳnh".to_owned(),
        ..new_product("MUOI", 30_000, Some(world.sa_huynh))
    };
    world.admin.update_product(world.salt.id, &moved).await.unwrap();
    let salt = Goods { facts: facts(&world.app.db, world.salt.id).await, ..world.salt.clone() };
    till.sell(&[(&salt, 2)]);
    till.push_from(world, first).await.ack();
}

async fn figures_are_those_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 5, Last::Producer, true).await;
    let mut tills = std::mem::take(&mut random.tills);
    let world = &random.world;
    trade(world, &mut tills[0]).await;
    introduce(world, date!(2026 - 10 - 05)).await;
    let department = scope(world, Role::Department).await;
    let (db, now_ms) = (&world.app.db, world.app.clock.now_ms());
    for (number, kind, first_day, cost) in [
        (101u128, CampaignKind::Post, date!(2026 - 09 - 30), 1),
        (102, CampaignKind::Post, date!(2026 - 10 - 01), 10),
        (103, CampaignKind::Fair, date!(2026 - 12 - 31), 100),
        // Called off: it cost nothing that counts.
        (104, CampaignKind::Fair, date!(2026 - 12 - 01), 1_000),
    ] {
        let (last_day, cost) = (first_day + time::Duration::days(9), Money::new(cost));
        let new = NewCampaign { kind, first_day, last_day, cost, ..fair(world) };
        world.admin.add_campaign(Uuid::from_u128(number).into(), &new).await.unwrap();
    }
    world.admin.end_campaign(Uuid::from_u128(104).into()).await.unwrap();
    world.admin.count_enquiries(Uuid::from_u128(102).into(), date!(2026 - 10 - 05), 30).await.unwrap();
    packs::count_scan(db, world.garlic.id, "", date!(2026 - 10 - 05)).await.unwrap();
    let mut seen = 0;
    let spans = [(2026, None), (2026, Some(3)), (2026, Some(4)), (2026, Some(1)), (2025, None)];
    // From the stores' own totals, and from sums over all stores.
    for (turn, (year, quarter)) in spans.into_iter().chain(spans).enumerate() {
        if turn == spans.len() {
            assert!(add_up(db, date!(2027 - 01 - 01)).await.unwrap() > 0);
        }
        let span = Span { year, quarter };
        let report = load(db, department, span, now_ms).await.unwrap();
        let mut slow = slowly(db, span.days()).await;
        let is_last = quarter == Some(4) || (year, quarter) == (2026, None);
        if is_last {
            // What the department recorded outside campaigns.
            slow.visitors += 40;
            slow.tastings += 4;
        }
        assert_eq!(report.introduced_count, if is_last { 51 } else { 0 }, "{span:?}");
        let communes = std::mem::take(&mut slow.communes);
        assert_eq!(usize::try_from(report.commune_count), Ok(communes.len()), "{span:?}: {communes:?}");
        assert!(!is_last || communes.len() > 1, "there is something to compare");
        assert_eq!(told(&report), slow, "{span:?}");
        seen += i32::from(slow.paid_vnd > 0 && slow.ocop_vnd > 0 && slow.first_producers > 0);
        let spent: Vec<(&str, i64, i64)> =
            report.spent.iter().map(|row| (row.kind.as_str(), row.campaign_count, row.cost_vnd)).collect();
        let expected = match (year, quarter) {
            (2026, None) => vec![("fair", 2, 5_000_100), ("post", 2, 11)],
            (2026, Some(4)) => vec![("fair", 2, 5_000_100), ("post", 1, 10)],
            (2026, Some(3)) => vec![("post", 1, 1)],
            _ => vec![],
        };
        assert_eq!(spent, expected, "{span:?}");
        let interest = if is_last { (3, 42) } else { (0, 0) };
        assert_eq!((report.scan_count, report.enquiry_count), interest, "{span:?}");
    }
    assert!(seen > 0, "there is something to compare");
    for role in [Role::Operator(world.operator), Role::Producer(world.phu_sinh)] {
        let scope = scope(world, role).await;
        let span = Span { year: 2026, quarter: None };
        assert!(matches!(load(db, scope, span, now_ms).await, Err(Error::NotFound("outcome"))));
    }
}

async fn a_recognition_is_seen_from_both_sides(db: Db) {
    let world = World::new(db).await;
    let new = goods(&world.app, &world.admin, "KEO", 10_000, None).await;
    let recognition = Recognition {
        category: Category::Specialty,
        stars: None,
        valid_from: date!(2026 - 08 - 15),
        valid_to: None,
    };
    world.admin.recognise(new.id, &recognition, "12/QĐ").await.unwrap();
    world.recognise_by_mistake(world.salt.id, &recognition).await;
    let mut till = world.till().await;
    for (day, pieces) in [
        (date!(2026 - 06 - 30), 1),
        (date!(2026 - 07 - 01), 2),
        (date!(2026 - 07 - 31), 4),
        // The month of the decision.
        (date!(2026 - 08 - 20), 8),
        (date!(2026 - 09 - 01), 16),
        (date!(2026 - 10 - 31), 32),
        // Not over yet.
        (date!(2026 - 11 - 02), 64),
    ] {
        till.day = day;
        till.sell(&[(&new, pieces), (&world.salt, 1)]);
    }
    till.push_from(&world, 1).await.ack();
    let department = scope(&world, Role::Department).await;
    let now_ms = world.app.clock.now_ms();
    let load = async |quarter| {
        let span = Span { year: 2026, quarter: Some(quarter) };
        load(&world.app.db, department, span, now_ms).await.unwrap()
    };
    let report = load(3).await;
    let [row] = report.recognised.as_slice() else { panic!("one counts: {:?}", report.recognised) };
    assert_eq!(
        (row.name.as_str(), row.category.as_str(), row.decision.as_str()),
        ("Sản phẩm KEO", "specialty", "12/QĐ")
    );
    // September and October are over, and the books reach back to June: two months on each side.
    assert_eq!((row.months, row.product_before_vnd, row.product_after_vnd), (2, 70_000, 480_000));
    assert_eq!((row.rest_before_vnd, row.rest_after_vnd), (90_000, 60_000));
    assert!(load(1).await.recognised.is_empty() && load(4).await.recognised.is_empty());
    let this_month = Recognition { valid_from: TODAY, ..recognition };
    world.admin.recognise(world.basket.id, &this_month, "").await.unwrap();
    assert_eq!(load(4).await.recognised[0].months, 0);
}
