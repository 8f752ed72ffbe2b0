//! How long words are in Times New Roman, about: by the bold letters, which are the wider ones. Word measures for itself; this is for
//! what has to be settled before, the widths of columns and the lengths of rules.

/// Letters that take about a quarter of their size, thousandths.
const NARROW: usize = 280;
/// Letters that take more than a third.
const SLIM: usize = 390;
/// Digits, and most small letters.
const MIDDLE: usize = 520;
/// Most capital letters.
const CAPITAL: usize = 730;
/// The widest letters.
const WIDE: usize = 930;

/// Returns how long words are, twentieths of a point; `size` is in half points.
pub(super) fn length(words: &str, size: u8) -> usize {
    let letters: usize = words.chars().map(width).sum();
    letters * usize::from(size) / 100
}

/// Returns how wide a letter is, thousandths of its size.
fn width(letter: char) -> usize {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '/' | '|' | 'i' | 'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' | 'j' | 'l' => {
            NARROW
        }
        'f' | 'r' | 's' | 't' | 'I' | 'Ì' | 'Í' | 'Ỉ' | 'Ĩ' | 'Ị' | '(' | ')' | '-' => SLIM,
        'm' | 'w' | 'M' | 'W' | '%' | '…' => WIDE,
        letter if letter.is_uppercase() => CAPITAL,
        _ => MIDDLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_measured_about_as_they_are() {
        // By the widths of the typeface: twentieths of a point at 13 points.
        for (words, bold) in [
            ("SỞ CÔNG THƯƠNG", 2_412),
            ("UBND TỈNH QUẢNG NGÃI", 3_243),
            ("408.700.000", 1_300),
            ("Tình hình hoạt động", 2_276),
        ] {
            let found = length(words, 26);
            assert!(found * 10 >= bold * 9 && found * 10 <= bold * 12, "{words}: {found} of {bold}");
        }
        assert_eq!(length("", 26), 0);
    }
}
