//! Which printers there are: what managers set up on the page, and for the rest what the settings say.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use receipts::profile::Paper;
use sqlx::SqlitePool;

use super::App;
use crate::config::{LabelsConfig, PrinterSetUp};
use crate::db::{self, label_printer, printers};

/// What managers set up; the settings hold where they did not.
pub(super) struct Printers {
    by_counter: RwLock<BTreeMap<String, Option<PrinterSetUp>>>,
    labels: RwLock<Option<LabelsConfig>>,
}

impl Printers {
    /// Reads what was set up before this start.
    pub(super) async fn load(pool: &SqlitePool) -> db::Result<Self> {
        Ok(Self {
            by_counter: RwLock::new(printers::list_printers(pool).await?),
            labels: RwLock::new(label_printer::find_label_printer(pool).await?),
        })
    }
}

impl App {
    /// Returns the printer of a counter: what a manager set up, or what the settings say. Where people practise nothing is
    /// printed.
    pub fn printer_of(&self, counter: &str) -> Option<PrinterSetUp> {
        if self.config().is_training() {
            return None;
        }
        let printers = self.0.printers.by_counter.read().unwrap_or_else(PoisonError::into_inner);
        match printers.get(counter) {
            Some(chosen) => chosen.clone(),
            None => self.config().printer_of(counter).ok().flatten(),
        }
    }

    /// Says whether a counter has a printer.
    pub fn has_printer(&self, counter: &str) -> bool {
        self.printer_of(counter).is_some()
    }

    /// Returns the paper of a counter; without a printer that of the settings.
    pub fn paper_of(&self, counter: &str) -> Paper {
        let usual = || Paper::from_dots(self.config().paper_dots).unwrap_or(Paper::Dots576);
        self.printer_of(counter).map_or_else(usual, |set_up| set_up.profile.paper)
    }

    /// Takes the printer that a manager has set up for a counter, from the next paper on.
    pub(crate) fn set_printer(&self, counter: &str, set_up: Option<PrinterSetUp>) {
        let mut printers = self.0.printers.by_counter.write().unwrap_or_else(PoisonError::into_inner);
        printers.insert(counter.to_owned(), set_up);
    }

    /// Returns the label printer and the labels in it: what a manager set up, or what the settings say.
    pub fn labels(&self) -> LabelsConfig {
        let labels = self.0.printers.labels.read().unwrap_or_else(PoisonError::into_inner);
        labels.as_ref().unwrap_or(&self.config().labels).clone()
    }

    /// Says whether labels can be printed.
    pub fn has_label_printer(&self) -> bool {
        !self.labels().printer.is_empty()
    }

    /// Takes the label printer that a manager has set up, from the next label on.
    pub(crate) fn set_labels(&self, labels: LabelsConfig) {
        *self.0.printers.labels.write().unwrap_or_else(PoisonError::into_inner) = Some(labels);
    }
}
