//! What a settlement with a producer says: every piece that came, went and is left, and what is owed for it. It is a sum of
//! moves of goods, so whoever has the moves can compute it again.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::ProductId;
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::removal::Cause;
use crate::stock_move::{MoveCause, Worth};

/// Moves of one product that are alike, added up: the same cause, the same rate of commission, and either all of them in an
/// earlier settlement or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveSum {
    /// The product.
    pub product_id: ProductId,
    /// Why they moved.
    pub cause: MoveCause,
    /// In an earlier settlement: they only count towards what was there at the beginning.
    pub is_settled: bool,
    /// To the shelf; negative for away from it.
    pub quantity: Quantity,
    /// What they were worth. Sums of losses hold either those that are owed for, or the others.
    pub worth: Worth,
}

/// A product's goods and money of a settlement: `opening + received − sold + refunded − returned − lost + counted +
/// transferred + repacked = closing`. Quantities are above zero but for [`Self::opening`] and [`Self::closing`], which are below
/// it when more was sold than came in, and the last three, which go both ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementRow {
    /// On the shelf after the settlement before.
    pub opening: Quantity,
    /// Delivered.
    pub received: Quantity,
    /// Sold.
    pub sold: Quantity,
    /// Brought back by buyers.
    pub refunded: Quantity,
    /// Gone back to the producer.
    pub returned: Quantity,
    /// Damaged, expired, missing or tasted, and the producer bears it.
    pub lost_by_producer: Quantity,
    /// The same, and the operator pays for it.
    pub lost_by_operator: Quantity,
    /// Found beyond the book when the shelf was counted, less what was missing then, whoever bears it.
    pub counted: Quantity,
    /// Came from other stores of the operator, less what was sent there.
    pub transferred: Quantity,
    /// Made by packing other goods anew, less what was opened for that; each in the product's own unit.
    pub repacked: Quantity,
    /// On the shelf now.
    pub closing: Quantity,
    /// Sales less what came back, before discounts.
    pub gross: Money,
    /// Discounts on them.
    pub discount: Money,
    /// The rates of commission that the lines froze.
    pub rates: BTreeSet<Rate>,
    /// The operator's commission.
    pub commission: Money,
    /// VAT on it.
    pub commission_tax: Money,
    /// What the operator pays for goods that were lost, or missing when they were counted.
    pub compensation: Money,
    /// Owed to the producer: `gross − discount − commission − commission_tax + compensation`.
    pub due: Money,
}

/// Returns the rows of a settlement by product, and what is owed for all of them together. Products that neither were there at
/// the beginning nor moved have no row.
///
/// # Errors
/// When an amount or a quantity does not fit in 64 bits.
pub fn statement(sums: &[MoveSum]) -> Result<(BTreeMap<ProductId, StatementRow>, Money), MoneyError> {
    let mut rows: BTreeMap<ProductId, StatementRow> = BTreeMap::new();
    for sum in sums {
        rows.entry(sum.product_id).or_default().add(sum)?;
    }
    rows.retain(|_, row| *row != StatementRow::default());
    let due = Money::sum(rows.values().map(|row| row.due))?;
    Ok((rows, due))
}

