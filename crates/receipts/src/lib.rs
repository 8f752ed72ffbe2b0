//! Receipts, slips and labels from snapshot to picture to bytes, and the printers that take them.
//!
//! [`snapshot`] is what a sale stores. [`layout`] makes rows of it for a paper width, [`raster`] makes dots of the rows,
//! [`encode`] makes bytes of the dots, [`printer`] hands the bytes over and says what became of them, [`queue`] decides
//! what follows from that; [`discover`] finds printers. The other papers of a counter are [`slip`]s, and go the same way. A [`label`] has a layout of
//! its own ([`label_layout`]) and goes to receipt printers or, as TSPL, to label printers. [`reader`] turns bytes back
//! into dots, [`png`] shows dots to people.
//!
//! Text is printed as a picture: printers differ in their code pages, and most lack some Vietnamese letters. Nothing here
//! knows a database, a web page or what anything costs.
#![warn(missing_docs)]

pub mod address;
pub mod bars;
pub mod bitmap;
mod commands;
mod conversation;
pub mod discover;
pub mod encode;
mod figures;
pub mod font;
mod glyphs;
pub mod label;
pub mod label_layout;
mod label_print;
mod label_reader;
pub mod label_samples;
pub mod label_stock;
pub mod language;
pub mod layout;
pub mod logo;
mod page;
pub mod png;
pub mod printer;
pub mod printer_error;
pub mod profile;
pub mod queue;
pub mod raster;
pub mod reader;
pub mod row;
pub mod samples;
pub mod slip;
pub mod slip_samples;
pub mod snapshot;
pub mod status;
pub mod symbols;
pub mod test_page;
pub mod text;
mod transport;

pub use commands::{DrawerPin, DrawerPulse};
pub use label_print::{LabelLanguage, label_bytes, label_bytes_escpos, label_bytes_tspl, label_picture};

use bitmap::Bitmap;
use encode::EncodeError;
use layout::CopyMark;
use logo::Logo;
use profile::{Paper, Profile};
use snapshot::ReceiptSnapshot;

/// Returns the bytes of a receipt for a printer. The same receipt gives the same bytes.
pub fn receipt_bytes(
    snapshot: &ReceiptSnapshot,
    profile: &Profile,
    copy: Option<&CopyMark>,
    logo: Option<&Logo>,
) -> Result<Vec<u8>, EncodeError> {
    encode::encode(&receipt_picture(snapshot, profile.paper, copy, logo), profile)
}

/// Returns a receipt as it is printed, the shop's logo above it.
pub fn receipt_picture(
    snapshot: &ReceiptSnapshot,
    paper: Paper,
    copy: Option<&CopyMark>,
    logo: Option<&Logo>,
) -> Bitmap {
    logo::above(logo, raster::draw(&layout::layout(snapshot, paper, copy)), paper)
}
