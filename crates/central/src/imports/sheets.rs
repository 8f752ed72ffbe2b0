//! A file of rows: XLSX, XLS, ODS or delimited text, read into sheets of cells. Nothing of it is computed or followed.

mod compound;
mod delimited;
mod letters;
mod ods;
mod packed;
mod xls;
mod xlsx;

use std::collections::BTreeMap;

use domain::product_list::Cell;

/// The largest file, bytes.
pub const FILE_BYTES_MAX: usize = 8 << 20;
/// What a packed file may unpack to, bytes.
pub const UNPACKED_BYTES_MAX: u64 = 64 << 20;
/// Parts of a packed file, at most.
pub const PARTS_MAX: usize = 500;
/// Sheets of a file, at most.
pub const SHEETS_MAX: usize = 20;
/// Rows with anything in them, over all sheets.
pub const ROWS_MAX: usize = 20_000;
/// Columns of a sheet, at most.
pub const COLUMNS_MAX: usize = 64;
/// Characters of a cell, at most.
pub const CELL_CHARACTERS_MAX: usize = 2_000;
/// All words of a file together, bytes.
pub const TEXT_BYTES_MAX: usize = 24 << 20;
/// Cells of an old workbook over all sheets, empty ones too: its sheets may all begin at the same place.
const CELLS_MAX: usize = 1_000_000;
/// Cells that merged ones fill, at most.
const FILLED_MAX: usize = 500_000;
/// The longest name of a sheet that is kept, in letters.
const NAME_MAX: usize = 80;

/// How files of other programs begin.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0";
const PACKED: &[u8] = b"PK";
/// Documents, pictures and pages; some of them look like text.
const OTHERS: [&[u8]; 7] = [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<html", b"<!DOCTYPE"];

/// Why a file is not taken. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`FILE_BYTES_MAX`].
    #[error("the file is larger than 8 MiB")]
    TooLarge,
    /// Larger than [`UNPACKED_BYTES_MAX`], or with more parts or marks than any list.
    #[error("the file unpacks to far more than a list has")]
    Bomb,
    /// It declares entities of its own.
    #[error("the file declares entities of its own")]
    Entities,
    /// With a password.
    #[error("the file has a password")]
    Password,
    /// A workbook from before Excel 97.
    #[error("the file is an old workbook")]
    OldWorkbook,
    /// A picture, a document or anything else.
    #[error("the file is no list: xlsx, xls, ods or csv are read")]
    Unknown,
    /// Broken within.
    #[error("the file is damaged")]
    Damaged,
    /// Text in an encoding that cannot be told: TCVN3, VNI.
    #[error("the letters of the file cannot be told")]
    Letters,
    /// More than [`SHEETS_MAX`].
    #[error("the file has more than 20 sheets")]
    TooManySheets,
    /// More than [`ROWS_MAX`].
    #[error("the file has more than 20000 rows")]
    TooManyRows,
    /// More than [`COLUMNS_MAX`].
    #[error("the file has more than 64 columns")]
    TooManyColumns,
    /// A cell with more than [`CELL_CHARACTERS_MAX`], in a row counted from 1.
    #[error("a cell in row {0} has more than 2000 characters")]
    CellTooLong(u32),
    /// More words than [`TEXT_BYTES_MAX`].
    #[error("the file has more words than a list")]
    TooManyWords,
}

/// A sheet: its rows with anything in them, each with its number from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Rows by number; columns from the first.
    pub rows: Vec<(u32, Vec<Cell>)>,
}

/// Reads a file, whatever its name ends in: what it is stands in its first bytes.
///
/// # Errors
/// When it is not taken; nothing of it is then used.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(FileError::TooLarge);
    }
    if OTHERS.iter().any(|begin| bytes.starts_with(begin)) {
        return Err(FileError::Unknown);
    }
    let sheets = if bytes.starts_with(OLD_WORKBOOK) {
        xls::read(bytes)?
    } else if bytes.starts_with(PACKED) {
        let parts = packed::check(bytes)?;
        match parts.kind {
            packed::Kind::Xlsx => xlsx::read(bytes)?,
            packed::Kind::Ods => ods::read(bytes)?,
        }
    } else {
        delimited::read(bytes)?
    };
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) { Err(FileError::Empty) } else { Ok(sheets) }
}

/// Counts what readers take of a file.
struct Room {
    rows: usize,
    text: usize,
    filled: usize,
    cells: usize,
}

impl Room {
    const fn new() -> Self {
        Self { rows: ROWS_MAX, text: TEXT_BYTES_MAX, filled: FILLED_MAX, cells: CELLS_MAX }
    }

    /// Takes room for a cell of an old workbook, whatever stands in it.
    fn take_cell(&mut self) -> Result<(), FileError> {
        self.cells = self.cells.checked_sub(1).ok_or(FileError::Bomb)?;
        Ok(())
    }
}

/// A sheet that is being read.
struct Reading {
    name: String,
    rows: BTreeMap<u32, Vec<Cell>>,
}

impl Reading {
    fn new(name: &str) -> Self {
        Self {
            name: name.chars().filter(|letter| !letter.is_control()).take(NAME_MAX).collect(),
            rows: BTreeMap::new(),
        }
    }

    /// Puts a cell at a place counted from 0.
    fn put(&mut self, room: &mut Room, (row, column): (u32, u32), cell: Cell) -> Result<(), FileError> {
        if cell.is_empty() {
            return Ok(());
        }
        let column = usize::try_from(column).ok().filter(|column| *column < COLUMNS_MAX);
        let column = column.ok_or(FileError::TooManyColumns)?;
        if let Cell::Text(text) | Cell::Number(text) = &cell {
            if text.chars().count() > CELL_CHARACTERS_MAX {
                return Err(FileError::CellTooLong(row.saturating_add(1)));
            }
            room.text = room.text.checked_sub(text.len()).ok_or(FileError::TooManyWords)?;
        }
        if !self.rows.contains_key(&row) {
            room.rows = room.rows.checked_sub(1).ok_or(FileError::TooManyRows)?;
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    /// Fills what is merged with what its first cell says, in rows that have anything.
    fn fill(&mut self, room: &mut Room, first: (u32, u32), last: (u32, u32)) -> Result<(), FileError> {
        let at = |rows: &BTreeMap<u32, Vec<Cell>>| {
            rows.get(&first.0)?.get(usize::try_from(first.1).ok()?).cloned()
        };
        let columns_max = u32::try_from(COLUMNS_MAX).unwrap_or(u32::MAX);
        let last = (last.0, last.1.min(columns_max - 1));
        if first.0 > last.0 || first.1 > last.1 {
            return Ok(());
        }
        let Some(cell) = at(&self.rows).filter(|cell| !cell.is_empty()) else { return Ok(()) };
        let rows: Vec<u32> = self.rows.range(first.0..=last.0).map(|(row, _)| *row).collect();
        for row in rows {
            for column in first.1..=last.1 {
                room.filled = room.filled.checked_sub(1).ok_or(FileError::Bomb)?;
                let cells = self.rows.get(&row);
                let place = usize::try_from(column).unwrap_or(usize::MAX);
                if cells.and_then(|cells| cells.get(place)).is_none_or(Cell::is_empty) {
                    self.put(room, (row, column), cell.clone())?;
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Sheet {
        let rows = self.rows.into_iter().map(|(row, cells)| (row.saturating_add(1), cells)).collect();
        Sheet { name: self.name, rows }
    }
}
