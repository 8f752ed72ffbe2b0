//! Printers that are a file of the system: `/dev/usb/lp0`, `LPT1`, a shared printer.
//!
//! Writing to such a file can block for as long as the printer has no paper, and no time-out can be set on it. So a
//! thread of its own writes, and is left behind when patience ends; the device stays its own until the write returns,
//! which keeps the next job from running into the middle of this one.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::Link;
use crate::printer_error::PrinterError;

/// A device that is only written to.
pub(crate) struct DeviceLink {
    chunks: SyncSender<Vec<u8>>,
    taken: Receiver<Result<usize, PrinterError>>,
}

impl DeviceLink {
    /// Opens a device.
    pub(crate) fn open(path: &Path) -> Result<DeviceLink, PrinterError> {
        DeviceLink::over(OpenOptions::new().write(true).open(path)?)
    }

    fn over(mut device: impl Write + Send + 'static) -> Result<DeviceLink, PrinterError> {
        let (chunks, received) = sync_channel::<Vec<u8>>(1);
        let (report, taken) = sync_channel(1);
        thread::Builder::new().name("printer device".to_owned()).spawn(move || {
            for chunk in received {
                let result = device.write(&chunk).map_err(PrinterError::from);
                if report.send(result).is_err() {
                    return;
                }
            }
        })?;
        Ok(DeviceLink { chunks, taken })
    }
}

impl Link for DeviceLink {
    fn write_some(&mut self, bytes: &[u8], patience: Duration) -> Result<usize, PrinterError> {
        self.chunks.try_send(bytes.to_vec()).map_err(|_| PrinterError::Closed)?;
        match self.taken.recv_timeout(patience) {
            Ok(Ok(0)) | Err(RecvTimeoutError::Disconnected) => Err(PrinterError::Closed),
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(PrinterError::TimedOut),
        }
    }

    fn read_byte(&mut self, _patience: Duration) -> Result<u8, PrinterError> {
        Err(PrinterError::Closed)
    }

    fn finish(&mut self, _patience: Duration) -> Result<(), PrinterError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::mpsc::channel;

    use super::*;

    /// A device that takes a byte each time it is allowed to.
    struct Hesitant(Receiver<()>);

    impl Write for Hesitant {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().map(|()| 1).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_device_that_blocks_is_left_behind() {
        let (allow, allowed) = channel();
        let mut link = DeviceLink::over(Hesitant(allowed)).unwrap();
        allow.send(()).unwrap();
        assert_eq!(link.write_some(b"ab", Duration::from_secs(5)), Ok(1));
        assert_eq!(link.write_some(b"b", Duration::from_millis(20)), Err(PrinterError::TimedOut));
        drop(allow);
        assert_eq!(link.taken.recv(), Ok(Err(PrinterError::Closed)));
    }
}
