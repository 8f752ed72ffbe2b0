//! Every figure of the page of sales, and of its files, against a slow count of single entries: random trade of two years with goods
//! that came back, voided sales, merged products, decisions and communes that changed, and two producers of one name.

mod shelves;
mod slowly;

use std::collections::{BTreeMap, BTreeSet};

use calamine::Data;
use central::admin::{NewCampaign, NewProduct, NewTerms};
use central::db::Db;
use central::db::sales::add_up;
use central::db::users::Role;
use domain::Money;
use domain::catalog::{Category, Recognition, Stars};
use domain::contract::Clauses;
use domain::removal::Cause;
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration, Weekday};
use uuid::Uuid;

use self::shelves::Shelves;
use self::slowly::{Days, Entries, Pick, Sum, Sums, a_year_before, three_months_before};
use super::browser::{Browser, text};
use super::figures::rows;
use super::grid::{number, sheet};
use crate::books::goods_out::{line, remove};
use crate::support::back::back;
use crate::support::fair::fair;
use crate::support::random_world::{Draws, Last, RandomWorld};
use crate::support::{Goods, TODAY, Till, World, facts, goods, new_product, producer};

testkit::on_both_engines!(every_figure_is_that_of_the_entries);

const FIRST_DAY: Date = date!(2024 - 11 - 01);
/// Days on which somebody sells for certain: both ends of years, and Tết.
const CERTAIN: [Date; 6] = [
    date!(2024 - 12 - 31),
    date!(2025 - 01 - 01),
    date!(2025 - 01 - 29),
    date!(2025 - 12 - 31),
    date!(2026 - 02 - 17),
    TODAY,
];

/// A quarter of the official report.
const QUARTER: &str = "from=2026-06-15&to=2026-09-14";

/// What a till has of the products, as they counted at one time or another.
pub(super) async fn variants(world: &World, added: Uuid) -> (Vec<Goods>, Uuid) {
    let admin = &world.admin;
    let namesake = producer(admin, "Công ty Phú Sinh").await;
    let sweets = goods(&world.app, admin, "KEO", 10_000, Some((world.operator, namesake, 10))).await;
    let mut all = vec![world.garlic.clone(), world.salt.clone(), world.basket.clone(), sweets];
    let decided = |category, stars, valid_from| Recognition { category, stars, valid_from, valid_to: None };
    for (goods, decision) in [
        (&world.garlic, decided(Category::Key, None, date!(2025 - 06 - 01))),
        (&world.garlic, decided(Category::Ocop, Stars::new(5), date!(2026 - 06 - 01))),
        (&world.salt, decided(Category::Key, None, date!(2026 - 01 - 01))),
        (&world.basket, decided(Category::Ocop, Stars::new(3), date!(2025 - 01 - 01))),
    ] {
        admin.recognise(goods.id, &decision, "1/QĐ").await.unwrap();
        all.push(Goods { facts: facts(&world.app.db, goods.id).await, ..goods.clone() });
    }
    let moved = NewProduct {
        commune: "Phường Sa Huỳnh".to_owned(),
        group_code: "drink".to_owned(),
        ..new_product("MUOI", 30_000, Some(world.sa_huynh))
    };
    admin.update_product(world.salt.id, &moved).await.unwrap();
    all.push(Goods { facts: facts(&world.app.db, world.salt.id).await, ..world.salt.clone() });
    all.push(Goods { id: added.into(), facts: None, price: Money::new(120_000), ..world.garlic.clone() });
    // The terms of this year would not hold for what was sold before.
    let mut older = BTreeMap::new();
    for producer_id in [world.phu_sinh, world.sa_huynh, namesake] {
        let terms = all.iter().filter_map(|goods| goods.terms).find(|terms| terms.producer_id == producer_id);
        let terms = terms.unwrap();
        let new = NewTerms {
            operator_id: world.operator,
            producer_id,
            product_id: None,
            commission: terms.commission,
            basis: terms.basis,
            discount_bearer: terms.discount_bearer,
            valid_from: FIRST_DAY,
            clauses: Clauses::default(),
        };
        older.insert(producer_id, admin.add_terms(&new).await.unwrap());
    }
    let of_then = |goods: Goods| match goods.terms {
        Some(terms) => goods.with_terms(|frozen| frozen.terms_id = Some(older[&terms.producer_id])),
        None => goods,
    };
    (all.into_iter().map(of_then).collect(), namesake.uuid())
}

