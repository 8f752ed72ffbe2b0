//! Where a printer is, as one line of the configuration.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serialport::FlowControl;

/// Fastest that the usual serial printers take; at 9600 a receipt lasts a minute.
const BAUD_DEFAULT: u32 = 115_200;

/// Where a printer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PrinterAddress {
    /// `file:DIR`: no printer; jobs become files in a folder.
    File(PathBuf),
    /// `tcp:HOST:PORT`.
    Tcp {
        /// Number of the host, or its name, which the system resolves in its own time.
        host: String,
        /// Usually 9100.
        port: u16,
        /// Whether it answers questions.
        answers: Answers,
    },
    /// `device:PATH`: a file of the system that prints what is written to it. It cannot answer.
    Device(PathBuf),
    /// `serial:PORT?baud=115200`.
    Serial {
        /// For example `/dev/ttyUSB0` or `COM3`.
        port: String,
        /// Bits a second.
        baud: u32,
        /// How the printer says that it must be waited for; without it a long receipt loses rows.
        flow: FlowControl,
        /// Whether it answers questions.
        answers: Answers,
    },
}

/// Whether a printer answers questions about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answers {
    /// It does: a job counts as printed when its last question was answered.
    #[default]
    Yes,
    /// It does not (`?answers=no`): a job counts as printed when all bytes were taken.
    No,
}

/// An address that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "printer address {0:?} is not known: write file:DIR, tcp:HOST:PORT, device:PATH or serial:PORT?baud=115200; \
     tcp and serial take answers=no, serial takes flow=hardware, software or none"
)]
pub struct AddressError(String);

impl PrinterAddress {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<PrinterAddress, AddressError> {
        read(text).ok_or_else(|| AddressError(text.to_owned()))
    }
}

fn read(text: &str) -> Option<PrinterAddress> {
    let (kind, rest) = text.split_once(':').filter(|(_, rest)| !rest.is_empty())?;
    match kind {
        "file" => Some(PrinterAddress::File(PathBuf::from(rest))),
        "device" => Some(PrinterAddress::Device(PathBuf::from(rest))),
        "tcp" => read_tcp(rest),
        "serial" => read_serial(rest),
        _ => None,
    }
}

fn read_tcp(rest: &str) -> Option<PrinterAddress> {
    let (place, settings) = split_settings(rest);
    let (host, port) = place.rsplit_once(':')?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let port: u16 = port.parse().ok().filter(|port| *port > 0)?;
    let mut answers = Answers::default();
    for (key, value) in settings {
        match key {
            "answers" => answers = read_answers(value)?,
            _ => return None,
        }
    }
    (!host.is_empty()).then(|| PrinterAddress::Tcp { host: host.to_owned(), port, answers })
}

fn read_serial(rest: &str) -> Option<PrinterAddress> {
    let (port, settings) = split_settings(rest);
    let (mut baud, mut flow, mut answers) = (BAUD_DEFAULT, FlowControl::Hardware, Answers::default());
    for (key, value) in settings {
        match key {
            "baud" => baud = value.parse().ok().filter(|baud| *baud > 0)?,
            "flow" => flow = FLOWS.iter().find(|(_, word)| *word == value)?.0,
            "answers" => answers = read_answers(value)?,
            _ => return None,
        }
    }
    (!port.is_empty()).then(|| PrinterAddress::Serial { port: port.to_owned(), baud, flow, answers })
}

const FLOWS: [(FlowControl, &str); 3] =
    [(FlowControl::Hardware, "hardware"), (FlowControl::Software, "software"), (FlowControl::None, "none")];

fn read_answers(value: &str) -> Option<Answers> {
    match value {
        "yes" => Some(Answers::Yes),
        "no" => Some(Answers::No),
        _ => None,
    }
}

/// Splits what follows a question mark into keys and values; a word without `=` has an empty value, which nothing takes.
fn split_settings(rest: &str) -> (&str, Vec<(&str, &str)>) {
    let (place, settings) = rest.split_once('?').unwrap_or((rest, ""));
    let pairs = settings.split('&').filter(|pair| !pair.is_empty());
    (place, pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect())
}

impl FromStr for PrinterAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<PrinterAddress, AddressError> {
        PrinterAddress::parse(text)
    }
}

impl TryFrom<String> for PrinterAddress {
    type Error = AddressError;

    fn try_from(text: String) -> Result<PrinterAddress, AddressError> {
        PrinterAddress::parse(&text)
    }
}

impl From<PrinterAddress> for String {
    fn from(address: PrinterAddress) -> String {
        address.to_string()
    }
}

impl fmt::Display for PrinterAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PrinterAddress::File(folder) => write!(f, "file:{}", folder.display()),
            PrinterAddress::Device(path) => write!(f, "device:{}", path.display()),
            PrinterAddress::Tcp { host, port, answers } => {
                let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
                write!(f, "tcp:{host}:{port}{}", if *answers == Answers::No { "?answers=no" } else { "" })
            }
            PrinterAddress::Serial { port, baud, flow, answers } => {
                let flow = FLOWS.iter().find(|(known, _)| known == flow).map_or("hardware", |(_, word)| word);
                write!(f, "serial:{port}?baud={baud}&flow={flow}")?;
                if *answers == Answers::No { f.write_str("&answers=no") } else { Ok(()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_and_write_back() {
        let tcp = |host: &str, answers| PrinterAddress::Tcp { host: host.to_owned(), port: 9100, answers };
        let serial = |port: &str, baud, flow, answers| PrinterAddress::Serial {
            port: port.to_owned(),
            baud,
            flow,
            answers,
        };
        for (text, expected) in [
            ("file:data/paper", PrinterAddress::File("data/paper".into())),
            ("file:C:\\Phiếu in", PrinterAddress::File("C:\\Phiếu in".into())),
            ("device:/dev/usb/lp0", PrinterAddress::Device("/dev/usb/lp0".into())),
            ("tcp:192.168.1.50:9100", tcp("192.168.1.50", Answers::Yes)),
            ("tcp:[fe80::1]:9100", tcp("fe80::1", Answers::Yes)),
            ("tcp:may-in:9100?answers=no", tcp("may-in", Answers::No)),
            (
                "serial:COM3?baud=9600&flow=hardware",
                serial("COM3", 9_600, FlowControl::Hardware, Answers::Yes),
            ),
            (
                "serial:COM3?baud=115200&flow=none&answers=no",
                serial("COM3", 115_200, FlowControl::None, Answers::No),
            ),
        ] {
            assert_eq!(PrinterAddress::parse(text), Ok(expected), "{text}");
            assert_eq!(PrinterAddress::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            PrinterAddress::parse("serial:/dev/ttyUSB0"),
            Ok(serial("/dev/ttyUSB0", 115_200, FlowControl::Hardware, Answers::Yes))
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "file:",
            "file",
            "tcp:host",
            "tcp::9100",
            "tcp:host:0",
            "tcp:host:99999",
            "tcp:host:9100?baud=1",
            "tcp:host:9100?answers=maybe",
            "serial:?baud=9600",
            "serial:COM3?baud=0",
            "serial:COM3?speed=1",
            "serial:COM3?flow",
            "usb:0416:5011",
            "device:",
        ] {
            assert!(PrinterAddress::parse(text).is_err(), "{text}");
        }
    }
}
