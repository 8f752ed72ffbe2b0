//! Keys with which a person's programs read what the person may read.

use domain::ids::UserId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use super::secret::Secret;
use crate::error::Result;

const OPENS: &str = "ocop-api-key";

/// A key as it is kept, without the key.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ApiKey {
    /// Its identity.
    pub id: Uuid,
    /// What it is for, in the person's words.
    pub name: String,
    /// When it was made, UTC milliseconds.
    pub made_at_ms: i64,
    /// The last day on which it was used, in Vietnam.
    pub used_on: Option<Date>,
}

/// Keeps a key.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, user_id: UserId, key: &ApiKey, secret: &Secret) -> Result<()> {
    tx.exec(sql!(
        "insert into api_keys (id, user_id, name, key_hash, made_at_ms) values ($1, $2, $3, $4, $5)",
        key.id,
        user_id,
        &key.name,
        secret.hash(OPENS),
        key.made_at_ms
    ))
    .await?;
    Ok(())
}

/// Returns a person's keys, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, user_id: UserId) -> Result<Vec<ApiKey>> {
    let sql = sql!(
        "select id, name, made_at_ms, used_on from api_keys where user_id = $1 order by made_at_ms desc, id",
        user_id
    );
    db.all(sql).await
}

/// Takes a key away; false when the person has no such key.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, user_id: UserId, id: Uuid) -> Result<bool> {
    Ok(tx.exec(sql!("delete from api_keys where user_id = $1 and id = $2", user_id, id)).await? > 0)
}

/// Takes all keys of a person away: when logins are ended because somebody else may have them.
///
/// # Errors
/// When the database fails.
pub async fn delete_of_user(tx: &mut Tx, user_id: UserId) -> Result<()> {
    tx.exec(sql!("delete from api_keys where user_id = $1", user_id)).await?;
    Ok(())
}

/// Returns whose key this is. It is looked for by its digest, so the time that it takes tells nothing of the key.
///
/// # Errors
/// When the database fails.
pub async fn find_user(db: &Db, secret: &Secret) -> Result<Option<UserId>> {
    let found: Option<(Uuid,)> =
        db.opt(sql!("select user_id from api_keys where key_hash = $1", secret.hash(OPENS))).await?;
    Ok(found.map(|(id,)| id.into()))
}

/// Notes the day on which a key was used; on the same day it changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn note_use(db: &Db, secret: &Secret, day: Date) -> Result<()> {
    let sql = sql!(
        "update api_keys set used_on = $2 where key_hash = $1 and (used_on is null or used_on < $2)",
        secret.hash(OPENS),
        day
    );
    // Asked first, since every statement that may write takes the writer's turn.
    let is_new: Option<(Uuid,)> = db
        .opt(sql!(
            "select id from api_keys where key_hash = $1 and (used_on is null or used_on < $2)",
            secret.hash(OPENS),
            day
        ))
        .await?;
    if is_new.is_some() {
        db.exec(sql).await?;
    }
    Ok(())
}