/// Sales of one or two lines, some of them with a discount; of some a piece comes back later, and some never were. Deliveries between
/// them, of which some go back.
pub(super) fn trade(till: &mut Till, variants: &[Goods], draws: &mut Draws) {
    let span = u64::try_from((TODAY - FIRST_DAY).whole_days()).unwrap();
    for step in 0..60 {
        let drawn = FIRST_DAY + Duration::days(i64::try_from(draws.below(span)).unwrap());
        till.day = CERTAIN.get(step).copied().unwrap_or(drawn);
        if draws.below(3) == 0 {
            let place = usize::try_from(draws.below(u64::try_from(variants.len()).unwrap())).unwrap();
            let (goods, pieces) = (&variants[place], draws.pieces());
            let lot = till.receive(goods, pieces * 3);
            if draws.below(3) == 0 {
                remove(till, Cause::Returned, &[line(goods, lot, pieces, 0)]);
            }
        }
        let lines: Vec<_> = (0..draws.below(2) + 1)
            .map(|_| {
                let place = usize::try_from(draws.below(u64::try_from(variants.len()).unwrap())).unwrap();
                let mut line = till.line(&variants[place], draws.pieces(), None);
                line.discount = Money::new(i64::try_from(draws.below(3)).unwrap() * 1_000);
                line.tax = line.tax_rate.inside(line.total().unwrap()).unwrap();
                line
            })
            .collect();
        let sale = till.sell_lines(&lines);
        match draws.below(6) {
            0 => {
                till.day = (till.day + Duration::days(i64::try_from(draws.below(50)).unwrap())).min(TODAY);
                drop(till.take_back(sale, vec![back(0, &lines[0], 0, 1)]));
            }
            1 => {
                let whole = lines.iter().enumerate();
                let whole = whole.map(|(no, line)| back(no, line, 0, line.quantity.milli() / 1_000));
                let void = till.refund_of(whole.collect());
                till.write_refund("void", Some(sale), &void);
            }
            _ => {}
        }
    }
}

/// A question as the address and as the slow count know it.
type Asked = (String, Pick);

fn questions(random: &RandomWorld, namesake: Uuid, campaign: Uuid) -> Vec<Asked> {
    let world = &random.world;
    let (garlic, salt, basket) = (world.garlic.id.uuid(), world.salt.id.uuid(), world.basket.id.uuid());
    let (phu_sinh, store) = (world.phu_sinh.uuid(), world.store.uuid());
    let all = Pick::default;
    vec![
        (String::new(), all()),
        (format!("&store={store}"), Pick { store: Some(store), ..all() }),
        (format!("&product={garlic}"), Pick { products: Some(vec![garlic]), ..all() }),
        (
            format!("&product={salt}&store={store}"),
            Pick { products: Some(vec![salt]), store: Some(store), ..all() },
        ),
        (
            format!("&product={garlic}&category=key"),
            Pick { products: Some(vec![garlic]), category: Some("key"), ..all() },
        ),
        ("&category=key".to_owned(), Pick { category: Some("key"), ..all() }),
        ("&category=key&counted=holders".to_owned(), Pick { category: Some("key"), holders: true, ..all() }),
        ("&counted=holders".to_owned(), Pick { holders: true, ..all() }),
        ("&stars=4".to_owned(), Pick { stars_least: Some(4), ..all() }),
        ("&rank=4".to_owned(), Pick { stars: Some(4), ..all() }),
        (format!("&producer={phu_sinh}"), Pick { producers: Some(vec![phu_sinh]), ..all() }),
        (
            format!("&producer={namesake}&rank=3"),
            Pick { producers: Some(vec![namesake]), stars: Some(3), ..all() },
        ),
        ("&producer=phu%20sinh".to_owned(), Pick { producers: Some(vec![phu_sinh, namesake]), ..all() }),
        (
            "&commune=Ph%C6%B0%E1%BB%9Dng%20Sa%20Hu%E1%BB%B3nh".to_owned(),
            Pick { commune: Some("Phường Sa Huỳnh"), ..all() },
        ),
        ("&group=food".to_owned(), Pick { group: Some("food"), ..all() }),
        (
            format!("&group=food&category=ocop&store={store}&producer={phu_sinh}"),
            Pick {
                group: Some("food"),
                category: Some("ocop"),
                store: Some(store),
                producers: Some(vec![phu_sinh]),
                ..all()
            },
        ),
        (
            format!("&campaign={}", random.campaign.uuid()),
            Pick { products: Some(vec![garlic, salt]), ..all() },
        ),
        (
            format!("&campaign={campaign}&stars=3"),
            Pick {
                products: Some(vec![garlic, basket]),
                stores: Some(vec![store]),
                stars_least: Some(3),
                ..all()
            },
        ),
    ]
}

