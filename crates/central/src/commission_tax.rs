//! VAT on operators' commission, as tills are told of it: every dated rate at once, so that a till without a network changes over by
//! itself; and the rate of today for tills from before there were dates.

use std::time::Duration;

use domain::business_day::LATE_MINUTE;
use domain::ids::OperatorId;
use protocol::wire::CatalogueRow;
use time::Date;
use web::format::local_date;

use crate::app::App;
use crate::db::catalogue::{self, Audience, News};
use crate::db::{Tx, commission_taxes, stores};
use crate::error::Result;

/// How often is looked whether a rate begins.
const EVERY: Duration = Duration::from_secs(60);

/// Returns the day of which shifts are at a moment. Until four in the morning that is the day before: a till that knows one rate alone
/// must not take tomorrow's for a shift that still sells.
pub fn business_day(now_ms: i64) -> Date {
    local_date(now_ms - i64::from(LATE_MINUTE) * 60_000)
}

/// Tells an operator's stores of its rates.
///
/// # Errors
/// When the database fails.
pub async fn tell(tx: &mut Tx, operator_id: OperatorId, now_ms: i64) -> Result<()> {
    let mut news = Vec::new();
    for store in stores::list_in(tx, Some(operator_id)).await? {
        let row = CatalogueRow::Store(stores::wire_row(tx, &store, business_day(now_ms)).await?);
        news.push(News::of(&row, Audience::Store(store.id))?);
    }
    catalogue::publish(tx, news, now_ms).await
}

/// Tells older tills of the rates that have begun; returns of how many operators.
///
/// # Errors
/// When the database fails.
pub async fn begin(app: &App) -> Result<usize> {
    let now_ms = app.clock.now_ms();
    let today = business_day(now_ms);
    if commission_taxes::list_beginning(&mut app.db.begin_reading().await?, today).await?.is_empty() {
        return Ok(0);
    }
    let mut tx = app.db.begin().await?;
    catalogue::lock(&mut tx).await?;
    let operators = commission_taxes::list_beginning(&mut tx, today).await?;
    for operator_id in &operators {
        tell(&mut tx, *operator_id, now_ms).await?;
    }
    commission_taxes::mark_begun(&mut tx, today).await?;
    tx.commit().await?;
    Ok(operators.len())
}

/// Looks every minute, for as long as the service runs.
pub async fn run(app: App) {
    let mut interval = tokio::time::interval(EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        match begin(&app).await {
            Ok(0) => {}
            Ok(operators) => tracing::info!(operators, "VAT on commission changes today"),
            Err(error) => tracing::error!(%error, "older tills could not be told of VAT on commission"),
        }
    }
}
