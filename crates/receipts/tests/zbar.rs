//! What an independent reader makes of the pictures that are printed: zbar, from the distribution, which shares nothing
//! with what drew them. Every receipt, slip and label at every width, in both languages.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails should fail its test")]

use std::path::Path;
use std::process::Command;

use receipts::bars::Bars;
use receipts::bitmap::Bitmap;
use receipts::label::Label;
use receipts::label_stock::LabelStock;
use receipts::language::Language;
use receipts::layout::layout;
use receipts::profile::Paper;
use receipts::raster::draw;
use receipts::row::{Layout, Row};
use receipts::test_page::test_page;
use receipts::{label_picture, label_samples, png, samples, slip_samples};

/// White around a picture, in dots: the margin of the paper, which no picture draws.
const MARGIN: usize = 24;
/// The reader's program.
const ZBAR: &str = "zbarimg";

/// Returns what zbar reads, `EAN-13:8938500000010` each, sorted.
fn read(folder: &Path, picture: &Bitmap) -> Vec<String> {
    let file = folder.join("picture.png");
    std::fs::write(&file, png::encode(&on_paper(picture)).unwrap()).unwrap();
    let output = Command::new(ZBAR)
        // EAN-8 and the check of Code 128 are off unless asked for; no other symbology may see something here.
        .args([
            "--quiet",
            "--nodbus",
            "-Sdisable",
            "-Sean13.enable",
            "-Sean8.enable",
            "-Scode128.enable",
            "-Sqrcode.enable",
        ])
        .arg(&file)
        .output()
        .unwrap_or_else(|error| panic!("{ZBAR}: {error}; install Debian's zbar-tools, as tests/run.sh does"));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut found: Vec<String> = text.lines().map(str::to_owned).collect();
    found.sort();
    found.dedup();
    found
}

/// Puts a picture on paper: the margin that a printer leaves.
fn on_paper(picture: &Bitmap) -> Bitmap {
    let side = |dots: usize| u32::try_from(dots + 2 * MARGIN).unwrap();
    let mut paper = Bitmap::blank(side(picture.width()), side(picture.height()));
    for y in 0..picture.height() {
        for x in 0..picture.width() {
            paper.set(x + MARGIN, y + MARGIN, picture.is_black(x, y));
        }
    }
    paper
}

/// Returns what a page holds, in zbar's words, sorted.
fn printed(page: &Layout) -> Vec<String> {
    let symbol = |row: &Row| match row {
        Row::Qr(qr, _) => Some(format!("QR-Code:{}", qr.text)),
        Row::Barcode(bars) => Some(named(&bars.text)),
        _ => None,
    };
    let mut symbols: Vec<String> = page.rows.iter().filter_map(symbol).collect();
    symbols.sort();
    symbols.dedup();
    symbols
}

/// Names bars as zbar does.
fn named(text: &str) -> String {
    let is_number = text.chars().all(|char| char.is_ascii_digit());
    match text.len() {
        13 if is_number => format!("EAN-13:{text}"),
        8 if is_number => format!("EAN-8:{text}"),
        _ => format!("CODE-128:{text}"),
    }
}

#[test]
fn every_paper_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut read_some = 0;
    for paper in Paper::ALL {
        let mut pages = vec![("test page", test_page(paper).unwrap())];
        pages.extend(samples::all().into_iter().map(|(name, receipt)| (name, layout(&receipt, paper, None))));
        for language in Language::ALL {
            let slips = slip_samples::all(language).into_iter();
            pages.extend(slips.map(|(name, slip)| (name, slip.layout(paper, None))));
        }
        for (name, page) in pages {
            let wanted = printed(&page);
            assert_eq!(read(folder.path(), &draw(&page)), wanted, "{name} {}", paper.dots());
            read_some += wanted.len();
        }
    }
    assert!(read_some > 30, "{read_some} symbols");
}

#[test]
fn every_label_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for stock in LabelStock::ALL {
        for (name, label) in label_samples::all() {
            let (code, link) = match &label {
                Label::Shelf(label) => (&label.barcode, ""),
                Label::Pack(label) => (&label.barcode, label.link.as_str()),
            };
            let found = read(folder.path(), &label_picture(&label, &stock).unwrap());
            let qr = (!link.is_empty()).then(|| format!("QR-Code:{link}"));
            let mut both: Vec<String> = qr.clone().into_iter().chain([named(code)]).collect();
            both.sort();
            // Where there is no room for both, the QR alone names the goods.
            assert!(found == both || found == Vec::from_iter(qr), "{name} {stock:?}: {found:?}");
        }
    }
}

#[test]
fn short_numbers_and_any_text_are_read() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["89385005", "8938500000027", "TD-004", "QN2026-000123", "1234567890123456", "LO-12"] {
        let bars = Bars::new(text, 576).unwrap();
        let page = Layout { paper: Paper::Dots576, rows: vec![Row::Barcode(bars)] };
        assert_eq!(read(folder.path(), &draw(&page)), [named(text)]);
    }
}

/// The reader can fail: a line through the bars and it reads nothing.
#[test]
fn damaged_bars_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let page =
        Layout { paper: Paper::Dots576, rows: vec![Row::Barcode(Bars::new("8938500000010", 576).unwrap())] };
    let mut picture = draw(&page);
    for x in (0..picture.width()).step_by(5) {
        (0..picture.height()).for_each(|y| picture.set(x, y, !picture.is_black(x, y)));
    }
    assert_eq!(read(folder.path(), &picture), Vec::<String>::new());
}
