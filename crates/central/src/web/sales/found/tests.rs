use domain::Quantity;
use domain::ids::ProductId;
use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::web::sales::period::{Against, Preset};
use crate::web::sales::report::PAGE;

/// 23/11/2026 14:02 in Vietnam.
const NOW_MS: i64 = 1_795_417_320_000;
const TODAY: Date = date!(2026 - 11 - 23);

fn sold(number: u128, name: &str, producer: Option<&str>, revenue: i64) -> ProductSales {
    ProductSales {
        product_id: ProductId::from_uuid(Uuid::from_u128(number)),
        sku: String::new(),
        name: name.to_owned(),
        unit: "Hộp".to_owned(),
        producer: producer.map(str::to_owned),
        stars: Some(4),
        quantity: Quantity::from_milli(revenue * 2),
        revenue: Money::new(revenue),
        receipts: Some(100 - revenue),
    }
}

fn day(day: Date, revenue: i64) -> DaySales {
    DaySales { day, revenue: Money::new(revenue), receipts: Some(1) }
}

fn found(products: Vec<ProductSales>) -> Found {
    let totals = Totals { revenue: Money::new(100), receipts: Some(3), products: 2 };
    Found {
        freshness: Vec::new(),
        first_day: Some(date!(2026 - 10 - 01)),
        totals: [totals, totals],
        days: [Vec::new(), Vec::new()],
        products,
        products_before: BTreeMap::new(),
        stores: [Vec::new(), Vec::new()],
        categories: [Vec::new(), Vec::new()],
        parts: [Vec::new(), Vec::new()],
        product_groups: Vec::new(),
        campaign: None,
        picked_producer: None,
        origins: Origins::default(),
    }
}

fn usual() -> Filter {
    Filter::usual(TODAY)
}

#[test]
fn products_stand_in_the_order_that_was_asked_for() {
    let all = vec![
        sold(1, "Tỏi", Some("Phú Sinh"), 30),
        sold(2, "Đường phổi", None, 20),
        sold(3, "Bò khô", Some("Thu Ba"), 20),
    ];
    for (column, is_reversed, expected) in [
        (Column::Revenue, false, [1, 3, 2]),
        (Column::Revenue, true, [3, 2, 1]),
        (Column::Quantity, false, [1, 3, 2]),
        (Column::Receipts, false, [3, 2, 1]),
        // đ stands with d, not behind z.
        (Column::Name, false, [3, 2, 1]),
        (Column::Name, true, [1, 2, 3]),
        (Column::Producer, false, [2, 1, 3]),
    ] {
        let filter = Filter { sort: Sort { column, is_reversed }, ..usual() };
        let report = found(all.clone()).report(&filter, NOW_MS, PAGE);
        let order: Vec<u128> =
            report.products.iter().map(|product| product.product_id.uuid().as_u128()).collect();
        assert_eq!(order, expected, "{column:?} {is_reversed}");
    }
}

#[test]
fn pages_hold_fifty_products_and_never_overlap() {
    let all: Vec<_> = (0..120).map(|number| sold(number, "Tỏi", None, 7)).collect();
    let page = |page| found(all.clone()).report(&usual().on_page(page), NOW_MS, PAGE);
    let counts: Vec<_> = [1, 2, 3].map(|number| page(number).products.len()).to_vec();
    assert_eq!((counts, page(1).pages, page(1).product_count), (vec![50, 50, 20], 3, 120));
    let mut ids: Vec<_> = (1..=3).flat_map(|number| page(number).products).map(|p| p.product_id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 120);
    assert_eq!((page(9).page, page(9).products), (3, page(3).products), "beyond the end stands the last one");
    assert_eq!((found(vec![]).report(&usual(), NOW_MS, PAGE).pages, page(1).page), (1, 1));
}

#[test]
fn each_day_stands_beside_its_day_of_the_period_before() {
    let days = [
        vec![day(date!(2026 - 11 - 01), 5), day(TODAY, 7)],
        vec![day(date!(2026 - 10 - 01), 3), day(date!(2026 - 10 - 23), 4)],
    ];
    let report = Found { days, ..found(vec![]) }.report(&usual(), NOW_MS, PAGE);
    let bars: Vec<_> = report.over_time.iter().map(|part| (part.revenue_vnd, part.before_vnd)).collect();
    assert_eq!(bars.len(), 23);
    assert_eq!((bars[0], bars[22]), ((5, 3), (7, 4)));
    assert!(bars[1..22].iter().all(|pair| *pair == (0, 0)));
    let march = Filter { period: Preset::Month.period(date!(2026 - 03 - 31)), ..usual() };
    let days = [vec![], vec![day(date!(2026 - 02 - 28), 9)]];
    let report = Found { days, ..found(vec![]) }.report(&march, NOW_MS, PAGE);
    let before: i64 = report.over_time.iter().map(|part| part.before_vnd).sum();
    assert_eq!((report.over_time[27].before_vnd, before), (9, 9), "a shorter month ends earlier");
}

#[test]
fn nothing_is_compared_with_days_before_the_first_sale() {
    let report = |first_day| Found { first_day, ..found(vec![]) }.report(&usual(), NOW_MS, PAGE);
    assert!(report(Some(date!(2026 - 10 - 01))).before.is_some());
    assert!(report(Some(date!(2026 - 10 - 02))).before.is_none());
    assert!(report(None).before.is_none());
}

