//! What promotion brought, and its files, against a slow count of single entries: random trade of two years with goods that came back,
//! voided sales, a product that a counter added, a producer who was added twice, and goods that were sold by mistake before they sold.

mod slowly;

use calamine::Data;
use central::admin::{NewCampaign, NewIntroduction};
use central::db::sales::add_up;
use central::db::users::Role;
use central::db::{Db, packs};
use domain::Money;
use domain::campaign::CampaignKind;
use domain::catalog::{Category, Recognition};
use domain::ids::ProducerId;
use domain::introduction::IntroductionKind;
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration, Month};
use uuid::Uuid;

use self::slowly::{Around, Days, First, Slow};
use super::browser::{Browser, text};
use super::every_sale::{trade, variants};
use super::figures::{int, rows};
use super::grid::{number, sheet};
use crate::support::back::back;
use crate::support::fair::fair;
use crate::support::random_world::{Draws, Last, RandomWorld};
use crate::support::settling::{adjustment, settlement, taking_back};
use crate::support::{Goods, Till, World, goods};

testkit::on_both_engines!(every_figure_of_promotion_is_that_of_the_entries);

/// Something that the department recorded itself: what, when, how much of it.
type Recorded = (&'static str, Date, i64);

/// The figures of the file by their names there; the cost is a sum of the report's rows.
const IN_FILE: [(&str, &str); 13] = [
    ("Đã trả cho chủ thể", "producers_paid_vnd"),
    ("Số chủ thể đã trả", "producers_paid_count"),
    ("Chủ thể có hàng bán được", "producer_count"),
    ("Số xã, phường, đặc khu", "commune_count"),
    ("Sản phẩm lần đầu bán được", "first_product_count"),
    ("Chủ thể lần đầu có hàng bán", "first_producer_count"),
    ("Doanh thu", "revenue_vnd"),
    ("Trong đó hàng OCOP", "ocop_vnd"),
    ("Khách vào cửa hàng", "visitor_count"),
    ("Lượt dùng thử", "tasting_count"),
    ("Lượt quét mã trên bao bì", "scan_count"),
    ("Lượt hỏi mua, gọi điện, nhắn tin", "enquiry_count"),
    ("Trong đó ghi ngoài chiến dịch", "introduced_count"),
];

/// Returns a day of the two years before today.
fn drawn(draws: &mut Draws) -> Date {
    date!(2024 - 12 - 01) + Duration::days(i64::try_from(draws.below(720)).unwrap())
}

fn count(draws: &mut Draws, below: u64) -> i64 {
    i64::try_from(draws.below(below)).unwrap() + 1
}

fn kind_of(draws: &mut Draws) -> CampaignKind {
    CampaignKind::ALL[usize::try_from(draws.below(6)).unwrap()]
}

/// Shifts of which some cashiers said how many came.
fn close_shifts(till: &mut Till, draws: &mut Draws) {
    for _ in 0..8 {
        till.day = drawn(draws);
        till.open_shift(0);
        let came = (draws.below(3) > 0).then(|| count(draws, 60));
        till.close_counted((0, 0, 0), came, Some(count(draws, 9)));
    }
}

/// A settlement that was put right, and of which a part of the money came back.
fn put_right(till: &mut Till, producer: ProducerId) {
    till.day = date!(2026 - 10 - 05);
    let told = settlement(producer, &[till], 70_000);
    till.settle(&told);
    let settled = till.head.seq;
    let told = adjustment(producer, till, settled, 4_000);
    till.adjust(&told);
    let told = taking_back(producer, till, settled, (30_000, "cash"));
    till.adjust(&told);
}

/// One was sold by mistake in winter, and for good in summer; the other one by mistake alone.
fn mistake(till: &mut Till, [early, never]: [&Goods; 2]) {
    for (goods, day, is_void) in [
        (early, date!(2026 - 02 - 10), true),
        (never, date!(2026 - 05 - 10), true),
        (early, date!(2026 - 08 - 10), false),
    ] {
        till.day = day;
        let line = till.line(goods, 2, None);
        let sale = till.sell_lines(std::slice::from_ref(&line));
        if is_void {
            let void = till.refund_of(vec![back(0, &line, 0, 2)]);
            till.write_refund("void", Some(sale), &void);
        }
    }
}

/// Campaigns with enquiries, of which one was called off; scans, and introductions outside of campaigns.
async fn promote(world: &World, draws: &mut Draws) -> Vec<Recorded> {
    // The fair that is there already.
    let mut all = vec![("fair", date!(2026 - 11 - 09), 5_000_000), ("enquiries", date!(2026 - 11 - 10), 7)];
    for number in 0..8u128 {
        let (id, kind) = (Uuid::from_u128(800 + number).into(), kind_of(draws));
        let (first_day, cost) = (drawn(draws), count(draws, 50) * 100_000);
        let last_day = first_day + Duration::days(9);
        let new = NewCampaign { kind, first_day, last_day, cost: Money::new(cost), ..fair(world) };
        world.admin.add_campaign(id, &new).await.unwrap();
        all.push((kind.code(), first_day, cost));
        let asked = count(draws, 20);
        world.admin.count_enquiries(id, first_day, asked).await.unwrap();
        all.push(("enquiries", first_day, asked));
    }
    let called_off = Uuid::from_u128(899).into();
    let (first_day, last_day) = (date!(2026 - 12 - 01), date!(2026 - 12 - 09));
    world.admin.add_campaign(called_off, &NewCampaign { first_day, last_day, ..fair(world) }).await.unwrap();
    world.admin.end_campaign(called_off).await.unwrap();
    for _ in 0..20 {
        let day = drawn(draws);
        packs::count_scan(&world.app.db, world.garlic.id, "L1", day).await.unwrap();
        all.push(("scans", day, 1));
    }
    introduce(world, draws, &mut all).await;
    all
}

/// Every third one was entered by mistake.
async fn introduce(world: &World, draws: &mut Draws, all: &mut Vec<Recorded>) {
    for (number, kind) in (0..12u128).zip(IntroductionKind::ALL.into_iter().cycle()) {
        let (id, day, people_count) = (Uuid::from_u128(700 + number), drawn(draws), count(draws, 40));
        let (who, note) = ("Hội nông dân".to_owned(), String::new());
        let new = NewIntroduction { id, store_id: None, day, kind, people_count, who, note };
        world.admin.add_introduction(&new).await.unwrap();
        if number % 3 == 0 {
            world.admin.withdraw_introduction(id).await.unwrap();
        } else {
            all.extend([(kind.code(), day, people_count), ("introduced", day, people_count)]);
        }
    }
}

/// Trade of two years, and everything that the department did meanwhile.
async fn story(random: &mut RandomWorld) -> Vec<Recorded> {
    let (variants, namesake) = variants(&random.world, random.added).await;
    let mistaken = [
        goods(&random.world.app, &random.world.admin, "NHAM", 50_000, None).await,
        goods(&random.world.app, &random.world.admin, "KHONG", 60_000, None).await,
    ];
    let mut draws = Draws::new(72);
    for till in &mut random.tills {
        let first = till.head.seq + 1;
        trade(till, &variants, &mut draws);
        close_shifts(till, &mut draws);
        mistake(till, mistaken.each_ref());
        put_right(till, random.world.phu_sinh);
        assert_eq!(till.push_from(&random.world, first).await.ack().exceptions, Vec::<i64>::new());
    }
    let (world, admin) = (&random.world, &random.world.admin);
    admin.merge_product(random.added.into(), world.garlic.id).await.unwrap();
    admin.unite_producers(namesake.into(), world.phu_sinh).await.unwrap();
    let valid_from = date!(2026 - 03 - 01);
    let recognition = Recognition { category: Category::Specialty, stars: None, valid_from, valid_to: None };
    world.recognise_by_mistake(world.basket.id, &recognition).await;
    promote(world, &mut draws).await
}

/// Whole months of the calendar.
fn days_of(year: i32, quarter: Option<u8>) -> Days {
    let (first, last) = quarter.map_or((1, 12), |quarter| (quarter * 3 - 2, quarter * 3));
    let [first, last] = [first, last].map(|month| Month::try_from(month).unwrap());
    let day = |month, day| Date::from_calendar_date(year, month, day).unwrap();
    (day(first, 1), day(last, last.length(year)))
}

async fn every_figure_of_promotion_is_that_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 71, Last::Operator, true).await;
    let recorded = story(&mut random).await;
    let world = &random.world;
    let slow = Slow::read(&world.app.db).await;
    assert!(slow.has_put_right(), "there is something to compare");
    let mut browser = Browser::of(world, Role::Department).await;
    let years = [2024, 2025, 2026].map(|year| (year, None));
    let spans = years.into_iter().chain([1, 2, 3, 4].map(|quarter| (2026, Some(quarter))));
    let mut seen = 0;
    // From the stores' own totals, and from sums over all stores.
    for turn in 0..2 {
        for (year, quarter) in spans.clone() {
            let of_quarter = quarter.map(|quarter| format!("&quarter={quarter}")).unwrap_or_default();
            let (query, days) = (format!("year={year}{of_quarter}"), days_of(year, quarter));
            let report = browser.json(world, &format!("/campaigns/outcome?{query}")).await;
            check_figures(&report, &slow, (&recorded, days, &query));
            check_first(&report, &slow, (days, &query));
            check_spent(&report, &recorded, (days, &query));
            seen += check_recognised(&report, &slow, (days, &query));
            if turn == 0 {
                check_files(world, &mut browser, (&query, &report)).await;
            }
        }
        assert!(seen > 0, "there is something to compare");
        assert!(add_up(&world.app.db, date!(2027 - 01 - 01)).await.unwrap() > 0 || turn == 1);
    }
}

