//! Telling central how this computer stands: what the department's board of stores shows beside the journal.

use protocol::wire::{Condition, FAULTS_MAX, PrinterFault, ReadProof, WAITING_SALES_MAX, WaitingInvoices};
use protocol::{SecretKey, StreamId};

use super::client::{Client, ClientError};
use super::session::SyncError;
use crate::App;
use crate::db::invoices::{self, WaitingSale};
use crate::db::streams::Stream;
use crate::db::{self, entries, prints};

/// So often it is told while central answers.
pub const TELL_EVERY_MS: i64 = 5 * 60_000;

/// Reads how this computer stands.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App, stream: &Stream) -> db::Result<Condition> {
    let pool = app.db().read();
    let mut reader = pool.acquire().await.map_err(db::Error::from)?;
    let head = entries::load_head(&mut reader, stream.stream_no).await?;
    let pending = invoices::load_pending(&mut *reader).await?;
    let most = i64::try_from(WAITING_SALES_MAX).unwrap_or(i64::MAX);
    let waiting = invoices::list_waiting_sales(&mut *reader, most).await?;
    drop(reader);
    let standing = prints::list_standing(pool).await?;
    // A paper that waits without a reason is on its way.
    let faults = standing.into_iter().filter(|line| line.troubled > 0 || !line.reason.is_empty());
    let faults =
        faults.take(FAULTS_MAX).map(|line| PrinterFault { counter: line.counter, fault: line.reason });
    Ok(Condition {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        head_seq: head.seq,
        printer_faults: faults.collect(),
        // One that was sold since the others were counted is one more of them.
        invoices_pending: pending.count.max(waiting.iter().map(|sale| sale.waiting).sum()),
        invoices_oldest_ms: pending.oldest_ms,
        invoices_waiting: waiting.into_iter().map(told).collect(),
    })
}

const fn told(sale: WaitingSale) -> WaitingInvoices {
    WaitingInvoices { sale: sale.sale_id, waiting: sale.waiting, refused: sale.refused }
}

/// Tells it. A central of before this does not know the address, and one of the release before takes no more than some hundred sales
/// that wait for their invoices: its board then stands where it stood until either is mended. Nothing counts by it.
pub(super) async fn tell(
    app: &App,
    client: &Client,
    key: &SecretKey,
    stream: &Stream,
) -> Result<(), SyncError> {
    let condition = load(app, stream).await?;
    let body = serde_json::to_vec(&condition).map_err(|error| ClientError::NoAnswer(error.to_string()))?;
    let id: StreamId = stream.stream;
    let path = Condition::path(id, &body);
    let proof = ReadProof::sign(key, &path, id, app.clock().now_ms());
    if let Err(error) = client.tell(&path, &proof, body).await {
        tracing::info!(%error, "central was not told how this computer stands");
    }
    Ok(())
}
