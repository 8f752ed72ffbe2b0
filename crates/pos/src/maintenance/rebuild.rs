//! Folding the journal anew: all projections are dropped and made again from the entries' stored bytes.

use protocol::Entry;

use crate::App;
use crate::db::projection::{ProjectError, clear, project};
use crate::db::{self, Tx, entries, streams};

/// How many rows are read at a time.
const ROWS: i64 = 1_000;

/// Why the journal could not be folded.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// An entry is not what it was when it was written.
    #[error("stream {stream}: entry {seq} is damaged; restore a backup made before that")]
    Damaged {
        /// Which stream.
        stream: String,
        /// Which entry.
        seq: i64,
    },
    /// An entry cannot be folded.
    #[error("stream {stream}: entry {seq}: {why}")]
    Project {
        /// Which stream.
        stream: String,
        /// Which entry.
        seq: i64,
        /// Why.
        why: ProjectError,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Makes all projections anew and keeps them; returns how many entries were folded.
///
/// # Errors
/// When an entry is damaged or the database does not answer; everything is then as before.
pub async fn rebuild(app: &App) -> Result<i64, RebuildError> {
    let mut tx = app.db().begin().await?;
    let folded = replay(&mut tx).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(folded)
}

/// Makes all projections anew in a transaction of the caller's.
pub(crate) async fn replay(tx: &mut Tx) -> Result<i64, RebuildError> {
    clear(tx).await?;
    let mut folded = 0;
    for stream in streams::list_streams(&mut **tx).await? {
        let mut after = 0;
        loop {
            let rows = entries::list_after(&mut **tx, stream.stream_no, after, ROWS).await?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            for row in rows {
                let seq = row.seq;
                let name = || stream.stream.to_string();
                let (entry, private): (Entry, _) =
                    row.read().ok_or_else(|| RebuildError::Damaged { stream: name(), seq })?;
                project(tx, stream.stream.store_id, stream.stream_no, &entry, private.as_deref())
                    .await
                    .map_err(|why| RebuildError::Project { stream: name(), seq, why })?;
                folded += 1;
            }
        }
    }
    Ok(folded)
}
