//! What must hold: after every step, and when all has come to rest. The numbers are those of the protocol's invariants.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use domain::ids::StoreId;
use protocol::{Entry, Hash, Kind, Payload, Position, StreamId};
use uuid::Uuid;

use super::books::Books;
use super::central::Stream;
use super::goods;
use super::reversal;
use super::store::Journal;
use super::world::World;

/// What was seen before, for what must not change.
#[derive(Default)]
pub(crate) struct Watch {
    mainlines: BTreeMap<StreamId, Mainline>,
    entries_at_central: usize,
    counted: BTreeMap<StoreId, Counted>,
    acked: BTreeMap<(usize, StreamId), i64>,
    /// Batches that got the answer "fork": both sides must be kept.
    forked: Vec<(StreamId, Vec<Hash>)>,
    /// Everything that a store wrote.
    written: HashSet<Hash>,
    /// What each receipt number stands for.
    printed: HashMap<String, Hash>,
    /// Streams whose key was on two disks, or on one that went back: only central can tell their entries apart.
    shared_keys: BTreeSet<StreamId>,
    /// Journals that a computer has left, with their length then.
    closed: BTreeMap<(usize, StreamId), usize>,
    reprinted: Option<String>,
}

#[derive(Default)]
struct Mainline {
    checked: usize,
    head: Option<Position>,
    total: i64,
    frozen: Option<Position>,
}

#[derive(Default)]
struct Counted {
    entries: usize,
    hashes: HashSet<Hash>,
    sales: usize,
    sale_ids: HashSet<Uuid>,
}

impl Watch {
    /// Notes an entry that a store has written.
    pub(crate) fn written(&mut self, entry: &Entry) {
        self.written.insert(entry.hash);
        if entry.envelope.kind() != Kind::Sale {
            return;
        }
        let Ok(Payload::Sale(sale)) = Payload::read(&Kind::Sale, entry.envelope.schema, &entry.shared) else {
            return;
        };
        let first = *self.printed.entry(sale.receipt.clone()).or_insert(entry.hash);
        if first != entry.hash && !self.shared_keys.contains(&entry.envelope.stream) {
            self.reprinted = Some(sale.receipt);
        }
    }

    pub(crate) fn fork_answered(&mut self, stream: StreamId, batch: Vec<Hash>) {
        self.forked.push((stream, batch));
    }

    pub(crate) fn shared_key(&mut self, stream: StreamId) {
        self.shared_keys.insert(stream);
    }

    pub(crate) fn has_shared_key(&self, stream: StreamId) -> bool {
        self.shared_keys.contains(&stream)
    }

    /// A computer leaves its journals for a new one.
    pub(crate) fn close(&mut self, machine: usize, journals: &[Journal]) {
        for journal in journals {
            self.closed.insert((machine, journal.stream), journal.entries.len());
        }
    }

    /// A computer got an older copy: what it knew of central went back too.
    pub(crate) fn went_back(&mut self, machine: usize) {
        self.acked.retain(|(of, _), _| *of != machine);
        self.closed.retain(|(of, _), _| *of != machine);
    }

    pub(crate) fn central_went_back(&mut self) {
        self.mainlines.clear();
        self.counted.clear();
        self.forked.clear();
        self.entries_at_central = 0;
    }
}

pub(crate) fn check_step(world: &mut World) -> Result<(), String> {
    let World { central, machines, watch, .. } = world;
    let streams = &central.state.streams;
    for (id, stream) in streams {
        check_mainline(*id, stream, watch)?;
    }
    let entries = streams.values().map(|stream| stream.mainline.len() + stream.beside.len()).sum();
    if entries < watch.entries_at_central {
        let lost = watch.entries_at_central - entries;
        return Err(format!("I1: {lost} entries that central had are gone"));
    }
    watch.entries_at_central = entries;
    let mut approved: BTreeMap<StoreId, usize> = BTreeMap::new();
    for (id, stream) in streams.iter().filter(|(_, stream)| stream.approved) {
        *approved.entry(id.store_id).or_default() += stream.mainline.len();
    }
    for (store, books) in &central.state.books {
        check_counted(books, watch.counted.entry(*store).or_default())?;
        reversal::check_step(books)?;
        let (counted, entries) = (books.taken_up.len(), approved.remove(store).unwrap_or(0));
        if counted != entries {
            return Err(format!("I16: {store}: {counted} entries are counted, and {entries} are approved"));
        }
    }
    if let Some((store, entries)) = approved.iter().find(|(_, entries)| **entries > 0) {
        return Err(format!("I16: {store}: none of {entries} approved entries is counted"));
    }
    for machine in machines.iter() {
        for journal in &machine.disk.journals {
            let key = (machine.name, journal.stream);
            let acked = watch.acked.entry(key).or_default();
            if journal.acked.seq < *acked || journal.hash_at(journal.acked.seq) != Some(journal.acked.hash) {
                return Err(format!("I5: {} acknowledged to {:?} after {acked}", name(key), journal.acked));
            }
            *acked = journal.acked.seq;
            if watch.closed.get(&key).is_some_and(|closed| journal.entries.len() > *closed) {
                return Err(format!("I14: {} was left and is written to again", name(key)));
            }
        }
    }
    watch
        .reprinted
        .take()
        .map_or(Ok(()), |receipt| Err(format!("I14: receipt {receipt} stands for two sales")))
}

