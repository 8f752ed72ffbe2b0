//! Goods that come in, in simple form: a producer brings consigned goods, or the store has bought some.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The language of papers.
pub use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use domain::cart::Offer;
use domain::catalog::SoldBy;
use domain::consignment::{Terms, contract_on};
use domain::contract::owner_on;
use domain::fact::ReceivedLine;
use domain::ids::{LotId, ProducerId, ProductId, StoreId};
use domain::stock::{Lot, Owner};
use domain::{Money, Quantity, Rate, name_fold};
use protocol::Kind;
use protocol::payload::{self, BoughtLine, GoodsIn, GoodsInLine, GoodsInMissing, GoodsInPrivate};
use time::Date;

use super::chosen::Covers;
use super::note::Delivering;
use super::slip::{Head, Issue, issue, number};
use super::{CounterError, CounterState, Note, Result, Seat, goods_paper, state};
use crate::App;
use crate::db::counters::{self, Counter, StoreName};
use crate::db::{Tx, combos, delivery_drafts, lots, operations, producers, products, streams, terms};
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
    /// How much; nothing where the note names goods that did not come.
    pub quantity: Quantity,
    /// Last day of sale, if the pack has one.
    pub expires_on: Option<Date>,
    /// What the pack says.
    pub code: Option<String>,
    /// What the delivery note says: nothing of goods that are not on it; none when nobody typed it.
    pub noted: Option<Quantity>,
    /// What the store pays for a unit that it buys outright; none for consigned goods, or when nobody typed it.
    pub cost: Option<Money>,
    /// Who brought them; `None` for goods that the store bought elsewhere. By the contract in force they are the producer's, or
    /// the operator's at once. Where it is not who makes them, entry and paper say so: pages ask for that by name first.
    pub producer_id: Option<ProducerId>,
}

impl NewGoods {
    /// Says that the note names them and nothing came.
    pub(super) fn is_missing(&self) -> bool {
        self.quantity == Quantity::ZERO
    }

    /// Says whether something came that a line can hold, or a note names something.
    fn is_something(&self) -> bool {
        match self.noted {
            Some(noted) if self.is_missing() => noted.sellable().is_ok(),
            None => self.quantity.sellable().is_ok(),
            Some(noted) => {
                self.quantity.sellable().is_ok() && (Quantity::ZERO..=Quantity::MOST).contains(&noted)
            }
        }
    }
}

/// Records a delivery: each line is a lot of its own, and all of them one paper. What had been sold of a product before it came
/// is covered first, as far as it was sold as goods of the same owner. What a note names and did not come has no lot: entry and
/// paper tell of it.
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
    if !goods.iter().all(NewGoods::is_something) {
        return state::load(app, seat, Note::BadQuantity { whole: false }, None).await;
    }
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    state::open_first_cart(app, seat).await?;
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
    for line in &goods {
        if let Some(refused) = refused(&mut tx, line, date).await? {
            return state::load(app, seat, refused, None).await;
        }
    }
    let (missing, goods): (Vec<_>, Vec<_>) = goods.into_iter().partition(|line| line.new.is_missing());
    let goods = apart(&mut tx, writer.store_id, goods).await?;
    let body = SlipBody::Delivery(goods_paper::paper(&mut tx, (&goods, &missing)).await?);
    let voucher = append(&mut tx, &writer, seat, (&store, date), (goods, &missing)).await?;
    let head = Head { settings: settings.as_ref(), business_date: date };
    issue(app, &mut tx, &head.slip(app, seat, (voucher.clone(), language), body), Issue::default()).await?;
    // With the entry, or a power cut in between would offer the same goods once more.
    delivery_drafts::delete_draft(&mut tx, &seat.counter, op_id).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    state::load(app, seat, Note::Delivering(Delivering::Received { lines, voucher }), None).await
}

/// Goods with whose they are from now on.
#[derive(Clone)]
pub(super) struct Owned {
    pub(super) new: NewGoods,
    pub(super) owner: Owner,
    /// How the product is sold on the business date.
    pub(super) offer: Offer,
    /// What the store keeps of consigned goods by the contract in force.
    pub(super) commission: Option<Rate>,
    /// All of it was sold before it came, on the terms of that day.
    pub(super) is_sold: bool,
}

