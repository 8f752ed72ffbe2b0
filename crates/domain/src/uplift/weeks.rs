//! The interval by how weeks before the start differ from each other.

use super::ratio::has_sold;
use super::{Estimate, StoreWeeks, Week};

/// Neighbouring weeks are not taken for more alike than this.
const LIKENESS_MOST: f64 = 0.8;

/// A week of all stores together.
#[derive(Debug, Clone, Copy, Default)]
struct Together {
    promoted: f64,
    /// Others, times how much the promoted goods sold elsewhere for each đồng of others.
    expected: f64,
}

/// Returns `ln θ` of stores over a campaign of so many weeks.
pub(super) fn estimate(stores: &[StoreWeeks], elsewhere: &[StoreWeeks], length: f64) -> Estimate {
    let before = together(stores, elsewhere, |store| &store.before);
    let during = together(stores, elsewhere, |store| &store.during);
    let log = |weeks: &[Together]| (sum(weeks, |week| week.promoted) / sum(weeks, |week| week.expected)).ln();
    let (error, degrees) = scatter(&before, length);
    Estimate { log: log(&during) - log(&before), error, degrees }
}

/// Returns the standard error that a campaign of so many weeks would have, and its degrees of freedom.
pub(super) fn expected_error(stores: &[StoreWeeks], elsewhere: &[StoreWeeks], length: f64) -> (f64, f64) {
    scatter(&together(stores, elsewhere, |store| &store.before), length)
}

fn sum(weeks: &[Together], of: fn(&Together) -> f64) -> f64 {
    weeks.iter().map(of).sum()
}

fn together(
    stores: &[StoreWeeks],
    elsewhere: &[StoreWeeks],
    weeks: fn(&StoreWeeks) -> &Vec<Week>,
) -> Vec<Together> {
    let length = stores.iter().map(|store| weeks(store).len()).max().unwrap_or_default();
    let of = |group: &[StoreWeeks], week: usize| {
        let cells = group.iter().filter(|store| has_sold(store)).filter_map(|store| weeks(store).get(week));
        cells.fold((0.0, 0.0), |(promoted, others), cell| {
            (promoted + cell.promoted_vnd as f64, others + cell.others_vnd as f64)
        })
    };
    let week = |week: usize| {
        let (promoted, others) = of(stores, week);
        let (theirs, their_others) = of(elsewhere, week);
        let share = if elsewhere.is_empty() || their_others <= 0.0 { 1.0 } else { theirs / their_others };
        Together { promoted, expected: others * share }
    };
    // Before the first store opened there was nothing to scatter.
    (0..length).map(week).skip_while(|week| week.promoted + week.expected <= 0.0).collect()
}

/// Returns the standard error of `ln` of the ratio of so many later weeks over that of these, and its degrees of freedom.
fn scatter(before: &[Together], length: f64) -> (f64, f64) {
    let count = before.len() as f64;
    let ratio = sum(before, |week| week.promoted) / sum(before, |week| week.expected);
    let mean = sum(before, |week| week.promoted) / count;
    let off: Vec<f64> = before.iter().map(|week| (week.promoted - ratio * week.expected) / mean).collect();
    let squares: f64 = off.iter().map(|each| each * each).sum();
    let likeness = likeness(&off, squares);
    // How much of the weeks' own scatter their mean takes away.
    let own = count - count * contrast(&vec![1.0 / count; before.len()], likeness);
    let variance = squares / own.max(1e-9) * contrast(&weights(before.len(), length), likeness);
    let degrees = (count - 1.0) * (1.0 - likeness) / (1.0 + likeness);
    (variance.max(0.0).sqrt(), degrees.max(1.0))
}

/// How alike neighbouring weeks are, from 0 to 1. In a short series it comes out too low by (1 + 3r)/n.
fn likeness(off: &[f64], squares: f64) -> f64 {
    let count = off.len() as f64;
    if squares <= 0.0 || count <= 4.0 {
        return 0.0;
    }
    let found = off.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / squares;
    ((count * found + 1.0) / (count - 3.0)).clamp(0.0, LIKENESS_MOST)
}

/// The weights of "mean of the campaign's weeks less mean of those before", week by week. A cut week scatters more and weighs less.
fn weights(before: usize, length: f64) -> Vec<f64> {
    let mut weights = vec![-1.0 / before as f64; before];
    let mut left = length;
    while left > 1e-9 {
        weights.push(left.min(1.0).sqrt() / length);
        left -= 1.0;
    }
    weights
}

/// Returns the variance of a weighted sum of weeks, each of variance 1, of which neighbours are so much alike.
fn contrast(weights: &[f64], likeness: f64) -> f64 {
    let mut variance = 0.0;
    for (at, one) in weights.iter().enumerate() {
        variance += one * one;
        let mut alike = likeness;
        for other in &weights[at + 1..] {
            variance += 2.0 * one * other * alike;
            alike *= likeness;
        }
    }
    variance
}
