//! Signed-in browsers. Only a digest of the cookie is stored, so that a copy of the file opens no session.

use async_trait::async_trait;
use domain::ids::CashierId;
use protocol::Hash;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use uuid::Uuid;

use super::{Db, Tx};

/// Under which name a session keeps its cashier.
pub const CASHIER: &str = "cashier";

/// Login sessions in the store's database.
#[derive(Debug, Clone)]
pub struct LoginSessions(Db);

impl LoginSessions {
    /// Keeps sessions in this database.
    pub const fn new(db: Db) -> Self {
        Self(db)
    }

    /// Writes a new session, or one that is there. What was deleted stays so: a request that was under way while
    /// somebody signed out does not sign in again.
    async fn write(&self, record: &Record, is_new: bool) -> super::Result<()> {
        let body = serde_json::to_string(&record.data).unwrap_or_default();
        let cashier =
            record.data.get(CASHIER).and_then(|value| value.as_str()).and_then(|id| Uuid::try_parse(id).ok());
        let statement = if is_new {
            "insert into login_sessions (session_hash, cashier_id, body, expires_at_ms) values ($1, $2, $3, $4)"
        } else {
            "update login_sessions set cashier_id = $2, body = $3, expires_at_ms = $4 where session_hash = $1"
        };
        let mut tx = self.0.begin().await?;
        sqlx::query(statement)
            .bind(digest(record.id))
            .bind(cashier)
            .bind(body)
            .bind(milliseconds(record.expiry_date))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl SessionStore for LoginSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not collide; a stored session is never taken over all the same: its key is unique.
        self.write(record, true).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.write(record, false).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row: Option<(String, i64)> =
            sqlx::query_as("select body, expires_at_ms from login_sessions where session_hash = $1")
                .bind(digest(*id))
                .fetch_optional(self.0.read())
                .await
                .map_err(|error| backend(error.into()))?;
        let Some((body, expires_at_ms)) = row else { return Ok(None) };
        let data = serde_json::from_str(&body).map_err(|error| Error::Decode(error.to_string()))?;
        let nanoseconds = i128::from(expires_at_ms) * 1_000_000;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let delete = async {
            let mut tx = self.0.begin().await?;
            sqlx::query("delete from login_sessions where session_hash = $1")
                .bind(digest(*id))
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            super::Result::Ok(())
        };
        delete.await.map_err(backend)
    }
}

/// Ends every login of a person.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_of(tx: &mut Tx, cashier_id: CashierId) -> super::Result<()> {
    sqlx::query("delete from login_sessions where cashier_id = $1")
        .bind(cashier_id.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets expired sessions.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_expired(tx: &mut Tx, now_ms: i64) -> super::Result<()> {
    sqlx::query("delete from login_sessions where expires_at_ms < $1")
        .bind(now_ms)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn digest(id: Id) -> Vec<u8> {
    Hash::of(&[b"login-session\0", &id.0.to_be_bytes()]).bytes().to_vec()
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn backend(error: super::Error) -> Error {
    Error::Backend(error.to_string())
}
