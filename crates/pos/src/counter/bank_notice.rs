//! What the bank tells by way of central. A claimed transfer of a finished sale is confirmed when exactly what is due came:
//! nobody presses anything, and the entry says so. Any other amount is left for a person.

use domain::Money;
use domain::arrival::Arrival;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use protocol::payload::confirmed::BANK_NOTICE;
use protocol::wire::BankNoticeRow;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::bank_file::odd_since_ms;
use super::open_tender::{Came, append};
use super::{CounterError, Note, Result};
use crate::App;
use crate::db::bank_notices::ToldRow;
use crate::db::counters::{self, Counter};
use crate::db::{Tx, bank_notices, open_tenders};

/// So many that could not be confirmed at once are looked at again at a time.
const SETTLED_MOST: i64 = 200;
/// So many of the newest are compared.
const ODD_MOST: i64 = 100;

/// Keeps what central told of a sale, and confirms the sale's claimed transfer if that settles it. Told again, after a lost
/// answer or a restart, it changes nothing. Returns whether anything was new.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn hear(app: &App, sale_id: SaleId, rows: &[BankNoticeRow]) -> Result<bool> {
    // It is asked every two seconds: what is known keeps nobody from writing.
    let known = bank_notices::list_known(app.db().read(), sale_id).await?;
    let is_new = |row: &&BankNoticeRow| !known.iter().any(|(notice, _)| *notice == row.notice);
    for (notice, vnd) in &known {
        if rows.iter().any(|row| row.notice == *notice && row.amount != *vnd) {
            tracing::warn!(notice, "the bank's notice is told with another amount: the first one stays");
        }
    }
    if !rows.iter().any(|row| is_new(&row)) {
        return Ok(false);
    }
    let (mut tx, now_ms) = (app.db().begin().await?, app.clock().now_ms());
    for row in rows.iter().filter(is_new) {
        bank_notices::insert_notice(&mut tx, sale_id, row, now_ms).await?;
    }
    finish(app, tx, sale_id).await?;
    app.tell_changed();
    Ok(true)
}

/// Confirms what could not be when the bank told of it, since no shift was open.
///
/// # Errors
/// As [`hear`].
pub async fn settle_all(app: &App) -> Result<()> {
    for sale_id in bank_notices::list_claimed_and_told(app.db().read(), SETTLED_MOST).await? {
        let sale_id = SaleId::from_uuid(sale_id);
        let mut reader = app.db().read().acquire().await?;
        let is_exact = is_exact(&mut reader, sale_id).await?;
        drop(reader);
        if is_exact {
            finish(app, app.db().begin().await?, sale_id).await?;
        }
    }
    Ok(())
}

/// Says whether the bank told of exactly what is due of a finished sale.
async fn is_exact(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<bool> {
    let due = bank_notices::load_due(connection, sale_id).await?;
    let came = bank_notices::load_came(connection, sale_id).await?;
    Ok(Arrival::of(due, came) == Arrival::Exact)
}

/// Confirms if there is something to confirm, commits, and tells the counter.
async fn finish(app: &App, mut tx: Tx, sale_id: SaleId) -> Result<()> {
    let confirmed = confirm(app, &mut tx, sale_id).await?;
    tx.commit().await?;
    if let Some((counter, note)) = confirmed {
        app.bank_watch().arrived(&counter, note);
        app.tell_appended();
        app.tell_changed();
    }
    Ok(())
}

/// Appends the entry; returns at which counter it counts, and what there is to tell there.
async fn confirm(app: &App, tx: &mut Tx, sale_id: SaleId) -> Result<Option<(String, Note)>> {
    let Some(open) = open_tenders::find_open(tx, sale_id, TenderKind::Claimed).await? else {
        return Ok(None);
    };
    if !is_exact(tx, sale_id).await? {
        return Ok(None);
    }
    let Some(counter) = bank_notices::find_counter(tx, sale_id).await? else { return Ok(None) };
    let Counter { store, shift, .. } = counters::load_counter(tx, &counter).await?;
    let (Some(store), Some(shift)) = (store, shift) else { return Err(CounterError::NotEnrolled) };
    let tender = Tender { kind: TenderKind::VietQr, amount: Money::new(open.left_vnd) };
    let came = Came { sale_id, from: TenderKind::Claimed, tender, source: Some(BANK_NOTICE) };
    // Nobody did it.
    append(app, tx, (&store, &shift), &open, &came, Uuid::nil()).await?;
    Ok(Some((counter, Note::BankTold { receipt: open.receipt_number, amount_vnd: open.left_vnd })))
}

/// A transfer that the bank told of, and that is not what the books say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddTransfer {
    /// What the bank told.
    pub told: ToldRow,
    /// What the books say, đồng; 0 where no sale was made, or none by transfer.
    pub due_vnd: i64,
}

/// Returns what a person should look at: money that came for no sale, or another amount than its sale's.
///
/// # Errors
/// When the database does not answer.
pub async fn list_odd(app: &App) -> Result<Vec<OddTransfer>> {
    let mut reader = app.db().read().acquire().await?;
    let since_ms = odd_since_ms(app.clock().now_ms());
    let mut odd = Vec::new();
    for told in bank_notices::list_told(&mut reader, since_ms, ODD_MOST).await? {
        let due = bank_notices::load_due(&mut reader, SaleId::from_uuid(told.sale_id)).await?;
        if due.vnd() != told.came_vnd {
            odd.push(OddTransfer { told, due_vnd: due.vnd() });
        }
    }
    Ok(odd)
}
