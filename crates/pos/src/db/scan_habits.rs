//! How the scanners of counters type, as managers set them up.

use domain::scan_habit::ScanHabit;
use sqlx::SqlitePool;

use super::{Result, Tx, engine::one_row};

/// Returns the habit of a counter's scanner; the usual one where nobody set any up.
///
/// # Errors
/// When the database does not answer.
pub async fn find_habit(pool: &SqlitePool, counter: &str) -> Result<ScanHabit> {
    let row: Option<(u16, String, String)> =
        sqlx::query_as("select gap_ms, prefix, suffix from scan_habits where counter = $1")
            .bind(counter)
            .fetch_optional(pool)
            .await?;
    let habit = row.and_then(|(gap_ms, prefix, suffix)| ScanHabit::new(gap_ms, &prefix, &suffix).ok());
    Ok(habit.unwrap_or_default())
}

/// Writes the habit of a counter's scanner.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_habit(tx: &mut Tx, counter: &str, habit: &ScanHabit, now_ms: i64) -> Result<()> {
    let rows = sqlx::query(
        "insert into scan_habits (counter, gap_ms, prefix, suffix, changed_at_ms) values ($1, $2, $3, $4, $5)
         on conflict (counter) do update set gap_ms = excluded.gap_ms, prefix = excluded.prefix,
             suffix = excluded.suffix, changed_at_ms = excluded.changed_at_ms",
    )
    .bind(counter)
    .bind(habit.gap_ms())
    .bind(habit.prefix())
    .bind(habit.suffix())
    .bind(now_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("scan_habits", rows)
}
