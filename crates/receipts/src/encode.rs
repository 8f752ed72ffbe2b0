//! From a picture to the bytes of a job: bands of `GS v 0`, `ESC J` over white, a cut.

use std::ops::Range;

use crate::bitmap::Bitmap;
use crate::commands::{Builder, DrawerPulse, ask_answer, collect, cut, drawer, feed, prologue, raster};
use crate::profile::Profile;

/// Most bytes of one band with its command: what the smallest receive buffers take.
pub const BAND_BYTES_MAX: usize = 4_096;
/// Most rows of one band: some printers read only the low byte of the height.
pub const BAND_ROWS_MAX: usize = 255;
/// Bytes of `GS v 0` before its data.
const BAND_HEADER_BYTES: usize = 8;
/// White rows from which a feed is cheaper than dots; less stands within letters, between a mark and its vowel.
const WHITE_ROWS_MIN: usize = 4;

/// Why a picture could not become bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The command builder refused.
    #[error("the print job cannot be built: {0}")]
    Builder(String),
    /// A number beyond what a command holds.
    #[error("the picture is too large for a print job")]
    TooLarge,
    /// Wider than the paper: printers print nothing of it, or rubbish.
    #[error("the picture of {picture_dots} dots is wider than the paper of {paper_dots}")]
    TooWide {
        /// Width of the picture.
        picture_dots: usize,
        /// Printable width.
        paper_dots: u16,
    },
}

impl From<escpos::errors::PrinterError> for EncodeError {
    fn from(error: escpos::errors::PrinterError) -> EncodeError {
        EncodeError::Builder(error.to_string())
    }
}

/// Returns the bytes that print a picture: prologue, bands, cut. The same picture always gives the same bytes.
pub fn encode(bitmap: &Bitmap, profile: &Profile) -> Result<Vec<u8>, EncodeError> {
    let (picture_dots, paper_dots) = (bitmap.width(), profile.paper.dots());
    if picture_dots > usize::from(paper_dots) {
        return Err(EncodeError::TooWide { picture_dots, paper_dots });
    }
    let strips = strips(bitmap);
    if strips.iter().any(|strip| u16::try_from(strip.rows().len()).is_err()) {
        return Err(EncodeError::TooLarge);
    }
    let bytes = collect(|builder| {
        prologue(builder)?;
        strips.iter().try_for_each(|strip| send_strip(builder, bitmap, strip, profile))?;
        cut(builder, profile.cut, profile.feed_steps_per_dot)
    })?;
    Ok(bytes)
}

/// Returns the bytes that open the drawer. They are a message of their own, never part of a receipt: a receipt may be
/// printed again, a drawer may not be opened again by it.
pub fn drawer_pulse(pulse: DrawerPulse) -> Result<Vec<u8>, EncodeError> {
    Ok(collect(|builder| drawer(builder, pulse))?)
}

/// Returns the question whose answer proves that the job before it was processed.
pub(crate) fn answer_request() -> Result<Vec<u8>, EncodeError> {
    Ok(collect(ask_answer)?)
}

/// Returns what goes before a job when an earlier one may have ended within a band: white data for the whole of it.
/// The job's own prologue follows.
pub(crate) fn break_filler() -> Vec<u8> {
    vec![0; BAND_BYTES_MAX]
}

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Strip {
    White(Range<usize>),
    Ink(Range<usize>),
}

impl Strip {
    fn rows(&self) -> &Range<usize> {
        match self {
            Strip::White(rows) | Strip::Ink(rows) => rows,
        }
    }
}

