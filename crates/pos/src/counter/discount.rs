//! What a person takes off at the counter: off a row, off the whole cart, or by another price. Within the cashier's limit
//! nobody is asked; beyond it, and for every price, a manager allows it at the moment of the act and a reason is kept.

use domain::cart::{Cart, REMARK_MOST, Remark};
use domain::discount::{ChangedPrice, Discount, DiscountError, Limits, Off, REASON_MOST};
use domain::ids::CashierId;
use domain::pricing::Pricing;
use domain::{Money, Rate};
use protocol::payload::{SaleReduction, SaleRemark};

use super::edit::Row;
use super::note::Holding;
use super::provisional::PRICE_MOST;
use super::{Action, CounterState, Note, Request, Result, Seat, begin, past_date, price, words};
use crate::App;
use crate::db::carts;
use crate::db::carts::undo::Undo;

/// What something is taken off, or noted down about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One row.
    Row(Row),
    /// The whole cart.
    Cart,
}

/// Why, and by whose leave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leave {
    /// As typed; at most [`REASON_MOST`] characters count.
    pub reason: String,
    /// The manager whose PIN was typed just now.
    pub approved_by: Option<CashierId>,
}

impl Leave {
    pub(super) fn reason(&self) -> String {
        words(&self.reason, REASON_MOST)
    }

    /// A manager at the counter needs nobody else.
    pub(super) fn manager(&self, seat: &Seat) -> Option<CashierId> {
        self.approved_by.or(seat.manager.then_some(seat.cashier_id))
    }
}

/// Gives a discount in place of the one that was there; `None` takes it away.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn discount(
    app: &App,
    seat: &Seat,
    request: &Request,
    target: Target,
    off: Option<Off>,
    leave: &Leave,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if action.cart.lines.is_empty() {
        return action.commit(app, seat, Note::EmptyCart, None).await;
    }
    action.cart.fixed = None;
    let row = match place(&action, target) {
        Ok(row) => row,
        Err(note) => return action.commit(app, seat, note, None).await,
    };
    let before = row.map(|row| Undo::changed(row, &action.cart.lines[row]));
    if let Err(note) = give(app, seat, &mut action, row, off, leave).await? {
        return action.commit(app, seat, note, row).await;
    }
    match (row, &before) {
        (Some(row), Some(before)) => {
            let line = &action.cart.lines[row];
            carts::upsert_line(&mut action.tx, action.cart.sale_id, row, line, Some(before)).await?;
        }
        _ => carts::update_cart(&mut action.tx, &action.cart).await?,
    }
    let note = if off.is_some() { Note::Discounted } else { Note::DiscountGone };
    action.commit(app, seat, note, row).await
}

/// Sets a discount in the cart, or tells why it cannot be given.
async fn give(
    app: &App,
    seat: &Seat,
    action: &mut Action,
    row: Option<usize>,
    off: Option<Off>,
    leave: &Leave,
) -> Result<std::result::Result<(), Note>> {
    let date = action.shift.business_date;
    let set = |cart: &mut Cart, discount: Option<Discount>| match row {
        Some(row) => cart.lines[row].discount = discount,
        None => cart.discount = discount,
    };
    set(&mut action.cart, None);
    let Some(off) = off else { return Ok(Ok(())) };
    let without = price::price(app, &mut action.tx, &action.cart, date).await?;
    let base = match row {
        Some(row) => without.lines[row].amount()?,
        None => without.subtotal,
    };
    let off = match off.givable(base) {
        Ok(off) => off,
        Err(DiscountError::Money(error)) => return Err(error.into()),
        Err(_) => return Ok(Err(Note::BadDiscount)),
    };
    let mut given = Discount { off, reason: leave.reason(), approved_by: None, allowed: Money::ZERO };
    set(&mut action.cart, Some(given.clone()));
    let priced = price::price(app, &mut action.tx, &action.cart, date).await?;
    if !limits(app).exceeded_by(&action.cart, &priced)? {
        return Ok(Ok(()));
    }
    given.approved_by = leave.manager(seat);
    if given.approved_by.is_none() {
        return Ok(Err(Note::DiscountNeedsManager));
    }
    if given.reason.is_empty() {
        return Ok(Err(Note::NeedsReason));
    }
    given.allowed = row.map_or(priced.discount, |row| priced.lines[row].discount);
    set(&mut action.cart, Some(given));
    Ok(Ok(()))
}

/// Sets another price for a row; `None` brings the price of the scan back.
///
/// # Errors
/// As [`discount`].
pub async fn change_price(
    app: &App,
    seat: &Seat,
    request: &Request,
    row: Row,
    wanted: Option<Money>,
    leave: &Leave,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let Some(row) = row.place(&action) else {
        return action.commit(app, seat, Note::NoLine, None).await;
    };
    if wanted.is_some_and(|price| price <= Money::ZERO || price > PRICE_MOST) {
        return action.commit(app, seat, Note::BadPrice, Some(row)).await;
    }
    let approved_by = leave.manager(seat);
    if wanted.is_some() && approved_by.is_none() {
        return action.commit(app, seat, Note::PriceNeedsManager, Some(row)).await;
    }
    if wanted.is_some() && leave.reason().is_empty() {
        return action.commit(app, seat, Note::NeedsReason, Some(row)).await;
    }
    let line = &mut action.cart.lines[row];
    let before = Undo::changed(row, line);
    let (reason, allowed) = (leave.reason(), line.quantity);
    line.changed_price = wanted.map(|price| ChangedPrice { price, reason, approved_by, allowed });
    let name = line.offer.name.clone();
    if line.gross().is_err() {
        return action.commit(app, seat, Note::BadPrice, Some(row)).await;
    }
    carts::upsert_line(&mut action.tx, action.cart.sale_id, row, &action.cart.lines[row], Some(&before))
        .await?;
    let posted = action.cart.lines[row].offer.price;
    let note = match wanted {
        Some(price) if price > posted => {
            Note::Holding(Holding::PriceAbove { name, posted_vnd: posted.vnd() })
        }
        Some(_) => Note::PriceChanged { name },
        None => Note::PriceRestored { name },
    };
    action.commit(app, seat, note, Some(row)).await
}

