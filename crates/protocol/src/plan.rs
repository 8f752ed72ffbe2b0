//! What a store does next to bring its journal to central: events in, commands out, no I/O. The simulation runs
//! thousands of seeds of it on a model; `pos` runs the same code on SQLite and HTTP.
//!
//! One request is in flight at a time. Contiguous numbers drive the sync; hashes only verify it.

use crate::entry::Position;
use crate::stream::Hash;
use crate::wire::Problem;

/// The first pause after a failure; doubled each time.
pub const BACKOFF_FIRST_MS: i64 = 1_000;
/// The longest pause.
pub const BACKOFF_MOST_MS: i64 = 15 * 60 * 1_000;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A new entry stands in the local journal.
    Appended(Position),
    /// Central told its head, signed. `local` is the journal's own hash at that number, if it has it.
    Head {
        /// Where central stands.
        central: Position,
        /// The journal's hash there.
        local: Option<Hash>,
    },
    /// Central acknowledged a push, signed. `local` as above.
    Acked {
        /// Up to where.
        position: Position,
        /// The journal's hash there.
        local: Option<Hash>,
        /// The stream waits for a person's approval; its entries are stored all the same.
        held: bool,
    },
    /// Central refused, in so many words. `sent_to` is the last entry of the batch, if one was sent.
    Refused {
        /// Why.
        problem: Problem,
        /// The last entry of the batch.
        sent_to: i64,
    },
    /// No usable answer came: the outcome is unknown.
    Failed,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Ask central for the head of the stream.
    AskHead,
    /// Send the entries after this number.
    Push {
        /// The last one that need not be sent.
        after: i64,
    },
    /// Begin a new stream; the old one is never appended to again.
    NewIncarnation(Reason),
    /// Nothing before this moment (monotonic milliseconds).
    WaitUntil(i64),
    /// Nothing until something happens.
    Idle,
}

/// Why a journal must go on as a new stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Central has entries that the journal lacks: it was restored from a copy.
    Restored,
    /// Another journal with this key wrote something else: a cloned disk.
    Cloned,
}

/// Why nothing is sent although something waits. Selling goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// No answer.
    Unreachable,
    /// Central asks to wait.
    Busy,
    /// The key is unknown or revoked.
    Refused,
    /// This program is too old for central.
    Protocol,
    /// Central found the journal damaged at this entry.
    Damaged {
        /// The first wrong entry.
        at: i64,
    },
}

/// The sync of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    local: Position,
    acked: Position,
    /// Everything up to here is at central, as far as this run of the program knows.
    sent: i64,
    checked: bool,
    in_flight: bool,
    replace: Option<Reason>,
    held: bool,
    trouble: Option<Trouble>,
    failures: u32,
    not_before_ms: i64,
}

impl Plan {
    /// Begins with the journal's last entry and the last stored acknowledgement.
    pub const fn new(local: Position, acked: Position) -> Self {
        Self {
            local,
            acked,
            sent: 0,
            checked: false,
            in_flight: false,
            replace: None,
            held: false,
            trouble: None,
            failures: 0,
            not_before_ms: 0,
        }
    }

    /// The last acknowledged position; it never goes back.
    pub const fn acked(&self) -> Position {
        self.acked
    }

    /// Whether central stores without counting yet.
    pub const fn held(&self) -> bool {
        self.held
    }

    /// What keeps entries from being sent, if anything does.
    pub const fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// Returns what to do at `now_ms` (monotonic). A command that sends is out until its answer comes as an event.
    pub fn next(&mut self, now_ms: i64) -> Command {
        if self.in_flight {
            return Command::Idle;
        }
        if now_ms < self.not_before_ms {
            return Command::WaitUntil(self.not_before_ms);
        }
        if !self.checked {
            self.in_flight = true;
            return Command::AskHead;
        }
        if self.sent < self.local.seq {
            self.in_flight = true;
            return Command::Push { after: self.sent };
        }
        self.replace.map_or(Command::Idle, Command::NewIncarnation)
    }

