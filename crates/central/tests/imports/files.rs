//! Files that are no list, or more than one: each is refused in words, and nothing of it is held.

use std::io::{Cursor, Write};

use central::imports::sheets::{self, FILE_BYTES_MAX, FileError};
use domain::product_list::Cell;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A packed file of these parts.
pub(super) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What says where the workbook stands.
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook whose only sheet is this XML.
pub(super) fn workbook(sheet: &str) -> Vec<u8> {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    packed(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rows}</worksheet>"#
    )
}

fn inline(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn refused(bytes: &[u8], expected: FileError) {
    assert_eq!(sheets::read(bytes).unwrap_err(), expected);
}

#[test]
fn what_unpacks_to_more_than_a_list_is_refused() {
    let large = vec![b' '; 65 << 20];
    refused(&workbook(&sheet(std::str::from_utf8(&large).unwrap())), FileError::Bomb);
    // Styles are small, wherever they come from.
    refused(
        &packed(&[("xl/workbook.xml", b"<a/>"), ("xl/styles.xml", &vec![b' '; 3 << 20])]),
        FileError::Bomb,
    );
    let marks = "<a/>".repeat(6_100_000);
    refused(&packed(&[("content.xml", marks.as_bytes())]), FileError::Bomb);
    let names: Vec<String> = (0..501).map(|number| format!("{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(&packed(&parts), FileError::Bomb);
}

/// A workbook whose relations say that its only sheet stands in a part of this name.
fn workbook_at(target: &str, sheet: &[u8]) -> Vec<u8> {
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="{target}"/></Relationships>"#
    );
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    packed(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        (&format!("xl/{target}"), sheet),
    ])
}

#[test]
fn a_sheet_is_counted_whatever_its_part_is_called() {
    for target in ["worksheets/sheet1.dat", "sheet1.dat", "media/image1.png"] {
        let row = format!("<sheetData><row r=\"1\">{}</row></sheetData>", inline("A1", "Tỏi"));
        let read = sheets::read(&workbook_at(target, sheet(&row).as_bytes())).unwrap();
        assert_eq!(read[0].rows, [(1, vec![Cell::of_text("Tỏi")])], "a reader opens {target}");
        let large = sheet(&" ".repeat(65 << 20));
        refused(&workbook_at(target, large.as_bytes()), FileError::Bomb);
        let marks = sheet(&"<a/>".repeat(6_100_000));
        refused(&workbook_at(target, marks.as_bytes()), FileError::Bomb);
        let declared = format!("<!DOCTYPE a [<!ENTITY b \"bbbb\">]>{}", sheet(&row));
        refused(&workbook_at(target, declared.as_bytes()), FileError::Entities);
    }
}

#[test]
fn a_part_that_lies_about_its_size_is_refused() {
    let mut bytes = packed(&[("xl/workbook.xml", b"<a/>"), ("xl/styles.xml", &vec![b' '; 3 << 20])]);
    let size = u32::try_from(3 << 20).unwrap().to_le_bytes();
    while let Some(place) = bytes.windows(4).position(|four| four == size) {
        bytes[place..place + 4].copy_from_slice(&8u32.to_le_bytes());
    }
    assert!(matches!(sheets::read(&bytes), Err(FileError::Bomb | FileError::Damaged)));
}

#[test]
fn entities_and_passwords_are_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
    refused(&workbook(&format!("{bomb}{}", sheet("<sheetData/>"))), FileError::Entities);
    // Over the edge of two pieces.
    for blanks in 65_500..65_545 {
        let text = format!("{}{bomb}", " ".repeat(blanks));
        refused(&packed(&[("content.xml", text.as_bytes())]), FileError::Entities);
    }
    let unknown = sheet(&format!("<sheetData><row r=\"1\">{}</row></sheetData>", inline("A1", "&bomb;")));
    assert!(matches!(sheets::read(&workbook(&unknown)), Err(FileError::Damaged | FileError::Empty)));
    let mut locked = workbook(&sheet("<sheetData/>"));
    for (mark, flags) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
        let places: Vec<usize> =
            (0..locked.len() - 4).filter(|place| &locked[*place..place + 4] == mark).collect();
        places.into_iter().for_each(|place| locked[place + flags] |= 1);
    }
    refused(&locked, FileError::Password);
}

