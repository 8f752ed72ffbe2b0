//! Delimited text as spreadsheets save it: what stands between cells and how letters are encoded is found out, and refused where
//! it cannot be told.

use domain::product_list::Cell;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::{FileError, Reading, Room, Sheet};

/// What stands between cells.
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];
/// So many first lines tell which one it is.
const LOOKED_AT: usize = 50;
/// Letters of Vietnamese beyond ASCII, small ones.
const LETTERS: &str = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";
/// Signs beyond ASCII that stand in lists.
const SIGNS: &str = "“”‘’–—…°²³×½¼₫€•·®™«»★⭐☆✓≥≤±\u{a0}\u{202f}\u{200b}\u{feff}";
/// Letters that are neither, of a thousand beyond ASCII: some name may be foreign.
const FOREIGN_MAX: usize = 50;

/// Reads a text as one sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    // Of two signs that end a line the reader counts the second one to the next row.
    let text = decode(bytes)?.replace("\r\n", "\n");
    let separator = separator_of(&text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut room, mut sheet) = (Room::new(), Reading::new("CSV"));
    for record in reader.records() {
        let record = record.map_err(|_| FileError::Damaged)?;
        let line = record.position().map_or(1, csv::Position::line);
        let row = u32::try_from(line.saturating_sub(1)).map_err(|_| FileError::TooManyRows)?;
        for (column, words) in (0..).zip(&record) {
            sheet.put(&mut room, (row, column), Cell::of_text(words))?;
        }
    }
    // One column of words is a letter or a picture, not a list.
    if sheet.rows.values().all(|cells| cells.len() < 2) {
        return Err(FileError::Unknown);
    }
    Ok(vec![sheet.finish()])
}

/// The separator that makes most cells of the first lines.
fn separator_of(text: &str) -> u8 {
    let cells = |separator: &u8| {
        let reader = csv::ReaderBuilder::new()
            .delimiter(*separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        reader.into_records().take(LOOKED_AT).flatten().map(|record| record.len() - 1).sum::<usize>()
    };
    SEPARATORS.into_iter().max_by_key(cells).unwrap_or(b',')
}

/// Returns the text of UTF-8, UTF-16 with its mark, or a code page of Windows whose letters then make Vietnamese.
fn decode(bytes: &[u8]) -> Result<String, FileError> {
    let marked = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ if std::str::from_utf8(bytes).is_ok() => Some(UTF_8),
        _ => None,
    };
    if let Some(encoding) = marked {
        return decoded(encoding, bytes).ok_or(FileError::Unknown);
    }
    if bytes.contains(&0) {
        return Err(FileError::Unknown);
    }
    let pages = [WINDOWS_1258, WINDOWS_1252];
    let read =
        pages.into_iter().filter_map(|encoding| decoded(encoding, bytes)).find(|text| is_vietnamese(text));
    read.ok_or_else(|| if is_binary(bytes) { FileError::Unknown } else { FileError::Letters })
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    (!had_errors && !text.contains('\0')).then(|| domain::name_fold::composed(&text))
}

/// Pictures and programs have control characters; text has line ends and tabs.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(4_096).any(|byte| *byte < 0x20 && !b"\r\n\t\x0c".contains(byte))
}

/// TCVN3 and VNI write Vietnamese with signs and letters that are none of it.
fn is_vietnamese(text: &str) -> bool {
    let (mut beyond, mut foreign) = (0_usize, 0_usize);
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        beyond += 1;
        let is_ours = SIGNS.contains(letter) || letter.to_lowercase().all(|small| LETTERS.contains(small));
        foreign += usize::from(!is_ours);
    }
    foreign.saturating_mul(1_000) <= beyond.saturating_mul(FOREIGN_MAX)
}
