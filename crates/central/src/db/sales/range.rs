//! A range of days as whole months and the days at its edges.

use std::collections::BTreeSet;

use domain::catalog::{month_after, month_of};
use domain::ids::{ProducerId, StoreId};
use time::Date;
use uuid::Uuid;

use super::asked::push_these;
use super::overall::Holding;
use super::span::{Span, stretch_of};
use crate::db::engine::Sql;

/// A first day, and the day after the last one.
type Piece = (Date, Date);

/// Half-open pieces of a range, none of them overlapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Range {
    /// Whole months that were added up over all stores.
    overall: Vec<Piece>,
    /// Whole stretches of other months that were added up over all stores.
    stretches: Vec<Piece>,
    /// Other whole months.
    months: Vec<Piece>,
    /// What is less than a month.
    days: Vec<Piece>,
}

impl Range {
    /// Takes the first and the last day. The last one before the first gives nothing.
    pub(crate) fn of(from: Date, to: Date) -> Self {
        let end = to.next_day().unwrap_or(to);
        let range = |months, days| Self { overall: Vec::new(), stretches: Vec::new(), months, days };
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

    /// Answers whole months from what was added up over all stores.
    pub(crate) fn with_months(self, holding: &Holding) -> Self {
        let (mut overall, mut months) = (Vec::new(), Vec::new());
        for month in self.months.iter().flat_map(|piece| spans(Span::Month, *piece)) {
            add(if holding.months.contains(&month.0) { &mut overall } else { &mut months }, month);
        }
        Self { overall, months, ..self }
    }

    /// Answers whole months and stretches from what was added up over all stores. A month of which some stretches were is those and
    /// its other days.
    pub(crate) fn with_overall(self, holding: &Holding) -> Self {
        let by_months = self.with_months(holding);
        let (mut stretches, mut months, mut days) = (Vec::new(), Vec::new(), Vec::new());
        let mut loose = by_months.days;
        for month in by_months.months.iter().flat_map(|piece| spans(Span::Month, *piece)) {
            let is_in_part = holding.stretches.range(month.0..month.1).next().is_some();
            add(if is_in_part { &mut loose } else { &mut months }, month);
        }
        for part in loose.iter().flat_map(|piece| spans(Span::Stretch, *piece)) {
            let is_whole = part.0 == stretch_of(part.0) && part.1 == Span::Stretch.after(part.0);
            add(
                if is_whole && holding.stretches.contains(&part.0) { &mut stretches } else { &mut days },
                part,
            );
        }
        Self { overall: by_months.overall, stretches, months, days }
    }
}

/// Cuts a piece where spans of a kind end.
fn spans(span: Span, (first, end): Piece) -> impl Iterator<Item = Piece> {
    let begins = std::iter::successors(Some(first), move |day| Some(span.after(*day)));
    begins.take_while(move |day| *day < end).map(move |day| (day, span.after(day).min(end)))
}

/// Cuts the days from the first to the last into those of some stretches and the others; half-open pieces.
pub(super) fn cut((from, to): (Date, Date), stretches: &BTreeSet<Date>) -> (Vec<Piece>, Vec<Piece>) {
    let (mut within, mut without) = (Vec::new(), Vec::new());
    for part in spans(Span::Stretch, (from, to.next_day().unwrap_or(to))) {
        add(if stretches.contains(&stretch_of(part.0)) { &mut within } else { &mut without }, part);
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
        stores,
        |sql| sql.push(" and producer_id = ").bind(producer),
    )
}

/// Appends selects of what was sold: product, what it counted as, and sums; of these products, or of all.
pub(crate) fn push_goods(sql: Sql, range: &Range, stores: &[StoreId], products: Option<&[Uuid]>) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "select product_id, product_facts_id, quantity_milli, revenue_vnd from overall_sales",
            "select product_id, product_facts_id, quantity_milli, revenue_vnd from sales_monthly where store_id",
            "select product_id, product_facts_id, quantity_milli, revenue_vnd from sales_daily where store_id",
        ],
        stores,
        |sql| push_products(sql, products),
    )
}

