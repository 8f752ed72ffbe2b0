//! The official paper, whatever it is written as: head, parts, tables, who gets it and who signs. NĐ 30/2020/NĐ-CP, appendix I.
//! It is in Vietnamese, whatever the language of the page around it. The page, the document and the workbook are made of this alone,
//! so none of them can say something else than the others.

use domain::Quantity;
use time::Date;
use web::format::{count_text, date_text, percent_text};

use crate::web::workbook::Cell;

/// The state's name, on every official paper.
pub const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Its motto.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// The kind of paper.
pub const KIND: &str = "BÁO CÁO";
/// What stands over those who get it.
pub const RECIPIENTS: &str = "Nơi nhận:";
/// What the first column of every table counts.
pub const ORDINAL: &str = "TT";

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What stands above the body.
    pub head: Head,
    /// The body.
    pub blocks: Vec<Block>,
    /// What stands below it.
    pub foot: Foot,
}

/// What stands above the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The body above.
    pub authority: String,
    /// The body that issues it.
    pub issuer: String,
    /// "Số: 12/BC-SCT".
    pub number: String,
    /// "Quảng Ngãi, ngày 15 tháng 12 năm 2026".
    pub place_and_date: String,
    /// What it is about.
    pub subject: String,
    /// The days that it is about.
    pub days: String,
}

/// What stands below the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foot {
    /// Who gets it.
    pub recipients: Vec<String>,
    /// What the signer is; in capital letters.
    pub signer_title: String,
    /// Who signs.
    pub signer_name: String,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title of a part.
    Part(String),
    /// A sentence.
    Text(String),
    /// A remark in small letters.
    Remark(String),
    /// A table.
    Table(Table),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its sheet in the workbook; at most 31 letters.
    pub sheet: &'static str,
    /// What stands over it.
    pub title: String,
    /// The columns, without the ordinal.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The last row.
    pub total: Option<Vec<Cell>>,
    /// How many rows a paper shows; the rest is one row there. The workbook has all.
    pub rows_on_paper: usize,
}

impl Table {
    /// Returns the rows as a paper shows them, and one row for those that stand in none of their own.
    pub fn on_paper(&self) -> (&[Vec<Cell>], Option<Vec<Cell>>) {
        // A row that stands for one other would save nothing.
        if self.rows.len() <= self.rows_on_paper + 1 {
            return (&self.rows, None);
        }
        let (shown, rest) = self.rows.split_at(self.rows_on_paper);
        (shown, Some(together(rest, self.total.as_deref())))
    }

    /// Returns the columns as a paper names them. Amounts have their unit here, so that each has room for its digits.
    pub fn head_on_paper(&self) -> Vec<String> {
        let rows = || self.rows.iter().chain(&self.total);
        let is_amount = |column: usize| rows().any(|row| matches!(row.get(column), Some(Cell::Vnd(_))));
        let name = |(column, words): (usize, &&'static str)| {
            if is_amount(column) { format!("{words} (₫)") } else { (*words).to_owned() }
        };
        self.head.iter().enumerate().map(name).collect()
    }
}

/// Returns one row for many: amounts added up, words and rates left out, and so is what has no sum of all either.
fn together(rows: &[Vec<Cell>], total: Option<&[Cell]>) -> Vec<Cell> {
    let mut sum = vec![Cell::Empty; rows.first().map_or(0, Vec::len)];
    for row in rows {
        for (sum, cell) in sum.iter_mut().zip(row) {
            *sum = match (&*sum, cell) {
                (Cell::Vnd(a), Cell::Vnd(b)) => Cell::Vnd(a.saturating_add(*b)),
                (Cell::Quantity(a), Cell::Quantity(b)) => Cell::Quantity(a.saturating_add(*b)),
                (Cell::Count(a), Cell::Count(b)) => Cell::Count(a.saturating_add(*b)),
                (Cell::Empty, Cell::Vnd(_) | Cell::Quantity(_) | Cell::Count(_)) => cell.clone(),
                (sum, _) => sum.clone(),
            };
        }
    }
    for (sum, total) in sum.iter_mut().zip(total.unwrap_or_default()) {
        if *total == Cell::Empty {
            *sum = Cell::Empty;
        }
    }
    if let Some(first) = sum.first_mut() {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        *first = Cell::Text(format!("Các mục còn lại ({})", count_text(count)));
    }
    sum
}

