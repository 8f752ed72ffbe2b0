//! Goods that came from another store of the operator, or came back from the way there: each lot is counted against what was sent.
//! What is missing needs a manager, who says who bears it.

use std::collections::BTreeMap;

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::transfer::{TransferLine, TransferSlip, Way};
use domain::catalog::SoldBy;
use domain::ids::{LotId, ProductId};
use domain::removal::Cause;
use domain::transfer::ArrivedLine;
use domain::{Money, Quantity};
use protocol::Kind;
use protocol::payload::{ArrivedLot, TransferIn, TransferLot, TransferPrivate};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::chosen::Covers;
use super::losses::{LossBearer, Losses};
use super::note::Delivering;
use super::slip::{Issue, issue, number};
use super::transfer::REASON_MOST;
use super::{CounterError, CounterState, Note, Result, Seat, commission_tax, state, words};
use crate::App;
use crate::db::transfers::{self, Arriving};
use crate::db::{producers, products, store, streams};
use crate::journal::{Draft, JournalError};

/// What came.
#[derive(Clone, PartialEq, Eq)]
pub struct TakingIn {
    /// The number on the paper that came with it.
    pub transfer: String,
    /// How much of each lot was there.
    pub arrived: BTreeMap<LotId, Quantity>,
    /// Who bears what is missing of consigned goods: whom the contract names for goods that are lost, unless a manager says
    /// otherwise.
    pub bearer: LossBearer,
    /// As typed; may be empty.
    pub reason: String,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word, when something differs.
    pub word: Word,
}

/// Returns a transfer that can be taken in here, by the number on its paper: one to this store that central told of, or one of this
/// store's own that nobody has taken in. `None` for any other.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(
    connection: &mut SqliteConnection,
    own: Uuid,
    number: &str,
) -> Result<Option<Arriving>> {
    if transfers::is_taken_in(connection, number).await? {
        return Ok(None);
    }
    let told = transfers::load_told(connection).await?;
    let is_taken = told.taken.iter().any(|taken| taken.number == number);
    let arriving = told.arriving.into_iter().find(|arriving| arriving.sent.voucher == number);
    match arriving {
        Some(arriving) => Ok(Some(arriving)),
        None if is_taken => Ok(None),
        None => Ok(transfers::find_sent(connection, own, number).await?),
    }
}

