//! Who this central is.

use protocol::StreamId;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use crate::error::Result;

/// Returns central's epoch; `fresh` becomes it when the database is new.
///
/// # Errors
/// When the database fails.
pub async fn load_or_insert_epoch(db: &Db, fresh: Uuid, now_ms: i64) -> Result<Uuid> {
    let mut tx = db.begin().await?;
    tx.exec(sql!(
        "insert into identity (only_row, central_epoch, created_at_ms) values (1, $1, $2)
         on conflict (only_row) do nothing",
        fresh,
        now_ms
    ))
    .await?;
    let (epoch,) = tx.one(sql!("select central_epoch from identity where only_row = 1")).await?;
    tx.commit().await?;
    Ok(epoch)
}

/// Gives central another epoch, after it was restored from a backup.
///
/// # Errors
/// When the database fails.
pub async fn set_epoch(tx: &mut Tx, epoch: Uuid) -> Result<()> {
    tx.exec(sql!("update identity set central_epoch = $1 where only_row = 1", epoch)).await?;
    Ok(())
}

/// Returns a stream's name from its two columns.
pub(crate) fn stream_id(store_id: Uuid, incarnation: Uuid) -> StreamId {
    StreamId { store_id: store_id.into(), incarnation: incarnation.as_u128() }
}
