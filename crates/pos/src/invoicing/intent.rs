//! The invoice of a sale, written in the sale's own transaction: what it says, and its code from this till's own range.
//! Nothing here waits for anybody. When the range is used up the sale goes on, and its invoice gets a code later.

use ::receipts::snapshot::{ReceiptSnapshot, SnapshotInvoice};
use domain::invoice::code::{AuthorityCode, RangeError};
use domain::invoice::state::State;
use domain::invoice::symbol::Form;
use domain::sale::Sale;
use domain::tender::Payment;
use protocol::wire::StoreRow;
use time::Date;

use super::document::{Document, Sold};
use super::setup::Setup;
use crate::counter::{Action, Result};
use crate::db::invoices::{self, Invoice};
use crate::db::{self, Tx, streams};

/// Writes the invoice of a sale, if the operator's legal form asks for one, and its code on the receipt.
///
/// # Errors
/// When the database does not keep it; then the sale is not kept either.
pub(crate) async fn record(
    action: &mut Action,
    sale: &Sale,
    payment: &Payment,
    settings: Option<&StoreRow>,
    receipt: &mut ReceiptSnapshot,
) -> Result<()> {
    let Some(setup) = Setup::of(settings) else { return Ok(()) };
    // The time of a sale is that of the handing over, also where it was entered afterwards.
    let (date, sold_at_ms) = match &action.cart.pad {
        Some(pad) => (pad.day, pad.claimed_at_ms),
        None => (action.shift.business_date, action.writer.clock.now_ms()),
    };
    let sold = Sold {
        lines: &sale.lines,
        tendered: &payment.tendered,
        date,
        time: web::format::local_time_text(sold_at_ms),
        receipt: receipt.receipt_number.clone(),
    };
    let document = Document::of(&setup, &sold)?;
    if setup.symbol.form() != Form::Vat {
        // An invoice without VAT lines has none inside, and its paper claims none.
        receipt.vat.clear();
    }
    let numbered = take_code(&mut action.tx, &setup, sold.date).await?;
    if let Some((_, code)) = &numbered {
        let lookup = setup.row.lookup_url.clone();
        receipt.invoice = Some(SnapshotInvoice { code: code.clone(), lookup });
    }
    let invoice = Invoice {
        invoice_id: action.writer.clock.new_uuid(),
        sale_id: sale.id,
        sold_at_ms,
        total_vnd: document.total_vnd,
        buyer: action.buyer.clone(),
        ..new(&document, numbered)?
    };
    Ok(invoices::insert_invoice(&mut action.tx, &invoice).await?)
}

/// Returns an invoice of a document that nobody has seen yet; the caller completes whose it is.
pub(super) fn new(document: &Document, numbered: Option<(i64, String)>) -> db::Result<Invoice> {
    let state = if numbered.is_some() { State::Waiting } else { State::Intent };
    let (number, code) = numbered.unzip();
    Ok(Invoice {
        invoice_id: uuid::Uuid::nil(),
        sale_id: uuid::Uuid::nil().into(),
        state,
        code,
        number,
        sold_at_ms: 0,
        receipt_number: document.receipt.clone(),
        total_vnd: document.total_vnd,
        document: super::to_json(document)?,
        buyer: None,
        revision: 1,
        replaces: None,
        tries: 0,
        not_before_ms: 0,
        problem: String::new(),
        reference: String::new(),
        answered_at_ms: None,
        named: None,
    })
}

/// Takes the next number of the range; `None` when every number was given.
pub(super) async fn take_code(
    tx: &mut Tx,
    setup: &Setup<'_>,
    date: Date,
) -> db::Result<Option<(i64, String)>> {
    let Some(stream) = streams::find_current(tx).await? else { return Ok(None) };
    let first = setup.range.first();
    let (given, journal_changed) = match invoices::find_given(tx, first).await? {
        Some((given, stream_no)) => (Some(given), stream_no != stream.stream_no),
        None => match invoices::count_sales_beside(tx, stream.stream_no).await? {
            0 => (None, false),
            // Another computer sold for this store before, and may have begun with the same numbers.
            sold => (Some(first.saturating_add(sold) - 1), true),
        },
    };
    match setup.range.next(given, journal_changed) {
        Ok(number) => {
            invoices::upsert_given(tx, first, number, stream.stream_no).await?;
            let code = AuthorityCode::new(setup.symbol.form(), date, setup.chars, number);
            Ok(Some((number, code.to_string())))
        }
        Err(RangeError::Exhausted | RangeError::Bounds) => {
            tracing::error!(
                last = setup.range.last(),
                "no invoice number is left: the department gives a new range"
            );
            Ok(None)
        }
    }
}
