//! A picture of black and white dots, in the rows of bytes that `GS v 0` takes.

use crate::profile::Paper;

/// Rows of dots; 1 is black, the leftmost dot is the highest bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    row_bytes: usize,
    data: Vec<u8>,
}

impl Bitmap {
    /// Returns a white picture, as wide as the paper.
    pub fn new(paper: Paper, height: u32) -> Bitmap {
        Bitmap::blank(u32::from(paper.dots()), height)
    }

    /// Returns a white picture of at least `width` dots: rows are whole bytes.
    pub fn blank(width: u32, height: u32) -> Bitmap {
        let row_bytes = usize::try_from(width.div_ceil(8)).unwrap_or(0).max(1);
        let rows = usize::try_from(height).unwrap_or(0);
        Bitmap { row_bytes, data: vec![0; row_bytes * rows] }
    }

    /// Blackens what is black in another picture, whose top left corner comes to (left, top); what does not fit is left out.
    pub(crate) fn stamp(&mut self, other: &Bitmap, left: usize, top: usize) {
        for y in 0..other.height() {
            for x in (0..other.width()).filter(|&x| other.is_black(x, y)) {
                self.set(left + x, top + y, true);
            }
        }
    }

    /// Returns the bytes in a row.
    pub fn row_bytes(&self) -> usize {
        self.row_bytes
    }

    /// Returns the dots in a row.
    pub fn width(&self) -> usize {
        self.row_bytes * 8
    }

    /// Returns the number of rows.
    pub fn height(&self) -> usize {
        self.data.len() / self.row_bytes
    }

    /// Returns the rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.data.chunks_exact(self.row_bytes)
    }

    /// Returns all rows, one after the other.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Says whether a dot is black. Outside of the picture all is white.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        self.place(x, y).is_some_and(|(index, bit)| self.data.get(index).is_some_and(|byte| byte & bit != 0))
    }

    /// Turns a dot black, or white. Outside of the picture nothing happens.
    pub fn set(&mut self, x: usize, y: usize, black: bool) {
        if let Some((index, bit)) = self.place(x, y)
            && let Some(byte) = self.data.get_mut(index)
        {
            if black { *byte |= bit } else { *byte &= !bit }
        }
    }

    /// Adds rows below, each filled up with white on the right; what is wider than the paper is left out.
    pub(crate) fn append_row(&mut self, bytes: &[u8]) {
        let used = bytes.len().min(self.row_bytes);
        self.data.extend(bytes.iter().take(used));
        self.data.resize(self.data.len() + self.row_bytes - used, 0);
    }

    fn place(&self, x: usize, y: usize) -> Option<(usize, u8)> {
        (x < self.width()).then(|| (y * self.row_bytes + x / 8, 0x80 >> (x % 8)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_lie_from_the_highest_bit_on() {
        let mut bitmap = Bitmap::new(Paper::Dots384, 2);
        assert_eq!((bitmap.width(), bitmap.height(), bitmap.row_bytes()), (384, 2, 48));
        bitmap.set(0, 0, true);
        bitmap.set(9, 1, true);
        bitmap.set(383, 1, true);
        assert_eq!((bitmap.data()[0], bitmap.data()[49], bitmap.data()[95]), (0x80, 0x40, 0x01));
        bitmap.set(9, 1, false);
        assert!(!bitmap.is_black(9, 1) && bitmap.is_black(383, 1));
    }

    #[test]
    fn outside_there_is_nothing() {
        let mut bitmap = Bitmap::new(Paper::Dots384, 1);
        bitmap.set(384, 0, true);
        bitmap.set(0, 1, true);
        assert!(bitmap.data().iter().all(|byte| *byte == 0));
        assert!(!bitmap.is_black(384, 0) && !bitmap.is_black(0, 1));
    }
}
