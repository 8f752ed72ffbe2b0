//! The catalogue's way to the store: pages in commit order, each applied in one transaction with its cursor.

use protocol::wire::{PAGE_CHANGES_MAX, Problem, ReadProof};
use protocol::{SecretKey, StreamId};

use super::client::{Client, ClientError};
use super::session::SyncError;
use crate::App;
use crate::db::{self, catalogue};

/// How often the catalogue is looked at when nothing else happens.
pub const PULL_EVERY_MS: i64 = 20_000;

/// Pulls one page; returns whether more is waiting. After a change of central's identity, or too long an absence,
/// everything is pulled anew; the journal, carts and receipts stay as they are.
///
/// # Errors
/// When central does not answer or the database does not keep the page.
pub async fn pull(app: &App, client: &Client, key: &SecretKey, stream: StreamId) -> Result<bool, SyncError> {
    let cursor = catalogue::find_cursor(app.db().read()).await?;
    let from = match cursor {
        Some(cursor) => format!("epoch={}&cursor={}", cursor.central_epoch, cursor.change_seq),
        None => "cursor=0".to_owned(),
    };
    let path = format!("/sync/v1/catalogue?{from}&limit={PAGE_CHANGES_MAX}");
    let proof = ReadProof::sign(key, &path, stream, app.clock().now_ms());
    let page = match client.catalogue(&path, &proof).await {
        Ok(page) => page,
        Err(ClientError::Refused(Problem::Resync)) => {
            let mut tx = app.db().begin().await?;
            catalogue::begin_resync(&mut tx, app.clock().now_ms()).await?;
            tx.commit().await.map_err(db::Error::from)?;
            return Ok(true);
        }
        Err(error) => return Err(error.into()),
    };
    let (more, changes) = (page.more, page.changes.len());
    if changes > 0 || cursor.is_none() {
        let mut tx = app.db().begin().await?;
        let skipped = catalogue::apply_page(&mut tx, page, app.clock().now_ms()).await?;
        tx.commit().await.map_err(db::Error::from)?;
        for id in skipped {
            tracing::warn!(id, "a row of the catalogue cannot be read by this version");
        }
        app.tell_changed();
    }
    Ok(more)
}
