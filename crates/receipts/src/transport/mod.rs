//! Ways to a printer. Each takes bytes with a limit on its patience, and says how many it took.

mod deadline;
mod device;
mod file;
mod serial;
mod tcp;

use std::time::Duration;

pub(crate) use deadline::Deadline;
pub(crate) use device::DeviceLink;
pub(crate) use file::{write_job, write_pulse};
pub(crate) use serial::SerialLink;
pub(crate) use tcp::TcpLink;

use crate::printer_error::PrinterError;

/// Most bytes handed over at once.
pub(crate) const CHUNK_BYTES_MAX: usize = 4_096;

/// A connection to one printer, for one job. Nothing in it waits longer than `patience`.
pub(crate) trait Link {
    /// Hands over the start of `bytes`; returns how many were taken, at least one.
    fn write_some(&mut self, bytes: &[u8], patience: Duration) -> Result<usize, PrinterError>;

    /// Waits for one byte. [`PrinterError::Closed`] when none can come any more.
    fn read_byte(&mut self, patience: Duration) -> Result<u8, PrinterError>;

    /// Says that nothing follows, and lets what was sent arrive.
    fn finish(&mut self, patience: Duration) -> Result<(), PrinterError>;
}
