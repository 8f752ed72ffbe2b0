//! The department's report against a slow second method: every entry of every journal read one by one.

use std::collections::BTreeMap;

use central::admin::NewCampaign;
use central::db::Db;
use central::db::engine::Sql;
use central::db::reports::{Signature, Words, find_seal, find_signature, find_words, insert_seal};
use central::db::reports::{insert_signature, latest_words, save_words};
use central::db::sales::add_up;
use central::db::users::{Role, Scope};
use central::error::Error;
use central::web::reports::load::load;
use central::web::reports::report::{PieceOfReport, Report, SoldOfReport, Span};
use domain::Money;
use domain::promotion::PromotionKind;
use domain::report_period::{Cutoff, ReportPeriod};
use domain::sale::PromotionOff;
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration};
use uuid::Uuid;

use super::scope;
use crate::support::back::back;
use crate::support::fair::fair;
use crate::support::random_world::{Last, RandomWorld};
use crate::support::{TODAY, World};

testkit::on_both_engines!(
    figures_are_those_of_the_entries,
    only_the_department_may_ask,
    words_and_seals_are_kept,
    goods_come_stop_and_lapse,
    campaigns_of_the_period_are_told,
);

/// A world with shifts, a promotion and goods that came back, too.
async fn world(db: Db, seed: u64) -> RandomWorld {
    let mut random = RandomWorld::new(db, seed, Last::Operator, true).await;
    let world = &random.world;
    let new = central::admin::NewPromotion {
        kind: PromotionKind::AmountOff(Money::new(50_000)),
        first_day: date!(2026 - 09 - 01),
        hours: None,
        ..crate::promotions::tet(world)
    };
    let promotion = world.admin.add_promotion(&new).await.unwrap();
    for (till, number) in random.tills.iter_mut().zip(1i64..) {
        let first = till.head.seq + 1;
        for step in 0..6 {
            till.day = TODAY - Duration::days(step * 11);
            let mut line = till.line(&world.garlic, 2 + number, None);
            line.discount = Money::new(100_000);
            line.promotion = Some(PromotionOff { id: promotion, off: Money::new(90_000) });
            line.tax = line.tax_rate.inside(line.total().unwrap()).unwrap();
            let sale = till.sell_lines(std::slice::from_ref(&line));
            if step % 2 == 0 {
                till.take_back(sale, vec![back(0, &line, 0, 1)]);
            }
            let visitors = (step != 3).then_some(40 + step * number);
            till.close_counted((0, 0, 0), visitors, Some(step));
            // No answer that a shift can give.
            till.close_counted((0, 0, 0), Some(i64::MAX), Some(-1));
        }
        till.push_from(world, first).await.ack();
    }
    random
}

/// What the second method adds up.
#[derive(Default, PartialEq, Eq, Debug)]
struct Sums {
    revenue_vnd: i64,
    ocop_vnd: i64,
    products: BTreeMap<String, (i64, i64)>,
    producers: BTreeMap<String, i64>,
    stores: BTreeMap<String, i64>,
    receipts: i64,
    visitors: i64,
    tastings: i64,
    shifts: i64,
    answered: i64,
    delivered: i64,
    net_sold: i64,
    /// What consigned goods brought, and how many lots of them came.
    consigned: (i64, i64),
    /// Thousandths, đồng, đồng off, and lines.
    promoted: (i64, i64, i64, i64),
    /// By category, group, stars and commune.
    parts: [BTreeMap<String, i64>; 4],
    /// The same: thousandths by product.
    goods: [BTreeMap<String, BTreeMap<String, i64>>; 4],
    /// Đồng that producers got.
    paid_vnd: i64,
}

type EntryRow = (Uuid, String, Option<Date>, Vec<u8>);

/// What a product counted as: leading category, group, stars, commune and producer.
type Standing = (Option<String>, Option<String>, Option<i64>, String, Option<Uuid>);
type Facts = BTreeMap<String, Standing>;
type FactsRow = (Uuid, Option<String>, Option<String>, Option<i64>, String, Option<Uuid>);

struct Known {
    facts: Facts,
    /// Who makes each product.
    makers: BTreeMap<String, Option<Uuid>>,
}

