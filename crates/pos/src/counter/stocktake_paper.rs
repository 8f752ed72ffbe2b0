//! An area that was counted on paper: its numbers are compared with the book of the time when they were written down, not of the
//! time when somebody types them.

use time::Duration;
use web::format::{datetime_text, local_date, moment_of};

use super::note::Counting;
use super::stocktake::{Step, area_name, or_tell};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::stocktake_papers::{self, StocktakePaper};
use crate::db::stocktakes;

/// The last millisecond of a minute, counted from its first.
const MINUTE_ENDS_MS: i64 = 59_999;

/// When an area was counted on paper: minutes of the day, from the first to the last. A time later than now was yesterday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minutes {
    /// When counting began.
    pub from: u16,
    /// When it ended; before `from` for after midnight.
    pub to: u16,
}

impl Minutes {
    /// Returns the moments, UTC milliseconds: the first of the minute in which it began, and the last of that in which it ended.
    fn moments(self, now_ms: i64) -> (i64, i64) {
        let today = local_date(now_ms);
        let began_today = moment_of(today, self.from) <= now_ms;
        let day = if began_today { today } else { today - Duration::days(1) };
        let ended_on = if self.to < self.from { day + Duration::days(1) } else { day };
        (moment_of(day, self.from), (moment_of(ended_on, self.to) + MINUTE_ENDS_MS).min(now_ms))
    }
}

/// Tells when an area was counted on paper; without times people count it at the shelf again. What was typed before stays.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn count_on_paper(
    app: &App,
    seat: &Seat,
    op_id: &str,
    (area, minutes): (&str, Option<Minutes>),
) -> Result<CounterState> {
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    let Some(stocktake) = stocktakes::find_open(&mut step.tx).await? else {
        return state::load(app, seat, Note::Counting(Counting::NoStocktake), None).await;
    };
    let area = area_name(area);
    if area.is_empty() {
        return state::load(app, seat, Note::Counting(Counting::NoArea), None).await;
    }
    let Some(minutes) = minutes else {
        stocktake_papers::delete_paper(&mut step.tx, stocktake.stocktake_id, &area).await?;
        return step.commit(app, seat, Counting::AtShelf { area }).await;
    };
    let paper = or_tell!(app, seat, position(&mut step, minutes.moments(app.clock().now_ms())).await?);
    stocktake_papers::upsert_paper(&mut step.tx, stocktake.stocktake_id, &area, paper).await?;
    let (from, to) = (datetime_text(paper.from_ms), datetime_text(paper.to_ms));
    step.commit(app, seat, Counting::OnPaper { area, from, to }).await
}

/// Looks up how far the journal was; or tells why the numbers of the sheet cannot be used.
async fn position(
    step: &mut Step,
    (from_ms, to_ms): (i64, i64),
) -> Result<std::result::Result<StocktakePaper, Note>> {
    if from_ms > to_ms {
        return Ok(Err(Note::BadField { field: "to".to_owned() }));
    }
    let current = step.head.stream.stream_no;
    let first = stocktake_papers::find_last_entry(&mut step.tx, current, from_ms - 1).await?;
    let last = stocktake_papers::find_last_entry(&mut step.tx, current, to_ms).await?;
    let (stream_no, first_seq, seq) = match (first, last) {
        (Some(first), Some(last)) => (current, first, last),
        _ => (0, 0, 0),
    };
    if stream_no == current && stocktake_papers::is_counted_since(&mut step.tx, current, first_seq).await? {
        return Ok(Err(Note::Counting(Counting::CountedSince)));
    }
    Ok(Ok(StocktakePaper { stream_no, first_seq, seq, from_ms, to_ms }))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_time_later_than_now_was_yesterday() {
        let at = moment_of;
        let (yesterday, today) = (date!(2026 - 11 - 22), date!(2026 - 11 - 23));
        let now_ms = at(today, 8 * 60);
        for (from, to, expected) in [
            (420, 440, (at(today, 420), at(today, 440) + MINUTE_ENDS_MS)),
            // Still being counted.
            (470, 500, (at(today, 470), now_ms)),
            (1_260, 1_280, (at(yesterday, 1_260), at(yesterday, 1_280) + MINUTE_ENDS_MS)),
            // Over midnight.
            (1_430, 10, (at(yesterday, 1_430), at(today, 10) + MINUTE_ENDS_MS)),
        ] {
            assert_eq!(Minutes { from, to }.moments(now_ms), expected, "{from} {to}");
        }
    }
}
