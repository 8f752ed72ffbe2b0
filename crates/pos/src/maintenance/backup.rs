//! A copy of the store's data that is whole or absent: made beside, checked, then renamed. It holds no signing key.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::verify::verify_journal;
use crate::App;
use crate::db::{self, Db};
use crate::disk_watch::{self, DiskState};

/// Why there is no new backup. An older one is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The copy does not pass its check.
    #[error("the copy does not pass its check ({0}): run `ocop-pos verify`")]
    Check(String),
    /// What is left is kept for the journal.
    #[error(
        "no backup is written to {file}: its disk has only {free_mb} MB left, and they are kept for sales: delete some \
         files, or name a file on another disk"
    )]
    DiskFull {
        /// Where it was to be written.
        file: PathBuf,
        /// What is left.
        free_mb: i64,
    },
    /// The folder.
    #[error("the backup cannot be written to {file}: {why}")]
    File {
        /// Where.
        file: PathBuf,
        /// Why.
        why: std::io::Error,
    },
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Writes a backup to a file; selling goes on meanwhile.
///
/// # Errors
/// When the file's disk is nearly full, it cannot be written, or the copy is not sound.
pub async fn backup(app: &App, file: &Path) -> Result<(), BackupError> {
    backup_beside(app, file, disk_watch::measure(folder_of(file))).await
}

/// As [`backup`], where so many bytes are free on the disk that takes the file; none when nobody knows.
///
/// # Errors
/// As [`backup`].
pub async fn backup_beside(app: &App, file: &Path, free_bytes: Option<u64>) -> Result<(), BackupError> {
    if let DiskState::Full { free_mb } = DiskState::of(free_bytes) {
        return Err(BackupError::DiskFull { file: file.to_path_buf(), free_mb });
    }
    let wrong = |why| BackupError::File { file: file.to_path_buf(), why };
    let temporary = file.with_extension("new");
    if temporary.exists() {
        std::fs::remove_file(&temporary).map_err(wrong)?;
    }
    // The path is a bound value; a reader can copy while the writer writes.
    let mut source = app.db().read().acquire().await?;
    sqlx::query("pragma query_only = off").execute(&mut *source).await?;
    let copied = sqlx::query("vacuum into $1").bind(temporary.to_string_lossy()).execute(&mut *source).await;
    sqlx::query("pragma query_only = on").execute(&mut *source).await?;
    copied?;
    check(&temporary).await?;
    File::open(&temporary).and_then(|copy| copy.sync_all()).map_err(wrong)?;
    std::fs::rename(&temporary, file).map_err(wrong)?;
    sync_folder(file).map_err(wrong)
}

/// Opens a copy, lets SQLite check its pages, and follows its journal from the first entry to the last.
async fn check(file: &Path) -> Result<(), BackupError> {
    let copy = Db::open_copy(file).await?;
    let report = verify_journal(&copy).await;
    copy.close().await;
    let report = report?;
    match report.faults.first() {
        Some(fault) => Err(BackupError::Check(fault.clone())),
        None if report.entries == 0 => Err(BackupError::Check("it holds no journal".to_owned())),
        None => Ok(()),
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a rename durable; elsewhere than on Unix the file system does so itself.
#[cfg(unix)]
pub(super) fn sync_folder(file: &Path) -> std::io::Result<()> {
    File::open(folder_of(file))?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_file: &Path) -> std::io::Result<()> {
    Ok(())
}
