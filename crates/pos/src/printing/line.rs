//! The line of each printer, by its address: whether it is busy, and whether it may stand within a picture that broke off.

use std::collections::{BTreeMap, BTreeSet};

use receipts::printer::Outcome;
use receipts::queue::drawer_pulse_is_due;
use tokio::task::JoinError;

use super::{Done, Job};
use crate::App;
use crate::app::DrawerAsked;
use crate::config::PrinterSetUp;
use crate::db::prints::ReceiptPrint;

/// What a printer is to do.
pub(super) enum Work {
    /// A pulse without paper.
    Drawer(DrawerAsked, PrinterSetUp),
    /// A paper; without a printer it fails.
    Paper(ReceiptPrint, Option<PrinterSetUp>),
}

/// The printers as the worker knows them.
#[derive(Debug, Default)]
pub struct Lines {
    busy: BTreeSet<String>,
    broke_off: BTreeMap<String, bool>,
    /// What is thought of a printer that nothing was sent to yet.
    unseen_broke_off: bool,
    drawers: Vec<DrawerAsked>,
}

impl Lines {
    /// The program has just started: each printer may stand within a picture that broke off.
    pub fn after_start() -> Self {
        Self { unseen_broke_off: true, ..Self::default() }
    }

    pub(super) fn is_busy(&self, line: &str) -> bool {
        self.busy.contains(line)
    }

    /// Takes a printer for something that it is to do.
    pub(super) fn take(&mut self, line: String, work: Work) -> Job {
        self.busy.insert(line.clone());
        let after_break = self.broke_off.get(&line).copied().unwrap_or(self.unseen_broke_off);
        Job { line, after_break, work }
    }

    /// Frees a printer.
    pub(super) fn end(&mut self, done: Result<Done, JoinError>) {
        match done {
            Ok(Done { line, broke_off }) => {
                self.busy.remove(&line);
                if let Some(broke_off) = broke_off {
                    self.broke_off.insert(line, broke_off);
                }
            }
            // A job that panicked does not say which printer it had: better two at once than one that never prints again.
            Err(error) => {
                tracing::error!(%error, "a print job ended in the middle");
                self.busy.clear();
            }
        }
    }

    /// Returns a drawer that is to open now. One whose printer is busy waits as long as the pulse is of use.
    pub(super) fn next_drawer(&mut self, app: &App) -> Option<Job> {
        self.drawers.extend(app.take_drawers());
        let now_ms = app.clock().now_ms();
        self.drawers.retain(|asked| {
            let is_due = drawer_pulse_is_due(asked.asked_at_ms, now_ms);
            if !is_due {
                tracing::warn!(
                    counter = asked.counter,
                    "a drawer was not opened: its printer was busy for too long"
                );
            }
            is_due && app.has_printer(&asked.counter)
        });
        let name = |asked: &DrawerAsked| name_of(app.printer_of(&asked.counter).as_ref());
        let place = self.drawers.iter().position(|asked| !self.is_busy(&name(asked)))?;
        let asked = self.drawers.remove(place);
        let set_up = app.printer_of(&asked.counter)?;
        Some(self.take(name_of(Some(&set_up)), Work::Drawer(asked, set_up)))
    }
}

/// Returns the printer of a paper as it is set up now.
pub(super) fn set_up_of(app: &App, print: &ReceiptPrint) -> Option<PrinterSetUp> {
    if print.is_label {
        return app.labels().printer().ok().flatten();
    }
    app.printer_of(&print.counter)
}

/// Returns the name of a printer's line.
pub(super) fn name_of(set_up: Option<&PrinterSetUp>) -> String {
    set_up.map(|set_up| set_up.address.to_string()).unwrap_or_default()
}

/// Sends a pulse without paper.
pub(super) async fn open_drawer(asked: &DrawerAsked, set_up: &PrinterSetUp) {
    let (printer, pulse) = (set_up.printer(), set_up.pulse);
    let name = format!("drawer-{}", asked.asked_at_ms);
    let opened = tokio::task::spawn_blocking(move || printer.open_drawer(&name, pulse)).await;
    if !matches!(opened, Ok(Outcome::Printed)) {
        tracing::warn!(counter = asked.counter, ?opened, "a drawer was not opened");
    }
}