/// Notes something down about a row or the whole cart; nothing typed takes the remark away.
///
/// # Errors
/// As [`discount`].
pub async fn remark(
    app: &App,
    seat: &Seat,
    request: &Request,
    target: Target,
    text: &str,
    on_receipt: bool,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if action.cart.lines.is_empty() {
        return action.commit(app, seat, Note::EmptyCart, None).await;
    }
    let text = words(text, REMARK_MOST);
    let remark = (!text.is_empty()).then_some(Remark { text, on_receipt });
    let note = if remark.is_some() { Note::Remarked } else { Note::RemarkGone };
    match place(&action, target) {
        Err(note) => return action.commit(app, seat, note, None).await,
        Ok(Some(row)) => {
            let before = Undo::changed(row, &action.cart.lines[row]);
            action.cart.lines[row].remark = remark;
            let line = &action.cart.lines[row];
            carts::upsert_line(&mut action.tx, action.cart.sale_id, row, line, Some(&before)).await?;
            action.commit(app, seat, note, Some(row)).await
        }
        Ok(None) => {
            action.cart.remark = remark;
            carts::update_cart(&mut action.tx, &action.cart).await?;
            action.commit(app, seat, note, None).await
        }
    }
}

/// Returns the row's place; `None` for the whole cart.
fn place(action: &Action, target: Target) -> std::result::Result<Option<usize>, Note> {
    match target {
        Target::Cart => Ok(None),
        Target::Row(row) => row.place(action).map(Some).ok_or(Note::NoLine),
    }
}

fn limits(app: &App) -> Limits {
    Limits { discount: Rate::percent(app.config().cashier_discount_percent) }
}

/// Asks for a manager, and tells in which row, when a cart has more taken off than whoever sells it may take off alone.
pub(super) fn ask(
    app: &App,
    seat: &Seat,
    cart: &Cart,
    pricing: &Pricing,
) -> Result<Option<(Note, Option<usize>)>> {
    if seat.manager {
        return Ok(None);
    }
    if let Some(row) = cart.find_price_beyond() {
        return Ok(Some((Note::PriceNeedsManager, Some(row))));
    }
    Ok(limits(app).exceeded_by(cart, pricing)?.then_some((Note::DiscountNeedsManager, None)))
}

/// Tells that a cart, as it stands in the database, has become more than what a manager allowed. Without a leave nothing is
/// priced for it.
pub(super) async fn warn(app: &App, seat: &Seat, action: &mut Action) -> Result<Option<Note>> {
    if !action.cart.has_leave() {
        return Ok(None);
    }
    let priced = price::price(app, &mut action.tx, &action.cart, action.shift.business_date).await?;
    Ok(ask(app, seat, &action.cart, &priced)?.map(|_| Note::BeyondLeave))
}

/// Returns what the store keeps of why something was taken off, or sold past its date.
pub(super) fn reductions(cart: &Cart, pricing: &Pricing) -> Result<Vec<SaleReduction>> {
    let told = |row, kind: &str, off: Money, reason: &str, approved_by: Option<CashierId>| SaleReduction {
        row,
        kind: kind.to_owned(),
        off: off.vnd(),
        quantity: None,
        reason: reason.to_owned(),
        approved_by: approved_by.map(CashierId::uuid),
    };
    let mut all = Vec::new();
    for ((row, line), priced) in (0..).zip(&cart.lines).zip(&pricing.lines) {
        if let Some(changed) = &line.changed_price {
            let off = line.offer.price.for_quantity(line.quantity)?.minus(priced.gross)?;
            all.push(told(Some(row), "price", off, &changed.reason, changed.approved_by));
        }
        if let Some(given) = &line.discount {
            all.push(told(Some(row), "discount", priced.discount, &given.reason, given.approved_by));
        }
    }
    if let Some(given) = &cart.discount {
        all.push(told(None, "discount", pricing.discount, &given.reason, given.approved_by));
    }
    all.extend(past_date::reductions(cart));
    Ok(all)
}

/// Returns what was noted down.
pub(super) fn remarks(cart: &Cart) -> Vec<SaleRemark> {
    let rows = (0..).zip(&cart.lines).filter_map(|(row, line)| Some((Some(row), line.remark.as_ref()?)));
    let whole = cart.remark.as_ref().map(|remark| (None, remark));
    rows.chain(whole).map(|(row, remark)| SaleRemark { row, text: remark.text.clone() }).collect()
}
