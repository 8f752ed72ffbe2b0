//! The rows of the journal.

use protocol::{Entry, Hash, Position};
use sqlx::{FromRow, SqliteConnection, SqlitePool};

use super::{Error, Result, Tx, engine::one_row};

/// A row of the journal as stored; [`Stored::read`] checks it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Stored {
    /// Its number.
    pub seq: i64,
    /// The hash that was computed when it was written.
    pub hash: Vec<u8>,
    /// The hashed bytes.
    pub envelope: String,
    /// What leaves the store.
    pub shared: String,
    /// What stays, unless it was erased.
    pub private: Option<String>,
}

impl Stored {
    /// Returns the entry when its bytes, payloads and hash belong together.
    pub fn read(self) -> Option<(Entry, Option<String>)> {
        let entry = Entry::read(self.envelope, self.shared).ok()?;
        let whole = entry.hash.bytes()[..] == self.hash[..] && entry.envelope.seq == self.seq;
        let private = self.private.as_ref().is_none_or(|private| entry.check_private(private).is_ok());
        (whole && private).then_some((entry, self.private))
    }
}

/// Returns the position of the last entry of a stream.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn load_head(connection: &mut SqliteConnection, stream_no: i64) -> Result<Position> {
    let row: Option<(i64, Vec<u8>)> =
        sqlx::query_as("select seq, hash from entries where stream_no = $1 order by seq desc limit 1")
            .bind(stream_no)
            .fetch_optional(connection)
            .await?;
    row.map_or(Ok(Position::START), |(seq, hash)| Ok(Position { seq, hash: read_hash(&hash)? }))
}

/// Returns the last entry's envelope bytes, for the clock check.
///
/// # Errors
/// When the database does not answer.
pub async fn find_last_envelope(connection: &mut SqliteConnection, stream_no: i64) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select envelope from entries where stream_no = $1 order by seq desc limit 1")
        .bind(stream_no)
        .fetch_optional(connection)
        .await?)
}

/// Returns the hash of one entry, if the journal has it.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_hash(pool: &SqlitePool, stream_no: i64, seq: i64) -> Result<Option<Hash>> {
    let hash: Option<Vec<u8>> =
        sqlx::query_scalar("select hash from entries where stream_no = $1 and seq = $2")
            .bind(stream_no)
            .bind(seq)
            .fetch_optional(pool)
            .await?;
    hash.map(|hash| read_hash(&hash)).transpose()
}

/// Returns up to `most` rows after a number, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn list_after(pool: &SqlitePool, stream_no: i64, after: i64, most: i64) -> Result<Vec<Stored>> {
    Ok(sqlx::query_as(
        "select seq, hash, envelope, shared, private from entries
         where stream_no = $1 and seq > $2 order by seq limit $3",
    )
    .bind(stream_no)
    .bind(after)
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Appends a row.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_entry(tx: &mut Tx, stream_no: i64, entry: &Entry, private: &str) -> Result<()> {
    let rows = sqlx::query(
        "insert into entries (stream_no, seq, hash, kind, sale_id, envelope, shared, private)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .bind(&entry.hash.bytes()[..])
    .bind(&entry.envelope.kind)
    .bind(entry.envelope.sale_id)
    .bind(&entry.envelope_bytes)
    .bind(&entry.shared)
    .bind(private)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("entries", rows)
}

/// What waits to be acknowledged: sales, their đồng, and when the oldest was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromRow)]
pub struct Pending {
    /// Sales.
    pub sales: i64,
    /// Their payables together.
    pub payable_vnd: i64,
    /// The oldest one's time, UTC milliseconds.
    pub since_ms: Option<i64>,
}

/// Returns what only this computer has.
///
/// # Errors
/// When the database does not answer.
pub async fn load_pending(pool: &SqlitePool) -> Result<Pending> {
    Ok(sqlx::query_as(
        "select count(*) as sales, coalesce(sum(sales.payable_vnd), 0) as payable_vnd, min(sales.sold_at_ms) as since_ms
         from sales join streams on streams.stream_no = sales.stream_no
         where sales.seq > streams.acked_seq",
    )
    .fetch_one(pool)
    .await?)
}

fn read_hash(bytes: &[u8]) -> Result<Hash> {
    Hash::from_slice(bytes).map_err(|_| Error::Corrupt { table: "entries", column: "hash" })
}
