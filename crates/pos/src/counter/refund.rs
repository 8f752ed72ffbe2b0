//! After the sale: goods that come back against their receipt, a sale that is voided before its shift closes, and goods
//! without a receipt. A manager allows each of them; the entry names who did. The money goes out of the drawer of the
//! counter where it happens.

use domain::catalog::SoldBy;
use domain::ids::SaleId;
use domain::refund::RefundError;
use domain::refund::remaining::{Ask, Refused, Remaining, Row, TakenBack};
use domain::stock::Location;
use domain::tender::{Tender, TenderKind, give_back};
use domain::{Money, Quantity};
use protocol::Kind;
use protocol::payload::sale::SaleTender;
use protocol::payload::{Payload, SCHEMA, Sale, SalePrivate};
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;
use time::Date;
use uuid::Uuid;

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::refund_entry::{Back, record};
use super::slip::Place;
use super::{CounterState, Note, Request, Result, Seat, begin, return_window, state, words};
use crate::App;
use crate::db;
use crate::db::refunds::{self, SoldRow};
use crate::db::{open_tenders, products};

/// The longest reason, in characters.
pub(super) const REASON_MOST: usize = 120;

/// What a person asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// What comes back, by the rows of [`Sold::remaining`]; empty for all that is left.
    pub rows: Vec<Ask>,
    /// Where all that is left goes, when no row is named.
    pub back_to: Location,
    /// Why.
    pub reason: String,
    /// How the buyer gets the money.
    pub kind: TenderKind,
    /// A manager lets goods come back after their last day.
    pub is_late_allowed: bool,
    /// The manager's word.
    pub word: Word,
}

/// A sale, and what can still come back of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// The sale.
    pub sale_id: SaleId,
    /// The sale as it is listed.
    pub row: SoldRow,
    /// Its payload.
    pub sale: Sale,
    /// Its lines: those of the programme first, then those outside it, as far as this computer knows them.
    pub remaining: Remaining,
    /// The last day on which each of them may come back; none for whenever.
    pub last_days: Vec<Option<Date>>,
}

impl Sold {
    /// Returns a sale, or `None`.
    ///
    /// # Errors
    /// When the database does not answer or the entry cannot be read.
    pub async fn find(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<Self>> {
        let Some(row) = refunds::find_sold(connection, sale_id).await? else { return Ok(None) };
        let corrupt = || db::Error::Corrupt { table: "entries", column: "shared" };
        let Ok(Payload::Sale(sale)) = Payload::read(&Kind::Sale, SCHEMA, &row.shared) else {
            return Err(corrupt().into());
        };
        let private: Option<SalePrivate> = row.private.as_deref().and_then(read);
        let lines = |fact| match fact {
            domain::fact::Fact::Sold(sold) => sold.lines,
            domain::fact::Fact::SoldOutside { lines } => lines,
            _ => Vec::new(),
        };
        let shared = lines(sale.fact().map_err(|_| corrupt())?);
        let outside = match &private {
            Some(private) => lines(private.fact().map_err(|_| corrupt())?),
            None => Vec::new(),
        };
        let back = refunds::list_back(connection, sale_id).await?;
        let mut rows = Vec::new();
        for (sold, in_programme) in [(shared, true), (outside, false)] {
            for ((line_no, line), number) in sold.into_iter().enumerate().zip(0i64..) {
                let of = back.iter().find(|row| row.in_programme == in_programme && row.line_no == number);
                let before = of.map_or(Quantity::ZERO, |row| row.quantity);
                // Of what nobody knows any more, a part is believed to be a weight.
                let known = products::find_sold_by(connection, line.product_id).await?;
                rows.push(Row { line_no, line, before, sold_by: known.unwrap_or(SoldBy::Weight) });
            }
        }
        let is_whole = sale.other.gross == 0 || private.is_some();
        let rounding = Money::new(sale.rounding);
        let sold_on = sale.pad.as_ref().map_or(row.business_date, |pad| pad.day);
        let last_days = return_window::last_days(connection, &rows, sold_on).await?;
        Ok(Some(Self { sale_id, row, sale, remaining: Remaining { rows, rounding, is_whole }, last_days }))
    }

    /// True when nothing came back yet.
    pub fn is_untouched(&self) -> bool {
        self.remaining.rows.iter().all(|row| row.before == Quantity::ZERO)
    }

    /// Says whether the whole sale can be reversed in a shift: it was made there, all of it is known, and nothing that came
    /// after it would have to be undone, too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_voidable(&self, connection: &mut SqliteConnection, shift_id: Uuid) -> Result<bool> {
        let sale_id = self.sale_id;
        Ok(self.row.shift_id == shift_id
            && self.is_untouched()
            && self.remaining.is_whole
            && !self.remaining.rows.is_empty()
            // What paid for it is gone: goods that came back are on the shelf, a deposit is no longer owed. A way of paying
            // that this program does not know cannot be undone by it.
            && !self.is_covered()
            && !open_tenders::has_confirmed(connection, sale_id).await?)
    }

