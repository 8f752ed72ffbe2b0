//! Goods that come in, in simple form: a producer brings consigned goods, or the store has bought some.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The language of papers.
pub use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::delivery::{DeliveryLine, DeliverySlip};
use domain::consignment::Terms;
use domain::contract::owner_on;
use domain::fact::ReceivedLine;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::{Lot, Owner};
use domain::{Money, Quantity, name_fold};
use protocol::Kind;
use protocol::payload::{self, BoughtLine, GoodsIn, GoodsInLine, GoodsInPrivate};
use time::Date;

use super::chosen::Covers;
use super::note::Delivering;
use super::slip::{Head, Issue, issue, number};
use super::{CounterError, CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::counters::{self, Counter, StoreName};
use crate::db::{Tx, combos, lots, operations, producers, products, streams, terms};
use crate::journal::{Draft, JournalError, Writer};

/// The most lines of one delivery.
pub const LINES_MAX: usize = 200;
/// The longest lot code, in characters.
const CODE_MOST: usize = 40;

/// One line of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGoods {
    /// What.
    pub product_id: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// Last day of sale, if the pack has one.
    pub expires_on: Option<Date>,
    /// What the pack says.
    pub code: Option<String>,
    /// What the delivery note says; none when nobody typed it.
    pub noted: Option<Quantity>,
    /// What the store pays for a unit that it buys outright; none for consigned goods, or when nobody typed it.
    pub cost: Option<Money>,
    /// Who brought them; `None` for goods that the store bought elsewhere. By the contract in force they are the producer's, or
    /// the operator's at once.
    pub producer_id: Option<ProducerId>,
}

/// Records a delivery: each line is a lot of its own, and all of them one paper. What had been sold of a product before it came
/// is covered first.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn receive(
    app: &App,
    seat: &Seat,
    op_id: &str,
    goods: Vec<NewGoods>,
    language: Language,
) -> Result<CounterState> {
    if goods.is_empty() || goods.len() > LINES_MAX {
        return state::load(app, seat, Note::BadField { field: "lines".to_owned() }, None).await;
    }
    if goods.iter().any(|line| line.quantity.sellable().is_err()) {
        return state::load(app, seat, Note::BadQuantity { whole: false }, None).await;
    }
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let Counter { store, settings, shift, .. } = counters::load_counter(&mut tx, &seat.counter).await?;
    let store = store.ok_or(CounterError::NotEnrolled)?;
    let today = web::format::local_date(app.clock().now_ms());
    let date = shift.map_or(today, |shift| shift.business_date);
    let lines = goods.len();
    let goods = owned(&mut tx, goods, date).await?;
    let body = SlipBody::Delivery(paper(&mut tx, &goods).await?);
    for line in &goods {
        if let Some(refused) = refused(&mut tx, line).await? {
            return state::load(app, seat, refused, None).await;
        }
    }
    let voucher = append(&mut tx, &writer, seat, (&store, date), goods).await?;
    let head = Head { settings: settings.as_ref(), business_date: date };
    issue(app, &mut tx, &head.slip(app, seat, (voucher.clone(), language), body), Issue::default()).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    state::load(app, seat, Note::Delivering(Delivering::Received { lines, voucher }), None).await
}

/// Goods with whose they are from now on.
struct Owned {
    new: NewGoods,
    owner: Owner,
}

impl Owned {
    /// Returns from whom goods were bought outright, and for how much a unit; `None` for consigned goods and without a cost.
    fn purchase(&self) -> Option<(ProducerId, Money)> {
        let is_bought = self.owner == Owner::Operator;
        self.new.producer_id.zip(self.new.cost).filter(|(_, cost)| is_bought && *cost > Money::ZERO)
    }
}

/// Looks up in the contracts whose each line is.
async fn owned(tx: &mut Tx, goods: Vec<NewGoods>, date: Date) -> Result<Vec<Owned>> {
    let mut contracts: BTreeMap<ProducerId, Vec<Terms>> = BTreeMap::new();
    for producer_id in goods.iter().filter_map(|line| line.producer_id) {
        if let Entry::Vacant(place) = contracts.entry(producer_id) {
            place.insert(terms::list_of_producer(tx, producer_id).await?);
        }
    }
    let none = Vec::new();
    let owned = |new: NewGoods| {
        let known = new.producer_id.and_then(|id| contracts.get(&id)).unwrap_or(&none);
        Owned { owner: owner_on(known, new.producer_id, new.product_id, date), new }
    };
    Ok(goods.into_iter().map(owned).collect())
}

