//! Changing the open cart: a row's quantity, a row less, everything gone.

use domain::Quantity;
use domain::cart::{CartError, CartLine};
use domain::catalog::SoldBy;
use domain::ids::ProductId;

use super::scan::cart_note;
use super::{Action, CounterState, Note, Request, Result, Seat, begin, discount, past_date};
use crate::App;
use crate::db::carts;
use crate::db::carts::undo::{self, Undo};

/// A row of the cart as the page showed it. A row that has moved meanwhile is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its place, from 0.
    pub index: usize,
    /// What stood there.
    pub product_id: ProductId,
}

impl Row {
    /// Returns the row's place, if its product still stands there.
    pub(super) fn place(self, action: &Action) -> Option<usize> {
        let line = action.cart.lines.get(self.index)?;
        (line.offer.product_id == self.product_id).then_some(self.index)
    }
}

/// Sets the quantity of a row to what was typed.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn set_quantity(
    app: &App,
    seat: &Seat,
    request: &Request,
    row: Row,
    text: &str,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let Some(row) = row.place(&action) else {
        return action.commit(app, seat, Note::NoLine, None).await;
    };
    let before = action.cart.lines[row].clone();
    let is_weighed = before.offer.sold_by == SoldBy::Weight;
    let typed = if is_weighed { Quantity::parse_weight(text) } else { Quantity::parse(text) };
    let set = typed.map_err(CartError::from).and_then(|quantity| action.cart.set_quantity(row, quantity));
    if let Err(error) = set {
        let note = if is_weighed { Note::BadWeight } else { cart_note(&error) };
        return action.commit(app, seat, note, Some(row)).await;
    }
    keep(app, seat, action, row, before).await
}

/// Keeps a row's other quantity, unless so much more of it is past its date and refused.
async fn keep(
    app: &App,
    seat: &Seat,
    mut action: Action,
    row: usize,
    before: CartLine,
) -> Result<CounterState> {
    let line = &action.cart.lines[row];
    let added = Note::Added { name: line.offer.name.clone(), quantity: line.quantity_text() };
    let asked = if line.quantity > before.quantity {
        past_date::check_more(&mut action, row).await?
    } else {
        Ok(None)
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(refused) => return action.commit(app, seat, refused, Some(row)).await,
    };
    let undo = Undo::changed(row, &before);
    let line = &action.cart.lines[row];
    carts::upsert_line(&mut action.tx, action.cart.sale_id, row, line, Some(&undo)).await?;
    action.undo = Some(undo);
    let warned = discount::warn(app, seat, &mut action).await?;
    action.commit_cart(app, seat, asked.or(warned).unwrap_or(added), Some(row)).await
}

/// Adds pieces to a row, or takes some off; a row that would have none is taken out. What is weighed has no pieces: its
/// weight is asked for.
///
/// # Errors
/// As [`set_quantity`].
pub async fn step_quantity(
    app: &App,
    seat: &Seat,
    request: &Request,
    row: Row,
    pieces: i8,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let Some(row) = row.place(&action) else {
        return action.commit(app, seat, Note::NoLine, None).await;
    };
    let line = &action.cart.lines[row];
    if line.offer.sold_by == SoldBy::Weight {
        let note =
            Note::NeedsWeight { product_id: line.offer.product_id.uuid(), name: line.offer.name.clone() };
        return action.commit(app, seat, note, Some(row)).await;
    }
    let quantity = Quantity::from_milli(line.quantity.milli() + 1_000 * i64::from(pieces));
    if quantity <= Quantity::ZERO {
        return take_out(app, seat, action, row).await;
    }
    let before = line.clone();
    if let Err(error) = action.cart.set_quantity(row, quantity) {
        return action.commit(app, seat, cart_note(&error), Some(row)).await;
    }
    keep(app, seat, action, row, before).await
}

/// Takes a row out.
///
/// # Errors
/// As [`set_quantity`].
pub async fn remove(app: &App, seat: &Seat, request: &Request, row: Row) -> Result<CounterState> {
    let action = begin!(app, seat, request);
    let Some(row) = row.place(&action) else {
        return action.commit(app, seat, Note::NoLine, None).await;
    };
    take_out(app, seat, action, row).await
}

/// Takes out a row that is there.
async fn take_out(app: &App, seat: &Seat, mut action: Action, row: usize) -> Result<CounterState> {
    let line = match action.cart.remove(row) {
        Ok(line) => line,
        Err(error) => return action.commit(app, seat, cart_note(&error), None).await,
    };
    carts::delete_line(&mut action.tx, action.cart.sale_id, row).await?;
    undo::set_undo(&mut action.tx, action.cart.sale_id, Some(&Undo::removed(row, &line))).await?;
    action.commit(app, seat, Note::Removed { name: line.offer.name }, row.checked_sub(1)).await
}

/// Clears the cart: it is put away, and a new one opened. An empty one has nothing to put away, unless it is from the pad.
///
/// # Errors
/// As [`set_quantity`].
pub async fn clear(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if action.deposit.is_some() {
        // Goods that were ordered are not cleared away: they go back among the orders.
        return super::carts::park_begun(app, seat, action, "").await;
    }
    if action.is_blank() && action.cart.pad.is_none() {
        return action.commit(app, seat, Note::Ready, None).await;
    }
    action.replace_cart("cleared").await?;
    action.commit(app, seat, Note::Cleared, None).await
}
