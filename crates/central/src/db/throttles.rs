//! Failed logins, for the rule in `web::throttle`.

use sqlx::FromRow;
use web::throttle::{DELAY_MAX_MS, next_allowed_ms};

use super::engine::{Db, sql};
use crate::error::Result;

#[derive(FromRow)]
struct ThrottleRow {
    failures: i64,
    last_failure_ms: i64,
}

/// Returns the moment from which the next try may be checked, UTC milliseconds; in the past when at once. `subject` is
/// a `web::throttle::key`, `allowance` how many more failures than usual are free.
///
/// # Errors
/// When the database fails.
pub async fn next_try_ms(db: &Db, subject: &str, allowance: u32) -> Result<i64> {
    let sql = sql!("select failures, last_failure_ms from login_throttles where subject = $1", subject);
    let row = db.opt::<ThrottleRow>(sql).await?;
    Ok(row.map_or(i64::MIN, |row| {
        let failures = u32::try_from(row.failures).unwrap_or(u32::MAX).saturating_sub(allowance);
        next_allowed_ms(failures, row.last_failure_ms)
    }))
}

/// Counts a failure, and forgets subjects whose longest delay is over.
///
/// # Errors
/// When the database fails.
pub async fn record_failure(db: &Db, subject: &str, now_ms: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    let long_ago = now_ms.saturating_sub(2 * DELAY_MAX_MS);
    tx.exec(sql!("delete from login_throttles where last_failure_ms < $1", long_ago)).await?;
    let sql = sql!(
        "insert into login_throttles (subject, failures, last_failure_ms) values ($1, 1, $2)
         on conflict (subject) do update set failures = login_throttles.failures + 1,
            last_failure_ms = excluded.last_failure_ms",
        subject,
        now_ms
    );
    tx.exec(sql).await?;
    tx.commit().await
}

/// Forgets the failures, after a success.
///
/// # Errors
/// When the database fails.
pub async fn clear(db: &Db, subject: &str) -> Result<()> {
    db.exec(sql!("delete from login_throttles where subject = $1", subject)).await?;
    Ok(())
}
