//! Login sessions for `tower-sessions`, in our own table. The token is stored as its hash, and the person's id beside it,
//! so that all sessions of a person can be ended.

use std::cmp::Reverse;

use async_trait::async_trait;
use clock::Clock;
use domain::ids::UserId;
use protocol::Hash;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error as StoreError, Result as StoreResult};
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use crate::error::{Error, Result};

/// The key of session data that holds the person's id as text; set at login.
pub const USER_KEY: &str = "user_id";

/// The key of session data under which it stands where the login was; see [`Whereabouts`].
pub const WHEREABOUTS_KEY: &str = "whereabouts";

/// The key of session data that holds when the login began, UTC milliseconds.
pub const SIGNED_IN_KEY: &str = "signed_in_at_ms";

/// The key of session data that holds when the login was last used, UTC milliseconds; a minute may be missing.
pub const SEEN_KEY: &str = "seen_at_ms";

/// So long lasts a login at most (ASVS 7.3.2).
pub const LIFE_MS: i64 = 12 * 60 * 60 * 1_000;

/// Keeps sessions in the database.
#[derive(Debug, Clone)]
pub struct LoginSessions {
    db: Db,
    clock: Clock,
}

impl LoginSessions {
    /// Keeps them here; they expire by this clock.
    pub const fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// Removes sessions that have expired; returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_expired(&self) -> Result<u64> {
        let sql = sql!("delete from login_sessions where expires_at_ms <= $1", self.clock.now_ms());
        self.db.exec(sql).await
    }

    /// Not the record's own date, which follows the machine's clock.
    fn expires_at_ms(&self) -> i64 {
        self.clock.now_ms().saturating_add(LIFE_MS)
    }

    async fn insert(&self, record: &Record) -> StoreResult<()> {
        let sql = sql!(
            "insert into login_sessions (token_hash, user_id, data, expires_at_ms) values ($1, $2, $3, $4)",
            hash_of(record.id),
            user_of(record),
            data_of(record)?,
            self.expires_at_ms()
        );
        self.db.exec(sql).await.map_err(backend)?;
        Ok(())
    }
}

fn user_of(record: &Record) -> Option<UserId> {
    record.data.get(USER_KEY).and_then(|value| value.as_str()?.parse::<UserId>().ok())
}

fn data_of(record: &Record) -> StoreResult<String> {
    serde_json::to_string(&record.data).map_err(|e| StoreError::Encode(e.to_string()))
}

/// Ends every session of a person: at a change of password or role, and when the person is disabled.
///
/// # Errors
/// When the database fails.
pub async fn delete_of_user(tx: &mut Tx, user_id: UserId) -> Result<()> {
    tx.exec(sql!("delete from login_sessions where user_id = $1", user_id)).await?;
    Ok(())
}

/// Where a login was made: kept with the session, and gone with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// What the browser says it is, at most 200 characters.
    pub agent: String,
    /// Its network, as the throttle counts it.
    pub network: String,
}

/// An open login of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Names the session without opening it: the hash of its token.
    pub id: Hash,
    /// When it began, UTC milliseconds.
    pub signed_in_at_ms: i64,
    /// When it was last used, UTC milliseconds.
    pub seen_at_ms: i64,
    /// Where.
    pub whereabouts: Whereabouts,
}

#[derive(FromRow)]
struct OpenRow {
    token_hash: Vec<u8>,
    data: String,
}

/// What of a session's data tells where and when.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    signed_in_at_ms: i64,
    seen_at_ms: i64,
    whereabouts: Whereabouts,
}

impl OpenRow {
    fn read(self) -> Result<Open> {
        let id = Hash::from_slice(&self.token_hash);
        let id = id.map_err(|_| Error::damaged("login_sessions", "a row", "its name is no hash"))?;
        // Data of an older program lacks some of it.
        let Data { signed_in_at_ms, seen_at_ms, whereabouts } =
            serde_json::from_str(&self.data).unwrap_or_default();
        Ok(Open { id, signed_in_at_ms, seen_at_ms, whereabouts })
    }
}

/// Returns the open logins of a person, the one that was used last first.
///
/// # Errors
/// When the database fails.
pub async fn list_of_user(db: &Db, user_id: UserId, now_ms: i64) -> Result<Vec<Open>> {
    let sql = sql!(
        "select token_hash, data from login_sessions where user_id = $1 and expires_at_ms > $2",
        user_id,
        now_ms
    );
    let rows: Vec<OpenRow> = db.all(sql).await?;
    let mut open = rows.into_iter().map(OpenRow::read).collect::<Result<Vec<_>>>()?;
    open.sort_by_key(|session| (Reverse(session.seen_at_ms), session.id));
    Ok(open)
}

/// Ends one login of a person; returns whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn delete_one(tx: &mut Tx, user_id: UserId, id: Hash) -> Result<bool> {
    let sql = sql!("delete from login_sessions where user_id = $1 and token_hash = $2", user_id, id);
    Ok(tx.exec(sql).await? > 0)
}

/// Ends the logins of a person but one: at a change of password by the person.
///
/// # Errors
/// When the database fails.
pub async fn delete_others(tx: &mut Tx, user_id: UserId, but: Hash) -> Result<()> {
    tx.exec(sql!("delete from login_sessions where user_id = $1 and token_hash <> $2", user_id, but)).await?;
    Ok(())
}

#[derive(FromRow)]
struct SessionRow {
    data: String,
    expires_at_ms: i64,
}

#[async_trait]
impl SessionStore for LoginSessions {
    async fn create(&self, record: &mut Record) -> StoreResult<()> {
        // 128 random bits do not meet again; were they to, the cookie of another person would be overwritten.
        let sql = sql!("select user_id from login_sessions where token_hash = $1", hash_of(record.id));
        while self.db.opt::<(Option<Uuid>,)>(sql.clone()).await.map_err(backend)?.is_some() {
            record.id = Id::default();
        }
        self.insert(record).await
    }

    /// Writes a session that is there; one that was ended meanwhile stays ended, whatever a slow request still knows of it.
    async fn save(&self, record: &Record) -> StoreResult<()> {
        let sql = sql!(
            "update login_sessions set user_id = $2, data = $3, expires_at_ms = $4 where token_hash = $1",
            hash_of(record.id),
            user_of(record),
            data_of(record)?,
            self.expires_at_ms()
        );
        self.db.exec(sql).await.map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> StoreResult<Option<Record>> {
        let sql = sql!(
            "select data, expires_at_ms from login_sessions where token_hash = $1 and expires_at_ms > $2",
            hash_of(*id),
            self.clock.now_ms()
        );
        let Some(row) = self.db.opt::<SessionRow>(sql).await.map_err(backend)? else { return Ok(None) };
        let data = serde_json::from_str(&row.data).map_err(|e| StoreError::Decode(e.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(row.expires_at_ms) * 1_000_000)
                .map_err(|e| StoreError::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> StoreResult<()> {
        let sql = sql!("delete from login_sessions where token_hash = $1", hash_of(*id));
        self.db.exec(sql).await.map_err(backend)?;
        Ok(())
    }
}

/// Returns what names a session without opening it.
pub fn hash_of(id: Id) -> Hash {
    Hash::of(&[b"ocop-login-session\0", &id.0.to_be_bytes()])
}

fn backend(error: Error) -> StoreError {
    StoreError::Backend(error.to_string())
}
