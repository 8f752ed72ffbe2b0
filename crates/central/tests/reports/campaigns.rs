//! What a campaign brought, against the entries themselves, added up slowly and day by day.

use std::collections::BTreeMap;

use central::admin::NewCampaign;
use central::db::engine::Sql;
use central::db::sales::SalesQuery;
use central::db::users::{Role, Scope};
use central::db::{Db, campaigns, packs};
use central::error::Error;
use central::web::campaigns::load::load;
use central::web::campaigns::report::{CampaignReport, Effect, Smallest, Twice};
use central::web::campaigns::weigh::{Looked, effects};
use domain::Money;
use domain::ids::{CampaignId, ProductId, StoreId};
use domain::uplift::{StoreWeeks, Trade, Week, detectable, measure};
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration};
use uuid::Uuid;

use super::sales::{per_day, per_product, per_store, totals};
use super::scope;
use crate::support::back::back;
use crate::support::fair::fair;
use crate::support::random_world::added;
use crate::support::{Goods, TODAY, Till, World};

testkit::on_both_engines!(figures_are_those_of_the_entries, only_the_department_may_ask);

struct Draws(u64);

impl Draws {
    fn below(&mut self, end: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) % end).unwrap()
    }
}

/// Two stores that sell for twenty weeks: garlic, salt, baskets, a product that a till added and that was merged into garlic; some of it
/// comes back, some sales are voided, and shifts count who came.
async fn world(db: Db, seed: u64) -> (World, Vec<Till>) {
    let world = World::new(db).await;
    let (mut draws, mut voids) = (Draws(seed), Draws(seed + 1));
    let mut tills = vec![world.till().await, world.other_till().await];
    let honey = added(&world);
    tills[0].add_product(honey.clone());
    let honey = Goods { id: honey.product.into(), facts: None, sku: honey.sku, ..world.garlic.clone() };
    for (till, number) in tills.iter_mut().zip(1..) {
        for step in 0..140 {
            till.day = TODAY - Duration::days(139 - step);
            let (garlic, salt) = (draws.below(3 + number), draws.below(4));
            if garlic > 0 {
                let sale = till.sell(&[(&world.garlic, garlic), (&world.salt, 1 + salt)]);
                if draws.below(9) == 0 {
                    let line = till.line(&world.garlic, garlic, None);
                    till.take_back(sale, vec![back(0, &line, 0, 1)]);
                }
            }
            if draws.below(3) == 0 {
                till.sell(&[(&world.basket, 1)]);
            }
            if number == 1 && step % 9 == 0 {
                till.sell(&[(&honey, 1)]);
            }
            if voids.below(7) == 0 {
                let line = till.line([&world.garlic, &world.salt][usize::from(step % 3 == 0)], 2, None);
                let sale = till.sell_lines(std::slice::from_ref(&line));
                let void = till.refund_of(vec![back(0, &line, 0, 2)]);
                till.write_refund("void", Some(sale), &void);
            }
            if step % 2 == 0 {
                let tasted = draws.below(5);
                till.close_counted((0, 0, 0), (step % 3 > 0).then_some(20 + garlic), Some(tasted));
            }
        }
        till.push_from(&world, 1).await.ack();
    }
    world.admin.merge_product(honey.id, world.garlic.id).await.unwrap();
    (world, tills)
}

/// What the entries say of a day of a store.
#[derive(Debug, Clone, Copy, Default)]
struct Day {
    sums: Week,
    visitors: i64,
    tastings: i64,
    shifts: i64,
    answered: i64,
}

type Days = BTreeMap<(StoreId, Date), Day>;

async fn slowly(world: &World, campaign: &NewCampaign, merged: ProductId) -> Days {
    let entries: Vec<(Uuid, String, Option<Date>, Vec<u8>)> = world
        .app
        .db
        .all(Sql::new("select store_id, kind, business_date, shared from entries where state = 'projected'"))
        .await
        .unwrap();
    let is_promoted = |line: &Value| {
        let id: ProductId = line["product"].as_str().unwrap().parse().unwrap();
        campaign.products.contains(&id) || (id == merged && campaign.products.contains(&world.garlic.id))
    };
    let mut days = Days::new();
    for (store, kind, day, shared) in entries {
        let (Some(day), Ok(told)) = (day, serde_json::from_slice::<Value>(&shared)) else { continue };
        let of_day = days.entry((store.into(), day)).or_default();
        // What is voided was never a line.
        let (sign, count) = match kind.as_str() {
            "sale" => (1, 1),
            "refund" => (-1, 0),
            "void" => (-1, -1),
            "shift_close" => {
                of_day.shifts += 1;
                of_day.answered += i64::from(told["visitors"].is_i64());
                of_day.visitors += told["visitors"].as_i64().unwrap_or(0);
                of_day.tastings += told["tastings"].as_i64().unwrap_or(0);
                continue;
            }
            _ => continue,
        };
        for line in told["lines"].as_array().unwrap() {
            let vnd = sign * (line["gross"].as_i64().unwrap() - line["discount"].as_i64().unwrap());
            if is_promoted(line) {
                of_day.sums.promoted_vnd += vnd;
                of_day.sums.promoted_lines += count;
            } else {
                of_day.sums.others_vnd += vnd;
            }
        }
    }
    days
}

