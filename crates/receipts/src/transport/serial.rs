//! Serial printers, and USB printers that show themselves as a serial port.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use serialport::{ErrorKind, FlowControl, SerialPort};

use super::Link;
use crate::printer_error::PrinterError;

/// One open port, 8 bits, no parity, one stop bit.
pub(crate) struct SerialLink(Box<dyn SerialPort>);

impl SerialLink {
    /// Opens a port.
    pub(crate) fn open(
        port: &str,
        baud: u32,
        flow: FlowControl,
        patience: Duration,
    ) -> Result<SerialLink, PrinterError> {
        let opened = serialport::new(port, baud).flow_control(flow).timeout(patience).open();
        opened.map(SerialLink).map_err(reason)
    }
}

fn reason(error: serialport::Error) -> PrinterError {
    match error.kind() {
        ErrorKind::NoDevice => PrinterError::NotFound,
        ErrorKind::Io(kind) => std::io::Error::from(kind).into(),
        ErrorKind::InvalidInput | ErrorKind::Unknown => PrinterError::Other,
    }
}

impl Link for SerialLink {
    fn write_some(&mut self, bytes: &[u8], patience: Duration) -> Result<usize, PrinterError> {
        self.0.set_timeout(patience).map_err(reason)?;
        match self.0.write(bytes)? {
            0 => Err(PrinterError::Closed),
            count => Ok(count),
        }
    }

    fn read_byte(&mut self, patience: Duration) -> Result<u8, PrinterError> {
        self.0.set_timeout(patience).map_err(reason)?;
        let mut byte = [0];
        match self.0.read(&mut byte)? {
            0 => Err(PrinterError::Closed),
            _ => Ok(byte[0]),
        }
    }

    /// Nothing: a job is over when its last byte was taken, and its answer proves that it was processed.
    fn finish(&mut self, _patience: Duration) -> Result<(), PrinterError> {
        Ok(())
    }
}
