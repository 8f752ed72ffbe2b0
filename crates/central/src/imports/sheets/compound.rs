//! The container of old workbooks: sectors in chains (MS-CFB). Nothing that it says of sizes is believed: a chain takes each sector of the
//! file once at most, so that no stream is larger than the file.

use super::FileError;

/// How the container begins.
const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The header, whatever the size of sectors.
const HEADER_BYTES: usize = 512;
/// Sectors of the list of lists that stand in the header.
const LISTED_IN_HEADER: usize = 109;
/// From here on a number is no sector.
const FIRST_SPECIAL: u32 = 0xffff_fffa;
/// The end of a chain.
const END: u32 = 0xffff_fffe;
const ENTRY_BYTES: usize = 128;
const MINI_SECTOR_BYTES: usize = 64;

/// A container that is being read.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    next: Vec<u32>,
    entries: Vec<Entry>,
    /// Streams below this size lie in the mini stream.
    mini_below: u32,
    mini_next: Vec<u32>,
    mini: Vec<u8>,
}

struct Entry {
    name: String,
    is_root: bool,
    start: u32,
    byte_count: u32,
}

impl<'a> Compound<'a> {
    /// Reads the header, the chains and the names.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FileError> {
        if !bytes.starts_with(SIGNATURE) || bytes.len() < HEADER_BYTES {
            return Err(FileError::Damaged);
        }
        let sector_bytes = match (u16_at(bytes, 30)?, u16_at(bytes, 32)?) {
            (9, 6) => 512,
            (12, 6) => 4_096,
            _ => return Err(FileError::Damaged),
        };
        let mut compound = Self {
            bytes,
            sector_bytes,
            next: Vec::new(),
            entries: Vec::new(),
            mini_below: u32_at(bytes, 56)?,
            mini_next: Vec::new(),
            mini: Vec::new(),
        };
        compound.next = compound.lists()?;
        let names = compound.chain(u32_at(bytes, 48)?)?;
        compound.entries = names.chunks_exact(ENTRY_BYTES).map(entry).collect::<Result<_, _>>()?;
        compound.mini_next = numbers(&compound.chain(u32_at(bytes, 60)?)?);
        if let Some(root) = compound.entries.iter().find(|entry| entry.is_root) {
            compound.mini = compound.chain(root.start)?;
        }
        Ok(compound)
    }

    /// Returns whether there is a stream of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Returns a stream by its name.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        let found = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let Some(entry) = found.filter(|entry| !entry.is_root) else { return Ok(None) };
        let mut stream = if entry.byte_count < self.mini_below {
            self.mini_chain(entry.start)?
        } else {
            self.chain(entry.start)?
        };
        stream.truncate(usize::try_from(entry.byte_count).unwrap_or(usize::MAX));
        Ok(Some(stream))
    }

    /// Sectors of the file; the last one may be cut.
    fn sector_count(&self) -> usize {
        self.bytes.len().saturating_sub(self.sector_bytes).div_ceil(self.sector_bytes)
    }

    /// The header takes one sector of room, so that sector 0 stands behind it.
    fn sector(&self, number: u32) -> Result<&[u8], FileError> {
        let start = usize::try_from(number).ok().and_then(|number| number.checked_add(1));
        let start = start.and_then(|place| place.checked_mul(self.sector_bytes)).ok_or(FileError::Damaged)?;
        let end = start.saturating_add(self.sector_bytes).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty()).ok_or(FileError::Damaged)
    }

    /// Which sector follows on which: lists of numbers, found by a list of lists.
    fn lists(&self) -> Result<Vec<u32>, FileError> {
        let listed = self.bytes.get(76..76 + 4 * LISTED_IN_HEADER).ok_or(FileError::Damaged)?;
        let mut lists = numbers(listed);
        let mut more = u32_at(self.bytes, 68)?;
        let mut left = self.sector_count();
        while more < FIRST_SPECIAL {
            left = left.checked_sub(1).ok_or(FileError::Damaged)?;
            let mut further = numbers(self.sector(more)?);
            more = further.pop().ok_or(FileError::Damaged)?;
            lists.append(&mut further);
        }
        lists.retain(|number| *number < FIRST_SPECIAL);
        if lists.len() > self.sector_count() {
            return Err(FileError::Damaged);
        }
        let mut next = Vec::new();
        for number in lists {
            next.append(&mut numbers(self.sector(number)?));
        }
        Ok(next)
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, FileError> {
        let mut content = Vec::new();
        follow(start, &self.next, self.sector_count(), |number| {
            content.extend_from_slice(self.sector(number)?);
            Ok(())
        })?;
        Ok(content)
    }

    fn mini_chain(&self, start: u32) -> Result<Vec<u8>, FileError> {
        let (mut content, count) = (Vec::new(), self.mini.len().div_ceil(MINI_SECTOR_BYTES));
        follow(start, &self.mini_next, count, |number| {
            let place = usize::try_from(number).ok().and_then(|place| place.checked_mul(MINI_SECTOR_BYTES));
            let place = place.ok_or(FileError::Damaged)?;
            let end = place.saturating_add(MINI_SECTOR_BYTES).min(self.mini.len());
            content.extend_from_slice(self.mini.get(place..end).ok_or(FileError::Damaged)?);
            Ok(())
        })?;
        Ok(content)
    }
}

/// Goes from sector to sector; a chain that is longer than there are sectors goes round in circles.
fn follow(
    start: u32,
    next: &[u32],
    count: usize,
    mut visit: impl FnMut(u32) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let (mut number, mut left) = (start, count);
    while number < FIRST_SPECIAL {
        left = left.checked_sub(1).ok_or(FileError::Damaged)?;
        visit(number)?;
        let place = usize::try_from(number).map_err(|_| FileError::Damaged)?;
        number = *next.get(place).ok_or(FileError::Damaged)?;
    }
    if number == END || start >= FIRST_SPECIAL { Ok(()) } else { Err(FileError::Damaged) }
}

fn entry(bytes: &[u8]) -> Result<Entry, FileError> {
    let letters = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
    let name: Vec<u16> = bytes.get(..letters).unwrap_or_default().chunks_exact(2).map(u16_of).collect();
    Ok(Entry {
        name: String::from_utf16_lossy(&name),
        is_root: bytes.get(66) == Some(&5),
        start: u32_at(bytes, 116)?,
        byte_count: u32_at(bytes, 120)?,
    })
}

fn u16_of(pair: &[u8]) -> u16 {
    pair.try_into().map(u16::from_le_bytes).unwrap_or_default()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| four.try_into().map(u32::from_le_bytes).unwrap_or_default()).collect()
}

/// Returns the number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Result<u16, FileError> {
    let found = bytes.get(at..at.saturating_add(2)).and_then(|pair| pair.try_into().ok());
    found.map(u16::from_le_bytes).ok_or(FileError::Damaged)
}

/// Returns the number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, FileError> {
    let found = bytes.get(at..at.saturating_add(4)).and_then(|four| four.try_into().ok());
    found.map(u32::from_le_bytes).ok_or(FileError::Damaged)
}
