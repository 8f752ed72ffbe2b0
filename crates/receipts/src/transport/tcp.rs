//! Network printers, port 9100.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use super::{Deadline, Link};
use crate::printer_error::PrinterError;

/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 2;

/// One connection.
pub(crate) struct TcpLink(TcpStream);

impl TcpLink {
    /// Connects within `patience` for each address.
    pub(crate) fn open(host: &str, port: u16, patience: Duration) -> Result<TcpLink, PrinterError> {
        let mut last = PrinterError::NotFound;
        let addresses = (host, port).to_socket_addrs().map_err(|_| PrinterError::NotFound)?;
        for address in addresses.take(ADDRESSES_MAX) {
            match TcpStream::connect_timeout(&address, patience) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(TcpLink(stream));
                }
                Err(error) => last = error.into(),
            }
        }
        Err(last)
    }

    fn read_some(&mut self, buffer: &mut [u8], patience: Duration) -> Result<usize, PrinterError> {
        self.0.set_read_timeout(Some(patience))?;
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => return Ok(other?),
            }
        }
    }
}

impl Link for TcpLink {
    fn write_some(&mut self, bytes: &[u8], patience: Duration) -> Result<usize, PrinterError> {
        self.0.set_write_timeout(Some(patience))?;
        loop {
            match self.0.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) => return Err(PrinterError::Closed),
                other => return Ok(other?),
            }
        }
    }

    fn read_byte(&mut self, patience: Duration) -> Result<u8, PrinterError> {
        let mut byte = [0];
        match self.read_some(&mut byte, patience)? {
            0 => Err(PrinterError::Closed),
            _ => Ok(byte[0]),
        }
    }

    /// Half-closes and reads to the end: closing at once would reset the connection when an answer lies unread, and the
    /// reset throws away what the printer has not taken yet. A printer that never closes is left when patience ends.
    fn finish(&mut self, patience: Duration) -> Result<(), PrinterError> {
        self.0.shutdown(Shutdown::Write)?;
        let deadline = Deadline::after(patience);
        let mut buffer = [0; 64];
        while let Ok(left) = deadline.left() {
            match self.read_some(&mut buffer, left) {
                Ok(0) | Err(PrinterError::TimedOut) => break,
                Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