impl Owned {
    /// Says whether the operator buys them outright from a producer.
    pub(super) fn is_bought(&self) -> bool {
        self.owner == Owner::Operator && self.new.producer_id.is_some()
    }

    /// Returns from whom goods were bought outright, and for how much a unit; `None` for consigned goods and without a cost.
    pub(super) fn purchase(&self) -> Option<(ProducerId, Money)> {
        let bought = self.new.producer_id.filter(|_| self.is_bought());
        bought.zip(self.new.cost).filter(|(_, cost)| *cost > Money::ZERO)
    }

    /// Says whether the department hears of them.
    fn is_in_programme(&self) -> bool {
        self.offer.in_catalogue || self.owner.producer_id().is_some()
    }

    /// As the entry tells of goods that did not come.
    fn missing(&self) -> GoodsInMissing {
        GoodsInMissing {
            product: self.new.product_id.uuid(),
            producer: self.owner.producer_id().map(ProducerId::uuid),
            noted: self.new.noted.unwrap_or_default().milli(),
        }
    }

    /// Returns who makes the goods, where somebody else delivers them.
    pub(super) fn not_of(&self) -> Option<ProducerId> {
        self.offer.producer_id.filter(|maker| self.new.producer_id != Some(*maker))
    }
}

/// Looks up in the contracts whose each line is.
async fn owned(tx: &mut Tx, goods: Vec<NewGoods>, date: Date) -> Result<Vec<Owned>> {
    let mut contracts: BTreeMap<ProducerId, Vec<Terms>> = BTreeMap::new();
    let mut all = Vec::new();
    for new in goods {
        if let Some(producer_id) = new.producer_id
            && let Entry::Vacant(place) = contracts.entry(producer_id)
        {
            place.insert(terms::list_of_producer(tx, producer_id).await?);
        }
        let known = new.producer_id.and_then(|id| contracts.get(&id)).map_or(&[][..], Vec::as_slice);
        let owner = owner_on(known, new.producer_id, new.product_id, date);
        let terms = owner.producer_id().and_then(|id| contract_on(known, id, new.product_id, date));
        let commission = terms.map(|terms| terms.commission);
        let offer = products::load_offer(tx, new.product_id, date).await?;
        all.push(Owned { new, owner, offer, commission, is_sold: false });
    }
    Ok(all)
}

/// Returns the goods with what had been sold of them as consigned before they came apart, where the contract says by now that
/// they are bought: their producer is owed for those pieces already, and nobody buys them again. Its code stays with the rest.
async fn apart(tx: &mut Tx, store_id: StoreId, goods: Vec<Owned>) -> Result<Vec<Owned>> {
    let (mut all, mut covered) = (Vec::new(), Covers::default());
    for Owned { new, owner, offer, commission, .. } in goods {
        let seller = new.producer_id.filter(|_| owner == Owner::Operator).map(Owner::Producer);
        let sold = match seller {
            Some(seller) => covered.of(tx, (store_id, new.product_id), (seller, new.quantity)).await?,
            None => Quantity::ZERO,
        };
        let less = |quantity: Quantity| quantity.minus(sold).unwrap_or_default().max(Quantity::ZERO);
        let left = NewGoods { quantity: less(new.quantity), noted: new.noted.map(less), ..new.clone() };
        if let Some(owner) = seller.filter(|_| sold > Quantity::ZERO) {
            let noted = new.noted.filter(|_| left.quantity == Quantity::ZERO);
            let new = NewGoods { quantity: sold, noted, cost: None, code: None, ..new };
            all.push(Owned { new, owner, offer: offer.clone(), commission: None, is_sold: true });
        }
        if left.quantity > Quantity::ZERO {
            all.push(Owned { new: left, owner, offer, commission, is_sold: false });
        }
    }
    Ok(all)
}

