//! The pad for a power cut: numbered boxes to write sales into by hand, entered at the counter afterwards.

use serde::{Deserialize, Serialize};

use super::Slip;
use crate::language::Language;
use crate::page::{Page, joined};
use crate::row::{Cell, Row, Rule};

/// Most lines of one page: 1.1 m of paper.
pub const PAD_LINES_MAX: u16 = 120;
/// Height of a line: 9 mm, for a hand in a hurry.
const LINE_DOTS: u16 = 72;
/// Height of the boxes for date and name.
const FIELD_DOTS: u16 = 60;

/// A page of the pad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PadSlip {
    /// Number of the first line, so that no number is there twice.
    pub first_line: u16,
    /// How many lines; at most [`PAD_LINES_MAX`] are printed.
    pub lines: u16,
}

pub(super) fn lay(page: &mut Page, slip: &Slip, pad: &PadSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    page.rule(Rule::Solid);
    page.centred(pick("PHIẾU GHI BÁN HÀNG KHI MẤT ĐIỆN", "SALES PAD FOR A POWER CUT"), page.fonts.title);
    page.space(4);
    page.paragraph(
        pick(
            "Mỗi món một dòng; các món của một khách nối bằng dấu ngoặc. Khoanh TM (tiền mặt) hoặc CK (chuyển khoản). Có điện thì nhập lại vào máy.",
            "One line each; join the lines of one buyer by a bracket. Circle TM (cash) or CK (transfer). Enter them when the power is back.",
        ),
        page.fonts.small,
    );
    page.space(6);
    page.rows.push(Row::Rule(Rule::Solid));
    let third = page.width / 3;
    let rest = page.width - 2 * third;
    let fields = [
        (third, pick("Ngày", "Date")),
        (third, pick("Quầy", "Counter")),
        (rest, pick("Người bán", "Sold by")),
    ];
    page.rows.push(Row::Boxes(cells(&fields), FIELD_DOTS));
    page.space(8);
    page.rows.push(Row::Rule(Rule::Solid));
    let last = pad.first_line.saturating_add(pad.lines.min(PAD_LINES_MAX));
    for line in pad.first_line..last {
        // Every tenth line names the columns; the boxes between speak for themselves.
        let named = (line - pad.first_line).is_multiple_of(10);
        page.rows.push(Row::Boxes(cells(&columns(page.width, line, named, slip.language)), LINE_DOTS));
    }
    page.space(6);
    page.signatures(&[pick("Người ghi", "Written by"), pick("Người nhập máy", "Entered by")]);
}

/// Number and time, goods, amount and tender: widths, together the paper, and words.
fn columns(width: u32, line: u16, named: bool, language: Language) -> [(u32, String); 4] {
    let narrow = width < 560;
    let [time, amount, tender] = if narrow { [76, 92, 64] } else { [104, 132, 68] };
    let name = |vietnamese, english| if named { language.pick(vietnamese, english) } else { "" };
    let goods = if narrow {
        name("Hàng, SL × giá", "Goods, quantity")
    } else {
        name("Tên hàng, số lượng × giá", "Goods, quantity × price")
    };
    [
        (time, joined(" ", &[&line.to_string(), name("Giờ", "At")])),
        (width.saturating_sub(time + amount + tender), goods.to_owned()),
        (amount, name("Số tiền", "Amount").to_owned()),
        (tender, "TM CK".to_owned()),
    ]
}

fn cells<Label: AsRef<str>>(columns: &[(u32, Label)]) -> Vec<Cell> {
    let cell = |(width, label): &(u32, Label)| Cell {
        width: u16::try_from(*width).unwrap_or(u16::MAX),
        label: label.as_ref().to_owned(),
    };
    columns.iter().map(cell).collect()
}
