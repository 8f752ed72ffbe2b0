//! Streams: the journals of stores, each of one incarnation, bound to one key.

use domain::ids::StoreId;
use protocol::{Hash, Position, PublicKey, StreamId};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::identity::stream_id;
use crate::error::{Error, Result};

/// What may happen to a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Enrolled, not yet approved: entries are stored and not counted.
    Held,
    /// Entries are counted.
    Approved,
    /// Two journals with one key were seen: nothing is appended until a person adopts the branches.
    Forked,
    /// The key is no longer trusted.
    Revoked,
}

impl Status {
    /// Returns the name that the table uses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Approved => "approved",
            Self::Forked => "forked",
            Self::Revoked => "revoked",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Held, Self::Approved, Self::Forked, Self::Revoked].into_iter().find(|s| s.code() == code)
    }
}

/// A stream with its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Its name.
    pub id: StreamId,
    /// The key that signs its batches.
    pub public_key: PublicKey,
    /// The key's fingerprint, for people.
    pub fingerprint: String,
    /// The name of the device, as it gave it.
    pub device: String,
    /// What may happen to it.
    pub status: Status,
    /// Small number for people; none before approval.
    pub epoch_no: Option<i64>,
    /// The incarnation that this one continues.
    pub predecessor: Option<u128>,
    /// The position before its first entry.
    pub after: Position,
    /// Σ payable up to there, đồng.
    pub after_grand_total_vnd: i64,
    /// The last entry that central holds.
    pub head: Position,
    /// Σ payable up to there, đồng.
    pub grand_total_vnd: i64,
    /// Where another branch was first seen, and what the mainline has there.
    pub fork: Option<Position>,
    /// When it enrolled, UTC milliseconds.
    pub enrolled_at_ms: i64,
    /// When it was last heard of, UTC milliseconds of central's clock.
    pub heard_at_ms: Option<i64>,
    /// When its last sale came, likewise.
    pub sale_at_ms: Option<i64>,
}

#[derive(FromRow)]
struct StreamRow {
    store_id: Uuid,
    incarnation: Uuid,
    public_key: Vec<u8>,
    fingerprint: String,
    device: String,
    status: String,
    epoch_no: Option<i64>,
    predecessor: Option<Uuid>,
    after_seq: i64,
    after_hash: Vec<u8>,
    after_grand_total_vnd: i64,
    seq: i64,
    hash: Vec<u8>,
    grand_total_vnd: i64,
    fork_at_seq: Option<i64>,
    fork_hash: Option<Vec<u8>>,
    enrolled_at_ms: i64,
    heard_at_ms: Option<i64>,
    sale_at_ms: Option<i64>,
}

const SELECT: &str =
    "select store_id, incarnation, public_key, fingerprint, device, status, epoch_no, predecessor,
    after_seq, after_hash, after_grand_total_vnd, seq, hash, grand_total_vnd, fork_at_seq, fork_hash,
    enrolled_at_ms, heard_at_ms, sale_at_ms from streams";

impl StreamRow {
    fn read(self) -> Result<Stream> {
        let id = stream_id(self.store_id, self.incarnation);
        let damaged = |what: &str| Error::damaged("streams", id, what);
        let hash = |bytes: &[u8]| Hash::from_slice(bytes).map_err(|_| damaged("a hash has not 32 bytes"));
        let fork = match (self.fork_at_seq, &self.fork_hash) {
            (Some(seq), Some(bytes)) => Some(Position { seq, hash: hash(bytes)? }),
            _ => None,
        };
        Ok(Stream {
            id,
            public_key: hex::encode(&self.public_key).parse().map_err(|_| damaged("the key is none"))?,
            fingerprint: self.fingerprint,
            device: self.device,
            status: Status::from_code(&self.status).ok_or_else(|| damaged("the status is unknown"))?,
            epoch_no: self.epoch_no,
            predecessor: self.predecessor.map(|id| id.as_u128()),
            after: Position { seq: self.after_seq, hash: hash(&self.after_hash)? },
            after_grand_total_vnd: self.after_grand_total_vnd,
            head: Position { seq: self.seq, hash: hash(&self.hash)? },
            grand_total_vnd: self.grand_total_vnd,
            fork,
            enrolled_at_ms: self.enrolled_at_ms,
            heard_at_ms: self.heard_at_ms,
            sale_at_ms: self.sale_at_ms,
        })
    }
}

/// Adds a stream.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, stream: &Stream) -> Result<()> {
    let sql = sql!(
        "insert into streams (store_id, incarnation, public_key, fingerprint, device, status, epoch_no, predecessor,
            after_seq, after_hash, after_grand_total_vnd, seq, hash, grand_total_vnd, enrolled_at_ms, approved_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        stream.id.store_id,
        stream.id.incarnation,
        stream.public_key.to_bytes().as_slice(),
        &stream.fingerprint,
        &stream.device,
        stream.status.code(),
        stream.epoch_no,
        stream.predecessor,
        stream.after.seq,
        stream.after.hash,
        stream.after_grand_total_vnd,
        stream.head.seq,
        stream.head.hash,
        stream.grand_total_vnd,
        stream.enrolled_at_ms,
        (stream.status == Status::Approved).then_some(stream.enrolled_at_ms),
    );
    tx.exec(sql).await?;
    Ok(())
}

fn by_id(id: StreamId) -> Sql {
    Sql::new(SELECT)
        .push(" where store_id = ")
        .bind(id.store_id)
        .push(" and incarnation = ")
        .bind(id.incarnation)
}

