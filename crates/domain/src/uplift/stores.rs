//! The interval by how stores differ from each other.

use super::ratio::{self, Sums};
use super::{Estimate, LOG_MOST, StoreWeeks};

/// Returns `ln θ` of stores, held against others where there are any.
pub(super) fn estimate(stores: &[StoreWeeks], elsewhere: &[StoreWeeks]) -> Estimate {
    let with = jackknife(stores);
    if elsewhere.is_empty() {
        return with;
    }
    let without = jackknife(elsewhere);
    let (of_with, of_without) = (with.error * with.error, without.error * without.error);
    let both = of_with + of_without;
    // Welch: two groups that scatter differently.
    let welch = of_with * of_with / with.degrees + of_without * of_without / without.degrees;
    let degrees = if welch > 0.0 { both * both / welch } else { with.degrees };
    Estimate { log: with.log - without.log, error: both.sqrt(), degrees }
}

/// Returns the standard error that a campaign of so many weeks would have, and its degrees of freedom: as if the last weeks before the
/// start had been one.
pub(super) fn expected_error(stores: &[StoreWeeks], elsewhere: &[StoreWeeks], length: f64) -> (f64, f64) {
    let weeks = stores.iter().chain(elsewhere).map(|store| store.before.len()).max().unwrap_or_default();
    let tried = (1..weeks / 2).find(|count| *count as f64 >= length).unwrap_or((weeks / 2).max(1));
    let split = |store: &StoreWeeks| {
        let at = store.before.len().saturating_sub(tried);
        StoreWeeks { before: store.before[..at].to_vec(), during: store.before[at..].to_vec() }
    };
    let [with, without] = [stores, elsewhere].map(|group| group.iter().map(split).collect::<Vec<_>>());
    let found = estimate(&with, &without);
    // Longer times scatter less.
    let scatter = |during: f64, before: f64| 1.0 / during + 1.0 / before.max(1.0);
    let wanted = scatter(length, weeks as f64) / scatter(tried as f64, (weeks - tried.min(weeks)) as f64);
    (found.error * wanted.sqrt(), found.degrees)
}

fn jackknife(stores: &[StoreWeeks]) -> Estimate {
    let sums: Vec<Sums> = stores.iter().filter(|store| ratio::has_sold(store)).map(Sums::one).collect();
    let all = sums.iter().fold(Sums::default(), |all, each| all.with(each, 1.0));
    // Where nothing is left without a store, everything hangs on it.
    let without: Vec<f64> = sums.iter().map(|each| all.with(each, -1.0).log().unwrap_or(-LOG_MOST)).collect();
    let count = without.len() as f64;
    let mean = without.iter().sum::<f64>() / count.max(1.0);
    let spread: f64 = without.iter().map(|log| (log - mean) * (log - mean)).sum();
    Estimate {
        log: all.log().unwrap_or_default(),
        error: (spread * (count - 1.0).max(0.0) / count.max(1.0)).sqrt(),
        degrees: (ratio::weight(stores) - 1.0).max(1.0),
    }
}
