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
/// A store with nothing to send looks so often whether central still has everything: a central that was restored from
/// a copy cannot ask for what it lost.
pub const CHECK_EVERY_MS: i64 = 15 * 60 * 1_000;

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
        /// The last entry of the batch.
        sent_to: i64,
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
    /// When central last told where it stands; not since something made that doubtful.
    checked_at_ms: Option<i64>,
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
            checked_at_ms: None,
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
        let Some(checked_at_ms) = self.checked_at_ms else { return self.send(Command::AskHead) };
        if self.sent < self.local.seq {
            return self.send(Command::Push { after: self.sent });
        }
        match self.replace {
            Some(reason) => Command::NewIncarnation(reason),
            None if now_ms >= checked_at_ms + CHECK_EVERY_MS => self.send(Command::AskHead),
            None => Command::Idle,
        }
    }

    const fn send(&mut self, command: Command) -> Command {
        self.in_flight = true;
        command
    }

    /// Takes in what happened. `jitter` is a random number; pauses are spread with it so that two hundred stores
    /// do not come back in the same second.
    pub fn handle(&mut self, event: Event, now_ms: i64, jitter: u32) {
        if !matches!(event, Event::Appended(_)) {
            self.in_flight = false;
        }
        match event {
            Event::Appended(position) => self.local = position,
            Event::Head { central, local } => {
                self.answered(now_ms);
                self.head(central, local);
            }
            Event::Acked { position, local, held, sent_to } => {
                self.answered(now_ms);
                self.held = held;
                if local == Some(position.hash) {
                    self.advance(position);
                } else if position.seq >= sent_to {
                    // All of the batch stood there already, and after it something else.
                    self.differs(local);
                    self.sent = sent_to.max(self.sent);
                } else {
                    // Signed, yet less than what was sent: an old word. Look at the head before anything else.
                    self.checked_at_ms = None;
                    self.pause(Trouble::Unreachable, now_ms, jitter);
                }
            }
            Event::Refused { problem, sent_to } => self.refused(&problem, sent_to, now_ms, jitter),
            Event::Failed => self.pause(Trouble::Unreachable, now_ms, jitter),
        }
    }

    fn head(&mut self, central: Position, local: Option<Hash>) {
        if central.seq == 0 {
            self.sent = 0;
        } else if local == Some(central.hash) {
            self.advance(central);
        } else {
            self.differs(local);
            // Neither an old acknowledgement nor anything else tells where the two part: central may have been restored
            // since, and filled up by the other journal. So central gets everything once, and keeps what it lacks.
            self.sent = 0;
        }
    }

    /// Central has something else where this journal has `local`, or nothing.
    fn differs(&mut self, local: Option<Hash>) {
        let reason = if local.is_none() { Reason::Restored } else { Reason::Cloned };
        self.replace.get_or_insert(reason);
    }

    fn refused(&mut self, problem: &Problem, sent_to: i64, now_ms: i64, jitter: u32) {
        match *problem {
            Problem::Gap { expected }
                if expected >= 1 && expected <= self.local.seq && expected - 1 != self.sent =>
            {
                self.sent = expected - 1;
            }
            Problem::Fork { .. } => {
                // The first time everything is sent, from the beginning, as above.
                self.sent = if self.replace.is_some() { sent_to.max(self.sent) } else { 0 };
                self.replace.get_or_insert(Reason::Cloned);
                self.answered(now_ms);
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
                self.checked_at_ms = None;
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

    const fn answered(&mut self, now_ms: i64) {
        self.checked_at_ms = Some(now_ms);
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
        self.checked_at_ms = None;
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
        Event::Acked { position: at(seq), local: Some(at(seq).hash), held: false, sent_to: seq }
    }

    fn fork(sent_to: i64) -> Event {
        Event::Refused { problem: Problem::Fork { at_seq: 6, central_hash: other(6).hash }, sent_to }
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
    fn an_idle_store_fills_a_central_that_was_restored() {
        let mut plan = Plan::new(at(10), at(10));
        plan.next(0);
        plan.handle(head(10), 500, 0);
        assert_eq!(plan.next(CHECK_EVERY_MS + 499), Command::Idle);
        assert_eq!(plan.next(CHECK_EVERY_MS + 500), Command::AskHead);
        plan.handle(head(3), CHECK_EVERY_MS + 600, 0);
        assert_eq!(plan.next(CHECK_EVERY_MS + 600), Command::Push { after: 3 });
    }

    #[test]
    fn a_restored_store_tells_everything_and_begins_a_new_stream() {
        let mut plan = Plan::new(at(5), at(5));
        plan.next(0);
        plan.handle(Event::Head { central: at(9), local: None }, 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 0 });
        // It wrote nothing since the copy was made: central had all of this, and more.
        plan.handle(Event::Acked { position: at(9), local: None, held: false, sent_to: 3 }, 0, 0);
        assert_eq!((plan.next(0), plan.acked()), (Command::Push { after: 3 }, at(5)));
        plan.handle(Event::Acked { position: at(9), local: None, held: false, sent_to: 5 }, 0, 0);
        assert_eq!(plan.next(0), Command::NewIncarnation(Reason::Restored));
    }

    /// What was acknowledged may be gone: central went back to a copy, and the other journal filled it up.
    #[test]
    fn a_clone_tells_everything_once_and_begins_a_new_stream() {
        let mut plan = Plan::new(at(9), at(9));
        plan.next(0);
        plan.handle(Event::Head { central: other(8), local: Some(at(8).hash) }, 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 0 });
        let part = Event::Acked { position: other(8), local: Some(at(8).hash), held: false, sent_to: 2 };
        plan.handle(part, 0, 0);
        assert_eq!((plan.next(0), plan.acked()), (Command::Push { after: 2 }, at(9)));
        plan.handle(fork(6), 0, 0);
        assert_eq!(plan.next(0), Command::Push { after: 6 });
        plan.handle(fork(9), 0, 0);
        assert_eq!(plan.next(0), Command::NewIncarnation(Reason::Cloned));
    }

    #[test]
    fn the_first_fork_sends_everything_from_the_beginning() {
        let mut plan = Plan::new(at(9), at(8));
        plan.next(0);
        plan.handle(head(8), 0, 0);
        plan.next(0);
        plan.handle(fork(9), 0, 0);
        for sent_to in [0, 4, 9] {
            assert_eq!(plan.next(0), Command::Push { after: sent_to });
            plan.handle(Event::Appended(at(10)), 0, 0);
            plan.handle(fork([4, 9, 10][usize::from(sent_to > 0) + usize::from(sent_to > 4)]), 0, 0);
        }
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
        let foreign =
            Event::Acked { position: other(10), local: Some(at(10).hash), held: false, sent_to: 10 };
        plan.handle(foreign, 0, 0);
        assert_eq!(plan.acked(), at(4));
    }

    #[test]
    fn an_old_acknowledgement_says_nothing_of_the_last_batch() {
        let mut plan = Plan::new(at(10), at(4));
        plan.next(0);
        plan.handle(head(4), 0, 0);
        plan.next(0);
        plan.handle(
            Event::Acked { position: at(6), local: Some(at(6).hash), held: false, sent_to: 10 },
            0,
            0,
        );
        assert_eq!(plan.next(0), Command::Push { after: 6 });
        plan.handle(
            Event::Acked { position: other(8), local: Some(at(8).hash), held: false, sent_to: 10 },
            0,
            0,
        );
        assert_eq!((plan.next(5_000), plan.acked()), (Command::AskHead, at(6)));
    }
}