#[test]
fn declared_rows_cost_nothing() {
    let cells = format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}{}</row><row r="1048576">{}{}</row></sheetData>"#,
        inline("A1", "Tên sản phẩm"),
        inline("B1", "Giá"),
        inline("A1048576", "Tỏi"),
        inline("B1048576", "1000"),
    );
    let read = sheets::read(&workbook(&sheet(&cells))).unwrap();
    let numbers: Vec<u32> = read[0].rows.iter().map(|(number, _)| *number).collect();
    assert_eq!((numbers, read[0].rows[1].1.len()), (vec![1, 1_048_576], 2));
    let beyond = sheet(r#"<dimension ref="A1:XFD10000000"/><sheetData/>"#);
    assert!(matches!(sheets::read(&workbook(&beyond)), Err(FileError::Damaged | FileError::Empty)));
    let wide = format!(r#"<sheetData><row r="1">{}</row></sheetData>"#, inline("XFD1", "a"));
    refused(&workbook(&sheet(&wide)), FileError::TooManyColumns);
    let long = format!(r#"<sheetData><row r="7">{}</row></sheetData>"#, inline("A7", &"a".repeat(2_001)));
    refused(&workbook(&sheet(&long)), FileError::CellTooLong(7));
    let rows: String =
        (1..=20_001).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#)).collect();
    refused(&workbook(&sheet(&format!("<sheetData>{rows}</sheetData>"))), FileError::TooManyRows);
    refused("a;b\n".repeat(20_001).as_bytes(), FileError::TooManyRows);
    // One text over a whole sheet, again and again.
    let merged = r#"<mergeCell ref="A1:BL20000"/>"#.repeat(100);
    let rows: String = (1..=9_000)
        .map(|row| format!(r#"<row r="{row}">{}</row>"#, inline(&format!("A{row}"), "a")))
        .collect();
    refused(
        &workbook(&sheet(&format!("<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>"))),
        FileError::Bomb,
    );
}

#[test]
fn what_is_no_list_is_told_apart() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0";
    let large = vec![b'a'; FILE_BYTES_MAX + 1];
    for (bytes, expected) in [
        (&b""[..], FileError::Empty),
        (b"\n\n;;\n", FileError::Unknown),
        (png, FileError::Unknown),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", FileError::Unknown),
        (b"just a letter to the department\nwith two lines", FileError::Unknown),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 half an old workbook", FileError::Damaged),
        (b"PK\x03\x04 a broken one", FileError::Damaged),
        (&large, FileError::TooLarge),
        (&packed(&[("word/document.xml", b"<a/>")]), FileError::Unknown),
        (&workbook(&sheet("<sheetData/>")), FileError::Empty),
    ] {
        refused(bytes, expected);
    }
}

#[test]
fn letters_are_read_in_every_encoding_that_can_be_told() {
    let text = "Tên sản phẩm;Hạng sao\nTỏi Lý Sơn;4 sao\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(units.iter().flat_map(|unit| unit.to_le_bytes())).collect();
    let big: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
    let marked = format!("\u{feff}{text}");
    // Windows-1258 writes a letter and its tone apart.
    let apart = "Tên sa\u{309}n phâ\u{309}m;Ha\u{323}ng sao\nTo\u{309}i Ly\u{301} Sơn;4 sao\n";
    let (windows, _, had_errors) = encoding_rs::WINDOWS_1258.encode(apart);
    assert!(!had_errors);
    for bytes in [text.as_bytes(), marked.as_bytes(), &little, &big, &windows] {
        let read = sheets::read(bytes).unwrap();
        let words: Vec<&Cell> = read[0].rows.iter().flat_map(|(_, cells)| cells).collect();
        let expected = ["Tên sản phẩm", "Hạng sao", "Tỏi Lý Sơn", "4 sao"].map(Cell::of_text);
        assert_eq!(words, expected.iter().collect::<Vec<_>>());
    }
    // TCVN3 and VNI look like letters and mean others.
    refused(b"T\xaan s\xb6n ph\xc8m;H\xb9ng sao\nT\xe1i L\xfd S\xacn;4 sao\n", FileError::Letters);
    refused(b"Te\xe2n sa\xfbn pha\xe5m;Ha\xefng sao\nTo\xfbi Ly\xf9 S\xf4n;4 sao\n", FileError::Letters);
}

#[test]
fn separators_are_found_out_and_formulas_are_words() {
    for separator in [";", ",", "\t"] {
        let line = ["Tên sản phẩm", "Giá", "Mã vạch"].join(separator);
        let row = ["=cmd|' /C calc'!A0", "120.000đ", "8.93E+12"].join(separator);
        let read = sheets::read(format!("{line}\r\n{row}\r\n").as_bytes()).unwrap();
        let (number, cells) = &read[0].rows[1];
        assert_eq!((*number, cells[0].words().as_ref()), (2, "=cmd|' /C calc'!A0"), "{separator:?}");
        assert_eq!(cells[2], Cell::of_text("8.93E+12"));
    }
    let quoted = "Tên;Giá\n\"Tỏi; đen\nLý Sơn\";1\nQuế;2\n";
    let read = sheets::read(quoted.as_bytes()).unwrap();
    let numbers: Vec<u32> = read[0].rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 2, 4], "a row is named by its first line");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, cut in 0usize..2_000, flip in 0usize..2_000) {
        let _ = sheets::read(&bytes);
        let mut broken = workbook(&sheet("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>"));
        let length = broken.len();
        broken[flip % length] ^= 0xff;
        broken.truncate(length - cut % 40);
        let _ = sheets::read(&broken);
    }
}
