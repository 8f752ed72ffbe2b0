//! The sync of one journal: carries out the commands of the real plan, as the store's program does, and turns what
//! comes back into its events.

use protocol::batch::{Address, BatchHeader, pack};
use protocol::plan::{Command, Event, Plan, Reason, Trouble};
use protocol::wire::{Ack, Enrol, Enrolled, Head, Problem, ReadProof};
use protocol::{Entry, PublicKey, SecretKey, StreamId};
use uuid::Uuid;

use super::network::{Reply, Request};
use super::random::Random;
use super::store::Machine;

/// A store waits so long for an answer.
const PATIENCE_MS: i64 = 60_000;
/// Batches are kept short, so that a disagreement is met in the middle of a run of them.
const ENTRIES_MOST: usize = 10;

pub(crate) struct Session {
    pub(crate) plan: Plan,
    pub(crate) waiting: Option<Waiting>,
    /// The epoch of the central whose head this plan began with.
    epoch: Option<Uuid>,
    /// Nothing happens before, unless an entry is written or an answer comes.
    pub(crate) wakes_at_ms: i64,
}

pub(crate) struct Waiting {
    pub(crate) request_no: u64,
    asked: Asked,
    gives_up_at_ms: i64,
}

enum Asked {
    Head,
    Push { sent_to: i64 },
    Enrolment,
}

/// What a journal does next.
#[expect(clippy::large_enum_variant, reason = "one at a time, in a test")]
pub(crate) enum Step {
    Send(Request),
    Begin(Reason),
    Nothing,
}

impl Session {
    fn new(machine: &Machine, stream: StreamId) -> Option<Self> {
        let journal = machine.journal(stream)?;
        let plan = Plan::new(journal.head(), journal.acked);
        Some(Self { plan, waiting: None, epoch: None, wakes_at_ms: 0 })
    }

    pub(crate) fn wait_for(&mut self, request_no: u64, request: &Request, now_ms: i64) {
        let asked = match request {
            Request::Head { .. } => Asked::Head,
            Request::Push { sent_to, .. } => Asked::Push { sent_to: *sent_to },
            Request::Enrol(_) => Asked::Enrolment,
        };
        self.waiting = Some(Waiting { request_no, asked, gives_up_at_ms: now_ms + PATIENCE_MS });
        self.wakes_at_ms = now_ms + PATIENCE_MS;
    }

    /// Asks without a network: nothing leaves the computer, so nothing has to be signed either.
    fn wait_in_vain(&mut self, now_ms: i64) {
        // No request has this number.
        self.waiting =
            Some(Waiting { request_no: 0, asked: Asked::Head, gives_up_at_ms: now_ms + PATIENCE_MS });
        self.wakes_at_ms = now_ms + PATIENCE_MS;
    }

    /// True when an answer did not come in time: whether central did what was asked is not known.
    pub(crate) fn gives_up(&mut self, now_ms: i64, mono_ms: i64, jitter: u32) -> bool {
        let gives_up = self.waiting.as_ref().is_some_and(|waiting| now_ms >= waiting.gives_up_at_ms);
        if gives_up {
            self.waiting = None;
            self.plan.handle(Event::Failed, mono_ms, jitter);
        }
        gives_up
    }
}

/// Opens a session for each journal that has something to say to central: the current one, and former ones until a
/// central of this epoch has all of them.
pub(crate) fn open(machine: &mut Machine) {
    let current = machine.current().stream;
    let streams: Vec<StreamId> = machine
        .disk
        .journals
        .iter()
        .filter(|journal| journal.registered && machine.keys.contains_key(&journal.stream))
        .filter(|journal| {
            journal.stream == current || finished_elsewhere(journal.finished_with, machine.epoch)
        })
        .map(|journal| journal.stream)
        .filter(|stream| !machine.sessions.contains_key(stream))
        .collect();
    for stream in streams {
        if let Some(session) = Session::new(machine, stream) {
            machine.sessions.insert(stream, session);
        }
    }
}

fn finished_elsewhere(finished_with: Option<Uuid>, epoch: Option<Uuid>) -> bool {
    finished_with.is_none() || finished_with != epoch
}

/// Returns what the journal of a session does at this moment.
pub(crate) fn step(
    machine: &mut Machine,
    stream: StreamId,
    central_key: &PublicKey,
    random: &mut Random,
    now_ms: i64,
) -> Step {
    let mono_ms = now_ms - machine.booted_at_ms;
    let is_current = machine.current().stream == stream;
    let device_time = now_ms + machine.wall_offset_ms;
    let Some(session) = machine.sessions.get_mut(&stream) else { return Step::Nothing };
    if session.waiting.is_some() {
        return Step::Nothing;
    }
    let (command, epoch) = (session.plan.next(mono_ms), session.epoch);
    match command {
        Command::AskHead | Command::Push { .. } if !machine.is_online => {
            session.wait_in_vain(now_ms);
            Step::Nothing
        }
        Command::AskHead => {
            let path = format!("/sync/v1/streams/{stream}/head");
            let proof = ReadProof::sign(&machine.keys[&stream], &path, stream, device_time);
            Step::Send(Request::Head { path, proof })
        }
        Command::Push { after } => {
            let most = 1 + random.below(ENTRIES_MOST);
            Step::Send(push(machine, stream, after, most, central_key, device_time))
        }
        Command::NewIncarnation(reason) if is_current => Step::Begin(reason),
        Command::WaitUntil(moment_ms) => {
            session.wakes_at_ms = machine.booted_at_ms + moment_ms;
            Step::Nothing
        }
        Command::Idle | Command::NewIncarnation(_) => {
            session.wakes_at_ms = i64::MAX;
            if !is_current {
                machine.sessions.remove(&stream);
                machine.journal_mut(stream).unwrap().finished_with = epoch;
            }
            Step::Nothing
        }
    }
}

