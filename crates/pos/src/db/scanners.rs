//! Serial scanners as managers set them up, one for each counter.

use std::collections::BTreeMap;

use sqlx::{FromRow, SqlitePool};

use super::{Result, Tx, engine::one_row};

/// A scanner at a serial port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialScanner {
    /// The port, such as `/dev/serial/by-id/usb-Honeywell_…`.
    pub port: String,
    /// Bits a second; scanners that are a USB device ignore it.
    pub baud: u32,
}

#[derive(FromRow)]
struct Row {
    counter: String,
    port: String,
    baud: u32,
}

/// Returns the scanners by counter.
///
/// # Errors
/// When the database does not answer.
pub async fn list_scanners(pool: &SqlitePool) -> Result<BTreeMap<String, SerialScanner>> {
    let rows: Vec<Row> =
        sqlx::query_as("select counter, port, baud from scanners order by counter").fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.counter, SerialScanner { port: row.port, baud: row.baud })).collect())
}

/// Writes the scanner of a counter.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_scanner(tx: &mut Tx, counter: &str, scanner: &SerialScanner, now_ms: i64) -> Result<()> {
    let rows = sqlx::query(
        "insert into scanners (counter, port, baud, changed_at_ms) values ($1, $2, $3, $4)
         on conflict (counter) do update set port = excluded.port, baud = excluded.baud,
             changed_at_ms = excluded.changed_at_ms",
    )
    .bind(counter)
    .bind(&scanner.port)
    .bind(scanner.baud)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("scanners", rows)
}

/// Takes the scanner of a counter away, if it has one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_scanner(tx: &mut Tx, counter: &str) -> Result<()> {
    sqlx::query("delete from scanners where counter = $1").bind(counter).execute(&mut **tx).await?;
    Ok(())
}
