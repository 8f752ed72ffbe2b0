//! From how many stores a report has been told, and until when. A figure is never shown without it.

use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use web::format::local_date;

use crate::db::sales::StoreFreshness;

/// A store that has been silent for so long today is named.
const QUIET_MS: i64 = 3 * 60 * 60 * 1_000;

/// How far the figures reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Freshness {
    /// When the last of them came, UTC milliseconds.
    pub as_of_ms: Option<i64>,
    /// Stores that have told since the last day of the period began.
    pub reported: usize,
    /// Stores in the report.
    pub stores: usize,
    /// What is missing, the gravest first.
    pub notices: Vec<Notice>,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// What.
    pub missing: Missing,
    /// The store's name.
    pub store: String,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Two journals with one key were seen.
    Forked,
    /// Sales of a device that waits for approval, đồng.
    Held(i64),
    /// Sales of the period that are not in the books as told: their money is in suspense. That somebody looked into one changes nothing of
    /// that, so most stay here for good; they leave when the books are made anew by a program that can enter them.
    Suspended {
        /// How many entries.
        entries: i64,
        /// Their money, đồng; of an entry that cannot be read nobody knows it.
        vnd: i64,
    },
    /// No sale since; UTC milliseconds of the last one.
    Quiet(i64),
    /// Everything: the store never told anything.
    All,
}

impl Freshness {
    /// Judges stores for a report from a day to another: those that run in it, and those whose sales wait in spite of that.
    pub fn judge(stores: &[StoreFreshness], days: (Date, Date), now_ms: i64) -> Self {
        let last_day = days.1;
        let counted: Vec<&StoreFreshness> = stores.iter().filter(|store| is_judged(store, days)).collect();
        let mut notices = Vec::new();
        for store in &counted {
            let name = |missing| Notice { missing, store: store.name.clone() };
            if store.is_forked {
                notices.push(name(Missing::Forked));
            }
            if store.held.vnd() > 0 {
                notices.push(name(Missing::Held(store.held.vnd())));
            }
            let (entries, vnd) = suspended(store, days);
            if entries > 0 {
                notices.push(name(Missing::Suspended { entries, vnd }));
            }
            if store.running.meets(days) {
                notices.extend(silence(store, last_day, now_ms).map(name));
            }
        }
        notices.sort();
        Self {
            as_of_ms: stores.iter().filter_map(|store| store.heard_at_ms).max(),
            reported: counted.iter().filter(|store| has_reported(store, last_day, now_ms)).count(),
            stores: counted.len(),
            notices,
        }
    }
}

/// True for a store that a report of these days waits for, or that keeps something back from it.
pub fn is_judged(store: &StoreFreshness, days: (Date, Date)) -> bool {
    store.running.meets(days) || store.held.vnd() > 0 || store.is_forked || suspended(store, days).0 > 0
}

/// Returns how many sales of these days are in suspense, and their money, đồng.
pub fn suspended(store: &StoreFreshness, (from, to): (Date, Date)) -> (i64, i64) {
    let within = store.suspended.iter().filter(|row| from <= row.day && row.day <= to);
    within.fold((0, 0), |(entries, vnd): (i64, i64), row| {
        (entries.saturating_add(row.entries), vnd.saturating_add(row.money.vnd()))
    })
}

/// True when a store was heard of on a day or after it; days to come are as complete as today, and those after it closed as its last.
pub fn has_reported(store: &StoreFreshness, day: Date, now_ms: i64) -> bool {
    let needed = store.running.last_owed(day.min(local_date(now_ms)));
    store.heard_at_ms.is_some_and(|at_ms| local_date(at_ms) >= needed)
}

fn silence(store: &StoreFreshness, last_day: Date, now_ms: i64) -> Option<Missing> {
    let Some(heard_at_ms) = store.heard_at_ms else { return Some(Missing::All) };
    let is_today = store.running.last_owed(last_day) >= local_date(now_ms);
    let is_quiet = is_today && now_ms - heard_at_ms > QUIET_MS;
    let last_ms = store.sale_at_ms.unwrap_or(heard_at_ms);
    (is_quiet || !has_reported(store, last_day, now_ms)).then_some(Missing::Quiet(last_ms))
}

#[cfg(test)]
mod tests {
    use domain::Money;
    use domain::ids::StoreId;
    use domain::point::Running;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::db::exceptions::SuspendedDay;

    /// 23/11/2026 14:02 in Vietnam.
    const NOW_MS: i64 = 1_795_417_320_000;
    const MINUTE_MS: i64 = 60_000;

    fn store(heard_at_ms: Option<i64>) -> StoreFreshness {
        StoreFreshness {
            store_id: StoreId::from_uuid(Uuid::from_u128(1)),
            code: "LS".to_owned(),
            name: "Lý Sơn".to_owned(),
            running: Running::Always,
            last_sale_day: None,
            sale_at_ms: heard_at_ms.map(|at_ms| at_ms - MINUTE_MS),
            heard_at_ms,
            held: Money::ZERO,
            exceptions: 0,
            suspended: Vec::new(),
            is_forked: false,
        }
    }

