//! A clock that tells the past while history is made, and the present from then on. It never runs backwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use clock::{Clock, Source};

/// The clock of a demonstration store.
pub(crate) struct HistoryClock {
    system: Clock,
    /// The moment of history that is being told; 0 for the present.
    told_ms: AtomicI64,
    began_ms: i64,
}

impl HistoryClock {
    /// Returns a clock whose monotonic part begins at a moment of the past.
    pub(crate) fn new(began_ms: i64) -> Arc<Self> {
        Arc::new(Self { system: Clock::system(), told_ms: AtomicI64::new(0), began_ms })
    }

    /// Tells a moment of the past.
    pub(crate) fn tell(&self, moment_ms: i64) {
        self.told_ms.store(moment_ms, Ordering::SeqCst);
    }

    /// Tells the present.
    pub(crate) fn tell_present(&self) {
        self.tell(0);
    }
}

impl Source for HistoryClock {
    fn now_ms(&self) -> i64 {
        match self.told_ms.load(Ordering::SeqCst) {
            0 => self.system.now_ms(),
            moment_ms => moment_ms,
        }
    }

    fn monotonic_ms(&self) -> i64 {
        self.now_ms() - self.began_ms
    }

    fn fill(&self, buffer: &mut [u8]) {
        self.system.fill(buffer);
    }
}
