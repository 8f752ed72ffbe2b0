//! The end of a stocktake: one entry brings the book to what was counted, at the moment when each product was counted; so large a
//! stocktake that one cannot hold it makes several, all of them or none, with a paper each. What is missing is borne by whom the
//! contract names, unless a manager says otherwise.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::count::{CountLine, CountSlip};
use domain::cart::Offer;
use domain::contract::owner_on;
use domain::count::{CountedLot, CountedProduct, Room, Shelf, difference};
use domain::ids::{LotId, ProductId};
use domain::money::MoneyError;
use domain::removal::Cause;
use domain::{Money, Quantity};
use protocol::payload::{GoodsCount, GoodsCountPrivate, GoodsCountProduct};
use protocol::{Hash, Kind};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::approval::{Approved, Word, approve};
use super::losses::{LossBearer, Losses};
use super::note::Counting;
use super::slip::{Head, Issue, issue, number};
use super::stocktake::{Step, or_tell};
use super::{CounterError, CounterState, Note, Result, Seat, commission_tax, state, words};
use crate::App;
use crate::db::stocktakes::{self, CountedRow, Stocktake, UncountedRow};
use crate::db::{lots, pad_sales, products, streams};
use crate::journal::Draft;

/// What one entry holds: it stays below 256 KiB.
const ROOM: Room = Room { products: 1_000, lots: 800 };
/// The longest remark, in characters.
const REASON_MOST: usize = 120;

/// A stocktake as it would be closed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The stocktake.
    pub stocktake: Stocktake,
    /// What was counted, by name.
    pub counted: Vec<CountedRow>,
    /// What the book has and nobody has counted, by name.
    pub uncounted: Vec<UncountedRow>,
    /// The store writes sales on a pad while it cannot sell: one of before the count that is entered after the closing is taken off a
    /// second time.
    pub has_pad: bool,
}

impl Figures {
    /// Returns the figures of the stocktake that is going on, or `None`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(connection: &mut SqliteConnection) -> Result<Option<Self>> {
        let Some(stocktake) = stocktakes::find_open(connection).await? else { return Ok(None) };
        let stream_no = streams::find_current(connection).await?.map_or(0, |stream| stream.stream_no);
        let counted = stocktakes::list_counted(connection, stocktake.stocktake_id, stream_no).await?;
        let uncounted = stocktakes::list_uncounted(connection, stocktake.stocktake_id).await?;
        let has_pad = pad_sales::is_used(connection).await?;
        Ok(Some(Self { stocktake, counted, uncounted, has_pad }))
    }

    /// Returns a mark of what was counted and of what was not: another one as soon as somebody counts something more, or some of
    /// what nobody counted comes in. Sales do not change it, since they are in no figure.
    pub fn mark(&self) -> Mark {
        let counted = self.counted.iter().map(|row| {
            let tally = row.tally;
            format!("{} {} {:?} {}\n", row.product_id, tally.round, tally.counted, tally.expected.milli())
        });
        let uncounted = self.uncounted.iter().map(|row| format!("{} {}\n", row.product_id, row.came_milli));
        let of = |rows: String| Hash::of(&[rows.as_bytes()]).to_string();
        Mark { counted: of(counted.collect()), uncounted: of(uncounted.collect()) }
    }

    /// Returns how many products have to be counted again first.
    pub fn count_again(&self) -> usize {
        self.counted.iter().filter(|row| row.tally.again().is_some()).count()
    }
}

/// What a page showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Of what was counted.
    pub counted: String,
    /// Of what was not.
    pub uncounted: String,
}

/// How a stocktake is closed.
#[derive(Clone, PartialEq, Eq)]
pub struct Closing {
    /// Which one the page showed.
    pub stocktake_id: Uuid,
    /// Who bears what is missing of consigned goods.
    pub bearer: LossBearer,
    /// What nobody has counted is taken as gone.
    pub takes_uncounted: bool,
    /// Every sale of before the count that was written on the pad is entered.
    pub is_pad_entered: bool,
    /// As typed; may be empty.
    pub reason: String,
    /// What the page showed; when it is something else by now, nothing is closed.
    pub shown: Mark,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word.
    pub word: Word,
}

/// Closes a stocktake: an entry and its paper, or as many of both as it takes, and the book is what was counted. All
/// of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn close(app: &App, seat: &Seat, op_id: &str, closing: &Closing) -> Result<CounterState> {
    let approved = or_tell!(app, seat, approve(app, seat, &closing.word).await?);
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    let figures = Figures::load(&mut step.tx).await?;
    let figures = or_tell!(app, seat, closing.checked(figures));
    let commission_tax = commission_tax(step.settings.as_ref(), step.business_date);
    let mut losses = Losses::new(closing.bearer, &closing.reason, step.business_date, commission_tax);
    let mut all = Vec::new();
    for found in closing.found(&figures) {
        all.push(or_tell!(app, seat, product(&mut step, &mut losses, found).await?));
    }
    let (products, wrong) = (all.len(), all.iter().filter(|counted| counted.is_wrong()).count());
    let vouchers = tell(app, &mut step, seat, (closing, &figures.stocktake), (all, &approved)).await?;
    stocktakes::delete_stocktake(&mut step.tx, figures.stocktake.stocktake_id).await?;
    step.tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    let told = Counting::StocktakeClosed { vouchers, products, wrong };
    state::load(app, seat, Note::Counting(told), None).await
}

