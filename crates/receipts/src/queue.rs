//! The pure part of the print queue: what state a print is in, and what is to be done next.
//!
//! One idea carries it: paper cannot be taken back. So a print that certainly failed is tried again by itself, a few
//! times; one that perhaps reached the paper never is, a person looks first; and whatever is printed after paper may have
//! come out says that it is a copy. The clock is an argument, the printer is elsewhere.

use crate::printer::Outcome;
use crate::printer_error::PrinterError;

/// Pauses before a failed print is tried again: a new roll is put in meanwhile. After the last it waits for a person; a
/// receipt that comes out when the buyer is long gone helps nobody.
pub const RETRY_PAUSES_MS: [i64; 9] = [1_000, 2_000, 5_000, 15_000, 60_000, 60_000, 60_000, 60_000, 60_000];

/// How long a drawer pulse is of use. A drawer that opens later opens with nobody in front of it.
pub const DRAWER_PULSE_LIFE_MS: i64 = 5_000;

/// One print of one paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print {
    /// Where it stands.
    pub state: State,
    /// Which copy this is; 0 is the first print, which carries no mark.
    pub copy: u32,
    /// Whether an earlier try may have reached the paper.
    pub perhaps_printed: bool,
}

/// Where a print stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be sent, not before a moment (UTC milliseconds).
    Queued {
        /// Tries that failed so far.
        failures: u8,
        /// Earliest moment of the next.
        not_before_ms: i64,
        /// Why the last of them failed; none before the first.
        reason: Option<PrinterError>,
    },
    /// Given to the printer.
    Sending {
        /// Tries that failed before this one.
        failures: u8,
    },
    /// On paper.
    Printed,
    /// Not on paper, and not tried again by itself.
    Failed(PrinterError),
    /// Perhaps on paper. A person decides: "có thể đã in một phần", [In lại] or [Bỏ qua].
    Unknown(PrinterError),
    /// A person decided that no paper is needed.
    Skipped,
}

/// What happens to a print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The worker of the printer is free.
    WorkerFree,
    /// The printer is done with it.
    Done(Outcome),
    /// The program started again; whatever was under way is over.
    Restarted,
    /// A person pressed [In lại].
    PrintAgain,
    /// A person pressed [Bỏ qua].
    Skip,
}

/// What the caller has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    Nothing,
    /// Store the state, then send the stored bytes.
    Send,
    /// Come back at a moment (UTC milliseconds).
    WaitUntil(i64),
    /// Store the state, record the reprint in the journal, render with this copy number, then offer it to the worker.
    RenderCopy(u32),
    /// Tell the person at the counter that nothing was printed.
    TellFailed(PrinterError),
    /// Ask the person at the counter to look at the printer.
    AskPerson(PrinterError),
}

impl Print {
    /// Returns the first print of a paper.
    pub fn first(now_ms: i64) -> Print {
        let state = State::Queued { failures: 0, not_before_ms: now_ms, reason: None };
        Print { state, copy: 0, perhaps_printed: false }
    }

    /// Returns the print after an event, and what to do. An event that does not fit the state changes nothing: a button
    /// pressed twice, a worker's late word after a restart.
    pub fn step(self, event: Event, now_ms: i64) -> (Print, Action) {
        match (self.state, event) {
            (State::Queued { failures, not_before_ms, .. }, Event::WorkerFree) => {
                if now_ms < not_before_ms {
                    return (self, Action::WaitUntil(not_before_ms));
                }
                (self.into_state(State::Sending { failures }), Action::Send)
            }
            (State::Sending { .. }, Event::Done(Outcome::Printed)) => {
                (self.into_state(State::Printed), Action::Nothing)
            }
            (State::Sending { failures }, Event::Done(Outcome::Failed(reason))) => {
                self.failed(failures, reason, now_ms)
            }
            (State::Sending { .. }, Event::Done(Outcome::Unknown(reason))) => self.unknown(reason),
            (State::Sending { .. }, Event::Restarted) => self.unknown(PrinterError::Closed),
            (State::Printed | State::Unknown(_) | State::Failed(_) | State::Skipped, Event::PrintAgain) => {
                self.again(now_ms)
            }
            (State::Queued { .. } | State::Failed(_) | State::Unknown(_), Event::Skip) => {
                (self.into_state(State::Skipped), Action::Nothing)
            }
            _ => (self, Action::Nothing),
        }
    }