/// Appends selects of store, quantity and revenue of everything; of stretches that were added up, days are read by standing.
pub(crate) fn push_stores(sql: Sql, (from, to): (Date, Date), holding: &Holding, stores: &[StoreId]) -> Sql {
    let range = Range::of(from, to);
    let (mut standing, mut days) = (Vec::new(), Vec::new());
    for (first, after) in range.days {
        let (within, without) = cut((first, after.previous_day().unwrap_or(first)), &holding.stretches);
        standing.extend(within);
        days.extend(without);
    }
    let sql = push_pieces(
        sql,
        &Range { overall: Vec::new(), stretches: Vec::new(), months: range.months, days },
        [
            "",
            "select store_id, quantity_milli, revenue_vnd from sales_months where store_id",
            "select store_id, quantity_milli, revenue_vnd from sales_daily where store_id",
        ],
        stores,
        |sql| sql,
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
            "select product_id, first_day as month, revenue_vnd from overall_sales",
            "select product_id, month, revenue_vnd from sales_monthly where store_id",
            "select product_id, day as month, revenue_vnd from sales_daily where store_id",
        ],
        stores,
        |sql| sql,
    )
}

/// Appends selects of product and receipts; of these products, or of all.
pub(super) fn push_receipts(sql: Sql, range: &Range, stores: &[StoreId], products: Option<&[Uuid]>) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "select product_id, receipt_count from overall_receipts",
            "select product_id, receipt_count from product_receipts_monthly where store_id",
            "select product_id, receipt_count from product_receipts_daily where store_id",
        ],
        stores,
        |sql| push_products(sql, products),
    )
}

fn push_products(sql: Sql, products: Option<&[Uuid]>) -> Sql {
    match products {
        Some(products) => push_these(sql.push(" and product_id"), products),
        None => sql,
    }
}

/// Appends a select for each piece of the range. Outside sums over all of them the stores are always named: they lead the keys, on both
/// databases and on many nodes.
fn push_pieces(
    mut sql: Sql,
    range: &Range,
    [overall, monthly, daily]: [&'static str; 3],
    stores: &[StoreId],
    filter: impl Fn(Sql) -> Sql,
) -> Sql {
    let mut union = "";
    let months = range.overall.iter().map(|piece| (" where span = 'month'", piece));
    let stretches = range.stretches.iter().map(|piece| (" where span = 'stretch'", piece));
    for (of_span, (first, after)) in months.chain(stretches) {
        sql = sql.push(union).push(overall).push(of_span).push(" and first_day >= ").bind(*first);
        sql = filter(sql.push(" and first_day < ").bind(*after));
        union = " union all ";
    }
    let months = range.months.iter().map(|piece| (monthly, " and month >= ", " and month < ", piece));
    let days = range.days.iter().map(|piece| (daily, " and day >= ", " and day < ", piece));
    for (select, from, to, (first, after)) in months.chain(days) {
        sql = sql.push(union).push(select).is_in(stores.iter().copied());
        sql = filter(sql.push(from).bind(*first).push(to).bind(*after));
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
            let months = BTreeSet::from([month_of(from), month_of(day), date!(2025 - 02 - 01)]);
            let of_months = months.iter().flat_map(|month| spans(Span::Stretch, (*month, month_after(*month))));
            let loose = [stretch_of(to - Duration::days(9)), stretch_of(from + Duration::days(40))];
            let stretches: BTreeSet<_> = of_months.map(|(first, _)| first).chain(loose).collect();
            let holding = Holding { months: months.clone(), stretches: stretches.clone() };
            for range in [range.clone(), range.clone().with_months(&holding), range.with_overall(&holding)] {
                let pieces = range.overall.iter().chain(&range.stretches).chain(&range.months).chain(&range.days);
                let around = pieces.filter(|(first, after)| *first <= day && day < *after).count();
                prop_assert_eq!(around, usize::from(from <= day && day <= to));
                for (first, after) in range.overall.iter().chain(&range.months) {
                    prop_assert_eq!((first.day(), after.day()), (1, 1));
                }
                for (first, _) in range.overall.iter().flat_map(|piece| spans(Span::Month, *piece)) {
                    prop_assert!(months.contains(&first));
                }
                for (first, after) in range.stretches.iter().flat_map(|piece| spans(Span::Stretch, *piece)) {
                    prop_assert!(stretches.contains(&first) && after == Span::Stretch.after(first));
                }
            }
            let (within, without) = cut((from, to), &stretches);
            let around = within.iter().chain(&without).filter(|(first, after)| *first <= day && day < *after).count();
            prop_assert_eq!(around, usize::from(from <= day && day <= to));
            let held = |piece: &Piece| spans(Span::Stretch, *piece).map(|(first, _)| stretches.contains(&stretch_of(first))).collect::<Vec<_>>();
            prop_assert!(within.iter().flat_map(held).all(|is_held| is_held));
            prop_assert!(!without.iter().flat_map(held).any(|is_held| is_held));
        }
    }
}
