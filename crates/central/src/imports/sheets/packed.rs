//! A look at a packed file before anything reads it: how many parts, how large unpacked, and whether one declares entities. What
//! a part says of its size is not believed: each one is unpacked here once, and counted. Which parts are rows a workbook says itself,
//! under whatever names, so no name is a reason to leave one out.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FileError, PARTS_MAX, UNPACKED_BYTES_MAX};

/// Marks (`<`) over all parts: each becomes a value in some reader's memory.
const MARKS_MAX: usize = 6_000_000;
/// The largest part of XML that is neither rows nor words: styles, properties, relations.
const OTHER_PART_BYTES_MAX: u64 = 2 << 20;
/// What a part is unpacked by.
const PIECE: usize = 64 << 10;
/// Words that declare something; a file of rows has none.
const DECLARATIONS: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];

/// What a packed file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A workbook of Excel since 2007.
    Xlsx,
    /// A spreadsheet of LibreOffice.
    Ods,
}

/// A packed file that may be read.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) kind: Kind,
}

/// Unpacks every part, keeps nothing, and says what the file is.
pub(super) fn check(bytes: &[u8]) -> Result<Packed, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(FileError::Bomb);
    }
    let (mut room, mut marks, mut kind) = (UNPACKED_BYTES_MAX, MARKS_MAX, None);
    for index in 0..archive.len() {
        // Asked before it is opened, which needs the password.
        let raw = archive.by_index_raw(index).map_err(|_| FileError::Damaged)?;
        let name = raw.name().map_err(|_| FileError::Damaged)?.to_ascii_lowercase();
        let (is_encrypted, declared) = (raw.encrypted(), raw.size());
        drop(raw);
        if is_encrypted {
            return Err(FileError::Password);
        }
        match name.as_str() {
            "xl/workbook.xml" => kind = Some(Kind::Xlsx),
            "content.xml" if kind.is_none() => kind = Some(Kind::Ods),
            _ => {}
        }
        let most = if is_large(&name) { room } else { room.min(OTHER_PART_BYTES_MAX) };
        if declared > most {
            return Err(FileError::Bomb);
        }
        let part = archive.by_index(index).map_err(|_| FileError::Damaged)?;
        room -= unpack(part, most, (&mut marks, !name.ends_with(".svg")))?;
    }
    Ok(Packed { kind: kind.ok_or(FileError::Unknown)? })
}

/// Rows and words, wherever a workbook says that they stand; and pictures.
fn is_large(name: &str) -> bool {
    let is_known =
        name.starts_with("xl/worksheets/") || name == "xl/sharedstrings.xml" || name == "content.xml";
    is_known || !(name.ends_with(".xml") || name.ends_with(".rels"))
}

/// Returns how many bytes a part has. Drawings may declare what they are; nothing here reads them as rows.
fn unpack(mut part: impl Read, most: u64, (marks, is_plain): (&mut usize, bool)) -> Result<u64, FileError> {
    let longest = DECLARATIONS.iter().map(|word| word.len()).max().unwrap_or_default();
    let mut piece = vec![0; longest + PIECE];
    let mut total = 0;
    // A declaration may lie over the edge of two pieces.
    let mut kept = 0;
    loop {
        let count = part.read(piece.get_mut(kept..).unwrap_or_default()).map_err(|_| FileError::Damaged)?;
        if count == 0 {
            return Ok(total);
        }
        total += u64::try_from(count).unwrap_or(u64::MAX);
        if total > most {
            return Err(FileError::Bomb);
        }
        let fresh = piece.get(kept..kept + count).unwrap_or_default();
        let new_marks = fresh.iter().filter(|byte| **byte == b'<').count();
        *marks = marks.checked_sub(new_marks).ok_or(FileError::Bomb)?;
        let read = piece.get(..kept + count).unwrap_or_default();
        if is_plain && declares(read) {
            return Err(FileError::Entities);
        }
        let from = read.len().saturating_sub(longest);
        kept = read.len() - from;
        piece.copy_within(from..from + kept, 0);
    }
}

fn declares(bytes: &[u8]) -> bool {
    let begins = |place: usize| {
        let rest = bytes.get(place..).unwrap_or_default();
        DECLARATIONS
            .iter()
            .any(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    };
    let marks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<');
    marks.into_iter().any(|(place, _)| bytes.get(place + 1) == Some(&b'!') && begins(place))
}
