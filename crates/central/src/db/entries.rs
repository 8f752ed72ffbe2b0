//! Entries: the stores' journals, byte for byte as they arrived.

use protocol::{Entry, Envelope, Hash, Position, StreamId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Tx, args, sql};
use crate::error::{Error, Result};

/// The first and last business days that can be; others are kept in the envelope alone.
pub const DAY_MIN: Date = time::macros::date!(2020 - 01 - 01);
/// See [`DAY_MIN`].
pub const DAY_MAX: Date = time::macros::date!(2199 - 12 - 31);

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In the books.
    Projected,
    /// Waits until its stream is approved.
    Held,
    /// Of a later version; interpreted by `rebuild` after the upgrade.
    Uninterpreted,
    /// Not in the books as told; see the table `exceptions`.
    Exception,
    /// A sale that another stream of the store has told already.
    Duplicate,
}

impl State {
    /// Returns the name that the table uses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Projected => "projected",
            Self::Held => "held",
            Self::Uninterpreted => "uninterpreted",
            Self::Exception => "exception",
            Self::Duplicate => "duplicate",
        }
    }

    /// False for entries that are acknowledged as exceptions: not in the books as told, or not yet.
    pub const fn is_interpreted(self) -> bool {
        !matches!(self, Self::Uninterpreted | Self::Exception)
    }

    /// Returns the state of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Projected, Self::Held, Self::Uninterpreted, Self::Exception, Self::Duplicate]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// An entry as it is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The stream that it is filed under; another one than its envelope's after the adoption of a branch.
    pub stream: StreamId,
    /// The entry.
    pub entry: Entry,
    /// When it arrived, UTC milliseconds of central's clock.
    pub received_at_ms: i64,
    /// What became of it.
    pub state: State,
    /// Its place in the order of counting; none while held.
    pub counted_no: Option<i64>,
}

impl Filed {
    /// Returns the entry's number.
    pub const fn seq(&self) -> i64 {
        self.entry.envelope.seq
    }
}

/// What searches need of an envelope, as it stands beside it.
#[derive(Debug, PartialEq, Eq)]
struct Columns {
    kind: String,
    schema: i64,
    day: Option<Date>,
    sale_id: Option<Uuid>,
}

impl Columns {
    fn of(envelope: &Envelope) -> Self {
        let day = envelope.business_date;
        Self {
            kind: plain(&envelope.kind, 40),
            schema: i64::from(envelope.schema),
            day: (DAY_MIN..=DAY_MAX).contains(&day).then_some(day),
            sale_id: envelope.sale_id,
        }
    }
}

/// Files entries.
///
/// # Errors
/// When the database fails; also when a place is taken.
pub async fn insert(tx: &mut Tx, entries: Vec<Filed>) -> Result<()> {
    let values = |filed: Filed| {
        let Entry { envelope, envelope_bytes, shared, hash } = filed.entry;
        let Columns { kind, schema, day, sale_id } = Columns::of(&envelope);
        args![
            filed.stream.store_id,
            filed.stream.incarnation,
            envelope.seq,
            hash,
            kind,
            schema,
            day,
            sale_id,
            envelope_bytes,
            shared.into_bytes(),
            filed.received_at_ms,
            filed.state.code(),
            filed.counted_no,
        ]
    };
    tx.insert_rows(
        "insert into entries (store_id, incarnation, seq, hash, kind, schema, business_date, sale_id, envelope,
            shared, received_at_ms, state, counted_no)",
        entries.into_iter().map(values).collect(),
        "",
    )
    .await
}

/// Returns the hashes from `first` to `last`, both included, in order.
///
/// # Errors
/// When the database fails.
pub async fn hashes(tx: &mut Tx, stream: StreamId, first: i64, last: i64) -> Result<Vec<Hash>> {
    let sql = sql!(
        "select hash from entries where store_id = $1 and incarnation = $2 and seq between $3 and $4 order by seq",
        stream.store_id,
        stream.incarnation,
        first,
        last
    );
    tx.all(sql).await?.into_iter().map(|(bytes,): (Vec<u8>,)| read_hash(stream, &bytes)).collect()
}

/// Returns the hashes, from `first` to `last`, of the branches of a stream that were adopted.
///
/// # Errors
/// When the database fails.
pub async fn adopted_hashes(tx: &mut Tx, stream: StreamId, first: i64, last: i64) -> Result<Vec<Hash>> {
    let sql = sql!(
        "select entries.hash from streams
         join entries on entries.store_id = streams.store_id and entries.incarnation = streams.incarnation
         where streams.store_id = $1 and streams.predecessor = $2 and streams.status = 'forked'
            and entries.seq between $3 and $4",
        stream.store_id,
        stream.incarnation,
        first,
        last
    );
    tx.all(sql).await?.into_iter().map(|(bytes,): (Vec<u8>,)| read_hash(stream, &bytes)).collect()
}

