//! The service process (`src/bin/service.rs`) seen from outside: central with real system calls, which can be killed at
//! any of them, and what its folder holds afterwards.
#![expect(clippy::expect_used, reason = "a service that does not start is a failed test")]

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use central::db::Db;
use tempfile::TempDir;
use testkit::strace::{Injection, Outcome, Strace};

/// Central's database in its folder.
pub const DATABASE: &str = "central.sqlite";

/// A central that runs under strace.
pub struct Service {
    strace: Strace,
    traced: Child,
    listens: bool,
}

/// Returns a command of central's on a folder.
pub fn command(program: &str, folder: &Path, action: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(action).env("OCOP_CENTRAL_DATA_DIR", folder).env("RUST_LOG", "off");
    command
}

impl Service {
    /// Starts it, and waits until it listens or has been killed.
    pub fn start(
        program: &str,
        folder: &Path,
        listen: SocketAddr,
        variables: Vec<(&'static str, OsString)>,
        injection: Injection,
    ) -> Self {
        let strace = Strace::new(injection);
        let mut command = command(program, folder, "run");
        command.env("OCOP_CENTRAL_LISTEN", listen.to_string()).envs(variables);
        let mut traced = strace.wrap(&command).stdout(Stdio::piped()).spawn().expect("strace runs");
        let mut output = BufReader::new(traced.stdout.take().expect("stdout is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("its word");
        Self { strace, traced, listens: line.starts_with("http://") }
    }

    /// Whether it listened, before whatever happened to it since.
    pub const fn listens(&self) -> bool {
        self.listens
    }

    /// Asks it to end in good order, if it still runs, and waits; it may be killed even then.
    pub fn end(mut self) -> Outcome {
        self.strace.terminate_traced(&self.traced);
        let status = self.traced.wait().expect("it ends");
        self.strace.outcome(status)
    }
}

/// Opens a copy of a folder that a killed service left, as its next start would.
pub async fn open_copy(left: &Path) -> (Db, TempDir) {
    let copy = tempfile::Builder::new().prefix("ocop-central").tempdir().expect("a folder");
    for entry in std::fs::read_dir(left).expect("the folder") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, copy.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    let db = open(copy.path()).await;
    (db, copy)
}

/// Opens central's database in a folder.
pub async fn open(folder: &Path) -> Db {
    Db::open(&format!("sqlite:{}", folder.join(DATABASE).display())).await.expect("the database opens")
}
