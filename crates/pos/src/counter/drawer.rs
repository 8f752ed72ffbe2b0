//! The drawer by hand: money put in and taken out with a reason and a voucher, and opening it without a sale.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::cash::CashVoucher;
use domain::Money;
use domain::words::vnd_in_words;
use protocol::Kind;
use protocol::payload::{CashMoved, CashMovedPrivate, DrawerOpened, DrawerOpenedPrivate};

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::shift::DRAWER_MOST;
use super::slip::{Issue, Place, issue};
use super::{CounterError, CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::counters::{self, Counter};
use crate::db::{Tx, cash_moves, operations, streams};
use crate::journal::{Draft, JournalError};

/// The longest reason or name, in characters.
const WORDS_MOST: usize = 120;

/// Money put into the drawer or taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashMove {
    /// Into the drawer; negative for out of it.
    pub amount: Money,
    /// Who brought it, or got it; may be empty.
    pub person: String,
    /// Why.
    pub reason: String,
    /// Language of the voucher.
    pub language: Language,
}

/// Puts money in or takes it out: an entry, a voucher, an open drawer. In a shift a cashier takes out at most what the
/// settings allow, in one go or in several; beyond it a manager does it, or allows it by PIN now.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn move_cash(
    app: &App,
    seat: &Seat,
    op_id: &str,
    moved: &CashMove,
    word: &Word,
) -> Result<CounterState> {
    let approved = match moved.allowed(app, seat, word).await? {
        Ok(approved) => approved,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let (tx, place) = act.parts();
    let most_vnd = app.config().drawer.cash_out_most_vnd;
    if moved.amount.is_negative() && approved.is_none() && !seat.manager {
        let taken_vnd = cash_moves::sum_taken_alone(tx, place.shift.shift_id, seat.cashier_id).await?;
        if Money::new(taken_vnd).minus(moved.amount)?.vnd() > most_vnd {
            return state::load(app, seat, Note::NeedsManager { most_vnd }, None).await;
        }
    }
    let voucher = append_move(app, tx, seat, place, moved, approved.as_ref()).await?;
    let body = SlipBody::Cash(moved.voucher(approved.as_ref())?);
    let slip = place.slip(app, seat, (voucher.clone(), moved.language), body);
    issue(app, tx, &slip, Issue { opens_drawer: true, ..Issue::default() }).await?;
    act.commit(app, seat, Note::CashMoved { voucher, amount_vnd: moved.amount.vnd() }).await
}

/// Appends the entry; returns the number of its voucher.
async fn append_move(
    app: &App,
    tx: &mut Tx,
    seat: &Seat,
    Place { store, shift, .. }: Place<'_>,
    moved: &CashMove,
    approved: Option<&Approved>,
) -> Result<String> {
    let stream = streams::find_current(tx).await?.ok_or(JournalError::NotEnrolled)?;
    let number = cash_moves::count_moves(tx, stream.stream_no).await? + 1;
    let letters = if moved.amount.is_negative() { "PC" } else { "PT" };
    let voucher = super::slip::number(store, &stream, format_args!("{letters}{number:04}"));
    let writer = app.writer_of(store.store_id);
    let shared = CashMoved {
        voucher: voucher.clone(),
        shift: shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        approved_by: approved.map(|approved| approved.manager_id.uuid()),
        counter: seat.counter.clone(),
        amount: moved.amount.vnd(),
    };
    let private = CashMovedPrivate { salt: writer.salt(), reason: moved.reason.trim().to_owned() };
    let draft = Draft::both(Kind::CashMoved, shift.business_date, (&shared, &private))?;
    writer.append(tx, draft).await?;
    Ok(voucher)
}

impl CashMove {
    /// Returns which manager allows it, if one was asked; or what there is to tell when it cannot be done.
    async fn allowed(
        &self,
        app: &App,
        seat: &Seat,
        word: &Word,
    ) -> Result<std::result::Result<Option<Approved>, Note>> {
        if let Some(refused) = self.refused() {
            return Ok(Err(refused));
        }
        if !self.amount.is_negative() || seat.manager || word.pin.is_empty() {
            return Ok(Ok(None));
        }
        Ok(approve(app, seat, word).await?.map(Some))
    }

    /// Returns what is wrong with what was typed.
    fn refused(&self) -> Option<Note> {
        let size_vnd = self.amount.vnd().saturating_abs();
        if size_vnd == 0 || size_vnd > DRAWER_MOST.vnd() {
            return Some(Note::BadField { field: "amount".to_owned() });
        }
        if !is_reason(&self.reason) {
            return Some(Note::BadField { field: "reason".to_owned() });
        }
        if self.person.chars().count() > WORDS_MOST {
            return Some(Note::BadField { field: "person".to_owned() });
        }
        None
    }

    fn voucher(&self, approved: Option<&Approved>) -> Result<CashVoucher> {
        let is_in = !self.amount.is_negative();
        let amount = if is_in { self.amount } else { self.amount.negated()? };
        // The words of amounts are Vietnamese, as the law has them; an English paper goes without.
        let in_words = if self.language == Language::Vi { vnd_in_words(amount) } else { String::new() };
        Ok(CashVoucher {
            is_in,
            person: self.person.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            amount_vnd: amount.vnd(),
            amount_in_words: in_words,
            approved_by: approved.map(|approved| approved.name.clone()).unwrap_or_default(),
        })
    }
}

fn is_reason(text: &str) -> bool {
    let length = text.trim().chars().count();
    (1..=WORDS_MOST).contains(&length)
}

/// Opens the drawer without a sale. The journal keeps who and why; the pulse is sent once, at once or never.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn open_drawer(app: &App, seat: &Seat, op_id: &str, reason: &str) -> Result<CounterState> {
    if !is_reason(reason) {
        return state::load(app, seat, Note::BadField { field: "why".to_owned() }, None).await;
    }
    if !app.has_printer(&seat.counter) {
        return state::load(app, seat, Note::NoPrinter, None).await;
    }
    let mut tx = app.db().begin().await?;
    let now_ms = app.clock().now_ms();
    if !operations::insert_operation(&mut tx, op_id, now_ms).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let Counter { store, shift, .. } = counters::load_counter(&mut tx, &seat.counter).await?;
    let writer = app.writer_of(store.ok_or(CounterError::NotEnrolled)?.store_id);
    let shared = DrawerOpened {
        shift: shift.as_ref().map(|shift| shift.shift_id.uuid()),
        cashier: seat.cashier_id.uuid(),
        counter: seat.counter.clone(),
    };
    let private = DrawerOpenedPrivate { salt: writer.salt(), reason: reason.trim().to_owned() };
    let today = web::format::local_date(now_ms);
    let date = shift.map_or(today, |shift| shift.business_date);
    let draft = Draft::both(Kind::Drawer, date, (&shared, &private))?;
    writer.append(&mut tx, draft).await?;
    tx.commit().await?;
    app.ask_drawer(&seat.counter);
    app.tell_appended();
    state::load(app, seat, Note::DrawerOpened, None).await
}
