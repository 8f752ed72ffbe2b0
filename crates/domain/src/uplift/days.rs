//! From days of stores to weeks before and during a campaign.

use std::collections::BTreeMap;

use time::{Date, Duration};

use super::{StoreWeeks, Trade, WEEKS_MOST, Week};
use crate::ids::StoreId;

/// What a store sold on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySums {
    /// The store.
    pub store: StoreId,
    /// The business day.
    pub day: Date,
    /// Of the campaign's products, đồng.
    pub promoted_vnd: i64,
    /// On how many lines.
    pub promoted_lines: i64,
    /// Of everything, đồng.
    pub all_vnd: i64,
}

/// Which days make which week. Weeks begin on the weekday of the campaign's first day; a campaign of fewer than seven days is held
/// against the same weekdays of the weeks before, since a weekend is no Tuesday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    first: Date,
    last: Date,
    week_days: i64,
}

impl Calendar {
    /// Takes the first day, the last one as planned, and the last one that is over; a last one before the first means that nothing is
    /// over yet.
    pub fn new(first: Date, planned: Date, over: Date) -> Self {
        Self { first, last: over.min(planned), week_days: ((planned - first).whole_days() + 1).clamp(1, 7) }
    }

    /// The same of the weeks before alone, for what could be seen at all: of a campaign that is to come the last ones that are over on a
    /// day.
    pub fn before(first: Date, planned: Date, today: Date) -> Self {
        let days = (first - today).whole_days().max(0);
        let moved = Duration::weeks((days + 6) / 7);
        let week_days = Self::new(first, planned, planned).week_days;
        let first = first.saturating_sub(moved);
        Self { first, last: first.saturating_sub(Duration::DAY), week_days }
    }

    /// Returns the first day that is looked at.
    pub fn since(&self) -> Date {
        self.first.saturating_sub(Duration::weeks(i64::try_from(WEEKS_MOST).unwrap_or(i64::MAX)))
    }

    /// Returns the last day that is looked at.
    pub const fn until(&self) -> Date {
        self.last
    }

    /// Returns how many of the campaign's days are over.
    pub fn days_over(&self) -> i64 {
        ((self.last - self.first).whole_days() + 1).max(0)
    }

    /// Returns days as weeks: of `stores` with the campaign and of `elsewhere` without it. Days of other stores are left out, and so are
    /// weeks before the start that meet the days of `others`: other campaigns for the same goods, which would pass for the usual.
    pub fn trade(
        &self,
        days: &[DaySums],
        (stores, elsewhere): (&[StoreId], &[StoreId]),
        others: &[(Date, Date)],
    ) -> Trade {
        let mut by_store: BTreeMap<StoreId, Vec<&DaySums>> = BTreeMap::new();
        for day in days {
            by_store.entry(day.store).or_default().push(day);
        }
        let weeks = |store: &StoreId| self.weeks(by_store.get(store).map_or(&[][..], Vec::as_slice));
        let of = |stores: &[StoreId]| stores.iter().map(|store| self.usual(weeks(store), others)).collect();
        Trade {
            stores: of(stores),
            elsewhere: of(elsewhere),
            week_days: self.week_days,
            during_days: self.days_over(),
        }
    }

    /// Counts the weeks before the start that meet the days of other campaigns.
    pub fn left_out(&self, others: &[(Date, Date)]) -> usize {
        (0..WEEKS_MOST).filter(|week| self.is_spoilt(*week, others)).count()
    }

    fn usual(&self, weeks: StoreWeeks, others: &[(Date, Date)]) -> StoreWeeks {
        let before = weeks.before.into_iter().enumerate();
        let before = before.filter(|(week, _)| !self.is_spoilt(*week, others)).map(|(_, week)| week);
        StoreWeeks { before: before.collect(), during: weeks.during }
    }

    /// True for a week, counted from the earliest one, that meets the days of another campaign.
    fn is_spoilt(&self, week: usize, others: &[(Date, Date)]) -> bool {
        let from = self.since().saturating_add(Duration::weeks(i64::try_from(week).unwrap_or(i64::MAX)));
        let to = from.saturating_add(Duration::days(self.week_days - 1));
        others.iter().any(|(first, last)| *first <= to && from <= *last)
    }

    fn weeks(&self, days: &[&DaySums]) -> StoreWeeks {
        let count = self.days_over().div_euclid(7) + i64::from(self.days_over() % 7 > 0);
        let count = usize::try_from(count).unwrap_or_default();
        let mut weeks =
            StoreWeeks { before: vec![Week::default(); WEEKS_MOST], during: vec![Week::default(); count] };
        for day in days {
            if let Some(week) = self.week_of(&mut weeks, day.day) {
                week.promoted_vnd += day.promoted_vnd;
                week.promoted_lines += day.promoted_lines;
                week.others_vnd += day.all_vnd - day.promoted_vnd;
            }
        }
        weeks
    }

