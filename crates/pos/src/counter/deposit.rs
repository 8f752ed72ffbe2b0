//! Orders: goods that are handed over on a later day, with a part of them paid in advance. The deposit is no sale: it is owed
//! to the buyer until the goods are sold, and then pays a part of them. What was ordered waits at no counter, with its prices.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::order::OrderSlip;
use ::receipts::snapshot::SnapshotTender;
use domain::Money;
use domain::ids::SaleId;
use domain::pricing::Pricing;
use domain::promotion::Promotion;
use domain::tender::{Tender, TenderKind};
use protocol::payload::sale::SaleTender;
use protocol::payload::{self, DepositTaken, DepositTakenPrivate};
use protocol::{Entry, Kind};
use time::Date;

use super::shown::Shown;
use super::slip::{Issue, Place, issue};
use super::{Action, CounterState, Note, Request, Result, Seat, begin, carts, price, receipt, state, words};
use crate::App;
use crate::db::carts::ordered::{self, NO_COUNTER};
use crate::db::carts::tabs::{self, CARTS_MAX, Parked};
use crate::db::{deposits, streams};
use crate::journal::{Draft, JournalError};

/// The longest name, in characters.
pub const NAME_MOST: usize = 60;
/// The longest telephone number, in characters.
pub const PHONE_MOST: usize = 20;

/// Who ordered what is in the open cart, until when, and what was paid in advance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// As typed.
    pub person: String,
    /// As typed; may be empty.
    pub phone: String,
    /// When the goods are handed over.
    pub due_on: Date,
    /// What was paid.
    pub tender: Tender,
}

/// Takes a deposit for the open cart, which then waits among the orders; an empty one is open in its place.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it: then nothing was taken.
pub async fn take(app: &App, seat: &Seat, request: &Request, ordered: &Ordered) -> Result<CounterState> {
    take_shown(app, seat, request, ordered, None).await
}

/// As [`take`], of goods that cost what was on the screen.
///
/// # Errors
/// As [`take`].
pub async fn take_shown(
    app: &App,
    seat: &Seat,
    request: &Request,
    ordered: &Ordered,
    shown: Option<Shown>,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    let date = action.shift.business_date;
    let priced = price::price(app, &mut action.tx, &action.cart, date).await?;
    let ordered = Ordered {
        person: words(&ordered.person, NAME_MOST),
        phone: words(&ordered.phone, PHONE_MOST),
        ..ordered.clone()
    };
    if let Some(refused) = refused(app, seat, &action, (&ordered, &priced))? {
        return action.commit(app, seat, refused, None).await;
    }
    if let Some(changed) = shown.and_then(|shown| shown.refused_order(app, &action, &priced)) {
        return action.commit(app, seat, changed, None).await;
    }
    let (number, entry) = append(app, &mut action, seat, (&ordered, &priced)).await?;
    let place = Place { store: &action.store, settings: action.settings.as_ref(), shift: &action.shift };
    let paper = paper(&action, (&ordered, &priced), &entry);
    let slip = place.slip(app, seat, (number.clone(), Language::default()), SlipBody::Order(paper));
    let opens_drawer = ordered.tender.kind == TenderKind::Cash;
    issue(app, &mut action.tx, &slip, Issue { opens_drawer, ..Issue::default() }).await?;
    put_away(app, &mut action, seat, (&ordered, &priced)).await?;
    let amount_vnd = ordered.tender.amount.vnd();
    let note = Note::DepositTaken { number, amount_vnd, rest_vnd: priced.payable.vnd() - amount_vnd };
    let state = action.commit(app, seat, note, None).await?;
    app.tell_appended();
    app.tell_printable();
    Ok(state)
}

/// Returns why no deposit is taken.
fn refused(
    app: &App,
    seat: &Seat,
    action: &Action,
    (ordered, priced): (&Ordered, &Pricing),
) -> Result<Option<Note>> {
    let bad = |field: &str| Some(Note::BadField { field: field.to_owned() });
    if action.cart.pad.is_some() {
        return Ok(Some(Note::PadHere));
    }
    if let Some(deposit) = &action.deposit {
        return Ok(Some(Note::DepositHere { number: deposit.number.clone() }));
    }
    if let Some(exchange) = &action.exchange {
        return Ok(Some(Note::ExchangeOpen { receipt: exchange.receipt.clone() }));
    }
    if action.cart.lines.is_empty() {
        return Ok(Some(Note::EmptyCart));
    }
    if let Some((asked, _)) = super::discount::ask(app, seat, &action.cart, priced)? {
        return Ok(Some(asked));
    }
    let Tender { kind, amount } = ordered.tender;
    let payable_vnd = priced.payable.vnd();
    Ok(if ordered.person.is_empty() {
        bad("person")
    } else if ordered.due_on < action.shift.business_date {
        bad("due")
    } else if !kind.is_money() {
        bad("kind")
    } else if amount <= Money::ZERO {
        Some(Note::BadAmount)
    } else if amount > priced.payable {
        Some(Note::DepositBeyond { payable_vnd })
    } else {
        None
    })
}

