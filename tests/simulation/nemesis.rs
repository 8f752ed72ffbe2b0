//! What happens to the stores and to central: ordinary days, and everything that goes wrong.

use protocol::entry::ClockFlag;
use protocol::{Entry, SecretKey, StreamId};

use super::after_sale;
use super::goods;
use super::network::{From, Weather};
use super::session;
use super::store::Machine;
use super::world::World;

const MACHINES_MOST: usize = 6;
const COPIES_MOST: usize = 3;

type Act = fn(&mut World);

/// Acts with their weights.
const ACTS: &[(usize, Act)] = &[
    (340, sell),
    (90, take_back),
    (50, learn_that_money_came),
    (60, receive),
    (40, open_or_close),
    (20, tell_something_unknown),
    (100, nothing),
    (40, restart),
    (25, jump_clock),
    (40, copy_disk),
    (10, restore_without_key),
    (10, restore_with_key),
    (10, clone),
    (40, partition_or_heal),
    (20, change_weather),
    (15, restart_central),
    (25, copy_central),
    (8, restore_central),
    (10, forge_batch),
    (10, send_with_hole),
    (80, enrol),
    (40, approve),
    (30, adopt),
];

pub(crate) fn act(world: &mut World) {
    let all = ACTS.iter().map(|(weight, _)| weight).sum();
    let mut ticket = world.random.below(all);
    for (weight, act) in ACTS {
        if ticket < *weight {
            return act(world);
        }
        ticket -= weight;
    }
}

fn any_machine(world: &mut World) -> usize {
    world.random.below(world.machines.len())
}

fn nothing(_: &mut World) {}

fn sell(world: &mut World) {
    let index = any_machine(world);
    for _ in 0..1 + world.random.below(3) {
        if let Some(entry) = world.machines[index].sell(&mut world.random, world.now_ms) {
            world.appended(index, &entry);
        }
    }
}

fn tell(world: &mut World, index: usize, draft: &goods::Draft, flag: ClockFlag) {
    let entry = world.machines[index].append(draft, flag, &mut world.random, world.now_ms);
    world.appended(index, &entry);
}

fn take_back(world: &mut World) {
    let index = any_machine(world);
    let World { machines, random, .. } = world;
    if let Some(draft) = after_sale::refund(&machines[index], random) {
        world.happened(if draft.kind == "void" { "voided" } else { "taken back" }, index);
        tell(world, index, &draft, ClockFlag::Ok);
    }
}

fn learn_that_money_came(world: &mut World) {
    let index = any_machine(world);
    let World { machines, random, .. } = world;
    if let Some(draft) = after_sale::confirmation(&machines[index], random) {
        world.happened("money came", index);
        tell(world, index, &draft, ClockFlag::Ok);
    }
}

fn receive(world: &mut World) {
    let index = any_machine(world);
    let id = world.random.id();
    tell(world, index, &goods::delivery(id), ClockFlag::Ok);
}

fn open_or_close(world: &mut World) {
    let index = any_machine(world);
    let opens = world.random.permille(500);
    tell(world, index, &goods::shift(opens), ClockFlag::Ok);
}

fn tell_something_unknown(world: &mut World) {
    let index = any_machine(world);
    tell(world, index, &goods::unknown(), ClockFlag::Ok);
}

fn restart(world: &mut World) {
    let index = any_machine(world);
    world.happened("restarted", index);
    world.machines[index].restart(&mut world.random, world.now_ms);
}

/// Somebody sets the clock, by minutes or by years.
fn jump_clock(world: &mut World) {
    let index = any_machine(world);
    let most = if world.random.permille(300) { 300_000_000_000 } else { 10_000_000 };
    let jump_ms = world.random.between(-most, most);
    world.happened("clock jumped", index);
    let machine = &mut world.machines[index];
    let expected_ms = world.now_ms + machine.wall_offset_ms;
    machine.wall_offset_ms = jump_ms;
    let flag = if jump_ms < 0 { ClockFlag::Behind } else { ClockFlag::Jumped };
    let now_ms = world.now_ms + jump_ms;
    tell(world, index, &goods::clock_changed(expected_ms, now_ms), flag);
}

