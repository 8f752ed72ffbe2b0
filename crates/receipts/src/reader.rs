//! Reads the bytes of a job as a printer would, back into dots: what the preview shows and what the tests compare.
//!
//! It knows the commands that this crate sends, and nothing else; an unknown one is an error, since on paper it would be
//! rubbish.

use crate::bitmap::Bitmap;
use crate::profile::{Paper, Profile};

/// What a printer would do with a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The dots on paper.
    pub bitmap: Bitmap,
    /// How often the paper is cut.
    pub cuts: u32,
    /// How often the drawer opens.
    pub drawer_pulses: u32,
    /// How often the printer is asked to answer.
    pub questions: u32,
    /// Bytes of the largest band with its command.
    pub largest_band_bytes: usize,
}

/// Where and why a job is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not a command of ours.
    #[error("unknown command at byte {0}")]
    Unknown(usize),
    /// The bytes end within a command.
    #[error("the job ends within a command that starts at byte {0}")]
    Cut(usize),
    /// A band wider than the paper: printers print nothing, or rubbish.
    #[error("band wider than the paper at byte {0}")]
    TooWide(usize),
}

/// Reads a job for a printer of this profile.
pub fn read(bytes: &[u8], profile: &Profile) -> Result<Reading, ReadError> {
    let mut reading = Reading::nothing(profile);
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        at += command(rest, at, profile, &mut reading)?;
    }
    Ok(reading)
}

/// Returns how many bytes the first command has; none when it has not come whole, or is not ours.
pub fn command_length(bytes: &[u8]) -> Option<usize> {
    let widest = Profile::new(Paper::Dots576);
    command(bytes, 0, &widest, &mut Reading::nothing(&widest)).ok()
}

impl Reading {
    fn nothing(profile: &Profile) -> Self {
        let bitmap = Bitmap::new(profile.paper, 0);
        Self { bitmap, cuts: 0, drawer_pulses: 0, questions: 0, largest_band_bytes: 0 }
    }
}

