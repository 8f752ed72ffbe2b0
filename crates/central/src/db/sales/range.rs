//! A range of days as whole months and the days at its edges.

use std::collections::BTreeSet;

use domain::catalog::{month_after, month_of};
use domain::ids::{ProducerId, StoreId};
use time::Date;

use crate::db::engine::Sql;

/// A first day, and the day after the last one.
type Piece = (Date, Date);

/// Half-open pieces of a range, none of them overlapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Range {
    /// Whole months that were added up over all stores.
    overall: Vec<Piece>,
    /// Other whole months.
    months: Vec<Piece>,
    /// What is less than a month.
    days: Vec<Piece>,
}

impl Range {
    /// Takes the first and the last day. The last one before the first gives nothing.
    pub(crate) fn of(from: Date, to: Date) -> Self {
        let end = to.next_day().unwrap_or(to);
        let range = |months, days| Self { overall: Vec::new(), months, days };
        if end <= from {
            return range(Vec::new(), Vec::new());
        }
        let first = if from.day() == 1 { from } else { month_after(from) };
        let after = month_of(end);
        if first >= after {
            return range(Vec::new(), vec![(from, end)]);
        }
        let edges = [(from, first), (after, end)];
        range(vec![(first, after)], edges.into_iter().filter(|(a, b)| a < b).collect())
    }

    /// Answers these months from what was added up over all stores.
    pub(crate) fn with_overall(self, holding: &BTreeSet<Date>) -> Self {
        let (mut overall, mut months) = (Vec::new(), Vec::new());
        for (first, after) in self.months {
            let mut month = first;
            while month < after {
                let next = month_after(month);
                add(if holding.contains(&month) { &mut overall } else { &mut months }, (month, next));
                month = next;
            }
        }
        Self { overall, months, days: self.days }
    }
}

/// Cuts the days from the first to the last into those of some months and the others; half-open pieces.
pub(super) fn cut((from, to): (Date, Date), months: &BTreeSet<Date>) -> (Vec<Piece>, Vec<Piece>) {
    let (mut within, mut without) = (Vec::new(), Vec::new());
    let (mut first, end) = (from, to.next_day().unwrap_or(to));
    while first < end {
        let after = month_after(first).min(end);
        add(if months.contains(&month_of(first)) { &mut within } else { &mut without }, (first, after));
        first = after;
    }
    (within, without)
}

/// Adds a piece, as part of the last one where it follows that.
fn add(pieces: &mut Vec<Piece>, (first, after): Piece) {
    match pieces.last_mut() {
        Some(last) if last.1 == first => last.1 = after,
        _ => pieces.push((first, after)),
    }
}

/// Appends selects of sold cells over the range, joined by `union all`: store, product, what it counted as, and sums;
/// of one producer's goods. Sums over all stores have no part in it.
pub(crate) fn push_cells(sql: Sql, range: &Range, stores: &[StoreId], producer: ProducerId) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "",
            "select store_id, product_id, product_facts_id, quantity_milli, revenue_vnd, producer_due_vnd
             from sales_monthly where store_id",
            "select store_id, product_id, product_facts_id, quantity_milli, revenue_vnd, producer_due_vnd
             from sales_daily where store_id",
        ],
        |sql| sql.is_in(stores.iter().copied()).push(" and producer_id = ").bind(producer),
    )
}

/// Appends selects of everything that was sold: product, what it counted as, and sums.
pub(crate) fn push_goods(sql: Sql, range: &Range, stores: &[StoreId]) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "select product_id, product_facts_id, quantity_milli, revenue_vnd from overall_sales",
            "select product_id, product_facts_id, quantity_milli, revenue_vnd from sales_monthly where store_id",
            "select product_id, product_facts_id, quantity_milli, revenue_vnd from sales_daily where store_id",
        ],
        |sql| sql.is_in(stores.iter().copied()),
    )
}

/// Appends selects of store, quantity and revenue of everything; of months that were added up, days are read by standing.
pub(crate) fn push_stores(
    sql: Sql,
    (from, to): (Date, Date),
    holding: &BTreeSet<Date>,
    stores: &[StoreId],
) -> Sql {
    let range = Range::of(from, to);
    let (mut standing, mut days) = (Vec::new(), Vec::new());
    for (first, after) in range.days {
        let (within, without) = cut((first, after.previous_day().unwrap_or(first)), holding);
        standing.extend(within);
        days.extend(without);
    }
    let sql = push_pieces(
        sql,
        &Range { overall: Vec::new(), months: range.months, days },
        [
            "",
            "select store_id, quantity_milli, revenue_vnd from sales_months where store_id",
            "select store_id, quantity_milli, revenue_vnd from sales_daily where store_id",
        ],
        |sql| sql.is_in(stores.iter().copied()),
    );
    standing.into_iter().fold(sql, |sql, (first, after)| {
        sql.push(" union all select store_id, quantity_milli, revenue_vnd from standing_days where store_id")
            .is_in(stores.iter().copied())
            .push(" and day >= ")
            .bind(first)
            .push(" and day < ")
            .bind(after)
    })
}