    /// Takes in what happened. `jitter` is a random number; pauses are spread with it so that two hundred stores
    /// do not come back in the same second.
    pub fn handle(&mut self, event: Event, now_ms: i64, jitter: u32) {
        if !matches!(event, Event::Appended(_)) {
            self.in_flight = false;
        }
        match event {
            Event::Appended(position) => self.local = position,
            Event::Head { central, local } => self.head(central, local),
            Event::Acked { position, local, held } => {
                if local != Some(position.hash) || position.seq > self.local.seq {
                    // Signed, yet not what this journal holds: look at the head before anything else.
                    self.checked = false;
                    return self.pause(Trouble::Unreachable, now_ms, jitter);
                }
                self.held = held;
                self.advance(position);
                self.recover();
            }
            Event::Refused { problem, sent_to } => self.refused(&problem, sent_to, now_ms, jitter),
            Event::Failed => self.pause(Trouble::Unreachable, now_ms, jitter),
        }
    }

    fn head(&mut self, central: Position, local: Option<Hash>) {
        self.checked = true;
        self.recover();
        if central.seq == 0 {
            self.sent = 0;
        } else if local == Some(central.hash) {
            self.sent = central.seq;
            if central.seq > self.acked.seq {
                self.acked = central;
            }
        } else if local.is_none() {
            self.replace = Some(Reason::Restored);
            // What this journal wrote since then differs at some number; central keeps it beside its own.
            self.sent = self.acked.seq.min(self.local.seq);
        } else {
            self.replace = Some(Reason::Cloned);
            self.sent = self.acked.seq.min(self.local.seq);
        }
    }

    fn refused(&mut self, problem: &Problem, sent_to: i64, now_ms: i64, jitter: u32) {
        match *problem {
            Problem::Gap { expected }
                if expected >= 1 && expected <= self.local.seq && expected - 1 != self.sent =>
            {
                self.sent = expected - 1;
            }
            Problem::Fork { .. } => {
                self.replace.get_or_insert(Reason::Cloned);
                self.sent = sent_to.max(self.sent);
                self.recover();
            }
            Problem::Busy { retry_after_s } => {
                self.trouble = Some(Trouble::Busy);
                let wait =
                    i64::from(retry_after_s).saturating_mul(1_000).clamp(BACKOFF_FIRST_MS, BACKOFF_MOST_MS);
                self.not_before_ms = now_ms + wait + i64::from(jitter % 1_000);
            }
            Problem::CorruptBatch { at } => self.pause_longest(Trouble::Damaged { at }, now_ms),
            Problem::Protocol { .. } => self.pause_longest(Trouble::Protocol, now_ms),
            Problem::Unauthorised | Problem::Revoked => self.pause_longest(Trouble::Refused, now_ms),
            Problem::Gap { .. } | Problem::Resync | Problem::EnrolmentCode => {
                self.checked = false;
                self.pause(Trouble::Unreachable, now_ms, jitter);
            }
        }
    }

    fn advance(&mut self, position: Position) {
        self.sent = position.seq;
        if position.seq > self.acked.seq {
            self.acked = position;
        }
    }

    const fn recover(&mut self) {
        self.failures = 0;
        self.not_before_ms = 0;
        self.trouble = None;
    }

    fn pause(&mut self, trouble: Trouble, now_ms: i64, jitter: u32) {
        let most = BACKOFF_FIRST_MS.saturating_mul(1 << self.failures.min(20)).min(BACKOFF_MOST_MS);
        self.failures = self.failures.saturating_add(1);
        self.trouble = Some(trouble);
        self.not_before_ms = now_ms + BACKOFF_FIRST_MS / 2 + i64::from(jitter) % most;
    }

    const fn pause_longest(&mut self, trouble: Trouble, now_ms: i64) {
        self.trouble = Some(trouble);
        self.checked = false;
        self.not_before_ms = now_ms + BACKOFF_MOST_MS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seq: i64) -> Position {
        Position { seq, hash: if seq == 0 { Hash::ZERO } else { Hash::of(&[&seq.to_be_bytes()]) } }
    }

    fn other(seq: i64) -> Position {
        Position { seq, hash: Hash::of(&[b"other", &seq.to_be_bytes()]) }
    }

    fn head(central: i64) -> Event {
        Event::Head { central: at(central), local: Some(at(central).hash) }
    }

    fn acked(seq: i64) -> Event {
        Event::Acked { position: at(seq), local: Some(at(seq).hash), held: false }
    }

