//! Failed logins, for the rule in `web::throttle`.

use sqlx::FromRow;

use super::engine::{Tx, sql};
use crate::error::Result;

#[derive(FromRow)]
struct ThrottleRow {
    failures: i64,
    last_failure_ms: i64,
}

/// Failures of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How many since the last success.
    pub count: u32,
    /// When the last one was, UTC milliseconds.
    pub last_ms: i64,
}

/// Returns the failures of a subject, and locks them until the commit. `subject` is a `web::throttle::key`.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, subject: &str, now_ms: i64) -> Result<Failures> {
    // Writing first locks the row.
    let sql = sql!(
        "insert into login_throttles (subject, failures, last_failure_ms) values ($1, 0, $2)
         on conflict (subject) do update set failures = login_throttles.failures
         returning failures, last_failure_ms",
        subject,
        now_ms
    );
    let row: ThrottleRow = tx.one(sql).await?;
    Ok(Failures { count: u32::try_from(row.failures).unwrap_or(u32::MAX), last_ms: row.last_failure_ms })
}

/// Counts a try as a failure, before anything is checked: so that of many at the same moment only the allowed ones cost
/// a hash.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, subject: &str, now_ms: i64) -> Result<()> {
    let sql = sql!(
        "update login_throttles set failures = failures + 1, last_failure_ms = $2 where subject = $1",
        subject,
        now_ms
    );
    tx.exec(sql).await?;
    Ok(())
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

/// Forgets subjects without a failure since a moment.
///
/// # Errors
/// When the database fails.
pub async fn delete_older(tx: &mut Tx, than_ms: i64) -> Result<()> {
    tx.exec(sql!("delete from login_throttles where last_failure_ms < $1", than_ms)).await?;
    Ok(())
}