impl StatementRow {
    fn add(&mut self, sum: &MoveSum) -> Result<(), MoneyError> {
        let plus = |at: Quantity, quantity: Quantity| at.plus(quantity).ok_or(MoneyError);
        let minus = |at: Quantity, quantity: Quantity| at.minus(quantity).ok_or(MoneyError);
        self.closing = plus(self.closing, sum.quantity)?;
        if sum.is_settled {
            self.opening = plus(self.opening, sum.quantity)?;
            return Ok(());
        }
        match sum.cause {
            MoveCause::Received | MoveCause::Covered => self.received = plus(self.received, sum.quantity)?,
            MoveCause::Sold => self.sold = minus(self.sold, sum.quantity)?,
            MoveCause::Refunded => self.refunded = plus(self.refunded, sum.quantity)?,
            MoveCause::Removed(Cause::Returned) => self.returned = minus(self.returned, sum.quantity)?,
            MoveCause::Sent | MoveCause::Arrived => self.transferred = plus(self.transferred, sum.quantity)?,
            MoveCause::Repacked => self.repacked = plus(self.repacked, sum.quantity)?,
            MoveCause::Counted => {
                self.counted = plus(self.counted, sum.quantity)?;
                self.compensation = self.compensation.plus(sum.worth.due)?;
            }
            MoveCause::Removed(_) => {
                let is_owed = sum.worth.due != Money::ZERO;
                let lost = if is_owed { &mut self.lost_by_operator } else { &mut self.lost_by_producer };
                *lost = minus(*lost, sum.quantity)?;
                self.compensation = self.compensation.plus(sum.worth.due)?;
            }
        }
        self.gross = self.gross.plus(sum.worth.gross)?;
        self.discount = self.discount.plus(sum.worth.discount)?;
        self.rates.extend(sum.worth.commission_rate);
        self.commission = self.commission.plus(sum.worth.commission)?;
        self.commission_tax = self.commission_tax.plus(sum.worth.commission_tax)?;
        self.due = self.due.plus(sum.worth.due)?;
        Ok(())
    }

    /// Says whether its pieces and its money add up, and nothing moved backwards. An amount beyond 64 bits does not.
    pub fn adds_up(&self) -> bool {
        let away = [self.sold, self.returned, self.lost_by_producer, self.lost_by_operator];
        let came = [self.received, self.refunded];
        let is_forward = away.iter().chain(&came).all(|quantity| *quantity >= Quantity::ZERO);
        let both_ways = [self.counted, self.transferred, self.repacked];
        let came = came.into_iter().chain(both_ways).try_fold(self.opening, Quantity::plus);
        let left = away.into_iter().try_fold(came, |left, quantity| Some(left?.minus(quantity))).flatten();
        let kept = Money::sum([self.discount, self.commission, self.commission_tax]);
        let due = kept.and_then(|kept| self.gross.minus(kept)?.plus(self.compensation));
        is_forward && !self.compensation.is_negative() && left == Some(self.closing) && due == Ok(self.due)
    }
}

/// What stands between an operator and a producer at a settlement, in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenAccount {
    /// Owed for what earlier settlements hold and what was put right, less all that was paid until then and since; below zero when
    /// advances were larger.
    pub carried: Money,
    /// Owed for this one.
    pub due: Money,
}

impl OpenAccount {
    /// Returns what can be paid now; zero when the producer owes something.
    ///
    /// # Errors
    /// When the sum does not fit in 64 bits.
    pub fn payable(self) -> Result<Money, MoneyError> {
        Ok(self.balance()?.max(Money::ZERO))
    }

