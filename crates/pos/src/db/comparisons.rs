//! What came of comparing each own journal with central last.

use protocol::{Hash, Position, StreamId};
use sqlx::{FromRow, SqliteExecutor, SqlitePool};

use super::{Error, Result, Tx};

/// A comparison of a journal with central.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The journal's number here.
    pub stream_no: i64,
    /// Its name.
    pub stream: StreamId,
    /// When, UTC milliseconds of this computer's clock.
    pub compared_at_ms: i64,
    /// Central's last entry; its number is how many central has.
    pub central: Position,
    /// How many entries up to there this computer has.
    pub own_entries: i64,
    /// The hash of its entry there, or nothing where it has none.
    pub own_hash: Option<Hash>,
}

impl Comparison {
    /// Says whether both have the same entries: as many, with the same content.
    pub fn agrees(&self) -> bool {
        self.own_entries == self.central.seq && self.own_hash == Some(self.central.hash)
    }
}

#[derive(FromRow)]
struct Row {
    stream_no: i64,
    stream: String,
    compared_at_ms: i64,
    seq: i64,
    central_hash: Vec<u8>,
    own_entries: i64,
    own_hash: Option<Vec<u8>>,
}

impl TryFrom<Row> for Comparison {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let wrong = |column| Error::Corrupt { table: "comparisons", column };
        let own_hash = row.own_hash.map(|bytes| Hash::from_slice(&bytes)).transpose();
        Ok(Self {
            stream_no: row.stream_no,
            stream: row.stream.parse().map_err(|_| wrong("stream_no"))?,
            compared_at_ms: row.compared_at_ms,
            central: Position {
                seq: row.seq,
                hash: Hash::from_slice(&row.central_hash).map_err(|_| wrong("central_hash"))?,
            },
            own_entries: row.own_entries,
            own_hash: own_hash.map_err(|_| wrong("own_hash"))?,
        })
    }
}

/// Returns how many entries of a journal stand here up to a number.
///
/// # Errors
/// When the database does not answer.
pub async fn count_up_to(from: impl SqliteExecutor<'_>, stream_no: i64, seq: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from entries where stream_no = $1 and seq <= $2")
        .bind(stream_no)
        .bind(seq)
        .fetch_one(from)
        .await?)
}

/// Keeps what came of a comparison, in place of the last one of that journal.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_comparison(tx: &mut Tx, comparison: &Comparison) -> Result<()> {
    sqlx::query(
        "insert into comparisons (stream_no, compared_at_ms, seq, central_hash, own_entries, own_hash)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (stream_no) do update set compared_at_ms = excluded.compared_at_ms, seq = excluded.seq,
             central_hash = excluded.central_hash, own_entries = excluded.own_entries, own_hash = excluded.own_hash",
    )
    .bind(comparison.stream_no)
    .bind(comparison.compared_at_ms)
    .bind(comparison.central.seq)
    .bind(&comparison.central.hash.bytes()[..])
    .bind(comparison.own_entries)
    .bind(comparison.own_hash.as_ref().map(|hash| &hash.bytes()[..]))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns the last comparison of each journal, the current one's first.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_comparisons(pool: &SqlitePool) -> Result<Vec<Comparison>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select stream_no, stream, compared_at_ms, seq, central_hash, own_entries, own_hash
         from comparisons join streams using (stream_no) order by stream_no desc",
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Comparison::try_from).collect()
}
