//! What the buyer hands over, and what goes back. The payable is fixed before any tender.

use crate::money::{Money, MoneyError};

/// A way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TenderKind {
    /// Notes; the only kind that gives change.
    Cash,
    /// A bank transfer from a VietQR that somebody saw at the bank.
    VietQr,
    /// A card, on the bank's own terminal.
    Card,
    /// A transfer that the buyer says was made; the bank has not shown it yet.
    Claimed,
    /// Nothing yet: the buyer owes it.
    Credit,
    /// What goods are worth that come back of another sale in the same moment.
    Exchange,
    /// What the buyer paid in advance, when the goods were ordered.
    Deposit,
}

impl TenderKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Cash, Self::VietQr, Self::Card, Self::Claimed, Self::Credit, Self::Exchange, Self::Deposit];

    /// Returns the name that tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::VietQr => "vietqr",
            Self::Card => "card",
            Self::Claimed => "claimed",
            Self::Credit => "credit",
            Self::Exchange => "exchange",
            Self::Deposit => "deposit",
        }
    }

    /// Says whether it is money that changes hands now: the only kinds that go out, or come after a sale.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Cash | Self::VietQr | Self::Card)
    }

    /// Says whether the store has it before anybody hands money over. Nobody offers it: it follows from the cart.
    pub const fn is_cover(self) -> bool {
        matches!(self, Self::Exchange | Self::Deposit)
    }

    /// Says whether the store still waits for the money.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Claimed | Self::Credit)
    }

    /// Says whether the buyer pays through the bank by a payment reference, seen there or not.
    pub const fn is_transfer(self) -> bool {
        matches!(self, Self::VietQr | Self::Claimed)
    }

    /// Returns the kind of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One amount in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tender {
    /// How.
    pub kind: TenderKind,
    /// How much, above zero.
    pub amount: Money,
}

/// A payment that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What was handed over.
    pub tendered: Vec<Tender>,
    /// Cash that goes back: tendered − payable.
    pub change: Money,
    /// What cash rounding put on the payable, or took off it ([`crate::cash_step`]); among the payable already.
    pub rounding: Money,
}

/// A payment that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TenderError {
    /// Too little was handed over.
    #[error("{missing} more is needed")]
    Short {
        /// What is missing.
        missing: Money,
    },
    /// More than the payable by transfer or card, where no change can be given.
    #[error("a transfer or card takes no more than {payable}")]
    TooMuch {
        /// What is payable.
        payable: Money,
    },
    /// A tender of nothing or less.
    #[error("type the amount that the customer hands over")]
    NotPositive,
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Checks tenders against the payable.
///
/// # Errors
/// When they are too little, or too much in a way that gives no change.
pub fn pay(payable: Money, tendered: Vec<Tender>) -> Result<Payment, TenderError> {
    if tendered.iter().any(|tender| tender.amount <= Money::ZERO) {
        return Err(TenderError::NotPositive);
    }
    let without_cash = tendered.iter().filter(|t| t.kind != TenderKind::Cash).map(|t| t.amount);
    if Money::sum(without_cash)? > payable {
        return Err(TenderError::TooMuch { payable });
    }
    let change = Money::sum(tendered.iter().map(|t| t.amount))?.minus(payable)?;
    if change.is_negative() {
        return Err(TenderError::Short { missing: change.negated()? });
    }
    Ok(Payment { tendered, change, rounding: Money::ZERO })
}

/// As [`pay`], where something covers a part of the payable before anybody hands money over. What covers it stands first,
/// and gives no change.
///
/// # Errors
/// As [`pay`], for the rest of the payable; and when what covers it is more than the payable.
pub fn pay_rest(payable: Money, covers: Vec<Tender>, tendered: Vec<Tender>) -> Result<Payment, TenderError> {
    let rest = payable.minus(Money::sum(covers.iter().map(|tender| tender.amount))?)?;
    if rest.is_negative() {
        return Err(TenderError::TooMuch { payable });
    }
    let payment = pay(rest, tendered)?;
    Ok(Payment { tendered: [covers, payment.tendered].concat(), ..payment })
}

