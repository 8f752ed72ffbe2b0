//! Goods that leave the shelf and are not sold: they go back to whoever delivered them, or are lost. A loss needs a manager,
//! and is borne by whom the contract names, unless the manager says otherwise.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::removal::{RemovalLine, RemovalSlip};
use domain::ids::LotId;
use domain::removal::{Cause, RemovedLine};
use domain::stock::Lot;
use domain::{Money, Quantity};
use protocol::Kind;
use protocol::payload::{GoodsOut, GoodsOutLine, GoodsOutPrivate};

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::chosen::{Chosen, choose};
pub use super::losses::LossBearer;
use super::losses::Losses;
use super::slip::{Issue, issue, number};
use super::{CounterState, Note, Result, Seat, commission_tax, state, words};
use crate::App;
use crate::db::{producers, streams};
use crate::journal::{Draft, JournalError};

/// The most lots of one paper.
pub const LINES_MAX: usize = 200;
/// The longest reason, in characters.
const REASON_MOST: usize = 120;

/// What is to leave the shelf.
#[derive(Clone, PartialEq, Eq)]
pub struct Removal {
    /// Why.
    pub cause: Cause,
    /// Who bears it; nothing when the goods go back, or are the operator's own.
    pub bearer: LossBearer,
    /// Lots, and how much of each.
    pub lots: Vec<(LotId, Quantity)>,
    /// As typed; may be empty.
    pub reason: String,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word, for a loss.
    pub word: Word,
}

/// Takes goods off the shelf: an entry, a paper, and what the producer is owed. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn remove(app: &App, seat: &Seat, op_id: &str, removal: &Removal) -> Result<CounterState> {
    if removal.lots.is_empty() || removal.lots.len() > LINES_MAX {
        return state::load(app, seat, Note::NothingChosen, None).await;
    }
    let approved = match removal.cause {
        Cause::Returned => None,
        _ => match approve(app, seat, &removal.word).await? {
            Ok(approved) => Some(approved),
            Err(refused) => return state::load(app, seat, refused, None).await,
        },
    };
    let act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    take_off(app, seat, act, removal, Leave { approved: approved.as_ref(), takes_back: None }).await
}

/// By whose leave goods go, and for which delivery that was entered by mistake.
#[derive(Clone, Copy)]
pub(super) struct Leave<'a> {
    pub(super) approved: Option<&'a Approved>,
    pub(super) takes_back: Option<&'a str>,
}

