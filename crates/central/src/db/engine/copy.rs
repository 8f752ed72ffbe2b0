//! A whole copy of an SQLite database, taken while it is in use.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::Db;
use crate::error::{Error, Result};

impl Db {
    /// Answers when the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        self.one::<(i64,)>(super::Sql::new("select cast(1 as bigint)")).await.map(|_| ())
    }

    /// Returns the file of an SQLite database.
    pub fn file(&self) -> Option<std::path::PathBuf> {
        match self {
            Self::Sqlite { writer, .. } => Some(writer.connect_options().get_filename().to_owned()),
            Self::Postgres(_) => None,
        }
    }
}

/// Copies an SQLite file that others may be using into a new one: one state, without free pages.
///
/// # Errors
/// When the database fails or the target exists.
pub async fn copy_sqlite(from: &Path, to: &Path) -> Result<()> {
    let mut source = SqliteConnectOptions::new().filename(from).connect().await?;
    let copied = sqlx::query("vacuum into $1").bind(to.to_string_lossy()).execute(&mut source).await;
    source.close().await?;
    copied?;
    Ok(())
}

/// Checks the pages of an SQLite file, and that it holds a central.
///
/// # Errors
/// When it is damaged, or no central's.
pub async fn check_sqlite(file: &Path) -> Result<()> {
    let named =
        |why: &str| Error::Program(format!("{} is no sound copy of a central: {why}", file.display()));
    let mut copy: SqliteConnection =
        SqliteConnectOptions::new().filename(file).read_only(true).immutable(true).connect().await?;
    let checked: sqlx::Result<(String,)> =
        sqlx::query_as("pragma integrity_check(1)").fetch_one(&mut copy).await;
    let identity = sqlx::query("select central_epoch from identity").fetch_one(&mut copy).await;
    copy.close().await?;
    match checked {
        Ok((word,)) if word == "ok" => {}
        // What follows the first line are the pages.
        Ok((words,)) => return Err(named(words.lines().nth(1).unwrap_or(&words))),
        Err(error) => return Err(named(&error.to_string())),
    }
    identity.map(|_| ()).map_err(|_| named("it has no identity"))
}
