//! Presents packed at the counter: the rows of a cart under a name, a row for the wrapping, and a slip without prices that is
//! made with the sale. A basket changes no price: its rows are sold, counted and taken back as any others.

use ::receipts::language::Language;
use ::receipts::slip::gift::{GiftLine, GiftSlip};
use ::receipts::slip::{Slip, SlipBody};
use domain::Quantity;
use domain::barcode::Barcode;
use domain::basket::{Basket, BasketError, MESSAGE_MOST, NAME_MOST};
use domain::cart::{Cart, Offer};
use domain::catalog::{SoldBy, Stars};
use domain::ids::ProductId;
use sqlx::SqliteConnection;
use time::Date;

use super::scan::cart_note;
use super::slip::{Issue, Place, issue};
use super::{Action, CounterState, Note, Request, Result, Seat, begin, words};
use crate::App;
use crate::db::{Tx, carts, producers, products};

/// The most wrappings that are offered.
const WRAPPINGS_MAX: usize = 6;

/// A present to pack, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewBasket {
    /// What it is called; at most [`NAME_MOST`] characters count.
    pub name: String,
    /// Who receives it; may be empty.
    pub to: String,
    /// Who gives it; may be empty.
    pub from: String,
    /// A wish; at most [`MESSAGE_MOST`] characters count.
    pub message: String,
    /// The wrapping, one of [`list_wrappings`]; none for none.
    pub wrapping: Option<ProductId>,
    /// Whether a slip without prices is printed with the sale.
    pub wants_slip: bool,
}

/// Packs every row that is in no basket yet, with the wrapping as one more row.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn pack(app: &App, seat: &Seat, request: &Request, new: &NewBasket) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let name = words(&new.name, NAME_MOST);
    if name.is_empty() {
        return action.commit(app, seat, Note::BadField { field: "basket".to_owned() }, None).await;
    }
    let basket = Basket {
        number: 0,
        name: name.clone(),
        to: words(&new.to, NAME_MOST),
        from: words(&new.from, NAME_MOST),
        message: words(&new.message, MESSAGE_MOST),
        wants_slip: new.wants_slip,
    };
    let number = match action.cart.pack(basket) {
        Ok(number) => number,
        Err(BasketError::Nothing) if action.cart.lines.is_empty() => {
            return action.commit(app, seat, Note::EmptyCart, None).await;
        }
        Err(BasketError::Nothing) => return action.commit(app, seat, Note::NothingToPack, None).await,
        Err(BasketError::TooMany) => return action.commit(app, seat, Note::TooManyBaskets, None).await,
    };
    if let Err(note) = wrap(app, &mut action, number, new.wrapping).await? {
        return action.commit(app, seat, note, None).await;
    }
    carts::update_baskets(&mut action.tx, &action.cart).await?;
    action.commit(app, seat, Note::Packed { name }, None).await
}

/// Adds the wrapping to a basket.
async fn wrap(
    app: &App,
    action: &mut Action,
    number: u8,
    wrapping: Option<ProductId>,
) -> Result<std::result::Result<(), Note>> {
    let Some(wrapping) = wrapping else { return Ok(Ok(())) };
    let date = action.shift.business_date;
    let offers = wrappings(app, &mut action.tx, date).await?;
    let Some(offer) = offers.into_iter().find(|offer| offer.product_id == wrapping) else {
        return Ok(Err(Note::BadField { field: "wrapping".to_owned() }));
    };
    let row = match action.cart.add(offer, Quantity::pieces(1)) {
        Ok(row) => row,
        Err(error) => return Ok(Err(cart_note(&error))),
    };
    action.cart.lines[row].basket = Some(number);
    carts::upsert_line(&mut action.tx, action.cart.sale_id, row, &action.cart.lines[row], None).await?;
    Ok(Ok(()))
}

/// Unpacks a basket: its rows stay in the cart, the wrapping too.
///
/// # Errors
/// As [`pack`].
pub async fn unpack(app: &App, seat: &Seat, request: &Request, number: u8) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let name = action.cart.basket(number).map(|basket| basket.name.clone()).unwrap_or_default();
    if !action.cart.unpack(number) {
        return action.commit(app, seat, Note::NoLine, None).await;
    }
    carts::update_baskets(&mut action.tx, &action.cart).await?;
    action.commit(app, seat, Note::Unpacked { name }, None).await
}

/// Returns the wrappings that the store offers: products of the settings that are on sale, by the piece.
///
/// # Errors
/// When the database does not answer.
pub async fn list_wrappings(app: &App, date: Date) -> Result<Vec<Offer>> {
    let mut reader = app.db().read().acquire().await?;
    wrappings(app, &mut reader, date).await
}

async fn wrappings(app: &App, connection: &mut SqliteConnection, date: Date) -> Result<Vec<Offer>> {
    let mut offers = Vec::new();
    for sku in app.config().gifts.wrapping_skus.iter().take(WRAPPINGS_MAX) {
        let Ok(code) = Barcode::parse(sku) else { continue };
        if let Some(product_id) = products::find_by_code(connection, &code).await? {
            let offer = products::load_offer(connection, product_id, date).await?;
            if offer.combo.is_none() && offer.sold_by == SoldBy::Piece {
                offers.push(offer);
            }
        }
    }
    Ok(offers)
}

/// Makes the slips of a sale's baskets, in the transaction of the sale. `receipt` is its number: by that the store finds it
/// for an exchange, and no price can be read from it.
pub(super) async fn issue_slips(
    app: &App,
    tx: &mut Tx,
    seat: &Seat,
    place: Place<'_>,
    (cart, receipt): (&Cart, &str),
) -> Result<()> {
    let wanted: Vec<&Basket> = cart.baskets.iter().filter(|basket| basket.wants_slip).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let wrapping = &app.config().gifts.wrapping_skus;
    let makers = producers::list_for_cart(tx, cart.sale_id).await?;
    for basket in wanted {
        let goods = cart.rows_of(basket.number).filter(|line| !wrapping.contains(&line.offer.sku));
        let lines: Vec<GiftLine> = goods
            .flat_map(|line| line.offer.goods(line.quantity).unwrap_or_default())
            .map(|goods| GiftLine {
                name: goods.offer.name.clone(),
                stars: goods.offer.stars.map(Stars::count),
                quantity_milli: goods.quantity.milli(),
                unit: goods.offer.unit.clone(),
                producer: makers.get(&goods.offer.product_id).cloned().unwrap_or_default(),
            })
            .collect();
        if lines.is_empty() {
            continue;
        }
        let gift = GiftSlip {
            from: basket.from.clone(),
            to: basket.to.clone(),
            message: basket.message.clone(),
            title: basket.name.clone(),
            lines,
            exchange_qr: receipt.to_owned(),
            footer: footer(place),
        };
        let of = (receipt.to_owned(), Language::default());
        let slip: Slip = place.slip(app, seat, of, SlipBody::Gift(gift));
        issue(app, tx, &slip, Issue { sale_id: Some(cart.sale_id), ..Issue::default() }).await?;
    }
    Ok(())
}

fn footer(place: Place<'_>) -> Vec<String> {
    let text = place.settings.map(|row| row.receipt_footer.as_str()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}
