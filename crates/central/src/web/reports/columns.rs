//! The widths of a table's columns by what stands in them, so that no amount breaks in the middle.

use super::typeface::length;

/// More than measuring says: it is about right.
const SLACK: usize = 24;
/// No word asks for more: a longer one may break.
const WORD_MOST: usize = 1_300;
/// No text asks for a longer line.
const LINE_MOST: usize = 4_000;

/// A column, with what it needs; twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// Its longest word or amount.
    least: usize,
    /// Its longest text on one line.
    wished: usize,
}

impl Column {
    /// Takes its name, which may stand on several lines; sizes are in half points.
    pub(super) fn named(name: &str, size: u8) -> Self {
        let longest = longest_word(name, size);
        Self { least: longest, wished: longest }
    }

    /// Takes what a cell holds; a number stays whole.
    pub(super) fn holds(&mut self, text: &str, (size, is_number): (u8, bool)) {
        let whole = length(text, size);
        let least = if is_number { whole } else { longest_word(text, size) };
        self.least = self.least.max(least);
        self.wished = self.wished.max(whole.min(LINE_MOST)).max(self.least);
    }

    /// Returns what it wishes beyond its least.
    const fn more(&self) -> usize {
        self.wished - self.least
    }
}

fn longest_word(text: &str, size: u8) -> usize {
    text.split_whitespace().map(|word| length(word, size)).max().unwrap_or(0).min(WORD_MOST)
}

/// Returns widths that fill the room: each column gets what it needs at least, and of what is left a share of what it wishes beyond
/// that; what nobody wishes goes to the first one. Where even the least is too much, all get less alike.
pub(super) fn fit(columns: &[Column], (room, margins): (usize, usize)) -> Vec<usize> {
    let least = |column: &Column| column.least + margins + SLACK;
    let needed: usize = columns.iter().map(least).sum();
    let mut widths: Vec<usize> = if needed > room {
        columns.iter().map(|column| least(column) * room / needed).collect()
    } else {
        let (left, wished) = (room - needed, columns.iter().map(Column::more).sum::<usize>());
        let share = |column: &Column| column.more() * left.min(wished) / wished.max(1);
        columns.iter().map(|column| least(column) + share(column)).collect()
    };
    let rest = room.saturating_sub(widths.iter().sum());
    if let Some(first) = widths.first_mut() {
        *first += rest;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn column(least: usize, wished: usize) -> Column {
        Column { least, wished }
    }

    #[test]
    fn what_is_needed_comes_first() {
        for (columns, room, expected) in [
            // A third each of what is wished: 100 of 300.
            (vec![column(100, 300), column(200, 300)], 448, vec![191, 257]),
            // More than anybody wishes.
            (vec![column(100, 100), column(100, 100)], 1_048, vec![924, 124]),
            (vec![column(100, 150), column(100, 100)], 1_048, vec![924, 124]),
            // Too much.
            (vec![column(976, 976), column(976, 976)], 1_000, vec![500, 500]),
            (vec![], 100, vec![]),
        ] {
            let widths = fit(&columns, (room, 0));
            assert_eq!(widths, expected, "{columns:?}");
        }
    }

    #[test]
    fn words_may_be_parted_and_numbers_not() {
        let mut column = Column::named("Tên", 18);
        column.holds("Một cái tên dài", (18, false));
        assert_eq!((column.least, column.wished), (length("Một", 18), length("Một cái tên dài", 18)));
        column.holds("1.234.567 ₫", (18, true));
        assert_eq!(column.least, length("1.234.567 ₫", 18));
    }
}
