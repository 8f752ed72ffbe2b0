//! Links by which a person chooses a password, once.

use domain::ids::UserId;
use sqlx::FromRow;

use super::engine::{Db, Tx, sql};
use super::secret::Secret;
use crate::error::Result;

const OPENS: &str = "ocop-welcome-link";

/// A link as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct WelcomeLink {
    /// Whose password it lets be chosen.
    #[sqlx(try_from = "uuid::Uuid")]
    pub user_id: UserId,
    /// When it is over, UTC milliseconds.
    pub expires_at_ms: i64,
    /// When it was used.
    pub used_at_ms: Option<i64>,
}

/// Gives a person a link; the one before stops at once.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, user_id: UserId, token: &Secret, expires_at_ms: i64) -> Result<()> {
    tx.exec(sql!(
        "insert into welcome_links (user_id, token_hash, expires_at_ms) values ($1, $2, $3)
         on conflict (user_id) do update set token_hash = excluded.token_hash,
            expires_at_ms = excluded.expires_at_ms, used_at_ms = null",
        user_id,
        token.hash(OPENS),
        expires_at_ms
    ))
    .await?;
    Ok(())
}

/// Returns a link, be it used or over.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, token: &Secret) -> Result<Option<WelcomeLink>> {
    let hash = token.hash(OPENS);
    db.opt(sql!("select user_id, expires_at_ms, used_at_ms from welcome_links where token_hash = $1", hash))
        .await
}

/// Uses a link up, and returns whose it is; `None` when it was used, is over, or never was one. Of two at once one wins.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, token: &Secret, now_ms: i64) -> Result<Option<UserId>> {
    let sql = sql!(
        "update welcome_links set used_at_ms = $2
         where token_hash = $1 and used_at_ms is null and expires_at_ms > $2 returning user_id",
        token.hash(OPENS),
        now_ms
    );
    let found: Option<(uuid::Uuid,)> = tx.opt(sql).await?;
    Ok(found.map(|(id,)| id.into()))
}
