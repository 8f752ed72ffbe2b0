//! The page that shows whether a printer is set up right: width, letters, feed, symbols.

use crate::bars::Bars;
use crate::font::Style;
use crate::profile::Paper;
use crate::row::{Layout, Row, Rule, Span};
use crate::symbols::{Qr, SymbolError};
use crate::text::wrap;

/// Side of the block that the feed is compared with, in dots.
const BLOCK_DOTS: u16 = 40;

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
        "Khoảng trắng phải cao bằng ô đen. Nếu chỉ bằng nửa, đặt feed_steps_per_dot = \"two\".",
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
