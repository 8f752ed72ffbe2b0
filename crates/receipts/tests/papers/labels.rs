use proptest::prelude::*;
use receipts::bitmap::Bitmap;
use receipts::font::measure;
use receipts::label::{LABELS_MAX, Label, LabelError, PackLabel, ShelfLabel};
use receipts::label_layout::{LabelLayout, Mark, layout};
use receipts::label_samples::{all, pack, shelf};
use receipts::label_stock::LabelStock;
use receipts::language::Language;
use receipts::profile::{Paper, Profile};
use receipts::reader::read;
use receipts::{label_bytes_escpos, label_bytes_tspl, label_picture};

use crate::golden::compare;

fn stock_name(stock: &LabelStock) -> String {
    stock.height_mm.map_or(format!("roll{}", stock.width_mm), |height| format!("{}x{height}", stock.width_mm))
}

#[test]
fn samples_are_laid_out_as_expected() {
    for stock in LabelStock::ALL.into_iter().filter(|stock| stock.columns < 3) {
        let mut text = String::new();
        for (name, label) in all() {
            text += &format!("--- {name}\n{}", layout(&label, &stock).unwrap());
        }
        compare(&format!("labels-{}.txt", stock_name(&stock)), &text);
    }
}

/// Where a mark begins and ends, ink and quiet zones.
fn bounds(mark: &Mark) -> (u32, u32, u32, u32) {
    match mark {
        Mark::Words { span, left, top } => {
            let width = measure(&span.text, span.style);
            (*left, *top, left + width, top + u32::from(span.style.line_height()))
        }
        Mark::Bars { bars, left, top, height } => (*left, *top, left + bars.width(), top + height),
        Mark::Qr { qr, left, top } => (*left, *top, left + qr.side(), top + qr.side()),
    }
}

/// All is on the label; nothing touches bars or QR, whose quiet zones stay white; no words touch words of another line.
fn assert_fits(label: &LabelLayout) {
    for mark in &label.marks {
        let (_, _, right, bottom) = bounds(mark);
        // The line below words has no ink in its last fifth, and digits none below their line.
        assert!(
            right <= label.width && bottom <= label.height + 4,
            "{mark} leaves {} × {}",
            label.width,
            label.height
        );
    }
    let symbols = label.marks.iter().filter(|mark| !matches!(mark, Mark::Words { .. }));
    for symbol in symbols {
        let (left, top, right, bottom) = bounds(symbol);
        for other in label.marks.iter().filter(|other| *other != symbol) {
            let (other_left, other_top, other_right, other_bottom) = bounds(other);
            let beside = other_right <= left || other_left >= right;
            assert!(beside || other_bottom <= top || other_top >= bottom, "{other} in {symbol}");
        }
    }
}

#[test]
fn every_sample_fits_every_stock() {
    for stock in LabelStock::ALL {
        for (name, label) in all() {
            let laid = layout(&label, &stock).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_fits(&laid);
            if let (Some(height), true) = (stock.height_mm, stock.columns > 0) {
                assert_eq!((laid.width, laid.height), (u32::from(stock.width_mm) * 8, u32::from(height) * 8));
            }
            let shown = laid.to_string();
            if let Label::Pack(label) = &label {
                for words in [&label.lot, &label.made_on, &label.expires_on] {
                    assert!(shown.contains(words.as_str()), "{name}: {words} is missing:\n{shown}");
                }
            }
        }
    }
}

fn with_code(code: &str) -> Label {
    let Label::Shelf(label) = shelf() else { panic!("a shelf label") };
    Label::Shelf(ShelfLabel { barcode: code.to_owned(), ..label })
}

