//! A point of sale from its first survey to its end: its states, which step may follow which, and what it is measured by.

use time::Date;

/// Where a point stands. In the order in which it usually gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointState {
    /// Somebody has looked at the place.
    Surveyed,
    /// A decision names it.
    Chosen,
    /// Somebody has agreed to run it.
    Contracted,
    /// Sign, shelves and devices are there.
    Equipped,
    /// It sells.
    Open,
    /// It sells, and was checked against the criteria.
    Checked,
    /// It is over, or came to nothing.
    Closed,
}

impl PointState {
    /// Every state, in the usual order.
    pub const ALL: [Self; 7] = [
        Self::Surveyed,
        Self::Chosen,
        Self::Contracted,
        Self::Equipped,
        Self::Open,
        Self::Checked,
        Self::Closed,
    ];

    /// Returns the name that tables and addresses use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Surveyed => "surveyed",
            Self::Chosen => "chosen",
            Self::Contracted => "contracted",
            Self::Equipped => "equipped",
            Self::Open => "open",
            Self::Checked => "checked",
            Self::Closed => "closed",
        }
    }

    /// Returns the state of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// True while it sells.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Open | Self::Checked)
    }
}

/// The days of which a store owes its sales: from its opening to its closing. One without a file is asked about every day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Running {
    /// Nobody keeps a file of it, so nothing is known but that it is there.
    #[default]
    Always,
    /// Its file says that it has not opened, and nothing was sold.
    Never,
    /// From a day (none: as long as anybody knows) to another (none: until now).
    Between(Option<Date>, Option<Date>),
}

impl Running {
    /// Returns when a point with a file runs. What sold before its step says that it opened was sold by an open point, and where
    /// something sold without any step that opens it, it runs from then on.
    pub fn of(
        state: PointState,
        opened_on: Option<Date>,
        (first_sale, last_sale): (Option<Date>, Option<Date>),
        closed_on: Option<Date>,
    ) -> Self {
        let from = [opened_on, first_sale].into_iter().flatten().min();
        match state {
            PointState::Open | PointState::Checked => Self::Between(from, None),
            // What sold after the step that closes it is in the sums, so it is asked about.
            PointState::Closed if from.is_some() => Self::Between(from, closed_on.max(last_sale)),
            _ if first_sale.is_some() => Self::Between(first_sale, None),
            _ => Self::Never,
        }
    }

    /// True when it runs on any day from the first to the last.
    pub fn meets(self, (first, last): (Date, Date)) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Between(from, to) => {
                from.is_none_or(|from| from <= last) && to.is_none_or(|to| to >= first)
            }
        }
    }

    /// Returns the last day up to the given one of which it owes sales.
    pub fn last_owed(self, day: Date) -> Date {
        match self {
            Self::Between(_, Some(closed_on)) => day.min(closed_on),
            _ => day,
        }
    }
}

/// What a point has that steps ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointStanding {
    /// Where it stands.
    pub state: PointState,
    /// Somebody runs it.
    pub has_operator: bool,
    /// The till's side is there.
    pub has_store: bool,
    /// The day of its last step.
    pub since: Option<Date>,
    /// The day of its latest check by the criteria in force that counts for the step; none when there is none.
    pub checked_on: Option<Date>,
}

/// A step that somebody wants to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointStep {
    /// Where it leads.
    pub to: PointState,
    /// The day on which that happened.
    pub on: Date,
    /// Words stand beside it.
    pub has_note: bool,
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepRefusal {
    /// It does not follow.
    #[error("this step does not follow the one before")]
    Order,
    /// Nobody runs the point yet.
    #[error("name the operator first")]
    NoOperator,
    /// The till's side is missing.
    #[error("open the point by its assistant first, which makes its store")]
    NoStore,
    /// The day lies before the last step, or is still to come.
    #[error("choose a day from that of the last step up to today")]
    Day,
    /// Going back, closing and opening again want a reason.
    #[error("say why")]
    NoNote,
    /// Nobody has checked it by the criteria in force.
    #[error("record a check by the criteria in force first")]
    NoCheck,
}

