//! Whether the label of a lot is scanned so often that it may be on other packs than the lot's.

use crate::quantity::Quantity;

/// A lot that was scanned less often is never suspicious: people show each other a pack.
pub const SCANS_LEAST: i64 = 30;
/// Scans for each unit that was sold or lies on a shelf that are usual at most.
pub const SCANS_EACH: i64 = 5;

/// Says whether a lot was scanned far more often than its packs explain: those that were sold, and those that can be scanned on a
/// shelf. Below zero counts as nothing.
pub fn is_suspicious(scans: i64, sold: Quantity, on_shelf: Quantity) -> bool {
    let units = |quantity: Quantity| quantity.milli().max(0) / 1_000;
    let explained = units(sold).saturating_add(units(on_shelf)).saturating_mul(SCANS_EACH);
    scans >= SCANS_LEAST && scans > explained
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_more_scans_than_packs_are_suspicious() {
        let pieces = Quantity::pieces;
        for (scans, sold, on_shelf, expected) in [
            (29, 0, 0, false),
            (30, 0, 0, true),
            (30, 6, 0, false),
            (31, 6, 0, true),
            (31, 0, 7, false),
            (200, 20, 19, true),
            (200, 20, 20, false),
            (40, -3, 0, true),
        ] {
            let found = is_suspicious(scans, pieces(sold), pieces(on_shelf));
            assert_eq!(found, expected, "{scans} {sold} {on_shelf}");
        }
        let most = Quantity::from_milli(i64::MAX);
        assert!(!is_suspicious(1_000_000, most, most), "no sum overflows");
    }
}
