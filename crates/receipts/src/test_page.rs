//! The page that shows whether a printer is set up right: width, letters, feed, symbols.

use serde::{Deserialize, Serialize};

use crate::bars::Bars;
use crate::encode::{EncodeError, encode};
use crate::font::Style;
use crate::profile::{Paper, Profile};
use crate::raster::draw;
use crate::row::{Layout, Row, Rule, Span};
use crate::snapshot::SnapshotError;
use crate::symbols::{Qr, SymbolError};
use crate::text::wrap;

/// Side of the block that the feed is compared with, in dots.
const BLOCK_DOTS: u16 = 40;

/// A test page that was asked for, as it is stored until it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestPage {
    /// Version of this format.
    v: u32,
    /// The counter whose printer is tried.
    pub test_page: String,
}

/// The version that a [`TestPage`] names.
pub const TEST_PAGE_VERSION: u32 = 1;

impl TestPage {
    /// Returns the test page of a counter's printer.
    pub fn new(counter: &str) -> TestPage {
        TestPage { v: TEST_PAGE_VERSION, test_page: counter.to_owned() }
    }

    /// Returns the text to store.
    ///
    /// # Errors
    /// [`SnapshotError::Json`], which no page of ours gives.
    pub fn to_json(&self) -> Result<String, SnapshotError> {
        serde_json::to_string(self).map_err(|error| SnapshotError::Json(error.to_string()))
    }

    /// Reads a stored text; `None` for another paper, and for another version.
    pub fn from_json(text: &str) -> Option<TestPage> {
        serde_json::from_str(text).ok().filter(|page: &TestPage| page.v == TEST_PAGE_VERSION)
    }

    /// Returns the bytes for a printer.
    ///
    /// # Errors
    /// When the command builder refuses, which it does for no page of ours.
    pub fn bytes(&self, profile: &Profile) -> Result<Vec<u8>, EncodeError> {
        let layout = test_page(profile.paper).map_err(|error| EncodeError::Builder(error.to_string()))?;
        encode(&draw(&layout), profile)
    }
}

/// Returns the 186 letters of Vietnamese: a to z, the twelve vowels with five marks each, ă â ê ô ơ ư đ, in both cases.
pub fn vietnamese_letters() -> String {
    let small = ('a'..='z').collect::<String>()
        + "ăâđêôơư"
        + "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
    let capitals = small.to_uppercase();
    small + &capitals
}

/// Lays out the test page.
pub fn test_page(paper: Paper) -> Result<Layout, SymbolError> {
    let (strong, body) = (Style::bold(24), Style::regular(22));
    let width = u32::from(paper.dots());
    let mut rows = vec![Row::Rule(Rule::Solid), Row::Ruler];
    let say = |rows: &mut Vec<Row>, text: &str, style| {
        let lines = wrap(text, style, width);
        rows.extend(lines.into_iter().map(|line| Row::Text(vec![Span::left(line, style)])));
    };
    say(&mut rows, &format!("TRANG IN THỬ - {} CHẤM", paper.dots()), strong);
    say(&mut rows, "Vạch trên và dưới phải chạm cả hai mép vùng in.", body);
    rows.push(Row::Space(8));
    let letters: Vec<String> = vietnamese_letters().chars().map(String::from).collect();
    say(&mut rows, &letters.join(" "), body);
    rows.extend([
        Row::Space(8),
        Row::Block(BLOCK_DOTS, BLOCK_DOTS),
        Row::Space(BLOCK_DOTS),
        Row::Rule(Rule::Dashed),
    ]);
    say(
        &mut rows,
        "Khoảng trắng phải cao bằng ô đen. Nếu chỉ bằng nửa, chọn \"2 bước\" ở trang Máy in.",
        body,
    );
    rows.extend([Row::Space(12), Row::Barcode(Bars::new("8938500000010", width)?)]);
    rows.extend([Row::Space(12), Row::Barcode(Bars::new("OCOP-2026", width)?)]);
    rows.push(Row::Qr(Qr::new("https://example.vn/ocop", width)?, Vec::new()));
    rows.push(Row::Rule(Rule::Solid));
    Ok(Layout { paper, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_fits_every_paper() {
        for paper in Paper::ALL {
            let page = test_page(paper).unwrap();
            let text = page.to_string();
            assert!(text.contains("ỹ") && text.contains("Ỹ") && text.contains("EAN-13"), "{text}");
        }
    }
}
