//! Promoted goods against all others, before and during, as sums over stores.

use super::{StoreWeeks, Week};

/// Sums in đồng, as floats: they are only divided from here on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) promoted_before: f64,
    pub(super) promoted_during: f64,
    pub(super) others_before: f64,
    pub(super) others_during: f64,
}

impl Sums {
    pub(super) fn of(stores: &[StoreWeeks]) -> Self {
        stores.iter().fold(Self::default(), |sums, store| sums.with(&Self::one(store), 1.0))
    }

    pub(super) fn one(store: &StoreWeeks) -> Self {
        let promoted = |weeks: &[Week]| weeks.iter().map(|week| week.promoted_vnd as f64).sum();
        let others = |weeks: &[Week]| weeks.iter().map(|week| week.others_vnd as f64).sum();
        Self {
            promoted_before: promoted(&store.before),
            promoted_during: promoted(&store.during),
            others_before: others(&store.before),
            others_during: others(&store.during),
        }
    }

    /// Adds others, or with −1 takes them away.
    pub(super) fn with(&self, other: &Self, sign: f64) -> Self {
        Self {
            promoted_before: self.promoted_before + sign * other.promoted_before,
            promoted_during: self.promoted_during + sign * other.promoted_during,
            others_before: self.others_before + sign * other.others_before,
            others_during: self.others_during + sign * other.others_during,
        }
    }

    /// Returns `ln` of promoted during over before, divided by the same of others; none where a sum is nothing.
    pub(super) fn log(&self) -> Option<f64> {
        let all = [self.promoted_during, self.others_before, self.promoted_before, self.others_during];
        let is_there = all.iter().all(|sum| *sum > 0.0);
        is_there.then(|| (all[0] * all[1] / (all[2] * all[3])).ln())
    }
}

/// True for a store with sales before and during. One that opened since, or closed, tells of no change.
pub(super) fn has_sold(store: &StoreWeeks) -> bool {
    let has = |weeks: &[Week]| weeks.iter().any(|week| week.promoted_vnd + week.others_vnd > 0);
    has(&store.before) && (store.during.is_empty() || has(&store.during))
}

/// Returns how many stores of equal size would tell as much: ten stores of which one sells nine tenths are hardly more than one.
pub(super) fn weight(stores: &[StoreWeeks]) -> f64 {
    let sizes = stores.iter().map(|store| Sums::one(store).promoted_before.max(0.0));
    let (sum, squares) = sizes.fold((0.0, 0.0), |(sum, squares), size| (sum + size, squares + size * size));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}
