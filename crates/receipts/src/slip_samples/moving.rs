//! Goods on their way between two stores, and goods that were packed anew.

use super::{slip, text};
use crate::language::Language;
use crate::slip::repack::{RepackLine, RepackSlip};
use crate::slip::transfer::{TransferLine, TransferSlip, Way};
use crate::slip::{Slip, SlipBody};

fn line(
    name: &str,
    unit: &str,
    sent_milli: i64,
    arrived_milli: Option<i64>,
    compensation_vnd: i64,
) -> TransferLine {
    TransferLine {
        name: text(name),
        unit: text(unit),
        producer: text("HTX Nông nghiệp và Dịch vụ Trà Bồng"),
        sent_milli,
        arrived_milli,
        lot: text("L-0526"),
        expires: text("31/05/2026"),
        compensation_vnd,
    }
}

/// Returns the paper that goes with goods to another store.
pub(super) fn transfer_out(language: Language) -> Slip {
    let body = TransferSlip {
        way: Way::Out,
        store: text("Điểm giới thiệu và bán sản phẩm OCOP Trà Khúc"),
        transfer: String::new(),
        reason: text(language.pick("Bên đó hết tỏi đen", "They are out of black garlic")),
        lines: vec![
            line("Tỏi đen một nhánh Lý Sơn", "hộp 250 g", 12_000, None, 0),
            line("Mật ong rừng Trà Bồng", "kg", 3_500, None, 0),
        ],
        compensation_vnd: 0,
        approved_by: text("Trần Văn Quản"),
    };
    slip(language, "LS-7Q3F-CK1412", SlipBody::Transfer(body))
}

/// Returns what the other store counted: some is missing, of some there is more.
pub(super) fn transfer_in(language: Language) -> Slip {
    let body = TransferSlip {
        way: Way::In,
        store: text("Điểm OCOP Lý Sơn"),
        transfer: text("LS-7Q3F-CK1412"),
        reason: text(language.pick("Hộp vỡ dọc đường", "Boxes broke on the way")),
        lines: vec![
            line("Tỏi đen một nhánh Lý Sơn", "hộp 250 g", 12_000, Some(10_000), 487_424),
            line("Mật ong rừng Trà Bồng", "kg", 3_500, Some(3_750), 0),
        ],
        compensation_vnd: 487_424,
        approved_by: text("Trần Văn Quản"),
    };
    slip(language, "TK-9Z9Z-NK230", SlipBody::Transfer(body))
}

/// Returns ten kilograms that became bags, with a loss.
pub(super) fn repack(language: Language) -> Slip {
    let line = |name, unit, quantity_milli, grams| RepackLine {
        name: text(name),
        unit: text(unit),
        quantity_milli,
        grams,
        lot: text("Q-1125"),
        expires: text("30/06/2027"),
    };
    let body = RepackSlip {
        producer: text("HTX Nông nghiệp và Dịch vụ Trà Bồng"),
        reason: text(language.pick("Chia gói nhỏ bán Tết", "Small bags for Tết")),
        used: vec![line("Quế Trà Bồng", "kg", 10_000, 10_000)],
        made: vec![
            line("Quế Trà Bồng gói 500 g", "gói", 16_000, 8_000),
            line("Bột quế Trà Bồng gói 100 g", "gói", 18_000, 1_800),
        ],
        loss_grams: 200,
        compensation_vnd: 57_000,
        approved_by: text("Trần Văn Quản"),
    };
    slip(language, "LS-7Q3F-DG1420", SlipBody::Repack(body))
}
