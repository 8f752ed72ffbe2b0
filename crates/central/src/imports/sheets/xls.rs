//! Workbooks of Excel 97 to 2003 (BIFF8), record by record: what a sheet says of its size is not asked for, and no formula is read, only
//! what it gave when the file was saved. Older ones and those with a password are refused.

use std::collections::BTreeMap;

use domain::product_list::Cell;
use time::macros::date;
use time::{Date, Duration};

use super::compound::{Compound, u16_at, u32_at};
use super::letters::{Letters, all_words};
use super::{FileError, Reading, Room, SHEETS_MAX, Sheet};

/// Kinds of records.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000a;
    pub(super) const DATES_FROM_1904: u16 = 0x0022;
    pub(super) const PASSWORD: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const NUMBERS: u16 = 0x00bd;
    pub(super) const RICH_LABEL: u16 = 0x00d6;
    pub(super) const LOOK: u16 = 0x00e0;
    pub(super) const MERGED: u16 = 0x00e5;
    pub(super) const WORDS: u16 = 0x00fc;
    pub(super) const WORD: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const TRUE_OR_ERROR: u16 = 0x0205;
    pub(super) const FORMULA_WORDS: u16 = 0x0207;
    pub(super) const SHORT_NUMBER: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// The version that is read.
const BIFF8: u16 = 0x0600;
/// A sheet with cells, among charts and macros.
const WORKSHEET: u8 = 0;
/// The last day that Excel knows, 31/12/9999.
const SERIAL_MAX: i64 = 2_958_465;
/// Looks of cells, at most: cells name them by two bytes.
const LOOKS_MAX: usize = 65_536;

/// Reads every sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    let compound = Compound::open(bytes)?;
    if compound.has("EncryptedPackage") {
        return Err(FileError::Password);
    }
    let Some(stream) = compound.stream("Workbook")? else {
        return Err(if compound.has("Book") { FileError::OldWorkbook } else { FileError::Unknown });
    };
    let book = Book::read(&stream)?;
    let mut room = Room::new();
    let sheets = book.sheets.iter().map(|(name, start)| book.sheet(&stream, name, *start, &mut room));
    sheets.collect()
}

/// A record: its kind and its content.
type Record<'a> = (u16, &'a [u8]);

/// Returns the records from a place on.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = Result<Record<'_>, FileError>> {
    std::iter::from_fn(move || {
        if at >= stream.len() {
            return None;
        }
        let record = (|| {
            let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
            let content = stream.get(at + 4..at + 4 + length).ok_or(FileError::Damaged)?;
            at += 4 + length;
            Ok((kind, content))
        })();
        if record.is_err() {
            at = usize::MAX;
        }
        Some(record)
    })
}

