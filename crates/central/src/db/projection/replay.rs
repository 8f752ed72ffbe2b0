//! A store's journals read again from the beginning, in the order in which the books took them up. Checks on the way
//! that each is an unbroken chain which ends at its head.

use std::collections::VecDeque;

use domain::ids::StoreId;
use protocol::Position;

use crate::db::engine::Tx;
use crate::db::entries::{self, Filed};
use crate::db::streams::{self, Stream};
use crate::error::{Error, Result};

/// Entries read at once from a stream.
const PAGE: i64 = 500;

/// All streams of a store, from the beginning.
#[derive(Debug)]
pub struct Replay {
    cursors: Vec<Cursor>,
    counted_no: i64,
}

/// Entries of one stream that were counted one after another.
#[derive(Debug)]
pub struct Run {
    /// The entries.
    pub entries: Vec<Filed>,
    /// Σ payable of the stream before them, đồng.
    pub grand_total_vnd: i64,
}

/// How far a stream has been read.
#[derive(Debug)]
struct Cursor {
    stream: Stream,
    read: Position,
    waiting: VecDeque<Filed>,
    grand_total_vnd: i64,
    is_done: bool,
}

impl Replay {
    /// Begins before the first entry.
    ///
    /// # Errors
    /// When the database fails or a chain is broken.
    pub async fn of_store(tx: &mut Tx, store_id: StoreId) -> Result<Self> {
        let mut cursors = Vec::new();
        for stream in streams::list_in(tx, store_id).await? {
            let mut cursor = Cursor {
                read: stream.after,
                waiting: VecDeque::new(),
                grand_total_vnd: stream.after_grand_total_vnd,
                is_done: false,
                stream,
            };
            cursor.fill(tx).await?;
            cursors.push(cursor);
        }
        Ok(Self { cursors, counted_no: 0 })
    }

    /// Returns how many entries came so far.
    pub const fn counted_no(&self) -> i64 {
        self.counted_no
    }

    /// Returns the next entries that were counted one after another, all of one stream; `None` at the end.
    ///
    /// # Errors
    /// When the database fails, a chain is broken, or an entry is missing in the order of counting: the error names it.
    pub async fn next_run(&mut self, tx: &mut Tx) -> Result<Option<Run>> {
        let numbers = |cursor: &Cursor| cursor.waiting.front().and_then(|filed| filed.counted_no);
        let next =
            self.cursors.iter_mut().filter(|cursor| numbers(cursor).is_some()).min_by_key(|c| numbers(c));
        let Some(cursor) = next else { return Ok(None) };
        let grand_total_vnd = cursor.grand_total_vnd;
        let mut entries = Vec::new();
        while numbers(cursor) == Some(self.counted_no + 1) {
            let Some(filed) = cursor.waiting.pop_front() else { break };
            self.counted_no += 1;
            cursor.grand_total_vnd = filed.entry.envelope.grand_total_after;
            entries.push(filed);
        }
        if entries.is_empty() {
            let store = cursor.stream.id.store_id;
            return Err(Error::damaged(
                "entries",
                store,
                format!("counted entry {} is missing", self.counted_no + 1),
            ));
        }
        cursor.fill(tx).await?;
        Ok(Some(Run { entries, grand_total_vnd }))
    }
}

impl Cursor {
    /// Reads until an entry waits that was counted, or the stream ends at its head.
    async fn fill(&mut self, tx: &mut Tx) -> Result<()> {
        while self.waiting.is_empty() && !self.is_done {
            let page = entries::list_after(tx, self.stream.id, self.read.seq, PAGE).await?;
            self.is_done = page.is_empty();
            for filed in page {
                self.follow(&filed)?;
                if filed.counted_no.is_some() {
                    self.waiting.push_back(filed);
                }
            }
        }
        if self.is_done && self.read != self.stream.head {
            return Err(self.damaged(self.stream.head.seq, "the stream does not end at its head"));
        }
        Ok(())
    }

    fn follow(&mut self, filed: &Filed) -> Result<()> {
        let envelope = &filed.entry.envelope;
        // An adopted branch keeps its bytes, which name the stream that it left.
        let named = envelope.stream.incarnation;
        let is_named = named == self.stream.id.incarnation
            || (self.stream.after.seq > 0 && self.stream.predecessor == Some(named));
        if envelope.stream.store_id != self.stream.id.store_id || !is_named {
            return Err(self.damaged(envelope.seq, "it is another stream's"));
        }
        if !filed.entry.follows(self.read) {
            return Err(self.damaged(self.read.seq + 1, "the chain is broken"));
        }
        self.read = filed.entry.position();
        Ok(())
    }

    fn damaged(&self, seq: i64, why: &str) -> Error {
        Error::damaged("entries", format!("{} entry {seq}", self.stream.id), why)
    }
}