    fn into_state(self, state: State) -> Print {
        Print { state, ..self }
    }

    fn failed(self, failures: u8, reason: PrinterError, now_ms: i64) -> (Print, Action) {
        match RETRY_PAUSES_MS.get(usize::from(failures)) {
            Some(pause_ms) => {
                let not_before_ms = now_ms.saturating_add(*pause_ms);
                let failures = failures.saturating_add(1);
                let state = State::Queued { failures, not_before_ms, reason: Some(reason) };
                (self.into_state(state), Action::WaitUntil(not_before_ms))
            }
            None => (self.into_state(State::Failed(reason)), Action::TellFailed(reason)),
        }
    }

    fn unknown(self, reason: PrinterError) -> (Print, Action) {
        let print = Print { state: State::Unknown(reason), perhaps_printed: true, ..self };
        (print, Action::AskPerson(reason))
    }

    /// Only what certainly never reached paper is printed again without a mark.
    fn again(self, now_ms: i64) -> (Print, Action) {
        let state = State::Queued { failures: 0, not_before_ms: now_ms, reason: None };
        let never_on_paper = self.copy == 0
            && !self.perhaps_printed
            && matches!(self.state, State::Failed(_) | State::Skipped);
        if never_on_paper {
            return (self.into_state(state), Action::Nothing);
        }
        let print = Print { state, copy: self.copy.saturating_add(1), ..self };
        (print, Action::RenderCopy(print.copy))
    }
}

impl State {
    /// Returns the state of stored columns; `None` for a word of another version.
    pub fn restore(code: &str, failures: u8, not_before_ms: i64, reason: PrinterError) -> Option<State> {
        let states = [
            State::Queued { failures, not_before_ms, reason: (failures > 0).then_some(reason) },
            State::Sending { failures },
            State::Printed,
            State::Failed(reason),
            State::Unknown(reason),
            State::Skipped,
        ];
        states.into_iter().find(|state| state.code() == code)
    }

    /// Returns the word that is stored for the state.
    pub fn code(self) -> &'static str {
        match self {
            State::Queued { .. } => "queued",
            State::Sending { .. } => "sending",
            State::Printed => "printed",
            State::Failed(_) => "failed",
            State::Unknown(_) => "unknown",
            State::Skipped => "skipped",
        }
    }
}