async fn slowly(db: &Db, days: Span) -> Sums {
    let entries: Vec<EntryRow> = db
        .all(Sql::new("select store_id, kind, business_date, shared from entries where state = 'projected'"))
        .await
        .unwrap();
    let facts: Vec<FactsRow> = db
        .all(Sql::new(
            "select id, leading_category, group_code, stars, commune, producer_id from product_facts",
        ))
        .await
        .unwrap();
    let of = |(id, category, group, stars, commune, producer): FactsRow| {
        (id.to_string(), (category, group, stars, commune, producer))
    };
    let facts: Facts = facts.into_iter().map(of).collect();
    let makers: Vec<(Uuid, Option<Uuid>)> =
        db.all(Sql::new("select id, producer_id from products")).await.unwrap();
    let known = Known { facts, makers: makers.into_iter().map(|(id, of)| (id.to_string(), of)).collect() };
    let mut sums = Sums::default();
    for (store, kind, day, shared) in entries {
        if !day.is_some_and(|day| days.from <= day && day <= days.to) {
            continue;
        }
        let told: Value = serde_json::from_slice(&shared).unwrap();
        match kind.as_str() {
            "sale" => {
                sums.receipts += 1;
                told["lines"].as_array().unwrap().iter().for_each(|line| sums.line(store, line, &known, 1));
            }
            "refund" => {
                told["lines"].as_array().unwrap().iter().for_each(|line| sums.line(store, line, &known, -1));
            }
            "goods_in" => {
                let consigned =
                    told["lines"].as_array().unwrap().iter().filter(|line| line.get("producer").is_some());
                for line in consigned {
                    sums.delivered += number(line, "quantity");
                    sums.consigned.1 += 1;
                }
            }
            "shift_close" => {
                sums.shifts += 1;
                let answer =
                    |name| told.get(name).and_then(Value::as_i64).filter(|n| (0..100_001).contains(n));
                sums.answered += i64::from(answer("visitors").is_some());
                sums.visitors += answer("visitors").unwrap_or(0);
                sums.tastings += answer("tastings").unwrap_or(0);
            }
            "settlement" | "producer_paid" | "producer_adjusted" => {
                let tenders = told.get("tenders").and_then(Value::as_array).into_iter().flatten();
                let vnd: i64 = tenders.map(|tender| number(tender, "amount")).sum();
                sums.paid_vnd += if kind == "producer_adjusted" { -vnd } else { vnd };
            }
            _ => {}
        }
    }
    sums.products.retain(|_, sold| *sold != (0, 0));
    sums
}

fn number(line: &Value, name: &str) -> i64 {
    line[name].as_i64().unwrap()
}

impl Sums {
    fn line(&mut self, store: Uuid, line: &Value, known: &Known, sign: i64) {
        let vnd = sign * (number(line, "gross") - number(line, "discount"));
        let quantity = sign * number(line, "quantity");
        let (category, group, stars, commune, producer) = line
            .get("facts")
            .and_then(|id| known.facts.get(id.as_str().unwrap()))
            .cloned()
            .unwrap_or_default();
        let stars = stars.map(|stars| stars.to_string());
        let keys = [category.clone(), group, stars, Some(commune)].map(Option::unwrap_or_default);
        for ((part, goods), key) in self.parts.iter_mut().zip(&mut self.goods).zip(keys) {
            *part.entry(key.clone()).or_default() += vnd;
            let product = line["product"].as_str().unwrap().to_owned();
            *goods.entry(key).or_default().entry(product).or_default() += quantity;
        }
        let producer = producer.or(known.makers[line["product"].as_str().unwrap()]);
        self.revenue_vnd += vnd;
        if category.as_deref() == Some("ocop") {
            self.ocop_vnd += vnd;
        }
        let product = self.products.entry(line["product"].as_str().unwrap().to_owned()).or_default();
        product.0 += quantity;
        product.1 += vnd;
        let producer = producer.map(|id| id.to_string()).unwrap_or_default();
        *self.producers.entry(producer).or_default() += vnd;
        *self.stores.entry(store.to_string()).or_default() += vnd;
        if line.get("terms").is_some() {
            self.net_sold += quantity;
            self.consigned.0 += vnd;
        }
        if let Some(promotion) = line.get("promotion") {
            self.promoted.0 += quantity;
            self.promoted.1 += vnd;
            self.promoted.2 += number(promotion, "off");
            self.promoted.3 += 1;
        }
    }

