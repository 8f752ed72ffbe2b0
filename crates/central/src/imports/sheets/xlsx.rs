//! Workbooks of Excel since 2007, cell by cell: the size that a sheet declares is never believed. A formula counts as what it
//! gave when the file was saved.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use domain::product_list::Cell;
use time::{Date, Month};

use super::{FileError, Reading, Room, SHEETS_MAX, Sheet};

/// Reads every sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    let names = book.sheet_names();
    if names.len() > SHEETS_MAX {
        return Err(FileError::TooManySheets);
    }
    let mut room = Room::new();
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        let mut reading = Reading::new(&name);
        read_cells(&mut book, &name, &mut room, &mut reading)?;
        if !reading.rows.is_empty() {
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            for region in merged {
                reading.fill(&mut room, region.start, region.end)?;
            }
        }
        sheets.push(reading.finish());
    }
    Ok(sheets)
}

/// Charts and the like have no cells.
fn read_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    room: &mut Room,
    reading: &mut Reading,
) -> Result<(), FileError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(_) => return Err(FileError::Damaged),
    };
    while let Some(cell) = cells.next_cell().map_err(|_| FileError::Damaged)? {
        reading.put(room, cell.get_position(), cell_of(cell.get_value()))?;
    }
    Ok(())
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => Cell::Number(number.to_string()),
        DataRef::Bool(flag) => Cell::of_text(if *flag { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = moment.is_datetime().then(|| day_of(year, month, day)).flatten();
            day.map_or_else(|| Cell::Number(moment.as_f64().to_string()), Cell::Day)
        }
        DataRef::DateTimeIso(text) => iso_day(text).map_or_else(|| Cell::of_text(text), Cell::Day),
        DataRef::DurationIso(text) => Cell::of_text(text),
        DataRef::Error(error) => Cell::of_text(&error.to_string()),
    }
}

fn day_of(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(year.into(), Month::try_from(month).ok()?, day).ok()
}

/// Returns the day of `2023-09-23` or `2023-09-23T00:00:00`.
pub(super) fn iso_day(text: &str) -> Option<Date> {
    let mut parts = text.get(..10)?.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
