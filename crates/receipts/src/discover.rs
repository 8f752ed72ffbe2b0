//! Printers that can be found: those that hang on this computer, and those that answer in its own network. Finding one
//! sends it nothing; whether it prints is what the test page is for. The calls block.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serialport::FlowControl;

use crate::address::{Answers, PrinterAddress};
use crate::transport::Deadline;

/// Raw printing of network printers.
pub const PRINTER_PORT: u16 = 9100;
/// The most that are listed of one kind.
const FOUND_MAX: usize = 32;
/// Fastest that the usual serial printers take.
const BAUD: u32 = 115_200;

/// A printer, or what may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub address: PrinterAddress,
    /// What it calls itself, or where it was found.
    pub name: String,
}

/// How a network is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchLimits {
    /// How long one address is waited for.
    pub connect: Duration,
    /// For all together.
    pub whole: Duration,
    /// Connections at a time.
    pub at_once: usize,
}

/// The limits for a shop's network: 254 addresses in at most four seconds.
pub const SEARCH_LIMITS: SearchLimits =
    SearchLimits { connect: Duration::from_millis(400), whole: Duration::from_secs(4), at_once: 32 };

/// Returns what hangs on this computer: USB printers of the system, and serial ports under the name that stays the same
/// wherever they are plugged in. `root` is `/`; on systems without such files there is nothing to be found.
pub fn attached(root: &Path) -> Vec<Found> {
    let mut found: Vec<Found> = names(&root.join("dev/usb"), |name| name.starts_with("lp"))
        .into_iter()
        .map(|name| Found {
            address: PrinterAddress::Device(format!("/dev/usb/{name}").into()),
            name: usb_name(root, &name).unwrap_or_else(|| name.clone()),
        })
        .collect();
    found.extend(serial_ports(root).into_iter().map(|port| Found {
        name: port.rsplit('/').next().unwrap_or(&port).to_owned(),
        address: PrinterAddress::Serial {
            port,
            baud: BAUD,
            flow: FlowControl::Hardware,
            answers: Answers::Yes,
        },
    }));
    found
}

/// Returns the serial ports of this computer, by the names that stay, or else by the numbers that the system gave.
pub fn serial_ports(root: &Path) -> Vec<String> {
    let lasting = names(&root.join("dev/serial/by-id"), |_| true);
    if !lasting.is_empty() {
        return lasting.into_iter().map(|name| format!("/dev/serial/by-id/{name}")).collect();
    }
    let is_port = |name: &str| name.starts_with("ttyUSB") || name.starts_with("ttyACM");
    names(&root.join("dev"), is_port).into_iter().map(|name| format!("/dev/{name}")).collect()
}

fn names(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_wanted(name))
        .collect();
    names.sort();
    names.truncate(FOUND_MAX);
    names
}

/// Returns what a USB printer says that it is: `MFG:EPSON;CMD:ESCPOS;MDL:TM-T20II;`.
fn usb_name(root: &Path, device: &str) -> Option<String> {
    let text =
        fs::read_to_string(root.join("sys/class/usbmisc").join(device).join("device/ieee1284_id")).ok()?;
    let field = |keys: [&str; 2]| {
        text.split(';').filter_map(|part| part.trim().split_once(':')).find(|(key, _)| keys.contains(key))
    };
    let words = [field(["MFG", "MANUFACTURER"]), field(["MDL", "MODEL"])];
    let name = words.into_iter().flatten().map(|(_, word)| word.trim()).collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// Returns this computer's address in the shop's network. Nothing is sent: the system only says which way it would go.
pub fn own_address() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address for documentation, which no network has.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(own) => Some(own),
        IpAddr::V6(_) => None,
    }
}

/// Returns the other 253 addresses that differ from this one in the last number alone; none outside of private networks,
/// where strangers' computers stand.
pub fn neighbours(own: Ipv4Addr) -> Vec<Ipv4Addr> {
    if !own.is_private() {
        return Vec::new();
    }
    let [a, b, c, last] = own.octets();
    (1..=254).filter(|number| *number != last).map(|number| Ipv4Addr::new(a, b, c, number)).collect()
}