/// Tells what was counted, in as many entries as it takes; returns the numbers of their papers.
async fn tell(
    app: &App,
    step: &mut Step,
    seat: &Seat,
    (closing, stocktake): (&Closing, &Stocktake),
    (all, approved): (Vec<Counted>, &Approved),
) -> Result<Vec<String>> {
    let steps: Vec<Counted> = all.into_iter().flat_map(Counted::steps).collect();
    let parts = ROOM.parts(steps, |counted: &Counted| counted.product.lots.len());
    let mut vouchers = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let voucher = append(app, step, seat, closing, (part, approved)).await?;
        let which = if parts.len() > 1 { format!("{}/{}", index + 1, parts.len()) } else { String::new() };
        let body = paper(closing, (stocktake, which), (part, approved))?;
        let place = Head { settings: step.settings.as_ref(), business_date: step.business_date };
        let slip = place.slip(app, seat, (voucher.clone(), closing.language), SlipBody::Count(body));
        issue(app, &mut step.tx, &slip, Issue::default()).await?;
        vouchers.push(voucher);
    }
    Ok(vouchers)
}

/// A product's figures, before its difference is spread over lots.
struct Found {
    product_id: ProductId,
    expected: Quantity,
    counted: Quantity,
}

impl Closing {
    /// Returns the figures when they can be closed so; or tells why not.
    fn checked(&self, figures: Option<Figures>) -> std::result::Result<Figures, Note> {
        let none = || Note::Counting(Counting::NoStocktake);
        let figures = figures.ok_or_else(none)?;
        if figures.stocktake.stocktake_id != self.stocktake_id {
            return Err(none());
        }
        let mark = figures.mark();
        if mark.counted != self.shown.counted
            || (self.takes_uncounted && mark.uncounted != self.shown.uncounted)
        {
            return Err(Note::Counting(Counting::CountsChanged));
        }
        let takes_some = self.takes_uncounted && !figures.uncounted.is_empty();
        if figures.counted.is_empty() && !takes_some {
            return Err(Note::Counting(Counting::NothingCounted));
        }
        match figures.count_again() {
            0 if figures.has_pad && !self.is_pad_entered => Err(Note::Counting(Counting::PadFirst)),
            0 => Ok(figures),
            products => Err(Note::Counting(Counting::CountAgainFirst { products })),
        }
    }

    /// Returns each product with what the book had and what was there.
    fn found(&self, figures: &Figures) -> Vec<Found> {
        let counted = figures.counted.iter().filter_map(|row| {
            let (product_id, expected) = (row.product_id, row.tally.expected);
            row.tally.counted.map(|counted| Found { product_id, expected, counted })
        });
        let gone = figures.uncounted.iter().filter(|_| self.takes_uncounted).map(|row| Found {
            product_id: row.product_id.into(),
            expected: Quantity::from_milli(row.expected_milli),
            counted: Quantity::ZERO,
        });
        counted.chain(gone).collect()
    }
}

/// A product as it goes into the entry.
struct Counted {
    product: CountedProduct,
    name: String,
    unit: String,
    in_programme: bool,
}

impl Counted {
    /// As entries hold it.
    fn steps(self) -> impl Iterator<Item = Self> {
        let Self { product, name, unit, in_programme } = self;
        let step = move |product| Self { product, name: name.clone(), unit: unit.clone(), in_programme };
        ROOM.steps(product).into_iter().map(step)
    }

    fn is_wrong(&self) -> bool {
        self.product.expected != self.product.counted
    }
}

async fn product(
    step: &mut Step,
    losses: &mut Losses<'_>,
    found: Found,
) -> Result<std::result::Result<Counted, Note>> {
    let Found { product_id, expected, counted } = found;
    let offer = products::load_offer(&mut step.tx, product_id, step.business_date).await?;
    let off = difference(expected, counted).ok_or(MoneyError)?;
    let mut parts = Vec::new();
    if off != Quantity::ZERO {
        let lots = lots::list_all(&mut step.tx, product_id).await?;
        let unreceived = LotId::unreceived(step.store.store_id, product_id);
        let day = step.business_date;
        let known = match offer.producer_id {
            Some(producer_id) => losses.contracts(&mut step.tx, producer_id).await?,
            None => &[],
        };
        let owner = owner_on(known, offer.producer_id, product_id, day);
        parts = Shelf { lots: &lots, unreceived, owner, day }.spread(off);
    }
    let mut lots = Vec::new();
    for part in parts {
        match borne(step, losses, &offer, part).await? {
            Ok(parts) => lots.extend(parts),
            Err(refused) => return Ok(Err(refused)),
        }
    }
    let is_consigned = lots.iter().any(|part| part.owner.producer_id().is_some());
    Ok(Ok(Counted {
        product: CountedProduct { product_id, expected, counted, lots },
        in_programme: offer.in_catalogue || offer.producer_id.is_some() || is_consigned,
        name: offer.name,
        unit: offer.unit,
    }))
}

