//! A clock that a test drives, with randomness from a seed: the same seed repeats a run.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use clock::{Clock, Source};
use protocol::Hash;

/// Where driven clocks begin: 23/11/2026 08:00 in Vietnam, UTC milliseconds.
pub const MORNING_MS: i64 = 1_795_395_600_000;

/// A clock that stands still until it is moved.
pub struct DrivenClock {
    wall_ms: AtomicI64,
    monotonic_ms: AtomicI64,
    seed: u64,
    drawn: AtomicU64,
}

impl DrivenClock {
    /// Returns a clock at [`MORNING_MS`] and the handle that the product takes.
    pub fn new(seed: u64) -> (Arc<Self>, Clock) {
        let driven = Arc::new(Self {
            wall_ms: AtomicI64::new(MORNING_MS),
            monotonic_ms: AtomicI64::new(0),
            seed,
            drawn: AtomicU64::new(0),
        });
        (Arc::clone(&driven), Clock::new(driven))
    }

    /// Lets time pass.
    pub fn advance(&self, milliseconds: i64) {
        self.wall_ms.fetch_add(milliseconds, Ordering::SeqCst);
        self.monotonic_ms.fetch_add(milliseconds.max(0), Ordering::SeqCst);
    }

    /// Sets the wall clock alone, as a person or a dead battery does.
    pub fn set_wall(&self, wall_ms: i64) {
        self.wall_ms.store(wall_ms, Ordering::SeqCst);
    }
}

impl Source for DrivenClock {
    fn now_ms(&self) -> i64 {
        self.wall_ms.load(Ordering::SeqCst)
    }

    fn monotonic_ms(&self) -> i64 {
        self.monotonic_ms.load(Ordering::SeqCst)
    }

    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::SeqCst);
            let block = Hash::of(&[b"driven-clock", &self.seed.to_be_bytes(), &drawn.to_be_bytes()]);
            chunk.copy_from_slice(&block.bytes()[..chunk.len()]);
        }
    }
}
