//! Layouts as text, against the files in `tests/expected`. After a wanted change: `UPDATE_EXPECTED=1 cargo test -p receipts --test layout`,
//! and look at the difference, and at the pictures of `cargo run -p receipts --example sample -- FOLDER`.
#![expect(clippy::unwrap_used, reason = "a helper that fails should fail its test")]

mod golden;

use std::fs;
use std::path::Path;

use golden::{assert_fits, compare, spans};
use proptest::prelude::*;
use receipts::bitmap::Bitmap;
use receipts::layout::{CopyMark, layout};
use receipts::profile::Paper;
use receipts::raster::draw;
use receipts::row::{Align, Row};
use receipts::samples;
use receipts::snapshot::{ReceiptSnapshot, SnapshotInvoice, SnapshotLine, SnapshotPart};
use receipts::test_page::test_page;

fn copy_mark() -> CopyMark {
    CopyMark { n: 2, by: "Trần Thị Mai".to_owned(), at: "09:12 04/03/2026".to_owned() }
}

#[test]
fn samples_are_laid_out_as_expected() {
    for (name, snapshot) in samples::all().into_iter().filter(|(name, _)| *name != "twenty_lines") {
        for paper in [Paper::Dots384, Paper::Dots576] {
            compare(&format!("{name}-{}.txt", paper.dots()), &layout(&snapshot, paper, None).to_string());
        }
    }
    compare("usual-512.txt", &layout(&samples::usual(), Paper::Dots512, None).to_string());
    compare("copy-384.txt", &layout(&samples::usual(), Paper::Dots384, Some(&copy_mark())).to_string());
    compare("test_page-576.txt", &test_page(Paper::Dots576).unwrap().to_string());
}

/// The stored form of a receipt is read years later: this file may be added to, never changed.
#[test]
fn the_stored_form_stays() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/snapshot-v1.json");
    let stored = fs::read_to_string(path).unwrap();
    assert_eq!(ReceiptSnapshot::from_json(&stored).unwrap(), samples::longest());
    let value: serde_json::Value = serde_json::from_str(&stored).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&samples::longest().to_json().unwrap()).unwrap(),
        value
    );
}

#[test]
fn a_first_print_carries_no_mark_and_a_copy_differs_by_nothing_else() {
    let first = layout(&samples::usual(), Paper::Dots576, None);
    let copy = layout(&samples::usual(), Paper::Dots576, Some(&copy_mark()));
    assert!(!first.to_string().contains("BẢN SAO"));
    let text = copy.to_string();
    assert!(text.contains("BẢN SAO - IN LẠI LẦN 2") && text.contains("Trần Thị Mai · 09:12 04/03/2026"));
    assert!(copy.rows.ends_with(&first.rows));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a sale holds, all of it stands on the paper: no text outside, no amount missing.
    #[test]
    fn any_receipt_fits_any_paper(
        name in "[\\PC\u{300}-\u{309}]{0,80}",
        unit in "[a-zộ ]{0,30}",
        amounts in prop::collection::vec(any::<i64>(), 5),
        stars in prop::option::of(any::<u8>()),
        qr in "[ -~]{0,200}",
        paper in prop::sample::select(Paper::ALL.to_vec()),
    ) {
        let mut snapshot = samples::longest();
        let line = SnapshotLine {
            name: name.clone(), stars, unit, quantity_milli: amounts[0], price_vnd: amounts[1], amount_vnd: amounts[2], discount_vnd: 1,
            list_price_vnd: Some(amounts[0]), promotion: name.clone(), remark: name.clone(),
            parts: vec![SnapshotPart { name: name.clone(), stars, unit: name.clone(), quantity_milli: amounts[0] }],
        };
        snapshot.lines = vec![line];
        (snapshot.total_vnd, snapshot.change_vnd) = (amounts[3], amounts[4]);
        (snapshot.point_name, snapshot.cashier, snapshot.verification_qr) = (name.clone(), name, qr.clone());
        snapshot.vietqr = Some(qr);
        let page = layout(&snapshot, paper, Some(&copy_mark()));
        assert_fits(&page);
        for amount in &amounts[2..4] {
            let shown = domain::Money::new(*amount).to_string();
            prop_assert!(spans(&page).iter().any(|span| span.text == shown && span.align == Align::Right), "{shown}");
        }
    }
}