impl Payment {
    /// Returns what stays in the store per kind: tendered, less the change for cash. Kinds that keep nothing are
    /// left out.
    pub fn kept(&self) -> Vec<Tender> {
        let mut change = self.change;
        let mut kept = Vec::new();
        for tender in &self.tendered {
            let back = if tender.kind == TenderKind::Cash { change.min(tender.amount) } else { Money::ZERO };
            change = Money::new(change.vnd() - back.vnd());
            let amount = Money::new(tender.amount.vnd() - back.vnd());
            if amount > Money::ZERO {
                kept.push(Tender { kind: tender.kind, amount });
            }
        }
        kept
    }
}

/// Returns how goods that come back are paid for: first what is still open of their sale is struck off, the rest is given
/// back in one way.
///
/// # Errors
/// When amounts do not fit in 64 bits.
pub fn give_back(total: Money, open: &[Tender], kind: TenderKind) -> Result<Vec<Tender>, MoneyError> {
    let mut rest = total;
    let mut back = Vec::new();
    for tender in open {
        let amount = tender.amount.min(rest);
        rest = rest.minus(amount)?;
        back.push(Tender { kind: tender.kind, amount });
    }
    back.push(Tender { kind, amount: rest });
    // Goods that cost nothing are paid back with nothing.
    back.retain(|tender| tender.amount > Money::ZERO);
    Ok(back)
}

/// As [`give_back`], for goods that come back while others are bought: what is not struck off covers `due` of the new sale,
/// and only what is left of it goes out, in one way.
///
/// # Errors
/// When amounts do not fit in 64 bits.
pub fn exchange(
    total: Money,
    open: &[Tender],
    due: Money,
    kind: TenderKind,
) -> Result<Vec<Tender>, MoneyError> {
    let mut back = give_back(total, open, TenderKind::Exchange)?;
    if let Some(last) = back.last_mut().filter(|tender| tender.kind == TenderKind::Exchange) {
        let rest = last.amount.minus(last.amount.min(due))?;
        last.amount = last.amount.min(due);
        back.push(Tender { kind, amount: rest });
    }
    back.retain(|tender| tender.amount > Money::ZERO);
    Ok(back)
}

