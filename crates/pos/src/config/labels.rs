//! The printer of labels, and the labels that lie in it.

use receipts::LabelLanguage;
use receipts::address::{Answers, PrinterAddress};
use receipts::label_stock::LabelStock;
use receipts::profile::Paper;
use serde::Deserialize;

use super::{ConfigError, PrinterSetUp};

/// Dots of a millimetre (203 dpi).
const DOTS_PER_MM: u32 = 8;

/// The printer of labels, and the labels that lie in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LabelsConfig {
    /// Its address, as those of other printers; empty for none.
    pub printer: String,
    /// What it speaks: `tspl` or `escpos`.
    pub language: LabelLanguage,
    /// Width of a label, mm.
    pub width_mm: u16,
    /// Height of a label, mm; 0 on an endless roll.
    pub height_mm: u16,
    /// Labels side by side.
    pub columns: u16,
    /// Between two columns, mm.
    pub column_gap_mm: u16,
    /// Between two rows, mm.
    pub row_gap_mm: u16,
    /// Backing paper left of the first column, mm.
    pub edge_mm: u16,
}

impl Default for LabelsConfig {
    fn default() -> Self {
        let LabelStock { width_mm, height_mm, columns, column_gap_mm, row_gap_mm, edge_mm } =
            LabelStock::TWO_35X22;
        Self {
            printer: String::new(),
            language: LabelLanguage::default(),
            width_mm,
            height_mm: height_mm.unwrap_or_default(),
            columns,
            column_gap_mm,
            row_gap_mm,
            edge_mm,
        }
    }
}

impl LabelsConfig {
    /// Returns the labels that lie in the printer.
    pub fn stock(&self) -> LabelStock {
        LabelStock {
            width_mm: self.width_mm,
            height_mm: (self.height_mm > 0).then_some(self.height_mm),
            columns: self.columns,
            column_gap_mm: self.column_gap_mm,
            row_gap_mm: self.row_gap_mm,
            edge_mm: self.edge_mm,
        }
    }

    /// Returns the printer, or `None` when there is none. A printer of TSPL knows no question of ESC/POS, so it is asked
    /// none.
    ///
    /// # Errors
    /// When its address is unusable, or there are no such labels.
    pub fn printer(&self) -> Result<Option<PrinterSetUp>, ConfigError> {
        let stock = self.stock();
        stock.check().map_err(|error| ConfigError::Value { key: "labels", why: error.to_string() })?;
        if self.printer.is_empty() {
            return Ok(None);
        }
        let address = PrinterAddress::parse(&self.printer)
            .map_err(|error| ConfigError::Value { key: "labels.printer", why: error.to_string() })?;
        let address = match (self.language, address) {
            (LabelLanguage::Tspl, PrinterAddress::Tcp { host, port, .. }) => {
                PrinterAddress::Tcp { host, port, answers: Answers::No }
            }
            (LabelLanguage::Tspl, PrinterAddress::Serial { port, baud, flow, .. }) => {
                PrinterAddress::Serial { port, baud, flow, answers: Answers::No }
            }
            (_, address) => address,
        };
        let needed_dots = stock.row_mm() * DOTS_PER_MM;
        let fits = |paper: &Paper| u32::from(paper.dots()) >= needed_dots;
        let paper = Paper::ALL.into_iter().find(fits).unwrap_or(Paper::Dots576);
        Ok(Some(PrinterSetUp::new(address, paper)))
    }
}