/// Writes a cell as papers do; the unit of amounts stands over their column.
pub fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => words.clone(),
        Cell::Vnd(vnd) => count_text(*vnd),
        Cell::Quantity(milli) => Quantity::from_milli(*milli).to_string(),
        Cell::Count(count) => count_text(*count),
        Cell::Share(per_mille) => percent_text(*per_mille),
        Cell::Day(day) => date_text(*day),
        Cell::Empty => String::new(),
    }
}

/// True for what stands at the right of its column.
pub const fn is_number(cell: &Cell) -> bool {
    matches!(cell, Cell::Vnd(_) | Cell::Quantity(_) | Cell::Count(_) | Cell::Share(_))
}

/// Writes place and date as the decree wants: days below 10 and the months 1 and 2 with a zero before them. Without a day there is room
/// to write it, and the year: a year's report may be signed in the next one.
pub fn place_and_date(place: &str, signed_on: Option<Date>) -> String {
    let Some(day) = signed_on else { return format!("{place}, ngày … tháng … năm …") };
    let month = u8::from(day.month());
    let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
    format!("{place}, ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// Writes the number with its sign; without one there is room to write it.
pub fn number(number: &str, sign: &str) -> String {
    match number.trim() {
        "" => format!("Số:        /{sign}"),
        number if number.contains('/') => format!("Số: {number}"),
        number => format!("Số: {number}/{sign}"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn dates_and_numbers_are_written_as_the_decree_wants() {
        for (day, expected) in [
            (Some(date!(2027 - 02 - 05)), "Quảng Ngãi, ngày 05 tháng 02 năm 2027"),
            (Some(date!(2026 - 12 - 15)), "Quảng Ngãi, ngày 15 tháng 12 năm 2026"),
            (Some(date!(2026 - 03 - 09)), "Quảng Ngãi, ngày 09 tháng 3 năm 2026"),
            (None, "Quảng Ngãi, ngày … tháng … năm …"),
        ] {
            assert_eq!(place_and_date("Quảng Ngãi", day), expected);
        }
        assert_eq!(number(" 12 ", "BC-SCT"), "Số: 12/BC-SCT");
        assert_eq!(number("12/BC-QLTM", "BC-SCT"), "Số: 12/BC-QLTM");
        assert_eq!(number("", "BC-SCT"), "Số:        /BC-SCT");
    }

    #[test]
    fn a_long_table_is_summed_up_on_paper() {
        let row = |name: &str, vnd| vec![Cell::text(name), Cell::Vnd(vnd), Cell::Share(500)];
        let mut table = Table {
            sheet: "x",
            title: String::new(),
            head: vec![],
            rows: vec![row("a", 5), row("b", 3), row("c", 1)],
            total: None,
            rows_on_paper: 2,
        };
        assert_eq!(table.on_paper(), (table.rows.as_slice(), None), "a row for one other saves nothing");
        table.rows_on_paper = 1;
        let rest = vec![Cell::text("Các mục còn lại (2)"), Cell::Vnd(4), Cell::Empty];
        assert_eq!(table.on_paper(), (&table.rows[..1], Some(rest.clone())));
        // A sum of all that there is none of: the rest has none either.
        table.total = Some(vec![Cell::text("Tổng cộng"), Cell::Vnd(9), Cell::Empty]);
        assert_eq!(table.on_paper().1, Some(rest));
        table.total = Some(vec![Cell::text("Tổng cộng"), Cell::Empty, Cell::Empty]);
        let rest = vec![Cell::text("Các mục còn lại (2)"), Cell::Empty, Cell::Empty];
        assert_eq!(table.on_paper().1, Some(rest));
    }

    #[test]
    fn amounts_have_their_unit_over_their_column() {
        let table = Table {
            sheet: "x",
            title: String::new(),
            head: vec!["Tên", "Tiền", "Lượt"],
            rows: vec![vec![Cell::text("a"), Cell::Empty, Cell::Count(1)]],
            total: Some(vec![Cell::text("b"), Cell::Vnd(-1_234_567), Cell::Count(1)]),
            rows_on_paper: 1,
        };
        assert_eq!(table.head_on_paper(), ["Tên", "Tiền (₫)", "Lượt"]);
        assert_eq!(cell_text(&Cell::Vnd(-1_234_567)), "-1.234.567");
    }
}
