//! Symbols read back from the pictures that are printed, by readers that know nothing of what drew them: what a scanner
//! at the counter would see on receipts, slips, labels and the test page.
#![expect(clippy::unwrap_used, reason = "a helper that fails should fail its test")]

mod bar_reader;

use bar_reader::read_bars;
use domain::barcode::Barcode;
use domain::mask::Masks;
use domain::pack_link::{LinkHost, link};
use domain::scan::{Scan, read};
use proptest::prelude::*;
use receipts::bars::Bars;
use receipts::bitmap::Bitmap;
use receipts::label::{Label, PackLabel};
use receipts::label_stock::LabelStock;
use receipts::language::Language;
use receipts::layout::layout;
use receipts::profile::{Paper, Profile};
use receipts::raster::draw;
use receipts::row::{Layout, Row};
use receipts::test_page::test_page;
use receipts::{label_bytes_escpos, label_picture, label_samples, reader, samples, slip_samples};

fn read_qrs(picture: &Bitmap) -> Vec<String> {
    let shade = |x: usize, y: usize| if picture.is_black(x, y) { 0 } else { 255 };
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(picture.width(), picture.height(), shade);
    prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

#[test]
fn the_test_page_is_read() {
    for paper in Paper::ALL {
        let picture = draw(&test_page(paper).unwrap());
        assert_eq!(read_bars(&picture), ["8938500000010", "OCOP-2026"], "{}", paper.dots());
        assert_eq!(read_qrs(&picture), ["https://example.vn/ocop"], "{}", paper.dots());
    }
}

#[test]
fn qrs_of_receipts_and_slips_are_read() {
    for paper in Paper::ALL {
        let receipts =
            samples::all().into_iter().map(|(name, receipt)| (name, layout(&receipt, paper, None)));
        let slips =
            slip_samples::all(Language::Vi).into_iter().map(|(name, slip)| (name, slip.layout(paper, None)));
        for (name, page) in receipts.chain(slips) {
            let printed = |row: &Row| if let Row::Qr(qr, _) = row { Some(qr.text.clone()) } else { None };
            let mut printed: Vec<String> = page.rows.iter().filter_map(printed).collect();
            let mut seen = read_qrs(&draw(&page));
            printed.sort();
            seen.sort();
            assert_eq!(seen, printed, "{name} {}", paper.dots());
        }
    }
}

#[test]
fn labels_are_read_on_every_stock() {
    let host = LinkHost::new("ocop.example.vn").unwrap();
    for stock in LabelStock::ALL {
        for (name, label) in label_samples::all() {
            let picture = label_picture(&label, &stock).unwrap();
            let (code, wanted, lot) = match &label {
                Label::Shelf(label) => (&label.barcode, "", ""),
                Label::Pack(label) => (&label.barcode, label.link.as_str(), label.lot.as_str()),
            };
            let qrs = read_qrs(&picture);
            assert_eq!(qrs.concat(), wanted, "{name} {stock:?}");
            let bars = read_bars(&picture);
            assert!(
                bars == [code.as_str()] || bars.is_empty() && !qrs.is_empty(),
                "{name} {stock:?}: {bars:?}"
            );
            if name != "pack" {
                continue;
            }
            let Scan::Pack(pack) = read(&qrs[0], &Masks::default()) else { panic!("{}", qrs[0]) };
            assert_eq!(pack.barcode(Some(&host)), Ok(&Barcode::parse(code).unwrap()));
            assert_eq!(pack.lot(), Some(lot));
        }
    }
}

/// What the till prints is what the till reads: for any lot, also one that GS1 has no letters for.
#[test]
fn a_label_is_printed_scanned_and_understood() {
    let host = LinkHost::new("ocop.example.vn").unwrap();
    let today = time::macros::date!(2026 - 11 - 23);
    let last_day = time::macros::date!(2027 - 02 - 28);
    for (code, lot) in [
        ("8938500000010", "L260915"),
        ("2900000000124", "L/12"),
        ("TD-004", "A1"),
        ("8938500000010", "Lô 12"),
    ] {
        let barcode = Barcode::parse(code).unwrap();
        let Label::Pack(label) = label_samples::pack() else { panic!("a pack label") };
        let text = link(&host, &barcode, Some(lot), Some(last_day)).unwrap();
        let label =
            Label::Pack(PackLabel { barcode: code.to_owned(), lot: lot.to_owned(), link: text, ..label });
        for (stock, paper) in [(LabelStock::ROLL_58, Paper::Dots384), (LabelStock::ROLL_80, Paper::Dots576)] {
            let profile = Profile::new(paper);
            let bytes = label_bytes_escpos(&[(label.clone(), 1)], &stock, &profile).unwrap();
            let picture = reader::read(&bytes, &profile).unwrap().bitmap;
            assert_eq!(read_bars(&picture), [code]);
            let Scan::Pack(pack) = read(&read_qrs(&picture)[0], &Masks::default()) else { panic!("{code}") };
            assert_eq!(pack.barcode(Some(&host)), Ok(&barcode));
            assert_eq!((pack.lot(), pack.expires_on(today)), (Some(lot), Some(last_day)));
        }
    }
}

/// A scanner must not see what was damaged: so the reader above can fail.
#[test]
fn damaged_symbols_are_not_read() {
    let page = test_page(Paper::Dots576).unwrap();
    let mut bare = draw(&page);
    for y in 0..bare.height() {
        bare.set(280, y, !bare.is_black(280, y));
    }
    assert!(read_bars(&bare).is_empty(), "a line through the bars");
    let mut crowded = draw(&page);
    for y in 0..crowded.height() {
        (0..140).for_each(|x| crowded.set(x, y, true));
    }
    assert!(!read_bars(&crowded).contains(&"8938500000010".to_owned()), "the quiet zone is gone");
}

fn alone(bars: Bars) -> Bitmap {
    draw(&Layout { paper: Paper::Dots576, rows: vec![Row::Barcode(bars)] })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bars_are_read(digits in "[0-9]{12}", short in "[0-9]{7}", text in "[ -~]{1,14}|[A-Z0-9]{1,12}|[0-9]{1,24}") {
        for digits in [digits, short] {
            let code = format!("{digits}{}", domain::barcode::check_digit(&digits));
            prop_assert_eq!(read_bars(&alone(Bars::new(&code, 576).unwrap())), [code]);
        }
        prop_assert_eq!(read_bars(&alone(Bars::code128(&text, 576).unwrap())), [text]);
    }
}