#[test]
fn what_does_not_fit_is_said_before_anything_is_sent() {
    let long = with_code("ABCDEFGHIJKLMNOPQR");
    let error = label_bytes_tspl(&[(long.clone(), 1)], &LabelStock::TWO_35X22).unwrap_err();
    assert_eq!(
        error.sentence(Language::Vi),
        "Mã vạch ABCDEFGHIJKLMNOPQR cần 64 mm, tem chỉ có 35 mm. Dùng tem rộng hơn hoặc mã ngắn hơn."
    );
    assert!(label_picture(&long, &LabelStock::ROLL_80).is_ok());
    for code in ["8938500000011", "", "tỏi"] {
        let error = label_picture(&with_code(code), &LabelStock::ONE_50X30).unwrap_err();
        assert!(error.sentence(Language::En).contains("is no product code"), "{code}: {error}");
    }
    let Label::Pack(label) = pack() else { panic!("a pack label") };
    let far = Label::Pack(PackLabel { link: "x".repeat(400), ..label.clone() });
    let error = label_picture(&far, &LabelStock::TWO_35X22).unwrap_err();
    assert!(error.sentence(Language::Vi).contains("Mã QR quá dài"), "{error}");
    let crowded = Label::Pack(PackLabel { lot: "M".repeat(40), ..label });
    let error = label_picture(&crowded, &LabelStock::TWO_35X22).unwrap_err();
    assert!(matches!(error, LabelError::TooSmall(_)), "{error}");
    for count in [0, LABELS_MAX + 1, usize::MAX] {
        let error = label_bytes_tspl(&[(shelf(), count)], &LabelStock::ONE_50X30).unwrap_err();
        assert_eq!(error, LabelError::Count(count));
    }
    let narrow = Profile::new(Paper::Dots384);
    let error = label_bytes_escpos(&[(shelf(), 1)], &LabelStock::TWO_35X22, &narrow).unwrap_err();
    assert_eq!(error, LabelError::WiderThanPaper { row_mm: 72, paper_mm: 48 });
    let none = LabelStock { columns: 0, ..LabelStock::ONE_50X30 };
    assert_eq!(label_bytes_tspl(&[(shelf(), 1)], &none), Err(LabelError::Stock));
}

#[test]
fn exact_bytes_of_a_label_in_tspl() {
    let bytes = label_bytes_tspl(&[(shelf(), 3)], &LabelStock::ONE_50X30).unwrap();
    let head = b"SIZE 50 mm,30 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nCLS\r\nBITMAP 0,0,50,240,0,";
    let tail = b"\r\nPRINT 3,1\r\n";
    assert!(bytes.starts_with(head) && bytes.ends_with(tail));
    let data = &bytes[head.len()..bytes.len() - tail.len()];
    let picture = label_picture(&shelf(), &LabelStock::ONE_50X30).unwrap();
    let inverted: Vec<u8> = picture.data().iter().map(|byte| !byte).collect();
    assert_eq!(data, inverted, "in TSPL 0 is black");
    let roll = label_bytes_tspl(&[(shelf(), 1)], &LabelStock::ROLL_58).unwrap();
    assert!(roll.windows(14).any(|window| window == b"GAP 0 mm,0 mm\r"));
}

/// Reads TSPL as a printer would: the rows of labels and how many of each.
fn read_tspl(mut bytes: &[u8]) -> Vec<(Vec<u8>, usize, usize)> {
    let mut rows = Vec::new();
    let line = |bytes: &mut &[u8]| {
        let end = bytes.windows(2).position(|pair| pair == b"\r\n").unwrap();
        let text = String::from_utf8(bytes[..end].to_vec()).unwrap();
        *bytes = &bytes[end + 2..];
        text
    };
    while !bytes.is_empty() {
        assert!(line(&mut bytes).starts_with("SIZE "));
        assert!(line(&mut bytes).starts_with("GAP "));
        assert_eq!((line(&mut bytes), line(&mut bytes)), ("DIRECTION 1".to_owned(), "CLS".to_owned()));
        let commas: Vec<usize> =
            bytes.iter().enumerate().filter(|(_, byte)| **byte == b',').map(|(at, _)| at).take(5).collect();
        let number = |from: usize, to: usize| {
            std::str::from_utf8(&bytes[from + 1..to]).unwrap().parse::<usize>().unwrap()
        };
        let (row_bytes, height) = (number(commas[1], commas[2]), number(commas[2], commas[3]));
        let start = commas[4] + 1;
        let data = bytes[start..start + row_bytes * height].iter().map(|byte| !byte).collect();
        bytes = &bytes[start + row_bytes * height..];
        assert_eq!(line(&mut bytes), "");
        let print = line(&mut bytes);
        let count = print.strip_prefix("PRINT ").unwrap().strip_suffix(",1").unwrap().parse().unwrap();
        rows.push((data, row_bytes, count));
    }
    rows
}

