//! Sales from the pad: a cart that is entered after its goods were handed over. Price, promotions, tax, terms and lots are
//! those of the claimed moment, and what the till may have already is asked about.
//!
//! Its money counts in the open shift, in whose drawer it lies now; its goods count on the claimed day, here and at central.
//! Nothing is printed by itself and no drawer opens, since nobody waits for it: Ctrl+P prints the receipt.

use domain::Money;
use domain::Quantity;
use domain::cart::{Cart, Offer};
use domain::ids::{ProductId, SaleId};
use domain::pad::{DAYS_BACK_MOST, Goods, PadError, PadLines, PadSale, Seen, goods, is_believed};
use protocol::payload::{Sale, SalePad, SalePrivate};
use serde::Serialize;
use sqlx::SqliteConnection;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Action, CounterState, Note, Request, Result, Seat, begin, carts, price};
use crate::App;
use crate::db::carts as stored;
use crate::db::carts::tabs::{self, CARTS_MAX};
use crate::db::{pad_sales, products};

/// When a sale on the pad was made, and where it stands there, as a person typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The calendar day.
    pub day: Date,
    /// Minute of the day, 0-1439.
    pub minute: u16,
    /// Its lines.
    pub lines: PadLines,
}

/// A cart from the pad, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PadState {
    /// When the goods were handed over, UTC milliseconds.
    pub claimed_at_ms: i64,
    /// Its lines on the pad: `12` or `12–14`.
    pub lines: String,
}

impl From<&PadSale> for PadState {
    fn from(pad: &PadSale) -> Self {
        Self { claimed_at_ms: pad.claimed_at_ms, lines: pad.lines.to_string() }
    }
}

/// A sale that one from the pad may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Twin {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt: String,
    /// When it was made: as claimed, where it came from the pad. UTC milliseconds.
    pub at_ms: i64,
    /// What was paid, đồng.
    pub payable_vnd: i64,
    /// Its lines on the pad, where it came from there.
    pub lines: Option<String>,
}

/// Enters a sale from the pad: the empty cart on screen becomes one, beside goods another cart is opened for it. A cart that
/// is from the pad already gets another time or other lines, and the prices of that time.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn enter(app: &App, seat: &Seat, request: &Request, claim: Claim) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let claimed_at_ms = web::format::moment_of(claim.day, claim.minute);
    let now = (app.clock().now_ms(), action.shift.business_date);
    let pad = match PadSale::claim(claimed_at_ms, claim.day, claim.lines, now) {
        Ok(pad) => pad,
        Err(error) => return action.commit(app, seat, refused(error), None).await,
    };
    let sale_id = if action.cart.pad.is_some() || action.is_blank() {
        action.cart.sale_id
    } else {
        let open = tabs::list_tabs(&mut action.tx, &seat.counter).await?;
        if open.len() >= CARTS_MAX {
            return action.commit(app, seat, Note::TooManyCarts, None).await;
        }
        carts::leave(app, &mut action, &open, "").await?;
        let next = SaleId::from_uuid(app.clock().new_uuid());
        tabs::insert_next(&mut action.tx, next, &seat.counter, app.clock().now_ms()).await?;
        next
    };
    stored::update_pad(&mut action.tx, sale_id, &pad, &format!("✎ {}", pad.lines)).await?;
    if action.cart.pad.is_some() {
        price_anew(&mut action, &pad).await?;
    }
    let PadState { claimed_at_ms, lines } = PadState::from(&pad);
    action.commit(app, seat, Note::PadBegun { claimed_at_ms, lines }, None).await
}

fn refused(error: PadError) -> Note {
    match error {
        PadError::Future => Note::PadFuture,
        PadError::TooOld => Note::PadTooOld { days: DAYS_BACK_MOST },
        PadError::Lines => Note::PadLines,
    }
}

/// Gives every row the price of another moment.
async fn price_anew(action: &mut Action, pad: &PadSale) -> Result<()> {
    for (row, line) in action.cart.lines.iter().enumerate() {
        let product = line.offer.product_id;
        let offer = products::load_offer_then(&mut action.tx, product, pad.day, pad.claimed_at_ms).await?;
        stored::update_price(&mut action.tx, action.cart.sale_id, row, &offer).await?;
    }
    Ok(())
}

/// Returns a product as the cart offers it: as it is now, or as it was at the claimed moment.
pub(super) async fn load_offer(action: &mut Action, product_id: ProductId) -> Result<Offer> {
    let tx = &mut action.tx;
    Ok(match &action.cart.pad {
        Some(pad) => products::load_offer_then(tx, product_id, pad.day, pad.claimed_at_ms).await?,
        None => products::load_offer(tx, product_id, action.shift.business_date).await?,
    })
}

