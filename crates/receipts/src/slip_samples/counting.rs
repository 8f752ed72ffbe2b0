//! The shelf was counted.

use super::{slip, text};
use crate::language::Language;
use crate::slip::count::{CountLine, CountSlip};
use crate::slip::{Slip, SlipBody};

/// Returns a stocktake in which some goods were missing and some beyond the book.
pub fn count(language: Language) -> Slip {
    let pick = |vietnamese, english| text(language.pick(vietnamese, english));
    let line = |name, unit, expected_milli, counted_milli, compensation_vnd| CountLine {
        name: text(name),
        unit: text(unit),
        expected_milli,
        counted_milli,
        difference_milli: counted_milli - expected_milli,
        compensation_vnd,
    };
    let body = CountSlip {
        title: pick("Kiểm kê đầu tháng 3", "Beginning of March"),
        part: String::new(),
        begun: text("03/03/2026 18:05"),
        products: 148,
        lines: vec![
            line("Tỏi đen một nhánh Lý Sơn", "hộp 250 g", 24_000, 22_000, 487_424),
            line("Rượu sâm bảy lá một hoa Ngọc Linh ngâm mật ong rừng", "chai 750 ml", -1_000, 2_000, 0),
            line("Quế Trà Bồng", "kg", 3_500, 3_150, 0),
        ],
        bearer: pick("điểm bán đền", "the store pays"),
        compensation_vnd: 487_424,
        reason: pick("Đã tìm cả trong kho", "The store room was searched"),
        approved_by: text("Trần Văn Quản"),
    };
    slip(language, "LS-7Q3F-KK1310", SlipBody::Count(body))
}

/// Returns a stocktake without any difference.
pub fn count_as_in_the_book(language: Language) -> Slip {
    let mut slip = count(language);
    if let SlipBody::Count(body) = &mut slip.body {
        body.lines.clear();
        (body.bearer, body.reason, body.title) = (String::new(), String::new(), String::new());
        body.compensation_vnd = 0;
    }
    slip
}
