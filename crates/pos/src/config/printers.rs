//! The printer of a counter: where it is, how it wants its jobs, and how it opens the drawer.

use receipts::DrawerPulse;
use receipts::address::PrinterAddress;
use receipts::printer::{Printer, Timeouts};
use receipts::profile::{Paper, Profile};

use super::{Config, ConfigError};

/// The printer of a counter, or of labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterSetUp {
    /// Where it is.
    pub address: PrinterAddress,
    /// Width, cut and feed of its paper.
    pub profile: Profile,
    /// What opens the drawer that hangs on it.
    pub pulse: DrawerPulse,
}

impl PrinterSetUp {
    /// Returns a printer with the usual profile of a paper.
    pub fn new(address: PrinterAddress, paper: Paper) -> Self {
        Self { address, profile: Profile::new(paper), pulse: DrawerPulse::default() }
    }

    /// Returns the printer as jobs are given to it.
    pub fn printer(&self) -> Printer {
        Printer { address: self.address.clone(), profile: self.profile, timeouts: Timeouts::default() }
    }
}

impl Config {
    /// Returns the printer of a counter as the settings have it, or `None` when it has none.
    ///
    /// # Errors
    /// When its address or the paper's width is unusable.
    pub fn printer_of(&self, counter: &str) -> Result<Option<PrinterSetUp>, ConfigError> {
        let paper = Paper::from_dots(self.paper_dots)
            .map_err(|error| ConfigError::Value { key: "paper_dots", why: error.to_string() })?;
        let address = self.printers.get(counter).unwrap_or(&self.printer);
        if address.is_empty() {
            return Ok(None);
        }
        let address = PrinterAddress::parse(address)
            .map_err(|error| ConfigError::Value { key: "printer", why: error.to_string() })?;
        Ok(Some(PrinterSetUp::new(address, paper)))
    }
}
