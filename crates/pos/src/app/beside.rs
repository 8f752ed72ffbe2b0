//! The other till of this computer: a shop's for practising, and that one's shop. Neither keeps the other open.

use std::sync::{Mutex, PoisonError, Weak};

use super::{App, Inner};

/// What a till knows of the other one.
#[derive(Default)]
pub(super) struct OtherTill(Mutex<Known>);

#[derive(Default)]
struct Known {
    other: Weak<Inner>,
    copied: Option<i64>,
}

impl App {
    /// Makes a shop and its till for practising known to each other.
    pub(crate) fn set_beside(&self, other: &Self) {
        self.with_beside(|known| known.other = std::sync::Arc::downgrade(&other.0));
        other.with_beside(|known| known.other = std::sync::Arc::downgrade(&self.0));
    }

    /// Returns the other till, while it is open.
    pub(crate) fn beside(&self) -> Option<Self> {
        self.with_beside(|known| known.other.upgrade()).map(Self)
    }

    /// Returns how many rows had been written in the shop when its catalogue was copied last.
    pub(crate) fn copied(&self) -> Option<i64> {
        self.with_beside(|known| known.copied)
    }

    /// Keeps that for [`Self::copied`].
    pub(crate) fn set_copied(&self, written: i64) {
        self.with_beside(|known| known.copied = Some(written));
    }

    fn with_beside<T>(&self, act: impl FnOnce(&mut Known) -> T) -> T {
        act(&mut self.0.beside.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
