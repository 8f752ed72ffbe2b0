//! How the invoices of this store stand, for the counter's chip and the manager's page.

use domain::invoice::alarm::{Alarm, Pending};
use domain::invoice::code::NUMBERS_FEW;
use protocol::wire::StoreRow;
use serde::Serialize;
use sqlx::SqliteConnection;
use utoipa::ToSchema;

use super::setup::Setup;
use crate::App;
use crate::db::{self, invoices};

/// The minute of the day at which data must be out while no setting says another: 23:55.
const CUTOFF_MIN: i64 = 23 * 60 + 55;

/// Invoices that are not issued yet, and how much that matters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvoicesState {
    /// How many.
    pub waiting: i64,
    /// When the first of them was sold, UTC milliseconds.
    pub oldest_ms: Option<i64>,
    /// `quiet`, `few`, `urgent` (ten, or an hour before the cut-off), `missed`.
    pub alarm: String,
    /// The step of the fines that their number has reached: 0, 1, 2, 10, 20, 50.
    pub step: i64,
    /// Numbers left in this store's range, when they are few; 0 when the next sale gets none.
    pub numbers_left: Option<i64>,
}

/// Returns how the invoices stand.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, settings: Option<&StoreRow>) -> db::Result<InvoicesState> {
    load_with(app, &mut *app.db().read().acquire().await?, settings).await
}

/// As [`load`], on the caller's connection.
///
/// # Errors
/// When the database does not answer.
pub async fn load_with(
    app: &App,
    reader: &mut SqliteConnection,
    settings: Option<&StoreRow>,
) -> db::Result<InvoicesState> {
    let pending = invoices::load_pending(&mut *reader).await?;
    let mut numbers_left = None;
    let row = settings.and_then(|store| store.invoice.as_deref());
    if let Some(setup) = Setup::of(settings) {
        let given = invoices::load_given(reader, setup.range.first()).await?;
        numbers_left = Some(setup.range.left(given)).filter(|left| *left < NUMBERS_FEW);
    }
    let cutoff_min = row.map_or(CUTOFF_MIN, |row| row.cutoff_min);
    Ok(state(pending, app.clock().now_ms(), cutoff_min, numbers_left))
}

fn state(pending: Pending, now_ms: i64, cutoff_min: i64, numbers_left: Option<i64>) -> InvoicesState {
    InvoicesState {
        waiting: pending.count,
        oldest_ms: pending.oldest_ms,
        alarm: Alarm::of(pending, now_ms, cutoff_min).code().to_owned(),
        step: domain::invoice::alarm::step(pending.count),
        numbers_left,
    }
}
