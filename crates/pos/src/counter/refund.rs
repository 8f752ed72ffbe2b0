//! After the sale: goods that come back against their receipt, a sale that is voided before its shift closes, and goods
//! without a receipt. A manager allows each of them; the entry names who did. The money goes out of the drawer of the
//! counter where it happens.

use domain::ids::SaleId;
use domain::refund::RefundError;
use domain::refund::remaining::{Ask, Refused, Remaining, Row, TakenBack};
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, sale::SaleLine};
use protocol::Kind;
use protocol::payload::{Payload, SCHEMA, Sale, SalePrivate};
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;

use super::approval::{Word, approve};
use super::refund_entry::{Back, record};
use super::{CounterState, Note, Request, Result, Seat, begin, state};
use crate::App;
use crate::db::counters;
use crate::db::refunds::{self, SoldRow};
use crate::db::{self, operations};

/// The longest reason, in characters.
const REASON_MOST: usize = 120;

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
    /// The manager's word.
    pub word: Word,
}

/// A sale, and what can still come back of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// The sale as it is listed.
    pub row: SoldRow,
    /// Its payload.
    pub sale: Sale,
    /// Its lines: those of the programme first, then those outside it, as far as this computer knows them.
    pub remaining: Remaining,
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
        let rows = |lines: Vec<SaleLine>, in_programme: bool| {
            let before = |number: i64| {
                let of = back.iter().find(|row| row.in_programme == in_programme && row.line_no == number);
                of.map_or(Quantity::ZERO, |row| row.quantity)
            };
            let numbered = lines.into_iter().enumerate().zip(0i64..);
            numbered
                .map(|((line_no, line), number)| Row { line_no, line, before: before(number) })
                .collect::<Vec<_>>()
        };
        let is_whole = sale.other.gross == 0 || private.is_some();
        let rounding = Money::new(sale.rounding);
        let rows = [rows(shared, true), rows(outside, false)].concat();
        Ok(Some(Self { row, sale, remaining: Remaining { rows, rounding, is_whole } }))
    }

    /// True when nothing came back yet.
    pub fn is_untouched(&self) -> bool {
        self.remaining.rows.iter().all(|row| row.before == Quantity::ZERO)
    }

    /// Returns in which way it was paid, when that was one way.
    pub fn paid_by(&self) -> Option<TenderKind> {
        match self.sale.tenders.as_slice() {
            [only] => TenderKind::from_code(&only.kind),
            _ => None,
        }
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Takes goods of a sale back, whole or in part, and pays for them.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn refund(app: &App, seat: &Seat, request: &Request, asked: &Asked) -> Result<CounterState> {
    let approved = match approve(app, seat, &asked.word).await? {
        Ok(approved) => approved,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, &request.op_id, app.clock().now_ms()).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let counter = counters::load_counter(&mut tx, &seat.counter).await?;
    let Some(shift) = counter.shift.clone() else { return state::load(app, seat, Note::NoShift, None).await };
    let Some(mut sold) = Sold::find(&mut tx, request.sale_id).await? else {
        return state::load(app, seat, Note::NoReceipt, None).await;
    };
    let taken = match take_back(&mut sold, asked) {
        Ok(taken) => taken,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let paid_vnd = taken.total.vnd();
    let tenders = vec![Tender { kind: asked.kind, amount: taken.total }];
    let back = Back {
        kind: Kind::Refund,
        sale: Some((request.sale_id, sold.row.receipt_number)),
        sold_on: web::format::date_text(web::format::local_date(sold.row.sold_at_ms)),
        rows: sold.remaining.rows,
        taken,
        tenders: if paid_vnd == 0 { Vec::new() } else { tenders },
        reason: reason(&asked.reason),
        approved: &approved,
    };
    let slip = record(app, &mut tx, seat, (&counter, &shift), back).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    state::load(app, seat, Note::Refunded { slip, paid_vnd }, None).await
}

fn take_back(sold: &mut Sold, asked: &Asked) -> std::result::Result<TakenBack, Note> {
    let rest = sold.remaining.everything(asked.back_to);
    if rest.is_empty() {
        return Err(Note::AllBack { receipt: sold.row.receipt_number.clone() });
    }
    let rows = if asked.rows.is_empty() { &rest } else { &asked.rows };
    sold.remaining.take_back(rows).map_err(|Refused { row, why }| match (why, row) {
        (RefundError::TooMuch { left }, Some(row)) => {
            let name = sold.remaining.rows.get(row).map(|row| row.line.name.clone()).unwrap_or_default();
            Note::TooMuchBack { name, left: left.to_string() }
        }
        (RefundError::Money(_), _) => Note::BadAmount,
        _ => Note::NothingChosen,
    })
}

/// Reverses a whole sale of the shift that is open at this counter; its money goes back in the ways in which it came.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn void(app: &App, seat: &Seat, request: &Request, why: &str, word: &Word) -> Result<CounterState> {
    let approved = match approve(app, seat, word).await? {
        Ok(approved) => approved,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, &request.op_id, app.clock().now_ms()).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let counter = counters::load_counter(&mut tx, &seat.counter).await?;
    let Some(shift) = counter.shift.clone() else { return state::load(app, seat, Note::NoShift, None).await };
    let Some(mut sold) = Sold::find(&mut tx, request.sale_id).await? else {
        return state::load(app, seat, Note::NoReceipt, None).await;
    };
    let receipt = sold.row.receipt_number.clone();
    let is_voidable = sold.row.shift_id == shift.shift_id.uuid()
        && sold.is_untouched()
        && sold.remaining.is_whole
        && !sold.remaining.rows.is_empty();
    let all = sold.remaining.everything(Location::Shelf);
    let Some(taken) = is_voidable.then(|| sold.remaining.take_back(&all).ok()).flatten() else {
        return state::load(app, seat, Note::NotVoidable { receipt }, None).await;
    };
    let kept = sold.sale.tenders.iter().filter_map(|tender| {
        let kind = TenderKind::from_code(&tender.kind)?;
        Some(Tender { kind, amount: Money::new(tender.amount) })
    });
    let paid_vnd = taken.total.vnd();
    let sale = Some((request.sale_id, receipt.clone()));
    let back = Back {
        kind: Kind::Void,
        sale,
        sold_on: web::format::date_text(web::format::local_date(sold.row.sold_at_ms)),
        rows: sold.remaining.rows,
        taken,
        tenders: kept.collect(),
        reason: reason(why),
        approved: &approved,
    };
    record(app, &mut tx, seat, (&counter, &shift), back).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    state::load(app, seat, Note::Voided { receipt, paid_vnd }, None).await
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
    let sale = match super::finish::check_out_without_shelf(app, &mut action).await? {
        Ok(sale) => sale,
        Err(error) => return action.commit(app, seat, super::finish::checkout_note(&error), None).await,
    };
    let rows = sale.lines.into_iter().enumerate();
    let rows: Vec<Row> = rows.map(|(line_no, line)| Row { line_no, line, before: Quantity::ZERO }).collect();
    let mut remaining = Remaining { rows, rounding: Money::ZERO, is_whole: true };
    let all = remaining.everything(asked.back_to);
    let Ok(taken) = remaining.take_back(&all) else {
        return action.commit(app, seat, Note::NothingChosen, None).await;
    };
    let paid_vnd = taken.total.vnd();
    let tenders = vec![Tender { kind: asked.kind, amount: taken.total }];
    let back = Back {
        kind: Kind::Refund,
        sale: None,
        sold_on: String::new(),
        rows: remaining.rows,
        taken,
        tenders: if paid_vnd == 0 { Vec::new() } else { tenders },
        reason: reason(&asked.reason),
        approved: &approved,
    };
    let counter = counters::load_counter(&mut action.tx, &seat.counter).await?;
    let shift = action.shift.clone();
    let slip = record(app, &mut action.tx, seat, (&counter, &shift), back).await?;
    action.replace_cart("cleared").await?;
    let state = action.commit(app, seat, Note::Refunded { slip, paid_vnd }, None).await?;
    app.tell_appended();
    app.tell_printable();
    Ok(state)
}

fn reason(text: &str) -> String {
    text.trim().chars().filter(|character| !character.is_control()).take(REASON_MOST).collect()
}