/// Appends selects of product, month and revenue; of whole months alone.
pub(crate) fn push_months(sql: Sql, range: &Range, stores: &[StoreId]) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "select product_id, month, revenue_vnd from overall_sales",
            "select product_id, month, revenue_vnd from sales_monthly where store_id",
            "select product_id, day as month, revenue_vnd from sales_daily where store_id",
        ],
        |sql| sql.is_in(stores.iter().copied()),
    )
}

/// Appends selects of product and receipts.
pub(super) fn push_receipts(sql: Sql, range: &Range, stores: &[StoreId]) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "select product_id, receipt_count from overall_receipts",
            "select product_id, receipt_count from product_receipts_monthly where store_id",
            "select product_id, receipt_count from product_receipts_daily where store_id",
        ],
        |sql| sql.is_in(stores.iter().copied()),
    )
}

/// Appends a select for each piece of the range. Outside sums over all of them the stores are always named: they lead the keys, on both
/// databases and on many nodes.
fn push_pieces(
    mut sql: Sql,
    range: &Range,
    [overall, monthly, daily]: [&'static str; 3],
    within: impl Fn(Sql) -> Sql,
) -> Sql {
    let mut union = "";
    for (first, after) in &range.overall {
        sql = sql
            .push(union)
            .push(overall)
            .push(" where month >= ")
            .bind(*first)
            .push(" and month < ")
            .bind(*after);
        union = " union all ";
    }
    let months = range.months.iter().map(|piece| (monthly, " and month >= ", " and month < ", piece));
    let days = range.days.iter().map(|piece| (daily, " and day >= ", " and day < ", piece));
    for (select, from, to, (first, after)) in months.chain(days) {
        sql = within(sql.push(union).push(select)).push(from).bind(*first).push(to).bind(*after);
        union = " union all ";
    }
    // An empty range asks for no store.
    if union.is_empty() { sql.push(daily).is_in(Vec::<StoreId>::new()) } else { sql }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Duration;
    use time::macros::date;

    use super::*;

    #[test]
    fn whole_months_and_edges() {
        let of = |from, to| {
            let range = Range::of(from, to);
            (range.months.first().copied(), range.days)
        };
        for (from, to, months, days) in [
            (
                date!(2026 - 01 - 01),
                date!(2026 - 12 - 31),
                Some((date!(2026 - 01 - 01), date!(2027 - 01 - 01))),
                vec![],
            ),
            (
                date!(2026 - 01 - 15),
                date!(2026 - 04 - 10),
                Some((date!(2026 - 02 - 01), date!(2026 - 04 - 01))),
                vec![
                    (date!(2026 - 01 - 15), date!(2026 - 02 - 01)),
                    (date!(2026 - 04 - 01), date!(2026 - 04 - 11)),
                ],
            ),
            (
                date!(2026 - 11 - 03),
                date!(2026 - 11 - 23),
                None,
                vec![(date!(2026 - 11 - 03), date!(2026 - 11 - 24))],
            ),
            (
                date!(2026 - 11 - 20),
                date!(2026 - 12 - 05),
                None,
                vec![(date!(2026 - 11 - 20), date!(2026 - 12 - 06))],
            ),
            (date!(2026 - 11 - 24), date!(2026 - 11 - 23), None, vec![]),
        ] {
            assert_eq!(of(from, to), (months, days), "{from} to {to}");
        }
    }

    proptest! {
        #[test]
        fn each_day_of_the_range_is_in_one_piece(start in 0i64..2_000, length in 0i64..900, probe in -50i64..1_000) {
            let from = date!(2024 - 01 - 01) + Duration::days(start);
            let to = from + Duration::days(length);
            let range = Range::of(from, to);
            let day = from + Duration::days(probe);
            let holding = [month_of(from), month_of(day), date!(2025 - 02 - 01)].into();
            for range in [range.clone(), range.with_overall(&holding)] {
                let pieces = range.overall.iter().chain(&range.months).chain(&range.days);
                let around = pieces.filter(|(first, after)| *first <= day && day < *after).count();
                prop_assert_eq!(around, usize::from(from <= day && day <= to));
                for (first, after) in range.overall.iter().chain(&range.months) {
                    prop_assert_eq!((first.day(), after.day()), (1, 1));
                }
                for (first, after) in &range.overall {
                    prop_assert!(holding.contains(first) && holding.contains(&month_of(after.previous_day().unwrap())));
                }
                let (within, without) = cut((from, to), &holding);
                let around = within.iter().chain(&without).filter(|(first, after)| *first <= day && day < *after).count();
                prop_assert_eq!(around, usize::from(from <= day && day <= to));
                prop_assert!(within.iter().all(|(first, _)| holding.contains(&month_of(*first))));
                prop_assert!(without.iter().all(|(first, _)| !holding.contains(&month_of(*first))));
                prop_assert!(range.months.iter().all(|(first, _)| range.overall.is_empty() || !holding.contains(first)));
            }
        }
    }
}
