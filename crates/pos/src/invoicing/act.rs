//! What a manager does about an invoice: send it again at once, write a buyer on it. One that is issued is never changed
//! and never cancelled: another one replaces it.

use domain::invoice::buyer::Buyer;
use domain::invoice::state::Event;
use protocol::wire::StoreRow;
use uuid::Uuid;

use super::setup::Setup;
use super::{from_json, replacing, write_buyer};
use crate::App;
use crate::counter::Seat;
use crate::db::invoices::{self, Invoice, Named};
use crate::db::{self, Tx, operations, store};

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acted {
    /// It was done, now or by the same request before.
    Done,
    /// The buyer is on another invoice, which replaces this one.
    Replaced,
    /// There is no such invoice.
    Unknown,
    /// It is on its way: what was sent cannot be changed before an answer.
    OnItsWay,
    /// Another invoice replaces it already.
    WasReplaced,
    /// The settings of this store ask for no invoices any more.
    NoSettings,
}

/// Sends an invoice again at once; a refused one with a higher revision.
///
/// # Errors
/// When the database does not keep it.
pub async fn send_again(app: &App, op_id: &str, invoice_id: Uuid) -> db::Result<Acted> {
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return Ok(Acted::Done);
    }
    let Some(mut invoice) = invoices::find_invoice(&mut tx, invoice_id).await? else {
        return Ok(Acted::Unknown);
    };
    if !ask_again(&mut invoice) {
        // It is issued: there is nothing to send.
        return Ok(Acted::Done);
    }
    invoices::update_invoice(&mut tx, &invoice).await?;
    tx.commit().await?;
    told(app);
    Ok(Acted::Done)
}

/// Writes the buyer on an invoice that is not issued, or issues another one with this buyer in its place.
///
/// # Errors
/// When the database does not keep it.
pub async fn set_buyer(
    app: &App,
    seat: &Seat,
    op_id: &str,
    (invoice_id, buyer): (Uuid, &Buyer),
) -> db::Result<Acted> {
    let settings = store::find_settings(app.db().read()).await?;
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return Ok(Acted::Done);
    }
    let Some(mut invoice) = invoices::find_invoice(&mut tx, invoice_id).await? else {
        return Ok(Acted::Unknown);
    };
    let by = Named { by: seat.cashier_id.uuid(), name: seat.cashier.clone(), at_ms: app.clock().now_ms() };
    let buyer = write_buyer(buyer)?;
    let acted = if invoice.state.is_issued() {
        replace_buyer(app, &mut tx, &invoice, (buyer, by), settings.as_ref()).await?
    } else if invoice.state.takes_buyer() {
        let mut following = invoices::find_replacement(&mut tx, invoice.invoice_id).await?;
        (invoice.buyer, invoice.named) = (buyer.clone(), Some(by.clone()));
        ask_again(&mut invoice);
        invoices::update_invoice(&mut tx, &invoice).await?;
        // Goods came back meanwhile: the invoices after this one are for the same buyer.
        while let Some(mut next) = following.filter(|next| next.state.takes_buyer()) {
            (next.buyer, next.named) = (buyer.clone(), Some(by.clone()));
            invoices::update_invoice(&mut tx, &next).await?;
            following = invoices::find_replacement(&mut tx, next.invoice_id).await?;
        }
        Acted::Done
    } else {
        Acted::OnItsWay
    };
    if matches!(acted, Acted::Done | Acted::Replaced) {
        tx.commit().await?;
        told(app);
    }
    Ok(acted)
}

/// Issues another invoice with this buyer in the place of an issued one.
async fn replace_buyer(
    app: &App,
    tx: &mut Tx,
    issued: &Invoice,
    (buyer, by): (Option<String>, Named),
    settings: Option<&StoreRow>,
) -> db::Result<Acted> {
    let Some(setup) = Setup::of(settings) else { return Ok(Acted::NoSettings) };
    if invoices::find_replacement(tx, issued.invoice_id).await?.is_some() {
        return Ok(Acted::WasReplaced);
    }
    let document = from_json(&issued.document, "document")?;
    let date = web::format::local_date(app.clock().now_ms());
    replacing::replace(app, tx, issued, (document, buyer, Some(by)), date, Some(&setup)).await?;
    Ok(Acted::Replaced)
}

/// Makes an invoice due at once; false when it is issued.
fn ask_again(invoice: &mut Invoice) -> bool {
    let Ok(state) = invoice.state.after(Event::SendAgain) else { return false };
    if state != invoice.state {
        // A refused one: the taker tells the corrected invoice from a repeated request by this.
        invoice.revision = invoice.revision.saturating_add(1);
    }
    (invoice.state, invoice.tries, invoice.not_before_ms) = (state, 0, 0);
    invoice.problem.clear();
    true
}

fn told(app: &App) {
    app.tell_invoiceable();
    app.tell_changed();
}
