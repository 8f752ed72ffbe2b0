//! Completing a sale: one transaction holds its entry, its postings, its number, its receipt and the closed cart. When it
//! is answered, the sale is on the disk; paper, sync and everything else start from rows.

use std::collections::BTreeMap;

use domain::ids::ProductId;
use domain::sale::{CheckoutError, Rules, Sale, checkout};
use domain::stock::LotOnShelf;
use domain::tender::{Payment, TenderError, TenderKind, pay_rest};
use domain::{Money, fact};
use protocol::Kind;
use protocol::payload::sale::Owed;
use protocol::payload::{self, SalePrivate};

use super::cover::Cover;
use super::exchange::Exchanged;
use super::receipt::{Paper, snapshot};
use super::shown::Paying;
use super::slip::Place;
use super::{
    Action, CounterState, Note, Request, Result, Seat, basket, begin, commission_tax, exchange, pad, state,
};
use crate::App;
use crate::db::counters::StoreName;
use crate::db::prints::ReceiptPrint;
use crate::db::streams::{Head, Stream};
use crate::db::{lots, prints, receipts, streams, tax_rates, terms};
use crate::invoicing::intent;
use crate::journal::{Draft, JournalError};

/// Completes the open cart with what the buyer handed over, unless something else was asked for than it costs. A second
/// press of the same button meets a closed cart and changes nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it: then nothing was sold.
pub async fn finish(
    app: &App,
    seat: &Seat,
    request: &Request,
    paying: impl Into<Paying>,
) -> Result<CounterState> {
    complete(app, seat, request, paying.into(), None).await
}

