//! Branches beside a mainline: kept whole, counted nowhere, until a person adopts them.

use protocol::{Entry, Hash, StreamId};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, args, sql};
use super::entries::read_entry;
use super::identity::stream_id;
use crate::error::{Error, Result};

/// An entry of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The entry.
    pub entry: Entry,
    /// When it arrived, UTC milliseconds.
    pub received_at_ms: i64,
}

/// Keeps entries of a branch. An entry that is kept already is the same, since its hash is in the key.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, stream: StreamId, entries: &[&Entry], now_ms: i64) -> Result<()> {
    tx.insert_rows(
        "insert into fork_entries (store_id, incarnation, seq, hash, envelope, shared, received_at_ms)",
        entries
            .iter()
            .map(|entry| {
                args![
                    stream.store_id,
                    stream.incarnation,
                    entry.envelope.seq,
                    entry.hash,
                    &entry.envelope_bytes,
                    entry.shared.as_bytes(),
                    now_ms
                ]
            })
            .collect(),
        "on conflict (store_id, incarnation, seq, hash) do nothing",
    )
    .await
}

#[derive(FromRow)]
struct BranchRow {
    seq: i64,
    hash: Vec<u8>,
    envelope: String,
    shared: Vec<u8>,
    received_at_ms: i64,
}

/// Returns all entries beside the mainline of a stream, by number and hash.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn list(tx: &mut Tx, stream: StreamId) -> Result<Vec<Branch>> {
    let sql = sql!(
        "select seq, hash, envelope, shared, received_at_ms from fork_entries
         where store_id = $1 and incarnation = $2 order by seq, hash",
        stream.store_id,
        stream.incarnation
    );
    let read = |row: BranchRow| {
        let damaged = |why: &str| Error::damaged("fork_entries", format!("{stream} entry {}", row.seq), why);
        let entry = read_entry(row.envelope, row.shared).map_err(|why| damaged(&why))?;
        if entry.hash.bytes().as_slice() != row.hash || entry.envelope.seq != row.seq {
            return Err(damaged("its hash or number is not the stored one"));
        }
        Ok(Branch { entry, received_at_ms: row.received_at_ms })
    };
    tx.all::<BranchRow>(sql).await?.into_iter().map(read).collect()
}

/// Returns how many entries wait beside the mainline of each stream that has any.
///
/// # Errors
/// When the database fails.
pub async fn counts(db: &Db) -> Result<Vec<(StreamId, i64)>> {
    let sql = sql!(
        "select store_id, incarnation, cast(count(*) as bigint) from fork_entries
         group by store_id, incarnation order by store_id, incarnation"
    );
    let rows: Vec<(Uuid, Uuid, i64)> = db.all(sql).await?;
    Ok(rows.into_iter().map(|(store, incarnation, count)| (stream_id(store, incarnation), count)).collect())
}

/// Takes an entry out, because it was adopted into the entries of a stream.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, stream: StreamId, seq: i64, hash: Hash) -> Result<()> {
    let sql = sql!(
        "delete from fork_entries where store_id = $1 and incarnation = $2 and seq = $3 and hash = $4",
        stream.store_id,
        stream.incarnation,
        seq,
        hash
    );
    tx.exec(sql).await?;
    Ok(())
}
