//! To whom the e-invoice of the open cart is made out. It is asked for before the sale, so that the first invoice is right:
//! one that is issued can only be replaced.

use domain::Money;
use domain::invoice::buyer::{Buyer, NON_CASH_FROM};
use serde::Serialize;
use utoipa::ToSchema;

use super::{CounterState, Note, Request, Result, Seat, begin};
use crate::App;
use crate::db::carts as stored;
use crate::invoicing::setup::Setup;
use crate::invoicing::{DocumentBuyer, read_buyer, write_buyer};

/// A buyer, as a counter's page shows it.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BuyerState {
    /// The name.
    pub name: String,
    /// Whether it deducts VAT, for which a large sale must not be paid in cash.
    pub is_organisation: bool,
}

impl std::fmt::Debug for BuyerState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BuyerState(…)")
    }
}

impl BuyerState {
    /// Returns the buyer of a stored cart.
    pub(super) fn of(stored: Option<&str>) -> Option<Self> {
        let DocumentBuyer { name, kind, .. } = read_buyer(stored)?;
        Some(Self { name, is_organisation: kind == "organisation" })
    }

    /// Says whether this buyer deducts the VAT of a sale only when it is not paid in cash.
    pub fn needs_transfer(&self, payable: Money) -> bool {
        self.is_organisation && payable >= NON_CASH_FROM
    }
}

/// Writes down to whom the invoice of the open cart is made out; an anonymous one takes the name away.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn set_buyer(app: &App, seat: &Seat, request: &Request, buyer: &Buyer) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if Setup::of(action.settings.as_ref()).is_none() {
        return action.commit(app, seat, Note::NoInvoices, None).await;
    }
    let named = write_buyer(buyer)?;
    stored::update_buyer(&mut action.tx, action.cart.sale_id, named.as_deref()).await?;
    let note = if named.is_some() { Note::BuyerKept } else { Note::BuyerGone };
    action.commit(app, seat, note, None).await
}