/// As [`finish`]; `owed` names who owes what is on credit.
pub(super) async fn complete(
    app: &App,
    seat: &Seat,
    request: &Request,
    Paying { tenders: tendered, shown, back_by }: Paying,
    owed: Option<Owed>,
) -> Result<CounterState> {
    let mut action = begin!(app, seat, request);
    if tendered.iter().any(|tender| tender.kind.is_cover()) || back_by.is_some_and(|kind| !kind.is_money()) {
        return action.commit(app, seat, Note::BadField { field: "kind".to_owned() }, None).await;
    }
    if owed.is_none() && tendered.iter().any(|tender| tender.kind == TenderKind::Credit) {
        return action.commit(app, seat, Note::NoCredit, None).await;
    }
    if let Some(owed) = &owed
        && let Some(note) = super::credit::refused(app, seat, &mut action.tx, (&tendered, owed)).await?
    {
        return action.commit(app, seat, note, None).await;
    }
    let mut sale = match sellable(app, seat, &mut action).await? {
        Ok(sale) => sale,
        Err((note, row)) => return action.commit(app, seat, note, row).await,
    };
    if let Some(shown) = shown
        && let Some(changed) = shown.refused(app, &action, sale.payable)?
    {
        return action.commit(app, seat, changed, None).await;
    }
    if let Some(question) = pad::ask(&mut action, sale.payable).await? {
        return action.commit(app, seat, question, None).await;
    }
    if let (Some(kind), Some(exchange)) = (back_by, &mut action.exchange) {
        kind.code().clone_into(&mut exchange.back_by);
    }
    let cover = match Cover::of(&mut action, sale.payable).await? {
        Ok(cover) => cover,
        Err(note) => return action.commit(app, seat, note, None).await,
    };
    let covers = cover.tenders();
    // Cash beside something else is to the đồng, as with any other way of paying.
    let paid = if covers.is_empty() && cover.exchanged.is_none() {
        app.cash_step().pay(sale.payable, tendered)
    } else {
        pay_rest(sale.payable, covers, tendered)
    };
    let payment = match paid {
        Ok(payment) => payment,
        Err(error) => return action.commit(app, seat, tender_note(&error), None).await,
    };
    let back_vnd = cover.exchanged.as_ref().map(Exchanged::back_vnd);
    if let Some(exchanged) = cover.exchanged {
        exchange::record_back(app, &mut action, seat, exchanged).await?;
        // What came back may stand on the shelf, and be sold again at once; or be past its date, and then nothing happens.
        sale = match sellable(app, seat, &mut action).await? {
            Ok(sale) => sale,
            Err((note, row)) => {
                drop(action);
                return state::load(app, seat, note, row).await;
            }
        };
    }
    let head = streams::find_head(&mut action.tx).await?.ok_or(JournalError::NotEnrolled)?;
    let receipt = next_receipt_number(&action.store, &head.stream);
    let entry = append(&mut action, (head, seat), &sale, (&payment, owed), &receipt).await?;
    let paper =
        Paper { entry: &entry, cart: &action.cart, sale: &sale, payment: &payment, receipt: &receipt, seat };
    let settings = action.settings.clone();
    let mut snapshot = snapshot(&paper, settings.as_ref());
    intent::record(&mut action, &sale, &payment, settings.as_ref(), &mut snapshot).await?;
    snapshot.check()?;
    let (tx, now_ms) = (&mut action.tx, app.clock().now_ms());
    receipts::insert_receipt(tx, sale.id, &snapshot.to_json()?).await?;
    let from_pad = action.cart.pad;
    // Nobody waits for the paper of a sale from the pad, and its money is in the drawer.
    if from_pad.is_none() && app.has_printer(&seat.counter) {
        let cash = payment.tendered.iter().any(|tender| tender.kind == TenderKind::Cash);
        let first = ReceiptPrint::first(sale.id, &seat.counter, now_ms);
        prints::upsert_print(tx, &ReceiptPrint { drawer_asked_at_ms: cash.then_some(now_ms), ..first })
            .await?;
    }
    let place = Place { store: &action.store, settings: settings.as_ref(), shift: &action.shift };
    basket::issue_slips(app, &mut action.tx, seat, place, (&action.cart, &receipt)).await?;
    action.replace_cart("sold").await?;
    let open = payment.tendered.iter().filter(|tender| tender.kind.is_open()).map(|tender| tender.amount);
    let change_vnd = payment.change.vnd();
    let note = match (Money::sum(open)?.vnd(), back_vnd, &from_pad) {
        (0, Some(back_vnd), _) => Note::Exchanged { receipt, back_vnd: back_vnd + change_vnd },
        (0, None, Some(from_pad)) => pad::kept(receipt, from_pad),
        (0, None, None) => Note::Sold { receipt, change_vnd },
        (open_vnd, ..) => Note::SoldOpen { receipt, open_vnd },
    };
    let state = action.commit(app, seat, note, None).await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_invoiceable();
    if payment.tendered.iter().any(|tender| tender.kind == TenderKind::Claimed) {
        app.bank_watch().tell_claimed();
    }
    Ok(state)
}

/// Returns the sale that the cart becomes, or why this person may not make it, and in which row.
pub(super) async fn sellable(
    app: &App,
    seat: &Seat,
    action: &mut Action,
) -> Result<std::result::Result<Sale, (Note, Option<usize>)>> {
    let sale = match check_out(app, action).await? {
        Ok(sale) => sale,
        Err(CheckoutError::PastDate { row, name, quantity }) => {
            let quantity = quantity.to_string();
            return Ok(Err((Note::PastDateNeedsManager { name, quantity }, Some(row))));
        }
        Err(error) => return Ok(Err((checkout_note(&error), None))),
    };
    Ok(match super::discount::ask(app, seat, &action.cart, &sale.pricing)? {
        Some(asked) => Err(asked),
        None => Ok(sale),
    })
}

/// Returns the sale that the cart becomes at the store's rules of the business date.
pub(super) async fn check_out(
    app: &App,
    action: &mut Action,
) -> Result<std::result::Result<Sale, CheckoutError>> {
    let shelf = lots::list_for_cart(&mut action.tx, action.cart.sale_id).await?;
    check_out_of(app, action, shelf).await
}

/// As for a sale that takes nothing from the shelf: goods that come back without a receipt.
pub(super) async fn check_out_without_shelf(
    app: &App,
    action: &mut Action,
) -> Result<std::result::Result<Sale, CheckoutError>> {
    // Nor is anything sold past its date.
    action.cart.lines.iter_mut().for_each(|line| line.past_date = None);
    check_out_of(app, action, BTreeMap::new()).await
}

