//! How long goods in a store will last at the pace of the last weeks, and when to send more.

use crate::Quantity;

/// Days of the pace that goods are judged by.
pub const PACE_DAYS: i64 = 30;

/// Goods that last less than this are nearly gone: a delivery from the island takes some days.
const LOW_DAYS: i64 = 7;
const PIECE_MILLI: i64 = 1_000;

/// How long goods last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// Less than nothing by the book: more was sold than the store says that it received.
    Short,
    /// Nothing is left.
    Gone,
    /// Lasts about so many days.
    Low(i64),
    /// Lasts.
    Enough,
}

impl Cover {
    /// Judges what is left against what sold in the last [`PACE_DAYS`] days.
    pub fn of(left: Quantity, sold_lately: Quantity) -> Self {
        let (left, sold) = (left.milli(), sold_lately.milli());
        if left < 0 {
            return Self::Short;
        }
        if left == 0 {
            return Self::Gone;
        }
        if sold <= 0 {
            return Self::Enough;
        }
        let days = left.saturating_mul(PACE_DAYS) / sold;
        if days < LOW_DAYS { Self::Low(days) } else { Self::Enough }
    }
}

/// Returns how much to send so that it lasts [`PACE_DAYS`] days at this pace, in whole units; zero for none.
pub fn to_send(left: Quantity, sold_lately: Quantity) -> Quantity {
    let missing = sold_lately.milli().saturating_sub(left.milli().max(0)).max(0);
    Quantity::pieces(missing.saturating_add(PIECE_MILLI - 1) / PIECE_MILLI)
}

/// Returns how much to have brought, in whole units: what lasts [`PACE_DAYS`] days at this pace, and at least so much that the
/// shelf has its minimum.
pub fn to_bring(left: Quantity, sold_lately: Quantity, minimum: Quantity) -> Quantity {
    let missing = minimum.milli().saturating_sub(left.milli().max(0)).max(0);
    let below = Quantity::pieces(missing.saturating_add(PIECE_MILLI - 1) / PIECE_MILLI);
    to_send(left, sold_lately).max(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_that_last_less_than_a_week_are_low() {
        for (left, sold, expected) in [
            (-1, 10, Cover::Short),
            (0, 10, Cover::Gone),
            (0, 0, Cover::Gone),
            (3, 12, Cover::Enough),
            (3, 13, Cover::Low(6)),
            (1, 60, Cover::Low(0)),
            (5, 0, Cover::Enough),
            (7, 30, Cover::Enough),
            (6, 30, Cover::Low(6)),
        ] {
            assert_eq!(
                Cover::of(Quantity::pieces(left), Quantity::pieces(sold)),
                expected,
                "{left} of {sold}"
            );
        }
        assert_eq!(Cover::of(Quantity::from_milli(500), Quantity::from_milli(2_250)), Cover::Low(6));
    }

    #[test]
    fn a_minimum_is_brought_whatever_the_pace() {
        for (left, sold, minimum, expected) in
            [(3, 0, 5, 2), (3, 12, 5, 9), (3, 12, 20, 17), (9, 0, 5, 0), (-2, 0, 5, 5), (3, 0, 0, 0)]
        {
            let [left, sold, minimum] = [left, sold, minimum].map(Quantity::pieces);
            assert_eq!(to_bring(left, sold, minimum), Quantity::pieces(expected), "{left} {sold} {minimum}");
        }
    }

    #[test]
    fn what_to_send_fills_a_month() {
        for (left_milli, sold_milli, expected) in
            [(3_000, 12_000, 9), (0, 12_000, 12), (-2_000, 12_000, 12), (20_000, 12_000, 0), (500, 2_250, 2)]
        {
            let send = to_send(Quantity::from_milli(left_milli), Quantity::from_milli(sold_milli));
            assert_eq!(send, Quantity::pieces(expected), "{left_milli} of {sold_milli}");
        }
    }
}
