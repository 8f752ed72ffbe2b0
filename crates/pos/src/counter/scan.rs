//! The one box: what a scanner or a cashier puts into it.

use domain::barcode::{Barcode, BarcodeError};
use domain::cart::{CartError, CartLine};
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::pack_link::PackLink;
use domain::past_date::PastDate;
use domain::quantity::QuantityError;
use domain::scan::{Scan, ScanError, read};
use domain::stock::{HandedOver, LotOnShelf};
use domain::{Money, Quantity};
use time::Date;

use super::note::Holding;
use super::past_date::{self, check};
use super::{Action, CounterState, Note, Request, Result, Seat, begin, discount, pad, receipt_check, state};
use crate::App;
use crate::db::carts::undo::Undo;
use crate::db::products::{self, Found};
use crate::db::{carts, missed_codes};

/// How much of a product a scan adds.
enum Amount {
    /// One piece, or a weight that the cashier is asked for.
    One,
    /// One, of the lot and day that the QR on the pack tells.
    Pack(PackLink),
    /// What the scale weighed.
    Weight(Quantity),
    /// What the scale priced; the weight follows from the price, and the row costs what the label says.
    Price(Money),
}

/// Carries out what was scanned or typed: a code adds its product, words search.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn scan(app: &App, seat: &Seat, request: &Request, text: &str) -> Result<CounterState> {
    let mut action = begin!(app, seat, request, begin_scan);
    let (product_id, amount) = match read(text, app.masks()) {
        Scan::Product(code) => match products::find_by_code(&mut action.tx, &code).await? {
            Some(product_id) => (product_id, Amount::One),
            None => return missed(app, seat, action, code.as_str()).await,
        },
        Scan::Weighed { item, quantity } => match find_item(&mut action, item).await? {
            Some(product_id) => (product_id, Amount::Weight(quantity)),
            None => return missed(app, seat, action, text.trim()).await,
        },
        Scan::Priced { item, price } => match find_item(&mut action, item).await? {
            Some(product_id) => (product_id, Amount::Price(price)),
            None => return missed(app, seat, action, text.trim()).await,
        },
        Scan::Words(words) => match find_words(app, &mut action, &words).await? {
            Ok(product_id) => (product_id, Amount::One),
            Err(note) => return action.commit(app, seat, note, None).await,
        },
        Scan::Pack(link) => match link.barcode(app.label_host()) {
            Ok(code) => match products::find_by_code(&mut action.tx, code).await? {
                Some(product_id) => (product_id, Amount::Pack(link)),
                None => return missed(app, seat, action, code.as_str()).await,
            },
            Err(_) => return action.commit(app, seat, Note::ForeignLabel, None).await,
        },
        Scan::Refused(error) => return action.commit(app, seat, refused(error, text), None).await,
    };
    add(app, seat, action, product_id, amount).await
}

/// Carries out what a serial scanner read: a receipt is told of, anything else goes into the cart.
///
/// # Errors
/// As [`scan`].
pub async fn receipt_or_goods(app: &App, seat: &Seat, request: &Request, text: &str) -> Result<CounterState> {
    match receipt_check::check(app, text).await? {
        Some(note) => state::load(app, seat, note, None).await,
        None => scan(app, seat, request, text).await,
    }
}

/// Adds a product that was chosen from search results or tiles.
///
/// # Errors
/// As [`scan`].
pub async fn choose(
    app: &App,
    seat: &Seat,
    request: &Request,
    product_id: ProductId,
) -> Result<CounterState> {
    let action = begin!(app, seat, request, begin_scan);
    add(app, seat, action, product_id, Amount::One).await
}

/// Adds a weighed product with the weight that was typed for it: kilograms, or grams with their unit.
///
/// # Errors
/// As [`scan`].
pub async fn weigh(
    app: &App,
    seat: &Seat,
    request: &Request,
    product_id: ProductId,
    text: &str,
) -> Result<CounterState> {
    let action = begin!(app, seat, request, begin_scan);
    match Quantity::parse_weight(text) {
        Ok(weight) => add(app, seat, action, product_id, Amount::Weight(weight)).await,
        Err(_) => action.commit(app, seat, Note::BadWeight, None).await,
    }
}