/// Returns why a line cannot be received on a business date.
async fn refused(tx: &mut Tx, goods: &Owned, date: Date) -> Result<Option<Note>> {
    let Owned { new: line, owner, offer, .. } = goods;
    let name = || offer.name.clone();
    if combos::is_combo(tx, line.product_id).await? {
        return Ok(Some(Note::ComboNotStocked));
    }
    // Half a box could neither be sold nor given back.
    let told = line.noted.filter(|_| line.is_missing()).unwrap_or(line.quantity);
    if offer.sold_by == SoldBy::Piece && !told.is_whole() {
        return Ok(Some(Note::BadQuantity { whole: true }));
    }
    if line.is_missing() {
        return Ok(None);
    }
    if let Some(last) = line.expires_on.filter(|last| *last < date) {
        let last_day = web::format::date_text(last);
        return Ok(Some(Note::Delivering(Delivering::DeliveredPastDate { name: name(), last_day })));
    }
    if goods.is_bought() && goods.purchase().is_none() {
        return Ok(Some(Note::Delivering(Delivering::CostMissing { name: name() })));
    }
    let Some(code) = lot_code(line) else { return Ok(None) };
    let others = lots::find_other_owner(tx, line.product_id, &code, owner.producer_id()).await?;
    let Some(owner) = others else { return Ok(None) };
    let producer = producers::name_of_owner(tx, owner).await?;
    Ok(Some(Note::Delivering(Delivering::LotOfAnother { code, producer })))
}

/// Returns what the pack says, without blanks; `None` for nothing.
pub(super) fn lot_code(line: &NewGoods) -> Option<String> {
    let code: String = line.code.as_deref().unwrap_or_default().trim().chars().take(CODE_MOST).collect();
    Some(code).filter(|code| !name_fold::name_fold(code).is_empty())
}

/// Appends the entry; returns the number of its paper.
async fn append(
    tx: &mut Tx,
    writer: &Writer,
    seat: &Seat,
    (store, date): (&StoreName, Date),
    (goods, missing): (Vec<Owned>, &[Owned]),
) -> Result<String> {
    let head = streams::find_head(tx).await?.ok_or(JournalError::NotEnrolled)?;
    // The entry's own number: nothing has to be counted, and no two papers share one.
    let voucher = number(store, &head.stream, format_args!("NH{}", head.at.seq + 1));
    let (mut shared, mut outside, mut bought) = (Vec::new(), Vec::new(), Vec::new());
    let mut covered = Covers::default();
    for goods in goods {
        let in_programme = goods.is_in_programme();
        let noted = goods.new.noted.map(Quantity::milli);
        let (purchase, not_of) = (goods.purchase(), goods.not_of().map(ProducerId::uuid));
        let line = line(tx, writer, date, goods, &mut covered).await?;
        bought.extend(purchase.map(|(seller, cost)| BoughtLine {
            lot: line.lot.id.uuid(),
            seller: seller.uuid(),
            cost: cost.vnd(),
        }));
        let side = if in_programme { &mut shared } else { &mut outside };
        side.push(GoodsInLine { noted, not_of, ..GoodsInLine::from(&line) });
    }
    let (missing, missing_outside): (Vec<_>, Vec<_>) = missing.iter().partition(|it| it.is_in_programme());
    let delivery = GoodsIn {
        delivery: writer.clock.new_uuid(),
        voucher: voucher.clone(),
        cashier: seat.cashier_id.uuid(),
        lines: shared,
        missing: missing.into_iter().map(Owned::missing).collect(),
    };
    let private = GoodsInPrivate {
        salt: writer.salt(),
        lines: outside,
        bought,
        missing: missing_outside.into_iter().map(Owned::missing).collect(),
    };
    let mut draft = Draft::new(Kind::GoodsIn, date, &delivery, writer.salt())?;
    draft.private = payload::write(&private).map_err(JournalError::from)?;
    writer.append_at(tx, head, draft).await?;
    Ok(voucher)
}

async fn line(
    tx: &mut Tx,
    writer: &Writer,
    received_on: Date,
    Owned { new, owner, .. }: Owned,
    covered: &mut Covers,
) -> Result<ReceivedLine> {
    let covers_unreceived = covered.of(tx, (writer.store_id, new.product_id), (owner, new.quantity)).await?;
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
