//! A computer in a store: journals that last, keys beside them, a cart, and the sync of each journal by the real plan.

use std::collections::BTreeMap;
use std::rc::Rc;

use protocol::entry::{ClockFlag, LastAck};
use protocol::payload::{Genesis, Predecessor, SCHEMA, write};
use protocol::plan::Event;
use protocol::{Entry, Envelope, Hash, Position, SecretKey, StreamId};
use uuid::Uuid;

use super::goods::{self, DAY, Draft};
use super::random::Random;
use super::session::Session;

/// One stream as this computer has it.
#[derive(Clone)]
pub(crate) struct Journal {
    pub(crate) stream: StreamId,
    pub(crate) former: Option<StreamId>,
    pub(crate) entries: Vec<Rc<Entry>>,
    pub(crate) acked: Position,
    pub(crate) acked_central_time: i64,
    pub(crate) receipts: i64,
    /// Central has taken the enrolment.
    pub(crate) registered: bool,
    /// The epoch of the central that has all of this journal, once another journal has taken its place.
    pub(crate) finished_with: Option<Uuid>,
}

impl Journal {
    pub(crate) fn head(&self) -> Position {
        self.entries.last().map_or(Position::START, |entry| entry.position())
    }

    pub(crate) fn hash_at(&self, seq: i64) -> Option<Hash> {
        if seq == 0 {
            return Some(Hash::ZERO);
        }
        let index = usize::try_from(seq - 1).ok()?;
        self.entries.get(index).map(|entry| entry.hash)
    }
}

/// What a backup holds.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    pub(crate) journals: Vec<Journal>,
    /// The sale in the cart: its id is made at the first scan.
    pub(crate) cart: Option<Uuid>,
}

pub(crate) type Keys = BTreeMap<StreamId, SecretKey>;

pub(crate) struct Machine {
    pub(crate) name: usize,
    pub(crate) store_code: String,
    pub(crate) disk: Disk,
    /// In another folder than the journals, and in no backup.
    pub(crate) keys: Keys,
    /// Backups, each with the keys of its time: only who copies the whole disk gets those too.
    pub(crate) copies: Vec<(Disk, Keys)>,
    pub(crate) boot_id: Uuid,
    pub(crate) booted_at_ms: i64,
    pub(crate) wall_offset_ms: i64,
    pub(crate) is_online: bool,
    /// Lost with every restart.
    pub(crate) sessions: BTreeMap<StreamId, Session>,
    /// The epoch in central's last signed word.
    pub(crate) epoch: Option<Uuid>,
}

impl Machine {
    pub(crate) fn new(name: usize, store_code: String, random: &mut Random, now_ms: i64) -> Self {
        Self {
            name,
            store_code,
            disk: Disk::default(),
            keys: Keys::new(),
            copies: Vec::new(),
            boot_id: random.id(),
            booted_at_ms: now_ms,
            wall_offset_ms: 0,
            is_online: true,
            sessions: BTreeMap::new(),
            epoch: None,
        }
    }

    pub(crate) fn current(&self) -> &Journal {
        self.disk.journals.last().unwrap()
    }

    pub(crate) fn journal(&self, stream: StreamId) -> Option<&Journal> {
        self.disk.journals.iter().find(|journal| journal.stream == stream)
    }

    pub(crate) fn journal_mut(&mut self, stream: StreamId) -> Option<&mut Journal> {
        self.disk.journals.iter_mut().find(|journal| journal.stream == stream)
    }

    /// Starts the program again: what was only in memory is gone.
    pub(crate) fn restart(&mut self, random: &mut Random, now_ms: i64) {
        self.boot_id = random.id();
        self.booted_at_ms = now_ms;
        self.sessions.clear();
    }

    /// Goes on in a new stream with a new key, and tells of the former one.
    pub(crate) fn begin_stream(&mut self, reason: &str, random: &mut Random, now_ms: i64) -> Rc<Entry> {
        let key = SecretKey::from_bytes(&random.secret());
        let former = self.disk.journals.last();
        let store_id = former.map_or_else(
            || Uuid::from_u128(u128::from_str_radix(&self.store_code, 36).unwrap()).into(),
            |former| former.stream.store_id,
        );
        let stream = StreamId { store_id, incarnation: random.bits() };
        let genesis = Genesis {
            public_key: key.public(),
            reason: reason.to_owned(),
            predecessor: former.map(|former| {
                let Position { seq, hash } = former.head();
                Predecessor { stream: former.stream, seq, hash }
            }),
            software: "0.1.0".to_owned(),
        };
        let journal = Journal {
            stream,
            former: former.map(|former| former.stream),
            entries: Vec::new(),
            acked: Position::START,
            acked_central_time: 0,
            receipts: 0,
            registered: false,
            finished_with: None,
        };
        self.disk.journals.push(journal);
        self.keys.insert(stream, key);
        self.append(&Draft::new("genesis", write(&genesis).unwrap()), ClockFlag::Ok, random, now_ms)
    }

    /// Scans the first good of a sale, or finishes the sale in the cart; returns its entry.
    pub(crate) fn sell(&mut self, random: &mut Random, now_ms: i64) -> Option<Rc<Entry>> {
        let Some(sale_id) = self.disk.cart.take() else {
            self.disk.cart = Some(random.id());
            return None;
        };
        let journal = self.disk.journals.last_mut().unwrap();
        journal.receipts += 1;
        let (code, number) = (journal.stream.short_code(), journal.receipts);
        let receipt = format!("{}-{code}-{number:06}", self.store_code);
        Some(self.append(&goods::sale(sale_id, receipt), ClockFlag::Ok, random, now_ms))
    }

    pub(crate) fn append(
        &mut self,
        draft: &Draft,
        clock_flag: ClockFlag,
        random: &mut Random,
        now_ms: i64,
    ) -> Rc<Entry> {
        let (wall_utc_ms, mono_ms) = (now_ms + self.wall_offset_ms, now_ms - self.booted_at_ms);
        let boot_id = self.boot_id;
        let journal = self.disk.journals.last_mut().unwrap();
        let before = journal.head();
        let total = journal.entries.last().map_or(0, |entry| entry.envelope.grand_total_after);
        let Position { seq, hash } = journal.acked;
        let central_time = journal.acked_central_time;
        let envelope = Envelope {
            v: 1,
            stream: journal.stream,
            seq: before.seq + 1,
            prev_hash: before.hash,
            kind: draft.kind.to_owned(),
            schema: SCHEMA,
            sale_id: draft.sale_id,
            business_date: DAY,
            wall_utc_ms,
            utc_offset_min: 420,
            boot_id,
            mono_ms,
            clock_flag,
            last_central_ack: (seq > 0).then_some(LastAck { seq, hash, central_time }),
            grand_total_after: total + draft.payable,
            shared_len: 0,
            shared_sha256: Hash::ZERO,
            private_len: 0,
            private_sha256: Hash::ZERO,
        };
        let private = format!("{{\"salt\":\"{:032x}\"}}", random.bits());
        let entry = Rc::new(Entry::seal(envelope, draft.shared.clone(), &private).unwrap());
        journal.entries.push(Rc::clone(&entry));
        let stream = journal.stream;
        if let Some(session) = self.sessions.get_mut(&stream) {
            session.plan.handle(Event::Appended(entry.position()), mono_ms, 0);
        }
        entry
    }
}