    /// Returns in which way it was paid, when that was one way.
    pub fn paid_by(&self) -> Option<TenderKind> {
        match self.tenders()?.as_slice() {
            [only] => Some(only.kind),
            _ => None,
        }
    }

    /// True when a deposit or goods that came back paid for a part of it.
    fn is_covered(&self) -> bool {
        self.tenders().is_none_or(|tenders| tenders.iter().any(|tender| tender.kind.is_cover()))
    }

    /// Returns what was kept of each kind; `None` when one of them is of a later program.
    fn tenders(&self) -> Option<Vec<Tender>> {
        let read = |tender: &SaleTender| {
            let kind = TenderKind::from_code(&tender.kind)?;
            Some(Tender { kind, amount: Money::new(tender.amount) })
        };
        self.sale.tenders.iter().map(read).collect()
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Begins an act about a sale that a manager allows: the word is checked before the one writer is held.
pub(super) async fn begin_of(
    app: &App,
    seat: &Seat,
    request: &Request,
    word: &Word,
) -> Result<std::result::Result<(Approved, Act, Sold), Note>> {
    let approved = match approve(app, seat, word).await? {
        Ok(approved) => approved,
        Err(note) => return Ok(Err(note)),
    };
    let mut act = match Act::begin_trade(app, seat, &request.op_id).await? {
        Ok(act) => act,
        Err(note) => return Ok(Err(note)),
    };
    let sold = Sold::find(&mut act.tx, request.sale_id).await?;
    Ok(sold.map(|sold| (approved, act, sold)).ok_or(Note::NoReceipt))
}

/// Takes goods of a sale back, whole or in part, and pays for them.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn refund(app: &App, seat: &Seat, request: &Request, asked: &Asked) -> Result<CounterState> {
    let (approved, mut act, mut sold) = match begin_of(app, seat, request, &asked.word).await? {
        Ok(begun) => begun,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    if !asked.kind.is_money() {
        return state::load(app, seat, Note::BadField { field: "kind".to_owned() }, None).await;
    }
    let all = sold.remaining.everything(asked.back_to);
    let rows = if asked.rows.is_empty() { &all } else { &asked.rows };
    if let Some(note) = return_window::refused(&sold, rows, asked, act.shift.business_date) {
        return state::load(app, seat, note, None).await;
    }
    let taken = match take_back(&mut sold, rows) {
        Ok(taken) => taken,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let open = open_tenders::list_of_sale(&mut act.tx, request.sale_id).await?;
    let tenders = give_back(taken.total, &open, asked.kind)?;
    let paid_vnd = paid_out(&tenders)?;
    let back = Back {
        kind: Kind::Refund,
        sale: Some((request.sale_id, sold.row.receipt_number)),
        sold_on: web::format::date_text(web::format::local_date(sold.row.sold_at_ms)),
        rows: sold.remaining.rows,
        is_whole: sold.remaining.is_whole,
        tenders,
        taken,
        reason: words(&asked.reason, REASON_MOST),
        approved: &approved,
    };
    let (tx, place) = act.parts();
    let slip = record(app, tx, seat, place, back).await?;
    act.commit(app, seat, Note::Refunded { slip, paid_vnd }).await
}

/// Returns what the buyer gets: what was struck off because it was still open is not given to anybody.
pub(super) fn paid_out(tenders: &[Tender]) -> Result<i64> {
    let given = tenders.iter().filter(|tender| !tender.kind.is_open());
    Ok(Money::sum(given.map(|tender| tender.amount))?.vnd())
}

/// Takes rows of a sale back, or tells why they cannot come back.
pub(super) fn take_back(sold: &mut Sold, rows: &[Ask]) -> std::result::Result<TakenBack, Note> {
    if sold.remaining.rows.iter().all(|row| row.left() == Quantity::ZERO) {
        return Err(Note::AllBack { receipt: sold.row.receipt_number.clone() });
    }
    sold.remaining.take_back(rows).map_err(|Refused { row, why }| match (why, row) {
        (RefundError::TooMuch { left }, Some(row)) => {
            let name = sold.remaining.rows.get(row).map(|row| row.line.name.clone()).unwrap_or_default();
            Note::TooMuchBack { name, left: left.to_string() }
        }
        (RefundError::NotWhole, _) => Note::BadQuantity { whole: true },
        (RefundError::Money(_), _) => Note::BadAmount,
        _ => Note::NothingChosen,
    })
}

/// Reverses a whole sale of the shift that is open at this counter; its money goes back in the ways in which it came.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn void(app: &App, seat: &Seat, request: &Request, why: &str, word: &Word) -> Result<CounterState> {
    let (approved, mut act, mut sold) = match begin_of(app, seat, request, word).await? {
        Ok(begun) => begun,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let receipt = sold.row.receipt_number.clone();
    let is_voidable = sold.is_voidable(&mut act.tx, act.shift.shift_id.uuid()).await?;
    let all = sold.remaining.everything(Location::Shelf);
    let taken = is_voidable.then(|| sold.remaining.take_back(&all).ok()).flatten();
    let (Some(taken), Some(tenders)) = (taken, sold.tenders()) else {
        return state::load(app, seat, Note::NotVoidable { receipt }, None).await;
    };
    let paid_vnd = paid_out(&tenders)?;
    let sale = Some((request.sale_id, receipt.clone()));
    let back = Back {
        kind: Kind::Void,
        sale,
        sold_on: web::format::date_text(web::format::local_date(sold.row.sold_at_ms)),
        rows: sold.remaining.rows,
        is_whole: sold.remaining.is_whole,
        taken,
        tenders,
        reason: words(why, REASON_MOST),
        approved: &approved,
    };
    let (tx, place) = act.parts();
    record(app, tx, seat, place, back).await?;
    act.commit(app, seat, Note::Voided { receipt, paid_vnd }).await
}

/// Takes the goods in the open cart back without a receipt, at today's prices, and pays for them; the cart is then cleared.
/// Nobody knows their lot: they go to the lot of goods that the book does not have.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn without_receipt(
    app: &App,
    seat: &Seat,
    request: &Request,
    asked: &Asked,
) -> Result<CounterState> {
    let approved = match approve(app, seat, &asked.word).await? {
        Ok(approved) => approved,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let mut action = begin!(app, seat, request);
    if action.cart.pad.is_some() {
        return action.commit(app, seat, Note::PadHere, None).await;
    }
    if let Some(exchange) = &action.exchange {
        let note = Note::ExchangeOpen { receipt: exchange.receipt.clone() };
        return action.commit(app, seat, note, None).await;
    }
    if let Some(deposit) = &action.deposit {
        let note = Note::DepositHere { number: deposit.number.clone() };
        return action.commit(app, seat, note, None).await;
    }
    if !asked.kind.is_money() {
        return action.commit(app, seat, Note::BadField { field: "kind".to_owned() }, None).await;
    }
    let sale = match super::finish::check_out_without_shelf(app, &mut action).await? {
        Ok(sale) => sale,
        Err(error) => return action.commit(app, seat, super::finish::checkout_note(&error), None).await,
    };
    let rows = sale.lines.into_iter().enumerate();
    // The cart took no part of a piece, and everything in it comes back.
    let row = |(line_no, line)| Row { line_no, line, before: Quantity::ZERO, sold_by: SoldBy::Weight };
    let rows: Vec<Row> = rows.map(row).collect();
    let mut remaining = Remaining { rows, rounding: Money::ZERO, is_whole: true };
    let all = remaining.everything(asked.back_to);
    let Ok(taken) = remaining.take_back(&all) else {
        return action.commit(app, seat, Note::NothingChosen, None).await;
    };
    let paid_vnd = taken.total.vnd();
    let back = Back {
        kind: Kind::Refund,
        sale: None,
        sold_on: String::new(),
        rows: remaining.rows,
        is_whole: true,
        tenders: give_back(taken.total, &[], asked.kind)?,
        taken,
        reason: words(&asked.reason, REASON_MOST),
        approved: &approved,
    };
    let place = Place { store: &action.store, settings: action.settings.as_ref(), shift: &action.shift };
    let slip = record(app, &mut action.tx, seat, place, back).await?;
    action.replace_cart("cleared").await?;
    let state = action.commit(app, seat, Note::Refunded { slip, paid_vnd }, None).await?;
    app.tell_appended();
    app.tell_printable();
    Ok(state)
}
