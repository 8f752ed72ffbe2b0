//! Adds past months up over all stores, so that the department's questions cost the same whatever the number of stores and sales.

use std::time::Duration;

use web::format::local_date;

use crate::app::App;
use crate::db::sales;

/// How often is looked whether stores told of more.
const EVERY: Duration = Duration::from_secs(60);

/// Adds up what is new every minute, for as long as the service runs. Until then the stores' own totals answer, so nothing is
/// ever missing; it only takes longer.
pub async fn run(app: App) {
    let mut interval = tokio::time::interval(EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    // The first tick comes at once: a start has other things to do.
    interval.tick().await;
    loop {
        interval.tick().await;
        match sales::add_up(&app.db, local_date(app.clock.now_ms())).await {
            Ok(0) => {}
            Ok(months) => tracing::debug!(months, "months added up over all stores"),
            Err(error) => tracing::error!(%error, "months could not be added up over all stores"),
        }
    }
}