async fn check_out_of(
    app: &App,
    action: &mut Action,
    shelf: BTreeMap<ProductId, Vec<LotOnShelf>>,
) -> Result<std::result::Result<Sale, CheckoutError>> {
    let (tx, sale_id) = (&mut action.tx, action.cart.sale_id);
    let taxes = tax_rates::load_table(tx).await?;
    let terms = terms::list_for_cart(tx, sale_id).await?;
    let (moment, promotions) =
        super::price::in_force(app, tx, &action.cart, action.shift.business_date).await?;
    let rules = Rules {
        store_id: action.writer.store_id,
        moment,
        promotions: &promotions,
        taxes: &taxes,
        terms: &terms,
        commission_tax: commission_tax(action.settings.as_ref(), moment.business_date),
    };
    Ok(checkout(&action.cart, &rules, shelf))
}

/// The number needs nobody's approval, and a restored computer never gives the same one to another sale.
fn next_receipt_number(store: &StoreName, stream: &Stream) -> String {
    super::slip::number(store, stream, format_args!("{:06}", stream.receipts + 1))
}

async fn append(
    action: &mut Action,
    (head, seat): (Head, &Seat),
    sale: &Sale,
    (payment, owed): (&Payment, Option<Owed>),
    receipt: &str,
) -> Result<protocol::Entry> {
    let (sold, outside) = fact::sold(sale.lines.clone(), payment.kept(), payment.rounding)?;
    let payable_vnd = sale.payable.plus(payment.rounding)?.vnd();
    let mut shared = payload::Sale {
        receipt: receipt.to_owned(),
        shift: action.shift.shift_id.uuid(),
        cashier: seat.cashier_id.uuid(),
        counter: seat.counter.clone(),
        payable: payable_vnd,
        lines: Vec::new(),
        tenders: Vec::new(),
        tendered: Money::sum(payment.tendered.iter().map(|tender| tender.amount))?.vnd(),
        change: payment.change.vnd(),
        rounding: 0,
        other: payload::sale::SaleOther::default(),
        pad: pad::told(action, sale.past_date).await?,
    };
    shared.set_sold(&sold);
    let private = SalePrivate {
        salt: action.writer.salt(),
        lines: outside.iter().map(payload::SaleLine::from).collect(),
        reductions: super::discount::reductions(&action.cart, &sale.pricing)?,
        remarks: super::discount::remarks(&action.cart),
        owed,
    };
    let draft = Draft {
        kind: Kind::Sale,
        schema: payload::SCHEMA,
        sale_id: Some(sale.id),
        business_date: action.shift.business_date,
        shared: payload::write(&shared).map_err(JournalError::from)?,
        private: payload::write(&private).map_err(JournalError::from)?,
        payable_vnd,
    };
    Ok(action.writer.clone().append_at(&mut action.tx, head, draft).await?)
}

pub(super) fn checkout_note(error: &CheckoutError) -> Note {
    match error {
        CheckoutError::Empty => Note::EmptyCart,
        CheckoutError::Expired { name, expired } => Note::expired(name.clone(), *expired),
        CheckoutError::PastDate { name, quantity, .. } => {
            Note::PastDateNeedsManager { name: name.clone(), quantity: quantity.to_string() }
        }
        CheckoutError::NotWhole { name } => Note::ComboNotWhole { name: name.clone() },
        CheckoutError::NoRate(_) => Note::NoTaxRate,
        CheckoutError::Money(_) => Note::BadAmount,
    }
}

pub(super) fn tender_note(error: &TenderError) -> Note {
    match error {
        TenderError::Short { missing } => Note::Short { missing_vnd: missing.vnd() },
        TenderError::TooMuch { payable } => Note::TooMuch { payable_vnd: payable.vnd() },
        TenderError::NotPositive | TenderError::Money(_) => Note::BadAmount,
    }
}
