//! The print worker. It starts from rows, so a dead printer costs the cashier nothing; what follows from an outcome is
//! decided by `receipts::queue`.

use std::time::Duration;

use domain::ids::SaleId;
use receipts::label::LabelJob;
use receipts::layout::CopyMark;
use receipts::printer::{Job, Outcome, Printer, Timeouts};
use receipts::printer_error::PrinterError;
use receipts::profile::Profile;
use receipts::queue::{Action, Event, drawer_pulse_is_due};
use receipts::slip::Slip;
use receipts::snapshot::ReceiptSnapshot;
use receipts::{DrawerPulse, label_bytes, receipt_bytes};

use crate::App;
use crate::app::DrawerAsked;
use crate::config::{Config, LabelsConfig};
use crate::counter::receipt::copy_mark;
use crate::db::prints::ReceiptPrint;
use crate::db::{self, prints, receipts as stored, sales, slips};

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

/// What a print puts on paper.
enum Paper {
    Receipt(Box<ReceiptSnapshot>),
    Slip(Box<Slip>),
    Labels(Box<LabelJob>),
}

impl Paper {
    /// Returns the printer that it goes to; labels have one of their own.
    fn printer(&self, config: &Config) -> Option<Printer> {
        let set_up = match self {
            Self::Receipt(snapshot) => config.printer_of(&snapshot.counter),
            Self::Slip(slip) => config.printer_of(&slip.counter),
            Self::Labels(_) => config.labels.printer(),
        };
        let (address, profile) = set_up.ok().flatten()?;
        Some(Printer { address, profile, timeouts: Timeouts::default() })
    }

    fn bytes(&self, labels: &LabelsConfig, profile: &Profile, mark: Option<&CopyMark>) -> Option<Vec<u8>> {
        match self {
            Self::Labels(job) => {
                let wanted = [(job.label.clone(), job.count)];
                label_bytes(&wanted, &labels.stock(), labels.language, profile).ok()
            }
            Self::Receipt(snapshot) => receipt_bytes(snapshot, profile, mark).ok(),
            Self::Slip(slip) => slip.bytes(profile, mark).ok(),
        }
    }
}

/// Opens the drawers that were asked for by hand, then sends the next paper, if one is due.
///
/// # Errors
/// When the database does not answer.
pub async fn step(app: &App, after_break: &mut bool) -> db::Result<Next> {
    for asked in app.take_drawers() {
        open_drawer(app, asked).await;
    }
    let Some(waiting) = prints::find_next(app.db().read()).await? else { return Ok(Next::Idle) };
    let sending = match waiting.print.step(Event::WorkerFree, app.clock().now_ms()) {
        (print, Action::Send) => ReceiptPrint { print, ..waiting },
        (_, Action::WaitUntil(moment_ms)) => return Ok(Next::WaitUntil(moment_ms)),
        _ => return Ok(Next::Idle),
    };
    store(app, &sending).await?;
    let outcome = send(app, &sending, after_break).await?;
    let (print, _) = sending.print.step(Event::Done(outcome), app.clock().now_ms());
    store(app, &ReceiptPrint { print, drawer_asked_at_ms: None, ..sending }).await?;
    app.tell_changed();
    Ok(Next::Again)
}

async fn send(app: &App, print: &ReceiptPrint, after_break: &mut bool) -> db::Result<Outcome> {
    let Some((name, paper)) = load(app, print.sale_id).await? else {
        return Ok(Outcome::Failed(PrinterError::Closed));
    };
    let Some(printer) = paper.printer(app.config()) else {
        return Ok(Outcome::Failed(PrinterError::Closed));
    };
    let labels = app.config().labels.clone();
    // White data in front is ESC/POS, and a printer of labels may speak something else.
    let is_label = matches!(paper, Paper::Labels(_));
    let is_broken_off = *after_break && !is_label;
    let mark = copy_mark(print);
    let now_ms = app.clock().now_ms();
    let drawer = print.drawer_asked_at_ms.is_some_and(|asked_ms| drawer_pulse_is_due(asked_ms, now_ms));
    let job = move || {
        if drawer {
            let _ = printer.open_drawer(&format!("{name}-drawer"), DrawerPulse::default());
        }
        match paper.bytes(&labels, &printer.profile, mark.as_ref()) {
            Some(bytes) => {
                let name = mark.map_or(name.clone(), |mark| format!("{name}-{}", mark.n));
                printer.send(&Job { name: &name, bytes: &bytes, after_break: is_broken_off })
            }
            None => Outcome::Failed(PrinterError::Closed),
        }
    };
    let outcome = tokio::task::spawn_blocking(job).await.unwrap_or(Outcome::Unknown(PrinterError::Closed));
    if !is_label {
        *after_break = matches!(outcome, Outcome::Unknown(_));
    }
    Ok(outcome)
}

/// Returns the paper of a print under the name of its file: a sale's receipt, or another paper.
async fn load(app: &App, id: SaleId) -> db::Result<Option<(String, Paper)>> {
    let mut reader = app.db().read().acquire().await?;
    if let Some(row) = slips::find_slip(&mut reader, id.uuid()).await? {
        let labels = LabelJob::from_json(&row.snapshot).map(|job| Paper::Labels(Box::new(job)));
        let slip = || Slip::from_json(&row.snapshot).ok().map(|slip| Paper::Slip(Box::new(slip)));
        return Ok(labels.or_else(slip).map(|paper| (row.number.to_lowercase(), paper)));
    }
    let text = stored::find_snapshot(&mut reader, id).await?;
    drop(reader);
    let sale = sales::find_sale(app.db().read(), id).await?;
    let snapshot = text.and_then(|text| ReceiptSnapshot::from_json(&text).ok());
    Ok(sale
        .map(|sale| sale.receipt_number.to_lowercase())
        .zip(snapshot.map(|snapshot| Paper::Receipt(Box::new(snapshot)))))
}

/// Sends a pulse without paper; one that comes too late is not sent.
async fn open_drawer(app: &App, asked: DrawerAsked) {
    let Ok(Some((address, profile))) = app.config().printer_of(&asked.counter) else { return };
    if !drawer_pulse_is_due(asked.asked_at_ms, app.clock().now_ms()) {
        tracing::warn!(counter = asked.counter, "a drawer was not opened: the printer was busy for too long");
        return;
    }
    let printer = Printer { address, profile, timeouts: Timeouts::default() };
    let name = format!("drawer-{}", asked.asked_at_ms);
    let opened =
        tokio::task::spawn_blocking(move || printer.open_drawer(&name, DrawerPulse::default())).await;
    if !matches!(opened, Ok(Outcome::Printed)) {
        tracing::warn!(counter = asked.counter, ?opened, "a drawer was not opened");
    }
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
