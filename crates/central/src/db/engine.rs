//! The only place that knows which database runs below: embedded SQLite or PostgreSQL, one SQL text for both.
//!
//! Above it stand plain functions over `&Db` and `&mut Tx`. A helper takes `&mut Tx` and never begins or commits; a
//! use case begins, calls helpers and commits. A transaction that is dropped rolls back.

mod binary;
mod cells;
mod copy;
mod migrate;
mod rows;
mod sql;
mod value;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use futures_util::TryStreamExt;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{FromRow, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::error::{Error, Result};

pub use cells::Cells;
pub use copy::{check_sqlite, copy_sqlite};
pub use sql::Sql;
pub use value::Val;
pub(crate) use value::{args, sql};

/// The oldest SQLite without the checkpoint race that can corrupt a WAL database.
const SQLITE_VERSION_MIN: (u32, u32, u32) = (3, 51, 3);
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const READERS_MAX: u32 = 4;
const POSTGRES_CONNECTIONS_MAX: u32 = 24;
/// Ranges of days decide how a question is best answered: a plan that is made before they are known reads row by row what is better read whole.
const BEGIN_READING: &str =
    "begin isolation level repeatable read read only; set local plan_cache_mode = force_custom_plan";
/// Longest single statement on PostgreSQL; the batches of `rebuild` and `verify` stay far below.
const STATEMENT_TIMEOUT: &str = "60s";
/// Statements that a connection keeps prepared: all of central's, with the ladder of bulk inserts.
const STATEMENTS_KEPT: usize = 512;

/// A database. Clones share its connections.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file in this process, written by one connection.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that only read, each from the last commit.
        readers: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction; dropping it rolls back.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// A result row of both databases. A derived `FromRow` without a named database is one.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

impl Db {
    /// Opens `sqlite:FILE` (made when missing) or `postgres://…`. The schema is left alone: see [`Db::migrate`].
    ///
    /// # Errors
    /// When the address is neither, the database does not answer, or SQLite is too old.
    pub async fn open(url: &str) -> Result<Self> {
        match url.strip_prefix("sqlite:") {
            Some(path) => Self::open_sqlite(Path::new(path)).await,
            None if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Self::open_postgres(url).await
            }
            None => Err(Error::Schema(format!("{url} is no database: write sqlite:FILE or postgres://…"))),
        }
    }