fn send_strip(
    builder: &mut Builder,
    bitmap: &Bitmap,
    strip: &Strip,
    profile: &Profile,
) -> escpos::errors::Result<()> {
    let rows = strip.rows();
    let count = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    match strip {
        Strip::White(_) => feed(builder, count, profile.feed_steps_per_dot),
        Strip::Ink(_) => {
            let lines: Vec<&[u8]> = bitmap.rows().skip(rows.start).take(rows.len()).collect();
            let used = lines.iter().map(|line| used_bytes(line)).max().unwrap_or(0).max(1);
            let data: Vec<u8> = lines.iter().flat_map(|line| line.iter().take(used)).copied().collect();
            raster(builder, u16::try_from(used).unwrap_or(u16::MAX), count, &data)
        }
    }
}

/// Bytes up to the last black dot of a row.
fn used_bytes(row: &[u8]) -> usize {
    row.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1)
}

/// Divides a picture into white strips and bands that keep the limits.
fn strips(bitmap: &Bitmap) -> Vec<Strip> {
    let white: Vec<bool> = bitmap.rows().map(|row| used_bytes(row) == 0).collect();
    let rows_max = ((BAND_BYTES_MAX - BAND_HEADER_BYTES) / bitmap.row_bytes()).clamp(1, BAND_ROWS_MAX);
    let mut strips = Vec::new();
    let mut start = 0;
    while start < white.len() {
        let gap = white_run(&white, start);
        if gap > 0 {
            strips.push(Strip::White(start..start + gap));
            start += gap;
            continue;
        }
        let end = band_end(&white, start, rows_max);
        strips.push(Strip::Ink(start..end));
        start = end;
    }
    strips
}

/// White rows from `start` on, when they are worth a feed or end the picture.
fn white_run(white: &[bool], start: usize) -> usize {
    let run = white.iter().skip(start).take_while(|white| **white).count();
    if run >= WHITE_ROWS_MIN || start + run == white.len() { run } else { 0 }
}

/// A band ends before the next white run, or where it is full: then rather at a white row than through a letter.
fn band_end(white: &[bool], start: usize, rows_max: usize) -> usize {
    let full = white.len().min(start + rows_max);
    if let Some(end) = (start + 1..full).find(|&row| white_run(white, row) > 0) {
        return end;
    }
    if full == white.len() {
        return full;
    }
    (start + 1..full).rev().find(|&row| white.get(row) == Some(&true)).unwrap_or(full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Cut, Paper};

    fn profile() -> Profile {
        Profile { cut: Cut::None, ..Profile::new(Paper::Dots384) }
    }

    fn with_black_rows(height: u32, black: &[usize]) -> Bitmap {
        let mut bitmap = Bitmap::new(Paper::Dots384, height);
        black.iter().for_each(|&row| bitmap.set(8, row, true));
        bitmap
    }

    #[test]
    fn white_is_fed_and_ink_is_trimmed() {
        let bytes = encode(&with_black_rows(20, &[10]), &profile()).unwrap();
        let expected: [&[u8]; 4] = [
            &[0x1b, 0x40, 0x1c, 0x2e],
            &[0x1b, 0x4a, 10],
            &[0x1d, 0x76, 0x30, 0, 2, 0, 1, 0, 0, 0x80],
            &[0x1b, 0x4a, 9],
        ];
        assert_eq!(bytes, expected.concat());
    }

    #[test]
    fn bands_end_at_white_rows() {
        for (height, black, expected) in [
            (0, vec![], vec![]),
            (3, vec![], vec![Strip::White(0..3)]),
            (3, vec![1], vec![Strip::Ink(0..2), Strip::White(2..3)]),
            (10, vec![0, 3], vec![Strip::Ink(0..4), Strip::White(4..10)]),
            (
                10,
                vec![0, 5],
                vec![Strip::Ink(0..1), Strip::White(1..5), Strip::Ink(5..6), Strip::White(6..10)],
            ),
            (90, (0..90).collect(), vec![Strip::Ink(0..85), Strip::Ink(85..90)]),
            (90, (0..90).filter(|row| *row != 60).collect(), vec![Strip::Ink(0..60), Strip::Ink(60..90)]),
        ] {
            assert_eq!(strips(&with_black_rows(height, &black)), expected, "{height}");
        }
    }
}
