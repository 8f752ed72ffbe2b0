//! Rows in PostgreSQL's binary form of COPY: numbers as they are, and no text to be written and read again.

use time::Date;

use super::Val;

/// Signature, no flags, no extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// Where PostgreSQL counts days from, as a Julian day: 1 January 2000.
const FIRST_DAY: i32 = 2_451_545;
const NULL: i32 = -1;
const END: i16 = -1;

/// The rows of one COPY. Its columns must have the types of the values, exactly.
#[derive(Debug)]
pub(super) struct Binary(Vec<u8>);

impl Binary {
    pub(super) fn new() -> Self {
        Self(HEADER.to_vec())
    }

    /// Adds a row; `None` when it has more columns, or a value more bytes, than PostgreSQL counts.
    pub(super) fn push(&mut self, row: &[Val]) -> Option<()> {
        self.0.extend(i16::try_from(row.len()).ok()?.to_be_bytes());
        row.iter().try_for_each(|value| self.push_value(value))
    }

    fn push_value(&mut self, value: &Val) -> Option<()> {
        match value {
            Val::I64(Some(number)) => self.push_bytes(&number.to_be_bytes()),
            Val::Bool(Some(flag)) => self.push_bytes(&[u8::from(*flag)]),
            Val::Text(Some(text)) => self.push_bytes(text.as_bytes()),
            Val::Bytes(Some(bytes)) => self.push_bytes(bytes),
            Val::Day(Some(day)) => self.push_bytes(&days_of(*day).to_be_bytes()),
            Val::Id(Some(id)) => self.push_bytes(id.as_bytes()),
            Val::I64(None)
            | Val::Bool(None)
            | Val::Text(None)
            | Val::Bytes(None)
            | Val::Day(None)
            | Val::Id(None) => {
                self.0.extend(NULL.to_be_bytes());
                Some(())
            }
        }
    }

    fn push_bytes(&mut self, bytes: &[u8]) -> Option<()> {
        self.0.extend(i32::try_from(bytes.len()).ok()?.to_be_bytes());
        self.0.extend_from_slice(bytes);
        Some(())
    }

    /// Returns the bytes, with the mark that no row follows.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.0.extend(END.to_be_bytes());
        self.0
    }
}

const fn days_of(day: Date) -> i32 {
    day.to_julian_day() - FIRST_DAY
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_are_counted_from_the_year_2000() {
        for (day, expected) in
            [(date!(2000 - 01 - 01), 0), (date!(1999 - 12 - 31), -1), (date!(2026 - 11 - 23), 9_823)]
        {
            assert_eq!(days_of(day), expected, "{day}");
        }
    }

    #[test]
    fn a_row_is_its_columns_each_with_its_length() {
        let mut rows = Binary::new();
        rows.push(&[Val::from(258i64), Val::Text(None), Val::from("Tỏi")]).unwrap();
        let expected = [
            &[0, 3, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 2][..],
            &[255, 255, 255, 255],
            &[0, 0, 0, 5],
            "Tỏi".as_bytes(),
            &[255, 255],
        ];
        assert_eq!(rows.finish()[19..], expected.concat());
    }
}