/// Returns up to three round amounts that a buyer is likely to hand over, above the payable: the next ten
/// thousand, hundred thousand and half million.
pub fn likely_cash(payable: Money) -> Vec<Money> {
    let mut amounts: Vec<Money> = [10_000, 100_000, 500_000]
        .into_iter()
        .filter_map(|note| (payable.vnd() / note + 1).checked_mul(note))
        .map(Money::new)
        .collect();
    amounts.dedup();
    amounts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tenders(amounts: &[(TenderKind, i64)]) -> Vec<Tender> {
        amounts.iter().map(|(kind, vnd)| Tender { kind: *kind, amount: Money::new(*vnd) }).collect()
    }

    #[test]
    fn change_comes_from_the_payable() {
        use TenderKind::*;
        let payable = Money::new(655_000);
        for (given, expected) in [
            (vec![(Cash, 700_000)], Ok(45_000)),
            (vec![(Cash, 655_000)], Ok(0)),
            (vec![(VietQr, 655_000)], Ok(0)),
            (vec![(VietQr, 600_000), (Cash, 100_000)], Ok(45_000)),
            (vec![(Cash, 600_000)], Err(TenderError::Short { missing: Money::new(55_000) })),
            (vec![], Err(TenderError::Short { missing: payable })),
            (vec![(Card, 700_000)], Err(TenderError::TooMuch { payable })),
            (vec![(Cash, 0), (Card, 655_000)], Err(TenderError::NotPositive)),
            (vec![(Cash, i64::MAX), (Cash, 1)], Err(TenderError::Money(MoneyError))),
        ] {
            assert_eq!(pay(payable, tenders(&given)).map(|p| p.change.vnd()), expected, "{given:?}");
        }
    }

    #[test]
    fn the_drawer_keeps_tendered_less_change() {
        use TenderKind::*;
        let payment =
            pay(Money::new(50_000), tenders(&[(Cash, 20_000), (Card, 10_000), (Cash, 50_000)])).unwrap();
        assert_eq!(payment.change.vnd(), 30_000);
        assert_eq!(payment.kept(), tenders(&[(Card, 10_000), (Cash, 40_000)]));
    }

    #[test]
    fn what_covers_a_sale_comes_first_and_gives_no_change() {
        use TenderKind::*;
        let payable = Money::new(300_000);
        for (covers, given, expected) in [
            (vec![(Exchange, 280_000)], vec![(Cash, 50_000)], Ok(30_000)),
            (vec![(Exchange, 300_000)], vec![], Ok(0)),
            (vec![(Deposit, 100_000), (Exchange, 200_000)], vec![(Cash, 10_000)], Ok(10_000)),
            (vec![(Deposit, 300_001)], vec![], Err(TenderError::TooMuch { payable })),
            (vec![(Deposit, 100_000)], vec![], Err(TenderError::Short { missing: Money::new(200_000) })),
            (
                vec![(Deposit, 100_000)],
                vec![(Card, 200_001)],
                Err(TenderError::TooMuch { payable: Money::new(200_000) }),
            ),
        ] {
            let payment = pay_rest(payable, tenders(&covers), tenders(&given));
            assert_eq!(payment.clone().map(|payment| payment.change.vnd()), expected, "{covers:?} {given:?}");
            if let Ok(payment) = payment {
                let kept = payment.kept();
                assert!(kept.starts_with(&tenders(&covers)), "{kept:?}");
                assert_eq!(Money::sum(kept.iter().map(|tender| tender.amount)), Ok(payable));
            }
        }
    }

    #[test]
    fn goods_that_are_exchanged_strike_off_then_cover_then_give_money() {
        use TenderKind::*;
        for (total, open, due, expected) in [
            (280_000, vec![], 300_000, vec![(Exchange, 280_000)]),
            (280_000, vec![], 280_000, vec![(Exchange, 280_000)]),
            (280_000, vec![], 95_000, vec![(Exchange, 95_000), (Cash, 185_000)]),
            (280_000, vec![], 0, vec![(Cash, 280_000)]),
            (
                280_000,
                vec![(Credit, 200_000)],
                50_000,
                vec![(Credit, 200_000), (Exchange, 50_000), (Cash, 30_000)],
            ),
            (280_000, vec![(Credit, 300_000)], 50_000, vec![(Credit, 280_000)]),
            (0, vec![], 50_000, vec![]),
        ] {
            for kind in [Cash, VietQr, Card] {
                let back = exchange(Money::new(total), &tenders(&open), Money::new(due), kind);
                let expected = expected.iter().map(|(of, vnd)| (if *of == Cash { kind } else { *of }, *vnd));
                let expected = tenders(&expected.collect::<Vec<_>>());
                assert_eq!(back, Ok(expected), "{total} {open:?} {due} {kind:?}");
            }
        }
    }

    #[test]
    fn likely_notes() {
        for (payable, notes) in [
            (655_000, vec![660_000, 700_000, 1_000_000]),
            (700_000, vec![710_000, 800_000, 1_000_000]),
            (95_000, vec![100_000, 500_000]),
        ] {
            assert_eq!(likely_cash(Money::new(payable)).iter().map(|m| m.vnd()).collect::<Vec<_>>(), notes);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_the_payable(payable in 1i64..10_000_000, cash in 1i64..10_000_000, card in 1i64..10_000_000) {
            let given = tenders(&[(TenderKind::Card, card), (TenderKind::Cash, cash)]);
            if let Ok(payment) = pay(Money::new(payable), given) {
                let kept = Money::sum(payment.kept().iter().map(|t| t.amount)).unwrap();
                prop_assert_eq!(kept.vnd(), payable);
            }
        }
    }
}