    /// Returns what is owed before anything is paid now; below zero when the producer owes.
    ///
    /// # Errors
    /// When the sum does not fit in 64 bits.
    pub fn balance(self) -> Result<Money, MoneyError> {
        self.carried.plus(self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn sum(cause: MoveCause, pieces: i64, is_settled: bool, due_vnd: i64) -> MoveSum {
        let due = Money::new(due_vnd);
        let is_sale = matches!(cause, MoveCause::Sold | MoveCause::Refunded);
        // A tenth is the operator's; VAT on that is left out.
        let gross = if is_sale { Money::new(due_vnd / 9 * 10) } else { Money::ZERO };
        let worth = Worth {
            gross,
            commission_rate: is_sale.then(|| Rate::percent(10)),
            commission: if is_sale { gross.minus(due).unwrap() } else { Money::ZERO },
            due,
            ..Worth::default()
        };
        let product_id = ProductId::from_uuid(Uuid::from_u128(1));
        MoveSum { product_id, cause, is_settled, quantity: Quantity::pieces(pieces), worth }
    }

    #[test]
    fn a_statement_goes_on_where_the_one_before_ended() {
        let lost = MoveCause::Removed(Cause::Lost);
        let sums = [
            sum(MoveCause::Received, 20, true, 0),
            sum(MoveCause::Sold, -8, true, 720_000),
            sum(MoveCause::Received, 10, false, 0),
            sum(MoveCause::Covered, 2, false, 0),
            sum(MoveCause::Covered, -2, false, 0),
            sum(MoveCause::Sold, -9, false, 810_000),
            sum(MoveCause::Refunded, 1, false, -90_000),
            sum(MoveCause::Removed(Cause::Returned), -3, false, 0),
            sum(lost, -1, false, 0),
            sum(lost, -2, false, 180_000),
            sum(MoveCause::Counted, -2, false, 180_000),
            sum(MoveCause::Counted, 1, false, 0),
            sum(MoveCause::Sent, -4, false, 0),
            sum(MoveCause::Arrived, 1, false, 0),
            sum(MoveCause::Repacked, -2, false, 0),
            sum(MoveCause::Repacked, 4, false, 0),
        ];
        let (rows, due) = statement(&sums).unwrap();
        let row = rows.values().next().unwrap();
        let pieces = Quantity::pieces;
        assert_eq!(
            *row,
            StatementRow {
                opening: pieces(12),
                received: pieces(10),
                sold: pieces(9),
                refunded: pieces(1),
                returned: pieces(3),
                lost_by_producer: pieces(1),
                lost_by_operator: pieces(2),
                counted: pieces(-1),
                transferred: pieces(-3),
                repacked: pieces(2),
                closing: pieces(6),
                gross: Money::new(800_000),
                discount: Money::ZERO,
                rates: BTreeSet::from([Rate::percent(10)]),
                commission: Money::new(80_000),
                commission_tax: Money::ZERO,
                compensation: Money::new(360_000),
                due: Money::new(1_080_000),
            }
        );
        assert!(row.adds_up());
        assert_eq!((rows.len(), due), (1, Money::new(1_080_000)));
    }

    #[test]
    fn a_row_that_does_not_add_up_is_found() {
        let (rows, _) = statement(&[
            sum(MoveCause::Received, 20, true, 0),
            sum(MoveCause::Sold, -8, false, 720_000),
            sum(MoveCause::Removed(Cause::Lost), -2, false, 180_000),
        ])
        .unwrap();
        let right = rows.values().next().unwrap();
        assert!(right.adds_up());
        let wrong: [fn(&mut StatementRow); 6] = [
            |row| row.closing = Quantity::pieces(11),
            |row| row.due = Money::new(900_001),
            |row| row.gross = Money::new(i64::MIN),
            |row| (row.sold, row.returned) = (Quantity::pieces(9), Quantity::pieces(-1)),
            |row| row.opening = Quantity::from_milli(i64::MAX),
            |row| (row.compensation, row.due) = (Money::new(-1), Money::new(719_999)),
        ];
        for (number, change) in wrong.iter().enumerate() {
            let mut row = right.clone();
            change(&mut row);
            assert!(!row.adds_up(), "{number}: {row:?}");
        }
    }

    #[test]
    fn nothing_that_is_settled_and_gone_has_a_row() {
        let sums = [sum(MoveCause::Received, 3, true, 0), sum(MoveCause::Sold, -3, true, 270_000)];
        assert_eq!(statement(&sums).unwrap(), (BTreeMap::new(), Money::ZERO));
    }

    #[test]
    fn advances_are_taken_off_what_is_owed() {
        let account = |carried, due| OpenAccount { carried: Money::new(carried), due: Money::new(due) };
        for (account, balance, payable) in [
            (account(0, 900_000), 900_000, 900_000),
            (account(-500_000, 900_000), 400_000, 400_000),
            (account(-1_000_000, 900_000), -100_000, 0),
            (account(50_000, -20_000), 30_000, 30_000),
        ] {
            assert_eq!(account.balance(), Ok(Money::new(balance)), "{account:?}");
            assert_eq!(account.payable(), Ok(Money::new(payable)), "{account:?}");
        }
    }
}
