//! What the proxy does to an exchange, and how it chooses.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;

/// What happens to one request and its reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Both pass unharmed.
    Forward,
    /// The connection closes, and the server has seen nothing (F23).
    DropRequest,
    /// The server has answered, and the client gets no byte of it (F24).
    DropReply,
    /// The server gets the first bytes only, then the end of the stream; the client gets nothing (F26).
    CutRequestAt(usize),
    /// The client gets the first bytes only, then the end of the stream (F26).
    CutReplyAt(usize),
    /// As `CutReplyAt`, with a reset in place of an orderly end (F26).
    ResetReplyAt(usize),
    /// One bit of the request's body, or of its first line without one, is flipped in this byte, counted around (F33).
    DamageRequestAt(usize),
    /// One bit of the reply's body is flipped, in this byte, counted around (F33).
    DamageReplyAt(usize),
    /// The server gets the request twice; the client gets the second answer (F25).
    Twice,
    /// The recorded request of this number, counted around, is sent once more before this one (F25).
    ReplayFirst(usize),
    /// Both pass in pieces, with a pause between them (F27). A pause of zero only splits them.
    Trickle {
        /// Bytes in a piece.
        bytes: usize,
        /// Time between pieces; zero needs no clock.
        pause: Duration,
    },
    /// The request is read, and nothing ever comes back (F28).
    BlackHole,
    /// The reply waits until [`Proxy::release`](super::Proxy::release): a stall of any length that takes no time.
    Hold,
    /// These bytes are the answer, and the server has seen nothing.
    Answer(Bytes),
}

impl Fault {
    /// Returns what the sign-in page of a hotel's network answers to everything: 200 and HTML (F29).
    pub fn captive_portal() -> Self {
        let page = "<!doctype html><title>Wi-Fi</title><p>Please sign in.</p>";
        Self::Answer(
            format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            )
            .into(),
        )
    }
}

/// Chooses the fault of each exchange.
#[derive(Debug)]
pub(super) struct Plan {
    /// For the next exchanges, one each.
    script: VecDeque<Fault>,
    /// After the script.
    otherwise: Otherwise,
    /// Requests that begin otherwise pass.
    beginning: String,
}

#[derive(Debug)]
enum Otherwise {
    Always(Fault),
    Seeded { seed: u64, random: SplitMix },
}

impl Plan {
    pub(super) fn always(fault: Fault) -> Self {
        Self { script: VecDeque::new(), otherwise: Otherwise::Always(fault), beginning: String::new() }
    }

    /// Lets pass what does not begin so.
    pub(super) fn only(self, beginning: &str) -> Self {
        Self { beginning: beginning.to_owned(), ..self }
    }

    /// Tells whether a request passes, whatever is set for the others.
    pub(super) fn spares(&self, request: &[u8]) -> bool {
        !request.starts_with(self.beginning.as_bytes())
    }

    pub(super) fn seeded(seed: u64) -> Self {
        Self {
            script: VecDeque::new(),
            otherwise: Otherwise::Seeded { seed, random: SplitMix(seed) },
            beginning: String::new(),
        }
    }

    pub(super) fn script(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.script.extend(faults);
    }

    pub(super) fn seed(&self) -> Option<u64> {
        match self.otherwise {
            Otherwise::Seeded { seed, .. } => Some(seed),
            Otherwise::Always(_) => None,
        }
    }

    /// Returns the next fault. Places of cuts are drawn within the lengths of this request and the last reply.
    pub(super) fn choose(&mut self, request_length: usize, reply_length: usize) -> Fault {
        if let Some(fault) = self.script.pop_front() {
            return fault;
        }
        match &mut self.otherwise {
            Otherwise::Always(fault) => fault.clone(),
            Otherwise::Seeded { random, .. } => draw(random, request_length, reply_length),
        }
    }
}

/// Half of the exchanges pass; the others meet each fault that ends by itself, without a clock, equally often.
fn draw(random: &mut SplitMix, request_length: usize, reply_length: usize) -> Fault {
    match random.below(20) {
        0 => Fault::DropRequest,
        1 => Fault::DropReply,
        2 => Fault::CutRequestAt(random.below(request_length + 1)),
        3 => Fault::CutReplyAt(random.below(reply_length + 1)),
        4 => Fault::ResetReplyAt(random.below(reply_length + 1)),
        5 => Fault::DamageRequestAt(random.below(request_length + 1)),
        6 => Fault::DamageReplyAt(random.below(reply_length + 1)),
        7 => Fault::Twice,
        8 => Fault::ReplayFirst(random.below(1 << 16)),
        9 => Fault::captive_portal(),
        _ => Fault::Forward,
    }
}

/// The SplitMix64 generator: one number of state, and every seed is good.
#[derive(Debug)]
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(seed: u64) -> Vec<Fault> {
        let mut plan = Plan::seeded(seed);
        (0..1_000).map(|_| plan.choose(100, 50)).collect()
    }

    #[test]
    fn a_seed_repeats_its_choices() {
        assert_eq!(chosen(7), chosen(7));
        assert_ne!(chosen(7), chosen(8));
    }

    #[test]
    fn a_seed_reaches_every_fault_and_every_place() {
        let faults = chosen(1);
        let forwarded = faults.iter().filter(|fault| **fault == Fault::Forward).count();
        assert!((400..600).contains(&forwarded), "{forwarded} of 1000 passed");
        for fault in [Fault::DropRequest, Fault::DropReply, Fault::Twice, Fault::captive_portal()] {
            assert!(faults.contains(&fault), "{fault:?} never came");
        }
        for fault in &faults {
            match *fault {
                Fault::CutRequestAt(place) | Fault::DamageRequestAt(place) => assert!(place <= 100),
                Fault::CutReplyAt(place) | Fault::ResetReplyAt(place) => assert!(place <= 50),
                _ => {}
            }
        }
    }

    #[test]
    fn what_begins_otherwise_is_spared() {
        let plan = Plan::always(Fault::DropReply).only("POST /scan");
        for (request, spared) in [("POST /scan HTTP/1.1", false), ("GET /scan HTTP/1.1", true), ("", true)] {
            assert_eq!(plan.spares(request.as_bytes()), spared, "{request:?}");
        }
        assert!(!Plan::always(Fault::DropReply).spares(b"GET / HTTP/1.1"));
    }

    #[test]
    fn a_script_comes_before_the_rest() {
        let mut plan = Plan::always(Fault::Forward);
        plan.script([Fault::DropReply, Fault::Twice]);
        let faults: Vec<_> = (0..3).map(|_| plan.choose(1, 1)).collect();
        assert_eq!(faults, [Fault::DropReply, Fault::Twice, Fault::Forward]);
    }
}
