//! Serial scanners as a manager sets them up.

use super::printers::is_serial_port;
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::operations;
use crate::db::scanners::{self, SerialScanner};

/// Speeds that scanners know.
pub const BAUDS: [u32; 4] = [9_600, 19_200, 57_600, 115_200];

/// Sets the scanner of a counter up; none takes it away. It is read at once.
///
/// # Errors
/// When the database does not keep it.
pub async fn save(
    app: &App,
    seat: &Seat,
    op_id: &str,
    counter: &str,
    scanner: Option<SerialScanner>,
) -> Result<CounterState> {
    let is_wrong = |scanner: &SerialScanner| !is_serial_port(&scanner.port) || !BAUDS.contains(&scanner.baud);
    if scanner.as_ref().is_some_and(is_wrong) {
        return state::load(app, seat, Note::BadField { field: "port".to_owned() }, None).await;
    }
    let now_ms = app.clock().now_ms();
    let saved = Note::ScannerSaved { counter: counter.to_owned() };
    let mut tx = app.db().begin().await?;
    if operations::insert_operation(&mut tx, op_id, now_ms).await? {
        match &scanner {
            Some(scanner) => scanners::upsert_scanner(&mut tx, counter, scanner, now_ms).await?,
            None => scanners::delete_scanner(&mut tx, counter).await?,
        }
        tx.commit().await?;
        app.scanners().tell_changed();
    } else {
        drop(tx);
    }
    state::load(app, seat, saved, None).await
}
