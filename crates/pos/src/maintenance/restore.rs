//! Bringing a backup back. The old journal is finished with it: the restored store goes on in a new stream, so that no
//! number ever stands for two things. Central has what the backup lacks, as far as it was sent.
//!
//! The copy is brought to this version and checked beside the data; only a sound one takes its place.

use std::fs::File;
use std::path::{Path, PathBuf};

use clock::Clock;
use domain::ids::StoreId;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use uuid::Uuid;

use super::backup::sync_folder;
use super::verify::verify_data;
use crate::app::{self, DATABASE, StartError};
use crate::db::{self, Db, store};
use crate::sync::enrol::{EnrolError, begin_stream};
use crate::{App, Config};

/// What belongs to a database, by the endings of its files.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The copy.
    #[error("{file} is no sound backup: {why}")]
    Unsound {
        /// Which.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
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
/// When the backup is not sound or is of another store, or the program runs on the folder; everything is then as before.
pub async fn restore(config: Config, clock: Clock, backup: &Path) -> Result<App, RestoreError> {
    let lock = app::lock(&config)?;
    let folder = config.data_dir.clone();
    let (database, temporary) = (folder.join(DATABASE), folder.join("pos.restoring"));
    remove(&temporary)?;
    let store_id = match prepare(backup, &temporary, &database).await {
        Ok(store_id) => store_id,
        Err(error) => {
            remove(&temporary)?;
            return Err(error);
        }
    };
    let stamp = clock.now_ms();
    for end in ENDINGS {
        let file = folder.join(format!("{DATABASE}{end}"));
        if file.exists() {
            let kept = folder.join(format!("before-restore-{stamp}-{DATABASE}{end}"));
            std::fs::rename(&file, &kept).map_err(wrong(&file))?;
        }
    }
    std::fs::rename(&temporary, &database).and_then(|()| sync_folder(&database)).map_err(wrong(&database))?;
    let app = App::open_locked(config, clock, lock).await?;
    begin_stream(&app, store_id, "restored").await?;
    Ok(app)
}

/// Copies a backup, brings the copy to this version and checks it; returns whose data it is.
async fn prepare(backup: &Path, temporary: &Path, database: &Path) -> Result<StoreId, RestoreError> {
    let unsound = |why: String| RestoreError::Unsound { file: backup.to_path_buf(), why };
    if !backup.is_file() {
        return Err(unsound("there is no such file".to_owned()));
    }
    std::fs::copy(backup, temporary).map_err(wrong(temporary))?;
    let of_copy = |error| match error {
        db::Error::Damaged(_) => unsound("it is damaged, or no copy of a store's data".to_owned()),
        other => unsound(other.to_string()),
    };
    let copy = Db::open(temporary).await.map_err(of_copy)?;
    let checked = check(&copy).await;
    copy.close().await;
    let store_id = checked.map_err(of_copy)?.map_err(unsound)?;
    File::open(temporary).and_then(|file| file.sync_all()).map_err(wrong(temporary))?;
    if store_here(database).await.is_some_and(|here| here != store_id.uuid()) {
        return Err(RestoreError::OtherStore);
    }
    Ok(store_id)
}

/// Returns whose data a copy is, or what is wrong with it.
async fn check(copy: &Db) -> db::Result<Result<StoreId, String>> {
    let report = verify_data(copy).await?;
    if let Some(fault) = report.faults.first() {
        return Ok(Err(fault.clone()));
    }
    let store = store::find_store(copy.read()).await?;
    Ok(store.map(|store| store.store_id).ok_or_else(|| "it is of no store".to_owned()))
}

/// Returns whose data stands in the folder, if it can still be read: damaged data is what a backup is for.
async fn store_here(database: &Path) -> Option<Uuid> {
    let mut here = SqliteConnectOptions::new().filename(database).connect().await.ok()?;
    let store_id =
        sqlx::query_scalar("select store_id from store where id = 1").fetch_optional(&mut here).await;
    here.close().await.ok()?;
    store_id.ok().flatten()
}

fn remove(temporary: &Path) -> Result<(), RestoreError> {
    for end in ENDINGS {
        let mut file = temporary.as_os_str().to_owned();
        file.push(end);
        match std::fs::remove_file(&file) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => return Err(wrong(temporary)(why)),
            _ => {}
        }
    }
    Ok(())
}

fn wrong(file: &Path) -> impl FnOnce(std::io::Error) -> RestoreError {
    let file = file.to_path_buf();
    |why| RestoreError::File { file, why }
}
