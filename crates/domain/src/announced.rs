//! Goods that a producer announced: which of the goods that a store took in are these, and how much is still to come.

use time::{Date, Duration};

use crate::ids::{ProducerId, ProductId};
use crate::quantity::Quantity;

/// Goods come so many days before the day that was said, and are still these.
const DAYS_EARLY: i64 = 2;
/// And so many days after it.
const DAYS_LATE: i64 = 7;

/// A business day, and when the department heard of what was on it; the later of two on one day is the one heard of later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// The business day.
    pub day: Date,
    /// UTC milliseconds.
    pub at_ms: i64,
}

/// Returns whether goods that a store took in may be those that were announced for a day: taken in after they were announced, at
/// most two days before that day and at most seven after it. A shop may sync days later, so the business days count first.
pub fn is_of(announced: Heard, comes_on: Date, taken_in: Heard) -> bool {
    let days = comes_on - Duration::days(DAYS_EARLY)..=comes_on + Duration::days(DAYS_LATE);
    taken_in > announced && days.contains(&taken_in.day)
}

/// Goods that are expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// Who brings them.
    pub producer_id: ProducerId,
    /// What.
    pub product_id: ProductId,
    /// When.
    pub comes_on: Date,
    /// How much.
    pub quantity: Quantity,
}

/// Goods that were taken in by themselves, not as what was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrived {
    /// Whose consigned goods; none for goods that the operator bought, from whomever.
    pub producer_id: Option<ProducerId>,
    /// What.
    pub product_id: ProductId,
    /// On which business day.
    pub day: Date,
    /// How much.
    pub quantity: Quantity,
}

/// Returns how much has come of each of the promised goods: those taken in on their day or later, the earliest promise first, and no
/// piece for two promises. Five boxes in the morning are not the twenty that were announced for the day.
pub fn arrived(promised: &[Promised], came: &[Arrived]) -> Vec<Quantity> {
    let mut order: Vec<usize> = (0..promised.len()).collect();
    order.sort_by_key(|index| promised[*index].comes_on);
    let mut sums = vec![Quantity::ZERO; promised.len()];
    for goods in came {
        let mut left = goods.quantity;
        for index in order.iter().copied().filter(|index| promised[*index].takes(goods)) {
            let wanted = promised[index].quantity.minus(sums[index]).unwrap_or_default();
            let part = left.min(wanted).max(Quantity::ZERO);
            sums[index] = sums[index].plus(part).unwrap_or_default();
            left = left.minus(part).unwrap_or_default();
        }
    }
    sums
}

impl Promised {
    fn takes(&self, goods: &Arrived) -> bool {
        self.product_id == goods.product_id
            && goods.producer_id.is_none_or(|producer_id| producer_id == self.producer_id)
            && goods.day >= self.comes_on
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    const ANNOUNCED: Heard = Heard { day: date!(2026 - 11 - 10), at_ms: 1_000 };
    const COMES_ON: Date = date!(2026 - 11 - 20);

    fn comes(day: Date) -> bool {
        is_of(ANNOUNCED, COMES_ON, Heard { day, at_ms: 2_000 })
    }

    #[test]
    fn goods_come_from_two_days_before_to_seven_days_after() {
        assert!(!comes(date!(2026 - 11 - 17)));
        assert!(comes(date!(2026 - 11 - 18)));
        assert!(comes(date!(2026 - 11 - 27)));
        assert!(!comes(date!(2026 - 11 - 28)));
    }

    #[test]
    fn goods_taken_in_before_are_others() {
        let at = |day, at_ms| is_of(ANNOUNCED, date!(2026 - 11 - 11), Heard { day, at_ms });
        assert!(!at(date!(2026 - 11 - 9), 5_000), "the day before, heard of later");
        assert!(!at(ANNOUNCED.day, 1_000), "the same moment");
        assert!(at(ANNOUNCED.day, 1_001), "the same day, heard of later");
        assert!(at(date!(2026 - 11 - 11), 500), "a later day by a till that is ahead");
    }

    fn promised(producer: u128, comes_on: Date, pieces: i64) -> Promised {
        Promised {
            producer_id: Uuid::from_u128(producer).into(),
            product_id: Uuid::from_u128(9).into(),
            comes_on,
            quantity: Quantity::pieces(pieces),
        }
    }

    fn came(producer: Option<u128>, day: Date, pieces: i64) -> Arrived {
        Arrived {
            producer_id: producer.map(|producer| Uuid::from_u128(producer).into()),
            product_id: Uuid::from_u128(9).into(),
            day,
            quantity: Quantity::pieces(pieces),
        }
    }

    #[test]
    fn what_comes_fulfils_one_promise_after_the_other() {
        let later = date!(2026 - 11 - 22);
        let promises = [promised(1, later, 5), promised(1, COMES_ON, 20)];
        for (what, goods, expected) in [
            ("nothing yet", vec![], [0, 0]),
            ("five in the morning are not the twenty", vec![came(Some(1), COMES_ON, 5)], [0, 5]),
            ("all of the first", vec![came(Some(1), COMES_ON, 20)], [0, 20]),
            ("in two parts", vec![came(Some(1), COMES_ON, 12), came(Some(1), later, 10)], [2, 20]),
            ("more than was announced", vec![came(Some(1), later, 40)], [5, 20]),
            ("the day before", vec![came(Some(1), date!(2026 - 11 - 19), 20)], [0, 0]),
            ("bought from whomever", vec![came(None, COMES_ON, 20)], [0, 20]),
            ("another producer's", vec![came(Some(2), COMES_ON, 20)], [0, 0]),
            ("less than nothing", vec![came(Some(1), COMES_ON, -20)], [0, 0]),
        ] {
            assert_eq!(arrived(&promises, &goods), expected.map(Quantity::pieces), "{what}");
        }
    }

    #[test]
    fn another_product_is_not_what_was_announced() {
        let other = Arrived { product_id: Uuid::from_u128(8).into(), ..came(Some(1), COMES_ON, 20) };
        assert_eq!(arrived(&[promised(1, COMES_ON, 20)], &[other]), [Quantity::ZERO]);
    }
}
