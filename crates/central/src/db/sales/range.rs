//! A range of days as whole spans, those of all stores where they hold, and single days where no span fits.

use domain::catalog::{month_after, month_of};
use domain::ids::{ProducerId, StoreId};
use time::Date;
use uuid::Uuid;

use super::asked::push_these;
use super::overall::Holding;
use super::span::Span;
use crate::db::engine::Sql;

/// A first day, and the day after the last one.
type Piece = (Date, Date);

/// Half-open pieces of a range, none of them overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Range {
    /// Whole spans that were added up over all stores.
    overall: Vec<(Span, Piece)>,
    /// Other whole months.
    months: Vec<Piece>,
    /// What is less than a month.
    days: Vec<Piece>,
}

impl Range {
    /// Takes the first and the last day. The last one before the first gives nothing.
    pub(crate) fn of(from: Date, to: Date) -> Self {
        Self::from_largest((from, to), &[], &Holding::default())
    }

    /// Likewise, with whole months from what was added up over all stores.
    pub(crate) fn with_months((from, to): (Date, Date), holding: &Holding) -> Self {
        Self::from_largest((from, to), &[Span::Month], holding)
    }

    /// Likewise, with everything that was added up over all stores.
    pub(crate) fn with_overall((from, to): (Date, Date), holding: &Holding) -> Self {
        Self::from_largest((from, to), &Span::ALL, holding)
    }

    /// Goes on by the largest of some kinds of spans that begins where the last one ended, ends within the range, and holds. A month
    /// without sums of which parts have them is those and its other days.
    fn from_largest((from, to): (Date, Date), kinds: &[Span], holding: &Holding) -> Self {
        let end = to.next_day().unwrap_or(to);
        let (mut range, mut at) = (Self::default(), from);
        while at < end {
            let is_whole = |span: Span| span.first(at) == at && span.after(at) <= end;
            let found = kinds.iter().find(|span| is_whole(**span) && holding.holds(**span, at));
            let is_in_part = kinds.contains(&Span::Half) && holding.holds_part_of(month_of(at));
            at = match found {
                Some(span) => range.add_overall(*span, at),
                None if is_whole(Span::Month) && !is_in_part => add(&mut range.months, (at, month_after(at))),
                None => add(&mut range.days, (at, at.next_day().unwrap_or(end))),
            };
        }
        range
    }

    /// Returns the day after the span.
    fn add_overall(&mut self, span: Span, first: Date) -> Date {
        let after = span.after(first);
        match self.overall.last_mut() {
            Some((last, piece)) if *last == span && piece.1 == first => piece.1 = after,
            _ => self.overall.push((span, (first, after))),
        }
        after
    }
}

/// Cuts the days from the first to the last into those of the smallest spans that hold and the others; half-open pieces.
pub(super) fn cut((from, to): (Date, Date), holding: &Holding) -> (Vec<Piece>, Vec<Piece>) {
    let (mut within, mut without) = (Vec::new(), Vec::new());
    let (mut at, end) = (from, to.next_day().unwrap_or(to));
    while at < end {
        let is_held = holding.holds(Span::Half, Span::Half.first(at));
        at = add(if is_held { &mut within } else { &mut without }, (at, Span::Half.after(at).min(end)));
    }
    (within, without)
}

/// Adds a piece, as part of the last one where it follows that. Returns the day after it.
fn add(pieces: &mut Vec<Piece>, (first, after): Piece) -> Date {
    match pieces.last_mut() {
        Some(last) if last.1 == first => last.1 = after,
        _ => pieces.push((first, after)),
    }
    after
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
        let (within, without) = cut((first, after.previous_day().unwrap_or(first)), holding);
        standing.extend(within);
        days.extend(without);
    }
    let sql = push_pieces(
        sql,
        &Range { months: range.months, days, ..Range::default() },
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

/// Appends selects of product, month, quantity and revenue; of whole months alone.
pub(crate) fn push_months(sql: Sql, range: &Range, stores: &[StoreId]) -> Sql {
    push_pieces(
        sql,
        range,
        [
            "select product_id, first_day as month, quantity_milli, revenue_vnd from overall_sales",
            "select product_id, month, quantity_milli, revenue_vnd from sales_monthly where store_id",
            "select product_id, day as month, quantity_milli, revenue_vnd from sales_daily where store_id",
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
    for (span, (first, after)) in &range.overall {
        sql = sql.push(union).push(overall).push(" where span = ").bind(span.code());
        sql = filter(sql.push(" and first_day >= ").bind(*first).push(" and first_day < ").bind(*after));
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
        fn each_day_of_the_range_is_in_one_piece(
            start in 0i64..2_000, length in 0i64..900, probe in -50i64..1_000, held in prop::collection::vec((0usize..4, -50i64..1_000), 0..60)
        ) {
            let from = date!(2024 - 01 - 01) + Duration::days(start);
            let to = from + Duration::days(length);
            let day = from + Duration::days(probe);
            let holding = held.into_iter().map(|(kind, days)| (Span::ALL[kind], from + Duration::days(days))).collect::<Holding>();
            for range in [Range::of(from, to), Range::with_months((from, to), &holding), Range::with_overall((from, to), &holding)] {
                let pieces = range.overall.iter().map(|(_, piece)| piece).chain(&range.months).chain(&range.days);
                let around = pieces.filter(|(first, after)| *first <= day && day < *after).count();
                prop_assert_eq!(around, usize::from(from <= day && day <= to));
                for (first, after) in &range.months {
                    prop_assert_eq!((first.day(), after.day()), (1, 1));
                }
                for (span, (first, after)) in range.overall {
                    let mut at = first;
                    while at < after {
                        prop_assert!(holding.holds(span, at) && span.first(at) == at);
                        at = span.after(at);
                    }
                    prop_assert_eq!(at, after);
                }
            }
            let (within, without) = cut((from, to), &holding);
            let around = |pieces: &[Piece]| pieces.iter().filter(|(first, after)| *first <= day && day < *after).count();
            let (is_asked, is_held) = (from <= day && day <= to, holding.holds(Span::Half, Span::Half.first(day)));
            prop_assert_eq!((around(&within), around(&without)), (usize::from(is_asked && is_held), usize::from(is_asked && !is_held)));
        }
    }

    #[test]
    fn the_largest_span_that_holds_answers() {
        let holding: Holding = [
            (Span::Year, date!(2025 - 01 - 01)),
            (Span::Month, date!(2025 - 12 - 01)),
            (Span::Month, date!(2026 - 01 - 01)),
            (Span::Stretch, date!(2026 - 03 - 01)),
            (Span::Half, date!(2026 - 03 - 08)),
        ]
        .into_iter()
        .collect();
        let range = Range::with_overall((date!(2024 - 12 - 31), date!(2026 - 03 - 12)), &holding);
        assert_eq!(
            range.overall,
            [
                (Span::Year, (date!(2025 - 01 - 01), date!(2026 - 01 - 01))),
                (Span::Month, (date!(2026 - 01 - 01), date!(2026 - 02 - 01))),
                (Span::Stretch, (date!(2026 - 03 - 01), date!(2026 - 03 - 08))),
                (Span::Half, (date!(2026 - 03 - 08), date!(2026 - 03 - 11))),
            ]
        );
        assert_eq!(range.months, [(date!(2026 - 02 - 01), date!(2026 - 03 - 01))]);
        let days =
            [(date!(2024 - 12 - 31), date!(2025 - 01 - 01)), (date!(2026 - 03 - 11), date!(2026 - 03 - 13))];
        assert_eq!(range.days, days);
    }
}
