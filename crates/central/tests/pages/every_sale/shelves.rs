//! One product's returns, baskets and shelves counted slowly: every entry is read, and every day walked through.

use std::collections::{BTreeMap, BTreeSet};

use central::db::Db;
use central::db::engine::Sql;
use serde_json::Value;
use time::{Date, Duration};
use uuid::Uuid;

use super::FIRST_DAY;
use super::slowly::{Days, Pick};
use crate::support::TODAY;

/// Days for which a store still lists what it has none of.
const LISTED: i64 = 90;

/// A line of an entry of any kind.
struct Line {
    store: Uuid,
    day: Date,
    kind: String,
    /// As the store told it, and what it was merged into.
    told: Uuid,
    product: Uuid,
    milli: i64,
    vnd: i64,
    /// Its entry.
    entry: usize,
}

/// What happened to shelves.
pub(super) struct Shelves {
    lines: Vec<Line>,
    stores: BTreeSet<Uuid>,
}

/// Pieces that came back and their money, what was there, what was sold of it, and listed and empty days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Traded {
    back: (i64, i64),
    there: Option<i64>,
    sold: i64,
    days: (i64, i64),
}

impl Shelves {
    pub(super) async fn read(db: &Db) -> Self {
        let merged: Vec<(Uuid, Option<Uuid>)> =
            db.all(Sql::new("select id, merged_into from products")).await.unwrap();
        let merged: BTreeMap<Uuid, Uuid> =
            merged.into_iter().filter_map(|(id, into)| Some((id, into?))).collect();
        let entries: Vec<(Uuid, String, Option<Date>, Vec<u8>)> = db
            .all(Sql::new(
                "select store_id, kind, business_date, shared from entries where state = 'projected'",
            ))
            .await
            .unwrap();
        let mut all = Self { lines: Vec::new(), stores: BTreeSet::new() };
        for (entry, (store, kind, day, shared)) in entries.into_iter().enumerate() {
            all.stores.insert(store);
            if !["sale", "refund", "void", "goods_in", "goods_out"].contains(&kind.as_str()) {
                continue;
            }
            let told: Value = serde_json::from_slice(&shared).unwrap();
            // What goes back to its producer, or was typed wrong and is taken back, is as if less had come.
            let kind = if told["cause"] == "returned" { "returned".to_owned() } else { kind };
            for line in told["lines"].as_array().unwrap() {
                let number = |name: &str| line[name].as_i64().unwrap_or_default();
                let told: Uuid = line["product"].as_str().unwrap().parse().unwrap();
                all.lines.push(Line {
                    store,
                    day: day.unwrap(),
                    kind: kind.clone(),
                    told,
                    product: merged.get(&told).copied().unwrap_or(told),
                    milli: number("quantity"),
                    vnd: number("gross") - number("discount"),
                    entry,
                });
            }
        }
        all
    }

    /// Compares what is told of the product that is picked; nothing is told where it is picked by what it counted as.
    pub(super) fn check(&self, told: &Value, pick: &Pick, (days, query): (Days, &str)) {
        let Some([product]) = pick.products.as_deref() else { return };
        if pick.category.is_some() {
            assert!(told.is_null(), "{query}");
            return;
        }
        let int =
            |value: &Value, name: &str| value[name].as_i64().unwrap_or_else(|| panic!("{name} of {query}"));
        let traded = |row: &Value| Traded {
            back: (int(row, "taken_back_milli"), int(row, "taken_back_vnd")),
            there: row["to_be_sold_milli"].as_i64(),
            sold: int(row, "sold_of_it_milli"),
            days: (int(row, "listed_days"), int(row, "empty_days")),
        };
        let rows: BTreeMap<Uuid, Traded> = told["traded"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["store_id"].as_str().unwrap().parse().unwrap(), traded(row)))
            .collect();
        let stores = || self.stores.iter().filter(|store| pick.is_in(**store));
        let expected: BTreeMap<Uuid, Traded> = stores()
            .map(|store| (*store, self.of_store(*store, *product, days)))
            .filter(|(_, found)| *found != Traded::default())
            .collect();
        assert_eq!(rows, expected, "{query}");
        let sum = |of: fn(&Traded) -> i64| expected.values().map(of).sum::<i64>();
        let of_all = Traded {
            back: (sum(|store| store.back.0), sum(|store| store.back.1)),
            there: Some(sum(|store| store.there.unwrap_or_default())),
            sold: sum(|store| if store.there.is_some() { store.sold } else { 0 }),
            days: (sum(|store| store.days.0), sum(|store| store.days.1)),
        };
        assert_eq!(traded(told), of_all, "{query}");
        let (with_it, all) = (self.receipts(pick, days, Some(*product)), self.receipts(pick, days, None));
        assert_eq!((int(told, "basket_count"), int(told, "all_basket_count")), (with_it, all), "{query}");
        for (share, part, whole) in [
            ("basket_per_mille", with_it, all),
            ("sell_through_per_mille", of_all.sold, of_all.there.unwrap()),
        ] {
            let expected = (whole > 0).then(|| (part * 2_000 + whole).div_euclid(whole * 2));
            assert_eq!(told[share].as_i64(), expected, "{share} of {query}");
        }
    }

    fn receipts(&self, pick: &Pick, (from, to): Days, product: Option<Uuid>) -> i64 {
        let count = |kind: &str| {
            let of_kind = self.lines.iter().filter(|line| line.kind == kind && pick.is_in(line.store));
            let there = of_kind.filter(|line| from <= line.day && line.day <= to);
            let entries: BTreeSet<_> = match product {
                Some(product) => {
                    there.filter(|line| line.product == product).map(|line| (line.entry, line.told)).collect()
                }
                None => there.map(|line| (line.entry, Uuid::nil())).collect(),
            };
            i64::try_from(entries.len()).unwrap()
        };
        count("sale") - count("void")
    }

    fn of_store(&self, store: Uuid, product: Uuid, (from, to): Days) -> Traded {
        let mut traded = Traded::default();
        let (mut left, mut there, mut is_listed, mut last) = (0, 0, false, FIRST_DAY);
        let mut day = FIRST_DAY.min(from) - Duration::days(400);
        while day <= to.min(TODAY) {
            if day == from {
                there = left;
            }
            let of_day = || {
                self.lines.iter().filter(|line| (line.store, line.product, line.day) == (store, product, day))
            };
            let sum =
                |kind: &str| of_day().filter(|line| line.kind == kind).map(|line| line.milli).sum::<i64>();
            let (came, gone) = (sum("goods_in") - sum("returned"), sum("goods_out"));
            let sold = sum("sale") - sum("refund") - sum("void");
            left += came - gone - sold;
            if of_day().next().is_some() {
                last = day;
            }
            is_listed |= came > 0 || came - gone - sold > 0;
            if day >= from {
                there += came;
                traded.sold += sold;
                traded.back.0 += sum("refund");
                traded.back.1 +=
                    of_day().filter(|line| line.kind == "refund").map(|line| line.vnd).sum::<i64>();
                if is_listed && (left > 0 || (day - last).whole_days() < LISTED) {
                    traded.days.0 += 1;
                    traded.days.1 += i64::from(left <= 0);
                }
            }
            day += Duration::DAY;
        }
        traded.there = Some(there).filter(|there| *there > 0);
        traded
    }
}