    /// How many products were sold, more than came back: of each category, group, number of stars and commune, and of everything.
    fn counts(&self) -> ([BTreeMap<String, i64>; 4], i64) {
        let of = |goods: &BTreeMap<String, i64>| {
            i64::try_from(goods.values().filter(|milli| **milli > 0).count()).unwrap()
        };
        let parts = self.goods.each_ref().map(|parts| {
            parts
                .iter()
                .map(|(key, goods)| (key.clone(), of(goods)))
                .filter(|(_, count)| *count > 0)
                .collect()
        });
        let all = self.products.values().filter(|(milli, _)| *milli > 0).count();
        (parts, i64::try_from(all).unwrap())
    }

    /// The same of a report.
    fn of(report: &Report) -> Self {
        let sold = &report.sold;
        let pairs = |rows: &[SoldOfReport]| -> BTreeMap<String, i64> {
            rows.iter().map(|row| (row.key.clone(), row.revenue_vnd)).filter(|(_, vnd)| *vnd != 0).collect()
        };
        let products =
            sold.by_product.iter().map(|row| (row.key.clone(), (row.quantity_milli, row.revenue_vnd)));
        let traffic =
            |of: fn(&central::web::reports::report::Traffic) -> i64| report.traffic.iter().map(of).sum();
        let consigned = |of: fn(&central::web::reports::report::ConsignedOfReport) -> i64| {
            report.consigned.iter().map(of).sum::<i64>()
        };
        let promoted = |of: fn(&central::web::reports::report::PromotedOfReport) -> i64| {
            report.promoted.iter().map(of).sum::<i64>()
        };
        Self {
            revenue_vnd: sold.total.revenue_vnd,
            ocop_vnd: sold.ocop.revenue_vnd,
            products: products.filter(|(_, sold)| *sold != (0, 0)).collect(),
            producers: pairs(&sold.by_producer),
            stores: pairs(&sold.by_store),
            receipts: traffic(|row| row.receipt_count),
            visitors: traffic(|row| row.visitor_count),
            tastings: traffic(|row| row.tasting_count),
            shifts: traffic(|row| row.shift_count),
            answered: traffic(|row| row.answered_count),
            delivered: consigned(|row| row.delivered_milli),
            net_sold: consigned(|row| row.net_sold_milli),
            consigned: (
                consigned(|row| row.by_move.unwrap().consigned_vnd),
                consigned(|row| row.by_move.unwrap().delivered_count),
            ),
            promoted: (
                promoted(|row| row.quantity_milli),
                promoted(|row| row.revenue_vnd),
                promoted(|row| row.off_vnd),
                promoted(|row| row.line_count.unwrap()),
            ),
            parts: [&sold.by_category, &sold.by_group, &sold.by_stars, &sold.by_commune]
                .map(|rows| pairs(rows)),
            paid_vnd: report.producers_paid.unwrap().producers_paid_vnd,
            goods: Default::default(),
        }
    }
}

/// Products and receipts are counted, where units cannot be added up.
fn check_counts(report: &Report, slow: &Sums) {
    let sold = &report.sold;
    let counted = |rows: &[SoldOfReport]| -> BTreeMap<String, i64> {
        let counts = rows.iter().map(|row| (row.key.clone(), row.product_count.unwrap()));
        counts.filter(|(_, count)| *count > 0).collect()
    };
    let parts = [&sold.by_category, &sold.by_group, &sold.by_stars, &sold.by_commune];
    let (expected, all) = slow.counts();
    assert_eq!(parts.map(|rows| counted(rows)), expected);
    assert_eq!(sold.total.product_count, Some(all));
    assert_eq!(sold.ocop.product_count.unwrap(), expected[0].get("ocop").copied().unwrap_or(0));
    let receipts: i64 = sold.by_store.iter().map(|row| row.receipt_count.unwrap()).sum();
    assert_eq!((receipts, sold.total.receipt_count), (slow.receipts, Some(slow.receipts)));
}

