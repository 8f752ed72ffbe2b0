//! What a buyer was told stays what is asked for: while money is on its way a promotion's hours may end, and the catalogue may
//! bring or end one. When the payable is shown for payment, the moment and its promotions are fixed on the cart for a while;
//! any change of the cart lifts that.

use crate::promotion::Promotion;

/// How long the payable stays as it was shown, milliseconds: ten minutes.
pub const FIXED_MS: i64 = 10 * 60_000;

/// The moment that a cart is priced at while it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedPrice {
    /// When its payable was shown first, UTC milliseconds.
    pub at_ms: i64,
    /// Until when it holds, UTC milliseconds.
    pub until_ms: i64,
    /// What held then, for the products of the cart.
    pub promotions: Vec<Promotion>,
}

impl FixedPrice {
    /// Fixes what holds now.
    pub const fn new(now_ms: i64, promotions: Vec<Promotion>) -> Self {
        Self { at_ms: now_ms, until_ms: now_ms.saturating_add(FIXED_MS), promotions }
    }

    /// True while it holds; also for a clock that was set back meanwhile by less than it may hold.
    pub const fn holds(&self, now_ms: i64) -> bool {
        let left = self.until_ms.saturating_sub(now_ms);
        0 <= left && left <= 2 * FIXED_MS
    }

    /// Lets it hold as long again from now: a VietQR with its amount has just been shown.
    #[must_use]
    pub fn renewed(self, now_ms: i64) -> Self {
        Self { until_ms: now_ms.saturating_add(FIXED_MS), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_for_ten_minutes_by_a_clock_that_is_about_right() {
        let fixed = FixedPrice::new(1_000_000, Vec::new());
        for (after_ms, holds) in [
            (0, true),
            (FIXED_MS, true),
            (FIXED_MS + 1, false),
            (-60_000, true),
            (-FIXED_MS, true),
            (-FIXED_MS - 1, false),
        ] {
            assert_eq!(fixed.holds(1_000_000 + after_ms), holds, "{after_ms}");
        }
        let renewed = fixed.renewed(1_000_000 + 590_000);
        assert_eq!((renewed.at_ms, renewed.holds(1_000_000 + FIXED_MS + 1)), (1_000_000, true));
        assert!(!FixedPrice::new(i64::MAX, Vec::new()).holds(i64::MIN));
    }
}