/// Returns the sales that a cart from the pad may be, the nearest first; none for any other cart.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn find_twins(
    connection: &mut SqliteConnection,
    cart: &Cart,
    payable: Money,
) -> Result<Vec<Twin>> {
    let Some(pad) = &cart.pad else { return Ok(Vec::new()) };
    // A combo left the shelf as its parts.
    let mut in_cart = Vec::new();
    for line in &cart.lines {
        in_cart.extend(line.offer.goods(line.quantity)?);
    }
    let in_cart = in_cart.into_iter().map(|goods| (goods.offer.product_id, goods.quantity));
    let entered = Seen { at_ms: pad.claimed_at_ms, payable, goods: goods(in_cart), lines: Some(pad.lines) };
    let compared = pad_sales::list_compared(connection, cart.sale_id, pad, payable).await?;
    let twins = compared.into_iter().filter_map(|other| {
        let lines = other.first_line.zip(other.last_line);
        let lines = lines.and_then(|(first, last)| PadLines::new(first, last).ok());
        let shared: Option<Sale> = serde_json::from_str(&other.shared).ok();
        // What the pad says is to the đồng, whatever the till asked for in cash.
        let rounding_vnd = shared.as_ref().map_or(0, |sale| sale.rounding);
        let payable = Money::new(other.payable_vnd.saturating_sub(rounding_vnd));
        let goods = goods_of(shared, other.private.as_deref());
        entered.alike(&Seen { at_ms: other.at_ms, payable, goods, lines })?;
        Some(Twin {
            sale_id: other.sale_id,
            receipt: other.receipt_number,
            at_ms: other.at_ms,
            payable_vnd: other.payable_vnd,
            lines: lines.map(|lines| lines.to_string()),
        })
    });
    Ok(twins.collect())
}

/// Returns what a stored sale handed over; of one whose private part is gone, what the department knows.
fn goods_of(shared: Option<Sale>, private: Option<&str>) -> Goods {
    let private: Option<SalePrivate> = private.and_then(|text| serde_json::from_str(text).ok());
    let lines = shared.map(|sale| sale.lines).into_iter().chain(private.map(|private| private.lines));
    goods(lines.flatten().map(|line| (line.product.into(), Quantity::from_milli(line.quantity))))
}

/// Asks before a sale is kept: about twins, and about a claim that has become too old since it was typed.
pub(super) async fn ask(action: &mut Action, payable: Money) -> Result<Option<Note>> {
    let date = action.shift.business_date;
    if action.cart.pad.as_ref().is_some_and(|pad| !is_believed(pad.day, date)) {
        return Ok(Some(refused(PadError::TooOld)));
    }
    let twins = find_twins(&mut action.tx, &action.cart, payable).await?;
    Ok((!twins.is_empty()).then_some(Note::PadTwins { twins }))
}

/// Returns what the entry tells of the pad.
pub(super) async fn told(action: &mut Action, past_date: bool) -> Result<Option<SalePad>> {
    let Some(pad) = action.cart.pad else { return Ok(None) };
    let told_apart = pad_sales::list_told_apart(&mut action.tx, action.cart.sale_id).await?;
    Ok(Some(SalePad::new(&pad, past_date, told_apart)))
}

/// Returns that a sale from the pad is kept.
pub(super) fn kept(receipt: String, pad: &PadSale) -> Note {
    let PadState { claimed_at_ms, lines } = PadState::from(pad);
    Note::PadKept { receipt, claimed_at_ms, lines }
}

/// The till has the sale already: what was entered is put away, and nothing is recorded. Ctrl+Z brings it back.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn same(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let Some(pad) = action.cart.pad else { return action.commit(app, seat, Note::Stale, None).await };
    action.replace_cart("cleared").await?;
    let PadState { claimed_at_ms, lines } = PadState::from(&pad);
    action.commit(app, seat, Note::PadSame { claimed_at_ms, lines }, None).await
}

/// It is another sale than those that look like it: they are not asked about again while it stays as it is.
///
/// # Errors
/// As [`same`].
pub async fn other(app: &App, seat: &Seat, request: &Request) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let payable = price::price(app, &mut action.tx, &action.cart, action.shift.business_date).await?.payable;
    let twins = find_twins(&mut action.tx, &action.cart, payable).await?;
    let twins: Vec<Uuid> = twins.iter().map(|twin| twin.sale_id).collect();
    pad_sales::tell_apart(&mut action.tx, action.cart.sale_id, &twins).await?;
    action.commit(app, seat, Note::Ready, None).await
}