fn read_hash(stream: StreamId, bytes: &[u8]) -> Result<Hash> {
    Hash::from_slice(bytes).map_err(|_| Error::damaged("entries", stream, "a hash has not 32 bytes"))
}

/// Returns the numbers of entries between two that are not in the books as told.
///
/// # Errors
/// When the database fails.
pub async fn not_interpreted(tx: &mut Tx, stream: StreamId, first: i64, last: i64) -> Result<Vec<i64>> {
    let sql = sql!(
        "select seq from entries where store_id = $1 and incarnation = $2 and seq between $3 and $4
            and state in ('exception', 'uninterpreted') order by seq",
        stream.store_id,
        stream.incarnation,
        first,
        last
    );
    Ok(tx.all::<(i64,)>(sql).await?.into_iter().map(|(seq,)| seq).collect())
}

#[derive(FromRow)]
struct EntryRow {
    seq: i64,
    hash: Vec<u8>,
    kind: String,
    schema: i64,
    business_date: Option<Date>,
    sale_id: Option<Uuid>,
    envelope: String,
    shared: Vec<u8>,
    received_at_ms: i64,
    state: String,
    counted_no: Option<i64>,
}

/// Returns up to `limit` entries of a stream after a number, in order.
///
/// # Errors
/// When the database fails, or an entry is not what it was: `entries is damaged at …` names it.
pub async fn list_after(tx: &mut Tx, stream: StreamId, after: i64, limit: i64) -> Result<Vec<Filed>> {
    let sql = sql!(
        "select seq, hash, kind, schema, business_date, sale_id, envelope, shared, received_at_ms, state, counted_no
         from entries where store_id = $1 and incarnation = $2 and seq > $3 order by seq limit $4",
        stream.store_id,
        stream.incarnation,
        after,
        limit
    );
    tx.all::<EntryRow>(sql).await?.into_iter().map(|row| row.read(stream)).collect()
}

impl EntryRow {
    fn read(self, stream: StreamId) -> Result<Filed> {
        let at = Position { seq: self.seq, hash: Hash::ZERO };
        let damaged = |why: &str| Error::damaged("entries", format!("{stream} entry {}", at.seq), why);
        let entry = read_entry(self.envelope, self.shared).map_err(|why| damaged(&why))?;
        if entry.hash.bytes().as_slice() != self.hash || entry.envelope.seq != self.seq {
            return Err(damaged("its hash or number is not the stored one"));
        }
        let searched =
            Columns { kind: self.kind, schema: self.schema, day: self.business_date, sale_id: self.sale_id };
        if searched != Columns::of(&entry.envelope) {
            return Err(damaged("its columns are not what its envelope says"));
        }
        let state = State::from_code(&self.state).ok_or_else(|| damaged("its state is unknown"))?;
        let (received_at_ms, counted_no) = (self.received_at_ms, self.counted_no);
        Ok(Filed { stream, entry, received_at_ms, state, counted_no })
    }
}

/// Reads stored bytes again; the error says what is wrong with them.
pub(super) fn read_entry(envelope: String, shared: Vec<u8>) -> Result<Entry, String> {
    let shared = String::from_utf8(shared).map_err(|_| "its payload is no text".to_owned())?;
    Entry::read(envelope, shared).map_err(|error| error.to_string())
}

/// Writes what became of entries that were filed before.
///
/// # Errors
/// When the database fails.
pub async fn set_counted(tx: &mut Tx, entries: &[Filed]) -> Result<()> {
    for filed in entries {
        let sql = sql!(
            "update entries set state = $4, counted_no = $5 where store_id = $1 and incarnation = $2 and seq = $3",
            filed.stream.store_id,
            filed.stream.incarnation,
            filed.entry.envelope.seq,
            filed.state.code(),
            filed.counted_no
        );
        tx.exec(sql).await?;
    }
    Ok(())
}

/// Returns how many entries stand in each state, by name.
///
/// # Errors
/// When the database fails.
pub async fn count_by_state(db: &Db) -> Result<Vec<(String, i64)>> {
    db.all(sql!("select state, cast(count(*) as bigint) from entries group by state order by state")).await
}

/// Returns text from a journal as a database column takes it: no control characters, and not longer than `most`
/// characters. The bytes themselves stay in the entry.
pub(crate) fn plain(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// Returns the ids that a list of entries gives their sales.
pub(crate) fn sale_ids(entries: &[Filed]) -> Vec<Uuid> {
    entries.iter().filter_map(|filed| filed.entry.envelope.sale_id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_cannot_put_control_characters_into_columns() {
        assert_eq!(plain("Tỏi\u{0} Lý\nSơn", 40), "Tỏi LýSơn");
        assert_eq!(plain(&"x".repeat(50), 40).len(), 40);
    }

    #[test]
    fn states_are_read_back() {
        for state in [State::Projected, State::Held, State::Uninterpreted, State::Exception, State::Duplicate]
        {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_code(""), None);
    }
}
