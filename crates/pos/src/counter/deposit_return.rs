//! A deposit that no sale takes: it goes back to the buyer, in part or all of it, or the operator keeps it because nobody came
//! for the goods. A manager allows either. When nothing of it is left, the order is over.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::cash::CashVoucher;
use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use domain::words::vnd_in_words;
use protocol::Kind;
use protocol::payload::sale::SaleTender;
use protocol::payload::{self, DepositReturned, DepositReturnedPrivate};

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::refund::REASON_MOST;
use super::slip::{Issue, issue};
use super::{CounterState, Note, Result, Seat, state, words};
use crate::App;
use crate::db::carts::ordered;
use crate::db::deposits::{self, Deposit};
use crate::db::streams;
use crate::journal::{Draft, JournalError};

/// Where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// To the buyer.
    Paid(Tender),
    /// To the operator.
    Kept(Money),
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Returned {
    /// The sale that the order was to become.
    pub sale_id: SaleId,
    /// How much goes where.
    pub back: Back,
    /// Why; needed for what is kept.
    pub reason: String,
    /// The manager's word.
    pub word: Word,
}

impl Back {
    const fn amount(self) -> Money {
        match self {
            Self::Paid(tender) => tender.amount,
            Self::Kept(amount) => amount,
        }
    }
}

/// Gives a deposit back, or keeps it, in part or all of it.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn give_back(app: &App, seat: &Seat, op_id: &str, asked: &Returned) -> Result<CounterState> {
    let approved = match approve(app, seat, &asked.word).await? {
        Ok(approved) => approved,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let mut act = match Act::begin_trade(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let asked = Returned { reason: words(&asked.reason, REASON_MOST), ..asked.clone() };
    let Some(deposit) = deposits::find_left(&mut act.tx, asked.sale_id).await? else {
        return state::load(app, seat, Note::NoDeposit, None).await;
    };
    if let Some(refused) = refused(&deposit, &asked) {
        return state::load(app, seat, refused, None).await;
    }
    record(app, &mut act, seat, (&deposit, &asked, &approved)).await?;
    let amount_vnd = asked.back.amount().vnd();
    let left_vnd = deposit.left_vnd - amount_vnd;
    if left_vnd == 0 {
        ordered::end_waiting(&mut act.tx, asked.sale_id).await?;
    }
    let number = deposit.number;
    let note = match asked.back {
        Back::Paid(_) => Note::DepositReturned { number, amount_vnd, left_vnd },
        Back::Kept(_) => Note::DepositKept { number, amount_vnd, left_vnd },
    };
    act.commit(app, seat, note).await
}

fn refused(deposit: &Deposit, asked: &Returned) -> Option<Note> {
    let amount_vnd = asked.back.amount().vnd();
    match asked.back {
        Back::Paid(tender) if !tender.kind.is_money() => Some(Note::BadField { field: "kind".to_owned() }),
        _ if amount_vnd <= 0 => Some(Note::BadAmount),
        _ if amount_vnd > deposit.left_vnd => Some(Note::MoreThanDeposit { left_vnd: deposit.left_vnd }),
        Back::Kept(_) if asked.reason.is_empty() => Some(Note::NeedsReason),
        _ => None,
    }
}

/// Appends the entry; what goes back has a paper.
async fn record(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    (deposit, asked, approved): (&Deposit, &Returned, &Approved),
) -> Result<()> {
    let (tx, place) = act.parts();
    let stream = streams::find_current(tx).await?.ok_or(JournalError::NotEnrolled)?;
    let count = deposits::count_moves(tx, stream.stream_no, false).await? + 1;
    let voucher = super::slip::number(place.store, &stream, format_args!("HC{count:04}"));
    let (tenders, kept) = match asked.back {
        Back::Paid(tender) => (vec![SaleTender::from(&tender)], 0),
        Back::Kept(amount) => (Vec::new(), amount.vnd()),
    };
    let shared = DepositReturned {
        voucher: voucher.clone(),
        deposit: deposit.number.clone(),
        shift: place.shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        approved_by: Some(approved.manager_id.uuid()),
        counter: seat.counter.clone(),
        tenders,
        kept,
    };
    let writer = app.writer_of(place.store.store_id);
    let private = DepositReturnedPrivate { salt: writer.salt(), reason: asked.reason.clone() };
    let draft = Draft {
        kind: Kind::DepositReturned,
        schema: payload::SCHEMA,
        sale_id: Some(asked.sale_id),
        business_date: place.shift.business_date,
        shared: payload::write(&shared).map_err(JournalError::from)?,
        private: payload::write(&private).map_err(JournalError::from)?,
        payable_vnd: 0,
    };
    writer.append(tx, draft).await?;
    if let Back::Paid(tender) = asked.back {
        let body = SlipBody::Cash(paper((deposit, asked, approved), tender.amount));
        let slip = place.slip(app, seat, (voucher, Language::default()), body);
        let opens_drawer = tender.kind == TenderKind::Cash;
        issue(app, tx, &slip, Issue { opens_drawer, ..Issue::default() }).await?;
    }
    Ok(())
}

fn paper((deposit, asked, approved): (&Deposit, &Returned, &Approved), amount: Money) -> CashVoucher {
    let about = format!("Trả lại tiền đặt cọc {}", deposit.number);
    CashVoucher {
        is_in: false,
        person: deposit.person.clone(),
        reason: if asked.reason.is_empty() { about } else { format!("{about}: {}", asked.reason) },
        amount_vnd: amount.vnd(),
        amount_in_words: vnd_in_words(amount),
        approved_by: approved.name.clone(),
    }
}