    #[test]
    fn asks_once_then_pushes_what_is_missing() {
        let mut plan = Plan::new(at(10), at(4));
        assert_eq!(plan.next(0), Command::AskHead);
        assert_eq!(plan.next(0), Command::Idle, "one request at a time");
        plan.handle(head(6), 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 6 });
        plan.handle(acked(8), 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 8 });
        plan.handle(acked(10), 0, 0);
        assert_eq!((plan.next(0), plan.acked()), (Command::Idle, at(10)));
        plan.handle(Event::Appended(at(11)), 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 10 });
    }

    #[test]
    fn pauses_grow_and_end_with_success() {
        let mut plan = Plan::new(at(1), at(0));
        let mut longest = 0;
        let mut now = 0;
        for _ in 0..30 {
            assert_eq!(plan.next(now), Command::AskHead);
            plan.handle(Event::Failed, now, u32::MAX / 2);
            let Command::WaitUntil(until) = plan.next(now) else { panic!("a pause") };
            longest = longest.max(until - now);
            now = until;
        }
        assert!((60_000..=BACKOFF_MOST_MS + 500).contains(&longest), "{longest}");
        assert_eq!(plan.trouble(), Some(Trouble::Unreachable));
        assert_eq!(plan.next(now), Command::AskHead);
        plan.handle(head(0), now, 0);
        assert_eq!((plan.next(now), plan.trouble()), (Command::Push { after: 0 }, None));
    }

    #[test]
    fn a_central_restored_to_an_older_state_is_filled_again() {
        let mut plan = Plan::new(at(10), at(10));
        plan.next(0);
        plan.handle(head(3), 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 3 });
        plan.handle(acked(7), 0, 0);
        assert_eq!(plan.acked(), at(10), "an acknowledged position never goes back");
    }

    #[test]
    fn a_restored_store_begins_a_new_stream() {
        let mut plan = Plan::new(at(5), at(5));
        plan.next(0);
        plan.handle(Event::Head { central: at(9), local: None }, 0, 0);
        assert_eq!(plan.next(0), Command::NewIncarnation(Reason::Restored));
    }

    #[test]
    fn a_clone_sends_what_it_has_and_begins_a_new_stream() {
        let mut plan = Plan::new(at(9), at(5));
        plan.next(0);
        plan.handle(Event::Head { central: other(8), local: Some(at(8).hash) }, 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 5 });
        let fork = Problem::Fork { at_seq: 6, central_hash: other(6).hash };
        plan.handle(Event::Refused { problem: fork, sent_to: 9 }, 0, 0);
        assert_eq!(plan.next(0), Command::NewIncarnation(Reason::Cloned));
    }

    #[test]
    fn refusals() {
        for (problem, trouble) in [
            (Problem::Unauthorised, Trouble::Refused),
            (Problem::Revoked, Trouble::Refused),
            (Problem::Protocol { min: 2, max: 3 }, Trouble::Protocol),
            (Problem::CorruptBatch { at: 4 }, Trouble::Damaged { at: 4 }),
            (Problem::Busy { retry_after_s: 7 }, Trouble::Busy),
        ] {
            let mut plan = Plan::new(at(10), at(4));
            plan.next(0);
            plan.handle(head(4), 0, 0);
            plan.next(0);
            plan.handle(Event::Refused { problem, sent_to: 10 }, 0, 0);
            assert!(matches!(plan.next(0), Command::WaitUntil(_)));
            assert_eq!((plan.trouble(), plan.acked()), (Some(trouble), at(4)));
        }
    }

    #[test]
    fn a_gap_is_filled_from_where_central_says() {
        let mut plan = Plan::new(at(10), at(8));
        plan.next(0);
        plan.handle(head(8), 0, 0);
        plan.next(0);
        plan.handle(Event::Refused { problem: Problem::Gap { expected: 3 }, sent_to: 10 }, 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 2 });
        plan.handle(Event::Refused { problem: Problem::Gap { expected: 3 }, sent_to: 10 }, 0, 0);
        assert!(matches!(plan.next(0), Command::WaitUntil(_)), "the same answer twice makes no loop");
    }

    #[test]
    fn a_foreign_acknowledgement_moves_nothing() {
        let mut plan = Plan::new(at(10), at(4));
        plan.next(0);
        plan.handle(head(4), 0, 0);
        plan.next(0);
        plan.handle(Event::Acked { position: other(10), local: Some(at(10).hash), held: false }, 0, 0);
        assert_eq!(plan.acked(), at(4));
    }
}
