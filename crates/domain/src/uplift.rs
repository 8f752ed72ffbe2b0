//! What a campaign changed: how much more its products sold than they would have without it, and how sure that is.
//!
//! **The question.** Sales after the start against sales before tell little: harvests, holidays and weather move everything. So the
//! campaign's products are held against the other products *of the same stores*, which feel the same weather and the same visitors;
//! and, where enough other stores sell the campaign's products without the campaign, against what happened to the same products
//! *there*, which takes out the season of just these goods. What is left is the **uplift** θ:
//!
//! ```text
//!          promoted during / promoted before        (the same fraction,
//!     θ =  ───────────────────────────────────   ÷   in stores without
//!            others during / others before            the campaign)
//! ```
//!
//! All four are sums of đồng over whole weeks, so a week without a sale is a zero like any other. Without the campaign, promoted goods
//! would have sold `during / θ`; the rest is what it brought, in đồng.
//!
//! **How sure.** `ln θ` is taken as normal around the truth; its spread is measured, never assumed:
//!
//! - *Across stores*, when there are at least [`STORES_ENOUGH`] of like weight: leaving out each store in turn (jackknife) shows how much θ
//!   hangs on single stores. Assumes that stores are independent but for what they share with their own other goods.
//! - *Across weeks*, when there are fewer: how far each week before the start lay from the ratio of all of them. Assumes that weeks during
//!   the campaign scatter as those before. Weeks that resemble their neighbours carry less news, so their lag-1 correlation (corrected for
//!   its downward bias in short series, never below zero) widens the interval and takes degrees of freedom.
//!
//! Both use Student's t with the degrees of freedom that are left. That is why two stores can be judged at all, and why their intervals
//! are honest and wide. With 2, 4 and 20 stores this is tried on simulated trade in `tests/uplift.rs`.
//!
//! **What it cannot see.** Buyers who take a promoted product *instead of* another one make θ too large by what the others lost; goods that
//! were out of stock during the campaign make it too small; a campaign that was chosen because sales had just been bad looks better than it
//! was. Floats are for these statistics alone: sums come and go as whole đồng.

pub mod days;
mod ratio;
mod stores;
pub mod student;
mod weeks;

/// Weeks before the start that are looked at, at most: older ones belong to another season.
pub const WEEKS_MOST: usize = 16;
/// Fewer weeks before the start say nothing about how weeks scatter.
pub const WEEKS_LEAST: usize = 6;
/// Fewer sold lines of the campaign's products before the start are chance.
pub const LINES_LEAST: i64 = 60;
/// Fewer lines than this that were to be expected during the campaign are chance, too.
pub const LINES_EXPECTED_LEAST: i64 = 10;
/// So many stores of like weight are enough to compare stores with each other, and to compare with stores without the campaign.
pub const STORES_ENOUGH: usize = 6;
/// How much of the distribution an interval holds.
const CONFIDENCE: f64 = 0.95;
/// How often a true effect of the smallest detectable size is to be seen. Aims higher than the promised four of five, since how much weeks and
/// stores scatter is itself a guess from few of them (see `tests/uplift.rs`).
const POWER: f64 = 0.85;
/// ln θ beyond this (a thousandfold) is written as this.
const LOG_MOST: f64 = 6.9;

/// What a store sold in one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Week {
    /// Of the campaign's products, đồng.
    pub promoted_vnd: i64,
    /// On how many lines.
    pub promoted_lines: i64,
    /// Of all its other products, đồng.
    pub others_vnd: i64,
}

/// What a store sold, week by week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoreWeeks {
    /// Weeks before the start, the earliest first; every store has as many.
    pub before: Vec<Week>,
    /// Weeks of the campaign; the last one may be cut.
    pub during: Vec<Week>,
}

/// What is known about a campaign's trade.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trade {
    /// The campaign's stores.
    pub stores: Vec<StoreWeeks>,
    /// Stores without it.
    pub elsewhere: Vec<StoreWeeks>,
    /// Days of a week before the start: seven, or fewer for a shorter campaign, which is held against the same days of the week.
    pub week_days: i64,
    /// Days of the campaign so far.
    pub during_days: i64,
}

/// A figure that is not known exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// The best guess.
    pub estimate: i64,
    /// The lower end of the interval of 95 %.
    pub low: i64,
    /// The upper end.
    pub high: i64,
}