impl PointStanding {
    /// Checks a step. Steps may be left out, since a point that is taken over has some behind it that nobody recorded; none is
    /// invented. Before a point opens, a step that was taken by mistake is taken back. Only a point that sells is checked, as often
    /// as one likes, and says so when a check by the criteria in force stands in its file. A closed one with a store opens again; one
    /// that never had any is surveyed anew.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn check(&self, step: PointStep, today: Date) -> Result<(), StepRefusal> {
        if !self.leads_to(step.to) {
            return Err(StepRefusal::Order);
        }
        let asks_for_operator = step.to >= PointState::Contracted && step.to != PointState::Closed;
        if asks_for_operator && !self.has_operator {
            return Err(StepRefusal::NoOperator);
        }
        if step.to.is_running() && !self.has_store {
            return Err(StepRefusal::NoStore);
        }
        if step.on > today || self.since.is_some_and(|since| step.on < since) {
            return Err(StepRefusal::Day);
        }
        if step.to == PointState::Checked && self.checked_on.is_none() {
            return Err(StepRefusal::NoCheck);
        }
        let wants_reason =
            step.to == PointState::Closed || self.state == PointState::Closed || step.to < self.state;
        if wants_reason && !step.has_note { Err(StepRefusal::NoNote) } else { Ok(()) }
    }

    /// Returns the states that may follow, in the usual order, whatever else they ask for.
    pub fn next(&self) -> Vec<PointState> {
        PointState::ALL.into_iter().filter(|to| self.leads_to(*to)).collect()
    }

    fn leads_to(&self, to: PointState) -> bool {
        match (self.state, to) {
            (PointState::Closed, PointState::Open) => self.has_store,
            (PointState::Closed, PointState::Surveyed) => !self.has_store,
            (PointState::Closed, _) => false,
            (_, PointState::Closed) => true,
            (from, PointState::Checked) => from.is_running(),
            (from, _) if from.is_running() => false,
            (from, to) => from != to,
        }
    }
}

/// Returns in which week of its life a day lies: 1 for the first seven days; `None` before the first one.
pub fn week_of_life(opened_on: Date, day: Date) -> Option<i64> {
    let days = (day - opened_on).whole_days();
    (days >= 0).then_some(days / 7 + 1)
}

/// Returns how many whole weeks of a point's life are over when a day begins.
pub fn weeks_over(opened_on: Date, today: Date) -> i64 {
    (today - opened_on).whole_days().max(0) / 7
}

/// What an assortment is measured by. Which thresholds hold is dated data; none is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Products on the shelf.
    Products,
    /// Of them with OCOP stars in force.
    OcopProducts,
    /// The latter's part of the former, thousandths.
    OcopShare,
    /// Producers whose products stand there.
    Producers,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 4] = [Self::Products, Self::OcopProducts, Self::OcopShare, Self::Producers];

    /// Returns the name that tables and forms use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::OcopProducts => "ocop_products",
            Self::OcopShare => "ocop_share",
            Self::Producers => "producers",
        }
    }

    /// Returns the measure of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }

    /// Returns the largest threshold that means anything.
    pub const fn most(self) -> i64 {
        match self {
            Self::OcopShare => 1_000,
            Self::Products | Self::OcopProducts | Self::Producers => 100_000,
        }
    }
}

/// What stands on a shelf.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Assortment {
    /// Products.
    pub product_count: i64,
    /// Of them with OCOP stars in force.
    pub ocop_count: i64,
    /// Their producers.
    pub producer_count: i64,
}

