//! Rolls of labels: how large one is and how many lie side by side.

use serde::{Deserialize, Serialize};

use crate::label::LabelError;
use crate::raster::DOTS_PER_MM;

/// A kind of labels, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LabelStock {
    /// Width of one label; of a roll, its printable width.
    pub width_mm: u16,
    /// Height of one label; none on an endless roll, where each is as high as it needs.
    pub height_mm: Option<u16>,
    /// Labels side by side.
    pub columns: u16,
    /// Between two columns.
    pub column_gap_mm: u16,
    /// Between two rows: where the printer's sensor sees the next one.
    pub row_gap_mm: u16,
    /// Backing paper left of the first column.
    pub edge_mm: u16,
}

impl LabelStock {
    /// 35 × 22 mm, two in a row (roll of 72 to 74 mm).
    pub const TWO_35X22: LabelStock = LabelStock::of(35, Some(22), 2);
    /// 35 × 22 mm, three in a row (roll of 110 mm).
    pub const THREE_35X22: LabelStock = LabelStock::of(35, Some(22), 3);
    /// 50 × 30 mm, one in a row.
    pub const ONE_50X30: LabelStock = LabelStock::of(50, Some(30), 1);
    /// Paper or endless labels of 58 mm.
    pub const ROLL_58: LabelStock = LabelStock::of(48, None, 1);
    /// Paper or endless labels of 80 mm.
    pub const ROLL_80: LabelStock = LabelStock::of(72, None, 1);
    /// The usual ones.
    pub const ALL: [LabelStock; 5] = [
        LabelStock::TWO_35X22,
        LabelStock::THREE_35X22,
        LabelStock::ONE_50X30,
        LabelStock::ROLL_58,
        LabelStock::ROLL_80,
    ];

    const fn of(width_mm: u16, height_mm: Option<u16>, columns: u16) -> LabelStock {
        let row_gap_mm = if height_mm.is_some() { 2 } else { 0 };
        LabelStock { width_mm, height_mm, columns, column_gap_mm: 2, row_gap_mm, edge_mm: 0 }
    }

    /// Says whether such labels exist.
    ///
    /// # Errors
    /// [`LabelError::Stock`].
    pub fn check(&self) -> Result<(), LabelError> {
        let good = (20..=104).contains(&self.width_mm)
            && self.height_mm.is_none_or(|height_mm| (15..=300).contains(&height_mm))
            && (1..=4).contains(&self.columns)
            && self.column_gap_mm.max(self.row_gap_mm).max(self.edge_mm) <= 20
            && self.row_mm() <= 112;
        if good { Ok(()) } else { Err(LabelError::Stock) }
    }

    /// Returns the width of a row.
    pub fn row_mm(&self) -> u32 {
        let [edge, width, gap] = [self.edge_mm, self.width_mm, self.column_gap_mm].map(u32::from);
        let columns = u32::from(self.columns);
        edge + columns * width + columns.saturating_sub(1) * gap
    }

    /// Returns where the label of a column begins, in dots.
    pub(crate) fn left_dots(&self, column: usize) -> usize {
        let [edge, width, gap] = [self.edge_mm, self.width_mm, self.column_gap_mm].map(usize::from);
        (edge + column * (width + gap)) * 8
    }

    /// Returns the width of one label in dots.
    pub(crate) fn width_dots(&self) -> u32 {
        u32::from(self.width_mm) * DOTS_PER_MM
    }

    /// Returns the height of one label in dots.
    pub(crate) fn height_dots(&self) -> Option<u32> {
        self.height_mm.map(|height_mm| u32::from(height_mm) * DOTS_PER_MM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stocks_are_checked() {
        for stock in LabelStock::ALL {
            assert_eq!(stock.check(), Ok(()), "{stock:?}");
        }
        assert_eq!(LabelStock::THREE_35X22.row_mm(), 109);
        assert_eq!(LabelStock::THREE_35X22.left_dots(2), 592);
        let usual = LabelStock::TWO_35X22;
        for stock in [
            LabelStock { width_mm: 19, ..usual },
            LabelStock { width_mm: 60, ..usual },
            LabelStock { height_mm: Some(14), ..usual },
            LabelStock { height_mm: Some(301), ..usual },
            LabelStock { columns: 0, ..usual },
            LabelStock { columns: 5, width_mm: 20, ..usual },
            LabelStock { row_gap_mm: 21, ..usual },
            LabelStock { edge_mm: 65_535, ..usual },
        ] {
            assert_eq!(stock.check(), Err(LabelError::Stock), "{stock:?}");
        }
    }

    #[test]
    fn a_stock_is_written_in_plain_words() {
        let text = serde_json::to_string(&LabelStock::ROLL_58).unwrap();
        assert_eq!(
            text,
            r#"{"width_mm":48,"height_mm":null,"columns":1,"column_gap_mm":2,"row_gap_mm":0,"edge_mm":0}"#
        );
        assert_eq!(serde_json::from_str::<LabelStock>(&text).unwrap(), LabelStock::ROLL_58);
    }
}