/// Returns a stream.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: StreamId) -> Result<Option<Stream>> {
    db.opt::<StreamRow>(by_id(id)).await?.map(StreamRow::read).transpose()
}

/// Returns a stream inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: StreamId) -> Result<Option<Stream>> {
    tx.opt::<StreamRow>(by_id(id)).await?.map(StreamRow::read).transpose()
}

/// Returns the streams with a fingerprint; several only where a key was copied into other stores.
///
/// # Errors
/// When the database fails.
pub async fn list_by_fingerprint(tx: &mut Tx, fingerprint: &str) -> Result<Vec<Stream>> {
    let sql = Sql::new(SELECT)
        .push(" where fingerprint = ")
        .bind(fingerprint)
        .push(" order by store_id, incarnation");
    tx.all::<StreamRow>(sql).await?.into_iter().map(StreamRow::read).collect()
}

/// Returns the streams of a store, or all, in the order of their enrolment.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, store_id: Option<StoreId>) -> Result<Vec<Stream>> {
    let sql = Sql::new(SELECT)
        .when(store_id, " where store_id = ", "")
        .push(" order by enrolled_at_ms, store_id, incarnation");
    db.all::<StreamRow>(sql).await?.into_iter().map(StreamRow::read).collect()
}

/// Returns the same inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn list_in(tx: &mut Tx, store_id: StoreId) -> Result<Vec<Stream>> {
    let sql = Sql::new(SELECT)
        .push(" where store_id = ")
        .bind(store_id)
        .push(" order by enrolled_at_ms, store_id, incarnation");
    tx.all::<StreamRow>(sql).await?.into_iter().map(StreamRow::read).collect()
}

/// Locks a store's journal and books until the commit; returns how many entries the books have taken up.
/// Whoever writes there does this first.
///
/// # Errors
/// When the database fails.
pub async fn lock_store(tx: &mut Tx, store_id: StoreId) -> Result<i64> {
    let sql = sql!(
        "insert into store_heads (store_id, counted_no) values ($1, 0)
         on conflict (store_id) do update set counted_no = store_heads.counted_no
         returning counted_no",
        store_id
    );
    let (counted_no,): (i64,) = tx.one(sql).await?;
    Ok(counted_no)
}

/// Stores how many entries the books have taken up.
///
/// # Errors
/// When the database fails.
pub async fn set_counted(tx: &mut Tx, store_id: StoreId, counted_no: i64) -> Result<()> {
    tx.exec(sql!("update store_heads set counted_no = $2 where store_id = $1", store_id, counted_no)).await?;
    Ok(())
}

/// Moves a stream's head forward.
///
/// # Errors
/// When the database fails.
pub async fn set_head(tx: &mut Tx, id: StreamId, head: Position, grand_total_vnd: i64) -> Result<()> {
    let sql = sql!(
        "update streams set seq = $3, hash = $4, grand_total_vnd = $5 where store_id = $1 and incarnation = $2",
        id.store_id,
        id.incarnation,
        head.seq,
        head.hash,
        grand_total_vnd
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Notes that something came from a stream, and whether a sale was in it, on central's clock.
///
/// # Errors
/// When the database fails.
pub async fn set_heard(tx: &mut Tx, id: StreamId, now_ms: i64, has_sale: bool) -> Result<()> {
    let sql = sql!(
        "update streams set heard_at_ms = $3, sale_at_ms = coalesce($4, sale_at_ms)
         where store_id = $1 and incarnation = $2",
        id.store_id,
        id.incarnation,
        now_ms,
        has_sale.then_some(now_ms)
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Gives a stream another status.
///
/// # Errors
/// When the database fails.
pub async fn set_status(tx: &mut Tx, id: StreamId, status: Status) -> Result<()> {
    let sql = sql!(
        "update streams set status = $3 where store_id = $1 and incarnation = $2",
        id.store_id,
        id.incarnation,
        status.code()
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Stores where another branch was first seen.
///
/// # Errors
/// When the database fails.
pub async fn set_forked(tx: &mut Tx, id: StreamId, fork: Position) -> Result<()> {
    let sql = sql!(
        "update streams set status = 'forked', fork_at_seq = $3, fork_hash = $4
         where store_id = $1 and incarnation = $2",
        id.store_id,
        id.incarnation,
        fork.seq,
        fork.hash
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns the number that the next approved stream of a store gets: 1, 2, 3 …
///
/// # Errors
/// When the database fails.
pub async fn next_epoch_no(tx: &mut Tx, store_id: StoreId) -> Result<i64> {
    let sql = sql!(
        "select cast(coalesce(max(epoch_no), 0) + 1 as bigint) from streams where store_id = $1",
        store_id
    );
    let (next,): (i64,) = tx.one(sql).await?;
    Ok(next)
}

/// Approves a held stream.
///
/// # Errors
/// When the database fails.
pub async fn set_approved(tx: &mut Tx, id: StreamId, epoch_no: i64, now_ms: i64) -> Result<()> {
    let sql = sql!(
        "update streams set status = 'approved', epoch_no = $3, approved_at_ms = $4
         where store_id = $1 and incarnation = $2",
        id.store_id,
        id.incarnation,
        epoch_no,
        now_ms
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Returns how many streams have each status, by name.
///
/// # Errors
/// When the database fails.
pub async fn count_by_status(db: &Db) -> Result<Vec<(String, i64)>> {
    db.all(sql!("select status, cast(count(*) as bigint) from streams group by status order by status")).await
}
