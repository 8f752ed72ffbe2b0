//! Keys with which a producer's pages are read without a password.

use domain::ids::ProducerId;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use super::secret::Secret;
use super::users::ProducerScope;
use crate::error::Result;

const OPENS: &str = "ocop-reading-key";

/// Gives a producer a key; the one before stops at once.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, producer_id: ProducerId, key: &Secret, now_ms: i64) -> Result<()> {
    tx.exec(sql!(
        "insert into reading_keys (producer_id, key_hash, made_at_ms) values ($1, $2, $3)
         on conflict (producer_id) do update set key_hash = excluded.key_hash, made_at_ms = excluded.made_at_ms",
        producer_id,
        key.hash(OPENS),
        now_ms
    ))
    .await?;
    Ok(())
}

/// Takes a producer's key away; false when there was none.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, producer_id: ProducerId) -> Result<bool> {
    Ok(tx.exec(sql!("delete from reading_keys where producer_id = $1", producer_id)).await? == 1)
}

/// Returns what a key lets be seen. It is looked for by its digest, so the time that it takes tells nothing of the key.
///
/// # Errors
/// When the database fails.
pub async fn find_scope(db: &Db, key: &Secret) -> Result<Option<ProducerScope>> {
    let sql = sql!("select producer_id from reading_keys where key_hash = $1", key.hash(OPENS));
    let found: Option<(Uuid,)> = db.opt(sql).await?;
    Ok(found.map(|(id,)| ProducerScope::of_reading_key(id.into())))
}

/// Returns when a producer's key was made, UTC milliseconds; `None` without one.
///
/// # Errors
/// When the database fails.
pub async fn find_made_at(db: &Db, scope: ProducerScope) -> Result<Option<i64>> {
    find_made_at_of(db, scope.producer_id()).await
}

/// The same for whoever hands keys out.
///
/// # Errors
/// When the database fails.
pub async fn find_made_at_of(db: &Db, producer_id: ProducerId) -> Result<Option<i64>> {
    let sql = sql!("select made_at_ms from reading_keys where producer_id = $1", producer_id);
    let found: Option<(i64,)> = db.opt(sql).await?;
    Ok(found.map(|(at_ms,)| at_ms))
}
