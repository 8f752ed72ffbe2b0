//! A model of central in memory: mainlines, what is held, branches of forks, books. It judges batches with the real
//! verdict and checks them with the real signatures.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::StoreId;
use protocol::batch::{Address, BatchError, BatchHeader, unpack};
use protocol::verdict::{Verdict, judge};
use protocol::wire::{Ack, Enrol, Enrolled, Head, Problem, ReadProof};
use protocol::{Entry, Hash, Position, PublicKey, SecretKey, StreamId};
use uuid::Uuid;

use super::books::{Books, Taken};

/// What lasts, and what a backup of central holds.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) streams: BTreeMap<StreamId, Stream>,
    pub(crate) books: BTreeMap<StoreId, Books>,
}

#[derive(Clone)]
pub(crate) struct Stream {
    public_key: PublicKey,
    pub(crate) approved: bool,
    /// Where the mainline stood when another branch was first seen; a person was told.
    pub(crate) fork: Option<Position>,
    pub(crate) alarm: bool,
    /// The position before the first entry; not the start for an adopted branch.
    pub(crate) after: Position,
    /// The stream whose branch this is.
    pub(crate) branch_of: Option<StreamId>,
    pub(crate) mainline: Vec<Rc<Entry>>,
    /// Entries of other branches, until a person adopts them.
    pub(crate) beside: BTreeMap<(i64, Hash), Rc<Entry>>,
}

impl Stream {
    pub(crate) fn head(&self) -> Position {
        self.mainline.last().map_or(self.after, |entry| entry.position())
    }

    /// Returns the hashes from the entry before the batch on, as the verdict wants them.
    fn stored(&self, batch: &[Entry]) -> Vec<Hash> {
        let first = usize::try_from(batch[0].envelope.seq - 1).unwrap();
        let before = [Hash::ZERO].into_iter();
        before.chain(self.mainline.iter().map(|entry| entry.hash)).skip(first).take(batch.len() + 1).collect()
    }

    fn mainline_has(&self, entry: &Entry) -> bool {
        let index = usize::try_from(entry.envelope.seq - self.after.seq - 1).ok();
        index.and_then(|index| self.mainline.get(index)).is_some_and(|mine| mine.hash == entry.hash)
    }
}

pub(crate) struct Central {
    pub(crate) key: SecretKey,
    pub(crate) epoch: Uuid,
    pub(crate) state: State,
    /// Copies of the database.
    pub(crate) copies: Vec<State>,
}

/// What central did, for the counters and the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Did {
    Appended { taken: Vec<Taken>, held: bool },
    Duplicate,
    Fork { batch: Vec<Hash> },
    Gap,
    Refused,
    Told,
}

/// An answer as HTTP carries it.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) did: Did,
}

impl Answer {
    fn refuse(problem: &Problem) -> Self {
        let (status, did) = match problem {
            Problem::Gap { .. } => (409, Did::Gap),
            Problem::CorruptBatch { .. } => (422, Did::Refused),
            _ => (401, Did::Refused),
        };
        Self { status, body: serde_json::to_string(problem).unwrap(), did }
    }
}

impl Central {
    fn ack(&self, stream: StreamId, exceptions: Vec<i64>, now_ms: i64) -> Ack {
        let mine = &self.state.streams[&stream];
        let Position { seq, hash } = mine.head();
        let ack = Ack {
            stream,
            acked_seq: seq,
            acked_hash: hash,
            held: !mine.approved,
            central_epoch: self.epoch,
            central_time: now_ms,
            exceptions,
            signature: String::new(),
        };
        ack.sign(&self.key)
    }

    pub(crate) fn enrol(&mut self, request: &Enrol) -> Answer {
        let store_id = Uuid::from_u128(u128::from_str_radix(&request.code, 36).unwrap()).into();
        let incarnation = u128::from_str_radix(&request.incarnation, 16).unwrap();
        let stream = StreamId { store_id, incarnation };
        let known = self.state.streams.get(&stream);
        let is_other = known.is_some_and(|known| known.public_key != request.public_key);
        if request.verify().is_err() || is_other {
            return Answer::refuse(&Problem::EnrolmentCode);
        }
        self.state.streams.entry(stream).or_insert_with(|| Stream {
            public_key: request.public_key,
            approved: false,
            fork: None,
            alarm: false,
            after: Position::START,
            branch_of: None,
            mainline: Vec::new(),
            beside: BTreeMap::new(),
        });
        let enrolled = Enrolled {
            stream,
            central_key: self.key.public(),
            store_code: request.code.clone(),
            store_name: String::new(),
        };
        Answer { status: 200, body: serde_json::to_string(&enrolled).unwrap(), did: Did::Told }
    }

    pub(crate) fn head(&self, path: &str, proof: &ReadProof, now_ms: i64) -> Answer {
        let known = self.state.streams.get(&proof.stream);
        if known.is_none_or(|known| proof.verify(&known.public_key, path).is_err()) {
            return Answer::refuse(&Problem::Unauthorised);
        }
        let head = Head { ack: self.ack(proof.stream, Vec::new(), now_ms) };
        Answer { status: 200, body: serde_json::to_string(&head).unwrap(), did: Did::Told }
    }