/// Returns why a line cannot be received.
async fn refused(tx: &mut Tx, Owned { new: line, owner }: &Owned) -> Result<Option<Note>> {
    if combos::is_combo(tx, line.product_id).await? {
        return Ok(Some(Note::ComboNotStocked));
    }
    let Some(code) = lot_code(line) else { return Ok(None) };
    let others = lots::find_other_owner(tx, line.product_id, &code, owner.producer_id()).await?;
    let Some(owner) = others else { return Ok(None) };
    let producer = match owner.producer_id() {
        Some(id) => producers::find_name(tx, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(Some(Note::Delivering(Delivering::LotOfAnother { code, producer })))
}

/// Returns what the pack says, without blanks; `None` for nothing.
fn lot_code(line: &NewGoods) -> Option<String> {
    let code: String = line.code.as_deref().unwrap_or_default().trim().chars().take(CODE_MOST).collect();
    Some(code).filter(|code| !name_fold::name_fold(code).is_empty())
}

async fn paper(tx: &mut Tx, goods: &[Owned]) -> Result<DeliverySlip> {
    let mut lines = Vec::new();
    for goods in goods {
        let new = &goods.new;
        let cost_vnd = match goods.purchase() {
            Some((_, cost)) => Some((cost.vnd(), cost.for_quantity(new.quantity)?.vnd())),
            None => None,
        };
        let (name, unit) = products::find_name(tx, new.product_id).await?.unwrap_or_default();
        lines.push(DeliveryLine {
            name,
            unit,
            quantity_milli: new.quantity.milli(),
            noted_milli: new.noted.map(Quantity::milli),
            lot: lot_code(new).unwrap_or_default(),
            expires: new.expires_on.map(web::format::date_text).unwrap_or_default(),
            is_bought: new.producer_id.is_some() && goods.owner == Owner::Operator,
            cost_vnd,
        });
    }
    let (producer, reading_url) = match goods.first().and_then(|first| first.new.producer_id) {
        Some(id) => (
            producers::find_name(tx, id).await?.unwrap_or_default(),
            producers::find_reading_url(tx, id).await?,
        ),
        None => (String::new(), String::new()),
    };
    let amounts = lines.iter().filter_map(|line| line.cost_vnd).map(|(_, amount)| Money::new(amount));
    let bought_vnd = Money::sum(amounts)?.vnd();
    Ok(DeliverySlip { producer, lines, bought_vnd, reading_url })
}

/// Appends the entry; returns the number of its paper.
async fn append(
    tx: &mut Tx,
    writer: &Writer,
    seat: &Seat,
    (store, date): (&StoreName, Date),
    goods: Vec<Owned>,
) -> Result<String> {
    let head = streams::find_head(tx).await?.ok_or(JournalError::NotEnrolled)?;
    // The entry's own number: nothing has to be counted, and no two papers share one.
    let voucher = number(store, &head.stream, format_args!("NH{}", head.at.seq + 1));
    let (mut shared, mut outside, mut bought) = (Vec::new(), Vec::new(), Vec::new());
    let mut covered = Covers::default();
    for goods in goods {
        let offer = products::load_offer(tx, goods.new.product_id, date).await?;
        let in_programme = offer.in_catalogue || goods.owner.producer_id().is_some();
        let noted = goods.new.noted.map(Quantity::milli);
        let purchase = goods.purchase();
        let line = line(tx, writer, date, goods, &mut covered).await?;
        bought.extend(purchase.map(|(seller, cost)| BoughtLine {
            lot: line.lot.id.uuid(),
            seller: seller.uuid(),
            cost: cost.vnd(),
        }));
        let side = if in_programme { &mut shared } else { &mut outside };
        side.push(GoodsInLine { noted, ..GoodsInLine::from(&line) });
    }
    let delivery = GoodsIn {
        delivery: writer.clock.new_uuid(),
        voucher: voucher.clone(),
        cashier: seat.cashier_id.uuid(),
        lines: shared,
    };
    let private = GoodsInPrivate { salt: writer.salt(), lines: outside, bought };
    let mut draft = Draft::new(Kind::GoodsIn, date, &delivery, writer.salt())?;
    draft.private = payload::write(&private).map_err(JournalError::from)?;
    writer.append_at(tx, head, draft).await?;
    Ok(voucher)
}

async fn line(
    tx: &mut Tx,
    writer: &Writer,
    received_on: Date,
    Owned { new, owner }: Owned,
    covered: &mut Covers,
) -> Result<ReceivedLine> {
    let covers_unreceived = covered.of(tx, (writer.store_id, new.product_id), new.quantity).await?;
    let code = lot_code(&new);
    Ok(ReceivedLine {
        lot: Lot {
            id: LotId::from_uuid(writer.clock.new_uuid()),
            product_id: new.product_id,
            owner,
            received_on,
            expires_on: new.expires_on,
            code,
        },
        quantity: new.quantity,
        covers_unreceived,
    })
}
