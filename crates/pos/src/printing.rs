//! The print worker. It starts from rows, so a dead printer costs the cashier nothing; what follows from an outcome is
//! decided by `receipts::queue`.

use std::time::Duration;

use domain::ids::SaleId;
use receipts::printer::{Job, Outcome, Printer, Timeouts};
use receipts::printer_error::PrinterError;
use receipts::queue::{Action, Event, drawer_pulse_is_due};
use receipts::snapshot::ReceiptSnapshot;
use receipts::{DrawerPulse, receipt_bytes};

use crate::App;
use crate::counter::receipt::copy_mark;
use crate::db::prints::ReceiptPrint;
use crate::db::{self, prints, receipts as stored, sales};

/// What the worker does after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Look again at once.
    Again,
    /// Nothing before this moment, UTC milliseconds.
    WaitUntil(i64),
    /// Nothing waits.
    Idle,
}

/// Prints what waits, until the program ends.
pub async fn run(app: App) {
    // The program has just started: the printer may stand within a picture that broke off.
    let mut after_break = true;
    loop {
        let pause = match step(&app, &mut after_break).await {
            Ok(Next::Again) => continue,
            Ok(Next::WaitUntil(moment_ms)) => {
                moment_ms.saturating_sub(app.clock().now_ms()).clamp(50, 60_000)
            }
            Ok(Next::Idle) => 60_000,
            Err(error) => {
                tracing::error!(%error, "the print worker cannot read its rows");
                5_000
            }
        };
        let pause = Duration::from_millis(u64::try_from(pause).unwrap_or(1_000));
        tokio::select! {
            () = app.printable() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Sends the next paper, if one is due.
///
/// # Errors
/// When the database does not answer.
pub async fn step(app: &App, after_break: &mut bool) -> db::Result<Next> {
    let Some(waiting) = prints::find_next(app.db().read()).await? else { return Ok(Next::Idle) };
    let sending = match waiting.print.step(Event::WorkerFree, app.clock().now_ms()) {
        (print, Action::Send) => ReceiptPrint { print, ..waiting },
        (_, Action::WaitUntil(moment_ms)) => return Ok(Next::WaitUntil(moment_ms)),
        _ => return Ok(Next::Idle),
    };
    store(app, &sending).await?;
    let outcome = send(app, &sending, *after_break).await?;
    *after_break = matches!(outcome, Outcome::Unknown(_));
    let (print, _) = sending.print.step(Event::Done(outcome), app.clock().now_ms());
    store(app, &ReceiptPrint { print, drawer_asked_at_ms: None, ..sending }).await?;
    app.tell_changed();
    Ok(Next::Again)
}

async fn send(app: &App, print: &ReceiptPrint, after_break: bool) -> db::Result<Outcome> {
    let Some((name, snapshot)) = load(app, print.sale_id).await? else {
        return Ok(Outcome::Failed(PrinterError::Closed));
    };
    let Ok(Some((address, profile))) = app.config().printer_of(&snapshot.counter) else {
        return Ok(Outcome::Failed(PrinterError::Closed));
    };
    let printer = Printer { address, profile, timeouts: Timeouts::default() };
    let mark = copy_mark(print);
    let now_ms = app.clock().now_ms();
    let drawer = print.drawer_asked_at_ms.is_some_and(|asked_ms| drawer_pulse_is_due(asked_ms, now_ms));
    let job = move || {
        if drawer {
            let _ = printer.open_drawer(&format!("{name}-drawer"), DrawerPulse::default());
        }
        match receipt_bytes(&snapshot, &printer.profile, mark.as_ref()) {
            Ok(bytes) => {
                let name = mark.map_or(name.clone(), |mark| format!("{name}-{}", mark.n));
                printer.send(&Job { name: &name, bytes: &bytes, after_break })
            }
            Err(_) => Outcome::Failed(PrinterError::Closed),
        }
    };
    Ok(tokio::task::spawn_blocking(job).await.unwrap_or(Outcome::Unknown(PrinterError::Closed)))
}

async fn load(app: &App, sale_id: SaleId) -> db::Result<Option<(String, ReceiptSnapshot)>> {
    let mut reader = app.db().read().acquire().await?;
    let text = stored::find_snapshot(&mut reader, sale_id).await?;
    let sale = sales::find_sale(app.db().read(), sale_id).await?;
    let snapshot = text.and_then(|text| ReceiptSnapshot::from_json(&text).ok());
    Ok(sale.map(|sale| sale.receipt_number.to_lowercase()).zip(snapshot))
}

async fn store(app: &App, print: &ReceiptPrint) -> db::Result<()> {
    let mut tx = app.db().begin().await?;
    prints::upsert_print(&mut tx, print).await?;
    Ok(tx.commit().await?)
}

/// After a start: what was being sent when the program ended may be on paper in part, and is never sent again by itself.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_interrupted(app: &App) -> db::Result<()> {
    let mut tx = app.db().begin().await?;
    for interrupted in prints::list_sending(&mut tx).await? {
        let (print, _) = interrupted.print.step(Event::Restarted, app.clock().now_ms());
        prints::upsert_print(&mut tx, &ReceiptPrint { print, drawer_asked_at_ms: None, ..interrupted })
            .await?;
    }
    Ok(tx.commit().await?)
}
