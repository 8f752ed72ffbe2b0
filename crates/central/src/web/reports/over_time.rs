//! Sales over the pieces of a period: days of a month, weeks of a quarter, months of what is longer.

use time::{Date, Duration};

use super::report::{PieceOfReport, Span};
use crate::db::reports::DaySold;

/// The longest period, in days, that is told day by day.
const BY_DAY_MOST: i64 = 31;
/// The longest one that is told week by week.
const BY_WEEK_MOST: i64 = 93;
/// Fewer days than this at the end are part of the week before them, so that no week looks poor for being short.
const WEEK_DAYS_LEAST: i64 = 4;

/// Adds days up. Each piece stands beside the piece that is as far into the period before, and into the same days of last year.
pub fn over_time(spans: [Span; 3], sold: [&[DaySold]; 3]) -> Vec<PieceOfReport> {
    let [span, ..] = spans;
    let step = Step::of(span);
    let mut pieces: Vec<PieceOfReport> = Vec::new();
    let mut day = span.from;
    while day <= span.to {
        let at = step.piece_of(span, day);
        match pieces.get_mut(at) {
            Some(piece) => piece.to = day,
            None => pieces.push(PieceOfReport {
                from: day,
                to: day,
                revenue_vnd: 0,
                previous_vnd: 0,
                last_year_vnd: 0,
            }),
        }
        let Some(next) = day.next_day() else { break };
        day = next;
    }
    let last = pieces.len().saturating_sub(1);
    for (which, (of, days)) in spans.into_iter().zip(sold).enumerate() {
        for row in days {
            // A period that is a day longer ends in the same piece.
            let Some(piece) = pieces.get_mut(step.piece_of(of, row.day).min(last)) else { continue };
            match which {
                0 => piece.revenue_vnd += row.revenue_vnd,
                1 => piece.previous_vnd += row.revenue_vnd,
                _ => piece.last_year_vnd += row.revenue_vnd,
            }
        }
    }
    pieces
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Day,
    Week,
    Month,
}

impl Step {
    fn of(span: Span) -> Self {
        let days = (span.to - span.from).whole_days() + 1;
        if days <= BY_DAY_MOST {
            Self::Day
        } else if days <= BY_WEEK_MOST {
            Self::Week
        } else {
            Self::Month
        }
    }

    /// Returns in which piece of a period a day of it is.
    fn piece_of(self, span: Span, day: Date) -> usize {
        let days = (day - span.from).whole_days();
        let index = match self {
            Self::Day => days,
            Self::Week => days.min(last_week_begins(span) * 7) / 7,
            Self::Month => months(day) - months(span.from) - i64::from(day.day() < span.from.day()),
        };
        usize::try_from(index).unwrap_or_default()
    }
}

/// Returns the index of the last week that is long enough.
fn last_week_begins(span: Span) -> i64 {
    let long_enough = span.to - Duration::days(WEEK_DAYS_LEAST - 1);
    (long_enough - span.from).whole_days().max(0) / 7
}

fn months(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(u8::from(day.month()))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const fn span(from: Date, to: Date) -> Span {
        Span { from, to, is_known: true }
    }

    fn sold(day: Date, revenue_vnd: i64) -> DaySold {
        DaySold { day, revenue_vnd }
    }

    #[test]
    fn a_period_falls_into_days_weeks_or_months() {
        for (from, to, count, last) in [
            (date!(2026 - 10 - 15), date!(2026 - 11 - 14), 31, date!(2026 - 11 - 14)),
            // 13 weeks; in the second case a single day is left over.
            (date!(2026 - 09 - 15), date!(2026 - 12 - 14), 13, date!(2026 - 12 - 08)),
            (date!(2026 - 07 - 01), date!(2026 - 09 - 30), 13, date!(2026 - 09 - 23)),
            (date!(2025 - 12 - 15), date!(2026 - 12 - 14), 12, date!(2026 - 11 - 15)),
            (date!(2026 - 01 - 01), date!(2026 - 06 - 30), 6, date!(2026 - 06 - 01)),
        ] {
            let pieces = over_time([span(from, to); 3], [&[], &[], &[]]);
            let ends = pieces.last().map(|piece| (piece.from, piece.to));
            assert_eq!((pieces.len(), ends), (count, Some((last, to))));
            let follows = |pair: &[PieceOfReport]| pair[0].to.next_day() == Some(pair[1].from);
            assert!(pieces.windows(2).all(follows), "{pieces:?}");
        }
    }

    #[test]
    fn no_day_is_lost() {
        let spans = [
            span(date!(2026 - 02 - 15), date!(2026 - 03 - 14)),
            span(date!(2026 - 01 - 15), date!(2026 - 02 - 14)),
            span(date!(2025 - 02 - 15), date!(2025 - 03 - 14)),
        ];
        let now = [sold(date!(2026 - 02 - 15), 5), sold(date!(2026 - 03 - 14), 7)];
        // Three days more than there are pieces.
        let before =
            [sold(date!(2026 - 01 - 15), 1), sold(date!(2026 - 02 - 13), 2), sold(date!(2026 - 02 - 14), 4)];
        let pieces = over_time(spans, [&now, &before, &[]]);
        let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
        assert_eq!((first.revenue_vnd, first.previous_vnd, first.last_year_vnd), (5, 1, 0));
        assert_eq!((last.revenue_vnd, last.previous_vnd, last.last_year_vnd), (7, 6, 0));
    }
}