fn copy_disk(world: &mut World) {
    let index = any_machine(world);
    let machine = &mut world.machines[index];
    if machine.copies.len() == COPIES_MOST {
        machine.copies.remove(0);
    }
    machine.copies.push((machine.disk.clone(), machine.keys.clone()));
}

/// Puts an older copy in the place of the journals; returns the keys of its time.
fn put_back(world: &mut World, index: usize) -> Option<super::store::Keys> {
    let machine = &mut world.machines[index];
    if machine.copies.is_empty() {
        return None;
    }
    let (disk, keys) = machine.copies[world.random.below(machine.copies.len())].clone();
    machine.disk = disk;
    machine.restart(&mut world.random, world.now_ms);
    world.watch.went_back(index);
    Some(keys)
}

/// A new computer gets the last backup, which has no key in it: it goes on in a new stream.
fn restore_without_key(world: &mut World) {
    let index = any_machine(world);
    if put_back(world, index).is_some() {
        world.happened("restored without key", index);
        world.machines[index].keys.clear();
        let former = &world.machines[index].disk.journals;
        world.watch.close(index, former);
        world.begin_stream(index, "restored");
    }
}

/// Somebody copies a whole disk back, key and all: only central can tell.
fn restore_with_key(world: &mut World) {
    let index = any_machine(world);
    if let Some(keys) = put_back(world, index) {
        world.happened("restored with key", index);
        world.machines[index].keys = keys;
        share_key(world, index);
    }
}

fn share_key(world: &mut World, index: usize) {
    for stream in world.machines[index].keys.keys() {
        world.watch.shared_key(*stream);
        world.network.never_repeat(*stream);
    }
}

/// Somebody copies a whole disk into a second computer.
fn clone(world: &mut World) {
    if world.machines.len() == MACHINES_MOST {
        return;
    }
    let index = any_machine(world);
    let original = &world.machines[index];
    let code = original.store_code.clone();
    let mut copy = Machine::new(world.machines.len(), code, &mut world.random, world.now_ms);
    copy.disk = original.disk.clone();
    copy.keys = original.keys.clone();
    copy.epoch = original.epoch;
    share_key(world, index);
    world.happened("cloned", index);
    world.machines.push(copy);
}

fn partition_or_heal(world: &mut World) {
    let index = any_machine(world);
    world.happened("partition", index);
    world.machines[index].is_online ^= true;
}

fn change_weather(world: &mut World) {
    world.network.weather = match world.random.below(3) {
        0 => Weather::default(),
        1 => Weather { lost: 500, ..Weather::BAD },
        _ => Weather::BAD,
    };
}

fn restart_central(world: &mut World) {
    world.happened("central restarted", "");
    world.network.drop_all();
}

fn copy_central(world: &mut World) {
    if world.central.copies.len() == COPIES_MOST {
        world.central.copies.remove(0);
    }
    world.central.copies.push(world.central.state.clone());
}

fn restore_central(world: &mut World) {
    if world.central.copies.is_empty() {
        return;
    }
    let which = world.random.below(world.central.copies.len());
    world.central.state = world.central.copies[which].clone();
    world.central.epoch = world.random.id();
    world.watch.central_went_back();
    world.happened("central restored", which);
}

/// Somebody without the key goes on in a store's stream.
fn forge_batch(world: &mut World) {
    let machine = any_machine(world);
    let stream = world.machines[machine].current().stream;
    let Some(last) = world.central.state.streams.get(&stream).and_then(|stream| stream.mainline.last())
    else {
        return;
    };
    let mut next = Entry::clone(last);
    next.envelope.seq += 1;
    next.envelope.prev_hash = last.hash;
    let next = Entry::seal(next.envelope, next.shared, "{}").unwrap();
    let key = SecretKey::from_bytes(&world.random.secret());
    world.happened("batch forged", machine);
    inject(world, machine, &[next], &key);
}