fn name((machine, stream): (usize, StreamId)) -> String {
    format!("machine {machine}, stream {}", stream.short_code())
}

/// Checks what a mainline has got since the last look: contiguous, linked, the running total right, what stood there
/// before still there, and nothing at all once it is forked.
fn check_mainline(id: StreamId, stream: &Stream, watch: &mut Watch) -> Result<(), String> {
    let seen = watch.mainlines.entry(id).or_default();
    let code = id.short_code();
    let before = seen.head.unwrap_or(stream.after);
    if stream.mainline.len() < seen.checked
        || (seen.checked > 0 && stream.mainline[seen.checked - 1].position() != before)
    {
        return Err(format!("I5: mainline {code} no longer has entry {}", before.seq));
    }
    if seen.checked == 0 {
        // A branch goes on from the total where it leaves; its first entry tells it.
        seen.total = match stream.mainline.first() {
            Some(first) if stream.branch_of.is_some() => first.envelope.grand_total_after - payable(first),
            _ => 0,
        };
    }
    let mut before = before;
    for entry in &stream.mainline[seen.checked..] {
        if entry.envelope.seq != before.seq + 1 {
            return Err(format!("I13: mainline {code} has {} after {}", entry.envelope.seq, before.seq));
        }
        seen.total += payable(entry);
        if !entry.follows(before) || entry.envelope.grand_total_after != seen.total {
            return Err(format!("I4: mainline {code} is broken at {}", entry.envelope.seq));
        }
        before = entry.position();
    }
    seen.checked = stream.mainline.len();
    seen.head = Some(before);
    if stream.fork.is_some() {
        let frozen = *seen.frozen.get_or_insert(before);
        if frozen != before || !stream.alarm {
            return Err(format!("I12: {code} is forked and its mainline went from {frozen:?} to {before:?}"));
        }
    }
    Ok(())
}

fn payable(entry: &Entry) -> i64 {
    sale_of(entry).map_or(0, goods::payable)
}

/// Returns the sale that an entry tells.
fn sale_of(entry: &Entry) -> Option<Uuid> {
    entry.envelope.sale_id.filter(|_| entry.envelope.kind() == Kind::Sale)
}

fn check_counted(books: &Books, counted: &mut Counted) -> Result<(), String> {
    for hash in &books.taken_up[counted.entries.min(books.taken_up.len())..] {
        if !counted.hashes.insert(*hash) {
            return Err(format!("I2: entry {hash:?} was counted twice"));
        }
    }
    counted.entries = books.taken_up.len();
    for sale_id in &books.sales[counted.sales.min(books.sales.len())..] {
        if !counted.sale_ids.insert(*sale_id) {
            return Err(format!("I2: sale {sale_id} is in the turnover twice"));
        }
    }
    counted.sales = books.sales.len();
    let sum: i64 = books.balances.values().sum();
    if sum != 0 {
        return Err(format!("I2: the accounts add up to {sum}"));
    }
    Ok(())
}

