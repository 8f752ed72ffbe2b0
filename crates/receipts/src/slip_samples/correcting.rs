//! Settlements and payments that were put right.

use super::{READING_URL, settlement, slip, text};
use crate::language::Language;
use crate::slip::correction::CorrectionSlip;
use crate::slip::{Slip, SlipBody};

/// Returns a settlement before which something was put right: more, less, and a payment that came back.
pub fn settlement_adjusted(language: Language) -> Slip {
    let pick = |vietnamese, english| text(language.pick(vietnamese, english));
    let mut slip = settlement(language);
    if let SlipBody::Settlement(body) = &mut slip.body {
        body.adjusted = vec![
            (
                pick(
                    "Điều chỉnh LS-7Q3F-QT098: hoa hồng 10 %, không phải 12 %",
                    "Correction of LS-7Q3F-QT098: hoa hồng 10 %, không phải 12 %",
                ),
                42_000,
            ),
            (pick("Điều chỉnh LS-7Q3F-QT098: tính dư", "Correction of LS-7Q3F-QT098: tính dư"), -2_000),
            (
                pick(
                    "Rút lại khoản trả LS-7Q3F-TT101: nhầm người",
                    "Payment LS-7Q3F-TT101 taken back: nhầm người",
                ),
                500_000,
            ),
        ];
        body.left_vnd += 540_000;
    }
    slip
}

/// Returns what puts a settlement right, or takes a payment back.
pub fn correction(language: Language, is_back: bool) -> Slip {
    let pick = |vietnamese, english| text(language.pick(vietnamese, english));
    let amount_vnd = if is_back { 2_350_000 } else { -42_000 };
    let words = if is_back {
        "Hai triệu ba trăm năm mươi nghìn đồng"
    } else {
        "Bốn mươi hai nghìn đồng"
    };
    let body = CorrectionSlip {
        producer: text("HTX Nông nghiệp và Dịch vụ Trà Bồng"),
        corrects: text(if is_back { "LS-7Q3F-TT126" } else { "LS-7Q3F-QT125" }),
        way: if is_back {
            pick("Tiền mặt vào ngăn kéo", "Cash into the drawer")
        } else {
            String::new()
        },
        reason: text("Trả nhầm người, chủ thể đã đưa lại đủ tiền"),
        before_vnd: if is_back { -2_115_000 } else { 12_000 },
        amount_vnd,
        in_words: pick(words, ""),
        left_vnd: if is_back { 235_000 } else { -30_000 },
        entry: text("S1/1205 · 5b07d1c9a2e8f463"),
        approved_by: text("Lê Thị Hòa"),
        reading_url: text(READING_URL),
    };
    slip(language, if is_back { "LS-7Q3F-RL127" } else { "LS-7Q3F-DN127" }, SlipBody::Correction(body))
}
