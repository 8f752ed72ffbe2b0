//! How often something may be asked: a burst, and so many a minute after it. Counted in memory.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// The most askers that are remembered; beyond it full buckets are forgotten.
const BUCKETS_MAX: usize = 10_000;

/// A bucket for each asker.
#[derive(Debug)]
pub(super) struct Buckets<Asker> {
    per_minute: i64,
    burst: i64,
    all: Mutex<HashMap<Asker, Bucket>>,
}

/// What one may still ask, in thousandths of a request.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    milli: i64,
    filled_at_ms: i64,
}

impl<Asker: Eq + Hash> Buckets<Asker> {
    pub(super) fn new(per_minute: i64, burst: i64) -> Self {
        Self { per_minute, burst, all: Mutex::new(HashMap::new()) }
    }

    /// Takes one request from an asker's bucket.
    ///
    /// # Errors
    /// With the milliseconds after which there is one, when it is empty.
    pub(super) fn take(&self, asker: Asker, now_ms: i64) -> Result<(), i64> {
        let full = self.burst * 1_000;
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= BUCKETS_MAX {
            all.retain(|_, bucket| bucket.at(now_ms, self.per_minute, full) < full);
        }
        if all.len() >= BUCKETS_MAX {
            all.clear();
        }
        let bucket = all.entry(asker).or_insert(Bucket { milli: full, filled_at_ms: now_ms });
        let milli = bucket.at(now_ms, self.per_minute, full);
        if milli < 1_000 {
            return Err((1_000 - milli).saturating_mul(60) / self.per_minute.max(1));
        }
        *bucket = Bucket { milli: milli - 1_000, filled_at_ms: now_ms };
        Ok(())
    }

    /// Gives back what was taken.
    pub(super) fn give_back(&self, asker: &Asker) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = all.get_mut(asker) {
            bucket.milli = bucket.milli.saturating_add(1_000).min(self.burst * 1_000);
        }
    }
}

impl Bucket {
    fn at(&self, now_ms: i64, per_minute: i64, full: i64) -> i64 {
        let passed_ms = now_ms.saturating_sub(self.filled_at_ms).max(0);
        self.milli.saturating_add(passed_ms.saturating_mul(per_minute) / 60).min(full)
    }
}
