//! The business date of the open shift against the calendar: it is told when it is not today's, and ends at four in the
//! morning of the next day. What remains then is to count and to close; open carts wait for the next shift.

use domain::business_day::{DayStanding, standing};
use serde::Serialize;
use sqlx::SqliteConnection;
use time::Date;
use utoipa::ToSchema;
use web::format::{date_text, datetime_text, local_date, local_minute};

use super::note::Holding;
use super::{Note, Result};
use crate::App;
use crate::db::shifts::Shift;
use crate::db::tax_rates;

/// What there is to say of the business date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DayState {
    /// Nothing: it is today's, or no shift is open.
    #[default]
    Good,
    /// It is not today's.
    NotToday,
    /// It is not today's, and other tax rates hold since.
    OldRates,
    /// It is over: nothing more is sold for it.
    Over,
    /// The clock is years ahead of it.
    ClockWrong {
        /// What the clock shows, UTC milliseconds.
        now_ms: i64,
    },
}

fn of(app: &App, business_date: Date) -> (DayStanding, i64) {
    let now_ms = app.clock_watch().likely_ms(app.clock());
    (standing(business_date, local_date(now_ms), local_minute(now_ms)), now_ms)
}

/// Returns what there is to say of the open shift's date.
pub(super) async fn state(
    app: &App,
    connection: &mut SqliteConnection,
    shift: Option<&Shift>,
) -> Result<DayState> {
    let Some(shift) = shift else { return Ok(DayState::Good) };
    let (standing, now_ms) = of(app, shift.business_date);
    Ok(match standing {
        DayStanding::Today => DayState::Good,
        DayStanding::Over => DayState::Over,
        DayStanding::ClockWrong => DayState::ClockWrong { now_ms },
        DayStanding::Other => {
            let today = local_date(now_ms);
            let is_old = tax_rates::change_between(connection, shift.business_date, today).await?;
            if is_old { DayState::OldRates } else { DayState::NotToday }
        }
    })
}

/// Returns why nothing more is sold in a shift, or taken back in it.
pub(super) fn refused(app: &App, shift: &Shift) -> Option<Note> {
    let (standing, now_ms) = of(app, shift.business_date);
    (standing == DayStanding::Over).then(|| {
        let (day, now) = (date_text(shift.business_date), datetime_text(now_ms));
        Note::Holding(Holding::DayOver { day, now })
    })
}

/// Says whether a business date is the first one of other tax rates than the day before.
///
/// # Errors
/// When the database does not answer.
pub async fn begins_rates(app: &App, business_date: Date) -> Result<bool> {
    let Some(before) = business_date.previous_day() else { return Ok(false) };
    let mut reader = app.db().read().acquire().await?;
    Ok(tax_rates::change_between(&mut reader, before, business_date).await?)
}
