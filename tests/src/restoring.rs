//! A store's data copied as an operator does it, and brought back on another computer.
#![expect(clippy::expect_used, reason = "a copy that cannot be brought back is a failed test")]

use std::path::{Path, PathBuf};

use pos::Config;
use pos::maintenance::{backup, restore};
use tempfile::TempDir;
use testkit::clock::DrivenClock;
use testkit::store::TestStore;

/// Copies the data as the operator does, to a place that outlives the disk.
pub async fn copy(store: &TestStore, folder: &TempDir) -> PathBuf {
    let file = folder.path().join("copy.sqlite");
    backup::backup(&store.app, &file).await.expect("a copy");
    file
}

/// Restores a copy on a computer with an empty disk, and starts the program.
pub async fn restored(store: &TestStore, file: &Path, seed: u64) -> TestStore {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config { data_dir: folder.path().to_path_buf(), ..store.app.config().clone() };
    let (_, clock) = DrivenClock::new(seed);
    let app = restore::restore(config.clone(), clock, file).await.expect("a copy that is brought back");
    app.db().close().await;
    drop(app);
    started(store, folder, config, seed + 1).await
}

/// Starts the program on a folder at the same time of day as on another computer.
pub async fn started(like: &TestStore, folder: TempDir, config: Config, seed: u64) -> TestStore {
    let store = TestStore::on(folder, config, like.seat.clone(), seed).await;
    store.clock.advance(like.app.clock().now_ms() - store.app.clock().now_ms());
    store
}