    pub(crate) fn push(
        &mut self,
        stream: StreamId,
        path: &str,
        header: &BatchHeader,
        body: &[u8],
        now_ms: i64,
    ) -> Answer {
        let central_key = self.key.public();
        let address = Address { path, central_key: &central_key, stream };
        let Some(mine) = self.state.streams.get_mut(&stream) else {
            return Answer::refuse(&Problem::Unauthorised);
        };
        if header.verify(&mine.public_key, address, body).is_err() {
            return Answer::refuse(&Problem::Unauthorised);
        }
        let batch = match unpack(body, header, stream) {
            Ok(batch) => batch,
            Err(BatchError::Corrupt { at }) => return Answer::refuse(&Problem::CorruptBatch { at }),
            Err(_) => return Answer::refuse(&Problem::CorruptBatch { at: 0 }),
        };
        let verdict = match mine.fork {
            Some(Position { seq, hash }) => Verdict::Fork { at_seq: seq, central_hash: hash },
            None => judge(mine.head(), &mine.stored(&batch), &batch),
        };
        match verdict {
            Verdict::Append { known } if known == batch.len() => self.acknowledge(stream, &[], now_ms),
            Verdict::Append { known } => {
                let fresh: Vec<Rc<Entry>> = batch[known..].iter().cloned().map(Rc::new).collect();
                mine.mainline.extend(fresh.iter().cloned());
                self.acknowledge(stream, &fresh, now_ms)
            }
            Verdict::Gap { expected } => Answer::refuse(&Problem::Gap { expected }),
            Verdict::Fork { at_seq, central_hash } => {
                mine.fork.get_or_insert(Position { seq: at_seq, hash: central_hash });
                mine.alarm = true;
                self.keep_beside(stream, &batch);
                let body = serde_json::to_string(&Problem::Fork { at_seq, central_hash }).unwrap();
                let batch = batch.iter().map(|entry| entry.hash).collect();
                Answer { status: 409, body, did: Did::Fork { batch } }
            }
        }
    }

    fn acknowledge(&mut self, stream: StreamId, fresh: &[Rc<Entry>], now_ms: i64) -> Answer {
        let approved = self.state.streams[&stream].approved;
        let taken = if approved { self.state.count_all(stream.store_id, fresh) } else { Vec::new() };
        let with_seq = fresh.iter().map(|entry| entry.envelope.seq).zip(&taken);
        let exceptions = with_seq
            .filter(|(_, taken)| !matches!(taken, Taken::Counted | Taken::Duplicate))
            .map(|(seq, _)| seq)
            .collect();
        let did = if fresh.is_empty() { Did::Duplicate } else { Did::Appended { taken, held: !approved } };
        let status = if approved { 200 } else { 202 };
        let ack = self.ack(stream, exceptions, now_ms);
        Answer { status, body: serde_json::to_string(&ack).unwrap(), did }
    }

    /// Keeps what stands neither in the mainline nor in a branch that was adopted before.
    fn keep_beside(&mut self, stream: StreamId, batch: &[Entry]) {
        let known = |entry: &Entry| {
            self.state
                .streams
                .iter()
                .filter(|(id, other)| **id == stream || other.branch_of == Some(stream))
                .any(|(_, other)| other.mainline_has(entry))
        };
        let fresh: Vec<Entry> = batch.iter().filter(|entry| !known(entry)).cloned().collect();
        let mine = self.state.streams.get_mut(&stream).unwrap();
        for entry in fresh {
            mine.beside.entry((entry.envelope.seq, entry.hash)).or_insert_with(|| Rc::new(entry));
        }
    }
}

impl State {
    fn count(&mut self, store_id: StoreId, entry: &Entry) -> Taken {
        self.books.entry(store_id).or_default().take_up(store_id, entry)
    }

    /// Counts a stream's entries in their order; returns what became of each.
    fn count_all(&mut self, store_id: StoreId, entries: &[Rc<Entry>]) -> Vec<Taken> {
        entries.iter().map(|entry| self.count(store_id, entry)).collect()
    }

    /// A person compared the fingerprints: what was held is counted in its order, what comes later as it comes.
    pub(crate) fn approve(&mut self, stream: StreamId) -> Vec<Taken> {
        let mine = self.streams.get_mut(&stream).unwrap();
        mine.approved = true;
        let mainline = mine.mainline.clone();
        self.count_all(stream.store_id, &mainline)
    }

    /// A person adopts the branches of a fork: each is a stream of its own from the common point on, named by its
    /// first entry, and is counted. The forked stream stays closed.
    pub(crate) fn adopt(&mut self, stream: StreamId) -> Vec<Taken> {
        let origin = self.streams.get_mut(&stream).unwrap();
        let public_key = origin.public_key;
        let mut chains: Vec<Vec<Rc<Entry>>> = Vec::new();
        for entry in std::mem::take(&mut origin.beside).into_values() {
            let chain = chains
                .iter_mut()
                .find(|chain| chain.last().is_some_and(|last| entry.follows(last.position())));
            match chain {
                Some(chain) => chain.push(entry),
                None => chains.push(vec![entry]),
            }
        }
        let mut taken = Vec::new();
        for chain in chains {
            let first = &chain[0];
            let mut name = [0; 16];
            name.copy_from_slice(&first.hash.bytes()[..16]);
            let id = StreamId { incarnation: u128::from_be_bytes(name), ..stream };
            let after = Position { seq: first.envelope.seq - 1, hash: first.envelope.prev_hash };
            taken.extend(self.count_all(stream.store_id, &chain));
            let branch = Stream {
                public_key,
                approved: true,
                fork: None,
                alarm: false,
                after,
                branch_of: Some(stream),
                mainline: chain,
                beside: BTreeMap::new(),
            };
            self.streams.insert(id, branch);
        }
        taken
    }
}