/// Takes goods off the shelf in an act that has begun.
pub(super) async fn take_off(
    app: &App,
    seat: &Seat,
    mut act: Act,
    removal: &Removal,
    leave: Leave<'_>,
) -> Result<CounterState> {
    let taken = match taken(&mut act, removal).await? {
        Ok(taken) => taken,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let voucher = append(app, &mut act, seat, removal, (&taken, leave)).await?;
    let paper = paper(&mut act, removal, (&taken, leave.approved)).await?;
    let (tx, place) = act.parts();
    let slip = place.slip(app, seat, (voucher.clone(), removal.language), SlipBody::Removal(paper));
    issue(app, tx, &slip, Issue::default()).await?;
    act.commit(app, seat, Note::GoodsRemoved { voucher, lots: removal.lots.len() }).await
}

/// A quantity of a lot, checked.
struct Taken {
    line: RemovedLine,
    lot: Lot,
    name: String,
    unit: String,
    in_programme: bool,
}

/// Looks each lot up; or tells what is wrong with the first that cannot leave so.
async fn taken(act: &mut Act, removal: &Removal) -> Result<std::result::Result<Vec<Taken>, Note>> {
    let date = act.shift.business_date;
    let commission_tax = commission_tax(act.settings.as_ref(), date);
    let mut losses = Losses::new(removal.bearer, &removal.reason, date, commission_tax);
    let chosen = match choose(act, &removal.lots).await? {
        Ok(chosen) => chosen,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut all = Vec::new();
    for Chosen { lot, quantity, offer, in_programme } in chosen {
        let parts = match lot.owner.producer_id().filter(|_| removal.cause != Cause::Returned) {
            None => vec![(quantity, Money::ZERO)],
            Some(producer_id) => {
                let loss = (removal.cause, quantity);
                match losses.divide(&mut act.tx, (producer_id, &offer), loss).await? {
                    Ok(borne) => borne.parts(offer.price)?,
                    Err(refused) => return Ok(Err(refused)),
                }
            }
        };
        all.extend(parts.into_iter().map(|(quantity, compensation)| Taken {
            line: RemovedLine {
                product_id: lot.product_id,
                lot_id: lot.id,
                owner: lot.owner,
                quantity,
                compensation,
            },
            lot: lot.clone(),
            in_programme,
            name: offer.name.clone(),
            unit: offer.unit.clone(),
        }));
    }
    Ok(Ok(all))
}

/// Appends the entry; returns the number of its paper.
async fn append(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    removal: &Removal,
    (taken, leave): (&[Taken], Leave<'_>),
) -> Result<String> {
    let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
    // The entry's own number: nothing has to be counted, and no two papers share one.
    let voucher = number(&act.store, &head.stream, format_args!("XH{}", head.at.seq + 1));
    let of = |in_programme: bool| -> Vec<GoodsOutLine> {
        let lines = taken.iter().filter(|taken| taken.in_programme == in_programme);
        lines.map(|taken| GoodsOutLine::from(&taken.line)).collect()
    };
    let (shared, outside) = (of(true), of(false));
    let cause = removal.cause.code().to_owned();
    let shared = GoodsOut {
        voucher: voucher.clone(),
        cause: cause.clone(),
        cashier: seat.cashier_id.uuid(),
        approved_by: leave.approved.map(|approved| approved.manager_id.uuid()),
        takes_back: leave.takes_back.map(str::to_owned),
        lines: shared,
    };
    let writer = app.writer_of(act.store.store_id);
    let private = GoodsOutPrivate {
        salt: writer.salt(),
        reason: words(&removal.reason, REASON_MOST),
        cause: if outside.is_empty() { String::new() } else { cause },
        lines: outside,
    };
    let draft = Draft::both(Kind::GoodsOut, act.shift.business_date, (&shared, &private))?;
    writer.append_at(&mut act.tx, head, draft).await?;
    Ok(voucher)
}

async fn paper(
    act: &mut Act,
    removal: &Removal,
    (taken, approved): (&[Taken], Option<&Approved>),
) -> Result<RemovalSlip> {
    let mut lines = Vec::new();
    for Taken { line, lot, name, unit, .. } in taken {
        let producer = producers::name_of_owner(&mut act.tx, line.owner).await?;
        lines.push(RemovalLine {
            name: name.clone(),
            unit: unit.clone(),
            producer,
            quantity_milli: line.quantity.milli(),
            lot: lot.code.clone().unwrap_or_default(),
            expires: lot.expires_on.map(web::format::date_text).unwrap_or_default(),
            compensation_vnd: line.compensation.vnd(),
        });
    }
    let owed = Money::sum(taken.iter().map(|taken| taken.line.compensation))?;
    Ok(RemovalSlip {
        is_return: removal.cause == Cause::Returned,
        cause: cause_text(removal.cause, removal.language).to_owned(),
        reason: words(&removal.reason, REASON_MOST),
        lines,
        compensation_vnd: owed.vnd(),
        approved_by: approved.map(|approved| approved.name.clone()).unwrap_or_default(),
    })
}

/// Returns a cause as papers and pages say it.
pub fn cause_text(cause: Cause, language: Language) -> &'static str {
    let (vietnamese, english) = match cause {
        Cause::Returned => ("Trả lại người giao", "Back to who delivered"),
        Cause::Damaged => ("Hư hỏng", "Damaged"),
        Cause::Expired => ("Hết hạn", "Past its date"),
        Cause::Lost => ("Thiếu, mất", "Missing"),
        Cause::Tasted => ("Mời khách nếm thử", "Given to taste"),
    };
    match language {
        Language::Vi => vietnamese,
        Language::En => english,
    }
}
