//! Pictures that people bring for a screen: what kind they are and how large they will be when drawn, read from their first
//! bytes alone. Nothing is unpacked, so a small file that would fill the memory of a screen is refused unopened.

use crate::paper_file::FileKind;

/// Largest file: 1 MiB.
pub const BYTES_MAX: usize = 1 << 20;
/// Longest side, dots.
pub const SIDE_MAX_PX: u32 = 4_096;
/// Most dots: four times a full HD screen.
pub const DOTS_MAX: u64 = 3_840 * 2_160;
/// Most pictures of a shop.
pub const PICTURES_MAX: usize = 8;

/// A picture as its own first bytes tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureFile {
    /// PNG or JPEG.
    pub kind: FileKind,
    /// Dots across.
    pub width_px: u32,
    /// Dots down.
    pub height_px: u32,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More bytes than [`BYTES_MAX`].
    #[error("the file is larger than 1 MB: make the picture smaller and choose it again")]
    TooLarge,
    /// Neither PNG nor JPEG, or not whole.
    #[error("this is no PNG or JPEG picture: choose another file")]
    NoPicture,
    /// More dots than [`DOTS_MAX`], or a side above [`SIDE_MAX_PX`].
    #[error("the picture has {width_px} × {height_px} dots, which is too many: make it 1920 × 1080")]
    TooManyDots {
        /// Dots across.
        width_px: u32,
        /// Dots down.
        height_px: u32,
    },
}

impl PictureFile {
    /// Reads what a file tells of itself.
    ///
    /// # Errors
    /// When it is too large, no picture, not whole, or would be too large when drawn.
    pub fn read(content: &[u8]) -> Result<Self, PictureError> {
        if content.len() > BYTES_MAX {
            return Err(PictureError::TooLarge);
        }
        let kind = FileKind::of(content).ok_or(PictureError::NoPicture)?;
        let size = match kind {
            FileKind::Png => png_size(content),
            FileKind::Jpeg => jpeg_size(content),
            FileKind::Pdf => None,
        };
        let (width_px, height_px) =
            size.filter(|(width, height)| *width > 0 && *height > 0).ok_or(PictureError::NoPicture)?;
        let dots = u64::from(width_px) * u64::from(height_px);
        if width_px.max(height_px) > SIDE_MAX_PX || dots > DOTS_MAX {
            return Err(PictureError::TooManyDots { width_px, height_px });
        }
        Ok(Self { kind, width_px, height_px })
    }
}

/// The first chunk holds the size: ISO 15948, 11.2.2.
fn png_size(content: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

/// The frame's header holds the size: ISO 10918-1, B.2.2. What stands before it is passed over by its length; no picture
/// begins its dots before it.
fn jpeg_size(content: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| Some(usize::from(u16::from_be_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    let mut at = 2;
    loop {
        if *content.get(at)? != 0xff {
            return None;
        }
        let marker = *content.get(at + 1)?;
        match marker {
            // A marker may be filled up before it begins.
            0xff => at += 1,
            0x01 | 0xd0..=0xd7 => at += 2,
            0xd8..=0xda => return None,
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(&marker) => {
                let (height, width) = (word(at + 5)?, word(at + 7)?);
                return Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?));
            }
            _ => {
                let length = word(at + 2)?;
                at += 2 + if length < 2 { return None } else { length };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        content.extend(width.to_be_bytes());
        content.extend(height.to_be_bytes());
        content.extend(b"\x08\x02\0\0\0crc.IEND\xae\x42\x60\x82");
        content
    }

    /// A picture with a comment, a table and fill bytes before its frame.
    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut content = b"\xff\xd8\xff\xfe\0\x06abcd\xff\xc4\0\x03x\xff\xff\xc2\0\x11\x08".to_vec();
        content.extend(height.to_be_bytes());
        content.extend(width.to_be_bytes());
        content.extend(b"\x03...\xff\xda\0\x02dots\xff\xd9");
        content
    }

    #[test]
    fn the_first_bytes_tell_the_size() {
        let found = |kind, width_px, height_px| Ok(PictureFile { kind, width_px, height_px });
        let too_many = |width_px, height_px| Err(PictureError::TooManyDots { width_px, height_px });
        for (content, expected) in [
            (png(1_920, 1_080), found(FileKind::Png, 1_920, 1_080)),
            (png(3_840, 2_160), found(FileKind::Png, 3_840, 2_160)),
            (png(3_841, 2_160), too_many(3_841, 2_160)),
            (png(4_097, 1), too_many(4_097, 1)),
            (png(u32::MAX, u32::MAX), too_many(u32::MAX, u32::MAX)),
            (png(0, 10), Err(PictureError::NoPicture)),
            (jpeg(1_024, 600), found(FileKind::Jpeg, 1_024, 600)),
            (jpeg(65_535, 65_535), too_many(65_535, 65_535)),
            (jpeg(10, 0), Err(PictureError::NoPicture)),
            // Dots before any frame, a length that leads nowhere, and what is no picture at all.
            (b"\xff\xd8\xff\xda\0\x02dots\xff\xd9".to_vec(), Err(PictureError::NoPicture)),
            (b"\xff\xd8\xff\xfe\0\0\xff\xd9".to_vec(), Err(PictureError::NoPicture)),
            (b"\xff\xd8\xff\xfe\xff\xf0\xff\xd9".to_vec(), Err(PictureError::NoPicture)),
            (b"%PDF-1.7 ... %%EOF\n".to_vec(), Err(PictureError::NoPicture)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Err(PictureError::NoPicture)),
            (Vec::new(), Err(PictureError::NoPicture)),
            (vec![0; BYTES_MAX + 1], Err(PictureError::TooLarge)),
        ] {
            assert_eq!(PictureFile::read(&content), expected, "{:?}", content.get(..40).unwrap_or(&content));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(cut in 0usize..60, at in 0usize..60, byte in any::<u8>()) {
            for mut content in [png(640, 480), jpeg(640, 480)] {
                let end = content.len() - cut.min(content.len());
                if let Some(changed) = content.get_mut(at) { *changed = byte; }
                let _ = (PictureFile::read(&content), PictureFile::read(&content[..end]));
                let _ = (png_size(&content[..end]), jpeg_size(&content[..end]));
            }
        }
    }
}
