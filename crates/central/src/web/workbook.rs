//! Files for a spreadsheet: cells with their types, and text that stays text whatever it begins with.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook as Written, Worksheet, XlsxError};
use time::{Date, OffsetDateTime};

use crate::error::{Error, Result};

/// Rows of a sheet, at most; one more row says so.
pub const ROWS_MOST: usize = 100_000;
/// The kind of file that a workbook is.
pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words. `=`, `+`, `-` or `@` at their beginning makes no formula of them.
    Text(String),
    /// Đồng.
    Vnd(i64),
    /// Thousandths of a unit.
    Quantity(i64),
    /// How many.
    Count(i64),
    /// Thousandths of a whole, shown as a percentage.
    Share(i64),
    /// A day.
    Day(Date),
    /// Nothing.
    Empty,
}

impl Cell {
    /// Returns words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }
}

/// A sheet to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; at most 31 letters.
    pub name: String,
    /// What stands over the columns.
    pub head: Vec<String>,
    /// The rows; those beyond [`ROWS_MOST`] are left out.
    pub rows: Vec<Vec<Cell>>,
    /// What the last row says when some were left out.
    pub cut: String,
}

impl Sheet {
    /// Returns a sheet with a name, what stands over its columns, its rows, and what it says when some were
    /// left out.
    pub fn new(name: &str, head: &[&str], rows: Vec<Vec<Cell>>, cut: String) -> Self {
        let head = head.iter().map(|words| (*words).to_owned()).collect();
        Self { name: name.to_owned(), head, rows, cut }
    }
}

/// Returns how many rows to ask for: one more than a sheet takes, so that it can say that some are missing.
pub fn rows_asked() -> i64 {
    i64::try_from(ROWS_MOST + 1).unwrap_or(i64::MAX)
}

/// Returns a file of sheets, written at a moment in UTC milliseconds; equal sheets give equal bytes.
///
/// # Errors
/// When a sheet's name cannot be one.
pub async fn write(sheets: Vec<Sheet>, now_ms: i64) -> Result<Vec<u8>> {
    let written = tokio::task::spawn_blocking(move || write_all(sheets, now_ms)).await;
    let written = written.map_err(|error| Error::Program(format!("the workbook: {error}")))?;
    written.map_err(|error| Error::Program(format!("the workbook: {error}")))
}

/// Returns an answer that a browser keeps as a file.
pub fn answer(name: &str, bytes: Vec<u8>) -> Response {
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.xlsx\""));
    let attachment = attachment.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE)),
        (header::CONTENT_DISPOSITION, attachment),
    ];
    (headers, bytes).into_response()
}

/// How each kind of cell looks.
struct Looks {
    head: Format,
    text: Format,
    like_formula: Format,
    vnd: Format,
    quantity: Format,
    count: Format,
    share: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold().set_text_wrap(),
            text: Format::new(),
            // So it stays text when somebody edits the cell.
            like_formula: Format::new().set_quote_prefix(),
            vnd: Format::new().set_num_format("#,##0 \"₫\""),
            quantity: Format::new().set_num_format("#,##0.###"),
            count: Format::new().set_num_format("#,##0"),
            share: Format::new().set_num_format("0.0%"),
            day: Format::new().set_num_format("dd/mm/yyyy"),
        }
    }
}

fn write_all(sheets: Vec<Sheet>, now_ms: i64) -> Result<Vec<u8>, XlsxError> {
    let (mut workbook, looks) = (Written::new(), Looks::new());
    let created = OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1_000)).map(|now| now.date());
    if let Ok(created) = created {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel_day(created)?));
    }
    for sheet in sheets {
        write_sheet(workbook.add_worksheet(), sheet, &looks)?;
    }
    workbook.save_to_buffer()
}

/// Each row is let go as soon as it is written: the file holds it a second time.
fn write_sheet(worksheet: &mut Worksheet, sheet: Sheet, looks: &Looks) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    for (column, words) in (0..).zip(&sheet.head) {
        worksheet.write_string_with_format(0, column, words, &looks.head)?;
    }
    worksheet.set_freeze_panes(1, 1)?;
    let is_cut = sheet.rows.len() > ROWS_MOST;
    for (row, cells) in (1..).zip(sheet.rows.into_iter().take(ROWS_MOST)) {
        for (column, cell) in (0..).zip(&cells) {
            write_cell(worksheet, (row, column), cell, looks)?;
        }
    }
    if is_cut {
        let row = u32::try_from(ROWS_MOST).unwrap_or(u32::MAX).saturating_add(1);
        worksheet.write_string_with_format(row, 0, &sheet.cut, &looks.head)?;
    }
    worksheet.autofit();
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(words) => {
            let look = if is_like_formula(words) { &looks.like_formula } else { &looks.text };
            worksheet.write_string_with_format(row, column, words, look)?;
        }
        Cell::Vnd(vnd) => {
            worksheet.write_with_format(row, column, *vnd, &looks.vnd)?;
        }
        Cell::Count(count) => {
            worksheet.write_with_format(row, column, *count, &looks.count)?;
        }
        Cell::Share(thousandths) | Cell::Quantity(thousandths) => {
            // The format of the file knows no other number; nothing is computed with it.
            #[expect(
                clippy::cast_precision_loss,
                reason = "a spreadsheet holds fifteen digits, and no shelf more"
            )]
            let units = *thousandths as f64 / 1_000.0;
            let look = if matches!(cell, Cell::Share(_)) { &looks.share } else { &looks.quantity };
            worksheet.write_number_with_format(row, column, units, look)?;
        }
        Cell::Day(day) => {
            worksheet.write_datetime_with_format(row, column, &excel_day(*day)?, &looks.day)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), day.month().into(), day.day())
}

fn is_like_formula(words: &str) -> bool {
    words.trim_start().starts_with(['=', '+', '-', '@'])
}
