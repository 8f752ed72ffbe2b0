//! Labels for shelves and packs: what stands on them today, and their way to the label printer. Like other papers they
//! are frozen when they are asked for, and a dead printer costs nobody's time.

use std::collections::BTreeMap;

use ::receipts::label::{LABELS_MAX, Label, LabelError, LabelJob, PackLabel, ShelfLabel};
use ::receipts::label_picture;
use ::receipts::language::Language;
use domain::barcode::Barcode;
use domain::cart::Offer;
use domain::catalog::{SoldBy, Stars};
use domain::ids::{LotId, ProductId, SaleId};
use domain::making_day;
use domain::pack_link::{LinkHost, link};
use domain::stock::{Lot, LotOnShelf};
use time::Date;
use web::format::{date_text, local_date};

use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::prints::{self, ReceiptPrint};
use crate::db::slips::{self, SlipRow};
use crate::db::{lot_making_days, lots, operations, products};

/// Lots of a product that are offered; the shelf has hardly ever more.
pub const LOTS_MAX: usize = 12;

/// Whose label, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The product.
    pub product_id: ProductId,
    /// The lot, for its packs; none for the shelf.
    pub lot_id: Option<LotId>,
}

/// A product with what its labels tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The product as it is offered today.
    pub offer: Offer,
    /// What stands in the bars: a barcode, or the shop's own code.
    pub code: String,
    /// Who makes it; empty when unknown.
    pub producer: String,
    /// The lots on the shelf, at most [`LOTS_MAX`], those that expire first in front.
    pub lots: Vec<Lot>,
    /// When those were made of which somebody said it.
    pub made_on: BTreeMap<LotId, Date>,
}

/// Labels to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Which.
    pub wish: Wish,
    /// When the lot was made, for the labels of its packs.
    pub made_on: MadeOn,
    /// How many.
    pub count: usize,
}

/// When a lot was made, as whoever prints its labels says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MadeOn {
    /// As was said before.
    AsBefore,
    /// On this day, also on its next labels.
    On(Date),
    /// Nobody says it any more.
    Unsaid,
}

/// Returns a product with what its labels tell.
///
/// # Errors
/// When the database does not answer, or there is no such product.
pub async fn load(app: &App, product_id: ProductId) -> Result<Labelled> {
    let mut reader = app.db().read().acquire().await?;
    let offer = products::load_offer(&mut reader, product_id, local_date(app.clock().now_ms())).await?;
    let words = products::find_label_words(&mut reader, product_id).await?;
    let mut shelf = lots::list_on_shelf(&mut reader, product_id).await?;
    shelf.sort_by_key(|LotOnShelf { lot, .. }| (lot.expires_on.is_none(), lot.expires_on, lot.id));
    let lots = shelf.into_iter().map(|row| row.lot).take(LOTS_MAX).collect();
    let code = words.barcode.unwrap_or_else(|| offer.sku.clone());
    let made_on = lot_making_days::list_days(&mut reader, product_id).await?;
    Ok(Labelled { code, producer: words.producer.unwrap_or_default(), lots, made_on, offer })
}

impl Labelled {
    /// Returns the label of a shelf, or of a lot's packs; `None` when the shelf has no such lot.
    pub fn label(&self, lot_id: Option<LotId>, host: Option<&LinkHost>) -> Option<Label> {
        let Some(lot_id) = lot_id else { return Some(Label::Shelf(self.shelf())) };
        let lot = self.lots.iter().find(|lot| lot.id == lot_id)?;
        Some(Label::Pack(self.pack(lot, host)))
    }

    fn shelf(&self) -> ShelfLabel {
        let by_weight = self.offer.sold_by == SoldBy::Weight;
        let unit = self.offer.unit.clone();
        let (pack, unit) = if by_weight { (String::new(), unit) } else { (unit, String::new()) };
        ShelfLabel {
            name: self.offer.name.clone(),
            producer: self.producer.clone(),
            pack,
            price_vnd: self.offer.price.vnd(),
            unit,
            stars: self.offer.stars.map(Stars::count),
            barcode: self.code.clone(),
        }
    }

    /// The price of goods by weight is the scale's to print. Without a host, or where no link can be made, the bars do.
    fn pack(&self, lot: &Lot, host: Option<&LinkHost>) -> PackLabel {
        let by_weight = self.offer.sold_by == SoldBy::Weight;
        let barcode = Barcode::parse(&self.code).ok();
        let made =
            host.zip(barcode).map(|(host, code)| link(host, &code, lot.code.as_deref(), lot.expires_on));
        PackLabel {
            name: self.offer.name.clone(),
            producer: self.producer.clone(),
            pack: if by_weight { String::new() } else { self.offer.unit.clone() },
            price_vnd: (!by_weight).then(|| self.offer.price.vnd()),
            lot: lot.code.clone().unwrap_or_default(),
            made_on: self.made_on.get(&lot.id).copied().map(date_text).unwrap_or_default(),
            expires_on: lot.expires_on.map(date_text).unwrap_or_default(),
            barcode: self.code.clone(),
            link: made.and_then(std::result::Result::ok).unwrap_or_default(),
        }
    }
}

