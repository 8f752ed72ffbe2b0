//! Reads the bytes of labels as a printer of TSPL would, back into dots: what a folder in place of a printer shows.
//! It knows the commands that `label_print` sends, and nothing else.

use crate::bitmap::Bitmap;

/// Returns the picture of the labels, each row that is alike once, however many are printed; `None` for other bytes.
pub(crate) fn read(bytes: &[u8]) -> Option<Bitmap> {
    let mut picture: Option<Bitmap> = None;
    let mut rest = bytes;
    while !rest.is_empty() {
        for command in ["SIZE ", "GAP ", "DIRECTION ", "CLS"] {
            rest = line(rest, command)?.1;
        }
        let head = rest.strip_prefix(b"BITMAP 0,0,")?;
        let (row_bytes, head) = number(head)?;
        let (height, head) = number(head)?;
        let data = head.strip_prefix(b"0,")?;
        let (dots, after) = data.split_at_checked(row_bytes.checked_mul(height)?)?;
        rest = line(after.strip_prefix(b"\r\n")?, "PRINT ")?.1;
        let width = u32::try_from(row_bytes).ok()?.checked_mul(8)?;
        let picture = picture.get_or_insert_with(|| Bitmap::blank(width, 0));
        if row_bytes == 0 || picture.row_bytes() != row_bytes {
            return None;
        }
        // In TSPL's bitmaps 0 is black.
        for row in dots.chunks(row_bytes) {
            picture.append_row(&row.iter().map(|byte| !byte).collect::<Vec<u8>>());
        }
    }
    picture
}

/// Takes a line that begins so, off the front.
fn line<'a>(bytes: &'a [u8], start: &str) -> Option<(&'a [u8], &'a [u8])> {
    let rest = bytes.strip_prefix(start.as_bytes())?;
    let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
    Some((&rest[..end], &rest[end + 2..]))
}

/// Takes a number with the comma behind it off the front.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b',')?;
    let digits = std::str::from_utf8(&bytes[..end]).ok()?;
    Some((digits.parse().ok()?, &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use crate::label_print::{label_bytes_tspl, label_picture};
    use crate::label_samples;
    use crate::label_stock::LabelStock;

    use super::read;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let (shelf, pack) = (label_samples::shelf(), label_samples::pack());
        let stock = LabelStock::ONE_50X30;
        let bytes = label_bytes_tspl(&[(shelf.clone(), 3), (pack.clone(), 1)], &stock).unwrap();
        let both = [shelf, pack].map(|label| label_picture(&label, &stock).unwrap().data().to_vec()).concat();
        assert_eq!(read(&bytes).unwrap().data(), both);
        assert_eq!(read(&bytes[..bytes.len() - 1]), None, "cut off");
        assert_eq!(read(b"\x1b@SIZE 1 mm"), None);
        assert_eq!(read(b""), None);
    }
}