/// Says whether a drawer pulse that was asked for at a moment may still be sent. It is sent once, never replayed: after
/// a restart there is none, and a clock that went back makes it void.
pub fn drawer_pulse_is_due(asked_at_ms: i64, now_ms: i64) -> bool {
    (0..=DRAWER_PULSE_LIFE_MS).contains(&now_ms.saturating_sub(asked_at_ms))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OUT: PrinterError = PrinterError::PaperOut;

    fn print(state: State) -> Print {
        Print { state, copy: 0, perhaps_printed: false }
    }

    #[test]
    fn steps() {
        let queued = State::Queued { failures: 0, not_before_ms: 100, reason: None };
        let again = |not_before_ms| State::Queued { failures: 1, not_before_ms, reason: Some(OUT) };
        let sending = State::Sending { failures: 0 };
        for (state, event, expected, action) in [
            (queued, Event::WorkerFree, sending, Action::Send),
            (again(101), Event::WorkerFree, again(101), Action::WaitUntil(101)),
            (queued, Event::Restarted, queued, Action::Nothing),
            (queued, Event::PrintAgain, queued, Action::Nothing),
            (queued, Event::Skip, State::Skipped, Action::Nothing),
            (sending, Event::WorkerFree, sending, Action::Nothing),
            (sending, Event::Skip, sending, Action::Nothing),
            (sending, Event::Done(Outcome::Printed), State::Printed, Action::Nothing),
            (sending, Event::Done(Outcome::Failed(OUT)), again(1_100), Action::WaitUntil(1_100)),
            (
                State::Sending { failures: 9 },
                Event::Done(Outcome::Failed(OUT)),
                State::Failed(OUT),
                Action::TellFailed(OUT),
            ),
            (sending, Event::Done(Outcome::Unknown(OUT)), State::Unknown(OUT), Action::AskPerson(OUT)),
            (
                sending,
                Event::Restarted,
                State::Unknown(PrinterError::Closed),
                Action::AskPerson(PrinterError::Closed),
            ),
            (State::Unknown(OUT), Event::WorkerFree, State::Unknown(OUT), Action::Nothing),
            (State::Unknown(OUT), Event::Restarted, State::Unknown(OUT), Action::Nothing),
            (State::Unknown(OUT), Event::Skip, State::Skipped, Action::Nothing),
            (State::Printed, Event::Done(Outcome::Unknown(OUT)), State::Printed, Action::Nothing),
            (State::Printed, Event::PrintAgain, queued, Action::RenderCopy(1)),
            (State::Failed(OUT), Event::PrintAgain, queued, Action::Nothing),
            (State::Skipped, Event::PrintAgain, queued, Action::Nothing),
        ] {
            let (after, done) = print(state).step(event, 100);
            assert_eq!((after.state, done), (expected, action), "{state:?} {event:?}");
        }
    }

    #[test]
    fn pauses_grow_and_end() {
        let mut waiting = Print::first(0);
        let (mut now_ms, mut pauses) = (0, vec![]);
        loop {
            let (sending, action) = waiting.step(Event::WorkerFree, now_ms);
            assert_eq!(action, Action::Send);
            match sending.step(Event::Done(Outcome::Failed(OUT)), now_ms) {
                (next, Action::WaitUntil(at_ms)) => {
                    pauses.push(at_ms - now_ms);
                    (waiting, now_ms) = (next, at_ms);
                }
                (failed, action) => {
                    assert_eq!(
                        (failed.state, failed.copy, action),
                        (State::Failed(OUT), 0, Action::TellFailed(OUT))
                    );
                    break;
                }
            }
        }
        assert_eq!(pauses, RETRY_PAUSES_MS);
    }

    #[test]
    fn stored_words_read_back() {
        for state in [
            State::Queued { failures: 2, not_before_ms: 9, reason: Some(OUT) },
            State::Sending { failures: 2 },
            State::Printed,
            State::Failed(OUT),
            State::Unknown(OUT),
            State::Skipped,
        ] {
            assert_eq!(State::restore(state.code(), 2, 9, OUT), Some(state));
        }
        assert_eq!(State::restore("cancelled", 0, 0, OUT), None);
    }

    #[test]
    fn a_drawer_pulse_grows_old() {
        for (asked_at_ms, now_ms, due) in
            [(0, 0, true), (0, 5_000, true), (0, 5_001, false), (10, 9, false), (i64::MIN, i64::MAX, false)]
        {
            assert_eq!(drawer_pulse_is_due(asked_at_ms, now_ms), due, "{asked_at_ms} {now_ms}");
        }
    }

    fn events() -> impl Strategy<Value = Event> {
        prop::sample::select(vec![
            Event::WorkerFree,
            Event::WorkerFree,
            Event::Done(Outcome::Printed),
            Event::Done(Outcome::Failed(OUT)),
            Event::Done(Outcome::Unknown(OUT)),
            Event::Restarted,
            Event::PrintAgain,
            Event::Skip,
        ])
    }

    proptest! {
        /// Between two papers that may have come out there is always a person and a mark.
        #[test]
        fn nothing_is_printed_twice_without_a_person_and_a_mark(events in prop::collection::vec(events(), 0..60)) {
            let mut print = Print::first(0);
            let mut marks_on_paper = vec![];
            let mut asked_again = 0;
            for (minute, event) in (1_i64..).zip(events) {
                let was_sending = matches!(print.state, State::Sending { .. });
                let (after, action) = print.step(event, minute * 60_000);
                if let Action::RenderCopy(copy) = action {
                    prop_assert_eq!(event, Event::PrintAgain);
                    asked_again += 1;
                    prop_assert_eq!(copy, asked_again);
                }
                let may_be_on_paper = matches!(event, Event::Restarted | Event::Done(Outcome::Printed | Outcome::Unknown(_)));
                if was_sending && may_be_on_paper {
                    marks_on_paper.push(print.copy);
                }
                print = after;
            }
            prop_assert!(marks_on_paper.is_sorted_by(|earlier, later| earlier < later), "{marks_on_paper:?}");
        }
    }
}