/// Takes goods in: an entry, a paper, and what a producer is owed for what is missing. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn take_in(app: &App, seat: &Seat, op_id: &str, taking: &TakingIn) -> Result<CounterState> {
    // Whether anything differs is known before a PIN is checked, which takes time.
    let differs = {
        let mut reader = app.db().read().acquire().await?;
        let store = store::find_store(app.db().read()).await?.ok_or(CounterError::NotEnrolled)?;
        let own = store.store_id.uuid();
        find_open(&mut reader, own, &taking.transfer).await?.is_some_and(|open| taking.differs(&open))
    };
    let approved = match differs {
        false => None,
        true => match approve(app, seat, &taking.word).await? {
            Ok(approved) => Some(approved),
            Err(refused) => return state::load(app, seat, refused, None).await,
        },
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let own = act.store.store_id.uuid();
    let open = find_open(&mut act.tx, own, &taking.transfer).await?;
    let Some(open) = open.filter(|open| taking.differs(open) == differs) else {
        return state::load(app, seat, Note::Delivering(Delivering::NoSuchTransfer), None).await;
    };
    let lines = match lines(&mut act, taking, &open).await? {
        Ok(lines) => lines,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let voucher = append(app, &mut act, seat, taking, (&open, &lines, approved.as_ref())).await?;
    let paper = paper(&mut act, taking, (&open, &lines, approved.as_ref())).await?;
    let (tx, place) = act.parts();
    let slip = place.slip(app, seat, (voucher.clone(), taking.language), SlipBody::Transfer(paper));
    issue(app, tx, &slip, Issue::default()).await?;
    let note = Delivering::TakenIn { voucher, lots: lines.len() };
    act.commit(app, seat, Note::Delivering(note)).await
}

impl TakingIn {
    /// Says whether something is missing, or more came than was sent.
    fn differs(&self, open: &Arriving) -> bool {
        open.sent.lines.iter().any(|line| self.arrived_of(line) != Some(Quantity::from_milli(line.quantity)))
    }

    fn arrived_of(&self, line: &TransferLot) -> Option<Quantity> {
        self.arrived.get(&LotId::from_uuid(line.lot)).copied()
    }
}

/// Reads what came of each lot that was sent; or tells what is wrong with the first.
async fn lines(
    act: &mut Act,
    taking: &TakingIn,
    open: &Arriving,
) -> Result<std::result::Result<Vec<ArrivedLine>, Note>> {
    let (mut lines, mut covers) = (Vec::new(), Covers::default());
    let date = act.shift.business_date;
    let commission_tax = commission_tax(act.settings.as_ref(), date);
    let mut losses = Losses::new(taking.bearer, &taking.reason, date, commission_tax);
    let store_id = act.store.store_id;
    for told in &open.sent.lines {
        let product_id = ProductId::from_uuid(told.product);
        if products::find_name(&mut act.tx, product_id).await?.is_none() {
            return Ok(Err(Note::Delivering(Delivering::UnknownGoods)));
        }
        let offer = products::load_offer(&mut act.tx, product_id, date).await?;
        let is_weighed = offer.sold_by == SoldBy::Weight;
        let arrived = taking.arrived_of(told).filter(|arrived| {
            (Quantity::ZERO..=Quantity::MOST).contains(arrived) && (is_weighed || arrived.is_whole())
        });
        let Some(arrived) = arrived else { return Ok(Err(Note::BadQuantity { whole: !is_weighed })) };
        let (lot, sent) = (told.lot(), Quantity::from_milli(told.quantity));
        let missing = sent.minus(arrived).unwrap_or_default().max(Quantity::ZERO);
        let (by_producer, owed) = match lot.owner.producer_id() {
            Some(producer_id) if missing > Quantity::ZERO => {
                let lost = (Cause::Lost, missing);
                match losses.divide(&mut act.tx, (producer_id, &offer), lost).await? {
                    Ok(borne) => borne.told(offer.price)?,
                    Err(refused) => return Ok(Err(refused)),
                }
            }
            _ => (Quantity::ZERO, Money::ZERO),
        };
        let covers_unreceived = covers.of(&mut act.tx, (store_id, product_id), (lot.owner, arrived)).await?;
        lines.push(ArrivedLine { lot, sent, arrived, covers_unreceived, by_producer, compensation: owed });
    }
    Ok(Ok(lines))
}

/// Appends the entry; returns the number of its paper.
async fn append(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    taking: &TakingIn,
    (open, lines, approved): (&Arriving, &[ArrivedLine], Option<&Approved>),
) -> Result<String> {
    let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
    let voucher = number(&act.store, &head.stream, format_args!("NK{}", head.at.seq + 1));
    let shared = TransferIn {
        voucher: voucher.clone(),
        transfer: taking.transfer.clone(),
        from: open.from,
        cashier: seat.cashier_id.uuid(),
        approved_by: approved.map(|approved| approved.manager_id.uuid()),
        lines: lines.iter().map(ArrivedLot::from).collect(),
    };
    let writer = app.writer_of(act.store.store_id);
    let private = TransferPrivate { salt: writer.salt(), reason: words(&taking.reason, REASON_MOST) };
    let draft = Draft::both(Kind::TransferIn, act.shift.business_date, (&shared, &private))?;
    writer.append_at(&mut act.tx, head, draft).await?;
    Ok(voucher)
}

async fn paper(
    act: &mut Act,
    taking: &TakingIn,
    (open, lines, approved): (&Arriving, &[ArrivedLine], Option<&Approved>),
) -> Result<TransferSlip> {
    let mut told = Vec::new();
    for line in lines {
        let (name, unit) = products::find_name(&mut act.tx, line.lot.product_id).await?.unwrap_or_default();
        let producer = producers::name_of_owner(&mut act.tx, line.lot.owner).await?;
        told.push(TransferLine {
            name,
            unit,
            producer,
            sent_milli: line.sent.milli(),
            arrived_milli: Some(line.arrived.milli()),
            lot: line.lot.code.clone().unwrap_or_default(),
            expires: line.lot.expires_on.map(web::format::date_text).unwrap_or_default(),
            compensation_vnd: line.compensation.vnd(),
        });
    }
    let is_back = open.from == act.store.store_id.uuid();
    let sisters = transfers::load_told(&mut act.tx).await?;
    let other = sisters.sister(if is_back { open.sent.to } else { open.from });
    Ok(TransferSlip {
        way: if is_back { Way::Back } else { Way::In },
        store: other.map(|sister| sister.name.clone()).unwrap_or_default(),
        transfer: taking.transfer.clone(),
        reason: words(&taking.reason, REASON_MOST),
        lines: told,
        compensation_vnd: Money::sum(lines.iter().map(|line| line.compensation))?.vnd(),
        approved_by: approved.map(|approved| approved.name.clone()).unwrap_or_default(),
    })
}
