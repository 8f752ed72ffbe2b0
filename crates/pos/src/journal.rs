//! Writing the journal: the next entry of the current stream, sealed, stored and folded in one transaction.

use clock::Clock;
use domain::ids::{SaleId, StoreId};
use protocol::entry::{ClockFlag, EntryError, LastAck};
use protocol::payload::{self, ClockChanged, NothingPrivate, SCHEMA, Salt};
use protocol::{Entry, Envelope, Hash, Kind, Position};
use serde::Serialize;
use time::Date;
use uuid::Uuid;

use crate::clock_watch::{BUILT_MS, JUMP_MS};
use crate::db::projection::{ProjectError, project};
use crate::db::streams::{Head, Stream};
use crate::db::{self, Tx, entries, streams};

/// Vietnam has one time zone and no daylight saving.
const UTC_OFFSET_MIN: i16 = 7 * 60;

/// Who writes: fixed while the program runs.
#[derive(Debug, Clone)]
pub struct Writer {
    /// The store.
    pub store_id: StoreId,
    /// Changes with every start of the program.
    pub boot_id: Uuid,
    /// Tells the time and makes random bytes.
    pub clock: Clock,
}

/// What an entry will tell.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its kind.
    pub kind: Kind,
    /// Version of the shared payload.
    pub schema: u16,
    /// The sale, for entries about one.
    pub sale_id: Option<SaleId>,
    /// The business date.
    pub business_date: Date,
    /// The shared payload in JSON.
    pub shared: String,
    /// The private payload in JSON.
    pub private: String,
    /// What it adds to the grand total: the payable of a sale, đồng.
    pub payable_vnd: i64,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The store has no journal yet.
    #[error("this store is not enrolled: ask the department for a code, then run `ocop-pos enrol`")]
    NotEnrolled,
    /// Too large, or not to be spelled.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// A payload that cannot be written as JSON; a bug of ours.
    #[error(transparent)]
    Payload(#[from] serde_json::Error),
    /// Numbers that contradict each other; a bug of ours.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl Draft {
    /// Begins a draft that shares one payload and keeps the other in the store.
    ///
    /// # Errors
    /// When a payload cannot be written; a bug of ours.
    pub fn both(
        kind: Kind,
        business_date: Date,
        (shared, private): (&impl Serialize, &impl Serialize),
    ) -> Result<Self, JournalError> {
        let (shared, private) = (payload::write(shared)?, payload::write(private)?);
        Ok(Self { kind, schema: SCHEMA, sale_id: None, business_date, shared, private, payable_vnd: 0 })
    }

    /// Begins a draft without anything private.
    ///
    /// # Errors
    /// When the payload cannot be written; a bug of ours.
    pub fn new(
        kind: Kind,
        business_date: Date,
        shared: &impl Serialize,
        salt: Salt,
    ) -> Result<Self, JournalError> {
        Self::both(kind, business_date, (shared, &NothingPrivate { salt }))
    }
}

impl Writer {
    /// Returns fresh salt for a private payload.
    pub fn salt(&self) -> Salt {
        let mut random = [0; 16];
        self.clock.fill(&mut random);
        Salt::new(random)
    }

    /// Appends an entry to the current stream and folds it. A wall clock that was set since the entry before gets an
    /// entry of its own first.
    ///
    /// # Errors
    /// When the store is not enrolled, the entry contradicts itself, or the database does not keep it; the caller
    /// drops the transaction and nothing happened.
    pub async fn append(&self, tx: &mut Tx, draft: Draft) -> Result<Entry, JournalError> {
        let head = streams::find_head(tx).await?.ok_or(JournalError::NotEnrolled)?;
        self.append_at(tx, head, draft).await
    }

    /// As [`Self::append`], at the journal's end that the caller read in this transaction.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn append_at(&self, tx: &mut Tx, head: Head, draft: Draft) -> Result<Entry, JournalError> {
        let Head { stream, at: mut before, envelope } = head;
        let mut flag = ClockFlag::Ok;
        if let Some((changed, expected_ms)) = envelope.and_then(|last| self.clock_change(&last)) {
            flag = changed;
            let note = ClockChanged { expected_ms, now_ms: self.clock.now_ms() };
            let note = Draft::new(Kind::ClockChanged, draft.business_date, &note, self.salt())?;
            before = self.write(tx, &stream, before, note, flag).await?.position();
        }
        self.write(tx, &stream, before, draft, flag).await
    }

    async fn write(
        &self,
        tx: &mut Tx,
        stream: &Stream,
        before: Position,
        draft: Draft,
        clock_flag: ClockFlag,
    ) -> Result<Entry, JournalError> {
        let last_central_ack = stream.acked_central_time_ms.map(|central_time| LastAck {
            seq: stream.acked.seq,
            hash: stream.acked.hash,
            central_time,
        });
        let envelope = Envelope {
            v: 1,
            stream: stream.stream,
            seq: before.seq + 1,
            prev_hash: before.hash,
            kind: draft.kind.as_str().to_owned(),
            schema: draft.schema,
            sale_id: draft.sale_id.map(SaleId::uuid),
            business_date: draft.business_date,
            wall_utc_ms: self.clock.now_ms(),
            utc_offset_min: UTC_OFFSET_MIN,
            boot_id: self.boot_id,
            mono_ms: self.clock.monotonic_ms(),
            clock_flag,
            last_central_ack,
            grand_total_after: stream.grand_total_vnd + draft.payable_vnd,
            shared_len: 0,
            shared_sha256: Hash::ZERO,
            private_len: 0,
            private_sha256: Hash::ZERO,
        };
        let entry = Entry::seal(envelope, draft.shared, &draft.private)?;
        entries::insert_entry(tx, stream.stream_no, &entry, Some(&draft.private)).await?;
        if !project(tx, self.store_id, stream.stream_no, &entry, Some(&draft.private)).await? {
            // A cart ends with its sale, so it cannot be told twice here.
            return Err(db::Error::Rows { table: "sales", rows: 0 }.into());
        }
        if draft.kind == Kind::Sale {
            streams::update_for_sale(tx, stream.stream_no, draft.payable_vnd).await?;
        }
        Ok(entry)
    }

    /// Returns what the clock did since the last entry, and what it should have said.
    fn clock_change(&self, last_envelope: &str) -> Option<(ClockFlag, i64)> {
        let last: Envelope = serde_json::from_str(last_envelope).ok()?;
        let now_ms = self.clock.now_ms();
        let expected_ms = if last.boot_id == self.boot_id {
            last.wall_utc_ms + (self.clock.monotonic_ms() - last.mono_ms)
        } else {
            // Another run of the program: only going backwards is certain.
            now_ms.max(last.wall_utc_ms)
        };
        if now_ms < last.wall_utc_ms || (now_ms < BUILT_MS && last.wall_utc_ms >= BUILT_MS) {
            return Some((ClockFlag::Behind, expected_ms));
        }
        ((now_ms - expected_ms).abs() > JUMP_MS).then_some((ClockFlag::Jumped, expected_ms))
    }
}