/// Periods by their address, with what they are compared with.
fn periods() -> Vec<(&'static str, Days, Days)> {
    let before = |(from, to): Days| (from - ((to - from) + Duration::DAY), from - Duration::DAY);
    let year = |(from, to): Days| (a_year_before(from), a_year_before(to));
    let this_year = (date!(2026 - 01 - 01), TODAY);
    let (whole, weeks) =
        ((date!(2025 - 01 - 01), date!(2025 - 12 - 31)), (date!(2026 - 07 - 01), date!(2026 - 11 - 15)));
    let (days, tet) =
        ((date!(2026 - 10 - 15), date!(2026 - 11 - 10)), (date!(2026 - 02 - 01), date!(2026 - 02 - 28)));
    let (quarter, quarter_before) =
        ((date!(2026 - 06 - 15), date!(2026 - 09 - 14)), (date!(2026 - 03 - 15), date!(2026 - 06 - 14)));
    vec![
        ("from=2026-01-01&to=2026-11-23", this_year, before(this_year)),
        // The third quarter as reports have it, with the second.
        (QUARTER, quarter, quarter_before),
        ("period=year", this_year, year(this_year)),
        ("from=2025-01-01&to=2025-12-31&against=year", whole, year(whole)),
        ("from=2026-07-01&to=2026-11-15&against=year", weeks, year(weeks)),
        ("from=2026-10-15&to=2026-11-10", days, before(days)),
        // Tết was on 29 January 2025 and on 17 February 2026.
        ("from=2026-02-01&to=2026-02-28&against=tet", tet, (date!(2025 - 01 - 13), date!(2025 - 02 - 09))),
    ]
}

async fn every_figure_is_that_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 11, Last::Operator, true).await;
    let (variants, namesake) = variants(&random.world, random.added).await;
    let mut draws = Draws::new(12);
    for till in &mut random.tills {
        let first = till.head.seq + 1;
        trade(till, &variants, &mut draws);
        assert_eq!(till.push_from(&random.world, first).await.ack().exceptions, Vec::<i64>::new());
    }
    let world = &random.world;
    world.admin.merge_product(random.added.into(), world.garlic.id).await.unwrap();
    let campaign = Uuid::from_u128(101);
    let new = NewCampaign {
        first_day: date!(2026 - 06 - 01),
        products: vec![world.garlic.id, world.basket.id],
        stores: vec![world.store],
        ..fair(world)
    };
    world.admin.add_campaign(campaign.into(), &new).await.unwrap();
    let (entries, shelves) = (Entries::read(&world.app.db).await, Shelves::read(&world.app.db).await);
    let mut department = Browser::of(world, Role::Department).await;
    let (questions, mut seen) = (questions(&random, namesake, campaign), 0);
    // From the stores' own totals, and from sums over all stores.
    for turn in 0..2 {
        for (which, (days_text, days, before)) in periods().into_iter().enumerate() {
            for (asked, (text, pick)) in questions.iter().enumerate() {
                let by = ["producer", "commune", "group", "stars"][(which + asked) % 4];
                let query = format!("{days_text}{text}&by={by}");
                let figures = Figures { entries: &entries, pick, days, before, by, query: &query };
                let report = department.json(world, &format!("/sales?{query}")).await;
                seen += usize::from(figures.check(&report));
                shelves.check(&report["trade"], pick, (days, &query));
                if (which + asked + turn) % 5 == 0 {
                    check_files(world, &mut department, &query, &report).await;
                }
            }
        }
        assert!(seen > 60, "there is something to compare: {seen}");
        assert!(add_up(&world.app.db, date!(2027 - 01 - 01)).await.unwrap() > 0 || turn == 1);
    }
    // An operator's page counts its own stores.
    let mut operator = Browser::of(world, Role::Operator(world.operator)).await;
    for (days_text, days, before) in periods() {
        for (text, pick) in questions.iter().filter(|(text, _)| !text.contains("campaign")) {
            let own = vec![world.store.uuid(), world.other_store.uuid()];
            let pick = &Pick { stores: Some(own), ..pick.clone() };
            let query = format!("{days_text}{text}&by=producer");
            let figures = Figures { entries: &entries, pick, days, before, by: "producer", query: &query };
            let report = operator.json(world, &format!("/sales?{query}")).await;
            figures.check(&report);
            shelves.check(&report["trade"], pick, (days, &query));
        }
    }
}

/// What the page should say.
struct Figures<'a> {
    entries: &'a Entries,
    pick: &'a Pick,
    days: Days,
    before: Days,
    by: &'a str,
    query: &'a str,
}

