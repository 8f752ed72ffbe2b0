//! A settlement of an operator with a producer over several stores: what of the money that was sent belongs to which store.

use crate::money::Money;

/// Returns what of an amount each store records as paid: what it owes, in the order of the stores, until the amount is used up.
/// A store that is owed something itself records nothing. `None` when the amount is below zero, more than all stores together
/// owe, or a sum does not fit in 64 bits.
pub fn share(owed: &[Money], amount: Money) -> Option<Vec<Money>> {
    let mut left = amount;
    let mut shares = Vec::with_capacity(owed.len());
    for owed in owed {
        let share = left.min((*owed).max(Money::ZERO));
        left = left.minus(share).ok()?;
        shares.push(share);
    }
    (!amount.is_negative() && left == Money::ZERO && payable(owed)? >= amount).then_some(shares)
}

/// Returns the most that can be paid now: what all stores together owe, advances taken off; zero when the producer owes. `None`
/// when the sum does not fit in 64 bits.
pub fn payable(owed: &[Money]) -> Option<Money> {
    Some(Money::sum(owed.iter().copied()).ok()?.max(Money::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vnd(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().copied().map(Money::new).collect()
    }

    #[test]
    fn each_store_records_what_it_owes() {
        let owed = vnd(&[300_000, -100_000, 0, 500_000]);
        assert_eq!(payable(&owed), Some(Money::new(700_000)));
        let of = |amount| share(&owed, Money::new(amount));
        assert_eq!(of(700_000), Some(vnd(&[300_000, 0, 0, 400_000])));
        assert_eq!(of(100_000), Some(vnd(&[100_000, 0, 0, 0])));
        assert_eq!(of(0), Some(vnd(&[0, 0, 0, 0])));
        assert_eq!((of(700_001), of(-1)), (None, None));
        assert_eq!(share(&vnd(&[-5]), Money::ZERO), Some(vnd(&[0])));
        assert_eq!(share(&vnd(&[i64::MAX, 1]), Money::ZERO), None);
    }

    proptest! {
        #[test]
        fn shares_are_the_amount_and_never_more_than_is_owed(
            owed in prop::collection::vec(-1_000_000i64..1_000_000, 0..6), part in 0u32..=100,
        ) {
            let owed = vnd(&owed);
            let amount = Money::new(payable(&owed).unwrap().vnd() * i64::from(part) / 100);
            let shares = share(&owed, amount).unwrap();
            prop_assert_eq!(Money::sum(shares.iter().copied()).unwrap(), amount);
            for (share, owed) in shares.iter().zip(&owed) {
                prop_assert!(*share >= Money::ZERO && *share <= (*owed).max(Money::ZERO));
            }
        }
    }
}