async fn append(
    app: &App,
    action: &mut Action,
    seat: &Seat,
    (ordered, priced): (&Ordered, &Pricing),
) -> Result<(String, Entry)> {
    let head = streams::find_head(&mut action.tx).await?.ok_or(JournalError::NotEnrolled)?;
    let count = deposits::count_moves(&mut action.tx, head.stream.stream_no, true).await? + 1;
    let number = super::slip::number(&action.store, &head.stream, format_args!("DC{count:04}"));
    let shared = DepositTaken {
        voucher: number.clone(),
        shift: action.shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        counter: seat.counter.clone(),
        due: ordered.due_on,
        total: priced.payable.vnd(),
        tenders: vec![SaleTender::from(&ordered.tender)],
    };
    let salt = app.writer_of(action.store.store_id).salt();
    let private = DepositTakenPrivate { salt, person: ordered.person.clone(), phone: ordered.phone.clone() };
    let draft = Draft {
        kind: Kind::DepositTaken,
        schema: payload::SCHEMA,
        sale_id: Some(action.cart.sale_id),
        business_date: action.shift.business_date,
        shared: payload::write(&shared).map_err(JournalError::from)?,
        private: payload::write(&private).map_err(JournalError::from)?,
        payable_vnd: 0,
    };
    let entry = action.writer.clone().append_at(&mut action.tx, head, draft).await?;
    Ok((number, entry))
}

fn paper(action: &Action, (ordered, priced): (&Ordered, &Pricing), entry: &Entry) -> OrderSlip {
    let Tender { kind, amount } = ordered.tender;
    let footer = action.settings.as_ref().map(|row| row.receipt_footer.as_str()).unwrap_or_default();
    OrderSlip {
        customer: ordered.person.clone(),
        customer_phone: ordered.phone.clone(),
        due: web::format::date_text(ordered.due_on),
        place: String::new(),
        lines: receipt::lines(&action.cart, priced),
        discount_vnd: priced.discount.vnd(),
        total_vnd: priced.payable.vnd(),
        deposit_vnd: amount.vnd(),
        tenders: vec![SnapshotTender {
            label: receipt::label(kind, Language::Vi).to_owned(),
            amount_vnd: amount.vnd(),
        }],
        remaining_vnd: priced.payable.vnd() - amount.vnd(),
        note: receipt::for_buyer(action.cart.remark.as_ref()),
        order_qr: receipt::proof(entry, amount.vnd()),
        footer: footer.lines().map(str::to_owned).collect(),
    }
}

/// Puts the goods among the orders, with the prices of this moment, and opens the next cart.
async fn put_away(
    app: &App,
    action: &mut Action,
    seat: &Seat,
    (ordered, priced): (&Ordered, &Pricing),
) -> Result<()> {
    let (date, at_ms) = (action.shift.business_date, app.clock().now_ms());
    let (moment, promotions) = price::in_force(app, &mut action.tx, &action.cart, date).await?;
    let kept = Promotion::kept(&promotions, moment);
    let (tx, sale_id) = (&mut action.tx, action.cart.sale_id);
    ordered::keep_prices(tx, sale_id, &kept).await?;
    let (items, payable_vnd) = (action.cart.items(), priced.payable.vnd());
    let name = words(&ordered.person, carts::NAME_MOST);
    ordered::put_back(tx, sale_id, Parked { name: &name, items, payable_vnd, at_ms }).await?;
    let next = SaleId::from_uuid(app.clock().new_uuid());
    Ok(tabs::insert_next(tx, next, &seat.counter, at_ms).await?)
}

/// Brings the goods of an order to the counter, to be handed over and paid; the cart that is open there is parked.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn deliver(app: &App, seat: &Seat, op_id: &str, wanted: SaleId) -> Result<CounterState> {
    let current = state::load(app, seat, Note::Ready, None).await?;
    let request = Request { op_id: op_id.to_owned(), sale_id: current.sale_id.into() };
    let mut action = begin!(app, seat, &request);
    let Some(deposit) = deposits::find_left(&mut action.tx, wanted).await? else {
        return action.commit(app, seat, Note::NoDeposit, None).await;
    };
    let at = ordered::find_counter(&mut action.tx, wanted).await?;
    match at.as_deref() {
        Some(NO_COUNTER) => {}
        // It is on the screen already.
        Some(counter) if counter == seat.counter => return action.commit(app, seat, Note::Ready, None).await,
        Some(counter) => {
            let counter = counter.to_owned();
            return action.commit(app, seat, Note::DepositAt { counter }, None).await;
        }
        None => {
            let now_ms = app.clock().now_ms();
            ordered::insert_waiting(&mut action.tx, wanted, &deposit.person, now_ms).await?;
        }
    }
    let tabs = tabs::list_tabs(&mut action.tx, &seat.counter).await?;
    if tabs.len() >= CARTS_MAX && !action.is_blank() && action.deposit.is_none() {
        return action.commit(app, seat, Note::TooManyCarts, None).await;
    }
    carts::leave(app, &mut action, &tabs, "").await?;
    ordered::bring(&mut action.tx, wanted, &seat.counter).await?;
    let note = Note::DepositBrought { number: deposit.number, person: deposit.person };
    action.commit(app, seat, note, None).await
}
