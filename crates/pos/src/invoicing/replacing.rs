//! An invoice that takes another one's place. Nothing is ever cancelled: whatever changes after the sale, a buyer's name or
//! goods that come back, is told by a new invoice with a code of its own, which names the one before it and leaves after it.

use ::receipts::snapshot::SnapshotInvoice;
use domain::ids::SaleId;
use domain::invoice::content::Content;
use domain::invoice::symbol::Form;
use domain::refund::remaining::Row;
use domain::sale::SaleLine;
use time::Date;

use super::document::Document;
use super::from_json;
use super::intent::{new, take_code};
use super::setup::Setup;
use crate::App;
use crate::counter::Result;
use crate::db::invoices::{self, Invoice, Named};
use crate::db::{self, Tx};

/// Goods that came back of a sale, and what is left of it.
pub(crate) struct Back<'a> {
    /// The sale.
    pub(crate) sale_id: SaleId,
    /// Its rows, which know what came back by now.
    pub(crate) rows: &'a [Row],
    /// Every line of the sale is among them.
    pub(crate) is_whole: bool,
    /// The number on the slip.
    pub(crate) slip: &'a str,
    /// The day of the shift.
    pub(crate) date: Date,
}

/// Writes the invoice that replaces the last one of a sale of which goods came back: it says what is left. When all of it
/// came back no goods are left on it, the total is zero and its note names the slip. Nothing is written for a sale that
/// has no invoice. Returns its code for the slip, when it has one already.
///
/// # Errors
/// When the database does not keep it; then the refund is not kept either.
pub(crate) async fn record(
    app: &App,
    tx: &mut Tx,
    setup: Option<&Setup<'_>>,
    back: &Back<'_>,
) -> Result<Option<SnapshotInvoice>> {
    let Some(last) = invoices::find_last_of_sale(tx, back.sale_id).await? else { return Ok(None) };
    if !back.is_whole {
        // An invoice of the lines that are known would say that the others were never sold.
        tracing::error!(sale_id = %back.sale_id, "no replacing invoice: lines of this sale are not on this computer");
        return Ok(None);
    }
    let before: Document = from_json(&last.document, "document")?;
    let left = back.rows.iter().filter_map(|row| row.rest().transpose());
    let left: Vec<SaleLine> = left.collect::<std::result::Result<_, _>>()?;
    let form = form_of(&before, setup);
    let note = format!("Hàng trả lại theo phiếu {}", back.slip);
    let document = Document { form: form.digit(), title: form.title().to_owned(), note, ..before }
        .with_content(&Content::of(form, &left)?);
    let buyer = last.buyer.clone();
    let replacement = replace(app, tx, &last, (document, buyer, None), back.date, setup).await?;
    let lookup = setup.map(|setup| setup.row.lookup_url.clone()).unwrap_or_default();
    Ok(replacement.code.map(|code| SnapshotInvoice { code, lookup }))
}

/// An operator that makes invoices of another form by now, because its legal form changed, replaces former ones by those.
fn form_of(before: &Document, setup: Option<&Setup<'_>>) -> Form {
    let before = if before.form == Form::Vat.digit() { Form::Vat } else { Form::Sales };
    setup.map_or(before, |setup| setup.symbol.form())
}

/// Writes the invoice that takes another one's place: a date and a code of its own, and what `document` says of goods.
/// While the settings ask for no invoices any more, or for those of another form, it waits for a number, like one for which
/// the range had none left.
pub(super) async fn replace(
    app: &App,
    tx: &mut Tx,
    before: &Invoice,
    (document, buyer, named): (Document, Option<String>, Option<Named>),
    date: Date,
    setup: Option<&Setup<'_>>,
) -> db::Result<Invoice> {
    let told: Document = from_json(&before.document, "document")?;
    let setup = setup.filter(|setup| setup.makes(&document));
    let now_ms = app.clock().now_ms();
    let document = Document {
        date,
        time: web::format::local_time_text(now_ms),
        symbol: setup.map_or_else(|| document.symbol.clone(), |setup| setup.symbol.on(date)),
        // One that waits for its own number is named when this one leaves, which is after it.
        replaces: before.code.as_deref().map(|code| told.replaced(code, before.number)),
        ..document
    };
    let numbered = match setup {
        Some(setup) => take_code(tx, setup, date).await?,
        None => None,
    };
    let replacement = Invoice {
        invoice_id: app.clock().new_uuid(),
        sale_id: before.sale_id,
        sold_at_ms: now_ms,
        buyer,
        named,
        replaces: Some(before.invoice_id),
        ..new(&document, numbered)?
    };
    invoices::insert_invoice(tx, &replacement).await?;
    Ok(replacement)
}
