//! The rows of the journal.

use protocol::{Entry, Hash, Position};
use sqlx::{FromRow, SqliteConnection, SqliteExecutor, SqlitePool};
use uuid::Uuid;

use super::{Error, Result, Tx, engine::one_row};

/// A row of the journal as stored; [`Stored::read`] checks it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Stored {
    /// Its number.
    pub seq: i64,
    /// The hash that was computed when it was written.
    pub hash: Vec<u8>,
    /// What the envelope says, beside it for searches.
    pub kind: String,
    /// The same of its sale.
    pub sale_id: Option<Uuid>,
    /// The hashed bytes.
    pub envelope: String,
    /// What leaves the store.
    pub shared: String,
    /// What stays, unless it was erased.
    pub private: Option<String>,
}

impl Stored {
    /// Returns the entry when its bytes, payloads, hash and columns belong together.
    pub fn read(self) -> Option<(Entry, Option<String>)> {
        let entry = Entry::read(self.envelope, self.shared).ok()?;
        let whole = entry.hash.bytes()[..] == self.hash[..]
            && entry.envelope.seq == self.seq
            && entry.envelope.kind == self.kind
            && entry.envelope.sale_id == self.sale_id;
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
pub async fn list_after(
    from: impl SqliteExecutor<'_>,
    stream_no: i64,
    after: i64,
    most: i64,
) -> Result<Vec<Stored>> {
    Ok(sqlx::query_as(
        "select seq, hash, kind, sale_id, envelope, shared, private from entries
         where stream_no = $1 and seq > $2 order by seq limit $3",
    )
    .bind(stream_no)
    .bind(after)
    .bind(most)
    .fetch_all(from)
    .await?)
}

/// Returns in which of the streams an entry stands, whatever central calls that stream.
///
/// # Errors
/// When the database does not answer.
pub async fn find_stream_no(from: impl SqliteExecutor<'_>, at: Position) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(
        "select stream_no from entries
         where stream_no in (select stream_no from streams) and seq = $1 and hash = $2",
    )
    .bind(at.seq)
    .bind(&at.hash.bytes()[..])
    .fetch_optional(from)
    .await?)
}

/// Returns how many sales stand in a stream.
///
/// # Errors
/// When the database does not answer.
pub async fn count_sales(from: impl SqliteExecutor<'_>, stream_no: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from entries where stream_no = $1 and kind = 'sale'")
        .bind(stream_no)
        .fetch_one(from)
        .await?)
}

/// Appends a row; `None` for the private part of an entry that came back from central.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_entry(tx: &mut Tx, stream_no: i64, entry: &Entry, private: Option<&str>) -> Result<()> {
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
         from streams cross join sales on sales.stream_no = streams.stream_no and sales.seq > streams.acked_seq",
    )
    .fetch_one(pool)
    .await?)
}

fn read_hash(bytes: &[u8]) -> Result<Hash> {
    Hash::from_slice(bytes).map_err(|_| Error::Corrupt { table: "entries", column: "hash" })
}