/// Returns the printers among these addresses: those that take a connection on this port within the limits.
pub fn on_network(hosts: &[Ipv4Addr], port: u16, limits: SearchLimits) -> Vec<Found> {
    let waiting = Mutex::new(hosts.iter().copied());
    let until = Deadline::after(limits.whole);
    let next = || waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    let search = || {
        let mut answered = Vec::new();
        while let (true, Some(host)) = (until.left().is_ok(), next()) {
            if TcpStream::connect_timeout(&SocketAddr::from((host, port)), limits.connect).is_ok() {
                answered.push(host);
            }
        }
        answered
    };
    let mut answered: Vec<Ipv4Addr> = thread::scope(|scope| {
        let searches: Vec<_> = (0..limits.at_once).map(|_| scope.spawn(search)).collect();
        searches.into_iter().flat_map(|search| search.join().unwrap_or_default()).collect()
    });
    answered.sort();
    answered.truncate(FOUND_MAX);
    answered
        .into_iter()
        .map(|host| Found {
            address: PrinterAddress::Tcp { host: host.to_string(), port, answers: Answers::Yes },
            name: host.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn write(root: &Path, file: &str, text: &str) {
        let file = root.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn what_hangs_on_the_computer_is_found_by_its_name() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(attached(root.path()), [], "nothing, and no error");
        write(root.path(), "dev/usb/lp0", "");
        write(root.path(), "dev/usb/lp1", "");
        write(root.path(), "dev/usb/hiddev0", "");
        write(
            root.path(),
            "sys/class/usbmisc/lp0/device/ieee1284_id",
            "MFG:EPSON;CMD:ESCPOS;MDL:TM-T20II;CLS:PRINTER;\n",
        );
        write(root.path(), "dev/ttyUSB0", "");
        write(root.path(), "dev/ttyS0", "");
        let told = |root: &Path| {
            let found = attached(root).into_iter();
            found.map(|found| (found.address.to_string(), found.name)).collect::<Vec<_>>()
        };
        let own = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
        };
        let usb = [("device:/dev/usb/lp0", "EPSON TM-T20II"), ("device:/dev/usb/lp1", "lp1")];
        let numbered = [("serial:/dev/ttyUSB0?baud=115200&flow=hardware", "ttyUSB0")];
        assert_eq!(told(root.path()), own(&[&usb[..], &numbered].concat()));
        write(root.path(), "dev/serial/by-id/usb-Xprinter_0-if00", "");
        let lasting = [(
            "serial:/dev/serial/by-id/usb-Xprinter_0-if00?baud=115200&flow=hardware",
            "usb-Xprinter_0-if00",
        )];
        assert_eq!(told(root.path()), own(&[&usb[..], &lasting].concat()), "the name that stays");
    }

    #[test]
    fn only_private_networks_are_searched() {
        let near = neighbours(Ipv4Addr::new(192, 168, 1, 7));
        assert_eq!(
            (near.len(), near[0], near[252]),
            (253, [192, 168, 1, 1].into(), [192, 168, 1, 254].into())
        );
        assert!(!near.contains(&Ipv4Addr::new(192, 168, 1, 7)));
        for other in [Ipv4Addr::new(8, 8, 8, 8), Ipv4Addr::LOCALHOST, Ipv4Addr::UNSPECIFIED] {
            assert!(neighbours(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn who_takes_a_connection_is_found_within_the_limits() {
        let listener = TcpListener::bind("127.0.0.2:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let hosts = [1, 2, 3].map(|last| Ipv4Addr::new(127, 0, 0, last));
        let found = on_network(&hosts, port, SEARCH_LIMITS);
        assert_eq!(found.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["127.0.0.2"]);
        assert_eq!(found[0].address.to_string(), format!("tcp:127.0.0.2:{port}"));
        let none = SearchLimits { whole: Duration::ZERO, ..SEARCH_LIMITS };
        assert_eq!(on_network(&hosts, port, none), [], "out of time");
    }
}
