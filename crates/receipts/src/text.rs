//! Texts before they are set: cleaned, then broken into lines by their width in dots.

use unicode_normalization::UnicodeNormalization as _;

use crate::font::{Style, measure};

/// Returns a text as it may stand on paper: composed letters (NFC), one space between words, no control characters and
/// nothing invisible. A name typed on another machine may hold decomposed letters, whose marks would print beside them,
/// or a direction mark that turns a price around.
pub fn clean(text: &str) -> String {
    let composed: String = text
        .nfc()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| is_visible(*letter))
        .collect();
    composed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_visible(letter: char) -> bool {
    let invisible = matches!(letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}');
    !letter.is_control() && !invisible
}

/// Breaks a clean text into lines of at most `width` dots, between words; a word wider than that is cut. An empty text has no lines.
pub fn wrap(text: &str, style: Style, width: u32) -> Vec<String> {
    let space = measure(" ", style);
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = measure(word, style);
        match lines.last_mut() {
            Some(line) if used + space + length <= width => {
                line.push(' ');
                line.push_str(word);
                used += space + length;
            }
            _ if length <= width => {
                lines.push(word.to_owned());
                used = length;
            }
            _ => {
                lines.extend(cut(word, style, width));
                used = lines.last().map_or(0, |line| measure(line, style));
            }
        }
    }
    lines
}

/// Breaks a text into as few lines as [`wrap`], as even as they can be: a centred heading does not end in a lone word.
pub fn wrap_evenly(text: &str, style: Style, width: u32) -> Vec<String> {
    let fewest = wrap(text, style, width).len();
    let (mut too_narrow, mut enough) = (0, width);
    while enough - too_narrow > 1 {
        let middle = too_narrow + (enough - too_narrow) / 2;
        if wrap(text, style, middle).len() <= fewest { enough = middle } else { too_narrow = middle }
    }
    wrap(text, style, enough)
}

/// Cuts a word into pieces of at most `width` dots, at least one letter each.
fn cut(word: &str, style: Style, width: u32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for letter in word.chars() {
        let advance = measure(letter.encode_utf8(&mut [0; 4]), style);
        if used > 0 && used + advance > width {
            pieces.push(String::new());
            used = 0;
        }
        used += advance;
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STYLE: Style = Style::regular(24);

    #[test]
    fn cleaning() {
        for (raw, expected) in [
            ("Quảng Ngãi", "Quảng Ngãi"),
            ("Qua\u{309}ng Nga\u{303}i", "Quảng Ngãi"),
            ("e\u{302}\u{301}", "ế"),
            (" tỏi\t đen \r\n Lý\u{a0}Sơn ", "tỏi đen Lý Sơn"),
            ("a\u{0}b\u{1b}@c\u{7f}\u{85}d", "ab@c d"),
            ("gi\u{202e}á\u{200b} 1\u{feff}0", "giá 10"),
            ("", ""),
        ] {
            assert_eq!(clean(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn even_lines_have_no_lone_last_word() {
        let text = "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP LÝ SƠN";
        let width = measure("ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP LÝ", STYLE);
        assert_eq!(wrap(text, STYLE, width).last().map(String::as_str), Some("SƠN"));
        assert_eq!(wrap_evenly(text, STYLE, width), ["ĐIỂM GIỚI THIỆU VÀ BÁN", "SẢN PHẨM OCOP LÝ SƠN"]);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,40}|[ -~\u{300}-\u{309}ơư]{0,40}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn wrapping_loses_no_letter_and_keeps_the_width(text in "[a-zđơưếộ ]{0,80}", width in 60_u32..500) {
            let text = clean(&text);
            let letters = |lines: &[String]| lines.concat().replace(' ', "");
            for lines in [wrap(&text, STYLE, width), wrap_evenly(&text, STYLE, width)] {
                prop_assert_eq!(letters(&lines), text.replace(' ', ""));
                prop_assert!(lines.iter().all(|line| !line.is_empty() && measure(line, STYLE) <= width));
            }
        }
    }
}
