//! Letters: Noto Sans Regular and Bold, rasterised to plain black and white.
//!
//! Printers differ in their code pages, and most lack some of the 134 Vietnamese letters; a font of our own prints alike on
//! all of them. Edges are cut hard: dithered text looks grey and blurs on thermal paper.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fontdue::{Font, FontSettings};

use crate::glyphs;

/// Coverage (of 255) from which a dot is black. Below the half: a stroke of regular weight is less than two dots thick
/// at 20 to 24 dots, and where only one of its rows came out, thermal paper shows it broken.
const BLACK_FROM: u8 = 80;

/// Glyphs kept; beyond it the cache starts anew. A receipt uses about 150.
const CACHED_GLYPHS_MAX: usize = 4_096;

/// Size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// Height of the em square in dots.
    pub size: u16,
    /// Bold instead of regular.
    pub bold: bool,
}

impl Style {
    /// Returns a regular style.
    pub const fn regular(size: u16) -> Style {
        Style { size, bold: false }
    }

    /// Returns a bold style.
    pub const fn bold(size: u16) -> Style {
        Style { size, bold: true }
    }

    /// Returns the dots from the top of a line to the baseline: room for two marks on a capital, as in Ẫ.
    pub fn ascent(self) -> u16 {
        (self.size * 107).div_ceil(100)
    }

    /// Returns the height of a line, 1.36 × size: Noto's own line, in which no mark touches its neighbour's.
    pub fn line_height(self) -> u16 {
        (self.size * 136).div_ceil(100)
    }
}

/// One letter in black and white.
pub(crate) struct Glyph {
    /// Dots to the start of the next letter.
    pub(crate) advance: u16,
    /// Dots from the start to the leftmost column; negative where a letter reaches back.
    pub(crate) left: i32,
    /// Dots from the baseline up to the top row.
    pub(crate) top: i32,
    /// Columns; at least 1.
    pub(crate) width: usize,
    /// Black dots, row after row.
    pub(crate) ink: Vec<bool>,
}

struct Letters {
    regular: Font,
    bold: Font,
    cache: Mutex<HashMap<(char, Style), Arc<Glyph>>>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters {
    regular: load(notosans::REGULAR_TTF),
    bold: load(notosans::BOLD_TTF),
    cache: Mutex::new(HashMap::new()),
});

#[expect(clippy::expect_used, reason = "the font is compiled in, and a test draws every letter of it")]
fn load(bytes: &'static [u8]) -> Font {
    let settings = FontSettings { load_substitutions: false, ..FontSettings::default() };
    Font::from_bytes(bytes, settings).expect("Noto Sans is a font")
}

/// Says whether a character has a shape of its own. Others print as the font's empty box.
pub fn has_glyph(letter: char) -> bool {
    polygon(letter).is_some() || LETTERS.regular.has_glyph(letter) && LETTERS.bold.has_glyph(letter)
}

/// Returns the width of a text in dots.
pub fn measure(text: &str, style: Style) -> u32 {
    text.chars().map(|letter| u32::from(glyph(letter, style).advance)).sum()
}

pub(crate) fn glyph(letter: char, style: Style) -> Arc<Glyph> {
    let mut cache = LETTERS.cache.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(glyph) = cache.get(&(letter, style)) {
        return Arc::clone(glyph);
    }
    if cache.len() >= CACHED_GLYPHS_MAX {
        cache.clear();
    }
    let glyph = Arc::new(rasterise(letter, style));
    cache.insert((letter, style), Arc::clone(&glyph));
    glyph
}

fn rasterise(letter: char, style: Style) -> Glyph {
    if let Some(corners) = polygon(letter) {
        return sign(corners, style);
    }
    let font = if style.bold { &LETTERS.bold } else { &LETTERS.regular };
    let (metrics, coverage) = font.rasterize(letter, f32::from(style.size));
    let height = i32::try_from(metrics.height).unwrap_or(0);
    Glyph {
        advance: rounded(metrics.advance_width),
        left: metrics.xmin,
        top: metrics.ymin + height,
        width: metrics.width.max(1),
        ink: coverage.into_iter().map(|part| part >= BLACK_FROM).collect(),
    }
}

