//! One run: stores, central and the way between them under one virtual clock, all from one seed.

use std::fmt::Display;
use std::rc::Rc;

use protocol::plan::Reason;
use protocol::{Entry, PublicKey, SecretKey, StreamId};

use super::books::Taken;
use super::central::{Answer, Central, Did, State};
use super::invariants::{self, Watch};
use super::nemesis;
use super::network::{From, Network, Parcel, Reply, Request, Weather};
use super::random::Random;
use super::seen::Seen;
use super::session::{self, Step};
use super::store::Machine;
use super::trace::Trace;

const BEGIN_MS: i64 = 1_795_395_600_000;
/// Longer than the longest pause between two tries.
const ROUND_MS: i64 = 16 * 60 * 1_000;
/// After the faults stop, everything is at central within so many rounds.
const ROUNDS_MOST: usize = 12;

pub(crate) struct World {
    pub(crate) random: Random,
    pub(crate) now_ms: i64,
    pub(crate) central: Central,
    pub(crate) central_key: PublicKey,
    pub(crate) machines: Vec<Machine>,
    pub(crate) network: Network,
    pub(crate) seen: Seen,
    pub(crate) trace: Trace,
    pub(crate) watch: Watch,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let key = SecretKey::from_bytes(&random.secret());
        let central_key = key.public();
        let central = Central { key, epoch: random.id(), state: State::default(), copies: Vec::new() };
        let mut world = Self {
            random,
            now_ms: BEGIN_MS,
            central,
            central_key,
            machines: Vec::new(),
            network: Network::new(),
            seen: Seen::default(),
            trace: Trace::default(),
            watch: Watch::default(),
        };
        for name in 0..2 + world.random.below(2) {
            let code = ["LS", "QN", "SH"][name].to_owned();
            let machine = Machine::new(name, code, &mut world.random, BEGIN_MS);
            world.machines.push(machine);
            world.begin_stream(name, "new");
        }
        world
    }

    /// Safety: anything may happen, and nothing forbidden does. Then liveness: the faults stop, and all comes to rest.
    pub(crate) fn run(&mut self, steps: usize) -> Result<(), String> {
        for _ in 0..steps {
            nemesis::act(self);
            let pause_ms = self.pause();
            self.pass(pause_ms);
            invariants::check_step(self)?;
        }
        self.settle()?;
        invariants::check_end(self)
    }

    fn pause(&mut self) -> i64 {
        match self.random.below(30) {
            0 => self.random.between(600_000, 7_200_000),
            1..=8 => self.random.between(30_000, 600_000),
            _ => self.random.between(1_000, 20_000),
        }
    }

    fn settle(&mut self) -> Result<(), String> {
        self.network.weather = Weather::default();
        for machine in &mut self.machines {
            machine.is_online = true;
        }
        let mut pending = String::new();
        for round in 1..=ROUNDS_MOST {
            nemesis::person_does_everything(self);
            self.pass(ROUND_MS);
            invariants::check_step(self)?;
            match invariants::pending(self) {
                None => {
                    self.trace.note(self.now_ms, || format!("at rest after {round} rounds"));
                    return Ok(());
                }
                Some(what) => pending = what,
            }
        }
        Err(format!("I6: after {ROUNDS_MOST} rounds without faults {pending}"))
    }

    /// Lets time go by: everybody does what he does at his moment.
    fn pass(&mut self, duration_ms: i64) {
        let end_ms = self.now_ms + duration_ms;
        loop {
            for index in 0..self.machines.len() {
                self.look(index);
            }
            let wakes = self.machines.iter().flat_map(|machine| machine.sessions.values());
            let next_ms = wakes.map(|session| session.wakes_at_ms).chain(self.network.next_at_ms()).min();
            let next_ms = next_ms.unwrap_or(i64::MAX).max(self.now_ms + 1);
            if next_ms > end_ms {
                break;
            }
            self.now_ms = next_ms;
            while let Some(parcel) = self.network.take_due(self.now_ms) {
                self.deliver(parcel);
            }
        }
        self.now_ms = end_ms;
    }

    /// Lets each journal of a computer do what it can do now.
    fn look(&mut self, index: usize) {
        session::open(&mut self.machines[index]);
        let streams: Vec<StreamId> = self.machines[index].sessions.keys().copied().collect();
        for stream in streams {
            let (now_ms, jitter) = (self.now_ms, self.random.jitter());
            let machine = &mut self.machines[index];
            let mono_ms = now_ms - machine.booted_at_ms;
            if machine.sessions.get_mut(&stream).is_some_and(|it| it.gives_up(now_ms, mono_ms, jitter)) {
                self.seen.mark("unknown outcome");
            }
            match session::step(machine, stream, &self.central_key, &mut self.random, now_ms) {
                Step::Send(request) => self.send(index, stream, request),
                Step::Begin(reason) => {
                    let reason = match reason {
                        Reason::Restored => "new stream: restored",
                        Reason::Cloned => "new stream: cloned",
                    };
                    self.seen.mark(reason);
                    self.begin_stream(index, reason.trim_start_matches("new stream: "));
                }
                Step::Nothing => {}
            }
        }
    }

    pub(crate) fn send(&mut self, index: usize, stream: StreamId, request: Request) {
        let machine = &mut self.machines[index];
        let Some(session) = machine.sessions.get_mut(&stream) else { return };
        let request_no = self.network.next_request_no();
        session.wait_for(request_no, &request, self.now_ms);
        if machine.is_online {
            let from = From { machine: index, stream, request_no };
            self.network.send(from, request, &mut self.random, &mut self.seen, self.now_ms);
        }
    }

    fn deliver(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::ToCentral(from, request) => {
                self.network.arrived(from, &mut self.seen);
                let Answer { status, body, did } = match request {
                    Request::Head { path, proof } => self.central.head(&path, &proof, self.now_ms),
                    Request::Push { path, header, body, .. } => {
                        self.central.push(from.stream, &path, &header, &body, self.now_ms)
                    }
                    Request::Enrol(request) => self.central.enrol(&request),
                };
                self.trace.note(self.now_ms, || format!("central {} {did:?}", from.stream.short_code()));
                self.tell_what_central_did(from.stream, did);
                let reply = Reply { status, body };
                self.network.answer(from, reply, &mut self.random, &mut self.seen, self.now_ms);
            }
            Parcel::ToStore(from, reply) => {
                let jitter = self.random.jitter();
                let machine = &mut self.machines[from.machine];
                let session = machine.sessions.get(&from.stream);
                let waiting = session.and_then(|session| session.waiting.as_ref());
                let is_awaited = waiting.is_some_and(|waiting| waiting.request_no == from.request_no);
                if is_awaited && machine.is_online {
                    let (key, now_ms) = (&self.central_key, self.now_ms);
                    session::answered(machine, from.stream, &reply, key, now_ms, jitter);
                }
            }
        }
    }

    fn tell_what_central_did(&mut self, stream: StreamId, did: Did) {
        match did {
            Did::Appended { taken, held } => {
                if held {
                    self.seen.mark("held");
                }
                self.counted(&taken);
            }
            Did::Duplicate => self.seen.mark("duplicate ack"),
            Did::Fork { batch } => {
                self.seen.mark("fork");
                self.watch.fork_answered(stream, batch);
            }
            Did::Gap => self.seen.mark("gap"),
            Did::Refused | Did::Told => {}
        }
    }

    /// Notes what became of entries that central counted.
    pub(crate) fn counted(&mut self, taken: &[Taken]) {
        for one in taken {
            match one {
                Taken::Exception => self.seen.mark("exception"),
                Taken::Duplicate => self.seen.mark("sale told twice"),
                Taken::Waits => self.seen.mark("refund before its sale"),
                Taken::TooMuch => self.seen.mark("more came back than was sold"),
                Taken::Counted => {}
            }
        }
    }

    pub(crate) fn begin_stream(&mut self, index: usize, reason: &str) {
        let machine = &mut self.machines[index];
        // What came before is finished on this computer.
        self.watch.close(index, &machine.disk.journals);
        let genesis = machine.begin_stream(reason, &mut self.random, self.now_ms);
        self.appended(index, &genesis);
    }

    /// Notes something that went wrong, or was put right.
    pub(crate) fn happened(&mut self, what: &'static str, to: impl Display) {
        self.seen.mark(what);
        self.trace.note(self.now_ms, || format!("{what}: {to}"));
    }

    /// Notes an entry that a cashier saw confirmed.
    pub(crate) fn appended(&mut self, index: usize, entry: &Rc<Entry>) {
        let envelope = &entry.envelope;
        let code = envelope.stream.short_code();
        self.trace.note(self.now_ms, || format!("machine {index} {code} {} {}", envelope.seq, envelope.kind));
        self.watch.written(entry);
    }
}
