//! The incarnations of this store's journal and their acknowledgements.

use protocol::wire::Ack;
use protocol::{Hash, Position, StreamId};
use sqlx::{FromRow, SqliteConnection, SqliteExecutor, SqlitePool};

use super::{Error, Result, Tx, engine::one_row};

/// Where the numbers of fetched journals begin: below those of this computer, in the order in which they came.
const FETCHED_FROM: i64 = -1_000_000;

/// Says whether a stream was begun by this computer. The others were fetched from central and are never written to.
pub const fn is_own(stream_no: i64) -> bool {
    stream_no > 0
}

/// A stream of this store. The one with the highest number is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// 1, 2, 3 … on this computer; below zero for journals of other computers.
    pub stream_no: i64,
    /// Its name.
    pub stream: StreamId,
    /// What central acknowledged.
    pub acked: Position,
    /// Central's time then, UTC milliseconds.
    pub acked_central_time_ms: Option<i64>,
    /// Central stores without counting: the stream waits for approval.
    pub held: bool,
    /// Central knows it.
    pub registered: bool,
    /// Σ payable of its sales, đồng.
    pub grand_total_vnd: i64,
    /// Receipts numbered so far.
    pub receipts: i64,
}

#[derive(FromRow)]
struct StreamRow {
    stream_no: i64,
    stream: String,
    acked_seq: i64,
    acked_hash: Vec<u8>,
    acked_central_time_ms: Option<i64>,
    held: bool,
    registered: bool,
    grand_total_vnd: i64,
    receipts: i64,
}

impl TryFrom<StreamRow> for Stream {
    type Error = Error;
    fn try_from(row: StreamRow) -> Result<Self> {
        let corrupt = |column| Error::Corrupt { table: "streams", column };
        Ok(Self {
            stream_no: row.stream_no,
            stream: row.stream.parse().map_err(|_| corrupt("stream"))?,
            acked: Position {
                seq: row.acked_seq,
                hash: Hash::from_slice(&row.acked_hash).map_err(|_| corrupt("acked_hash"))?,
            },
            acked_central_time_ms: row.acked_central_time_ms,
            held: row.held,
            registered: row.registered,
            grand_total_vnd: row.grand_total_vnd,
            receipts: row.receipts,
        })
    }
}

/// Returns the stream that is written to, or `None` before enrolment.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_current(connection: &mut SqliteConnection) -> Result<Option<Stream>> {
    let row: Option<StreamRow> = sqlx::query_as(
        "select stream_no, stream, acked_seq, acked_hash, acked_central_time_ms, held, registered,
                grand_total_vnd, receipts
         from streams order by stream_no desc limit 1",
    )
    .fetch_optional(connection)
    .await?;
    row.map(Stream::try_from).transpose()
}

/// Keeps that this computer has what other computers of the store wrote, since it asked central in the stream that is written to.
///
/// # Errors
/// When the database does not answer.
pub async fn update_caught_up(tx: &mut Tx, stream_no: i64) -> Result<()> {
    sqlx::query("update streams set caught_up = 1 where stream_no = $1 and caught_up = 0")
        .bind(stream_no)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Says whether [`update_caught_up`] was ever called for the stream that is written to.
///
/// # Errors
/// When the database does not answer.
pub async fn is_caught_up(connection: &mut SqliteConnection) -> Result<bool> {
    let found: Option<bool> =
        sqlx::query_scalar("select caught_up = 1 from streams order by stream_no desc limit 1")
            .fetch_optional(connection)
            .await?;
    Ok(found.unwrap_or(false))
}

/// Says whether this computer may lack what the one before it wrote: its journal goes on after a copy that was brought back, and
/// central has not told it the rest since. The first journal of a computer lacks nothing, however long it has no network.
///
/// # Errors
/// When the database does not answer.
pub async fn lacks_former(connection: &mut SqliteConnection) -> Result<bool> {
    let found: Option<bool> = sqlx::query_scalar(
        "select reason <> 'new' and caught_up = 0 from streams order by stream_no desc limit 1",
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.unwrap_or(false))
}

/// The end of the journal, where the next entry goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The stream that is written to.
    pub stream: Stream,
    /// Its last entry.
    pub at: Position,
    /// That entry's envelope bytes, for the clock check; `None` before the first entry.
    pub envelope: Option<String>,
}

#[derive(FromRow)]
struct HeadRow {
    #[sqlx(flatten)]
    stream: StreamRow,
    seq: Option<i64>,
    hash: Option<Vec<u8>>,
    envelope: Option<String>,
}

/// Returns what the clock said at the last entry of the journal, UTC milliseconds; `None` before the first.
///
/// # Errors
/// When the database does not answer.
pub async fn find_written_ms(pool: &SqlitePool) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(
        "select entries.envelope ->> '$.wall_utc_ms' from entries
         where stream_no = (select max(stream_no) from streams) order by seq desc limit 1",
    )
    .fetch_optional(pool)
    .await?)
}