/// By what an interval was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// How stores differ from each other.
    Stores,
    /// How weeks before the start differ from each other.
    Weeks,
}

/// An estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uplift {
    /// Change of the campaign's products against what they would have sold, per mille: 150 for 15 % more.
    pub change_per_mille: Between,
    /// What that is in đồng over the campaign so far.
    pub extra_vnd: Between,
    /// By what the interval was made.
    pub basis: Basis,
    /// Stores with the campaign that sold anything.
    pub stores: usize,
    /// Stores without it that it was held against; 0 when they are not enough.
    pub elsewhere: usize,
    /// Weeks before the start.
    pub weeks: usize,
}

impl Uplift {
    /// True when the interval holds no zero: more than chance.
    pub const fn is_seen(&self) -> bool {
        self.change_per_mille.low > 0 || self.change_per_mille.high < 0
    }
}

/// A plain comparison, when there is nothing to hold it against. No cause is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeforeAfter {
    /// What was sold in as many days before, on average, đồng.
    pub before_vnd: i64,
    /// What was sold during the campaign so far, đồng.
    pub during_vnd: i64,
    /// Weeks before the start.
    pub weeks: usize,
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLittle {
    /// No store with the campaign sold any of its products before.
    NothingBefore,
    /// So many weeks with sales lie before the start; [`WEEKS_LEAST`] are needed.
    Weeks(usize),
    /// So many lines of the campaign's products were sold before the start; [`LINES_LEAST`] are needed.
    Lines(i64),
    /// So many lines were to be expected in the campaign's days; [`LINES_EXPECTED_LEAST`] are needed.
    Days(i64),
    /// Nothing of the campaign's products was sold since the start.
    NothingDuring,
}

/// What can be said about a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// More or less than without it, with an interval.
    Uplift(Uplift),
    /// Before and after, and no more.
    BeforeAfter(BeforeAfter),
    /// Nothing.
    TooLittle(TooLittle),
}

/// The smallest effect that would be seen in four of five cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detectable {
    /// Change of the campaign's products, per mille.
    pub change_per_mille: i64,
    /// What that is in đồng over the whole campaign.
    pub extra_vnd: i64,
    /// By what it was reckoned.
    pub basis: Basis,
}

/// `ln θ` with its standard error and degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Estimate {
    log: f64,
    error: f64,
    degrees: f64,
}

/// Says what a campaign brought so far.
///
/// Stores that opened since the start, or closed before it, tell of no change and are left out.
pub fn measure(trade: &Trade) -> Measured {
    let of = |stores: &[StoreWeeks]| stores.iter().filter(|store| ratio::has_sold(store)).cloned().collect();
    let trade = &Trade { stores: of(&trade.stores), elsewhere: of(&trade.elsewhere), ..*trade };
    if let Err(why) = enough(trade, trade.during_days) {
        return Measured::TooLittle(why);
    }
    let all = ratio::Sums::of(&trade.stores);
    if all.promoted_during <= 0.0 {
        return Measured::TooLittle(TooLittle::NothingDuring);
    }
    if all.others_before <= 0.0 || all.others_during <= 0.0 {
        return Measured::BeforeAfter(before_after(trade, &all));
    }
    let (basis, estimate, elsewhere) = estimate(trade);
    let reach = student::quantile(CONFIDENCE, estimate.degrees) * estimate.error;
    let at = |log: f64| log.clamp(-LOG_MOST, LOG_MOST);
    let ends = [estimate.log, estimate.log - reach, estimate.log + reach].map(at);
    let change = ends.map(|log| whole((log.exp() - 1.0) * 1_000.0));
    let extra = ends.map(|log| whole(all.promoted_during * (1.0 - (-log).exp())));
    let between = |[estimate, low, high]: [i64; 3]| Between { estimate, low, high };
    Measured::Uplift(Uplift {
        change_per_mille: between(change),
        extra_vnd: between(extra),
        basis,
        stores: trade.stores.len(),
        elsewhere,
        weeks: weeks_with_sales(trade),
    })
}

