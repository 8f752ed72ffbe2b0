//! Sums over all stores that hold: they answer in place of the stores' own totals for as long as no store has told of more.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalog::month_of;
use time::Date;

use super::span::Span;
use crate::db::engine::{Tx, sql};
use crate::error::{Error, Result};

/// Spans whose sums hold, named by their first days. While a span holds, so do all that lie within it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Holding(BTreeSet<(Date, Span)>);

impl Holding {
    /// True for a span that holds.
    pub(super) fn holds(&self, span: Span, first: Date) -> bool {
        self.0.contains(&(first, span))
    }

    /// True where any part of a month holds.
    pub(super) fn holds_part_of(&self, month: Date) -> bool {
        let mut days = self.0.range((month, Span::Year)..(Span::Month.after(month), Span::Year));
        days.any(|(_, span)| Span::PARTS.contains(span))
    }
}

impl FromIterator<(Span, Date)> for Holding {
    fn from_iter<I: IntoIterator<Item = (Span, Date)>>(spans: I) -> Self {
        Self(spans.into_iter().map(|(span, first)| (first, span)).collect())
    }
}

/// How many lines stores told of, by the first day of a month, or by day.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<Date, i64>);

impl Told {
    /// Returns how many lines a span has.
    pub(super) fn lines(&self, span: Span, first: Date) -> i64 {
        self.0.range(first..span.after(first)).map(|(_, lines)| lines).sum()
    }

    /// Returns the spans of a kind with any lines, and how many they are.
    pub(super) fn spans(&self, span: Span) -> BTreeMap<Date, i64> {
        let firsts: BTreeSet<Date> = self.0.keys().map(|day| span.first(*day)).collect();
        let counted = firsts.into_iter().map(|first| (first, self.lines(span, first)));
        counted.filter(|(_, lines)| *lines > 0).collect()
    }
}

/// Returns what holds from the month of a day on, and begins before another day.
///
/// # Errors
/// When the database fails.
pub(crate) async fn holding(tx: &mut Tx, (from, before): (Date, Date)) -> Result<Holding> {
    let kept = kept(tx, (month_of(from), before)).await?;
    let told = told_by_month(tx, (month_of(from), before)).await?;
    let (parts, whole): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|((span, _), _)| Span::PARTS.contains(span));
    let holds = |told: &Told, (span, first): (Span, Date), lines: i64| told.lines(span, first) == lines;
    let whole: Holding =
        whole.into_iter().filter(|(key, lines)| holds(&told, *key, *lines)).map(|(key, _)| key).collect();
    let (within, loose): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|((_, first), _)| whole.holds(Span::Month, month_of(*first)));
    let told = match (
        loose.iter().map(|((_, first), _)| *first).min(),
        loose.iter().map(|((_, first), _)| *first).max(),
    ) {
        (Some(first), Some(last)) => told_by_day(tx, (first, Span::Stretch.after(last))).await?,
        _ => Told::default(),
    };
    let loose = loose.into_iter().filter(|(key, lines)| holds(&told, *key, *lines));
    let parts = within.into_iter().chain(loose).map(|((span, first), _)| (first, span));
    Ok(Holding(whole.0.into_iter().chain(parts).collect()))
}

/// Returns how many lines spans held when they were added up.
pub(super) async fn kept(tx: &mut Tx, (from, before): (Date, Date)) -> Result<BTreeMap<(Span, Date), i64>> {
    let kept: Vec<(String, Date, i64)> = tx
        .all(sql!(
            "select span, first_day, line_count from overall_spans
             where first_day >= $1 and first_day < $2 order by first_day, span",
            from,
            before
        ))
        .await?;
    let read = |(code, first, lines): (String, Date, i64)| {
        let span = Span::from_code(&code)
            .ok_or_else(|| Error::damaged("overall_spans", first, "the kind of span is unknown"))?;
        Ok(((span, first), lines))
    };
    kept.into_iter().map(read).collect()
}

/// Returns how many lines stores told of in each month.
pub(super) async fn told_by_month(tx: &mut Tx, (from, before): (Date, Date)) -> Result<Told> {
    let months: Vec<(Date, i64)> = tx
        .all(sql!(
            "select month, cast(sum(line_count) as bigint) from sales_months where month >= $1 and month < $2
             group by month order by month",
            from,
            before
        ))
        .await?;
    Ok(Told(months.into_iter().collect()))
}

/// Returns how many lines stores told of on each day.
pub(super) async fn told_by_day(tx: &mut Tx, (from, before): (Date, Date)) -> Result<Told> {
    let days: Vec<(Date, i64)> = tx
        .all(sql!(
            "select day, cast(sum(line_count) as bigint) from receipts_daily
             where store_id in (select id from stores) and day >= $1 and day < $2 group by day order by day",
            from,
            before
        ))
        .await?;
    Ok(Told(days.into_iter().collect()))
}

/// Forgets all of it, because the books are made anew: the same number of lines may say something else then.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update overall_books set generation = generation + 1")).await?;
    tx.exec(sql!("delete from overall_spans")).await?;
    // The sums go, too: a year adds up what is there of its months, and a month without a line any more would never be written again.
    tx.exec(sql!("delete from overall_sales")).await?;
    tx.exec(sql!("delete from overall_receipts")).await?;
    tx.exec(sql!("delete from standing_days where store_id in (select id from stores)")).await?;
    Ok(())
}