/// A damaged store leaves out an entry, and signs.
fn send_with_hole(world: &mut World) {
    let index = any_machine(world);
    let machine = &world.machines[index];
    let journal = machine.current();
    let rest = journal.entries.iter().skip(usize::try_from(journal.acked.seq).unwrap());
    let mut batch: Vec<Entry> = rest.take(3).map(|entry| Entry::clone(entry)).collect();
    if let (3, Some(key)) = (batch.len(), machine.keys.get(&journal.stream).cloned()) {
        batch.remove(1);
        world.happened("batch with a hole", index);
        inject(world, index, &batch, &key);
    }
}

/// Sends a batch whose answer nobody waits for.
fn inject(world: &mut World, machine: usize, batch: &[Entry], key: &SecretKey) {
    let stream = batch[0].envelope.stream;
    let request_no = world.network.next_request_no();
    let request = session::batch(batch, key, &world.central_key, world.now_ms);
    let from = From { machine, stream, request_no };
    world.network.send(from, request, &mut world.random, &mut world.seen, world.now_ms);
}

/// A person enrols a journal that central does not know: a new stream, or one that a restored central forgot.
fn enrol_machine(world: &mut World, index: usize) {
    let machine = &mut world.machines[index];
    let waits = |journal: &&super::store::Journal| {
        let stream = journal.stream;
        let is_free = machine.sessions.get(&stream).is_none_or(|session| session.waiting.is_none());
        let is_unknown = !journal.registered || session::is_refused(machine, stream);
        machine.keys.contains_key(&stream) && is_free && is_unknown
    };
    let streams: Vec<StreamId> =
        machine.disk.journals.iter().filter(waits).map(|journal| journal.stream).collect();
    for stream in streams {
        let machine = &mut world.machines[index];
        let request = session::enrolment(machine, stream);
        session::begin_enrolment(machine, stream);
        world.send(index, stream, request);
    }
}

fn enrol(world: &mut World) {
    let index = any_machine(world);
    enrol_machine(world, index);
}

fn held_streams(world: &World) -> Vec<StreamId> {
    let streams = world.central.state.streams.iter();
    streams.filter(|(_, stream)| !stream.approved).map(|(id, _)| *id).collect()
}

fn approve(world: &mut World) {
    let held = held_streams(world);
    if !held.is_empty() {
        let which = world.random.below(held.len());
        approve_one(world, held[which]);
    }
}

fn approve_one(world: &mut World, stream: StreamId) {
    if !world.central.state.streams[&stream].mainline.is_empty() {
        world.happened("approved later", stream.short_code());
    }
    let taken = world.central.state.approve(stream);
    world.counted(&taken);
}

fn streams_with_branches(world: &World) -> Vec<StreamId> {
    let streams = world.central.state.streams.iter();
    streams.filter(|(_, stream)| !stream.beside.is_empty()).map(|(id, _)| *id).collect()
}

fn adopt(world: &mut World) {
    let forked = streams_with_branches(world);
    if !forked.is_empty() {
        let which = world.random.below(forked.len());
        adopt_all(world, forked[which]);
    }
}

fn adopt_all(world: &mut World, stream: StreamId) {
    world.happened("branch adopted", stream.short_code());
    let taken = world.central.state.adopt(stream);
    world.counted(&taken);
}

/// What is left to people when all is well: enrol what is new, approve what is held, adopt what is beside.
pub(crate) fn person_does_everything(world: &mut World) {
    for index in 0..world.machines.len() {
        enrol_machine(world, index);
    }
    for stream in held_streams(world) {
        approve_one(world, stream);
    }
    for stream in streams_with_branches(world) {
        adopt_all(world, stream);
    }
}
