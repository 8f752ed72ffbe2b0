//! The worker that brings invoices out. It starts from rows: an invoice of before a crash is sent like any other, and what
//! was on its way is sent again under the same key, so that no lost answer makes a second invoice. It never gives up; it
//! only slows down.

use std::time::Duration;

use domain::invoice::state::{Event, State};

use super::document::{Document, Outgoing};
use super::intent::take_code;
use super::setup::Setup;
use super::{Answer, Problem, from_json};
use crate::App;
use crate::db::invoices::{self, Invoice};
use crate::db::{self, store};
use crate::printing::Next;

/// The pause after a first try that led to nothing; each further one doubles it.
pub const PAUSE_FIRST_MS: i64 = 5_000;
/// The longest pause between two tries.
pub const PAUSE_MOST_MS: i64 = 15 * 60_000;
/// Invoices that get their numbers in one transaction.
const NUMBERED_AT_ONCE: i64 = 100;
/// How often the worker looks when nobody tells it of an invoice.
const IDLE_MS: i64 = 60_000;

/// The way to the taker: when nothing gets through, all invoices wait together.
#[derive(Debug, Default)]
pub struct Way {
    not_before_ms: i64,
    failures: i64,
}

/// Sends what waits, until the program ends.
pub async fn run(app: App) {
    let mut way = Way::default();
    loop {
        let pause_ms = match step(&app, &mut way).await {
            Ok(Next::Again) => continue,
            Ok(Next::WaitUntil(moment_ms)) => {
                moment_ms.saturating_sub(app.clock().now_ms()).clamp(50, IDLE_MS)
            }
            Ok(Next::Idle) => IDLE_MS,
            Err(error) => {
                tracing::error!(%error, "the worker of invoices cannot read its rows");
                PAUSE_FIRST_MS
            }
        };
        let pause = Duration::from_millis(u64::try_from(pause_ms).unwrap_or(1_000));
        tokio::select! {
            // A new invoice, or a person who asks, is worth a try at once.
            () = app.invoiceable() => way.not_before_ms = 0,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Numbers what has no number, and sends the next invoice, if one is due.
///
/// # Errors
/// When the database does not answer.
pub async fn step(app: &App, way: &mut Way) -> db::Result<Next> {
    number_intents(app).await?;
    let Ok(Some(taker)) = app.config().invoice_taker() else { return Ok(Next::Idle) };
    let Some(next) = invoices::find_next(app.db().read()).await? else { return Ok(Next::Idle) };
    let (now_ms, due_ms) = (app.clock().now_ms(), next.not_before_ms.max(way.not_before_ms));
    if due_ms > now_ms {
        return Ok(Next::WaitUntil(due_ms));
    }
    let Some((invoice, outgoing)) = begin(app, &next).await? else { return Ok(Next::Again) };
    let answer = taker.send(outgoing).await;
    finish(app, way, invoice, answer).await?;
    app.tell_changed();
    Ok(Next::Again)
}

/// Gives codes to invoices that were sold while no number was left.
async fn number_intents(app: &App) -> db::Result<()> {
    let settings = store::find_settings(app.db().read()).await?;
    let Some(setup) = Setup::of(settings.as_ref()) else { return Ok(()) };
    if invoices::load_pending(app.db().read()).await?.count == 0 {
        return Ok(());
    }
    let mut tx = app.db().begin().await?;
    for mut invoice in invoices::list_intents(&mut tx, NUMBERED_AT_ONCE).await? {
        // One that cannot be read gets no number, and holds up none behind it.
        let Ok(document) = from_json::<Document>(&invoice.document, "document") else {
            hold(&mut tx, invoice).await?;
            continue;
        };
        // One of before the operator's form changed is for a person.
        if !setup.makes(&document) {
            continue;
        }
        let Some((number, code)) = take_code(&mut tx, &setup, document.date).await? else { break };
        let Ok(state) = invoice.state.after(Event::Numbered) else { continue };
        (invoice.state, invoice.number, invoice.code) = (state, Some(number), Some(code));
        invoices::update_invoice(&mut tx, &invoice).await?;
    }
    Ok(tx.commit().await?)
}

/// Marks an invoice as on its way, before anything leaves: a crash from here on sends the very same again. `None` when a
/// person changed it in between.
async fn begin(app: &App, next: &Invoice) -> db::Result<Option<(Invoice, Outgoing)>> {
    let mut tx = app.db().begin().await?;
    let Some(mut invoice) = invoices::find_invoice(&mut tx, next.invoice_id).await? else { return Ok(None) };
    let (Ok(state), Some(code)) = (invoice.state.after(Event::Sending), invoice.code.clone()) else {
        return Ok(None);
    };
    let Ok(outgoing) = outgoing(&mut tx, &invoice, code).await else {
        invoice.state = state.after(Event::Rejected).unwrap_or(state);
        hold(&mut tx, invoice).await?;
        tx.commit().await?;
        return Ok(None);
    };
    (invoice.state, invoice.tries) = (state, invoice.tries.saturating_add(1));
    invoices::update_invoice(&mut tx, &invoice).await?;
    tx.commit().await?;
    Ok(Some((invoice, outgoing)))
}

async fn outgoing(tx: &mut db::Tx, invoice: &Invoice, code: String) -> db::Result<Outgoing> {
    let mut document: Document = from_json(&invoice.document, "document")?;
    if let (None, Some(replaces)) = (&document.replaces, invoice.replaces)
        && let Some(former) = invoices::find_invoice(tx, replaces).await?
    {
        // It had no number yet when this one was written.
        let told: Document = from_json(&former.document, "document")?;
        document.replaces = former.code.as_deref().map(|code| told.replaced(code, former.number));
    }
    Ok(Outgoing {
        id: invoice.invoice_id,
        revision: invoice.revision,
        code,
        number: invoice.number.and_then(domain::invoice::code::AuthorityCode::short_number),
        invoice: document,
        buyer: invoice.buyer.as_deref().map(|buyer| from_json(buyer, "buyer")).transpose()?,
    })
}

/// Keeps that what is stored of an invoice cannot be read, for a person to see.
async fn hold(tx: &mut db::Tx, invoice: Invoice) -> db::Result<()> {
    if invoice.problem != Problem::Damaged.code() {
        tracing::error!(invoice_id = %invoice.invoice_id, "a stored invoice cannot be read");
    }
    let held = Invoice { problem: Problem::Damaged.code().to_owned(), ..invoice };
    invoices::update_invoice(tx, &held).await
}

/// Keeps what the taker said.
async fn finish(app: &App, way: &mut Way, sent: Invoice, answer: Answer) -> db::Result<()> {
    let now_ms = app.clock().now_ms();
    let own_pause_ms = pause_ms(sent.tries);
    let mut invoice = Invoice { problem: String::new(), ..sent };
    let (event, pause_ms) = match answer {
        Answer::Accepted { reference } => {
            (invoice.reference, invoice.answered_at_ms) = (reference, Some(now_ms));
            (Event::Accepted, 0)
        }
        Answer::Rejected { reason } => {
            (invoice.problem, invoice.answered_at_ms) = (reason, Some(now_ms));
            (Event::Rejected, 0)
        }
        Answer::NotReached { problem } => {
            invoice.problem = problem.code().to_owned();
            way.failures = way.failures.saturating_add(1);
            way.not_before_ms = now_ms.saturating_add(pause_ms(way.failures));
            // All wait for the way; this one need not wait longer than the others.
            (Event::NotReached, 0)
        }
        Answer::Unknown { problem, wait_s } => {
            invoice.problem = problem.map_or_else(String::new, |problem| problem.code().to_owned());
            (Event::NoAnswerYet, wait_s.map_or(own_pause_ms, |wait_s| wait_s.saturating_mul(1_000)))
        }
    };
    if event != Event::NotReached {
        *way = Way::default();
    }
    tracing::info!(invoice_id = %invoice.invoice_id, tries = invoice.tries, ?event, "an invoice was sent");
    let Ok(state) = invoice.state.after(event) else { return Ok(()) };
    (invoice.state, invoice.not_before_ms) =
        (state, if pause_ms == 0 { 0 } else { now_ms.saturating_add(pause_ms) });
    if state == State::Waiting {
        // It did not leave: that was no try.
        invoice.tries = invoice.tries.saturating_sub(1);
    }
    let mut tx = app.db().begin().await?;
    invoices::update_invoice(&mut tx, &invoice).await?;
    Ok(tx.commit().await?)
}

/// Returns the pause after so many tries that led to nothing.
fn pause_ms(tries: i64) -> i64 {
    let doublings = u32::try_from(tries.clamp(1, 20) - 1).unwrap_or(0);
    PAUSE_FIRST_MS.saturating_mul(1 << doublings).min(PAUSE_MOST_MS)
}

#[cfg(test)]
mod tests {
    use super::pause_ms;

    #[test]
    fn pauses_grow_to_a_limit() {
        for (tries, expected) in [
            (0, 5_000),
            (1, 5_000),
            (2, 10_000),
            (5, 80_000),
            (8, 640_000),
            (9, 900_000),
            (i64::MAX, 900_000),
        ] {
            assert_eq!(pause_ms(tries), expected, "{tries}");
        }
    }
}
