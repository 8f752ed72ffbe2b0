//! How much room is left on the disk of the data folder. A worker looks from time to time, so nobody at the counter waits for
//! it. People are told while there is time to delete something; below that nothing is written that a sale does not need.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use crate::App;

const MB: u64 = 1 << 20;
/// With less room than this people are told.
pub const LOW_BYTES: u64 = 500 * MB;
/// With less room than this only what sales need is written.
pub const FULL_BYTES: u64 = 100 * MB;
/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// What there is to say of the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DiskState {
    /// Nothing.
    #[default]
    Good,
    /// There is little room left.
    Low {
        /// How much, MB.
        free_mb: i64,
    },
    /// What is left is kept for sales: no backup is written any more.
    Full {
        /// How much, MB.
        free_mb: i64,
    },
}

impl DiskState {
    /// Returns what there is to say of so much room. Where nobody knows it, there is nothing.
    pub fn of(free_bytes: Option<u64>) -> Self {
        match free_bytes {
            Some(free) if free < FULL_BYTES => Self::Full { free_mb: whole_mb(free) },
            Some(free) if free < LOW_BYTES => Self::Low { free_mb: whole_mb(free) },
            Some(_) | None => Self::Good,
        }
    }
}

fn whole_mb(bytes: u64) -> i64 {
    i64::try_from(bytes / MB).unwrap_or(i64::MAX)
}

/// What was measured last.
#[derive(Debug, Default)]
pub struct DiskWatch(Mutex<Option<u64>>);

impl DiskWatch {
    /// Returns the room that is left, MB; `None` while nobody knows.
    pub fn free_mb(&self) -> Option<i64> {
        self.free_bytes().map(whole_mb)
    }

    /// Says how the disk stands.
    pub fn state(&self) -> DiskState {
        DiskState::of(self.free_bytes())
    }

    /// Takes what was measured; returns whether there is something else to say now.
    pub fn take(&self, free_bytes: Option<u64>) -> bool {
        let before = self.state();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = free_bytes;
        self.state() != before
    }

    fn free_bytes(&self) -> Option<u64> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the bytes that this program may still write in a folder; `None` where the system does not say.
pub fn measure(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}

/// Looks at the disk until the program ends.
pub async fn run(app: App) {
    loop {
        let folder = app.config().data_dir.clone();
        let free_bytes = tokio::task::spawn_blocking(move || measure(&folder)).await.ok().flatten();
        if app.disk_watch().take(free_bytes) {
            tracing::warn!(free_mb = app.disk_watch().free_mb(), "the room on the disk has changed");
            app.tell_changed();
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_in_time() {
        for (free_mb, expected) in [
            (Some(64_000), DiskState::Good),
            (Some(500), DiskState::Good),
            (Some(499), DiskState::Low { free_mb: 499 }),
            (Some(100), DiskState::Low { free_mb: 100 }),
            (Some(99), DiskState::Full { free_mb: 99 }),
            (Some(0), DiskState::Full { free_mb: 0 }),
            (None, DiskState::Good),
        ] {
            assert_eq!(DiskState::of(free_mb.map(|mb| mb * MB)), expected, "{free_mb:?}");
        }
    }

    #[test]
    fn only_what_is_news_is_told() {
        let watch = DiskWatch::default();
        for (free_mb, is_news) in [(9_000, false), (8_000, false), (400, true), (400, false), (9_000, true)] {
            assert_eq!(watch.take(Some(free_mb * MB)), is_news, "{free_mb}");
            assert_eq!(watch.free_mb(), i64::try_from(free_mb).ok());
        }
    }

    #[test]
    fn a_disk_can_be_measured() {
        let folder = tempfile::tempdir().unwrap();
        assert!(measure(folder.path()).is_some_and(|bytes| bytes > 0));
        assert_eq!(measure(&folder.path().join("none")), None);
    }
}
