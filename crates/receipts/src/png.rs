//! The preview: the same dots that the printer gets, as a PNG of one bit a dot.

use crate::bitmap::Bitmap;

/// Why a preview could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the preview cannot be written: {0}")]
pub struct PngError(String);

/// Returns a picture as PNG. Black is what prints.
pub fn encode(bitmap: &Bitmap) -> Result<Vec<u8>, PngError> {
    let failed = |error: &dyn std::fmt::Display| PngError(error.to_string());
    let width = u32::try_from(bitmap.width()).map_err(|error| failed(&error))?;
    let height = u32::try_from(bitmap.height()).map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(::png::ColorType::Grayscale);
    encoder.set_depth(::png::BitDepth::One);
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    // In a PNG 1 is white.
    let light: Vec<u8> = bitmap.data().iter().map(|byte| !byte).collect();
    writer.write_image_data(&light).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Paper;

    #[test]
    fn a_preview_decodes_to_the_same_dots() {
        let mut bitmap = Bitmap::new(Paper::Dots384, 3);
        for (x, y) in [(0, 0), (100, 1), (383, 2)] {
            bitmap.set(x, y, true);
        }
        let bytes = encode(&bitmap).unwrap();
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        assert_eq!((info.width, info.height, info.bit_depth), (384, 3, ::png::BitDepth::One));
        assert_eq!(dots.iter().map(|byte| !byte).collect::<Vec<_>>(), bitmap.data());
    }
}