    #[test]
    fn a_store_has_reported_a_day_when_it_was_heard_of_on_it_or_later() {
        let (today, yesterday) = (date!(2026 - 11 - 23), date!(2026 - 11 - 22));
        for (heard_ago_min, day, expected) in [
            (0, today, true),
            // At 00:02 of today.
            (14 * 60, today, true),
            // At 23:02 of yesterday.
            (15 * 60, today, false),
            (15 * 60, yesterday, true),
            (15 * 60, date!(2026 - 12 - 31), false),
            (0, date!(2026 - 12 - 31), true),
            (3 * 24 * 60, yesterday, false),
        ] {
            let store = store(Some(NOW_MS - heard_ago_min * MINUTE_MS));
            assert_eq!(has_reported(&store, day, NOW_MS), expected, "{heard_ago_min} min ago, for {day}");
        }
        assert!(!has_reported(&store(None), yesterday, NOW_MS));
    }

    #[test]
    fn what_is_missing_is_named() {
        let today = date!(2026 - 11 - 23);
        let missing = |store: &StoreFreshness, day| {
            Freshness::judge(std::slice::from_ref(store), (day, day), NOW_MS)
                .notices
                .first()
                .map(|n| n.missing)
        };
        let ago = |minutes: i64| store(Some(NOW_MS - minutes * MINUTE_MS));
        assert_eq!(missing(&ago(5), today), None);
        assert_eq!(missing(&ago(181), today), Some(Missing::Quiet(NOW_MS - 182 * MINUTE_MS)));
        assert_eq!(missing(&ago(181), date!(2026 - 11 - 22)), None, "the report ends before");
        assert_eq!(
            missing(&ago(3 * 24 * 60), date!(2026 - 11 - 22)),
            Some(Missing::Quiet(NOW_MS - 4_321 * MINUTE_MS))
        );
        assert_eq!(missing(&store(None), today), Some(Missing::All));
        let held = StoreFreshness { held: Money::new(5_000), ..ago(5) };
        assert_eq!(missing(&held, today), Some(Missing::Held(5_000)));
        let forked = StoreFreshness { is_forked: true, ..held };
        assert_eq!(missing(&forked, today), Some(Missing::Forked));
    }

    #[test]
    fn sales_in_suspense_are_missing_on_their_days() {
        let (first, second) = (date!(2026 - 11 - 21), date!(2026 - 11 - 22));
        let day = |day, entries, vnd| SuspendedDay { day, entries, money: Money::new(vnd) };
        let waiting = vec![day(first, 2, 450_000), day(second, 1, -30_000)];
        let store = StoreFreshness { suspended: waiting, ..store(Some(NOW_MS)) };
        let missing = |from, to| {
            let judged = Freshness::judge(std::slice::from_ref(&store), (from, to), NOW_MS);
            judged.notices.iter().map(|notice| notice.missing).collect::<Vec<_>>()
        };
        assert_eq!(missing(first, first), [Missing::Suspended { entries: 2, vnd: 450_000 }]);
        assert_eq!(missing(first, second), [Missing::Suspended { entries: 3, vnd: 420_000 }]);
        assert_eq!(missing(date!(2026 - 11 - 23), date!(2026 - 11 - 23)), []);
        // A store that was not to sell then, and told of a sale all the same.
        let unopened = StoreFreshness { running: Running::Never, ..store.clone() };
        let days = [first, date!(2026 - 11 - 20)];
        assert_eq!(days.map(|day| is_judged(&unopened, (day, day))), [true, false]);
    }

    #[test]
    fn stores_are_counted() {
        let stores = [store(Some(NOW_MS)), store(Some(NOW_MS - 24 * 60 * MINUTE_MS)), store(None)];
        let today = date!(2026 - 11 - 23);
        let freshness = Freshness::judge(&stores, (today, today), NOW_MS);
        assert_eq!((freshness.reported, freshness.stores, freshness.notices.len()), (1, 3, 2));
        assert_eq!(freshness.as_of_ms, Some(NOW_MS));
        assert_eq!(Freshness::judge(&[], (today, today), NOW_MS).as_of_ms, None);
    }

    #[test]
    fn only_stores_that_sell_are_waited_for() {
        let (quarter, today) = ((date!(2026 - 10 - 01), date!(2026 - 12 - 31)), date!(2026 - 11 - 23));
        let of = |running| StoreFreshness { running, ..store(None) };
        let unopened = of(Running::Never);
        let closed = of(Running::Between(Some(date!(2026 - 01 - 05)), Some(date!(2026 - 09 - 30))));
        let judged = Freshness::judge(&[unopened.clone(), closed.clone()], quarter, NOW_MS);
        assert_eq!((judged.reported, judged.stores, judged.notices), (0, 0, Vec::new()));
        // Of the quarter in which it sold it still owes everything.
        let third = (date!(2026 - 07 - 01), date!(2026 - 09 - 30));
        let judged = Freshness::judge(std::slice::from_ref(&closed), third, NOW_MS);
        assert_eq!((judged.reported, judged.stores, judged.notices.len()), (0, 1, 1));
        // It closed ten days ago, and told of its last day.
        let closed = Running::Between(None, Some(date!(2026 - 11 - 13)));
        let ended = StoreFreshness { running: closed, ..store(Some(NOW_MS - 9 * 24 * 60 * MINUTE_MS)) };
        let judged = Freshness::judge(&[ended], quarter, NOW_MS);
        assert_eq!((judged.reported, judged.stores, judged.notices), (1, 1, Vec::new()));
        // What waits is said whatever the file says.
        let held = StoreFreshness { held: Money::new(5_000), ..unopened };
        let judged = Freshness::judge(&[held], (today, today), NOW_MS);
        let missing: Vec<Missing> = judged.notices.iter().map(|notice| notice.missing).collect();
        assert_eq!((judged.stores, missing), (1, vec![Missing::Held(5_000)]));
    }
}