/// Obeys the command at the start of `rest` and returns its length.
fn command(rest: &[u8], at: usize, profile: &Profile, reading: &mut Reading) -> Result<usize, ReadError> {
    match *rest {
        [0x00, ..] => Ok(1),
        // What an interrupted command and the white data after it make together.
        [0x1b..=0x1d, 0x00, ..] => Ok(2),
        [0x1d, 0x76, 0x00, ..] => Ok(3),
        [0x1b, 0x40, ..] | [0x1c, 0x2e, ..] => Ok(2),
        [0x1b, 0x4a, steps, ..] => {
            let white = vec![0; reading.bitmap.row_bytes()];
            (0..steps / profile.feed_steps_per_dot.count()).for_each(|_| reading.bitmap.append_row(&white));
            Ok(3)
        }
        [0x1b, 0x70, _, _, _, ..] => {
            reading.drawer_pulses += 1;
            Ok(5)
        }
        [0x1d, 0x56, 0x00, ..] => {
            reading.cuts += 1;
            Ok(3)
        }
        [0x1d, 0x56, 65 | 66, _, ..] => {
            reading.cuts += 1;
            Ok(4)
        }
        [0x1d, 0x72, 0x01, ..] | [0x10, 0x04, 1..=4, ..] => {
            reading.questions += 1;
            Ok(3)
        }
        [0x1d, 0x76, 0x30, 0x00, width_low, width_high, rows_low, rows_high, ..] => {
            let row_bytes = usize::from(u16::from_le_bytes([width_low, width_high]));
            let rows = usize::from(u16::from_le_bytes([rows_low, rows_high]));
            let data = rest.get(8..8 + row_bytes * rows).ok_or(ReadError::Cut(at))?;
            if row_bytes > reading.bitmap.row_bytes() {
                return Err(ReadError::TooWide(at));
            }
            data.chunks(row_bytes.max(1)).for_each(|row| reading.bitmap.append_row(row));
            reading.largest_band_bytes = reading.largest_band_bytes.max(8 + data.len());
            Ok(8 + data.len())
        }
        [0x10] | [0x1b..=0x1d] | [0x10, 0x04] | [0x1b, 0x4a | 0x70, ..] | [0x1d, 0x56 | 0x72 | 0x76, ..] => {
            Err(ReadError::Cut(at))
        }
        _ => Err(ReadError::Unknown(at)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::encode::{BAND_BYTES_MAX, break_filler, encode};
    use crate::layout::layout;
    use crate::profile::{Cut, FeedSteps};
    use crate::raster::draw;
    use crate::samples;

    fn profiles() -> impl Strategy<Value = Profile> {
        let paper = prop::sample::select(Paper::ALL.to_vec());
        let steps = prop::sample::select(vec![FeedSteps::One, FeedSteps::Two]);
        (paper, steps)
            .prop_map(|(paper, feed_steps_per_dot)| Profile { feed_steps_per_dot, ..Profile::new(paper) })
    }

    /// Sparse blots, so that there are long white runs as well as bands that must be divided.
    fn pictures() -> impl Strategy<Value = (Profile, Bitmap)> {
        let blot = (0_usize..576, 0_usize..700, 1_usize..200, 1_usize..120);
        (profiles(), 0_u32..700, prop::collection::vec(blot, 0..6)).prop_map(|(profile, height, blots)| {
            let mut bitmap = Bitmap::new(profile.paper, height);
            for (left, top, width, height) in blots {
                for y in top..top + height {
                    (left..left + width).for_each(|x| bitmap.set(x, y, true));
                }
            }
            (profile, bitmap)
        })
    }

    proptest! {
        #[test]
        fn what_is_encoded_reads_back((profile, bitmap) in pictures()) {
            let reading = read(&encode(&bitmap, &profile).unwrap(), &profile).unwrap();
            prop_assert_eq!(reading.bitmap, bitmap);
            prop_assert_eq!(reading.cuts, 1);
            prop_assert!(reading.largest_band_bytes <= BAND_BYTES_MAX);
        }
    }

    #[test]
    fn every_sample_reads_back() {
        for paper in Paper::ALL {
            for (name, snapshot) in samples::all() {
                let (profile, bitmap) = (Profile::new(paper), draw(&layout(&snapshot, paper, None)));
                let bytes = encode(&bitmap, &profile).unwrap();
                assert_eq!(read(&bytes, &profile).unwrap().bitmap, bitmap, "{name} {}", paper.dots());
                assert!(bytes.len() * 10 < bitmap.data().len() * 8, "{name}: white is not sent");
            }
        }
    }

    /// Wherever a job broke off, what follows the white filler is printed whole.
    #[test]
    fn a_new_try_after_any_byte_prints_the_whole_receipt() {
        let profile = Profile::new(Paper::Dots576);
        let mut bitmap = Bitmap::new(profile.paper, 40);
        (0..30).for_each(|row| bitmap.set(row * 3, row + 5, true));
        let job = encode(&bitmap, &profile).unwrap();
        for broken_at in 0..job.len() {
            let stream = [&job[..broken_at], &break_filler(), &job].concat();
            let reading = read(&stream, &profile).unwrap_or_else(|error| panic!("{broken_at}: {error}"));
            assert!(reading.bitmap.data().ends_with(bitmap.data()), "broken at {broken_at}");
        }
    }

    #[test]
    fn tear_bar_feeds_below() {
        let profile = Profile { cut: Cut::TearBar, ..Profile::new(Paper::Dots384) };
        let reading = read(&encode(&Bitmap::new(Paper::Dots384, 1), &profile).unwrap(), &profile).unwrap();
        assert_eq!((reading.bitmap.height(), reading.cuts), (121, 0));
    }

    #[test]
    fn what_no_printer_should_get_is_refused() {
        let profile = Profile::new(Paper::Dots384);
        for (bytes, expected) in [
            (&b"A"[..], ReadError::Unknown(0)),
            (&[0x1b, 0x40, 0x1b, 0x33, 1], ReadError::Unknown(2)),
            (&[0x1b, 0x40, 0x1b], ReadError::Cut(2)),
            (&[0x1d, 0x76, 0x30, 0, 2, 0, 2, 0, 1, 1, 1], ReadError::Cut(0)),
            (&[0x1d, 0x76, 0x30, 0, 49, 0, 0, 0], ReadError::TooWide(0)),
            (&[0x1d, 0x56, 66], ReadError::Cut(0)),
        ] {
            assert_eq!(read(bytes, &profile), Err(expected), "{bytes:x?}");
        }
    }
}