fn int(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no number: {value}"))
}

/// The words under a name; none is empty.
fn key(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_default().to_owned()
}

impl Figures<'_> {
    /// Compares all of it; says whether there was anything now and before.
    fn check(&self, report: &Value) -> bool {
        let Self { entries, pick, days, before, by, query } = *self;
        let days_told = [&report["from"], &report["to"], &report["before_from"], &report["before_to"]];
        assert_eq!(
            days_told.map(|day| day.as_str().unwrap().to_owned()),
            [days.0, days.1, before.0, before.1].map(|day| day.to_string()),
            "{query}"
        );
        let knows_before = entries.first_day(pick).is_some_and(|first| first <= before.0);
        let (now, then) = (entries.total(pick, days), entries.total(pick, before));
        self.check_total(&report["totals"], &now);
        if knows_before {
            self.check_total(&report["before"], &then)
        } else {
            assert!(report["before"].is_null(), "{query}")
        }

        let (products, products_before) = (entries.by_product(pick, days), entries.by_product(pick, before));
        let told: Sums = rows(report, "products")
            .iter()
            .map(|row| {
                let sum = Sum {
                    vnd: int(&row["revenue_vnd"]),
                    milli: int(&row["quantity_milli"]),
                    products: 1,
                    receipts: row["receipt_count"].as_i64(),
                    stars: row["stars"].as_i64(),
                };
                (key(row, "product_id"), sum)
            })
            .collect();
        assert_eq!(told, products, "products of {query}");
        let vnd = |sums: &Sums, key: &str| sums.get(key).map_or(0, |sum| sum.vnd);
        for (list, name, now, then) in [
            ("products", "product_id", &products, &products_before),
            ("stores", "store_id", &entries.by_store(pick, days), &entries.by_store(pick, before)),
            ("categories", "category", &entries.by_category(pick, days), &entries.by_category(pick, before)),
            ("groups", "key", &entries.by_part(by, pick, days), &entries.by_part(by, pick, before)),
        ] {
            let mut keys: BTreeSet<&String> = now.keys().collect();
            if knows_before && ["categories", "groups"].contains(&list) {
                keys.extend(then.keys());
            }
            // A store that is picked and sold nothing is no row.
            keys.retain(|key| list != "stores" || pick.store.is_none() || vnd(now, key) != 0);
            let expected: BTreeMap<String, (i64, Option<i64>)> = keys
                .into_iter()
                .map(|key| (key.clone(), (vnd(now, key), knows_before.then(|| vnd(then, key)))))
                .collect();
            let told: BTreeMap<String, (i64, Option<i64>)> = rows(report, list)
                .iter()
                .map(|row| (key(row, name), (int(&row["revenue_vnd"]), row["before_vnd"].as_i64())))
                .collect();
            assert_eq!(told, expected, "{list} of {query}");
            assert_eq!(rows(report, list).len(), told.len(), "{list} of {query}: a row each");
            for row in rows(report, list) {
                let sum = now.get(&key(row, name)).cloned().unwrap_or_default();
                match list {
                    "stores" => assert_eq!(row["receipt_count"].as_i64(), sum.receipts, "{query}"),
                    "products" => {}
                    _ => assert_eq!(int(&row["product_count"]), sum.products, "{list} of {query}"),
                }
            }
        }
        self.check_parts(rows(report, "over_time"), then.vnd);
        now.vnd > 0 && then.vnd > 0 && knows_before
    }

    fn check_total(&self, told: &Value, sum: &Sum) {
        let told = (int(&told["revenue_vnd"]), told["receipt_count"].as_i64(), int(&told["product_count"]));
        assert_eq!(told, (sum.vnd, sum.receipts, sum.products), "totals of {}", self.query);
    }

    /// Days, weeks or months: each day of both periods in one part.
    fn check_parts(&self, parts: &[Value], before_vnd: i64) {
        let (query, (from, to)) = (self.query, self.days);
        let day = |value: &Value| {
            let mut numbers = value.as_str().unwrap().split('-').map(|part| part.parse::<u16>().unwrap());
            let mut next = || numbers.next().unwrap();
            let (year, month, day) = (next(), next(), next());
            let month = u8::try_from(month).unwrap().try_into().unwrap();
            Date::from_calendar_date(year.into(), month, u8::try_from(day).unwrap()).unwrap()
        };
        let length = (to - from).whole_days() + 1;
        let by_year = query.contains("against=year") || query.contains("period=year");
        let (mut next, mut next_before) = (from, self.before.0);
        for part in parts {
            let (first, last) = (day(&part["from"]), day(&part["to"]));
            assert_eq!(first, next, "{query}");
            let is_end = match length {
                ..=45 => first == last,
                46..=200 => last.weekday() == Weekday::Sunday && (last - first).whole_days() < 7,
                _ => last.month() != (last + Duration::DAY).month() && first.month() == last.month(),
            };
            assert!(is_end || last == to, "{query}: {first} to {last}");
            assert_eq!(
                int(&part["revenue_vnd"]),
                self.entries.revenue(self.pick, (first, last)),
                "{query}: {first}"
            );
            let shifted = if by_year {
                a_year_before(last)
            } else if query.starts_with(QUARTER) {
                three_months_before(last)
            } else {
                last - (from - self.before.0)
            };
            let last_before = if last == to { self.before.1 } else { shifted };
            let vnd = self.entries.revenue(self.pick, (next_before, last_before));
            assert_eq!(int(&part["before_vnd"]), vnd, "{query}: before {first}");
            (next, next_before) = (last + Duration::DAY, last_before + Duration::DAY);
        }
        assert_eq!((next, next_before), (to + Duration::DAY, self.before.1 + Duration::DAY), "{query}");
        assert_eq!(parts.iter().map(|part| int(&part["before_vnd"])).sum::<i64>(), before_vnd, "{query}");
    }
}