/// What holds for all sheets.
struct Book {
    sheets: Vec<(String, usize)>,
    /// `None` for a word that is longer than a cell may be.
    words: Vec<Option<String>>,
    /// For each look of a cell, whether it shows a day.
    is_day: Vec<bool>,
    is_from_1904: bool,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, FileError> {
        let (mut sheets, mut looks, mut days) = (Vec::new(), Vec::new(), BTreeMap::new());
        let (mut pieces, mut in_words, mut is_from_1904): (Vec<&[u8]>, bool, bool) =
            (Vec::new(), false, false);
        for (place, record) in records(stream, 0).enumerate() {
            let (kind, content) = record?;
            match kind {
                kind::BEGIN if place == 0 && u16_at(content, 0)? != BIFF8 => {
                    return Err(FileError::OldWorkbook);
                }
                _ if place == 0 && kind != kind::BEGIN => return Err(FileError::OldWorkbook),
                kind::PASSWORD => return Err(FileError::Password),
                kind::DATES_FROM_1904 => is_from_1904 = u16_at(content, 0)? == 1,
                kind::SHEET if content.get(5) == Some(&WORKSHEET) => {
                    let start = usize::try_from(u32_at(content, 0)?).map_err(|_| FileError::Damaged)?;
                    let letters = usize::from(*content.get(6).ok_or(FileError::Damaged)?);
                    let name =
                        Letters::of(&[content.get(7..).unwrap_or_default()]).letters_of_flags(letters)?;
                    sheets.push((name, start));
                }
                kind::LOOK if looks.len() >= LOOKS_MAX => return Err(FileError::Bomb),
                kind::LOOK => looks.push(u16_at(content, 2)?),
                kind::FORMAT => {
                    let words = Letters::of(&[content.get(2..).unwrap_or_default()]).word()?;
                    days.insert(u16_at(content, 0)?, shows_day(&words));
                }
                kind::WORDS => pieces.push(content.get(8..).ok_or(FileError::Damaged)?),
                kind::CONTINUE if in_words => pieces.push(content),
                kind::END => break,
                _ => {}
            }
            in_words = kind == kind::WORDS || (in_words && kind == kind::CONTINUE);
        }
        if sheets.len() > SHEETS_MAX {
            return Err(FileError::TooManySheets);
        }
        let is_day = |format: &u16| {
            let usual = matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58);
            days.get(format).copied().unwrap_or(usual)
        };
        Ok(Self {
            sheets,
            words: all_words(&pieces)?,
            is_day: looks.iter().map(is_day).collect(),
            is_from_1904,
        })
    }

    fn sheet(&self, stream: &[u8], name: &str, start: usize, room: &mut Room) -> Result<Sheet, FileError> {
        let mut reading = Reading::new(name);
        let (mut merged, mut depth, mut formula) = (Vec::new(), 0usize, None);
        for record in records(stream, start) {
            let (kind, content) = record?;
            match kind {
                kind::BEGIN => depth += 1,
                // Charts among the cells begin and end within.
                kind::END if depth <= 1 => break,
                kind::END => depth -= 1,
                _ if depth != 1 => {}
                kind::MERGED => merged.push(content),
                kind::FORMULA => {
                    room.take_cell()?;
                    formula = Some(place(content)?);
                    let value = content.get(6..14).ok_or(FileError::Damaged)?;
                    self.put(&mut reading, room, content, formula_value(value)?)?;
                }
                kind::FORMULA_WORDS => {
                    if let Some(at) = formula.take() {
                        room.take_cell()?;
                        let words = Letters::of(&[content]).word()?;
                        reading.put(room, at, Cell::of_text(&words))?;
                    }
                }
                kind::NUMBERS => self.put_numbers(&mut reading, room, content)?,
                _ => {
                    if let Some(value) = self.value(kind, content)? {
                        room.take_cell()?;
                        self.put(&mut reading, room, content, value)?;
                    }
                }
            }
        }
        for content in merged {
            for region in content.get(2..).unwrap_or_default().chunks_exact(8) {
                let [first, last, left, right] = [0, 2, 4, 6].map(|at| u16_at(region, at).map(u32::from));
                reading.fill(room, (first?, left?), (last?, right?))?;
            }
        }
        Ok(reading.finish())
    }

    /// What a record of one cell holds; `None` for every other record.
    fn value(&self, kind: u16, content: &[u8]) -> Result<Option<Value>, FileError> {
        Ok(Some(match kind {
            kind::WORD => {
                let number = usize::try_from(u32_at(content, 6)?).unwrap_or(usize::MAX);
                let word = self.words.get(number).ok_or(FileError::Damaged)?;
                let row = place(content)?.0;
                Value::Words(word.clone().ok_or(FileError::CellTooLong(row.saturating_add(1)))?)
            }
            kind::LABEL | kind::RICH_LABEL => {
                Value::Words(Letters::of(&[content.get(6..).unwrap_or_default()]).word()?)
            }
            kind::NUMBER => Value::Number(f64::from_bits(u64_at(content, 6)?)),
            kind::SHORT_NUMBER => Value::Number(short_number(u32_at(content, 6)?)),
            kind::TRUE_OR_ERROR => {
                let is_error = content.get(7).is_some_and(|flag| *flag != 0);
                let is_true = content.get(6).is_some_and(|flag| *flag != 0);
                Value::Words(
                    if is_error {
                        "#N/A"
                    } else if is_true {
                        "TRUE"
                    } else {
                        "FALSE"
                    }
                    .to_owned(),
                )
            }
            _ => return Ok(None),
        }))
    }

    fn put_numbers(&self, reading: &mut Reading, room: &mut Room, content: &[u8]) -> Result<(), FileError> {
        let (row, column) = place(content)?;
        let last = content.len().saturating_sub(2);
        let cells = content.get(4..last).unwrap_or_default().chunks_exact(6);
        for (column, cell) in (column..).zip(cells) {
            room.take_cell()?;
            let value = Value::Number(short_number(u32_at(cell, 2)?));
            reading.put(room, (row, column), self.cell(u16_at(cell, 0)?, value))?;
        }
        Ok(())
    }

    fn put(
        &self,
        reading: &mut Reading,
        room: &mut Room,
        content: &[u8],
        value: Value,
    ) -> Result<(), FileError> {
        reading.put(room, place(content)?, self.cell(u16_at(content, 4)?, value))
    }

    fn cell(&self, look: u16, value: Value) -> Cell {
        match value {
            Value::Nothing => Cell::Empty,
            Value::Words(words) => Cell::of_text(&words),
            Value::Number(number) => {
                let is_day = self.is_day.get(usize::from(look)).copied().unwrap_or(false);
                let day = is_day.then(|| day_of(number, self.is_from_1904)).flatten();
                day.map_or_else(|| Cell::Number(number.to_string()), Cell::Day)
            }
        }
    }
}

