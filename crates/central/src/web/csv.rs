//! The same sheets as text with commas between (RFC 4180): for programs, and for spreadsheets that ask how a file is to be read.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::Quantity;

use super::workbook::{Cell, ROWS_MOST, Sheet};

/// So that a spreadsheet reads the letters as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Returns a sheet as text: days as `2026-11-23`, đồng and quantities as plain numbers.
pub fn write(sheet: &Sheet) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    line(&mut text, sheet.head.iter().map(|words| quoted(words)));
    for row in sheet.rows.iter().take(ROWS_MOST) {
        line(&mut text, row.iter().map(field));
    }
    if sheet.rows.len() > ROWS_MOST {
        line(&mut text, [quoted(&sheet.cut)].into_iter());
    }
    text
}

/// Returns an answer that a browser keeps as a file.
pub fn answer(name: &str, text: String) -> Response {
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""));
    let attachment = attachment.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, attachment),
    ];
    (headers, text).into_response()
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&field);
    }
    text.push_str("\r\n");
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => quoted(words),
        Cell::Vnd(vnd) | Cell::Count(vnd) => vnd.to_string(),
        // Thousandths.
        Cell::Share(per_mille) => plain(*per_mille),
        Cell::Quantity(milli) => plain(*milli),
        Cell::Day(day) => day.to_string(),
        Cell::Empty => String::new(),
    }
}

/// Writes thousandths: a point, whatever people here write, since programs read it.
fn plain(milli: i64) -> String {
    Quantity::from_milli(milli).to_string().replace(['.', ' '], "").replace(',', ".")
}

/// Words that a spreadsheet would compute with get an apostrophe before them.
fn quoted(words: &str) -> String {
    let is_risky = |sign: char| matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0');
    let is_blank = |sign: char| sign.is_whitespace() && !is_risky(sign);
    let guard = if words.trim_start_matches(is_blank).starts_with(is_risky) { "'" } else { "" };
    if words.contains([',', '"', '\r', '\n', ';']) || !guard.is_empty() {
        format!("\"{guard}{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn words_stay_words_and_numbers_are_plain() {
        for (words, expected) in [
            ("Tỏi đen", "Tỏi đen"),
            ("Tỏi, \"đen\"", "\"Tỏi, \"\"đen\"\"\""),
            ("=1+1", "\"'=1+1\""),
            (" \u{a0}@sum", "\"' \u{a0}@sum\""),
            ("-5", "\"'-5\""),
            ("\n=1", "\"'\n=1\""),
            ("a-b", "a-b"),
            ("", ""),
        ] {
            assert_eq!(quoted(words), expected, "{words:?}");
        }
        let sheet = Sheet {
            name: "x".to_owned(),
            head: vec!["Tên".to_owned(), "Giá".to_owned()],
            rows: vec![
                vec![Cell::text("+84"), Cell::Vnd(-5_000)],
                vec![Cell::Day(date!(2026 - 11 - 30)), Cell::Quantity(1_234_500)],
                vec![Cell::Empty, Cell::Quantity(-250)],
            ],
            cut: String::new(),
        };
        let expected = "\u{feff}Tên,Giá\r\n\"'+84\",-5000\r\n2026-11-30,1234.5\r\n,-0.25\r\n";
        assert_eq!(write(&sheet), expected);
    }
}
