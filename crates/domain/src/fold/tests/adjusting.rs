//! The books after what was settled with a producer, or paid to one, was put right.

use super::*;

fn tender(kind: TenderKind, vnd: i64) -> Tender {
    Tender { kind, amount: Money::new(vnd) }
}

fn adjusted(vnd: i64, came_back: Vec<Tender>) -> Fact {
    Fact::ProducerAdjusted { producer_id: producer(), amount: Money::new(vnd), came_back }
}

fn paid(paid: Vec<Tender>) -> Fact {
    Fact::ProducerPaid { producer_id: producer(), paid }
}

/// Nothing of it moves goods, so the moves say nothing of what is owed.
fn sums(fact: &Fact) -> Result<BTreeMap<Account, i64>, FoldError> {
    assert_eq!(moves(fact, store()).unwrap(), Vec::new());
    super::super::fold(fact, store()).map(|postings| money(&postings))
}

#[test]
fn more_or_less_is_owed_at_the_operators_cost() {
    for vnd in [40_000, -40_000] {
        let expected = [(Account::ProducerDue(producer()), -vnd), (Account::Adjustments, vnd)];
        assert_eq!(sums(&adjusted(vnd, Vec::new())), Ok(BTreeMap::from(expected)));
    }
    assert_eq!(money(&suspend(&adjusted(40_000, Vec::new())).unwrap()), BTreeMap::new());
}

#[test]
fn a_payment_that_came_back_is_owed_again() {
    let by = |kind| adjusted(2_350_000, vec![tender(kind, 2_350_000)]);
    for (kind, account) in [(TenderKind::Cash, Account::Cash), (TenderKind::VietQr, Account::Bank)] {
        let expected = [(Account::ProducerDue(producer()), -2_350_000), (account, 2_350_000)];
        assert_eq!(sums(&by(kind)), Ok(BTreeMap::from(expected)));
        let suspended = BTreeMap::from([(Account::Suspense, -2_350_000), (account, 2_350_000)]);
        assert_eq!(money(&suspend(&by(kind)).unwrap()), suspended);
    }
}

#[test]
fn what_puts_nothing_right_is_refused() {
    use crate::tender::TenderKind::*;
    for (vnd, came_back, expected) in [
        (0, vec![], FoldError::Amount),
        (0, vec![tender(Cash, 1)], FoldError::Amount),
        (1, vec![tender(Card, 1)], FoldError::Amount),
        (1, vec![tender(Claimed, 1)], FoldError::Amount),
        (-1, vec![tender(Cash, -1)], FoldError::Amount),
        (-1, vec![tender(Cash, 1)], FoldError::Unbalanced),
        (2, vec![tender(Cash, 1)], FoldError::Unbalanced),
        (3, vec![tender(Cash, 1), tender(VietQr, 1)], FoldError::Unbalanced),
    ] {
        assert_eq!(sums(&adjusted(vnd, came_back.clone())), Err(expected), "{vnd} {came_back:?}");
    }
    let beyond = vec![tender(Cash, i64::MAX), tender(VietQr, 1)];
    assert!(matches!(sums(&adjusted(1, beyond)), Err(FoldError::Money(_))));
    assert!(matches!(sums(&adjusted(i64::MIN, Vec::new())), Err(FoldError::Money(_))));
}

proptest! {
    /// What is owed is what was earned and put right less what was paid, and a payment that is taken back whole leaves nothing.
    #[test]
    fn every_dong_is_earned_paid_or_put_right(
        acts in prop::collection::vec((0u8..4, 1i64..5_000_000, any::<bool>()), 1..40),
    ) {
        let (mut owed, mut cash, mut all) = (0, 0, BTreeMap::<Account, i64>::new());
        for (act, vnd, by_bank) in acts {
            let kind = if by_bank { TenderKind::VietQr } else { TenderKind::Cash };
            let facts = match act {
                0 => vec![paid(vec![tender(kind, vnd)])],
                1 => vec![adjusted(vnd, Vec::new())],
                2 => vec![adjusted(-vnd, Vec::new())],
                _ => vec![paid(vec![tender(kind, vnd)]), adjusted(vnd, vec![tender(kind, vnd)])],
            };
            let before = all.clone();
            for fact in &facts {
                for (account, amount) in sums(fact).unwrap() {
                    *all.entry(account).or_default() += amount;
                }
            }
            let change = match act { 0 => -vnd, 1 => vnd, 2 => -vnd, _ => 0 };
            (owed, cash) = (owed + change, if act == 0 && !by_bank { cash - vnd } else { cash });
            let account = |account| all.get(&account).copied().unwrap_or_default();
            prop_assert_eq!(account(Account::ProducerDue(producer())), -owed);
            prop_assert_eq!(account(Account::Cash), cash);
            prop_assert_eq!(all.values().sum::<i64>(), 0);
            if act == 3 {
                let moved = |sums: &BTreeMap<Account, i64>| {
                    sums.iter().filter(|(_, vnd)| **vnd != 0).map(|(of, vnd)| (*of, *vnd)).collect::<Vec<_>>()
                };
                prop_assert_eq!(moved(&all), moved(&before), "a payment and its taking back are nothing");
            }
        }
    }
}
