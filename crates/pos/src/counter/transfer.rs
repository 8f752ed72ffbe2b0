//! Goods that go to another store of the operator: they leave this shelf by an entry and a paper, and are under way until the
//! other store has counted them. Central tells it of them; until it does, the other store can sell them and take them in later.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::transfer::{TransferLine, TransferSlip, Way};
use domain::Quantity;
use domain::ids::LotId;
use domain::transfer::SentLine;
use protocol::Kind;
use protocol::payload::{TransferLot, TransferOut, TransferPrivate};
use protocol::wire::SisterStore;
use uuid::Uuid;

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::chosen::{Chosen, choose};
use super::note::Delivering;
use super::slip::{Issue, issue, number};
use super::{CounterState, Note, Result, Seat, state, words};
use crate::App;
use crate::db::{Tx, producers, streams, transfers};
use crate::journal::{Draft, JournalError};

/// The most lots of one transfer.
pub const LINES_MAX: usize = 100;
/// The longest reason, in characters.
pub(super) const REASON_MOST: usize = 120;

/// What is to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Sending {
    /// To which store.
    pub to: Uuid,
    /// Lots, and how much of each.
    pub lots: Vec<(LotId, Quantity)>,
    /// As typed; may be empty.
    pub reason: String,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word.
    pub word: Word,
}

/// Sends goods to another store: an entry and the paper that goes with them. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn send(app: &App, seat: &Seat, op_id: &str, sending: &Sending) -> Result<CounterState> {
    if sending.lots.is_empty() || sending.lots.len() > LINES_MAX {
        return state::load(app, seat, Note::NothingChosen, None).await;
    }
    let approved = match approve(app, seat, &sending.word).await? {
        Ok(approved) => approved,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let told = transfers::load_told(&mut act.tx).await?;
    let Some(to) = told.sister(sending.to) else {
        return state::load(app, seat, Note::Delivering(Delivering::NoSuchStore), None).await;
    };
    let chosen = match choose(&mut act, &sending.lots).await? {
        Ok(chosen) => chosen,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    if let Some(other) = chosen.iter().find(|chosen| !chosen.in_programme) {
        let note = Delivering::OutsideProgramme { name: other.offer.name.clone() };
        return state::load(app, seat, Note::Delivering(note), None).await;
    }
    let voucher = append(app, &mut act, seat, sending, (&chosen, &approved)).await?;
    let paper = paper(&mut act.tx, sending, (to, &chosen, &approved)).await?;
    let (tx, place) = act.parts();
    let slip = place.slip(app, seat, (voucher.clone(), sending.language), SlipBody::Transfer(paper));
    issue(app, tx, &slip, Issue::default()).await?;
    let note = Delivering::Sent { voucher, store: to.name.clone() };
    act.commit(app, seat, Note::Delivering(note)).await
}

/// Appends the entry; returns the number of its paper.
async fn append(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    sending: &Sending,
    (chosen, approved): (&[Chosen], &Approved),
) -> Result<String> {
    let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
    // The entry's own number: nothing has to be counted, and no two papers share one, of whichever store.
    let voucher = number(&act.store, &head.stream, format_args!("CK{}", head.at.seq + 1));
    let line =
        |chosen: &Chosen| TransferLot::from(&SentLine { lot: chosen.lot.clone(), quantity: chosen.quantity });
    let shared = TransferOut {
        voucher: voucher.clone(),
        to: sending.to,
        cashier: seat.cashier_id.uuid(),
        approved_by: approved.manager_id.uuid(),
        lines: chosen.iter().map(line).collect(),
    };
    let writer = app.writer_of(act.store.store_id);
    let private = TransferPrivate { salt: writer.salt(), reason: words(&sending.reason, REASON_MOST) };
    let draft = Draft::both(Kind::TransferOut, act.shift.business_date, (&shared, &private))?;
    writer.append_at(&mut act.tx, head, draft).await?;
    Ok(voucher)
}

async fn paper(
    tx: &mut Tx,
    sending: &Sending,
    (to, chosen, approved): (&SisterStore, &[Chosen], &Approved),
) -> Result<TransferSlip> {
    let mut lines = Vec::new();
    for Chosen { lot, quantity, offer, .. } in chosen {
        let producer = producers::name_of_owner(tx, lot.owner).await?;
        lines.push(TransferLine {
            name: offer.name.clone(),
            unit: offer.unit.clone(),
            producer,
            sent_milli: quantity.milli(),
            arrived_milli: None,
            lot: lot.code.clone().unwrap_or_default(),
            expires: lot.expires_on.map(web::format::date_text).unwrap_or_default(),
            compensation_vnd: 0,
        });
    }
    Ok(TransferSlip {
        way: Way::Out,
        store: to.name.clone(),
        transfer: String::new(),
        reason: words(&sending.reason, REASON_MOST),
        lines,
        compensation_vnd: 0,
        approved_by: approved.name.clone(),
    })
}