/// What stands in a cell.
enum Value {
    Nothing,
    Words(String),
    Number(f64),
}

/// Row and column of a cell, from 0.
fn place(content: &[u8]) -> Result<(u32, u32), FileError> {
    Ok((u16_at(content, 0)?.into(), u16_at(content, 2)?.into()))
}

/// What a formula gave; words follow in a record of their own.
fn formula_value(value: &[u8]) -> Result<Value, FileError> {
    if u16_at(value, 6)? != u16::MAX {
        return Ok(Value::Number(f64::from_bits(u64_at(value, 0)?)));
    }
    Ok(match (value.first(), value.get(2)) {
        (Some(1), Some(0)) => Value::Words("FALSE".to_owned()),
        (Some(1), _) => Value::Words("TRUE".to_owned()),
        (Some(2), _) => Value::Words("#N/A".to_owned()),
        _ => Value::Nothing,
    })
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, FileError> {
    let found = bytes.get(at..at.saturating_add(8)).and_then(|eight| eight.try_into().ok());
    found.map(u64::from_le_bytes).ok_or(FileError::Damaged)
}

/// A whole number or the upper half of a float, perhaps in hundredths.
fn short_number(bits: u32) -> f64 {
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(i32::from_le_bytes(bits.to_le_bytes()) >> 2)
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

/// Days are counted from 1900, with a 29 February that it never had, or from 1904.
fn day_of(number: f64, is_from_1904: bool) -> Option<Date> {
    let serial: i64 = number.trunc().to_string().parse().ok()?;
    if !(0..=SERIAL_MAX).contains(&serial) {
        return None;
    }
    let first = match serial {
        _ if is_from_1904 => date!(1904 - 01 - 01),
        0..=59 => date!(1899 - 12 - 31),
        _ => date!(1899 - 12 - 30),
    };
    first.checked_add(Duration::days(serial))
}

/// True when a format writes the day or the year, outside of quoted words and brackets.
fn shows_day(format: &str) -> bool {
    let (mut is_quoted, mut in_brackets, mut is_escaped) = (false, false, false);
    format.chars().any(|sign| {
        let counts = !is_quoted && !in_brackets && !is_escaped;
        is_escaped = counts && sign == '\\';
        match sign {
            '"' if !in_brackets => is_quoted = !is_quoted,
            '[' if !is_quoted => in_brackets = true,
            ']' if !is_quoted => in_brackets = false,
            _ => {}
        }
        counts && matches!(sign.to_ascii_lowercase(), 'd' | 'y')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_as_excel_keeps_them() {
        for (bits, expected) in [
            (0x0000_00ca, 50.0),
            (0x0000_00cb, 0.5),
            (0xffff_fff6, -3.0),
            (0x3ff0_0000, 1.0),
            (0x405e_dd30, 123.456_054_687_5),
        ] {
            assert!((short_number(bits) - expected).abs() < 1e-6, "{bits:x}: {}", short_number(bits));
        }
        for (serial, is_from_1904, expected) in [
            (45_923.0, false, Some(date!(2025 - 09 - 23))),
            (45_923.75, false, Some(date!(2025 - 09 - 23))),
            (59.0, false, Some(date!(1900 - 02 - 28))),
            (61.0, false, Some(date!(1900 - 03 - 01))),
            (44_461.0, true, Some(date!(2025 - 09 - 23))),
            (-1.0, false, None),
            (1e300, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(day_of(serial, is_from_1904), expected, "{serial}");
        }
        for (format, expected) in [
            ("dd/mm/yyyy", true),
            ("General", false),
            ("#,##0 \"đồng d\"", false),
            ("[Red]0", false),
            ("0\\d", false),
            ("h:mm", false),
            ("mm-yy", true),
        ] {
            assert_eq!(shows_day(format), expected, "{format}");
        }
    }
}
