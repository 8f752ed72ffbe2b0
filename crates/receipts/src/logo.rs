//! The shop's own picture above its receipts: read from a PNG, made smaller where the paper is narrow, black and white.

use std::io::Cursor;

use ::png::{ColorType, Decoder, Limits, Transformations};

use crate::bitmap::Bitmap;
use crate::profile::Paper;

/// Largest file: 256 KiB.
pub const BYTES_MAX: usize = 256 << 10;
/// Longest side, dots.
pub const SIDE_MAX_PX: u32 = 1_024;
/// Highest on paper, dots: 20 mm, since paper costs money.
const HEIGHT_MAX_DOTS: u32 = 160;
/// White rows below it.
const GAP_DOTS: usize = 8;
/// What unpacking may take, bytes: four for each dot, and what the format needs beside them.
const UNPACKED_BYTES_MAX: usize = 8 << 20;
/// Lighter than this is white: half of full light.
const WHITE_FROM: u64 = 128;

/// A picture in shades of grey, on white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    width: u32,
    height: u32,
    /// Light of each dot, row by row: 0 is black.
    light: Vec<u8>,
}

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// Larger than [`BYTES_MAX`].
    #[error("the file is larger than 256 kB: make the picture smaller and choose it again")]
    TooLarge,
    /// A side is longer than [`SIDE_MAX_PX`].
    #[error("the picture has {width_px} × {height_px} dots: make it at most {SIDE_MAX_PX} on each side")]
    TooManyDots {
        /// Dots across.
        width_px: u32,
        /// Dots down.
        height_px: u32,
    },
    /// No PNG, or a broken one.
    #[error("this is no whole PNG picture: choose another file")]
    NoPicture,
    /// Nothing of it would be seen.
    #[error("all of the picture is white on paper: choose one with dark lines")]
    Blank,
}

impl Logo {
    /// Reads a PNG. Its size is known before anything is unpacked.
    ///
    /// # Errors
    /// When it is too large, no whole PNG, or white on every paper.
    pub fn read(content: &[u8]) -> Result<Logo, LogoError> {
        if content.len() > BYTES_MAX {
            return Err(LogoError::TooLarge);
        }
        let limits = Limits { bytes: UNPACKED_BYTES_MAX };
        let mut decoder = Decoder::new_with_limits(Cursor::new(content), limits);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(|_| LogoError::NoPicture)?;
        let (width, height) = reader.info().size();
        if width.max(height) > SIDE_MAX_PX {
            return Err(LogoError::TooManyDots { width_px: width, height_px: height });
        }
        let size = reader.output_buffer_size().ok_or(LogoError::NoPicture)?;
        let mut bytes = vec![0; size];
        let frame = reader.next_frame(&mut bytes).map_err(|_| LogoError::NoPicture)?;
        let light = light(bytes.get(..frame.buffer_size()).unwrap_or(&bytes), frame.color_type);
        let logo = Logo { width, height, light };
        let is_seen =
            Paper::ALL.into_iter().all(|paper| logo.draw(paper).data().iter().any(|byte| *byte != 0));
        if is_seen { Ok(logo) } else { Err(LogoError::Blank) }
    }

    /// Draws it in the middle of a paper, at most three quarters of its width and 20 mm high; never larger than it is.
    pub fn draw(&self, paper: Paper) -> Bitmap {
        let paper_dots = u32::from(paper.dots());
        let (width, height) = self.size_within(paper_dots * 3 / 4, HEIGHT_MAX_DOTS);
        let mut bitmap = Bitmap::new(paper, height);
        let left = (paper_dots - width) / 2;
        for y in 0..height {
            for x in (0..width).filter(|x| self.light_at((*x, y), (width, height)) < WHITE_FROM) {
                if let (Ok(x), Ok(y)) = (usize::try_from(left + x), usize::try_from(y)) {
                    bitmap.set(x, y, true);
                }
            }
        }
        bitmap
    }

    fn size_within(&self, width_max: u32, height_max: u32) -> (u32, u32) {
        // By the side that is too long by more.
        if self.width <= width_max && self.height <= height_max {
            (self.width, self.height)
        } else if u64::from(self.width) * u64::from(height_max)
            >= u64::from(self.height) * u64::from(width_max)
        {
            (width_max, (self.height * width_max / self.width).max(1))
        } else {
            ((self.width * height_max / self.height).max(1), height_max)
        }
    }

