//! A product that nobody knew, added at the counter in seconds and put into the cart.

use domain::barcode::Barcode;
use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId, StoreId, crockford};
use domain::tax::TaxClass;
use domain::{Money, Quantity};
use protocol::Kind;
use protocol::payload::{self, ProvisionalProduct, ProvisionalProductPrivate, ProvisionalProductShared};
use time::Date;
use uuid::Uuid;

use super::{CounterError, CounterState, Note, Request, Result, Seat, begin};
use crate::App;
use crate::db::carts::undo::Undo;
use crate::db::counters::{self, Counter};
use crate::db::{carts, missed_codes, products};
use crate::journal::{Draft, JournalError, Writer};

/// The longest name or unit, in characters.
const TEXT_MOST: usize = 120;
/// The highest price of a unit, đồng.
pub(crate) const PRICE_MOST: Money = Money::new(1_000_000_000);

/// What the cashier tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// What is on the pack, if anything.
    pub barcode: Option<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, VAT included.
    pub price: Money,
    /// Pieces or weight.
    pub sold_by: SoldBy,
    /// Whose consigned goods; `None` for the store's own.
    pub producer_id: Option<ProducerId>,
    /// Food, drink or medicine: it is not sold past its date, until central says what it is.
    pub refuse_expired: bool,
}

/// Adds the product and one of it to the cart. Consigned goods are told to central, which confirms or merges the
/// product later; the store's own goods stay its own business.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn add(app: &App, seat: &Seat, request: &Request, new: NewProduct) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let product = match check(&new) {
        Ok(product) => named(product, app.clock().new_uuid()),
        Err(field) => {
            let note = Note::BadField { field: field.to_owned() };
            return action.commit(app, seat, note, None).await;
        }
    };
    let date = action.shift.business_date;
    let draft = draft(&action.writer, seat, date, &product)?;
    action.writer.clone().append(&mut action.tx, draft).await?;
    if let Some(code) = &product.barcode {
        missed_codes::delete_code(&mut action.tx, &seat.counter, code).await?;
    }
    let offer = products::load_offer(&mut action.tx, ProductId::from_uuid(product.product), date).await?;
    if offer.sold_by == SoldBy::Weight {
        let note = Note::NeedsWeight { product_id: product.product, name: product.name };
        let state = action.commit(app, seat, note, None).await?;
        app.tell_appended();
        return Ok(state);
    }
    let Ok(row) = action.cart.add(offer, Quantity::pieces(1)) else {
        return action.commit(app, seat, Note::CartFull, None).await;
    };
    carts::upsert_line(
        &mut action.tx,
        action.cart.sale_id,
        row,
        &action.cart.lines[row],
        Some(&Undo::Added { row }),
    )
    .await?;
    let state = action.commit(app, seat, Note::ProductAdded { name: product.name }, Some(row)).await?;
    app.tell_appended();
    Ok(state)
}

/// Adds the product alone, while its delivery is typed in; returns it with name and unit, or the field that is wrong. The same words
/// with the same delivery are one product, however often they are sent: an answer may have been lost, or a key pressed twice.
///
/// # Errors
/// As [`add`].
pub async fn add_without_cart(
    app: &App,
    seat: &Seat,
    delivery: &str,
    new: &NewProduct,
) -> Result<std::result::Result<(Uuid, String, String), String>> {
    let product = match check(new) {
        Ok(product) => product,
        Err(field) => return Ok(Err(field.to_owned())),
    };
    let mut tx = app.db().begin().await?;
    let Counter { store, shift, .. } = counters::load_counter(&mut tx, &seat.counter).await?;
    let store = store.ok_or(CounterError::NotEnrolled)?;
    let id = id_of(store.store_id, delivery, &product);
    let product = named(product, id.uuid());
    if products::find_name(&mut tx, id).await?.is_some() {
        return Ok(Ok((product.product, product.name, product.unit)));
    }
    let today = web::format::local_date(app.clock().now_ms());
    let date = shift.map_or(today, |shift| shift.business_date);
    let writer = app.writer_of(store.store_id);
    let draft = draft(&writer, seat, date, &product)?;
    writer.append(&mut tx, draft).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_changed();
    Ok(Ok((product.product, product.name, product.unit)))
}

/// Consigned goods are told to central; the store's own stay its own business.
fn draft(writer: &Writer, seat: &Seat, date: Date, product: &ProvisionalProduct) -> Result<Draft> {
    let consigned = product.producer.is_some();
    let shared = ProvisionalProductShared {
        cashier: seat.cashier_id.uuid(),
        product: consigned.then(|| product.clone()),
    };
    let private =
        ProvisionalProductPrivate { salt: writer.salt(), product: (!consigned).then(|| product.clone()) };
    let mut draft = Draft::new(Kind::ProvisionalProduct, date, &shared, writer.salt())?;
    draft.private = payload::write(&private).map_err(JournalError::from)?;
    Ok(draft)
}

/// Returns the id of a product that is typed in with a delivery.
fn id_of(store_id: StoreId, delivery: &str, product: &ProvisionalProduct) -> ProductId {
    let ProvisionalProduct { name, unit, sold_by, .. } = product;
    let price = product.price.to_string();
    let producer = product.producer.map(|id| id.to_string()).unwrap_or_default();
    let kind = if product.refuse_expired { "food" } else { "" };
    let barcode = product.barcode.as_deref().unwrap_or_default();
    ProductId::of_delivery(store_id, delivery, &[name, unit, sold_by, &price, barcode, &producer, kind])
}

/// Gives the product its id, and a code that follows from it.
fn named(product: ProvisionalProduct, id: Uuid) -> ProvisionalProduct {
    ProvisionalProduct { product: id, sku: format!("TAM-{}", crockford(id.as_u128(), 6)), ..product }
}

/// Returns the product without its id, or the name of the field that is wrong.
fn check(new: &NewProduct) -> std::result::Result<ProvisionalProduct, &'static str> {
    let text = |text: &str, field| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = !text.is_empty() && text.chars().count() <= TEXT_MOST;
        if fits { Ok(text) } else { Err(field) }
    };
    let barcode = match new.barcode.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => Some(Barcode::parse(code).map_err(|_| "barcode")?.as_str().to_owned()),
        None => None,
    };
    if new.price <= Money::ZERO || new.price > PRICE_MOST {
        return Err("price");
    }
    Ok(ProvisionalProduct {
        product: Uuid::nil(),
        sku: String::new(),
        barcode,
        name: text(&new.name, "name")?,
        unit: text(&new.unit, "unit")?,
        sold_by: new.sold_by.code().to_owned(),
        price: new.price.vnd(),
        tax_class: TaxClass::Standard.code().to_owned(),
        producer: new.producer_id.map(ProducerId::uuid),
        refuse_expired: new.refuse_expired,
    })
}