/// Returns products whose names hold the words, without regard to marks; at most [`products::FOUND_MAX`].
///
/// # Errors
/// When the database does not answer.
pub async fn search(app: &App, words: &str) -> Result<Vec<Found>> {
    let words: String = words.chars().take(100).collect();
    Ok(products::list_by_words(app.db().read(), &words).await?)
}

/// Takes a missed code off the list.
///
/// # Errors
/// As [`scan`].
pub async fn dismiss(app: &App, seat: &Seat, request: &Request, code: &str) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    missed_codes::delete_code(&mut action.tx, &seat.counter, code).await?;
    action.commit(app, seat, Note::Ready, None).await
}

async fn find_item(action: &mut Action, item: u32) -> Result<Option<ProductId>> {
    let Ok(code) = Barcode::parse(&item.to_string()) else { return Ok(None) };
    Ok(products::find_by_code(&mut action.tx, &code).await?)
}

/// Words may be the shop's own code; otherwise they must name a single product.
async fn find_words(
    app: &App,
    action: &mut Action,
    words: &str,
) -> Result<std::result::Result<ProductId, Note>> {
    if let Ok(code) = Barcode::parse(words)
        && let Some(product_id) = products::find_by_code(&mut action.tx, &code).await?
    {
        return Ok(Ok(product_id));
    }
    let words = words.to_owned();
    Ok(match &search(app, &words).await?[..] {
        [] => Err(Note::NothingFound { words }),
        [only] => Ok(only.product_id.into()),
        _ => Err(Note::SeveralFound { words }),
    })
}

async fn missed(app: &App, seat: &Seat, mut action: Action, code: &str) -> Result<CounterState> {
    missed_codes::insert_code(&mut action.tx, &seat.counter, code, app.clock().now_ms()).await?;
    action.commit(app, seat, Note::UnknownCode { code: code.to_owned() }, None).await
}

async fn add(
    app: &App,
    seat: &Seat,
    mut action: Action,
    product_id: ProductId,
    amount: Amount,
) -> Result<CounterState> {
    let offer = pad::load_offer(&mut action, product_id).await?;
    let (date, is_from_pad) = (action.day(), action.cart.pad.is_some());
    let name = offer.name.clone();
    if offer.combo.as_ref().is_some_and(|combo| !combo.is_whole) {
        return action.commit(app, seat, Note::ComboNotWhole { name }, None).await;
    }
    let shelf = past_date::shelf_of(&mut action.tx, &offer).await?;
    let past = match &amount {
        Amount::Pack(link) => past_date(link, &shelf, date),
        _ => None,
    };
    if let Some(past) = past.filter(|_| offer.refuse_expired && !is_from_pad) {
        let expired_on = web::format::date_text(past);
        return action.commit(app, seat, Note::Expired { name, expired_on }, None).await;
    }
    let quantity = match &amount {
        Amount::One | Amount::Pack(_) if offer.sold_by == SoldBy::Weight => {
            let note = Note::NeedsWeight { product_id: product_id.uuid(), name };
            return action.commit(app, seat, note, None).await;
        }
        Amount::One | Amount::Pack(_) => Quantity::pieces(1),
        Amount::Weight(quantity) => *quantity,
        Amount::Price(price) => quantity_for(*price, offer.price),
    };
    if offer.sold_by == SoldBy::Piece && !quantity.is_whole() {
        return action.commit(app, seat, Note::BadQuantity { whole: true }, None).await;
    }
    let lapsed = offer.stars.is_none()
        && offer.combo.is_none()
        && products::had_stars(&mut action.tx, product_id, date).await?;
    let (refuse_expired, sale_id) = (offer.refuse_expired, action.cart.sale_id);
    let rows = action.cart.lines.len();
    let price = offer.price;
    let before = action.cart.lines.iter().rev().find(|line| line.offer.product_id == product_id);
    let moved = before.map(|line| line.offer.price).filter(|was| *was != price);
    let row = match action.cart.add(offer, quantity) {
        Ok(row) => row,
        Err(error) => return action.commit(app, seat, cart_note(&error), None).await,
    };
    if let Amount::Price(price) = amount {
        action.cart.lines[row].label = Some(price);
    }
    let known = action.cart.lines[row].past_date.clone();
    let (is_short, past, asked) = if is_from_pad {
        let HandedOver { takes, expired_on } = past_date::handed_over(&action.cart, row, &shelf, date);
        (past_date::is_short(&takes), past.or(expired_on), None)
    } else {
        if past.is_some() {
            let known = action.cart.lines[row].past_date.get_or_insert_default();
            known.told = known.told.plus(quantity).unwrap_or(known.told);
        }
        match check(&action.cart, row, &shelf, date) {
            Ok(checked) => (past_date::is_short(&checked.takes), past, checked.ask()),
            Err(refused) => return action.commit(app, seat, refused, None).await,
        }
    };
    let line = &action.cart.lines[row];
    let undo = if row == rows { Undo::Added { row } } else { without(row, line, quantity, known) };
    carts::upsert_line(&mut action.tx, sale_id, row, line, Some(&undo)).await?;
    action.undo = Some(undo);
    let quantity = action.cart.lines[row].quantity_text();
    let warned = discount::warn(app, seat, &mut action).await?;
    let note = if let Some(asked) = asked.or(warned) {
        asked
    } else if let Some(past) = past.filter(|_| is_from_pad && refuse_expired) {
        Note::HandedOverPastDate { name, expired_on: web::format::date_text(past) }
    } else if let Some(past) = past {
        Note::AddedPastDate { name, expired_on: web::format::date_text(past) }
    } else if let Some(was) = moved.filter(|_| row == rows) {
        let (was_vnd, price_vnd) = (was.vnd(), price.vnd());
        Note::Holding(Holding::PriceMoved { name, was_vnd, price_vnd })
    } else if lapsed {
        Note::AddedLapsed { name }
    } else if is_short {
        Note::AddedBeyondStock { name, quantity }
    } else {
        Note::Added { name, quantity }
    };
    action.commit_cart(app, seat, note, Some(row)).await
}

