//! The way between stores and central: loses, delays, doubles, cuts, and answers in central's place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use protocol::StreamId;
use protocol::batch::BatchHeader;
use protocol::wire::{Enrol, Problem, ReadProof};

use super::random::Random;
use super::seen::Seen;

#[derive(Clone)]
pub(crate) enum Request {
    Head { path: String, proof: ReadProof },
    Push { path: String, header: BatchHeader, body: Vec<u8>, sent_to: i64 },
    Enrol(Enrol),
}

#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Whose request it is: the computer, the journal, and its number.
#[derive(Clone, Copy)]
pub(crate) struct From {
    pub(crate) machine: usize,
    pub(crate) stream: StreamId,
    pub(crate) request_no: u64,
}

#[expect(clippy::large_enum_variant, reason = "a few hundred at a time, in a test")]
pub(crate) enum Parcel {
    ToCentral(From, Request),
    ToStore(From, Reply),
}

/// How bad it is, in parts of a thousand.
#[derive(Clone, Copy, Default)]
pub(crate) struct Weather {
    pub(crate) lost: usize,
    pub(crate) slow: usize,
    pub(crate) doubled: usize,
    pub(crate) cut: usize,
    pub(crate) rubbish: usize,
    pub(crate) busy: usize,
}

impl Weather {
    pub(crate) const BAD: Self = Self { lost: 120, slow: 60, doubled: 80, cut: 40, rubbish: 40, busy: 40 };
}

pub(crate) struct Network {
    pub(crate) weather: Weather,
    /// By moment and order of sending.
    under_way: BTreeMap<(i64, u64), Parcel>,
    sent: u64,
    requests: u64,
    /// Number of the last request that reached central, per stream: a smaller one comes late.
    delivered: BTreeMap<StreamId, u64>,
    /// Older words of central, which a proxy may repeat.
    heard: BTreeMap<(usize, StreamId), VecDeque<Reply>>,
    /// Streams of which no old word is repeated, see [`Network::never_repeat`].
    shared_keys: BTreeSet<StreamId>,
}

impl Network {
    pub(crate) const fn new() -> Self {
        Self {
            weather: Weather::BAD,
            under_way: BTreeMap::new(),
            sent: 0,
            requests: 0,
            delivered: BTreeMap::new(),
            heard: BTreeMap::new(),
            shared_keys: BTreeSet::new(),
        }
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.under_way.is_empty()
    }

    pub(crate) fn next_at_ms(&self) -> Option<i64> {
        self.under_way.first_key_value().map(|((at_ms, _), _)| *at_ms)
    }

    pub(crate) fn take_due(&mut self, now_ms: i64) -> Option<Parcel> {
        let (at_ms, _) = *self.under_way.first_key_value()?.0;
        if at_ms > now_ms { None } else { self.under_way.pop_first().map(|(_, parcel)| parcel) }
    }

    /// Forgets what stands under way: central's host went down.
    pub(crate) fn drop_all(&mut self) {
        self.under_way.clear();
    }

    /// Two journals share a key. An acknowledgement does not name its batch, so an old one about the other journal could
    /// pass for one of this batch; that nobody repeats it is left to TLS.
    pub(crate) fn never_repeat(&mut self, stream: StreamId) {
        self.shared_keys.insert(stream);
    }

    fn put(&mut self, parcel: Parcel, random: &mut Random, now_ms: i64) {
        let slow = random.permille(self.weather.slow);
        let delay_ms = if slow { random.between(1_000, 120_000) } else { random.between(20, 900) };
        self.sent += 1;
        self.under_way.insert((now_ms + delay_ms, self.sent), parcel);
    }

    pub(crate) fn next_request_no(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// Sends a request; much may happen to it.
    pub(crate) fn send(
        &mut self,
        from: From,
        mut request: Request,
        random: &mut Random,
        seen: &mut Seen,
        now_ms: i64,
    ) {
        let weather = self.weather;
        if random.permille(weather.lost) {
            return seen.mark("request lost");
        }
        if random.permille(weather.rubbish) {
            let reply = self.rubbish(from, random, seen);
            return self.put(Parcel::ToStore(from, reply), random, now_ms);
        }
        if random.permille(weather.busy) {
            seen.mark("busy");
            let problem = Problem::Busy { retry_after_s: u32::try_from(random.below(120)).unwrap() };
            let reply = Reply { status: 503, body: serde_json::to_string(&problem).unwrap() };
            return self.put(Parcel::ToStore(from, reply), random, now_ms);
        }
        if random.permille(weather.doubled) {
            seen.mark("request doubled");
            self.put(Parcel::ToCentral(from, request.clone()), random, now_ms);
        }
        if let Request::Push { body, .. } = &mut request
            && random.permille(weather.cut)
        {
            seen.mark("request cut");
            body.truncate(random.below(body.len()));
        }
        self.put(Parcel::ToCentral(from, request), random, now_ms);
    }

    /// Notes that a request reached central.
    pub(crate) fn arrived(&mut self, from: From, seen: &mut Seen) {
        let last = self.delivered.entry(from.stream).or_default();
        if from.request_no < *last {
            seen.mark("reorder");
        }
        *last = from.request_no.max(*last);
    }

    /// Sends central's answer back.
    pub(crate) fn answer(
        &mut self,
        from: From,
        mut reply: Reply,
        random: &mut Random,
        seen: &mut Seen,
        now_ms: i64,
    ) {
        let heard = self.heard.entry((from.machine, from.stream)).or_default();
        heard.push_back(reply.clone());
        if heard.len() > 4 {
            heard.pop_front();
        }
        if random.permille(self.weather.lost) {
            return seen.mark("reply lost");
        }
        if random.permille(self.weather.cut) {
            seen.mark("reply cut");
            let end = random.below(reply.body.len());
            reply.body.truncate(end);
        }
        self.put(Parcel::ToStore(from, reply), random, now_ms);
    }

    /// A captive portal's page, a word of somebody else, or an old word of central once more.
    fn rubbish(&self, from: From, random: &mut Random, seen: &mut Seen) -> Reply {
        let heard = self.heard.get(&(from.machine, from.stream));
        let heard = heard.filter(|_| !self.shared_keys.contains(&from.stream));
        match (random.below(3), heard) {
            (0, Some(heard)) => {
                seen.mark("old answer");
                heard[random.below(heard.len())].clone()
            }
            (1, Some(heard)) => {
                seen.mark("forged answer");
                let mut reply = heard[random.below(heard.len())].clone();
                reply.body = reply.body.replace("\"acked_seq\":", "\"acked_seq\":1");
                reply
            }
            _ => {
                seen.mark("captive portal");
                Reply { status: 200, body: "<html>Đăng nhập Wi-Fi</html>".to_owned() }
            }
        }
    }
}