/// Says how small an effect of a campaign of so many days could be seen, from what was sold before it.
///
/// # Errors
/// Says what is missing.
pub fn detectable(trade: &Trade, days: i64) -> Result<Detectable, TooLittle> {
    enough(trade, days)?;
    let all = ratio::Sums::of(&trade.stores);
    if all.others_before <= 0.0 {
        return Err(TooLittle::NothingBefore);
    }
    let length = days as f64 / trade.week_days.max(1) as f64;
    let (basis, error, degrees) = expected_error(trade, length);
    let reach = student::quantile(CONFIDENCE, degrees) + student::quantile(2.0 * POWER - 1.0, degrees);
    let change = (reach * error).min(LOG_MOST).exp() - 1.0;
    let usual = all.promoted_before / weeks_with_sales(trade).max(1) as f64 * length;
    Ok(Detectable { change_per_mille: whole(change * 1_000.0), extra_vnd: whole(change * usual), basis })
}

/// Checks that there is enough to say anything at all about so many days.
fn enough(trade: &Trade, days: i64) -> Result<(), TooLittle> {
    let lines: i64 =
        trade.stores.iter().flat_map(|store| &store.before).map(|week| week.promoted_lines).sum();
    if lines <= 0 {
        return Err(TooLittle::NothingBefore);
    }
    let weeks = weeks_with_sales(trade);
    if weeks < WEEKS_LEAST {
        return Err(TooLittle::Weeks(weeks));
    }
    if lines < LINES_LEAST {
        return Err(TooLittle::Lines(lines));
    }
    let before_days = trade.week_days.max(1).saturating_mul(i64::try_from(weeks).unwrap_or(i64::MAX));
    let expected = lines.saturating_mul(days) / before_days.max(1);
    if expected < LINES_EXPECTED_LEAST { Err(TooLittle::Days(expected)) } else { Ok(()) }
}

/// Counts the weeks before the start from the first one in which any store of the campaign sold anything.
fn weeks_with_sales(trade: &Trade) -> usize {
    let length = trade.stores.iter().map(|store| store.before.len()).max().unwrap_or_default();
    let has_sold = |week: usize| {
        let of = |store: &StoreWeeks| {
            store.before.get(week).is_some_and(|week| week.promoted_vnd + week.others_vnd > 0)
        };
        trade.stores.iter().any(of)
    };
    length - (0..length).find(|week| has_sold(*week)).unwrap_or(length)
}

fn before_after(trade: &Trade, all: &ratio::Sums) -> BeforeAfter {
    let weeks = weeks_with_sales(trade);
    let length = trade.during_days as f64 / trade.week_days.max(1) as f64;
    BeforeAfter {
        before_vnd: whole(all.promoted_before / weeks.max(1) as f64 * length),
        during_vnd: whole(all.promoted_during),
        weeks,
    }
}

/// Returns the stores without the campaign that it can be held against; none when they are not enough, or sold nothing of its goods
/// since.
fn comparable(trade: &Trade) -> &[StoreWeeks] {
    let is_enough = ratio::weight(&trade.elsewhere) >= STORES_ENOUGH as f64;
    let has_change = trade.during_days == 0 || ratio::Sums::of(&trade.elsewhere).log().is_some();
    if is_enough && has_change { &trade.elsewhere } else { &[] }
}

fn estimate(trade: &Trade) -> (Basis, Estimate, usize) {
    let elsewhere = comparable(trade);
    let count = elsewhere.len();
    if ratio::weight(&trade.stores) >= STORES_ENOUGH as f64 {
        (Basis::Stores, stores::estimate(&trade.stores, elsewhere), count)
    } else {
        let length = trade.during_days as f64 / trade.week_days.max(1) as f64;
        (Basis::Weeks, weeks::estimate(&trade.stores, elsewhere, length), count)
    }
}

fn expected_error(trade: &Trade, length: f64) -> (Basis, f64, f64) {
    let elsewhere = comparable(trade);
    if ratio::weight(&trade.stores) >= STORES_ENOUGH as f64 {
        let (error, degrees) = stores::expected_error(&trade.stores, elsewhere, length);
        (Basis::Stores, error, degrees)
    } else {
        let (error, degrees) = weeks::expected_error(&trade.stores, elsewhere, length);
        (Basis::Weeks, error, degrees)
    }
}

/// Rounds to the nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
fn whole(figure: f64) -> i64 {
    figure.round() as i64
}
