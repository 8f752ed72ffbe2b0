//! Bringing a backup back. The old journal is finished with it: the restored store goes on in a new stream, so that no
//! number ever stands for two things. Central has what the backup lacks, as far as it was sent.

use std::path::{Path, PathBuf};

use clock::Clock;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use uuid::Uuid;

use super::backup::{BackupError, check};
use crate::app::{DATABASE, StartError};
use crate::db::store;
use crate::sync::enrol::{EnrolError, begin_stream};
use crate::{App, Config};

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The copy.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The folder.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The new stream.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// Two stores.
    #[error("the backup is of another store: it was not restored here")]
    OtherStore,
    /// A file.
    #[error("{file} cannot be written: {why}")]
    File {
        /// Where.
        file: PathBuf,
        /// Why.
        why: std::io::Error,
    },
}

/// Puts a backup in the place of the store's data and begins a new stream. The data that was there is kept beside it.
///
/// # Errors
/// When the backup is not sound or is of another store, or the program runs on the folder.
pub async fn restore(config: Config, clock: Clock, backup: &Path) -> Result<App, RestoreError> {
    check(backup).await?;
    let folder = config.data_dir.clone();
    let database = folder.join(DATABASE);
    let stamp = clock.now_ms();
    let backup_store = store_of(backup).await?;
    if database.exists() {
        let here = store_here(&config, &clock).await?;
        if here.is_some_and(|store_id| store_id != backup_store) {
            return Err(RestoreError::OtherStore);
        }
        for end in ["", "-wal", "-shm"] {
            let file = folder.join(format!("{DATABASE}{end}"));
            if file.exists() {
                let kept = folder.join(format!("before-restore-{stamp}-{DATABASE}{end}"));
                std::fs::rename(&file, &kept).map_err(|why| RestoreError::File { file, why })?;
            }
        }
    }
    let wrong = |why| RestoreError::File { file: database.clone(), why };
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    let temporary = folder.join("pos.restoring");
    std::fs::copy(backup, &temporary).map_err(wrong)?;
    std::fs::File::open(&temporary).and_then(|file| file.sync_all()).map_err(wrong)?;
    std::fs::rename(&temporary, &database).map_err(wrong)?;
    let app = App::open(config, clock).await?;
    if let Some(store) = store::find_store(app.db().read()).await.map_err(StartError::from)? {
        begin_stream(&app, store.store_id, "restored").await?;
    }
    Ok(app)
}

/// Returns whose data stands in the folder, if it can still be read. Opening takes the lock, so no program runs here.
async fn store_here(config: &Config, clock: &Clock) -> Result<Option<Uuid>, RestoreError> {
    match App::open(config.clone(), clock.clone()).await {
        Ok(app) => {
            let here = store::find_store(app.db().read()).await.map_err(StartError::from)?;
            app.db().close().await;
            Ok(here.map(|store| store.store_id.uuid()))
        }
        // Damaged data is what a backup is for.
        Err(StartError::Database(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn store_of(backup: &Path) -> Result<Uuid, BackupError> {
    let mut copy = SqliteConnectOptions::new().filename(backup).read_only(true).connect().await?;
    let store_id = sqlx::query_scalar("select store_id from store where id = 1").fetch_one(&mut copy).await?;
    copy.close().await?;
    Ok(store_id)
}
