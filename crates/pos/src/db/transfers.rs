//! Goods on their way between the stores of the operator: what central told of them, and what this store's journal says.

use std::collections::BTreeSet;

use protocol::Entry;
use protocol::payload::{TransferIn, TransferOut};
use protocol::wire::{SisterStore, TakenTransfer};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::{Error, Result, Tx};

/// What central told last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The other stores of the operator.
    pub sisters: Vec<SisterStore>,
    /// Transfers to this store that none has taken in, the oldest first.
    pub arriving: Vec<Arriving>,
    /// What became of this store's own transfers.
    pub taken: Vec<TakenTransfer>,
}

/// A transfer that can be taken in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arriving {
    /// The store that sent it; this one, for goods that may come back from the way.
    pub from: Uuid,
    /// When, by the sender's clock, UTC milliseconds.
    pub sent_at_ms: i64,
    /// What was sent.
    pub sent: TransferOut,
}

/// A transfer that this store sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What was sent, and when.
    pub arriving: Arriving,
    /// The store that took it in: this one, when it came back. None while it is under way.
    pub taken_by: Option<Uuid>,
    /// What came was what was sent.
    pub is_complete: bool,
}

impl Told {
    /// Returns another store of the operator.
    pub fn sister(&self, store_id: Uuid) -> Option<&SisterStore> {
        self.sisters.iter().find(|sister| sister.id == store_id)
    }
}

/// Keeps what central told, in place of what it told before; returns whether that is new.
///
/// # Errors
/// When the database does not keep it.
pub async fn replace_told(tx: &mut Tx, told: &Told) -> Result<bool> {
    let text = serde_json::to_string(told).map_err(|_| corrupt())?;
    let rows = sqlx::query(
        "insert into told_transfers (id, told) values (1, $1)
         on conflict (id) do update set told = excluded.told where told <> excluded.told",
    )
    .bind(text)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows > 0)
}

const fn corrupt() -> Error {
    Error::Corrupt { table: "told_transfers", column: "told" }
}

/// Returns what central told last; nothing before it did.
///
/// # Errors
/// When the database does not answer or the text cannot be read.
pub async fn load_told(connection: &mut SqliteConnection) -> Result<Told> {
    let text: Option<String> =
        sqlx::query_scalar("select told from told_transfers").fetch_optional(connection).await?;
    text.map_or_else(|| Ok(Told::default()), |text| serde_json::from_str(&text).map_err(|_| corrupt()))
}

#[derive(FromRow)]
struct SentRow {
    sent_at_ms: i64,
    shared: String,
    is_back: bool,
}

/// Returns the latest transfers of this store, the latest first; `own` is its id.
///
/// # Errors
/// When the database does not answer or an entry cannot be read.
pub async fn list_sent(
    connection: &mut SqliteConnection,
    (own, told): (Uuid, &Told),
    most: i64,
) -> Result<Vec<Sent>> {
    let rows: Vec<SentRow> = sqlx::query_as(
        "select sent.sent_at_ms, entries.shared, came_back.number is not null as is_back
         from sent_transfers as sent
         join entries on entries.stream_no = sent.stream_no and entries.seq = sent.seq
         left join transfers_in as came_back on came_back.number = sent.number
         order by sent.sent_at_ms desc, sent.number desc limit $1",
    )
    .bind(most)
    .fetch_all(connection)
    .await?;
    let read = |row: SentRow| {
        let sent: TransferOut = serde_json::from_str(&row.shared)
            .map_err(|_| Error::Corrupt { table: "entries", column: "shared" })?;
        let taken = told.taken.iter().find(|taken| taken.number == sent.voucher);
        let taken_by = if row.is_back { Some(own) } else { taken.map(|taken| taken.by) };
        let is_complete = row.is_back || taken.is_none_or(|taken| taken.complete);
        Ok(Sent { arriving: Arriving { from: own, sent_at_ms: row.sent_at_ms, sent }, taken_by, is_complete })
    };
    rows.into_iter().map(read).collect()
}

/// Returns the numbers of all transfers that were taken in here.
///
/// # Errors
/// When the database does not answer.
pub async fn list_taken_in(connection: &mut SqliteConnection) -> Result<BTreeSet<String>> {
    let numbers: Vec<String> =
        sqlx::query_scalar("select number from transfers_in").fetch_all(connection).await?;
    Ok(numbers.into_iter().collect())
}

/// Returns this store's own transfer with a number, or `None`.
///
/// # Errors
/// When the database does not answer or its entry cannot be read.
pub async fn find_sent(
    connection: &mut SqliteConnection,
    own: Uuid,
    number: &str,
) -> Result<Option<Arriving>> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "select sent.sent_at_ms, entries.shared from sent_transfers as sent
         join entries on entries.stream_no = sent.stream_no and entries.seq = sent.seq
         where sent.number = $1",
    )
    .bind(number)
    .fetch_optional(connection)
    .await?;
    let read = |(sent_at_ms, shared): (i64, String)| {
        let sent = serde_json::from_str(&shared).ok()?;
        Some(Arriving { from: own, sent_at_ms, sent })
    };
    Ok(row.and_then(read))
}

/// Says whether a transfer was taken in here.
///
/// # Errors
/// When the database does not answer.
pub async fn is_taken_in(connection: &mut SqliteConnection, number: &str) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from transfers_in where number = $1)")
        .bind(number)
        .fetch_one(connection)
        .await?)
}

/// Writes that goods were sent.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_sent(tx: &mut Tx, stream_no: i64, entry: &Entry, told: &TransferOut) -> Result<()> {
    sqlx::query(
        "insert into sent_transfers (number, to_store_id, stream_no, seq, sent_at_ms) values ($1, $2, $3, $4, $5)
         on conflict (number) do nothing",
    )
    .bind(&told.voucher)
    .bind(told.to)
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .bind(entry.envelope.wall_utc_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes that goods were taken in.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_in(tx: &mut Tx, stream_no: i64, entry: &Entry, told: &TransferIn) -> Result<()> {
    sqlx::query(
        "insert into transfers_in (number, from_store_id, voucher, stream_no, seq) values ($1, $2, $3, $4, $5)
         on conflict (number) do nothing",
    )
    .bind(&told.transfer)
    .bind(told.from)
    .bind(&told.voucher)
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
