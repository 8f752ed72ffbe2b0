//! What pays for a part of a sale before anybody hands money over: the deposit of an order, goods that come back in exchange.
//! It follows from the cart, never from a form.

use domain::Money;
use domain::tender::{Tender, TenderKind};

use super::exchange::{self, Exchanged};
use super::{Action, Note, Result};
use crate::db::carts::exchange::Exchange;
use crate::db::counters::PaidBefore;

/// What covers a sale.
pub(super) struct Cover {
    deposit: Money,
    pub(super) exchanged: Option<Exchanged>,
}

impl Cover {
    /// Returns what covers the open cart, which costs `payable`; or why it cannot.
    pub(super) async fn of(action: &mut Action, payable: Money) -> Result<std::result::Result<Self, Note>> {
        let deposit = action.deposit.as_ref().map_or(Money::ZERO, |deposit| deposit.left);
        if deposit > payable {
            let rest_vnd = deposit.minus(payable)?.vnd();
            return Ok(Err(Note::DepositTooLarge { left_vnd: deposit.vnd(), rest_vnd }));
        }
        let due = payable.minus(deposit)?;
        Ok(exchange::at_sale(action, due).await?.map(|exchanged| Self { deposit, exchanged }))
    }

    /// Returns it as tenders of the sale.
    pub(super) fn tenders(&self) -> Vec<Tender> {
        let exchanged = self.exchanged.as_ref().map_or(Money::ZERO, Exchanged::covered);
        let tenders = [
            Tender { kind: TenderKind::Deposit, amount: self.deposit },
            Tender { kind: TenderKind::Exchange, amount: exchanged },
        ];
        tenders.into_iter().filter(|tender| tender.amount > Money::ZERO).collect()
    }
}

/// Returns what is still to pay for a cart that costs `payable`; negative for what the buyer gets back because the goods that
/// come back are worth more. A deposit gives nothing back: its rest is returned by an act of its own.
pub(super) fn due(
    payable: Money,
    deposit: Option<&PaidBefore>,
    exchange: Option<&Exchange>,
) -> Result<Money> {
    let deposit = deposit.map_or(Money::ZERO, |deposit| deposit.left).min(payable);
    let worth = exchange.map_or(Money::ZERO, |exchange| Money::new(exchange.worth_vnd));
    Ok(payable.minus(deposit)?.minus(worth)?)
}