/// Returns the end of the journal, or `None` before enrolment.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn find_head(connection: &mut SqliteConnection) -> Result<Option<Head>> {
    let row: Option<HeadRow> = sqlx::query_as(
        "select streams.stream_no, stream, acked_seq, acked_hash, acked_central_time_ms, held, registered,
                grand_total_vnd, receipts, entries.seq, entries.hash, entries.envelope
         from streams left join entries on entries.stream_no = streams.stream_no
         order by streams.stream_no desc, entries.seq desc limit 1",
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let at = match (row.seq, row.hash) {
        (Some(seq), Some(hash)) => {
            let hash =
                Hash::from_slice(&hash).map_err(|_| Error::Corrupt { table: "entries", column: "hash" })?;
            Position { seq, hash }
        }
        _ => Position::START,
    };
    Ok(Some(Head { stream: row.stream.try_into()?, at, envelope: row.envelope }))
}

/// Returns all streams: fetched ones, then this computer's, the current one last. The journal is folded in this order.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_streams(from: impl SqliteExecutor<'_>) -> Result<Vec<Stream>> {
    let rows: Vec<StreamRow> = sqlx::query_as(
        "select stream_no, stream, acked_seq, acked_hash, acked_central_time_ms, held, registered,
                grand_total_vnd, receipts
         from streams order by stream_no",
    )
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Stream::try_from).collect()
}

/// Begins a new stream and returns its number.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_stream(tx: &mut Tx, stream: StreamId, reason: &str, opened_at_ms: i64) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "insert into streams (stream, reason, opened_at_ms, acked_hash) values ($1, $2, $3, $4) returning stream_no",
    )
    .bind(stream.to_string())
    .bind(reason)
    .bind(opened_at_ms)
    .bind(&Hash::ZERO.bytes()[..])
    .fetch_one(&mut **tx)
    .await?)
}

/// Adds a journal of another computer, before those of this one; returns its number.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_fetched(tx: &mut Tx, stream: StreamId, fetched_at_ms: i64) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "insert into streams (stream_no, stream, reason, opened_at_ms, acked_hash, held, registered)
         values ((select coalesce(max(stream_no), $1) + 1 from streams where stream_no < 0), $2, 'fetched', $3, $4, 0, 1)
         returning stream_no",
    )
    .bind(FETCHED_FROM)
    .bind(stream.to_string())
    .bind(fetched_at_ms)
    .bind(&Hash::ZERO.bytes()[..])
    .fetch_one(&mut **tx)
    .await?)
}

/// Notes that central counts a stream up to an entry of it, under whatever name; and its running total there.
///
/// # Errors
/// When the database does not answer.
pub async fn update_counted(tx: &mut Tx, stream_no: i64, at: Position, central_time_ms: i64) -> Result<()> {
    sqlx::query(
        "update streams set acked_seq = $2, acked_hash = $3, acked_central_time_ms = $4, held = 0
         where stream_no = $1 and acked_seq <= $2",
    )
    .bind(stream_no)
    .bind(at.seq)
    .bind(&at.hash.bytes()[..])
    .bind(central_time_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Stores the running total of a stream that grew by fetched entries, đồng.
///
/// # Errors
/// When the database does not answer, or there is no such stream.
pub async fn update_grand_total(tx: &mut Tx, stream_no: i64, grand_total_vnd: i64) -> Result<()> {
    let rows = sqlx::query("update streams set grand_total_vnd = $2 where stream_no = $1")
        .bind(stream_no)
        .bind(grand_total_vnd)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("streams", rows)
}

/// Stores an acknowledgement that was checked; an acknowledged position never goes back.
///
/// # Errors
/// When the database does not answer.
pub async fn update_acked(tx: &mut Tx, ack: &Ack) -> Result<()> {
    sqlx::query(
        "update streams set acked_seq = $2, acked_hash = $3, acked_central_time_ms = $4, held = $5
         where stream = $1 and acked_seq <= $2",
    )
    .bind(ack.stream.to_string())
    .bind(ack.acked_seq)
    .bind(&ack.acked_hash.bytes()[..])
    .bind(ack.central_time)
    .bind(ack.held)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Marks a stream as known to central.
///
/// # Errors
/// When the database does not answer, or there is no such stream.
pub async fn update_registered(tx: &mut Tx, stream: StreamId) -> Result<()> {
    let rows = sqlx::query("update streams set registered = 1 where stream = $1")
        .bind(stream.to_string())
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("streams", rows)
}

/// Counts a sale: adds to the grand total and takes the next receipt number.
///
/// # Errors
/// When the database does not answer.
pub async fn update_for_sale(tx: &mut Tx, stream_no: i64, payable_vnd: i64) -> Result<()> {
    let rows = sqlx::query(
        "update streams set grand_total_vnd = grand_total_vnd + $2, receipts = receipts + 1 where stream_no = $1",
    )
    .bind(stream_no)
    .bind(payable_vnd)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("streams", rows)
}