/// Sums days of a store.
fn sum(days: &Days, store: StoreId, from: Date, to: Date) -> Day {
    let mut all = Day::default();
    for ((of, day), each) in days {
        if *of == store && from <= *day && *day <= to {
            all.sums.promoted_vnd += each.sums.promoted_vnd;
            all.sums.promoted_lines += each.sums.promoted_lines;
            all.sums.others_vnd += each.sums.others_vnd;
            all.visitors += each.visitors;
            all.tastings += each.tastings;
            all.shifts += each.shifts;
            all.answered += each.answered;
        }
    }
    all
}

/// Puts days into weeks by walking from the first day of the campaign, outwards.
fn weeks(
    days: &Days,
    store: StoreId,
    (first, to): (Date, Date),
    (week_days, others): (i64, &[(Date, Date)]),
) -> StoreWeeks {
    let week = |start: Date| {
        let end = start + Duration::days(week_days - 1);
        sum(days, store, start, end.min(to)).sums
    };
    let is_usual = |start: &Date| {
        let of_week = |day: i64| *start + Duration::days(day);
        let met =
            |(from, until): &(Date, Date)| (0..week_days).any(|day| (*from..=*until).contains(&of_week(day)));
        !others.iter().any(met)
    };
    let before =
        (1..=16).rev().map(|back| first - Duration::weeks(back)).filter(is_usual).map(week).collect();
    let starts = std::iter::successors(Some(first), |start| Some(*start + Duration::weeks(1)));
    StoreWeeks { before, during: starts.take_while(|start| *start <= to).map(week).collect() }
}

