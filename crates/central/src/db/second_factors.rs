//! Second factors of logins: the secrets from which codes by time are made.

use domain::ids::UserId;
use sqlx::FromRow;

use super::engine::{Db, Tx, sql};
use crate::error::Result;

/// A person's factor.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SecondFactor {
    /// What the codes are made from.
    pub secret: Vec<u8>,
    /// When the person typed a first code, UTC milliseconds; only from then on it is asked for.
    pub confirmed_at_ms: Option<i64>,
    /// The last step of thirty seconds whose code was used.
    pub last_step: i64,
}

/// Returns a person's factor, be it confirmed or not.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, user_id: UserId) -> Result<Option<SecondFactor>> {
    let sql =
        sql!("select secret, confirmed_at_ms, last_step from second_factors where user_id = $1", user_id);
    db.opt(sql).await
}

/// Keeps a new secret that is not confirmed yet; one that is confirmed stays, and then false is returned.
///
/// # Errors
/// When the database fails.
pub async fn begin(tx: &mut Tx, user_id: UserId, secret: &[u8]) -> Result<bool> {
    let sql = sql!(
        "insert into second_factors (user_id, secret, last_step) values ($1, $2, 0)
         on conflict (user_id) do update set secret = excluded.secret, last_step = 0
            where second_factors.confirmed_at_ms is null",
        user_id,
        secret.to_vec()
    );
    Ok(tx.exec(sql).await? > 0)
}

/// Uses the code of a step, which confirms the factor the first time; false when that step or a later one was used
/// already. Of two at once one wins.
///
/// # Errors
/// When the database fails.
pub async fn take_step(tx: &mut Tx, user_id: UserId, step: i64, now_ms: i64) -> Result<bool> {
    let sql = sql!(
        "update second_factors set last_step = $2, confirmed_at_ms = coalesce(confirmed_at_ms, $3)
         where user_id = $1 and last_step < $2",
        user_id,
        step,
        now_ms
    );
    Ok(tx.exec(sql).await? > 0)
}

/// Takes a person's factor away.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, user_id: UserId) -> Result<()> {
    tx.exec(sql!("delete from second_factors where user_id = $1", user_id)).await?;
    Ok(())
}
