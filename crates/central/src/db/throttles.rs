//! Failed logins, for the rule in `web::throttle`.

use sqlx::FromRow;
use web::throttle::{DELAY_MAX_MS, FREE_FAILURES, next_allowed_ms};

use super::engine::{Tx, sql};
use crate::error::Result;

#[derive(FromRow)]
struct ThrottleRow {
    failures: i64,
    last_failure_ms: i64,
}

/// Takes a try: counts it as a failure before anything is checked, so that of many at the same moment only the allowed
/// ones cost a hash. Returns `None` when it may be checked now, or the moment from which the next may be, UTC
/// milliseconds; such a try is not counted. `subject` is a `web::throttle::key`, `allowance` how many more failures than
/// usual are free. Commit before the password is checked.
///
/// # Errors
/// When the database fails.
pub async fn take_try(tx: &mut Tx, subject: &str, allowance: u32, now_ms: i64) -> Result<Option<i64>> {
    // Writing first locks the row until the commit.
    let sql = sql!(
        "insert into login_throttles (subject, failures, last_failure_ms) values ($1, 0, $2)
         on conflict (subject) do update set failures = login_throttles.failures
         returning failures, last_failure_ms",
        subject,
        now_ms
    );
    let row: ThrottleRow = tx.one(sql).await?;
    let failures = u32::try_from(row.failures).unwrap_or(u32::MAX).saturating_sub(allowance);
    let next_ms = next_allowed_ms(failures, row.last_failure_ms);
    // A clock that was set back costs no free try.
    if failures >= FREE_FAILURES && next_ms > now_ms {
        return Ok(Some(next_ms));
    }
    tx.exec(sql!(
        "update login_throttles set failures = failures + 1, last_failure_ms = $2 where subject = $1",
        subject,
        now_ms
    ))
    .await?;
    Ok(None)
}

/// Takes back a try that was no failure.
///
/// # Errors
/// When the database fails.
pub async fn give_back(tx: &mut Tx, subject: &str) -> Result<()> {
    let sql = sql!(
        "update login_throttles set failures = failures - 1 where subject = $1 and failures > 0",
        subject
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Forgets the failures of a subject, after a success.
///
/// # Errors
/// When the database fails.
pub async fn clear(tx: &mut Tx, subject: &str) -> Result<()> {
    tx.exec(sql!("delete from login_throttles where subject = $1", subject)).await?;
    Ok(())
}

/// Forgets subjects whose longest delay is long over.
///
/// # Errors
/// When the database fails.
pub async fn delete_old(tx: &mut Tx, now_ms: i64) -> Result<()> {
    let long_ago = now_ms.saturating_sub(2 * DELAY_MAX_MS);
    tx.exec(sql!("delete from login_throttles where last_failure_ms < $1", long_ago)).await?;
    Ok(())
}