impl Assortment {
    /// Returns a measure of it; a share of nothing is nothing. Shares are rounded down, so that a threshold that is just missed is.
    pub const fn measured(&self, by: Measure) -> i64 {
        match by {
            Measure::Products => self.product_count,
            Measure::OcopProducts => self.ocop_count,
            Measure::OcopShare if self.product_count <= 0 => 0,
            Measure::OcopShare => self.ocop_count.saturating_mul(1_000) / self.product_count,
            Measure::Producers => self.producer_count,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::PointState::{Checked, Chosen, Closed, Contracted, Equipped, Open, Surveyed};
    use super::*;

    const TODAY: Date = date!(2026 - 11 - 30);

    fn taken(
        state: PointState,
        (has_operator, has_store): (bool, bool),
        to: PointState,
        has_note: bool,
    ) -> Result<(), StepRefusal> {
        let since = Some(date!(2026 - 11 - 1));
        let standing =
            PointStanding { state, has_operator, has_store, since, checked_on: Some(date!(2026 - 10 - 1)) };
        standing.check(PointStep { to, on: TODAY, has_note }, TODAY)
    }

    #[test]
    fn each_step_follows_what_it_may() {
        let follows = |from: PointState, has_store| {
            PointState::ALL
                .into_iter()
                .filter(|to| taken(from, (true, has_store), *to, true).is_ok())
                .collect()
        };
        let before: [(PointState, Vec<PointState>); 5] = [
            (Surveyed, vec![Chosen, Contracted, Equipped, Closed]),
            (Chosen, vec![Surveyed, Contracted, Equipped, Closed]),
            (Contracted, vec![Surveyed, Chosen, Equipped, Closed]),
            (Equipped, vec![Surveyed, Chosen, Contracted, Closed]),
            (Closed, vec![Surveyed]),
        ];
        for (from, expected) in before {
            let found: Vec<PointState> = follows(from, false);
            assert_eq!(found, expected, "{from:?} without a store");
        }
        let with_store: [(PointState, Vec<PointState>); 4] = [
            (Equipped, vec![Surveyed, Chosen, Contracted, Open, Closed]),
            (Open, vec![Checked, Closed]),
            (Checked, vec![Checked, Closed]),
            (Closed, vec![Open]),
        ];
        for (from, expected) in with_store {
            let found: Vec<PointState> = follows(from, true);
            assert_eq!(found, expected, "{from:?} with a store");
        }
    }

    #[test]
    fn what_a_step_asks_for_is_said() {
        for (from, has, to, note, expected) in [
            (Chosen, (false, false), Contracted, false, Some(StepRefusal::NoOperator)),
            (Chosen, (true, false), Contracted, false, None),
            (Equipped, (true, false), Open, false, Some(StepRefusal::NoStore)),
            (Equipped, (true, true), Open, false, None),
            (Surveyed, (false, false), Closed, false, Some(StepRefusal::NoNote)),
            (Contracted, (true, false), Chosen, false, Some(StepRefusal::NoNote)),
            (Closed, (true, true), Open, false, Some(StepRefusal::NoNote)),
            (Equipped, (true, true), Checked, true, Some(StepRefusal::Order)),
            (Open, (true, true), Equipped, true, Some(StepRefusal::Order)),
        ] {
            assert_eq!(taken(from, has, to, note).err(), expected, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn days_go_forward_and_end_today() {
        let standing = PointStanding {
            state: Surveyed,
            has_operator: false,
            has_store: false,
            since: Some(date!(2026 - 11 - 10)),
            checked_on: None,
        };
        for (on, is_right) in [
            (date!(2026 - 11 - 9), false),
            (date!(2026 - 11 - 10), true),
            (TODAY, true),
            (date!(2026 - 12 - 1), false),
        ] {
            let step = PointStep { to: Chosen, on, has_note: false };
            assert_eq!(standing.check(step, TODAY).is_ok(), is_right, "{on}");
        }
    }

    #[test]
    fn nobody_says_that_a_point_was_checked_before_it_was() {
        for (state, to, checked_on, expected) in [
            (Open, Checked, None, Some(StepRefusal::NoCheck)),
            (Open, Checked, Some(TODAY), None),
            (Checked, Checked, None, Some(StepRefusal::NoCheck)),
            (Equipped, Checked, Some(TODAY), Some(StepRefusal::Order)),
            (Equipped, Open, None, None),
        ] {
            let standing = PointStanding {
                state,
                has_operator: true,
                has_store: true,
                since: Some(date!(2026 - 11 - 10)),
                checked_on,
            };
            let step = PointStep { to, on: TODAY, has_note: true };
            assert_eq!(standing.check(step, TODAY).err(), expected, "{state:?} to {to:?}, {checked_on:?}");
        }
    }

    #[test]
    fn a_store_owes_sales_from_its_opening_to_its_closing() {
        let (october, november) =
            ((date!(2026 - 10 - 1), date!(2026 - 10 - 31)), (date!(2026 - 11 - 1), date!(2026 - 11 - 30)));
        let (early, late) = (Some(date!(2026 - 10 - 9)), Some(date!(2026 - 11 - 9)));
        for (running, owes_october, owes_november) in [
            (Running::Always, true, true),
            // The assistant has made its store.
            (Running::of(Equipped, None, (None, None), None), false, false),
            (Running::of(Equipped, None, (late, late), None), false, true),
            (Running::of(Open, late, (None, None), None), false, true),
            (Running::of(Checked, late, (early, early), None), true, true),
            (Running::of(Open, None, (None, None), None), true, true),
            (Running::of(Closed, early, (None, None), early), true, false),
            (Running::of(Closed, None, (early, early), late), true, true),
            (Running::of(Closed, None, (None, None), early), false, false),
            // It sold after the step that closed it.
            (Running::of(Closed, early, (early, late), early), true, true),
        ] {
            assert_eq!(
                (running.meets(october), running.meets(november)),
                (owes_october, owes_november),
                "{running:?}"
            );
        }
        let closed = Running::of(Closed, early, (None, None), late);
        assert_eq!(
            (closed.last_owed(TODAY), closed.last_owed(date!(2026 - 11 - 2))),
            (date!(2026 - 11 - 9), date!(2026 - 11 - 2))
        );
        assert_eq!(Running::of(Open, early, (None, None), None).last_owed(TODAY), TODAY);
    }

    #[test]
    fn weeks_are_counted_from_the_first_day() {
        let opened = date!(2026 - 11 - 2);
        for (day, expected) in [
            (date!(2026 - 11 - 1), None),
            (date!(2026 - 11 - 2), Some(1)),
            (date!(2026 - 11 - 8), Some(1)),
            (date!(2026 - 11 - 9), Some(2)),
        ] {
            assert_eq!(week_of_life(opened, day), expected, "{day}");
        }
        for (today, over) in
            [(date!(2026 - 11 - 1), 0), (date!(2026 - 11 - 8), 0), (date!(2026 - 11 - 9), 1), (TODAY, 4)]
        {
            assert_eq!(weeks_over(opened, today), over, "{today}");
        }
    }

    #[test]
    fn a_share_is_never_rounded_up_to_its_threshold() {
        let shelf = Assortment { product_count: 3, ocop_count: 2, producer_count: 2 };
        assert_eq!(shelf.measured(Measure::OcopShare), 666);
        assert_eq!(Assortment::default().measured(Measure::OcopShare), 0);
        assert_eq!(Measure::ALL.map(|by| shelf.measured(by)), [3, 2, 666, 2]);
    }

    #[test]
    fn codes_are_read_back() {
        for state in PointState::ALL {
            assert_eq!(PointState::from_code(state.code()), Some(state));
        }
        for measure in Measure::ALL {
            assert_eq!(Measure::from_code(measure.code()), Some(measure));
        }
        assert_eq!(PointState::from_code("opened"), None);
    }
}
