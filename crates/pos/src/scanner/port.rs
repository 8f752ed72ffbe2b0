//! A serial port that codes come from, on a thread of its own: reading one blocks, and no time-out of the runtime can end it.

use std::io::{ErrorKind, Read};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::Sender;

use crate::db::scanners::SerialScanner;

/// Longest code; a GS1 DataMatrix with all that a pack can say is shorter.
const CODE_BYTES_MAX: usize = 512;
/// A read gives up after this, to look whether anybody still listens.
const PATIENCE: Duration = Duration::from_millis(200);
/// Between two tries to open a port that is not there: a scanner that was plugged in again is at work when the hand has
/// moved from the plug to the trigger.
const PAUSE: Duration = Duration::from_millis(500);

/// What a port tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// Whether it can be read now.
    Connected(bool),
    /// A whole code.
    Code(String),
}

/// Reads a port until nobody listens any more.
pub(super) fn spawn(scanner: SerialScanner, hear: Sender<Heard>) -> std::io::Result<()> {
    let thread = thread::Builder::new().name("serial scanner".to_owned());
    thread.spawn(move || {
        while !hear.is_closed() {
            if let Ok(mut port) = serialport::new(&scanner.port, scanner.baud).timeout(PATIENCE).open() {
                let _ = hear.blocking_send(Heard::Connected(true));
                read(&mut port, &hear);
                let _ = hear.blocking_send(Heard::Connected(false));
            }
            pause();
        }
    })?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells that a plug was put in; this thread has nothing else to do"
)]
fn pause() {
    thread::sleep(PAUSE);
}

/// Reads codes until the port is gone.
fn read(port: &mut impl Read, hear: &Sender<Heard>) {
    let (mut codes, mut bytes) = (Codes::default(), [0; 256]);
    while !hear.is_closed() {
        match port.read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                for code in codes.push(bytes.get(..count).unwrap_or_default()) {
                    let _ = hear.blocking_send(Heard::Code(code));
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
            Err(_) => return,
        }
    }
}

/// Makes codes of the bytes that come in pieces of any size.
#[derive(Debug, Default)]
struct Codes {
    begun: Vec<u8>,
    /// More came than a code can have; the rest up to its end is dropped.
    is_too_long: bool,
}

impl Codes {
    /// Returns the codes that end within these bytes: at a carriage return, a line feed or a tab. An empty one is the
    /// second half of such a pair.
    fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut codes = Vec::new();
        for byte in bytes {
            match byte {
                b'\r' | b'\n' | b'\t' => {
                    let code = std::mem::take(&mut self.begun);
                    if !std::mem::take(&mut self.is_too_long) && !code.is_empty() {
                        codes.push(String::from_utf8_lossy(&code).into_owned());
                    }
                }
                _ if self.begun.len() == CODE_BYTES_MAX => self.is_too_long = true,
                // The separator of GS1 fields is part of a code, other control characters are not.
                0x00..=0x1c | 0x1e..=0x1f | 0x7f => {}
                byte => self.begun.push(*byte),
            }
        }
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_end_at_a_line_or_a_tab_however_they_come() {
        let mut codes = Codes::default();
        assert_eq!(codes.push(b"89385"), Vec::<String>::new());
        assert_eq!(codes.push(b"00000010\r"), ["8938500000010"]);
        assert_eq!(codes.push(b"\n\r\n1\t2\r3"), ["1", "2"], "a pair ends one code");
        assert_eq!(codes.push(b"\n"), ["3"]);
        assert_eq!(codes.push(b"\x02]C1011\x1d10A\x03\r\n"), ["]C1011\x1d10A"]);
        assert_eq!(codes.push("Tỏi\n".as_bytes()), ["Tỏi"]);
        assert_eq!(codes.push(b"\xff\n"), ["\u{fffd}"]);
    }

    #[test]
    fn what_is_longer_than_a_code_is_dropped_to_its_end() {
        let mut codes = Codes::default();
        assert_eq!(codes.push(&[b'7'; 2_000]), Vec::<String>::new());
        assert!(codes.begun.len() <= CODE_BYTES_MAX);
        assert_eq!(codes.push(b"7\r8\r"), ["8"]);
    }
}
