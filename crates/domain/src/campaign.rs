//! Campaigns that make goods known: what kinds there are, and what has become of one. What one brought: [`crate::uplift`].

use time::Date;

/// What is done to make goods known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CampaignKind {
    /// Lower prices, told to buyers.
    Price,
    /// A fair, a market, a conference of buyers and sellers.
    Fair,
    /// Goods to taste in the shop.
    Tasting,
    /// Radio, television, newspapers.
    Media,
    /// Posts on the net.
    Post,
    /// Banners, leaflets, shelves of their own.
    Banner,
}

impl CampaignKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 6] =
        [Self::Price, Self::Fair, Self::Tasting, Self::Media, Self::Post, Self::Banner];

    /// Returns its name in tables and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Fair => "fair",
            Self::Tasting => "tasting",
            Self::Media => "media",
            Self::Post => "post",
            Self::Banner => "banner",
        }
    }

    /// Returns the one of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The days of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first one.
    pub first: Date,
    /// The last one, as planned.
    pub last: Date,
    /// The day on which somebody ended it: the last one of it, or before the first one.
    pub ended_on: Option<Date>,
}

/// What has become of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CampaignState {
    /// Today is one of its days.
    Running,
    /// Its first day is to come.
    Coming,
    /// Its last day is over.
    Over,
    /// Somebody ended it before its last day.
    Ended,
    /// Somebody called it off before its first day: it never was.
    CalledOff,
}

impl CampaignState {
    /// Every state, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Running, Self::Coming, Self::Over, Self::Ended, Self::CalledOff];

    /// Returns its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Coming => "coming",
            Self::Over => "over",
            Self::Ended => "ended",
            Self::CalledOff => "called_off",
        }
    }

    /// Returns the one of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// True while it can be ended.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Coming)
    }
}

impl Days {
    /// Returns what has become of it on a day.
    pub fn state(&self, today: Date) -> CampaignState {
        match self.ended_on {
            Some(day) if day < self.first => CampaignState::CalledOff,
            Some(day) if day < self.last => CampaignState::Ended,
            _ if today < self.first => CampaignState::Coming,
            _ if today > self.last => CampaignState::Over,
            _ => CampaignState::Running,
        }
    }

    /// Returns the last day on which it was, or is to be, there; before the first one when it was called off.
    pub fn last_run(&self) -> Date {
        self.ended_on.map_or(self.last, |day| day.min(self.last))
    }

    /// Returns how many days it takes as planned.
    pub fn planned(&self) -> i64 {
        (self.last - self.first).whole_days() + 1
    }
}

/// Returns what each of so many extra đồng cost, in hundredths of one.
pub fn each_hundredths(cost_vnd: i64, extra_vnd: i64) -> i64 {
    let extra = i128::from(extra_vnd.max(1));
    // Half away from zero, as every amount; neither is below zero.
    let hundredths = (i128::from(cost_vnd) * 200 + extra) / (extra * 2);
    i64::try_from(hundredths).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_campaign_comes_runs_and_goes() {
        let days = |ended_on| Days { first: date!(2026 - 11 - 10), last: date!(2026 - 11 - 20), ended_on };
        let (before, first, last) = (date!(2026 - 11 - 09), date!(2026 - 11 - 10), date!(2026 - 11 - 20));
        for (ended_on, today, state, last_run) in [
            (None, before, CampaignState::Coming, last),
            (None, first, CampaignState::Running, last),
            (None, last, CampaignState::Running, last),
            (None, date!(2026 - 11 - 21), CampaignState::Over, last),
            (Some(before), before, CampaignState::CalledOff, before),
            (Some(first), first, CampaignState::Ended, first),
            (Some(first), date!(2026 - 12 - 21), CampaignState::Ended, first),
            // Ended on its last day, it went as planned.
            (Some(last), date!(2026 - 12 - 21), CampaignState::Over, last),
        ] {
            let days = days(ended_on);
            assert_eq!((days.state(today), days.last_run()), (state, last_run), "{ended_on:?} {today}");
        }
        assert_eq!(days(None).planned(), 11);
    }

    #[test]
    fn each_extra_dong_costs_a_part_of_the_whole() {
        for (cost_vnd, extra_vnd, hundredths) in
            [(0, 5, 0), (1, 8, 13), (1, 3, 33), (2, 3, 67), (7, 0, 700), (i64::MAX, 1, i64::MAX)]
        {
            assert_eq!(each_hundredths(cost_vnd, extra_vnd), hundredths, "{cost_vnd} for {extra_vnd}");
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(CampaignKind::ALL.iter().all(|kind| CampaignKind::from_code(kind.code()) == Some(*kind)));
        assert!(
            CampaignState::ALL.iter().all(|state| CampaignState::from_code(state.code()) == Some(*state))
        );
        assert_eq!((CampaignKind::from_code("x"), CampaignState::from_code("")), (None, None));
    }
}
