//! A payable that is paid in several ways, one of them a transfer whose code the buyer scans: how much it asks for.

use crate::money::{Money, MoneyError};
use crate::tender::TenderError;

/// What was typed before the code was asked for; `None` where nothing was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Typed {
    /// In cash; of a buyer who hands over more, all of it.
    pub cash: Option<Money>,
    /// By card.
    pub card: Option<Money>,
    /// By transfer.
    pub transfer: Option<Money>,
}

/// What each way takes of a payable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// In cash; above the rest where change goes back, and zero for none.
    pub cash: Money,
    /// By card, or zero.
    pub card: Money,
    /// What the code asks for.
    pub transfer: Money,
}

impl Split {
    /// Returns how a payable is split, or `None` when the code asks for all of it: nothing was typed, or what was typed
    /// covers all without a transfer. Where no transfer was typed it is the rest; where one was and no cash, cash is.
    ///
    /// # Errors
    /// When transfer and card are more than the payable, all together less, or one of them nothing.
    pub fn of(payable: Money, typed: Typed) -> Result<Option<Self>, TenderError> {
        let Typed { cash, card, transfer } = typed;
        if [cash, card, transfer].into_iter().flatten().any(|amount| amount <= Money::ZERO) {
            return Err(TenderError::NotPositive);
        }
        let (known_cash, card) = (cash.unwrap_or(Money::ZERO), card.unwrap_or(Money::ZERO));
        let rest = payable.minus(card)?.minus(known_cash)?;
        let Some(transfer) = transfer else {
            let split = Self { cash: known_cash, card, transfer: rest };
            return Ok((rest > Money::ZERO && rest < payable).then_some(split));
        };
        if transfer.plus(card)? > payable {
            return Err(TenderError::TooMuch { payable });
        }
        let missing = rest.minus(transfer)?;
        if cash.is_some() && missing > Money::ZERO {
            return Err(TenderError::Short { missing });
        }
        let cash = cash.unwrap_or(missing);
        Ok((transfer < payable).then_some(Self { cash, card, transfer }))
    }

    /// As [`Self::of`], where the buyer owes what is left: nothing follows from it, the code asks for the transfer that was
    /// typed. `None` where none was.
    ///
    /// # Errors
    /// When nothing would be left to owe, or one of them is nothing.
    pub fn on_credit(payable: Money, typed: Typed) -> Result<Option<Self>, TenderError> {
        let Typed { cash, card, transfer } = typed;
        if [cash, card, transfer].into_iter().flatten().any(|amount| amount <= Money::ZERO) {
            return Err(TenderError::NotPositive);
        }
        let Some(transfer) = transfer else { return Ok(None) };
        let (cash, card) = (cash.unwrap_or(Money::ZERO), card.unwrap_or(Money::ZERO));
        let split = Self { cash, card, transfer };
        if split.left(payable)? <= Money::ZERO {
            Err(TenderError::TooMuch { payable })
        } else {
            Ok(Some(split))
        }
    }

    /// Returns what is left of the payable beside all of it.
    ///
    /// # Errors
    /// When the amounts do not fit in 64 bits.
    pub fn left(&self, payable: Money) -> Result<Money, MoneyError> {
        payable.minus(Money::sum([self.cash, self.card, self.transfer])?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tender::{Tender, TenderKind, pay};

    fn split(cash: i64, card: i64, transfer: i64) -> Result<Option<[i64; 3]>, TenderError> {
        let typed = |vnd| (vnd != 0).then_some(Money::new(vnd));
        let typed = Typed { cash: typed(cash), card: typed(card), transfer: typed(transfer) };
        let split = Split::of(Money::new(655_000), typed)?;
        Ok(split.map(|split| [split.cash, split.card, split.transfer].map(Money::vnd)))
    }

    #[test]
    fn a_part_is_transferred() {
        let payable = Money::new(655_000);
        for (cash, card, transfer, expected) in [
            (0, 0, 0, Ok(None)),
            (400_000, 0, 0, Ok(Some([400_000, 0, 255_000]))),
            (0, 100_000, 0, Ok(Some([0, 100_000, 555_000]))),
            (400_000, 100_000, 0, Ok(Some([400_000, 100_000, 155_000]))),
            (655_000, 0, 0, Ok(None)),
            (700_000, 0, 0, Ok(None)),
            (654_999, 0, 0, Ok(Some([654_999, 0, 1]))),
            (0, 0, 300_000, Ok(Some([355_000, 0, 300_000]))),
            (0, 355_000, 300_000, Ok(Some([0, 355_000, 300_000]))),
            (0, 0, 655_000, Ok(None)),
            (100_000, 0, 600_000, Ok(Some([100_000, 0, 600_000]))),
            (100_000, 0, 655_000, Ok(None)),
            (100_000, 0, 300_000, Err(TenderError::Short { missing: Money::new(255_000) })),
            (0, 0, 655_001, Err(TenderError::TooMuch { payable })),
            (0, 400_000, 300_000, Err(TenderError::TooMuch { payable })),
            (-1, 0, 0, Err(TenderError::NotPositive)),
        ] {
            assert_eq!(split(cash, card, transfer), expected, "{cash} {card} {transfer}");
        }
        let zero = Typed { transfer: Some(Money::ZERO), ..Typed::default() };
        assert_eq!(Split::of(payable, zero), Err(TenderError::NotPositive));
        let endless = Typed { cash: Some(Money::new(i64::MAX)), ..Typed::default() };
        assert_eq!(Split::of(payable, endless), Ok(None));
    }

    #[test]
    fn what_is_left_can_be_owed() {
        let payable = Money::new(655_000);
        for (cash, card, transfer, expected) in [
            (0, 0, 0, Ok(None)),
            (100_000, 0, 0, Ok(None)),
            (0, 0, 300_000, Ok(Some(355_000))),
            (100_000, 50_000, 300_000, Ok(Some(205_000))),
            (0, 0, 655_000, Err(TenderError::TooMuch { payable })),
            (355_000, 0, 300_000, Err(TenderError::TooMuch { payable })),
            (0, 0, -1, Err(TenderError::NotPositive)),
            (-1, 0, 300_000, Err(TenderError::NotPositive)),
        ] {
            let typed = |vnd| (vnd != 0).then_some(Money::new(vnd));
            let typed = Typed { cash: typed(cash), card: typed(card), transfer: typed(transfer) };
            let split = Split::on_credit(payable, typed);
            let left = split.map(|split| split.map(|split| split.left(payable).unwrap().vnd()));
            assert_eq!(left, expected, "{cash} {card} {transfer}");
        }
    }

    proptest! {
        /// What a code was shown for completes the sale, and nothing is missing beside it.
        #[test]
        fn a_split_pays_the_payable(payable in 1i64..2_000, cash in 0i64..2_000, card in 0i64..2_000, transfer in 0i64..2_000) {
            let typed = |vnd| (vnd != 0).then_some(Money::new(vnd));
            let typed = Typed { cash: typed(cash), card: typed(card), transfer: typed(transfer) };
            if let Ok(Some(Split { cash, card, transfer })) = Split::of(Money::new(payable), typed) {
                prop_assert!(transfer > Money::ZERO && transfer < Money::new(payable));
                let kinds = [(TenderKind::Cash, cash), (TenderKind::Card, card), (TenderKind::VietQr, transfer)];
                let handed = kinds.into_iter().filter(|(_, amount)| *amount != Money::ZERO);
                let handed = handed.map(|(kind, amount)| Tender { kind, amount }).collect();
                prop_assert!(pay(Money::new(payable), handed).is_ok());
            }
        }
    }
}