/// Returns what is not at rest yet.
pub(crate) fn pending(world: &World) -> Option<String> {
    if !world.network.is_quiet() {
        return Some("something is under way".to_owned());
    }
    let streams = &world.central.state.streams;
    if let Some((id, _)) = streams.iter().find(|(_, stream)| !stream.approved || !stream.beside.is_empty()) {
        return Some(format!("{} waits for a person", id.short_code()));
    }
    let places = places(world).unwrap_or_default();
    for machine in &world.machines {
        let journals = machine.disk.journals.iter().filter(|j| machine.keys.contains_key(&j.stream));
        for journal in journals {
            let what = name((machine.name, journal.stream));
            let Some(stream) = streams.get(&journal.stream).filter(|_| journal.registered) else {
                return Some(format!("{what} is not enrolled"));
            };
            if let Some(entry) = journal.entries.iter().find(|entry| !places.contains_key(&entry.hash)) {
                return Some(format!("{what} has entry {}, and central has not", entry.envelope.seq));
            }
            let is_current = machine.current().stream == journal.stream;
            if is_current && stream.fork.is_none() && stream.head() != journal.head() {
                let (here, there) = (journal.head(), stream.head());
                return Some(format!("{what} has head {here:?}, and central {there:?}"));
            }
        }
    }
    None
}

/// Returns where each entry at central stands; a second place for one is a fault.
fn places(world: &World) -> Result<HashMap<Hash, StreamId>, String> {
    let mut places = HashMap::new();
    for (id, stream) in &world.central.state.streams {
        for entry in stream.mainline.iter().chain(stream.beside.values()) {
            if let Some(other) = places.insert(entry.hash, *id) {
                let seq = entry.envelope.seq;
                return Err(format!(
                    "I1: entry {seq} of {} stands in {other} and {id}",
                    entry.envelope.stream
                ));
            }
        }
    }
    Ok(places)
}

pub(crate) fn check_end(world: &mut World) -> Result<(), String> {
    let places = places(world)?;
    if let Some((hash, stream)) = places.iter().find(|(hash, _)| !world.watch.written.contains(*hash)) {
        return Err(format!("I1: {stream} has the entry {hash}, which no store wrote"));
    }
    for machine in &world.machines {
        let journals = machine.disk.journals.iter().filter(|j| machine.keys.contains_key(&j.stream));
        for entry in journals.flat_map(|journal| &journal.entries) {
            if !places.contains_key(&entry.hash) {
                let (seq, what) = (entry.envelope.seq, name((machine.name, entry.envelope.stream)));
                return Err(format!("I1: entry {seq} of {what} is not at central"));
            }
        }
    }
    for (stream, batch) in &world.watch.forked {
        if batch.iter().any(|hash| !places.contains_key(hash)) {
            return Err(format!("I12: a branch of {} was not kept", stream.short_code()));
        }
    }
    for (id, stream) in &world.central.state.streams {
        check_whole(*id, stream, &places)?;
    }
    check_books(world)
}

/// Checks a mainline from its first entry, whatever was seen on the way.
fn check_whole(id: StreamId, stream: &Stream, places: &HashMap<Hash, StreamId>) -> Result<(), String> {
    let after = stream.after;
    if after.seq > 0 && !places.contains_key(&after.hash) {
        return Err(format!("I13: the branch {id} begins after an entry that is not at central"));
    }
    let mut fresh = Watch::default();
    check_mainline(id, stream, &mut fresh)
}

/// Counts everything anew, stream by stream in another order, and compares with what central has.
fn check_books(world: &mut World) -> Result<(), String> {
    let World { central, random, .. } = world;
    for (store, books) in &central.state.books {
        let streams: Vec<&[Rc<Entry>]> = central
            .state
            .streams
            .iter()
            .filter(|(id, _)| id.store_id == *store)
            .map(|(_, stream)| &*stream.mainline)
            .collect();
        let told: BTreeSet<Uuid> =
            streams.iter().copied().flatten().filter_map(|entry| sale_of(entry)).collect();
        let turnover: i64 = told.iter().copied().map(goods::payable).sum();
        if turnover != books.turnover {
            return Err(format!("I2: {store}: turnover {} instead of {turnover}", books.turnover));
        }
        reversal::check_end(*store, books, &told, &streams)?;
        let mut rest = streams;
        let mut anew = Books::default();
        rest.retain(|stream| !stream.is_empty());
        while !rest.is_empty() {
            let which = random.below(rest.len());
            if let Some((first, others)) = rest[which].split_first() {
                anew.take_up(*store, first);
                rest[which] = others;
            }
            rest.retain(|stream| !stream.is_empty());
        }
        if anew.sums() != books.sums() {
            return Err(format!("I8: {store}: another order gives other sums"));
        }
    }
    Ok(())
}