/// A text that no QR of the paper's width holds is printed as words: the receipt comes out all the same.
#[test]
fn what_no_qr_holds_is_printed_as_words() {
    let mut snapshot = samples::bare();
    snapshot.vietqr = Some("dài ".repeat(1_000));
    snapshot.verification_qr = "x".repeat(200);
    let page = layout(&snapshot, Paper::Dots384, None);
    assert_fits(&page);
    assert!(!page.to_string().contains("QR 1") && page.to_string().contains("dài dài"));
}

fn ink_columns(bitmap: &Bitmap, top: usize, bottom: usize) -> Vec<usize> {
    (0..bitmap.width()).filter(|&x| (top..bottom).any(|y| bitmap.is_black(x, y))).collect()
}

#[test]
fn amounts_end_at_the_same_dot() {
    for paper in Paper::ALL {
        let page = layout(&samples::usual(), paper, None);
        let bitmap = draw(&page);
        let mut top = 0;
        let mut ends = vec![];
        for row in &page.rows {
            let bottom = top + usize::try_from(row.height()).unwrap();
            if let Row::Text(spans) = row
                && spans.last().is_some_and(|span| span.align == Align::Right && span.text.ends_with('₫'))
            {
                ends.push(bitmap.width() - ink_columns(&bitmap, top, bottom).last().unwrap());
            }
            top = bottom;
        }
        assert_eq!(top, bitmap.height());
        assert!(ends.len() > 8 && ends.iter().all(|end| (1..=4).contains(end)), "{ends:?}");
    }
}

/// Reads the modules of the drawn QR back from the middle of each.
#[test]
fn a_drawn_qr_holds_its_modules() {
    for paper in Paper::ALL {
        let page = layout(&samples::to_be_paid(), paper, None);
        let bitmap = draw(&page);
        let mut top = 0;
        let mut seen = 0;
        for row in &page.rows {
            if let Row::Qr(qr, beside) = row {
                let (side, dots) = (qr.side(), qr.module_dots);
                let left = if beside.is_empty() { (u32::from(paper.dots()) - side) / 2 } else { 0 };
                let middle = |module: u32| (module + 4) * dots + dots / 2;
                for y in 0..qr.modules {
                    for x in 0..qr.modules {
                        let (at_x, at_y) =
                            (usize::try_from(left + middle(x)), usize::try_from(top + middle(y)));
                        assert_eq!(
                            bitmap.is_black(at_x.unwrap(), at_y.unwrap()),
                            qr.is_dark(middle(x), middle(y))
                        );
                    }
                }
                seen += 1;
            }
            top += row.height();
        }
        assert_eq!(seen, 2, "VietQR and verification");
    }
}

#[test]
fn the_code_of_an_invoice_stands_on_the_paper() {
    let words = |invoice| {
        let snapshot = ReceiptSnapshot { invoice, ..samples::usual() };
        layout(&snapshot, Paper::Dots384, None).to_string()
    };
    let code = "M1-26-VZQYY-00000000001".to_owned();
    let with = words(Some(SnapshotInvoice { code, lookup: "tracuu.example".to_owned() }));
    assert!(with.contains("Mã CQT: M1-26-VZQYY-00000000001") && with.contains("tracuu.example"), "{with}");
    assert!(!words(None).contains("Mã CQT"));
    let without_address = words(Some(SnapshotInvoice { code: "M1".to_owned(), lookup: String::new() }));
    assert!(!without_address.contains("Tra cứu"), "{without_address}");
}

/// What a cashier did by hand is on the paper, in the order in which it is reckoned.
#[test]
fn a_price_by_hand_and_remarks_are_on_the_paper() {
    let mut snapshot = samples::usual();
    snapshot.lines[2].list_price_vnd = Some(350_000);
    snapshot.lines[2].remark = "gói hai lớp".to_owned();
    snapshot.remark = "khách lấy lúc 17 giờ".to_owned();
    assert_eq!(snapshot.check(), Ok(()));
    let page = layout(&snapshot, Paper::Dots384, None);
    let texts: Vec<String> = spans(&page).iter().map(|span| span.text.clone()).collect();
    let place = |words: &str| {
        texts.iter().position(|text| text.contains(words)).unwrap_or_else(|| panic!("{words}: {texts:?}"))
    };
    let places =
        ["0,25 kg × 320.000 ₫", "Giá niêm yết 350.000 ₫", "Giảm giá", "gói hai lớp", "khách lấy lúc 17 giờ"]
            .map(place);
    assert!(places.is_sorted(), "{texts:?}");
}
