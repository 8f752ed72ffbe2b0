//! Serial scanners as a manager sets them up.

use domain::scan::{Scan, read};
use domain::scan_habit::ScanHabit;
use serde::Serialize;
use utoipa::ToSchema;
use web::format::local_date;

use super::printers::is_serial_port;
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::scanners::{self, SerialScanner};
use crate::db::{operations, products, scan_habits};

/// Speeds that scanners know.
pub const BAUDS: [u32; 4] = [9_600, 19_200, 57_600, 115_200];

/// Keeps how the scanner of a counter types, and what it puts around each code.
///
/// # Errors
/// When the database does not keep it.
pub async fn save_habit(
    app: &App,
    seat: &Seat,
    op_id: &str,
    counter: &str,
    habit: &ScanHabit,
) -> Result<CounterState> {
    let now_ms = app.clock().now_ms();
    let mut tx = app.db().begin().await?;
    if operations::insert_operation(&mut tx, op_id, now_ms).await? {
        scan_habits::upsert_habit(&mut tx, counter, habit, now_ms).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    state::load(app, seat, Note::ScannerSaved { counter: counter.to_owned() }, None).await
}

/// What a text is at a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Understood {
    /// The code of a product that is sold here.
    Product {
        /// Its name.
        name: String,
    },
    /// A whole code that nobody knows here.
    Unknown,
    /// A scale's label.
    Scale,
    /// Words, which are searched for.
    Words,
    /// Nothing that can be read.
    Unreadable,
}

/// Says what a text would be at a counter; nothing is sold by it.
///
/// # Errors
/// When the database does not answer.
pub async fn understand(app: &App, text: &str) -> Result<Understood> {
    let code = match read(text, app.masks()) {
        Scan::Product(code) => code,
        Scan::Pack(link) => match link.barcode(app.label_host()) {
            Ok(code) => code.clone(),
            Err(_) => return Ok(Understood::Unreadable),
        },
        Scan::Weighed { .. } | Scan::Priced { .. } => return Ok(Understood::Scale),
        Scan::Words(_) => return Ok(Understood::Words),
        Scan::Refused(_) => return Ok(Understood::Unreadable),
    };
    let mut reader = app.db().read().acquire().await?;
    let Some(product_id) = products::find_by_code(&mut reader, &code).await? else {
        return Ok(Understood::Unknown);
    };
    let offer = products::load_offer(&mut reader, product_id, local_date(app.clock().now_ms())).await?;
    Ok(Understood::Product { name: offer.name })
}

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
