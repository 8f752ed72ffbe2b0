//! PostgreSQL for tests: one server per test process, one empty database per test.
//!
//! The server is started from the installed programs by `postgres.sh` and stops with the process. Where the
//! variable `OCOP_TEST_POSTGRES` names a server (as `tests/run.sh` sets it), that one is used instead, so that a
//! run of many test binaries pays for one start. Without PostgreSQL a test fails; it is never skipped.
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its database has failed")]

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::guarded::Guarded;

/// Names a running server, for example `postgres://user@localhost/postgres`; its user may create databases.
pub const SERVER_VARIABLE: &str = "OCOP_TEST_POSTGRES";

/// Whether commits reach the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// `fsync` and `full_page_writes` off: for tests that ask only what the SQL does.
    Fast,
    /// As in production: for tests about crashes and for benches.
    Full,
}

/// A server on which tests make their databases.
#[derive(Debug)]
pub struct PostgresServer {
    url: String,
    orders: Sender<Order>,
    _process: Option<Guarded>,
}

impl PostgresServer {
    /// Returns the server of this process, started or found at the first call. Fast, not durable.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<PostgresServer> = OnceLock::new();
        SHARED.get_or_init(|| match std::env::var(SERVER_VARIABLE) {
            Ok(url) => Self::at(url, None),
            Err(_) => Self::start(Durability::Fast),
        })
    }

    /// Starts a server of its own; it stops when dropped, or when the process ends in whatever way.
    pub fn start(durability: Durability) -> Self {
        let durability = match durability {
            Durability::Fast => "fast",
            Durability::Full => "durable",
        };
        let (process, url) = Guarded::start(include_str!("postgres.sh"), &[durability], |line| {
            line.strip_prefix("url ").map(str::to_owned)
        });
        Self::at(url, Some(process))
    }

    fn at(url: String, process: Option<Guarded>) -> Self {
        let (orders, received) = channel();
        let server_url = url.clone();
        std::thread::spawn(move || administer(&server_url, &received));
        Self { url, orders, _process: process }
    }

    /// Returns the URL of the server's own database `postgres`, for questions about the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Makes an empty database in UTF-8 with the order of C; it is removed when the answer is dropped.
    pub fn fresh_database(&self) -> DatabaseUrl {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // Several processes may share a server, so the process is part of the name.
        let name = format!("ocop_test_{}_{number}", std::process::id());
        let creation = format!(
            "create database {name} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'"
        );
        if let Err(error) = order(&self.orders, creation) {
            panic!("no database on {}: {error}", self.url);
        }
        DatabaseUrl { url: with_database(&self.url, &name), name, orders: self.orders.clone() }
    }
}

/// The URL of a database that exists as long as this value.
#[derive(Debug)]
pub struct DatabaseUrl {
    url: String,
    name: String,
    orders: Sender<Order>,
}

impl DatabaseUrl {
    /// Returns the URL, as sqlx and libpq read it.
    pub fn as_str(&self) -> &str {
        &self.url
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.url)
    }
}

impl Drop for DatabaseUrl {
    fn drop(&mut self) {
        // Best effort: a test that stopped its own server has nothing left to remove.
        let _gone = order(&self.orders, format!("drop database {} with (force)", self.name));
    }
}

/// A statement for the server, and where its result is awaited.
struct Order {
    statement: String,
    done: Sender<Result<(), String>>,
}

/// Sends a statement to the administering thread and waits for it. It blocks, so that it serves plain tests,
/// asynchronous ones and `Drop` alike.
fn order(orders: &Sender<Order>, statement: String) -> Result<(), String> {
    let (done, result) = channel();
    orders.send(Order { statement, done }).map_err(|_| "its thread ended".to_owned())?;
    result.recv().map_err(|_| "its thread ended".to_owned())?
}

/// Carries out orders on a connection and a runtime of its own, since the test's runtime may be blocked or gone.
fn administer(url: &str, orders: &Receiver<Order>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime for one connection");
    runtime.block_on(async {
        let mut connection = PgConnection::connect(url).await.map_err(|error| error.to_string());
        while let Ok(Order { statement, done }) = orders.recv() {
            let result = match &mut connection {
                Ok(connection) => execute(connection, statement).await,
                Err(error) => Err(error.clone()),
            };
            let _unheard = done.send(result);
        }
    });
}

#[expect(
    clippy::disallowed_methods,
    reason = "names of databases cannot be bound, and ours are made of two numbers"
)]
async fn execute(connection: &mut PgConnection, statement: String) -> Result<(), String> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.map_err(|error| error.to_string())?;
    Ok(())
}

