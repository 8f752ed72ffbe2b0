//! Where an invoice stands on its way to the tax authority. It is never cancelled: an issued one is replaced by another.

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The sale needs one, but no number was left: it gets its code with the next range.
    Intent,
    /// It has its code and was not sent.
    Waiting,
    /// It was sent, or may have been: whoever takes it has not said yes or no.
    Sent,
    /// It was taken: issued, from now on only to be replaced.
    Accepted,
    /// It was refused: a person corrects it and sends it again.
    Rejected,
}

/// What happens to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It gets its code.
    Numbered,
    /// It is about to leave.
    Sending,
    /// It certainly did not leave.
    NotReached,
    /// It left, and no answer came, or the answer was "later".
    NoAnswerYet,
    /// It was taken.
    Accepted,
    /// It was refused.
    Rejected,
    /// A person sends it again.
    SendAgain,
}

/// Something that cannot happen to an invoice where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an invoice that is {} cannot be {event:?}", state.code())]
pub struct WrongStep {
    /// Where it stands.
    pub state: State,
    /// What was to happen.
    pub event: Event,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Intent, Self::Waiting, Self::Sent, Self::Accepted, Self::Rejected];

    /// Returns the name that tables and programs use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// Returns the state of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Returns where an invoice stands after an event.
    ///
    /// # Errors
    /// When the event cannot happen here.
    pub const fn after(self, event: Event) -> Result<Self, WrongStep> {
        Ok(match (self, event) {
            (Self::Intent, Event::Numbered) | (Self::Rejected, Event::SendAgain) => Self::Waiting,
            // Whoever asks for a try at once changes nothing but the time of it.
            (Self::Intent | Self::Waiting | Self::Sent, Event::SendAgain) => self,
            (Self::Waiting | Self::Sent, Event::Sending) => Self::Sent,
            (Self::Sent, Event::NoAnswerYet) => Self::Sent,
            (Self::Sent, Event::NotReached) => Self::Waiting,
            (Self::Sent, Event::Accepted) => Self::Accepted,
            (Self::Sent, Event::Rejected) => Self::Rejected,
            _ => return Err(WrongStep { state: self, event }),
        })
    }

    /// Whether the buyer may still be written on it.
    pub const fn takes_buyer(self) -> bool {
        matches!(self, Self::Intent | Self::Waiting | Self::Rejected)
    }

    /// Whether it is issued, so that a change is another invoice that replaces it.
    pub const fn is_issued(self) -> bool {
        matches!(self, Self::Accepted)
    }

    /// Whether somebody must still do something until it is issued.
    pub const fn is_pending(self) -> bool {
        !self.is_issued()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Event::{NoAnswerYet, NotReached, Numbered, SendAgain, Sending};
    use State::{Accepted, Intent, Rejected, Sent, Waiting};

    #[test]
    fn every_step_is_in_this_table() {
        const EVENTS: [Event; 7] =
            [Numbered, Sending, NotReached, NoAnswerYet, Event::Accepted, Event::Rejected, SendAgain];
        let none = None;
        for (state, after) in [
            (Intent, [Some(Waiting), none, none, none, none, none, Some(Intent)]),
            (Waiting, [none, Some(Sent), none, none, none, none, Some(Waiting)]),
            (Sent, [none, Some(Sent), Some(Waiting), Some(Sent), Some(Accepted), Some(Rejected), Some(Sent)]),
            // Issued: nothing changes it any more.
            (Accepted, [none; 7]),
            (Rejected, [none, none, none, none, none, none, Some(Waiting)]),
        ] {
            for (event, expected) in EVENTS.into_iter().zip(after) {
                assert_eq!(state.after(event).ok(), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn what_is_issued_takes_no_buyer() {
        for (state, takes_buyer, is_issued) in [
            (Intent, true, false),
            (Waiting, true, false),
            (Sent, false, false),
            (Accepted, false, true),
            (Rejected, true, false),
        ] {
            assert_eq!((state.takes_buyer(), state.is_issued()), (takes_buyer, is_issued), "{state:?}");
            assert_eq!(state.is_pending(), !is_issued);
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
