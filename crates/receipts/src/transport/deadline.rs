//! A moment by which a conversation with a device must be over.

use std::time::{Duration, Instant};

use crate::printer_error::PrinterError;

/// A moment on the monotonic clock.
pub(crate) struct Deadline(Instant);

impl Deadline {
    #[expect(
        clippy::disallowed_methods,
        reason = "a device is waited for in real time; nothing that is stored or printed depends on it"
    )]
    fn now() -> Instant {
        Instant::now()
    }

    /// Returns the moment `patience` from now.
    pub(crate) fn after(patience: Duration) -> Deadline {
        Deadline(Deadline::now() + patience)
    }

    /// Returns the time left, never zero: sockets refuse a time-out of zero.
    pub(crate) fn left(&self) -> Result<Duration, PrinterError> {
        let left = self.0.saturating_duration_since(Deadline::now());
        if left.is_zero() { Err(PrinterError::TimedOut) } else { Ok(left) }
    }
}