fn push(
    machine: &Machine,
    stream: StreamId,
    after: i64,
    most: usize,
    central_key: &PublicKey,
    device_time: i64,
) -> Request {
    let journal = machine.journal(stream).unwrap();
    let rest = journal.entries.iter().skip(usize::try_from(after).unwrap());
    let entries: Vec<Entry> = rest.take(most).map(|entry| Entry::clone(entry)).collect();
    batch(&entries, &machine.keys[&stream], central_key, device_time)
}

/// Packs and signs entries.
pub(crate) fn batch(
    entries: &[Entry],
    key: &SecretKey,
    central_key: &PublicKey,
    device_time: i64,
) -> Request {
    let last = &entries.last().unwrap().envelope;
    let path = format!("/sync/v1/streams/{}/entries", last.stream);
    let body = pack(entries).unwrap();
    let address = Address { path: &path, central_key, stream: last.stream };
    let header = BatchHeader::sign(key, address, entries, &body, device_time).unwrap();
    Request::Push { path, header, body, sent_to: last.seq }
}

/// Asks central to take a journal's stream; a person does so with a code.
pub(crate) fn enrolment(machine: &Machine, stream: StreamId) -> Request {
    let (key, journal) = (&machine.keys[&stream], machine.journal(stream).unwrap());
    let request = Enrol {
        code: machine.store_code.clone(),
        incarnation: format!("{:032x}", stream.incarnation),
        public_key: key.public(),
        device: format!("machine {}", machine.name),
        predecessor: journal.former,
        signature: String::new(),
    };
    Request::Enrol(request.sign(key))
}

/// Waits for an enrolment like for any other answer.
pub(crate) fn begin_enrolment(machine: &mut Machine, stream: StreamId) {
    if let Some(session) = Session::new(machine, stream) {
        machine.sessions.insert(stream, session);
    }
}

/// Takes in a reply to the request that the session waits for.
pub(crate) fn answered(
    machine: &mut Machine,
    stream: StreamId,
    reply: &Reply,
    central_key: &PublicKey,
    now_ms: i64,
    jitter: u32,
) {
    let mono_ms = now_ms - machine.booted_at_ms;
    let Some(mut session) = machine.sessions.remove(&stream) else { return };
    let Some(Waiting { asked, .. }) = session.waiting.take() else { return };
    session.wakes_at_ms = now_ms;
    if matches!(asked, Asked::Enrolment) {
        let enrolled = serde_json::from_str::<Enrolled>(&reply.body).ok();
        if reply.status == 200 && enrolled.is_some_and(|enrolled| enrolled.stream == stream) {
            machine.journal_mut(stream).unwrap().registered = true;
        }
        // The next look at the journals begins a session, with a plan of its own.
        return;
    }
    let Some(event) = event(machine, &mut session, stream, &asked, reply, central_key) else {
        // Another central than the one that the plan began with: it begins again.
        return;
    };
    session.plan.handle(event, mono_ms, jitter);
    let acked = session.plan.acked();
    let journal = machine.journal_mut(stream).unwrap();
    journal.acked = acked;
    machine.sessions.insert(stream, session);
}

fn event(
    machine: &mut Machine,
    session: &mut Session,
    stream: StreamId,
    asked: &Asked,
    reply: &Reply,
    central_key: &PublicKey,
) -> Option<Event> {
    let sent_to = if let Asked::Push { sent_to } = asked { *sent_to } else { 0 };
    if reply.status != 200 && reply.status != 202 {
        let problem = serde_json::from_str::<Problem>(&reply.body);
        return Some(problem.map_or(Event::Failed, |problem| Event::Refused { problem, sent_to }));
    }
    let ack: Option<Ack> = match asked {
        Asked::Head => serde_json::from_str::<Head>(&reply.body).ok().map(|head| head.ack),
        Asked::Push { .. } | Asked::Enrolment => serde_json::from_str(&reply.body).ok(),
    };
    let Some(ack) = ack.filter(|ack| ack.verify(central_key, stream).is_ok()) else {
        return Some(Event::Failed);
    };
    machine.epoch = Some(ack.central_epoch);
    if *session.epoch.get_or_insert(ack.central_epoch) != ack.central_epoch {
        return None;
    }
    let (position, held) = (ack.position(), ack.held);
    let journal = machine.journal_mut(stream).unwrap();
    journal.acked_central_time = ack.central_time;
    let local = journal.hash_at(position.seq);
    Some(match asked {
        Asked::Head => Event::Head { central: position, local },
        Asked::Push { .. } | Asked::Enrolment => Event::Acked { position, local, held, sent_to },
    })
}

/// True when central said that it does not know this journal's key: a person enrols it again.
pub(crate) fn is_refused(machine: &Machine, stream: StreamId) -> bool {
    machine.sessions.get(&stream).is_some_and(|session| session.plan.trouble() == Some(Trouble::Refused))
}