async fn figures_are_those_of_the_entries(db: Db) {
    let random = world(db, 5).await;
    let world = &random.world;
    let department = scope(world, Role::Department).await;
    let mut told = 0;
    let periods = [
        ("2026-q4", Cutoff::Decree09),
        ("2026-q4", Cutoff::Calendar),
        ("2026-m11", Cutoff::Decree09),
        ("2026-m10", Cutoff::Calendar),
        ("2026-y", Cutoff::Decree09),
        ("2027-6m", Cutoff::Calendar),
    ];
    // From the stores' own totals, and from sums over all stores.
    for (turn, (code, cutoff)) in periods.into_iter().chain(periods).enumerate() {
        if turn == periods.len() {
            assert!(add_up(&world.app.db, date!(2027 - 01 - 01)).await.unwrap() > 0);
        }
        let period = ReportPeriod::from_code(code).unwrap();
        let report = load(&world.app.db, department, period, cutoff, world.app.clock.now_ms()).await.unwrap();
        let mut slow = slowly(&world.app.db, report.days_of).await;
        slow.producers.retain(|_, vnd| *vnd != 0);
        slow.stores.retain(|_, vnd| *vnd != 0);
        slow.parts.iter_mut().for_each(|part| part.retain(|_, vnd| *vnd != 0));
        check_counts(&report, &slow);
        slow.goods = Default::default();
        assert_eq!(Sums::of(&report), slow, "{code} {}", cutoff.code());
        // Each đồng is in one piece of the period, and so are those that it is compared with.
        let pieces = |of: fn(&PieceOfReport) -> i64| report.sold.over_time.iter().map(of).sum::<i64>();
        let total = &report.sold.total;
        assert_eq!(
            [
                pieces(|piece| piece.revenue_vnd),
                pieces(|piece| piece.previous_vnd),
                pieces(|piece| piece.last_year_vnd)
            ],
            [total.revenue_vnd, total.previous_vnd, total.last_year_vnd]
        );
        for (span, sum) in [
            (report.previous, report.sold.total.previous_vnd),
            (report.last_year, report.sold.total.last_year_vnd),
        ] {
            assert_eq!(slowly(&world.app.db, span).await.revenue_vnd, sum, "{code}");
        }
        let sold = &report.sold;
        for rows in [&sold.by_producer, &sold.by_category, &sold.by_group, &sold.by_stars, &sold.by_commune] {
            assert_eq!(rows.iter().map(|row| row.revenue_vnd).sum::<i64>(), sold.total.revenue_vnd);
            assert_eq!(rows.iter().map(|row| row.previous_vnd).sum::<i64>(), sold.total.previous_vnd);
            assert_eq!(rows.iter().map(|row| row.quantity_milli).sum::<i64>(), sold.total.quantity_milli);
        }
        let all = [slow.revenue_vnd, slow.visitors, slow.promoted.1, slow.ocop_vnd, slow.consigned.0];
        told += i64::from(all.iter().all(|sum| *sum > 0));
    }
    assert!(told >= 6, "there is something to compare");
    world.check_books().await;
}

async fn only_the_department_may_ask(db: Db) {
    let world = World::new(db).await;
    let period = ReportPeriod::from_code("2026-q4").unwrap();
    for (role, may) in [
        (Role::Admin, true),
        (Role::Department, true),
        (Role::Operator(world.operator), false),
        (Role::Producer(world.phu_sinh), false),
    ] {
        let scope: Scope = scope(&world, role).await;
        let report = load(&world.app.db, scope, period, Cutoff::Decree09, world.app.clock.now_ms()).await;
        assert_eq!(report.is_ok(), may, "{role:?}");
        assert!(may || matches!(report, Err(Error::NotFound("report"))));
    }
}

