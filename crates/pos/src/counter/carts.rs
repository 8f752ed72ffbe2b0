//! The open carts of a counter: one is current, others are parked under a name or a number until somebody comes back to
//! them. They outlive restarts and shifts. An empty cart is never parked: leaving it forgets it.

use domain::ids::SaleId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Action, CounterState, Note, Request, Result, Seat, begin, price, words};
use crate::App;
use crate::db::carts::ordered;
use crate::db::carts::tabs::{self, CARTS_MAX, Parked, Tab};
use crate::db::carts::undo::{self, Undo};

/// The longest name of a cart, in characters.
pub const NAME_MOST: usize = 40;

/// An open cart, as its tab shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CartTab {
    /// The sale that it will be.
    pub sale_id: Uuid,
    /// Its number at the counter, from 1; given again when the cart is over.
    pub number: i64,
    /// Whose it is, as the cashier says it; empty for none.
    pub name: String,
    /// When it was parked, UTC milliseconds; none for the cart on screen.
    pub parked_at_ms: Option<i64>,
    /// Pieces in it when it was parked.
    pub items: i64,
    /// What it cost then, đồng.
    pub payable_vnd: i64,
}

impl From<Tab> for CartTab {
    fn from(tab: Tab) -> Self {
        let Tab { number, sale_id, name, parked_at_ms, items, payable_vnd } = tab;
        Self { sale_id, number, name, parked_at_ms, items, payable_vnd }
    }
}

/// Parks the current cart, under a name if one is given, and opens an empty one.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn park(app: &App, seat: &Seat, request: &Request, name: &str) -> Result<CounterState> {
    let action = begin!(app, seat, request);
    park_begun(app, seat, action, name).await
}

/// As [`park`], in an action that has begun.
pub(super) async fn park_begun(
    app: &App,
    seat: &Seat,
    mut action: Action,
    name: &str,
) -> Result<CounterState> {
    if action.is_blank() {
        return action.commit(app, seat, Note::EmptyCart, None).await;
    }
    let tabs = tabs::list_tabs(&mut action.tx, &seat.counter).await?;
    if action.deposit.is_none() && tabs.len() >= CARTS_MAX {
        return action.commit(app, seat, Note::TooManyCarts, None).await;
    }
    let (number, name) = leave(app, &mut action, &tabs, name).await?;
    let next = SaleId::from_uuid(app.clock().new_uuid());
    tabs::insert_next(&mut action.tx, next, &seat.counter, app.clock().now_ms()).await?;
    let note = match &action.deposit {
        Some(deposit) => Note::DepositWaits { number: deposit.number.clone() },
        None => Note::Parked { number, name },
    };
    action.commit(app, seat, note, None).await
}

/// Opens another cart and parks the current one without a word; an empty one is new already.
///
/// # Errors
/// As [`park`].
pub async fn open(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    let mut state = park(app, seat, request, "").await?;
    if state.note == Note::EmptyCart {
        state.note = Note::Ready;
    }
    Ok(state)
}

/// Goes on with a parked cart; the current one is parked in its place. A sale cannot be asked for by a stale page: what
/// the page showed must be current still.
///
/// # Errors
/// As [`park`].
pub async fn resume(app: &App, seat: &Seat, request: &Request, wanted: SaleId) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if wanted == request.sale_id {
        return action.commit(app, seat, Note::Ready, None).await;
    }
    let tabs = tabs::list_tabs(&mut action.tx, &seat.counter).await?;
    let Some(found) = tabs.iter().find(|tab| tab.sale_id == wanted.uuid()) else {
        return action.commit(app, seat, Note::NoCart, None).await;
    };
    leave(app, &mut action, &tabs, "").await?;
    tabs::resume(&mut action.tx, wanted).await?;
    let (number, name) = (found.number, found.name.clone());
    action.commit(app, seat, Note::Resumed { number, name }, None).await
}

/// Parks the current cart, or forgets it when it is empty; returns its number and name. Without a new name it keeps the
/// one that it had.
pub(super) async fn leave(app: &App, action: &mut Action, tabs: &[Tab], name: &str) -> Result<(i64, String)> {
    let sale_id = action.cart.sale_id;
    let had = tabs.iter().find(|tab| tab.sale_id == sale_id.uuid());
    let name = words(name, NAME_MOST);
    let name = if name.is_empty() { had.map(|tab| tab.name.clone()).unwrap_or_default() } else { name };
    if action.is_blank() {
        tabs::leave_empty(&mut action.tx, sale_id).await?;
    } else {
        let payable =
            price::price(app, &mut action.tx, &action.cart, action.shift.business_date).await?.payable;
        let (items, at_ms) = (action.cart.items(), app.clock().now_ms());
        let parked = Parked { name: &name, items, payable_vnd: payable.vnd(), at_ms };
        match action.deposit {
            // Goods that were ordered go back among the orders.
            Some(_) => ordered::put_back(&mut action.tx, sale_id, parked).await?,
            None => tabs::park(&mut action.tx, sale_id, parked).await?,
        }
    }
    Ok((had.map_or(1, |tab| tab.number), name))
}

/// Takes the last change of the current cart back: the last scan, a row less, another quantity. On an empty cart it brings
/// the cart back that was cleared before it.
///
/// # Errors
/// As [`park`].
pub async fn take_back(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if let Some(step) = action.undo.take() {
        return take_step_back(app, seat, action, &step).await;
    }
    let Some(cleared) = action.cleared_sale_id.filter(|_| action.is_blank()) else {
        return action.commit(app, seat, Note::NothingToTakeBack, None).await;
    };
    tabs::delete_empty(&mut action.tx, action.cart.sale_id).await?;
    tabs::reopen(&mut action.tx, cleared).await?;
    action.commit(app, seat, Note::Restored, None).await
}

async fn take_step_back(app: &App, seat: &Seat, mut action: Action, step: &Undo) -> Result<CounterState> {
    let before = action.cart.lines.get(step.row()).map(|line| line.offer.name.clone());
    undo::take_back(&mut action.tx, action.cart.sale_id, step).await?;
    let mut state = action.commit(app, seat, Note::Ready, Some(step.row())).await?;
    let after = state.lines.get(step.row()).map(|line| line.name.clone());
    let name = if matches!(step, Undo::Added { .. }) { before } else { after };
    state.note = Note::TakenBack { name: name.unwrap_or_default() };
    Ok(state)
}