/// Returns a label as a PNG picture, dot for dot; `None` when the shelf has no such lot. The inner result is an error
/// when the label does not fit the labels in the printer.
///
/// # Errors
/// As [`load`].
pub async fn picture(app: &App, wish: Wish) -> Result<Option<std::result::Result<Vec<u8>, LabelError>>> {
    let product = load(app, wish.product_id).await?;
    let Some(label) = product.label(wish.lot_id, app.label_host()) else { return Ok(None) };
    let drawn = label_picture(&label, &app.labels().stock());
    Ok(Some(
        drawn.and_then(|dots| {
            ::receipts::png::encode(&dots).map_err(|error| LabelError::Job(error.to_string()))
        }),
    ))
}

/// Queues labels for the label printer: 1 to [`LABELS_MAX`]. When a lot was made is kept for its next labels.
///
/// # Errors
/// As [`load`], or when the database does not keep it.
pub async fn print(
    app: &App,
    seat: &Seat,
    op_id: &str,
    order: Order,
    language: Language,
) -> Result<CounterState> {
    let Order { wish, made_on, count } = order;
    let mut product = load(app, wish.product_id).await?;
    if let Some(lot_id) = wish.lot_id {
        let lot = product.lots.iter().find(|lot| lot.id == lot_id);
        let today = local_date(app.clock().now_ms());
        let expires_on = lot.and_then(|lot| lot.expires_on);
        match made_on {
            MadeOn::AsBefore => {}
            MadeOn::Unsaid => drop(product.made_on.remove(&lot_id)),
            MadeOn::On(day) if making_day::check(day, expires_on, today).is_ok() => {
                product.made_on.insert(lot_id, day);
            }
            MadeOn::On(_) => {
                return state::load(app, seat, Note::BadField { field: "made_on".to_owned() }, None).await;
            }
        }
    }
    let label = match wanted(app, &product, wish, count, language) {
        Ok(label) => label,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let said = wish.lot_id.filter(|_| made_on != MadeOn::AsBefore);
    let said = said.map(|lot_id| (lot_id, product.made_on.get(&lot_id).copied()));
    queue(app, seat, op_id, (LabelJob::new(label, count), said), &product.offer.name).await
}

/// Stores labels under what they are called, and queues them for the label printer; with the day on which a lot was made, where
/// somebody said it.
pub(super) async fn queue(
    app: &App,
    seat: &Seat,
    op_id: &str,
    (job, said): (LabelJob, Option<(LotId, Option<Date>)>),
    name: &str,
) -> Result<CounterState> {
    let queued = Note::LabelsQueued { count: job.count, name: name.to_owned() };
    let (slip_id, now_ms) = (app.clock().new_uuid(), app.clock().now_ms());
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, now_ms).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    if let Some((lot_id, made_on)) = said {
        lot_making_days::write_day(&mut tx, lot_id, made_on, now_ms).await?;
    }
    let name = slip_id.simple().to_string();
    let number = format!("TEM-{}", name.get(24..).unwrap_or(&name));
    let row = SlipRow { slip_id, number, snapshot: job.to_json()? };
    slips::insert_slip(&mut tx, &row, (None, None), now_ms).await?;
    let first = ReceiptPrint::first(SaleId::from_uuid(slip_id), &seat.counter, now_ms);
    prints::upsert_print(&mut tx, &ReceiptPrint { is_label: true, ..first }).await?;
    tx.commit().await?;
    app.tell_printable();
    state::load(app, seat, queued, None).await
}

/// Returns the label, or what there is to tell when it cannot be printed.
fn wanted(
    app: &App,
    product: &Labelled,
    wish: Wish,
    count: usize,
    language: Language,
) -> std::result::Result<Label, Note> {
    if !(1..=LABELS_MAX).contains(&count) {
        return Err(Note::BadField { field: "count".to_owned() });
    }
    if !app.has_label_printer() {
        return Err(Note::NoLabelPrinter);
    }
    let label =
        product.label(wish.lot_id, app.label_host()).ok_or(Note::BadField { field: "lot_id".to_owned() })?;
    match label_picture(&label, &app.labels().stock()) {
        Ok(_) => Ok(label),
        Err(error) => Err(Note::LabelUnfit { why: error.sentence(language) }),
    }
}
