//! Terms that a producer signs.

use super::{slip, text};
use crate::language::Language;
use crate::slip::agreement::AgreementSlip;
use crate::slip::{Slip, SlipBody};

/// Returns terms for all products of a producer.
pub fn agreement(language: Language) -> Slip {
    let clauses: &[&str] = match language {
        Language::Vi => &[
            "Hoa hồng 12 % trên giá niêm yết",
            "Cửa hàng chịu phần giảm giá",
            "Trong mỗi kỳ quyết toán, hàng hỏng, mất đến 2 % số đã bán do chủ thể chịu; phần vượt do cửa hàng chịu",
            "Chủ thể chịu hàng hết hạn",
            "Khách trả lại được trong 3 ngày",
            "Im lặng 7 ngày là đồng ý",
        ],
        Language::En => &["Commission of 12 % on the list price", "The store bears discounts"],
    };
    let body = AgreementSlip {
        producer: text("Hợp tác xã tỏi đen Lý Sơn"),
        product: if language == Language::En {
            text("Tỏi đen Lý Sơn hộp 250 g")
        } else {
            String::new()
        },
        valid_from: text("01/12/2026"),
        clauses: clauses.iter().map(|clause| text(clause)).collect(),
        approved_by: text("Nguyễn Thị Sương"),
    };
    slip(language, "LS-7Q3F-HD41", SlipBody::Agreement(body))
}