#[test]
fn labels_fill_rows_from_the_left() {
    let stock = LabelStock::THREE_35X22;
    let labels = [(shelf(), 4), (pack(), 1)];
    let rows = read_tspl(&label_bytes_tspl(&labels, &stock).unwrap());
    assert_eq!(
        rows.iter().map(|(_, row_bytes, count)| (*row_bytes, *count)).collect::<Vec<_>>(),
        [(109, 1), (109, 1)]
    );
    let [shelf_dots, pack_dots] = [shelf(), pack()].map(|label| label_picture(&label, &stock).unwrap());
    let column = |row: usize, column: usize| -> Vec<u8> {
        rows[row].0.chunks(109).flat_map(|line| line[column * 37..column * 37 + 35].to_vec()).collect()
    };
    for at in [(0, 0), (0, 1), (0, 2), (1, 0)] {
        assert_eq!(column(at.0, at.1), shelf_dots.data(), "{at:?}");
    }
    assert_eq!(column(1, 1), pack_dots.data());
    assert!(column(1, 2).iter().all(|byte| *byte == 0), "nothing in the third");
    assert!(rows[0].0.chunks(109).all(|line| line[35..37] == [0, 0]), "nothing in the gap");
    let many = read_tspl(&label_bytes_tspl(&[(shelf(), 300)], &stock).unwrap());
    assert_eq!(many.len(), 1, "rows that are alike are sent once");
    assert_eq!(many[0].2, 100);
}

#[test]
fn escpos_carries_the_same_dots() {
    let profile = Profile::new(Paper::Dots576);
    for (stock, cuts, gap) in [(LabelStock::TWO_35X22, 0, 16), (LabelStock::ROLL_80, 2, 0)] {
        let columns = usize::from(stock.columns);
        let bytes = label_bytes_escpos(&[(shelf(), 2 * columns)], &stock, &profile).unwrap();
        let reading = read(&bytes, &profile).unwrap();
        let picture = label_picture(&shelf(), &stock).unwrap();
        let pitch = picture.height() + gap;
        assert_eq!((reading.cuts, reading.bitmap.height()), (cuts, 2 * pitch));
        let is_same = |bitmap: &Bitmap, top: usize| {
            (0..picture.height())
                .all(|y| (0..picture.width()).all(|x| bitmap.is_black(x, top + y) == picture.is_black(x, y)))
        };
        assert!(is_same(&reading.bitmap, 0) && is_same(&reading.bitmap, pitch), "{stock:?}");
    }
}

#[test]
fn labels_are_written_in_plain_words() {
    for (name, label) in all() {
        let text = serde_json::to_string(&label).unwrap();
        assert_eq!(serde_json::from_str::<Label>(&text).unwrap(), label, "{name}");
    }
    let text = serde_json::to_string(&shelf()).unwrap();
    assert!(text.starts_with(r#"{"kind":"shelf","name":"Tỏi đen một nhánh Lý Sơn","producer":"#), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any label either fits or is refused; it is never cut off or written over.
    #[test]
    fn any_label_fits_or_is_refused(
        name in "[\\PC]{0,60}|[A-Za-zỐỘẫđ ]{0,80}", producer in "[A-Za-zỐỘẫđ ]{0,60}", unit in "[a-zộ ]{0,12}",
        lot in "[A-Z0-9-]{0,40}", price_vnd in 0_i64..10_000_000_000, stars in prop::option::of(0_u8..9),
        code in prop::sample::select(vec!["8938500000010", "96385074", "TD-004", "18938500000017"]),
        link in prop::option::of("https://[a-z.]{4,40}/01/08938500000010/10/[A-Z0-9]{1,20}"),
        stock in prop::sample::select(LabelStock::ALL.to_vec()),
    ) {
        let barcode = code.to_owned();
        let shelf = Label::Shelf(ShelfLabel {
            name: name.clone(), producer: producer.clone(), pack: String::new(), price_vnd, unit: unit.clone(), stars,
            barcode: barcode.clone(),
        });
        let pack = Label::Pack(PackLabel {
            name, producer, pack: unit, price_vnd: Some(price_vnd), lot: lot.clone(), made_on: "15/09/2026".to_owned(),
            expires_on: "15/09/2027".to_owned(), barcode, link: link.unwrap_or_default(),
        });
        for label in [shelf, pack] {
            match layout(&label, &stock) {
                Ok(laid) => {
                    assert_fits(&laid);
                    if matches!(label, Label::Pack(_)) {
                        let words: String = laid.marks.iter().filter_map(|mark| match mark {
                            Mark::Words { span, .. } => Some(span.text.as_str()),
                            _ => None,
                        }).collect();
                        prop_assert!(words.contains(&lot) && words.contains("HSD: 15/09/2027"), "{}", words);
                    }
                }
                Err(LabelError::TooSmall(_) | LabelError::Symbol(_)) => prop_assert!(stock.height_mm.is_some() || stock.width_mm < 60),
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
    }
}