    fn week_of<'w>(&self, weeks: &'w mut StoreWeeks, day: Date) -> Option<&'w mut Week> {
        let since = (day - self.first).whole_days();
        if day > self.last || since.rem_euclid(7) >= self.week_days {
            return None;
        }
        let week = usize::try_from(since.div_euclid(7).unsigned_abs()).ok()?;
        if since >= 0 {
            weeks.during.get_mut(week)
        } else {
            weeks.before.get_mut(WEEKS_MOST.checked_sub(week)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn day(day: Date, promoted_vnd: i64) -> DaySums {
        let store = StoreId::from_uuid(Uuid::from_u128(1));
        DaySums { store, day, promoted_vnd, promoted_lines: 1, all_vnd: 3 * promoted_vnd }
    }

    #[test]
    fn days_fall_into_weeks() {
        // Tuesday 10 to Monday 23 November, of which Thursday 19 is over.
        let calendar = Calendar::new(date!(2026 - 11 - 10), date!(2026 - 11 - 23), date!(2026 - 11 - 19));
        assert_eq!((calendar.since(), calendar.days_over()), (date!(2026 - 07 - 21), 10));
        let days = [
            day(date!(2026 - 07 - 20), 1_000_000),
            day(date!(2026 - 07 - 21), 1),
            day(date!(2026 - 11 - 02), 20),
            day(date!(2026 - 11 - 03), 300),
            day(date!(2026 - 11 - 09), 4_000),
            day(date!(2026 - 11 - 10), 50_000),
            day(date!(2026 - 11 - 17), 600_000),
            day(date!(2026 - 11 - 20), 7_000_000),
        ];
        let stores = [days[0].store];
        let trade = calendar.trade(&days, (&stores, &[]), &[]);
        let weeks = &trade.stores[0];
        let sums = |weeks: &[Week]| weeks.iter().map(|week| week.promoted_vnd).collect::<Vec<_>>();
        assert_eq!(sums(&weeks.during), [50_000, 600_000]);
        let before = sums(&weeks.before);
        assert_eq!((before.len(), before[0], before[14], before[15]), (WEEKS_MOST, 1, 20, 4_300));
        assert_eq!(weeks.before[15], Week { promoted_vnd: 4_300, promoted_lines: 2, others_vnd: 8_600 });
        assert_eq!((trade.week_days, trade.during_days), (7, 10));
    }

    #[test]
    fn weeks_of_other_campaigns_are_not_the_usual() {
        let calendar = Calendar::new(date!(2026 - 11 - 10), date!(2026 - 11 - 23), date!(2026 - 11 - 23));
        let days: Vec<DaySums> =
            (1..=16).map(|week| day(date!(2026 - 11 - 10) - Duration::weeks(week), week)).collect();
        for (others, left_out, first, last) in [
            (vec![], 0, 16, 1),
            // Its last day is the first one of a week: that week, and the one before.
            (vec![(date!(2026 - 10 - 27), date!(2026 - 11 - 03))], 2, 16, 3),
            (vec![(date!(2026 - 11 - 09), date!(2026 - 12 - 09))], 1, 16, 2),
            (vec![(date!(2020 - 01 - 01), date!(2026 - 07 - 21))], 1, 15, 1),
            (
                vec![
                    (date!(2026 - 11 - 10), date!(2026 - 12 - 09)),
                    (date!(2026 - 07 - 01), date!(2026 - 07 - 20)),
                ],
                0,
                16,
                1,
            ),
        ] {
            let trade = calendar.trade(&days, (&[days[0].store], &[]), &others);
            let before = &trade.stores[0].before;
            assert_eq!(
                (calendar.left_out(&others), before.len()),
                (left_out, WEEKS_MOST - left_out),
                "{others:?}"
            );
            let ends = (before[0].promoted_vnd, before[before.len() - 1].promoted_vnd);
            assert_eq!(ends, (first, last), "{others:?}");
        }
    }

    #[test]
    fn a_short_campaign_is_held_against_the_same_weekdays() {
        // Friday to Sunday.
        let calendar = Calendar::new(date!(2026 - 11 - 13), date!(2026 - 11 - 15), date!(2026 - 11 - 30));
        let days: Vec<DaySums> =
            (1..=15).map(|number| day(date!(2026 - 10 - 31) + Duration::days(number), number)).collect();
        let trade = calendar.trade(&days, (&[days[0].store], &[]), &[]);
        // 13, 14 and 15 November; 6, 7 and 8 November; 1 November, a Sunday.
        assert_eq!(trade.stores[0].during[0].promoted_vnd, 42);
        assert_eq!(trade.stores[0].before[15].promoted_vnd, 21);
        assert_eq!(trade.stores[0].before[14].promoted_vnd, 1);
        assert_eq!((trade.week_days, trade.during_days), (3, 3));
    }

    #[test]
    fn one_to_come_looks_at_weeks_that_are_over() {
        let today = date!(2026 - 11 - 30);
        // A Thursday; the last one that is over is 26 November, and the week before it ends on the 25th.
        for (first, since) in [
            (date!(2026 - 12 - 24), date!(2026 - 08 - 06)),
            (date!(2026 - 12 - 03), date!(2026 - 08 - 06)),
            (date!(2026 - 11 - 30), date!(2026 - 08 - 10)),
            // One that runs already looks at what was before it.
            (date!(2026 - 11 - 20), date!(2026 - 07 - 31)),
        ] {
            let calendar = Calendar::before(first, first + Duration::days(2), today);
            assert_eq!((calendar.since(), calendar.days_over()), (since, 0), "{first}");
            assert_eq!(calendar.until(), since + Duration::weeks(16) - Duration::DAY);
            assert!(calendar.until() < today);
        }
    }
}