async fn words_and_seals_are_kept(db: Db) {
    let world = World::new(db).await;
    let db = &world.app.db;
    let mut tx = db.begin().await.unwrap();
    assert_eq!(find_words(&mut tx, "2026-q3").await.unwrap(), None);
    assert_eq!(latest_words(&mut tx).await.unwrap(), None);
    let words = |text: &str, saved_at_ms| Words {
        difficulties: text.to_owned(),
        signed_on: Some(date!(2026 - 10 - 15)),
        saved_at_ms,
        ..Words::default()
    };
    for (period, text, at_ms) in [("2026-q3", "một", 1), ("2026-q4", "hai", 3), ("2026-q3", "ba", 2)] {
        save_words(&mut tx, period, &words(text, at_ms)).await.unwrap();
    }
    assert_eq!(find_words(&mut tx, "2026-q3").await.unwrap(), Some(words("ba", 2)));
    assert_eq!(latest_words(&mut tx).await.unwrap(), Some(words("hai", 3)));
    let seal = |body: &str| central::db::reports::Seal {
        period: "2026-q3".to_owned(),
        body: body.to_owned(),
        sha256: protocol::Hash::of(&[body.as_bytes()]).bytes().to_vec(),
        sealed_at_ms: 5,
        sealed_by: "ngan".to_owned(),
    };
    assert!(insert_seal(&mut tx, &seal("{}")).await.unwrap());
    assert!(!insert_seal(&mut tx, &seal("{ }")).await.unwrap(), "the first one stays");
    assert_eq!(find_seal(&mut tx, "2026-q3").await.unwrap(), Some(seal("{}")));
    // Number and date come once, and the seal stays as it is.
    let signature = |number: &str| Signature {
        number: number.to_owned(),
        signed_on: date!(2026 - 10 - 16),
        signer_title: "GIÁM ĐỐC".to_owned(),
        signer_name: "Võ Thị Kim Ngân".to_owned(),
        recorded_at_ms: 6,
        recorded_by: "ngan".to_owned(),
    };
    assert_eq!(find_signature(&mut tx, "2026-q3").await.unwrap(), None);
    assert!(insert_signature(&mut tx, "2026-q3", &signature("12")).await.unwrap());
    assert!(!insert_signature(&mut tx, "2026-q3", &signature("13")).await.unwrap(), "the first one stays");
    assert_eq!(find_signature(&mut tx, "2026-q3").await.unwrap(), Some(signature("12")));
    assert!(signature("12").is_as(&Signature { recorded_at_ms: 7, ..signature("12") }));
    assert!(!signature("12").is_as(&signature("13")));
    assert_eq!(find_seal(&mut tx, "2026-q3").await.unwrap(), Some(seal("{}")));
    tx.exec(Sql::new("update sealed_reports set body = '{\"a\":1}'")).await.unwrap();
    assert!(matches!(find_seal(&mut tx, "2026-q3").await, Err(Error::Damaged { .. })), "a change is found");
    tx.commit().await.unwrap();
    assert_eq!(central::db::reports::list_seals(db).await.unwrap(), ["2026-q3"]);
}

