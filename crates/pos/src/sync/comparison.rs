//! Comparing a journal with central: as many entries, and the same ones. Central signs what it has last; this computer looks at
//! what it has there, and keeps the outcome with its time, so that people can see it at the till.

use protocol::Position;

use super::session::SyncError;
use crate::App;
use crate::db::comparisons::{self, Comparison};
use crate::db::streams::Stream;
use crate::db::{self, entries};

/// How often a till that sells all day compares: with nothing to send, it does so at every look at central.
pub const COMPARE_EVERY_MS: i64 = 60 * 60 * 1_000;

/// Compares a journal with central's word of its last entry there, which the caller has checked.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn compare(app: &App, stream: &Stream, central: Position) -> Result<(), SyncError> {
    if central.seq == 0 {
        return Ok(());
    }
    let pool = app.db().read();
    let comparison = Comparison {
        stream_no: stream.stream_no,
        stream: stream.stream,
        compared_at_ms: app.clock().now_ms(),
        central,
        own_entries: comparisons::count_up_to(pool, stream.stream_no, central.seq).await?,
        own_hash: entries::find_hash(pool, stream.stream_no, central.seq).await?,
    };
    if !comparison.agrees() {
        tracing::error!(stream = %stream.stream, seq = central.seq, "central has another journal than this computer");
    }
    let mut tx = app.db().begin().await?;
    comparisons::upsert_comparison(&mut tx, &comparison).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(())
}
