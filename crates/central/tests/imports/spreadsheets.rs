//! Workbooks as offices make them: merged cells, two rows of headings, days, numbers, formulas; of Excel and of LibreOffice.

use central::imports::sheets::{self, FileError, Sheet};
use domain::product_list::heading::{find_head, headings};
use domain::product_list::{Cell, Columns, ReadRow, Vocabulary, Why, read_row};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use time::macros::date;

use super::files::packed;

fn cells(sheet: &Sheet) -> Vec<Vec<Cell>> {
    sheet.rows.iter().map(|(_, cells)| cells.clone()).collect()
}

/// Title over the table, two rows of headings with merged cells, a producer merged over two rows.
fn as_offices_make_them() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    book.add_worksheet().set_name("Bìa").unwrap();
    let sheet = book.add_worksheet().set_name("Danh sách").unwrap();
    sheet.merge_range(0, 0, 0, 6, "DANH SÁCH SẢN PHẨM OCOP NĂM 2025", &plain).unwrap();
    for (column, words) in [(0, "TT"), (1, "Tên sản phẩm"), (2, "Chủ thể"), (5, "Hạng sao"), (6, "Mã vạch")]
    {
        sheet.merge_range(2, column, 3, column, words, &plain).unwrap();
    }
    sheet.merge_range(2, 3, 2, 4, "Quyết định công nhận", &plain).unwrap();
    sheet.write(3, 3, "Số").unwrap().write(3, 4, "Ngày").unwrap();
    sheet.merge_range(4, 2, 5, 2, "HTX Lý Sơn", &plain).unwrap();
    for (row, name) in [(4, "Tỏi đen"), (5, "Hành tím")] {
        sheet.write(row, 0, row - 3).unwrap().write(row, 1, name).unwrap();
        sheet.write(row, 3, "QĐ 1898/QĐ-UBND").unwrap();
        let decided = ExcelDateTime::from_ymd(2025, 9, 23).unwrap();
        sheet.write_with_format(row, 4, &decided, &day).unwrap();
        sheet.write_formula(row, 5, Formula::new("=2+2").set_result("4")).unwrap();
        sheet.write(row, 6, 8_938_500_000_010_u64).unwrap();
    }
    sheet.write(6, 1, "=cmd|' /C calc'!A0").unwrap().write(6, 6, "8.93E+12").unwrap();
    let elsewhere = Formula::new("='[http://evil.example/a.xlsx]S'!A1").set_result("HTX Trà Bồng");
    sheet.write_formula(6, 2, elsewhere).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn merged_cells_days_numbers_and_formulas_are_read() {
    let read = sheets::read(&as_offices_make_them()).unwrap();
    assert_eq!(read.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Bìa", "Danh sách"]);
    let cells = cells(&read[1]);
    let head = find_head(&cells).unwrap();
    assert_eq!((read[1].rows[head.first].0, head.rows), (3, 2));
    let headings = headings(&cells, head);
    assert_eq!(
        headings,
        [
            "TT",
            "Tên sản phẩm",
            "Chủ thể",
            "Quyết định công nhận Số",
            "Quyết định công nhận Ngày",
            "Hạng sao",
            "Mã vạch"
        ]
    );
    let columns = domain::product_list::heading::guess(&headings);
    let expected = "name=1 stars=5 decision_number=3 decision_day=4 producer=2 barcode=6";
    assert_eq!(columns, Columns::from_code(expected).unwrap());
    let last = &cells[head.first + 3];
    let ReadRow::Product(row) = read_row(last, &columns, &Vocabulary::default()) else { panic!("{last:?}") };
    assert_eq!((row.name.as_str(), row.producer.as_deref()), ("Hành tím", Some("HTX Lý Sơn")));
    assert_eq!(row.barcode.unwrap().as_str(), "8938500000010");
    let decided = row.decided.unwrap();
    assert_eq!(
        (decided.recognition.valid_from, decided.recognition.stars.unwrap().count()),
        (date!(2025 - 09 - 23), 4)
    );
    let wrong = read_row(&cells[head.first + 4], &columns, &Vocabulary::default());
    let ReadRow::Wrong(name, problems) = wrong else { panic!() };
    assert_eq!((name.as_str(), &problems[0].why), ("=cmd|' /C calc'!A0", &Why::Rounded));
    assert_eq!(cells[head.first + 4][2], Cell::of_text("HTX Trà Bồng"), "what it gave when it was saved");
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"#
    );
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn words(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

#[test]
fn spreadsheets_of_libreoffice_are_read() {
    let table = format!(
        r#"<table:table table:name="Danh sách"><table:table-row>{}{}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/></table:table-row>
        <table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>HTX &amp; Lý<text:s/>Sơn</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2025-09-23"><text:p>23/09/25</text:p></table:table-cell></table:table-row>
        <table:table-row><table:covered-table-cell/><table:table-cell office:value-type="float" office:value="8.93850000001E+12"><text:p>8.94E+12</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#,
        words("Chủ thể"),
        words("Ngày"),
    );
    let read = sheets::read(&ods(&table)).unwrap();
    let maker = Cell::of_text("HTX & Lý Sơn");
    assert_eq!(
        read[0].rows,
        [
            (1, vec![Cell::of_text("Chủ thể"), Cell::of_text("Ngày")]),
            (5, vec![maker.clone(), Cell::Day(date!(2025 - 09 - 23))]),
            (6, vec![maker, Cell::Number("8938500000010".to_owned())]),
        ]
    );
}

#[test]
fn what_repeats_itself_without_end_is_refused() {
    for (cell, row, expected) in [
        (r#"table:number-columns-repeated="65""#, "", FileError::TooManyColumns),
        (r#"table:number-columns-repeated="4294967295""#, "", FileError::TooManyColumns),
        ("", r#"table:number-rows-repeated="20001""#, FileError::TooManyRows),
        ("", r#"table:number-rows-repeated="4294967295""#, FileError::TooManyRows),
        (r#"table:number-columns-repeated="-1""#, "", FileError::Damaged),
    ] {
        let table = format!(
            r#"<table:table table:name="A"><table:table-row {row}><table:table-cell {cell} office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row></table:table>"#
        );
        assert_eq!(sheets::read(&ods(&table)).unwrap_err(), expected, "{cell} {row}");
    }
    let many = r#"<table:table table:name="A"></table:table>"#.repeat(21);
    assert_eq!(sheets::read(&ods(&many)).unwrap_err(), FileError::TooManySheets);
}
