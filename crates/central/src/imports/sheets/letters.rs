//! Words of old workbooks: wide or narrow letters, cut wherever a record is full.

use super::{CELL_CHARACTERS_MAX, FileError};

/// Returns all words of a record and those that continue it, without the blanks around them; `None` for those that no cell may hold.
/// Half a million cells may name one word, so what costs time is done here, once.
pub(super) fn all_words(pieces: &[&[u8]]) -> Result<Vec<Option<String>>, FileError> {
    let mut letters = Letters::of(pieces);
    let mut words = Vec::new();
    while !letters.is_over() {
        let word = letters.word()?;
        let word = word.trim();
        words.push((word.chars().count() <= CELL_CHARACTERS_MAX).then(|| word.to_owned()));
    }
    Ok(words)
}

/// Letters over the pieces of a record and those that continue it: in each further piece they begin with a flag that says how wide they are.
pub(super) struct Letters<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Letters<'a> {
    /// Begins with the first piece.
    pub(super) fn of(pieces: &[&'a [u8]]) -> Self {
        Self { pieces: pieces.to_vec(), piece: 0, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or_default()
    }

    fn is_over(&mut self) -> bool {
        while self.rest().is_empty() && self.piece < self.pieces.len() {
            self.next_piece();
        }
        self.rest().is_empty()
    }

    fn next_piece(&mut self) {
        self.piece += 1;
        self.at = 0;
    }

    fn byte(&mut self) -> Result<u8, FileError> {
        if self.is_over() {
            return Err(FileError::Damaged);
        }
        let byte = self.rest().first().copied().ok_or(FileError::Damaged)?;
        self.at += 1;
        Ok(byte)
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N], FileError> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = self.byte()?;
        }
        Ok(bytes)
    }

    /// A count of letters in two bytes, flags, letters; and what may follow: runs of looks, and more about them.
    pub(super) fn word(&mut self) -> Result<String, FileError> {
        let count = usize::from(u16::from_le_bytes(self.number()?));
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16::from_le_bytes(self.number()?)) };
        let more = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(self.number()?) };
        let words = self.letters(count, flags)?;
        let skipped = (4 * runs).saturating_add(usize::try_from(more).unwrap_or(usize::MAX));
        for _ in 0..skipped {
            self.byte()?;
        }
        Ok(words)
    }

    /// The same with the count known and the flags in front.
    pub(super) fn letters_of_flags(&mut self, count: usize) -> Result<String, FileError> {
        let flags = self.byte()?;
        self.letters(count, flags)
    }

    fn letters(&mut self, count: usize, mut flags: u8) -> Result<String, FileError> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < count {
            if self.rest().is_empty() {
                self.next_piece();
                flags = self.byte()?;
            }
            units.push(if flags & 1 == 0 { self.byte()?.into() } else { u16::from_le_bytes(self.number()?) });
        }
        Ok(String::from_utf16_lossy(&units))
    }
}
