//! Spreadsheets of LibreOffice, read as they stream by: a cell or row that says how often it is repeated is repeated only as far
//! as something stands in it, and never beyond the limits.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Cursor};

use domain::product_list::Cell;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::xlsx::iso_day;
use super::{COLUMNS_MAX, FileError, Reading, Room, SHEETS_MAX, Sheet};

/// Reads every sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    let part = archive.by_name("content.xml").map_err(|_| FileError::Damaged)?;
    let mut content = Content::new(Reader::from_reader(BufReader::new(part)));
    content.read()?;
    Ok(content.sheets.into_iter().map(Reading::finish).collect())
}

struct Content<R> {
    xml: Reader<R>,
    room: Room,
    sheets: Vec<Reading>,
    /// Where the next row begins, from 0.
    row: u32,
    /// The cells of the row that is being read, with their places, and what they are merged with.
    cells: Vec<(u32, Cell)>,
    merged: Vec<((u32, u32), (u32, u32))>,
}

impl<R: BufRead> Content<R> {
    const fn new(xml: Reader<R>) -> Self {
        Self { xml, room: Room::new(), sheets: Vec::new(), row: 0, cells: Vec::new(), merged: Vec::new() }
    }

    fn read(&mut self) -> Result<(), FileError> {
        let mut buffer = Vec::new();
        let (mut column, mut repeated) = (0_u32, 1_u32);
        loop {
            buffer.clear();
            let event = self.xml.read_event_into(&mut buffer).map_err(|_| FileError::Damaged)?.into_owned();
            let is_open = matches!(event, Event::Start(_));
            match event {
                Event::Eof => return Ok(()),
                Event::Start(start) | Event::Empty(start) => match start.name().as_ref() {
                    "table:table" => self.begin_sheet(&start)?,
                    "table:table-row" => {
                        column = 0;
                        repeated = count(&start, "table:number-rows-repeated")?;
                        if !is_open {
                            self.row = self.row.saturating_add(repeated);
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        column = self.take_cell(&start, column, is_open)?;
                    }
                    _ => {}
                },
                Event::End(end) => match end.name().as_ref() {
                    "table:table-row" => self.end_row(repeated)?,
                    "table:table" => self.end_sheet()?,
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn begin_sheet(&mut self, start: &BytesStart<'_>) -> Result<(), FileError> {
        if self.sheets.len() >= SHEETS_MAX {
            return Err(FileError::TooManySheets);
        }
        let name = attribute(start, "table:name")?.unwrap_or_default();
        self.sheets.push(Reading::new(&name));
        self.row = 0;
        Ok(())
    }

    fn take_cell(&mut self, start: &BytesStart<'_>, column: u32, is_open: bool) -> Result<u32, FileError> {
        let words = if is_open { self.words(start.name().as_ref())? } else { String::new() };
        let repeated = count(start, "table:number-columns-repeated")?;
        let cell = cell_of(start, &words)?;
        let columns_max = u32::try_from(COLUMNS_MAX).unwrap_or(u32::MAX);
        if !cell.is_empty() {
            if column.saturating_add(repeated) > columns_max {
                return Err(FileError::TooManyColumns);
            }
            let last =
                (count(start, "table:number-rows-spanned")?, count(start, "table:number-columns-spanned")?);
            if last != (1, 1) {
                let row_end = self.row.saturating_add(last.0 - 1);
                self.merged.push(((self.row, column), (row_end, column.saturating_add(last.1 - 1))));
            }
            self.cells.extend((column..column + repeated).map(|column| (column, cell.clone())));
        }
        Ok(column.saturating_add(repeated))
    }

    /// Returns the words of an open cell, line by line; notes beside it are left out.
    fn words(&mut self, name: &str) -> Result<String, FileError> {
        let (mut words, mut buffer, mut notes) = (String::new(), Vec::new(), 0_u32);
        loop {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer).map_err(|_| FileError::Damaged)? {
                Event::Text(text) if notes == 0 => words.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) if notes == 0 => words.extend(letter_of(&reference)),
                Event::Start(start) if start.name().as_ref() == "office:annotation" => notes += 1,
                Event::Start(start) if start.name().as_ref() == "text:p" && !words.is_empty() => {
                    words.push(' ')
                }
                Event::Empty(empty)
                    if ["text:s", "text:line-break", "text:tab"].contains(&empty.name().as_ref()) =>
                {
                    words.push(' ');
                }
                Event::End(end) if end.name().as_ref() == "office:annotation" => {
                    notes = notes.saturating_sub(1)
                }
                Event::End(end) if end.name().as_ref() == name => return Ok(words),
                Event::Eof => return Err(FileError::Damaged),
                _ => {}
            }
        }
    }

    fn end_row(&mut self, repeated: u32) -> Result<(), FileError> {
        let cells = std::mem::take(&mut self.cells);
        if let (Some(sheet), false) = (self.sheets.last_mut(), cells.is_empty()) {
            for row in 0..repeated {
                for (column, cell) in &cells {
                    sheet.put(&mut self.room, (self.row.saturating_add(row), *column), cell.clone())?;
                }
            }
        }
        self.row = self.row.saturating_add(repeated);
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), FileError> {
        for (first, last) in std::mem::take(&mut self.merged) {
            if let Some(sheet) = self.sheets.last_mut() {
                sheet.fill(&mut self.room, first, last)?;
            }
        }
        Ok(())
    }
}

fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Result<Option<Cow<'a, str>>, FileError> {
    let attribute = start.try_get_attribute(name).map_err(|_| FileError::Damaged)?;
    attribute
        .map(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| FileError::Damaged))
        .transpose()
}

/// Returns how often; once when nothing is said.
fn count(start: &BytesStart<'_>, name: &str) -> Result<u32, FileError> {
    let count = attribute(start, name)?.map(|count| count.parse().map_err(|_| FileError::Damaged));
    Ok(count.transpose()?.unwrap_or(1).max(1))
}

fn cell_of(start: &BytesStart<'_>, words: &str) -> Result<Cell, FileError> {
    let value = |name| attribute(start, name);
    Ok(match value("office:value-type")?.as_deref() {
        Some("float" | "currency" | "percentage") => {
            value("office:value")?.map_or(Cell::Empty, |number| Cell::Number(plain_number(&number)))
        }
        Some("date") => {
            let day = value("office:date-value")?.and_then(|day| iso_day(&day));
            day.map_or_else(|| Cell::of_text(words), Cell::Day)
        }
        _ => Cell::of_text(words),
    })
}

/// `8.9385E+12` as it is meant.
fn plain_number(number: &str) -> String {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    let read = if is_plain { None } else { number.parse::<f64>().ok() };
    read.map_or_else(|| number.to_owned(), |read| read.to_string())
}

/// The five references that XML itself knows, and letters by number.
fn letter_of(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    let name: &str = reference;
    [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')]
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, letter)| letter)
}
