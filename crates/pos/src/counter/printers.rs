//! Printers as a manager sets them up: which one a counter has, how its paper is, and trying it.

use std::path::Path;

use ::receipts::DrawerPin;
use ::receipts::address::PrinterAddress;
use ::receipts::discover::PRINTER_PORT;
use ::receipts::profile::Profile;
use ::receipts::test_page::TestPage;
use domain::ids::SaleId;

use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::config::PrinterSetUp;
use crate::db::prints::{self, ReceiptPrint};
use crate::db::slips::{self, SlipRow};
use crate::db::{operations, printers};

/// Ports at which network printers take raw jobs.
const PORTS: std::ops::RangeInclusive<u16> = PRINTER_PORT..=9109;
/// Folder of papers inside the data folder, for a counter without a printer.
const PAPERS: &str = "papers";

/// What a manager chose for a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Where the printer is; none for none.
    pub address: Option<PrinterAddress>,
    /// Its paper.
    pub profile: Profile,
    /// Where the drawer hangs.
    pub pin: DrawerPin,
}

/// Returns the folder that stands in for a printer: each paper becomes a picture in it.
pub fn folder(app: &App) -> PrinterAddress {
    PrinterAddress::File(app.config().data_dir.join(PAPERS))
}

/// Says whether a page may set this printer up. What is written to a printer is written to a file or to the network, so
/// a page names printers alone; anything else is for whoever writes the settings file.
pub fn is_choosable(app: &App, address: &PrinterAddress, counter: &str) -> bool {
    if app.printer_of(counter).is_some_and(|set_up| set_up.address == *address) {
        return true;
    }
    is_kind_choosable(&folder(app), address)
}

/// Says whether an address is of a printer, or the folder that stands in for one.
pub(super) fn is_kind_choosable(folder: &PrinterAddress, address: &PrinterAddress) -> bool {
    match address {
        PrinterAddress::File(_) => address == folder,
        PrinterAddress::Tcp { port, .. } => PORTS.contains(port),
        PrinterAddress::Device(path) => is_printer_file(path),
        PrinterAddress::Serial { port, .. } => is_serial_port(port),
    }
}

fn is_printer_file(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let rest = ["/dev/usb/lp", "/dev/lp", "LPT"].iter().find_map(|start| text.strip_prefix(start));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Says whether this names a serial port, and no other file of the system.
pub fn is_serial_port(port: &str) -> bool {
    let is_name = |rest: &str| {
        !rest.is_empty()
            && rest != ".."
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:+".contains(&byte))
    };
    let starts = ["/dev/serial/by-id/", "/dev/serial/by-path/", "/dev/tty", "COM"];
    starts.iter().find_map(|start| port.strip_prefix(start)).is_some_and(is_name)
}

/// Sets the printer of a counter up, from its next paper on.
///
/// # Errors
/// When the database does not keep it.
pub async fn save(
    app: &App,
    seat: &Seat,
    op_id: &str,
    counter: &str,
    chosen: Chosen,
) -> Result<CounterState> {
    let Chosen { address, profile, pin } = chosen;
    if address.as_ref().is_some_and(|address| !is_choosable(app, address, counter)) {
        return state::load(app, seat, Note::BadField { field: "address".to_owned() }, None).await;
    }
    let now_ms = app.clock().now_ms();
    let mut tx = app.db().begin().await?;
    let saved = Note::PrinterSaved { counter: counter.to_owned() };
    if !operations::insert_operation(&mut tx, op_id, now_ms).await? {
        drop(tx);
        return state::load(app, seat, saved, None).await;
    }
    printers::upsert_printer(&mut tx, counter, address.as_ref(), (profile, pin), now_ms).await?;
    tx.commit().await?;
    tracing::info!(counter, by = %seat.cashier_id, address = ?address, "a printer was set up");
    let pulse = ::receipts::DrawerPulse { pin, ..::receipts::DrawerPulse::default() };
    app.set_printer(counter, address.map(|address| PrinterSetUp { address, profile, pulse }));
    app.tell_printable();
    app.tell_changed();
    state::load(app, seat, saved, None).await
}

/// Queues a test page on the printer of a counter.
///
/// # Errors
/// When the database does not keep it.
pub async fn print_test(app: &App, seat: &Seat, op_id: &str, counter: &str) -> Result<CounterState> {
    if !app.has_printer(counter) {
        return state::load(app, seat, Note::NoPrinter, None).await;
    }
    let queued = Note::TestPageQueued { counter: counter.to_owned() };
    let (slip_id, now_ms) = (app.clock().new_uuid(), app.clock().now_ms());
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, now_ms).await? {
        drop(tx);
        return state::load(app, seat, queued, None).await;
    }
    let name = slip_id.simple().to_string();
    let number = format!("THU-{}", name.get(24..).unwrap_or(&name));
    let row = SlipRow { slip_id, number, snapshot: TestPage::new(counter).to_json()? };
    slips::insert_slip(&mut tx, &row, (None, None), now_ms).await?;
    let print = ReceiptPrint::first(SaleId::from_uuid(slip_id), counter, now_ms);
    prints::upsert_print(&mut tx, &print).await?;
    tx.commit().await?;
    app.tell_printable();
    state::load(app, seat, queued, None).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_ports_and_printers_and_no_other_file() {
        for (port, expected) in [
            ("/dev/ttyUSB0", true),
            ("/dev/serial/by-id/usb-FTDI_FT232R_A5-if00-port0", true),
            ("COM3", true),
            ("/dev/serial/by-id/..", false),
            ("/dev/serial/by-id/../../sda", false),
            ("/dev/sda", false),
            ("/dev/tty", false),
            ("", false),
        ] {
            assert_eq!(is_serial_port(port), expected, "{port}");
        }
        for (path, expected) in [
            ("/dev/usb/lp0", true),
            ("/dev/lp1", true),
            ("LPT1", true),
            ("/dev/usb/lp0/../../sda", false),
            ("/dev/usb/lp", false),
            ("data/pos.sqlite", false),
        ] {
            assert_eq!(is_printer_file(Path::new(path)), expected, "{path}");
        }
    }
}