/// Replaces the database in a server's URL and keeps what follows a question mark.
fn with_database(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, ""), |(address, options)| (address, options));
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let authority = rest.split('/').next().unwrap_or_default();
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{scheme}://{authority}/{name}{mark}{options}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::process::{Command, Stdio};

    async fn ask(url: &str, question: &'static str) -> String {
        let mut connection = PgConnection::connect(url).await.expect("the server answers");
        sqlx::query_scalar(question).fetch_one(&mut connection).await.expect("an answer")
    }

    /// Returns the folder of a server that this module started.
    fn folder_of(url: &str) -> PathBuf {
        url.split(['@', '/']).nth(3).expect("a socket folder").replace("%2F", "/").into()
    }

    #[test]
    fn the_database_in_a_url_is_replaced() {
        for (url, expected) in [
            ("postgres://ocop@%2Ftmp%2Fx/postgres", "postgres://ocop@%2Ftmp%2Fx/fresh"),
            ("postgres://localhost", "postgres://localhost/fresh"),
            ("postgres://localhost/", "postgres://localhost/fresh"),
            ("postgresql://a:b@db:5433/x?sslmode=disable", "postgresql://a:b@db:5433/fresh?sslmode=disable"),
            ("postgres:///x?host=/tmp/y", "postgres:///fresh?host=/tmp/y"),
        ] {
            assert_eq!(with_database(url, "fresh"), expected, "{url}");
        }
    }

    #[tokio::test]
    async fn each_database_is_empty_and_its_own() {
        let server = PostgresServer::shared();
        let (first, second) = (server.fresh_database(), server.fresh_database());
        let mut connection = PgConnection::connect(first.as_str()).await.expect("the first one");
        sqlx::raw_sql("create table sales (id bigint)").execute(&mut connection).await.expect("a table");
        let count = "select count(*)::text from information_schema.tables where table_name = 'sales'";
        assert_eq!(ask(first.as_str(), count).await, "1");
        assert_eq!(ask(second.as_str(), "select ('đ' < 'e')::text").await, "false", "not in the order of C");
    }

    #[tokio::test]
    async fn a_dropped_database_is_gone_even_while_connected() {
        let server = PostgresServer::shared();
        let database = server.fresh_database();
        let url = database.to_string();
        let _connected = PgConnection::connect(&url).await.expect("it exists");
        drop(database);
        let error = PgConnection::connect(&url).await.expect_err("it is gone");
        assert!(error.to_string().contains("does not exist"), "{error}");
    }

    #[tokio::test]
    async fn only_a_durable_server_syncs() {
        for (durability, fsync) in [(Durability::Fast, "off"), (Durability::Full, "on")] {
            let server = PostgresServer::start(durability);
            assert_eq!(ask(server.url(), "select current_setting('fsync')").await, fsync);
            assert_eq!(ask(server.url(), "select current_setting('synchronous_commit')").await, "on");
            let folder = folder_of(server.url());
            assert!(folder.exists());
            drop(server);
            assert!(!folder.exists(), "{} was left behind", folder.display());
        }
    }

    /// Not a test of its own: the process that the next test kills.
    #[test]
    fn victim() {
        if std::env::var("OCOP_TEST_VICTIM").is_ok() {
            let server = PostgresServer::start(Durability::Fast);
            println!("folder {}", folder_of(server.url()).display());
            std::process::abort();
        }
    }

    #[test]
    fn an_aborted_process_leaves_no_server() {
        let victim = Command::new(std::env::current_exe().expect("this test's file"))
            .args(["--exact", "postgres::tests::victim", "--nocapture"])
            .env("OCOP_TEST_VICTIM", "1")
            .stderr(Stdio::null())
            .output()
            .expect("it ran");
        assert!(!victim.status.success());
        let said = String::from_utf8_lossy(&victim.stdout);
        let folder =
            PathBuf::from(said.split("folder ").nth(1).expect("a folder").lines().next().expect("a line"));
        let script = folder.to_str().and_then(|name| name.split('.').nth(1)).expect("its process number");
        // Returns when the script, which is not our child, has ended.
        let waited = Command::new("timeout")
            .args(["30", "tail", "-s", "0.05", "-f", "/dev/null", "--pid", script])
            .status()
            .expect("tail");
        assert!(waited.success(), "the script still runs");
        assert!(!folder.exists(), "{} was left behind", folder.display());
    }
}
