//! Settlements before which the producer was paid.

use super::{settlement, text};
use crate::language::Language;
use crate::slip::{Slip, SlipBody};

/// Returns a settlement before which the rest of the one before was paid, and an advance.
pub fn settlement_advanced(language: Language) -> Slip {
    let pick = |vietnamese, english| text(language.pick(vietnamese, english));
    let mut slip = settlement(language);
    if let SlipBody::Settlement(body) = &mut slip.body {
        body.carried_vnd = 500_000;
        body.advances = vec![
            (pick("Đã trả 05/02/2026, phiếu LS-7Q3F-TT103", "Paid 05/02/2026, paper LS-7Q3F-TT103"), 500_000),
            (pick("Đã trả 18/02/2026, phiếu LS-7Q3F-TT112", "Paid 18/02/2026, paper LS-7Q3F-TT112"), 300_000),
        ];
        body.left_vnd = 985_592;
    }
    slip
}
