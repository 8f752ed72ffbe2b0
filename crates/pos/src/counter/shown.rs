//! What a cashier saw and asked for. Nothing is sold for another amount: a scanner, a second window or the end of a
//! promotion's hours may change the payable behind the open panel.

use domain::Money;
use domain::pricing::Pricing;
use domain::tender::{Tender, TenderKind};

use super::note::Holding;
use super::{Action, Note, Result, cover};
use crate::App;

/// What was on the screen when the money was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// What the buyer was asked for; for cash alone it may be the rounded amount.
    pub payable: Money,
    /// What the buyer was to get back; `None` when nobody says, and then it is not compared.
    pub back: Option<Money>,
}

/// What was handed over, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paying {
    /// What the buyer handed over.
    pub tenders: Vec<Tender>,
    /// What was asked for; `None` for a program that asks for whatever the cart costs.
    pub shown: Option<Shown>,
    /// How the buyer gets what goods of an exchange are worth more; `None` as it was said when they came back.
    pub back_by: Option<TenderKind>,
}

impl From<Vec<Tender>> for Paying {
    fn from(tenders: Vec<Tender>) -> Self {
        Self { tenders, shown: None, back_by: None }
    }
}

impl Shown {
    /// Returns what there is to tell when the open cart, which costs `price`, is not what was on the screen.
    pub(super) fn refused(self, app: &App, action: &Action, price: Money) -> Result<Option<Note>> {
        let due = cover::due(price, action.deposit.as_ref(), action.exchange.as_ref())?;
        let exact = due.max(Money::ZERO);
        let is_covered = action.deposit.is_some() || action.exchange.is_some();
        let in_cash = if is_covered { exact } else { app.cash_step().payable(exact)? };
        let is_same = (self.payable == exact || self.payable == in_cash)
            && self.back.is_none_or(|back| exact.minus(due) == Ok(back));
        if is_same {
            return Ok(None);
        }
        let shown = self.payable.minus(self.back.unwrap_or(Money::ZERO))?;
        Ok(Some(changed(app, action, shown, due)))
    }

    /// As [`Self::refused`], for what goods cost that are ordered: nothing of it is covered or rounded.
    pub(super) fn refused_order(self, app: &App, action: &Action, priced: &Pricing) -> Option<Note> {
        (self.payable != priced.payable).then(|| changed(app, action, self.payable, priced.payable))
    }
}

/// Any change of the cart lifts what was fixed for payment, until it is shown anew; what is fixed and holds no longer has
/// only grown old.
fn changed(app: &App, action: &Action, shown: Money, due: Money) -> Note {
    let now_ms = app.clock().now_ms();
    Note::Holding(Holding::PayableChanged {
        shown_vnd: shown.vnd(),
        payable_vnd: due.vnd(),
        cart: action.cart.fixed.as_ref().is_none_or(|fixed| fixed.holds(now_ms)),
    })
}
