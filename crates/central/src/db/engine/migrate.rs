//! Bringing the schema up to date, one process at a time, and refusing one that a later program made.

use std::path::PathBuf;

use sqlx::migrate::{MigrateError, Migrator};

use super::Db;
use crate::error::{Error, Result};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/central/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/central/postgres");

impl Db {
    /// Applies the migrations that are missing.
    ///
    /// # Errors
    /// When the schema is newer than this program, was changed by hand, or the database fails; it is then as before.
    pub async fn migrate(&self) -> Result<()> {
        let done = match self {
            Self::Sqlite { writer, .. } => {
                // SQLite's migrator takes no lock of its own, and two processes may start together.
                let _lock = lock_beside(writer.connect_options().get_filename().to_owned()).await?;
                SQLITE.run(writer).await
            }
            Self::Postgres(pool) => POSTGRES.run(pool).await,
        };
        done.map_err(|error| match error {
            MigrateError::VersionMissing(version) => Error::Schema(format!(
                "the database has schema {version}, which is newer than this program: install the newer ocop-central"
            )),
            MigrateError::VersionMismatch(version) => {
                Error::Schema(format!("migration {version} was changed after it ran: use a released ocop-central"))
            }
            other => Error::Schema(format!("the schema could not be brought up to date: {other}")),
        })
    }
}

/// Holds a file lock beside the database until it is dropped.
async fn lock_beside(database: PathBuf) -> Result<std::fs::File> {
    let mut name = database.into_os_string();
    name.push(".migrate.lock");
    let path = PathBuf::from(name);
    let locked = tokio::task::spawn_blocking(move || {
        let file = std::fs::File::create(&path).map_err(Error::file(&path))?;
        file.lock().map_err(Error::file(&path))?;
        Ok(file)
    });
    locked.await.map_err(|error| Error::Schema(format!("the lock could not be taken: {error}")))?
}