/// Returns a part with what the operator owes for what is missing of it; two, where the contract divides that between operator
/// and producer. Or tells what the manager has to say first.
async fn borne(
    step: &mut Step,
    losses: &mut Losses<'_>,
    offer: &Offer,
    part: CountedLot,
) -> Result<std::result::Result<Vec<CountedLot>, Note>> {
    let missing = Quantity::ZERO.minus(part.quantity).ok_or(MoneyError)?;
    let Some(producer_id) = part.owner.producer_id().filter(|_| missing > Quantity::ZERO) else {
        return Ok(Ok(vec![part]));
    };
    let borne = match losses.divide(&mut step.tx, (producer_id, offer), (Cause::Lost, missing)).await? {
        Ok(borne) => borne,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut parts = Vec::new();
    for (quantity, compensation) in borne.parts(offer.price)? {
        let quantity = Quantity::ZERO.minus(quantity).ok_or(MoneyError)?;
        parts.push(CountedLot { quantity, compensation, ..part });
    }
    Ok(Ok(parts))
}

/// Appends an entry at the journal's end; returns the number of its paper.
async fn append(
    app: &App,
    step: &mut Step,
    seat: &Seat,
    closing: &Closing,
    (all, approved): (&[Counted], &Approved),
) -> Result<String> {
    let end = streams::find_head(&mut step.tx).await?.ok_or(CounterError::NotEnrolled)?;
    // The entry's own number: nothing has to be counted, and no two papers share one.
    let counts = format_args!("KK{}", end.at.seq + 1).to_string();
    let voucher = number(&step.store, &end.stream, counts);
    let of = |in_programme: bool| -> Vec<GoodsCountProduct> {
        let products = all.iter().filter(|counted| counted.in_programme == in_programme);
        products.map(|counted| GoodsCountProduct::from(&counted.product)).collect()
    };
    let shared = GoodsCount {
        voucher: voucher.clone(),
        cashier: seat.cashier_id.uuid(),
        approved_by: approved.manager_id.uuid(),
        products: of(true),
    };
    let writer = app.writer_of(step.store.store_id);
    let reason = words(&closing.reason, REASON_MOST);
    let private = GoodsCountPrivate { salt: writer.salt(), reason, products: of(false) };
    let draft = Draft::both(Kind::GoodsCount, step.business_date, (&shared, &private))?;
    writer.append_at(&mut step.tx, end, draft).await?;
    Ok(voucher)
}

fn paper(
    closing: &Closing,
    (stocktake, part): (&Stocktake, String),
    (all, approved): (&[Counted], &Approved),
) -> Result<CountSlip> {
    let (mut lines, mut owed_vnd, mut is_borne) = (Vec::new(), 0, false);
    for Counted { product, name, unit, .. } in all.iter().filter(|counted| counted.is_wrong()) {
        let compensation = Money::sum(product.lots.iter().map(|lot| lot.compensation))?;
        owed_vnd += compensation.vnd();
        let missing = |lot: &CountedLot| lot.owner.producer_id().is_some() && lot.quantity < Quantity::ZERO;
        is_borne |= product.lots.iter().any(missing);
        lines.push(CountLine {
            name: name.clone(),
            unit: unit.clone(),
            expected_milli: product.expected.milli(),
            counted_milli: product.counted.milli(),
            difference_milli: product.counted.milli().saturating_sub(product.expected.milli()),
            compensation_vnd: compensation.vnd(),
        });
    }
    let bearer = match (is_borne, closing.bearer, closing.language) {
        (false, ..) => "",
        (true, LossBearer::Contract, Language::Vi) => "theo hợp đồng",
        (true, LossBearer::Contract, Language::En) => "by contract",
        (true, LossBearer::Store, Language::Vi) => "điểm bán đền",
        (true, LossBearer::Store, Language::En) => "the store pays",
        (true, LossBearer::Producer, Language::Vi) => "chủ thể chịu",
        (true, LossBearer::Producer, Language::En) => "the producer's cost",
    };
    Ok(CountSlip {
        title: stocktake.title.clone(),
        part,
        begun: web::format::datetime_text(stocktake.begun_at_ms),
        products: i64::try_from(all.len()).unwrap_or(i64::MAX),
        lines,
        bearer: bearer.to_owned(),
        compensation_vnd: owed_vnd,
        reason: words(&closing.reason, REASON_MOST),
        approved_by: approved.name.clone(),
    })
}