fn polygon(letter: char) -> Option<&'static [(f32, f32)]> {
    match letter {
        '★' => Some(&glyphs::STAR),
        '✓' => Some(&glyphs::CHECK),
        _ => None,
    }
}

/// Draws a sign on the baseline, a little taller than a capital (0.71 × size), or it would look small among letters.
fn sign(corners: &[(f32, f32)], style: Style) -> Glyph {
    let side = style.size * 4 / 5;
    Glyph {
        advance: side + style.size / 12,
        left: i32::from(style.size / 24),
        top: i32::from(side) - i32::from(style.size / 20),
        width: usize::from(side),
        ink: glyphs::fill(corners, side),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an advance is a few dots, and the cast saturates"
)]
fn rounded(advance: f32) -> u16 {
    advance.round() as u16
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::test_page::vietnamese_letters;

    const SIZES: [u16; 7] = [18, 20, 22, 24, 26, 30, 34];

    /// What else a receipt can hold: digits, signs of our own texts, quotation marks and signs of product names.
    const OTHERS: &str = "0123456789 !\"#%&'()*+,-./:;<=>?@[\\]_{|}~₫×·★✓–—−‘’“”…°½²³€®™";

    fn shape(letter: char, style: Style) -> (u16, i32, i32, usize, Vec<bool>) {
        let glyph = glyph(letter, style);
        (glyph.advance, glyph.left, glyph.top, glyph.width, glyph.ink.clone())
    }

    #[test]
    fn every_character_of_a_receipt_has_a_shape_of_its_own() {
        let letters: Vec<char> = vietnamese_letters().chars().chain(OTHERS.chars()).collect();
        assert_eq!(
            vietnamese_letters().chars().count(),
            186,
            "26 letters, 12 vowels × 5 more tones, 7 letters, both cases"
        );
        for bold in [false, true] {
            for size in SIZES {
                let style = Style { size, bold };
                let mut seen = HashMap::new();
                for &letter in &letters {
                    assert!(has_glyph(letter), "{letter} {}", u32::from(letter));
                    let twin = seen.insert(shape(letter, style), letter);
                    assert_eq!(twin, None, "{letter} looks like another at {style:?}");
                }
            }
        }
        assert!(!has_glyph('😀') && !has_glyph('漢'));
    }

    #[test]
    fn no_mark_leaves_its_line() {
        for bold in [false, true] {
            for size in SIZES {
                let style = Style { size, bold };
                assert!(u32::from(style.line_height()) * 100 >= u32::from(size) * 134);
                for letter in vietnamese_letters().chars().chain(OTHERS.chars()) {
                    let glyph = glyph(letter, style);
                    let ink_rows: Vec<usize> = glyph
                        .ink
                        .chunks(glyph.width)
                        .enumerate()
                        .filter(|(_, row)| row.contains(&true))
                        .map(|(y, _)| y)
                        .collect();
                    let (Some(&first), Some(&last)) = (ink_rows.first(), ink_rows.last()) else { continue };
                    let above = glyph.top - i32::try_from(first).unwrap();
                    let below = i32::try_from(last).unwrap() + 1 - glyph.top;
                    assert!(above <= i32::from(style.ascent()), "{letter} {style:?} rises {above}");
                    assert!(
                        below <= i32::from(style.line_height() - style.ascent()),
                        "{letter} {style:?} falls {below}"
                    );
                }
            }
        }
    }

    #[test]
    fn digits_are_equally_wide_so_that_amounts_stand_in_columns() {
        for style in [Style::regular(24), Style::bold(34)] {
            let widths: Vec<u32> = ('0'..='9').map(|digit| measure(&digit.to_string(), style)).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        }
    }
}