/// Every column of figures of the workbook, and those of the text with commas.
async fn check_files(world: &World, browser: &mut Browser, query: &str, report: &Value) {
    let file = browser.get(world, &format!("/sales.xlsx?{query}")).await;
    let dimension = match query.rsplit("by=").next().unwrap() {
        "producer" => "Chủ thể",
        "commune" => "Xã, phường",
        "group" => "Nhóm",
        _ => "Hạng sao",
    };
    let categories = if query.contains("holders") { "Phân loại (mọi loại)" } else { "Phân loại" };
    for (name, list, columns) in [
        (
            "Sản phẩm",
            "products",
            &[(2, "stars"), (5, "revenue_vnd"), (6, "before_vnd"), (7, "receipt_count")][..],
        ),
        ("Cửa hàng", "stores", &[(1, "revenue_vnd"), (2, "before_vnd"), (3, "receipt_count")]),
        (categories, "categories", &[(1, "revenue_vnd"), (2, "before_vnd"), (3, "product_count")]),
        (dimension, "groups", &[(1, "revenue_vnd"), (2, "before_vnd"), (3, "product_count")]),
        ("Theo thời gian", "over_time", &[(2, "revenue_vnd"), (3, "before_vnd")]),
    ] {
        let shown = rows(report, list);
        let told = sheet(&file, name);
        assert!(told.len() > shown.len(), "{name} of {query}");
        for (row, shown) in told[1..].iter().zip(shown) {
            for (column, field) in columns {
                let cell = row.get(*column).unwrap_or(&Data::Empty);
                let cell = (*cell != Data::Empty).then(|| number(cell));
                assert_eq!(cell, shown[*field].as_i64(), "{field} in {name} of {query}");
            }
            if list == "products" {
                assert_eq!(number(&row[4]) * 1_000, int(&shown["quantity_milli"]), "{query}");
            }
        }
    }
    if let Some(stores) = report["trade"]["traded"].as_array() {
        let told = sheet(&file, "Tồn kệ theo cửa hàng");
        assert_eq!(told.len(), stores.len() + 1, "{query}");
        for (row, store) in told[1..].iter().zip(stores) {
            for (column, field) in [(2, "taken_back_vnd"), (6, "listed_days"), (7, "empty_days")] {
                assert_eq!(Some(number(&row[column])), store[field].as_i64(), "{field} of {query}");
            }
        }
    }
    let csv = text(&browser.get(world, &format!("/sales.csv?{query}")).await);
    let lines: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let shown = rows(report, "products");
    assert_eq!(lines.len(), shown.len(), "{query}");
    for (line, row) in lines.iter().zip(shown) {
        let told = [5, 6, 7].map(|column| line[column].parse::<i64>().ok());
        let fields = ["revenue_vnd", "before_vnd", "receipt_count"];
        assert_eq!(told, fields.map(|field| row[field].as_i64()), "{query}");
        let trade = &report["trade"];
        if !trade.is_null() {
            let told = [9, 13, 14, 15].map(|column| line[column].parse::<i64>().ok());
            let fields = ["taken_back_vnd", "listed_days", "empty_days", "all_basket_count"];
            assert_eq!(told, fields.map(|field| trade[field].as_i64()), "{query}");
        }
    }
}