fn words(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

fn is_in((from, to): Days, day: Date) -> bool {
    from <= day && day <= to
}

fn check_figures(report: &Value, slow: &Slow, (recorded, days, query): (&[Recorded], Days, &str)) {
    assert_eq!((words(report, "from"), words(report, "to")), (days.0.to_string(), days.1.to_string()));
    let of = |what: &str| {
        let of_it = recorded.iter().filter(|(kind, day, _)| *kind == what && is_in(days, *day));
        of_it.map(|(.., count)| count).sum::<i64>()
    };
    let (visitors, tastings) = slow.visits(days);
    let kept = [
        ("visitor_count", visitors + of("visitors")),
        ("tasting_count", tastings + of("tastings")),
        ("scan_count", of("scans")),
        ("enquiry_count", of("enquiries")),
        ("introduced_count", of("introduced")),
    ];
    for (field, expected) in slow.figures(days).into_iter().chain(kept) {
        assert_eq!(int(report, field), expected, "{field} of {query}");
    }
}

fn check_first(report: &Value, slow: &Slow, (days, query): (Days, &str)) {
    for (list, count, expected) in [
        ("first_products", "first_product_count", slow.first_products(days)),
        ("first_producers", "first_producer_count", slow.first_producers(days)),
    ] {
        let told = rows(report, list).iter().map(|row| {
            (words(row, "name"), row["producer"].as_str().map(str::to_owned), words(row, "since"))
        });
        let mut told: Vec<First> = told.collect();
        told.sort();
        assert_eq!(told, expected, "{list} of {query}");
        assert_eq!(usize::try_from(int(report, count)), Ok(expected.len()), "{query}");
    }
    let begins = slow.first_month().is_some_and(|month| is_in(days, month));
    assert_eq!(report["is_beginning"].as_bool(), Some(begins), "{query}");
}

fn check_spent(report: &Value, recorded: &[Recorded], (days, query): (Days, &str)) {
    let of_kind = |kind: CampaignKind| {
        let of_it = recorded.iter().filter(move |(what, day, _)| *what == kind.code() && is_in(days, *day));
        let costs: Vec<i64> = of_it.map(|(.., cost)| *cost).collect();
        (kind.code().to_owned(), i64::try_from(costs.len()).unwrap(), costs.iter().sum::<i64>())
    };
    let mut expected: Vec<_> = CampaignKind::ALL.map(of_kind).into_iter().filter(|row| row.1 > 0).collect();
    expected.sort();
    let told = rows(report, "spent")
        .iter()
        .map(|row| (words(row, "kind"), int(row, "campaign_count"), int(row, "cost_vnd")));
    assert_eq!(told.collect::<Vec<_>>(), expected, "{query}");
}

/// Returns how many have a month on each side.
fn check_recognised(report: &Value, slow: &Slow, (days, query): (Days, &str)) -> usize {
    let sums = ["product_before_vnd", "product_after_vnd", "rest_before_vnd", "rest_after_vnd"];
    let told = rows(report, "recognised").iter().map(|row| Around {
        product: words(row, "product_id").parse().unwrap(),
        category: words(row, "category"),
        decision: words(row, "decision"),
        since: words(row, "recognised_on"),
        months: int(row, "months"),
        sums: sums.map(|field| int(row, field)),
    });
    let mut told: Vec<Around> = told.collect();
    told.sort();
    assert_eq!(told, slow.recognised(days), "{query}");
    told.iter().filter(|around| around.months > 0 && around.sums.iter().all(|vnd| *vnd > 0)).count()
}

async fn check_files(world: &World, browser: &mut Browser, (query, report): (&str, &Value)) {
    let file = browser.get(world, &format!("/campaigns/outcome.xlsx?{query}")).await;
    let csv = text(&browser.get(world, &format!("/campaigns/outcome.csv?{query}")).await);
    let page = text(&browser.get(world, &format!("/campaigns/outcome?{query}")).await);
    let cost = rows(report, "spent").iter().map(|row| int(row, "cost_vnd")).sum::<i64>();
    let figures = IN_FILE.map(|(name, field)| (name, int(report, field)));
    let cells = sheet(&file, "Kết quả");
    assert_eq!((cells.len(), csv.lines().count()), (17, 17), "two days and all figures");
    for (name, expected) in figures.into_iter().chain([("Kinh phí chiến dịch", cost)]) {
        let row = cells.iter().find(|row| row[0] == Data::String(name.to_owned())).unwrap();
        assert_eq!(number(&row[1]), expected, "{name} of {query}");
        let line = csv.lines().find(|line| line.trim_start_matches('"').starts_with(name)).unwrap();
        let told = line.rsplit_once(',').unwrap().1.parse::<i64>();
        assert_eq!(told.ok(), Some(expected), "{name} of {query}");
    }
    let cells = sheet(&file, "Công nhận");
    assert_eq!(cells.len(), rows(report, "recognised").len() + 1, "{query}");
    for (cells, row) in cells[1..].iter().zip(rows(report, "recognised")) {
        let (months, before) = (int(row, "months"), int(row, "product_before_vnd"));
        assert_eq!((cells[0].to_string(), number(&cells[4])), (words(row, "name"), months));
        let sums = ["product_before_vnd", "product_after_vnd", "rest_before_vnd", "rest_after_vnd"];
        for (cell, field) in cells[5..].iter().zip(sums) {
            let told = (*cell != Data::Empty).then(|| number(cell));
            assert_eq!(told, (months > 0).then(|| int(row, field)), "{field} of {row}");
        }
        assert!(months == 0 || page.contains(&Money::new(before).to_string()), "{row} in {page}");
    }
    let cells = sheet(&file, "Kinh phí");
    let told = cells[1..].iter().map(|row| (number(&row[1]), number(&row[2])));
    let spent = rows(report, "spent").iter().map(|row| (int(row, "campaign_count"), int(row, "cost_vnd")));
    assert_eq!(told.collect::<Vec<_>>(), spent.collect::<Vec<_>>(), "{query}");
    for (name, list) in [("Sản phẩm lần đầu", "first_products"), ("Chủ thể lần đầu", "first_producers")]
    {
        let told: Vec<String> = sheet(&file, name)[1..].iter().map(|row| row[0].to_string()).collect();
        let shown: Vec<String> = rows(report, list).iter().map(|row| words(row, "name")).collect();
        assert_eq!(told, shown, "{list} of {query}");
    }
}
