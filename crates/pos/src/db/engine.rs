//! Opening the database: its options with their reasons, its migrations, its two pools.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqlitePool, Transaction};

use super::carts::kept::KeptCart;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/pos");

/// Versions before it can corrupt a WAL database when two connections write and checkpoint at the same moment.
const SQLITE_MIN: (u32, u32, u32) = (3, 51, 3);
/// A shop has a few counters, and a read takes a millisecond: two never make anybody wait.
const READERS: u32 = 2;
/// Kilobytes of pages that a connection keeps. The system keeps the file itself, so more would only be memory twice.
const CACHE_KB: i64 = 2_000;
const BUSY: Duration = Duration::from_secs(5);

/// What every function of `db` returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;
/// A writing transaction.
pub type Tx = Transaction<'static, Sqlite>;

/// The store's database.
#[derive(Debug, Clone)]
pub struct Db {
    writer: SqlitePool,
    readers: SqlitePool,
    kept_cart: KeptCart,
}

/// Why the database did not do as asked. Whatever it says, nothing of the transaction happened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk is full.
    #[error("the disk is full: free some space, then try again")]
    DiskFull,
    /// The disk does not write.
    #[error(
        "the disk does not keep what is written: stop selling, look whether it is full, and call for help"
    )]
    Disk(#[source] sqlx::Error),
    /// The file is missing where it must be, or this user may not use it.
    #[error("the data cannot be opened: look whether this user may read and write the data folder")]
    Unreadable,
    /// The file is no database any more.
    #[error("the data is damaged: stop selling, and bring a backup back by `ocop-pos restore`")]
    Damaged(#[source] sqlx::Error),
    /// Another program holds the database.
    #[error("another program holds the database: close it, then try again")]
    Busy,
    /// The file was written by a later version of this program.
    #[error("the data was written by a newer version of this program: install that version again")]
    Newer,
    /// The linked SQLite is not safe for this product.
    #[error("SQLite {0} is too old: 3.51.3 or later is needed")]
    Engine(String),
    /// A stored value is not what its column says.
    #[error("{table}.{column} holds a value that cannot be read: run `ocop-pos verify`")]
    Corrupt {
        /// Where.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// A write met another number of rows than it must.
    #[error("a write to {table} met {rows} rows instead of one")]
    Rows {
        /// Where.
        table: &'static str,
        /// How many.
        rows: u64,
    },
    /// Anything else; a bug of ours.
    #[error("database: {0}")]
    Other(#[source] sqlx::Error),
    /// A migration that failed.
    #[error("the data could not be brought to this version: {0}")]
    Migration(#[source] MigrateError),
}

#[cfg(test)]
impl Error {
    /// A disk that does not write.
    pub(crate) const fn broken_disk() -> Self {
        Self::Disk(sqlx::Error::WorkerCrashed)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|e| e.code()).and_then(|code| code.parse::<u32>().ok());
        // The low byte is the primary result code: 5 BUSY, 6 LOCKED, 8 READONLY, 10 IOERR, 11 CORRUPT, 13 FULL,
        // 14 CANTOPEN, 26 NOTADB.
        match code.map(|code| code & 0xff) {
            Some(5 | 6) => Self::Busy,
            Some(13) => Self::DiskFull,
            Some(8 | 10) => Self::Disk(error),
            Some(11 | 26) => Self::Damaged(error),
            Some(14) => Self::Unreadable,
            _ => Self::Other(error),
        }
    }
}

impl Db {
    /// Opens the file, brings it to this version and checks the options that durability rests on.
    ///
    /// # Errors
    /// When the file was written by a newer version, cannot be written, or the engine is too old.
    pub async fn open(file: &Path) -> Result<Self> {
        let kept_cart = KeptCart::default();
        let at_writer = kept_cart.clone();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            // A file in this process does not go away between two uses.
            .test_before_acquire(false)
            // A commit that the disk refused leaves the connection in a transaction that nobody can end: the next
            // one begins on a fresh connection, which reads the end of the journal from the disk.
            .before_acquire(|writer, _| Box::pin(async { Ok(!writer.is_in_transaction()) }))
            .after_connect(move |_, _| {
                at_writer.forget();
                Box::pin(async { Ok(()) })
            })
            .connect_with(options(file))
            .await?;
        if let Err(error) = begin(&writer).await {
            // The last connection takes its files away: what is refused stays as it was.
            writer.close().await;
            return Err(error);
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options(file).pragma("query_only", "on"))
            .await?;
        Ok(Self { writer, readers, kept_cart })
    }

    /// Opens a file that nobody writes, only to read it; not a byte beside it changes.
    ///
    /// # Errors
    /// When there is no such file, or it is no database.
    pub async fn open_copy(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        let readers = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        Ok(Self { writer: readers.clone(), readers, kept_cart: KeptCart::default() })
    }

    /// Begins a writing transaction; it holds the one writer until it is committed or dropped.
    ///
    /// # Errors
    /// When another program holds the file.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(self.writer.begin_with("begin immediate").await?)
    }

    /// The connection that writes, for what no transaction may do: joining another file to it.
    pub(super) const fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// The connections that read.
    pub const fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// The cart that was written last.
    pub const fn kept_cart(&self) -> &KeptCart {
        &self.kept_cart
    }

    /// Closes all connections; the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        // Readers never wait for the writer.
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL loses confirmed sales when the power fails; FULL does not, for one fdatasync a commit.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // A virus scanner may hold the file for a moment.
        .busy_timeout(BUSY)
        .pragma("cache_size", format!("-{CACHE_KB}"))
        .pragma("trusted_schema", "off")
}

async fn begin(writer: &SqlitePool) -> Result<()> {
    check_engine(writer).await?;
    MIGRATIONS.run(writer).await.map_err(|error| match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => Error::Newer,
        other => Error::Migration(other),
    })
}

async fn check_engine(pool: &SqlitePool) -> Result<()> {
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    let synchronous: i64 = sqlx::query_scalar("pragma synchronous").fetch_one(pool).await?;
    let journal: String = sqlx::query_scalar("pragma journal_mode").fetch_one(pool).await?;
    if found < SQLITE_MIN || synchronous != 2 || journal != "wal" {
        return Err(Error::Engine(format!("{version} ({journal}, synchronous {synchronous})")));
    }
    Ok(())
}

/// Returns an error unless exactly one row was written.
pub(super) fn one_row(table: &'static str, rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::Rows { table, rows }) }
}
