//! What a photograph or a scan is by its content: names and what browsers say of a file prove nothing.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A picture without loss.
    Png,
    /// A photograph.
    Jpeg,
    /// A scanned paper.
    Pdf,
}

/// How far from its end a PDF says that it ends, bytes: ISO 32000-1, annex H.3, note 18.
const PDF_END_BYTES: usize = 1_024;

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Pdf];

    /// Returns the name that tables use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Pdf => "pdf",
        }
    }

    /// Returns the kind of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Returns what HTTP calls it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    /// Returns what its content says it is: the first bytes, and an end, since a half-sent file has none. `None` for everything
    /// else, a page with a script in it among them.
    pub fn of(content: &[u8]) -> Option<Self> {
        let ends_with = |mark: &[u8], within: usize| {
            let end = &content[content.len().saturating_sub(within)..];
            end.windows(mark.len()).any(|part| part == mark)
        };
        if content.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR") && ends_with(b"IEND", 16) {
            return Some(Self::Png);
        }
        // Cameras write more behind the end of the picture.
        if content.starts_with(&[0xff, 0xd8, 0xff]) && ends_with(&[0xff, 0xd9], content.len()) {
            return Some(Self::Jpeg);
        }
        (content.starts_with(b"%PDF-1.") || content.starts_with(b"%PDF-2."))
            .then(|| ends_with(b"%%EOF", PDF_END_BYTES))
            .and_then(|is_whole| is_whole.then_some(Self::Pdf))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_it_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR....IEND\xae\x42\x60\x82".as_slice();
        for (content, expected) in [
            (png, Some(FileKind::Png)),
            (&png[..png.len() - 8], None),
            (b"\xff\xd8\xff\xe0....\xff\xd9", Some(FileKind::Jpeg)),
            (b"\xff\xd8\xff\xe0....\xff\xd9 more", Some(FileKind::Jpeg)),
            (b"\xff\xd8\xff\xe0....", None),
            (b"%PDF-1.7 ... %%EOF\n", Some(FileKind::Pdf)),
            (b"%PDF-1.7 ...", None),
            (b"GIF89a", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
            (b"<html>%PDF-1.7 %%EOF", None),
            (b"", None),
        ] {
            assert_eq!(FileKind::of(content), expected, "{content:?}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_code(kind.code()), Some(kind));
        }
    }
}
