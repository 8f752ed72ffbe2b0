//! Amounts as banks write them: `1.234.567`, `1,234,567.00`, `+655 000 VND`, `(100,000)`.

use std::num::NonZeroI64;

/// The most digits of an amount.
const DIGITS_MOST: usize = 15;
/// What may stand behind one.
const CURRENCIES: [&str; 5] = ["vnd", "vnđ", "đ", "₫", "d"];

/// An amount with its sign, if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signed {
    /// Đồng, without the sign.
    pub(super) vnd: NonZeroI64,
    /// What the sign says; none without one.
    pub(super) is_in: Option<bool>,
}

/// An amount that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoAmount;

/// Reads a cell; nothing, a hyphen and a zero are no amount.
pub(super) fn read(cell: &str) -> Result<Option<Signed>, NoAmount> {
    let text = cell.trim().to_lowercase();
    let text = CURRENCIES.iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text).trim();
    let (text, is_in) = if let Some(inner) = text.strip_prefix('(') {
        (inner.strip_suffix(')').ok_or(NoAmount)?, Some(false))
    } else if let Some(rest) = text.strip_prefix('+') {
        (rest, Some(true))
    } else if let Some(rest) = text.strip_prefix(['-', '−']) {
        (rest, Some(false))
    } else {
        (text, None)
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let vnd: i64 = digits(text).ok_or(NoAmount)?.parse().map_err(|_| NoAmount)?;
    Ok(NonZeroI64::new(vnd).map(|vnd| Signed { vnd, is_in }))
}

/// Returns the digits of whole đồng. Two digits behind the last mark are hundredths and must be zeros; three behind each
/// are thousands, all by the same mark.
fn digits(text: &str) -> Option<String> {
    let is_mark = |letter: char| matches!(letter, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let (whole, hundredths_by) = match text.char_indices().rev().find(|(_, letter)| is_mark(*letter)) {
        Some((place, mark)) if matches!(&text[place + mark.len_utf8()..], "0" | "00") => {
            (&text[..place], Some(mark))
        }
        _ => (text, None),
    };
    let marks: Vec<char> = whole.chars().filter(|letter| is_mark(*letter)).collect();
    let groups: Vec<&str> = whole.split(is_mark).collect();
    let first = groups.first()?;
    let are_thousands = groups[1..].iter().all(|group| group.len() == 3)
        && (groups.len() == 1 || (1..=3).contains(&first.len()))
        && marks.iter().all(|mark| Some(mark) == marks.first() && Some(*mark) != hundredths_by);
    let digits = groups.concat();
    let is_number = !first.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (are_thousands && is_number && digits.len() <= DIGITS_MOST).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_banks_write_them() {
        for (cell, vnd, is_in) in [
            ("655000", 655_000, None),
            ("655.000", 655_000, None),
            ("1,234,567", 1_234_567, None),
            ("1.234.567", 1_234_567, None),
            ("1,234,567.00", 1_234_567, None),
            ("1.234.567,00", 1_234_567, None),
            ("655000.0", 655_000, None),
            ("655000.00", 655_000, None),
            ("+655.000 VND", 655_000, Some(true)),
            ("-655,000đ", 655_000, Some(false)),
            ("(655,000)", 655_000, Some(false)),
            ("1 234 567 ₫", 1_234_567, None),
            ("1\u{a0}000", 1_000, None),
            ("007", 7, None),
        ] {
            let read = read(cell).unwrap_or_else(|_| panic!("{cell}")).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!((read.vnd.get(), read.is_in), (vnd, is_in), "{cell}");
        }
        for cell in ["", " ", "-", "0", "0.00", "0 VND"] {
            assert_eq!(read(cell), Ok(None), "{cell}");
        }
    }

    #[test]
    fn what_is_no_amount_of_whole_dong_is_refused() {
        for cell in [
            "1.5",
            "1.50",
            "12.34",
            "1.234,5",
            "1.2345",
            "1234.567",
            "1.234,567",
            "1,234.567",
            "1.234.00",
            "6.55E+05",
            "1e3",
            "NaN",
            "x",
            "1x",
            "--1",
            "(1",
            "１２３",
            "1..000",
            ".000",
            "1.",
            "9999999999999999",
            "=1+1",
        ] {
            assert_eq!(read(cell), Err(NoAmount), "{cell}");
        }
    }
}