/// Returns how to take a quantity off a row again, of whose goods past their date this much was known before.
fn without(row: usize, line: &CartLine, added: Quantity, past_date: Option<PastDate>) -> Undo {
    let quantity = Quantity::from_milli(line.quantity.milli() - added.milli());
    Undo::changed(row, &CartLine { quantity, past_date, ..line.clone() })
}

/// Returns the last day of a pack that is past it: the day on the pack itself, or that of the lot which it names.
/// The shelf may hold fresh ones beside it, so the book alone does not tell.
fn past_date(link: &PackLink, shelf: &[LotOnShelf], business_date: Date) -> Option<Date> {
    let is_named = |code: &str| link.lot().is_some_and(|lot| lot.to_lowercase() == code.to_lowercase());
    let of_lot = || {
        let named = shelf.iter().filter(|row| row.lot.code.as_deref().is_some_and(is_named));
        named.filter_map(|row| row.lot.expires_on).min()
    };
    link.expires_on(business_date).or_else(of_lot).filter(|last| *last < business_date)
}

/// The weight that a price label stands for, in grams, half up.
fn quantity_for(price: Money, unit_price: Money) -> Quantity {
    let unit = unit_price.vnd().max(1);
    Quantity::from_milli(price.vnd().saturating_mul(1_000).saturating_add(unit / 2) / unit)
}

fn refused(error: ScanError, text: &str) -> Note {
    match error {
        ScanError::Empty => Note::Ready,
        ScanError::InputMethod => Note::InputMethod,
        ScanError::Code(BarcodeError::WrongCheckDigit { .. }) => {
            Note::WrongCheckDigit { code: text.trim().chars().take(32).collect() }
        }
        _ => Note::UnreadableCode,
    }
}

pub(crate) fn cart_note(error: &CartError) -> Note {
    match error {
        CartError::Full => Note::CartFull,
        CartError::NoLine => Note::NoLine,
        CartError::Quantity(QuantityError::NotWhole) => Note::BadQuantity { whole: true },
        CartError::Quantity(_) | CartError::Money(_) => Note::BadQuantity { whole: false },
    }
}