#[test]
fn a_basket_is_revenue_by_receipt() {
    let basket = |revenue_vnd, receipt_count| {
        SalesTotals { revenue_vnd, receipt_count, product_count: 1 }.basket_vnd()
    };
    for (revenue, receipts, expected) in
        [(100, Some(3), Some(33)), (200, Some(3), Some(67)), (100, Some(0), None), (100, None, None)]
    {
        assert_eq!(basket(revenue, receipts), expected);
    }
}

#[test]
fn parts_stand_beside_what_they_sold_before_and_those_that_are_gone_come_last() {
    let part = |name: &str, vnd| PartSales {
        key: Some(name.to_owned()),
        words: Some(name.to_owned()),
        revenue: Money::new(vnd),
        products: 1,
    };
    let parts =
        [vec![part("Lý Sơn", 70), part("Sa Huỳnh", 30)], vec![part("Lý Sơn", 50), part("Trà Bồng", 9)]];
    let groups = |first_day| {
        let found = Found { parts: parts.clone(), first_day: Some(first_day), ..found(vec![]) };
        let rows = found.report(&usual(), NOW_MS, PAGE).groups.into_iter();
        rows.map(|row| (row.name.unwrap(), row.revenue_vnd, row.before_vnd)).collect::<Vec<_>>()
    };
    let row = |name: &str, vnd, before| (name.to_owned(), vnd, before);
    assert_eq!(
        groups(date!(2026 - 10 - 01)),
        [row("Lý Sơn", 70, Some(50)), row("Sa Huỳnh", 30, Some(0)), row("Trà Bồng", 0, Some(9))]
    );
    assert_eq!(
        groups(date!(2026 - 10 - 02)),
        [row("Lý Sơn", 70, None), row("Sa Huỳnh", 30, None)],
        "stores' figures begin later"
    );
}

#[test]
fn two_producers_of_one_name_are_two() {
    let part = |key: &str, vnd| PartSales {
        key: Some(key.to_owned()),
        words: Some("Hộ Nguyễn Thị Hoa".to_owned()),
        revenue: Money::new(vnd),
        products: 1,
    };
    let parts = [vec![part("a", 70), part("b", 30)], vec![part("b", 20), part("c", 9)]];
    let report = Found { parts, ..found(vec![]) }.report(&usual(), NOW_MS, PAGE);
    let rows: Vec<_> = report.groups.iter().map(|row| (row.revenue_vnd, row.before_vnd)).collect();
    assert_eq!(rows, [(70, Some(0)), (30, Some(20)), (0, Some(9))]);
}

#[test]
fn every_day_before_stands_beside_one_part() {
    let year = |from, to| Period { from, to };
    let days = |days: &[Date]| days.iter().map(|at| day(*at, 1)).collect::<Vec<_>>();
    // 2024 has a day more than 2025: months stand beside months, and its last day is not lost.
    let (first, leap, last) = (date!(2024 - 01 - 01), date!(2024 - 02 - 29), date!(2024 - 12 - 31));
    let filter = Filter {
        preset: None,
        period: year(date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
        against: Against::Year,
        ..usual()
    };
    let all = [vec![], days(&[first, leap, date!(2024 - 03 - 01), last])];
    let report = Found { days: all, first_day: Some(first), ..found(vec![]) }.report(&filter, NOW_MS, PAGE);
    let before: Vec<i64> = report.over_time.iter().map(|part| part.before_vnd).collect();
    assert_eq!(before, [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1], "28 February is the last day of its month");
    // The other way round, the leap day stands beside nothing.
    let filter = Filter { period: year(date!(2024 - 02 - 28), date!(2024 - 03 - 01)), ..filter };
    let all = [vec![], days(&[date!(2023 - 02 - 28), date!(2023 - 03 - 01)])];
    let report = Found { days: all, ..found(vec![]) }.report(&filter, NOW_MS, PAGE);
    let before: Vec<i64> = report.over_time.iter().map(|part| part.before_vnd).collect();
    assert_eq!(before, [1, 0, 1]);
}

#[test]
fn rows_stand_beside_what_they_sold_before() {
    let store = |number: u128, vnd| StoreSales {
        store_id: Uuid::from_u128(number).into(),
        name: number.to_string(),
        revenue: Money::new(vnd),
        receipts: Some(1),
    };
    let category = |category, vnd| CategorySales { category, revenue: Money::new(vnd), products: 1 };
    let key = Some(domain::catalog::Category::Key);
    let report = |first_day| {
        let found = Found {
            products_before: [(ProductId::from_uuid(Uuid::from_u128(1)), 9)].into(),
            stores: [vec![store(1, 5), store(2, 0)], vec![store(2, 7), store(1, 3)]],
            categories: [vec![category(None, 5)], vec![category(key, 7), category(None, 3)]],
            first_day: Some(first_day),
            ..found(vec![sold(1, "Tỏi", None, 30), sold(2, "Muối", None, 20)])
        };
        found.report(&usual(), NOW_MS, PAGE)
    };
    let shown = report(date!(2026 - 10 - 01));
    let products: Vec<_> = shown.products.iter().map(|row| row.before_vnd).collect();
    let stores: Vec<_> = shown.stores.iter().map(|row| (row.revenue_vnd, row.before_vnd)).collect();
    let categories: Vec<_> = shown.categories.iter().map(|row| (row.revenue_vnd, row.before_vnd)).collect();
    assert_eq!(products, [Some(9), Some(0)]);
    assert_eq!(stores, [(5, Some(3)), (0, Some(7))]);
    assert_eq!(categories, [(5, Some(3)), (0, Some(7))], "a category that sold nothing now is told");
    let later = report(date!(2026 - 10 - 02));
    assert!(later.products.iter().all(|row| row.before_vnd.is_none()) && later.categories.len() == 1);
}