async fn figures_are_those_of_the_entries(db: Db) {
    let (world, _) = world(db, 11).await;
    let department = scope(&world, Role::Department).await;
    let (db, merged) = (&world.app.db, added(&world).product.into());
    packs::count_scan(db, world.garlic.id, "", date!(2026 - 11 - 02)).await.unwrap();
    packs::count_scan(db, world.garlic.id, "", date!(2026 - 11 - 12)).await.unwrap();
    packs::count_scan(db, merged, "L1", date!(2026 - 11 - 12)).await.unwrap();
    packs::count_scan(db, world.salt.id, "", date!(2026 - 11 - 12)).await.unwrap();
    let all = [world.store, world.other_store];
    let days = |from, to| (from, to);
    // Those that were there before, with their products and days.
    let mut before: Vec<(Vec<ProductId>, (Date, Date))> = Vec::new();
    let (mut told, mut ids) = (0, Vec::new());
    for (number, ((first_day, last_day), products, stores)) in (1u128..).zip([
        (days(date!(2026 - 11 - 09), date!(2026 - 11 - 22)), vec![world.garlic.id], vec![]),
        (days(date!(2026 - 10 - 10), date!(2026 - 11 - 18)), vec![world.salt.id], vec![world.store]),
        // It still runs: what is over counts.
        (days(date!(2026 - 11 - 03), date!(2026 - 12 - 30)), vec![world.garlic.id, world.basket.id], vec![]),
        // A weekend.
        (days(date!(2026 - 11 - 13), date!(2026 - 11 - 15)), vec![world.garlic.id], vec![world.other_store]),
        // Everything, so that there is nothing to compare with.
        (
            days(date!(2026 - 11 - 02), date!(2026 - 11 - 15)),
            vec![world.garlic.id, world.salt.id, world.basket.id],
            vec![],
        ),
    ]) {
        let new = NewCampaign { first_day, last_day, products, stores, ..fair(&world) };
        let id = CampaignId::from_uuid(Uuid::from_u128(number));
        world.admin.add_campaign(id, &new).await.unwrap();
        world.admin.count_enquiries(id, first_day, 5).await.unwrap();
        world.admin.count_enquiries(id, TODAY, 2).await.unwrap();
        let report = load(db, department, id, world.app.clock.now_ms()).await.unwrap().unwrap();
        let slow = slowly(&world, &new, merged).await;
        let to = last_day.min(TODAY - Duration::DAY);
        let with: Vec<StoreId> = if new.stores.is_empty() { all.to_vec() } else { new.stores.clone() };
        let week_days = ((last_day - first_day).whole_days() + 1).min(7);
        let others =
            before.iter().filter(|(products, _)| products.iter().any(|id| new.products.contains(id)));
        let others: Vec<(Date, Date)> = others.map(|(_, days)| *days).collect();
        before.push((new.products.clone(), (first_day, last_day)));
        let of = |is_with: bool| {
            let stores = all.iter().filter(|store| with.contains(store) == is_with);
            let week = (week_days, others.as_slice());
            stores.map(|store| weeks(&slow, *store, (first_day, to), week)).collect::<Vec<_>>()
        };
        let during_days = (to - first_day).whole_days() + 1;
        let trade = Trade { stores: of(true), elsewhere: of(false), week_days, during_days };
        assert_eq!(report.measured_to, Some(to));
        assert_eq!(report.effect, Some(Effect::from(measure(&trade))), "campaign {number}");
        let planned = (last_day - first_day).whole_days() + 1;
        assert_eq!(report.smallest, Smallest::from(detectable(&trade, planned)), "campaign {number}");
        check_sales(&report, &trade, &with);
        check_introductions(&report, &slow, &with, (first_day, to));
        let meets = |(from, until): &&(Date, Date)| *from <= to && first_day <= *until;
        assert_eq!(report.overlapping.len(), others.iter().filter(meets).count(), "campaign {number}");
        told += i32::from(matches!(report.effect, Some(Effect::Uplift { .. })));
        ids.push(id);

        // The same products, stores and days on the page of sales.
        let query = SalesQuery { from: first_day, to, campaign: Some(id), ..SalesQuery::over(TODAY, TODAY) };
        let sold: i64 = with.iter().map(|store| sum(&slow, *store, first_day, to).sums.promoted_vnd).sum();
        let sums = totals(db, department, &query).await.unwrap();
        assert_eq!((sums.revenue, sums.receipts), (Money::new(sold), None));
        let by_day = per_day(db, department, &query).await.unwrap();
        assert_eq!(by_day.iter().map(|day| day.revenue.vnd()).sum::<i64>(), sold);
        let by_store = per_store(db, department, &query).await.unwrap();
        assert_eq!(
            (by_store.len(), by_store.iter().map(|row| row.revenue.vnd()).sum::<i64>()),
            (with.len(), sold)
        );
        let by_product = per_product(db, department, &query).await.unwrap();
        assert!(by_product.iter().all(|row| new.products.contains(&row.product_id)));
    }
    assert!(told >= 3, "there is something to compare");
    // One that is to come, one that was called off.
    for (number, first_day) in [(6u128, TODAY + Duration::days(5)), (7, TODAY + Duration::days(9))] {
        let new = NewCampaign { first_day, last_day: first_day, ..fair(&world) };
        world.admin.add_campaign(Uuid::from_u128(number).into(), &new).await.unwrap();
        ids.push(Uuid::from_u128(number).into());
    }
    world.admin.end_campaign(ids[6]).await.unwrap();
    together_they_say_the_same(&world, department, &ids).await;
    world.check_books().await;
}

/// Weighed together, as the department's report does, they say what the page of each one says.
async fn together_they_say_the_same(world: &World, department: Scope, ids: &[CampaignId]) {
    let (db, now_ms) = (&world.app.db, world.app.clock.now_ms());
    let (mut looked, mut alone) = (Vec::new(), Vec::new());
    for id in ids {
        let campaign = campaigns::find(db, *id).await.unwrap().unwrap();
        looked.push(Looked::on(TODAY, *id, campaign.days));
        alone.push(load(db, department, *id, now_ms).await.unwrap().unwrap().effect);
    }
    let stores = vec![world.store, world.other_store];
    let mut tx = db.begin_reading().await.unwrap();
    assert_eq!(effects(&mut tx, stores.clone(), &looked).await.unwrap(), alone);
    assert_eq!(alone.iter().filter(|effect| effect.is_none()).count(), 2);
    assert!(effects(&mut tx, stores, &[]).await.unwrap().is_empty());
}

