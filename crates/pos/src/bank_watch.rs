//! What counters wait for from the bank: which VietQR is on show where, and what came last. In memory alone: after a
//! restart it is read from the carts again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use domain::Money;
use domain::ids::SaleId;
use tokio::sync::Notify;

use crate::counter::Note;

/// Who waits for what.
#[derive(Debug, Default)]
pub struct BankWatch {
    changed: Notify,
    has_new_claim: AtomicBool,
    counters: Mutex<BTreeMap<String, Watched>>,
}

/// What one counter waits for.
#[derive(Debug, Clone, Default)]
struct Watched {
    shown: Option<Shown>,
    arrived: Option<Arrived>,
}

/// What a VietQR on show is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Of which open cart.
    pub sale_id: SaleId,
    /// What it asks for: all that is due, or a part of it.
    pub amount: Money,
    /// The part is paid in advance; else what is left beside it is paid at once.
    pub is_deposit: bool,
}

/// A VietQR on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// What it is for.
    pub code: Code,
    /// Since when, milliseconds of the program's own clock.
    pub since_ms: i64,
}

/// Money of a finished sale that came without anybody's doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Counts those of the counter since the start.
    pub number: u64,
    /// What there is to tell.
    pub note: Note,
}

impl BankWatch {
    /// Says which VietQR a counter shows now; a new one is asked for at once. Returns whether it is another one than before, or
    /// none any more.
    pub fn show(&self, counter: &str, code: Option<Code>, now_ms: i64) -> bool {
        let is_other = self.with(counter, |watched| {
            let is_other = watched.shown.map(|shown| shown.code) != code;
            if is_other {
                watched.shown = code.map(|code| Shown { code, since_ms: now_ms });
            }
            is_other
        });
        if is_other && code.is_some() {
            self.changed.notify_one();
        }
        is_other
    }

    /// Returns the VietQR that a counter shows.
    pub fn shown(&self, counter: &str) -> Option<Shown> {
        self.with(counter, |watched| watched.shown)
    }

    /// Returns every VietQR on show.
    pub fn all_shown(&self) -> Vec<Shown> {
        let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        counters.values().filter_map(|watched| watched.shown).collect()
    }

    /// Tells that a transfer was claimed, or that one may be confirmed now: they are looked at soon.
    pub fn tell_claimed(&self) {
        self.has_new_claim.store(true, Ordering::SeqCst);
        self.changed.notify_one();
    }

    /// Says, once, whether [`Self::tell_claimed`] was called.
    pub fn take_claimed(&self) -> bool {
        self.has_new_claim.swap(false, Ordering::SeqCst)
    }

    /// Waits until something else is waited for.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Keeps what a counter's window is to be told.
    pub(crate) fn arrived(&self, counter: &str, note: Note) {
        self.with(counter, |watched| {
            let number = watched.arrived.as_ref().map_or(0, |arrived| arrived.number) + 1;
            watched.arrived = Some(Arrived { number, note });
        });
    }

    /// Returns what came last at a counter.
    pub fn last_arrived(&self, counter: &str) -> Option<Arrived> {
        self.with(counter, |watched| watched.arrived.clone())
    }

    fn with<T>(&self, counter: &str, act: impl FnOnce(&mut Watched) -> T) -> T {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        act(counters.entry(counter.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_code_is_on_show_since_it_was_shown_first() {
        let watch = BankWatch::default();
        let code = |number, vnd| {
            let sale_id = SaleId::from_uuid(Uuid::from_u128(number));
            Some(Code { sale_id, amount: Money::new(vnd), is_deposit: false })
        };
        assert!(watch.show("Quầy 1", code(1, 5_000), 5));
        assert!(!watch.show("Quầy 1", code(1, 5_000), 9));
        assert!(!watch.show("Quầy 2", None, 9));
        assert_eq!(watch.all_shown(), [Shown { code: code(1, 5_000).unwrap(), since_ms: 5 }]);
        assert!(watch.show("Quầy 1", code(1, 2_000), 10), "the same cart, paid in part");
        assert!(watch.show("Quầy 1", code(2, 2_000), 11));
        assert_eq!(watch.shown("Quầy 1").map(|shown| shown.code), code(2, 2_000));
        assert!(watch.show("Quầy 1", None, 12));
        assert_eq!(watch.all_shown(), []);
    }

    #[test]
    fn news_are_told_once_to_the_worker_and_counted_for_the_pages() {
        let watch = BankWatch::default();
        assert!(!watch.take_claimed());
        watch.tell_claimed();
        assert!(watch.take_claimed() && !watch.take_claimed());
        watch.arrived("Quầy 1", Note::Ready);
        watch.arrived("Quầy 1", Note::NothingOpen);
        let last = watch.last_arrived("Quầy 1").unwrap();
        assert_eq!((last.number, last.note), (2, Note::NothingOpen));
        assert_eq!(watch.last_arrived("Quầy 2"), None);
    }
}
