//! How long goods in a store will last at the pace of the last weeks, and when to send more.

use crate::Quantity;

/// Days of the pace that goods are judged by.
pub const PACE_DAYS: i64 = 30;

/// Goods that last less than this are nearly gone: a delivery from the island takes some days.
const LOW_DAYS: i64 = 7;
const PIECE_MILLI: i64 = 1_000;

/// A fast mover sells at least so many units a week, and what is left of it lasts [`FAST_DAYS`] at most.
pub const FAST_A_WEEK: i64 = 2;
/// See [`FAST_A_WEEK`].
pub const FAST_DAYS: i64 = 30;
/// A slow mover lies longer than this at its pace, or nobody bought any in [`PACE_DAYS`].
pub const SLOW_DAYS: i64 = 90;
/// Goods whose last day is not further away than this are to be sold first.
pub const NEAR_EXPIRY_DAYS: i64 = 30;

const WEEK_DAYS: i64 = 7;
const TENTH_MILLI: i64 = 100;

/// How fast goods sell against what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Gone within a month, and not by a piece or two.
    Fast,
    /// Neither fast nor slow.
    Usual,
    /// Lies for months.
    Slow,
}

impl Pace {
    /// Judges what is left on all shelves against what sold in the last [`PACE_DAYS`] days. What is gone and not asked for is
    /// usual.
    pub fn of(left: Quantity, sold_lately: Quantity) -> Self {
        let (left, sold) = (left.milli().max(0), sold_lately.milli());
        match days(Quantity::from_milli(left), sold_lately) {
            None if left > 0 => Self::Slow,
            Some(days) if left > 0 && days > SLOW_DAYS => Self::Slow,
            Some(days) if days <= FAST_DAYS && is_weekly(sold, FAST_A_WEEK) => Self::Fast,
            _ => Self::Usual,
        }
    }
}

/// Says whether so many units a week were sold, or more. Not by the rounded figure.
fn is_weekly(sold_milli: i64, units: i64) -> bool {
    sold_milli.saturating_mul(WEEK_DAYS) >= units * PIECE_MILLI * PACE_DAYS
}

/// Returns what covers sales of what is left: goods past their last day lie on the shelf, but nobody may buy them.
pub fn good(left: Quantity, ended: Quantity) -> Quantity {
    Quantity::from_milli(left.milli().saturating_sub(ended.milli().max(0)))
}

/// Returns how many days goods last at the pace of the last [`PACE_DAYS`] days, whole ones; none where nobody buys them.
pub fn days(left: Quantity, sold_lately: Quantity) -> Option<i64> {
    let sold = sold_lately.milli();
    (sold > 0).then(|| left.milli().saturating_mul(PACE_DAYS) / sold)
}

/// Returns what sells in a week at the pace of the last [`PACE_DAYS`] days, in tenths of a unit; below zero where more came back
/// than was sold.
pub fn a_week(sold_lately: Quantity) -> Quantity {
    let tenths = sold_lately.milli().saturating_mul(WEEK_DAYS) / (PACE_DAYS * TENTH_MILLI / 2);
    // Half a tenth is rounded away from zero.
    Quantity::from_milli((tenths + tenths.signum()) / 2 * TENTH_MILLI)
}

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
    fn goods_are_fast_or_slow_against_what_is_left() {
        for (left, sold, expected) in [
            // Nine in thirty days are more than two a week, eight are less.
            (9, 9, Pace::Fast),
            (8, 8, Pace::Usual),
            (10, 9, Pace::Usual),
            (0, 9, Pace::Fast),
            (-3, 40, Pace::Fast),
            (0, 0, Pace::Usual),
            (0, -1, Pace::Usual),
            (1, 0, Pace::Slow),
            (1, -1, Pace::Slow),
            (27, 9, Pace::Usual),
            (27, 8, Pace::Slow),
            (3, 1, Pace::Usual),
            (4, 1, Pace::Slow),
        ] {
            assert_eq!(
                Pace::of(Quantity::pieces(left), Quantity::pieces(sold)),
                expected,
                "{left} of {sold}"
            );
        }
    }

    #[test]
    fn a_week_is_told_in_tenths() {
        for (sold_milli, week_milli) in
            [(30_000, 7_000), (22_000, 5_100), (1_000, 200), (0, 0), (-1_000, -200), (2_250, 500), (200, 0)]
        {
            let week = a_week(Quantity::from_milli(sold_milli));
            assert_eq!(week, Quantity::from_milli(week_milli), "{sold_milli}");
        }
        assert_eq!(days(Quantity::pieces(7), Quantity::pieces(2)), Some(105));
        assert_eq!(days(Quantity::pieces(7), Quantity::ZERO), None);
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