async fn goods_come_stop_and_lapse(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.day = date!(2026 - 08 - 20);
    till.sell(&[(&world.garlic, 1), (&world.salt, 2)]);
    till.day = date!(2026 - 09 - 20);
    till.receive(&world.basket, 5);
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, 1).await.ack();
    for (days, number) in [(20, "ba mươi"), (50, "sáu mươi"), (90, "chín mươi"), (91, "xa")] {
        let recognition = domain::catalog::Recognition {
            category: [domain::catalog::Category::Key, domain::catalog::Category::Specialty]
                [usize::from(days > 30)],
            stars: None,
            valid_from: date!(2026 - 01 - 01),
            valid_to: Some(TODAY + Duration::days(days)),
        };
        let product = if days == 50 { world.salt.id } else { world.garlic.id };
        // Of the two specialties of the garlic the later one counts.
        if days != 90 {
            world.admin.recognise(product, &recognition, number).await.unwrap();
        }
    }
    // What was entered by mistake neither lapses nor goes on where another one ends.
    let mistake = |category, days| domain::catalog::Recognition {
        category,
        stars: None,
        valid_from: date!(2026 - 01 - 01),
        valid_to: Some(TODAY + Duration::days(days)),
    };
    world.recognise_by_mistake(world.salt.id, &mistake(domain::catalog::Category::Planned, 10)).await;
    world.recognise_by_mistake(world.garlic.id, &mistake(domain::catalog::Category::Key, 200)).await;
    let department = scope(&world, Role::Department).await;
    let period = ReportPeriod::from_code("2026-q4").unwrap();
    let now_ms = world.app.clock.now_ms();
    let report = load(&world.app.db, department, period, Cutoff::Decree09, now_ms).await.unwrap();
    assert_eq!(report.traffic.len(), 2);
    let goods = &report.on_sale;
    // The salt is in the catalogue, but on no shelf, and nobody bought any; the basket is nobody's.
    assert_eq!((goods.on, goods.product_count, goods.producer_count), (TODAY, 2, 1));
    assert_eq!(goods.kinds.iter().map(|kind| kind.product_count).sum::<i64>(), 2);
    let fresh: Vec<_> = goods.fresh.iter().map(|row| (row.name.as_str(), row.since)).collect();
    assert_eq!(fresh, [("Sản phẩm GIO", date!(2026 - 09 - 20))]);
    let stopped: Vec<_> = goods.stopped.iter().map(|row| (row.name.as_str(), row.previous_vnd)).collect();
    assert_eq!(stopped, [("Sản phẩm MUOI", 60_000)]);
    let lapsing: Vec<_> = goods.lapsing.iter().map(|row| (row.decision.as_str(), row.within_days)).collect();
    assert_eq!(lapsing, [("ba mươi", 30), ("sáu mươi", 60)]);
    // What came to a shelf after a period was not on sale in it.
    let period = ReportPeriod::from_code("2026-q3").unwrap();
    let report = load(&world.app.db, department, period, Cutoff::Decree09, now_ms).await.unwrap();
    assert_eq!((report.on_sale.product_count, report.on_sale.producer_count), (2, 2), "garlic and salt");
    // Both points opened after it by their files: that one of them sold all the same is told.
    let traffic: Vec<_> = report.traffic.iter().map(|row| row.store.as_str()).collect();
    assert_eq!(traffic, ["Điểm OCOP LS"]);
}

async fn campaigns_of_the_period_are_told(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for day in 1..=12 {
        till.day = TODAY - Duration::days(day * 7);
        till.sell(&[(&world.garlic, 1), (&world.basket, 1)]);
    }
    till.push_from(&world, 1).await.ack();
    for (number, first_day, last_day, cost) in [
        (101u128, date!(2026 - 09 - 01), date!(2026 - 09 - 14), 1),
        (102, date!(2026 - 09 - 10), date!(2026 - 09 - 15), 10),
        (103, date!(2026 - 12 - 14), date!(2026 - 12 - 20), 100),
        (104, date!(2026 - 12 - 15), date!(2026 - 12 - 20), 1_000),
    ] {
        let name = number.to_string();
        let new = NewCampaign { name, first_day, last_day, cost: Money::new(cost), ..fair(&world) };
        world.admin.add_campaign(Uuid::from_u128(number).into(), &new).await.unwrap();
    }
    let department = scope(&world, Role::Department).await;
    let period = ReportPeriod::from_code("2026-q4").unwrap();
    let now_ms = world.app.clock.now_ms();
    let report = load(&world.app.db, department, period, Cutoff::Decree09, now_ms).await.unwrap();
    let told: Vec<_> = report.campaigns.iter().map(|row| (row.name.as_str(), row.cost_vnd)).collect();
    assert_eq!(told, [("103", 100), ("102", 10)], "with a day from 15 September to 14 December");
    let results: Vec<_> = report.campaigns.iter().map(|row| row.result.as_str()).collect();
    assert_eq!(results, ["Chưa có ngày nào trọn vẹn để tính", "Quá ít dữ liệu"]);
    let days = |row: &central::web::reports::report::CampaignOfReport| (row.first_day, row.last_day);
    assert_eq!(days(&report.campaigns[1]), (date!(2026 - 09 - 10), date!(2026 - 09 - 15)));
}
