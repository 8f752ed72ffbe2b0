//! Dividing an amount so that no đồng is lost: the largest-remainder method.

use crate::money::{Money, MoneyError};

/// Divides `total` in proportion to `weights`; the parts always add up to `total`, and each lies less than one
/// đồng from its exact share. Left-over đồng go to the largest remainders, the earliest first when equal. When
/// all weights are zero the first part takes everything; without weights there are no parts.
///
/// # Errors
/// For a negative weight, or weights beyond 64 bits together.
pub fn share(total: Money, weights: &[i64]) -> Result<Vec<Money>, MoneyError> {
    if weights.iter().any(|weight| *weight < 0) {
        return Err(MoneyError);
    }
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if whole == 0 {
        let first = weights.first().map(|_| total);
        return Ok(first.into_iter().chain(weights.iter().skip(1).map(|_| Money::ZERO)).collect());
    }
    let amount = i128::from(total.vnd());
    let mut parts: Vec<i128> = weights.iter().map(|w| (amount * i128::from(*w)).div_euclid(whole)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse((amount * i128::from(weights[i])).rem_euclid(whole)));
    let left = amount - parts.iter().sum::<i128>();
    for &index in order.iter().take(usize::try_from(left).map_err(|_| MoneyError)?) {
        parts[index] += 1;
    }
    parts.into_iter().map(|part| i64::try_from(part).map(Money::new).map_err(|_| MoneyError)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn left_over_dong_go_to_the_largest_remainders() {
        for (total, weights, expected) in [
            (100, vec![1, 1, 1], vec![34, 33, 33]),
            (10_000, vec![95_000, 280_000, 280_000], vec![1_450, 4_275, 4_275]),
            (1, vec![0, 5], vec![0, 1]),
            (7, vec![0, 0], vec![7, 0]),
            (-100, vec![1, 1, 1], vec![-33, -33, -34]),
            (5, vec![], vec![]),
        ] {
            let parts = share(Money::new(total), &weights).unwrap();
            assert_eq!(parts.iter().map(|part| part.vnd()).collect::<Vec<_>>(), expected);
        }
        assert_eq!(share(Money::new(5), &[-1, 2]), Err(MoneyError));
    }

    proptest! {
        #[test]
        fn no_dong_is_lost_and_each_part_is_fair(
            total in -1_000_000_000_000i64..1_000_000_000_000,
            weights in prop::collection::vec(0i64..1_000_000_000, 1..40),
        ) {
            let parts = share(Money::new(total), &weights).unwrap();
            prop_assert_eq!(Money::sum(parts.iter().copied()).unwrap().vnd(), total);
            let whole: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            if whole > 0 {
                for (part, weight) in parts.iter().zip(&weights) {
                    let off = i128::from(part.vnd()) * whole - i128::from(total) * i128::from(*weight);
                    prop_assert!(off.abs() < whole);
                }
            }
        }
    }
}
