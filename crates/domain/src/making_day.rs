//! The day on which a lot was made (NSX), as it may stand on a pack.

use time::Date;

/// Goods that are sold here were made no longer ago, days: ten years.
pub const OLDEST_DAYS: i64 = 3_652;

/// A day that cannot be the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("goods are made before today and before their last day of sale: type that day anew")]
pub struct NotMadeThen;

/// Says whether goods whose last day is `expires_on` can have been made on a day, as seen today.
///
/// # Errors
/// When the day is not over yet, is not before the last day, or is longer ago than goods are kept.
pub fn check(made_on: Date, expires_on: Option<Date>, today: Date) -> Result<(), NotMadeThen> {
    let is_past = made_on <= today && (today - made_on).whole_days() <= OLDEST_DAYS;
    let is_before_last = expires_on.is_none_or(|last| made_on < last);
    if is_past && is_before_last { Ok(()) } else { Err(NotMadeThen) }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn goods_are_made_before_they_are_sold() {
        let today = date!(2026 - 11 - 23);
        for (made_on, expires_on, is_fine) in [
            (date!(2026 - 09 - 15), Some(date!(2027 - 09 - 15)), true),
            (today, None, true),
            (today, Some(date!(2026 - 11 - 24)), true),
            (today, Some(today), false),
            (date!(2026 - 11 - 24), None, false),
            (date!(2026 - 09 - 15), Some(date!(2026 - 09 - 14)), false),
            (date!(2016 - 11 - 24), None, true),
            (date!(2016 - 11 - 22), None, false),
        ] {
            assert_eq!(check(made_on, expires_on, today).is_ok(), is_fine, "{made_on} {expires_on:?}");
        }
    }
}
