//! A range of days as whole months and the days at its edges.

use domain::catalog::{month_after, month_of};
use domain::ids::{ProducerId, StoreId};
use time::Date;

use crate::db::engine::Sql;

/// Half-open pieces of a range, none of them overlapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Range {
    /// First days of the first whole month and of the month after the last one.
    months: Option<(Date, Date)>,
    /// First days, and the days after the last ones.
    days: Vec<(Date, Date)>,
}

impl Range {
    /// Takes the first and the last day. The last one before the first gives nothing.
    pub(crate) fn of(from: Date, to: Date) -> Self {
        let end = to.next_day().unwrap_or(to);
        if end <= from {
            return Self { months: None, days: Vec::new() };
        }
        let first = if from.day() == 1 { from } else { month_after(from) };
        let after = month_of(end);
        if first >= after {
            return Self { months: None, days: vec![(from, end)] };
        }
        let edges = [(from, first), (after, end)];
        Self { months: Some((first, after)), days: edges.into_iter().filter(|(a, b)| a < b).collect() }
    }
}

/// Appends selects of sold cells over the range, joined by `union all`: store, product, what it counted as, and sums;
/// of one producer's goods or of all.
pub(crate) fn push_cells(sql: Sql, range: &Range, stores: &[StoreId], producer: Option<ProducerId>) -> Sql {
    push_pieces(
        sql,
        range,
        "select store_id, product_id, product_facts_id, quantity_milli, revenue_vnd, producer_due_vnd
         from sales_monthly where store_id",
        "select store_id, product_id, product_facts_id, quantity_milli, revenue_vnd, producer_due_vnd
         from sales_daily where store_id",
        |sql| sql.is_in(stores.iter().copied()).when(producer, " and producer_id = ", ""),
    )
}

/// Appends the same of receipts per product.
pub(super) fn push_receipts(sql: Sql, range: &Range, stores: &[StoreId]) -> Sql {
    push_pieces(
        sql,
        range,
        "select product_id, receipt_count from product_receipts_monthly where store_id",
        "select product_id, receipt_count from product_receipts_daily where store_id",
        |sql| sql.is_in(stores.iter().copied()),
    )
}

/// Appends a select for each piece of the range. The stores are always named: they lead the keys, on both databases and
/// on many nodes.
fn push_pieces(
    mut sql: Sql,
    range: &Range,
    monthly: &'static str,
    daily: &'static str,
    within: impl Fn(Sql) -> Sql,
) -> Sql {
    let mut union = "";
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
            (range.months, range.days)
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
            let pieces = range.months.iter().chain(&range.days);
            let holding = pieces.filter(|(first, after)| *first <= day && day < *after).count();
            prop_assert_eq!(holding, usize::from(from <= day && day <= to));
            if let Some((first, after)) = range.months {
                prop_assert_eq!((first.day(), after.day()), (1, 1));
            }
        }
    }
}
