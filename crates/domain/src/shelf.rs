//! What a period found on a store's shelf of one product, by the store's book: how much was there to be sold, how much of it was,
//! and on how many days there was none.

use time::{Date, Duration};

use crate::Quantity;

/// Days for which a store still lists a product after the last move that left it with none: afterwards it carries it no more, and
/// nobody misses it there.
pub const LISTED_DAYS: i64 = 90;

/// What happened to a product's shelf on a day on which anything did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShelfDay {
    /// The business day.
    pub day: Date,
    /// What came: deliveries less what went back to producers, what other stores sent less what went there, and what was packed;
    /// below zero for more that went. A delivery that was typed wrong and taken back never came.
    pub came: Quantity,
    /// What was sold, less what came back.
    pub sold: Quantity,
    /// All of it together, also what was lost, tasted or counted: to the shelf, below zero for away from it.
    pub change: Quantity,
}

/// What a period found on a shelf.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ShelfPeriod {
    /// On the shelf when the first day began.
    pub opening: Quantity,
    /// Came in the period, as [`ShelfDay::came`].
    pub came: Quantity,
    /// Sold in the period, less what came back in it.
    pub sold: Quantity,
    /// Days on which the store listed the product: from the first one on which any came, until [`LISTED_DAYS`] after it was gone.
    pub listed_days: i64,
    /// Days of these at whose end there was none.
    pub empty_days: i64,
}

impl ShelfPeriod {
    /// Counts a period up to its last day from every day before its end on which anything happened, in their order. `None` when a
    /// quantity does not fit in 64 bits.
    pub fn of(days: &[ShelfDay], (from, to): (Date, Date)) -> Option<Self> {
        let (mut found, mut left, mut is_listed) = (Self::default(), Quantity::ZERO, false);
        for (place, day) in days.iter().enumerate().filter(|(_, day)| day.day <= to) {
            left = left.plus(day.change)?;
            is_listed |= day.came > Quantity::ZERO || day.change > Quantity::ZERO;
            if day.day < from {
                found.opening = left;
            } else {
                found.came = found.came.plus(day.came)?;
                found.sold = found.sold.plus(day.sold)?;
            }
            if !is_listed {
                continue;
            }
            let is_empty = left <= Quantity::ZERO;
            let next = days.get(place + 1).map_or(Date::MAX, |next| next.day);
            let last_listed =
                if is_empty { day.day.saturating_add(Duration::days(LISTED_DAYS - 1)) } else { Date::MAX };
            let last = next.saturating_sub(Duration::DAY).min(last_listed).min(to);
            let lasted = ((last - day.day.max(from)).whole_days() + 1).max(0);
            found.listed_days += lasted;
            found.empty_days += if is_empty { lasted } else { 0 };
        }
        Some(found)
    }

    /// Returns how much was there to be sold: what stood on the shelf and what came. `None` where the book knows of none: more was
    /// sold than the store says that it received.
    pub fn to_be_sold(&self) -> Option<Quantity> {
        self.opening.plus(self.came).filter(|there| *there > Quantity::ZERO)
    }
}

/// Returns how much of what was there was sold, in thousandths, rounded half up; above 1.000 where a count found more. `None` where
/// nothing was there.
pub fn sell_through_per_mille(sold: Quantity, there: Quantity) -> Option<i64> {
    let there = i128::from(there.milli());
    let sold = i128::from(sold.milli());
    if there <= 0 { None } else { i64::try_from((sold * 2_000 + there).div_euclid(there * 2)).ok() }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const FROM: Date = date!(2026 - 06 - 10);
    const TO: Date = date!(2026 - 06 - 20);

    /// Pieces that came, were sold and left otherwise on a day.
    fn day(day: Date, came: i64, sold: i64, lost: i64) -> ShelfDay {
        let [came, sold, change] = [came, sold, came - sold - lost].map(Quantity::pieces);
        ShelfDay { day, came, sold, change }
    }

    #[test]
    fn shelves_are_counted_day_by_day() {
        // Days, then opening, came, sold, listed and empty days.
        for (days, expected) in [
            (vec![], (0, 0, 0, 0, 0)),
            (vec![day(date!(2026 - 06 - 01), 10, 4, 0)], (6, 0, 0, 11, 0)),
            // Gone in the period; what comes after it is not known in it.
            (
                vec![
                    day(date!(2026 - 06 - 01), 10, 4, 0),
                    day(date!(2026 - 06 - 12), 0, 6, 0),
                    day(date!(2026 - 06 - 25), 9, 0, 0),
                ],
                (6, 0, 6, 11, 9),
            ),
            // Gone and come again; the day on which it came is none without it.
            (
                vec![
                    day(date!(2026 - 06 - 01), 10, 10, 0),
                    day(date!(2026 - 06 - 13), 5, 1, 1),
                    day(date!(2026 - 06 - 20), 0, 2, 1),
                ],
                (0, 5, 3, 11, 4),
            ),
            // It comes first within the period, and comes back on the last day.
            (
                vec![day(date!(2026 - 06 - 19), 2, 2, 0), day(date!(2026 - 06 - 20), 0, -1, 0)],
                (0, 2, 1, 2, 1),
            ),
            // Sold before any came: the store's book knows of none until then.
            (
                vec![day(date!(2026 - 06 - 01), 0, 3, 0), day(date!(2026 - 06 - 20), 3, 0, 0)],
                (-3, 3, 0, 1, 1),
            ),
        ] {
            let found = ShelfPeriod::of(&days, (FROM, TO)).unwrap();
            let pieces = |quantity: Quantity| quantity.milli() / 1_000;
            assert_eq!(
                (
                    pieces(found.opening),
                    pieces(found.came),
                    pieces(found.sold),
                    found.listed_days,
                    found.empty_days
                ),
                expected,
                "{days:?}"
            );
        }
    }

    #[test]
    fn what_a_store_has_not_had_for_a_season_it_does_not_list() {
        let gone = |on| ShelfPeriod::of(&[day(on, 4, 4, 0)], (FROM, TO)).unwrap();
        let listed = |on| (gone(on).listed_days, gone(on).empty_days);
        assert_eq!(listed(FROM - Duration::days(LISTED_DAYS)), (0, 0));
        assert_eq!(listed(FROM - Duration::days(LISTED_DAYS - 1)), (1, 1));
        assert_eq!(listed(FROM), (11, 11));
    }

    #[test]
    fn what_was_there_is_known_where_the_book_has_any() {
        let there = |opening, came| {
            let [opening, came] = [opening, came].map(Quantity::pieces);
            ShelfPeriod { opening, came, ..ShelfPeriod::default() }.to_be_sold()
        };
        assert_eq!(there(6, 4), Some(Quantity::pieces(10)));
        assert_eq!(there(-3, 4), Some(Quantity::pieces(1)));
        assert_eq!((there(-3, 3), there(0, 0), there(5, -5)), (None, None, None));
    }

    #[test]
    fn shares_are_rounded_half_up() {
        for (sold, there, expected) in [
            (1, 3, Some(333)),
            (2, 3, Some(667)),
            (1, 2_000, Some(1)),
            (0, 5, Some(0)),
            (6, 5, Some(1_200)),
            (-1, 4, Some(-250)),
            (3, 0, None),
            (3, -1, None),
        ] {
            let found = sell_through_per_mille(Quantity::pieces(sold), Quantity::pieces(there));
            assert_eq!(found, expected, "{sold} of {there}");
        }
    }
}