    /// The light of all dots that become one.
    fn light_at(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> u64 {
        let range = |at: u32, of: u32, all: u32| at * all / of..((at + 1) * all / of).max(at * all / of + 1);
        let (mut sum, mut count) = (0_u64, 0_u64);
        for from_y in range(y, height, self.height) {
            for from_x in range(x, width, self.width) {
                let place = usize::try_from(from_y * self.width + from_x).unwrap_or(usize::MAX);
                sum += self.light.get(place).copied().map_or(255, u64::from);
                count += 1;
            }
        }
        sum / count.max(1)
    }
}

/// Puts the logo above a page; without one the page stays as it is.
pub(crate) fn above(logo: Option<&Logo>, page: Bitmap, paper: Paper) -> Bitmap {
    let Some(logo) = logo else { return page };
    let mut both = logo.draw(paper);
    (0..GAP_DOTS).for_each(|_| both.append_row(&[]));
    page.rows().for_each(|row| both.append_row(row));
    both
}

/// What shines through is white paper.
fn light(bytes: &[u8], color: ColorType) -> Vec<u8> {
    let grey = |dot: &[u8]| match dot {
        [light] => u64::from(*light),
        [light, cover] => over_white(u64::from(*light), u64::from(*cover)),
        [red, green, blue] => luma([*red, *green, *blue]),
        [red, green, blue, cover] => over_white(luma([*red, *green, *blue]), u64::from(*cover)),
        _ => 255,
    };
    bytes.chunks_exact(color.samples()).map(|dot| u8::try_from(grey(dot)).unwrap_or(255)).collect()
}

/// How light a colour looks: ITU-R BT.601.
fn luma([red, green, blue]: [u8; 3]) -> u64 {
    (299 * u64::from(red) + 587 * u64::from(green) + 114 * u64::from(blue)) / 1_000
}

fn over_white(light: u64, cover: u64) -> u64 {
    (light * cover + 255 * (255 - cover)) / 255
}

#[cfg(test)]
mod tests {
    use ::png::{BitDepth, Encoder};

    use super::*;

    fn png(width: u32, height: u32, color: ColorType, dot: impl Fn(u32, u32) -> Vec<u8>) -> Vec<u8> {
        let mut content = Vec::new();
        let mut encoder = Encoder::new(&mut content, width, height);
        encoder.set_color(color);
        encoder.set_depth(BitDepth::Eight);
        let dots: Vec<u8> =
            (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| dot(x, y)).collect();
        encoder.write_header().unwrap().write_image_data(&dots).unwrap();
        content
    }

    /// The black dots: how many columns and rows have any, and the first column.
    fn ink(bitmap: &Bitmap) -> (usize, usize, usize) {
        let columns: Vec<usize> =
            (0..bitmap.width()).filter(|x| (0..bitmap.height()).any(|y| bitmap.is_black(*x, y))).collect();
        let rows = bitmap.rows().filter(|row| row.iter().any(|byte| *byte != 0)).count();
        (columns.len(), rows, columns.first().copied().unwrap_or(0))
    }

    #[test]
    fn it_stands_in_the_middle_and_fits_every_paper() {
        let black = |_, _| vec![0];
        for (width, height, paper, expected) in [
            (100, 40, Paper::Dots576, (100, 40, 238)),
            (1_000, 250, Paper::Dots576, (432, 108, 72)),
            (1_000, 250, Paper::Dots384, (288, 72, 48)),
            (100, 1_000, Paper::Dots384, (16, 160, 184)),
            (1_024, 1, Paper::Dots384, (288, 1, 48)),
        ] {
            let logo = Logo::read(&png(width, height, ColorType::Grayscale, black)).unwrap();
            assert_eq!(ink(&logo.draw(paper)), expected, "{width} × {height}");
        }
    }

    #[test]
    fn what_shines_through_and_what_is_light_is_white() {
        let transparent =
            png(8, 8, ColorType::Rgba, |x, _| if x < 4 { vec![0, 0, 0, 0] } else { vec![0, 0, 0, 255] });
        assert_eq!(ink(&Logo::read(&transparent).unwrap().draw(Paper::Dots384)).0, 4);
        let colours = png(3, 1, ColorType::Rgb, |x, _| {
            [vec![29, 92, 58], vec![255, 235, 59], vec![227, 240, 231]][x as usize].clone()
        });
        assert_eq!(ink(&Logo::read(&colours).unwrap().draw(Paper::Dots384)), (1, 1, 190));
        // A fine chequer of a large picture has half the light, and no dot of it is lost to one side.
        let chequer =
            png(864, 216, ColorType::Grayscale, |x, y| vec![if x / 2 % 2 == y / 2 % 2 { 0 } else { 255 }]);
        assert!(Logo::read(&chequer).is_ok());
    }

    #[test]
    fn what_is_no_logo() {
        let white = png(10, 10, ColorType::Grayscale, |_, _| vec![255]);
        let wide = png(1_025, 1, ColorType::Grayscale, |_, _| vec![0]);
        let good = png(64, 64, ColorType::Grayscale, |_, _| vec![0]);
        for (content, expected) in [
            (white, LogoError::Blank),
            (wide, LogoError::TooManyDots { width_px: 1_025, height_px: 1 }),
            (good[..good.len() - 30].to_vec(), LogoError::NoPicture),
            (b"\xff\xd8\xff\xe0 no png".to_vec(), LogoError::NoPicture),
            (Vec::new(), LogoError::NoPicture),
            (vec![0; BYTES_MAX + 1], LogoError::TooLarge),
        ] {
            assert_eq!(Logo::read(&content), Err(expected));
        }
    }

    #[test]
    fn the_page_below_it_is_the_same() {
        let logo = Logo::read(&png(64, 32, ColorType::Grayscale, |_, _| vec![0])).unwrap();
        let mut page = Bitmap::new(Paper::Dots384, 3);
        page.set(5, 1, true);
        let both = above(Some(&logo), page.clone(), Paper::Dots384);
        assert_eq!((both.height(), both.width()), (32 + GAP_DOTS + 3, 384));
        assert!(both.data().ends_with(page.data()));
        assert_eq!(above(None, page.clone(), Paper::Dots384), page);
    }
}
