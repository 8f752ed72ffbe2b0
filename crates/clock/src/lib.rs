//! Time and randomness, as arguments.
//!
//! Everything that needs the hour, an id or a secret takes a [`Clock`]. The binaries hand in [`Clock::system`], tests a
//! source that they drive, so that a run can be repeated and time moved without waiting.

use std::fmt;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// Where time and randomness come from: the machine, or a test.
pub trait Source: Send + Sync {
    /// Returns the wall clock in UTC milliseconds since 1970. May jump in both directions.
    fn now_ms(&self) -> i64;

    /// Returns milliseconds since an arbitrary moment of this run. Never falls.
    fn monotonic_ms(&self) -> i64;

    /// Fills the bytes with randomness good enough for secrets.
    fn fill(&self, bytes: &mut [u8]);
}

/// A cheap handle on time and randomness; clones share one source.
#[derive(Clone)]
pub struct Clock(Arc<dyn Source>);

impl Clock {
    /// Takes a source, usually one that a test drives.
    pub fn new(source: Arc<dyn Source>) -> Self {
        Self(source)
    }

    /// Returns the clock of this machine.
    pub fn system() -> Self {
        Self::new(Arc::new(SystemSource::start()))
    }

    /// Returns the wall clock in UTC milliseconds since 1970. For people and business rules, never for durations.
    pub fn now_ms(&self) -> i64 {
        self.0.now_ms()
    }

    /// Returns milliseconds since an arbitrary moment of this run. Never falls: use it for durations.
    pub fn monotonic_ms(&self) -> i64 {
        self.0.monotonic_ms()
    }

    /// Fills the bytes with randomness good enough for secrets.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    /// Returns a UUIDv7: it begins with the time, so ids of later rows sort later. An id, not a secret.
    pub fn new_uuid(&self) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        // A clock before 1970 still gives unique ids; they only lose their order.
        let now_ms = u64::try_from(self.now_ms()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(now_ms, &random).into_uuid()
    }

    /// Returns a new secret of 256 bits as 64 lower-case hex letters, for cookies, links and csrf tokens.
    pub fn random_token(&self) -> String {
        let mut secret = [0; 32];
        self.fill(&mut secret);
        hex::encode(secret)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The machine's own clock and the operating system's randomness: the only place that reads them.
struct SystemSource {
    started: Instant,
}

impl SystemSource {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's monotonic clock")]
    fn start() -> Self {
        Self { started: Instant::now() }
    }
}

impl Source for SystemSource {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's wall clock")]
    fn now_ms(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            // A machine whose battery died may stand before 1970.
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
        }
    }

    fn monotonic_ms(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's randomness")]
    #[expect(
        clippy::panic,
        reason = "going on with predictable secrets and ids would be worse than a failed request"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// Stands at one moment; its randomness counts upwards.
    pub(crate) struct Standing {
        pub(crate) now_ms: i64,
        pub(crate) calls: AtomicI64,
    }

    impl Source for Standing {
        fn now_ms(&self) -> i64 {
            self.now_ms
        }

        fn monotonic_ms(&self) -> i64 {
            self.now_ms
        }

        fn fill(&self, bytes: &mut [u8]) {
            let call = self.calls.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            for (index, byte) in bytes.iter_mut().rev().enumerate() {
                *byte = call.iter().rev().nth(index).copied().unwrap_or_default();
            }
        }
    }

    fn standing(now_ms: i64) -> Clock {
        Clock::new(Arc::new(Standing { now_ms, calls: AtomicI64::new(1) }))
    }

    #[test]
    fn an_id_begins_with_the_time_and_is_a_version_7() {
        let clock = standing(1_790_000_000_123);
        let (first, second) = (clock.new_uuid(), clock.new_uuid());
        assert_eq!(first.get_version_num(), 7);
        assert_eq!(first.as_u128() >> 80, 1_790_000_000_123);
        assert_ne!(first, second);
        assert!(standing(1_790_000_000_124).new_uuid() > second);
    }

    #[test]
    fn a_clock_before_1970_still_gives_ids() {
        let clock = standing(-5);
        assert_ne!(clock.new_uuid(), clock.new_uuid());
    }

    #[test]
    fn a_token_has_256_bits_and_differs_each_time() {
        let clock = Clock::system();
        let (first, second) = (clock.random_token(), clock.random_token());
        assert_eq!(first.len(), 64);
        assert!(first.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()));
        assert_ne!(first, second);
    }

    #[test]
    fn the_machine_knows_what_year_it_is() {
        let clock = Clock::system();
        assert!(clock.now_ms() > 1_700_000_000_000, "after November 2023");
        let before = clock.monotonic_ms();
        assert!(clock.monotonic_ms() >= before);
    }
}
