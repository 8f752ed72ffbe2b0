//! Goods past their date at the counter: food, drink and medicinal goods are refused; of others a manager allows so much. The
//! goods stand in the cart meanwhile, so that no piece is forgotten, and nothing of it is sold before the leave. A sale from
//! the pad is a fact and has its own rule.

use domain::Quantity;
use domain::cart::{Cart, Offer};
use domain::ids::{CashierId, ProductId};
use domain::stock::{HandedOver, LotOnShelf, Take, take_as_handed_over, take_first_expired};
use protocol::payload::SaleReduction;
use time::Date;

use super::discount::Leave;
use super::edit::Row;
use super::{Action, CounterState, Note, Request, Result, Seat, begin};
use crate::App;
use crate::db::carts::undo::Undo;
use crate::db::{Tx, carts, lots};

/// What the shelf says to as much of a product as the whole cart wants.
pub(super) struct Checked {
    /// Where it would be taken from.
    pub(super) takes: Vec<Take>,
    /// How much is past its date beyond what was allowed.
    pub(super) beyond: Quantity,
    name: String,
}

impl Checked {
    /// Asks for a manager, where one is needed.
    pub(super) fn ask(&self) -> Option<Note> {
        let ask =
            || Note::PastDateNeedsManager { name: self.name.clone(), quantity: self.beyond.to_string() };
        (self.beyond > Quantity::ZERO).then(ask)
    }
}

/// Returns the lots on the shelf of a product, or of the parts of a combo.
pub(super) async fn shelf_of(tx: &mut Tx, offer: &Offer) -> Result<Vec<LotOnShelf>> {
    Ok(match &offer.combo {
        Some(_) => lots::list_of_combo(tx, offer.product_id).await?,
        None => lots::list_on_shelf(tx, offer.product_id).await?,
    })
}

/// Says whether something is sold that the book does not have.
pub(super) fn is_short(takes: &[Take]) -> bool {
    takes.iter().any(|take| take.from.is_none())
}

/// Looks at the goods of a row, or tells why so much of them is refused. Nothing past its date goes into a combo: who wants
/// it all the same buys the parts apart.
pub(super) fn check(
    cart: &Cart,
    row: usize,
    shelf: &[LotOnShelf],
    business_date: Date,
) -> std::result::Result<Checked, Note> {
    let offer = &cart.lines[row].offer;
    let mut checked = Checked { takes: Vec::new(), beyond: Quantity::ZERO, name: offer.name.clone() };
    for goods in offer.goods(Quantity::pieces(1)).unwrap_or_default() {
        let Offer { product_id, name, refuse_expired, .. } = goods.offer;
        let refuses = *refuse_expired || goods.part.is_some();
        let lots = of_product(shelf, *product_id);
        let taken = take_first_expired(&lots, cart.wanted(*product_id), business_date, refuses)
            .map_err(|expired| Note::expired(name.clone(), expired))?;
        checked.takes.extend(taken.takes);
        if goods.part.is_none() {
            checked.beyond = cart.past_date_beyond(*product_id, taken.past_date);
        }
    }
    Ok(checked)
}

/// Returns what the goods of a row from the pad were taken from, and since when some of them may not be sold.
pub(super) fn handed_over(cart: &Cart, row: usize, shelf: &[LotOnShelf], day: Date) -> HandedOver {
    let goods = cart.lines[row].offer.goods(Quantity::pieces(1)).unwrap_or_default();
    let mut handed_over = HandedOver { takes: Vec::new(), expired_on: None };
    for Offer { product_id, refuse_expired, .. } in goods.iter().map(|goods| goods.offer) {
        let lots = of_product(shelf, *product_id);
        let taken = take_as_handed_over(&lots, cart.wanted(*product_id), day, *refuse_expired);
        handed_over.takes.extend(taken.takes);
        handed_over.expired_on = handed_over.expired_on.max(taken.expired_on);
    }
    handed_over
}

fn of_product(shelf: &[LotOnShelf], product_id: ProductId) -> Vec<LotOnShelf> {
    shelf.iter().filter(|row| row.lot.product_id == product_id).cloned().collect()
}

/// Looks at a row that has become more; what asks for a manager is told, and what is refused is an error.
pub(super) async fn check_more(
    action: &mut Action,
    row: usize,
) -> Result<std::result::Result<Option<Note>, Note>> {
    if action.cart.pad.is_some() {
        return Ok(Ok(None));
    }
    let shelf = shelf_of(&mut action.tx, &action.cart.lines[row].offer).await?;
    Ok(check(&action.cart, row, &shelf, action.shift.business_date).map(|checked| checked.ask()))
}

/// Allows as much of a row's product past its date as the cart wants now.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn allow(
    app: &App,
    seat: &Seat,
    request: &Request,
    row: Row,
    leave: &Leave,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let Some(row) = row.place(&action) else {
        return action.commit(app, seat, Note::NoLine, None).await;
    };
    let shelf = shelf_of(&mut action.tx, &action.cart.lines[row].offer).await?;
    let checked = match check(&action.cart, row, &shelf, action.shift.business_date) {
        Ok(checked) => checked,
        Err(note) => return action.commit(app, seat, note, Some(row)).await,
    };
    let Some(ask) = checked.ask().filter(|_| action.cart.pad.is_none()) else {
        return action.commit(app, seat, Note::Ready, Some(row)).await;
    };
    let Some(manager) = leave.manager(seat) else {
        return action.commit(app, seat, ask, Some(row)).await;
    };
    if leave.reason().is_empty() {
        return action.commit(app, seat, Note::NeedsReason, Some(row)).await;
    }
    let line = &mut action.cart.lines[row];
    let before = Undo::changed(row, line);
    let known = line.past_date.get_or_insert_default();
    known.allowed = known.allowed.plus(checked.beyond).unwrap_or(known.allowed);
    known.reason = leave.reason();
    known.approved_by = Some(manager);
    let note = Note::PastDateAllowed { name: line.offer.name.clone(), quantity: known.allowed.to_string() };
    carts::upsert_line(&mut action.tx, action.cart.sale_id, row, line, Some(&before)).await?;
    action.commit(app, seat, note, Some(row)).await
}

/// Returns what the store keeps of what was sold past its date, and by whose leave.
pub(super) fn reductions(cart: &Cart) -> impl Iterator<Item = SaleReduction> {
    (0..).zip(&cart.lines).filter_map(|(row, line)| {
        let known = line.past_date.as_ref().filter(|known| known.allowed > Quantity::ZERO)?;
        Some(SaleReduction {
            row: Some(row),
            kind: "past_date".to_owned(),
            off: 0,
            quantity: Some(known.allowed.milli()),
            reason: known.reason.clone(),
            approved_by: known.approved_by.map(CashierId::uuid),
        })
    })
}