    async fn open_sqlite(path: &Path) -> Result<Self> {
        create_private(path).map_err(Error::file(path))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            // Readers do not wait for the writer, nor it for them.
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledgement leaves after the commit, so the commit has to be on the disk.
            .synchronous(SqliteSynchronous::Full)
            // For command-line tools beside a running service.
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            // An entry takes more than half of the usual 4 KiB and would leave the rest of its page empty. A file that
            // was made with another size keeps it.
            .page_size(8_192)
            // 64 MiB of pages: a batch touches the newest pages of each table again and again.
            .pragma("cache_size", "-65536")
            // A checkpoint every 32 MiB instead of 8: a few batches share one.
            .pragma("wal_autocheckpoint", "4096")
            .statement_cache_capacity(STATEMENTS_KEPT);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        let (version,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(&writer).await?;
        if parsed(&version) < Some(SQLITE_VERSION_MIN) {
            return Err(Error::Schema(format!("SQLite {version} may lose data: 3.51.3 or later is needed")));
        }
        Ok(Self::Sqlite { writer, readers })
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        // Statements that are compiled before they run pay off in seconds, ours take milliseconds: of 48 ms compiling took 9.
        let settings =
            [("statement_timeout", STATEMENT_TIMEOUT), ("synchronous_commit", "on"), ("jit", "off")];
        let options =
            PgConnectOptions::from_str(url)?.options(settings).statement_cache_capacity(STATEMENTS_KEPT);
        let pool =
            PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS_MAX).connect_with(options).await?;
        let (in_byte_order,): (bool,) = sqlx::query_as("select 'B' < 'a'").fetch_one(&pool).await?;
        if !in_byte_order {
            let advice =
                "create the PostgreSQL database with LC_COLLATE 'C.UTF-8': rows are compared in its order";
            return Err(Error::Schema(advice.to_owned()));
        }
        Ok(Self::Postgres(pool))
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            // A deferred transaction could fail half-way, when it first writes.
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that reads one state of the database from beginning to end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_reading(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin_with(BEGIN_READING).await?),
        })
    }

    /// Returns every row.
    ///
    /// # Errors
    /// When the database fails or a row does not decode.
    pub async fn all<T: Row>(&self, sql: Sql) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite { readers, .. } => sql.on_sqlite()?.rows().fetch_all(readers).await?,
            Self::Postgres(pool) => sql.on_postgres()?.rows().fetch_all(pool).await?,
        })
    }

    /// Returns the single row.
    ///
    /// # Errors
    /// When there is none, or as above.
    pub async fn one<T: Row>(&self, sql: Sql) -> Result<T> {
        self.opt(sql).await?.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// Returns the row, if there is one.
    ///
    /// # Errors
    /// When the database fails or the row does not decode.
    pub async fn opt<T: Row>(&self, sql: Sql) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite { readers, .. } => sql.on_sqlite()?.rows().fetch_optional(readers).await?,
            Self::Postgres(pool) => sql.on_postgres()?.rows().fetch_optional(pool).await?,
        })
    }

    /// Writes one statement in a transaction of its own; returns how many rows it changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn exec(&self, sql: Sql) -> Result<u64> {
        let mut tx = self.begin().await?;
        let changed = tx.exec(sql).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Closes all connections, when what is under way has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything durable.
    ///
    /// # Errors
    /// When the database fails; nothing is then written.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Runs a statement; returns how many rows it changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn exec(&mut self, sql: Sql) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => sql.on_sqlite()?.statement().execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => sql.on_postgres()?.statement().execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Returns every row.
    ///
    /// # Errors
    /// When the database fails or a row does not decode.
    pub async fn all<T: Row>(&mut self, sql: Sql) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(tx) => sql.on_sqlite()?.rows().fetch_all(&mut **tx).await?,
            Self::Postgres(tx) => sql.on_postgres()?.rows().fetch_all(&mut **tx).await?,
        })
    }

    /// Returns the single row.
    ///
    /// # Errors
    /// When there is none, or as above.
    pub async fn one<T: Row>(&mut self, sql: Sql) -> Result<T> {
        self.opt(sql).await?.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// Returns the row, if there is one.
    ///
    /// # Errors
    /// When the database fails or the row does not decode.
    pub async fn opt<T: Row>(&mut self, sql: Sql) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite(tx) => sql.on_sqlite()?.rows().fetch_optional(&mut **tx).await?,
            Self::Postgres(tx) => sql.on_postgres()?.rows().fetch_optional(&mut **tx).await?,
        })
    }
}

impl Tx {
    /// Hands over row after row, for results that are too large to hold; stops at the first error.
    ///
    /// # Errors
    /// When the database fails, a row does not decode, or `take` refuses one.
    pub async fn each<T: Row>(&mut self, sql: Sql, mut take: impl FnMut(T) -> Result<()>) -> Result<()> {
        match self {
            Self::Sqlite(tx) => {
                let ready = sql.on_sqlite()?;
                let mut rows = ready.rows().fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(row)?;
                }
            }
            Self::Postgres(tx) => {
                let ready = sql.on_postgres()?;
                let mut rows = ready.rows().fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(row)?;
                }
            }
        }
        Ok(())
    }
}

/// Makes a missing file that nobody but this user can read; SQLite gives its log and its index the same mode.
///
/// # Errors
/// When the folder cannot be written.
pub fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn parsed(version: &str) -> Option<(u32, u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, enough) in [
            ("3.51.3", true),
            ("3.51.2", false),
            ("3.9.9", false),
            ("3.52", true),
            ("4.0.0", true),
            ("x", false),
        ] {
            assert_eq!(parsed(version) >= Some(SQLITE_VERSION_MIN), enough, "{version}");
        }
    }
}