/// On average a day, of each store and of all together.
fn check_sales(report: &CampaignReport, trade: &Trade, with: &[StoreId]) {
    let stores = with.iter().zip(&trade.stores).map(|(store, weeks)| (Some(store.uuid()), vec![weeks]));
    let all = (with.len() > 1).then(|| (None, trade.stores.iter().collect()));
    let rows: Vec<(Option<Uuid>, Vec<&StoreWeeks>)> = stores.chain(all).collect();
    assert_eq!(report.sales.len(), rows.len());
    for (store, weeks) in rows {
        let row = report.sales.iter().find(|row| row.store_id == store).unwrap();
        // Weeks before the first sale are none.
        let is_empty = |week: &usize| {
            let of_week = weeks.iter().map(|weeks| weeks.before[*week]);
            of_week.map(|week| week.promoted_vnd + week.others_vnd).sum::<i64>() == 0
        };
        let count = weeks[0].before.len();
        let told = i64::try_from(count - (0..count).take_while(is_empty).count()).unwrap();
        let before = |of: fn(&Week) -> i64| {
            let sum: i64 = weeks.iter().flat_map(|weeks| &weeks.before).map(of).sum();
            if told > 0 { sum / (told * trade.week_days) } else { 0 }
        };
        let during = |of: fn(&Week) -> i64| {
            weeks.iter().flat_map(|weeks| &weeks.during).map(of).sum::<i64>() / trade.during_days
        };
        let promoted: fn(&Week) -> i64 = |week| week.promoted_vnd;
        let others: fn(&Week) -> i64 = |week| week.others_vnd;
        assert_eq!(
            [row.promoted_before_vnd, row.promoted_vnd, row.others_before_vnd, row.others_vnd],
            [before(promoted), during(promoted), before(others), during(others)],
            "{store:?}"
        );
    }
}

fn check_introductions(report: &CampaignReport, slow: &Days, with: &[StoreId], (first, to): (Date, Date)) {
    let told = report.introductions.as_ref().unwrap();
    let length = to - first + Duration::DAY;
    let both = |of: fn(&Day) -> i64| {
        let all = |from, to| with.iter().map(|store| of(&sum(slow, *store, from, to))).sum::<i64>();
        Twice { before_count: all(first - length, first - Duration::DAY), during_count: all(first, to) }
    };
    assert_eq!(told.days, length.whole_days());
    assert_eq!(told.visitors, both(|day| day.visitors));
    assert_eq!(told.tastings, both(|day| day.tastings));
    assert_eq!(
        (told.shift_count, told.answered_count),
        (both(|day| day.shifts).during_count, both(|day| day.answered).during_count)
    );
    // Two asked today: while it runs on one of its days, else after the last one.
    let enquiries = if report.last_day >= TODAY { (7, 0) } else { (5, 2) };
    assert_eq!((told.enquiry_count, told.later_enquiry_count), enquiries);
    if (first, to) == (date!(2026 - 11 - 09), date!(2026 - 11 - 22)) {
        assert_eq!(
            told.scans,
            Twice { before_count: 1, during_count: 2 },
            "garlic's, with what was merged into it"
        );
    }
}

async fn only_the_department_may_ask(db: Db) {
    let world = World::new(db).await;
    let id = crate::support::fair::add_fair(&world).await;
    let now_ms = world.app.clock.now_ms();
    let query = SalesQuery { from: TODAY, to: TODAY, campaign: Some(id), ..SalesQuery::over(TODAY, TODAY) };
    for (role, may) in [
        (Role::Admin, true),
        (Role::Department, true),
        (Role::Operator(world.operator), false),
        (Role::Producer(world.phu_sinh), false),
    ] {
        let scope = scope(&world, role).await;
        let found = load(&world.app.db, scope, id, now_ms).await;
        assert!(
            if may { found.unwrap().is_some() } else { matches!(found, Err(Error::NotFound(_))) },
            "{role:?}"
        );
        let sums = totals(&world.app.db, scope, &query).await;
        assert!(if may { sums.is_ok() } else { matches!(sums, Err(Error::NotFound(_))) }, "{role:?}");
    }
    let department = scope(&world, Role::Department).await;
    let stranger = CampaignId::from_uuid(Uuid::from_u128(404));
    assert_eq!(load(&world.app.db, department, stranger, now_ms).await.unwrap(), None);
    let query = SalesQuery { campaign: Some(stranger), ..query };
    assert!(matches!(totals(&world.app.db, department, &query).await, Err(Error::NotFound(_))));
}
